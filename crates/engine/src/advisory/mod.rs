//! Advisories: what the world says is wrong with a package. OSV records, CVE records and CSAF
//! documents become the same [`Advisory`]; [`read`] tells them apart by what they hold.

mod csaf;
mod cve;
mod detect;
mod osv;
mod statement;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use detect::{Document, Format, Reading, format_of};
pub use statement::{CpeCriteria, Status, StatusFormat, Statuses, Until, VersionStatus};

use crate::package::PackageKey;
use crate::severity::SeverityText;
use crate::version::{Version, order_of};

/// Largest advisory record read, in bytes. Kernel records with long version lists reach 2 MB.
pub const ADVISORY_BYTES_MAX: usize = 32 * 1024 * 1024;

/// One advisory, whatever its format was. Texts are as written; times are text (RFC 3339 in OSV).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advisory {
    /// As in `GHSA-…`, `RUSTSEC-…`, `CVE-…`.
    pub id: String,
    /// When the record last changed; empty when the record does not say.
    pub modified: String,
    /// When the record was first published.
    pub published: Option<String>,
    /// Set when the record was taken back: it matches nothing any more.
    pub withdrawn: Option<String>,
    /// Other ids of the same flaw; symmetric and transitive.
    pub aliases: Vec<String>,
    /// Ids of the flaws this one repeats downstream; transitive, not symmetric.
    pub upstream: Vec<String>,
    /// Ids that may interest a reader; they never merge.
    pub related: Vec<String>,
    /// One line.
    pub summary: String,
    /// Markdown, from outside: to be shown as text.
    pub details: String,
    /// Severities of the record as a whole.
    pub severities: Vec<SeverityText>,
    /// What is affected. Entries that name no package are left out and stand in `problems`.
    pub affected: Vec<Affected>,
    /// Links.
    pub references: Vec<Reference>,
    /// As in `CWE-79`.
    pub cwes: Vec<String>,
    /// Known exploitation and SSVC as the record carries them.
    pub signals: Signals,
    /// What the publisher advises, one line each (CSAF remediations): category, then text.
    pub remediations: Vec<(String, String)>,
    /// Parts of the record that could not be read; the rest is used.
    pub problems: Vec<Problem>,
}

/// What a record says beside the flaw itself: CISA writes both into CVE records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signals {
    /// The day the flaw came into CISA's KEV catalogue, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kev_added_on: Option<String>,
    /// SSVC decision points and their values, in the order of the record, as in
    /// `Exploitation` → `active`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ssvc: Vec<(String, String)>,
}

/// A link of an advisory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// OSV's kind, as in `ADVISORY`, `FIX`, `WEB`.
    #[serde(rename = "t")]
    pub kind: String,
    /// As written; not checked to be a URL.
    #[serde(rename = "u")]
    pub url: String,
}

/// A part of a record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Stable, kebab-case.
    pub code: &'static str,
    /// JSON pointer.
    pub place: String,
    /// A sentence.
    pub text: String,
}

/// One affected package of an advisory, in a form that is short as JSON: it is stored per advisory
/// and evaluated from there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affected {
    /// The key for look-up.
    #[serde(rename = "p")]
    pub package: PackageKey,
    /// The ecosystem as the record writes it, with its suffix.
    #[serde(rename = "et", default, skip_serializing_if = "String::is_empty")]
    pub ecosystem_text: String,
    /// The name as the record writes it.
    #[serde(rename = "nt", default, skip_serializing_if = "String::is_empty")]
    pub name_text: String,
    /// Ranges of affected versions.
    #[serde(rename = "r", default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<Range>,
    /// Affected versions, one by one.
    #[serde(rename = "v", default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<String>,
    /// Severities for this package.
    #[serde(rename = "s", default, skip_serializing_if = "Vec::is_empty")]
    pub severities: Vec<SeverityText>,
    /// RustSec's notices that are no flaws: `unmaintained`, `notice`, `unsound`.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub informational: Option<String>,
    /// `ecosystem_specific` as JSON text, if it is small.
    #[serde(rename = "es", default, skip_serializing_if = "Option::is_none")]
    pub ecosystem_specific: Option<String>,
    /// `database_specific` as JSON text, if it is small.
    #[serde(rename = "ds", default, skip_serializing_if = "Option::is_none")]
    pub database_specific: Option<String>,
    /// What a CVE record or a CSAF document says of versions.
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    pub statuses: Option<Statuses>,
    /// The CPE name that must match, with bounds; beside [`Affected::statuses`] it has none.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub cpe: Option<CpeCriteria>,
    /// What else must hold, in words (a platform it runs on): the entry alone cannot say
    /// "affected", only "possible".
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

/// A range of affected versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// How its versions are ordered.
    #[serde(rename = "t")]
    pub kind: RangeKind,
    /// The repository of a GIT range.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub repo: Option<String>,
    /// In the order of the record.
    #[serde(rename = "e", default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
}

/// The type of a range.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RangeKind {
    /// Semantic Versioning 2.0 §11.
    #[serde(rename = "S")]
    Semver,
    /// The ecosystem's own order.
    #[serde(rename = "E")]
    Ecosystem,
    /// Commits: needs the commit graph, so it decides nothing here.
    #[serde(rename = "G")]
    Git,
    /// A type we do not know, as written.
    #[serde(rename = "O")]
    Other(String),
}

/// A change of state in a range.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// Affected from here on; `0` is before everything.
    #[serde(rename = "i")]
    Introduced(String),
    /// No longer affected from here on.
    #[serde(rename = "f")]
    Fixed(String),
    /// The last affected version.
    #[serde(rename = "l")]
    LastAffected(String),
    /// The range says nothing about versions from here on; `*` is after everything.
    #[serde(rename = "m")]
    Limit(String),
}

