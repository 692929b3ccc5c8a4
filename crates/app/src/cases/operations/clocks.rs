//! Deadlines are derived from the anchors, each in a row of its own. What differs in what is
//! alarmed becomes a new row and the old one stays, superseded; only the legal-latest instant and
//! its notes, which public holidays move, are corrected in place. Their alarms are armed and cancelled here and nowhere else.

use super::store;
use crate::cases::rules::{marks, wording};
use crate::cases::types::{AnchorValue, Case, Deadline, Submission, filed};
use crate::cases::words::{CaseState, DeadlineState, Mark};
use crate::clock::{self, Alarm};
use crate::ids::{CaseId, OrganisationId};
use crate::jobs::Job;
use crate::notices::{self, Notice};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use bonafide_law::deadlines::{self, Question, Stage, Trigger, deadlines_of};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The value in force of an anchor.
pub fn in_force(anchors: &[AnchorValue], anchor: Trigger) -> Option<Timestamp> {
    anchors
        .iter()
        .rev()
        .find(|value| value.anchor == anchor)
        .and_then(|value| value.at)
}

/// When a stage's content was filed: the latest correction of the record, else the first record.
pub fn filed_at(submissions: &[Submission], stage: Stage) -> Option<Timestamp> {
    filed(submissions, stage).map(|submission| submission.submitted_at)
}

/// Brings a case's deadlines in line with its anchors and records.
pub fn rederive(tx: &mut Tx, org: OrganisationId, id: CaseId) -> Result<(), Trouble> {
    let case = store::case::get(tx, org, id)?;
    let anchors = store::case::anchors(tx, org, id)?;
    let submissions = store::sheet::submissions(tx, org, id)?;
    let standing: Vec<Deadline> = store::deadline::deadlines(tx, org, id)?;
    let holidays = holidays_of(tx, org, &case)?;
    for derived in derive(&case, &anchors, &holidays)? {
        let last = standing
            .iter()
            .filter(|d| d.stage == derived.stage)
            .max_by_key(|d| d.generation);
        let met_at = filed_at(&submissions, derived.stage);
        let state = match (case.state, met_at, derived.due_at) {
            (_, Some(_), _) => DeadlineState::Met,
            (CaseState::Closed, ..) => DeadlineState::Dropped,
            (_, None, None) => DeadlineState::NotRunning,
            (_, None, Some(_)) => DeadlineState::Running,
        };
        renew(tx, org, &case, last, &derived, state, met_at)?;
    }
    Ok(())
}

/// Before a case comes to count by a Member State's list (or none): whoever changes the list at
/// this moment either sees the case or is waited for. Always before the lock of a case.
pub fn lock_holidays(
    tx: &mut Tx,
    org: OrganisationId,
    coordinator: Option<&str>,
) -> Result<(), Trouble> {
    coordinator.map_or(Ok(()), |state| store::told::lock_holidays(tx, org, state))
}

/// The public holidays given for the Member State of a case's coordinator: the place where the
/// report is to be made. None as long as nobody said who the coordinator is.
pub fn holidays_of(
    tx: &mut Tx,
    org: OrganisationId,
    case: &Case,
) -> Result<BTreeSet<Date>, Trouble> {
    let Some(state) = &case.coordinator else {
        return Ok(BTreeSet::new());
    };
    let given = store::told::holidays(tx, org)?;
    let found = given.into_iter().find(|list| list.member_state == *state);
    Ok(found.map(|list| list.days).unwrap_or_default())
}

fn derive(
    case: &Case,
    anchors: &[AnchorValue],
    holidays: &BTreeSet<Date>,
) -> Result<Vec<deadlines::Deadline>, Trouble> {
    let zone = bonafide_law::zones::named(&case.zone)
        .map_err(|e| anyhow::anyhow!("the zone of case {}: {e}", case.id))?;
    let aware_at = in_force(anchors, Trigger::AwareAt)
        .ok_or_else(|| anyhow::anyhow!("case {} has no instant of awareness", case.id))?;
    let question = Question {
        kind: case.kind,
        aware_at,
        measure_available_at: in_force(anchors, Trigger::MeasureAvailableAt),
        notification_submitted_at: in_force(anchors, Trigger::NotificationSubmittedAt),
        zone,
        holidays,
    };
    let answer = deadlines_of(&question)
        .map_err(|_| Trouble::from(Refusal::field("aware_at", "aware-out-of-calendar")))?;
    Ok(answer.deadlines)
}

