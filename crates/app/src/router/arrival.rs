//! A body on its way in, on every route: it must keep coming, or it is cut off with 408.
//!
//! Only the time in which somebody waits for its next bytes is counted: where we ourselves let it
//! wait, for room or for its turn, that is not the sender's fault.

use crate::trouble::Refusal;
use axum::body::{Body, BodyDataStream, Bytes, HttpBody as _};
use axum::extract::Request;
use futures_util::{StreamExt as _, stream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// How fast a body must come.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// From then on it must come at [`Pace::bytes_per_second`], on average.
    pub grace: Duration,
    pub bytes_per_second: u64,
    /// How long it may take to arrive at all.
    pub arrival: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            grace: Duration::from_secs(20),
            bytes_per_second: 32 * 1024,
            arrival: Duration::from_secs(600),
        }
    }
}

/// Whether a body was cut off.
#[derive(Debug, Clone, Default)]
pub struct CutOff(Arc<AtomicBool>);

impl CutOff {
    /// What is said to its sender, whatever the reader of half a body made of it.
    pub fn refusal(&self) -> Option<Refusal> {
        let is_cut_off = self.0.load(Ordering::SeqCst);
        is_cut_off.then(|| Refusal::new(408, "body-too-slow"))
    }
}

struct Reading {
    body: BodyDataStream,
    pace: Pace,
    received: u64,
    /// How long its next bytes were waited for, all together.
    waited: Duration,
    cut_off: CutOff,
}

/// The same request, whose body is cut off when it comes too slowly.
pub fn paced(request: Request, pace: Pace) -> (Request, CutOff) {
    let cut_off = CutOff::default();
    if request.body().is_end_stream() {
        return (request, cut_off);
    }
    let request = request.map(|body| {
        let reading = Reading {
            body: body.into_data_stream(),
            pace,
            received: 0,
            waited: Duration::ZERO,
            cut_off: cut_off.clone(),
        };
        Body::from_stream(stream::try_unfold(reading, Reading::next))
    });
    (request, cut_off)
}

impl Reading {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, axum::Error> {
        let earned = self.received / self.pace.bytes_per_second.max(1);
        let allowed = self.pace.grace.saturating_add(Duration::from_secs(earned));
        let left = allowed.min(self.pace.arrival).saturating_sub(self.waited);
        let begun = Instant::now();
        let Ok(frame) = tokio::time::timeout(left, self.body.next()).await else {
            self.cut_off.0.store(true, Ordering::SeqCst);
            return Err(axum::Error::new(std::io::Error::other("body-too-slow")));
        };
        self.waited += begun.elapsed();
        let Some(bytes) = frame.transpose()? else {
            return Ok(None);
        };
        self.received += bytes.len() as u64;
        Ok(Some((bytes, self)))
    }
}
