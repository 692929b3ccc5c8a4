//! Settings, and what the organisation says of itself.

use super::LABELS;
use crate::accounts::organisations::{
    NewOrganisation, Organisation, SIZES, get_organisation, update_organisation,
};
use crate::caller::Caller;
use crate::trouble::Trouble;
use crate::web::answer::done;
use crate::web::answer::{html, html_status};
use crate::web::forms::Fields;
use crate::web::shown::Shown;
use crate::web::words::Lang;
use crate::web::{Answer, App, Visit};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use bonafide_law::Language;
use bonafide_law::member_states::{self, MemberState};

pub const NAME_CHARS_MAX: usize = 160;
const ADDRESS_CHARS_MAX: usize = 500;
const CONTACT_CHARS_MAX: usize = 254;
const URL_CHARS_MAX: usize = 500;
const ZONE_CHARS_MAX: usize = 60;
/// Countries outside the Union that manufacturers name most; their names are in the message files.
const ELSEWHERE: [&str; 16] = [
    "AU", "CA", "CH", "CN", "GB", "IL", "IN", "IS", "JP", "KR", "LI", "NO", "SG", "TR", "TW", "US",
];

/// A country to choose.
pub struct Country {
    pub code: &'static str,
    pub name: String,
    pub in_union: bool,
}

/// The countries to choose from: Member States by name, then others by name.
pub fn countries(lang: Lang) -> Vec<Country> {
    let language = match lang {
        Lang::En => Language::English,
        Lang::De => Language::German,
    };
    let union = member_states::list().into_iter().map(|state| Country {
        code: state.code(),
        name: state.name(language).to_owned(),
        in_union: true,
    });
    let elsewhere = ELSEWHERE.into_iter().map(|code| Country {
        code,
        name: lang.t(&format!("country-{}", code.to_ascii_lowercase())),
        in_union: false,
    });
    let mut all: Vec<Country> = union.chain(elsewhere).collect();
    all.sort_by_key(|country| (!country.in_union, sorting(&country.name)));
    all
}

/// As a dictionary sorts: `Österreich` among the O.
fn sorting(name: &str) -> String {
    name.to_lowercase()
        .replace('ä', "a")
        .replace('ö', "o")
        .replace('ü', "u")
}

/// The zone of a Member State's capital, to begin with.
pub fn zone_of(country: &str) -> Option<String> {
    MemberState::parse(country).map(|state| state.zone().to_owned())
}

/// Zones to choose from; any other IANA name can be typed.
pub fn zones() -> Vec<&'static str> {
    let mut zones: Vec<_> = member_states::list()
        .into_iter()
        .map(MemberState::zone)
        .collect();
    zones.push("UTC");
    zones.sort_unstable();
    zones.dedup();
    zones
}

#[derive(Template)]
#[template(path = "accounts/settings.html")]
struct SettingsPage {
    page: Visit,
}

pub async fn get_settings(page: Visit) -> Answer {
    html(&SettingsPage { page })
}

#[derive(Template)]
#[template(path = "accounts/organisation.html")]
struct OrganisationPage {
    page: Visit,
    form: Shown,
    slug: String,
    countries: Vec<Country>,
    sizes: [&'static str; 4],
    zones: Vec<&'static str>,
}

impl OrganisationPage {
    fn new(page: Visit, form: Shown, slug: String) -> Self {
        Self {
            countries: countries(page.lang),
            page,
            form,
            slug,
            sizes: SIZES,
            zones: zones(),
        }
    }
}

pub async fn get_organisation_page(State(app): State<App>, caller: Caller, page: Visit) -> Answer {
    let organisation = load(&app, &caller).await?;
    let slug = organisation.slug.clone();
    let form = Shown::new(fields_of(&organisation));
    html(&OrganisationPage::new(page, form, slug))
}

pub async fn post_organisation(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    fields: Fields,
) -> Answer {
    let slug = load(&app, &caller).await?.slug;
    let updated = match read(&fields) {
        Ok(new) => {
            let caller = caller.clone();
            app.db
                .write(move |tx| update_organisation(tx, &caller, &new))
                .await
        }
        Err(trouble) => Err(trouble),
    };
    match updated {
        Ok(()) => done("/settings/organisation", "flash-saved"),
        Err(trouble) => {
            let form = Shown::refused(fields, trouble, page.lang, LABELS)?;
            let again = OrganisationPage::new(page, form, slug);
            html_status(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}

async fn load(app: &App, caller: &Caller) -> Result<Organisation, Trouble> {
    let id = caller.organisation;
    app.db.read(move |tx| get_organisation(tx, id)).await
}

fn read(fields: &Fields) -> Result<NewOrganisation, Trouble> {
    Ok(NewOrganisation {
        name: fields.required("organisation", NAME_CHARS_MAX)?,
        slug: None,
        address: fields
            .text("address", ADDRESS_CHARS_MAX)?
            .unwrap_or_default(),
        country: fields.text("country", 2)?,
        size: fields.text("size", 20)?,
        security_contact: fields.text("security_contact", CONTACT_CHARS_MAX)?,
        report_address: fields.text("report_address", URL_CHARS_MAX)?,
        website: fields.text("website", URL_CHARS_MAX)?,
        zone: fields.text("zone", ZONE_CHARS_MAX)?,
    })
}

fn fields_of(organisation: &Organisation) -> Fields {
    let optional = |value: &Option<String>| value.clone().unwrap_or_default();
    Fields::from_pairs([
        ("organisation", organisation.name.clone()),
        ("address", organisation.address.clone()),
        ("country", optional(&organisation.country)),
        ("size", optional(&organisation.size)),
        ("security_contact", optional(&organisation.security_contact)),
        ("report_address", optional(&organisation.report_address)),
        ("website", optional(&organisation.website)),
        ("zone", organisation.zone.clone()),
    ])
}
