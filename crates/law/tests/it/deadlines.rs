//! The clocks of Article 14, case by case.

use crate::fixtures::{Case, cases, kind};
use bonafide_law::certainty::Certainty;
use bonafide_law::deadlines::{Answer, Kind, Question, Stage, Trigger, deadlines_of, period_of};
use bonafide_law::zones;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

#[derive(Default)]
struct Facts {
    aware: Option<Timestamp>,
    measure: Option<Timestamp>,
    submitted: Option<Timestamp>,
    zone: Option<TimeZone>,
    holidays: BTreeSet<Date>,
}

#[test]
fn every_deadline_of_the_fixture_is_as_written() {
    for case in cases("deadlines/article14.txt", 4) {
        check(&case);
    }
}

#[track_caller]
fn check(case: &Case) {
    let facts = facts(&case.parts[1]);
    let answer = deadlines_of(&Question {
        kind: kind(&case.parts[0]),
        aware_at: facts
            .aware
            .expect("every case says when the manufacturer became aware"),
        measure_available_at: facts.measure,
        notification_submitted_at: facts.submitted,
        zone: facts.zone.unwrap_or(TimeZone::UTC),
        holidays: &facts.holidays,
    });
    if let Some(code) = case.parts[2].strip_prefix("refused ") {
        assert_eq!(answer.expect_err(&case.place).code, code, "{}", case.place);
        return;
    }
    let answer = answer.expect(&case.place);
    let (stage, expected) = case.parts[2].split_once(' ').expect("stage and instants");
    let stage: Stage = stage.parse().expect("a stage");
    let deadline = answer
        .deadlines
        .iter()
        .find(|d| d.stage == stage)
        .expect("its deadline");
    let mut actual = match (deadline.due_at, deadline.legal_latest_at) {
        (Some(due), Some(latest)) => format!("due {due}, latest {latest}"),
        (None, None) => "not running".to_owned(),
        other => panic!("{}: half a deadline {other:?}", case.place),
    };
    if let Some(literal) = deadline.literal_due_at {
        actual.push_str(&format!(", literal {literal}"));
    }
    assert_eq!(actual, expected, "{}", case.place);
    assert_eq!(deadline.citation, case.parts[3], "{}", case.place);
    assert_eq!(
        deadline.due_at.is_some(),
        deadline.anchor_at.is_some(),
        "{}",
        case.place
    );
}

fn facts(text: &str) -> Facts {
    let mut facts = Facts::default();
    for fact in text.split(',') {
        let (word, value) = fact.trim().split_once(' ').expect("a word and its value");
        let instant = || Some(value.parse::<Timestamp>().expect("an instant"));
        match word {
            "aware" => facts.aware = instant(),
            "measure" => facts.measure = instant(),
            "submitted" => facts.submitted = instant(),
            "zone" => facts.zone = Some(zones::named(value).expect("a zone")),
            "holidays" => {
                facts.holidays = value
                    .split('+')
                    .map(|day| day.parse().expect("a day"))
                    .collect();
            }
            other => panic!("{other} is no fact"),
        }
    }
    facts
}

fn ask(kind: Kind, aware: &str, measure: Option<&str>, submitted: Option<&str>) -> Answer {
    let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
    deadlines_of(&Question {
        kind,
        aware_at: at(aware),
        measure_available_at: measure.map(at),
        notification_submitted_at: submitted.map(at),
        zone: TimeZone::UTC,
        holidays: &BTreeSet::new(),
    })
    .expect("an answer")
}

#[test]
fn each_kind_has_three_deadlines_in_order_with_their_triggers() {
    use Trigger::{AwareAt, MeasureAvailableAt, NotificationSubmittedAt};
    for (kind, last) in [
        (Kind::ActivelyExploitedVulnerability, MeasureAvailableAt),
        (Kind::SevereIncident, NotificationSubmittedAt),
    ] {
        let answer = ask(kind, "2026-09-14T10:00Z", None, None);
        let found: Vec<_> = answer
            .deadlines
            .iter()
            .map(|d| (d.stage, d.trigger))
            .collect();
        assert_eq!(
            found,
            [
                (Stage::EarlyWarning, AwareAt),
                (Stage::Notification, AwareAt),
                (Stage::FinalReport, last)
            ]
        );
        assert!(period_of(kind, Stage::IntermediateReport).is_none());
    }
}

