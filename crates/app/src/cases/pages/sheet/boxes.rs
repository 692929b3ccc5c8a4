//! The fields of a sheet as a person sees them, and what a copy button takes along: the words
//! the platform's own form shows (it speaks English), never our codes.

use super::checks::lack_text;
use crate::cases::operations::reading::SheetView;
use crate::cases::pages::wording::{language, member_state, word};
use crate::cases::rules::sheet::{Entry, Group, stage_before};
use crate::web::Visit;
use crate::web::when;
use crate::web::words::Lang;
use bonafide_law::Language;
use bonafide_law::categories;
use bonafide_law::form::{Field, FieldKind, FilledBy, Values};
use bonafide_law::member_states;
use jiff::Timestamp;

/// A text no longer than this stands on one line.
const LINE_CHARS_MAX: usize = 255;

/// One field on the page.
pub struct FieldBox {
    pub id: String,
    pub key: String,
    pub nr: String,
    pub label: String,
    /// The platform's own label, where the page speaks another language.
    pub english: String,
    /// `line`, `area`, `moment`, `select`, `states`, `checks`, `shown`.
    pub shape: &'static str,
    pub value: String,
    /// What a copy button takes of a field whose value is not what the platform shows.
    pub copied: String,
    /// What stands before [`FieldBox::copied`] where it is shown: it differs from what is seen.
    pub echo: String,
    pub options: Vec<Choice>,
    pub max: Option<usize>,
    pub length: usize,
    pub over: bool,
    pub duty: String,
    pub law: bool,
    pub origin: Option<String>,
    pub offer: Option<(String, String)>,
    pub before: Option<String>,
    pub meanwhile: Option<String>,
    pub note: Option<String>,
    /// What is wrong with it: sentence, and whether the platform would refuse it.
    pub lacks: Vec<(String, bool)>,
}

/// One of a field's answers.
pub struct Choice {
    pub value: String,
    pub text: String,
    /// As the platform shows it.
    pub platform: String,
    pub chosen: bool,
}

impl FieldBox {
    /// Whether the platform would refuse what stands here.
    pub fn is_wrong(&self) -> bool {
        self.over || self.lacks.iter().any(|(_, blocking)| *blocking)
    }
}

