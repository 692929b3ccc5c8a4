//! What the Cyber Resilience Act (Regulation (EU) 2024/2847, "CRA") says, as pure functions over
//! cited data.
//!
//! Every date, duty, route and fine comes out of a file under `data/`, which names its source, the
//! day it was true (`as_of`), and for each entry a citation and a [`certainty::Certainty`]. The
//! functions combine such entries; they never read a clock, a file, the network or a database, and
//! they never guess: a question that lacks a fact is answered with a [`Refusal`] that says what to
//! find out.
//!
//! This is a working aid, not legal advice; the text in the Official Journal governs.

mod words;

pub mod annex1;
pub mod categories;
pub mod certainty;
pub mod coordinators;
pub mod data;
pub mod deadlines;
pub mod form;
pub mod member_states;
pub mod modification;
pub mod penalties;
pub mod retention;
pub mod roles;
pub mod routes;
pub mod support;
pub mod timeline;
pub mod zones;

pub use words::UnknownWord;

use serde::Serialize;

/// A question this crate will not answer, with one sentence saying what to find out first.
///
/// `code` is stable and kebab-case; `sentence` is English, ends in a full stop, and holds no line
/// break.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{sentence}")]
pub struct Refusal {
    pub code: &'static str,
    pub sentence: String,
}

impl Refusal {
    pub(crate) fn new(code: &'static str, sentence: impl Into<String>) -> Self {
        Refusal {
            code,
            sentence: sentence.into(),
        }
    }
}

words::words! {
    /// Languages in which the data carry names.
    pub enum Language {
        English = "en",
        German = "de",
    }
}
