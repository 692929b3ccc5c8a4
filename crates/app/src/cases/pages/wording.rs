//! Codes, instants and events in the reader's words.

use crate::cases::types::Event;
use crate::web::Visit;
use bonafide_law::Language;
use bonafide_law::deadlines::Period;
use bonafide_law::member_states::{self, MemberState};
use jiff::Timestamp;

/// A code in words, by the message `<prefix>-<code>`; the code itself when there is none (a feed
/// may name a source we have no word for).
pub fn word(page: &Visit, prefix: &str, code: &str) -> String {
    let key = format!("{prefix}-{code}");
    if page.lang.has(&key) {
        page.t(&key)
    } else {
        code.to_owned()
    }
}

/// The language of names in the law's data.
pub fn language(page: &Visit) -> Language {
    match page.lang {
        crate::web::words::Lang::De => Language::German,
        crate::web::words::Lang::En => Language::English,
    }
}

/// A Member State's name.
pub fn member_state(page: &Visit, code: &str) -> String {
    match MemberState::parse(code) {
        Some(state) => state.name(language(page)).to_owned(),
        None => code.to_owned(),
    }
}

/// Every Member State's code and name, as a form offers them.
pub fn member_states(page: &Visit) -> Vec<(&'static str, String)> {
    let language = language(page);
    member_states::by_name(language)
        .into_iter()
        .map(|state| (state.code(), state.name(language).to_owned()))
        .collect()
}

/// A period as the article words it: `24 h`, `14 days`, `1 month`.
pub fn period(page: &Visit, period: Period) -> String {
    match period {
        Period::Hours(n) => page.t1("case-period-hours", "n", n),
        Period::Days(n) => page.t1("case-period-days", "n", n),
        Period::Months(n) => page.t1("case-period-months", "n", n),
    }
}

/// An instant as a form's field shows it, in the reader's zone.
pub fn local_field(page: &Visit, at: Timestamp) -> String {
    crate::web::when::field(at, &page.zone)
}

/// An event's sentence.
pub fn event(page: &Visit, event: &Event) -> String {
    let key = format!("case-event-{}", event.kind);
    if !page.lang.has(&key) {
        return event.kind.clone();
    }
    let args: Vec<(String, String)> = event
        .args
        .iter()
        .map(|(name, value)| (name.clone(), argument(page, name, value)))
        .collect();
    page.lang.ta(&key, &args)
}

fn argument(page: &Visit, name: &str, value: &str) -> String {
    if let Some(at) = kept_instant(value) {
        return page.utc(&at);
    }
    match name {
        "stage" => word(page, "case-stage", value),
        "outcome" => word(page, "case-outcome", value),
        "source" => word(page, "case-source", value),
        "mark" => word(page, "case-mark", value),
        "told" => word(page, "case-told", value),
        "how" => word(page, "case-told-by", value),
        "kind" => word(page, "case-kind", value),
        "basis" => word(page, "case-basis", value),
        "exploited" => word(page, "case-exploited", value),
        "contained" | "reachable" | "final" => word(page, "case-answered", value),
        "at" => word(page, "case-because", value),
        _ => value.to_owned(),
    }
}

/// An instant as events keep it (`2026-11-24 09:00 UTC`).
fn kept_instant(value: &str) -> Option<Timestamp> {
    let at: jiff::civil::DateTime = value.strip_suffix(" UTC")?.parse().ok()?;
    let utc = at.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?;
    Some(utc.timestamp())
}

/// A timeline's line.
pub struct EventLine {
    pub at: Timestamp,
    pub kind: String,
    pub text: String,
    pub by: String,
}

pub fn event_lines(page: &Visit, events: &[Event]) -> Vec<EventLine> {
    events
        .iter()
        .map(|e| EventLine {
            at: e.at,
            kind: e.kind.clone(),
            text: event(page, e),
            by: word(page, "case-program", &e.by),
        })
        .collect()
}
