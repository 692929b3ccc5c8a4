//! A person starts the assessment, and decides.

use super::{REASON_CHARS_MAX, cases, clocks, happened, joining, opening, store};
use crate::accounts::{Caller, Permission};
use crate::cases::rules::awareness::{self, Matter};
use crate::cases::rules::{marks, wording};
use crate::cases::types::{Case, Decision, NewDecision, Verdict, WatchItem};
use crate::cases::words::{CaseState, Outcome, WatchState};
use crate::clock::{self, Alarm};
use crate::evidence;
use crate::ids::{CaseId, DecisionId, OrganisationId, WatchItemId};
use crate::jobs::Job;
use crate::notices;
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use bonafide_law::deadlines::Trigger;

/// Somebody looks at it now: the escalation stops, the instant is kept. A second click, or a
/// colleague's, changes nothing.
pub fn start_assessment(tx: &mut Tx, caller: &Caller, id: WatchItemId) -> Result<(), Trouble> {
    caller.require(Permission::CasesDecide)?;
    let org = caller.organisation;
    let item = joining::item_at(tx, org, id)?;
    let id = item.id;
    if !store::watch::start(tx, org, id, &caller.actor)? {
        return Ok(());
    }
    let subject = id.to_string();
    clock::cancel(tx, org, &subject, "escalate:")?;
    notices::acknowledge(tx, org, &subject, &caller.actor)?;
    let after = wording::span(item.first_signal_at, tx.now());
    happened(
        tx,
        org,
        &caller.actor,
        &subject,
        "assessment-started",
        &[("after", after)],
    )?;
    let now = tx.now();
    arm_undecided(tx, org, &item, now, 1)
}

/// Arms the alarm after which a begun assessment without a decision is brought up.
pub fn arm_undecided(
    tx: &mut Tx,
    org: OrganisationId,
    item: &WatchItem,
    started_at: jiff::Timestamp,
    step: u32,
) -> Result<(), Trouble> {
    let alarm = Alarm {
        subject: item.id.to_string(),
        name: format!("undecided:{step}"),
        generation: item.generation,
        due_at: started_at + marks::undecided_after(step),
        job: Job::EscalateWatchItem {
            organisation: org,
            watch_item: item.id,
            step,
        },
    };
    clock::arm(tx, org, &alarm)
}

/// Takes up a decided item again, with the reason: its assessment begins anew and every decision
/// stands on record. A case that was opened stays, with its T0. A second click changes nothing.
pub fn decide_anew(
    tx: &mut Tx,
    caller: &Caller,
    id: WatchItemId,
    reason: &str,
) -> Result<(), Trouble> {
    caller.require(Permission::CasesDecide)?;
    let org = caller.organisation;
    let item = joining::item_at(tx, org, id)?;
    let id = item.id;
    if item.state != WatchState::Decided {
        return Ok(());
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::field("reason", "anew-needs-reason").into());
    }
    if let Some(refusal) = too_long("reason", reason) {
        return Err(refusal.into());
    }
    if !store::watch::open_anew(tx, org, &item, &caller.actor)? {
        return Ok(());
    }
    let subject = id.to_string();
    clock::cancel(tx, org, &subject, "")?;
    let args = [("reason", reason.to_owned())];
    let kind = "decision-reopened";
    happened(tx, org, &caller.actor, &subject, kind, &args)?;
    let item = store::watch::get(tx, org, id)?;
    let now = tx.now();
    arm_undecided(tx, org, &item, now, 1)
}

/// The case an item has, and its T0 in force.
pub fn standing_case(
    tx: &mut Tx,
    org: OrganisationId,
    item: &WatchItem,
) -> Result<Option<(Case, jiff::Timestamp)>, Trouble> {
    let Some(id) = item.case else {
        return Ok(None);
    };
    let case = store::case::get(tx, org, id)?;
    let anchors = store::case::anchors(tx, org, id)?;
    let aware_at = clocks::in_force(&anchors, Trigger::AwareAt);
    Ok(Some((case, aware_at.unwrap_or(item.first_signal_at))))
}

