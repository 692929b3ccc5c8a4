//! A form whose session has ended, and bodies that do not come: what stands around every route.

use crate::kit::{Answer, Client, Part, TestApp};
use axum::body::{Body, Bytes};
use axum::http::Request;
use bonafide::router::{self, Pace};
use futures_util::{StreamExt as _, stream};
use std::time::Duration;
use tower::ServiceExt as _;

const FORM: &str = "/cases/new?kind=severe-incident";
const TYPED: &str = "what was typed <b>\"quoted\"</b>";

fn own_page(app: &TestApp) -> Client<'_> {
    app.anonymous().on_own_page()
}

#[track_caller]
fn check_lost(answer: &Answer) {
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert!(answer.location().starts_with("/sign-in"));
    assert!(!answer.text().contains("typed"));
}

#[tokio::test]
async fn what_was_typed_beside_a_large_file_comes_back_without_the_file() {
    let app = TestApp::new();
    let receipt = b"%PDF of a receipt ".repeat(3 * 1024 * 1024 / 18);
    let parts = [
        Part::Text("title", TYPED),
        Part::File("receipt", "receipt.pdf", &receipt),
        Part::Text("after", "the file"),
    ];
    let page = own_page(&app).multipart(FORM, &parts).await.expect(401);
    let text = page.text();
    assert!(text.contains("what was typed &#60;b&#62;"), "{text}");
    assert!(text.contains("the file"), "{text}");
    assert!(!text.contains("<b>") && !text.contains("%PDF"), "{text}");
    assert!(text.contains("A file cannot be kept"), "{text}");
    assert!(
        text.contains(FORM),
        "it is sent again to where it went: {text}"
    );
    // A field for a file in which none was chosen.
    let parts = [Part::Text("title", TYPED), Part::File("receipt", "", b"")];
    let page = own_page(&app).multipart(FORM, &parts).await.expect(401);
    assert!(!page.text().contains("A file cannot be kept"));
}

#[tokio::test]
async fn a_form_of_another_site_or_with_a_secret_is_never_given_back() {
    let app = TestApp::new();
    let typed = [("title", TYPED)];
    own_page(&app).post_form(FORM, &typed).await.expect(401);
    let nobody = app.anonymous();
    check_lost(&nobody.post_form(FORM, &typed).await);
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://elsewhere.example"),
    ] {
        let other = own_page(&app).instead(name, value);
        check_lost(&other.post_form(FORM, &typed).await);
    }
    for secret in ["password", "new_password", "signing_secret", "token"] {
        let fields = [("title", TYPED), (secret, "typed too")];
        check_lost(&own_page(&app).post_form(FORM, &fields).await);
    }
}

#[tokio::test]
async fn of_somebody_unknown_no_more_is_held_than_was_typed() {
    let app = TestApp::new();
    let long = "typed ".repeat(1024 * 1024);
    check_lost(&own_page(&app).post_form(FORM, &[("title", &long)]).await);
    let parts = [Part::Text("title", &long)];
    check_lost(&own_page(&app).multipart(FORM, &parts).await);
}

/// A body that begins and never goes on.
fn stuck() -> Body {
    let begun = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"a=b&c="))]);
    Body::from_stream(begun.chain(stream::pending()))
}

#[tokio::test]
async fn on_every_route_a_body_that_stops_coming_is_cut_off_in_a_sentence() {
    let app = TestApp::new();
    let pace = Pace {
        grace: Duration::from_millis(20),
        ..Pace::default()
    };
    let service = router::service_at(app.app.clone(), router::routes(), pace);
    let send = async |path: &str, kind: &str, accept: &str, token: Option<&str>| {
        let mut request = Request::post(path)
            .header("host", "bonafide.test")
            .header("sec-fetch-site", "same-origin")
            .header("accept", accept)
            .header("content-type", kind);
        if let Some(token) = token {
            request = request.header("x-api-key", token);
        }
        let answer = service.clone().oneshot(request.body(stuck()).unwrap());
        Answer::read(answer.await.unwrap()).await
    };
    let form = "application/x-www-form-urlencoded";
    let parts = "multipart/form-data; boundary=x";
    for kind in [form, parts] {
        for path in ["/sign-in", FORM] {
            let slow = send(path, kind, "text/html", None).await.expect(408);
            assert!(slow.text().contains("took too long to arrive"), "{path}");
        }
    }
    let token = app.tenant().token_text(&bonafide::accounts::Scope::ALL);
    for path in ["/api/bonafide/products", "/api/bonafide/assessments"] {
        let json = "application/json";
        let slow = send(path, json, json, Some(&token)).await.expect(408);
        assert_eq!(slow.json()["code"], "body-too-slow", "{path}");
    }
}
