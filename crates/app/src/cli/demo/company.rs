//! Hallgrim Messtechnik GmbH: its people, its products, and where they are sold.

use crate::accounts::{
    self, Actor, Caller, NewOrganisation, NewUser, Organisation, PasswordHash, Role,
};
use crate::ids::{OrganisationId, ProductId, ReleaseId};
use crate::products::{self, NewProduct, Placing};
use crate::releases::{self, Market, NewRelease};
use crate::store::Tx;
use crate::trouble::Trouble;
use crate::web::words::Lang;
use jiff::civil::Date;
use jiff::{Span, tz::TimeZone};

/// Who signs in to look around.
pub const EMAIL: &str = "mara@hallgrim.example";

const PEOPLE: [(&str, &str, Role, Lang); 5] = [
    ("Mara Lindqvist", EMAIL, Role::Admin, Lang::En),
    (
        "Jonas Weiß",
        "jonas@hallgrim.example",
        Role::Psirt,
        Lang::De,
    ),
    (
        "Ioana Petrescu",
        "ioana@hallgrim.example",
        Role::Compliance,
        Lang::En,
    ),
    (
        "Tomáš Novák",
        "tomas@hallgrim.example",
        Role::Developer,
        Lang::En,
    ),
    (
        "Sofia Marchetti",
        "sofia@hallgrim.example",
        Role::Trust,
        Lang::En,
    ),
];

/// A product and its releases, oldest first: version, days ago made available, market, latest.
struct Made {
    name: &'static str,
    identification: &'static str,
    description: &'static str,
    category: &'static str,
    annex_entry: Option<&'static str>,
    purpose: &'static str,
    support_years: i64,
    support_reason: &'static str,
    sold_in: &'static [&'static str],
    releases: &'static [(&'static str, i64, Market, bool)],
    public: bool,
}

const PRODUCTS: [Made; 4] = [
    Made {
        name: "Gateway G4",
        identification: "HG-G4, serial numbers G4-100000 and up",
        description: "Connects measuring instruments on a factory floor to the plant's network.",
        category: "default",
        annex_entry: None,
        purpose: "Collects measured values in industrial plants and passes them on encrypted.",
        support_years: 7,
        support_reason: "Plants run gateways for about seven years; customers told us so in 2025.",
        sold_in: &["DE", "AT", "FR", "PL", "SE", "IT"],
        releases: &[
            ("4.1.0", 260, Market::OnMarket, false),
            ("4.2.0", 120, Market::OnMarket, false),
            ("4.2.1", 9, Market::OnMarket, true),
        ],
        public: true,
    },
    Made {
        name: "Sensor Hub",
        identification: "HG-SH2",
        description: "Reads up to sixteen sensors and keeps their values for a month.",
        category: "default",
        annex_entry: None,
        purpose: "Keeps measured values of laboratory sensors close to the sensors.",
        support_years: 6,
        support_reason: "Expected use of laboratory equipment, six years.",
        sold_in: &["DE", "NL", "DK"],
        releases: &[
            ("2.0.0", 400, Market::OnMarket, false),
            ("2.1.0", 30, Market::OnMarket, true),
        ],
        public: true,
    },
    Made {
        name: "Field App",
        identification: "com.example.hallgrim.field",
        description: "Shows and calibrates instruments from a tablet.",
        category: "default",
        annex_entry: None,
        purpose: "Calibration of instruments by trained staff.",
        support_years: 5,
        support_reason: "Five years: tablets in the field are replaced about as often.",
        sold_in: &["DE", "AT", "BE"],
        releases: &[
            ("7.3.0", 200, Market::Withdrawn, false),
            ("7.4.0", 35, Market::OnMarket, true),
        ],
        public: true,
    },
    Made {
        name: "Cloud Connector",
        identification: "HG-CC",
        description: "Sends values from a gateway to a customer's own cloud.",
        category: "default",
        annex_entry: None,
        purpose: "Transfer of measured values to systems of the customer.",
        support_years: 5,
        support_reason: "Five years, reviewed when the first customer asks for longer.",
        sold_in: &["DE"],
        releases: &[("1.9.0", 2, Market::NotYet, true)],
        public: false,
    },
];

