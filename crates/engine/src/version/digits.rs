//! Whole numbers of any length, as versions have them: `20230101123456789012345` is real.

use std::cmp::Ordering;

/// A non-negative whole number without leading zeros.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Digits {
    Small(u64),
    /// Decimal digits of a number that does not fit in 64 bits, so always more than any `Small`.
    Large(Box<str>),
}

impl Digits {
    pub(super) const ZERO: Self = Self::Small(0);

    /// Reads ASCII digits; `None` when there is none or another character.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        if let Ok(small) = text.parse() {
            return Some(Self::Small(small));
        }
        Some(Self::Large(text.trim_start_matches('0').into()))
    }

    pub(super) fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }
}

impl Ord for Digits {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Small(a), Self::Small(b)) => a.cmp(b),
            (Self::Small(_), Self::Large(_)) => Ordering::Less,
            (Self::Large(_), Self::Small(_)) => Ordering::Greater,
            (Self::Large(a), Self::Large(b)) => a.len().cmp(&b.len()).then_with(|| a.cmp(b)),
        }
    }
}

impl PartialOrd for Digits {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
