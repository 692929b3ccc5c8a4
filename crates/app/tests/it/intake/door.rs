//! What uploads hold while they arrive and are worked on, and who is turned away.

use super::{CI, document};
use crate::kit::{Answer, TestApp};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::Request;
use bonafide::intake::{Bounds, Door};
use bonafide::router::{self, Pace};
use bonafide::sboms::Parsers;
use futures_util::{FutureExt as _, StreamExt as _, stream};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tower::ServiceExt as _;

const NATIVE: &str = "/api/bonafide/sboms?product=gateway&version=1&create=true";
const COMPATIBLE: &str = "/api/v1/bom";
const SOON: Duration = Duration::from_millis(20);

/// Nobody waits, and nobody is hurried.
fn bounds() -> Bounds {
    Bounds {
        patience: Duration::ZERO,
        ..Bounds::default()
    }
}

struct Stage {
    app: TestApp,
    door: Door,
    service: Router,
}

fn stage(bounds: Bounds) -> Stage {
    stage_at(bounds, Pace::default())
}

fn stage_at(bounds: Bounds, pace: Pace) -> Stage {
    let app = TestApp::new();
    let door = Door::new(bounds, Parsers::default());
    let routes = bonafide::intake::routes_through(&door);
    let service = router::service_at(app.app.clone(), routes, pace);
    Stage { app, door, service }
}

impl Stage {
    fn token(&self) -> String {
        self.app.tenant().token_text(&CI)
    }

    async fn send(&self, path: &str, token: &str, body: Body) -> Answer {
        self.send_of_length(path, token, body, None).await
    }

    async fn send_of_length(
        &self,
        path: &str,
        token: &str,
        body: Body,
        length: Option<u64>,
    ) -> Answer {
        let mut request = Request::post(path)
            .header("x-api-key", token)
            .header("content-type", "application/json");
        if let Some(length) = length {
            request = request.header("content-length", length);
        }
        let answer = self.service.clone().oneshot(request.body(body).unwrap());
        Answer::read(answer.await.unwrap()).await
    }

    /// An upload that was let in and sends nothing more after its first byte.
    async fn begin(&self, token: &str) -> JoinHandle<Answer> {
        let (service, token) = (self.service.clone(), token.to_owned());
        let reading = Arc::new(Notify::new());
        let first = {
            let reading = reading.clone();
            stream::once(async move {
                reading.notify_one();
                Ok::<_, std::io::Error>(Bytes::from_static(b"{"))
            })
        };
        let body = Body::from_stream(first.chain(stream::pending()));
        let begun = tokio::spawn(async move {
            let request = Request::post(NATIVE).header("x-api-key", token);
            let answer = service.oneshot(request.body(body).unwrap()).await;
            Answer::read(answer.unwrap()).await
        });
        reading.notified().await;
        begun
    }
}

/// A body that begins and never goes on.
fn stuck() -> Body {
    let begun = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"{"))]);
    Body::from_stream(begun.chain(stream::pending()))
}

#[track_caller]
fn check_turned_away(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header("retry-after"), "60");
    assert_eq!(answer.json()["code"], code);
}

#[tokio::test]
async fn a_body_that_stops_coming_is_cut_off_and_leaves_nothing_held() {
    let bounds = Bounds {
        caller_uploads: 1,
        ..bounds()
    };
    let pace = Pace {
        grace: SOON,
        ..Pace::default()
    };
    let stage = stage_at(bounds, pace);
    let token = stage.token();
    for length in [None, Some(1_000_000)] {
        let slow = stage.send_of_length(NATIVE, &token, stuck(), length).await;
        assert_eq!(slow.status, 408, "{}", slow.text());
        assert_eq!(slow.json()["code"], "body-too-slow");
    }
    let form = Request::post(COMPATIBLE)
        .header("x-api-key", &token)
        .header("content-type", "multipart/form-data; boundary=x")
        .body(stuck())
        .unwrap();
    let slow = Answer::read(stage.service.clone().oneshot(form).await.unwrap()).await;
    assert_eq!(slow.json()["code"], "body-too-slow");
    let whole = stage.send(NATIVE, &token, document().into()).await;
    whole.expect(201);
}

#[tokio::test]
async fn one_caller_cannot_hold_all_places() {
    let stage = stage(Bounds {
        caller_uploads: 1,
        ..bounds()
    });
    let (first, second) = (stage.token(), stage.token());
    let begun = stage.begin(&first).await;
    let more = stage.send(NATIVE, &first, document().into()).await;
    check_turned_away(&more, 429, "intake-too-many-at-once");
    let compatible = stage.send(COMPATIBLE, &first, document().into()).await;
    check_turned_away(&compatible, 429, "intake-too-many-at-once");
    let other = stage.send(NATIVE, &second, document().into()).await;
    assert!(other.status.is_success(), "{}", other.text());
    begun.abort();
    assert!(begun.await.is_err_and(|error| error.is_cancelled()));
    let again = stage.send(NATIVE, &first, document().into()).await;
    assert!(again.status.is_success(), "{}", again.text());
}

