//! Links that work once and for a short while: the first admin's, and the way back in for
//! somebody who lost their password.

use super::organisations::{NewOrganisation, create_organisation};
use super::passwords::PasswordHash;
use super::people::{NewUser, create_user};
use super::store::{links as store, people, sessions as session_store};
use super::{secrets, sessions, sign_in};
use crate::caller::{Actor, Role};
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use crate::web::words::Lang;
use jiff::SignedDuration;

/// How long a link works.
pub const LIFETIME: SignedDuration = SignedDuration::from_mins(30);

/// What a one-time link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Setup,
    Reset,
}

impl Purpose {
    pub fn name(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Reset => "reset",
        }
    }
}

/// Whether the instance still waits for its first admin.
pub fn needs_setup(tx: &mut Tx) -> Result<bool, Trouble> {
    Ok(!people::has_admin(tx)?)
}

/// A fresh one-time setup link's secret, valid 30 minutes, if there is no admin yet. Earlier ones
/// go on working for their time, since another server over the same database may just have shown
/// one; the first that is used ends them all.
pub fn issue_setup_link(tx: &mut Tx) -> Result<Option<String>, Trouble> {
    if !needs_setup(tx)? {
        return Ok(None);
    }
    let secret = secrets::fresh(tx.entropy());
    let expires_at = tx.now() + LIFETIME;
    store::insert(
        tx,
        Purpose::Setup,
        None,
        &secrets::digest(&secret),
        expires_at,
    )?;
    Ok(Some(secret))
}

/// A one-time link's secret with which a person sets a new password; their earlier ones stop
/// working. For the operator's command line only. `None` when nobody has this address.
pub fn issue_reset_link(tx: &mut Tx, email: &str) -> Result<Option<String>, Trouble> {
    let Some(person) = people::find_by_email(tx, email)? else {
        return Ok(None);
    };
    for place in people::places(tx, person.id)? {
        let entry = Entry::new("password-link-issued", person.id, serde_json::json!({}));
        let actor = Actor::Program("command-line");
        journal::record(tx, place.organisation, &actor, entry)?;
    }
    let secret = secrets::fresh(tx.entropy());
    let expires_at = tx.now() + LIFETIME;
    store::void(tx, Purpose::Reset, Some(person.id))?;
    let digest = secrets::digest(&secret);
    store::insert(tx, Purpose::Reset, Some(person.id), &digest, expires_at)?;
    Ok(Some(secret))
}

/// Refuses unless there is still no admin and the setup link still works; which of both is
/// wrong decides what to do next.
pub(super) fn require_setup_open(tx: &mut Tx, secret: &str) -> Result<(), Trouble> {
    if !needs_setup(tx)? {
        return Err(Refusal::new(410, "setup-done").into());
    }
    match store::find(tx, Purpose::Setup, &secrets::digest(secret))? {
        Some(_) => Ok(()),
        None => Err(Refusal::new(410, "setup-link-gone").into()),
    }
}

/// The first admin to be.
pub(super) struct FirstAdmin {
    pub name: String,
    pub email: String,
    pub password: PasswordHash,
    pub lang: Lang,
}

/// Uses the setup link up and makes the first organisation with its admin; the secret of the
/// admin's session. Of two clicks at once one is refused.
pub(super) fn complete_setup(
    tx: &mut Tx,
    secret: &str,
    admin: &FirstAdmin,
    organisation: &NewOrganisation,
    new: &sessions::NewSession,
) -> Result<String, Trouble> {
    let digest = secrets::digest(secret);
    require_setup_open(tx, secret)?;
    if !store::take(tx, Purpose::Setup, &digest)? {
        return Err(Refusal::new(410, "setup-link-gone").into());
    }
    // Who uses another link at the same moment waits here for us, and then finds theirs gone.
    store::void(tx, Purpose::Setup, None)?;
    let actor = Actor::Program("setup");
    let organisation = create_organisation(tx, &actor, organisation)?;
    let person = NewUser {
        name: admin.name.clone(),
        email: admin.email.clone(),
        role: Role::Admin,
        password: Some(admin.password.clone()),
        lang: admin.lang,
    };
    let user = create_user(tx, organisation.id, &actor, &person)?;
    sign_in::begin(tx, organisation.id, user, &admin.name, new)
}

/// The person behind a reset link that still works.
pub(super) fn find_reset(tx: &mut Tx, secret: &str) -> Result<Option<people::Person>, Trouble> {
    match store::find(tx, Purpose::Reset, &secrets::digest(secret))? {
        Some(Some(user)) => Ok(people::find_by_id(tx, user)?),
        _ => Ok(None),
    }
}

/// Uses a reset link up: the new password counts, and every session of the person ends.
pub(super) fn complete_reset(
    tx: &mut Tx,
    secret: &str,
    password: &PasswordHash,
) -> Result<(), Trouble> {
    let gone = || Refusal::new(410, "reset-link-gone");
    let person = find_reset(tx, secret)?.ok_or_else(gone)?;
    if !store::take(tx, Purpose::Reset, &secrets::digest(secret))? {
        return Err(gone().into());
    }
    people::set_password(tx, person.id, password)?;
    let ended = session_store::end_others(tx, person.id, None)?;
    let actor = Actor::User {
        id: person.id,
        name: person.name,
    };
    for place in people::places(tx, person.id)? {
        let detail = serde_json::json!({"by": "one-time link", "sessions_ended": ended});
        let entry = Entry::new("password-changed", person.id, detail);
        journal::record(tx, place.organisation, &actor, entry)?;
    }
    Ok(())
}
