//! Instants as people type them: `fixtures/when`.

use bonafide::trouble::Refusal;
use bonafide::web::forms::Fields;
use bonafide::web::when;
use bonafide::web::words::Lang;
use jiff::tz::TimeZone;

const TYPED: &str = include_str!("../../../../fixtures/when/typed.txt");

#[track_caller]
fn check(zone: &str, typed: &str, expected: &str) {
    let zone = TimeZone::get(zone).unwrap();
    let found = match when::read(typed, &zone, "aware_at") {
        Ok(at) => at.to_string(),
        Err(refusal) => said(&refusal),
    };
    assert_eq!(found, expected, "{typed:?}");
}

fn said(refusal: &Refusal) -> String {
    let arg = |name: &str| {
        let found = refusal.args.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| value.clone())
    };
    match (arg("first"), arg("second")) {
        (Some(first), Some(second)) => format!(
            "{} {first} {} / {second} {}",
            refusal.code,
            arg("first_utc").unwrap(),
            arg("second_utc").unwrap()
        ),
        _ => refusal.code.to_owned(),
    }
}

#[test]
fn what_is_typed_is_read_in_the_zone_beside_it() {
    let mut lines = 0;
    for line in TYPED.lines() {
        let parts: Vec<&str> = line.split(" | ").collect();
        check(parts[0], parts[1], parts[2]);
        lines += 1;
    }
    assert!(lines > 20);
}

#[test]
fn what_a_field_shows_is_read_back_as_the_same_instant() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    // Hours on both sides of both changes of the clocks, and a second that is not zero.
    for start in ["2026-10-24T22:00:00Z", "2027-03-27T22:00:00Z"] {
        let start: jiff::Timestamp = start.parse().unwrap();
        for quarter in 0..24 {
            let at = start + jiff::SignedDuration::from_mins(15 * quarter);
            let shown = when::field(at, &zone);
            assert_eq!(when::read(&shown, &zone, "x").unwrap(), at, "{shown}");
        }
    }
    let at: jiff::Timestamp = "2026-11-23T09:00:35Z".parse().unwrap();
    assert_eq!(when::field(at, &zone), "2026-11-23 10:00:35");
}

#[test]
fn a_form_says_in_which_zone_its_times_were_typed() {
    let fields = Fields::from_pairs([("at", "2026-11-23 10:00"), ("at_zone", "Europe/Berlin")]);
    let at = fields.instant("at").unwrap_or_else(|_| panic!("refused"));
    assert_eq!(at.unwrap().to_string(), "2026-11-23T09:00:00Z");
    let plain = Fields::from_pairs([("at", "2026-11-23T10:00:00")]);
    let at = plain.instant("at").unwrap_or_else(|_| panic!("refused"));
    assert_eq!(at.unwrap().to_string(), "2026-11-23T10:00:00Z");
    let odd = Fields::from_pairs([("at", "2026-11-23 10:00"), ("at_zone", "Mars/Olympus")]);
    assert!(odd.instant("at").is_err());
}

#[test]
fn a_time_that_happened_twice_is_answered_with_both_in_a_sentence() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let refusal = when::read("2026-10-25 02:30", &zone, "aware_at").unwrap_err();
    for lang in Lang::ALL {
        let sentence = lang.refusal(&refusal);
        for part in [
            "2026-10-25 02:30",
            "Europe/Berlin",
            "2026-10-25T02:30:00+02:00",
            "2026-10-25 00:30 UTC",
            "2026-10-25T02:30:00+01:00",
            "2026-10-25 01:30 UTC",
        ] {
            assert!(sentence.contains(part), "{part} is missing in {sentence}");
        }
    }
}
