//! Our own advisories as JSON, for members of the organisation; the public ones are the trust
//! center's.

use super::{NewPublication, Publication};
use crate::accounts::{Caller, Permission};
use crate::ids::{ProductId, PublicationId, ReleaseId};
use crate::web::body::Body;
use crate::web::route::{self, Access, get, post};
use crate::web::{Answer, App, Route, answer};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

pub fn routes() -> Vec<Route> {
    let read = Access::Can(Permission::ProductsRead);
    let list = "/api/bonafide/products/{id}/publications";
    vec![
        get(list, read, get_publications),
        post(list, read, post_publications),
        get("/api/bonafide/publications/{id}", read, get_publication),
    ]
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    title: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    severity: String,
    #[serde(default)]
    cves: Vec<String>,
    #[serde(default)]
    releases: Vec<ReleaseId>,
}

async fn get_publications(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    let id: ProductId = route::id(&id)?;
    let found = app
        .db
        .read(move |tx| super::list_of_product(tx, &caller, id))
        .await?;
    let list: Vec<Value> = found.iter().map(publication_json).collect();
    answer::json(StatusCode::OK, &json!({ "publications": list }))
}

async fn get_publication(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer {
    show(&app, caller, route::id(&id)?, StatusCode::OK).await
}

/// Writes a draft; publishing it is a person's act on the page.
async fn post_publications(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Body(said): Body<Said>,
) -> Answer {
    let product: ProductId = route::id(&id)?;
    let writer = caller.clone();
    let id = app
        .db
        .write(move |tx| {
            let new = NewPublication {
                title: said.title.clone(),
                text: said.text.clone(),
                severity: said.severity.clone(),
                cves: said.cves.clone(),
                releases: said.releases.clone(),
            };
            super::create_draft(tx, &writer, product, new)
        })
        .await?;
    show(&app, caller, id, StatusCode::CREATED).await
}

async fn show(app: &App, caller: Caller, id: PublicationId, status: StatusCode) -> Answer {
    let found = app
        .db
        .read(move |tx| super::get_publication(tx, &caller, id))
        .await?;
    answer::json(status, &publication_json(&found))
}

fn publication_json(publication: &Publication) -> Value {
    let instant = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string());
    json!({
        "id": publication.id,
        "product": publication.product,
        "state": publication.state(),
        "title": publication.title,
        "text": publication.text,
        "severity": publication.severity,
        "cves": publication.cves,
        "releases": publication.releases.iter().map(|affected| json!({
            "release": affected.release, "version": affected.version,
        })).collect::<Vec<_>>(),
        "published_at": instant(publication.published_at),
        "published_by": publication.published_by,
        "withdrawn_at": instant(publication.withdrawn_at),
        "withdrawn_reason": publication.withdrawn_reason,
        "created_at": publication.created_at.to_string(),
    })
}
