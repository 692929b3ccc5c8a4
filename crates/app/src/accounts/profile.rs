//! What people do with their own account.

use super::passwords::PasswordHash;
use super::store::{people as store, sessions as session_store};
use super::{sessions, sign_in};
use crate::caller::{Actor, Caller};
use crate::ids::{OrganisationId, SessionId, UserId};
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use crate::web::words::Lang;
use jiff::Timestamp;

/// A person's own account.
#[derive(Debug, Clone)]
pub struct Profile {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub lang: Lang,
    /// `light`, `dark` or `system`.
    pub theme: &'static str,
    /// IANA name; the organisation's when absent.
    pub zone: Option<String>,
    pub(super) password: Option<PasswordHash>,
}

/// A session of one's own.
#[derive(Debug, Clone)]
pub struct SessionRow {
    pub id: SessionId,
    pub organisation: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub address: String,
    pub user_agent: String,
}

/// An organisation one belongs to.
#[derive(Debug, Clone)]
pub struct Place {
    pub organisation: OrganisationId,
    pub name: String,
}

/// What a person may change about themselves.
#[derive(Debug, Clone)]
pub struct ProfileChange {
    pub name: String,
    pub lang: Lang,
    pub theme: &'static str,
    pub zone: Option<String>,
}

/// The caller's own account; tokens have none.
pub fn get_profile(tx: &mut Tx, caller: &Caller) -> Result<Profile, Trouble> {
    let user = own(caller)?;
    store::find_profile(tx, user)?.ok_or_else(|| Refusal::not_found().into())
}

/// The organisations the caller belongs to, in the order they joined.
pub fn list_places(tx: &mut Tx, caller: &Caller) -> Result<Vec<Place>, Trouble> {
    Ok(store::places(tx, own(caller)?)?)
}

/// Changes name, language, theme and zone.
pub fn update_profile(tx: &mut Tx, caller: &Caller, change: &ProfileChange) -> Result<(), Trouble> {
    let user = own(caller)?;
    if change.name.trim().is_empty() {
        return Err(Refusal::field("name", "name-missing").into());
    }
    let unknown = |zone: &str| jiff::tz::TimeZone::get(zone).is_err();
    if change.zone.as_deref().is_some_and(unknown) {
        return Err(Refusal::field("zone", "zone-unknown").into());
    }
    store::update_profile(tx, user, change)?;
    let entry = Entry::new("profile-changed", user, serde_json::json!({}));
    journal::record(tx, caller.organisation, &caller.actor, entry)
}

/// Changes only how pages look and speak; not worth an entry in the journal.
pub fn set_preferences(
    tx: &mut Tx,
    caller: &Caller,
    lang: Option<Lang>,
    theme: Option<&'static str>,
) -> Result<(), Trouble> {
    Ok(store::set_preferences(tx, own(caller)?, lang, theme)?)
}

/// Sets a new password and ends every session but the one it was changed in.
pub(super) fn change_password(
    tx: &mut Tx,
    caller: &Caller,
    current: Option<SessionId>,
    old: Option<&PasswordHash>,
    new: &PasswordHash,
) -> Result<u64, Trouble> {
    let profile = get_profile(tx, caller)?;
    if profile.password.as_ref() != old {
        return Err(Refusal::field("current", "password-wrong").into());
    }
    store::set_password(tx, profile.user, new)?;
    let ended = session_store::end_others(tx, profile.user, current)?;
    let detail = serde_json::json!({"sessions_ended": ended});
    let entry = Entry::new("password-changed", profile.user, detail);
    journal::record(tx, caller.organisation, &caller.actor, entry)?;
    Ok(ended)
}

/// The caller's sessions that have not ended, the one used last first.
pub fn list_sessions(tx: &mut Tx, caller: &Caller) -> Result<Vec<SessionRow>, Trouble> {
    let now = tx.now();
    Ok(session_store::list(
        tx,
        own(caller)?,
        now,
        now - sessions::IDLE,
    )?)
}

/// Ends one of the caller's own sessions.
pub fn end_session(tx: &mut Tx, caller: &Caller, id: SessionId) -> Result<(), Trouble> {
    let user = own(caller)?;
    if session_store::end_one(tx, user, id)? == 0 {
        return Err(Refusal::not_found().into());
    }
    let entry = Entry::new("signed-out", user, serde_json::json!({"sessions_ended": 1}));
    journal::record(tx, caller.organisation, &caller.actor, entry)
}

/// Ends all sessions of the caller, everywhere; `except` stays.
pub fn end_sessions(
    tx: &mut Tx,
    caller: &Caller,
    except: Option<SessionId>,
) -> Result<u64, Trouble> {
    let user = own(caller)?;
    let ended = session_store::end_others(tx, user, except)?;
    let detail = serde_json::json!({"sessions_ended": ended});
    let entry = Entry::new("signed-out-everywhere", user, detail);
    journal::record(tx, caller.organisation, &caller.actor, entry)?;
    Ok(ended)
}

/// Goes over to another organisation one belongs to: the old session ends, a new one begins.
pub fn switch_organisation(
    tx: &mut Tx,
    caller: &Caller,
    current: Option<SessionId>,
    to: OrganisationId,
    new: &sessions::NewSession,
) -> Result<String, Trouble> {
    let user = own(caller)?;
    if !store::places(tx, user)?
        .iter()
        .any(|place| place.organisation == to)
    {
        return Err(Refusal::not_found().into());
    }
    if let Some(current) = current {
        session_store::end_one(tx, user, current)?;
    }
    sign_in::begin(tx, to, user, caller.actor.name(), new)
}

fn own(caller: &Caller) -> Result<UserId, Trouble> {
    match &caller.actor {
        Actor::User { id, .. } => Ok(*id),
        Actor::Token { .. } | Actor::Program(_) => Err(Refusal::forbidden().into()),
    }
}
