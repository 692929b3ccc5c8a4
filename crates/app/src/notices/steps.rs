//! Going up the ladder: a step is begun, and passed at once when nobody on it can be reached.
//!
//! A step counts as reached when the mail server or a receiver has accepted one of its
//! deliveries, and not before. One that failed is still tried again for as long as the notice
//! waits, but nobody waits for it.

use super::store::{self, NoticeRow, Parcel};
use super::{Ladder, PROGRAM, get_ladder, list_channels, rules};
use crate::clock::{self, Alarm};
use crate::ids::{NoticeId, OrganisationId};
use crate::jobs::Job;
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// Notices that wait for a person and that nobody has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreached {
    pub notices: i64,
    /// When the oldest of them was raised.
    pub since: Timestamp,
}

/// How long a notice may be without its first step before that is said: the worker needs seconds.
const FIRST_STEP_WITHIN: SignedDuration = SignedDuration::from_secs(60);

/// Whether there is something nobody could be told of, and since when.
pub fn unreached(tx: &mut Tx, organisation: OrganisationId) -> Result<Option<Unreached>, Trouble> {
    let begun_by = tx.now() - FIRST_STEP_WITHIN;
    Ok(store::unreached(tx, Some(organisation), begun_by)?)
}

/// The same over all organisations of this instance, for whoever runs it.
pub fn unreached_anywhere(tx: &mut Tx) -> Result<Option<Unreached>, Trouble> {
    let begun_by = tx.now() - FIRST_STEP_WITHIN;
    Ok(store::unreached(tx, None, begun_by)?)
}

/// The first answer to a delivery was no: once all of its step are answered and none was
/// accepted, the next step is told at once.
pub fn not_accepted(tx: &mut Tx, parcel: &Parcel) -> Result<(), Trouble> {
    let organisation = parcel.notice.organisation;
    let Some(row) = store::find(tx, organisation, parcel.notice.id)? else {
        return Ok(());
    };
    let waits = row.escalates && row.acknowledged_at.is_none();
    if !waits || row.step != Some(parcel.step) || store::may_be_reached(tx, &row, parcel.step)? {
        return Ok(());
    }
    let step = u32::try_from(parcel.step).unwrap_or(u32::MAX);
    note(tx, &row, "notice-step-unreached", step)?;
    let ladder = get_ladder(tx, organisation)?;
    let next = step.saturating_add(1);
    // What repeats the last step comes in its own time, or it would go round for ever.
    if ladder.rung(next).is_some() && !ladder.is_repetition(next) {
        return tell(tx, organisation, row.id, next);
    }
    if store::was_accepted(tx, &row)? {
        return Ok(());
    }
    tracing::error!(%organisation, notice = %row.id, step, "a notice reached nobody");
    note(tx, &row, "notice-reached-nobody", step)
}

fn note(tx: &mut Tx, row: &NoticeRow, action: &'static str, step: u32) -> Result<(), Trouble> {
    let detail = json!({ "step": step, "kind": row.kind, "about": row.subject });
    let entry = Entry::new(action, row.id, detail);
    journal::record(tx, row.organisation, &PROGRAM, entry)
}

pub const ESCALATE: &str = "escalate:";

/// Arms the alarm of a step, if the ladder has one that high. Steps that repeat the last rung
/// keep their distance: a machine that was off for a week does not make up for each of them.
pub fn arm(
    tx: &mut Tx,
    organisation: OrganisationId,
    notice: NoticeId,
    step: u32,
    raised_at: Timestamp,
    ladder: &Ladder,
) -> Result<(), Trouble> {
    let Some(after) = ladder.after(step) else {
        return Ok(());
    };
    let mut due_at = raised_at + after;
    if ladder.is_repetition(step) {
        due_at = due_at.max(tx.now() + ladder.repeat_after());
    }
    let alarm = Alarm {
        subject: notice.to_string(),
        name: format!("{ESCALATE}{step}"),
        generation: 1,
        due_at,
        job: Job::EscalateNotice {
            organisation,
            notice,
            step,
        },
    };
    clock::arm(tx, organisation, &alarm)
}

/// Begins a rung, or the next one on which anybody stands; arms the one after it. A rung that was
/// begun already is left alone, so that a job may run twice.
pub fn tell(
    tx: &mut Tx,
    organisation: OrganisationId,
    notice: NoticeId,
    step: u32,
) -> Result<(), Trouble> {
    let Some(row) = store::find(tx, organisation, notice)? else {
        return Err(Refusal::not_found().into());
    };
    let told_already = row.step.is_some_and(|told| told >= i64::from(step));
    if told_already || row.acknowledged_at.is_some() {
        return Ok(());
    }
    let ladder = get_ladder(tx, organisation)?;
    let members = crate::accounts::list_members(tx, organisation)?;
    let channels = list_channels(tx, organisation)?;
    let waiting = store::waiting(tx, &row)?;
    let mut at = step;
    loop {
        let Some(rung) = ladder.rung(at) else {
            return reached_nobody(tx, organisation, &row, step);
        };
        let mut recipients = rules::recipients_of(rung, &members, &channels);
        // Whoever has not got the first is still being tried; a second would not get there either.
        recipients.retain(|recipient| !waiting.contains(&recipient.key));
        if !recipients.is_empty() {
            let deliveries = store::insert_deliveries(tx, &row, at, &recipients)?;
            for delivery in deliveries {
                let job = Job::Deliver {
                    organisation,
                    delivery,
                };
                crate::jobs::enqueue(tx, &job)?;
            }
            store::set_step(tx, organisation, notice, at)?;
            let detail = json!({
                "step": at, "kind": row.kind, "about": row.subject,
                "people": recipients.iter().filter(|r| r.role.is_some()).count(),
                "channels": recipients.iter().filter(|r| r.role.is_none()).count(),
            });
            // The code of old journals: told, and not yet that anybody got it.
            let entry = Entry::new("notice-step-told", notice, detail);
            journal::record(tx, organisation, &PROGRAM, entry)?;
            break;
        }
        if ladder.is_repetition(at) {
            return reached_nobody(tx, organisation, &row, step);
        }
        at += 1;
    }
    if row.escalates {
        arm(tx, organisation, notice, at + 1, row.raised_at, &ladder)?;
    }
    Ok(())
}

/// Nobody stands on any rung from here on: that is written down and shouted about, and the
/// next step is armed all the same, for somebody may join.
fn reached_nobody(
    tx: &mut Tx,
    organisation: OrganisationId,
    row: &store::NoticeRow,
    step: u32,
) -> Result<(), Trouble> {
    if !store::was_accepted(tx, row)? {
        tracing::error!(%organisation, notice = %row.id, step, "a notice reached nobody");
        note(tx, row, "notice-reached-nobody", step)?;
    }
    if row.escalates {
        let ladder = get_ladder(tx, organisation)?;
        arm(tx, organisation, row.id, step + 1, row.raised_at, &ladder)?;
    }
    Ok(())
}
