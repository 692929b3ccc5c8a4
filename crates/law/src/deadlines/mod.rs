//! The clocks of Article 14: 24 hours, 72 hours, 14 days, one month.
//!
//! Each deadline has its own trigger and is undefined until that trigger is known. `due_at` is the
//! strict instant that is shown and alarmed; `legal_latest_at` is information only, and never
//! earlier than `due_at`. Nothing here reads a clock or decides that a report may be late.

mod period;

pub use period::Period;

use crate::Refusal;
use crate::certainty::Certainty;
use crate::data::{self, Dataset};
use crate::timeline::Milestone;
use crate::words::words;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use period::{latest_end, strict_end, whole_seconds};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::LazyLock;

words! {
    /// What has to be reported (14(1), 14(3)).
    pub enum Kind {
        ActivelyExploitedVulnerability = "actively-exploited-vulnerability",
        SevereIncident = "severe-incident",
    }
}

words! {
    /// The reports of Article 14, in the order in which they fall due.
    pub enum Stage {
        EarlyWarning = "early-warning",
        Notification = "notification",
        /// Only when the CSIRT asks (14(6)); the law gives it no period, so it has no deadline here.
        IntermediateReport = "intermediate-report",
        FinalReport = "final-report",
    }
}

words! {
    /// The fact from which a period runs.
    pub enum Trigger {
        AwareAt = "aware-at",
        MeasureAvailableAt = "measure-available-at",
        NotificationSubmittedAt = "notification-submitted-at",
    }
}

/// What must be known to say when reports are due.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    pub kind: Kind,
    /// T0: the manufacturer became aware.
    pub aware_at: Timestamp,
    /// First availability of a corrective or mitigating measure; a workaround counts.
    pub measure_available_at: Option<Timestamp>,
    /// Actual submission of the incident notification.
    pub notification_submitted_at: Option<Timestamp>,
    /// Zone of the coordinator's Member State; days and months are counted on its clock.
    pub zone: TimeZone,
    /// Public holidays there; they move `legal_latest_at` of day and month periods only.
    pub holidays: &'a BTreeSet<Date>,
}

/// All deadlines of one matter, in the order of [`Stage`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    pub kind: Kind,
    pub deadlines: Vec<Deadline>,
    /// IANA name of the zone the days and months were counted in, where it has one.
    pub zone: Option<String>,
    pub notes: Vec<String>,
}

/// One deadline; all instants are whole seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deadline {
    pub stage: Stage,
    /// The strict instant; `None` until the trigger is known.
    pub due_at: Option<Timestamp>,
    /// The latest instant Regulation (EEC, Euratom) No 1182/71 would allow; information only.
    pub legal_latest_at: Option<Timestamp>,
    /// Set where `due_at` is counted from awareness because the measure was available before it:
    /// the period counted literally from the measure.
    pub literal_due_at: Option<Timestamp>,
    pub trigger: Trigger,
    /// The instant the period was counted from.
    pub anchor_at: Option<Timestamp>,
    pub period: Period,
    pub citation: String,
    /// How sure `due_at` is.
    pub certainty: Certainty,
    /// How sure `legal_latest_at` is.
    pub legal_latest_certainty: Certainty,
    pub notes: Vec<String>,
}

/// When the reports of one matter are due.
///
/// Refuses only when an instant lies too near the ends of the calendar to count from.
pub fn deadlines_of(question: &Question<'_>) -> Result<Answer, Refusal> {
    let anchors = Anchors::of(question).ok_or_else(out_of_calendar)?;
    let deadlines = FILE
        .dataset
        .entries
        .iter()
        .filter(|rule| rule.kind == question.kind)
        .map(|rule| deadline(rule, &anchors, question).ok_or_else(out_of_calendar))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Answer {
        kind: question.kind,
        deadlines,
        zone: question.zone.iana_name().map(str::to_owned),
        notes: notes_on(question, &anchors),
    })
}

/// The period, trigger and citation of a stage; `None` for the intermediate report.
pub fn period_of(kind: Kind, stage: Stage) -> Option<(Period, Trigger, &'static str)> {
    FILE.dataset
        .entries
        .iter()
        .find(|rule| rule.kind == kind && rule.stage == stage)
        .map(|rule| (rule.period, rule.trigger, rule.citation.as_str()))
}

#[derive(Deserialize)]
struct File {
    #[serde(flatten)]
    dataset: Dataset<Rule>,
    platform_counter: PlatformCounter,
    counting: Vec<Counting>,
}

/// How ENISA's platform counts; its source and date stand beside it in the data.
#[derive(Deserialize)]
struct PlatformCounter {
    hours_after_early_warning: i64,
}

/// What the platform's own 72-hour counter shows for an early warning submitted then. It is no
/// deadline; the article's runs from awareness (ENISA SRP FAQ 26). None past the calendar's end.
pub fn platform_counter(early_warning_submitted_at: Timestamp) -> Option<Timestamp> {
    let hours = FILE.platform_counter.hours_after_early_warning;
    early_warning_submitted_at
        .checked_add(SignedDuration::from_hours(hours))
        .ok()
}

#[derive(Deserialize)]
struct Rule {
    kind: Kind,
    stage: Stage,
    trigger: Trigger,
    period: Period,
    citation: String,
    certainty: Certainty,
}

/// A rule of counting that an answer may have to explain.
#[derive(Deserialize)]
struct Counting {
    id: String,
    text: String,
    citation: String,
    certainty: Certainty,
}

