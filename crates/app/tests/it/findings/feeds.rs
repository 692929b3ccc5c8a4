//! Feeds as they come: whole, wrong, shrunken, hostile.

use super::*;
use crate::kit::{on_each_database, organisation};
use bonafide::advisories::{self, Feed};
use jiff::SignedDuration;

fn record(n: usize) -> Value {
    osv(
        &format!("GHSA-{n:04}"),
        &[&format!("CVE-2026-9{n:04}")],
        ("npm", &format!("p{n}")),
        before("2.0.0"),
    )
}

fn feed(db: &Db, name: &str) -> Feed {
    let feeds = done(db.read_now(advisories::list_feeds));
    feeds.into_iter().find(|feed| feed.name == name).unwrap()
}

#[test]
fn a_wrong_record_is_counted_and_named_and_the_rest_comes_in() {
    on_each_database(|db| {
        let good = serde_json::to_vec(&record(1)).unwrap();
        let odd =
            serde_json::to_vec(&json!({ "id": "GHSA-odd", "modified": 7, "affected": 9 })).unwrap();
        let deep = format!(
            "{{\"id\":\"GHSA-deep\",\"x\":{}{}}}",
            "[".repeat(100_000),
            "]".repeat(100_000)
        );
        let summary = import_files(
            &db,
            &[
                ("npm/good.json", &good),
                ("npm/broken.json", b"{\"id\": \"GHSA-broken\", "),
                ("npm/latin.json", b"{\"id\": \"GHSA-\xff\"}"),
                ("npm/deep.json", deep.as_bytes()),
                ("npm/odd.json", &odd),
                ("npm/readme.txt", b"not a feed"),
                ("npm/bom.json", br#"{"bomFormat":"CycloneDX"}"#),
            ],
            now(&db),
        );
        let report = &summary.sources[0];
        assert_eq!(
            (report.records, report.new, report.unreadable),
            (1, 1, 4),
            "{report:?}"
        );
        let codes: Vec<&str> = report.problems.iter().map(|p| p.code.as_str()).collect();
        assert!(
            codes.contains(&"advisory-not-json") && codes.contains(&"advisory-not-utf8"),
            "{codes:?}"
        );
        assert_eq!(summary.passed_over, 2);
    });
}

#[test]
fn importing_again_changes_nothing_and_older_records_do_not_come_back() {
    on_each_database(|db| {
        let records: Vec<Value> = (0..700).map(record).collect();
        let first = import_zip(&db, "npm", &records, whole(&db));
        assert_eq!(first.sources[0].new, 700);
        let second = import_zip(&db, "npm", &records, whole(&db));
        assert_eq!(
            (second.sources[0].unchanged, second.sources[0].changed),
            (700, 0)
        );
        let mut older = record(3);
        older["modified"] = json!("2026-11-01T00:00:00Z");
        older["summary"] = json!("as it was before");
        assert_eq!(import(&db, &older).sources[0].older, 1);
        let mut fewer = records.clone();
        fewer.truncate(690);
        let third = import_zip(&db, "npm", &fewer, whole(&db));
        assert_eq!(
            third.sources[0].not_in_file, 10,
            "they stay, and are counted"
        );
        assert_eq!(feed(&db, "osv:npm").notes["not-in-file"], 10);
    });
}

#[test]
fn what_cannot_be_matched_yet_is_counted_by_ecosystem() {
    on_each_database(|db| {
        let records = [
            record(1),
            osv("LIN-1", &[], ("Linux", "Kernel"), before("1.0")),
            json!({ "id": "GSD-1", "modified": "2026-11-20T00:00:00Z", "affected": [] }),
        ];
        let summary = import_zip(&db, "npm", &records, whole(&db));
        let aside = &summary.sources[0].left_aside;
        assert_eq!((aside["Linux"], aside[advisories::NO_PACKAGE]), (1, 1));
    });
}

#[test]
fn a_feed_that_shrinks_sharply_withdraws_nothing() {
    on_each_database(|db| {
        let ids: Vec<String> = (0..100).map(|n| format!("CVE-2026-9{n:04}")).collect();
        let all: Vec<&str> = ids.iter().map(String::as_str).collect();
        import_whole(&db, &kev(&all));
        let cut = import(&db, &kev(&all[..40]));
        assert!(
            cut.sources[0]
                .fault
                .as_deref()
                .unwrap()
                .contains("taken for incomplete")
        );
        assert_eq!(cut.sources[0].removed, 0);
        assert!(is_exploited(&db, "CVE-2026-90099"));
        assert!(feed(&db, "cisa-kev").last_error.is_some());
        // One entry fewer is how catalogues live.
        let less = import(&db, &kev(&all[..99]));
        assert_eq!(
            (less.sources[0].removed, &less.sources[0].fault),
            (1, &None)
        );
        assert!(!is_exploited(&db, "CVE-2026-90099"));
        assert!(feed(&db, "cisa-kev").last_error.is_none());
        // The other catalogue still names it.
        import(
            &db,
            &euvd(&[("CVE-2026-90050", "EUVD-2026-90050", &["cisa_kev"])]),
        );
        let options = Options {
            accept_smaller: true,
            ..now(&db)
        };
        let bytes = serde_json::to_vec(&kev(&all[..10])).unwrap();
        let told = import_files(&db, &[("kev.json", &bytes)], options);
        assert_eq!(told.sources[0].removed, 89);
        assert!(is_exploited(&db, "CVE-2026-90050"), "the EUVD says so, too");
        assert!(!is_exploited(&db, "CVE-2026-90051"));
    });
}

#[test]
fn a_catalogue_that_miscounts_itself_withdraws_nothing() {
    on_each_database(|db| {
        import_whole(&db, &kev(&["CVE-2026-90001", "CVE-2026-90002"]));
        let mut lying = kev(&["CVE-2026-90001"]);
        lying["count"] = json!(2);
        let told = import(&db, &lying);
        let fault = told.sources[0].fault.as_deref().unwrap_or_default();
        assert!(fault.contains("as many entries as it says"), "{fault}");
        assert!(is_exploited(&db, "CVE-2026-90002"));
    });
}

fn is_exploited(db: &Db, name: &str) -> bool {
    let found = done(db.read_now(|tx| advisories::find_vulnerability(tx, name)));
    found.is_some_and(|found| found.is_exploited())
}

#[test]
fn a_bomb_is_named_and_not_unpacked() {
    on_each_database(|db| {
        use std::io::Write as _;
        let mut out = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = ::zip::write::SimpleFileOptions::default()
            .compression_method(::zip::CompressionMethod::Deflated);
        out.start_file("bomb.json", options).unwrap();
        out.write_all(&vec![b' '; 40 * 1024 * 1024]).unwrap();
        out.start_file("good.json", options).unwrap();
        out.write_all(&serde_json::to_vec(&record(1)).unwrap())
            .unwrap();
        let bytes = out.finish().unwrap().into_inner();
        let summary = import_files(&db, &[("npm/all.zip", &bytes)], now(&db));
        let report = &summary.sources[0];
        assert_eq!((report.new, report.unreadable), (1, 1));
        assert_eq!(report.problems[0].code, "archive-entry-suspicious-ratio");
    });
}

#[test]
fn damaged_archives_and_duplicates_leave_what_is_whole() {
    on_each_database(|db| {
        let mut bytes = zip(&[record(1), record(2)]);
        let half = bytes.len() / 2;
        bytes.truncate(half);
        let summary = import_files(&db, &[("npm/all.zip", &bytes)], now(&db));
        assert!(summary.sources[0].fault.is_some());
        assert_eq!(feed(&db, "osv:npm").tone, "missing");
        let (one, same) = (record(1), record(1));
        let twice = import_files(
            &db,
            &[
                ("a.json", &serde_json::to_vec(&one).unwrap()),
                ("b.json", &serde_json::to_vec(&same).unwrap()),
            ],
            now(&db),
        );
        let report = &twice.sources[0];
        assert_eq!(
            (report.new, report.problems[0].code.as_str()),
            (1, "advisory-twice")
        );
    });
}

#[test]
fn a_feed_ages_and_a_file_is_as_old_as_its_own_time() {
    on_each_database(|db| {
        assert_eq!(feed(&db, "osv:npm").tone, "missing");
        import_zip(&db, "npm", &[record(1)], whole(&db));
        assert_eq!(feed(&db, "osv:npm").tone, "fresh");
        db.clock().advance(SignedDuration::from_hours(25));
        assert_eq!(feed(&db, "osv:npm").tone, "ageing");
        db.clock().advance(SignedDuration::from_hours(48));
        assert_eq!(feed(&db, "osv:npm").tone, "stale");
        let old = Options {
            checked_at: Some(db.clock().now() - SignedDuration::from_hours(100)),
            ..whole(&db)
        };
        import_zip(
            &db,
            "PyPI",
            &[osv("PYSEC-1", &[], ("PyPI", "x"), before("1"))],
            old,
        );
        assert_eq!(feed(&db, "osv:PyPI").tone, "stale");
        // A single record says nothing about a feed.
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("one.json");
        let one = osv("GO-1", &[], ("Go", "example.org/x"), before("1.0.0"));
        std::fs::write(&path, serde_json::to_vec(&one).unwrap()).unwrap();
        import_path(&db, &path, now(&db));
        assert_eq!(feed(&db, "osv:Go").tone, "missing");
    });
}

#[test]
fn scores_come_packed_or_plain_and_a_wrong_line_is_named() {
    on_each_database(|db| {
        use std::io::Write as _;
        let text = "#model_version:v2025.03.14,score_date:2026-11-23T00:00:00+0000\n\
                    cve,epss,percentile\nCVE-2026-90001,0.5,0.9\nCVE-2026-90002,nonsense,0.9\n\
                    CVE-2026-90001,0.5,0.9\n";
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(text.as_bytes()).unwrap();
        let packed = packer.finish().unwrap();
        let summary = import_files(&db, &[("scores.csv.gz", &packed)], now(&db));
        let report = &summary.sources[0];
        assert_eq!(
            (report.kind, report.records, report.unreadable),
            ("epss", 2, 1)
        );
        import(
            &db,
            &osv("GHSA-1", &["CVE-2026-90001"], ("npm", "p"), before("2")),
        );
        let found = done(db.read_now(|tx| advisories::find_vulnerability(tx, "CVE-2026-90001")));
        assert_eq!(found.unwrap().epss.unwrap().score, 0.5);
        let caller = organisation(&db);
        let release = give(&db, &caller, "Gateway", "1", &["pkg:npm/p@1.0.0"]);
        assert_eq!(list(&db, &caller, release)[0].epss, Some(0.5));
    });
}

#[test]
fn a_record_that_claims_every_name_is_not_believed() {
    on_each_database(|db| {
        let names: Vec<String> = (0..200).map(|n| format!("CVE-2026-9{n:04}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        import(&db, &kev(&["CVE-2026-90001", "CVE-2026-90002"]));
        let summary = import(&db, &osv("GHSA-flood", &names, ("npm", "p"), before("2")));
        assert_eq!(
            summary.sources[0].problems[0].code,
            "advisory-too-many-aliases"
        );
        let one = done(db.read_now(|tx| advisories::find_vulnerability(tx, "CVE-2026-90001")));
        let two = done(db.read_now(|tx| advisories::find_vulnerability(tx, "CVE-2026-90002")));
        assert_ne!(one.unwrap().id, two.unwrap().id);
    });
}

#[test]
fn a_directory_of_what_changed_puts_no_feed_in_doubt() {
    on_each_database(|db| {
        let records: Vec<Value> = (0..10).map(record).collect();
        import_zip(&db, "npm", &records, whole(&db));
        let folder = TempDir::new().unwrap();
        let given = folder.path().join("npm");
        std::fs::create_dir(&given).unwrap();
        let good = serde_json::to_vec(&record(3)).unwrap();
        std::fs::write(given.join("good.json"), good).unwrap();
        std::fs::write(given.join("broken.json"), b"{\"id\": ").unwrap();
        // A directory's name claims nothing …
        let told = import_path(&db, &given, now(&db));
        assert!(told.sources[0].fault.is_some(), "{told:?}");
        let npm = feed(&db, "osv:npm");
        assert_eq!(
            (npm.outcome.as_deref(), npm.unreadable),
            (Some("complete"), 0)
        );
        // … unless somebody says that it is the whole.
        import_path(&db, &given, whole(&db));
        let npm = feed(&db, "osv:npm");
        assert_eq!(
            (npm.outcome.as_deref(), npm.unreadable),
            (Some("partial"), 1)
        );
        assert_eq!(
            npm.tone, "fresh",
            "what came whole before is as old as it was"
        );
    });
}

#[test]
fn what_older_readers_read_is_read_again() {
    on_each_database(|db| {
        let records: Vec<Value> = (0..3).map(record).collect();
        import_zip(&db, "npm", &records, whole(&db));
        let again = import_zip(&db, "npm", &records, whole(&db));
        assert_eq!(
            (again.sources[0].unchanged, again.sources[0].changed),
            (3, 0)
        );
        // As if one of them had been written by a version of this program that saw less in it.
        let older = "update advisories set reader = 0 where external_id = 'GHSA-0001'";
        let changed = db.write_now(|tx| tx.execute(older, &[]));
        assert_eq!(changed.unwrap(), 1);
        let anew = import_zip(&db, "npm", &records, whole(&db));
        assert_eq!((anew.sources[0].unchanged, anew.sources[0].changed), (2, 1));
        let after = import_zip(&db, "npm", &records, whole(&db));
        assert_eq!(after.sources[0].unchanged, 3);
    });
}
