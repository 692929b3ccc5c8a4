//! The one way out: where it goes, where it refuses to go, and how it takes up again.

use crate::kit::{Receiver, Seen};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use bonafide::config::EgressRules;
use bonafide::feeds::{
    Addresses, Conditions, Egress, EgressError, Fetched, Limits, Lookup, Saved, SystemLookup,
};
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const CASES: &str = include_str!("../../../../fixtures/http/egress.txt");
const LIMITS: Limits = Limits {
    bytes_max: 1_000_000,
    time_max: Duration::from_secs(20),
};

/// A name server that says what the test wants, a different thing at every question.
struct Names(Mutex<Vec<Vec<IpAddr>>>);

impl Lookup for Names {
    fn lookup(&self, _host: &str) -> Addresses {
        let mut answers = self.0.lock().unwrap();
        let answer = if answers.len() > 1 {
            answers.remove(0)
        } else {
            answers.first().cloned().unwrap_or_default()
        };
        Box::pin(async move { Ok(answer) })
    }
}

fn rules(allowed: &[&str]) -> EgressRules {
    EgressRules {
        allow_private: allowed.iter().map(|host| (*host).to_owned()).collect(),
    }
}

/// A client that may reach the test's servers on 127.0.0.1 and nothing else private.
fn egress() -> Egress {
    Egress::new(rules(&["127.0.0.1"]))
}

fn none() -> Conditions {
    Conditions::default()
}

fn redirect(to: &str) -> Response {
    (StatusCode::FOUND, [("location", to.to_owned())]).into_response()
}

async fn text(egress: &Egress, url: &str) -> Result<String, EgressError> {
    match egress.get(url, &none(), LIMITS).await? {
        Fetched::Body(body) => Ok(String::from_utf8(body.bytes().await?).unwrap()),
        Fetched::NotModified => panic!("nothing was conditional"),
    }
}

#[track_caller]
fn is_refusal(result: Result<impl std::fmt::Debug, EgressError>) {
    assert!(
        matches!(result, Err(EgressError::Refused { .. })),
        "{result:?}"
    );
}

#[tokio::test]
async fn requests_go_only_where_they_may() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in CASES
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [verdict, url, addresses] = parts[..] else {
            panic!("not a case: {line}");
        };
        let addresses = addresses
            .split(',')
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(|text| text.parse().unwrap())
            .collect();
        let egress = Egress::with_lookup(
            rules(&["feeds.internal", "10.9.8.7", "fd00::99"]),
            Arc::new(Names(Mutex::new(vec![addresses]))),
        );
        let found = match egress.check(url).await {
            Ok(()) => "allowed",
            Err(EgressError::Refused { .. }) => "refused",
            Err(other) => panic!("{line}: {other}"),
        };
        if found != verdict {
            wrong.push(format!(
                "{found} instead of {verdict}: {url} ({addresses:?})",
                addresses = parts[2]
            ));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 120, "only {count} cases");
}

#[tokio::test]
async fn a_refused_address_is_not_even_connected_to() {
    let canary = Receiver::start("127.0.0.1", |_: &Seen| "caught".into_response()).await;
    let port = canary.address.port();
    let egress = Egress::new(rules(&[]));
    for host in [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "[::ffff:127.0.0.1]",
        "0",
    ] {
        for scheme in ["http", "https"] {
            let url = format!("{scheme}://{host}:{port}/");
            is_refusal(text(&egress, &url).await);
            is_refusal(egress.post(&url, &[], "x".into()).await);
        }
    }
    assert_eq!(canary.seen().len(), 0);
}

#[tokio::test]
async fn a_name_server_that_changes_its_mind_gains_nothing() {
    let canary = Receiver::start("127.0.0.1", |_: &Seen| "caught".into_response()).await;
    // Public when it is judged for the settings page, private when it counts; the connection
    // goes to what was judged, so the second answer is judged, too.
    let answers = vec![
        vec!["93.184.216.34".parse().unwrap()],
        vec![canary.address.ip()],
    ];
    let egress = Egress::with_lookup(rules(&[]), Arc::new(Names(Mutex::new(answers))));
    egress.check("https://rebind.example/").await.unwrap();
    is_refusal(text(&egress, "https://rebind.example/").await);
    is_refusal(
        egress
            .post("https://rebind.example/", &[], String::new())
            .await,
    );
    assert_eq!(canary.seen().len(), 0);
}

