//! What a person does to a case besides filing: each on a small page of its own, with its reason.

use super::wording::{language, local_field};
use crate::accounts::Caller;
use crate::cases::operations::{cases, reading};
use crate::cases::types::{Affected, AnchorValue, Case, CaseView};
use crate::cases::{Kind, Stage, Trigger};
use crate::ids::CaseId;
use crate::notices;
use crate::store::Tx;
use crate::trouble::Trouble;
use crate::web::forms::Fields;
use crate::web::route;
use crate::web::shown::Shown;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use bonafide_law::coordinators::{Basis, Facts};
use bonafide_law::member_states;
use jiff::Timestamp;

/// Which page it is; its words are `case-act-<name>-…`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Awareness,
    Measure,
    Coordinator,
    Releases,
    Close,
    Reopen,
}

impl Act {
    fn name(self) -> &'static str {
        match self {
            Self::Awareness => "awareness",
            Self::Measure => "measure",
            Self::Coordinator => "coordinator",
            Self::Releases => "releases",
            Self::Close => "close",
            Self::Reopen => "reopen",
        }
    }
}

#[derive(Template)]
#[template(path = "cases/act.html")]
struct ActPage {
    page: Visit,
    case: Case,
    act: &'static str,
    form: Shown,
    /// The values the anchor had, oldest first.
    history: Vec<AnchorValue>,
    current: Option<Timestamp>,
    affected: Vec<Affected>,
    missing: Vec<Affected>,
    bases: &'static [Basis],
    states: Vec<(&'static str, String)>,
    has_final: bool,
}

impl ActPage {
    fn words(&self, part: &str) -> String {
        self.page.t(&format!("case-act-{}-{part}", self.act))
    }

