//! Products with digital elements (Art. 3(1)): what they are, where and when they were placed on
//! the market, how long they are supported.
//!
//! A product made by an upload waits in the inbox until a person looks at it, and nothing of it
//! can be published. Archiving only tidies lists: what was placed on the market stays watched.

mod api;
mod names;
mod pages;
mod rules;
mod store;
mod types;

pub use api::product_json;
pub use names::slug;
pub use pages::{category_words, language};
pub use rules::{Missing, Support, check_day, line, missing, pattern, support, text};
pub use store::STATEMENTS;
pub use types::{Filter, Listed, NewProduct, Placing, Product, State, Variant};

use crate::accounts::{Caller, Permission};
use crate::ids::{ProductId, VariantId};
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use serde_json::json;

/// Rows on one page of the list.
pub const PAGE_ROWS: u32 = 50;
/// Rows of an export or an API answer.
pub const EXPORT_ROWS_MAX: u32 = 10_000;

/// Whoever reads products, and whoever's work begins with one: an upload's token may do nothing
/// but upload, and a reporter's must find what the report is about.
const KNOWS_PRODUCTS: [Permission; 6] = [
    Permission::ProductsRead,
    Permission::ReleasesWrite,
    Permission::SbomsUpload,
    Permission::FindingsRead,
    Permission::SignalsWrite,
    Permission::CasesRead,
];

/// Refuses a caller who has nothing to do with products and releases.
pub fn require_acquaintance(caller: &Caller) -> Result<(), Trouble> {
    caller.require_any(&KNOWS_PRODUCTS)
}

/// A product of the caller's organisation.
pub fn get_product(tx: &mut Tx, caller: &Caller, id: ProductId) -> Result<Product, Trouble> {
    require_acquaintance(caller)?;
    if caller.only_product.is_some_and(|only| only != id) {
        return Err(Refusal::not_found().into());
    }
    store::find(tx, caller.organisation, id)?.ok_or(Refusal::not_found().into())
}

/// A product as it is once nobody else is at work on it, and stays until this transaction ends:
/// what depends on its state, and on what belongs to it, is decided on this.
pub fn lock_product(tx: &mut Tx, caller: &Caller, id: ProductId) -> Result<Product, Trouble> {
    get_product(tx, caller, id)?;
    store::lock(tx, caller.organisation, id)?;
    get_product(tx, caller, id)
}

/// The products a filter lets through, by name; at most `rows` from the page it names.
pub fn list_products(
    tx: &mut Tx,
    caller: &Caller,
    filter: &Filter,
    rows: u32,
) -> Result<Listed, Trouble> {
    caller.require(Permission::ProductsRead)?;
    Ok(store::list(
        tx,
        caller.organisation,
        caller.only_product,
        filter,
        rows,
    )?)
}

/// A page (how many, after how many) of the published products of an organisation, by name, for
/// public pages, and how many there are in all: no caller, because everybody may see them.
pub fn list_published(
    tx: &mut Tx,
    organisation: crate::ids::OrganisationId,
    search: Option<&str>,
    page: (i64, i64),
) -> Result<(Vec<Product>, i64), Trouble> {
    Ok(store::published(tx, organisation, search, page)?)
}

/// A published product by the name in its address, for public pages.
pub fn find_published(
    tx: &mut Tx,
    organisation: crate::ids::OrganisationId,
    slug: &str,
) -> Result<Option<Product>, Trouble> {
    Ok(store::find_published(tx, organisation, slug)?)
}

/// Records a product.
pub fn create_product(
    tx: &mut Tx,
    caller: &Caller,
    mut new: NewProduct,
) -> Result<ProductId, Trouble> {
    caller.require(Permission::ProductsWrite)?;
    refuse_if_bound(caller)?;
    rules::tidy(&mut new)?;
    let slug = slug(&new.name);
    if store::find_by_name(tx, caller.organisation, &slug)?.is_some() {
        return Err(name_taken(&new.name));
    }
    let id = insert(tx, caller, &slug, &new, false)?;
    let detail = json!({ "name": new.name, "category": new.category });
    record(tx, caller, Entry::new("product-created", id, detail))?;
    Ok(id)
}

