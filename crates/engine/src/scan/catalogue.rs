//! What the caller read of the advisories given: the records that name a package asked for, which
//! ecosystems any record covers, and which feeds they came from.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::advisory::{Advisory, Affected};
use crate::alias::Group;
use crate::package::PackageKey;
use crate::severity::SeverityText;

/// Advisories, as far as the components of one SBOM need them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Records that name at least one package asked for, each id once.
    pub records: Vec<Record>,
    /// Flaws that [`Record::flaw`] points to: connected over all records that were read, also
    /// those that name none of the packages.
    pub flaws: Vec<Group>,
    /// The ecosystems that any record read names, as in [`PackageKey::ecosystem`].
    pub ecosystems: BTreeSet<String>,
    /// In the order they were given.
    pub feeds: Vec<Feed>,
}

/// One record, with what it says of the packages asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// As in `GHSA-…`.
    pub id: String,
    /// Index into [`Catalogue::flaws`].
    pub flaw: usize,
    /// Index into [`Catalogue::feeds`].
    pub feed: usize,
    /// When it last changed, as written.
    pub modified: String,
    /// When it came out, as written.
    pub published: Option<String>,
    /// Set when it was taken back: it matches nothing.
    pub withdrawn: Option<String>,
    /// Ids this record repeats downstream; they count for known exploitation.
    pub upstream: Vec<String>,
    /// Severities of the record as a whole.
    pub severities: Vec<SeverityText>,
    /// Entries for the packages asked for; at least one.
    pub affected: Vec<Affected>,
}

impl Record {
    /// The record of an advisory, with its entries for the packages wanted; `None` without one.
    #[must_use]
    pub fn of(advisory: Advisory, is_wanted: impl Fn(&PackageKey) -> bool) -> Option<Self> {
        let mut affected = advisory.affected;
        affected.retain(|entry| is_wanted(&entry.package));
        (!affected.is_empty()).then_some(Self {
            id: advisory.id,
            flaw: 0,
            feed: 0,
            modified: advisory.modified,
            published: advisory.published,
            withdrawn: advisory.withdrawn,
            upstream: advisory.upstream,
            severities: advisory.severities,
            affected,
        })
    }
}

/// A record of a flaw, whichever packages it names: for the answer "why not".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordFacts {
    /// As in `GHSA-…`.
    pub id: String,
    /// Index into [`Catalogue::feeds`].
    pub feed: usize,
    /// When it last changed, as written.
    pub modified: String,
    /// Set when it was taken back.
    pub withdrawn: Option<String>,
    /// The packages it names; sorted, each once.
    pub packages: Vec<PackageKey>,
}

/// A file or directory of records, and how old what it says is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// The last part of the path given and what follows it, as in `osv/npm/all.zip`.
    pub source: String,
    /// `osv`, `cisa-kev`, `euvd-kev`, `epss`, `vex`.
    pub kind: String,
    /// Records that could be read.
    pub records: u64,
    /// Records that could not be read.
    pub unreadable: u64,
    /// The newest change any record tells of, or the day a catalogue is of; RFC 3339.
    pub as_of: Option<String>,
}
