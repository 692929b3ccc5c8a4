//! A stage's sheet: ENISA's fields in their order, what is needed now first, each with a counter
//! and a copy button; the law check and the form check as two lists.

mod boxes;
mod checks;

use super::wording::word;
use crate::accounts::Caller;
use crate::cases::operations::{reading, reading::SheetView, sheets};
use crate::cases::rules::sheet::{STAGES, normalise, rfc3339};
use crate::cases::types::Case;
use crate::cases::{CaseState, Stage};
use crate::ids::CaseId;
use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::route;
use crate::web::when;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use bonafide_law::form::{FieldKind, FilledBy, Form, Values, form_check, law_check};
use boxes::FieldBox;
use checks::{FormLine, LawLine};
use jiff::Timestamp;
use jiff::tz::TimeZone;

#[derive(Template)]
#[template(path = "cases/sheet.html")]
struct SheetPage {
    page: Visit,
    case: Case,
    stage: Stage,
    tabs: Vec<Tab>,
    groups: Vec<(&'static str, Vec<FieldBox>)>,
    revision: i64,
    saved_by: Option<String>,
    saved_at: Option<Timestamp>,
    law: Vec<LawLine>,
    form_lacks: Vec<FormLine>,
    due_at: Option<Timestamp>,
    citation: String,
    platform_counter: Option<Timestamp>,
    filed_at: Option<Timestamp>,
    /// What is wrong with the form as it was sent; empty when nothing is.
    trouble: String,
    version: &'static str,
    as_of: String,
}

struct Tab {
    stage: Stage,
    name: String,
    filed: bool,
}

impl SheetPage {
    /// An instant in UTC and in the reader's zone.
    fn instant(&self, at: &Timestamp) -> String {
        format!("{} ({})", self.page.utc(at), self.page.local(at))
    }

    /// The zone in which instants are typed here.
    fn zone(&self) -> String {
        when::zone_name(&self.page.zone)
    }

    fn is_open(&self) -> bool {
        self.case.state == CaseState::Open
    }

    fn can_edit(&self) -> bool {
        self.is_open() && self.page.can("cases-file")
    }

    fn word(&self, prefix: &str, code: &str) -> String {
        word(&self.page, prefix, code)
    }

    fn blocking(&self) -> usize {
        self.form_lacks.iter().filter(|line| line.blocking).count()
    }