/// The groups of a sheet with their fields, in the order of the form.
pub fn groups(
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

/// The id of a field's element.
pub fn element_id(key: &str) -> String {
    format!("f-{}", key.replace('_', "-"))
}

fn field_box(page: &Visit, view: &SheetView, entry: &Entry, meanwhile: &Values) -> FieldBox {
    let field = entry.field;
    let length = entry.value.chars().count();
    let label = field.label(language(page)).to_owned();
    let options = options(page, entry);
    let chosen: Vec<&str> = options
        .iter()
        .filter(|choice| choice.chosen)
        .map(|choice| choice.platform.as_str())
        .collect();
    let copied = match entry.value.parse::<Timestamp>() {
        Ok(at) if field.kind == FieldKind::DateTime => when::utc(at),
        _ if options.is_empty() => entry.value.clone(),
        _ => chosen.join(", "),
    };
    let differs = options
        .iter()
        .any(|choice| choice.chosen && choice.text != choice.platform);
    let echo = match field.kind {
        FieldKind::DateTime if !copied.is_empty() => page.t("sheet-in-utc"),
        _ if differs && !copied.is_empty() => page.t("sheet-platform-shows"),
        _ => String::new(),
    };
    FieldBox {
        echo,
        id: element_id(&field.key),
        key: field.key.clone(),
        nr: field.nr.clone(),
        english: if label == field.label_en {
            String::new()
        } else {
            field.label_en.clone()
        },
        label,
        shape: shape(entry),
        copied,
        options,
        max: field.max_chars,
        length,
        over: field.max_chars.is_some_and(|max| length > max),
        duty: word(page, "sheet-duty", entry.duty.as_str()),
        law: entry.law,
        origin: origin(page, view, entry),
        offer: entry.offer.as_ref().map(|offer| {
            let origin = word(page, "sheet-origin", offer.origin);
            (readable(page, field, &offer.value), origin)
        }),
        before: entry.before.as_ref().map(|v| readable(page, field, v)),
        meanwhile: meanwhile
            .get(&field.key)
            .map(|value| readable(page, field, value)),
        note: note(page, view, field),
        lacks: lacks(page, view, entry),
        value: match field.kind {
            FieldKind::DateTime => typed(page, &entry.value),
            _ => entry.value.clone(),
        },
    }
}

/// An instant as it is typed: in the reader's zone. What could not be read stays as it was typed.
fn typed(page: &Visit, value: &str) -> String {
    match value.parse::<Timestamp>() {
        Ok(at) => when::field(at, &page.zone),
        Err(_) => value.to_owned(),
    }
}

/// A value in the reader's words.
fn readable(page: &Visit, field: &Field, value: &str) -> String {
    let language = language(page);
    match field.kind {
        FieldKind::DateTime => value
            .parse::<Timestamp>()
            .map_or_else(|_| value.to_owned(), |at| page.utc(&at)),
        FieldKind::MemberStates => {
            let names: Vec<String> = value
                .split(',')
                .map(|code| member_state(page, code.trim()))
                .collect();
            names.join(", ")
        }
        FieldKind::Choice | FieldKind::YesNo => word(page, "sheet-option", value),
        FieldKind::Category => {
            categories::by_id(value).map_or_else(|| value.to_owned(), |c| c.title(language).into())
        }
        FieldKind::Choices | FieldKind::Text => value.to_owned(),
    }
}

/// What is wrong with a field, all of it. An instant that could not be read says how it can be.
fn lacks(page: &Visit, view: &SheetView, entry: &Entry) -> Vec<(String, bool)> {
    let field = entry.field;
    let unread = (field.kind == FieldKind::DateTime && !entry.value.is_empty())
        .then(|| when::read(&entry.value, &page.zone, "instant"))
        .and_then(Result::err)
        .filter(|refusal| refusal.code != "field-not-an-instant");
    if let Some(refusal) = unread {
        return vec![(page.lang.refusal(&refusal), true)];
    }
    view.form_lacks
        .iter()
        .filter(|lack| lack.key == field.key)
        .map(|lack| (lack_text(page, lack), lack.blocking))
        .collect()
}

fn origin(page: &Visit, view: &SheetView, entry: &Entry) -> Option<String> {
    let origin = entry.origin?;
    Some(match (origin, stage_before(view.stage)) {
        ("carried-over", Some(before)) => {
            let before = word(page, "case-stage", before.as_str());
            page.t1("sheet-carried-over", "stage", before)
        }
        _ => word(page, "sheet-origin", origin),
    })
}

/// What to know about a field. The platform sets the coordinator's own Member State by itself, so
/// that field says which ones are left to choose.
fn note(page: &Visit, view: &SheetView, field: &Field) -> Option<String> {
    let own = view.case.case.coordinator.as_deref();
    if let (FieldKind::MemberStates, Some(own)) = (field.kind, own) {
        let others: Vec<String> = view
            .values
            .get(&field.key)
            .map(|value| value.split(',').collect::<Vec<_>>())
            .unwrap_or_default()
            .into_iter()
            .filter(|code| *code != own)
            .map(|code| member_state(page, code))
            .collect();
        let own = member_state(page, own);
        return Some(if others.is_empty() {
            page.t1("sheet-note-own-state", "own", own)
        } else {
            page.t2(
                "sheet-note-other-states",
                "own",
                own,
                "others",
                others.join(", "),
            )
        });
    }
    let note = field.note.as_ref()?;
    let key = format!("sheet-note-{}", field.key.replace('_', "-"));
    Some(if page.lang.has(&key) {
        page.t(&key)
    } else {
        note.clone()
    })
}

fn shape(entry: &Entry) -> &'static str {
    if entry.field.filled_by != FilledBy::Reporter {
        return "shown";
    }
    let is_short = entry
        .field
        .max_chars
        .is_some_and(|max| max <= LINE_CHARS_MAX);
    match entry.field.kind {
        FieldKind::Text if is_short => "line",
        FieldKind::Text => "area",
        FieldKind::DateTime => "moment",
        FieldKind::MemberStates => "states",
        FieldKind::Choices => "checks",
        FieldKind::Choice | FieldKind::YesNo | FieldKind::Category => "select",
    }
}

fn options(page: &Visit, entry: &Entry) -> Vec<Choice> {
    let chosen: Vec<&str> = entry.value.split(',').map(str::trim).collect();
    let choice = |value: &str, text: String, platform: String| Choice {
        value: value.to_owned(),
        text,
        platform,
        chosen: chosen.contains(&value),
    };
    let worded = |value: &str| {
        let platform = Lang::En.t(&format!("sheet-option-{value}"));
        choice(value, word(page, "sheet-option", value), platform)
    };
    let language = language(page);
    match entry.field.kind {
        FieldKind::Choice | FieldKind::Choices => {
            entry.field.options.iter().map(|v| worded(v)).collect()
        }
        FieldKind::YesNo => ["yes", "no"].into_iter().map(worded).collect(),
        FieldKind::MemberStates => member_states::by_name(language)
            .into_iter()
            .map(|state| {
                let (here, there) = (state.name(language), state.name(Language::English));
                choice(state.code(), here.to_owned(), there.to_owned())
            })
            .collect(),
        FieldKind::Category => categories::list()
            .iter()
            .map(|c| {
                let text = format!("{}: {}", c.citation, c.title(language));
                choice(&c.id, text, c.title(Language::English).to_owned())
            })
            .collect(),
        FieldKind::Text | FieldKind::DateTime => Vec::new(),
    }
}
