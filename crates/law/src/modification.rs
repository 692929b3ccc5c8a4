//! Substantial modification (3(30)): a change after placing that affects the compliance with
//! Annex I Part I, or that changes the intended purpose the product was assessed for.

use crate::certainty::Certainty;
use crate::data::{self, Provenance};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    pub affects_annex_1_part_1: bool,
    pub changes_intended_purpose: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    pub substantial: bool,
    pub citation: String,
    pub certainty: Certainty,
    pub consequences: Vec<Consequence>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Consequence {
    pub text: String,
    pub citation: String,
    pub certainty: Certainty,
}

/// A question that helps to see whether a change affects compliance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screening {
    pub question: String,
    pub citation: String,
    pub certainty: Certainty,
}

pub fn modification_of(question: &Question) -> Answer {
    let substantial = question.affects_annex_1_part_1 || question.changes_intended_purpose;
    let when = if substantial {
        When::Substantial
    } else {
        When::NotSubstantial
    };
    Answer {
        substantial,
        citation: FILE.citation.clone(),
        certainty: FILE.certainty,
        consequences: FILE
            .consequences
            .iter()
            .filter(|row| row.when == when)
            .map(|row| Consequence {
                text: row.text.clone(),
                citation: row.citation.clone(),
                certainty: row.certainty,
            })
            .collect(),
    }
}

/// The definition in our words.
pub fn definition() -> &'static str {
    &FILE.definition
}

/// The Commission's questions on whether an update is substantial.
pub fn screening() -> &'static [Screening] {
    &FILE.screening
}

pub fn provenance() -> &'static Provenance {
    &FILE.provenance
}

#[derive(Deserialize)]
struct File {
    #[serde(flatten)]
    provenance: Provenance,
    citation: String,
    certainty: Certainty,
    definition: String,
    consequences: Vec<Row>,
    screening: Vec<Screening>,
}

#[derive(Deserialize)]
struct Row {
    when: When,
    text: String,
    citation: String,
    certainty: Certainty,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum When {
    Substantial,
    NotSubstantial,
}

static FILE: LazyLock<File> = LazyLock::new(|| data::embedded(data::MODIFICATION));
