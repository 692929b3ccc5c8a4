//! How much of uploads is held in memory at once, and how much of that one caller may hold. Beyond
//! it one waits, and is turned away with a sentence when nothing gets free, rather than the whole
//! program starved.
//!
//! There are two rooms. Bodies take the first as their bytes arrive, so that who sends nothing
//! holds nothing. Documents take the second before they are unpacked: what they weigh unpacked and
//! parsed, at most, in one piece, so that two can never wait for each other; what is left of a
//! document once it is parsed keeps its part until it is committed.

use super::arrival::Ticket;
use super::body::BODY_BYTES_MAX;
use crate::caller::Caller;
use crate::sboms::{Parsers, RETRY_SECONDS, busy};
use crate::trouble::{Refusal, Trouble};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

/// The bounds all ways in share. Cheap to clone; clones share them.
#[derive(Clone)]
pub struct Door {
    bounds: Bounds,
    /// Free room for bodies, in MiB.
    arriving: Arc<Semaphore>,
    /// Free room for documents under work, in MiB.
    working: Arc<Semaphore>,
    guests: Arc<Mutex<HashMap<String, Weak<Guest>>>>,
    /// Where documents are parsed.
    pub parsers: Parsers,
}

/// What the door lets through.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// What the bodies under way may take together, in MiB.
    pub arriving_mib: usize,
    /// What one caller's bodies may take of it, in MiB; at least the largest body.
    pub caller_mib: usize,
    /// What documents may weigh together, unpacked and parsed, until they are committed, in MiB.
    pub working_mib: usize,
    /// One caller's uploads at the same time; further ones wait.
    pub caller_uploads: usize,
    /// One caller's uploads that are let in or wait; further ones are refused at once.
    pub caller_waiting: usize,
    /// How long one waits for room.
    pub patience: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            arriving_mib: 512,
            caller_mib: 160,
            working_mib: 1_024,
            caller_uploads: 4,
            caller_waiting: 32,
            patience: Duration::from_secs(60),
        }
    }
}

pub const MIB: u64 = 1024 * 1024;

/// What one caller holds.
pub(super) struct Guest {
    /// The places of uploads under way.
    places: Arc<Semaphore>,
    /// Those and the ones that wait.
    line: Arc<Semaphore>,
    /// Room for bodies, in MiB.
    room: Arc<Semaphore>,
}

/// A place among a caller's uploads, until it is dropped.
pub(super) struct Place {
    pub guest: Arc<Guest>,
    _line: OwnedSemaphorePermit,
    _place: OwnedSemaphorePermit,
}

/// Room for a document under work, until it is dropped.
pub struct Room(OwnedSemaphorePermit);

impl Default for Door {
    fn default() -> Self {
        Self::new(Bounds::default(), Parsers::default())
    }
}

impl Door {
    /// A door with these bounds; there is always room for one of the largest.
    pub fn new(bounds: Bounds, parsers: Parsers) -> Self {
        let least = usize::try_from(mib(BODY_BYTES_MAX as u64)).unwrap_or(usize::MAX);
        let bounds = Bounds {
            arriving_mib: bounds.arriving_mib.max(least),
            caller_mib: bounds.caller_mib.max(least),
            working_mib: bounds.working_mib.max(1),
            ..bounds
        };
        Self {
            bounds,
            arriving: Arc::new(Semaphore::new(bounds.arriving_mib)),
            working: Arc::new(Semaphore::new(bounds.working_mib)),
            guests: Arc::default(),
            parsers,
        }
    }

    /// Lets an upload of this caller in, before anything of it is read.
    pub async fn enter(&self, caller: &Caller) -> Result<Ticket, Trouble> {
        let guest = self.guest(&caller.actor.key());
        let line = guest.line.clone().try_acquire_owned();
        let line = line.map_err(|_| too_many())?;
        let place = self.wait(guest.places.clone().acquire_owned()).await;
        let place = Place {
            _line: line,
            _place: place.ok_or_else(too_many)?,
            guest,
        };
        Ok(Ticket::new(self.clone(), place))
    }

    /// Room for so many MiB more of a guest's body: of its own share, then of everybody's.
    pub(super) async fn admit(
        &self,
        guest: &Guest,
        mib: u32,
    ) -> Result<[OwnedSemaphorePermit; 2], Refusal> {
        let own = guest.room.clone().acquire_many_owned(mib);
        let own = self.wait(own).await.ok_or_else(too_many)?;
        let shared = self.arriving.clone().acquire_many_owned(mib);
        let shared = self.wait(shared).await.ok_or_else(busy)?;
        Ok([own, shared])
    }

    /// Room for a document that weighs so many bytes unpacked and parsed. One that weighs more
    /// than there is room waits until it is alone.
    pub async fn make_room(&self, weight: u64) -> Result<Room, Trouble> {
        let mib = self.working_mib(weight);
        let waiting = self.working.clone().acquire_many_owned(mib);
        Ok(Room(self.wait(waiting).await.ok_or_else(busy)?))
    }

    /// Gives back what a document no longer weighs.
    pub(super) fn keep_only(&self, room: &mut Room, weight: u64) {
        let kept = usize::try_from(self.working_mib(weight)).unwrap_or(usize::MAX);
        let free = room.0.num_permits().saturating_sub(kept);
        drop(room.0.split(free));
    }

    fn working_mib(&self, weight: u64) -> u32 {
        let most = u32::try_from(self.bounds.working_mib).unwrap_or(u32::MAX);
        mib(weight).clamp(1, most)
    }

    async fn wait(
        &self,
        waiting: impl Future<Output = Result<OwnedSemaphorePermit, AcquireError>>,
    ) -> Option<OwnedSemaphorePermit> {
        let waited = tokio::time::timeout(self.bounds.patience, waiting).await;
        waited.ok()?.ok()
    }

    fn guest(&self, key: &str) -> Arc<Guest> {
        let mut guests = self.guests.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(guest) = guests.get(key).and_then(Weak::upgrade) {
            return guest;
        }
        // Those who left are forgotten whenever somebody new comes.
        guests.retain(|_, guest| guest.strong_count() > 0);
        let guest = Arc::new(Guest {
            places: Arc::new(Semaphore::new(self.bounds.caller_uploads)),
            line: Arc::new(Semaphore::new(self.bounds.caller_waiting)),
            room: Arc::new(Semaphore::new(self.bounds.caller_mib)),
        });
        guests.insert(key.to_owned(), Arc::downgrade(&guest));
        guest
    }
}

/// Whole MiB.
pub(super) fn mib(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(MIB)).unwrap_or(u32::MAX)
}

fn too_many() -> Refusal {
    Refusal::new(429, "intake-too-many-at-once").with("seconds", RETRY_SECONDS)
}
