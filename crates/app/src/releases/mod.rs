//! Versions made available (Art. 3(22)): tagged releases and rolling branch builds, freeze.
//!
//! Only a tagged version becomes a release that may stand on the market; the build of a branch
//! rolls on under the branch's name. Freezing has no way back.

mod api;
mod pages;
mod rules;
mod store;
mod types;

pub use api::release_json;
pub use store::STATEMENTS;
pub use types::{Change, Counts, Market, NewRelease, Proof, Release, TAGGED, Target};

use crate::accounts::{Caller, Permission};
use crate::blobs::Digest;
use crate::ids::{OrganisationId, ProductId, ReleaseId, VariantId};
use crate::jobs::{self, Job};
use crate::journal::{self, Entry};
use crate::products;
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use serde_json::json;

/// Releases of one product on a page or in an answer.
pub const ROWS_MAX: i64 = 500;

/// A release of the caller's organisation.
pub fn get_release(tx: &mut Tx, caller: &Caller, id: ReleaseId) -> Result<Release, Trouble> {
    products::require_acquaintance(caller)?;
    store::find(tx, caller.organisation, id)?
        .filter(|release| is_visible(caller, release.product))
        .ok_or(Refusal::not_found().into())
}

/// A release as it is once nobody else is at work on it, and stays until this transaction ends:
/// what depends on "not frozen" is decided on this. Take it before anything else is written.
pub fn lock_release(tx: &mut Tx, caller: &Caller, id: ReleaseId) -> Result<Release, Trouble> {
    get_release(tx, caller, id)?;
    store::lock(tx, caller.organisation, id)?;
    get_release(tx, caller, id)
}

/// Counts of a product's releases.
pub fn counts_of_product(
    tx: &mut Tx,
    caller: &Caller,
    product: ProductId,
) -> Result<Counts, Trouble> {
    caller.require(Permission::ProductsRead)?;
    if !is_visible(caller, product) {
        return Err(Refusal::not_found().into());
    }
    Ok(store::counts(tx, caller.organisation, product)?)
}

/// The releases of a product, the newest first, and how many there are.
pub fn list_of_product(
    tx: &mut Tx,
    caller: &Caller,
    product: ProductId,
) -> Result<(Vec<Release>, i64), Trouble> {
    caller.require(Permission::ProductsRead)?;
    if !is_visible(caller, product) {
        return Err(Refusal::not_found().into());
    }
    let releases = store::of_product(tx, caller.organisation, product)?;
    let count = store::counts(tx, caller.organisation, product)?.all;
    Ok((releases, count))
}

/// The tagged releases of published products that a person has said are or were on the market,
/// the latest first, for public pages, and how many there are in all: no caller, because everybody
/// may see them. What is only assumed to be on the market stays inside, for nothing goes out
/// without a person.
pub fn list_published(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: Option<ProductId>,
) -> Result<(Vec<Release>, i64), Trouble> {
    Ok(store::published(tx, organisation, product)?)
}

/// Records a release of a product.
pub fn create_release(
    tx: &mut Tx,
    caller: &Caller,
    product: ProductId,
    new: NewRelease,
) -> Result<ReleaseId, Trouble> {
    caller.require(Permission::ReleasesWrite)?;
    let product = products::lock_product(tx, caller, product)?;
    if product.merged_into.is_some() {
        return Err(Refusal::conflict("product-merged").into());
    }
    let new = rules::check(new)?;
    if let Some(variant) = new.variant {
        require_variant(tx, caller, product.id, variant)?;
    }
    if store::find_version(
        tx,
        caller.organisation,
        product.id,
        &new.channel,
        &new.version,
    )?
    .is_some()
    {
        return Err(version_exists(&new.version));
    }
    if new.is_latest {
        store::clear_latest(tx, caller.organisation, product.id)?;
    }
    let id = store::insert(
        tx,
        caller.organisation,
        product.id,
        &new,
        caller.actor.name(),
    )?;
    let detail = json!({
        "product": product.id, "product_name": product.name, "version": new.version,
        "channel": new.channel, "market": new.market.name(), "assumed": new.market_assumed,
    });
    record(tx, caller, Entry::new("release-created", id, detail))?;
    Ok(id)
}

/// Changes a release's facts; a frozen one refuses everything but which is the latest.
pub fn update_release(
    tx: &mut Tx,
    caller: &Caller,
    id: ReleaseId,
    change: Change,
) -> Result<(), Trouble> {
    caller.require(Permission::ReleasesWrite)?;
    if change.is_latest == Some(true) {
        // Of two that become the latest at once, one is.
        let release = get_release(tx, caller, id)?;
        products::lock_product(tx, caller, release.product)?;
    }
    let before = lock_release(tx, caller, id)?;
    let after = rules::changed(&before, change)?;
    let detail = rules::differences(&before, &after);
    if detail.is_empty() {
        return Ok(());
    }
    if detail.keys().any(|field| field != "is_latest") {
        require_unfrozen(&before)?;
    }
    if let Some(variant) = after.variant.filter(|v| before.variant != Some(*v)) {
        require_variant(tx, caller, before.product, variant)?;
    }
    let (channel, version) = (&after.channel, &after.version);
    let same = store::find_version(tx, caller.organisation, before.product, channel, version)?;
    if same.is_some_and(|other| other != id) {
        return Err(version_exists(version));
    }
    if after.is_latest && !before.is_latest {
        store::clear_latest(tx, caller.organisation, before.product)?;
    }
    store::update(tx, caller.organisation, &after)?;
    record(tx, caller, Entry::new("release-changed", id, detail.into()))
}