    fn law_blocking(&self) -> usize {
        self.law.iter().filter(|line| line.blocking).count()
    }
}

/// A stage by the word in an address; the intermediate report has no sheet.
pub fn stage_of(text: &str) -> Result<Stage, Trouble> {
    text.parse::<Stage>()
        .ok()
        .filter(|stage| STAGES.contains(stage))
        .ok_or_else(|| Refusal::not_found().into())
}

pub async fn get_sheet(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path((id, stage)): Path<(String, String)>,
) -> Answer {
    let (id, stage): (CaseId, Stage) = (route::id(&id)?, stage_of(&stage)?);
    let view = app
        .db
        .read(move |tx| reading::sheet_view(tx, &caller, id, stage))
        .await?;
    html(&sheet_page(page, view, None))
}

pub async fn post_sheet(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path((id, stage)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let (id, stage): (CaseId, Stage) = (route::id(&id)?, stage_of(&stage)?);
    let asking = caller.clone();
    let view = app
        .db
        .read(move |tx| reading::sheet_view(tx, &asking, id, stage))
        .await?;
    let values = read(&view, &fields);
    let (typed, again) = (values.clone(), caller.clone());
    let revision = fields.get("revision").parse().unwrap_or(-1);
    let saved = app
        .db
        .write(move |tx| sheets::save_sheet(tx, &caller, id, stage, revision, &values))
        .await;
    match saved {
        Ok(()) if fields.get("then") == "file" => {
            see_other(&format!("/cases/{id}/sheets/{stage}/filed"))
        }
        Ok(()) => see_other(&format!("/cases/{id}/sheets/{stage}")),
        Err(Trouble::Refusal(refusal)) if matches!(refusal.status, 409 | 422) => {
            let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::CONFLICT);
            // As it stands now: what somebody else saved is shown beside what was typed.
            let view = app
                .db
                .read(move |tx| reading::sheet_view(tx, &again, id, stage))
                .await?;
            let refused = (typed, page.lang.refusal(&refusal));
            answer::html_status(status, &sheet_page(page, view, Some(refused)))
        }
        Err(trouble) => Err(trouble),
    }
}

/// The values a form sends, by the keys of the sheet it was made of.
fn read(view: &SheetView, fields: &Fields) -> Values {
    view.entries
        .iter()
        .filter(|entry| entry.field.filled_by == FilledBy::Reporter)
        .map(|entry| {
            let name = format!("f_{}", entry.field.key);
            let raw = match entry.field.kind {
                FieldKind::MemberStates | FieldKind::Choices => fields.all(&name).join(","),
                FieldKind::DateTime => moment(fields, &name),
                _ => fields.get(&name).to_owned(),
            };
            (entry.field.key.clone(), normalise(entry.field, &raw))
        })
        .collect()
}

/// An instant in UTC, by the zone its field named; what cannot be read stays as it was typed and
/// is said beside its field.
fn moment(fields: &Fields, name: &str) -> String {
    let typed = fields.get(name);
    let zone = match fields.opt(&format!("{name}_zone")) {
        Some(zone) => TimeZone::get(zone).ok(),
        None => Some(TimeZone::UTC),
    };
    zone.and_then(|zone| when::read(typed, &zone, "instant").ok())
        .map_or_else(|| typed.to_owned(), rfc3339)
}

fn sheet_page(page: Visit, mut view: SheetView, refused: Option<(Values, String)>) -> SheetPage {
    let (typed, trouble) = match refused {
        Some((typed, trouble)) => (Some(typed), trouble),
        None => (None, String::new()),
    };
    let mut meanwhile = Values::new();
    if let Some(typed) = &typed {
        for entry in &mut view.entries {
            let Some(value) = typed.get(&entry.field.key) else {
                continue;
            };
            if *value != entry.value {
                meanwhile.insert(entry.field.key.clone(), entry.value.clone());
                entry.value = value.clone();
                entry.origin = None;
            }
        }
        let values = crate::cases::rules::sheet::values(&view.entries);
        let kind = view.case.case.kind;
        view.form_lacks = form_check(Form::current(), kind, view.stage, &values);
        view.law_lacks = law_check(kind, view.stage, &values);
    }
    let stage = view.stage;
    let deadline = view.case.deadlines.iter().find(|d| d.stage == stage);
    let form = Form::current();
    SheetPage {
        tabs: tabs(&page, &view),
        groups: boxes::groups(&page, &view, &meanwhile),
        law: checks::law_lines(&page, &view),
        form_lacks: checks::form_lines(&page, &view),
        due_at: deadline.and_then(|d| d.due_at),
        citation: deadline.map(|d| d.citation.clone()).unwrap_or_default(),
        platform_counter: super::bar::platform_counter(&view.case)
            .filter(|_| stage == Stage::Notification),
        filed_at: deadline.and_then(|d| d.met_at),
        revision: view.revision,
        saved_by: view.saved_by.clone(),
        saved_at: view.saved_at,
        version: &form.version,
        as_of: page.day(&form.as_of),
        case: view.case.case,
        stage,
        trouble,
        page,
    }
}

fn tabs(page: &Visit, view: &SheetView) -> Vec<Tab> {
    STAGES
        .into_iter()
        .map(|stage| Tab {
            stage,
            name: word(page, "case-stage", stage.as_str()),
            filed: view.case.filed(stage).is_some(),
        })
        .collect()
}
