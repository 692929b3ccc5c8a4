//! What a public page shows of what is published, and how `security.txt` is written.

use super::{Front, ProductLine, Sheet};
use crate::accounts::Organisation;
use crate::disclosures::Publication;
use crate::ids::ProductId;
use crate::products::Product;
use crate::releases::{Market, Release};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// How long a `security.txt` is good for (RFC 9116 §2.5.5 recommends less than a year).
pub const SECURITY_TXT_DAYS: i64 = 180;
const DAY_SECONDS: i64 = 86_400;
const URI_CHARS_MAX: usize = 500;
const SUMMARY_CHARS_MAX: usize = 160;

/// The organisation's page, its first products.
pub fn front(
    organisation: Organisation,
    (products, products_total): (Vec<Product>, i64),
    releases: &[Release],
    (advisories, advisories_total): (Vec<Publication>, i64),
    latest_advisories: &HashMap<ProductId, Timestamp>,
) -> Front {
    let mut latest = HashMap::new();
    let offered = releases.iter().filter(|r| r.market == Market::OnMarket);
    for release in offered {
        latest.entry(release.product).or_insert(release);
    }
    let advisories: Vec<Publication> = advisories.into_iter().map(public).collect();
    let lines = products.iter().map(|product| ProductLine {
        name: product.name.clone(),
        slug: product.slug.clone(),
        summary: summary(&product.description),
        support_ends_on: product.support_ends_on,
        latest_version: latest.get(&product.id).map(|r| r.version.clone()),
        latest_advisory_at: latest_advisories.get(&product.id).copied(),
    });
    let updated_at = products
        .iter()
        .map(|product| product.changed_at)
        .chain(releases.iter().map(|release| release.changed_at))
        .chain(advisories.iter().map(|advisory| advisory.changed_at))
        .max();
    Front {
        products: lines.collect(),
        products_total,
        number: 1,
        organisation,
        search: None,
        advisories,
        advisories_total,
        updated_at,
    }
}

/// The first line of a description, cut where a table needs it.
fn summary(description: &str) -> String {
    let line = description.lines().next().unwrap_or_default();
    if line.chars().count() <= SUMMARY_CHARS_MAX {
        return line.to_owned();
    }
    let cut: String = line.chars().take(SUMMARY_CHARS_MAX - 1).collect();
    format!("{}…", cut.trim_end())
}

/// A product's page.
pub fn sheet(
    organisation: Organisation,
    product: Product,
    (releases, releases_total): (Vec<Release>, i64),
    (advisories, advisories_total): (Vec<Publication>, i64),
) -> Sheet {
    let advisories: Vec<Publication> = advisories.into_iter().map(public).collect();
    let updated_at = releases
        .iter()
        .map(|release| release.changed_at)
        .chain(advisories.iter().map(|advisory| advisory.changed_at))
        .fold(product.changed_at, Timestamp::max);
    Sheet {
        organisation,
        product,
        releases,
        releases_total,
        advisories,
        advisories_total,
        updated_at,
    }
}

/// What of an advisory is public: only versions that may be named, and of a withdrawn one no
/// text.
pub fn public(mut publication: Publication) -> Publication {
    publication.releases.retain(|release| release.is_public);
    if publication.withdrawn_at.is_some() {
        publication.text.clear();
        publication.severity.clear();
        publication.cves.clear();
        publication.releases.clear();
    }
    publication
}

/// Where flaws are reported: the address for it, else the security contact, for there is always
/// one place where the manufacturer is reached (Art. 13(17)).
pub fn report_address(organisation: &Organisation) -> Option<&String> {
    let own = organisation.report_address.as_ref();
    own.or(organisation.security_contact.as_ref())
}

/// The single point of contact (Art. 13(17)): the security contact, else where flaws are reported.
pub fn security_contact(organisation: &Organisation) -> Option<&String> {
    let own = organisation.security_contact.as_ref();
    own.or(organisation.report_address.as_ref())
}

/// An address as a URI that may stand in a link or in `security.txt`: `https:`, `mailto:` or
/// `tel:`. None for anything else, so that nothing odd becomes a link.
pub fn contact_uri(text: &str) -> Option<String> {
    let text = text.trim();
    let plain = |text: &str| {
        !text.is_empty()
            && text.len() <= URI_CHARS_MAX
            && text.bytes().all(|b| b.is_ascii_graphic() && b != b'"')
    };
    if text.starts_with("https://") && plain(text) {
        return Some(text.to_owned());
    }
    let mail = text.strip_prefix("mailto:").unwrap_or(text);
    if plain(mail) && is_mail(mail) {
        return Some(format!("mailto:{mail}"));
    }
    let number: String = text
        .strip_prefix("tel:")
        .unwrap_or(text)
        .chars()
        .filter(|c| !" -()/.".contains(*c))
        .collect();
    let digits = number.strip_prefix('+')?;
    let valid = (5..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    valid.then(|| format!("tel:{number}"))
}

fn is_mail(text: &str) -> bool {
    let made_of = |text: &str, signs: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || signs.contains(c))
    };
    text.split_once('@').is_some_and(|(name, host)| {
        made_of(name, ".!#$%&'*+/=?^_`{|}~-") && made_of(host, ".-") && host.contains('.')
    })
}

/// `security.txt` (RFC 9116) of an organisation; none when it has no contact that may stand in
/// one, because a file without `Contact` is not valid. `Expires` falls on midnight, so that the
/// file stays the same for a day.
pub fn security_txt(
    organisation: &Organisation,
    canonical: &str,
    now: Timestamp,
) -> Option<String> {
    let mut contacts: Vec<String> = [&organisation.report_address, &organisation.security_contact]
        .into_iter()
        .flatten()
        .filter_map(|contact| contact_uri(contact))
        .collect();
    contacts.dedup();
    if contacts.is_empty() {
        return None;
    }
    let midnight = now.as_second() - now.as_second().rem_euclid(DAY_SECONDS);
    let expires = Timestamp::from_second(midnight).ok()?
        + SignedDuration::from_secs(SECURITY_TXT_DAYS * DAY_SECONDS);
    let mut text = String::new();
    for contact in contacts {
        text.push_str(&format!("Contact: {contact}\n"));
    }
    text.push_str(&format!(
        "Expires: {}\nPreferred-Languages: en, de\n",
        expires.strftime("%Y-%m-%dT%H:%M:%SZ")
    ));
    if canonical.starts_with("https://") {
        text.push_str(&format!("Canonical: {canonical}\n"));
    }
    Some(text)
}
