//! API tokens: `bf_<public id>_<secret>`, shown once, limited by scopes, by time, and if wanted
//! to one product.

use super::secrets;
use super::store::tokens as store;
use crate::caller::{Caller, Permission, Scope};
use crate::ids::{ProductId, TokenId};
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// A token to be.
#[derive(Debug, Clone)]
pub struct NewToken {
    pub name: String,
    pub scopes: Vec<Scope>,
    /// The one product it may touch; every product when absent.
    pub product: Option<ProductId>,
    pub expires_at: Timestamp,
}

/// A token just made; `text` is shown now and never again.
#[derive(Clone)]
pub struct IssuedToken {
    pub id: TokenId,
    pub text: String,
}

pub const NAME_CHARS_MAX: usize = 80;
/// Unless the person says otherwise.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(365 * 24);
/// No token lives longer.
pub const LIFETIME_MAX: SignedDuration = SignedDuration::from_hours(3 * 366 * 24);
/// How many tokens the list shows.
const LISTED_MAX: usize = 500;
/// By which secret scanners and people recognise ours.
const PREFIX: &str = "bf";
const PUBLIC_CHARS: usize = 8;
/// Longer texts are not looked at.
const TEXT_BYTES_MAX: usize = 128;

/// Makes a token. Nobody can give a scope they do not have themselves.
pub fn create_token(tx: &mut Tx, caller: &Caller, new: &NewToken) -> Result<IssuedToken, Trouble> {
    caller.require(Permission::TokensManage)?;
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        return Err(Refusal::field("name", "token-name-unusable").into());
    }
    let mut scopes = new.scopes.clone();
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        return Err(Refusal::field("scope", "token-without-scope").into());
    }
    if scopes
        .iter()
        .any(|s| !s.permissions().iter().all(|p| caller.may(*p)))
    {
        return Err(Refusal::field("scope", "grant-beyond-own").into());
    }
    let now = tx.now();
    if new.expires_at <= now || new.expires_at > now + LIFETIME_MAX {
        return Err(Refusal::field("expires_on", "token-expiry-unusable").into());
    }
    let id: TokenId = tx.new_id();
    let public_id = secrets::signs::<PUBLIC_CHARS>(tx.entropy());
    let secret = secrets::fresh(tx.entropy());
    let row = store::NewRow {
        id,
        public_id: &public_id,
        secret_digest: &secrets::digest(&secret),
        name,
        scopes: &scopes,
        product: new.product,
        expires_at: new.expires_at,
    };
    store::insert(tx, caller, &row)?;
    let detail = serde_json::json!({
        "name": name,
        "public_id": public_id,
        "scopes": scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>(),
        "product": new.product,
        "expires_at": new.expires_at,
    });
    let entry = Entry::new("token-created", id, detail);
    journal::record(tx, caller.organisation, &caller.actor, entry)?;
    Ok(IssuedToken {
        id,
        text: format!("{PREFIX}_{public_id}_{secret}"),
    })
}

/// A token as the list shows it: never its secret.
#[derive(Debug, Clone)]
pub struct TokenRow {
    pub id: TokenId,
    pub public_id: String,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub product: Option<ProductId>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

impl TokenRow {
    /// The last day (UTC) on which it works.
    pub fn last_day(&self) -> Date {
        let last = self.expires_at - SignedDuration::from_millis(1);
        last.to_zoned_datetime(TimeZone::UTC).date()
    }
}

/// The organisation's tokens, newest first, and how many there are in all.
pub fn list_tokens(tx: &mut Tx, caller: &Caller) -> Result<(Vec<TokenRow>, i64), Trouble> {
    caller.require(Permission::TokensManage)?;
    let listed = store::list(tx, caller.organisation, LISTED_MAX)?;
    Ok((listed, store::count(tx, caller.organisation)?))
}

/// Revokes a token with the end of this transaction.
pub fn revoke_token(tx: &mut Tx, caller: &Caller, id: TokenId) -> Result<(), Trouble> {
    caller.require(Permission::TokensManage)?;
    if !store::revoke(tx, caller.organisation, id)? {
        return Err(Refusal::not_found().into());
    }
    let entry = Entry::new("token-revoked", id, serde_json::json!({}));
    journal::record(tx, caller.organisation, &caller.actor, entry)
}

/// The public id and the secret of a token's text.
pub(super) fn parts(text: &str) -> Option<(&str, &str)> {
    if text.len() > TEXT_BYTES_MAX {
        return None;
    }
    let (public_id, secret) = text
        .strip_prefix(PREFIX)?
        .strip_prefix('_')?
        .split_once('_')?;
    (public_id.len() == PUBLIC_CHARS && !secret.is_empty()).then_some((public_id, secret))
}
