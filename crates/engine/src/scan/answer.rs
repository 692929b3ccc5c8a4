//! The answer to "why", and to "why not".

use serde::Serialize;

use super::Feed;
use super::report::Exploited;
use crate::package::PackageKey;

/// Whether one flaw is in one component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// A rule of at least one record says so.
    Affected,
    /// Every record that names the package was evaluated to its end, or none names it.
    NotAffected,
    /// A record names the package, and whether it means this version cannot be decided.
    Possible,
    /// Nothing can be said.
    Unknown,
}

/// One component and one flaw.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explained {
    /// The package URL asked about.
    pub component: String,
    /// The id asked about.
    pub vulnerability: String,
    /// The id the flaw is shown under; `null` when no record names it.
    pub id: Option<String>,
    /// Its other ids.
    pub aliases: Vec<String>,
    /// The answer.
    pub answer: Answer,
    /// A stable code: `range-matches`, `outside-every-range`, `package-not-named`,
    /// `no-record-of-this-flaw`, `every-record-withdrawn`, `not-in-document`, or why nothing can
    /// be said.
    pub reason: String,
    /// A sentence.
    pub because: String,
    /// Under which keys records were looked up, the surest first.
    pub identifiers: Vec<PackageKey>,
    /// The versions that were compared.
    pub versions: Vec<String>,
    /// Every record of the flaw, by id.
    pub records: Vec<RecordAnswer>,
    /// Whether a catalogue of known exploitation names it; `null` when none was given.
    pub exploited: Option<bool>,
    /// Which ones, and since when.
    pub exploitation: Vec<Exploited>,
    /// What was read.
    pub feeds: Vec<Feed>,
}

/// What one record says of one version of the component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordAnswer {
    /// Its id.
    pub record: String,
    /// Its feed.
    pub source: String,
    /// How old that feed is.
    pub as_of: Option<String>,
    /// When the record last changed, as it says it.
    pub modified: String,
    /// The version compared.
    pub version: Option<String>,
    /// `affected`, `not-affected`, `unknown`, `package-not-named`, `withdrawn`.
    pub says: String,
    /// The rule that decided, or the code of what stands against deciding.
    pub rule: String,
    /// The range that matched, or the nearest one.
    pub range: String,
    /// Every range of the record for this package, as it writes them.
    pub ranges: Vec<String>,
    /// Versions it calls fixed.
    pub fixed: Vec<String>,
    /// A sentence where nothing can be decided.
    pub because: Option<String>,
    /// The packages it names instead; at most `PACKAGES_NAMED_MAX`.
    pub names: Vec<String>,
}
