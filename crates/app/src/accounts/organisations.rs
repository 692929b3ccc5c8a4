//! The economic operator (Art. 3(12)): who it is, where it is established, how it is reached.

use super::store::organisations as store;
use crate::caller::{Actor, Caller, Permission};
use crate::ids::OrganisationId;
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use jiff::tz::TimeZone;

/// The economic operator, as papers and public pages name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
    /// In addresses: `/trust/{slug}`.
    pub slug: String,
    pub address: String,
    /// Member State (or other country) of the main establishment, ISO alpha-2.
    pub country: Option<String>,
    /// `micro`, `small`, `medium`, `large`.
    pub size: Option<String>,
    pub security_contact: Option<String>,
    /// Where reports of vulnerabilities go: a URL or a mail address.
    pub report_address: Option<String>,
    pub website: Option<String>,
    /// Whether the trust page is public.
    pub trust_published: bool,
    /// Reader zone of the organisation, IANA name.
    pub zone: String,
}

/// What a person says about the organisation. Absent is "not said yet", never "none".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewOrganisation {
    pub name: String,
    /// Made from the name when absent.
    pub slug: Option<String>,
    pub address: String,
    /// ISO alpha-2; `EL` is taken for `GR`.
    pub country: Option<String>,
    /// `micro`, `small`, `medium`, `large` (Recommendation 2003/361/EC).
    pub size: Option<String>,
    pub security_contact: Option<String>,
    pub report_address: Option<String>,
    pub website: Option<String>,
    /// IANA name; UTC when absent.
    pub zone: Option<String>,
}

/// The sizes of Recommendation 2003/361/EC, as Art. 3(19) takes them up.
pub const SIZES: [&str; 4] = ["micro", "small", "medium", "large"];
const SLUG_CHARS_MAX: usize = 60;
const SLUG_ATTEMPTS_MAX: usize = 1_000;

/// Makes an organisation. Its trust page is not public until somebody publishes it.
pub fn create_organisation(
    tx: &mut Tx,
    actor: &Actor,
    new: &NewOrganisation,
) -> Result<Organisation, Trouble> {
    let new = checked(new)?;
    let organisation = Organisation {
        id: tx.new_id(),
        slug: free_slug(tx, new.slug.as_deref().unwrap_or(&new.name))?,
        name: new.name,
        address: new.address,
        country: new.country,
        size: new.size,
        security_contact: new.security_contact,
        report_address: new.report_address,
        website: new.website,
        trust_published: false,
        zone: new.zone.unwrap_or_else(|| "UTC".to_owned()),
    };
    store::insert(tx, &organisation)?;
    let detail = serde_json::json!({
        "name": organisation.name,
        "slug": organisation.slug,
        "country": organisation.country,
        "size": organisation.size,
    });
    let entry = Entry::new("organisation-created", organisation.id, detail);
    journal::record(tx, organisation.id, actor, entry)?;
    Ok(organisation)
}

/// Changes what the organisation says of itself; its slug stays, for addresses depend on it.
pub fn update_organisation(
    tx: &mut Tx,
    caller: &Caller,
    new: &NewOrganisation,
) -> Result<(), Trouble> {
    caller.require(Permission::OrganisationManage)?;
    let new = checked(new)?;
    let old = get_organisation(tx, caller.organisation)?;
    let updated = Organisation {
        name: new.name,
        address: new.address,
        country: new.country,
        size: new.size,
        security_contact: new.security_contact,
        report_address: new.report_address,
        website: new.website,
        zone: new.zone.unwrap_or_else(|| "UTC".to_owned()),
        ..old.clone()
    };
    if updated == old {
        return Ok(());
    }
    store::update(tx, &updated)?;
    let detail = changes(&old, &updated);
    let entry = Entry::new("organisation-changed", updated.id, detail);
    journal::record(tx, caller.organisation, &caller.actor, entry)
}

/// Makes the organisation's trust page public, or takes it back.
pub fn set_trust_published(tx: &mut Tx, caller: &Caller, published: bool) -> Result<(), Trouble> {
    caller.require(Permission::TrustPublish)?;
    if !store::set_trust_published(tx, caller.organisation, published)? {
        return Ok(());
    }
    let action = if published {
        "trust-page-published"
    } else {
        "trust-page-withdrawn"
    };
    let entry = Entry::new(action, caller.organisation, serde_json::json!({}));
    journal::record(tx, caller.organisation, &caller.actor, entry)
}

/// An organisation by its id.
pub fn get_organisation(tx: &mut Tx, id: OrganisationId) -> Result<Organisation, Trouble> {
    store::find(tx, id)?.ok_or_else(|| Refusal::not_found().into())
}

/// An organisation by the name in its addresses, for public pages.
pub fn find_organisation_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Organisation>, Trouble> {
    Ok(store::find_by_slug(tx, slug)?)
}

