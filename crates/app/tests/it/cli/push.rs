//! `bonafide sbom push` against servers that do not do what one hopes.

use super::{bonafide, stderr};
use crate::kit::{Receiver, Seen};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use std::process::Output;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

const SBOM: &str = r#"{"bomFormat":"CycloneDX","specVersion":"1.6","components":[]}"#;

async fn push(server: &str, more: &[&str]) -> Output {
    let place = tempfile::TempDir::new().unwrap();
    std::fs::write(place.path().join("bom.json"), SBOM).unwrap();
    let mut command = bonafide(place.path());
    command
        .env("BONAFIDE_TOKEN", "bf_x_y")
        .args([
            "sbom",
            "push",
            "bom.json",
            "--product",
            "p",
            "--version",
            "1",
        ])
        .args(["--server", server])
        .args(more);
    tokio::task::spawn_blocking(move || {
        let _kept = place;
        command.output().unwrap()
    })
    .await
    .unwrap()
}

#[track_caller]
fn check(output: &Output, code: i32, says: &str) {
    let said = stderr(output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(says), "{said}");
    assert!(
        !said.contains('\u{1b}') && !said.contains("bf_x_y"),
        "{said}"
    );
}

async fn answering(
    answer: impl Fn(&Seen) -> Response + Clone + Send + Sync + 'static,
) -> (Receiver, String) {
    let receiver = Receiver::start("127.0.0.1", answer).await;
    let server = format!("http://{}", receiver.address);
    (receiver, server)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_refusal_has_its_code_and_a_sentence() {
    let problem = |detail: &str| serde_json::json!({ "detail": detail }).to_string();
    let cases = [
        (401, String::new(), 7, "does not know this token"),
        (403, String::new(), 7, "needs the scope bom:upload"),
        (
            403,
            problem("This token lacks the scope release:create."),
            7,
            "release:create",
        ),
        (404, "<html>".into(), 2, "is the URL right?"),
        (409, problem("frozen \u{1b}[2J"), 3, "frozen \\u{1b}[2J"),
        (413, String::new(), 3, "as large as this one"),
        (422, problem("cannot be read"), 3, "cannot be read"),
        (500, "oops".into(), 8, "try again later"),
        (200, "<html>".into(), 8, "not Bonafide's"),
    ];
    for (status, body, code, says) in cases {
        let status = StatusCode::from_u16(status).unwrap();
        let (_receiver, server) = answering(move |_| (status, body.clone()).into_response()).await;
        check(&push(&server, &[]).await, code, says);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trailing_slash_is_fine_and_more_than_a_host_is_not() {
    let (receiver, server) = answering(|_| StatusCode::NOT_FOUND.into_response()).await;
    check(
        &push(&format!("{server}/"), &[]).await,
        2,
        "is the URL right?",
    );
    let path = &receiver.seen()[0].path;
    assert!(path.starts_with("/api/bonafide/sboms?"), "{path}");
    for more in ["/api/v1", "/?a=b", "/#x"] {
        check(
            &push(&format!("{server}{more}"), &[]).await,
            2,
            "more than a host",
        );
    }
    check(
        &push("http://u:p@127.0.0.1:1", &[]).await,
        2,
        "a name or a password",
    );
    check(&push("127.0.0.1:1", &[]).await, 2, "write it as https://");
    assert_eq!(receiver.seen().len(), 1, "nothing else was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_is_not_followed_with_the_token() {
    let (elsewhere, target) = answering(|_| StatusCode::OK.into_response()).await;
    let location = format!("{target}/api/bonafide/sboms");
    let (_receiver, server) = answering(move |_| {
        (
            StatusCode::PERMANENT_REDIRECT,
            [("location", location.clone())],
        )
            .into_response()
    })
    .await;
    check(&push(&server, &[]).await, 2, &target);
    assert_eq!(elsewhere.seen().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_there_and_the_wrong_protocol_are_said() {
    check(
        &push("http://127.0.0.1:1", &[]).await,
        8,
        "cannot be reached",
    );
    check(
        &push("http://nowhere.invalid", &[]).await,
        8,
        "cannot be reached",
    );
    let (_receiver, server) = answering(|_| StatusCode::OK.into_response()).await;
    let secure = server.replace("http://", "https://");
    check(&push(&secure, &[]).await, 8, "without TLS?");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_asks_for_time_gets_it_a_few_times() {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    let (_receiver, server) = answering(move |_| match counted.fetch_add(1, Ordering::Relaxed) {
        0 => (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "0")]).into_response(),
        1 => (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "1")]).into_response(),
        _ => r#"{"components":3,"product":"p","version":"1","url":"u"}"#.into_response(),
    })
    .await;
    let begun = Instant::now();
    let output = push(&server, &[]).await;
    check(&output, 0, "trying again in 1 s (2 of 4)");
    assert!(begun.elapsed().as_secs() < 30);
    assert_eq!(count.load(Ordering::Relaxed), 3);
    assert!(String::from_utf8_lossy(&output.stdout).contains("3 components"));
}
