//! What stands around every route: recognition and limits, before anything is understood.

use crate::kit::{Answer, TestApp};
use axum::body::Body;
use axum::http::{Method, Request};
use bonafide::accounts::{Role, Scope};
use bonafide::web::route::{self, Access};
use tower::ServiceExt as _;

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

#[tokio::test]
async fn the_answer_after_a_panic_has_the_headers_of_all_others() {
    let app = TestApp::new();
    let fine = route::get("/fine", Access::Anyone, async || "fine");
    let broken = route::get("/broken", Access::Anyone, async || -> &'static str {
        panic!("for the test")
    });
    let service = bonafide::router::service_of(app.app.clone(), vec![fine, broken]);
    let ask = async |path: &str| {
        let request = Request::get(path).body(Body::empty()).unwrap();
        Answer::read(service.clone().oneshot(request).await.unwrap()).await
    };
    let fine = ask("/fine").await.expect(200);
    let broken = ask("/broken").await.expect(500);
    for name in [
        "content-security-policy",
        "x-content-type-options",
        "referrer-policy",
        "cross-origin-opener-policy",
        "permissions-policy",
        "cache-control",
    ] {
        assert_eq!(broken.header(name), fine.header(name), "{name}");
        assert!(!broken.header(name).is_empty(), "{name}");
    }
}
