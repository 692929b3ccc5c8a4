//! A body on its way in: it takes room as its bytes arrive.
//!
//! A client that announces much and sends little holds no room. One that sends too slowly is cut
//! off by what stands around every route.

use super::body::BODY_BYTES_MAX;
use super::door::{Door, MIB, Place};
use crate::trouble::{Refusal, Trouble};
use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::Request;
use axum::http::header;
use futures_util::{StreamExt as _, stream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::OwnedSemaphorePermit;

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
    received: u64,
    /// MiB taken for it.
    room: u64,
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
                received: 0,
                room: 0,
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
        let Some(bytes) = self.body.next().await else {
            return Ok(None);
        };
        if let Ok(bytes) = &bytes {
            self.received += bytes.len() as u64;
            self.take_room().await?;
        }
        Ok(Some(bytes))
    }

    async fn take_room(&mut self) -> Result<(), Refusal> {
        let missing = self.received.div_ceil(MIB).saturating_sub(self.room);
        let Some(missing) = u32::try_from(missing).ok().filter(|mib| *mib > 0) else {
            return Ok(());
        };
        let Inner { door, place, .. } = &*self.ticket.0;
        let held = door.admit(&place.guest, missing).await?;
        self.ticket.state().held.extend(held);
        self.room += u64::from(missing);
        Ok(())
    }
}
