//! A small HTTP server on a loopback address of the test's own choice: a feed's mirror, a
//! webhook's receiver, or a canary that must never be asked.

use axum::Router;
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

/// What was asked.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: Method,
    pub path: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Seen {
    /// A header's text; empty when it is absent.
    pub fn header(&self, name: &str) -> String {
        let value = self.headers.get(name);
        value.map_or(String::new(), |v| v.to_str().unwrap().to_owned())
    }
}

/// The server; it ends when it is dropped.
pub struct Receiver {
    pub address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Receiver {
    /// Listens on a free port of `host` (`127.0.0.1`, `127.0.0.2`, …).
    pub async fn start(
        host: &str,
        answer: impl Fn(&Seen) -> Response + Clone + Send + Sync + 'static,
    ) -> Self {
        let listener = tokio::net::TcpListener::bind((host, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let remembered = seen.clone();
        let service = Router::new().fallback(async move |request: Request| {
            let (parts, body) = request.into_parts();
            let asked = Seen {
                method: parts.method,
                path: parts.uri.to_string(),
                headers: parts.headers,
                body: axum::body::to_bytes(body, usize::MAX).await.unwrap(),
            };
            let response = answer(&asked);
            remembered.lock().unwrap().push(asked);
            response
        });
        let task = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self {
            address,
            seen,
            task,
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Everything that was asked so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}