#[tokio::test]
async fn a_redirect_is_judged_like_any_address() {
    let canary = Receiver::start("127.0.0.2", |_: &Seen| "caught".into_response()).await;
    let targets = [
        canary.url("/"),
        format!("http://2130706434:{}/", canary.address.port()),
        format!("https://127.0.0.2:{}/", canary.address.port()),
        format!("//127.0.0.2:{}/", canary.address.port()),
        "http://169.254.169.254/latest/meta-data/".into(),
        "file:///etc/passwd".into(),
        "https://user:secret@example.com/".into(),
        "https://[::1]/".into(),
    ];
    for target in targets {
        let to = target.clone();
        let server = Receiver::start("127.0.0.1", move |_: &Seen| redirect(&to)).await;
        is_refusal(text(&egress(), &server.url("/")).await);
        assert_eq!(server.seen().len(), 1, "{target}");
    }
    assert_eq!(canary.seen().len(), 0);
}

#[tokio::test]
async fn five_redirects_are_followed_and_not_more() {
    let server = Receiver::start("127.0.0.1", |seen: &Seen| {
        match seen.path.trim_start_matches('/').parse::<u32>().unwrap() {
            0 => "there".into_response(),
            left => redirect(&format!("/{}", left - 1)),
        }
    })
    .await;
    assert_eq!(text(&egress(), &server.url("/5")).await.unwrap(), "there");
    let error = text(&egress(), &server.url("/6")).await.unwrap_err();
    assert!(error.to_string().contains("more than 5"), "{error}");
    assert_eq!(server.seen().len(), 12);
}

#[tokio::test]
async fn a_post_follows_no_redirect() {
    let server = Receiver::start("127.0.0.1", |_: &Seen| redirect("/elsewhere")).await;
    let posted = egress()
        .post(&server.url("/"), &[], "x".into())
        .await
        .unwrap();
    assert_eq!(posted.status, 302);
    let paths: Vec<String> = server.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(paths, ["/"]);
    assert_eq!(server.seen()[0].method, Method::POST);
}

#[tokio::test]
async fn what_is_as_it_was_is_not_fetched_again() {
    let server = Receiver::start("127.0.0.1", |seen: &Seen| {
        if seen.header("if-none-match") == "\"one\"" {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            (
                [
                    ("etag", "\"one\""),
                    ("last-modified", "Mon, 23 Nov 2026 09:00:00 GMT"),
                ],
                "text",
            )
                .into_response()
        }
    })
    .await;
    let Fetched::Body(body) = egress()
        .get(&server.url("/"), &none(), LIMITS)
        .await
        .unwrap()
    else {
        panic!("there is nothing to be as it was");
    };
    let known = body.validators.clone();
    assert_eq!(
        known.last_modified.as_deref(),
        Some("Mon, 23 Nov 2026 09:00:00 GMT")
    );
    let again = egress()
        .get(&server.url("/"), &known, LIMITS)
        .await
        .unwrap();
    assert!(matches!(again, Fetched::NotModified));
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_whether_it_says_so_or_not() {
    let server = Receiver::start("127.0.0.1", |seen: &Seen| {
        if seen.path == "/said" {
            return "x".repeat(2_000).into_response();
        }
        let pieces = (0..20).map(|_| Ok::<_, std::io::Error>("x".repeat(100)));
        Body::from_stream(futures_util::stream::iter(pieces)).into_response()
    })
    .await;
    let limits = Limits {
        bytes_max: 1_999,
        ..LIMITS
    };
    for path in ["/said", "/unsaid"] {
        let fetched = egress().get(&server.url(path), &none(), limits).await;
        let read = match fetched {
            Ok(Fetched::Body(body)) => body.bytes().await.map(|_| ()),
            other => other.map(|_| ()),
        };
        assert!(
            matches!(read, Err(EgressError::TooLarge { .. })),
            "{path}: {read:?}"
        );
    }
}

#[tokio::test]
async fn an_error_of_the_server_is_said_with_its_status() {
    let server = Receiver::start("127.0.0.1", |_: &Seen| {
        (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "120")]).into_response()
    })
    .await;
    let error = text(&egress(), &server.url("/")).await.unwrap_err();
    let EgressError::Status {
        status,
        retry_after,
    } = error
    else {
        panic!("{error}");
    };
    assert_eq!((status, retry_after.as_deref()), (503, Some("120")));
}

/// A document of 300 bytes in three thirds.
fn document() -> String {
    ["a", "b", "c"].map(|letter| letter.repeat(100)).concat()
}

