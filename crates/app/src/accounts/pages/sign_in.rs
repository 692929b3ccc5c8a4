//! Signing in and out.

use super::LABELS;
use super::{signed_in, signed_out};
use crate::accounts::{
    self, Arrival, Caller, CurrentSession, OwnPage, needs_setup, people::EMAIL_CHARS_MAX,
};
use crate::trouble::Trouble;
use crate::web::answer::{html, html_status, is_own_path};
use crate::web::forms::Fields;
use crate::web::shown::Shown;
use crate::web::{Answer, App, Visit};
use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage {
    page: Visit,
    form: Shown,
    next: String,
    /// Nobody can sign in yet.
    needs_setup: bool,
}

/// Where to go after signing in.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// Only a path on this very host; anything else is the start page.
fn safe(next: &str) -> &str {
    if is_own_path(next) { next } else { "/" }
}

pub async fn get_sign_in(State(app): State<App>, page: Visit, Query(asked): Query<Next>) -> Answer {
    let needs_setup = app.db.read(needs_setup).await?;
    html(&SignInPage {
        page,
        form: Shown::default(),
        next: safe(&asked.next).to_owned(),
        needs_setup,
    })
}

pub async fn post_sign_in(
    State(app): State<App>,
    page: Visit,
    arrival: Arrival,
    _: OwnPage,
    fields: Fields,
) -> Answer {
    let next = safe(fields.get("next")).to_owned();
    let signed = try_sign_in(&app, &arrival, &fields).await;
    match signed {
        Ok(session) => signed_in(&app.config, &next, &session),
        Err(trouble) => {
            let status = match &trouble {
                Trouble::Refusal(refusal) if refusal.status == 429 => StatusCode::TOO_MANY_REQUESTS,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let again = SignInPage {
                form: Shown::refused(fields, trouble, page.lang, LABELS)?,
                page,
                next,
                needs_setup: false,
            };
            html_status(status, &again)
        }
    }
}

async fn try_sign_in(app: &App, arrival: &Arrival, fields: &Fields) -> Result<String, Trouble> {
    let email = fields.required("email", EMAIL_CHARS_MAX)?;
    accounts::sign_in(&app.db, &email, fields.exact("password"), arrival).await
}

pub async fn post_sign_out(
    State(app): State<App>,
    caller: Caller,
    Extension(CurrentSession(session)): Extension<CurrentSession>,
) -> Answer {
    if let Some(session) = session {
        app.db
            .write(move |tx| accounts::end_session(tx, &caller, session))
            .await?;
    }
    signed_out(&app.config, "/sign-in")
}
