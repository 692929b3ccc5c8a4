//! Invitations.

use super::people;
use crate::accounts::invitations::Invitation;
use crate::ids::{InvitationId, OrganisationId};
use crate::statements;
use crate::store::{Error, Row, Tx};

statements! {
    INSERT: "insert into invitations (organisation_id, id, email, role, secret_digest, \
             invited_by, created_at, expires_at, used_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, null)";
    VOID: "delete from invitations where organisation_id = $1 and lower(email) = $2 \
           and used_at is null";
    LIST: "select i.id, i.organisation_id, o.name, i.email, i.role, i.invited_by, i.expires_at \
           from invitations i join organisations o on o.id = i.organisation_id \
           where i.organisation_id = $1 and i.used_at is null and i.expires_at > $2 \
           order by i.id desc limit $3";
    DELETE: "delete from invitations where organisation_id = $1 and id = $2 \
             and used_at is null";
    FIND: "select i.id, i.organisation_id, o.name, i.email, i.role, i.invited_by, i.expires_at \
           from invitations i join organisations o on o.id = i.organisation_id \
           where i.secret_digest = $1 and i.used_at is null and i.expires_at > $2";
    TAKE: "update invitations set used_at = $2 where secret_digest = $1 and used_at is null \
           and expires_at > $2";
}

pub fn insert(tx: &mut Tx, new: &Invitation, secret_digest: &str) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(
        INSERT,
        &[
            &new.organisation,
            &new.id,
            &new.email,
            &new.role.name(),
            &secret_digest,
            &new.invited_by,
            &now,
            &new.expires_at,
        ],
    )?;
    Ok(())
}

pub fn void(tx: &mut Tx, organisation: OrganisationId, email: &str) -> Result<(), Error> {
    tx.execute(VOID, &[&organisation, &people::email_key(email)])?;
    Ok(())
}

pub fn list(
    tx: &mut Tx,
    organisation: OrganisationId,
    most: usize,
) -> Result<Vec<Invitation>, Error> {
    let now = tx.now();
    tx.query(LIST, &[&organisation, &now, &most])?
        .iter()
        .map(invitation)
        .collect()
}

pub fn delete(tx: &mut Tx, organisation: OrganisationId, id: InvitationId) -> Result<u64, Error> {
    tx.execute(DELETE, &[&organisation, &id])
}

pub fn find(tx: &mut Tx, secret_digest: &str) -> Result<Option<Invitation>, Error> {
    let now = tx.now();
    tx.query_opt(FIND, &[&secret_digest, &now])?
        .as_ref()
        .map(invitation)
        .transpose()
}

/// Uses a link up; whether this was the one that did.
pub fn take(tx: &mut Tx, secret_digest: &str) -> Result<bool, Error> {
    let now = tx.now();
    Ok(tx.execute(TAKE, &[&secret_digest, &now])? == 1)
}

fn invitation(row: &Row) -> Result<Invitation, Error> {
    Ok(Invitation {
        id: row.id(0),
        organisation: row.id(1),
        organisation_name: row.text(2),
        email: row.text(3),
        role: people::role(&row.text(4))?,
        invited_by: row.text(5),
        expires_at: row.instant(6),
    })
}