#[tokio::test]
async fn whoever_waits_in_a_line_that_is_full_is_refused_at_once() {
    let stage = stage(Bounds {
        caller_waiting: 0,
        patience: Duration::from_secs(3_600),
        ..bounds()
    });
    let answer = stage.send(NATIVE, &stage.token(), document().into()).await;
    check_turned_away(&answer, 429, "intake-too-many-at-once");
}

#[tokio::test]
async fn what_is_announced_and_not_sent_takes_no_room() {
    // There is room for one body of the largest size.
    let stage = stage(Bounds {
        arriving_mib: 0,
        caller_mib: 0,
        ..bounds()
    });
    let token = stage.token();
    let mut idle = Vec::new();
    for _ in 0..3 {
        idle.push(stage.begin(&token).await);
    }
    let whole = stage.send(NATIVE, &token, document().into()).await;
    whole.expect(201);
    for begun in idle {
        begun.abort();
    }
}

#[tokio::test]
async fn a_body_that_says_it_is_too_large_is_not_read() {
    let stage = stage(bounds());
    let never = stream::once(async {
        panic!("the body was read");
        #[expect(unreachable_code, reason = "gives the stream its type")]
        Ok::<Bytes, std::io::Error>(Bytes::new())
    });
    let body = Body::from_stream(never);
    let token = stage.token();
    let length = Some(200 * 1024 * 1024);
    let answer = stage.send_of_length(NATIVE, &token, body, length).await;
    assert_eq!(answer.expect(413).json()["code"], "body-too-large");
}

#[tokio::test]
async fn documents_wait_for_room_to_be_unpacked_and_parsed_in() {
    let stage = stage(bounds());
    let token = stage.token();
    let held = stage.door.make_room(u64::MAX).await.unwrap();
    let answer = stage.send(NATIVE, &token, document().into()).await;
    check_turned_away(&answer, 503, "sbom-parsers-busy");
    drop(held);
    let answer = stage.send(NATIVE, &token, document().into()).await;
    answer.expect(201);
    // All of it was given back.
    assert!(stage.door.make_room(u64::MAX).await.is_ok());
}

#[tokio::test]
async fn no_place_to_parse_is_said_in_a_sentence() {
    let app = TestApp::new();
    let door = Door::new(bounds(), Parsers::new(0, Duration::ZERO));
    let routes = bonafide::intake::routes_through(&door);
    let service = router::service_of(app.app.clone(), routes);
    let request = Request::post(NATIVE)
        .header("x-api-key", app.tenant().token_text(&CI))
        .body(Body::from(document()))
        .unwrap();
    let answer = Answer::read(service.oneshot(request).await.unwrap()).await;
    check_turned_away(&answer, 503, "sbom-parsers-busy");
}

/// Somebody who sends and goes away at once must not get round the budget.
#[tokio::test]
async fn room_is_held_while_the_work_goes_on_though_its_sender_has_left() {
    let stage = stage(Bounds {
        patience: Duration::from_secs(60),
        ..bounds()
    });
    let token = stage.token();
    let is_free = |door: &Door| door.make_room(u64::MAX).now_or_never().is_some();
    let db = stage.app.app.db.clone();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let (begun, writing) = std::sync::mpsc::channel::<()>();
    let blocker = std::thread::spawn(move || {
        let released = std::sync::Mutex::new(released);
        db.write_now(|_| {
            begun.send(()).unwrap();
            released.lock().unwrap().recv().unwrap();
            Ok::<_, bonafide::store::Error>(())
        })
        .unwrap();
    });
    writing.recv().unwrap();
    let (service, document) = (stage.service.clone(), document());
    let sender = tokio::spawn(async move {
        let request = Request::post(NATIVE).header("x-api-key", token);
        service
            .oneshot(request.body(Body::from(document)).unwrap())
            .await
    });
    let folder = stage.app.app.config.data.join("blobs");
    let stored = || {
        let folders = std::fs::read_dir(&folder).unwrap();
        folders
            .flat_map(|entry| {
                std::fs::read_dir(entry.unwrap().path())
                    .into_iter()
                    .flatten()
            })
            .any(|file| {
                file.unwrap()
                    .path()
                    .extension()
                    .is_some_and(|end| end == "zst")
            })
    };
    while !stored() {
        assert!(!sender.is_finished(), "it waits for its turn to write");
        tokio::task::yield_now().await;
    }
    // It was parsed; what follows is the write.
    for _ in 0..200 {
        stage.door.parsers.run(|| Ok(())).await.unwrap();
    }
    assert!(!is_free(&stage.door));
    sender.abort();
    assert!(sender.await.is_err_and(|error| error.is_cancelled()));
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
    assert!(!is_free(&stage.door), "the write still needs it");
    release.send(()).unwrap();
    blocker.join().unwrap();
    // All of it is given back when the write has ended.
    assert!(stage.door.make_room(u64::MAX).await.is_ok());
}