/// Records a decision; an "aware" one opens the case in the same transaction, or keeps the one
/// that stands, with its T0. Two at once make one: the same person's second click is the first,
/// anybody else's is refused.
pub fn decide(
    tx: &mut Tx,
    caller: &Caller,
    id: WatchItemId,
    new: &NewDecision,
) -> Result<(DecisionId, Option<CaseId>), Trouble> {
    caller.require(Permission::CasesDecide)?;
    let org = caller.organisation;
    let now = tx.now();
    let item = store::watch::get(tx, org, id)?;
    if item.state == WatchState::Decided || item.revision != new.revision {
        return made_already(tx, caller, &item, new);
    }
    let standing = standing_case(tx, org, &item)?;
    refuse_second_case(tx, org, &item, new)?;
    let matter = Matter::of(&item, standing.as_ref().map(|(_, aware_at)| *aware_at));
    let mut wrong = long_texts(new);
    wrong.extend(awareness::problems(&matter, new, now));
    if let Some(refusal) = Refusal::together(wrong) {
        return Err(refusal.into());
    }
    let (until, state) = match &new.verdict {
        Verdict::WatchUntil { until } => (Some(*until), WatchState::Watching),
        _ => (None, WatchState::Decided),
    };
    let outcome = new.verdict.outcome();
    let decided = store::watch::set_decided(
        tx,
        org,
        &item,
        state.as_str(),
        outcome.as_str(),
        until,
        &caller.actor,
    )?;
    if !decided {
        let item = store::watch::get(tx, org, id)?;
        return made_already(tx, caller, &item, new);
    }
    let decision = write(tx, caller, &item, new, matter.standing)?;
    let subject = id.to_string();
    clock::cancel(tx, org, &subject, "")?;
    notices::acknowledge(tx, org, &subject, &caller.actor)?;
    happened(
        tx,
        org,
        &caller.actor,
        &subject,
        "decision-recorded",
        &told(new, &decision),
    )?;
    let case = match (&new.verdict, standing) {
        (Verdict::Aware { .. }, None) => Some(opening::open(tx, caller, &item, &decision, new)?),
        (Verdict::Aware { .. }, Some((case, _))) => {
            if case.state == CaseState::Closed {
                // Aware without a running clock would be the worst of both.
                cases::reopen_case(tx, caller, case.id, &new.reason)?;
            }
            Some(case.id)
        }
        (Verdict::WatchUntil { until }, _) => {
            arm_return(tx, org, &item, *until, new.revision)?;
            None
        }
        (Verdict::NotReportable { .. }, _) => None,
    };
    Ok((decision.id, case))
}

/// One flaw has one case with one T0: where another item about it has it, that one is decided on.
fn refuse_second_case(
    tx: &mut Tx,
    org: OrganisationId,
    item: &WatchItem,
    new: &NewDecision,
) -> Result<(), Trouble> {
    let opens = item.case.is_none() && new.verdict.outcome() == Outcome::Aware;
    let Some(vulnerability) = item.vulnerability_id.filter(|_| opens) else {
        return Ok(());
    };
    let kept = joining::kept_of(tx, org, vulnerability)?;
    match kept
        .filter(|kept| kept.id != item.id)
        .and_then(|kept| kept.case)
    {
        Some(case) => Err(Refusal::conflict("case-stands-already")
            .with("case", case)
            .into()),
        None => Ok(()),
    }
}

/// The decision somebody made from the same state of the item: the caller's own, word for word,
/// is this one (a double click); any other stands against it.
fn made_already(
    tx: &mut Tx,
    caller: &Caller,
    item: &WatchItem,
    new: &NewDecision,
) -> Result<(DecisionId, Option<CaseId>), Trouble> {
    let org = caller.organisation;
    let decider = store::decision::decided_by(tx, org, item.id, new.revision + 1)?;
    let is_own = decider == Some(caller.actor.key());
    let made = store::decision::decisions(tx, org, item.id)?;
    let index = usize::try_from(new.revision).ok();
    let same = index.and_then(|index| made.get(index)).filter(|decision| {
        is_own
            && decision.outcome == new.verdict.outcome()
            && (decision.contained, &decision.contained_text)
                == (new.contained, &new.contained_text)
            && (decision.reachable, &decision.reachable_text)
                == (new.reachable, &new.reachable_text)
            && (decision.exploited, &decision.exploited_text)
                == (new.exploited, &new.exploited_text)
            && decision.reason == new.reason
            && decision.incident == new.incident
    });
    match same {
        Some(decision) if decision.outcome == Outcome::Aware => Ok((decision.id, item.case)),
        Some(decision) => Ok((decision.id, None)),
        None => Err(Refusal::conflict("decision-made-already").into()),
    }
}

