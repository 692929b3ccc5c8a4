//! A stage's sheet: ENISA's fields in their order, what is needed now first, each with a counter
//! and a copy button; the law check and the form check as two lists.

use super::wording::{language, word};
use crate::accounts::Caller;
use crate::cases::operations::{reading, reading::SheetView, sheets};
use crate::cases::rules::sheet::{Entry, Group, STAGES, normalise, stage_before};
use crate::cases::types::Case;
use crate::cases::{CaseState, Kind, Stage};
use crate::ids::CaseId;
use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::route;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use bonafide_law::categories;
use bonafide_law::form::{FieldKind, FilledBy, Form, Lack, LackCode, Values};
use bonafide_law::form::{form_check, law_check};
use bonafide_law::member_states;
use jiff::Timestamp;

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

/// One field on the page.
struct FieldBox {
    id: String,
    key: String,
    nr: String,
    label: String,
    english: String,
    /// `line`, `area`, `select`, `states`, `checks`, `shown`.
    shape: &'static str,
    value: String,
    options: Vec<(String, String, bool)>,
    max: Option<usize>,
    length: usize,
    over: bool,
    duty: String,
    law: bool,
    origin: Option<String>,
    offer: Option<(String, String)>,
    before: Option<String>,
    meanwhile: Option<String>,
    note: Option<String>,
    lacks: Vec<String>,
}

struct LawLine {
    text: String,
    citation: String,
    certainty: String,
    blocking: bool,
    condition: String,
}

struct FormLine {
    id: String,
    nr: String,
    label: String,
    text: String,
    blocking: bool,
}

impl SheetPage {
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
    let typed = values.clone();
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
                _ => fields.get(&name).to_owned(),
            };
            (entry.field.key.clone(), normalise(entry.field, &raw))
        })
        .collect()
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
        groups: groups(&page, &view, &meanwhile),
        law: law_lines(&page, &view),
        form_lacks: form_lines(&page, &view),
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

fn groups(
    page: &Visit,
    view: &SheetView,
    meanwhile: &Values,
) -> Vec<(&'static str, Vec<FieldBox>)> {
    [
        ("sheet-group-now", Group::Now),
        ("sheet-group-carried", Group::Carried),
        ("sheet-group-more", Group::More),
    ]
    .into_iter()
    .map(|(key, group)| {
        let boxes = view
            .entries
            .iter()
            .filter(|entry| entry.group == group)
            .map(|entry| field_box(page, view, entry, meanwhile))
            .collect();
        (key, boxes)
    })
    .collect()
}

fn field_box(page: &Visit, view: &SheetView, entry: &Entry, meanwhile: &Values) -> FieldBox {
    let field = entry.field;
    let length = entry.value.chars().count();
    let lacks = view
        .form_lacks
        .iter()
        .filter(|lack| lack.key == field.key && lack.code != LackCode::Missing)
        .map(|lack| lack_text(page, lack))
        .collect();
    let label = field.label(language(page)).to_owned();
    FieldBox {
        id: format!("f-{}", field.key.replace('_', "-")),
        key: field.key.clone(),
        nr: field.nr.clone(),
        english: if label == field.label_en {
            String::new()
        } else {
            field.label_en.clone()
        },
        label,
        shape: shape(entry),
        options: options(page, entry),
        max: field.max_chars,
        length,
        over: field.max_chars.is_some_and(|max| length > max),
        duty: word(page, "sheet-duty", entry.duty.as_str()),
        law: entry.law,
        origin: entry
            .origin
            .map(|origin| match (origin, stage_before(view.stage)) {
                ("carried-over", Some(before)) => page.t1(
                    "sheet-carried-over",
                    "stage",
                    word(page, "case-stage", before.as_str()),
                ),
                _ => word(page, "sheet-origin", origin),
            }),
        offer: entry.offer.as_ref().map(|offer| {
            (
                offer.value.clone(),
                word(page, "sheet-origin", offer.origin),
            )
        }),
        before: entry.before.clone(),
        meanwhile: meanwhile.get(&field.key).cloned(),
        note: field.note.clone(),
        lacks,
        value: entry.value.clone(),
    }
}

fn shape(entry: &Entry) -> &'static str {
    if entry.field.filled_by != FilledBy::Reporter {
        return "shown";
    }
    const LINE_CHARS_MAX: usize = 255;
    match entry.field.kind {
        FieldKind::Text
            if entry
                .field
                .max_chars
                .is_some_and(|max| max <= LINE_CHARS_MAX) =>
        {
            "line"
        }
        FieldKind::Text => "area",
        FieldKind::DateTime => "line",
        FieldKind::MemberStates => "states",
        FieldKind::Choices => "checks",
        FieldKind::Choice | FieldKind::YesNo | FieldKind::Category => "select",
    }
}

/// Value, words, chosen. The platform speaks English, so choices are shown in its words.
fn options(page: &Visit, entry: &Entry) -> Vec<(String, String, bool)> {
    let chosen: Vec<&str> = entry.value.split(',').map(str::trim).collect();
    let option = |value: &str, text: String| {
        let is_chosen = chosen.contains(&value);
        (value.to_owned(), text, is_chosen)
    };
    let language = language(page);
    match entry.field.kind {
        FieldKind::Choice | FieldKind::Choices => entry
            .field
            .options
            .iter()
            .map(|value| option(value, word(page, "sheet-option", value)))
            .collect(),
        FieldKind::YesNo => ["yes", "no"]
            .into_iter()
            .map(|value| option(value, word(page, "sheet-option", value)))
            .collect(),
        FieldKind::MemberStates => member_states::list()
            .into_iter()
            .map(|state| {
                option(
                    state.code(),
                    format!("{} {}", state.code(), state.name(language)),
                )
            })
            .collect(),
        FieldKind::Category => categories::list()
            .iter()
            .map(|c| option(&c.id, format!("{}: {}", c.citation, c.title(language))))
            .collect(),
        FieldKind::Text | FieldKind::DateTime => Vec::new(),
    }
}

fn lack_text(page: &Visit, lack: &Lack) -> String {
    let key = format!("sheet-lack-{}", lack.code.as_str());
    match (lack.has_chars, lack.max_chars) {
        (Some(has), Some(max)) => page.t2(&key, "has", has, "max", max),
        _ => page.t(&key),
    }
}

fn form_lines(page: &Visit, view: &SheetView) -> Vec<FormLine> {
    let form = Form::current();
    view.form_lacks
        .iter()
        .map(|lack| {
            let field = form.field(view.case.case.kind, &lack.key);
            FormLine {
                id: format!("f-{}", lack.key.replace('_', "-")),
                nr: lack.nr.clone().unwrap_or_default(),
                label: field
                    .map_or(lack.key.as_str(), |f| f.label(language(page)))
                    .to_owned(),
                text: lack_text(page, lack),
                blocking: lack.blocking,
            }
        })
        .collect()
}

fn law_lines(page: &Visit, view: &SheetView) -> Vec<LawLine> {
    let kind = match view.case.case.kind {
        Kind::ActivelyExploitedVulnerability => "aev",
        Kind::SevereIncident => "si",
    };
    view.law_lacks
        .iter()
        .map(|lack| {
            let key = format!("sheet-law-{kind}-{}-{}", view.stage, lack.code);
            LawLine {
                text: if page.lang.has(&key) {
                    page.t(&key)
                } else {
                    lack.text.clone()
                },
                citation: lack.citation.clone(),
                certainty: word(page, "case-certainty", lack.certainty.as_str()),
                blocking: lack.blocking,
                condition: word(page, "sheet-condition", lack.condition.as_str()),
            }
        })
        .collect()
}
