//! One flaw over all products of an organisation: are we affected, and where?

use super::store::lists::{self, Beside, Undecided};
use super::{FindingRow, LIST_MAX, Unknowns, rules, store};
use crate::accounts::Caller;
use crate::advisories::{self, Vulnerability};
use crate::ids::ReleaseId;
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use std::collections::{BTreeMap, BTreeSet};

/// What can be said to "are we affected?".
pub struct Exposed {
    /// As it was asked for.
    pub asked: String,
    /// None when no feed of ours has a record of this id.
    pub vulnerability: Option<Vulnerability>,
    /// EPSS scores this CVE although no record of ours is about it.
    pub is_scored: bool,
    /// The packages its records name: (ecosystem, name).
    pub mentioned: Vec<(String, String)>,
    /// Findings, open first, those that are gone included: at most [`LIST_MAX`].
    pub findings: Vec<FindingRow>,
    /// How many findings there are in all.
    pub found: i64,
    pub undecided: Vec<Undecided>,
    /// Every release of every product that has or had it, with its state.
    pub releases: Vec<(Beside, &'static str)>,
    pub unknowns: Unknowns,
    /// Whether the feed of a package it names is missing or too old.
    pub is_blind: bool,
}

/// The answer, as a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A current SBOM contains it.
    Contained,
    /// No rule could decide for some component.
    Undecided,
    /// It was contained, and no current SBOM holds it any more.
    Gone,
    /// Nothing was found, and the feed of a package it names is missing or too old.
    Blind,
    /// Packages are named, and no current SBOM holds an affected version.
    NotFound,
    /// No record names a package we could look for.
    NoPackage,
    /// No feed of ours knows this id.
    Unknown,
}

impl Verdict {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Contained => "contained",
            Self::Undecided => "undecided",
            Self::Gone => "gone",
            Self::Blind => "feed-too-old",
            Self::NotFound => "not-found",
            Self::NoPackage => "no-package",
            Self::Unknown => "unknown",
        }
    }
}

impl Exposed {
    pub fn verdict(&self) -> Verdict {
        if self.findings.iter().any(|finding| finding.state == "open") {
            Verdict::Contained
        } else if !self.undecided.is_empty() {
            Verdict::Undecided
        } else if self.vulnerability.is_none() && !self.is_scored {
            Verdict::Unknown
        } else if self.is_blind {
            Verdict::Blind
        } else if !self.findings.is_empty() {
            Verdict::Gone
        } else if self.mentioned.is_empty() {
            Verdict::NoPackage
        } else {
            Verdict::NotFound
        }
    }

    /// Open findings.
    pub fn open(&self) -> impl Iterator<Item = &FindingRow> {
        self.findings
            .iter()
            .filter(|finding| finding.state == "open")
    }
}

/// What an id means for the caller's products. World facts are the same for everybody; nothing in
/// the answer depends on other organisations. A text that is no id is refused.
pub fn get_exposure(tx: &mut Tx, caller: &Caller, name: &str) -> Result<Exposed, Trouble> {
    let vulnerability = advisories::find_vulnerability(tx, name)?;
    // A name that a record has is an id, whatever it looks like.
    if vulnerability.is_none() && !advisories::is_id(name) {
        return Err(Refusal::not_found().into());
    }
    let unknowns = super::unknowns(tx, caller)?;
    let Some(found) = vulnerability else {
        return Ok(Exposed {
            is_scored: advisories::is_scored(tx, &name.to_ascii_uppercase())?,
            asked: name.to_owned(),
            vulnerability: None,
            mentioned: Vec::new(),
            findings: Vec::new(),
            found: 0,
            undecided: Vec::new(),
            releases: Vec::new(),
            unknowns,
            is_blind: false,
        });
    };
    let (organisation, only) = (caller.organisation, caller.only_product);
    let findings = store::release::of_vulnerability(tx, organisation, found.id, only, LIST_MAX)?;
    let total = store::release::count_of_vulnerability(tx, organisation, found.id, only)?;
    let undecided = lists::undecided_of(tx, organisation, found.id, only)?;
    let beside = lists::releases_beside(tx, organisation, found.id, only)?;
    let mentioned = lists::mentioned(tx, found.id)?;
    let blind = advisories::blind_ecosystems(tx)?;
    let is_blind = mentioned
        .iter()
        .any(|(ecosystem, _)| blind.contains(ecosystem.as_str()));
    Ok(Exposed {
        asked: name.to_owned(),
        is_scored: found.epss.is_some(),
        mentioned,
        is_blind,
        releases: states(beside, &findings, &undecided, is_blind),
        vulnerability: Some(found),
        findings,
        found: total,
        undecided,
        unknowns,
    })
}

fn states(
    beside: Vec<Beside>,
    findings: &[FindingRow],
    undecided: &[Undecided],
    is_blind: bool,
) -> Vec<(Beside, &'static str)> {
    let mut statuses: BTreeMap<ReleaseId, Vec<&str>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.state == "open") {
        statuses
            .entry(finding.release)
            .or_default()
            .push(&finding.status);
    }
    let open: BTreeSet<ReleaseId> = undecided.iter().map(|one| one.release).collect();
    beside
        .into_iter()
        .map(|release| {
            let statuses = statuses
                .get(&release.release)
                .into_iter()
                .flatten()
                .copied();
            let is_open = is_blind || open.contains(&release.release);
            let state = rules::exposure(statuses, is_open, release.has_sbom);
            (release, state)
        })
        .collect()
}