/// The item comes back at the instant a person chose.
fn arm_return(
    tx: &mut Tx,
    org: OrganisationId,
    item: &WatchItem,
    until: jiff::Timestamp,
    revision: i64,
) -> Result<(), Trouble> {
    let alarm = Alarm {
        subject: item.id.to_string(),
        name: format!("return:{revision}"),
        generation: item.generation,
        due_at: until,
        job: Job::EscalateWatchItem {
            organisation: org,
            watch_item: item.id,
            step: 0,
        },
    };
    clock::arm(tx, org, &alarm)
}

/// Texts that are longer than what is kept, those of an incident too.
pub fn long_texts(new: &NewDecision) -> Vec<Refusal> {
    let mut texts = vec![
        ("contained_text", &new.contained_text),
        ("reachable_text", &new.reachable_text),
        ("exploited_text", &new.exploited_text),
        ("reason", &new.reason),
    ];
    if let Some(incident) = &new.incident {
        texts.extend([
            ("what_happened", &incident.what_happened),
            ("impact", &incident.impact),
            ("suspected_text", &incident.suspected_text),
            ("incident_evidence", &incident.evidence),
        ]);
    }
    texts
        .into_iter()
        .filter_map(|(field, text)| too_long(field, text))
        .collect()
}

fn too_long(field: &'static str, text: &str) -> Option<Refusal> {
    (text.chars().count() > REASON_CHARS_MAX).then(|| Refusal::too_long(field, REASON_CHARS_MAX))
}

fn write(
    tx: &mut Tx,
    caller: &Caller,
    item: &WatchItem,
    new: &NewDecision,
    standing: Option<jiff::Timestamp>,
) -> Result<Decision, Trouble> {
    let now = tx.now();
    let org = caller.organisation;
    let mut ids = Vec::new();
    for proof in &new.evidence {
        let proof = evidence::NewEvidence {
            subject: item.id.to_string(),
            ..proof.clone()
        };
        ids.push(evidence::record_evidence(tx, org, &caller.actor, &proof)?);
    }
    let (aware_at, aware_reason) = match &new.verdict {
        Verdict::Aware {
            aware_at,
            aware_reason,
        } => (standing.or(*aware_at).or(Some(now)), aware_reason.clone()),
        _ => (None, None),
    };
    let earlier = store::decision::decisions(tx, org, item.id)?;
    let decision = Decision {
        id: tx.new_id(),
        generation: item.generation,
        contained: new.contained,
        contained_text: new.contained_text.clone(),
        reachable: new.reachable,
        reachable_text: new.reachable_text.clone(),
        exploited: new.exploited,
        exploited_text: new.exploited_text.clone(),
        outcome: new.verdict.outcome(),
        aware_at,
        aware_reason,
        watch_until: match &new.verdict {
            Verdict::WatchUntil { until } => Some(*until),
            _ => None,
        },
        because: match &new.verdict {
            Verdict::NotReportable { because } => Some(*because),
            _ => None,
        },
        reason: new.reason.clone(),
        evidence: ids,
        incident: new.incident.clone(),
        first_signal_at: item.first_signal_at,
        assessment_started_at: item.assessment_started_at.unwrap_or(now),
        assessor_name: item
            .assessor_name
            .clone()
            .unwrap_or_else(|| caller.actor.name().to_owned()),
        decided_by: caller.actor.name().to_owned(),
        decided_at: now,
    };
    let supersedes = earlier.last().map(|decision| decision.id);
    store::decision::insert_decision(tx, org, item, &decision, &caller.actor, supersedes)?;
    Ok(decision)
}

fn told(new: &NewDecision, decision: &Decision) -> Vec<(&'static str, String)> {
    let mut args = vec![
        ("decision", decision.id.to_string()),
        ("outcome", decision.outcome.as_str().to_owned()),
    ];
    match &new.incident {
        Some(incident) => args.push(("suspected", incident.suspected.as_str().to_owned())),
        None => args.extend([
            ("contained", decision.contained.as_str().to_owned()),
            ("reachable", decision.reachable.as_str().to_owned()),
            ("exploited", decision.exploited.as_str().to_owned()),
        ]),
    }
    args.push(("reason", decision.reason.clone()));
    let at = match &new.verdict {
        Verdict::Aware { .. } => decision.aware_at.map_or_else(String::new, wording::utc),
        Verdict::WatchUntil { until } => wording::utc(*until),
        Verdict::NotReportable { because } => because.as_str().to_owned(),
    };
    args.push(("at", at));
    args
}
