//! Sessions.

use super::people;
use crate::accounts::profile::SessionRow;
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
    LIST: "select s.id, o.name, s.created_at, s.last_seen_at, s.address, s.user_agent \
           from sessions s join organisations o on o.id = s.organisation_id \
           where s.user_id = $1 and s.expires_at > $2 and s.last_seen_at > $3 \
           order by s.last_seen_at desc, s.id desc limit 200";
    END_ONE: "delete from sessions where user_id = $1 and id = $2";
    END_OTHERS: "delete from sessions where user_id = $1 \
                 and (cast($2 as text) is null or id <> $2)";
    END_ALL_HERE: "delete from sessions where organisation_id = $1 and user_id = $2";
    FORGET_EXPIRED: "delete from sessions where expires_at <= $1";
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

/// A person's sessions that have not ended.
pub fn list(
    tx: &mut Tx,
    user: UserId,
    now: Timestamp,
    seen_after: Timestamp,
) -> Result<Vec<SessionRow>, Error> {
    let rows = tx.query(LIST, &[&user, &now, &seen_after])?;
    Ok(rows
        .iter()
        .map(|row| SessionRow {
            id: row.id(0),
            organisation: row.text(1),
            created_at: row.instant(2),
            last_seen_at: row.instant(3),
            address: row.text(4),
            user_agent: row.text(5),
        })
        .collect())
}

pub fn end_one(tx: &mut Tx, user: UserId, id: SessionId) -> Result<u64, Error> {
    tx.execute(END_ONE, &[&user, &id])
}

/// Ends a person's sessions in every organisation, but for one if it is named.
pub fn end_others(tx: &mut Tx, user: UserId, except: Option<SessionId>) -> Result<u64, Error> {
    tx.execute(END_OTHERS, &[&user, &except])
}

/// Ends a person's sessions in one organisation.
pub fn end_all_here(tx: &mut Tx, organisation: OrganisationId, user: UserId) -> Result<u64, Error> {
    tx.execute(END_ALL_HERE, &[&organisation, &user])
}

pub fn forget_expired(tx: &mut Tx) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(FORGET_EXPIRED, &[&now])?;
    Ok(())
}
