//! Parsing costs processor time and memory, so that only a few documents are parsed at once, on
//! blocking threads, and nobody waits for ever.

use crate::trouble::{Refusal, Trouble};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The places at which documents are parsed. Cheap to clone; clones share the places.
#[derive(Clone)]
pub struct Parsers {
    places: Arc<Semaphore>,
    patience: Duration,
}

/// Documents parsed at the same time.
const AT_ONCE: usize = 2;
/// How long one waits for a place.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long parsing may take. The engine's own bounds keep it far below.
const WORK_MAX: Duration = Duration::from_secs(120);

/// After how many seconds somebody who was turned away may come again.
pub const RETRY_SECONDS: u64 = 60;

/// More SBOMs are under way than there is room for.
pub fn busy() -> Refusal {
    Refusal::new(503, "sbom-parsers-busy").with("seconds", RETRY_SECONDS)
}

impl Default for Parsers {
    fn default() -> Self {
        Self::new(AT_ONCE, PATIENCE)
    }
}

impl Parsers {
    /// So many places, and so long a wait for one.
    pub fn new(places: usize, patience: Duration) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places)),
            patience,
        }
    }

    /// Runs `work` at a place. Refused with 503 when none gets free in time; the place is given
    /// back when the work has really ended, also when nobody waits for it any more.
    pub async fn run<T, F>(&self, work: F) -> Result<T, Trouble>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, Trouble> + Send + 'static,
    {
        let waiting = self.places.clone().acquire_owned();
        let place = match tokio::time::timeout(self.patience, waiting).await {
            Ok(Ok(place)) => place,
            Ok(Err(_)) | Err(_) => return Err(busy().into()),
        };
        let working = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(place);
            done
        });
        match tokio::time::timeout(WORK_MAX, working).await {
            Ok(Ok(done)) => done,
            Ok(Err(error)) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Ok(Err(error)) => Err(anyhow::Error::from(error).into()),
            Err(_) => Err(Refusal::field("sbom", "sbom-takes-too-long").into()),
        }
    }
}
