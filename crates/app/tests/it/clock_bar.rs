//! The clock bar: whatever falls close together, no label stands on another, on a page and on a
//! phone, in both languages.

use bonafide::web::charts::clock_bar::{self, Clock, Look, NARROW, Picture, Tick, WIDTH};
use bonafide::web::words::Lang;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use std::collections::BTreeSet;

/// Widest average of a character in the fonts people have, at the size the labels are drawn.
const CHARACTER: f64 = 7.6;
const HEIGHT: i64 = 12;

const ENGLISH: [&str; 4] = [
    "First signal",
    "Assessment",
    "T0 aware",
    "Early warning filed",
];
const GERMAN: [&str; 4] = [
    "Erstes Signal",
    "Bewertung",
    "T0 Kenntnis",
    "Frühwarnung gemeldet",
];

/// Marks so many minutes after the first signal; what is due so many hours after it.
struct Case {
    marks: [i64; 4],
    now: i64,
    due: &'static [i64],
}

const CASES: [Case; 6] = [
    // Everything within minutes, and now among it.
    Case {
        marks: [0, 1, 2, 3],
        now: 2,
        due: &[24, 72],
    },
    Case {
        marks: [0, 0, 0, 0],
        now: 0,
        due: &[24, 24, 72],
    },
    Case {
        marks: [0, 30, 60, 900],
        now: 1_000,
        due: &[25, 26, 73],
    },
    Case {
        marks: [0, 1_400, 1_410, 4_200],
        now: 4_300,
        due: &[47, 48, 71, 72],
    },
    // Now close before a due instant, and the last ones close to the end.
    Case {
        marks: [0, 60, 61, 4_310],
        now: 1_430,
        due: &[24, 72, 73],
    },
    Case {
        marks: [0, 60, 4_000, 20_000],
        now: 20_100,
        due: &[24, 72, 336, 340],
    },
];

fn drawn(case: &Case, lang: Lang, width: i64) -> Picture {
    let start: Timestamp = "2026-11-20T03:00:00Z".parse().unwrap();
    let minutes = |n| start + SignedDuration::from_mins(n);
    let hours = |n| start + SignedDuration::from_hours(n);
    let (names, due, now, idle) = match lang {
        Lang::En => (
            ENGLISH,
            "72-hour notification",
            "now",
            "Final report: not running",
        ),
        Lang::De => (
            GERMAN,
            "72-Stunden-Meldung",
            "jetzt",
            "Abschlussbericht: läuft nicht",
        ),
    };
    let tick = |at, label: String| Tick {
        at,
        label,
        look: Look::Plain,
    };
    let mut anchors: Vec<Tick> = std::iter::zip(case.marks, names)
        .map(|(at, name)| tick(minutes(at), name.to_owned()))
        .collect();
    anchors.sort_by_key(|tick| tick.at);
    let due_at = |n: &i64| tick(hours(*n), format!("{due} · 26.11.2026 05:25 CET"));
    let dues: Vec<Tick> = case.due.iter().map(due_at).collect();
    let end = dues.last().unwrap().at + SignedDuration::from_hours(4);
    let clock = Clock {
        start,
        end: end.max(minutes(case.now) + SignedDuration::from_hours(1)),
        focus: (start, hours(78)),
        now: minutes(case.now),
        now_label: format!("{now} · 23.11.2026 22:26 CET"),
        zone: TimeZone::get("Europe/Berlin").unwrap(),
        lang,
        holidays: BTreeSet::new(),
        anchors,
        dues,
        idle: vec![idle.to_owned()],
        title: "Clock".into(),
        desc: "Clock".into(),
    };
    clock_bar::draw(&clock, width)
}

/// Left, right, top, bottom.
#[expect(clippy::cast_precision_loss, reason = "lengths of labels")]
fn boxes(picture: &Picture) -> Vec<(String, f64, f64, i64, i64)> {
    let texts = picture.texts.iter();
    texts
        .map(|text| {
            let width = text.text.chars().count() as f64 * CHARACTER;
            let (left, right) = match text.anchor {
                "end" => (text.x as f64 - width, text.x as f64),
                _ => (text.x as f64, text.x as f64 + width),
            };
            (text.text.clone(), left, right, text.y - HEIGHT, text.y + 2)
        })
        .collect()
}

#[track_caller]
fn check(case: &Case, lang: Lang, width: i64) {
    let picture = drawn(case, lang, width);
    let boxes = boxes(&picture);
    for (number, one) in boxes.iter().enumerate() {
        assert!(one.4 <= picture.height, "{one:?} hangs out at the bottom");
        assert!(one.3 >= 0, "{one:?} hangs out at the top");
        for other in &boxes[number + 1..] {
            let apart =
                one.2 <= other.1 || other.2 <= one.1 || one.4 <= other.3 || other.4 <= one.3;
            assert!(apart, "{one:?} stands on {other:?}");
        }
    }
}

#[test]
fn no_label_stands_on_another() {
    for case in &CASES {
        for lang in [Lang::En, Lang::De] {
            check(case, lang, WIDTH);
            check(case, lang, NARROW);
        }
    }
}
