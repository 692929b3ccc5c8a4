//! What must hold for every zone and every instant.

use bonafide_law::deadlines::{Answer, Kind, Question, Stage, deadlines_of};
use bonafide_law::{member_states, zones};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A refusal is right only where a period could run out of the calendar: a month, a weekend, and
/// a day of slack for the zone.
const NEAR_THE_END_DAYS: i64 = 40;

static ZONES: LazyLock<Vec<TimeZone>> = LazyLock::new(|| {
    let zones: Vec<TimeZone> = zones::names()
        .iter()
        .filter_map(|name| zones::named(name).ok())
        .collect();
    assert!(
        zones.len() > 500,
        "the whole database is here: {}",
        zones.len()
    );
    zones
});

fn ask(
    kind: Kind,
    aware: Timestamp,
    trigger: Option<Timestamp>,
    zone: &TimeZone,
    holidays: &BTreeSet<Date>,
) -> Result<Answer, bonafide_law::Refusal> {
    deadlines_of(&Question {
        kind,
        aware_at: aware,
        measure_available_at: trigger,
        notification_submitted_at: trigger,
        zone: zone.clone(),
        holidays,
    })
}

fn any_instant() -> impl Strategy<Value = Timestamp> {
    let span = Timestamp::MIN.as_nanosecond()..=Timestamp::MAX.as_nanosecond();
    span.prop_map(|nanosecond| Timestamp::from_nanosecond(nanosecond).expect("in range"))
}

/// Where people and tz rules live: 1850 to 2100.
fn lived_instant() -> impl Strategy<Value = Timestamp> {
    (-3_786_912_000_i64..4_102_444_800, 0..1_000_000_000_i32)
        .prop_map(|(second, nano)| Timestamp::new(second, nano).expect("in range"))
}

fn any_zone() -> impl Strategy<Value = TimeZone> {
    (0..ZONES.len()).prop_map(|index| ZONES[index].clone())
}

fn any_kind() -> impl Strategy<Value = Kind> {
    (0..Kind::ALL.len()).prop_map(|index| Kind::ALL[index])
}

