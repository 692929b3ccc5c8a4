//! The JSON twins of the public pages: the same facts, for machines.

use super::{Front, Notice, Sheet, rules};
use crate::accounts::Organisation;
use crate::disclosures::Publication;
use crate::releases::Market;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

/// The twin of the organisation's page. `base` is what addresses begin with.
pub fn front_json(front: &Front, base: &str) -> Value {
    let slug = &front.organisation.slug;
    json!({
        "format": "bonafide-trust-organisation/1",
        "organisation": organisation_json(&front.organisation, base),
        "search": front.search,
        "products": front.products.iter().map(|product| json!({
            "name": product.name,
            "summary": product.summary,
            "support_ends": product.support_ends_on.map(month),
            "latest_version": product.latest_version,
            "latest_advisory_at": product.latest_advisory_at.map(instant),
            "url": format!("{base}/trust/{slug}/products/{}", product.slug),
        })).collect::<Vec<_>>(),
        "products_total": front.products_total,
        "next": front.next().map(|query| format!("{base}/trust/{slug}.json{query}")),
        "advisories": advisories_json(&front.advisories, base, slug),
        "advisories_total": front.advisories_total,
        "updated_at": front.updated_at.map(instant),
    })
}

/// The twin of a product's page.
pub fn sheet_json(sheet: &Sheet, base: &str) -> Value {
    let (product, slug) = (&sheet.product, &sheet.organisation.slug);
    json!({
        "format": "bonafide-trust-product/1",
        "organisation": organisation_json(&sheet.organisation, base),
        "product": {
            "name": product.name,
            "identification": product.identification,
            "description": product.description,
            "intended_purpose": product.intended_purpose,
            "category": product.category,
            "annex_entry": product.annex_entry,
            "support_ends": product.support_ends_on.map(month),
            "contact": sheet.contact(),
            "report_address": sheet.report_address(),
            "url": format!("{base}/trust/{slug}/products/{}", product.slug),
        },
        "releases_total": sheet.releases_total,
        "advisories_total": sheet.advisories_total,
        "releases": sheet.releases.iter().map(|release| json!({
            "version": release.version,
            "withdrawn": release.market == Market::Withdrawn,
            "is_latest": release.is_latest,
            "made_available_on": release.made_available_on,
        })).collect::<Vec<_>>(),
        "advisories": advisories_json(&sheet.advisories, base, slug),
        "updated_at": instant(sheet.updated_at),
    })
}

/// The twin of an advisory's page.
pub fn notice_json(notice: &Notice, base: &str) -> Value {
    let slug = &notice.organisation.slug;
    let mut value = advisory_json(&notice.publication, base, slug);
    value["format"] = "bonafide-trust-advisory/1".into();
    value["text"] = notice.publication.text.clone().into();
    value["organisation"] = organisation_json(&notice.organisation, base);
    value
}

fn organisation_json(organisation: &Organisation, base: &str) -> Value {
    json!({
        "name": organisation.name,
        "address": organisation.address,
        "website": organisation.website,
        "security_contact": rules::security_contact(organisation),
        "report_address": rules::report_address(organisation),
        "url": format!("{base}/trust/{}", organisation.slug),
    })
}

fn advisories_json(advisories: &[Publication], base: &str, slug: &str) -> Vec<Value> {
    let advisories = advisories.iter();
    advisories.map(|a| advisory_json(a, base, slug)).collect()
}

fn advisory_json(advisory: &Publication, base: &str, slug: &str) -> Value {
    json!({
        "id": advisory.id,
        "title": advisory.title,
        "product": advisory.product_name,
        "severity": advisory.severity,
        "cves": advisory.cves,
        "affected_versions": advisory.public_versions(),
        "published_at": advisory.published_at.map(instant),
        "withdrawn_at": advisory.withdrawn_at.map(instant),
        "withdrawn_reason": advisory.withdrawn_reason,
        "url": format!("{base}/trust/{slug}/advisories/{}", advisory.id),
    })
}

/// Month and year, as Art. 13(19) asks for the end of support.
fn month(day: Date) -> String {
    day.strftime("%Y-%m").to_string()
}

fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
