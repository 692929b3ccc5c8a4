//! What a decision must bring with it (Art. 14(2), 14(4); guidance C(2026) 5252 §211-218). All
//! three outcomes are held to the same: an answer with what it rests on for each question, and a
//! reason. Everything that lacks is said at once.

use crate::cases::types::{Incident, NewDecision, Verdict, WatchItem};
use crate::cases::words::{Answered, Because, ExploitedBy, Outcome};
use crate::trouble::Refusal;
use bonafide_law::deadlines::Kind;
use jiff::{SignedDuration, Timestamp};

/// T0 before the assessment, and further from the decision than this, needs a reason of its own.
pub const AWARE_AS_DECIDED: SignedDuration = SignedDuration::from_mins(10);
/// "Watch until" further away than this is no watching.
pub const WATCH_MAX: SignedDuration = SignedDuration::from_hours(24 * 92);

/// What the rules need to know of the matter that is decided.
#[derive(Debug, Clone, Copy)]
pub struct Matter {
    pub kind: Kind,
    pub first_signal_at: Timestamp,
    pub assessment_started_at: Option<Timestamp>,
    /// T0 of the case that stands already.
    pub standing: Option<Timestamp>,
}

impl Matter {
    pub fn of(item: &WatchItem, standing: Option<Timestamp>) -> Self {
        Self {
            kind: item.kind,
            first_signal_at: item.first_signal_at,
            assessment_started_at: item.assessment_started_at,
            standing,
        }
    }
}

/// Everything that contradicts itself or lacks what the law will ask for, in the order of the
/// form; empty when the decision can be recorded.
pub fn problems(matter: &Matter, new: &NewDecision, now: Timestamp) -> Vec<Refusal> {
    let mut wrong = match (matter.kind, &new.incident) {
        (Kind::ActivelyExploitedVulnerability, _) => of_vulnerability(new),
        (Kind::SevereIncident, Some(incident)) => of_incident(incident, new, now),
        (Kind::SevereIncident, None) => {
            vec![Refusal::field("suspected", "decision-needs-incident")]
        }
    };
    match &new.verdict {
        Verdict::Aware {
            aware_at,
            aware_reason,
        } => wrong.extend(of_aware_at(*aware_at, aware_reason.as_deref(), matter, now).err()),
        Verdict::WatchUntil { until } if *until <= now => {
            wrong.push(Refusal::field("until", "watch-until-past"));
        }
        Verdict::WatchUntil { until } if *until > now + WATCH_MAX => {
            wrong.push(Refusal::field("until", "watch-until-far"));
        }
        Verdict::WatchUntil { .. } => {}
        Verdict::NotReportable { because } => {
            if contradicts(*because, new) {
                wrong.push(Refusal::field("because", "decision-contradicts-answers"));
            }
        }
    }
    if is_empty(&new.reason) {
        wrong.push(Refusal::field("reason", "decision-needs-reason"));
    }
    wrong
}

fn of_vulnerability(new: &NewDecision) -> Vec<Refusal> {
    let aware = new.verdict.outcome() == Outcome::Aware;
    let mut wrong = Vec::new();
    if aware && new.contained == Answered::No {
        wrong.push(Refusal::field("contained", "decision-aware-not-contained"));
    }
    for (field, question, text) in [
        ("contained_text", "contained", &new.contained_text),
        ("reachable_text", "reachable", &new.reachable_text),
        ("exploited_text", "exploited", &new.exploited_text),
    ] {
        if is_empty(text) {
            wrong.push(match (question, new.exploited, aware) {
                ("exploited", ExploitedBy::NoneYet, true) => {
                    Refusal::field(field, "decision-aware-without-evidence")
                }
                _ => needs_evidence(field, question),
            });
        }
    }
    wrong
}

fn of_incident(incident: &Incident, new: &NewDecision, now: Timestamp) -> Vec<Refusal> {
    let mut wrong = Vec::new();
    let needs = |field, text: &str, code| is_empty(text).then(|| Refusal::field(field, code));
    wrong.extend(needs(
        "what_happened",
        &incident.what_happened,
        "incident-needs-what",
    ));
    if incident.occurred_at.is_some_and(|at| at > now) {
        wrong.push(Refusal::field("occurred_at", "incident-in-future"));
    }
    if new.verdict.outcome() == Outcome::Aware && incident.test.is_none() {
        wrong.push(Refusal::field("severity_test", "incident-aware-not-severe"));
    }
    wrong.extend(needs("impact", &incident.impact, "incident-needs-impact"));
    for (field, question, text) in [
        ("suspected_text", "suspected", &incident.suspected_text),
        ("incident_evidence", "evidence", &incident.evidence),
    ] {
        if is_empty(text) {
            wrong.push(needs_evidence(field, question));
        }
    }
    wrong
}

/// T0 is never in the future. One within the assessment, which its form proposes, explains itself;
/// one before it, or before the first signal, says why.
pub fn check_aware_at(
    aware_at: Timestamp,
    reason: Option<&str>,
    item: &WatchItem,
    now: Timestamp,
) -> Result<(), Refusal> {
    of_aware_at(Some(aware_at), reason, &Matter::of(item, None), now)
}

fn of_aware_at(
    aware_at: Option<Timestamp>,
    reason: Option<&str>,
    matter: &Matter,
    now: Timestamp,
) -> Result<(), Refusal> {
    let Some(aware_at) = aware_at else {
        return Ok(());
    };
    if let Some(standing) = matter.standing {
        // A case's T0 is changed on the case, with a reason, and never by deciding anew.
        let same = standing.as_second() == aware_at.as_second();
        let refusal = || Refusal::field("aware_at", "aware-stands-already");
        return same.then_some(()).ok_or_else(refusal);
    }
    if aware_at > now {
        return Err(Refusal::field("aware_at", "aware-in-future"));
    }
    if reason.is_some_and(|reason| !is_empty(reason)) {
        return Ok(());
    }
    if whole(aware_at) < whole(matter.first_signal_at) {
        return Err(Refusal::field("aware_reason", "aware-before-signal"));
    }
    let assessed_then = matter
        .assessment_started_at
        .is_some_and(|started_at| whole(started_at) <= whole(aware_at));
    if !assessed_then && now.duration_since(aware_at) > AWARE_AS_DECIDED {
        return Err(Refusal::field("aware_reason", "aware-needs-reason"));
    }
    Ok(())
}

/// The question is named, for several may lack the same.
fn needs_evidence(field: &'static str, question: &str) -> Refusal {
    Refusal::field(field, "decision-needs-evidence").with("question", question)
}

fn is_empty(text: &str) -> bool {
    text.trim().is_empty()
}

/// A form sends whole minutes; a signal within the same minute is not after it.
fn whole(at: Timestamp) -> i64 {
    at.as_second().div_euclid(60)
}

fn contradicts(because: Because, new: &NewDecision) -> bool {
    match because {
        Because::NotContained => new.contained == Answered::Yes,
        Because::NotReachable => new.reachable == Answered::Yes,
        Because::NotInOurProduct => new.exploited != ExploitedBy::NoneYet,
        Because::NotSevere => new.incident.as_ref().is_some_and(|i| i.test.is_some()),
        _ => false,
    }
}
