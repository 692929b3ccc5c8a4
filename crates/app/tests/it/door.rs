//! What stands around every route: recognition and limits, before anything is understood.

use crate::kit::TestApp;
use axum::http::Method;
use bonafide::accounts::{Role, Scope};

#[tokio::test]
async fn the_name_of_the_bearer_scheme_has_no_case() {
    let app = TestApp::new();
    let token = app.tenant().token_text(&[Scope::ALL[0]]);
    for scheme in ["Bearer", "bearer", "BEARER"] {
        let known = app
            .anonymous()
            .with("authorization", format!("{scheme} {token}"));
        let status = known.get_json("/api/bonafide/products").await.status;
        assert_ne!(status, 401, "{scheme}");
    }
    let basic = app
        .anonymous()
        .with("authorization", format!("Basic {token}"));
    assert_eq!(basic.get_json("/api/bonafide/products").await.status, 401);
}

#[tokio::test]
async fn a_form_that_is_too_large_is_told_so() {
    let app = TestApp::new();
    let admin = app.member(Role::Admin);
    let body = vec![b'a'; bonafide::web::route::BODY_MAX + 1];
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let answer = admin
        .send(Method::POST, "/settings/organisation", &headers, body)
        .await;
    assert_eq!(answer.status, 413, "{}", answer.text());
    assert!(
        answer.text().contains("body-too-large"),
        "{}",
        answer.text()
    );
}
