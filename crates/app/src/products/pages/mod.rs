//! The pages of products: the list, the form, and the small acts on the product page. The product
//! page itself is made by `releases`, because it shows a product's releases.

mod edit;
pub mod list;
mod tokens;

use super::{Product, State};
use crate::accounts::{Caller, Permission};
use crate::ids::ProductId;
use crate::web::forms::Fields;
use crate::web::route::{self, Access, get, post};
use crate::web::words::Lang;
use crate::web::{Answer, App, Route, see_other};
use axum::extract::{Path, State as Of};
use bonafide_law::Language;
use bonafide_law::categories;

pub fn routes() -> Vec<Route> {
    let read = Access::Can(Permission::ProductsRead);
    let write = Access::Can(Permission::ProductsWrite);
    let manage = Access::Can(Permission::TokensManage);
    vec![
        get("/settings/tokens", manage, tokens::get_tokens),
        post("/settings/tokens", manage, tokens::post_token),
        post("/settings/tokens/{id}/revoke", manage, tokens::post_revoke),
        get("/products", read, list::get_products),
        get("/products.csv", read, list::get_products_csv),
        get("/products.json", read, list::get_products_json),
        get("/products/new", write, edit::get_new),
        post("/products", write, edit::post_new),
        get("/products/{id}/edit", write, edit::get_edit),
        post("/products/{id}/edit", write, edit::post_edit),
        post("/products/{id}/adopt", write, post_adopt),
        post("/products/{id}/archive", write, post_archive),
        post("/products/{id}/bring-back", write, post_bring_back),
        post("/products/{id}/variants", write, post_variant),
    ]
}

async fn post_adopt(Of(app): Of<App>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id: ProductId = route::id(&id)?;
    app.db
        .write(move |tx| super::adopt_product(tx, &caller, id))
        .await?;
    see_other(&format!("/products/{id}/edit"))
}

async fn post_archive(Of(app): Of<App>, caller: Caller, Path(id): Path<String>) -> Answer {
    archive(&app, caller, &id, true).await
}

async fn post_bring_back(Of(app): Of<App>, caller: Caller, Path(id): Path<String>) -> Answer {
    archive(&app, caller, &id, false).await
}

async fn archive(app: &App, caller: Caller, id: &str, archived: bool) -> Answer {
    let id: ProductId = route::id(id)?;
    app.db
        .write(move |tx| super::set_archived(tx, &caller, id, archived))
        .await?;
    see_other(&format!("/products/{id}"))
}

async fn post_variant(
    Of(app): Of<App>,
    caller: Caller,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer {
    let id: ProductId = route::id(&id)?;
    app.db
        .write(move |tx| {
            let (name, identification) = (fields.get("name"), fields.get("identification"));
            super::create_variant(tx, &caller, id, name, identification)
        })
        .await?;
    see_other(&format!("/products/{id}#variants"))
}

/// One line of a choice.
pub struct Choice {
    pub value: String,
    pub text: String,
    pub chosen: bool,
}

fn category_choices(lang: Lang, chosen: &str) -> Vec<Choice> {
    categories::Category::ALL
        .iter()
        .map(|category| Choice {
            value: category.as_str().into(),
            text: lang.t(&format!("category-{category}")),
            chosen: category.as_str() == chosen,
        })
        .collect()
}

/// A category in words, with the entry of the Annex where it is known.
pub fn category_words(lang: Lang, category: &str, annex_entry: Option<&str>) -> String {
    let words = lang.t(&format!("category-{category}"));
    match annex_entry.and_then(categories::by_id) {
        Some(entry) => format!("{words}: {}", entry.title(language(lang))),
        None => words,
    }
}

/// The language of the law's data for a language of ours.
pub fn language(lang: Lang) -> Language {
    match lang {
        Lang::En => Language::English,
        Lang::De => Language::German,
    }
}

/// Where a product stands in our lists, in words.
fn state_words(lang: Lang, product: &Product) -> String {
    let state = if product.merged_into.is_some() {
        "merged"
    } else if product.archived_at.is_some() {
        State::Archived.name()
    } else if product.inbox {
        State::Inbox.name()
    } else if product.trust_published {
        State::Published.name()
    } else {
        "internal"
    };
    lang.t(&format!("product-is-{state}"))
}