/// The company and who is in it.
pub fn found(tx: &mut Tx, password: &PasswordHash) -> Result<Organisation, Trouble> {
    let actor = Actor::Program("demo");
    let organisation = accounts::create_organisation(
        tx,
        &actor,
        &NewOrganisation {
            name: "Hallgrim Messtechnik GmbH".into(),
            slug: Some("hallgrim".into()),
            address: "Am Messplatz 4\n70173 Stuttgart\nGermany".into(),
            country: Some("DE".into()),
            size: Some("medium".into()),
            security_contact: Some("security@hallgrim.example".into()),
            report_address: Some("security@hallgrim.example".into()),
            website: Some("https://hallgrim.example".into()),
            zone: Some("Europe/Berlin".into()),
        },
    )?;
    for (name, email, role, lang) in PEOPLE {
        let new = NewUser {
            name: name.into(),
            email: email.into(),
            role,
            password: (email == EMAIL).then(|| password.clone()),
            lang,
        };
        accounts::create_user(tx, organisation.id, &actor, &new)?;
    }
    Ok(organisation)
}

/// A person of the company, as they would act.
pub fn person(tx: &mut Tx, organisation: OrganisationId, role: Role) -> Result<Caller, Trouble> {
    let member = accounts::list_members(tx, organisation)?
        .into_iter()
        .find(|member| member.role == role)
        .ok_or_else(|| anyhow::anyhow!("the demo has nobody who is {}", role.name()))?;
    Ok(Caller {
        organisation,
        actor: Actor::User {
            id: member.user,
            name: member.name,
        },
        permissions: role.permissions(),
        lang: member.lang,
        only_product: None,
    })
}

/// Products and releases; those with public pages.
pub fn make_products(
    tx: &mut Tx,
    compliance: &Caller,
    today: Date,
) -> Result<Vec<ProductId>, Trouble> {
    let mut public = Vec::new();
    for made in &PRODUCTS {
        let id = products::create_product(tx, compliance, new_product(made, today)?)?;
        for (version, days_ago, market, latest) in made.releases {
            let new = NewRelease {
                version: (*version).into(),
                market: Some(*market),
                made_available_on: Some(day(today, -days_ago)?),
                is_latest: *latest,
                ..NewRelease::default()
            };
            releases::create_release(tx, compliance, id, new)?;
        }
        if made.public {
            public.push(id);
        }
    }
    Ok(public)
}

fn new_product(made: &Made, today: Date) -> Result<NewProduct, Trouble> {
    let first = made
        .releases
        .iter()
        .map(|(_, days, ..)| *days)
        .max()
        .unwrap_or(0);
    let placed_on = day(today, -first)?;
    let placings = made.sold_in.iter().map(|member_state| Placing {
        member_state: (*member_state).into(),
        placed_on: Some(placed_on),
    });
    Ok(NewProduct {
        name: made.name.into(),
        identification: made.identification.into(),
        description: made.description.into(),
        category: made.category.into(),
        annex_entry: made.annex_entry.map(Into::into),
        intended_purpose: made.purpose.into(),
        support_ends_on: Some(years_after(placed_on, made.support_years)?),
        support_reason: made.support_reason.into(),
        placings: placings.collect(),
        ..NewProduct::default()
    })
}

/// The release an SBOM file of the demo belongs to, by its names.
pub fn release_of(
    tx: &mut Tx,
    caller: &Caller,
    product: &str,
    version: &str,
) -> Result<ReleaseId, Trouble> {
    let found = products::find_or_create_by_name(tx, caller, product, false)?
        .ok_or_else(|| anyhow::anyhow!("the demo has no product {product}"))?;
    let target = releases::Target {
        version: version.into(),
        ..releases::Target::default()
    };
    Ok(releases::find_or_create(tx, caller, found, &target, false)?
        .ok_or_else(|| anyhow::anyhow!("the demo has no release {product} {version}"))?)
}

fn day(from: Date, days: i64) -> anyhow::Result<Date> {
    Ok(from.checked_add(Span::new().try_days(days)?)?)
}

fn years_after(from: Date, years: i64) -> anyhow::Result<Date> {
    Ok(from.checked_add(Span::new().try_years(years)?)?)
}

/// The day of an instant in the company's zone.
pub fn local_day(at: jiff::Timestamp) -> anyhow::Result<Date> {
    Ok(at.to_zoned_datetime(TimeZone::get("Europe/Berlin")?).date())
}
