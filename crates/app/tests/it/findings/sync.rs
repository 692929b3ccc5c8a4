//! Feeds over HTTP: conditional, each for itself.

use super::*;
use crate::kit::{Receiver, TestApp, on_each_database, organisation};
use axum::response::{IntoResponse as _, Response};
use bonafide::accounts::Role;
use bonafide::advisories::{self, Outcome};
use bonafide::config::EgressRules;
use bonafide::feeds::Egress;
use std::sync::Arc;

fn answer(seen: &crate::kit::Seen) -> Response {
    let body = match seen.path.as_str() {
        "/crates.io/all.zip" => zip(&(0..500).map(crate_record).collect::<Vec<_>>()),
        // One record is not npm, whatever its file is called.
        "/npm/all.zip" => zip(&[osv("GHSA-1", &[], ("npm", "p"), before("2.0.0"))]),
        "/euvd" => exploited(1_000),
        "/kev" => b"<html>this is a maintenance page</html>".to_vec(),
        _ => return axum::http::StatusCode::NOT_FOUND.into_response(),
    };
    if seen.header("if-none-match") == "\"one\"" {
        return axum::http::StatusCode::NOT_MODIFIED.into_response();
    }
    ([("etag", "\"one\"")], body).into_response()
}

fn crate_record(n: usize) -> Value {
    osv(
        &format!("RUSTSEC-2026-{n:04}"),
        &[],
        ("crates.io", "p"),
        before("2.0.0"),
    )
}

fn exploited(count: usize) -> Vec<u8> {
    let names: Vec<(String, String)> = (0..count)
        .map(|n| (format!("CVE-2026-9{n:04}"), format!("EUVD-2026-9{n:04}")))
        .collect();
    let entries: Vec<(&str, &str, &[&str])> = names
        .iter()
        .map(|(cve, euvd)| (cve.as_str(), euvd.as_str(), &["eukev_kev"][..]))
        .collect();
    serde_json::to_vec(&euvd(&entries)).unwrap()
}

#[tokio::test]
async fn feeds_are_fetched_once_and_then_only_asked_for() {
    let server = Receiver::start("127.0.0.1", answer).await;
    let mut test = TestApp::new();
    let mut config = (*test.app.config).clone();
    config.feeds.osv = server.url("");
    config.feeds.osv_ecosystems = vec!["npm".into(), "crates.io".into()];
    config.feeds.euvd_kev = server.url("/euvd");
    config.feeds.cisa_kev = server.url("/kev");
    config.feeds.epss = server.url("/nothing-here");
    test.app.config = Arc::new(config);
    test.app.egress = Egress::new(EgressRules {
        allow_private: vec!["127.0.0.1".into()],
    });
    let codes = async || -> Vec<(String, &'static str)> {
        let synced = findings::sync(&test.app, &[], advisories::silent())
            .await
            .unwrap();
        synced
            .iter()
            .map(|s| (s.feed.clone(), s.outcome.code()))
            .collect()
    };
    let first = codes().await;
    let expected = [
        ("euvd-kev", "imported"),
        ("cisa-kev", "failed"),
        ("epss", "failed"),
        ("osv:crates.io", "imported"),
        ("osv:npm", "partial"),
    ];
    assert_eq!(first, expected.map(|(feed, code)| (feed.to_owned(), code)));
    let second = codes().await;
    assert_eq!(second[0], ("euvd-kev".to_owned(), "not-modified"));
    assert_eq!(second[3], ("osv:crates.io".to_owned(), "not-modified"));
    assert_eq!(
        second[4],
        ("osv:npm".to_owned(), "partial"),
        "asked for anew, not for changes"
    );
    let feeds = done(test.app.db.read_now(advisories::list_feeds));
    let of = |name: &str| feeds.iter().find(|feed| feed.name == name).unwrap();
    assert_eq!(of("osv:crates.io").tone, "fresh");
    let npm = of("osv:npm");
    assert_eq!(
        (npm.tone, npm.outcome.as_deref(), npm.attempted_records),
        ("missing", Some("partial"), 1)
    );
    assert_eq!(
        of("cisa-kev").tone,
        "missing",
        "a feed that only ever failed is missing"
    );
    assert!(of("epss").last_error.as_deref().unwrap().contains("404"));
    let code = |name: &str| of(name).last_error_code.clone().unwrap_or_default();
    let kinds = ["epss", "cisa-kev", "osv:npm", "osv:crates.io"].map(code);
    assert_eq!(kinds, ["refused", "other", "too-small", ""]);
    let page = test.member(Role::Psirt).get("/settings/feeds").await;
    let page = page.expect(200).text();
    assert!(page.contains("did not give the data out."), "{page}");
    assert!(!test.app.config.data.join("feeds/npm/all.zip").exists());
    let only = findings::sync(&test.app, &["osv:crates.io".into()], advisories::silent())
        .await
        .unwrap();
    assert!(matches!(only[..], [ref one] if matches!(one.outcome, Outcome::NotModified)));
    // Readers that see more ask for all of it, changed or not.
    let older = "update feeds set reader = 0 where name = 'osv:crates.io'";
    test.app.db.write_now(|tx| tx.execute(older, &[])).unwrap();
    let codes = codes().await;
    assert_eq!(codes[0], ("euvd-kev".to_owned(), "not-modified"));
    assert_eq!(codes[3], ("osv:crates.io".to_owned(), "imported"));
}

