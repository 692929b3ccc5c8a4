//! People and their place in an organisation.
//!
//! Nobody can give what they do not have: a role is granted only by somebody whose own
//! permissions contain it. An organisation never loses its last admin.

use super::passwords::PasswordHash;
use super::store::people as store;
use crate::caller::{Actor, Role};
use crate::ids::{OrganisationId, UserId};
use crate::journal::{self, Entry};
use crate::store::{Error, Tx};
use crate::trouble::{Refusal, Trouble};
use crate::web::words::Lang;

/// A person who may be told something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub lang: Lang,
}

/// A person to be.
#[derive(Debug, Clone)]
pub struct NewUser {
    pub name: String,
    pub email: String,
    pub role: Role,
    /// None: the person cannot sign in until a link has set one.
    pub password: Option<PasswordHash>,
    pub lang: Lang,
}

pub const NAME_CHARS_MAX: usize = 120;
pub const EMAIL_CHARS_MAX: usize = 254;

/// Makes a person with a place in an organisation.
pub fn create_user(
    tx: &mut Tx,
    organisation: OrganisationId,
    actor: &Actor,
    new: &NewUser,
) -> Result<UserId, Trouble> {
    let email = checked_email(&new.email)?;
    let id: UserId = tx.new_id();
    store::insert_user(tx, id, &email, new).map_err(|error| match error {
        Error::Unique(_) => Refusal::field("email", "email-taken").into(),
        other => Trouble::from(other),
    })?;
    join(tx, organisation, actor, id, new.role)?;
    Ok(id)
}

/// Gives a person a place in an organisation.
pub(super) fn join(
    tx: &mut Tx,
    organisation: OrganisationId,
    actor: &Actor,
    user: UserId,
    role: Role,
) -> Result<(), Trouble> {
    store::insert_membership(tx, organisation, user, role)?;
    let detail = serde_json::json!({"role": role.name()});
    let entry = Entry::new("user-joined", user, detail);
    journal::record(tx, organisation, actor, entry)
}

/// The people of an organisation who can still sign in, in the order they joined.
pub fn list_members(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<Member>, Trouble> {
    Ok(store::members(tx, organisation)?)
}

/// A mail address, checked for its shape only; whether it works, a mail shows.
pub(super) fn checked_email(text: &str) -> Result<String, Trouble> {
    let text = text.trim();
    if is_mail_address(text) {
        Ok(text.to_owned())
    } else {
        Err(Refusal::field("email", "email-unusable").into())
    }
}

/// Whether a text has the shape of a mail address (RFC 5321 without quoted local parts).
pub(super) fn is_mail_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let fine = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"@".contains(c);
    text.chars().count() <= EMAIL_CHARS_MAX
        && !local.is_empty()
        && local.chars().all(fine)
        && !domain.is_empty()
        && !domain.starts_with(['.', '-'])
        && !domain.ends_with(['.', '-'])
        && domain
            .chars()
            .all(|c| c.is_alphanumeric() || c == '.' || c == '-')
}
