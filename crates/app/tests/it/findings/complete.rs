//! When an import makes a feed newer: `fixtures/feeds/outcomes.txt`, and the same through the door.

use super::*;
use crate::kit::{on_each_database, organisation};
use crate::tidy::root;
use bonafide::advisories::{self, Completeness, Feed, Kind, Size};
use jiff::SignedDuration;

#[track_caller]
fn check(rule: &str, expected: &str) {
    let parts: Vec<&str> = rule.split_whitespace().collect();
    let got = match parts[..] {
        ["read", kind, read, unreadable] => {
            let (kind, broke_off) = match kind {
                "bulk" => (Kind::Bulk, false),
                "bulk-broken" => (Kind::Bulk, true),
                "catalogue" => (Kind::Catalogue, false),
                _ => panic!("{rule}: no such kind"),
            };
            let (read, unreadable) = (read.parse().unwrap(), unreadable.parse().unwrap());
            advisories::completeness(kind, read, unreadable, broke_off).name()
        }
        ["size", feed, claims, before, count] => {
            let believe = count.ends_with('!');
            let count = count.trim_end_matches('!').parse().unwrap();
            let claims = claims == "claims";
            match advisories::size_of(feed, claims, before.parse().ok(), count, believe) {
                Size::Whole => "whole",
                Size::Addition => "addition",
                Size::Thin => "thin",
                Size::Shrunk => "shrunk",
            }
        }
        ["named", path] => advisories::ecosystem_named(path).unwrap_or("-"),
        _ => panic!("{rule}: no such rule"),
    };
    assert_eq!(got, expected, "{rule}");
}

#[test]
fn an_import_is_complete_partial_or_failed() {
    let text = std::fs::read_to_string(root().join("fixtures/feeds/outcomes.txt")).unwrap();
    let mut checked = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (rule, expected) = line.split_once('|').unwrap();
        check(rule.trim(), expected.trim());
        checked += 1;
    }
    assert!(checked > 50, "{checked}");
}

fn feed(db: &Db, name: &str) -> Feed {
    let feeds = done(db.read_now(advisories::list_feeds));
    feeds.into_iter().find(|feed| feed.name == name).unwrap()
}

fn crates(count: usize) -> Vec<Value> {
    (0..count)
        .map(|n| {
            osv(
                &format!("RUSTSEC-{n:04}"),
                &[],
                ("crates.io", "p"),
                before("2.0.0"),
            )
        })
        .collect()
}

#[test]
fn what_is_mostly_unreadable_thin_or_shrunken_renews_nothing_and_is_said() {
    on_each_database(|db| {
        let name = "osv:crates.io";
        let all = crates(520);
        // One record under the name of the whole is not the whole.
        let thin = import_zip(&db, "crates.io", &all[..1], now(&db));
        assert_eq!(thin.sources[0].completeness, Completeness::Partial);
        assert_eq!((thin.sources[0].new, feed(&db, name).tone), (1, "missing"));

        let caller = organisation(&db);
        let release = give(&db, &caller, "Gateway", "1", &["pkg:cargo/p@1.0.0"]);
        import_zip(&db, "crates.io", &all, now(&db));
        let whole = feed(&db, name);
        assert_eq!((whole.tone, whole.records), ("fresh", 520));
        db.clock().advance(SignedDuration::from_hours(30));

        // Most of it cannot be read.
        let mut broken = all.clone();
        for record in &mut broken[..400] {
            record["affected"] = json!(9);
            record["modified"] = json!("2026-11-22T09:00:00Z");
        }
        let told = import_zip(&db, "crates.io", &broken, now(&db));
        let report = &told.sources[0];
        assert_eq!(
            (report.completeness, report.unreadable, report.feeds.len()),
            (Completeness::Partial, 400, 0),
            "{report:?}"
        );
        let after = feed(&db, name);
        assert_eq!(
            (after.tone, after.records),
            ("ageing", 520),
            "as old as it was"
        );
        assert_eq!(
            (
                after.outcome.as_deref(),
                after.attempted_records,
                after.unreadable
            ),
            (Some("partial"), 120, 400)
        );
        assert!(!after.problems.is_empty(), "what was not read is named");
        assert_eq!(
            list(&db, &caller, release).len(),
            520,
            "what could be read stands"
        );
        assert!(after.last_error.unwrap().contains("400 of 520"));

        // A third of it.
        let told = import_zip(&db, "crates.io", &all[..170], now(&db));
        let fault = told.sources[0].fault.as_deref().unwrap_or_default();
        assert!(fault.contains("had 520 records and now has 170"), "{fault}");
        assert_eq!(feed(&db, name).tone, "ageing");

        // Nothing of it.
        let told = import_files(&db, &[("crates.io/all.zip", b"PK\x03\x04")], now(&db));
        assert_eq!(told.sources[0].completeness, Completeness::Failed);
        assert_eq!(feed(&db, name).outcome.as_deref(), Some("failed"));

        import_zip(&db, "crates.io", &all, now(&db));
        let healed = feed(&db, name);
        assert_eq!(
            (healed.tone, healed.outcome.as_deref(), healed.last_error),
            ("fresh", Some("complete"), None)
        );
    });
}

