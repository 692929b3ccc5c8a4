//! What an upload finds is in the answer, and clients of Dependency-Track can read it.

use super::ci;
use crate::kit::TestApp;
use crate::tidy::root;
use axum::http::Method;
use bonafide::accounts::Role;
use serde_json::{Value, json};

/// A program that knows `fixtures/advisories/npm-two-ranges.json` and that it is exploited.
fn informed() -> TestApp {
    let app = TestApp::new();
    let folder = tempfile::TempDir::new().unwrap();
    let catalogue = folder.path().join("known_exploited_vulnerabilities.json");
    let entry = json!({
        "cveID": "CVE-2026-90001", "vendorProject": "acme", "product": "widgets",
        "vulnerabilityName": "Widgets run what they are given", "dateAdded": "2026-11-20",
        "shortDescription": "-", "requiredAction": "-", "dueDate": "2026-12-11",
        "knownRansomwareCampaignUse": "Unknown", "notes": "", "cwes": [],
    });
    let document = json!({
        "title": "Known exploited", "catalogVersion": "2026.11.20",
        "dateReleased": "2026-11-20T08:00:00.000Z", "count": 1, "vulnerabilities": [entry],
    });
    std::fs::write(&catalogue, document.to_string()).unwrap();
    let paths = [
        root().join("fixtures/advisories/npm-two-ranges.json"),
        catalogue,
    ];
    let options = bonafide::advisories::Options::default();
    bonafide::findings::import(&app.app.db, &paths, options, &mut |_| {}).unwrap();
    app
}

fn document() -> Vec<u8> {
    let part = |name: &str, version: &str, purl: &str| json!({ "type": "library", "name": name, "version": version, "purl": purl });
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
            part("widgets", "1.1.0", "pkg:npm/%40acme/Widgets@1.1.0"),
            part("widgets", "1.2.3", "pkg:npm/%40acme/Widgets@1.2.3"),
            part("bash", "5.2", "pkg:rpm/fedora/bash@5.2"),
        ],
    })
    .to_string()
    .into_bytes()
}

async fn upload(app: &TestApp, version: &str) -> Value {
    let path = format!("/api/bonafide/sboms?product=Gateway&version={version}&create=true");
    let answer = ci(app).send(Method::POST, &path, &[], document()).await;
    answer.expect(201).json()
}

#[tokio::test]
async fn the_answer_counts_what_was_found_and_what_is_unknown() {
    let app = informed();
    let receipt = upload(&app, "1").await;
    let findings = &receipt["findings"];
    assert_eq!(findings["open"], 1, "{receipt}");
    assert_eq!(findings["exploited"], 1, "{receipt}");
    // No feed of npm was ever imported whole, so its two components are unchecked as well.
    assert_eq!(findings["unchecked"], 3, "{receipt}");
    assert_eq!(findings["unchecked_for_want_of_a_feed"]["npm"], 2);
    assert_eq!(receipt["unidentified"]["distribution-not-supported"], 1);
    let member = app.member(Role::Developer);
    let sbom = receipt["sbom"].as_str().unwrap();
    let page = member.get(&format!("/sboms/{sbom}/received")).await;
    let page = page.expect(200).text();
    assert!(page.contains("1 known to be exploited"), "{page}");
    assert!(page.contains("3 components could not be checked"), "{page}");
    assert!(page.contains("These numbers are not complete"), "{page}");
}

#[tokio::test]
async fn the_same_document_for_the_next_release_finds_the_same() {
    let app = informed();
    let first = upload(&app, "1").await;
    let second = upload(&app, "2").await;
    assert_ne!(first["release"], second["release"]);
    assert_eq!(first["findings"], second["findings"]);
}

#[tokio::test]
async fn an_exploited_flaw_on_the_market_makes_a_watch_item() {
    let app = informed();
    upload(&app, "1").await;
    app.run_jobs().await;
    let sql = "select count(*) from watch_items";
    let count = app.app.db.read_now(|tx| tx.query_one(sql, &[])).unwrap();
    assert_eq!(count.int(0), 1);
}

