//! A body on its way in: it takes room as its bytes arrive, and must keep coming.
//!
//! A client that announces much and sends little holds no room, and one that sends too slowly is
//! cut off; the time we let it wait for room is not counted against it.

use super::body::BODY_BYTES_MAX;
use super::door::{Door, MIB, Place};
use crate::trouble::{Refusal, Trouble};
use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::Request;
use axum::http::header;
use futures_util::{StreamExt as _, stream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

/// An upload that was let in. Its room is free again when the last clone is dropped.
#[derive(Clone)]
pub struct Ticket(Arc<Inner>);

struct Inner {
    door: Door,
    place: Place,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Vec<OwnedSemaphorePermit>,
    /// Why the body was not read to its end.
    fault: Option<Refusal>,
}

/// How far the reading of a body is.
struct Reading {
    body: BodyDataStream,
    ticket: Ticket,
    begun: Instant,
    received: u64,
    /// MiB taken for it.
    room: u64,
    /// How long it waited for room.
    waited: Duration,
}

impl Ticket {
    pub(super) fn new(door: Door, place: Place) -> Self {
        Self(Arc::new(Inner {
            door,
            place,
            state: Mutex::default(),
        }))
    }

    /// The same request, whose body takes room as it is read. One that says it is too large is
    /// refused at once.
    pub fn watch(&self, request: Request) -> Result<Request, Trouble> {
        let length = request.headers().get(header::CONTENT_LENGTH);
        let length = length.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        if length.is_some_and(|length| length > BODY_BYTES_MAX as u64) {
            return Err(Refusal::too_large("body-too-large").into());
        }
        Ok(request.map(|body| {
            let reading = Reading {
                body: body.into_data_stream(),
                ticket: self.clone(),
                begun: Instant::now(),
                received: 0,
                room: 0,
                waited: Duration::ZERO,
            };
            Body::from_stream(stream::try_unfold(reading, Reading::next))
        }))
    }

    /// The refusal that ended the reading, or another.
    pub fn fault_or(&self, other: Refusal) -> Trouble {
        self.state().fault.take().unwrap_or(other).into()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reading {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, axum::Error> {
        match self.frame().await {
            Ok(Some(bytes)) => Ok(Some((bytes?, self))),
            Ok(None) => Ok(None),
            Err(refusal) => {
                let error = axum::Error::new(std::io::Error::other(refusal.code));
                self.ticket.state().fault = Some(refusal);
                Err(error)
            }
        }
    }

    async fn frame(&mut self) -> Result<Option<Result<Bytes, axum::Error>>, Refusal> {
        let frame = tokio::time::timeout_at(self.deadline(), self.body.next()).await;
        let Some(bytes) = frame.map_err(|_| Refusal::new(408, "intake-too-slow"))? else {
            return Ok(None);
        };
        if let Ok(bytes) = &bytes {
            self.received += bytes.len() as u64;
            self.take_room().await?;
        }
        Ok(Some(bytes))
    }

    /// When the next bytes must be there at the latest.
    fn deadline(&self) -> Instant {
        let bounds = self.ticket.0.door.bounds();
        let earned = self.received / bounds.bytes_per_second.max(1);
        let allowed = bounds.grace + Duration::from_secs(earned);
        self.begun + allowed.min(bounds.arrival) + self.waited
    }

    async fn take_room(&mut self) -> Result<(), Refusal> {
        let missing = self.received.div_ceil(MIB).saturating_sub(self.room);
        let Some(missing) = u32::try_from(missing).ok().filter(|mib| *mib > 0) else {
            return Ok(());
        };
        let begun = Instant::now();
        let Inner { door, place, .. } = &*self.ticket.0;
        let held = door.admit(&place.guest, missing).await?;
        self.ticket.state().held.extend(held);
        self.room += u64::from(missing);
        self.waited += begun.elapsed();
        Ok(())
    }
}
