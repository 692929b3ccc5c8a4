//! How much of uploads is held in memory at once: beyond that one waits before the body is read,
//! which costs nothing, and is turned away with a sentence when nothing gets free, rather than
//! the whole program starved.

use super::body::BODY_BYTES_MAX;
use crate::sboms::Parsers;
use crate::trouble::{Refusal, Trouble};
use axum::http::{HeaderMap, header};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The bounds all ways in share. Cheap to clone; clones share them.
#[derive(Clone)]
pub struct Door {
    /// Free room, in MiB.
    room: Arc<Semaphore>,
    patience: Duration,
    /// Where documents are parsed.
    pub parsers: Parsers,
}

/// What bodies under way may take together.
const ROOM_MIB: u32 = 512;
/// How long one waits for room.
const PATIENCE: Duration = Duration::from_secs(60);
const MIB: u64 = 1024 * 1024;

impl Default for Door {
    fn default() -> Self {
        Self::new(ROOM_MIB, PATIENCE, Parsers::default())
    }
}

impl Door {
    /// A door with so much room (at least for the largest body), and so long a wait for it.
    pub fn new(room_mib: u32, patience: Duration, parsers: Parsers) -> Self {
        Self {
            room: Arc::new(Semaphore::new(room_mib.max(needed(None)) as usize)),
            patience,
            parsers,
        }
    }

    /// Room for the body of a request with these headers, held until the returned value is dropped. A body that does
    /// not say how long it is counts as the largest.
    pub async fn enter(&self, headers: &HeaderMap) -> Result<OwnedSemaphorePermit, Trouble> {
        let length = headers.get(header::CONTENT_LENGTH);
        let length = length.and_then(|value| value.to_str().ok()?.parse().ok());
        self.wait(needed(length)).await
    }

    async fn wait(&self, mib: u32) -> Result<OwnedSemaphorePermit, Trouble> {
        let waiting = self.room.clone().acquire_many_owned(mib);
        match tokio::time::timeout(self.patience, waiting).await {
            Ok(Ok(room)) => Ok(room),
            Ok(Err(_)) | Err(_) => Err(Refusal::new(503, "intake-busy").into()),
        }
    }
}

/// The room a body needs, in MiB.
fn needed(length: Option<u64>) -> u32 {
    let most = (BODY_BYTES_MAX as u64).div_ceil(MIB);
    let mib = length.map_or(most, |length| length.div_ceil(MIB).clamp(1, most));
    u32::try_from(mib).unwrap_or(u32::MAX)
}
