//! The public face (Art. 13(16), (17), (19), Annex I Part II (4) to (6)): pages of the
//! organisation, its products and its advisories, their JSON twins, and `security.txt`.
//!
//! Reads what is published and writes nothing of its own. What is not published, or belongs to
//! somebody else, answers exactly like what does not exist. The same types make the public page,
//! its JSON twin and the preview, so that none of them can show more than the others.

mod api;
mod pages;
mod rules;

pub use rules::{SECURITY_TXT_DAYS, contact_uri};

use crate::accounts::{self, Caller, Organisation, Permission};
use crate::disclosures::{self, Publication};
use crate::ids::{ProductId, PublicationId};
use crate::products::{self, Product};
use crate::releases::{self, Release};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use jiff::Timestamp;
use jiff::civil::Date;

/// Products on one page; more are on the next, and found by searching.
const PAGE_ROWS: i64 = 200;
const PAGE_MAX: i64 = 100_000;

/// The organisation's public page.
#[derive(Debug, Clone)]
pub struct Front {
    pub organisation: Organisation,
    pub products: Vec<ProductLine>,
    /// How many products there are in all.
    pub products_total: i64,
    /// Which page of them this is, from 1 on.
    pub number: i64,
    /// What was searched for.
    pub search: Option<String>,
    /// The newest; each product's page has its own.
    pub advisories: Vec<Publication>,
    pub advisories_total: i64,
    /// When something that stands here last changed; none while nothing does.
    pub updated_at: Option<Timestamp>,
}

impl Front {
    /// The query of a further page of products.
    fn query_of(&self, number: i64) -> String {
        match &self.search {
            Some(search) => format!("?q={}&page={number}", crate::web::route::encode(search)),
            None => format!("?page={number}"),
        }
    }

    /// The query of the page before, if there is one.
    pub fn previous(&self) -> Option<String> {
        (self.number > 1).then(|| self.query_of(self.number - 1))
    }

    /// The query of the page after, if there is one.
    pub fn next(&self) -> Option<String> {
        (self.number * PAGE_ROWS < self.products_total).then(|| self.query_of(self.number + 1))
    }
}

/// A product in the table of the organisation's page.
#[derive(Debug, Clone)]
pub struct ProductLine {
    pub name: String,
    pub slug: String,
    /// The first line of what it is.
    pub summary: String,
    pub support_ends_on: Option<Date>,
    pub latest_version: Option<String>,
    pub latest_advisory_at: Option<Timestamp>,
}

/// A product's public page.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub organisation: Organisation,
    pub product: Product,
    pub releases: Vec<Release>,
    pub releases_total: i64,
    pub advisories: Vec<Publication>,
    pub advisories_total: i64,
    pub updated_at: Timestamp,
}

impl Sheet {
    /// Where users of the product reach a person: its own contact, else the organisation's.
    pub fn contact(&self) -> Option<&String> {
        let own = self.product.contact.as_ref();
        own.or_else(|| rules::security_contact(&self.organisation))
    }

    /// Where flaws of the product are reported: the organisation's address for it, else the
    /// product's contact, else the organisation's.
    pub fn report_address(&self) -> Option<&String> {
        let own = self.organisation.report_address.as_ref();
        own.or_else(|| self.contact())
    }
}

/// An advisory's public page.
#[derive(Debug, Clone)]
pub struct Notice {
    pub organisation: Organisation,
    pub publication: Publication,
}

/// The organisation a public address names, if its page is public. No name means the instance's
/// first organisation, whose page well-known addresses belong to.
pub fn get_organisation(tx: &mut Tx, slug: Option<&str>) -> Result<Organisation, Trouble> {
    let found = match slug {
        Some(slug) => accounts::find_organisation_by_slug(tx, slug)?,
        None => accounts::list_organisations(tx)?.into_iter().next(),
    };
    found
        .filter(|organisation| organisation.trust_published)
        .ok_or(Refusal::not_found().into())
}

