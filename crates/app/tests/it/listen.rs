//! Connections: how many at a time, and how long one may say nothing.

use axum::Router;
use axum::routing::get;
use bonafide::cli::listen::{Bounds, listen};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

const LONG: usize = 64 * 1024 * 1024;
const MOMENT: Duration = Duration::from_millis(50);
/// Far more than anything here takes; a test that waits so long has failed.
const FAR: Duration = Duration::from_secs(20);

struct Stage {
    address: SocketAddr,
    stop: CancellationToken,
    /// Lets one waiting answer of `/slow` go.
    go: Arc<Notify>,
    /// Told when `/slow` was reached.
    reached: Arc<Notify>,
    running: JoinHandle<()>,
}

async fn stage(bounds: Bounds) -> Stage {
    let (go, reached) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let slow = {
        let (go, reached) = (go.clone(), reached.clone());
        move || async move {
            reached.notify_one();
            go.notified().await;
            "slow"
        }
    };
    let service = Router::new()
        .route("/", get(async || "here"))
        .route("/long", get(async || "x".repeat(LONG)))
        .route("/slow", get(slow));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let running = tokio::spawn(listen(listener, service, stop.clone(), bounds));
    Stage {
        address,
        stop,
        go,
        reached,
        running,
    }
}

impl Stage {
    async fn connect(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    async fn end(self) {
        self.stop.cancel();
        tokio::time::timeout(FAR, self.running)
            .await
            .unwrap()
            .unwrap();
    }
}

fn request(path: &str, connection: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: {connection}\r\n\r\n")
}

/// What comes until the server closes the connection.
async fn rest(mut stream: TcpStream) -> String {
    let mut text = Vec::new();
    let read = stream.read_to_end(&mut text);
    // A reset is an end, too.
    let _ = tokio::time::timeout(FAR, read).await.expect("it is closed");
    String::from_utf8(text).unwrap()
}

#[test]
fn the_bounds_in_force_leave_room_for_files() {
    let bounds = Bounds::default();
    assert_eq!(bounds.connections, 512);
    assert_eq!(bounds.headers, Duration::from_secs(20));
}

#[tokio::test]
async fn who_says_nothing_or_half_a_head_is_put_out_and_the_next_served() {
    for begun in ["", "GET / HTTP/1.1\r\nhost: x\r\nx-more: "] {
        let stage = stage(Bounds {
            connections: 1,
            headers: MOMENT,
            ..Bounds::default()
        })
        .await;
        let idle = stage.connect(begun).await;
        let next = stage.connect(&request("/", "close")).await;
        assert!(rest(next).await.ends_with("here"), "{begun:?}");
        assert!(!rest(idle).await.contains("200 OK"), "{begun:?}");
        stage.end().await;
    }
}

#[tokio::test]
async fn who_does_not_read_the_answer_is_put_out_and_the_next_served() {
    let stage = stage(Bounds {
        connections: 1,
        unread: MOMENT,
        ..Bounds::default()
    })
    .await;
    // Far more than the system keeps for a reader that does not read.
    let mut deaf = stage.connect(&request("/long", "close")).await;
    let next = stage.connect(&request("/", "close")).await;
    assert!(rest(next).await.ends_with("here"));
    let mut begun = Vec::new();
    let read = tokio::time::timeout(FAR, deaf.read_to_end(&mut begun)).await;
    let _ = read.expect("the connection ended");
    assert!(begun.len() < LONG, "the answer was cut off");
    stage.end().await;
}

#[tokio::test]
async fn a_kept_connection_that_idles_is_closed() {
    let stage = stage(Bounds {
        connections: 1,
        headers: MOMENT,
        ..Bounds::default()
    })
    .await;
    let kept = stage.connect(&request("/", "keep-alive")).await;
    assert!(rest(kept).await.ends_with("here"));
    let next = stage.connect(&request("/", "close")).await;
    assert!(rest(next).await.ends_with("here"));
    stage.end().await;
}

#[tokio::test]
async fn more_connections_than_places_wait_and_are_served_afterwards() {
    let stage = stage(Bounds {
        connections: 2,
        ..Bounds::default()
    })
    .await;
    let mut busy = Vec::new();
    for _ in 0..2 {
        busy.push(stage.connect(&request("/slow", "close")).await);
        stage.reached.notified().await;
    }
    let mut waiting = stage.connect(&request("/", "close")).await;
    let mut byte = [0];
    let early = tokio::time::timeout(MOMENT, waiting.read(&mut byte)).await;
    assert!(early.is_err(), "there was no place for it");
    stage.go.notify_one();
    assert!(rest(waiting).await.ends_with("here"));
    stage.go.notify_one();
    for busy in busy {
        assert!(rest(busy).await.ends_with("slow"));
    }
    stage.end().await;
}

#[tokio::test]
async fn answers_under_way_are_finished_when_it_is_told_to_stop() {
    let stage = stage(Bounds::default()).await;
    let under_way = stage.connect(&request("/slow", "close")).await;
    stage.reached.notified().await;
    stage.stop.cancel();
    stage.go.notify_one();
    assert!(rest(under_way).await.ends_with("slow"));
    stage.end().await;
}

#[tokio::test]
async fn who_never_ends_does_not_keep_it_from_stopping() {
    let stage = stage(Bounds {
        farewell: MOMENT,
        ..Bounds::default()
    })
    .await;
    let _under_way = stage.connect(&request("/slow", "close")).await;
    stage.reached.notified().await;
    stage.end().await;
}
