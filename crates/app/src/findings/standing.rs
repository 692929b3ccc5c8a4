//! Bringing findings in line with what is matched: opened, closed with a reason, merged. All of it
//! in the transaction that caused it, journalled for each organisation it concerns.

use super::judging;
use super::store::assessments;
use super::store::standing::{self as store, Place};
use crate::accounts::{Actor, Caller};
use crate::advisories::Changes;
use crate::ids::{OrganisationId, ReleaseId};
use crate::jobs::{self, Job};
use crate::journal::{self, Entry};
use crate::store::{Turn, Tx};
use crate::trouble::Trouble;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const PROGRAM: Actor = Actor::Program("matching");

/// How many findings changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Difference {
    pub opened: usize,
    pub closed: usize,
}

/// Follows a batch of changed advisories: matches them, moves findings of merged vulnerabilities,
/// opens and closes findings in all organisations, and asks for a decision wherever something
/// exploited is in a release on the market.
pub fn follow(tx: &mut Tx, changes: &Changes) -> Result<(), Trouble> {
    tx.take_turn(Turn::Matching)?;
    for (from, into) in &changes.merged {
        merge(tx, *from, *into)?;
    }
    let touched = super::matching::match_advisories(tx, changes)?;
    let touched: Vec<i64> = touched.into_iter().collect();
    let opened = refresh(tx, &touched)?.0;
    let exploited: BTreeSet<i64> = opened
        .iter()
        .copied()
        .chain(changes.exploited.iter().copied())
        .chain(changes.merged.iter().map(|(_, into)| *into))
        .collect();
    let exploited: Vec<i64> = exploited.into_iter().collect();
    consider_exploited(tx, &exploited)
}

/// Asks for a decision wherever one of these vulnerabilities is exploited and stands in a release
/// that is or was on the market.
pub fn consider_exploited(tx: &mut Tx, vulnerabilities: &[i64]) -> Result<(), Trouble> {
    let concerned = store::exploited(tx, vulnerabilities)?;
    consider(tx, concerned)
}

/// Opens and closes the findings of some vulnerabilities everywhere; the vulnerabilities of which
/// any was opened, and how many changed.
pub fn refresh(
    tx: &mut Tx,
    vulnerabilities: &[i64],
) -> Result<(BTreeSet<i64>, Difference), Trouble> {
    if vulnerabilities.is_empty() {
        return Ok((BTreeSet::new(), Difference::default()));
    }
    let gone = store::unwanted(tx, vulnerabilities)?;
    let missing = store::wanted(tx, vulnerabilities)?;
    store::close(tx, &gone)?;
    store::open(tx, &missing)?;
    write_down(tx, &missing, "findings-opened")?;
    write_down(tx, &gone, "findings-closed")?;
    let opened: BTreeSet<i64> = missing.iter().map(|place| place.vulnerability).collect();
    if !opened.is_empty() {
        let opened: Vec<i64> = opened.iter().copied().collect();
        let carried = assessments::carried(tx, &opened)?;
        judging::carry(tx, carried)?;
    }
    let difference = Difference {
        opened: missing.len(),
        closed: gone.len(),
    };
    Ok((opened, difference))
}

/// The same for one release, after its SBOM changed.
pub fn refresh_release(
    tx: &mut Tx,
    caller: &Caller,
    release: ReleaseId,
) -> Result<Difference, Trouble> {
    let organisation = caller.organisation;
    let gone = store::unwanted_of_release(tx, organisation, release)?;
    let missing = store::wanted_of_release(tx, organisation, release)?;
    store::close(tx, &gone)?;
    store::open(tx, &missing)?;
    if !gone.is_empty() || !missing.is_empty() {
        let detail = json!({ "opened": missing.len(), "closed": gone.len() });
        let entry = Entry::new("findings-refreshed", release, detail);
        journal::record(tx, organisation, &caller.actor, entry)?;
    }
    if !missing.is_empty() {
        judging::carry_to_release(tx, organisation, release)?;
    }
    consider_release(tx, caller, release)?;
    Ok(Difference {
        opened: missing.len(),
        closed: gone.len(),
    })
}

/// Asks for a decision about every exploited flaw in a release that is or was on the market.
pub fn consider_release(tx: &mut Tx, caller: &Caller, release: ReleaseId) -> Result<(), Trouble> {
    let concerned = store::exploited_of_release(tx, caller.organisation, release)?;
    consider(tx, concerned)
}

fn consider(tx: &mut Tx, concerned: BTreeSet<(OrganisationId, i64)>) -> Result<(), Trouble> {
    for (organisation, vulnerability) in concerned {
        let job = Job::ConsiderExploited {
            organisation,
            vulnerability,
        };
        jobs::enqueue(tx, &job)?;
    }
    Ok(())
}

/// One journal entry for each organisation and flaw.
fn write_down(tx: &mut Tx, places: &[Place], action: &'static str) -> Result<(), Trouble> {
    let mut by_flaw: BTreeMap<(OrganisationId, i64), Vec<&Place>> = BTreeMap::new();
    for place in places {
        by_flaw
            .entry((place.organisation, place.vulnerability))
            .or_default()
            .push(place);
    }
    let flaws: BTreeSet<i64> = places.iter().map(|place| place.vulnerability).collect();
    let names = store::names(tx, &flaws)?;
    for ((organisation, flaw), places) in by_flaw {
        let name = names.get(&flaw).cloned().unwrap_or_default();
        let releases: BTreeSet<ReleaseId> = places.iter().map(|place| place.release).collect();
        let reasons: BTreeSet<&str> = places
            .iter()
            .map(|place| place.reason.as_str())
            .filter(|reason| !reason.is_empty())
            .collect();
        let detail = json!({
            "vulnerability": name,
            "findings": places.len(),
            "releases": releases.len(),
            "reasons": reasons,
        });
        let entry = Entry::new(action, &name, detail);
        journal::record(tx, organisation, &PROGRAM, entry)?;
    }
    Ok(())
}

fn merge(tx: &mut Tx, from: i64, into: i64) -> Result<(), Trouble> {
    let holders = store::holders(tx, from)?;
    if holders.is_empty() {
        return Ok(());
    }
    let (moved, joined) = store::merge(tx, from, into)?;
    let names = store::names(tx, &BTreeSet::from([into]))?;
    let name = names.get(&into).cloned().unwrap_or_default();
    // Whoever watched one of them watches both, exploited or not.
    consider(tx, holders.iter().map(|org| (*org, into)).collect())?;
    for organisation in holders {
        let detail = json!({ "vulnerability": name, "moved": moved > 0, "joined": joined > 0 });
        let entry = Entry::new("findings-merged", &name, detail);
        journal::record(tx, organisation, &PROGRAM, entry)?;
    }
    Ok(())
}
