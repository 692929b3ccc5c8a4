//! Products as JSON, below `/api/bonafide/products`.

use super::pages::list::filter_of;
use super::{EXPORT_ROWS_MAX, Listed, NewProduct, Placing, Product, Variant, rules};
use crate::accounts::{Caller, Permission};
use crate::ids::ProductId;
use crate::trouble::Trouble;
use crate::web::body::{Body, nullable};
use crate::web::route::{self, Access, get, patch, post};
use crate::web::{Answer, App, Route, answer};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};

pub fn routes() -> Vec<Route> {
    let read = Access::Can(Permission::ProductsRead);
    let write = Access::Can(Permission::ProductsWrite);
    vec![
        get("/api/bonafide/products", read, get_products),
        post("/api/bonafide/products", write, post_products),
        get("/api/bonafide/products/{id}", read, get_product),
        patch("/api/bonafide/products/{id}", write, patch_product),
        post("/api/bonafide/products/{id}/variants", write, post_variants),
    ]
}

/// What a client says about a product; what is absent stays as it is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    name: Option<String>,
    identification: Option<String>,
    description: Option<String>,
    category: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    annex_entry: Option<Option<String>>,
    intended_purpose: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    support_ends_on: Option<Option<Date>>,
    support_reason: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    contact: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    last_unit_placed_on: Option<Option<Date>>,
    placings: Option<Vec<SaidPlacing>>,
    /// Only in changes: brings it back or takes it out of the lists, and adopts it.
    archived: Option<bool>,
    inbox: Option<bool>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SaidPlacing {
    member_state: String,
    placed_on: Option<Date>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SaidVariant {
    name: String,
    #[serde(default)]
    identification: String,
}

async fn get_products(
    State(app): State<App>,
    caller: Caller,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let filter = filter_of(&pairs);
    let listed = app
        .db
        .read(move |tx| super::list_products(tx, &caller, &filter, EXPORT_ROWS_MAX))
        .await?;
    answer::json(StatusCode::OK, &list_json(&listed))
}

async fn get_product(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer {
    show(&app, caller, route::id(&id)?, StatusCode::OK).await
}

async fn post_products(State(app): State<App>, caller: Caller, Body(said): Body<Said>) -> Answer {
    let writer = caller.clone();
    let id = app
        .db
        .write(move |tx| {
            super::create_product(tx, &writer, said.clone().applied_to(NewProduct::default()))
        })
        .await?;
    show(&app, caller, id, StatusCode::CREATED).await
}

async fn patch_product(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Body(said): Body<Said>,
) -> Answer {
    let id: ProductId = route::id(&id)?;
    let writer = caller.clone();
    app.db
        .write(move |tx| -> Result<(), Trouble> {
            let before = super::get_product(tx, &writer, id)?;
            if said.inbox == Some(false) {
                super::adopt_product(tx, &writer, id)?;
            }
            if let Some(archived) = said.archived {
                super::set_archived(tx, &writer, id, archived)?;
            }
            super::update_product(tx, &writer, id, said.clone().applied_to(before.facts()))
        })
        .await?;
    show(&app, caller, id, StatusCode::OK).await
}

async fn post_variants(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Body(said): Body<SaidVariant>,
) -> Answer {
    let id: ProductId = route::id(&id)?;
    let writer = caller.clone();
    app.db
        .write(move |tx| super::create_variant(tx, &writer, id, &said.name, &said.identification))
        .await?;
    show(&app, caller, id, StatusCode::CREATED).await
}

async fn show(app: &App, caller: Caller, id: ProductId, status: StatusCode) -> Answer {
    let (product, variants) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let product = super::get_product(tx, &caller, id)?;
            let variants = super::list_variants(tx, &caller, id)?;
            Ok((product, variants))
        })
        .await?;
    let mut value = product_json(&product);
    value["variants"] = variants.iter().map(variant_json).collect();
    answer::json(status, &value)
}

impl Said {
    fn applied_to(self, mut facts: NewProduct) -> NewProduct {
        let set = |place: &mut String, said: Option<String>| {
            if let Some(said) = said {
                *place = said;
            }
        };
        set(&mut facts.name, self.name);
        set(&mut facts.identification, self.identification);
        set(&mut facts.description, self.description);
        set(&mut facts.category, self.category);
        set(&mut facts.intended_purpose, self.intended_purpose);
        set(&mut facts.support_reason, self.support_reason);
        facts.annex_entry = self.annex_entry.unwrap_or(facts.annex_entry);
        facts.support_ends_on = self.support_ends_on.unwrap_or(facts.support_ends_on);
        facts.contact = self.contact.unwrap_or(facts.contact);
        facts.last_unit_placed_on = self
            .last_unit_placed_on
            .unwrap_or(facts.last_unit_placed_on);
        if let Some(placings) = self.placings {
            facts.placings = placings
                .into_iter()
                .map(|said| Placing {
                    member_state: said.member_state,
                    placed_on: said.placed_on,
                })
                .collect();
        }
        facts
    }
}

/// A list with its counts.
pub fn list_json(listed: &Listed) -> Value {
    json!({
        "total": listed.total,
        "matching": listed.matching,
        "inbox": listed.inbox,
        "shown": listed.products.len(),
        "products": listed.products.iter().map(product_json).collect::<Vec<_>>(),
    })
}

/// A product with what is missing and what the law says to its support period.
pub fn product_json(product: &Product) -> Value {
    let facts = product.facts();
    let mut value = json!({
        "id": product.id,
        "slug": product.slug,
        "inbox": product.inbox,
        "trust_published": product.trust_published,
        "created_at": product.created_at.to_string(),
        "changed_at": product.changed_at.to_string(),
        "archived_at": product.archived_at.map(|at| at.to_string()),
        "merged_into": product.merged_into,
        "missing": rules::missing(product).iter().map(|m| json!({
            "code": m.code, "citation": m.citation,
        })).collect::<Vec<_>>(),
        "support": rules::support(&facts).map(|support| json!({
            "counted_from": support.counted_from,
            "earliest_end_on": support.earliest_end_on,
            "long_enough": support.long_enough,
            "citation": support.citation,
            "certainty": support.certainty,
        })),
    });
    for (field, fact) in rules::facts_json(&facts) {
        value[field] = fact;
    }
    value
}

fn variant_json(variant: &Variant) -> Value {
    json!({ "id": variant.id, "name": variant.name, "identification": variant.identification })
}
