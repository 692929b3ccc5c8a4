//! The page of a release, its place on the market, and its freeze.

use super::{market_mark, market_words, release_words};
use crate::accounts::Caller;
use crate::ids::ReleaseId;
use crate::products::{self, Variant};
use crate::releases::{self, Market, Proof, Release};
use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::route;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "releases/release.html")]
struct ReleasePage {
    page: Visit,
    release: Release,
    name: String,
    lede: String,
    market: String,
    tone: &'static str,
    mark: &'static str,
    /// What else could be said about its place on the market.
    other_markets: Vec<Market>,
    variant: Option<Variant>,
    proofs: Vec<Proof>,
}

pub async fn get_release(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    let (release, variant, proofs) = load(&app, caller, route::id(&id)?).await?;
    let (tone, mark) = market_mark(&release);
    let name = release_words(&page, &release);
    let market = market_words(&page, &release);
    let lede = match release.frozen_at {
        Some(at) => page.lang.ta(
            "release-lede-frozen",
            &[
                ("market", market.clone()),
                ("by", release.frozen_by.clone().unwrap_or_default()),
                ("at", page.utc(&at)),
            ],
        ),
        None => page.t1("release-lede", "market", &market),
    };
    let other_markets = Market::ALL
        .into_iter()
        .filter(|market| *market != release.market)
        .collect();
    html(&ReleasePage {
        page,
        name,
        lede,
        market,
        tone,
        mark,
        other_markets,
        variant,
        proofs,
        release,
    })
}

async fn load(
    app: &App,
    caller: Caller,
    id: ReleaseId,
) -> Result<(Release, Option<Variant>, Vec<Proof>), Trouble> {
    app.db
        .read(move |tx| {
            let release = releases::get_release(tx, &caller, id)?;
            let variants = products::list_variants(tx, &caller, release.product)?;
            let variant = variants
                .into_iter()
                .find(|variant| release.variant == Some(variant.id));
            let proofs = releases::evidence_set(tx, &caller, id)?;
            Ok((release, variant, proofs))
        })
        .await
}

pub async fn post_market(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer {
    let id: ReleaseId = route::id(&id)?;
    let market = Market::find(fields.get("market"))
        .ok_or_else(|| Refusal::field("market", "market-unknown"))?;
    app.db
        .write(move |tx| releases::set_market(tx, &caller, id, market))
        .await?;
    app.wake.up();
    see_other(&format!("/releases/{id}"))
}

#[derive(Template)]
#[template(path = "releases/freeze.html")]
struct FreezePage {
    page: Visit,
    release: Release,
    name: String,
    variant: Option<Variant>,
    proofs: Vec<Proof>,
    trouble: String,
}

pub async fn get_freeze(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    html(&freeze_page(&app, caller, page, route::id(&id)?, None).await?)
}

pub async fn post_freeze(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer {
    let id: ReleaseId = route::id(&id)?;
    let writer = caller.clone();
    let confirmed = fields.is_ticked("understood");
    let frozen = app
        .db
        .write(move |tx| {
            if !confirmed {
                return Err(Refusal::field("understood", "freeze-not-confirmed").into());
            }
            releases::freeze(tx, &writer, id)
        })
        .await;
    match frozen {
        Ok(_) => see_other(&format!("/releases/{id}")),
        Err(Trouble::Refusal(refusal)) if matches!(refusal.status, 409 | 422) => {
            let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::CONFLICT);
            let shown = freeze_page(&app, caller, page, id, Some(refusal)).await?;
            answer::html_status(status, &shown)
        }
        Err(other) => Err(other),
    }
}

async fn freeze_page(
    app: &App,
    caller: Caller,
    page: Visit,
    id: ReleaseId,
    refusal: Option<Refusal>,
) -> Result<FreezePage, Trouble> {
    let (release, variant, proofs) = load(app, caller, id).await?;
    Ok(FreezePage {
        name: release_words(&page, &release),
        trouble: refusal.map_or_else(String::new, |refusal| page.lang.refusal(&refusal)),
        release,
        variant,
        proofs,
        page,
    })
}

/// The frozen evidence set, byte for byte as it was digested.
pub async fn get_frozen_set(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    let id: ReleaseId = route::id(&id)?;
    let set = app
        .db
        .read(move |tx| releases::frozen_set(tx, &caller, id))
        .await?
        .ok_or_else(Refusal::not_found)?;
    answer::download(&format!("{id}.json"), "application/json", set.into_bytes())
}
