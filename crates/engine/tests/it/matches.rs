//! Matching: one line a case, and what must hold for every advisory.

use bonafide_engine::advisory::{Affected, Event, Range, RangeKind, read};
use bonafide_engine::matching::{MatchReason, Outcome, evaluate};
use bonafide_engine::package::PackageKey;
use bonafide_engine::version::compare;
use proptest::prelude::*;

use crate::kit;

/// What all records of a file say is affected.
fn affected(name: &str) -> Vec<Affected> {
    let text = kit::fixture(&format!("advisories/{name}.json"));
    let reading = read(text.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let records = reading.records.into_iter();
    records.flat_map(|record| record.affected).collect()
}

/// One file of cases for each format.
const FILES: [&str; 3] = ["matches/osv.txt", "matches/cve.txt", "matches/csaf.txt"];

fn all_cases() -> Vec<(usize, String)> {
    FILES.into_iter().flat_map(kit::cases).collect()
}

pub fn shown(outcome: &Outcome) -> String {
    let reason = |word: &str, reason: &MatchReason| {
        let mut text = format!("{word} {} [{}]", reason.rule.as_str(), reason.range);
        if !reason.fixed.is_empty() {
            text += &format!(" fixed {}", reason.fixed.join(" "));
        }
        if let Some(notice) = &reason.informational {
            text += &format!(" notice {notice}");
        }
        text
    };
    match outcome {
        Outcome::Affected(why) => reason("affected", why),
        Outcome::NotAffected(why) => reason("not-affected", why),
        Outcome::Unknown(why) => {
            assert!(why.reason.ends_with('.'), "not a sentence: {}", why.reason);
            match &why.nearest {
                None => format!("unknown {}", why.code),
                Some(near) => {
                    let word = format!("unknown {} {}", why.code, why.confidence.as_str());
                    reason(&word, near)
                }
            }
        }
    }
}

/// What is wrong about a case, if anything.
fn check(number: usize, line: &str) -> Option<String> {
    let fields: Vec<&str> = line.splitn(5, '|').map(str::trim).collect();
    let [ecosystem, name, version, file, expected] = fields.as_slice() else {
        panic!("line {number}: {line}")
    };
    let key = PackageKey::from_osv(ecosystem, name);
    let outcome = evaluate(&key, version, &affected(file));
    let found = shown(&outcome);
    (found != *expected).then(|| format!("line {number}: {line}\n  is {found}"))
}

#[test]
fn every_case_has_its_answer_and_its_reason() {
    let cases = all_cases();
    let wrong = cases
        .iter()
        .filter_map(|(number, line)| check(*number, line));
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_advisory_fixture_is_used() {
    let mut cases = all_cases();
    cases.extend(kit::cases("matches/distributions.txt"));
    let elsewhere = ["broken-parts", "withdrawn"];
    for file in std::fs::read_dir(kit::root().join("fixtures/advisories")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let Some(name) = name.strip_suffix(".json") else {
            continue;
        };
        let used = cases
            .iter()
            .any(|(_, line)| line.contains(&format!("| {name} |")));
        assert!(
            used || elsewhere.contains(&name),
            "{name} is used by no case"
        );
    }
}

#[test]
fn an_outcome_survives_being_stored_as_json() {
    for (_, line) in all_cases() {
        let fields: Vec<&str> = line.splitn(5, '|').map(str::trim).collect();
        let entries = affected(fields[3]);
        // The app stores entries as JSON and evaluates from there.
        let stored = serde_json::to_string(&entries).unwrap();
        let read: Vec<Affected> = serde_json::from_str(&stored).unwrap();
        assert_eq!(read, entries);
        let key = PackageKey::from_osv(fields[0], fields[1]);
        let outcome = evaluate(&key, fields[2], &read);
        let stored = serde_json::to_string(&outcome).unwrap();
        assert_eq!(serde_json::from_str::<Outcome>(&stored).unwrap(), outcome);
    }
}

/// The evaluation as the OSV schema writes it, in its plainest form.
fn by_the_book(version: &str, range: &Range) -> bool {
    let le = |a: &str, b: &str| a == "0" || compare("npm", a, b).unwrap().is_le();
    let mut events: Vec<&Event> = range.events.iter().collect();
    let of = |event: &Event| match event {
        Event::Introduced(v) | Event::Fixed(v) | Event::LastAffected(v) | Event::Limit(v) => {
            v.clone()
        }
    };
    events.sort_by(|a, b| match (of(a).as_str(), of(b).as_str()) {
        ("0", "0") => std::cmp::Ordering::Equal,
        ("0", _) => std::cmp::Ordering::Less,
        (_, "0") => std::cmp::Ordering::Greater,
        (a, b) => compare("npm", a, b).unwrap(),
    });
    let mut vulnerable = false;
    for event in events {
        match event {
            Event::Introduced(at) if le(at, version) => vulnerable = true,
            Event::Fixed(at) if le(at, version) => vulnerable = false,
            Event::LastAffected(at) if !le(version, at) => vulnerable = false,
            _ => {}
        }
    }
    vulnerable
}

fn range() -> impl Strategy<Value = Range> {
    let event = (0..2u8, 0..12u8).prop_map(|(kind, at)| {
        let at = if at == 0 {
            "0".to_owned()
        } else {
            format!("{at}.0.0")
        };
        if kind == 0 {
            Event::Introduced(at)
        } else {
            Event::Fixed(at)
        }
    });
    let events = prop::collection::vec(event, 1..7);
    events.prop_map(|events| Range {
        kind: RangeKind::Semver,
        repo: None,
        events,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn ranges_are_evaluated_by_the_book(range in range(), major in 1..13u8, minor in 0..2u8) {
        let version = format!("{major}.{minor}.0");
        let expected = by_the_book(&version, &range);
        let key = PackageKey::from_osv("npm", "x");
        let entry = Affected {
            package: key.clone(),
            ranges: vec![range],
            ..Affected::default()
        };
        match evaluate(&key, &version, &[entry]) {
            Outcome::Affected(_) => prop_assert!(expected),
            Outcome::NotAffected(_) => prop_assert!(!expected),
            Outcome::Unknown(why) => prop_assert!(false, "{:?}", why),
        }
    }
}
