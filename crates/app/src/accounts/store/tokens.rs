//! API tokens.

use crate::accounts::tokens::TokenRow;
use crate::caller::{Caller, Scope};
use crate::ids::{OrganisationId, ProductId, TokenId, UserId};
use crate::statements;
use crate::store::{Error, Tx};
use jiff::Timestamp;

statements! {
    INSERT: "insert into tokens (organisation_id, id, public_id, secret_digest, name, scopes, \
             product_id, created_by, created_at, expires_at, last_used_at, revoked_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null, null)";
    RECOGNISE: "select organisation_id, id, secret_digest, name, scopes, product_id, \
                last_used_at from tokens where public_id = $1 and revoked_at is null \
                and expires_at > $2";
    TOUCH: "update tokens set last_used_at = $3 where organisation_id = $1 and id = $2 \
            and (last_used_at is null or last_used_at < $3)";
    LIST: "select id, public_id, name, scopes, product_id, created_at, expires_at, \
           last_used_at, revoked_at from tokens where organisation_id = $1 \
           order by id desc limit $2";
    COUNT: "select count(*) from tokens where organisation_id = $1";
    REVOKE: "update tokens set revoked_at = $3 where organisation_id = $1 and id = $2 \
             and revoked_at is null";
    REVOKE_BY_CREATOR: "update tokens set revoked_at = $3 where organisation_id = $1 \
                        and created_by = $2 and revoked_at is null";
}

/// A token's row.
pub struct NewRow<'a> {
    pub id: TokenId,
    pub public_id: &'a str,
    pub secret_digest: &'a str,
    pub name: &'a str,
    pub scopes: &'a [Scope],
    pub product: Option<ProductId>,
    pub expires_at: Timestamp,
}

pub fn insert(tx: &mut Tx, caller: &Caller, new: &NewRow) -> Result<(), Error> {
    let now = tx.now();
    let scopes: Vec<_> = new.scopes.iter().map(|scope| scope.name()).collect();
    tx.execute(
        INSERT,
        &[
            &caller.organisation,
            &new.id,
            &new.public_id,
            &new.secret_digest,
            &new.name,
            &scopes.join(" "),
            &new.product,
            &caller.actor.key(),
            &now,
            &new.expires_at,
        ],
    )?;
    Ok(())
}

/// A token with what is needed to recognise it.
pub struct Found {
    pub organisation: OrganisationId,
    pub id: TokenId,
    pub secret_digest: String,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub only_product: Option<ProductId>,
    pub last_used_at: Option<Timestamp>,
}

pub fn recognise(tx: &mut Tx, public_id: &str, now: Timestamp) -> Result<Option<Found>, Error> {
    let Some(row) = tx.query_opt(RECOGNISE, &[&public_id, &now])? else {
        return Ok(None);
    };
    let product = row.opt_text(5);
    let only_product = row.opt_id(5);
    if product.is_some() && only_product.is_none() {
        return Err(Error::Engine(
            "a token is bound to something that is no product".into(),
        ));
    }
    Ok(Some(Found {
        organisation: row.id(0),
        id: row.id(1),
        secret_digest: row.text(2),
        name: row.text(3),
        scopes: scopes(&row.text(4)),
        only_product,
        last_used_at: row.opt_instant(6),
    }))
}

pub fn touch(tx: &mut Tx, organisation: OrganisationId, id: TokenId) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(TOUCH, &[&organisation, &id, &now])?;
    Ok(())
}

/// Scopes as stored; one nobody knows any more grants nothing.
pub fn scopes(text: &str) -> Vec<Scope> {
    text.split(' ').filter_map(Scope::find).collect()
}

pub fn list(
    tx: &mut Tx,
    organisation: OrganisationId,
    most: usize,
) -> Result<Vec<TokenRow>, Error> {
    let rows = tx.query(LIST, &[&organisation, &most])?;
    Ok(rows
        .iter()
        .map(|row| TokenRow {
            id: row.id(0),
            public_id: row.text(1),
            name: row.text(2),
            scopes: scopes(&row.text(3)),
            product: row.opt_id(4),
            created_at: row.instant(5),
            expires_at: row.instant(6),
            last_used_at: row.opt_instant(7),
            revoked_at: row.opt_instant(8),
        })
        .collect())
}

pub fn count(tx: &mut Tx, organisation: OrganisationId) -> Result<i64, Error> {
    Ok(tx.query_one(COUNT, &[&organisation])?.int(0))
}

/// Whether there was such a token that still worked.
pub fn revoke(tx: &mut Tx, organisation: OrganisationId, id: TokenId) -> Result<bool, Error> {
    let now = tx.now();
    Ok(tx.execute(REVOKE, &[&organisation, &id, &now])? == 1)
}

pub fn revoke_by_creator(
    tx: &mut Tx,
    organisation: OrganisationId,
    user: UserId,
) -> Result<u64, Error> {
    let now = tx.now();
    tx.execute(REVOKE_BY_CREATOR, &[&organisation, &user.to_string(), &now])
}
