//! The journal for people, and its exports for everybody else. Reads only.

use super::rules::{CheckpointLine, Line};
use super::{
    Facets, Filter, InstanceKey, Listed, Recorded, csv_cell, list_after, list_entries, list_facets,
};
use crate::caller::{Caller, Permission};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use crate::web::answer::{download_in_pieces, html};
use crate::web::forms::Fields;
use crate::web::route::{encode, get};
use crate::web::{Access, Answer, App, Route, Visit};
use askama::Template;
use axum::extract::{Query, State};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    let read = Access::Can(Permission::JournalRead);
    vec![
        get("/journal", read, get_journal),
        get("/journal.csv", read, get_csv),
        get("/journal.jsonl", read, get_jsonl),
    ]
}

/// What stands in the address: the filter is the address, so that it can be sent to somebody.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    action: String,
    #[serde(default)]
    actor: String,
    #[serde(default)]
    subject: String,
    /// Days in the reader's zone, the last one included.
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    before: String,
}

impl Asked {
    fn filter(&self, zone: &TimeZone) -> Result<Filter, Trouble> {
        let text = |value: &str| Some(value.trim().to_owned()).filter(|text| !text.is_empty());
        let days = Fields::from_pairs([("from", self.from.as_str()), ("to", self.to.as_str())]);
        Ok(Filter {
            action: text(&self.action),
            actor: text(&self.actor),
            subject: text(&self.subject),
            from: match days.day("from")? {
                Some(day) => Some(start_of(day, zone, "from")?),
                None => None,
            },
            until: match days.day("to")? {
                Some(day) => Some(start_of(next_of(day)?, zone, "to")?),
                None => None,
            },
        })
    }

    /// The filter as a query, without the page.
    fn query(&self) -> String {
        [
            ("action", &self.action),
            ("actor", &self.actor),
            ("subject", &self.subject),
            ("from", &self.from),
            ("to", &self.to),
        ]
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| format!("{name}={}", encode(value.trim())))
        .collect::<Vec<_>>()
        .join("&")
    }
}

fn next_of(day: Date) -> Result<Date, Trouble> {
    day.tomorrow().map_err(|_| out_of_calendar("to", day))
}

/// When a day begins; the ends of the calendar are no days one can look for.
fn start_of(day: Date, zone: &TimeZone, field: &'static str) -> Result<Timestamp, Trouble> {
    let start = day.to_zoned_datetime(zone.clone());
    let start = start.map_err(|_| out_of_calendar(field, day))?;
    Ok(start.timestamp())
}

fn out_of_calendar(field: &'static str, day: Date) -> Trouble {
    Refusal::field(field, "journal-day-out-of-range")
        .with("day", day)
        .into()
}

#[derive(Template)]
#[template(path = "journal/list.html")]
struct JournalPage {
    page: Visit,
    asked: Asked,
    rows: Vec<Shown>,
    total: i64,
    /// Where the next, older page is.
    older: Option<String>,
    export: String,
    facets: Facets,
}

/// An entry as the page shows it.
struct Shown {
    entry: Recorded,
    at: Timestamp,
    /// The page of the thing it happened to, if there is one.
    href: Option<String>,
    facts: Vec<(String, String)>,
    digest: String,
}

const DIGEST_SHOWN: usize = 12;

async fn get_journal(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let filter = asked.filter(&page.zone)?;
    let before = asked.before.parse().ok();
    let (listed, facets): (Listed, Facets) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let listed = list_entries(tx, &caller, &filter, before)?;
            Ok((listed, list_facets(tx, &caller)?))
        })
        .await?;
    let query = asked.query();
    let join = if query.is_empty() { "" } else { "&" };
    html(&JournalPage {
        older: listed
            .next
            .map(|next| format!("/journal?{query}{join}before={next}")),
        export: format!("/journal.csv?{query}"),
        rows: listed.entries.into_iter().map(shown).collect(),
        total: listed.total,
        facets,
        page,
        asked,
    })
}

fn shown(entry: Recorded) -> Shown {
    Shown {
        at: entry.instant(),
        href: href_of(&entry.subject),
        facts: facts_of(&entry.detail),
        digest: entry.digest.chars().take(DIGEST_SHOWN).collect(),
        entry,
    }
}

/// The facts of an entry, one a line; what is no JSON object is shown as it stands.
fn facts_of(detail: &str) -> Vec<(String, String)> {
    let Ok(facts) = serde_json::from_str::<serde_json::Map<String, Value>>(detail) else {
        return vec![(String::new(), detail.to_owned())];
    };
    let known = facts.into_iter().filter(|(_, value)| !value.is_null());
    known
        .map(|(name, value)| (name, in_words(&value)))
        .collect()
}

fn in_words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(in_words).collect::<Vec<_>>().join(", "),
        // A change: the old value and the new one.
        Value::Object(change) if change.len() == 2 && change.contains_key("old") => {
            let side = |name: &str| change.get(name).map_or(String::new(), in_words);
            format!("{} → {}", side("old"), side("new"))
        }
        Value::Null => "–".to_owned(),
        other => other.to_string(),
    }
}

