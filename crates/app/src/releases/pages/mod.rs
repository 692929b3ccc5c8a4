//! The pages of releases, and the product page, which shows a product's facts and its releases.

mod edit;
mod product;
mod release;

use super::{Market, Release};
use crate::accounts::Permission;
use crate::web::route::{Access, get, post};
use crate::web::{Route, Visit};

pub fn routes() -> Vec<Route> {
    let read = Access::Can(Permission::ProductsRead);
    let write = Access::Can(Permission::ReleasesWrite);
    let freeze = Access::Can(Permission::ReleasesFreeze);
    let products = Access::Can(Permission::ProductsWrite);
    vec![
        get("/products/{id}", read, product::get_product),
        get("/products/{id}/merge", products, product::get_merge),
        post("/products/{id}/merge", products, product::post_merge),
        get("/products/{id}/releases/new", write, edit::get_new),
        post("/products/{id}/releases", write, edit::post_new),
        get("/releases/{id}", read, release::get_release),
        get("/releases/{id}/edit", write, edit::get_edit),
        post("/releases/{id}/edit", write, edit::post_edit),
        post("/releases/{id}/market", write, release::post_market),
        get("/releases/{id}/freeze", freeze, release::get_freeze),
        post("/releases/{id}/freeze", freeze, release::post_freeze),
        get(
            "/releases/{id}/frozen-set.json",
            read,
            release::get_frozen_set,
        ),
    ]
}

/// Where a release stands towards the market, in words, with what is only assumed said so.
fn market_words(page: &Visit, release: &Release) -> String {
    if !release.is_tagged() {
        return page.t("release-market-branch");
    }
    let words = page.t(&format!("release-market-{}", release.market.name()));
    if release.market_assumed {
        page.t1("release-market-assumed", "market", words)
    } else {
        words
    }
}

/// The mark of a release's state, drawn beside its words.
fn market_mark(release: &Release) -> (&'static str, &'static str) {
    match release.market {
        _ if !release.is_tagged() => ("not-affected", "◇"),
        _ if release.market_assumed => ("unknown", "?"),
        Market::OnMarket => ("verified", "✓"),
        Market::NotYet => ("not-assessed", "○"),
        Market::Withdrawn => ("not-affected", "◇"),
    }
}

/// What a release is called: its version, or that it is the rolling build of a branch.
fn release_words(page: &Visit, release: &Release) -> String {
    if release.is_tagged() {
        release.version.clone()
    } else {
        page.t1("release-branch-name", "branch", &release.version)
    }
}
