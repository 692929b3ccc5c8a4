//! Connections: at most so many at a time, and none that keeps its place without saying anything.

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

/// What connections may take.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Connections at a time; a process may usually open 1,024 files.
    pub connections: usize,
    /// How long a client may take for the head of a request, and sit idle between two.
    pub headers: Duration,
    /// How long a client may leave an answer unread before the connection is closed.
    pub unread: Duration,
    /// How long answers under way may take once the server was told to stop.
    pub farewell: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections: 512,
            headers: Duration::from_secs(20),
            unread: Duration::from_secs(30),
            farewell: Duration::from_secs(20),
        }
    }
}

/// A pause after the system would not accept, so that the loop does not spin.
const BREATHER: Duration = Duration::from_millis(100);

/// Serves until `stop` is cancelled and the answers under way are out.
pub async fn listen(
    listener: TcpListener,
    service: Router,
    stop: CancellationToken,
    bounds: Bounds,
) {
    let places = Arc::new(Semaphore::new(bounds.connections));
    let open = GracefulShutdown::new();
    loop {
        let place = tokio::select! {
            () = stop.cancelled() => break,
            place = places.clone().acquire_owned() => place,
        };
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(BREATHER).await;
                continue;
            }
        };
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(bounds.headers)
            .serve_connection(
                TokioIo::new(impatient(stream, bounds.unread)),
                for_peer(service.clone(), peer),
            );
        let connection = open.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(bounds.farewell, open.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some answers were still under way and were cut off");
    }
}

/// A connection that ends when what was written is not taken for so long. It may read for ever:
/// heads and bodies have limits of their own.
fn impatient(stream: TcpStream, unread: Duration) -> Pin<Box<TimeoutStream<TcpStream>>> {
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(unread));
    Box::pin(stream)
}

/// The service for one connection: every request knows where it comes from.
fn for_peer(
    service: Router,
    peer: SocketAddr,
) -> impl hyper::service::Service<
    hyper::Request<Incoming>,
    Response = axum::response::Response,
    Error = std::convert::Infallible,
    Future: Send,
> {
    hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        service.clone().oneshot(request)
    })
}
