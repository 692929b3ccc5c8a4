//! Important and critical products: Annex III (class I and II) and Annex IV.
//!
//! Core functionality decides (7(1)); this file names the entries, it does not classify.

use crate::Language;
use crate::certainty::Certainty;
use crate::data::{self, Dataset, Provenance};
use crate::words::words;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

words! {
    /// What the conformity assessment procedures depend on (32).
    pub enum Category {
        /// Neither in Annex III nor in Annex IV.
        Default = "default",
        ImportantClass1 = "important-class-1",
        ImportantClass2 = "important-class-2",
        Critical = "critical",
    }
}

/// One point of Annex III or IV.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryEntry {
    /// For example `annex-3-class-1-7`, `annex-4-2`.
    pub id: String,
    pub category: Category,
    pub point: u8,
    pub title_en: String,
    pub title_de: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    pub citation: String,
    pub certainty: Certainty,
}

impl CategoryEntry {
    pub fn title(&self, language: Language) -> &str {
        match language {
            Language::English => &self.title_en,
            Language::German => &self.title_de,
        }
    }
}

static FILE: LazyLock<Dataset<CategoryEntry>> = LazyLock::new(|| data::embedded(data::CATEGORIES));

/// All entries: class I, class II, Annex IV, each in the order of the Annex.
pub fn list() -> &'static [CategoryEntry] {
    &FILE.entries
}

pub fn by_id(id: &str) -> Option<&'static CategoryEntry> {
    FILE.entries.iter().find(|entry| entry.id == id)
}

pub fn provenance() -> &'static Provenance {
    &FILE.provenance
}