/// Asserts everything that holds for every answer.
#[track_caller]
fn assert_sound(answer: &Answer, aware: Timestamp) {
    for deadline in &answer.deadlines {
        let (Some(due), Some(latest)) = (deadline.due_at, deadline.legal_latest_at) else {
            assert_eq!((deadline.due_at, deadline.legal_latest_at), (None, None));
            continue;
        };
        let anchor = deadline
            .anchor_at
            .expect("what is due was counted from something");
        assert!(
            due <= latest,
            "{:?}: due {due} after latest {latest}",
            answer.zone
        );
        assert!(anchor < due, "{:?}: {anchor} {due}", answer.zone);
        assert_eq!(
            (due.subsec_nanosecond(), latest.subsec_nanosecond()),
            (0, 0)
        );
        match deadline.stage {
            Stage::EarlyWarning => {
                assert_eq!(due.duration_since(anchor), SignedDuration::from_hours(24))
            }
            Stage::Notification => {
                assert_eq!(due.duration_since(anchor), SignedDuration::from_hours(72))
            }
            _ => {}
        }
        if matches!(deadline.stage, Stage::EarlyWarning | Stage::Notification) {
            assert!(anchor <= aware && aware.duration_since(anchor) < SignedDuration::from_secs(1));
            let slack = latest.duration_since(due);
            assert!(slack > SignedDuration::ZERO && slack <= SignedDuration::from_hours(1));
        }
        if let Some(literal) = deadline.literal_due_at {
            assert!(literal <= due, "literal {literal} after {due}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn due_is_never_after_the_legal_latest(
        kind in any_kind(), aware in lived_instant(), trigger in lived_instant(), zone in any_zone(),
    ) {
        let answer = ask(kind, aware, Some(trigger), &zone, &BTreeSet::new()).expect("an answer");
        assert_sound(&answer, aware);
    }

    #[test]
    fn extremes_are_answered_or_refused_never_a_panic(
        kind in any_kind(), aware in any_instant(), trigger in any_instant(), zone in any_zone(),
    ) {
        match ask(kind, aware, Some(trigger), &zone, &BTreeSet::new()) {
            Ok(answer) => assert_sound(&answer, aware),
            Err(refusal) => {
                prop_assert_eq!(refusal.code, "instant-out-of-range");
                let end = Timestamp::MAX - SignedDuration::from_hours(24 * NEAR_THE_END_DAYS);
                prop_assert!(aware > end || trigger > end, "{} {}", aware, trigger);
            }
        }
    }

    #[test]
    fn weekends_and_holidays_never_move_an_hour_clock(
        kind in any_kind(), aware in lived_instant(), zone in any_zone(), free_days in 0..40_i64,
    ) {
        let first = zone.to_datetime(aware).date();
        let holidays: BTreeSet<Date> = (0..free_days).map(|days| first + days.days()).collect();
        let plain = ask(kind, aware, None, &zone, &BTreeSet::new()).expect("an answer");
        let free = ask(kind, aware, None, &zone, &holidays).expect("an answer");
        prop_assert_eq!(&plain.deadlines, &free.deadlines);
    }

    #[test]
    fn holidays_only_ever_give_more_time_and_never_touch_due(
        kind in any_kind(), trigger in lived_instant(), zone in any_zone(),
        offsets in proptest::collection::btree_set(0..60_i64, 0..30),
    ) {
        let first = zone.to_datetime(trigger).date();
        let holidays: BTreeSet<Date> = offsets.iter().map(|&days| first + days.days()).collect();
        let plain = ask(kind, trigger, Some(trigger), &zone, &BTreeSet::new()).expect("an answer");
        let free = ask(kind, trigger, Some(trigger), &zone, &holidays).expect("an answer");
        for (plain, free) in plain.deadlines.iter().zip(&free.deadlines) {
            prop_assert!(plain.legal_latest_at <= free.legal_latest_at);
            // Where the clock skips the time of day, due is bounded by the latest, which may move.
            prop_assert!(plain.due_at <= free.due_at);
        }
        assert_sound(&free, trigger);
    }

    #[test]
    fn in_the_capitals_the_final_report_keeps_day_and_clock_time(
        kind in any_kind(), trigger in 1_757_000_000_i64..4_102_444_800, state in 0..27_usize,
    ) {
        let zone = member_states::list()[state].time_zone();
        let trigger = Timestamp::from_second(trigger).expect("in range");
        let answer = ask(kind, trigger, Some(trigger), &zone, &BTreeSet::new()).expect("an answer");
        let last = &answer.deadlines[2];
        let (from, to) = (
            zone.to_datetime(trigger),
            zone.to_datetime(last.due_at.expect("running")),
        );
        let skipped = zone.to_ambiguous_timestamp(to.date().to_datetime(from.time())).is_ambiguous();
        prop_assert!(skipped || from.time() == to.time());
        match kind {
            Kind::ActivelyExploitedVulnerability => {
                prop_assert_eq!(from.date() + 14.days(), to.date());
                prop_assert_eq!(from.date().weekday(), to.date().weekday());
            }
            Kind::SevereIncident => {
                let months = (i32::from(to.date().year()) * 12 + i32::from(to.date().month()))
                    - (i32::from(from.date().year()) * 12 + i32::from(from.date().month()));
                prop_assert_eq!(months, 1);
                prop_assert_eq!(to.date().day(), from.date().day().min(to.date().days_in_month()));
            }
        }
        let before = last.legal_latest_at.expect("running") - SignedDuration::from_secs(1);
        let ends_on = zone.to_datetime(before).date();
        prop_assert!(!matches!(ends_on.weekday(), Weekday::Saturday | Weekday::Sunday));
    }

    #[test]
    fn dating_awareness_back_never_gives_more_time(
        kind in any_kind(), aware in lived_instant(), trigger in lived_instant(),
        back in 0..10_000_000_i64, zone in any_zone(),
    ) {
        let earlier = aware - SignedDuration::from_secs(back);
        let now = ask(kind, aware, Some(trigger), &zone, &BTreeSet::new()).expect("an answer");
        let then = ask(kind, earlier, Some(trigger), &zone, &BTreeSet::new()).expect("an answer");
        for (now, then) in now.deadlines.iter().zip(&then.deadlines) {
            // Two local times an hour apart can fall together where the clock is changed, so the
            // day and month clocks are compared by their day's end.
            prop_assert!(then.legal_latest_at <= now.legal_latest_at);
            if then.stage != Stage::FinalReport {
                prop_assert!(then.due_at <= now.due_at);
            }
        }
    }
}

#[test]
fn due_is_never_after_the_legal_latest_around_every_change_of_every_clock() {
    let from: Timestamp = "1900-01-01T00:00Z".parse().expect("an instant");
    let until: Timestamp = "2040-01-01T00:00Z".parse().expect("an instant");
    let none = BTreeSet::new();
    for zone in ZONES.iter() {
        for change in zone
            .following(from)
            .take_while(|change| change.timestamp() < until)
        {
            for minutes in (-26 * 60..=26 * 60).step_by(101) {
                let shifted = change.timestamp() + SignedDuration::from_mins(minutes);
                let measure = shifted - SignedDuration::from_hours(14 * 24);
                let kind = Kind::ActivelyExploitedVulnerability;
                let answer = ask(kind, measure, Some(measure), zone, &none).expect("an answer");
                assert_sound(&answer, measure);
            }
        }
    }
}

#[test]
fn the_ends_of_the_calendar_are_refused() {
    for zone in ZONES.iter() {
        for &kind in Kind::ALL {
            for aware in [Timestamp::MIN, Timestamp::MAX] {
                let answer = ask(kind, aware, Some(aware), zone, &BTreeSet::new());
                if let Ok(answer) = &answer {
                    assert_sound(answer, aware);
                }
                assert_eq!(answer.is_err(), aware == Timestamp::MAX);
            }
        }
    }
}