#[test]
fn a_trigger_of_the_other_kind_is_ignored_with_a_note() {
    let submitted = Some("2026-09-15T10:00Z");
    let answer = ask(
        Kind::ActivelyExploitedVulnerability,
        "2026-09-14T10:00Z",
        None,
        submitted,
    );
    assert!(
        answer
            .notes
            .iter()
            .any(|n| n.contains("notification-submitted-at") && n.contains("ignored"))
    );
    let answer = ask(Kind::SevereIncident, "2026-09-14T10:00Z", submitted, None);
    assert!(
        answer
            .notes
            .iter()
            .any(|n| n.contains("measure-available-at") && n.contains("ignored"))
    );
    assert_eq!(answer.deadlines[2].due_at, None);
}

#[test]
fn a_measure_before_awareness_lowers_the_certainty_and_says_why() {
    let kind = Kind::ActivelyExploitedVulnerability;
    let early = ask(kind, "2026-09-14T10:00Z", Some("2026-09-01T10:00Z"), None);
    assert_eq!(early.deadlines[2].certainty, Certainty::Interpretation);
    assert!(
        early.deadlines[2]
            .notes
            .iter()
            .any(|note| note.contains("literal"))
    );
    let late = ask(kind, "2026-09-14T10:00Z", Some("2026-09-15T10:00Z"), None);
    assert_eq!(late.deadlines[2].certainty, Certainty::Verified);
    assert_eq!(
        late.deadlines[2].legal_latest_certainty,
        Certainty::Interpretation
    );
}

#[test]
fn awareness_before_application_is_noted_and_still_answered() {
    let kind = Kind::ActivelyExploitedVulnerability;
    let note = |answer: &Answer| answer.notes.iter().any(|note| note.contains("71(2)"));
    assert!(note(&ask(kind, "2026-09-10T23:59:59Z", None, None)));
    assert!(!note(&ask(kind, "2026-09-11T00:00:00Z", None, None)));
}

#[test]
fn a_notification_before_awareness_is_noted() {
    let answer = ask(
        Kind::SevereIncident,
        "2026-09-14T10:00Z",
        None,
        Some("2026-09-13T10:00Z"),
    );
    assert!(
        answer
            .notes
            .iter()
            .any(|note| note.contains("before awareness"))
    );
    assert_eq!(
        answer.deadlines[2]
            .due_at
            .map(|at| at.to_string())
            .as_deref(),
        Some("2026-10-13T10:00:00Z")
    );
}

#[test]
fn the_json_has_the_fixed_fields_and_whole_seconds() {
    let answer = ask(
        Kind::ActivelyExploitedVulnerability,
        "2026-09-14T10:00:00.5Z",
        None,
        None,
    );
    let json = serde_json::to_value(&answer).expect("JSON");
    assert_eq!(json["kind"], "actively-exploited-vulnerability");
    let early = &json["deadlines"][0];
    assert_eq!(early["stage"], "early-warning");
    assert_eq!(early["due_at"], "2026-09-15T10:00:00Z");
    assert_eq!(early["legal_latest_at"], "2026-09-15T11:00:00Z");
    assert_eq!(early["trigger"], "aware-at");
    assert_eq!(early["citation"], "Art. 14(2)(a)");
    assert_eq!(early["certainty"], "verified");
    let last = &json["deadlines"][2];
    assert!(last["due_at"].is_null() && last["legal_latest_at"].is_null());
    assert_eq!(last["trigger"], "measure-available-at");
}

#[test]
fn the_platforms_counter_runs_from_the_submission_and_may_end_early() {
    let aware = "2026-11-23T02:00:00Z"
        .parse::<jiff::Timestamp>()
        .expect("an instant");
    let submitted = "2026-11-23T05:00:00Z".parse().expect("an instant");
    let shown = bonafide_law::deadlines::platform_counter(submitted).expect("within the calendar");
    assert_eq!(shown.to_string(), "2026-11-25T05:00:00Z");
    assert!(shown < aware + jiff::SignedDuration::from_hours(72));
    assert!(bonafide_law::deadlines::platform_counter(jiff::Timestamp::MAX).is_none());
}