/// Where a thing is shown, by the prefix of its id.
fn href_of(subject: &str) -> Option<String> {
    let folder = match subject.split_once('_')?.0 {
        "prod" => "products",
        "rel" => "releases",
        "case" => "cases",
        "watch" => "watch",
        "find" => "findings",
        "evid" => "evidence",
        _ => return None,
    };
    let is_id = subject
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'_');
    is_id.then(|| format!("/{folder}/{subject}"))
}

/// The entries under the filter, for spreadsheets.
async fn get_csv(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let filter = asked.filter(&page.zone)?;
    let head = [
        "seq",
        "time",
        "actor",
        "actor name",
        "action",
        "subject",
        "detail",
        "previous",
        "digest",
    ];
    let first = csv_line(&head.map(str::to_owned))?;
    let file = ("journal.csv", "text/csv; charset=utf-8");
    export(app, caller, filter, first, file, |_, page| {
        let mut lines = Vec::new();
        for entry in &page.entries {
            lines.extend(csv_line(&[
                entry.seq.to_string(),
                entry.instant().to_string(),
                csv_cell(&entry.actor_key),
                csv_cell(&entry.actor_name),
                csv_cell(&entry.action),
                csv_cell(&entry.subject),
                csv_cell(&entry.detail),
                entry.previous.clone(),
                entry.digest.clone(),
            ])?);
        }
        Ok(lines)
    })
}

/// The whole chain with its digests, one entry a line, and the checkpoints among them, to be
/// verified anywhere. Never filtered: a chain with gaps proves nothing.
async fn get_jsonl(State(app): State<App>, caller: Caller) -> Answer {
    let seal = Seal {
        key: InstanceKey::find(&app.config.data)?,
        clock: app.clock.clone(),
    };
    let reader = caller.clone();
    let (all, file) = (Filter::default(), ("journal.jsonl", "application/jsonl"));
    export(app, caller, all, Vec::new(), file, move |tx, page| {
        signed_lines(tx, &reader, page, &seal)
    })
}

/// Signs the end of an export, so that nothing can be cut off unseen.
struct Seal {
    key: Option<InstanceKey>,
    clock: crate::time::Clock,
}

fn signed_lines(
    tx: &mut Tx,
    caller: &Caller,
    page: &Page,
    seal: &Seal,
) -> Result<Vec<u8>, Trouble> {
    let Some(last) = page.entries.last() else {
        return Ok(Vec::new());
    };
    let mut checkpoints = super::list_checkpoints(tx, caller, page.after, last.seq)?;
    let is_sealed = checkpoints.last().is_some_and(|c| c.seq == last.seq);
    if let (true, false, Some(key)) = (page.is_last, is_sealed, &seal.key) {
        checkpoints.extend(key.seal(last, seal.clock.now()));
    }
    let mut checkpoints = checkpoints.into_iter().peekable();
    let mut lines = Vec::new();
    for entry in &page.entries {
        serde_json::to_writer(&mut lines, &Line::of(entry)).map_err(anyhow::Error::from)?;
        lines.push(b'\n');
        while let Some(checkpoint) = checkpoints.next_if(|c| c.seq <= entry.seq) {
            let line = CheckpointLine { checkpoint };
            serde_json::to_writer(&mut lines, &line).map_err(anyhow::Error::from)?;
            lines.push(b'\n');
        }
    }
    Ok(lines)
}

fn csv_line(cells: &[String]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(Vec::new());
    writer.write_record(cells)?;
    Ok(writer.into_inner().map_err(|e| e.into_error())?)
}

/// Entries read at once for an export.
const EXPORT_PAGE: i64 = 1_000;

/// Entries of an export that were read together.
struct Page {
    entries: Vec<Recorded>,
    /// The entry they follow.
    after: i64,
    is_last: bool,
}

/// Writes entries page by page, each read in a transaction of its own: the journal only grows,
/// so the pages fit together.
fn export(
    app: App,
    caller: Caller,
    filter: Filter,
    first: Vec<u8>,
    (name, kind): (&'static str, &str),
    lines: impl Fn(&mut Tx, &Page) -> Result<Vec<u8>, Trouble> + Send + Sync + 'static,
) -> Answer {
    let lines = std::sync::Arc::new(lines);
    download_in_pieces(name, kind, Some((first, i64::MIN)), move |state| {
        let (app, lines) = (app.clone(), lines.clone());
        let (reader, filter) = (caller.clone(), filter.clone());
        async move {
            let Some((mut chunk, after)) = state else {
                return Ok(None);
            };
            let read = move |tx: &mut Tx| -> Result<_, Trouble> {
                // One more than is written, to know whether there is another page.
                let mut entries = list_after(tx, &reader, &filter, after, EXPORT_PAGE + 1)?;
                let is_last = entries.len() as i64 <= EXPORT_PAGE;
                entries.truncate(EXPORT_PAGE as usize);
                let page = Page {
                    entries,
                    after,
                    is_last,
                };
                Ok((lines(tx, &page)?, page))
            };
            let (written, page) = app.db.read(read).await?;
            chunk.extend(written);
            let last = page.entries.last().filter(|_| !page.is_last);
            Ok(Some((chunk, last.map(|entry| (Vec::new(), entry.seq)))))
        }
    })
}
