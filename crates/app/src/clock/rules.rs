//! Decisions about alarms; `now` is an argument.

use jiff::{SignedDuration, Timestamp};

/// An alarm that is overdue by more than this, or a loop that stood still for longer, is a
/// reason to call somebody.
pub const LATE_SECONDS: i64 = 30;
/// Marks are written at most this often, so that an idle loop does not write all the time.
const MARK_EVERY: SignedDuration = SignedDuration::from_secs(5);
/// Two machines of one database may differ this much and still count as one clock.
const SKEW_MAX: SignedDuration = SignedDuration::from_mins(10);

/// How the loop and its alarms are at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    pub looked_at: Timestamp,
    /// When the loop last turned, to within five seconds; never, if no worker ever ran.
    pub turned_at: Option<Timestamp>,
    pub armed: i64,
    pub oldest_armed_due_at: Option<Timestamp>,
    /// Alarms whose job this version cannot read; somebody must look at them.
    pub unreadable: i64,
}

/// What a watcher makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Well,
    /// No worker has ever turned on this database: nothing to judge.
    NeverRan,
    /// An alarm is overdue, unreadable, or the loop stands still.
    Ill,
}

impl Health {
    /// Seconds since the loop last turned.
    pub fn loop_lag_seconds(&self) -> Option<i64> {
        self.turned_at.map(|at| lateness(at, self.looked_at))
    }

    /// By how many seconds the oldest armed alarm is overdue; 0 when none is.
    pub fn overdue_seconds(&self) -> i64 {
        self.oldest_armed_due_at
            .map_or(0, |due_at| lateness(due_at, self.looked_at))
    }

    pub fn verdict(&self) -> Verdict {
        let ill = self.overdue_seconds() > LATE_SECONDS || self.unreadable > 0;
        match self.loop_lag_seconds() {
            _ if ill => Verdict::Ill,
            Some(lag) if lag > LATE_SECONDS => Verdict::Ill,
            Some(_) => Verdict::Well,
            None => Verdict::NeverRan,
        }
    }
}

/// The latest instant seen, this one included.
pub fn high_water(now: Timestamp, seen: Option<Timestamp>) -> Timestamp {
    seen.map_or(now, |seen| seen.max(now))
}

/// Whether the machine's clock stands further behind what was seen than two machines may differ.
pub fn is_clock_behind(now: Timestamp, seen: Option<Timestamp>) -> bool {
    seen.is_some_and(|seen| seen.duration_since(now) > SKEW_MAX)
}

/// Whether a mark is worth writing again. After a jump back the difference is large, too.
pub fn is_mark_old(now: Timestamp, mark: Option<Timestamp>) -> bool {
    mark.is_none_or(|mark| now.duration_since(mark).abs() >= MARK_EVERY)
}

/// Whole seconds from `due_at` to `now`, never negative.
pub fn lateness(due_at: Timestamp, now: Timestamp) -> i64 {
    now.duration_since(due_at).as_secs().max(0)
}