/// Why a record cannot be used at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AdvisoryError {
    /// Larger than [`ADVISORY_BYTES_MAX`], too deep, or with too many values.
    #[error("the advisory is larger than we read: {0}")]
    TooLarge(&'static str),
    /// Not UTF-8.
    #[error("the advisory is not UTF-8 text")]
    Encoding,
    /// Not JSON.
    #[error("the advisory is not valid JSON: {0}")]
    Json(String),
    /// JSON, but no OSV record: no id.
    #[error("the record has no \"id\", so it is not an OSV advisory")]
    NoId,
    /// JSON, but no CSAF document: no tracking id.
    #[error("the document has no tracking id, so it is not a CSAF advisory")]
    NoTracking,
}

impl AdvisoryError {
    /// The stable code of this error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge(_) => "advisory-too-large",
            Self::Encoding => "advisory-not-utf8",
            Self::Json(_) => "advisory-not-json",
            Self::NoId | Self::NoTracking => "advisory-without-id",
        }
    }
}

/// Reads one OSV record (OSV schema 1.x). Unknown fields are ignored; parts of the wrong type are
/// left out and named in [`Advisory::problems`].
///
/// # Errors
/// [`AdvisoryError`] when nothing of the record can be used.
pub fn read_osv(bytes: &[u8]) -> Result<Advisory, AdvisoryError> {
    osv::read(bytes)
}

/// The least of a record, borrowed from its bytes: see [`glance_osv`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance<'a> {
    /// As in `GHSA-…`.
    pub id: Cow<'a, str>,
    /// When it last changed, as written; empty when it does not say.
    pub modified: Cow<'a, str>,
    /// When it came out, as written.
    pub published: Option<Cow<'a, str>>,
    /// Set when it was taken back.
    pub withdrawn: Option<Cow<'a, str>>,
    /// Other ids of the same flaw.
    pub aliases: Vec<String>,
    /// Ids of the flaws it repeats downstream.
    pub upstream: Vec<String>,
    /// The packages it names, in its order; may repeat.
    pub packages: Vec<PackageKey>,
}

/// Reads the least of one OSV record: about a third of the work of [`read_osv`], and refused
/// whenever that is no JSON or has no id.
///
/// # Errors
/// [`AdvisoryError`] when nothing of the record can be used.
pub fn glance_osv(bytes: &[u8]) -> Result<Glance<'_>, AdvisoryError> {
    osv::glance(bytes)
}

/// Reads an advisory of any known format, told apart by what it holds: an OSV record, a CVE record
/// (JSON 5.x) or a CSAF document (2.0, 2.1), which speaks of several flaws and becomes as many
/// records.
///
/// # Errors
/// [`AdvisoryError`] when nothing of it can be used.
pub fn read(bytes: &[u8]) -> Result<Reading, AdvisoryError> {
    detect::read(bytes)
}

impl Advisory {
    /// The versions that end a range for this package, in version order, each once. Texts that the
    /// ecosystem's order cannot read come last, by text.
    #[must_use]
    pub fn fixed_versions(&self, package: &PackageKey) -> Vec<String> {
        let entries = self
            .affected
            .iter()
            .filter(|entry| entry.package == *package);
        sorted_fixes(&package.ecosystem, entries.flat_map(Affected::fixes))
    }

    /// RustSec's kind of notice when every affected entry is one (`unmaintained`): then this is no
    /// flaw that could be exploited, only something to know.
    #[must_use]
    pub fn informational(&self) -> Option<&str> {
        let mut kinds = self
            .affected
            .iter()
            .map(|entry| entry.informational.as_deref());
        let first = kinds.next()??;
        kinds.all(|kind| kind.is_some()).then_some(first)
    }
}

impl Affected {
    /// The texts of its `fixed` events outside GIT ranges, in the order of the record.
    pub fn fixes(&self) -> impl Iterator<Item = &str> {
        let ranges = self
            .ranges
            .iter()
            .filter(|range| range.kind != RangeKind::Git);
        ranges
            .flat_map(|range| &range.events)
            .filter_map(|event| match event {
                Event::Fixed(version) => Some(version.as_str()),
                _ => None,
            })
            .chain(self.statuses.iter().flat_map(Statuses::fixes))
            .chain(
                self.cpe
                    .iter()
                    .filter_map(|cpe| cpe.end_excluding.as_deref()),
            )
    }
}

/// Sorts by version order and drops what is there twice.
pub(crate) fn sorted_fixes<'a>(
    ecosystem: &str,
    fixes: impl Iterator<Item = &'a str>,
) -> Vec<String> {
    let fixes: Vec<&str> = fixes.collect();
    if fixes.len() < 2 {
        return fixes.into_iter().map(str::to_owned).collect();
    }
    let order = order_of(ecosystem).ok();
    let parse = |text| order.and_then(|order| order.parse(text).ok());
    let mut fixes: Vec<(Option<Version>, &str)> =
        fixes.into_iter().map(|text| (parse(text), text)).collect();
    fixes.sort_by(|(a, a_text), (b, b_text)| {
        let by_version = match (a, b) {
            (Some(a), Some(b)) => a.compare(b).unwrap_or(std::cmp::Ordering::Equal),
            (a, b) => a.is_none().cmp(&b.is_none()),
        };
        by_version.then_with(|| a_text.cmp(b_text))
    });
    fixes.dedup_by(|(_, a), (_, b)| a == b);
    fixes.into_iter().map(|(_, text)| text.to_owned()).collect()
}
