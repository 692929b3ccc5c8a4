//! Our own API.

use super::{ci, document, rows};
use crate::kit::{Part, TestApp};
use crate::sboms::cyclonedx;
use axum::http::Method;
use bonafide::accounts::{Role, Scope};

#[tokio::test]
async fn an_upload_is_answered_with_what_was_understood() {
    let app = TestApp::new();
    let path = "/api/bonafide/sboms?product=Gateway&version=4.2.1&create=true";
    let answer = ci(&app).send(Method::POST, path, &[], document()).await;
    let receipt = answer.expect(201).json();
    assert_eq!(receipt["product"], "Gateway");
    assert_eq!(receipt["version"], "4.2.1");
    assert_eq!(receipt["channel"], "release");
    assert_eq!(receipt["revision"], 1);
    assert_eq!(receipt["unchanged"], false);
    assert_eq!(receipt["components"], 2);
    assert_eq!(receipt["unidentified"], serde_json::json!({}));
    for count in [
        "open",
        "exploited",
        "critical",
        "high",
        "medium",
        "low",
        "unchecked",
    ] {
        assert!(receipt["findings"][count].is_i64(), "{count}: {receipt}");
    }
    assert!(receipt["freshness"].is_array());
    let release = receipt["release"].as_str().unwrap();
    assert_eq!(
        receipt["url"],
        format!("https://bonafide.test/releases/{release}")
    );

    let again = ci(&app).send(Method::POST, path, &[], document()).await;
    let again = again.expect(200).json();
    assert_eq!(again["unchanged"], true);
    assert_eq!(again["sbom"], receipt["sbom"]);
}

#[tokio::test]
async fn a_form_and_a_raw_body_mean_the_same() {
    let app = TestApp::new();
    let parts = [
        Part::Text("product", "Gateway"),
        Part::Text("version", "4.2.1"),
        Part::Text("create", "true"),
        Part::File("sbom", "sbom.json", &document()),
    ];
    let first = ci(&app).multipart("/api/bonafide/sboms", &parts).await;
    let release = first.expect(201).json()["release"].clone();
    let path = format!("/api/bonafide/sboms?release={}", release.as_str().unwrap());
    let again = ci(&app).send(Method::POST, &path, &[], document()).await;
    assert_eq!(again.expect(200).json()["release"], release);
}

#[tokio::test]
async fn builds_of_a_branch_roll() {
    let app = TestApp::new();
    let push = async |version: &str, from: usize| {
        let path = format!(
            "/api/bonafide/sboms?product=Gateway&version={version}&branch=main&create=true"
        );
        let body = cyclonedx(from, 2).to_string().into_bytes();
        let answer = ci(&app).send(Method::POST, &path, &[], body).await;
        answer.expect(201).json()
    };
    let first = push("4.3.0-dev.1", 0).await;
    let second = push("4.3.0-dev.2", 5).await;
    assert_eq!(first["release"], second["release"]);
    assert_eq!(second["channel"], "main");
    assert_eq!(second["revision"], 2);
}

#[tokio::test]
async fn what_is_unknown_is_made_only_when_asked_and_allowed() {
    let app = TestApp::new();
    let before = rows(&app);
    let send = async |scopes: &[Scope], query: &str| {
        let path = format!("/api/bonafide/sboms?{query}");
        app.token(scopes)
            .send(Method::POST, &path, &[], document())
            .await
    };
    let unknown = send(&super::CI, "product=Gateway&version=1").await;
    let problem = unknown.expect(404).json();
    assert_eq!(problem["code"], "product-unknown");
    assert!(problem["detail"].as_str().unwrap().contains("Gateway"));
    let upload_only = [Scope::BomUpload];
    let refused = send(&upload_only, "product=Gateway&version=1&create=true").await;
    assert_eq!(refused.expect(403).json()["code"], "intake-may-not-create");
    let nameless = send(&super::CI, "version=1&create=true").await;
    assert_eq!(nameless.expect(422).json()["field"], "product");
    let versionless = send(&super::CI, "product=Gateway&create=true").await;
    assert_eq!(versionless.expect(422).json()["field"], "version");
    let too_long = format!("product=Gateway&create=true&version={}", "9".repeat(500));
    assert_eq!(
        send(&super::CI, &too_long).await.expect(422).json()["field"],
        "version"
    );
    assert_eq!(rows(&app), before);

    send(&super::CI, "product=Gateway&version=1&create=true")
        .await
        .expect(201);
    let missing = send(&upload_only, "product=Gateway&version=2").await;
    assert_eq!(missing.expect(404).json()["code"], "release-unknown");
    // What is there already needs no right to make things.
    send(&upload_only, "product=gateway&version=1")
        .await
        .expect(200);
}

#[tokio::test]
async fn an_unknown_product_waits_in_the_inbox() {
    let app = TestApp::new();
    let path = "/api/bonafide/sboms?product=New+Thing&version=1&create=true";
    ci(&app)
        .send(Method::POST, path, &[], document())
        .await
        .expect(201);
    let caller = app.caller(Role::Admin);
    let filter = bonafide::products::Filter {
        state: bonafide::products::State::Inbox,
        page: 1,
        ..bonafide::products::Filter::default()
    };
    let listed = app
        .app
        .db
        .read_now(|tx| bonafide::products::list_products(tx, &caller, &filter, 10))
        .unwrap();
    assert_eq!(listed.products.len(), 1);
    assert_eq!(listed.products[0].name, "New Thing");
}

#[tokio::test]
async fn a_frozen_release_refuses_with_who_and_when() {
    let app = TestApp::new();
    let path = "/api/bonafide/sboms?product=Gateway&version=1&create=true";
    let receipt = ci(&app).send(Method::POST, path, &[], document()).await;
    let release = receipt.expect(201).json()["release"]
        .as_str()
        .unwrap()
        .to_owned();
    let caller = app.caller(Role::Admin);
    let id = release.parse().unwrap();
    app.app
        .db
        .write_now(|tx| bonafide::releases::freeze(tx, &caller, id))
        .unwrap();
    let other = cyclonedx(0, 3).to_string().into_bytes();
    let answer = ci(&app).send(Method::POST, path, &[], other.clone()).await;
    let problem = answer.expect(409).json();
    assert_eq!(problem["code"], "release-frozen");
    let sentence = problem["detail"].as_str().unwrap();
    assert!(
        sentence.contains("Kim admin") && sentence.contains("2026-11-23"),
        "{sentence}"
    );
    let value = serde_json::json!({
        "projectName": "Gateway", "projectVersion": "1", "bom": crate::kit::base64(&other),
    });
    let answer = ci(&app).put_json("/api/v1/bom", &value).await.expect(409);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    // The same bytes again are no change, as a build that is run again expects.
    let again = ci(&app).send(Method::POST, path, &[], document()).await;
    assert_eq!(again.expect(200).json()["unchanged"], true);
}

#[tokio::test]
async fn two_first_uploads_at_the_same_instant_make_one_product() {
    let app = TestApp::new();
    let path = "/api/bonafide/sboms?product=Gateway&version=1&create=true";
    let client = ci(&app);
    let send = || client.send(Method::POST, path, &[], document());
    let (a, b, c, d) = tokio::join!(send(), send(), send(), send());
    let mut statuses = [a, b, c, d].map(|answer| answer.status.as_u16());
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 200, 201]);
    let counted = rows(&app);
    assert!(
        counted.contains(&("products", 1)) && counted.contains(&("sboms", 1)),
        "{counted:?}"
    );
}