/// The release an upload is for; made if it is unknown and `create` says so (needs the
/// permission `releases-write`, else refused). `None` when unknown and not to be made. A branch
/// build is one release that rolls on; a tagged version is on the market until a person says
/// otherwise.
pub fn find_or_create(
    tx: &mut Tx,
    caller: &Caller,
    product: ProductId,
    target: &Target,
    create: bool,
) -> Result<Option<ReleaseId>, Trouble> {
    if !is_visible(caller, product) {
        return Err(Refusal::not_found().into());
    }
    let new = NewRelease {
        version: target.version.clone(),
        branch: target.branch.clone(),
        is_latest: target.is_latest.unwrap_or(false),
        labels: target.labels.clone(),
        ..NewRelease::default()
    };
    let checked = rules::check(new.clone())?;
    let (channel, version) = (&checked.channel, &checked.version);
    let Some(id) = store::find_version(tx, caller.organisation, product, channel, version)? else {
        if !create {
            return Ok(None);
        }
        // Another upload may just be making it; it is done, and seen, once the product is ours.
        products::lock_product(tx, caller, product)?;
        let made = store::find_version(tx, caller.organisation, product, channel, version)?;
        return match made {
            Some(id) => roll_on(tx, caller, id, target).map(|()| Some(id)),
            None => create_release(tx, caller, product, new).map(Some),
        };
    };
    roll_on(tx, caller, id, target)?;
    Ok(Some(id))
}

/// Says where a release stands towards the market, which also confirms what was assumed. The
/// evidence of a frozen release stays as it is; its life on the market goes on. A release that
/// comes to the market is considered at once: wake the worker afterwards.
pub fn set_market(
    tx: &mut Tx,
    caller: &Caller,
    id: ReleaseId,
    market: Market,
) -> Result<(), Trouble> {
    caller.require(Permission::ReleasesWrite)?;
    let release = lock_release(tx, caller, id)?;
    if !release.is_tagged() {
        return Err(Refusal::conflict("branch-not-on-market").into());
    }
    if release.market == market && !release.market_assumed {
        return Ok(());
    }
    store::set_market(tx, caller.organisation, id, market)?;
    if market.is_or_was() && !release.market.is_or_was() {
        let organisation = caller.organisation;
        let job = Job::ConsiderRelease {
            organisation,
            release: id,
        };
        jobs::enqueue(tx, &job)?;
    }
    let detail = json!({
        "old": release.market.name(), "assumed": release.market_assumed, "new": market.name(),
        "version": release.version,
    });
    record(tx, caller, Entry::new("release-market-stated", id, detail))
}

/// Takes an unfrozen tagged release off the market for a program that asks to delete it: nothing
/// is deleted, and it stays watched (guidance C(2026) 5252 §210). Unlike [`set_market`] it confirms
/// nothing: what was only assumed to be on the market stays off public pages.
pub fn withdraw(tx: &mut Tx, caller: &Caller, id: ReleaseId) -> Result<(), Trouble> {
    caller.require(Permission::ReleasesWrite)?;
    let release = lock_release(tx, caller, id)?;
    require_unfrozen(&release)?;
    if !release.is_tagged() {
        return Err(Refusal::conflict("branch-not-on-market").into());
    }
    match release.market {
        Market::Withdrawn => return Ok(()),
        Market::NotYet => {
            let refusal = Refusal::conflict("release-never-on-market");
            return Err(refusal.with("version", &release.version).into());
        }
        Market::OnMarket => {}
    }
    store::withdraw(tx, caller.organisation, id)?;
    let detail = json!({
        "old": release.market.name(), "assumed": release.market_assumed,
        "version": release.version,
    });
    record(tx, caller, Entry::new("release-withdrawn", id, detail))
}

/// Refuses when the release is frozen, with who froze it and when.
pub fn require_unfrozen(release: &Release) -> Result<(), Trouble> {
    match release.frozen_at {
        None => Ok(()),
        Some(at) => Err(Refusal::conflict("release-frozen")
            .with("version", &release.version)
            .with("by", release.frozen_by.as_deref().unwrap_or("?"))
            .with("at", at.strftime("%Y-%m-%d %H:%M UTC"))
            .into()),
    }
}