#[tokio::test]
async fn a_fetch_at_which_nothing_came_is_tried_again_soon_and_then_less_often() {
    let test = TestApp::new();
    let pauses = async || -> Vec<i64> {
        advisories::plan_again(&test.app).await.unwrap();
        let now = test.app.clock.now();
        let sql = "select run_at from jobs order by id";
        let rows = test.app.db.read_now(|tx| tx.query(sql, &[])).unwrap();
        rows.iter()
            .map(|row| row.instant(0).duration_since(now).as_secs())
            .collect()
    };
    test.app.fetching.came();
    assert_eq!(pauses().await, [16]);
    assert_eq!(pauses().await, [16, 64]);
    assert_eq!(pauses().await, [16, 64, 256]);
    test.app.fetching.came();
    assert_eq!(pauses().await, [16, 64, 256, 16]);
}

#[test]
fn an_ecosystem_left_out_is_not_waited_for_and_its_components_are_unchecked() {
    on_each_database(|db| {
        let mut sources = bonafide::config::FeedSources::default();
        let caller = organisation(&db);
        let purls = ["pkg:npm/p@3.0.0", "pkg:maven/g/a@1.0.0"];
        let release = give(&db, &caller, "Gateway", "1", &purls);
        for (ecosystem, name) in [("npm", "p"), ("Maven", "g:a")] {
            let record = osv(
                &format!("X-{ecosystem}"),
                &[],
                (ecosystem, name),
                before("0.1"),
            );
            import_zip(&db, ecosystem, &[record], whole(&db));
        }
        let unchecked = || counts(&db, &caller, release).blind;
        assert!(unchecked().is_empty());
        db.clock().advance(jiff::SignedDuration::from_hours(73));
        import_zip(
            &db,
            "npm",
            &[osv("X-npm", &[], ("npm", "p"), before("0.2"))],
            whole(&db),
        );
        assert_eq!(unchecked(), [("Maven".to_owned(), 1)].into());
        sources.osv_ecosystems = vec!["npm".into()];
        advisories::expect(&db, &sources).unwrap();
        let feeds = done(db.read_now(advisories::list_feeds));
        let expected: Vec<&str> = feeds
            .iter()
            .filter(|feed| feed.is_expected)
            .map(|feed| feed.name.as_str())
            .collect();
        assert_eq!(expected, ["cisa-kev", "epss", "euvd-kev", "osv:npm"]);
        let counted = counts(&db, &caller, release);
        assert_eq!(
            (counted.open, counted.unchecked, counted.blind["Maven"]),
            (0, 1, 1),
            "not configured is not clean"
        );
        let asked = done(db.read_now(|tx| findings::totals(tx, &caller)));
        assert_eq!(asked.unknowns.blind, ["Maven"]);
    });
}

#[test]
fn fetching_is_planned_once_and_never_in_a_demo() {
    let mut test = TestApp::new();
    let planned = |test: &TestApp| {
        done(test.app.db.read_now(|tx: &mut Tx| -> Result<i64, Trouble> {
            Ok(tx.query_one("select count(*) from jobs", &[])?.int(0))
        }))
    };
    let mut config = (*test.app.config).clone();
    config.demo = true;
    let real = std::mem::replace(&mut test.app.config, Arc::new(config));
    findings::schedule(&test.app).unwrap();
    assert_eq!(planned(&test), 0);
    test.app.config = real;
    findings::schedule(&test.app).unwrap();
    findings::schedule(&test.app).unwrap();
    assert_eq!(planned(&test), 1);
}