/// Replaces what is said about a product. Its public address stays; uploads that use the old
/// name still find it.
pub fn update_product(
    tx: &mut Tx,
    caller: &Caller,
    id: ProductId,
    mut new: NewProduct,
) -> Result<(), Trouble> {
    caller.require(Permission::ProductsWrite)?;
    let before = lock_product(tx, caller, id)?;
    rules::tidy(&mut new)?;
    let slug = slug(&new.name);
    match store::find_by_name(tx, caller.organisation, &slug)? {
        Some(owner) if owner != id => return Err(name_taken(&new.name)),
        Some(_) => {}
        None => store::add_name(tx, caller.organisation, &slug, id)?,
    }
    let changed = rules::differences(&before.facts(), &new);
    if changed.is_empty() {
        return Ok(());
    }
    store::update(tx, caller.organisation, id, &new)?;
    record(
        tx,
        caller,
        Entry::new("product-changed", id, changed.into()),
    )
}

/// The product an upload means by `name` (compared by slug); made in the inbox if it is unknown
/// and `create` says so. `None` when it is unknown and may not be made. A token that is bound
/// to a product can neither see nor make another.
pub fn find_or_create_by_name(
    tx: &mut Tx,
    caller: &Caller,
    name: &str,
    create: bool,
) -> Result<Option<ProductId>, Trouble> {
    require_acquaintance(caller)?;
    let mut new = NewProduct {
        name: name.to_owned(),
        ..NewProduct::default()
    };
    rules::tidy(&mut new)?;
    let slug = slug(&new.name);
    let found = store::find_by_name(tx, caller.organisation, &slug)?
        .filter(|id| caller.only_product.is_none_or(|only| only == *id));
    if found.is_some() || !create {
        return Ok(found);
    }
    refuse_if_bound(caller)?;
    if !caller.may(Permission::ProductsWrite) {
        caller.require(Permission::ReleasesWrite)?;
    }
    let id = insert(tx, caller, &slug, &new, true)?;
    let detail = json!({ "name": new.name });
    record(tx, caller, Entry::new("product-made-by-upload", id, detail))?;
    Ok(Some(id))
}

/// A person has looked at an inbox product: it is a product of its own.
pub fn adopt_product(tx: &mut Tx, caller: &Caller, id: ProductId) -> Result<(), Trouble> {
    caller.require(Permission::ProductsWrite)?;
    let mut product = lock_product(tx, caller, id)?;
    if !product.inbox {
        return Ok(());
    }
    product.inbox = false;
    store::set_state(tx, caller.organisation, &product)?;
    record(
        tx,
        caller,
        Entry::new("product-adopted", id, json!({ "name": product.name })),
    )
}

/// An inbox product turned out to be another one: its names lead there from now on. Its releases
/// are moved by `releases`, which calls this.
pub fn merge_into(
    tx: &mut Tx,
    caller: &Caller,
    from: ProductId,
    into: ProductId,
) -> Result<(), Trouble> {
    caller.require(Permission::ProductsWrite)?;
    let mut inbox = lock_product(tx, caller, from)?;
    let target = lock_product(tx, caller, into)?;
    if !inbox.inbox || from == into || target.merged_into.is_some() {
        return Err(Refusal::conflict("merge-only-inbox").into());
    }
    store::move_names(tx, caller.organisation, from, into)?;
    inbox.merged_into = Some(into);
    inbox.archived_at = Some(tx.now());
    inbox.inbox = false;
    store::set_state(tx, caller.organisation, &inbox)?;
    let detail = json!({ "name": inbox.name, "into": into, "into_name": target.name });
    record(tx, caller, Entry::new("product-merged", from, detail))
}

/// Takes a product out of the daily lists, or brings it back. Its releases stay watched, because
/// the duty to report does not end (guidance C(2026) 5252 §210).
pub fn set_archived(
    tx: &mut Tx,
    caller: &Caller,
    id: ProductId,
    archived: bool,
) -> Result<(), Trouble> {
    caller.require(Permission::ProductsWrite)?;
    let mut product = lock_product(tx, caller, id)?;
    if product.merged_into.is_some() {
        return Err(Refusal::conflict("product-merged").into());
    }
    if archived && product.trust_published {
        return Err(Refusal::conflict("archive-published").into());
    }
    if product.archived_at.is_some() == archived {
        return Ok(());
    }
    product.archived_at = archived.then_some(tx.now());
    store::set_state(tx, caller.organisation, &product)?;
    let action = if archived {
        "product-archived"
    } else {
        "product-brought-back"
    };
    record(
        tx,
        caller,
        Entry::new(action, id, json!({ "name": product.name })),
    )
}