/// Puts something that proves something about a release into its evidence set, in place of what
/// stood in that slot; refused when the release is frozen. Rooms below call it in the
/// transaction in which they record the thing, so that freezing can never miss it.
pub fn put_in_evidence_set(
    tx: &mut Tx,
    caller: &Caller,
    id: ReleaseId,
    proof: &Proof,
) -> Result<(), Trouble> {
    let release = lock_release(tx, caller, id)?;
    require_unfrozen(&release)?;
    store::put_proof(tx, caller.organisation, id, proof)?;
    Ok(())
}

/// What a freeze would take, or took: sorted by slot.
pub fn evidence_set(tx: &mut Tx, caller: &Caller, id: ReleaseId) -> Result<Vec<Proof>, Trouble> {
    get_release(tx, caller, id)?;
    Ok(store::proofs(tx, caller.organisation, id)?)
}

/// The document whose digest the freeze recorded, byte for byte; none while nothing is frozen.
pub fn frozen_set(tx: &mut Tx, caller: &Caller, id: ReleaseId) -> Result<Option<String>, Trouble> {
    get_release(tx, caller, id)?;
    Ok(store::frozen_set(tx, caller.organisation, id)?)
}

/// Freezes a release: from now on its facts and its evidence set stay as they are. There is no
/// way back.
pub fn freeze(tx: &mut Tx, caller: &Caller, id: ReleaseId) -> Result<Digest, Trouble> {
    caller.require(Permission::ReleasesFreeze)?;
    let release = lock_release(tx, caller, id)?;
    require_unfrozen(&release)?;
    if !release.is_tagged() {
        return Err(Refusal::conflict("freeze-branch").into());
    }
    let proofs = store::proofs(tx, caller.organisation, id)?;
    let set = rules::evidence_document(&release, &proofs);
    let digest = Digest::of(set.as_bytes());
    let by = caller.actor.name();
    if !store::freeze(tx, caller.organisation, id, by, &digest, &set)? {
        return Err(Refusal::conflict("release-frozen-meanwhile").into());
    }
    let detail = json!({
        "version": release.version, "product": release.product, "digest": digest.as_str(),
        "evidence": proofs.iter().map(|p| json!({ "slot": p.slot, "digest": p.digest }))
            .collect::<Vec<_>>(),
    });
    record(tx, caller, Entry::new("release-frozen", id, detail))?;
    Ok(digest)
}

/// An inbox product turned out to be another: its releases become the other's, and its names
/// lead there. Refused when a version stands in both, or when one of its releases is frozen.
pub fn merge_products(
    tx: &mut Tx,
    caller: &Caller,
    from: ProductId,
    into: ProductId,
) -> Result<(), Trouble> {
    products::lock_product(tx, caller, from)?;
    products::lock_product(tx, caller, into)?;
    if let Some(version) = store::version_in_both(tx, caller.organisation, from, into)? {
        return Err(Refusal::conflict("merge-version-in-both")
            .with("version", version)
            .into());
    }
    if let Some(version) = store::frozen_version(tx, caller.organisation, from)? {
        return Err(Refusal::conflict("merge-frozen")
            .with("version", version)
            .into());
    }
    products::merge_into(tx, caller, from, into)?;
    store::move_to(tx, caller.organisation, from, into)?;
    Ok(())
}

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    [pages::routes(), api::routes()]
        .into_iter()
        .flatten()
        .collect()
}

fn is_visible(caller: &Caller, product: ProductId) -> bool {
    caller.only_product.is_none_or(|only| only == product)
}

/// What a further upload to a release changes: labels are added, and it may become the latest.
fn roll_on(tx: &mut Tx, caller: &Caller, id: ReleaseId, target: &Target) -> Result<(), Trouble> {
    let release = get_release(tx, caller, id)?;
    let change = Change {
        is_latest: target.is_latest,
        labels: rules::with_labels(&release, &target.labels),
        ..Change::default()
    };
    let says_something = change.labels.is_some()
        || change
            .is_latest
            .is_some_and(|latest| latest != release.is_latest);
    if says_something && caller.may(Permission::ReleasesWrite) && release.frozen_at.is_none() {
        update_release(tx, caller, id, change)?;
    }
    Ok(())
}

fn require_variant(
    tx: &mut Tx,
    caller: &Caller,
    product: ProductId,
    variant: VariantId,
) -> Result<(), Trouble> {
    let variants = products::list_variants(tx, caller, product)?;
    if variants.iter().any(|v| v.id == variant) {
        return Ok(());
    }
    Err(Refusal::field("variant", "variant-unknown").into())
}

fn version_exists(version: &str) -> Trouble {
    let refusal = Refusal::field("version", "version-exists");
    Refusal {
        status: 409,
        ..refusal.with("version", version)
    }
    .into()
}

fn record(tx: &mut Tx, caller: &Caller, entry: Entry) -> Result<(), Trouble> {
    journal::record(tx, caller.organisation, &caller.actor, entry)
}