/// Serves the document, with ranges; the first answer breaks off after 100 bytes.
fn breaking_server(
    etag_of: impl Fn(usize) -> &'static str + Clone + Send + Sync + 'static,
) -> impl Fn(&Seen) -> Response + Clone + Send + Sync + 'static {
    let asked = Arc::new(AtomicUsize::new(0));
    move |seen: &Seen| {
        let number = asked.fetch_add(1, Ordering::Relaxed);
        let etag = etag_of(number);
        if number == 0 {
            // The pause lets the first third go out before the line breaks.
            let stream = futures_util::stream::unfold(0, async |step| match step {
                0 => Some((Ok("a".repeat(100)), 1)),
                _ => {
                    tokio::task::yield_now().await;
                    Some((Err(std::io::Error::other("the line broke")), 2))
                }
            });
            return ([("etag", etag)], Body::from_stream(stream)).into_response();
        }
        let range = seen.header("range");
        let from = range
            .strip_prefix("bytes=")
            .and_then(|r| r.strip_suffix('-'));
        let text = document();
        match from.and_then(|from| from.parse::<usize>().ok()) {
            Some(from) if seen.header("if-range") == etag => {
                let range = format!("bytes {from}-{}/{}", text.len() - 1, text.len());
                let headers = [("etag", etag.to_owned()), ("content-range", range)];
                (
                    StatusCode::PARTIAL_CONTENT,
                    headers,
                    text[from..].to_owned(),
                )
                    .into_response()
            }
            _ => ([("etag", etag)], text).into_response(),
        }
    }
}

#[track_caller]
fn resumed(saved: &Saved) -> u64 {
    match saved {
        Saved::File {
            resumed_from,
            bytes,
            ..
        } => {
            assert_eq!(*bytes, 300);
            *resumed_from
        }
        Saved::NotModified => panic!("it was new"),
    }
}

/// Downloads twice into one folder: the first breaks, the second is what is given back.
async fn download_after_a_break(
    answer: impl Fn(&Seen) -> Response + Clone + Send + Sync + 'static,
) -> (Saved, Vec<Seen>) {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("feeds").join("all.zip");
    let server = Receiver::start("127.0.0.1", answer).await;
    let egress = egress();
    let url = server.url("/all.zip");
    let first = egress
        .get_to_file(&url, &path, &none(), LIMITS, |_, _| {})
        .await;
    assert!(matches!(first, Err(EgressError::Network(_))), "{first:?}");
    assert!(!path.exists(), "half a file is no file");
    let mut progress = Vec::new();
    let saved = egress
        .get_to_file(&url, &path, &none(), LIMITS, |have, of| {
            progress.push((have, of))
        })
        .await
        .unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), document());
    assert_eq!(progress.last(), Some(&(300, Some(300))));
    let left: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing but the file is left: {left:?}");
    (saved, server.seen())
}

#[tokio::test]
async fn a_broken_download_goes_on_where_it_was() {
    let (saved, seen) = download_after_a_break(breaking_server(|_| "\"one\"")).await;
    assert_eq!(resumed(&saved), 100);
    assert_eq!(seen[1].header("range"), "bytes=100-");
    assert_eq!(seen[1].header("if-range"), "\"one\"");
}

#[tokio::test]
async fn a_part_of_another_version_is_thrown_away() {
    let etags = |number| if number == 0 { "\"one\"" } else { "\"two\"" };
    let (saved, _) = download_after_a_break(breaking_server(etags)).await;
    assert_eq!(resumed(&saved), 0);
}

#[tokio::test]
async fn a_weak_validator_vouches_for_no_bytes() {
    let (saved, seen) = download_after_a_break(breaking_server(|_| "W/\"one\"")).await;
    assert_eq!(resumed(&saved), 0);
    assert_eq!(seen[1].header("range"), "");
}

#[tokio::test]
async fn a_server_that_answers_another_range_is_not_believed() {
    let honest = breaking_server(|_| "\"one\"");
    let answer = move |seen: &Seen| {
        if seen.header("range").is_empty() {
            return honest(seen);
        }
        let headers = [("etag", "\"one\""), ("content-range", "bytes 0-299/300")];
        (StatusCode::PARTIAL_CONTENT, headers, document()).into_response()
    };
    let (saved, seen) = download_after_a_break(answer).await;
    assert_eq!(resumed(&saved), 0);
    assert_eq!(seen.len(), 3);
}

#[tokio::test]
async fn names_are_looked_up_by_the_machine() {
    let found = SystemLookup.lookup("localhost").await.unwrap();
    assert!(found.iter().all(|address| address.is_loopback()) && !found.is_empty());
}
