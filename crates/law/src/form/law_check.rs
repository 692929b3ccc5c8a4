//! The law check: the elements 14(2)(a) to (c) and 14(4)(a) to (c) themselves ask for. It never
//! asks for what only the form asks.

use super::{Values, given};
use crate::certainty::Certainty;
use crate::data::{self, Dataset};
use crate::deadlines::{Kind, Stage};
use crate::words::words;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

words! {
    /// Under which condition the article asks for an element.
    pub enum Condition {
        Always = "always",
        /// A person says whether it applies; an empty value can be right.
        WhereApplicable = "where-applicable",
        /// Owed as far as it is known; an empty value can be right.
        WhereAvailable = "where-available",
    }
}

/// One element of content the article names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element {
    pub kind: Kind,
    pub stage: Stage,
    /// Stable within kind and stage, such as `member-states`.
    pub code: String,
    pub condition: Condition,
    /// Form keys; any one of them may carry the element.
    pub keys: Vec<String>,
    pub citation: String,
    pub certainty: Certainty,
    pub text: String,
}

/// An element no value carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LawLack {
    pub code: String,
    pub keys: Vec<String>,
    pub condition: Condition,
    /// True where the article asks for it without condition.
    pub blocking: bool,
    pub citation: String,
    pub certainty: Certainty,
    pub text: String,
}

static FILE: LazyLock<Dataset<Element>> = LazyLock::new(|| data::embedded(data::CONTENT_ELEMENTS));

/// The elements of one report, in the order of the article; none for an intermediate report,
/// whose content the CSIRT asks for.
pub fn elements(kind: Kind, stage: Stage) -> impl Iterator<Item = &'static Element> {
    FILE.entries
        .iter()
        .filter(move |element| element.kind == kind && element.stage == stage)
}

/// The elements of the article that `values` do not carry. Give the whole sheet: content an
/// earlier report gave need not be given again.
pub fn law_check(kind: Kind, stage: Stage, values: &Values) -> Vec<LawLack> {
    elements(kind, stage)
        .filter(|element| element.keys.iter().all(|key| given(values, key).is_none()))
        .map(|element| LawLack {
            code: element.code.clone(),
            keys: element.keys.clone(),
            condition: element.condition,
            blocking: element.condition == Condition::Always,
            citation: element.citation.clone(),
            certainty: element.certainty,
            text: element.text.clone(),
        })
        .collect()
}
