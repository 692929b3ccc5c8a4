//! A case opened by hand: what was heard, which releases, which Member States, and the decision.

use super::decision::{self, CHOICES, Choices};
use super::{keep_file, signal};
use crate::accounts::Caller;
use crate::cases::operations::{opening, reading};
use crate::cases::words::Source;
use crate::cases::{Kind, Outcome};
use crate::ids::ReleaseId;
use crate::trouble::Trouble;
use crate::web::forms::Fields;
use crate::web::route;
use crate::web::shown::Shown;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use bonafide_law::member_states;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "cases/new.html")]
struct NewCasePage {
    page: Visit,
    form: Shown,
    kind: Kind,
    sources: &'static [Source],
    choices: Choices,
    /// Id, product, version, market.
    releases: Vec<(ReleaseId, String, String, String)>,
    states: Vec<(&'static str, String)>,
}

impl NewCasePage {
    fn is_incident(&self) -> bool {
        self.kind == Kind::SevereIncident
    }
}

pub async fn get_new(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    let kind = match query.get("kind").and_then(|kind| kind.parse().ok()) {
        Some(kind) => kind,
        None => Kind::ActivelyExploitedVulnerability,
    };
    let fields = Fields::from_pairs([
        ("kind", kind.as_str()),
        ("contained", "yes"),
        ("reachable", "unknown"),
        ("suspected", "unknown"),
        ("in_our_product", "yes"),
        ("outcome", Outcome::Aware.as_str()),
    ]);
    let releases = app
        .db
        .read(move |tx| reading::release_choices(tx, &caller))
        .await?;
    html(&new_case_page(page, Shown::new(fields), kind, releases))
}

pub async fn post_new(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    fields: Fields,
) -> Answer {
    let asking = caller.clone();
    match open(&app, caller, &fields, page.now).await {
        Ok(path) => {
            app.wake.up();
            see_other(&path)
        }
        Err(trouble) => {
            let releases = app
                .db
                .read(move |tx| reading::release_choices(tx, &asking))
                .await?;
            let kind = match fields.get("kind").parse() {
                Ok(kind) => kind,
                Err(_) => Kind::ActivelyExploitedVulnerability,
            };
            let form = Shown::refused(fields, trouble, page.lang, "case-field")?;
            let shown = new_case_page(page, form, kind, releases);
            answer::html_status(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
    }
}

async fn open(
    app: &App,
    caller: Caller,
    fields: &Fields,
    now: jiff::Timestamp,
) -> Result<String, Trouble> {
    let heard = signal::read(fields)?;
    let subject = "case-by-hand".to_owned();
    let proof = keep_file(app, fields, "evidence", subject, "decision-evidence").await?;
    let mut decision = decision::read(fields, heard.kind, proof.into_iter().collect(), now)?;
    for release in fields.all("releases") {
        decision.releases.push(route::id(release)?);
    }
    decision.member_states = fields
        .all("member_states")
        .into_iter()
        .map(str::to_owned)
        .collect();
    let case = app
        .db
        .write(move |tx| opening::open_by_hand(tx, &caller, &heard, &decision))
        .await?;
    Ok(format!("/cases/{case}"))
}

fn new_case_page(
    page: Visit,
    form: Shown,
    kind: Kind,
    releases: Vec<(ReleaseId, String, String, String)>,
) -> NewCasePage {
    let language = super::wording::language(&page);
    NewCasePage {
        states: member_states::list()
            .into_iter()
            .map(|state| (state.code(), state.name(language).to_owned()))
            .collect(),
        page,
        form,
        kind,
        sources: Source::ALL,
        choices: CHOICES,
        releases,
    }
}
