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

/// What an import leaves behind, without the numbers a database gives its rows.
fn state(db: &Db) -> Vec<String> {
    let tables = [
        "select external_id, digest, feed, modified from advisories order by 1",
        "select name, title, severity, name from vulnerabilities order by 1",
        "select a.alias, v.name, v.severity, v.title from vulnerability_aliases a \
         join vulnerabilities v on v.id = a.vulnerability_id order by 1",
        "select p.name, p.ecosystem, a.external_id, a.feed from advisory_packages x \
         join packages p on p.id = x.package_id join advisories a on a.id = x.advisory_id \
         order by 1, 3",
        "select v.purl, a.external_id, m.outcome, m.reason from matches m \
         join advisories a on a.id = m.advisory_id \
         join package_versions v on v.id = m.package_version_id order by 1, 2",
        "select v.name, p.purl, f.state, f.status from findings f \
         join vulnerabilities v on v.id = f.vulnerability_id \
         join package_versions p on p.id = f.package_version_id order by 1, 2",
        "select name, outcome, problems, cast(records as text) from feeds order by 1",
    ];
    let mut state = Vec::new();
    for sql in tables {
        let rows = db.read_now(|tx| tx.query(sql, &[])).unwrap();
        assert!(!rows.is_empty(), "{sql}");
        let text = |row: &bonafide::store::Row| [0, 1, 2, 3].map(|at| row.text(at)).join("|");
        state.extend(rows.iter().map(text));
    }
    state.sort();
    state
}

#[test]
fn an_import_that_died_is_started_again_and_ends_the_same() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("crates.io.zip");
    let records: Vec<Value> = (0..1_300)
        .map(|n| {
            let alias = format!("CVE-2026-9{:04}", n / 2);
            let id = format!("RUSTSEC-{n:04}");
            osv(&id, &[&alias], ("crates.io", "p"), before("2.0.0"))
        })
        .collect();
    std::fs::write(&path, zip(&records)).unwrap();
    let paths = [path];
    let fill = |db: &Db| {
        let caller = organisation(db);
        give(db, &caller, "Gateway", "1", &["pkg:cargo/p@1.0.0"]);
    };
    let whole = std::cell::OnceCell::new();
    on_each_database(|db| {
        fill(&db);
        // The process dies while it writes the second batch.
        let batches = std::cell::Cell::new(0);
        let die = |tx: &mut Tx, changes: &advisories::Changes| -> Result<(), Trouble> {
            findings::follow(tx, changes)?;
            batches.set(batches.get() + 1);
            match batches.get() {
                1 => Ok(()),
                _ => Err(anyhow::anyhow!("the process is no more").into()),
            }
        };
        let died = advisories::import(&db, &paths, now(&db), &die, &mut |_| {}).unwrap();
        assert!(died.sources[0].fault.is_some());
        assert_eq!(feed(&db, "osv:crates.io").tone, "missing");
        let again = import_path(&db, &paths[0], now(&db));
        let report = &again.sources[0];
        assert_eq!((report.unchanged, report.new), (500, 800));
        let ended = state(&db);
        // The first database's end stands for the second's, too.
        let other = whole.get_or_init(|| {
            let clock = bonafide::time::Clock::held(db.clock().now());
            let file = folder.path().join("whole.sqlite");
            let whole = Db::open_sqlite(&file, clock, bonafide::time::Entropy::system()).unwrap();
            fill(&whole);
            import_path(&whole, &paths[0], now(&whole));
            state(&whole)
        });
        assert_eq!(&ended, other);
        check_nothing_to_mend(&db);
    });
}
