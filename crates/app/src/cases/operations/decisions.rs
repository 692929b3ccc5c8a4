//! A person starts the assessment, and decides.

use super::{REASON_CHARS_MAX, happened, opening, store};
use crate::accounts::{Caller, Permission};
use crate::cases::rules::{awareness, marks, wording};
use crate::cases::types::{Decision, NewDecision, Verdict, WatchItem};
use crate::cases::words::{Outcome, WatchState};
use crate::clock::{self, Alarm};
use crate::evidence;
use crate::ids::{CaseId, DecisionId, OrganisationId, WatchItemId};
use crate::jobs::Job;
use crate::notices;
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};

/// Somebody looks at it now: the escalation stops, the instant is kept. A second click, or a
/// colleague's, changes nothing.
pub fn start_assessment(tx: &mut Tx, caller: &Caller, id: WatchItemId) -> Result<(), Trouble> {
    caller.require(Permission::CasesDecide)?;
    let org = caller.organisation;
    let item = store::watch::get(tx, org, id)?;
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

/// Records a decision; an "aware" one opens the case in the same transaction. Two at once make
/// one: the second is refused.
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
        return Err(Refusal::conflict("decision-made-already").into());
    }
    check_texts(new)?;
    awareness::check(&item, new, now)?;
    let until = match &new.verdict {
        Verdict::WatchUntil { until } => Some(*until),
        _ => None,
    };
    let outcome = new.verdict.outcome();
    let state = match outcome {
        Outcome::WatchUntil => WatchState::Watching,
        _ => WatchState::Decided,
    };
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
        return Err(Refusal::conflict("decision-made-already").into());
    }
    let decision = write(tx, caller, &item, new)?;
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
    let case = match &new.verdict {
        Verdict::Aware { .. } => Some(opening::open(tx, caller, &item, &decision, new)?),
        Verdict::WatchUntil { until } => {
            arm_return(tx, org, &item, *until, new.revision)?;
            None
        }
        Verdict::NotReportable { .. } => None,
    };
    Ok((decision.id, case))
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

fn check_texts(new: &NewDecision) -> Result<(), Refusal> {
    if new.reason.trim().is_empty() {
        return Err(Refusal::field("reason", "decision-needs-reason"));
    }
    let texts = [
        ("contained_text", &new.contained_text),
        ("reachable_text", &new.reachable_text),
        ("exploited_text", &new.exploited_text),
        ("reason", &new.reason),
    ];
    for (field, text) in texts {
        if text.chars().count() > REASON_CHARS_MAX {
            return Err(Refusal::field(field, "field-too-long")
                .with("field", field)
                .with("max", REASON_CHARS_MAX));
        }
    }
    Ok(())
}

fn write(
    tx: &mut Tx,
    caller: &Caller,
    item: &WatchItem,
    new: &NewDecision,
) -> Result<Decision, Trouble> {
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
        } => (Some(*aware_at), aware_reason.clone()),
        _ => (None, None),
    };
    let earlier = store::decision::decisions(tx, org, item.id)?;
    let now = tx.now();
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
        ("contained", decision.contained.as_str().to_owned()),
        ("reachable", decision.reachable.as_str().to_owned()),
        ("exploited", decision.exploited.as_str().to_owned()),
        ("reason", decision.reason.clone()),
    ];
    let at = match &new.verdict {
        Verdict::Aware { aware_at, .. } => wording::utc(*aware_at),
        Verdict::WatchUntil { until } => wording::utc(*until),
        Verdict::NotReportable { because } => because.as_str().to_owned(),
    };
    args.push(("at", at));
    args
}
