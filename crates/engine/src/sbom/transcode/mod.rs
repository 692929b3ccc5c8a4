//! Other notations of a standard, brought into the standard's own JSON: one reader per standard
//! then does the rest. Each transcoder holds bounds of its own before it allocates, expands no
//! entities but the five of XML and loads nothing from elsewhere.

mod cyclonedx_fields;
mod cyclonedx_more;
pub(super) mod cyclonedx_xml;
mod json_text;
mod rdf_terms;
pub(super) mod spdx_rdf;
pub(super) mod spdx_tag_value;
mod spdx_tags;
pub(super) mod spdx_yaml;
pub(super) mod xml;

use std::collections::BTreeMap;

use super::Warning;

/// Names of fields that are remembered for the warning.
const NAMES_MAX: usize = 1000;
/// Names of fields that the warning lists.
const NAMES_SHOWN: usize = 20;

/// A document in JSON, and what was odd on the way there.
pub(super) struct Transcoded {
    pub text: String,
    pub warnings: Vec<Warning>,
}

/// Fields that have no place in the JSON form, by name and number.
#[derive(Default)]
struct NotUnderstood(BTreeMap<String, usize>);

impl NotUnderstood {
    fn add(&mut self, name: &str) {
        if let Some(count) = self.0.get_mut(name) {
            *count += 1;
        } else if self.0.len() < NAMES_MAX {
            self.0.insert(name.chars().take(80).collect(), 1);
        }
    }

    /// The warning `fields-not-understood`, when there is something to say.
    fn warning(&self) -> Option<Warning> {
        if self.0.is_empty() {
            return None;
        }
        let shown: Vec<String> = self
            .0
            .iter()
            .take(NAMES_SHOWN)
            .map(|(name, count)| format!("{name} ({count})"))
            .collect();
        let more = match self.0.len().saturating_sub(NAMES_SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Some(Warning {
            code: "fields-not-understood",
            place: String::new(),
            text: format!(
                "These fields were not understood and are only in the original: {}{more}.",
                shown.join(", ")
            ),
        })
    }
}
