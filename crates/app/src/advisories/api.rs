//! The feeds for programs.

use crate::accounts::Caller;
use crate::trouble::Trouble;
use crate::web::{Answer, App, answer};
use axum::extract::State;
use axum::http::StatusCode;

pub async fn get_feeds(State(app): State<App>, _caller: Caller) -> Answer {
    let feeds = app
        .db
        .read(|tx| -> Result<_, Trouble> { super::list_feeds(tx) })
        .await?;
    let value = serde_json::json!({ "worst": super::worst(&feeds), "feeds": feeds });
    answer::json(StatusCode::OK, &value)
}
