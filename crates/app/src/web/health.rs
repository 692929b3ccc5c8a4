//! `/healthz`: the process answers. `/readyz`: the database answers. Whether alarms fire is asked
//! from outside, by `bonafide health`.

use super::App;
use super::answer::{Answer, json};
use super::route::{Access, Route, get};
use crate::store::{Error, Tx};
use axum::extract::State;
use axum::http::StatusCode;

/// Both addresses; they tell nothing about anybody.
pub fn routes() -> Vec<Route> {
    vec![
        get("/healthz", Access::Anyone, get_healthz),
        get("/readyz", Access::Anyone, get_readyz),
    ]
}

async fn get_healthz() -> Answer {
    json(StatusCode::OK, &serde_json::json!({ "status": "ok" }))
}

async fn get_readyz(State(app): State<App>) -> Answer {
    let database = app
        .db
        .read(|tx: &mut Tx| -> Result<bool, Error> {
            Ok(tx
                .query_opt("select name from schema_migrations limit 1", &[])?
                .is_some())
        })
        .await;
    let ready = matches!(database, Ok(true));
    if let Err(error) = &database {
        tracing::error!(%error, "not ready");
    }
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    json(
        status,
        &serde_json::json!({ "status": if ready { "ready" } else { "not-ready" } }),
    )
}