static FILE: LazyLock<File> = LazyLock::new(|| data::embedded(data::DEADLINES));

/// The facts of a question, in whole seconds.
struct Anchors {
    aware_at: Timestamp,
    measure_available_at: Option<Timestamp>,
    notification_submitted_at: Option<Timestamp>,
}

impl Anchors {
    fn of(question: &Question<'_>) -> Option<Anchors> {
        let whole = |at: Option<Timestamp>| match at {
            Some(at) => whole_seconds(at).map(Some),
            None => Some(None),
        };
        Some(Anchors {
            aware_at: whole_seconds(question.aware_at)?,
            measure_available_at: whole(question.measure_available_at)?,
            notification_submitted_at: whole(question.notification_submitted_at)?,
        })
    }

    /// The instant a period runs from, and the literal one where it differs.
    fn for_trigger(&self, trigger: Trigger) -> Option<(Timestamp, Option<Timestamp>)> {
        match trigger {
            Trigger::AwareAt => Some((self.aware_at, None)),
            Trigger::NotificationSubmittedAt => self
                .notification_submitted_at
                .map(|submitted| (submitted, None)),
            Trigger::MeasureAvailableAt => self.measure_available_at.map(|available| {
                if available < self.aware_at {
                    (self.aware_at, Some(available))
                } else {
                    (available, None)
                }
            }),
        }
    }
}

fn deadline(rule: &Rule, anchors: &Anchors, question: &Question<'_>) -> Option<Deadline> {
    let counting = counting(latest_rule(rule.period));
    let mut deadline = Deadline {
        stage: rule.stage,
        due_at: None,
        legal_latest_at: None,
        literal_due_at: None,
        trigger: rule.trigger,
        anchor_at: None,
        period: rule.period,
        citation: rule.citation.clone(),
        certainty: rule.certainty,
        legal_latest_certainty: counting.certainty,
        notes: Vec::new(),
    };
    let Some((anchor, literal_anchor)) = anchors.for_trigger(rule.trigger) else {
        deadline
            .notes
            .push(format!("Not running yet: {} is not known.", rule.trigger));
        return Some(deadline);
    };
    let latest = latest_end(rule.period, anchor, &question.zone, question.holidays)?;
    let counted = strict_end(rule.period, anchor, &question.zone)?;
    if counted > latest.at {
        deadline.notes.push(
            "The clock of the zone skips this time of day; the strict instant is the end of the \
             day before the change."
                .to_owned(),
        );
    }
    deadline.anchor_at = Some(anchor);
    deadline.due_at = Some(counted.min(latest.at));
    deadline.legal_latest_at = Some(latest.at);
    if let Some((last, working)) = latest.moved {
        deadline.notes.push(format!(
            "{last} is no working day: the legal latest instant moves to the end of {working} ({}, {}).",
            counting.citation, counting.certainty,
        ));
    }
    if let Some(literal_anchor) = literal_anchor {
        deadline.literal_due_at = Some(strict_end(rule.period, literal_anchor, &question.zone)?);
        deadline.certainty = deadline
            .certainty
            .and(self::counting("measure-before-awareness").certainty);
        deadline.notes.push(note("measure-before-awareness"));
    }
    Some(deadline)
}

fn notes_on(question: &Question<'_>, anchors: &Anchors) -> Vec<String> {
    let mut notes = Vec::new();
    let applies_on = Milestone::ArticleFourteen.on();
    if question.zone.to_datetime(anchors.aware_at).date() < applies_on {
        notes.push(note("before-application"));
    }
    match question.kind {
        Kind::ActivelyExploitedVulnerability => {
            if question.notification_submitted_at.is_some() {
                notes.push(ignored(Trigger::NotificationSubmittedAt, question.kind));
            }
        }
        Kind::SevereIncident => {
            if question.measure_available_at.is_some() {
                notes.push(ignored(Trigger::MeasureAvailableAt, question.kind));
            }
            if anchors
                .notification_submitted_at
                .is_some_and(|at| at < anchors.aware_at)
            {
                notes.push(
                    "The notification is recorded as submitted before awareness: check both \
                     instants; the month is counted from the submission."
                        .to_owned(),
                );
            }
        }
    }
    notes.push(note("coordinator-zone"));
    if question.holidays.is_empty() {
        notes.push(
            "No public holidays were given: only weekends move the legal latest instant."
                .to_owned(),
        );
    }
    notes
}

fn ignored(trigger: Trigger, kind: Kind) -> String {
    format!("{trigger} triggers nothing for {kind} and was ignored.")
}

fn latest_rule(period: Period) -> &'static str {
    match period {
        Period::Hours(_) => "legal-latest-hours",
        Period::Days(_) => "legal-latest-days",
        Period::Months(_) => "legal-latest-months",
    }
}

fn counting(id: &str) -> &'static Counting {
    FILE.counting
        .iter()
        .find(|rule| rule.id == id)
        .expect("a test finds every rule of counting in deadlines.json")
}

fn note(id: &str) -> String {
    let rule = counting(id);
    format!("{} ({}, {})", rule.text, rule.citation, rule.certainty)
}

fn out_of_calendar() -> Refusal {
    Refusal::new(
        "instant-out-of-range",
        "Find out the real instants: one of these lies too near the end of the calendar to count a period from.",
    )
}
