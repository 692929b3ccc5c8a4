//! Links that work once and for a short while: the first admin's, and the way back in for
//! somebody who lost their password.

use super::secrets;
use super::store::{links as store, people};
use crate::ids::UserId;
use crate::store::Tx;
use crate::trouble::Trouble;
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

/// A fresh one-time setup link's secret, valid 30 minutes, if there is no admin yet. Every
/// earlier one stops working.
pub fn issue_setup_link(tx: &mut Tx) -> Result<Option<String>, Trouble> {
    if !needs_setup(tx)? {
        return Ok(None);
    }
    issue(tx, Purpose::Setup, None).map(Some)
}

/// A one-time link's secret with which a person sets a new password; their earlier ones stop
/// working. For the operator's command line only. `None` when nobody has this address.
pub fn issue_reset_link(tx: &mut Tx, email: &str) -> Result<Option<String>, Trouble> {
    match people::find_by_email(tx, email)? {
        Some(person) => issue(tx, Purpose::Reset, Some(person.id)).map(Some),
        None => Ok(None),
    }
}

fn issue(tx: &mut Tx, purpose: Purpose, user: Option<UserId>) -> Result<String, Trouble> {
    let secret = secrets::fresh(tx.entropy());
    let expires_at = tx.now() + LIFETIME;
    store::void(tx, purpose, user)?;
    store::insert(tx, purpose, user, &secrets::digest(&secret), expires_at)?;
    Ok(secret)
}
