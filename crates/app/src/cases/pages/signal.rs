//! A person hands in a signal: a customer called, a researcher wrote, our telemetry saw it.

use super::decision::choice;
use crate::accounts::Caller;
use crate::cases::Kind;
use crate::cases::operations::signals;
use crate::cases::types::NewSignal;
use crate::cases::words::{Answered, Source};
use crate::trouble::Trouble;
use crate::web::forms::Fields;
use crate::web::shown::Shown;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "cases/signal_new.html")]
struct SignalPage {
    page: Visit,
    form: Shown,
    kinds: [Kind; 2],
    sources: &'static [Source],
    answered: &'static [Answered],
}

pub async fn get_new(page: Visit) -> Answer {
    let fields = Fields::from_pairs([
        ("kind", Kind::ActivelyExploitedVulnerability.as_str()),
        ("in_our_product", "unknown"),
    ]);
    html(&signal_page(page, Shown::new(fields)))
}

pub async fn post_new(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    fields: Fields,
) -> Answer {
    let may_read = page.can("cases-read");
    let typed = fields.clone();
    let taken = app
        .db
        .write(move |tx| signals::record_signal(tx, &caller, &read(&typed)?))
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
            let form = Shown::refused(fields, trouble, page.lang, "case-field")?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            answer::html_status(status, &signal_page(page, form))
        }
    }
}

fn signal_page(page: Visit, form: Shown) -> SignalPage {
    SignalPage {
        page,
        form,
        kinds: [Kind::ActivelyExploitedVulnerability, Kind::SevereIncident],
        sources: Source::ALL,
        answered: Answered::ALL,
    }
}

/// Reads the signal a form hands in.
pub fn read(fields: &Fields) -> Result<NewSignal, Trouble> {
    const TITLE_CHARS_MAX: usize = 300;
    const TEXT_CHARS_MAX: usize = 20_000;
    const NAME_CHARS_MAX: usize = 100;
    Ok(NewSignal {
        kind: choice(fields, "kind")?,
        vulnerability: fields.text("vulnerability", NAME_CHARS_MAX)?,
        title: fields.text("title", TITLE_CHARS_MAX)?.unwrap_or_default(),
        text: fields.text("text", TEXT_CHARS_MAX)?.unwrap_or_default(),
        source: choice(fields, "source")?,
        in_our_product: choice(fields, "in_our_product")?,
        reference: None,
        received_at: fields.instant("received_at")?,
    })
}
