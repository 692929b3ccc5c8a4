//! From results to HTTP answers. Handlers return [`Answer`]; the wiring renders a [`Trouble`] as
//! a page or as `application/problem+json` (RFC 9457), whichever the client reads.

use crate::trouble::{Refusal, Trouble};
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use std::sync::Arc;

/// What a handler gives back.
pub type Answer = Result<Response, Trouble>;

/// A page from its template.
pub fn html<T: askama::Template>(template: &T) -> Answer {
    html_status(StatusCode::OK, template)
}

/// A page with a status of its own (a form shown again is 422).
pub fn html_status<T: askama::Template>(status: StatusCode, template: &T) -> Answer {
    let body = template
        .render()
        .map_err(|e| anyhow::anyhow!("render a page: {e}"))?;
    let kind = [(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    )];
    Ok((status, kind, body).into_response())
}

/// JSON with a status.
pub fn json<T: serde::Serialize>(status: StatusCode, value: &T) -> Answer {
    let body = serde_json::to_vec(value).map_err(anyhow::Error::from)?;
    let kind = [(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    )];
    Ok((status, kind, body).into_response())
}

/// After a POST: go and look at this page. Only paths of our own are accepted.
pub fn see_other(path: &str) -> Answer {
    let path = if is_own_path(path) { path } else { "/" };
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response())
}

/// After a POST: go and look at this page, and say there, once, what was done.
pub fn done(path: &str, flash: &'static str) -> Answer {
    let mut answer = see_other(path)?;
    let cookie = format!("flash={flash}; Path=/; Max-Age=5; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(answer)
}

/// Whether a text is a path on this host and nothing else (no `//host`, no `/\host`, no `..`).
pub fn is_own_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
        && !path.split(['/', '?']).any(|part| part == "..")
}

/// A file to be saved, never rendered on our origin (RFC 6266).
pub fn download(name: &str, kind: &str, bytes: Vec<u8>) -> Answer {
    let ascii: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "._-".contains(c) {
                c
            } else {
                '_'
            }
        })
        .take(120)
        .collect();
    let mut answer = Response::new(Body::from(bytes));
    let headers = answer.headers_mut();
    let kind =
        HeaderValue::from_str(kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, kind);
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{ascii}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(answer)
}

/// A file to be saved that is made while it is read, so that its length does not decide how much
/// memory it takes: `next` makes a further piece, until there is none. A reader that goes away
/// ends it; where making it fails, the reader sees a broken answer, never one that looks whole.
pub fn download_in_pieces<S, F, P>(name: &'static str, kind: &str, state: S, mut next: F) -> Answer
where
    S: Send + 'static,
    F: FnMut(S) -> P + Send + 'static,
    P: Future<Output = Result<Option<(Vec<u8>, S)>, Trouble>> + Send + 'static,
{
    let pieces = futures_util::stream::try_unfold(state, move |state| {
        let piece = next(state);
        async move {
            let piece = piece.await.map_err(|trouble| {
                let error = trouble.into_error();
                tracing::error!(error = format!("{error:#}"), name, "a file broke off");
                std::io::Error::other("broken off")
            })?;
            Ok::<_, std::io::Error>(piece.map(|(bytes, state)| (Bytes::from(bytes), state)))
        }
    });
    // The compression above asks once more after the end.
    let pieces = futures_util::StreamExt::fuse(pieces);
    let mut answer = download(name, kind, Vec::new())?;
    *answer.body_mut() = Body::from_stream(pieces);
    Ok(answer)
}

/// A refusal on its way out, for the wiring to put into words.
#[derive(Clone)]
pub struct Refused(pub Arc<Refusal>);

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let refusal = match self {
            Self::Refusal(refusal) => refusal,
            Self::Failure(error) => {
                tracing::error!(error = format!("{error:#}"), "a request failed");
                Refusal::new(500, "failure")
            }
        };
        let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
        let mut answer = status.into_response();
        answer.extensions_mut().insert(Refused(Arc::new(refusal)));
        answer
    }
}
