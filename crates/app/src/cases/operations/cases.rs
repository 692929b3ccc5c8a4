//! Opening a case and keeping its facts: anchors, coordinator, releases, closing.

use super::{REASON_CHARS_MAX, clocks, happened, store};
use crate::accounts::{Caller, Permission};
use crate::cases::rules::{awareness, stale, wording};
use crate::cases::types::Case;
use crate::cases::words::CaseState;
use crate::ids::{CaseId, ReleaseId};
use crate::notices::{self};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use bonafide_law::coordinators::{self, Facts};
use bonafide_law::deadlines::{Stage, Trigger};
use jiff::Timestamp;

pub use clocks::rederive;

/// Changes T0 with a reason. The old value stays on record; the deadlines are derived anew.
pub fn record_awareness(
    tx: &mut Tx,
    caller: &Caller,
    id: CaseId,
    aware_at: Timestamp,
    reason: &str,
) -> Result<(), Trouble> {
    caller.require(Permission::CasesDecide)?;
    let case = open_case(tx, caller, id)?;
    let now = tx.now();
    let item = store::watch::get(tx, caller.organisation, case.watch_item)?;
    let reason = require_reason(reason);
    // That there is a reason is said of the reason; the instant is looked at by itself.
    let given = reason.as_ref().map_or("-", |reason| reason);
    let possible = awareness::check_aware_at(aware_at, Some(given), &item, now);
    let ((), reason) = both(possible, reason)?;
    let org = caller.organisation;
    let old = clocks::in_force(&store::case::anchors(tx, org, id)?, Trigger::AwareAt);
    if old == Some(aware_at) {
        return Err(Refusal::field("aware_at", "anchor-unchanged").into());
    }
    set_anchor(
        tx,
        caller,
        id,
        Trigger::AwareAt,
        Some(aware_at),
        reason,
        "awareness-changed",
        old,
    )
}

/// Records when a corrective or mitigating measure became available (a workaround counts),
/// corrects it, or withdraws it (`None`).
pub fn record_measure(
    tx: &mut Tx,
    caller: &Caller,
    id: CaseId,
    at: Option<Timestamp>,
    reason: &str,
) -> Result<(), Trouble> {
    caller.require(Permission::CasesFile)?;
    open_case(tx, caller, id)?;
    let is_future = at.is_some_and(|at| at > tx.now());
    let in_time = if is_future {
        Err(Refusal::field("measure_at", "measure-in-future"))
    } else {
        Ok(())
    };
    let ((), reason) = both(in_time, require_reason(reason))?;
    let org = caller.organisation;
    let old = clocks::in_force(
        &store::case::anchors(tx, org, id)?,
        Trigger::MeasureAvailableAt,
    );
    if old == at {
        return Err(Refusal::field("measure_at", "anchor-unchanged").into());
    }
    let kind = match at {
        Some(_) => "measure-recorded",
        None => "measure-withdrawn",
    };
    set_anchor(
        tx,
        caller,
        id,
        Trigger::MeasureAvailableAt,
        at,
        reason,
        kind,
        old,
    )
}

/// Appends an anchor's value and derives the deadlines anew.
#[expect(
    clippy::too_many_arguments,
    reason = "one private helper, all of it needed"
)]
fn set_anchor(
    tx: &mut Tx,
    caller: &Caller,
    id: CaseId,
    anchor: Trigger,
    at: Option<Timestamp>,
    reason: &str,
    kind: &'static str,
    old: Option<Timestamp>,
) -> Result<(), Trouble> {
    let org = caller.organisation;
    store::case::insert_anchor(tx, org, id, anchor, at, reason, &caller.actor)?;
    clocks::rederive(tx, org, id)?;
    let none = || "-".to_owned();
    let submissions = store::sheet::submissions(tx, org, id)?;
    let anchors = store::case::anchors(tx, org, id)?;
    let outdated: Vec<&str> = stale::stale(&submissions, |a| clocks::in_force(&anchors, a))
        .iter()
        .filter(|stale| stale.anchor == anchor)
        .map(|stale| stale.stage.as_str())
        .collect();
    let args = [
        // The reports that carry the old value, for the journal.
        ("filed_with_old", outdated.join(",")),
        ("old", old.map_or_else(none, wording::utc)),
        ("at", at.map_or_else(none, wording::utc)),
        ("reason", reason.to_owned()),
    ];
    happened(tx, org, &caller.actor, &id.to_string(), kind, &args)
}

/// Who the coordinator is (14(7)): a Member State and the fact it rests on. Days and months are
/// counted in its zone from then on.
pub fn record_coordinator(
    tx: &mut Tx,
    caller: &Caller,
    id: CaseId,
    facts: &Facts,
    reason: &str,
) -> Result<(), Trouble> {
    caller.require(Permission::CasesDecide)?;
    let answer = coordinators::coordinator_for(facts)
        .map_err(|_| Refusal::field("country", "coordinator-unknown"));
    let reason = require_reason(reason);
    let (answer, reason) = both(answer, reason)?;
    clocks::lock_holidays(tx, caller.organisation, Some(answer.member_state.code()))?;
    let mut case = open_case(tx, caller, id)?;
    let old = case.coordinator.clone().unwrap_or_else(|| "-".to_owned());
    case.coordinator = Some(answer.member_state.code().to_owned());
    case.coordinator_basis = Some(answer.basis.as_str().to_owned());
    case.coordinator_by = caller.actor.name().to_owned();
    case.zone = answer.zone.to_owned();
    case.zone_assumed = false;
    let org = caller.organisation;
    store::case::set_coordinator(tx, org, &case)?;
    clocks::rederive(tx, org, id)?;
    let args = [
        ("old", old),
        ("state", answer.member_state.code().to_owned()),
        ("basis", answer.basis.as_str().to_owned()),
        ("reason", reason.to_owned()),
    ];
    happened(
        tx,
        org,
        &caller.actor,
        &id.to_string(),
        "coordinator-recorded",
        &args,
    )
}

