//! A sheet as a person sees it: what is needed now, what was carried over, what is optional.

use crate::cases::types::Sheet;
use bonafide_law::deadlines::{Kind, Stage};
use bonafide_law::form::{Duty, Field, FieldKind, FilledBy, Form, Values, elements};
use jiff::Timestamp;

/// Where a value came from that nobody typed.
pub type Origin = &'static str;

/// A value we can offer, with its origin.
#[derive(Debug, Clone)]
pub struct Offer {
    pub key: &'static str,
    pub value: String,
    pub origin: Origin,
}

/// Where a field stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The stage, or the article at this stage, asks for it.
    Now,
    /// Given at the stage before; the platform copies it.
    Carried,
    /// May be filled already.
    More,
}

/// A field with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    pub field: &'static Field,
    pub group: Group,
    pub duty: Duty,
    pub value: String,
    /// Where the value comes from, when nobody typed it here.
    pub origin: Option<Origin>,
    /// What we would offer now, when it differs from the value.
    pub offer: Option<Offer>,
    /// What the stage before had, when it differs from the value.
    pub before: Option<String>,
    /// The article at this stage asks for it.
    pub law: bool,
}

impl Entry {
    /// Whether this stage, or the article at this stage, asks for it.
    pub fn is_needed_now(&self) -> bool {
        self.group == Group::Now
    }
}

/// The stages in the platform's order.
pub const STAGES: [Stage; 3] = [Stage::EarlyWarning, Stage::Notification, Stage::FinalReport];

/// The stage before, in the platform's order.
pub fn stage_before(stage: Stage) -> Option<Stage> {
    match stage {
        Stage::Notification => Some(Stage::EarlyWarning),
        Stage::FinalReport | Stage::IntermediateReport => Some(Stage::Notification),
        Stage::EarlyWarning => None,
    }
}

/// The entries of a stage's sheet in the form's order. A saved draft counts as it stands;
/// otherwise the stage before and what we know fill it. Where what we know now (T0, the measure)
/// differs from the value, it is offered beside it and never put in its place.
pub fn entries(
    form: &'static Form,
    kind: Kind,
    stage: Stage,
    sheets: &[Sheet],
    offers: &[Offer],
) -> Vec<Entry> {
    let saved = sheets.iter().find(|sheet| sheet.stage == stage);
    let before = before(stage, sheets);
    let first = form_first(stage);
    form.fields_for(kind)
        .filter_map(|field| {
            let duty = field.duty(first)?;
            if field.filled_by == FilledBy::Csirt || !is_open(field, stage) {
                return None;
            }
            let law = elements(kind, stage).any(|element| element.keys.contains(&field.key));
            let offer = offers.iter().find(|offer| offer.key == field.key);
            let earlier = before.and_then(|sheet| sheet.values.get(&field.key));
            // What the platform fills is nobody's to type, so no draft holds it.
            let saved = saved.filter(|_| field.filled_by == FilledBy::Reporter);
            let earlier = earlier.filter(|_| field.filled_by == FilledBy::Reporter);
            let (value, origin) = match (saved, earlier, offer) {
                (Some(sheet), ..) => (value_of(&sheet.values, &field.key), None),
                (None, Some(earlier), _) if !earlier.is_empty() => {
                    (earlier.clone(), Some("carried-over"))
                }
                (None, _, Some(offer)) => (offer.value.clone(), Some(offer.origin)),
                _ => (String::new(), None),
            };
            Some(Entry {
                field,
                group: group(field, duty, law),
                duty,
                offer: offer.filter(|offer| offer.value != value).cloned(),
                before: earlier.filter(|earlier| **earlier != value).cloned(),
                origin,
                value,
                law,
            })
        })
        .collect()
}

/// The values of a sheet as the checks want them: without those that are empty.
pub fn values(entries: &[Entry]) -> Values {
    entries
        .iter()
        .filter(|entry| !entry.value.is_empty())
        .map(|entry| (entry.field.key.clone(), entry.value.clone()))
        .collect()
}

/// A value in the shape it is kept in: instants become RFC 3339 in UTC where they can be read.
pub fn normalise(field: &Field, raw: &str) -> String {
    let raw = raw.trim().replace("\r\n", "\n");
    if field.kind != FieldKind::DateTime || raw.is_empty() {
        return raw;
    }
    // A clock time without an offset is nobody's to guess here; the form knows its zone.
    let instant: Option<Timestamp> = raw.parse().ok();
    instant.map_or(raw, rfc3339)
}

/// An instant in whole seconds, as the form's fields carry it.
pub fn rfc3339(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn before(stage: Stage, sheets: &[Sheet]) -> Option<&Sheet> {
    let mut earlier = stage_before(stage);
    while let Some(stage) = earlier {
        if let Some(sheet) = sheets.iter().find(|sheet| sheet.stage == stage) {
            return Some(sheet);
        }
        earlier = stage_before(stage);
    }
    None
}

/// An intermediate report has no columns in the form; it updates what the notification holds.
fn form_first(stage: Stage) -> Stage {
    match stage {
        Stage::IntermediateReport => Stage::Notification,
        other => other,
    }
}

fn is_open(field: &Field, stage: Stage) -> bool {
    field.duty(form_first(stage)) != Some(Duty::NotAvailable)
}

fn group(field: &Field, duty: Duty, law: bool) -> Group {
    match duty {
        Duty::Required | Duty::RequiredIfAvailable => Group::Now,
        _ if law && field.filled_by == FilledBy::Reporter => Group::Now,
        Duty::CarriedForward => Group::Carried,
        Duty::Optional | Duty::NotAvailable => Group::More,
    }
}

fn value_of(values: &Values, key: &str) -> String {
    values.get(key).cloned().unwrap_or_default()
}