/// Shows a product on the trust page, or takes it off.
pub fn publish_on_trust_page(
    tx: &mut Tx,
    caller: &Caller,
    id: ProductId,
    published: bool,
) -> Result<(), Trouble> {
    caller.require(Permission::TrustPublish)?;
    let mut product = lock_product(tx, caller, id)?;
    if published && product.inbox {
        return Err(Refusal::conflict("publish-inbox").into());
    }
    if published && product.archived_at.is_some() {
        return Err(Refusal::conflict("publish-archived").into());
    }
    if product.trust_published == published {
        return Ok(());
    }
    product.trust_published = published;
    store::set_state(tx, caller.organisation, &product)?;
    let action = if published {
        "product-published"
    } else {
        "product-unpublished"
    };
    record(
        tx,
        caller,
        Entry::new(
            action,
            id,
            json!({ "name": product.name, "slug": product.slug }),
        ),
    )
}

/// The variants of a product, by name.
pub fn list_variants(
    tx: &mut Tx,
    caller: &Caller,
    product: ProductId,
) -> Result<Vec<Variant>, Trouble> {
    get_product(tx, caller, product)?;
    Ok(store::variants(tx, caller.organisation, product)?)
}

/// Adds a variant.
pub fn create_variant(
    tx: &mut Tx,
    caller: &Caller,
    product: ProductId,
    name: &str,
    identification: &str,
) -> Result<VariantId, Trouble> {
    caller.require(Permission::ProductsWrite)?;
    lock_product(tx, caller, product)?;
    let variants = list_variants(tx, caller, product)?;
    let name = rules::line("name", name, rules::NAME_CHARS_MAX)?;
    let identification = rules::line(
        "identification",
        identification,
        rules::IDENTIFICATION_CHARS_MAX,
    )?;
    if name.is_empty() {
        return Err(Refusal::field("name", "field-required")
            .with("field", "name")
            .into());
    }
    if variants.len() >= rules::VARIANTS_MAX {
        return Err(Refusal::conflict("variants-too-many")
            .with("max", rules::VARIANTS_MAX)
            .into());
    }
    if variants.iter().any(|variant| variant.name == name) {
        return Err(Refusal::field("name", "variant-exists")
            .with("name", &name)
            .into());
    }
    let id = store::insert_variant(tx, caller.organisation, product, &name, &identification)?;
    let detail = json!({ "product": product, "name": name, "identification": identification });
    record(tx, caller, Entry::new("variant-created", id, detail))?;
    Ok(id)
}

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    [pages::routes(), api::routes()]
        .into_iter()
        .flatten()
        .collect()
}

fn insert(
    tx: &mut Tx,
    caller: &Caller,
    slug: &str,
    new: &NewProduct,
    inbox: bool,
) -> Result<ProductId, Trouble> {
    let id: ProductId = tx.new_id();
    let address = if store::slug_is_taken(tx, caller.organisation, slug)? {
        names::with_suffix(slug, id)
    } else {
        slug.to_owned()
    };
    store::insert(tx, caller.organisation, id, &address, new, inbox)?;
    store::add_name(tx, caller.organisation, slug, id)?;
    Ok(id)
}

fn refuse_if_bound(caller: &Caller) -> Result<(), Trouble> {
    match caller.only_product {
        Some(_) => Err(Refusal::forbidden().into()),
        None => Ok(()),
    }
}

fn name_taken(name: &str) -> Trouble {
    Refusal::field("name", "product-name-taken")
        .with("name", name)
        .into()
}

fn record(tx: &mut Tx, caller: &Caller, entry: Entry) -> Result<(), Trouble> {
    journal::record(tx, caller.organisation, &caller.actor, entry)
}
