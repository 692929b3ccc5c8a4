//! What goes wrong is told in one way everywhere: to a person as a page in their language, with
//! the navigation when they are signed in; to a program as a problem (RFC 9457); never in the bare
//! words of the framework.

use crate::kit::{Answer, Client, TestApp};
use axum::http::Method;
use bonafide::accounts::Role;
use bonafide::web::Access;

/// Addresses that go wrong, with the status each is answered with.
const WRONG: [(&str, u16); 6] = [
    ("/nowhere", 404),
    ("/products/prod_01234567890123456789012345678901", 404),
    ("/products/%ff", 400),
    ("/search?q=a&q=b", 400),
    ("/journal?action=a&action=b", 400),
    ("/trust/nobody", 404),
];

async fn german(app: &TestApp, role: Role) -> Client<'_> {
    let member = app.member(role);
    member
        .post_form("/preferences", &[("lang", "de"), ("return", "/")])
        .await
        .expect(303);
    member
        .post_form("/preferences", &[("theme", "dark"), ("return", "/")])
        .await
        .expect(303);
    member
}

#[track_caller]
fn is_guarded(answer: &Answer) {
    assert!(!answer.header("content-security-policy").is_empty());
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
}

#[track_caller]
fn is_page_with_navigation(answer: &Answer, what: &str) {
    let text = answer.text();
    assert!(
        answer.header("content-type").starts_with("text/html"),
        "{what}: {text}"
    );
    assert!(
        text.contains("<html lang=\"de\" data-theme=\"dark\">"),
        "{what}: {text}"
    );
    assert!(text.contains("href=\"/triage\""), "{what}: {text}");
    assert!(text.contains("<p class=\"lede\">"), "{what}: {text}");
    is_guarded(answer);
}

#[tokio::test]
async fn who_is_signed_in_keeps_language_theme_and_navigation() {
    let app = TestApp::new();
    let admin = german(&app, Role::Admin).await;
    for (path, status) in WRONG {
        let answer = admin.get(path).await.expect(status);
        is_page_with_navigation(&answer, path);
    }
    let developer = german(&app, Role::Developer).await;
    let refused = developer.get("/settings/users").await.expect(403);
    is_page_with_navigation(&refused, "403");
    let wrong = admin.post_form("/nowhere/at/all", &[]).await.expect(404);
    is_page_with_navigation(&wrong, "404 of a form");
    let wrong = admin.post_form("/journal", &[]).await.expect(405);
    is_page_with_navigation(&wrong, "405");
    assert!(wrong.header("allow").contains("GET"), "what is allowed");
    let other_site = admin.clone().instead("sec-fetch-site", "cross-site");
    let refused = other_site.post_form("/products", &[]).await;
    is_page_with_navigation(&refused.expect(403), "another site");
    let large = [("name", "x".repeat(bonafide::web::route::BODY_MAX + 1))];
    let large = [(large[0].0, large[0].1.as_str())];
    let refused = admin.post_form("/products", &large).await.expect(413);
    is_page_with_navigation(&refused, "413");
}

#[tokio::test]
async fn who_is_not_signed_in_gets_a_page_that_names_no_rooms() {
    let app = TestApp::new();
    let nobody = app.anonymous().with("accept-language", "de");
    for path in ["/nowhere", "/trust/nobody", "/trust/%ff"] {
        let answer = nobody.get(path).await;
        let text = answer.text();
        assert!(answer.status.is_client_error(), "{path}");
        assert!(text.contains("<html lang=\"de\""), "{path}: {text}");
        assert!(text.contains("href=\"/sign-in\""), "{path}: {text}");
        assert!(!text.contains("href=\"/triage\""), "{path}: {text}");
        is_guarded(&answer);
    }
}

#[tokio::test]
async fn a_failure_keeps_its_inside_and_the_page_its_navigation() {
    let app = TestApp::new();
    let admin = german(&app, Role::Admin).await;
    app.app
        .db
        .write_now(|tx| tx.execute("drop table products", &[]).map(|_| ()))
        .unwrap();
    let answer = admin.get("/products").await.expect(500);
    is_page_with_navigation(&answer, "500");
    assert!(!answer.text().contains("products p"), "{}", answer.text());
    let answer = admin.get_json("/api/bonafide/products").await.expect(500);
    assert_eq!(answer.json()["code"], "failure");
    is_guarded(&answer);
}

/// Whatever a route is asked with nonsense, a refusal is a page for people or a problem for
/// programs.
#[tokio::test]
async fn no_route_answers_in_the_bare_words_of_the_framework() {
    let app = TestApp::new();
    let admin = app.member(Role::Admin);
    for route in bonafide::router::routes() {
        let path = crate::walk::filled(route.path, "%ff");
        if path.starts_with("/api/v1/") || path == "/api/version" {
            continue;
        }
        for (accept, kind) in [
            ("text/html", "text/html"),
            ("application/json", "application/problem+json"),
        ] {
            for query in ["", "?a=%ff&a=b&before=x&q=1&q=2"] {
                let headers = [("accept", accept), ("content-type", "text/x-nonsense")];
                let asked = format!("{path}{query}");
                for method in [route.method.clone(), Method::PATCH] {
                    let body = b"\xff\xfe".to_vec();
                    let answer = admin.send(method.clone(), &asked, &headers, body).await;
                    if answer.status.as_u16() < 400 {
                        continue;
                    }
                    let got = answer.header("content-type");
                    let told = got.starts_with(kind) || got == "application/problem+json";
                    let what = format!("{method} {asked}: {} {got}", answer.status);
                    assert!(told, "{what}: {}", answer.text());
                    is_guarded(&answer);
                    assert_ne!(answer.status, 500, "{what}");
                }
            }
        }
        // Signed out, a page one may not see leads to the door instead.
        if route.access != Access::Anyone && route.method == Method::GET {
            let answer = app.anonymous().get(&path).await;
            assert!(answer.status == 303 || answer.status == 401, "{path}");
        }
    }
}
