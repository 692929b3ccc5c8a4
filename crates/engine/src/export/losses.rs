//! What a target format cannot carry, counted by field.

use crate::sbom::document::Document;
use serde::Serialize;
use std::collections::BTreeMap;

/// Something the source says and the target does not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Loss {
    /// What, in a few words: `vulnerabilities`, `hash of an unknown algorithm` …
    pub field: String,
    /// How often.
    pub count: usize,
    /// Where first, as a JSON pointer into the source; empty when it has no one place.
    pub place: String,
}

/// Different fields kept by name; more can come only from `not_understood`, with its own bounds.
const FIELDS_MAX: usize = 1_000;

/// The losses of one export.
#[derive(Default)]
pub(super) struct Losses {
    by_field: BTreeMap<String, (usize, String)>,
}

impl Losses {
    /// With what the reader itself had no place for.
    pub(super) fn of(document: &Document) -> Self {
        let mut losses = Self::default();
        for unread in &document.not_understood {
            losses.add(&unread.field, unread.times, &unread.place);
        }
        losses
    }

    pub(super) fn one(&mut self, field: &str, place: &str) {
        self.add(field, 1, place);
    }

    pub(super) fn add(&mut self, field: &str, count: usize, place: &str) {
        if count == 0 {
            return;
        }
        if let Some((seen, _)) = self.by_field.get_mut(field) {
            *seen += count;
            return;
        }
        let field = if self.by_field.len() < FIELDS_MAX {
            field
        } else {
            "further fields"
        };
        let entry = self.by_field.entry(field.to_owned());
        entry.or_insert((0, place.to_owned())).0 += count;
    }

    /// Takes back what the reader had no place for and the writer has.
    pub(super) fn withdraw(&mut self, field: &str, count: usize) {
        if let Some((seen, _)) = self.by_field.get_mut(field) {
            *seen = seen.saturating_sub(count);
            if *seen == 0 {
                self.by_field.remove(field);
            }
        }
    }

    pub(super) fn finish(self) -> Vec<Loss> {
        let losses = self.by_field.into_iter();
        losses
            .map(|(field, (count, place))| Loss {
                field,
                count,
                place,
            })
            .collect()
    }
}
