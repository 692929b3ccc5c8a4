//! A decision of Dependency-Track in the words of VEX. The original words stay in the detail.

use crate::findings::Judging;
use bonafide_engine::purl::Purl;
use bonafide_engine::vex::mapping::{justification_from_cyclonedx, status_from_cyclonedx};
use bonafide_engine::vex::{Justification, Status};
use serde_json::Value;
use std::collections::BTreeSet;

/// What somebody decided about a flaw in a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// All names of the flaw.
    pub names: BTreeSet<String>,
    /// The component's package URL in canonical form.
    pub component: String,
    /// The state as it was said there.
    said: Status,
    status: Status,
    justification: Option<Justification>,
    detail: String,
}

/// Longest detail of a judgement that is made here; the program keeps 4,000 characters.
const DETAIL_CHARS_MAX: usize = 3_900;

impl Decision {
    /// Reads an `analysis` of CycloneDX or of Dependency-Track, whose words are the same but for
    /// capitals. `None` when nothing was decided; a sentence when it says something that has no
    /// place here.
    pub fn read(
        analysis: &Value,
        names: BTreeSet<String>,
        purl: &str,
    ) -> Option<Result<Self, String>> {
        let text = |name: &str| {
            let text = analysis.get(name).and_then(Value::as_str);
            text.map(str::trim).filter(|text| !text.is_empty())
        };
        let state = text("state").unwrap_or("NOT_SET");
        let is_suppressed = analysis.get("isSuppressed") == Some(&Value::Bool(true));
        let first = names.iter().next().map_or("?", String::as_str);
        let flaw = format!("{first} in {purl}");
        if state.eq_ignore_ascii_case("not_set") {
            let left = format!("{flaw} is suppressed without a decision, which says nothing");
            return is_suppressed.then_some(Err(left));
        }
        let Some(said) = status_from_cyclonedx(&state.to_ascii_lowercase()) else {
            return Some(Err(format!("{flaw}: the state {state:?} is not known")));
        };
        let reason = text("justification");
        let justification = reason
            .and_then(|word| justification_from_cyclonedx(&word.to_ascii_lowercase()))
            .map(|row| row.label);
        let is_unfounded = said == Status::NotAffected && justification.is_none();
        let mut detail = format!("Dependency-Track: state {state}");
        for (label, word) in [("justification", reason), ("response", text("response"))] {
            if let Some(word) = word {
                detail.push_str(&format!(", {label} {word}"));
            }
        }
        if let Some(words) = analysis.get("response").and_then(Value::as_array) {
            let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
            detail.push_str(&format!(", response {}", words.join(" ")));
        }
        if is_suppressed {
            detail.push_str(", suppressed");
        }
        detail.push('.');
        if is_unfounded {
            detail.push_str(" None of the five reasons of VEX was given; say which one holds.");
        }
        if let Some(words) = text("detail").or(text("details")) {
            detail.push_str(&format!("\n{words}"));
        }
        Some(Ok(Self {
            names,
            component: canonical(purl),
            said,
            status: if is_unfounded {
                Status::UnderInvestigation
            } else {
                said
            },
            justification,
            detail: detail.chars().take(DETAIL_CHARS_MAX).collect(),
        }))
    }

    /// Whether it gives one of the five reasons: of two decisions, that one is taken.
    pub fn is_founded(&self) -> bool {
        self.justification.is_some()
    }

    /// Whether another decision says the same of the same finding.
    pub fn agrees_with(&self, other: &Self) -> bool {
        self.said == other.said
    }

    /// The judgement to record.
    pub fn judging(&self) -> Judging<'_> {
        Judging {
            status: self.status.as_str(),
            justification: self.justification.map(Justification::as_str),
            detail: &self.detail,
            ..Judging::default()
        }
    }

    /// Nothing to carry it to.
    pub fn without_finding(&self) -> String {
        format!(
            "{} in {}: there is no such finding here; import the feeds and run this again",
            self.name(),
            self.component
        )
    }

    /// Another decision about the same finding came first.
    pub fn said_twice(&self) -> String {
        let (name, component) = (self.name(), &self.component);
        format!("{name} in {component}: decided twice; the first decision was taken")
    }

    fn name(&self) -> &str {
        self.names.iter().next().map_or("?", String::as_str)
    }
}

/// A package URL in the one way it is written, so that two spellings meet.
pub fn canonical(text: &str) -> String {
    Purl::parse(text).map_or_else(|_| text.to_owned(), |purl| purl.canonical())
}
