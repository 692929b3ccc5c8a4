//! The first start: one page makes the first admin and the organisation.

use super::LABELS;
use super::signed_in;
use crate::accounts::links::{self, FirstAdmin};
use crate::accounts::organisations::NewOrganisation;
use crate::accounts::people::{EMAIL_CHARS_MAX, NAME_CHARS_MAX};
use crate::accounts::sign_in::new_password;
use crate::accounts::{Arrival, OwnPage, people};
use crate::trouble::Trouble;
use crate::web::answer::{html, html_status};
use crate::web::forms::Fields;
use crate::web::shown::Shown;
use crate::web::{Answer, App, Visit};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "accounts/setup.html")]
struct SetupPage {
    page: Visit,
    form: Shown,
    secret: String,
    countries: Vec<super::organisation::Country>,
    password_min: usize,
}

impl SetupPage {
    fn new(page: Visit, form: Shown, secret: String) -> Self {
        Self {
            countries: super::organisation::countries(page.lang),
            page,
            form,
            secret,
            password_min: crate::accounts::passwords::CHARS_MIN,
        }
    }
}

pub async fn get_setup(State(app): State<App>, page: Visit, Path(secret): Path<String>) -> Answer {
    let asked = secret.clone();
    app.db
        .read(move |tx| links::require_setup_open(tx, &asked))
        .await?;
    html(&SetupPage::new(page, Shown::default(), secret))
}

pub async fn post_setup(
    State(app): State<App>,
    page: Visit,
    arrival: Arrival,
    _: OwnPage,
    Path(secret): Path<String>,
    fields: Fields,
) -> Answer {
    match set_up(&app, &page, &arrival, &secret, &fields).await {
        Ok(session) => signed_in(&app.config, "/", &session),
        Err(trouble) => {
            let form = Shown::refused(fields, trouble, page.lang, LABELS)?;
            let again = SetupPage::new(page, form, secret);
            html_status(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}

async fn set_up(
    app: &App,
    page: &Visit,
    arrival: &Arrival,
    secret: &str,
    fields: &Fields,
) -> Result<String, Trouble> {
    // Nobody makes us hash a password without a link that works.
    let asked = secret.to_owned();
    app.db
        .read(move |tx| links::require_setup_open(tx, &asked))
        .await?;
    let name = fields.required("name", NAME_CHARS_MAX)?;
    let email = people::checked_email(&fields.required("email", EMAIL_CHARS_MAX)?)?;
    let country = fields.required("country", 2)?;
    let organisation = NewOrganisation {
        name: fields.required("organisation", super::organisation::NAME_CHARS_MAX)?,
        zone: super::organisation::zone_of(&country),
        country: Some(country),
        security_contact: Some(fields.required("security_contact", EMAIL_CHARS_MAX)?),
        ..NewOrganisation::default()
    };
    let password = fields.exact("password");
    let context = vec![name.clone(), email.clone(), organisation.name.clone()];
    let admin = FirstAdmin {
        password: new_password(&app.db, password, context).await?,
        name,
        email,
        lang: page.lang,
    };
    let (secret, new) = (secret.to_owned(), arrival.session());
    app.db
        .write(move |tx| links::complete_setup(tx, &secret, &admin, &organisation, &new))
        .await
}
