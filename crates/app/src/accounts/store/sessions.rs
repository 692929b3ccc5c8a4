//! Sessions.

use super::people;
use crate::accounts::sessions::{NewSession, theme};
use crate::caller::Role;
use crate::ids::{OrganisationId, SessionId, UserId};
use crate::statements;
use crate::store::{Error, Tx};
use crate::web::words::Lang;
use jiff::Timestamp;

statements! {
    INSERT: "insert into sessions (organisation_id, id, user_id, secret_digest, created_at, \
             last_seen_at, expires_at, address, user_agent) \
             values ($1, $2, $3, $4, $5, $5, $6, $7, $8)";
    RECOGNISE: "select s.organisation_id, s.id, s.last_seen_at, u.id, u.name, u.lang, u.theme, \
                coalesce(u.zone, o.zone), m.role, o.name, o.slug from sessions s \
                join users u on u.id = s.user_id \
                join memberships m on m.organisation_id = s.organisation_id \
                and m.user_id = s.user_id \
                join organisations o on o.id = s.organisation_id \
                where s.secret_digest = $1 and s.expires_at > $2 and s.last_seen_at > $3 \
                and u.disabled_at is null and m.disabled_at is null";
    TOUCH: "update sessions set last_seen_at = $3 where organisation_id = $1 and id = $2 \
            and last_seen_at < $3";
}

/// A session with everything a request needs to know.
pub struct Found {
    pub organisation: OrganisationId,
    pub session: SessionId,
    pub last_seen_at: Timestamp,
    pub user: UserId,
    pub name: String,
    pub lang: Lang,
    pub theme: &'static str,
    pub zone: String,
    pub role: Role,
    pub organisation_name: String,
    pub organisation_slug: String,
}

const ADDRESS_CHARS_MAX: usize = 64;
const USER_AGENT_CHARS_MAX: usize = 300;

pub fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: SessionId,
    user: UserId,
    secret_digest: &str,
    expires_at: Timestamp,
    new: &NewSession,
) -> Result<(), Error> {
    let now = tx.now();
    let short = |text: &str, most| text.chars().take(most).collect::<String>();
    tx.execute(
        INSERT,
        &[
            &organisation,
            &id,
            &user,
            &secret_digest,
            &now,
            &expires_at,
            &short(&new.address, ADDRESS_CHARS_MAX),
            &short(&new.user_agent, USER_AGENT_CHARS_MAX),
        ],
    )?;
    Ok(())
}

pub fn recognise(
    tx: &mut Tx,
    secret_digest: &str,
    now: Timestamp,
    seen_after: Timestamp,
) -> Result<Option<Found>, Error> {
    let Some(row) = tx.query_opt(RECOGNISE, &[&secret_digest, &now, &seen_after])? else {
        return Ok(None);
    };
    Ok(Some(Found {
        organisation: row.id(0),
        session: row.id(1),
        last_seen_at: row.instant(2),
        user: row.id(3),
        name: row.text(4),
        lang: people::lang(&row, 5),
        theme: theme(&row.text(6)),
        zone: row.text(7),
        role: people::role(&row.text(8))?,
        organisation_name: row.text(9),
        organisation_slug: row.text(10),
    }))
}

pub fn touch(tx: &mut Tx, organisation: OrganisationId, id: SessionId) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(TOUCH, &[&organisation, &id, &now])?;
    Ok(())
}
