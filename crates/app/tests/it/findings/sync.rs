//! Feeds over HTTP: conditional, each for itself.

use super::*;
use crate::kit::{Receiver, TestApp};
use axum::response::{IntoResponse as _, Response};
use bonafide::advisories::{self, Outcome};
use bonafide::config::EgressRules;
use bonafide::feeds::Egress;
use std::sync::Arc;

fn answer(seen: &crate::kit::Seen) -> Response {
    let body = match seen.path.as_str() {
        "/npm/all.zip" => zip(&[osv(
            "GHSA-1",
            &["CVE-2026-90001"],
            ("npm", "p"),
            before("2.0.0"),
        )]),
        "/euvd" => {
            serde_json::to_vec(&euvd(&[("CVE-2026-90001", "EUVD-2026-1", &["eukev_kev"])])).unwrap()
        }
        "/kev" => b"<html>this is a maintenance page</html>".to_vec(),
        _ => return axum::http::StatusCode::NOT_FOUND.into_response(),
    };
    if seen.header("if-none-match") == "\"one\"" {
        return axum::http::StatusCode::NOT_MODIFIED.into_response();
    }
    ([("etag", "\"one\"")], body).into_response()
}

#[tokio::test]
async fn feeds_are_fetched_once_and_then_only_asked_for() {
    let server = Receiver::start("127.0.0.1", answer).await;
    let mut test = TestApp::new();
    let mut config = (*test.app.config).clone();
    config.feeds.osv = server.url("");
    config.feeds.osv_ecosystems = vec!["npm".into()];
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
        ("osv:npm", "imported"),
    ];
    assert_eq!(first, expected.map(|(feed, code)| (feed.to_owned(), code)));
    let second = codes().await;
    assert_eq!(second[0], ("euvd-kev".to_owned(), "not-modified"));
    assert_eq!(second[3], ("osv:npm".to_owned(), "not-modified"));
    let feeds = done(test.app.db.read_now(advisories::list_feeds));
    let of = |name: &str| feeds.iter().find(|feed| feed.name == name).unwrap();
    assert_eq!(of("osv:npm").tone, "fresh");
    assert_eq!(
        of("cisa-kev").tone,
        "missing",
        "a feed that only ever failed is missing"
    );
    assert!(of("epss").last_error.as_deref().unwrap().contains("404"));
    assert!(!test.app.config.data.join("feeds/npm/all.zip").exists());
    let only = findings::sync(&test.app, &["osv:npm".into()], advisories::silent())
        .await
        .unwrap();
    assert!(matches!(only[..], [ref one] if matches!(one.outcome, Outcome::NotModified)));
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