    fn is_incident(&self) -> bool {
        self.case.kind == Kind::SevereIncident
    }
}

pub async fn get_awareness(s: State<App>, c: Caller, v: Visit, p: Path<String>) -> Answer {
    show(s, c, v, p, Act::Awareness).await
}

pub async fn get_measure(s: State<App>, c: Caller, v: Visit, p: Path<String>) -> Answer {
    show(s, c, v, p, Act::Measure).await
}

pub async fn get_coordinator(s: State<App>, c: Caller, v: Visit, p: Path<String>) -> Answer {
    show(s, c, v, p, Act::Coordinator).await
}

pub async fn get_releases(s: State<App>, c: Caller, v: Visit, p: Path<String>) -> Answer {
    show(s, c, v, p, Act::Releases).await
}

pub async fn get_close(s: State<App>, c: Caller, v: Visit, p: Path<String>) -> Answer {
    show(s, c, v, p, Act::Close).await
}

pub async fn get_reopen(s: State<App>, c: Caller, v: Visit, p: Path<String>) -> Answer {
    show(s, c, v, p, Act::Reopen).await
}

pub async fn post_awareness(
    s: State<App>,
    c: Caller,
    v: Visit,
    p: Path<String>,
    fields: Fields,
) -> Answer {
    act(
        s,
        c,
        v,
        p,
        fields,
        Act::Awareness,
        |tx, caller, id, fields| {
            let at = fields.instant("aware_at")?;
            let at = at.ok_or_else(|| required("aware_at"))?;
            cases::record_awareness(tx, caller, id, at, fields.get("reason"))
        },
    )
    .await
}

pub async fn post_measure(
    s: State<App>,
    c: Caller,
    v: Visit,
    p: Path<String>,
    fields: Fields,
) -> Answer {
    act(
        s,
        c,
        v,
        p,
        fields,
        Act::Measure,
        |tx, caller, id, fields| {
            let at = if fields.is_ticked("withdrawn") {
                None
            } else {
                let at = fields.instant("measure_at")?;
                Some(at.ok_or_else(|| required("measure_at"))?)
            };
            cases::record_measure(tx, caller, id, at, fields.get("reason"))
        },
    )
    .await
}

pub async fn post_coordinator(
    s: State<App>,
    c: Caller,
    v: Visit,
    p: Path<String>,
    fields: Fields,
) -> Answer {
    act(
        s,
        c,
        v,
        p,
        fields,
        Act::Coordinator,
        |tx, caller, id, fields| {
            let facts = facts_of(fields)?;
            cases::record_coordinator(tx, caller, id, &facts, fields.get("reason"))
        },
    )
    .await
}

pub async fn post_releases(
    s: State<App>,
    c: Caller,
    v: Visit,
    p: Path<String>,
    fields: Fields,
) -> Answer {
    act(
        s,
        c,
        v,
        p,
        fields,
        Act::Releases,
        |tx, caller, id, fields| {
            for release in fields.all("add") {
                cases::add_release(tx, caller, id, route::id(release)?)?;
            }
            for release in fields.all("remove") {
                cases::remove_release(tx, caller, id, route::id(release)?, fields.get("reason"))?;
            }
            Ok(())
        },
    )
    .await
}

pub async fn post_close(
    s: State<App>,
    c: Caller,
    v: Visit,
    p: Path<String>,
    fields: Fields,
) -> Answer {
    act(s, c, v, p, fields, Act::Close, |tx, caller, id, fields| {
        cases::close_case(tx, caller, id, fields.get("reason"))
    })
    .await
}

pub async fn post_reopen(
    s: State<App>,
    c: Caller,
    v: Visit,
    p: Path<String>,
    fields: Fields,
) -> Answer {
    act(s, c, v, p, fields, Act::Reopen, |tx, caller, id, fields| {
        cases::reopen_case(tx, caller, id, fields.get("reason"))
    })
    .await
}

/// A person has seen the alarm: it climbs no further.
pub async fn post_seen(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id: CaseId = route::id(&id)?;
    app.db
        .write(move |tx| -> Result<(), Trouble> {
            let case = reading::case_of(tx, &caller, id)?;
            notices::acknowledge(tx, caller.organisation, &case.id.to_string(), &caller.actor)
        })
        .await?;
    see_other(&format!("/cases/{id}"))
}

fn required(field: &'static str) -> Trouble {
    crate::trouble::Refusal::field(field, "field-required")
        .with("field", field)
        .into()
}

fn facts_of(fields: &Fields) -> Result<Facts, Trouble> {
    let basis: Basis = super::decision::choice(fields, "basis")?;
    let country = Some(fields.get("country").to_owned()).filter(|code| !code.is_empty());
    let mut facts = Facts::default();
    let place = match basis {
        Basis::MainEstablishment => &mut facts.main_establishment,
        Basis::MostEmployees => &mut facts.most_employees,
        Basis::Representative => &mut facts.representative,
        Basis::Importer => &mut facts.importer,
        Basis::Distributor => &mut facts.distributor,
        Basis::MostUsers => &mut facts.most_users,
    };
    *place = country;
    Ok(facts)
}

async fn show(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    act: Act,
) -> Answer {
    let id: CaseId = route::id(&id)?;
    let view = app
        .db
        .read(move |tx| reading::case_view(tx, &caller, id))
        .await?;
    let form = Shown::new(first_shown(&page, &view, act));
    html(&act_page(page, view, act, form))
}

fn first_shown(page: &Visit, view: &CaseView, act: Act) -> Fields {
    let field = |at| local_field(page, at);
    let measure = view.anchor(Trigger::MeasureAvailableAt).map(field);
    let country = view.case.coordinator.clone().unwrap_or_default();
    let basis = view.case.coordinator_basis.clone();
    let basis = basis.unwrap_or_else(|| Basis::MainEstablishment.as_str().to_owned());
    match act {
        Act::Awareness => Fields::from_pairs([("aware_at", field(view.aware_at()))]),
        Act::Measure => Fields::from_pairs([("measure_at", measure.unwrap_or_default())]),
        Act::Coordinator => Fields::from_pairs([("country", country), ("basis", basis)]),
        Act::Releases | Act::Close | Act::Reopen => Fields::default(),
    }
}

async fn act(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    fields: Fields,
    act: Act,
    operation: impl FnOnce(&mut Tx, &Caller, CaseId, &Fields) -> Result<(), Trouble> + Send + 'static,
) -> Answer {
    let id: CaseId = route::id(&id)?;
    let (typed, asking) = (fields.clone(), caller.clone());
    let done = app
        .db
        .write(move |tx| operation(tx, &caller, id, &typed))
        .await;
    match done {
        Ok(()) => {
            app.wake.up();
            see_other(&format!("/cases/{id}"))
        }
        Err(trouble) => {
            let view = app
                .db
                .read(move |tx| reading::case_view(tx, &asking, id))
                .await?;
            let form = Shown::refused(fields, trouble, page.lang, "case-field")?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            answer::html_status(status, &act_page(page, view, act, form))
        }
    }
}

fn act_page(page: Visit, view: CaseView, act: Act, form: Shown) -> ActPage {
    let anchor = match act {
        Act::Awareness => Some(Trigger::AwareAt),
        Act::Measure => Some(Trigger::MeasureAvailableAt),
        _ => None,
    };
    let language = language(&page);
    ActPage {
        act: act.name(),
        current: anchor.and_then(|anchor| view.anchor(anchor)),
        has_final: view.filed(Stage::FinalReport).is_some(),
        history: view
            .anchors
            .iter()
            .filter(|value| Some(value.anchor) == anchor)
            .cloned()
            .collect(),
        states: member_states::list()
            .into_iter()
            .map(|state| (state.code(), state.name(language).to_owned()))
            .collect(),
        bases: Basis::ALL,
        affected: view.affected,
        missing: view.missing,
        case: view.case,
        form,
        page,
    }
}
