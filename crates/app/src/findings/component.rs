//! One component over all releases: which versions are in use, where, with which findings; and for
//! any flaw, why or why not, record by record.

use super::store::component::{self as store, Holder};
use super::{FindingRow, matching, store as tables};
use crate::accounts::{Caller, Permission};
use crate::advisories::{self, Vulnerability};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use bonafide_engine::lookup::Lookup;
use bonafide_engine::matching::{Outcome, evaluate_all};
use bonafide_engine::purl::Purl;
use std::collections::{BTreeMap, BTreeSet};

/// Most versions of one package that are looked for.
pub const VERSIONS_MAX: usize = 10_000;

/// What is known of a component.
pub struct Known {
    /// The identifier that was asked for, in its canonical form without a version.
    pub asked: String,
    /// As advisories name it; none when no advisory source covers this kind of package.
    pub package: Option<String>,
    /// Versions in current SBOMs, the one in most releases first.
    pub versions: Vec<Held>,
    /// More versions are known than were looked for.
    pub is_cut: bool,
    /// The flaw that was asked for, if there was one.
    pub question: Option<Question>,
}

/// A version that current SBOMs hold.
pub struct Held {
    pub purl: String,
    pub holders: Vec<Holder>,
    /// Open findings, over all these releases.
    pub findings: Vec<FindingRow>,
    /// What each record about the flaw that was asked for says of it.
    pub answers: Vec<Answer>,
}

/// The flaw that was asked for.
pub struct Question {
    pub asked: String,
    /// None when no feed of ours has a record of it.
    pub vulnerability: Option<Vulnerability>,
}

/// What one record says of one version.
pub struct Answer {
    pub record: String,
    pub feed: String,
    pub modified: String,
    pub is_withdrawn: bool,
    pub outcome: Outcome,
}

/// Looks a component up by its purl (a version in it does not matter), and asks about a flaw.
pub fn get_component(
    tx: &mut Tx,
    caller: &Caller,
    purl: &str,
    flaw: Option<&str>,
) -> Result<Known, Trouble> {
    caller.require(Permission::FindingsRead)?;
    let (asked, package, all) = known_versions(tx, purl)?;
    let is_cut = all.len() >= VERSIONS_MAX;
    let ids: Vec<i64> = all.iter().map(|(id, _)| *id).collect();
    let (organisation, only) = (caller.organisation, caller.only_product);
    let mut holders = store::holders(tx, organisation, only, &ids)?;
    let held: Vec<i64> = holders.keys().copied().collect();
    let mut findings = findings_of(tx, caller, &held)?;
    let question = flaw.map(|flaw| asked_about(tx, flaw)).transpose()?;
    let records = match question.as_ref().and_then(|q| q.vulnerability.as_ref()) {
        Some(vulnerability) => store::records(tx, vulnerability.id)?,
        None => Vec::new(),
    };
    let mut versions = Vec::new();
    for (id, purl) in all {
        let Some(holders) = holders.remove(&id) else {
            continue;
        };
        versions.push(Held {
            answers: answers(&purl, &records)?,
            holders,
            findings: findings.remove(&id).unwrap_or_default(),
            purl,
        });
    }
    versions.sort_by(|a, b| {
        let by_use = b.holders.len().cmp(&a.holders.len());
        by_use.then_with(|| a.purl.cmp(&b.purl))
    });
    Ok(Known {
        asked,
        package,
        versions,
        is_cut,
        question,
    })
}

/// The identifier without its version, the package advisories know it as, and all its versions.
type Versions = (String, Option<String>, Vec<(i64, String)>);

fn known_versions(tx: &mut Tx, text: &str) -> Result<Versions, Trouble> {
    let text = text.trim();
    let Ok(mut purl) = Purl::parse(text) else {
        // Components without a purl stand under their CPE or name. Whether anybody has one must
        // not show, so only the form of the text decides.
        if !text.starts_with("cpe:") && !text.starts_with("name:") {
            return Err(Refusal::field("purl", "component-purl-unreadable").into());
        }
        let found = store::versions_of_text(tx, text, VERSIONS_MAX)?;
        return Ok((text.to_owned(), None, found));
    };
    let key = purl.lookups().into_iter().next().map(|lookup| lookup.key);
    purl.version = None;
    let asked = purl.matching_text();
    let Some(key) = key else {
        // Nothing but its name is left to know such a component by.
        let mut found = store::versions_of_text(tx, &asked, VERSIONS_MAX)?;
        let name = format!("name:{}", purl.name);
        found.extend(store::versions_of_text(tx, &name, VERSIONS_MAX)?);
        return Ok((asked, None, found));
    };
    let found = store::versions(tx, &key, VERSIONS_MAX)?;
    Ok((asked, Some(key.to_string()), found))
}

fn findings_of(
    tx: &mut Tx,
    caller: &Caller,
    versions: &[i64],
) -> Result<BTreeMap<i64, Vec<FindingRow>>, Trouble> {
    let (organisation, only) = (caller.organisation, caller.only_product);
    let open = store::open(tx, organisation, only, versions)?;
    let ids: Vec<_> = open.iter().map(|(_, id)| *id).collect();
    let rows = tables::release::some(tx, organisation, only, &ids)?;
    let rows: BTreeMap<_, FindingRow> = rows.into_iter().map(|row| (row.id, row)).collect();
    let mut found: BTreeMap<i64, Vec<FindingRow>> = BTreeMap::new();
    for (version, id) in open {
        if let Some(row) = rows.get(&id) {
            found.entry(version).or_default().push(row.clone());
        }
    }
    Ok(found)
}

fn asked_about(tx: &mut Tx, flaw: &str) -> Result<Question, Trouble> {
    let flaw = flaw.trim();
    if !advisories::is_id(flaw) {
        return Err(Refusal::field("vulnerability", "component-flaw-unreadable").into());
    }
    Ok(Question {
        asked: flaw.to_owned(),
        vulnerability: advisories::find_vulnerability(tx, flaw)?,
    })
}

fn answers(purl: &str, records: &[store::Record]) -> Result<Vec<Answer>, Trouble> {
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let lookups: Vec<Lookup> = Purl::parse(purl)
        .map(|purl| purl.lookups())
        .unwrap_or_default();
    let mut answers = Vec::new();
    for record in records {
        let affected = matching::unpacked(&record.affected)?;
        answers.push(Answer {
            record: record.record.clone(),
            feed: record.feed.clone(),
            modified: record.modified.clone(),
            is_withdrawn: record.is_withdrawn,
            outcome: evaluate_all(&lookups, &affected).0,
        });
    }
    Ok(answers)
}

impl Known {
    /// How many releases hold any version.
    pub fn releases(&self) -> usize {
        let all = self.versions.iter().flat_map(|held| &held.holders);
        let all: BTreeSet<_> = all.map(|holder| holder.release).collect();
        all.len()
    }

    /// How many flaws are open in any of them.
    pub fn flaws(&self) -> usize {
        let all = self.versions.iter().flat_map(|held| &held.findings);
        let all: BTreeSet<i64> = all.map(|row| row.vulnerability_id).collect();
        all.len()
    }
}
