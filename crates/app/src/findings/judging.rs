//! Judgements (VEX) on findings: who says what, how far it reaches, and when it ends. They are only
//! ever added; what stood before stays in the history of each finding.
//!
//! A judgement holds for one version of a component in one product. With a later version of the
//! component it is a suggestion, never an answer.

use super::rules::{self, Judgement, Scope};
use super::store::assessments::{self as store, Own};
use crate::accounts::{Actor, Caller, Permission};
use crate::ids::{FindingId, OrganisationId, ReleaseId};
use crate::jobs::{self, Job};
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Most findings judged at once.
const JUDGED_MAX: usize = 2_000;
const PROGRAM: Actor = Actor::Program("matching");

/// What a person says of findings.
#[derive(Debug, Clone, Default)]
pub struct Judging<'a> {
    pub status: &'a str,
    pub justification: Option<&'a str>,
    pub detail: &'a str,
    /// A name of [`Scope`]; the findings alone without one.
    pub scope: Option<&'a str>,
    /// The last day on which it holds, ISO.
    pub expires_on: Option<&'a str>,
}

/// Records a judgement on some findings, and on those its scope reaches; how many in all. One
/// finding that is not the organisation's refuses all.
pub fn assess_findings(
    tx: &mut Tx,
    caller: &Caller,
    ids: &[FindingId],
    judging: &Judging,
) -> Result<usize, Trouble> {
    caller.require(Permission::FindingsAssess)?;
    let judgement = rules::judgement(judging, tx.now())?;
    let ids: BTreeSet<FindingId> = ids.iter().copied().collect();
    let ids: Vec<FindingId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Err(Refusal::field("finding", "finding-none-chosen").into());
    }
    let chosen = store::own(tx, caller.organisation, &ids)?;
    let may = |product| caller.only_product.is_none_or(|only| only == product);
    if chosen.len() != ids.len() || !chosen.iter().all(|finding| may(finding.product)) {
        return Err(Refusal::not_found().into());
    }
    let mut all = chosen;
    if judgement.scope != Scope::Release {
        all.extend(store::siblings(tx, caller.organisation, &ids)?);
    }
    if all.len() > JUDGED_MAX {
        let refusal = Refusal::field("finding", "finding-too-many-chosen");
        return Err(refusal.with("max", JUDGED_MAX).into());
    }
    let all_ids: Vec<FindingId> = all.iter().map(|finding| finding.id).collect();
    store::add(
        tx,
        caller.organisation,
        &all_ids,
        &judgement,
        caller.actor.name(),
    )?;
    if let Some(at) = judgement.expires_at {
        let organisation = caller.organisation;
        jobs::enqueue_at(tx, &Job::ExpireAssessments { organisation }, at)?;
    }
    write_down(tx, caller, &all, &judgement)?;
    Ok(all.len())
}

/// One journal entry for each flaw.
fn write_down(
    tx: &mut Tx,
    caller: &Caller,
    judged: &[Own],
    judgement: &Judgement,
) -> Result<(), Trouble> {
    let mut by_flaw: BTreeMap<&str, Vec<serde_json::Value>> = BTreeMap::new();
    for finding in judged {
        let was = json!({ "finding": finding.id, "was": finding.status });
        by_flaw.entry(&finding.vulnerability).or_default().push(was);
    }
    for (name, findings) in by_flaw {
        let detail = json!({
            "vulnerability": name,
            "status": judgement.status.name(),
            "justification": judgement.justification,
            "detail": judgement.detail,
            "scope": judgement.scope.name(),
            "expires_at": judgement.expires_at,
            "findings": findings,
        });
        let entry = Entry::new("findings-assessed", name, detail);
        journal::record(tx, caller.organisation, &caller.actor, entry)?;
    }
    Ok(())
}

/// Repeats standing judgements on new findings of a release, see [`Scope::UntilChanged`].
pub(super) fn carry_to_release(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
) -> Result<(), Trouble> {
    let carried = store::carried_of_release(tx, organisation, release)?;
    carry(tx, carried)
}

/// The same for the new findings of some vulnerabilities everywhere.
pub(super) fn carry(tx: &mut Tx, carried: Vec<store::Carried>) -> Result<(), Trouble> {
    store::repeat(tx, &carried)?;
    let mut by_flaw: BTreeMap<(OrganisationId, &str), Vec<serde_json::Value>> = BTreeMap::new();
    for one in &carried {
        let said = json!({ "finding": one.finding, "status": one.status, "from": one.assessment });
        let key = (one.organisation, one.vulnerability.as_str());
        by_flaw.entry(key).or_default().push(said);
    }
    for ((organisation, name), findings) in by_flaw {
        let detail = json!({ "vulnerability": name, "findings": findings });
        let entry = Entry::new("assessments-carried", name, detail);
        journal::record(tx, organisation, &PROGRAM, entry)?;
    }
    Ok(())
}

/// Ends the judgements of an organisation whose time is over: their findings wait to be judged
/// anew. Running it again changes nothing.
pub fn expire(tx: &mut Tx, organisation: OrganisationId) -> Result<usize, Trouble> {
    let over = store::expired(tx, organisation)?;
    store::unsettle(tx, organisation, &over)?;
    let mut by_flaw: BTreeMap<&str, Vec<FindingId>> = BTreeMap::new();
    for finding in &over {
        let ids = by_flaw.entry(&finding.vulnerability).or_default();
        ids.push(finding.id);
    }
    for (name, findings) in by_flaw {
        let detail = json!({ "vulnerability": name, "findings": findings });
        let entry = Entry::new("assessments-expired", name, detail);
        journal::record(tx, organisation, &PROGRAM, entry)?;
    }
    Ok(over.len())
}

/// What was said about another version of the component in the same product: a suggestion for
/// whoever judges this one.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Earlier {
    /// The component then.
    pub purl: String,
    /// The version of the product it was in.
    pub release: String,
    pub assessment: super::Assessment,
}
