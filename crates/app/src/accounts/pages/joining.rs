//! Links that people get from somebody: an invitation, and the way back in.

use super::LABELS;
use super::signed_in;
use crate::accounts::invitations::{self, Acceptance, Invitation, find_invitation};
use crate::accounts::people::NAME_CHARS_MAX;
use crate::accounts::sign_in::{check_password, count_attempt, new_password};
use crate::accounts::store::people::email_key;
use crate::accounts::{Arrival, OwnPage, links};
use crate::trouble::{Refusal, Trouble};
use crate::web::answer::{done, html, html_status};
use crate::web::forms::Fields;
use crate::web::shown::Shown;
use crate::web::{Answer, App, Visit};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "accounts/invitation.html")]
struct InvitationPage {
    page: Visit,
    form: Shown,
    secret: String,
    invitation: Invitation,
    role: &'static str,
    password_min: usize,
}

impl InvitationPage {
    fn new(page: Visit, form: Shown, secret: String, invitation: Invitation) -> Self {
        Self {
            page,
            form,
            secret,
            role: invitation.role.name(),
            invitation,
            password_min: crate::accounts::passwords::CHARS_MIN,
        }
    }
}

pub async fn get_invitation(
    State(app): State<App>,
    page: Visit,
    Path(secret): Path<String>,
) -> Answer {
    let invitation = invitation_of(&app, &secret).await?;
    html(&InvitationPage::new(
        page,
        Shown::default(),
        secret,
        invitation,
    ))
}

pub async fn post_invitation(
    State(app): State<App>,
    page: Visit,
    arrival: Arrival,
    _: OwnPage,
    Path(secret): Path<String>,
    fields: Fields,
) -> Answer {
    let invitation = invitation_of(&app, &secret).await?;
    match accept(&app, &page, &arrival, &secret, &invitation, &fields).await {
        Ok(session) => signed_in(&app.config, "/", &session),
        Err(trouble) => {
            let form = Shown::refused(fields, trouble, page.lang, LABELS)?;
            let again = InvitationPage::new(page, form, secret, invitation);
            html_status(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}

async fn invitation_of(app: &App, secret: &str) -> Result<Invitation, Trouble> {
    let secret = secret.to_owned();
    let found = app.db.read(move |tx| find_invitation(tx, &secret)).await?;
    found.ok_or_else(|| Refusal::new(410, "invitation-gone").into())
}

/// Somebody with an account proves it with its password; anybody else makes one.
async fn accept(
    app: &App,
    page: &Visit,
    arrival: &Arrival,
    secret: &str,
    invitation: &Invitation,
    fields: &Fields,
) -> Result<String, Trouble> {
    let password = fields.exact("password").to_owned();
    let asked = invitation.clone();
    let person = app
        .db
        .read(move |tx| invitations::invited_person(tx, &asked))
        .await?;
    let acceptance = match person {
        None => {
            let name = fields.required("name", NAME_CHARS_MAX)?;
            let context = vec![
                name.clone(),
                invitation.email.clone(),
                invitation.organisation_name.clone(),
            ];
            Acceptance::New {
                password: new_password(&app.db, &password, context).await?,
                name,
                lang: page.lang,
            }
        }
        Some(person) => {
            let (key, address) = (email_key(&person.email), arrival.address.clone());
            app.db
                .write(move |tx| count_attempt(tx, &key, &address))
                .await?;
            let hash = person.password;
            if !check_password(password, hash.clone()).await? {
                return Err(Refusal::field("password", "invitation-password-wrong").into());
            }
            let hash = hash.ok_or_else(|| Refusal::new(410, "invitation-gone"))?;
            Acceptance::Known(hash)
        }
    };
    let (secret, new) = (secret.to_owned(), arrival.session());
    app.db
        .write(move |tx| invitations::accept_invitation(tx, &secret, &acceptance, &new))
        .await
}

#[derive(Template)]
#[template(path = "accounts/reset.html")]
struct ResetPage {
    page: Visit,
    form: Shown,
    secret: String,
    email: String,
    password_min: usize,
}

impl ResetPage {
    fn new(page: Visit, form: Shown, secret: String, email: String) -> Self {
        Self {
            page,
            form,
            secret,
            email,
            password_min: crate::accounts::passwords::CHARS_MIN,
        }
    }
}

pub async fn get_reset(State(app): State<App>, page: Visit, Path(secret): Path<String>) -> Answer {
    let (_, email) = reset_of(&app, &secret).await?;
    html(&ResetPage::new(page, Shown::default(), secret, email))
}

pub async fn post_reset(
    State(app): State<App>,
    page: Visit,
    _: OwnPage,
    Path(secret): Path<String>,
    fields: Fields,
) -> Answer {
    let (name, email) = reset_of(&app, &secret).await?;
    let password = fields.exact("password");
    let set = match new_password(&app.db, password, vec![name, email.clone()]).await {
        Ok(hash) => {
            let secret = secret.clone();
            app.db
                .write(move |tx| links::complete_reset(tx, &secret, &hash))
                .await
        }
        Err(trouble) => Err(trouble),
    };
    match set {
        Ok(()) => done("/sign-in", "flash-password-changed"),
        Err(trouble) => {
            let form = Shown::refused(fields, trouble, page.lang, LABELS)?;
            let again = ResetPage::new(page, form, secret, email);
            html_status(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}

async fn reset_of(app: &App, secret: &str) -> Result<(String, String), Trouble> {
    let secret = secret.to_owned();
    let found = app
        .db
        .read(move |tx| links::find_reset(tx, &secret))
        .await?;
    let person = found.ok_or_else(|| Refusal::new(410, "reset-link-gone"))?;
    Ok((person.name, person.email))
}
