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