/// Every organisation, oldest first, for background work; never shown to a tenant.
pub fn list_organisations(tx: &mut Tx) -> Result<Vec<Organisation>, Trouble> {
    Ok(store::list(tx)?)
}

/// What changed, old and new; contacts may name a person and are named without their value.
fn changes(old: &Organisation, new: &Organisation) -> serde_json::Value {
    let mut changed = serde_json::Map::new();
    let open = |value: &Option<String>| value.clone().map_or(serde_json::Value::Null, Into::into);
    let mut say = |field: &str, before: serde_json::Value, after: serde_json::Value| {
        if before != after {
            let change = serde_json::json!({"old": before, "new": after});
            changed.insert(field.to_owned(), change);
        }
    };
    say("name", old.name.clone().into(), new.name.clone().into());
    say(
        "address",
        old.address.clone().into(),
        new.address.clone().into(),
    );
    say("country", open(&old.country), open(&new.country));
    say("size", open(&old.size), open(&new.size));
    say("website", open(&old.website), open(&new.website));
    say("zone", old.zone.clone().into(), new.zone.clone().into());
    for (field, before, after) in [
        (
            "security_contact",
            &old.security_contact,
            &new.security_contact,
        ),
        ("report_address", &old.report_address, &new.report_address),
    ] {
        if before != after {
            changed.insert(field.to_owned(), "changed".into());
        }
    }
    changed.into()
}

fn checked(new: &NewOrganisation) -> Result<NewOrganisation, Trouble> {
    let mut new = new.clone();
    if new.name.trim().is_empty() {
        return Err(Refusal::field("organisation", "organisation-without-name").into());
    }
    if let Some(country) = &new.country {
        let country = match country.to_ascii_uppercase().as_str() {
            "EL" => "GR".to_owned(),
            other => other.to_owned(),
        };
        if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(Refusal::field("country", "organisation-country-unknown").into());
        }
        new.country = Some(country);
    }
    if new
        .size
        .as_deref()
        .is_some_and(|size| !SIZES.contains(&size))
    {
        return Err(Refusal::field("size", "organisation-size-unknown").into());
    }
    if new
        .zone
        .as_deref()
        .is_some_and(|zone| TimeZone::get(zone).is_err())
    {
        return Err(Refusal::field("zone", "zone-unknown").into());
    }
    let reachable = |text: &str| is_web_address(text) || super::people::is_mail_address(text);
    if new
        .security_contact
        .as_deref()
        .is_some_and(|text| !reachable(text))
    {
        return Err(Refusal::field("security_contact", "security-contact-unusable").into());
    }
    if new
        .report_address
        .as_deref()
        .is_some_and(|text| !reachable(text))
    {
        return Err(Refusal::field("report_address", "report-address-unusable").into());
    }
    if new
        .website
        .as_deref()
        .is_some_and(|text| !is_web_address(text))
    {
        return Err(Refusal::field("website", "website-unusable").into());
    }
    Ok(new)
}

fn is_web_address(text: &str) -> bool {
    let uri: Result<axum::http::Uri, _> = text.parse();
    (text.starts_with("https://") || text.starts_with("http://"))
        && uri.is_ok_and(|uri| uri.host().is_some_and(|host| !host.is_empty()))
}

fn free_slug(tx: &mut Tx, text: &str) -> Result<String, Trouble> {
    let wish = slug_of(text);
    for attempt in 1..SLUG_ATTEMPTS_MAX {
        let slug = if attempt == 1 {
            wish.clone()
        } else {
            format!("{wish}-{attempt}")
        };
        if store::find_by_slug(tx, &slug)?.is_none() {
            return Ok(slug);
        }
    }
    Err(Refusal::field("organisation", "organisation-name-taken").into())
}

/// A name as it can stand in an address: lower-case ASCII letters, digits and single hyphens.
fn slug_of(text: &str) -> String {
    let mut slug = String::new();
    for c in text.to_lowercase().chars() {
        let part = match c {
            'ä' => "ae",
            'ö' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            'à' | 'á' | 'â' | 'ã' | 'å' | 'ą' => "a",
            'é' | 'è' | 'ê' | 'ë' | 'ę' => "e",
            'í' | 'ì' | 'î' | 'ï' => "i",
            'ó' | 'ò' | 'ô' | 'õ' | 'ø' => "o",
            'ú' | 'ù' | 'û' => "u",
            'ç' | 'ć' | 'č' => "c",
            'ñ' | 'ń' => "n",
            'š' | 'ś' => "s",
            'ž' | 'ź' | 'ż' => "z",
            'ł' => "l",
            c if c.is_ascii_alphanumeric() => {
                slug.push(c);
                continue;
            }
            _ => "-",
        };
        if part != "-" || !slug.ends_with('-') {
            slug.push_str(part);
        }
    }
    let slug: String = slug
        .trim_matches('-')
        .chars()
        .take(SLUG_CHARS_MAX)
        .collect();
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        "organisation".to_owned()
    } else {
        slug.to_owned()
    }
}
