//! What a decision must bring with it (Art. 14(2), 14(4); guidance C(2026) 5252 §211-218).

use crate::cases::types::{NewDecision, Verdict, WatchItem};
use crate::cases::words::{Answered, Because, ExploitedBy};
use crate::trouble::Refusal;
use bonafide_law::deadlines::Kind;
use jiff::{SignedDuration, Timestamp};

/// T0 before the assessment, and further from the decision than this, needs a reason of its own.
pub const AWARE_AS_DECIDED: SignedDuration = SignedDuration::from_mins(10);
/// "Watch until" further away than this is no watching.
pub const WATCH_MAX: SignedDuration = SignedDuration::from_hours(24 * 92);

/// Refuses a decision that contradicts itself or lacks what the law will ask for.
pub fn check(item: &WatchItem, new: &NewDecision, now: Timestamp) -> Result<(), Refusal> {
    if new.exploited != ExploitedBy::NoneYet && new.exploited_text.trim().is_empty() {
        return Err(Refusal::field("exploited_text", "decision-needs-evidence"));
    }
    match &new.verdict {
        Verdict::Aware {
            aware_at,
            aware_reason,
        } => {
            if new.contained == Answered::No {
                return Err(Refusal::field("contained", "decision-aware-not-contained"));
            }
            if item.kind == Kind::SevereIncident && new.incident.is_none() {
                return Err(Refusal::field("suspected", "decision-needs-incident"));
            }
            check_aware_at(*aware_at, aware_reason.as_deref(), item, now)
        }
        Verdict::WatchUntil { until } => {
            if *until <= now {
                return Err(Refusal::field("until", "watch-until-past"));
            }
            if *until > now + WATCH_MAX {
                return Err(Refusal::field("until", "watch-until-far"));
            }
            Ok(())
        }
        Verdict::NotReportable { because } => check_because(*because, new),
    }
}

/// T0 is never in the future. One within the assessment, which its form proposes, explains itself;
/// one before it, or before the first signal, says why.
pub fn check_aware_at(
    aware_at: Timestamp,
    reason: Option<&str>,
    item: &WatchItem,
    now: Timestamp,
) -> Result<(), Refusal> {
    if aware_at > now {
        return Err(Refusal::field("aware_at", "aware-in-future"));
    }
    if reason.is_some_and(|reason| !reason.trim().is_empty()) {
        return Ok(());
    }
    if whole(aware_at) < whole(item.first_signal_at) {
        return Err(Refusal::field("aware_reason", "aware-before-signal"));
    }
    let assessed_then = item
        .assessment_started_at
        .is_some_and(|started_at| whole(started_at) <= whole(aware_at));
    if !assessed_then && now.duration_since(aware_at) > AWARE_AS_DECIDED {
        return Err(Refusal::field("aware_reason", "aware-needs-reason"));
    }
    Ok(())
}

/// A form sends whole minutes; a signal within the same minute is not after it.
fn whole(at: Timestamp) -> i64 {
    at.as_second().div_euclid(60)
}

fn check_because(because: Because, new: &NewDecision) -> Result<(), Refusal> {
    let contradicted = match because {
        Because::NotContained => new.contained == Answered::Yes,
        Because::NotReachable => new.reachable == Answered::Yes,
        Because::NotInOurProduct => new.exploited != ExploitedBy::NoneYet,
        _ => false,
    };
    if contradicted {
        return Err(Refusal::field("because", "decision-contradicts-answers"));
    }
    Ok(())
}
