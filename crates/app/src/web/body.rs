//! A JSON body, read once into the shape a handler expects.

use super::App;
use crate::trouble::{Refusal, Trouble};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

/// A body of this shape; anything else is refused with what was wrong and where.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Trouble;

    async fn from_request(request: Request, app: &App) -> Result<Self, Trouble> {
        let bytes = Bytes::from_request(request, app)
            .await
            .map_err(|rejection| match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => Refusal::too_large("body-too-large"),
                _ => Refusal::new(400, "request-unreadable"),
            })?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            let status = if error.is_data() { 422 } else { 400 };
            let refusal = Refusal::new(status, "json-not-understood");
            refusal.with("why", error).into()
        })
    }
}

/// For a field that may be absent (stays), `null` (taken away) or a value: use with
/// `#[serde(default, deserialize_with = "nullable")]`.
pub fn nullable<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}
