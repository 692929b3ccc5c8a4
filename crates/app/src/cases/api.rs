//! The same operations as JSON, below `/api/bonafide/`. Decisions are a person's and have no
//! address here.

use super::operations::{reading, signals};
use super::pages::{case_json, filter_of, item_json, page_number, watch_item_json};

use super::types::NewSignal;
use super::words::{Answered, Source};
use crate::accounts::{Caller, Permission as P};
use crate::ids::{CaseId, WatchItemId};
use crate::trouble::{Refusal, Trouble};
use crate::web::body::Body;
use crate::web::route::{self, Route, get, post};
use crate::web::{Access, Answer, App, answer};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use bonafide_law::deadlines::Kind;
use serde_json::json;
use std::collections::BTreeMap;

pub fn routes() -> Vec<Route> {
    let read = Access::Can(P::CasesRead);
    vec![
        post(
            "/api/bonafide/signals",
            Access::Can(P::SignalsWrite),
            post_signal,
        ),
        get("/api/bonafide/watch", read, get_watch_items),
        get("/api/bonafide/watch/{id}", read, get_watch_item),
        get("/api/bonafide/cases", read, get_cases),
        get("/api/bonafide/cases/{id}", read, get_case),
    ]
}

/// A signal as a program hands it in.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SignalBody {
    /// `actively-exploited-vulnerability` (the default) or `severe-incident`.
    kind: Option<String>,
    vulnerability: Option<String>,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
    source: String,
    /// `yes`, `no`, `unknown` (the default).
    in_our_product: Option<String>,
    /// The sender's own id: the same one again is the same signal.
    reference: Option<String>,
    received_at: Option<jiff::Timestamp>,
}

impl SignalBody {
    fn read(self) -> Result<NewSignal, Refusal> {
        let unknown = |field| Refusal::field(field, "choose-one").with("field", field);
        let kind = self
            .kind
            .as_deref()
            .unwrap_or(Kind::ActivelyExploitedVulnerability.as_str());
        let ours = self.in_our_product.as_deref().unwrap_or("unknown");
        Ok(NewSignal {
            kind: kind.parse().map_err(|_| unknown("kind"))?,
            vulnerability: self.vulnerability,
            title: self.title,
            text: self.text,
            source: self
                .source
                .parse::<Source>()
                .map_err(|_| unknown("source"))?,
            in_our_product: ours
                .parse::<Answered>()
                .map_err(|_| unknown("in_our_product"))?,
            reference: self.reference,
            received_at: self.received_at,
            watch_item: None,
        })
    }
}

async fn post_signal(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<SignalBody>,
) -> Answer {
    let new = body.read()?;
    let taken = app
        .db
        .write(move |tx| signals::record_signal(tx, &caller, &new))
        .await?;
    app.wake.up();
    let status = if taken.is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let value = json!({
        "signal": taken.signal.to_string(),
        "watch_item": taken.watch_item.to_string(),
        "url": format!("{}/watch/{}", app.config.base_url, taken.watch_item),
        "is_new": taken.is_new,
    });
    answer::json(status, &value)
}

async fn get_watch_items(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    let decided = match query.get("show").map(String::as_str) {
        Some("decided") => Some(true),
        Some("all") => None,
        _ => Some(false),
    };
    let number = page_number(&query);
    let (items, counts) = app
        .db
        .read(move |tx| reading::list_watch_items(tx, &caller, decided, number))
        .await?;
    let items: Vec<_> = items.iter().map(item_json).collect();
    answer::json(StatusCode::OK, &json!({ "items": items, "counts": counts }))
}

async fn get_watch_item(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id: WatchItemId = route::id(&id)?;
    let view = app
        .db
        .read(move |tx| reading::watch_view(tx, &caller, id))
        .await?;
    answer::json(StatusCode::OK, &watch_item_json(&view))
}

async fn get_cases(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    let (filter, number) = (filter_of(&query), page_number(&query));
    let (cases, total) = app
        .db
        .read(move |tx| reading::list_cases(tx, &caller, &filter, number))
        .await?;
    let cases: Vec<_> = cases
        .iter()
        .map(|listed| {
            json!({
                "id": listed.case.id.to_string(),
                "kind": listed.case.kind.as_str(),
                "title": listed.case.title,
                "vulnerability": listed.case.vulnerability,
                "state": listed.case.state.as_str(),
                "opened_at": super::rules::sheet::rfc3339(listed.case.opened_at),
                "next_stage": listed.next.map(|(stage, _)| stage.as_str()),
                "next_due_at": listed.next.map(|(_, at)| super::rules::sheet::rfc3339(at)),
            })
        })
        .collect();
    answer::json(StatusCode::OK, &json!({ "cases": cases, "total": total }))
}

async fn get_case(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<axum::response::Response, Trouble> {
    let id: CaseId = route::id(&id)?;
    let view = app
        .db
        .read(move |tx| reading::case_view(tx, &caller, id))
        .await?;
    answer::json(StatusCode::OK, &case_json(&view))
}