fn renew(
    tx: &mut Tx,
    org: OrganisationId,
    case: &Case,
    last: Option<&Deadline>,
    derived: &deadlines::Deadline,
    state: DeadlineState,
    met_at: Option<Timestamp>,
) -> Result<(), Trouble> {
    if let Some(last) = last {
        let same = is_same(last, derived, &case.zone);
        let reawakens = last.state == DeadlineState::Dropped && state != DeadlineState::Dropped;
        if same && !reawakens {
            if last.legal_latest_at != derived.legal_latest_at || last.notes != derived.notes {
                let latest = derived.legal_latest_at;
                store::deadline::set_latest(tx, org, last.id, latest, &derived.notes)?;
            }
            if last.state != state || last.met_at != met_at {
                store::deadline::set_deadline(tx, org, last.id, state, met_at)?;
                clock::cancel(tx, org, &case.id.to_string(), &alarm_prefix(last.stage))?;
            }
            return Ok(());
        }
        store::deadline::set_deadline(tx, org, last.id, DeadlineState::Superseded, last.met_at)?;
        clock::cancel(tx, org, &case.id.to_string(), &alarm_prefix(last.stage))?;
    }
    let now = tx.now();
    let deadline = Deadline {
        id: tx.new_id(),
        stage: derived.stage,
        generation: last.map_or(1, |last| last.generation + 1),
        trigger: derived.trigger,
        anchor_at: derived.anchor_at,
        due_at: derived.due_at,
        legal_latest_at: derived.legal_latest_at,
        literal_due_at: derived.literal_due_at,
        citation: derived.citation.clone(),
        certainty: derived.certainty,
        legal_latest_certainty: derived.legal_latest_certainty,
        zone: case.zone.clone(),
        notes: derived.notes.clone(),
        state,
        met_at,
        created_at: now,
    };
    store::deadline::insert_deadline(tx, org, case.id, &deadline)?;
    if state == DeadlineState::Running {
        arm(tx, org, case.id, &deadline)?;
    }
    Ok(())
}

/// Whether nothing that is alarmed differs. The legal-latest instant is information: a list of
/// holidays that comes later corrects it in place and rings no alarm again.
fn is_same(last: &Deadline, derived: &deadlines::Deadline, zone: &str) -> bool {
    last.trigger == derived.trigger
        && last.anchor_at == derived.anchor_at
        && last.due_at == derived.due_at
        && last.literal_due_at == derived.literal_due_at
        && last.zone == zone
}

fn alarm_prefix(stage: Stage) -> String {
    format!("{stage}:")
}

fn arm(tx: &mut Tx, org: OrganisationId, case: CaseId, deadline: &Deadline) -> Result<(), Trouble> {
    let (Some(anchor_at), Some(due_at)) = (deadline.anchor_at, deadline.due_at) else {
        return Ok(());
    };
    let now = tx.now();
    for (mark, at) in marks::to_arm(anchor_at, due_at, now) {
        let alarm = Alarm {
            subject: case.to_string(),
            name: format!("{}{}", alarm_prefix(deadline.stage), mark.as_str()),
            generation: deadline.generation,
            due_at: at,
            job: Job::DeadlineReached {
                organisation: org,
                case,
                deadline: deadline.id,
                mark: mark.as_str().to_owned(),
            },
        };
        clock::arm(tx, org, &alarm)?;
    }
    Ok(())
}

/// A deadline's alarm has fired: tells people, once per deadline and mark, unless the stage was
/// filed meanwhile or a later mark has come already (after a stop, the newest says it all).
pub fn deadline_reached(
    tx: &mut Tx,
    org: OrganisationId,
    case: CaseId,
    id: crate::ids::DeadlineId,
    mark: Mark,
) -> Result<(), Trouble> {
    let Some(deadline) = store::deadline::find_deadline(tx, org, id)? else {
        return Ok(());
    };
    let (Some(anchor_at), Some(due_at)) = (deadline.anchor_at, deadline.due_at) else {
        return Ok(());
    };
    let now = tx.now();
    let newest = marks::newest(anchor_at, due_at, now);
    if deadline.state != DeadlineState::Running || newest.is_none_or(|newest| newest > mark) {
        return Ok(());
    }
    let case = store::case::get(tx, org, case)?;
    let planned_at = marks::marks(anchor_at, due_at)
        .into_iter()
        .find(|(known, _)| *known == mark)
        .map_or(due_at, |(_, at)| at)
        .max(deadline.created_at);
    let is_delayed = now.duration_since(planned_at) > marks::DELAY_SHOWN;
    let kind = match mark {
        _ if is_delayed && due_at <= now => "deadline-late",
        Mark::Half | Mark::Quarter | Mark::Hour => "deadline-approaching",
        Mark::Due | Mark::Late => "deadline-reached",
    };
    let notice = Notice {
        kind,
        subject: case.id.to_string(),
        path: format!("/cases/{}", case.id),
        args: vec![
            ("vulnerability", case.title.clone()),
            ("stage", deadline.stage.as_str().to_owned()),
            ("due", due_at.to_string()),
            ("left", due_at.duration_since(now).as_secs().to_string()),
            ("citation", deadline.citation.clone()),
        ],
        idempotency_key: format!("{id}:{}", mark.as_str()),
        escalates: matches!(mark, Mark::Hour | Mark::Due | Mark::Late),
        exercise: false,
    };
    notices::raise(tx, org, &notice)?;
    let args = [
        ("deadline", id.to_string()),
        ("due", wording::utc(due_at)),
        ("mark", mark.as_str().to_owned()),
        ("stage", deadline.stage.as_str().to_owned()),
    ];
    let actor = crate::accounts::Actor::Program("alarms");
    if store::event::has_event(tx, org, &case.id.to_string(), "deadline-announced", &args)? {
        return Ok(());
    }
    super::happened(
        tx,
        org,
        &actor,
        &case.id.to_string(),
        "deadline-announced",
        &args,
    )
}
