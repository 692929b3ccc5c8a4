//! Durable alarms: what must happen at an instant, kept as rows in the database (never a timer
//! in memory), fired exactly once, caught up after a stop. Legal instants come from `law`.
//!
//! Firing means writing the alarm's job and the state `fired` in one transaction: if that
//! commits, the job exists; if it does not, the alarm is still armed. There is no limit to
//! catching up: an alarm that fell due while the machine was off fires at the first turn, late,
//! and says how late.
//!
//! The machine's clock may jump. Forward, alarms fire early, which harms less than late. Back,
//! nothing is un-fired and nothing that was due stops being due: the latest instant ever seen
//! (the high-water mark) counts. Only alarms armed while the clock stood far behind that mark
//! follow the machine's clock alone, or one bad clock years ahead would spoil every later alarm.

mod rules;
mod store;

pub use rules::{Health, Verdict};
pub use store::STATEMENTS;

use crate::ids::{AlarmId, OrganisationId};
use crate::jobs::{self, Job};
use crate::store::Tx;
use crate::trouble::Trouble;
use jiff::Timestamp;

/// Something that must happen at an instant.
#[derive(Debug, Clone)]
pub struct Alarm {
    /// The id of the thing it belongs to (a case, a watch item, a notice).
    pub subject: String,
    /// What it is among the subject's alarms: `early-warning:due`, `escalate:2`.
    pub name: String,
    /// Counts up when the instant is derived anew.
    pub generation: i64,
    pub due_at: Timestamp,
    /// What is queued when it fires.
    pub job: Job,
}

/// An alarm as it stands in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlarmRecord {
    pub id: AlarmId,
    pub name: String,
    pub generation: i64,
    pub due_at: Timestamp,
    /// `armed`, `fired`, `cancelled`, `unreadable`.
    pub state: String,
    pub fired_at: Option<Timestamp>,
    /// How late it fired, in whole seconds.
    pub late_seconds: Option<i64>,
}

/// Arms an alarm in the caller's transaction. One that is due already fires at the worker's
/// next turn (call `app.wake.up()` after the commit). Arming the same (subject, name,
/// generation) again changes nothing, also when it was cancelled since.
pub fn arm(tx: &mut Tx, organisation: OrganisationId, alarm: &Alarm) -> Result<(), Trouble> {
    let seen = store::find_mark(tx, store::HIGH_WATER)?;
    let by_wall = rules::is_clock_behind(tx.now(), seen);
    store::insert(tx, organisation, alarm, by_wall)?;
    Ok(())
}

/// Cancels a subject's armed alarms whose name begins with `prefix` (empty: all of them); how
/// many there were. What has fired stays on record.
pub fn cancel(
    tx: &mut Tx,
    organisation: OrganisationId,
    subject: &str,
    prefix: &str,
) -> Result<u64, Trouble> {
    Ok(store::cancel(tx, organisation, subject, prefix)?)
}

/// A subject's alarms, armed, fired and cancelled, in the order of their instants; at most 200.
pub fn list_of_subject(
    tx: &mut Tx,
    organisation: OrganisationId,
    subject: &str,
) -> Result<Vec<AlarmRecord>, Trouble> {
    Ok(store::list_of_subject(tx, organisation, subject)?)
}

/// Fires up to `most` alarms that are due, oldest first; how many it fired. The worker calls it
/// until it returns 0, at start-up before anything else.
pub fn fire_due(tx: &mut Tx, most: usize) -> Result<u64, Trouble> {
    let now = tx.now();
    let seen = store::find_mark(tx, store::HIGH_WATER)?;
    let high_water = rules::high_water(now, seen);
    let due = store::due(tx, now, high_water, most)?;
    if !due.is_empty() || rules::is_mark_old(now, seen) {
        store::set_mark(tx, store::HIGH_WATER, high_water)?;
    }
    let turned = store::find_mark(tx, store::WORKER)?;
    if rules::is_mark_old(now, turned) {
        store::set_mark(tx, store::WORKER, now)?;
    }
    if rules::is_clock_behind(now, seen) && rules::is_mark_old(now, turned) {
        tracing::warn!(%now, %high_water, "the machine's clock is behind what it has shown before");
    }
    let mut latest = 0;
    for row in &due {
        let late = rules::lateness(row.due_at, now);
        latest = latest.max(late);
        match serde_json::from_str(&row.job) {
            Ok(job) => {
                store::set_fired(tx, row, late)?;
                jobs::enqueue(tx, &job)?;
            }
            Err(error) => {
                tracing::error!(alarm = %row.id, %error, "an alarm nobody understands is put aside");
                store::set_unreadable(tx, row)?;
            }
        }
    }
    if latest > rules::LATE_SECONDS {
        let count = due.len();
        tracing::warn!(
            count,
            seconds = latest,
            "alarms fired late: was the machine off?"
        );
    }
    Ok(due.len() as u64)
}

/// How the loop and its alarms are, for `bonafide health` and whoever watches from outside.
pub fn health(tx: &mut Tx) -> Result<Health, Trouble> {
    let (armed, oldest_armed_due_at) = store::armed(tx)?;
    Ok(Health {
        looked_at: tx.now(),
        turned_at: store::find_mark(tx, store::WORKER)?,
        armed,
        oldest_armed_due_at,
        unreadable: store::unreadable(tx)?,
    })
}
