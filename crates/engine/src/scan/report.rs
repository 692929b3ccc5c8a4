//! The report: what `bonafide match --json` prints, byte for byte.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Feed;
use crate::matching::Confidence;

/// What was found in one SBOM.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Distinct components, nested ones included, the subject not.
    pub components: usize,
    /// Those for which every advisory given could be decided.
    pub checked: usize,
    /// The others: `components == checked + unknown.len()`.
    pub unknown: Vec<UnknownComponent>,
    /// Sorted by purl, then id.
    pub findings: Vec<Finding>,
    /// What an advisory names and nobody can decide; sorted like findings.
    #[serde(default)]
    pub possible: Vec<Possible>,
    /// Findings that a VEX statement takes away, with who said so and why.
    #[serde(default)]
    pub suppressed: Vec<Suppressed>,
    /// In the order they were given.
    pub feeds: Vec<Feed>,
}

/// A component that was not checked, or not for every advisory.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnknownComponent {
    /// As the SBOM writes it.
    pub name: String,
    /// As the SBOM writes it.
    pub version: Option<String>,
    /// A stable code: `purl-missing`, `version-missing`, `no-advisories-for-ecosystem` …
    pub reason: String,
    /// As the SBOM writes it.
    pub purl: Option<String>,
}

/// One flaw in one component.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The CVE where there is one, else the record's own.
    pub id: String,
    /// All other ids of the flaw, in the order of preference.
    pub aliases: Vec<String>,
    /// Every record that matched, sorted.
    pub records: Vec<String>,
    /// As the SBOM writes it.
    pub purl: Option<String>,
    /// The version that was compared.
    pub version: Option<String>,
    /// Versions that end a range, in version order, over all records that matched.
    pub fixed: Vec<String>,
    /// The gravest rating of the records that matched: `critical` … `none`, else `unknown`.
    pub severity: String,
    /// Whether a catalogue of known exploitation names it; `null` when none was given.
    pub exploited: Option<bool>,
    /// What decided.
    pub matched_by: MatchedBy,
    /// CVSS score of the rating.
    pub score: Option<f64>,
    /// CVSS vector of the rating.
    pub vector: Option<String>,
    /// Which catalogues name it as exploited, and since when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exploitation: Vec<Exploited>,
    /// FIRST's estimate, when scores were given and one is for this flaw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epss: Option<Epss>,
    /// RustSec's kind of notice, when no record calls it a flaw: `unmaintained`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub informational: Option<String>,
    /// The first day a record of it came out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Records of the same flaw that name the package and say otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disagreeing: Vec<Disagreement>,
}

/// What decided: which identifier met which range of which record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchedBy {
    /// What was looked up, as in `npm/lodash@4.17.20`.
    pub identifier: String,
    /// `>=1.0.0, <1.2.3`
    pub range: String,
    /// `osv-range-semver` …
    pub rule: String,
    /// The record, the first in the order of preference.
    pub record: String,
    /// Its feed.
    pub source: String,
    /// How old that feed is.
    pub as_of: Option<String>,
}

/// A record that says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Disagreement {
    /// Its id.
    pub record: String,
    /// `not-affected`, `unknown`, `withdrawn`.
    pub says: String,
    /// The nearest range, the reason, or the time.
    pub because: String,
    /// Versions it calls fixed.
    pub fixed: Vec<String>,
    /// Its feed.
    pub source: String,
}

/// What an advisory names and nobody can decide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Possible {
    /// The same shape as a finding.
    #[serde(flatten)]
    pub finding: Finding,
    /// A stable code.
    pub reason: String,
    /// How likely it is that the component is affected.
    pub confidence: Confidence,
}

/// A finding that a VEX statement takes away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suppressed {
    /// The finding.
    #[serde(flatten)]
    pub finding: Finding,
    /// `not_affected` or `fixed`.
    pub status: String,
    /// VEX's justification, or the words given for it.
    pub why: Option<String>,
    /// The author of the document.
    pub who: Option<String>,
    /// The document.
    pub source: String,
}

/// An entry of a catalogue of known exploitation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Exploited {
    /// `cisa-kev`, `eu-kev`, or the name of another catalogue.
    pub catalogue: String,
    /// When it was added there.
    pub date_added: Option<Date>,
}

/// FIRST's estimate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Epss {
    /// Probability of exploitation within 30 days, 0 to 1.
    pub score: f64,
    /// Share of CVEs with the same or a lower score, 0 to 1.
    pub percentile: f64,
}

/// What is known of flaws beyond advisories.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct World {
    /// By id; `None` when no catalogue was given.
    pub exploited: Option<BTreeMap<String, Vec<Exploited>>>,
    /// By CVE id.
    pub epss: BTreeMap<String, Epss>,
}

impl World {
    pub(super) fn exploited<'a>(
        &self,
        ids: impl Iterator<Item = &'a str>,
    ) -> (Option<bool>, Vec<Exploited>) {
        let Some(catalogue) = &self.exploited else {
            return (None, Vec::new());
        };
        let mut found: Vec<Exploited> = ids
            .filter_map(|id| catalogue.get(id))
            .flatten()
            .cloned()
            .collect();
        found.sort();
        found.dedup();
        (Some(!found.is_empty()), found)
    }

    pub(super) fn epss<'a>(&self, ids: impl Iterator<Item = &'a str>) -> Option<Epss> {
        let scores = ids.filter_map(|id| self.epss.get(id)).copied();
        scores.max_by(|a, b| a.score.total_cmp(&b.score))
    }
}