/// Puts a release into the case.
pub fn add_release(
    tx: &mut Tx,
    caller: &Caller,
    id: CaseId,
    release: ReleaseId,
) -> Result<(), Trouble> {
    caller.require(Permission::CasesFile)?;
    open_case(tx, caller, id)?;
    let release = crate::releases::get_release(tx, caller, release)?;
    let org = caller.organisation;
    store::case::add_release(tx, org, id, release.id, &caller.actor)?;
    let args = [
        ("release", release.id.to_string()),
        (
            "name",
            format!("{} {}", release.product_name, release.version),
        ),
    ];
    happened(
        tx,
        org,
        &caller.actor,
        &id.to_string(),
        "case-release-added",
        &args,
    )
}

/// Takes a release out of the case, with the reason.
pub fn remove_release(
    tx: &mut Tx,
    caller: &Caller,
    id: CaseId,
    release: ReleaseId,
    reason: &str,
) -> Result<(), Trouble> {
    caller.require(Permission::CasesFile)?;
    open_case(tx, caller, id)?;
    let reason = require_reason(reason)?;
    let org = caller.organisation;
    let release = crate::releases::get_release(tx, caller, release)?;
    if !store::case::remove_release(tx, org, id, release.id, reason)? {
        return Err(Refusal::not_found().into());
    }
    let args = [
        ("release", release.id.to_string()),
        (
            "name",
            format!("{} {}", release.product_name, release.version),
        ),
        ("reason", reason.to_owned()),
    ];
    happened(
        tx,
        org,
        &caller.actor,
        &id.to_string(),
        "case-release-removed",
        &args,
    )
}

/// Closes a case. Without a filed final report the reason must say why there is none; what still
/// runs is dropped, visibly.
pub fn close_case(tx: &mut Tx, caller: &Caller, id: CaseId, reason: &str) -> Result<(), Trouble> {
    caller.require(Permission::CasesDecide)?;
    open_case(tx, caller, id)?;
    let org = caller.organisation;
    let submissions = store::sheet::submissions(tx, org, id)?;
    let has_final = clocks::filed_at(&submissions, Stage::FinalReport).is_some();
    if !has_final && reason.trim().is_empty() {
        return Err(Refusal::field("reason", "close-without-final").into());
    }
    let reason = require_reason(reason)?;
    if !store::case::close(tx, org, id, reason)? {
        return Err(Refusal::conflict("case-closed").into());
    }
    clocks::rederive(tx, org, id)?;
    notices::acknowledge(tx, org, &id.to_string(), &caller.actor)?;
    let args = [
        ("reason", reason.to_owned()),
        ("final", if has_final { "yes" } else { "no" }.to_owned()),
    ];
    happened(
        tx,
        org,
        &caller.actor,
        &id.to_string(),
        "case-closed",
        &args,
    )
}

/// Opens a closed case again; its history stays, what was dropped runs anew.
pub fn reopen_case(tx: &mut Tx, caller: &Caller, id: CaseId, reason: &str) -> Result<(), Trouble> {
    caller.require(Permission::CasesDecide)?;
    let org = caller.organisation;
    let case = store::case::get(tx, org, id)?;
    let reason = require_reason(reason)?;
    clocks::lock_holidays(tx, org, case.coordinator.as_deref())?;
    if !store::case::reopen(tx, org, id)? {
        return Err(Refusal::conflict("case-open").into());
    }
    clocks::rederive(tx, org, id)?;
    let args = [("reason", reason.to_owned())];
    happened(
        tx,
        org,
        &caller.actor,
        &id.to_string(),
        "case-reopened",
        &args,
    )
}

/// The case, locked until the transaction ends, refused when it is closed.
pub(super) fn open_case(tx: &mut Tx, caller: &Caller, id: CaseId) -> Result<Case, Trouble> {
    let case = any_case(tx, caller, id)?;
    if case.state == CaseState::Closed {
        return Err(Refusal::conflict("case-closed").into());
    }
    Ok(case)
}

/// Lets what changes an instant of a case wait until others who do so are done.
pub fn lock(tx: &mut Tx, caller: &Caller, id: CaseId) -> Result<(), Trouble> {
    any_case(tx, caller, id).map(|_| ())
}

/// The case, locked until the transaction ends, whether it is open or closed.
pub(super) fn any_case(tx: &mut Tx, caller: &Caller, id: CaseId) -> Result<Case, Trouble> {
    store::case::lock(tx, caller.organisation, id)?;
    store::case::get(tx, caller.organisation, id)
}

/// The reason of an act as it is kept.
pub fn require_reason(reason: &str) -> Result<&str, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::field("reason", "reason-required"));
    }
    if reason.chars().count() > REASON_CHARS_MAX {
        return Err(Refusal::too_long("reason", REASON_CHARS_MAX));
    }
    Ok(reason)
}

/// Both values, or everything that is wrong with them at once, in their order.
pub fn both<A, B>(a: Result<A, Refusal>, b: Result<B, Refusal>) -> Result<(A, B), Refusal> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(mut first), Err(second)) => {
            first.also.push(second);
            Err(first)
        }
        (Err(refusal), Ok(_)) | (Ok(_), Err(refusal)) => Err(refusal),
    }
}
