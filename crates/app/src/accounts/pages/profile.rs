//! One's own account: name, language, zone, password, sessions.

use super::LABELS;
use super::{signed_in, signed_out};
use crate::accounts::people::NAME_CHARS_MAX;
use crate::accounts::profile::{self, Place, Profile, ProfileChange, SessionRow};
use crate::accounts::sessions::theme;
use crate::accounts::sign_in::{check_password, count_attempt, new_password};
use crate::accounts::store::people::email_key;
use crate::accounts::{Arrival, CurrentSession, OwnPage};
use crate::caller::Caller;
use crate::ids::{OrganisationId, SessionId};
use crate::trouble::{Refusal, Trouble};
use crate::web::answer::{done, html, html_status, see_other};
use crate::web::forms::Fields;
use crate::web::route::id;
use crate::web::shown::Shown;
use crate::web::words::Lang;
use crate::web::{Answer, App, Visit};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};

const ZONE_CHARS_MAX: usize = 60;
/// A visitor's choice of language and theme lasts a year.
const PREFERENCE_SECONDS: u64 = 365 * 86_400;

#[derive(Template)]
#[template(path = "accounts/profile.html")]
struct ProfilePage {
    page: Visit,
    form: Shown,
    password_form: Shown,
    profile: Profile,
    sessions: Vec<Listed>,
    places: Vec<Place>,
    here: String,
    zones: Vec<&'static str>,
    password_min: usize,
}

/// A session in the list.
struct Listed {
    row: SessionRow,
    is_current: bool,
}

async fn profile_page(
    app: &App,
    caller: &Caller,
    page: Visit,
    current: Option<SessionId>,
) -> Result<ProfilePage, Trouble> {
    let reader = caller.clone();
    let (profile, sessions, places) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            Ok((
                profile::get_profile(tx, &reader)?,
                profile::list_sessions(tx, &reader)?,
                profile::list_places(tx, &reader)?,
            ))
        })
        .await?;
    let shown = |row: SessionRow| Listed {
        is_current: current == Some(row.id),
        row,
    };
    let sessions = sessions.into_iter().map(shown).collect();
    let form = Shown::new(Fields::from_pairs([
        ("name", profile.name.clone()),
        ("lang", profile.lang.tag().to_owned()),
        ("theme", profile.theme.to_owned()),
        ("zone", profile.zone.clone().unwrap_or_default()),
    ]));
    Ok(ProfilePage {
        page,
        form,
        password_form: Shown::default(),
        profile,
        sessions,
        places,
        here: caller.organisation.to_string(),
        zones: super::organisation::zones(),
        password_min: crate::accounts::passwords::CHARS_MIN,
    })
}

pub async fn get_own(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Extension(CurrentSession(current)): Extension<CurrentSession>,
) -> Answer {
    html(&profile_page(&app, &caller, page, current).await?)
}

