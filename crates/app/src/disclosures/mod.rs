//! What we publish about vulnerabilities (Annex I Part II (4)): advisories of our own.
//!
//! An advisory is a draft until a person publishes it, and is never changed afterwards: it can
//! only be withdrawn, with a reason that stays public. Drafts are nobody else's business.

mod api;
mod pages;
mod rules;
mod store;

pub use store::STATEMENTS;

use crate::accounts::{Caller, Permission};
use crate::ids::{OrganisationId, ProductId, PublicationId, ReleaseId};
use crate::journal::{self, Entry};
use crate::products;
use crate::releases::{self, Release};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use jiff::Timestamp;
use serde_json::json;
use std::collections::HashMap;

/// An advisory of ours.
#[derive(Debug, Clone)]
pub struct Publication {
    pub id: PublicationId,
    pub product: ProductId,
    pub product_name: String,
    pub product_slug: String,
    pub title: String,
    /// Plain text.
    pub text: String,
    /// In the manufacturer's words, such as `High (CVSS 8.1)`.
    pub severity: String,
    pub cves: Vec<String>,
    /// The releases that are affected.
    pub releases: Vec<Affected>,
    pub published_at: Option<Timestamp>,
    pub published_by: Option<String>,
    pub withdrawn_at: Option<Timestamp>,
    pub withdrawn_reason: Option<String>,
    pub created_at: Timestamp,
    pub created_by: String,
    pub changed_at: Timestamp,
}

/// A release an advisory names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affected {
    pub release: ReleaseId,
    pub version: String,
    /// A tagged version that is or was on the market: only such may be named in public.
    pub is_public: bool,
}

impl Publication {
    /// `draft`, `published` or `withdrawn`.
    pub fn state(&self) -> &'static str {
        match (self.published_at, self.withdrawn_at) {
            (_, Some(_)) => "withdrawn",
            (Some(_), None) => "published",
            (None, None) => "draft",
        }
    }

    /// The versions that may be named in public.
    pub fn public_versions(&self) -> Vec<&str> {
        let public = self.releases.iter().filter(|release| release.is_public);
        public.map(|release| release.version.as_str()).collect()
    }
}

/// What a person writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPublication {
    pub title: String,
    pub text: String,
    pub severity: String,
    pub cves: Vec<String>,
    pub releases: Vec<ReleaseId>,
}

/// An advisory of the caller's organisation, drafts included.
pub fn get_publication(
    tx: &mut Tx,
    caller: &Caller,
    id: PublicationId,
) -> Result<Publication, Trouble> {
    caller.require(Permission::ProductsRead)?;
    store::find(tx, caller.organisation, id)?
        .filter(|found| caller.only_product.is_none_or(|only| only == found.product))
        .ok_or(Refusal::not_found().into())
}

/// The advisories of a product, the newest first, drafts included.
pub fn list_of_product(
    tx: &mut Tx,
    caller: &Caller,
    product: ProductId,
) -> Result<Vec<Publication>, Trouble> {
    caller.require(Permission::ProductsRead)?;
    products::get_product(tx, caller, product)?;
    Ok(store::of_product(tx, caller.organisation, product)?)
}

/// The published advisories on published products, the newest first, withdrawn ones marked, and
/// how many there are in all: no caller, because everybody may see them.
pub fn list_published(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: Option<ProductId>,
) -> Result<(Vec<Publication>, i64), Trouble> {
    Ok(store::published(tx, organisation, product)?)
}

/// When the newest public advisory on each of these products was published, for those published.
pub fn latest_published(
    tx: &mut Tx,
    organisation: OrganisationId,
    products: &[ProductId],
) -> Result<HashMap<ProductId, Timestamp>, Trouble> {
    Ok(store::latest(tx, organisation, products)?)
}

/// A published advisory on a published product.
pub fn find_published(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: PublicationId,
) -> Result<Option<Publication>, Trouble> {
    Ok(store::find_published(tx, organisation, id)?)
}

/// Writes a draft.
pub fn create_draft(
    tx: &mut Tx,
    caller: &Caller,
    product: ProductId,
    new: NewPublication,
) -> Result<PublicationId, Trouble> {
    require_author(caller)?;
    let product = products::get_product(tx, caller, product)?;
    if product.inbox || product.merged_into.is_some() {
        return Err(Refusal::conflict("publication-on-inbox").into());
    }
    let new = rules::check(new)?;
    require_releases(tx, caller, product.id, &new)?;
    let by = caller.actor.name();
    let id = store::insert(tx, caller.organisation, product.id, &new, by)?;
    let detail = json!({ "product": product.id, "title": new.title });
    record(tx, caller, Entry::new("publication-drafted", id, detail))?;
    Ok(id)
}