#[tokio::test]
async fn a_client_reads_findings_and_figures() {
    let app = informed();
    let receipt = upload(&app, "1").await;
    let id = receipt["release"].as_str().unwrap().replace("rel_", "");
    let id = uuid::Uuid::try_parse(&id).unwrap().hyphenated().to_string();
    let path = format!("/api/v1/finding/project/{id}?pageNumber=1&pageSize=100");
    let answer = ci(&app).get_json(&path).await.expect(200);
    assert_eq!(answer.header("x-total-count"), "1");
    let findings = answer.json();
    let finding = &findings[0];
    assert_eq!(finding["component"]["name"], "Widgets");
    assert_eq!(finding["component"]["group"], "@acme");
    assert_eq!(finding["component"]["version"], "1.1.0");
    assert_eq!(finding["vulnerability"]["vulnId"], "CVE-2026-90001");
    assert_eq!(finding["vulnerability"]["source"], "NVD");
    assert_eq!(finding["vulnerability"]["severity"], "MEDIUM");
    assert_eq!(
        finding["vulnerability"]["aliases"],
        json!([{ "cveId": "CVE-2026-90001", "osvId": "EX-2026-0001", "ghsaId": "GHSA-aaaa-bbbb-cccc" }])
    );
    assert_eq!(finding["analysis"]["state"], "NOT_SET");
    for pointer in ["/component/uuid", "/vulnerability/uuid"] {
        let text = finding.pointer(pointer).unwrap().as_str().unwrap();
        assert!(uuid::Uuid::try_parse(text).is_ok(), "{text}");
    }
    let beyond = ci(&app)
        .get_json(&format!(
            "/api/v1/finding/project/{id}?pageNumber=2&pageSize=100"
        ))
        .await
        .expect(200);
    assert_eq!(
        (beyond.json(), beyond.header("x-total-count")),
        (json!([]), "1".into())
    );
    let whole = format!("/api/v1/finding/project/{id}");
    let whole = ci(&app).get_json(&whole).await.expect(200).json();
    assert_eq!(whole, findings, "who asks for no page gets all");
    let figures = ci(&app)
        .get_json(&format!("/api/v1/metrics/project/{id}/current"))
        .await
        .expect(200)
        .json();
    assert_eq!(figures["vulnerabilities"], 1);
    assert_eq!(figures["vulnerableComponents"], 1);
    assert_eq!(figures["components"], 3);
    assert_eq!(figures["findingsUnaudited"], 1);
}

#[tokio::test]
async fn an_upload_takes_as_many_statements_for_ten_components_as_for_a_batch() {
    use bonafide::intake::{Destination, Named, Upload, receive};
    let app = informed();
    let caller = app.caller(Role::Developer);
    let statements = |version: &str, from: usize, size: usize| {
        let document = crate::sboms::cyclonedx(from, size).to_string();
        let parsed = bonafide::sboms::parse(document.as_bytes()).unwrap();
        let named = Named {
            product: "Gateway".into(),
            version: version.into(),
            create: true,
            ..Named::default()
        };
        let destination = Destination::Named(named);
        let upload = Upload {
            destination,
            planned: parsed.into(),
            source: "api",
        };
        app.app
            .db
            .write_now(|tx| {
                receive(tx, &caller, &upload)?;
                Ok::<u64, bonafide::trouble::Trouble>(tx.statements())
            })
            .unwrap()
    };
    statements("0", 0, 10);
    let ten = statements("1", 100, 10);
    let batch = statements("2", 1_000, 500);
    let two_batches = statements("3", 5_000, 1_000);
    assert_eq!(ten, batch);
    assert!(two_batches <= ten + 12, "{ten} and {two_batches}");
}
