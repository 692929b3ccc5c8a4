//! Time and randomness are inputs: nothing else in the program reads a clock or the system's
//! random source (guarded by `clippy.toml`). Tests hold both in their hands.

use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex};

/// Where "now" comes from.
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    System,
    Held(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until [`Clock::advance`] is called.
    pub fn held(at: Timestamp) -> Self {
        Self(Source::Held(Arc::new(Mutex::new(at))))
    }

    /// The present instant in whole milliseconds, as it is stored.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the clock"
    )]
    pub fn now(&self) -> Timestamp {
        let now = match &self.0 {
            Source::System => Timestamp::now(),
            Source::Held(at) => *at.lock().unwrap_or_else(|poisoned| poisoned.into_inner()),
        };
        from_millis(now.as_millisecond())
    }

    /// Moves a held clock forward; the system's clock is left alone.
    pub fn advance(&self, by: SignedDuration) {
        if let Source::Held(at) = &self.0 {
            let mut at = at.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            *at = at.checked_add(by).unwrap_or(Timestamp::MAX);
        }
    }
}

/// An instant from its stored form (milliseconds since 1970 UTC), clamped to what can be shown.
pub fn from_millis(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(if millis < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

/// Where random bytes come from.
#[derive(Clone)]
pub struct Entropy(Random);

#[derive(Clone)]
enum Random {
    System,
    Seeded(Arc<Mutex<u64>>),
}

impl Entropy {
    /// The system's source, for everything real.
    pub fn system() -> Self {
        Self(Random::System)
    }

    /// A repeatable sequence (SplitMix64), for tests only.
    pub fn seeded(seed: u64) -> Self {
        Self(Random::Seeded(Arc::new(Mutex::new(seed))))
    }

    /// Fills `bytes`; the program cannot go on without randomness, so it stops if there is none.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that asks the system"
    )]
    pub fn fill(&self, bytes: &mut [u8]) {
        match &self.0 {
            Random::System => {
                getrandom::fill(bytes).expect("the operating system provides randomness");
            }
            Random::Seeded(state) => {
                let mut state = state
                    .lock()
                    .unwrap_or_else(|poisoned| poisoned.into_inner());
                for chunk in bytes.chunks_mut(8) {
                    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                    let mut z = *state;
                    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                    z ^= z >> 31;
                    chunk.copy_from_slice(&z.to_le_bytes()[..chunk.len()]);
                }
            }
        }
    }

    /// `N` fresh random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0u8; N];
        self.fill(&mut bytes);
        bytes
    }
}
