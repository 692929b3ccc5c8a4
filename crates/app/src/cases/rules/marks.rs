//! When a deadline's reminders ring, and when an unassessed watch item goes further up.

use crate::cases::words::Mark;
use jiff::{SignedDuration, Timestamp};

/// After the due instant, this long without a record of filing is said once more.
const LATE_AFTER: SignedDuration = SignedDuration::from_hours(1);
/// A notice that comes more than this after its instant says so.
pub const DELAY_SHOWN: SignedDuration = SignedDuration::from_mins(5);

/// The instants of a deadline's alarms, in the order of time: half and a quarter of the time
/// left, one hour left, due, late. A period too short for one of them has it not.
pub fn marks(anchor_at: Timestamp, due_at: Timestamp) -> Vec<(Mark, Timestamp)> {
    let length = due_at.duration_since(anchor_at);
    let left = |part: i32| due_at - length / part;
    let hour = due_at - SignedDuration::from_hours(1);
    let mut marks = vec![(Mark::Half, left(2)), (Mark::Quarter, left(4))];
    if hour > left(4) {
        marks.push((Mark::Hour, hour));
    }
    marks.push((Mark::Due, due_at));
    marks.push((Mark::Late, due_at + LATE_AFTER));
    marks
}

/// What is armed at `now`: everything ahead, and of what lies behind only the newest, so that a
/// back-dated T0 says once where we stand and not five times where we stood.
pub fn to_arm(anchor_at: Timestamp, due_at: Timestamp, now: Timestamp) -> Vec<(Mark, Timestamp)> {
    let all = marks(anchor_at, due_at);
    let passed = all.iter().filter(|(_, at)| *at <= now).count();
    let start = match passed {
        0 => 0,
        // At the anchor itself nothing has passed that is worth a word.
        n => n - 1,
    };
    all[start..].to_vec()
}

/// The newest mark at `now`, if one has come: an older one that is still queued (the machine was
/// off) has nothing to add.
pub fn newest(anchor_at: Timestamp, due_at: Timestamp, now: Timestamp) -> Option<Mark> {
    marks(anchor_at, due_at)
        .into_iter()
        .rev()
        .find(|(_, at)| *at <= now)
        .map(|(mark, _)| mark)
}

/// How long after its opening an item that still waits is brought up again; each step once, then
/// every day.
pub fn escalation_after(step: u32) -> SignedDuration {
    const HOURS: [i64; 5] = [1, 2, 4, 8, 24];
    let index = usize::try_from(step.max(1) - 1).unwrap_or(usize::MAX);
    match HOURS.get(index) {
        Some(hours) => SignedDuration::from_hours(*hours),
        None => SignedDuration::from_hours(24 * (i64::from(step) - 4)),
    }
}

/// The same for an assessment that was begun and not ended.
pub fn undecided_after(step: u32) -> SignedDuration {
    SignedDuration::from_hours(2 * i64::from(step.max(1)))
}

/// The step whose instant is the next after `now`.
pub fn next_step(
    after: impl Fn(u32) -> SignedDuration,
    since: Timestamp,
    now: Timestamp,
    done: u32,
) -> u32 {
    const STEPS_MAX: u32 = 100_000;
    let mut step = done + 1;
    while step < STEPS_MAX && since + after(step) <= now {
        step += 1;
    }
    step
}
