//! What CVE records, CSAF documents and CPE configurations say of versions; short as JSON, for it
//! is stored per advisory and evaluated from there.

use serde::{Deserialize, Serialize};

/// Statuses of versions by a record that has them (CVE records 5.x `versions`, CSAF
/// `product_status`). A version that no entry holds has the default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statuses {
    /// Who speaks, for it decides which rule is named.
    #[serde(rename = "f")]
    pub format: StatusFormat,
    /// Of every version that no entry holds.
    #[serde(rename = "d")]
    pub default: Status,
    /// In the order of the record.
    #[serde(rename = "e", default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<VersionStatus>,
}

/// The kind of document statuses come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StatusFormat {
    /// A CVE record.
    #[serde(rename = "c")]
    Cve,
    /// A CSAF document.
    #[serde(rename = "s")]
    Csaf,
}

/// The status of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// The flaw is in it.
    #[serde(rename = "a")]
    Affected,
    /// The flaw is not in it (CSAF `known_not_affected`).
    #[serde(rename = "u")]
    Unaffected,
    /// The flaw was in it and is gone (CSAF `fixed`).
    #[serde(rename = "f")]
    Fixed,
    /// Somebody is looking (CSAF `under_investigation`).
    #[serde(rename = "i")]
    UnderInvestigation,
    /// The record does not know.
    #[serde(rename = "k")]
    Unknown,
}

/// The status of one version, of a range, or of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionStatus {
    /// Of all versions from here on, as far as no change says otherwise.
    #[serde(rename = "s")]
    pub status: Status,
    /// The version, or the first of the range; `0` is before everything. Empty is every version.
    #[serde(rename = "v", default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// The end of the range; absent for a single version.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Until>,
    /// `versionType` as written, in lower case; empty when not said.
    #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// From which version on the status is another.
    #[serde(rename = "c", default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<(String, Status)>,
    /// A VERS text instead of version and end.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub vers: Option<String>,
}

/// The end of a range; `*` is after everything, `5.4.*` after everything that begins with `5.4.`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Until {
    /// Not included.
    #[serde(rename = "x")]
    LessThan(String),
    /// Included.
    #[serde(rename = "i")]
    LessThanOrEqual(String),
}

/// Products by a CPE name and bounds on the version (CVE `cpeMatch`, as the NVD has them).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CpeCriteria {
    /// A formatted string.
    #[serde(rename = "c")]
    pub criteria: String,
    /// `versionStartIncluding`
    #[serde(rename = "si", default, skip_serializing_if = "Option::is_none")]
    pub start_including: Option<String>,
    /// `versionStartExcluding`
    #[serde(rename = "sx", default, skip_serializing_if = "Option::is_none")]
    pub start_excluding: Option<String>,
    /// `versionEndIncluding`
    #[serde(rename = "ei", default, skip_serializing_if = "Option::is_none")]
    pub end_including: Option<String>,
    /// `versionEndExcluding`
    #[serde(rename = "ex", default, skip_serializing_if = "Option::is_none")]
    pub end_excluding: Option<String>,
}

impl CpeCriteria {
    /// Whether any bound is set.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        [
            &self.start_including,
            &self.start_excluding,
            &self.end_including,
            &self.end_excluding,
        ]
        .into_iter()
        .any(Option::is_some)
    }
}

impl Statuses {
    /// The versions from which on the flaw is gone, in the order of the record; commits aside.
    pub fn fixes(&self) -> impl Iterator<Item = &str> {
        let orderable = self.entries.iter().filter(|entry| entry.kind != "git");
        orderable.flat_map(VersionStatus::fixes)
    }
}

impl VersionStatus {
    /// An entry that holds one version; an empty one holds all.
    #[must_use]
    pub fn single(status: Status, version: &str) -> Self {
        Self {
            status,
            version: version.to_owned(),
            until: None,
            kind: String::new(),
            changes: Vec::new(),
            vers: None,
        }
    }

    fn fixes(&self) -> impl Iterator<Item = &str> {
        let end = match (&self.until, self.status) {
            (Some(Until::LessThan(end)), Status::Affected) if !end.contains('*') => {
                Some(end.as_str())
            }
            (None, Status::Fixed) if self.vers.is_none() => Some(self.version.as_str()),
            _ => None,
        };
        let changed = self
            .changes
            .iter()
            .filter(|(_, status)| matches!(status, Status::Unaffected | Status::Fixed))
            .map(|(at, _)| at.as_str());
        // A change to "unaffected" inside the range comes before the end of what the range says.
        let mut changed = changed.peekable();
        let end = end.filter(|_| changed.peek().is_none());
        changed.chain(end).filter(|version| !version.is_empty())
    }
}
