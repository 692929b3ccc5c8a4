//! Durable alarms: what must happen at an instant, kept as rows in the database (never a timer
//! in memory), fired exactly once, caught up after a stop. Legal instants come from `law`.

use crate::ids::OrganisationId;
use crate::jobs::Job;
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

/// Arms an alarm in the caller's transaction. One that is due already fires at once. Arming the
/// same (subject, name, generation) again changes nothing.
pub fn arm(_tx: &mut Tx, _organisation: OrganisationId, _alarm: &Alarm) -> Result<(), Trouble> {
    todo!()
}

/// Cancels a subject's armed alarms whose name begins with `prefix` (empty: all of them).
pub fn cancel(
    _tx: &mut Tx,
    _organisation: OrganisationId,
    _subject: &str,
    _prefix: &str,
) -> Result<u64, Trouble> {
    todo!()
}

/// Fires up to `most` alarms that are due, oldest first; how many it fired. The worker calls it
/// until it returns 0, at start-up before anything else.
pub fn fire_due(_tx: &mut Tx, _most: usize) -> Result<u64, Trouble> {
    todo!()
}
