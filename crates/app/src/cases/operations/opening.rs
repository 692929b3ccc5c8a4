//! Opening a case: by an "aware" decision, or by hand.

use super::{clocks, decisions, happened, signals, store};
use crate::accounts::{self, Caller, Organisation, Permission};
use crate::cases::rules::awareness::{self, Matter};
use crate::cases::rules::wording;
use crate::cases::types::{Case, Decision, NewDecision, NewSignal, WatchItem};
use crate::cases::words::{Answered, CaseState, WatchState};
use crate::findings::{self, Judging};
use crate::ids::{CaseId, OrganisationId, ReleaseId};
use crate::notices::{self, Notice};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use bonafide_law::coordinators::{self, Facts};
use bonafide_law::deadlines::Trigger;
use bonafide_law::member_states::MemberState;

/// So many findings one opening judges; what is beyond stays in the queue.
const JUDGED_MAX: i64 = 500;

/// Opens the case of an "aware" decision, with its clocks, in the caller's transaction.
pub fn open(
    tx: &mut Tx,
    caller: &Caller,
    item: &WatchItem,
    decision: &Decision,
    new: &NewDecision,
) -> Result<CaseId, Trouble> {
    let org = caller.organisation;
    let aware_at = decision
        .aware_at
        .ok_or_else(|| anyhow::anyhow!("an aware decision has an instant"))?;
    let organisation = accounts::get_organisation(tx, org)?;
    let case = new_case(tx, caller, &organisation, item, decision, new)?;
    clocks::lock_holidays(tx, org, case.coordinator.as_deref())?;
    store::case::insert(tx, org, &case, &caller.actor)?;
    store::watch::set_case(tx, org, item.id, case.id)?;
    let releases = releases_of(tx, org, item, new)?;
    store::case::add_releases(tx, org, case.id, &releases, &caller.actor)?;
    let reason = decision.aware_reason.as_deref().unwrap_or(&decision.reason);
    store::case::insert_anchor(
        tx,
        org,
        case.id,
        Trigger::AwareAt,
        Some(aware_at),
        reason,
        &caller.actor,
    )?;
    clocks::rederive(tx, org, case.id)?;
    let args = [
        ("title", case.title.clone()),
        ("kind", case.kind.as_str().to_owned()),
        ("at", wording::utc(aware_at)),
    ];
    happened(
        tx,
        org,
        &caller.actor,
        &case.id.to_string(),
        "case-opened",
        &args,
    )?;
    judge(tx, caller, item, decision, case.id)?;
    let affected = store::world::affected(tx, org, "", &case.id.to_string(), None)?;
    let due_at = store::deadline::deadlines(tx, org, case.id)?
        .iter()
        .filter_map(|d| d.due_at)
        .min();
    let notice = Notice {
        kind: "case-opened",
        subject: case.id.to_string(),
        path: format!("/cases/{}", case.id),
        args: vec![
            ("vulnerability", case.title.clone()),
            ("products", wording::products(&affected)),
            ("due", due_at.map_or_else(String::new, |at| at.to_string())),
        ],
        idempotency_key: format!("case-opened:{}", case.id),
        escalates: false,
        exercise: false,
    };
    notices::raise(tx, org, &notice)?;
    Ok(case.id)
}

/// What nobody has judged yet in the case's releases is judged as the decision says, so that the
/// queue and the VEX do not call "not assessed" what a person has just decided on. An answer "not
/// reachable" is a judgement with a justification of its own, which only a person can give.
fn judge(
    tx: &mut Tx,
    caller: &Caller,
    item: &WatchItem,
    decision: &Decision,
    case: CaseId,
) -> Result<(), Trouble> {
    let status = match (decision.contained, decision.reachable) {
        (Answered::Yes, Answered::Yes) => "affected",
        (Answered::Yes, Answered::Unknown) => "under_investigation",
        _ => return Ok(()),
    };
    let (Some(flaw), true) = (
        item.vulnerability_id,
        caller.may(Permission::FindingsAssess),
    ) else {
        return Ok(());
    };
    let findings = store::world::unjudged(tx, caller.organisation, flaw, case, JUDGED_MAX)?;
    if findings.is_empty() {
        return Ok(());
    }
    let judging = Judging {
        status,
        ..Judging::default()
    };
    let judged = findings::assess_findings(tx, caller, &findings, &judging)?;
    let args = [("n", judged.to_string()), ("status", status.to_owned())];
    let (org, subject) = (caller.organisation, case.to_string());
    happened(
        tx,
        org,
        &caller.actor,
        &subject,
        "case-findings-judged",
        &args,
    )
}

/// The Member State of the coordinator by the organisation's country: the platform sets it by
/// itself.
pub fn own_member_state(tx: &mut Tx, caller: &Caller) -> Result<Option<String>, Trouble> {
    let organisation = accounts::get_organisation(tx, caller.organisation)?;
    Ok(place_of(&organisation).coordinator)
}