#[test]
fn a_directory_adds_unless_it_is_as_large_as_a_feed_or_said_to_be_one() {
    on_each_database(|db| {
        let name = "osv:crates.io";
        let all = crates(520);
        let texts: Vec<(String, Vec<u8>)> = all
            .iter()
            .map(|r| {
                (
                    format!("crates.io/{}.json", r["id"]),
                    r.to_string().into_bytes(),
                )
            })
            .collect();
        let files: Vec<(&str, &[u8])> = texts
            .iter()
            .map(|(name, text)| (name.as_str(), &text[..]))
            .collect();
        let few = import_files(&db, &files[..3], now(&db));
        let report = &few.sources[0];
        assert_eq!(
            (report.completeness, report.added_to[name], report.new),
            (Completeness::Complete, 3, 3)
        );
        assert_eq!(feed(&db, name).tone, "missing");
        let said = Options {
            ecosystem: Some("crates.io"),
            ..now(&db)
        };
        let thin = import_files(&db, &files[..3], said);
        assert_eq!(thin.sources[0].completeness, Completeness::Partial);
        assert_eq!(feed(&db, name).tone, "missing");
        import_files(&db, &files, now(&db));
        assert_eq!(feed(&db, name).tone, "fresh");
    });
}

#[test]
fn a_day_that_has_not_come_neither_hides_a_standstill_nor_keeps_a_correction_out() {
    on_each_database(|db| {
        let mut records = crates(520);
        for record in &mut records {
            record["modified"] = json!("2026-01-01T00:00:00Z");
        }
        records[0]["modified"] = json!("9999-01-01T00:00:00Z");
        import_zip(&db, "crates.io", &records, now(&db));
        assert_eq!(feed(&db, "osv:crates.io").tone, "stale");
        records[0]["modified"] = json!("2026-11-22T00:00:00Z");
        let told = import_zip(&db, "crates.io", &records, now(&db));
        assert_eq!((told.sources[0].changed, told.sources[0].older), (1, 0));
        assert_eq!(feed(&db, "osv:crates.io").tone, "fresh");
    });
}

#[test]
fn an_overlong_line_of_scores_is_one_bad_line() {
    on_each_database(|db| {
        let mut text = "#model_version:v1,score_date:2026-11-23T00:00:00+0000\n\
                        cve,epss,percentile\nCVE-2026-90001,0.5,0.9\n"
            .to_owned();
        text.push_str(&"x".repeat(5_000));
        text.push_str("\nCVE-2026-90002,0.4,0.8\n");
        let told = import_files(&db, &[("epss.csv", text.as_bytes())], whole(&db));
        let report = &told.sources[0];
        assert_eq!((report.records, report.unreadable), (2, 1));
        assert_eq!(report.completeness, Completeness::Partial);
        assert!(done(
            db.read_now(|tx| advisories::is_scored(tx, "CVE-2026-90002"))
        ));
    });
}

#[test]
fn an_entry_that_cannot_be_read_any_more_is_not_taken_for_gone() {
    on_each_database(|db| {
        let names: Vec<String> = (0..1_200).map(|n| format!("CVE-2026-9{n:04}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        import(&db, &kev(&names));
        let mut dirty = kev(&names);
        dirty["vulnerabilities"][7]["cveID"] = json!(null);
        let told = import(&db, &dirty);
        let report = &told.sources[0];
        assert_eq!(
            (report.completeness, report.unreadable, report.removed),
            (Completeness::Complete, 1, 0),
            "{report:?}"
        );
        let flaw = done(db.read_now(|tx| advisories::find_vulnerability(tx, names[7])));
        assert!(flaw.unwrap().is_exploited());
    });
}
