//! The data files, embedded, and what all of them say about themselves.
//!
//! An operator may replace the files whose module has a `parse` function (form, coordinators,
//! state of standards) without a new build; the others change with the law and with a release.

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// No data file of an operator may be larger than this.
pub const DATA_BYTES_MAX: usize = 1 << 20;

/// Where the content of a file comes from and which day it describes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    pub title: String,
    /// The day for which the content was established.
    pub as_of: Date,
    pub source: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A file replaced by an operator that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    #[error("the file is larger than {DATA_BYTES_MAX} bytes")]
    TooLarge,
    #[error("the file is not the JSON this program expects")]
    Json(#[from] serde_json::Error),
    #[error("{0}")]
    Content(String),
}

/// One embedded file.
#[derive(Clone, Debug, Serialize)]
pub struct DataFile {
    /// File name below `data/`.
    pub name: &'static str,
    #[serde(flatten)]
    pub provenance: Provenance,
    #[serde(skip)]
    pub text: &'static str,
}

pub(crate) const ANNEX1: &str = include_str!("../data/annex1.json");
pub(crate) const CATEGORIES: &str = include_str!("../data/categories.json");
pub(crate) const CONTENT_ELEMENTS: &str = include_str!("../data/content-elements.json");
pub(crate) const COORDINATORS: &str = include_str!("../data/coordinators.json");
pub(crate) const DEADLINES: &str = include_str!("../data/deadlines.json");
pub(crate) const MEMBER_STATES: &str = include_str!("../data/member-states.json");
pub(crate) const MODIFICATION: &str = include_str!("../data/modification.json");
pub(crate) const PENALTIES: &str = include_str!("../data/penalties.json");
pub(crate) const PROVISIONS: &str = include_str!("../data/provisions.json");
pub(crate) const RETENTION: &str = include_str!("../data/retention.json");
pub(crate) const ROLES: &str = include_str!("../data/roles.json");
pub(crate) const ROUTES: &str = include_str!("../data/routes.json");
pub(crate) const SRP_FORM: &str = include_str!("../data/srp-form.json");
pub(crate) const STANDARDS_STATE: &str = include_str!("../data/standards-state.json");
pub(crate) const SUPPORT: &str = include_str!("../data/support.json");
pub(crate) const TIMELINE: &str = include_str!("../data/timeline.json");

const FILES: [(&str, &str); 16] = [
    ("annex1.json", ANNEX1),
    ("categories.json", CATEGORIES),
    ("content-elements.json", CONTENT_ELEMENTS),
    ("coordinators.json", COORDINATORS),
    ("deadlines.json", DEADLINES),
    ("member-states.json", MEMBER_STATES),
    ("modification.json", MODIFICATION),
    ("penalties.json", PENALTIES),
    ("provisions.json", PROVISIONS),
    ("retention.json", RETENTION),
    ("roles.json", ROLES),
    ("routes.json", ROUTES),
    ("srp-form.json", SRP_FORM),
    ("standards-state.json", STANDARDS_STATE),
    ("support.json", SUPPORT),
    ("timeline.json", TIMELINE),
];

/// Every embedded file, sorted by name.
pub fn files() -> Vec<DataFile> {
    FILES
        .iter()
        .map(|&(name, text)| DataFile {
            name,
            provenance: embedded(text),
            text,
        })
        .collect()
}

/// A file that is a list of entries under one provenance.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Dataset<T> {
    #[serde(flatten)]
    pub provenance: Provenance,
    pub entries: Vec<T>,
}

/// Reads an embedded file.
pub(crate) fn embedded<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("the data tests read every embedded file into its type")
}

/// Reads a file an operator put in the place of an embedded one.
pub(crate) fn replaced<T: DeserializeOwned>(text: &str) -> Result<T, DataError> {
    if text.len() > DATA_BYTES_MAX {
        return Err(DataError::TooLarge);
    }
    Ok(serde_json::from_str(text)?)
}