fn new_case(
    tx: &mut Tx,
    caller: &Caller,
    organisation: &Organisation,
    item: &WatchItem,
    decision: &Decision,
    new: &NewDecision,
) -> Result<Case, Trouble> {
    let place = place_of(organisation);
    let incident = new.incident.as_ref();
    let mut member_states = Vec::new();
    for code in &new.member_states {
        let state = MemberState::parse(code).ok_or_else(|| {
            Refusal::field("member_states", "not-a-member-state").with("code", code)
        })?;
        member_states.push(state.code().to_owned());
    }
    member_states.sort();
    member_states.dedup();
    Ok(Case {
        id: tx.new_id(),
        kind: item.kind,
        title: item.title.clone(),
        vulnerability_id: item.vulnerability_id,
        vulnerability: item.vulnerability.clone(),
        watch_item: item.id,
        decision: decision.id,
        state: CaseState::Open,
        member_states,
        suspected: incident.map(|incident| incident.suspected),
        severity_test: incident.and_then(|incident| incident.test),
        occurred_at: incident.and_then(|incident| incident.occurred_at),
        coordinator: place.coordinator,
        coordinator_basis: place.basis,
        coordinator_by: caller.actor.name().to_owned(),
        zone: place.zone,
        zone_assumed: place.assumed,
        opened_at: tx.now(),
        opened_by: caller.actor.name().to_owned(),
        closed_at: None,
        close_reason: None,
    })
}

struct Place {
    coordinator: Option<String>,
    basis: Option<String>,
    zone: String,
    assumed: bool,
}

/// The coordinator by the country of main establishment (14(7)); where that does not say it, the
/// organisation's own zone stands in, and is marked as assumed.
fn place_of(organisation: &Organisation) -> Place {
    let facts = Facts {
        main_establishment: organisation.country.clone(),
        ..Facts::default()
    };
    match coordinators::coordinator_for(&facts) {
        Ok(answer) => Place {
            coordinator: Some(answer.member_state.code().to_owned()),
            basis: Some(answer.basis.as_str().to_owned()),
            zone: answer.zone.to_owned(),
            assumed: false,
        },
        Err(_) => Place {
            coordinator: None,
            basis: None,
            zone: match bonafide_law::zones::named(&organisation.zone) {
                Ok(_) => organisation.zone.clone(),
                Err(_) => "UTC".to_owned(),
            },
            assumed: true,
        },
    }
}

fn releases_of(
    tx: &mut Tx,
    org: OrganisationId,
    item: &WatchItem,
    new: &NewDecision,
) -> Result<Vec<ReleaseId>, Trouble> {
    if !store::world::all_ours(tx, org, &new.releases)? {
        return Err(Refusal::not_found().into());
    }
    let mut releases = new.releases.clone();
    if let Some(vulnerability) = item.vulnerability_id {
        releases.extend(store::world::containing(tx, org, vulnerability)?);
    }
    let known = store::world::affected(tx, org, &item.id.to_string(), "", item.vulnerability_id)?;
    releases.extend(known.iter().map(|affected| affected.release));
    releases.sort();
    releases.dedup();
    Ok(releases)
}

/// Everything that is wrong with a case a person opens by hand, its signal first.
pub fn problems(signal: &NewSignal, decision: &NewDecision, now: jiff::Timestamp) -> Vec<Refusal> {
    let matter = Matter {
        kind: signal.kind,
        first_signal_at: signal.received_at.unwrap_or(now),
        assessment_started_at: None,
        standing: None,
    };
    let mut wrong = signals::problems(signal, now);
    wrong.extend(decisions::long_texts(decision));
    wrong.extend(awareness::problems(&matter, decision, now));
    wrong
}

/// Opens a case a person reports by hand: signal, assessment and decision are recorded like any
/// others, so that the three instants stay apart.
pub fn open_by_hand(
    tx: &mut Tx,
    caller: &Caller,
    signal: &NewSignal,
    decision: &NewDecision,
) -> Result<CaseId, Trouble> {
    caller.require(Permission::CasesDecide)?;
    let now = tx.now();
    if let Some(refusal) = Refusal::together(problems(signal, decision, now)) {
        return Err(refusal.into());
    }
    let taken = signals::record_signal(tx, caller, signal)?;
    let item = store::watch::get(tx, caller.organisation, taken.watch_item)?;
    if let (false, Some(case)) = (taken.is_new, item.case) {
        // The same form again: a double click.
        return Ok(case);
    }
    if let (WatchState::Decided, Some(case)) = (item.state, item.case) {
        return Err(Refusal::conflict("case-stands-already")
            .with("case", case)
            .into());
    }
    let decision = NewDecision {
        revision: item.revision,
        ..decision.clone()
    };
    let (_, case) = decisions::decide(tx, caller, item.id, &decision)?;
    case.ok_or_else(|| Refusal::invalid("case-needs-awareness").into())
}
