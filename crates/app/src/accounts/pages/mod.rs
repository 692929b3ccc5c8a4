//! The pages of this room: setting up, signing in, settings, people, one's own profile.

mod joining;
mod members;
mod organisation;
mod profile;
mod setup;
mod sign_in;

use super::sessions::{ABSOLUTE, is_https, session_cookie};
use crate::caller::Permission as P;
use crate::config::Config;
use crate::web::answer::see_other;
use crate::web::route::{get, post};
use crate::web::{Access, Answer, Route};
use axum::http::{HeaderValue, header};

/// This room's addresses.
/// Where the labels of this room's forms stand among the words.
const LABELS: &str = "account-field";

pub fn routes() -> Vec<Route> {
    [before_sign_in(), own_account(), of_organisation()]
        .into_iter()
        .flatten()
        .collect()
}

/// What one does before one is known. These forms ask for `OwnPage`.
fn before_sign_in() -> Vec<Route> {
    let anyone = Access::Anyone;
    vec![
        get("/setup/{secret}", anyone, setup::get_setup),
        post("/setup/{secret}", anyone, setup::post_setup),
        get("/sign-in", anyone, sign_in::get_sign_in),
        post("/sign-in", anyone, sign_in::post_sign_in),
        get("/invitations/{secret}", anyone, joining::get_invitation),
        post("/invitations/{secret}", anyone, joining::post_invitation),
        get("/reset/{secret}", anyone, joining::get_reset),
        post("/reset/{secret}", anyone, joining::post_reset),
        post("/preferences", anyone, profile::post_preferences),
    ]
}

fn own_account() -> Vec<Route> {
    let (signed_in, profile) = (Access::SignedIn, "/settings/profile");
    vec![
        post("/sign-out", signed_in, sign_in::post_sign_out),
        get("/settings", signed_in, organisation::get_settings),
        get(profile, signed_in, profile::get_own),
        post(profile, signed_in, profile::post_own),
        post(
            "/settings/profile/password",
            signed_in,
            profile::post_password,
        ),
        post(
            "/settings/profile/organisation",
            signed_in,
            profile::post_switch,
        ),
        post(
            "/settings/profile/sign-out-others",
            signed_in,
            profile::post_end_others,
        ),
        post(
            "/settings/profile/sign-out-everywhere",
            signed_in,
            profile::post_end_all,
        ),
        post(
            "/settings/profile/sessions/{id}/end",
            signed_in,
            profile::post_end_session,
        ),
    ]
}

fn of_organisation() -> Vec<Route> {
    let organisation = Access::Can(P::OrganisationManage);
    let users = Access::Can(P::UsersManage);
    vec![
        get(
            "/settings/organisation",
            organisation,
            organisation::get_organisation_page,
        ),
        post(
            "/settings/organisation",
            organisation,
            organisation::post_organisation,
        ),
        get("/settings/users", users, members::get_users),
        post("/settings/users/invite", users, members::post_invite),
        post("/settings/users/{id}/role", users, members::post_role),
        post("/settings/users/{id}/disable", users, members::post_disable),
        post("/settings/users/{id}/enable", users, members::post_enable),
        post(
            "/settings/invitations/{id}/withdraw",
            users,
            members::post_withdraw,
        ),
    ]
}

/// Goes to `path` with a new session.
fn signed_in(config: &Config, path: &str, secret: &str) -> Answer {
    with_session_cookie(config, see_other(path), secret, ABSOLUTE.as_secs())
}

/// Goes to `path` without any session.
fn signed_out(config: &Config, path: &str) -> Answer {
    with_session_cookie(config, see_other(path), "", 0)
}

fn with_session_cookie(config: &Config, answer: Answer, value: &str, seconds: i64) -> Answer {
    let name = session_cookie(config);
    let secure = if is_https(config) { "; Secure" } else { "" };
    let cookie =
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    let mut answer = answer?;
    let value = HeaderValue::from_str(&cookie).map_err(anyhow::Error::from)?;
    answer.headers_mut().append(header::SET_COOKIE, value);
    Ok(answer)
}