/// Whether well-known addresses of this instance belong to an organisation: to its first one.
pub fn owns_well_known(tx: &mut Tx, organisation: &Organisation) -> Result<bool, Trouble> {
    let first = accounts::list_organisations(tx)?.into_iter().next();
    Ok(first.is_some_and(|first| first.id == organisation.id))
}

/// A public page of an organisation.
pub fn get_front(
    tx: &mut Tx,
    slug: Option<&str>,
    search: Option<String>,
    number: i64,
) -> Result<Front, Trouble> {
    let organisation = get_organisation(tx, slug)?;
    front_of(tx, organisation, search, number)
}

/// A product's public page.
pub fn get_sheet(tx: &mut Tx, organisation: &str, product: &str) -> Result<Sheet, Trouble> {
    let organisation = get_organisation(tx, Some(organisation))?;
    let product =
        products::find_published(tx, organisation.id, product)?.ok_or_else(Refusal::not_found)?;
    let releases = releases::list_published(tx, organisation.id, Some(product.id))?;
    let advisories = disclosures::list_published(tx, organisation.id, Some(product.id))?;
    Ok(rules::sheet(organisation, product, releases, advisories))
}

/// An advisory's public page.
pub fn get_notice(tx: &mut Tx, organisation: &str, id: PublicationId) -> Result<Notice, Trouble> {
    let organisation = get_organisation(tx, Some(organisation))?;
    let publication =
        disclosures::find_published(tx, organisation.id, id)?.ok_or_else(Refusal::not_found)?;
    Ok(Notice {
        publication: rules::public(publication),
        organisation,
    })
}

/// The organisation's page as it is or would be, for its own people.
pub fn preview_front(tx: &mut Tx, caller: &Caller) -> Result<Front, Trouble> {
    caller.require(Permission::ProductsRead)?;
    let organisation = accounts::get_organisation(tx, caller.organisation)?;
    front_of(tx, organisation, None, 1)
}

/// A product's page as it is or would be, for the organisation's own people, and the releases
/// that stay inside because nobody has confirmed that they are on the market.
pub fn preview_sheet(
    tx: &mut Tx,
    caller: &Caller,
    id: ProductId,
) -> Result<(Sheet, Vec<Release>), Trouble> {
    caller.require(Permission::ProductsRead)?;
    let organisation = accounts::get_organisation(tx, caller.organisation)?;
    let product = products::get_product(tx, caller, id)?;
    let (all, _) = releases::list_of_product(tx, caller, id)?;
    let (mut public, inside): (Vec<_>, Vec<_>) = all.into_iter().partition(Release::is_public);
    public.sort_by_key(|release| !release.is_latest);
    let assumed = inside
        .into_iter()
        .filter(|release| release.is_tagged() && release.market_assumed)
        .collect();
    let mut advisories = disclosures::list_of_product(tx, caller, id)?;
    advisories.retain(|advisory| advisory.published_at.is_some());
    advisories.sort_by_key(|advisory| std::cmp::Reverse(advisory.published_at));
    let (releases, published) = (public.len() as i64, advisories.len() as i64);
    let (public, advisories) = ((public, releases), (advisories, published));
    let sheet = rules::sheet(organisation, product, public, advisories);
    Ok((sheet, assumed))
}

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    pages::routes()
}

fn front_of(
    tx: &mut Tx,
    organisation: Organisation,
    search: Option<String>,
    number: i64,
) -> Result<Front, Trouble> {
    let number = number.clamp(1, PAGE_MAX);
    let page = (PAGE_ROWS, (number - 1) * PAGE_ROWS);
    let products = products::list_published(tx, organisation.id, search.as_deref(), page)?;
    let (releases, _) = releases::list_published(tx, organisation.id, None)?;
    let advisories = disclosures::list_published(tx, organisation.id, None)?;
    let shown: Vec<ProductId> = products.0.iter().map(|product| product.id).collect();
    let latest = disclosures::latest_published(tx, organisation.id, &shown)?;
    let front = rules::front(organisation, products, &releases, advisories, &latest);
    Ok(Front {
        search,
        number,
        ..front
    })
}
