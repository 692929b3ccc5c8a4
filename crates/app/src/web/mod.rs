//! Everything about HTTP that knows no law: the shared state, forms, errors, layout, words.

pub mod answer;
pub mod assets;
pub mod body;
pub mod charts;
pub mod forms;
pub mod health;
pub mod route;
pub mod shown;
pub mod visit;
pub mod when;
pub mod words;

pub use answer::{Answer, html, see_other};
pub use route::{Access, Route};
pub use visit::Visit;

use crate::blobs::Blobs;
use crate::config::Config;
use crate::feeds::{Egress, Fetching};
use crate::jobs::Wake;
use crate::mail::Mailer;
use crate::store::Db;
use crate::time::Clock;
use std::sync::Arc;

/// What every handler, job and command is given. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub db: Db,
    pub clock: Clock,
    pub config: Arc<Config>,
    pub blobs: Blobs,
    pub egress: Egress,
    pub mailer: Mailer,
    /// Tells the worker that a job or an alarm was written.
    pub wake: Wake,
    /// Whether feeds are being fetched by this process.
    pub fetching: Fetching,
}
