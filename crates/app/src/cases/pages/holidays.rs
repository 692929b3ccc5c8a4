//! The public holidays of the coordinators' Member States, typed or taken from a file, each list
//! on a page of its own: what is typed for one can never land in another's. Without them the
//! legal-latest instants of days and months move at weekends only, and the case says so.

use super::wording::{member_state, member_states};
use crate::accounts::Caller;
use crate::cases::operations::holidays as operations;
use crate::cases::rules::holidays::{parse, years};
use crate::cases::types::{Holidays, NewHolidays};
use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::shown::Shown;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use bonafide_law::member_states::MemberState;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "cases/holidays.html")]
struct HolidaysPage {
    page: Visit,
    form: Shown,
    lists: Vec<Holidays>,
    states: Vec<(&'static str, String)>,
    /// The Member State whose list is shown, if one is.
    chosen: Option<&'static str>,
    /// The chosen one's days as they stand, and when they were changed; empty when nobody did.
    stands: String,
    seen: String,
    /// Somebody else changed the list while this one was typed.
    is_overtaken: bool,
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

/// The lists given, and the chosen Member State's as it was changed last.
struct Loaded {
    lists: Vec<Holidays>,
    chosen: Option<&'static str>,
    stands: Option<Holidays>,
}

impl Loaded {
    fn days(&self) -> String {
        let days = self.stands.iter().flat_map(|list| list.days.iter());
        days.map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }
}

pub async fn get_holidays(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    let asked = query.get("state").map(String::as_str).unwrap_or_default();
    let loaded = load(&app, caller, asked).await?;
    let form = Fields::from_pairs([("days", loaded.days())]);
    html(&holidays_page(page, loaded, Shown::new(form), None))
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
            let is_conflict = matches!(&trouble, Trouble::Refusal(r) if r.status == 409);
            let loaded = load(&app, asking, fields.get("member_state")).await?;
            // After a conflict what stands is shown beside, so that the next save is over that.
            let seen = Some(fields.get("seen").to_owned()).filter(|_| !is_conflict);
            let status = match is_conflict {
                true => StatusCode::CONFLICT,
                false => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let form = Shown::refused(fields, trouble, page.lang, "case-field")?;
            let mut shown = holidays_page(page, loaded, form, seen);
            shown.is_overtaken = is_conflict;
            answer::html_status(status, &shown)
        }
    }
}

/// A chosen file counts before what stands in the field.
async fn set(app: &App, caller: Caller, fields: &Fields) -> Result<String, Trouble> {
    let state = MemberState::parse(fields.get("member_state"))
        .ok_or_else(|| Refusal::field("member_state", "coordinator-unknown"))?
        .code();
    let remove = fields.is_ticked("remove");
    let days = match fields.file("file") {
        _ if remove => parse("")?,
        Some(file) => parse(&String::from_utf8_lossy(&file.bytes))?,
        None => parse(fields.get("days"))?,
    };
    let seen = fields.opt("seen").map(str::parse).transpose();
    let new = NewHolidays {
        member_state: state.to_owned(),
        days,
        remove,
        seen: seen.map_err(|_| Refusal::conflict("holidays-changed-meanwhile"))?,
    };
    app.db
        .write(move |tx| operations::set_holidays(tx, &caller, &new))
        .await?;
    Ok(state.to_owned())
}

async fn load(app: &App, caller: Caller, asked: &str) -> Result<Loaded, Trouble> {
    let chosen = MemberState::parse(asked).map(MemberState::code);
    app.db
        .read(move |tx| {
            Ok(Loaded {
                lists: operations::list_holidays(tx, &caller)?,
                chosen,
                stands: match chosen {
                    Some(state) => operations::find_holidays(tx, &caller, state)?,
                    None => None,
                },
            })
        })
        .await
}

fn holidays_page(page: Visit, loaded: Loaded, form: Shown, seen: Option<String>) -> HolidaysPage {
    let changed_at = loaded.stands.as_ref().map(|list| list.changed_at);
    HolidaysPage {
        states: member_states(&page),
        stands: loaded.days(),
        seen: seen.unwrap_or_else(|| changed_at.map_or_else(String::new, |at| at.to_string())),
        lists: loaded.lists,
        chosen: loaded.chosen,
        is_overtaken: false,
        form,
        page,
    }
}
