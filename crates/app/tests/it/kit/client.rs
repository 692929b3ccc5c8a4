//! Somebody who sends requests to the program, as a browser or a machine does.

use super::{Answer, TestApp};
use axum::body::Body;
use axum::http::{Method, Request, header};
use base64::Engine as _;
use std::fmt::Write as _;

/// A browser with a cookie, a machine with a token, or nobody in particular.
#[derive(Clone)]
pub struct Client<'a> {
    app: &'a TestApp,
    headers: Vec<(String, String)>,
}

/// A part of a multipart form.
pub enum Part<'a> {
    Text(&'a str, &'a str),
    /// Field, file name, bytes.
    File(&'a str, &'a str, &'a [u8]),
}

impl<'a> Client<'a> {
    pub fn new(app: &'a TestApp) -> Self {
        Self {
            app,
            headers: Vec::new(),
        }
    }

    /// With a further header in every request.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// With another value for the headers that say where a request comes from.
    #[must_use]
    pub fn instead(mut self, name: &str, value: &str) -> Self {
        self.headers
            .retain(|(known, _)| known != "sec-fetch-site" && known != "origin");
        self.with(name, value)
    }

    /// With a session's secret as the browser sends it: from our own pages.
    #[must_use]
    pub fn with_session(self, secret: &str) -> Self {
        let name = bonafide::accounts::session_cookie(&self.app.app.config);
        self.with("cookie", format!("{name}={secret}"))
            .on_own_page()
    }

    /// As a browser says of a form on one of our own pages.
    #[must_use]
    pub fn on_own_page(self) -> Self {
        self.with("sec-fetch-site", "same-origin")
    }

    /// A page, as a browser asks for it.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[("accept", "text/html")], Vec::new())
            .await
    }

    /// JSON, as a machine asks for it.
    pub async fn get_json(&self, path: &str) -> Answer {
        self.send(
            Method::GET,
            path,
            &[("accept", "application/json")],
            Vec::new(),
        )
        .await
    }

    /// A posted form, as a browser sends it.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect::<Vec<_>>()
            .join("&");
        let headers = [
            ("accept", "text/html"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        self.send(Method::POST, path, &headers, body.into_bytes())
            .await
    }

    pub async fn post_json(&self, path: &str, value: &serde_json::Value) -> Answer {
        self.json(Method::POST, path, value).await
    }

    pub async fn put_json(&self, path: &str, value: &serde_json::Value) -> Answer {
        self.json(Method::PUT, path, value).await
    }

    pub async fn patch_json(&self, path: &str, value: &serde_json::Value) -> Answer {
        self.json(Method::PATCH, path, value).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(
            Method::DELETE,
            path,
            &[("accept", "application/json")],
            Vec::new(),
        )
        .await
    }

    /// A form with files.
    pub async fn multipart(&self, path: &str, parts: &[Part<'_>]) -> Answer {
        const BOUNDARY: &str = "a-boundary-of-the-tests";
        let mut body = Vec::new();
        for part in parts {
            let mut head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=");
            let bytes = match part {
                Part::Text(name, value) => {
                    let _ = write!(head, "\"{name}\"\r\n\r\n");
                    value.as_bytes()
                }
                Part::File(name, file, bytes) => {
                    let _ = write!(head, "\"{name}\"; filename=\"{file}\"\r\n");
                    head.push_str("content-type: application/octet-stream\r\n\r\n");
                    bytes
                }
            };
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let headers = [("accept", "text/html"), ("content-type", kind.as_str())];
        self.send(Method::POST, path, &headers, body).await
    }

    /// A request as it is, with this client's own headers.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        request = request.header(header::HOST, "bonafide.test");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        self.app.send(request.body(Body::from(body)).unwrap()).await
    }

    async fn json(&self, method: Method, path: &str, value: &serde_json::Value) -> Answer {
        let headers = [
            ("accept", "application/json"),
            ("content-type", "application/json"),
        ];
        self.send(method, path, &headers, value.to_string().into_bytes())
            .await
    }
}

impl Answer {
    /// The value a cookie is set to by this answer.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().unwrap().split(';').next()?.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.to_owned())
    }
}

/// Bytes as JSON bodies carry them.
pub fn base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

fn encode(text: &str) -> String {
    bonafide::web::route::encode(text)
}
