//! The 22 essential cybersecurity requirements of Annex I: 14 of Part I, 8 of Part II.
//!
//! Titles and summaries are ours, not the legal text; evidence and checks are suggestions.

use crate::certainty::Certainty;
use crate::data::{self, Dataset, Provenance};
use crate::timeline::Milestone;
use crate::words::words;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

words! {
    /// Whether a requirement may be judged not applicable (13(4)).
    pub enum NotApplicable {
        /// Part I (1) and Part II.
        Never = "never",
        /// Part I (2): with a clear justification in the technical documentation.
        WithReason = "with-reason",
    }
}

words! {
    /// How long the requirement must be met.
    pub enum During {
        PlacingOnTheMarket = "placing-on-the-market",
        SupportPeriod = "support-period",
    }
}

/// A deviation the Annex itself foresees; each needs a written reason of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    pub id: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// `AI-I-2c` is Annex I Part I (2)(c), `AI-II-1` is Part II (1).
    pub id: String,
    /// `I` or `II`.
    pub part: String,
    pub point: String,
    pub title_en: String,
    pub title_de: String,
    pub summary: String,
    /// Applies on the basis of the risk assessment and where applicable.
    pub on_risk_assessment: bool,
    pub not_applicable: NotApplicable,
    pub exceptions: Vec<Exception>,
    pub during: During,
    pub applies: Milestone,
    /// Kinds of evidence that usually show it; suggestions, not law.
    pub evidence: Vec<String>,
    /// Checks a program can make; suggestions, not law.
    pub checks: Vec<String>,
    pub citation: String,
    pub certainty: Certainty,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

static FILE: LazyLock<Dataset<Requirement>> = LazyLock::new(|| data::embedded(data::ANNEX1));

/// All requirements in the order of the Annex.
pub fn requirements() -> &'static [Requirement] {
    &FILE.entries
}

pub fn requirement(id: &str) -> Option<&'static Requirement> {
    FILE.entries.iter().find(|requirement| requirement.id == id)
}

pub fn provenance() -> &'static Provenance {
    &FILE.provenance
}
