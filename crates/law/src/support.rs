//! The support period (13(8)): five years at least, shorter only where the product is expected to
//! be in use for less, and longer where it is expected to be in use for more.

use crate::Refusal;
use crate::certainty::Certainty;
use crate::data::{self, Provenance};
use crate::retention::years_after;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// A statement about the support period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub text: String,
    pub citation: String,
    pub certainty: Certainty,
}

/// Whether a support period is long enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The earliest day on which support may end.
    pub earliest_end_on: Date,
    pub long_enough: bool,
    /// What decided: the floor, or the expected use.
    pub because: Because,
    pub citation: String,
    pub certainty: Certainty,
    pub notes: Vec<Note>,
}

crate::words::words! {
    /// What the earliest end of support rests on.
    pub enum Because {
        /// Five years from placing, the expected use being as long or unknown.
        Floor = "floor",
        /// The expected use is shorter than the floor.
        ShorterExpectedUse = "shorter-expected-use",
        /// The expected use is longer than the floor, and the period must reflect it.
        LongerExpectedUse = "longer-expected-use",
    }
}

/// Judges a support period for a unit placed on a day; `expected_use_ends_on` is the day until
/// which that unit is expected to be in use, as the manufacturer reasoned it.
pub fn support_of(
    placed_on: Date,
    support_ends_on: Date,
    expected_use_ends_on: Option<Date>,
) -> Result<Answer, Refusal> {
    let floor = floor(placed_on)?;
    let (earliest_end_on, because) = match expected_use_ends_on {
        Some(end) if end < placed_on => {
            return Err(Refusal::new(
                "expected-use-before-placing",
                "Find out how long the product is expected to be in use: this expected use ends before the product is placed on the market.",
            ));
        }
        Some(end) if end < floor => (end, Because::ShorterExpectedUse),
        Some(end) if end > floor => (end, Because::LongerExpectedUse),
        _ => (floor, Because::Floor),
    };
    Ok(Answer {
        earliest_end_on,
        long_enough: support_ends_on >= earliest_end_on,
        because,
        citation: FILE.citation.clone(),
        certainty: FILE.certainty,
        notes: FILE.notes.clone(),
    })
}

/// The day before which support of a unit placed on `placed_on` may end only if its expected use
/// is shorter.
pub fn floor(placed_on: Date) -> Result<Date, Refusal> {
    years_after(placed_on, FILE.minimum_years)
}

/// The floor in words, such as `5 years`.
pub fn minimum() -> String {
    format!("{} years", FILE.minimum_years)
}

pub fn citation() -> &'static str {
    &FILE.citation
}

pub fn provenance() -> &'static Provenance {
    &FILE.provenance
}

#[derive(Deserialize)]
struct File {
    #[serde(flatten)]
    provenance: Provenance,
    minimum_years: i64,
    citation: String,
    certainty: Certainty,
    notes: Vec<Note>,
}

static FILE: LazyLock<File> = LazyLock::new(|| data::embedded(data::SUPPORT));