pub async fn post_own(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Extension(CurrentSession(current)): Extension<CurrentSession>,
    fields: Fields,
) -> Answer {
    let changed = match read(&fields) {
        Ok(change) => {
            let caller = caller.clone();
            app.db
                .write(move |tx| profile::update_profile(tx, &caller, &change))
                .await
        }
        Err(trouble) => Err(trouble),
    };
    match changed {
        Ok(()) => done("/settings/profile", "flash-saved"),
        Err(trouble) => {
            let form = Shown::refused(fields, trouble, page.lang, LABELS)?;
            let mut again = profile_page(&app, &caller, page, current).await?;
            again.form = form;
            html_status(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}

fn read(fields: &Fields) -> Result<ProfileChange, Trouble> {
    let lang = fields.get("lang");
    Ok(ProfileChange {
        name: fields.required("name", NAME_CHARS_MAX)?,
        lang: Lang::find(lang).ok_or_else(|| Refusal::field("lang", "lang-unknown"))?,
        theme: theme(fields.get("theme")),
        zone: fields.text("zone", ZONE_CHARS_MAX)?,
    })
}

pub async fn post_password(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    arrival: Arrival,
    Extension(CurrentSession(current)): Extension<CurrentSession>,
    fields: Fields,
) -> Answer {
    match change_password(&app, &caller, &arrival, current, &fields).await {
        Ok(()) => done("/settings/profile", "flash-password-changed"),
        Err(trouble) => {
            let form = Shown::refused(fields, trouble, page.lang, LABELS)?;
            let mut again = profile_page(&app, &caller, page, current).await?;
            again.password_form = form;
            html_status(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}

async fn change_password(
    app: &App,
    caller: &Caller,
    arrival: &Arrival,
    current: Option<SessionId>,
    fields: &Fields,
) -> Result<(), Trouble> {
    let address = arrival.address.clone();
    let reader = caller.clone();
    // Whoever found an open browser must not guess here what they cannot guess at the door.
    let own = app
        .db
        .write(move |tx| -> Result<_, Trouble> {
            let own = profile::get_profile(tx, &reader)?;
            count_attempt(tx, &email_key(&own.email), &address)?;
            Ok(own)
        })
        .await?;
    let old = own.password.clone();
    let typed = fields.exact("current").to_owned();
    if !check_password(typed, old.clone()).await? {
        return Err(Refusal::field("current", "password-wrong").into());
    }
    let password = fields.exact("password");
    let hash = new_password(&app.db, password, vec![own.name, own.email]).await?;
    let caller = caller.clone();
    app.db
        .write(move |tx| profile::change_password(tx, &caller, current, old.as_ref(), &hash))
        .await?;
    Ok(())
}

pub async fn post_end_session(
    State(app): State<App>,
    caller: Caller,
    Path(session): Path<String>,
) -> Answer {
    let session = id::<SessionId>(&session)?;
    app.db
        .write(move |tx| profile::end_session(tx, &caller, session))
        .await?;
    done("/settings/profile", "flash-session-ended")
}

pub async fn post_end_others(
    State(app): State<App>,
    caller: Caller,
    Extension(CurrentSession(current)): Extension<CurrentSession>,
) -> Answer {
    app.db
        .write(move |tx| profile::end_sessions(tx, &caller, current))
        .await?;
    done("/settings/profile", "flash-session-ended")
}

pub async fn post_end_all(State(app): State<App>, caller: Caller) -> Answer {
    app.db
        .write(move |tx| profile::end_sessions(tx, &caller, None))
        .await?;
    signed_out(&app.config, "/sign-in")
}

pub async fn post_switch(
    State(app): State<App>,
    caller: Caller,
    arrival: Arrival,
    Extension(CurrentSession(current)): Extension<CurrentSession>,
    fields: Fields,
) -> Answer {
    let to = id::<OrganisationId>(fields.get("organisation"))?;
    let new = arrival.session();
    let secret = app
        .db
        .write(move |tx| profile::switch_organisation(tx, &caller, current, to, &new))
        .await?;
    signed_in(&app.config, "/", &secret)
}

/// The switch in every footer: kept with the account of whoever is signed in, and in a cookie for
/// everybody, so that it still holds after signing out.
pub async fn post_preferences(
    State(app): State<App>,
    caller: Option<Extension<Caller>>,
    _: OwnPage,
    fields: Fields,
) -> Answer {
    let lang = fields.opt("lang").and_then(Lang::find);
    let theme = fields.opt("theme").map(theme);
    if let Some(Extension(caller)) = caller.filter(|caller| caller.user().is_some()) {
        app.db
            .write(move |tx| profile::set_preferences(tx, &caller, lang, theme))
            .await?;
    }
    let mut answer = see_other(fields.get("return"))?;
    let chosen = [("lang", lang.map(Lang::tag)), ("theme", theme)];
    for (name, value) in chosen {
        let Some(value) = value else { continue };
        let cookie =
            format!("{name}={value}; Path=/; Max-Age={PREFERENCE_SECONDS}; HttpOnly; SameSite=Lax");
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            answer.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    Ok(answer)
}
