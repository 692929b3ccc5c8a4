//! From when what applies (Art. 69, 70, 71).
//!
//! Other rules take their "applies from" dates from here and hold none of their own.

use crate::certainty::Certainty;
use crate::data::{self, Dataset};
use crate::words::words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

words! {
    /// The dates of Art. 71 that other rules refer to.
    pub enum Milestone {
        EntryIntoForce = "entry-into-force",
        /// Chapter IV, notifying authorities and notified bodies.
        ChapterFour = "chapter-four",
        /// Article 14, reporting.
        ArticleFourteen = "article-fourteen",
        /// Everything else.
        GeneralApplication = "general-application",
    }
}

impl Milestone {
    pub fn on(self) -> Date {
        FILE.entries
            .iter()
            .find(|entry| entry.milestone == Some(self))
            .expect("a test finds every milestone in timeline.json")
            .on
    }
}

/// Something that applies, ends or is due on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    pub on: Date,
    pub what: String,
    pub who: String,
    pub citation: String,
    pub certainty: Certainty,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub milestone: Option<Milestone>,
}

/// The whole timeline with the day it was established for.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// Sorted by day.
    pub obligations: Vec<Obligation>,
    pub as_of: Date,
    pub source: String,
}

static FILE: LazyLock<Dataset<Obligation>> = LazyLock::new(|| data::embedded(data::TIMELINE));

pub fn timeline() -> Answer {
    let mut obligations = FILE.entries.clone();
    obligations.sort_by_key(|entry| entry.on);
    Answer {
        obligations,
        as_of: FILE.provenance.as_of,
        source: FILE.provenance.source.clone(),
    }
}
