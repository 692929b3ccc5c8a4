//! Releases as JSON, below `/api/bonafide/releases` and a product's `/releases`.

use super::{Change, Market, NewRelease, Proof, Release};
use crate::accounts::{Caller, Permission};
use crate::ids::{ProductId, ReleaseId, VariantId};
use crate::trouble::{Refusal, Trouble};
use crate::web::body::{Body, nullable};
use crate::web::forms::Fields;
use crate::web::route::{self, Access, get, patch, post};
use crate::web::{Answer, App, Route, answer};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};

pub fn routes() -> Vec<Route> {
    let read = Access::Can(Permission::ProductsRead);
    let write = Access::Can(Permission::ReleasesWrite);
    let freeze = Access::Can(Permission::ReleasesFreeze);
    vec![
        get("/api/bonafide/releases", read, get_releases),
        post("/api/bonafide/releases", write, post_releases),
        get(
            "/api/bonafide/products/{id}/releases",
            read,
            get_releases_of,
        ),
        get("/api/bonafide/releases/{id}", read, get_release),
        patch("/api/bonafide/releases/{id}", write, patch_release),
        post("/api/bonafide/releases/{id}/freeze", freeze, post_freeze),
    ]
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    product: ProductId,
    version: String,
    variant: Option<VariantId>,
    market: Option<String>,
    made_available_on: Option<Date>,
    #[serde(default)]
    is_latest: bool,
    #[serde(default)]
    labels: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SaidChange {
    version: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    variant: Option<Option<VariantId>>,
    market: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    made_available_on: Option<Option<Date>>,
    is_latest: Option<bool>,
    labels: Option<Vec<String>>,
}

async fn get_releases(
    State(app): State<App>,
    caller: Caller,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let fields = Fields::from_pairs(pairs);
    let product = fields
        .opt("product")
        .ok_or_else(|| Refusal::field("product", "field-required").with("field", "product"))?;
    list(&app, caller, route::id(product)?).await
}

async fn get_releases_of(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer {
    list(&app, caller, route::id(&id)?).await
}

async fn list(app: &App, caller: Caller, product: ProductId) -> Answer {
    let (releases, count) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            crate::products::get_product(tx, &caller, product)?;
            super::list_of_product(tx, &caller, product)
        })
        .await?;
    let value = json!({
        "total": count,
        "shown": releases.len(),
        "releases": releases.iter().map(release_json).collect::<Vec<_>>(),
    });
    answer::json(StatusCode::OK, &value)
}

async fn get_release(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer {
    show(&app, caller, route::id(&id)?, StatusCode::OK).await
}

async fn post_releases(State(app): State<App>, caller: Caller, Body(said): Body<Said>) -> Answer {
    let writer = caller.clone();
    let id = app
        .db
        .write(move |tx| -> Result<_, Trouble> {
            let new = NewRelease {
                version: said.version.clone(),
                variant: said.variant,
                branch: None,
                market: said.market.as_deref().map(market).transpose()?,
                made_available_on: said.made_available_on,
                is_latest: said.is_latest,
                labels: said.labels.clone(),
            };
            super::create_release(tx, &writer, said.product, new)
        })
        .await?;
    show(&app, caller, id, StatusCode::CREATED).await
}

async fn patch_release(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Body(said): Body<SaidChange>,
) -> Answer {
    let id: ReleaseId = route::id(&id)?;
    let writer = caller.clone();
    app.db
        .write(move |tx| -> Result<(), Trouble> {
            if let Some(said) = said.market.as_deref() {
                super::set_market(tx, &writer, id, market(said)?)?;
            }
            let change = Change {
                version: said.version.clone(),
                variant: said.variant,
                made_available_on: said.made_available_on,
                is_latest: said.is_latest,
                labels: said.labels.clone(),
            };
            super::update_release(tx, &writer, id, change)
        })
        .await?;
    app.wake.up();
    show(&app, caller, id, StatusCode::OK).await
}

async fn post_freeze(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id: ReleaseId = route::id(&id)?;
    let writer = caller.clone();
    app.db
        .write(move |tx| super::freeze(tx, &writer, id))
        .await?;
    show(&app, caller, id, StatusCode::OK).await
}

async fn show(app: &App, caller: Caller, id: ReleaseId, status: StatusCode) -> Answer {
    let (release, proofs) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let release = super::get_release(tx, &caller, id)?;
            let proofs = super::evidence_set(tx, &caller, id)?;
            Ok((release, proofs))
        })
        .await?;
    let mut value = release_json(&release);
    value["evidence"] = proofs.iter().map(proof_json).collect();
    answer::json(status, &value)
}

fn market(said: &str) -> Result<Market, Trouble> {
    Market::find(said).ok_or_else(|| Refusal::field("market", "market-unknown").into())
}

/// A release as JSON.
pub fn release_json(release: &Release) -> Value {
    json!({
        "id": release.id,
        "product": release.product,
        "product_name": release.product_name,
        "variant": release.variant,
        "version": release.version,
        "channel": release.channel,
        "market": release.market.name(),
        "market_assumed": release.market_assumed,
        "made_available_on": release.made_available_on,
        "is_latest": release.is_latest,
        "labels": release.labels,
        "frozen_at": release.frozen_at.map(|at| at.to_string()),
        "frozen_by": release.frozen_by,
        "frozen_digest": release.frozen_digest,
        "created_at": release.created_at.to_string(),
        "changed_at": release.changed_at.to_string(),
    })
}

fn proof_json(proof: &Proof) -> Value {
    json!({ "slot": proof.slot, "reference": proof.reference, "digest": proof.digest })
}
