//! The public holidays of the coordinators' Member States, typed or taken from a file. Without
//! them the legal-latest instants of days and months move at weekends only, and the case says so.

use super::wording::{language, member_state};
use crate::accounts::Caller;
use crate::cases::operations::holidays as operations;
use crate::cases::rules::holidays::{parse, years};
use crate::cases::types::Holidays;
use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::shown::Shown;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use bonafide_law::member_states::{self, MemberState};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "cases/holidays.html")]
struct HolidaysPage {
    page: Visit,
    form: Shown,
    lists: Vec<Holidays>,
    states: Vec<(&'static str, String)>,
}

impl HolidaysPage {
    fn state_name(&self, code: &str) -> String {
        member_state(&self.page, code)
    }

    /// `2026, 2027`.
    fn years(&self, list: &Holidays) -> String {
        let years: Vec<String> = years(&list.days).iter().map(i16::to_string).collect();
        years.join(", ")
    }
}

pub async fn get_holidays(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    let lists = load(&app, caller).await?;
    let asked = query.get("state").map(String::as_str).unwrap_or_default();
    let known = lists.iter().find(|list| list.member_state == asked);
    let days: Vec<String> = known
        .iter()
        .flat_map(|list| list.days.iter().map(ToString::to_string))
        .collect();
    let form = Fields::from_pairs([
        ("member_state", asked.to_owned()),
        ("days", days.join("\n")),
    ]);
    html(&holidays_page(page, lists, Shown::new(form)))
}

pub async fn post_holidays(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    fields: Fields,
) -> Answer {
    let asking = caller.clone();
    match set(&app, caller, &fields).await {
        Ok(state) => {
            app.wake.up();
            see_other(&format!("/settings/holidays?state={state}"))
        }
        Err(trouble) => {
            let form = Shown::refused(fields, trouble, page.lang, "case-field")?;
            let lists = load(&app, asking).await?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            answer::html_status(status, &holidays_page(page, lists, form))
        }
    }
}

/// A chosen file counts before what stands in the field.
async fn set(app: &App, caller: Caller, fields: &Fields) -> Result<String, Trouble> {
    let state = MemberState::parse(fields.get("member_state"))
        .ok_or_else(|| Refusal::field("member_state", "coordinator-unknown"))?
        .code();
    let days = match fields.file("file") {
        Some(file) => parse(&String::from_utf8_lossy(&file.bytes))?,
        None => parse(fields.get("days"))?,
    };
    app.db
        .write(move |tx| operations::set_holidays(tx, &caller, state, &days))
        .await?;
    Ok(state.to_owned())
}

async fn load(app: &App, caller: Caller) -> Result<Vec<Holidays>, Trouble> {
    app.db
        .read(move |tx| operations::list_holidays(tx, &caller))
        .await
}

fn holidays_page(page: Visit, lists: Vec<Holidays>, form: Shown) -> HolidaysPage {
    let language = language(&page);
    HolidaysPage {
        states: member_states::list()
            .into_iter()
            .map(|state| (state.code(), state.name(language).to_owned()))
            .collect(),
        lists,
        form,
        page,
    }
}
