//! What a person does to a case besides filing: each on a small page of its own, with its reason.

use super::decision::Reader;
use super::wording::{local_field, member_states};
use crate::accounts::{Caller, Permission as P};
use crate::cases::operations::{cases, reading};
use crate::cases::types::{Affected, AnchorValue, Case, CaseView};
use crate::cases::{Kind, Stage, Trigger};
use crate::ids::CaseId;
use crate::notices;
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::route::{self, Route, get, post};
use crate::web::shown::Shown;
use crate::web::{Access, Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use bonafide_law::coordinators::{Basis, Facts};
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

/// Each act with its address and what it takes.
const ACTS: [(Act, &str, P); 6] = [
    (Act::Awareness, "/cases/{id}/awareness", P::CasesDecide),
    (Act::Measure, "/cases/{id}/measure", P::CasesFile),
    (Act::Coordinator, "/cases/{id}/coordinator", P::CasesDecide),
    (Act::Releases, "/cases/{id}/releases", P::CasesFile),
    (Act::Close, "/cases/{id}/close", P::CasesDecide),
    (Act::Reopen, "/cases/{id}/reopen", P::CasesDecide),
];

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

    /// The anchor it changes.
    fn anchor(self) -> Option<Trigger> {
        match self {
            Self::Awareness => Some(Trigger::AwareAt),
            Self::Measure => Some(Trigger::MeasureAvailableAt),
            _ => None,
        }
    }
}

/// A page to look at and a form to send, for each act.
pub fn routes() -> Vec<Route> {
    ACTS.iter()
        .flat_map(|(act, path, permission)| {
            let (act, access) = (*act, Access::Can(*permission));
            let shown = move |s, c, v, p| show(s, c, v, p, act);
            let done = move |s, c, v, p, fields| perform(s, c, v, p, fields, act);
            [get(path, access, shown), post(path, access, done)]
        })
        .collect()
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
    /// What stands now, so that nobody overwrites what they have not seen.
    seen: String,
}

impl ActPage {
    fn words(&self, part: &str) -> String {
        self.page.t(&format!("case-act-{}-{part}", self.act))
    }

    fn is_incident(&self) -> bool {
        self.case.kind == Kind::SevereIncident
    }
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

async fn perform(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    fields: Fields,
    act: Act,
) -> Answer {
    let id: CaseId = route::id(&id)?;
    let (typed, asking) = (fields.clone(), caller.clone());
    let done = app
        .db
        .write(move |tx| operate(tx, &caller, id, &typed, act))
        .await;
    let Err(trouble) = done else {
        app.wake.up();
        return see_other(&format!("/cases/{id}"));
    };
    let view = app
        .db
        .read(move |tx| reading::case_view(tx, &asking, id))
        .await?;
    let form = Shown::refused(fields, trouble, page.lang, "case-field")?;
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    answer::html_status(status, &act_page(page, view, act, form))
}

/// Reads the form of an act and does it.
fn operate(
    tx: &mut Tx,
    caller: &Caller,
    id: CaseId,
    fields: &Fields,
    act: Act,
) -> Result<(), Trouble> {
    let reason = fields.get("reason");
    if !is_news(tx, caller, id, fields, act)? {
        return Ok(());
    }
    match act {
        Act::Awareness => {
            let at = instant(fields, "aware_at", reason)?;
            cases::record_awareness(tx, caller, id, at, reason)
        }
        Act::Measure if fields.is_ticked("withdrawn") => {
            cases::record_measure(tx, caller, id, None, reason)
        }
        Act::Measure => {
            let at = instant(fields, "measure_at", reason)?;
            cases::record_measure(tx, caller, id, Some(at), reason)
        }
        Act::Coordinator => cases::record_coordinator(tx, caller, id, &facts_of(fields)?, reason),
        Act::Releases => {
            for release in fields.all("add") {
                cases::add_release(tx, caller, id, route::id(release)?)?;
            }
            for release in fields.all("remove") {
                cases::remove_release(tx, caller, id, route::id(release)?, reason)?;
            }
            Ok(())
        }
        Act::Close => cases::close_case(tx, caller, id, reason),
        Act::Reopen => cases::reopen_case(tx, caller, id, reason),
    }
}

/// Where nothing is recorded yet.
const NONE: &str = "none";

/// What stands of an act's subject, as the form carries it.
fn seen_of(view: &CaseView, act: Act) -> String {
    let instant = |at: Option<Timestamp>| at.map_or(NONE.to_owned(), |at| at.to_string());
    match act {
        Act::Awareness => instant(Some(view.aware_at())),
        Act::Measure => instant(view.anchor(Trigger::MeasureAvailableAt)),
        Act::Coordinator => [&view.case.coordinator, &view.case.coordinator_basis]
            .map(|part| part.as_deref().unwrap_or_default())
            .join(":"),
        Act::Releases | Act::Close | Act::Reopen => String::new(),
    }
}

/// Whether the act has something to do. Where another value stands than the person saw, it is
/// refused; unless it is the very value they send, as after a second click.
fn is_news(
    tx: &mut Tx,
    caller: &Caller,
    id: CaseId,
    fields: &Fields,
    act: Act,
) -> Result<bool, Trouble> {
    let Some(seen) = fields.opt("seen") else {
        return Ok(true);
    };
    // A coordinator's change locks more than the case, and before it.
    if act != Act::Coordinator {
        cases::lock(tx, caller, id)?;
    }
    let stands = seen_of(&reading::case_view(tx, caller, id)?, act);
    if stands == seen {
        return Ok(true);
    }
    let sent = match act {
        Act::Awareness => fields.instant("aware_at").ok().flatten(),
        Act::Measure if fields.is_ticked("withdrawn") => None,
        Act::Measure => fields.instant("measure_at").ok().flatten(),
        _ => None,
    };
    let sent = match act {
        Act::Coordinator => format!("{}:{}", fields.get("country"), fields.get("basis")),
        _ => sent.map_or(NONE.to_owned(), |at| at.to_string()),
    };
    if sent == stands {
        return Ok(false);
    }
    Err(Refusal::conflict("act-overtaken").into())
}

/// The instant of an act; where it is missing, a missing reason is said with it.
fn instant(fields: &Fields, name: &'static str, reason: &str) -> Result<Timestamp, Trouble> {
    let mut reader = Reader::new(fields);
    match reader.required_instant(name)? {
        Some(at) => Ok(at),
        None => {
            let mut wrong = reader.wrong;
            wrong.extend(cases::require_reason(reason).err());
            let refusal = Refusal::together(wrong).unwrap_or_else(|| Refusal::required(name));
            Err(refusal.into())
        }
    }
}

fn act_page(page: Visit, view: CaseView, act: Act, form: Shown) -> ActPage {
    let anchor = act.anchor();
    ActPage {
        seen: seen_of(&view, act),
        act: act.name(),
        current: anchor.and_then(|anchor| view.anchor(anchor)),
        has_final: view.filed(Stage::FinalReport).is_some(),
        history: view
            .anchors
            .iter()
            .filter(|value| Some(value.anchor) == anchor)
            .cloned()
            .collect(),
        states: member_states(&page),
        bases: Basis::ALL,
        affected: view.affected,
        missing: view.missing,
        case: view.case,
        form,
        page,
    }
}
