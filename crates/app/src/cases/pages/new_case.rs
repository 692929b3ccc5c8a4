//! A case opened by hand: what was heard, which releases, which Member States, and the decision.

use super::decision::{self, Choices, Reader, choices};
use super::signal::FORM_KEY;
use super::{keep_file, signal};
use crate::accounts::Caller;
use crate::cases::Kind;
use crate::cases::operations::{opening, reading};
use crate::cases::types::NewDecision;
use crate::cases::words::{Outcome, Source};
use crate::ids::{ReleaseId, SignalId};
use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::route;
use crate::web::shown::Shown;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "cases/new.html")]
struct NewCasePage {
    page: Visit,
    form: Shown,
    kind: Kind,
    kinds: [Kind; 2],
    sources: &'static [Source],
    choices: Choices,
    known: Known,
    states: Vec<(&'static str, String)>,
    own_name: String,
}

/// What the form offers.
struct Known {
    /// Id, product, version, market.
    releases: Vec<(ReleaseId, String, String, String)>,
    /// The coordinator's Member State.
    own: Option<String>,
    form_key: String,
}

impl NewCasePage {
    fn is_incident(&self) -> bool {
        self.kind == Kind::SevereIncident
    }

    fn word(&self, kind: &Kind) -> String {
        super::wording::word(&self.page, "case-kind", kind.as_str())
    }

    fn is_kind(&self, kind: &Kind) -> bool {
        self.kind == *kind
    }

    fn is_own(&self, code: &str) -> bool {
        self.known.own.as_deref() == Some(code)
    }
}

pub async fn get_new(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    let known = known(&app, caller).await?;
    let given = query.get("kind").map_or("", String::as_str);
    let mut fields = vec![
        ("kind", given),
        ("contained", "yes"),
        ("reachable", "unknown"),
        ("in_our_product", "yes"),
        ("outcome", Outcome::Aware.as_str()),
        (FORM_KEY, known.form_key.as_str()),
    ];
    fields.extend(known.own.as_deref().map(|own| ("member_states", own)));
    let form = Shown::new(Fields::from_pairs(fields));
    html(&new_case_page(page, form, known))
}

async fn known(app: &App, caller: Caller) -> Result<Known, Trouble> {
    app.db
        .read(move |tx| {
            Ok(Known {
                releases: reading::release_choices(tx, &caller)?,
                own: opening::own_member_state(tx, &caller)?,
                form_key: tx.new_id::<SignalId>().to_string(),
            })
        })
        .await
}

/// Opens the case; or, when the other kind was chosen, shows its form with everything typed.
pub async fn post_new(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    fields: Fields,
) -> Answer {
    let known = known(&app, caller.clone()).await?;
    if fields.opt("switch").is_some() {
        return html(&new_case_page(page, Shown::new(fields), known));
    }
    match open(&app, caller, &fields, &known, page.now).await {
        Ok(path) => {
            app.wake.up();
            see_other(&path)
        }
        Err(trouble) => {
            let form = Shown::refused(fields, trouble, page.lang, "case-field")?;
            let shown = new_case_page(page, form, known);
            answer::html_status(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
    }
}

async fn open(
    app: &App,
    caller: Caller,
    fields: &Fields,
    known: &Known,
    now: jiff::Timestamp,
) -> Result<String, Trouble> {
    let mut reader = Reader::new(fields);
    let heard = signal::read(&mut reader, fields)?;
    let mut decision = decision::read(&mut reader, heard.kind, Vec::new(), now)?;
    places(fields, &mut decision)?;
    let own = known.own.as_deref().unwrap_or_default();
    let is_named = own.is_empty() || decision.member_states.iter().any(|code| code == own);
    if !is_named && !fields.is_ticked("without_own") {
        let refusal = Refusal::field("member_states", "own-member-state-unticked");
        reader.wrong.push(refusal);
    }
    reader.refuse(opening::problems(&heard, &decision, now))?;
    let subject = "case-by-hand".to_owned();
    let proof = keep_file(app, fields, "evidence", subject, "decision-evidence").await?;
    decision.evidence.extend(proof);
    let case = app
        .db
        .write(move |tx| opening::open_by_hand(tx, &caller, &heard, &decision))
        .await?;
    Ok(format!("/cases/{case}"))
}

fn places(fields: &Fields, decision: &mut NewDecision) -> Result<(), Trouble> {
    for release in fields.all("releases") {
        decision.releases.push(route::id(release)?);
    }
    let states = fields.all("member_states").into_iter();
    decision.member_states = states.map(str::to_owned).collect();
    Ok(())
}

fn kind_of(form: &Shown) -> Kind {
    let chosen = [form.value("switch"), form.value("kind")];
    let known = chosen.iter().find_map(|kind| kind.parse().ok());
    known.unwrap_or(Kind::ActivelyExploitedVulnerability)
}

fn new_case_page(page: Visit, form: Shown, known: Known) -> NewCasePage {
    let kind = kind_of(&form);
    let own = known.own.clone().unwrap_or_default();
    NewCasePage {
        own_name: super::wording::member_state(&page, &own),
        states: super::wording::member_states(&page),
        page,
        form,
        kind,
        kinds: [Kind::ActivelyExploitedVulnerability, Kind::SevereIncident],
        sources: Source::ALL,
        choices: choices(kind),
        known,
    }
}
