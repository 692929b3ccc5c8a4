//! Our few static files, inside the binary, with an ETag so that they are fetched once.

use super::answer::Answer;
use super::route::{Access, Route, get};
use crate::blobs::Digest;
use crate::trouble::Refusal;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;

const FILES: &[(&str, &str, &[u8])] = &[
    (
        "app.css",
        "text/css; charset=utf-8",
        include_bytes!("../../../../assets/app.css"),
    ),
    (
        "app.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../../../../assets/app.js"),
    ),
    (
        "mark.svg",
        "image/svg+xml",
        include_bytes!("../../../../assets/mark.svg"),
    ),
];

/// The one address of all of them.
pub fn routes() -> Vec<Route> {
    vec![get("/assets/{file}", Access::Anyone, get_asset)]
}

async fn get_asset(Path(name): Path<String>, headers: HeaderMap) -> Answer {
    let (_, kind, bytes) = FILES
        .iter()
        .find(|(file, ..)| *file == name)
        .ok_or_else(Refusal::not_found)?;
    let tag = format!("\"{}\"", &Digest::of(bytes).hex()[..20]);
    let unchanged = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known == tag.as_str());
    let tag = HeaderValue::from_str(&tag).map_err(anyhow::Error::from)?;
    let fixed = [
        (header::ETAG, tag),
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=300, must-revalidate"),
        ),
    ];
    if unchanged {
        return Ok((StatusCode::NOT_MODIFIED, fixed).into_response());
    }
    Ok((fixed, *bytes).into_response())
}
