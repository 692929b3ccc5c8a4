//! One-time links.

use crate::accounts::links::Purpose;
use crate::ids::UserId;
use crate::statements;
use crate::store::{Error, Tx};
use jiff::Timestamp;

statements! {
    VOID: "delete from one_time_links where purpose = $1 and used_at is null \
           and (cast($2 as text) is null or user_id = $2)";
    INSERT: "insert into one_time_links (secret_digest, purpose, user_id, created_at, \
             expires_at, used_at) values ($1, $2, $3, $4, $5, null)";
    FIND: "select user_id from one_time_links where secret_digest = $1 and purpose = $2 \
           and used_at is null and expires_at > $3";
    TAKE: "update one_time_links set used_at = $3 where secret_digest = $1 and purpose = $2 \
           and used_at is null and expires_at > $3";
}

/// Takes away the unused links of a purpose (of one user, if one is named).
pub fn void(tx: &mut Tx, purpose: Purpose, user: Option<UserId>) -> Result<(), Error> {
    tx.execute(VOID, &[&purpose.name(), &user])?;
    Ok(())
}

pub fn insert(
    tx: &mut Tx,
    purpose: Purpose,
    user: Option<UserId>,
    secret_digest: &str,
    expires_at: Timestamp,
) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(
        INSERT,
        &[&secret_digest, &purpose.name(), &user, &now, &expires_at],
    )?;
    Ok(())
}

/// Whom an unused link is for: `Some(None)` when it is for nobody in particular.
pub fn find(
    tx: &mut Tx,
    purpose: Purpose,
    secret_digest: &str,
) -> Result<Option<Option<UserId>>, Error> {
    let now = tx.now();
    let row = tx.query_opt(FIND, &[&secret_digest, &purpose.name(), &now])?;
    Ok(row.map(|row| row.opt_id(0)))
}

/// Uses a link up; whether this was the one that did.
pub fn take(tx: &mut Tx, purpose: Purpose, secret_digest: &str) -> Result<bool, Error> {
    let now = tx.now();
    Ok(tx.execute(TAKE, &[&secret_digest, &purpose.name(), &now])? == 1)
}
