//! A person hands in a signal: a customer called, a researcher wrote, our telemetry saw it.

use super::decision::Reader;
use crate::accounts::Caller;
use crate::cases::Kind;
use crate::cases::operations::signals::{NAME_CHARS_MAX, TEXT_CHARS_MAX, TITLE_CHARS_MAX};
use crate::cases::operations::{reading, signals};
use crate::cases::types::{NewSignal, WatchItem};
use crate::cases::words::{Answered, Source};
use crate::ids::{SignalId, WatchItemId};
use crate::store::Tx;
use crate::trouble::Trouble;
use crate::web::forms::Fields;
use crate::web::route;
use crate::web::shown::Shown;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use std::collections::BTreeMap;

/// The hidden field by which a page that is sent twice is known.
pub const FORM_KEY: &str = "form_key";

#[derive(Template)]
#[template(path = "cases/signal_new.html")]
struct SignalPage {
    page: Visit,
    form: Shown,
    /// The item it is a further signal of.
    about: Option<WatchItem>,
    kinds: [Kind; 2],
    sources: &'static [Source],
    answered: &'static [Answered],
}

pub async fn get_new(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    let kind = match query.get("kind").and_then(|kind| kind.parse::<Kind>().ok()) {
        Some(kind) => kind,
        None => Kind::ActivelyExploitedVulnerability,
    };
    let named = query.get("vulnerability").cloned().unwrap_or_default();
    let named: String = named.chars().take(NAME_CHARS_MAX).collect();
    let asked = query.get("item").cloned();
    let (key, about) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let about = about(tx, &caller, asked.as_deref())?;
            Ok((tx.new_id::<SignalId>().to_string(), about))
        })
        .await?;
    let mut fields = vec![("in_our_product", "unknown".to_owned()), (FORM_KEY, key)];
    match &about {
        Some(item) => fields.extend([
            ("item", item.id.to_string()),
            ("kind", item.kind.as_str().to_owned()),
            (
                "vulnerability",
                item.vulnerability.clone().unwrap_or_default(),
            ),
        ]),
        None => fields.extend([("kind", kind.as_str().to_owned()), ("vulnerability", named)]),
    }
    html(&signal_page(
        page,
        Shown::new(Fields::from_pairs(fields)),
        about,
    ))
}

/// The item a further signal is about, for those who may read it.
fn about(tx: &mut Tx, caller: &Caller, item: Option<&str>) -> Result<Option<WatchItem>, Trouble> {
    let Some(item) = item.filter(|item| !item.is_empty()) else {
        return Ok(None);
    };
    let id: WatchItemId = route::id(item)?;
    reading::watch_item_of(tx, caller, id).map(Some)
}

pub async fn post_new(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    fields: Fields,
) -> Answer {
    let may_read = page.can("cases-read");
    let (typed, asking, now) = (fields.clone(), caller.clone(), page.now);
    let taken = app
        .db
        .write(move |tx| -> Result<_, Trouble> {
            let mut reader = Reader::new(&typed);
            let mut new = read(&mut reader, &typed)?;
            if let Some(item) = about(tx, &caller, typed.opt("item"))? {
                (new.watch_item, new.kind) = (Some(item.id), item.kind);
            }
            reader.refuse(signals::problems(&new, now))?;
            signals::record_signal(tx, &caller, &new)
        })
        .await;
    match taken {
        Ok(taken) => {
            app.wake.up();
            if may_read {
                see_other(&format!("/watch/{}", taken.watch_item))
            } else {
                see_other("/")
            }
        }
        Err(trouble) => {
            let item = fields.opt("item").map(str::to_owned);
            let about = app
                .db
                .read(move |tx| about(tx, &asking, item.as_deref()))
                .await?;
            let form = Shown::refused(fields, trouble, page.lang, "case-field")?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            answer::html_status(status, &signal_page(page, form, about))
        }
    }
}

fn signal_page(page: Visit, form: Shown, about: Option<WatchItem>) -> SignalPage {
    SignalPage {
        page,
        form,
        about,
        kinds: [Kind::ActivelyExploitedVulnerability, Kind::SevereIncident],
        sources: Source::ALL,
        answered: Answered::ALL,
    }
}

/// Reads the signal a form hands in; what is wrong stands in the reader.
pub fn read(reader: &mut Reader<'_>, fields: &Fields) -> Result<NewSignal, Trouble> {
    let kind = reader.choice("kind")?;
    let vulnerability = reader.text("vulnerability", NAME_CHARS_MAX)?;
    Ok(NewSignal {
        kind: kind.unwrap_or(Kind::ActivelyExploitedVulnerability),
        vulnerability: Some(vulnerability).filter(|name| !name.is_empty()),
        title: reader.text("title", TITLE_CHARS_MAX)?,
        text: reader.text("text", TEXT_CHARS_MAX)?,
        source: reader.choice("source")?.unwrap_or(Source::Other),
        in_our_product: reader
            .choice("in_our_product")?
            .unwrap_or(Answered::Unknown),
        received_at: reader.instant("received_at")?,
        reference: form_reference(fields),
        watch_item: None,
    })
}

/// The same page sent twice with the same words is the same signal; another text is another.
fn form_reference(fields: &Fields) -> Option<String> {
    const KEY_CHARS_MAX: usize = 60;
    let key = fields.opt(FORM_KEY)?;
    if key.len() > KEY_CHARS_MAX || !key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return None;
    }
    let words = ["kind", "vulnerability", "title", "text", "in_our_product"];
    let words: Vec<&str> = words.iter().map(|name| fields.get(name)).collect();
    let digest = crate::blobs::Digest::of(words.join("\n").as_bytes());
    let digest: String = digest.as_str().chars().rev().take(16).collect();
    Some(format!("form:{key}:{digest}"))
}
