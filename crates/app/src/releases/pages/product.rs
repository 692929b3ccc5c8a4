//! The page of a product: what it is, what is missing, its releases; and what to do with one that
//! an upload made. It stands in this room because products know nothing of releases.

use super::{market_mark, market_words, release_words};
use crate::accounts::Caller;
use crate::ids::ProductId;
use crate::products::{self, Filter, Missing, Product, Support, Variant};
use crate::releases::{self, Release};
use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::route;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use bonafide_law::member_states::MemberState;

/// Products offered to merge an inbox product into.
const CHOICES_MAX: u32 = 500;

#[derive(Template)]
#[template(path = "releases/product.html")]
struct ProductPage {
    page: Visit,
    product: Product,
    category: String,
    lede: String,
    missing: Vec<Missing>,
    support: Option<Support>,
    releases: Vec<Line>,
    showing: String,
    placings: Vec<(String, Option<jiff::civil::Date>)>,
    variants: Vec<Variant>,
    merged_into: Option<Product>,
    others: Vec<Product>,
}

struct Line {
    release: Release,
    name: String,
    market: String,
    tone: &'static str,
    mark: &'static str,
}

pub async fn get_product(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    let id: ProductId = route::id(&id)?;
    let (product, variants, releases, counts, merged_into, others) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let product = products::get_product(tx, &caller, id)?;
            let variants = products::list_variants(tx, &caller, id)?;
            let (listed, _) = releases::list_of_product(tx, &caller, id)?;
            let counts = releases::counts_of_product(tx, &caller, id)?;
            let merged_into = match product.merged_into {
                Some(other) => Some(products::get_product(tx, &caller, other)?),
                None => None,
            };
            let others = if product.inbox {
                others_than(tx, &caller, id)?
            } else {
                Vec::new()
            };
            Ok((product, variants, listed, counts, merged_into, others))
        })
        .await?;
    let missing = products::missing(&product);
    let lang = page.lang;
    let lede = lang.ta(
        "product-lede",
        &[
            ("releases", counts.tagged.to_string()),
            ("market", counts.on_market.to_string()),
            ("missing", missing.len().to_string()),
        ],
    );
    let lines: Vec<Line> = releases
        .into_iter()
        .map(|release| {
            let (tone, mark) = market_mark(&release);
            Line {
                name: release_words(&page, &release),
                market: market_words(&page, &release),
                tone,
                mark,
                release,
            }
        })
        .collect();
    html(&ProductPage {
        category: products::category_words(lang, &product.category, product.annex_entry.as_deref()),
        lede,
        missing,
        support: products::support(&product.facts()),
        showing: page.t2(
            "releases-showing",
            "shown",
            lines.len(),
            "matching",
            counts.all,
        ),
        releases: lines,
        placings: placings(&page, &product),
        variants,
        merged_into,
        others,
        product,
        page,
    })
}

fn others_than(
    tx: &mut crate::store::Tx,
    caller: &Caller,
    id: ProductId,
) -> Result<Vec<Product>, Trouble> {
    let listed = products::list_products(tx, caller, &Filter::default(), CHOICES_MAX)?;
    let mut others = listed.products;
    others.retain(|other| other.id != id);
    Ok(others)
}

fn placings(page: &Visit, product: &Product) -> Vec<(String, Option<jiff::civil::Date>)> {
    let language = products::language(page.lang);
    product
        .placings
        .iter()
        .map(|placing| {
            let name = MemberState::parse(&placing.member_state)
                .map_or(placing.member_state.as_str(), |state| state.name(language));
            (name.to_owned(), placing.placed_on)
        })
        .collect()
}

#[derive(Template)]
#[template(path = "releases/merge.html")]
struct MergePage {
    page: Visit,
    from: Product,
    into: Product,
    releases: Vec<Release>,
    trouble: String,
}

pub async fn get_merge(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let from: ProductId = route::id(&id)?;
    let into: ProductId = route::id(Fields::from_pairs(pairs).get("into"))?;
    html(&merge_page(&app, caller, page, from, into, None).await?)
}

pub async fn post_merge(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer {
    let from: ProductId = route::id(&id)?;
    let into: ProductId = route::id(fields.get("into"))?;
    let writer = caller.clone();
    let merged = app
        .db
        .write(move |tx| releases::merge_products(tx, &writer, from, into))
        .await;
    match merged {
        Ok(()) => see_other(&format!("/products/{into}")),
        Err(Trouble::Refusal(refusal)) if refusal.status == 409 => {
            let shown = merge_page(&app, caller, page, from, into, Some(refusal)).await?;
            answer::html_status(StatusCode::CONFLICT, &shown)
        }
        Err(other) => Err(other),
    }
}

async fn merge_page(
    app: &App,
    caller: Caller,
    page: Visit,
    from: ProductId,
    into: ProductId,
    refusal: Option<Refusal>,
) -> Result<MergePage, Trouble> {
    let (from, into, (releases, _)) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            Ok((
                products::get_product(tx, &caller, from)?,
                products::get_product(tx, &caller, into)?,
                releases::list_of_product(tx, &caller, from)?,
            ))
        })
        .await?;
    Ok(MergePage {
        trouble: refusal.map_or_else(String::new, |refusal| page.lang.refusal(&refusal)),
        from,
        into,
        releases,
        page,
    })
}
