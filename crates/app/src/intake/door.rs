//! How many uploads are held in memory at once: beyond that one is turned away with a sentence
//! before its body is read, rather than the whole program starved.

use crate::sboms::Parsers;
use crate::trouble::{Refusal, Trouble};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The bounds all ways in share. Cheap to clone; clones share the places.
#[derive(Clone)]
pub struct Door {
    places: Arc<Semaphore>,
    /// Where documents are parsed.
    pub parsers: Parsers,
}

/// Uploads under way at the same time, from the first byte of the body to the answer.
const UPLOADS_MAX: usize = 16;

impl Default for Door {
    fn default() -> Self {
        Self::new(UPLOADS_MAX, Parsers::default())
    }
}

impl Door {
    /// A door with so many places.
    pub fn new(places: usize, parsers: Parsers) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places)),
            parsers,
        }
    }

    /// A place for one upload, held until the returned value is dropped.
    pub fn enter(&self) -> Result<OwnedSemaphorePermit, Trouble> {
        self.places
            .clone()
            .try_acquire_owned()
            .map_err(|_| Refusal::new(503, "intake-busy").into())
    }
}