/// Changes a draft; what was published stays as it was read.
pub fn update_draft(
    tx: &mut Tx,
    caller: &Caller,
    id: PublicationId,
    new: NewPublication,
) -> Result<(), Trouble> {
    require_author(caller)?;
    let before = lock_publication(tx, caller, id)?;
    require_draft(&before)?;
    let new = rules::check(new)?;
    require_releases(tx, caller, before.product, &new)?;
    store::update(tx, caller.organisation, id, &new)?;
    let detail = json!({ "title": new.title });
    record(tx, caller, Entry::new("publication-changed", id, detail))
}

/// Makes a draft public, for good.
pub fn publish_publication(tx: &mut Tx, caller: &Caller, id: PublicationId) -> Result<(), Trouble> {
    caller.require(Permission::TrustPublish)?;
    let draft = lock_publication(tx, caller, id)?;
    require_draft(&draft)?;
    if draft.text.is_empty() {
        return Err(Refusal::conflict("publication-without-text").into());
    }
    if !store::publish(tx, caller.organisation, id, caller.actor.name())? {
        return Err(Refusal::conflict("publication-not-draft").into());
    }
    let detail = json!({
        "product": draft.product, "title": draft.title, "cves": draft.cves,
        "digest": crate::blobs::Digest::of(draft.text.as_bytes()).as_str(),
    });
    record(tx, caller, Entry::new("publication-published", id, detail))
}

/// Takes a published advisory back; its title, the instant and the reason stay public.
pub fn withdraw_publication(
    tx: &mut Tx,
    caller: &Caller,
    id: PublicationId,
    reason: &str,
) -> Result<(), Trouble> {
    caller.require(Permission::TrustPublish)?;
    let published = lock_publication(tx, caller, id)?;
    let reason = rules::check_reason(reason)?;
    if published.state() != "published" {
        return Err(Refusal::conflict("publication-not-published").into());
    }
    store::withdraw(tx, caller.organisation, id, &reason)?;
    let detail = json!({ "title": published.title, "reason": reason });
    record(tx, caller, Entry::new("publication-withdrawn", id, detail))
}

/// The releases of a product an advisory may name: tagged, and on the market now or once.
pub fn list_nameable(
    tx: &mut Tx,
    caller: &Caller,
    product: ProductId,
) -> Result<Vec<Release>, Trouble> {
    let (mut found, _) = releases::list_of_product(tx, caller, product)?;
    found.retain(|release| release.is_tagged() && release.market.is_or_was());
    Ok(found)
}

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    [pages::routes(), api::routes()]
        .into_iter()
        .flatten()
        .collect()
}

/// Whoever judges findings or publishes may write a draft; only the latter publishes it.
fn require_author(caller: &Caller) -> Result<(), Trouble> {
    if caller.may(Permission::TrustPublish) {
        return Ok(());
    }
    caller.require(Permission::FindingsAssess)
}

/// An advisory as it is once nobody else is at work on it: what everybody read must not change
/// under them because somebody saved the draft at the same moment.
fn lock_publication(
    tx: &mut Tx,
    caller: &Caller,
    id: PublicationId,
) -> Result<Publication, Trouble> {
    store::lock(tx, caller.organisation, id)?;
    get_publication(tx, caller, id)
}

fn require_draft(publication: &Publication) -> Result<(), Trouble> {
    match publication.state() {
        "draft" => Ok(()),
        _ => Err(Refusal::conflict("publication-not-draft").into()),
    }
}

fn require_releases(
    tx: &mut Tx,
    caller: &Caller,
    product: ProductId,
    new: &NewPublication,
) -> Result<(), Trouble> {
    let known = list_nameable(tx, caller, product)?;
    let unknown = new
        .releases
        .iter()
        .any(|id| known.iter().all(|release| release.id != *id));
    if unknown {
        return Err(Refusal::field("releases", "publication-release-unknown").into());
    }
    Ok(())
}

fn record(tx: &mut Tx, caller: &Caller, entry: Entry) -> Result<(), Trouble> {
    journal::record(tx, caller.organisation, &caller.actor, entry)
}
