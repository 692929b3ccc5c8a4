//! Users and memberships.

use crate::accounts::members::MemberRow;
use crate::accounts::passwords::PasswordHash;
use crate::accounts::people::{Member, NewUser};
use crate::accounts::profile::{Place, Profile, ProfileChange};
use crate::accounts::sessions::theme;
use crate::caller::Role;
use crate::ids::{OrganisationId, UserId};
use crate::statements;
use crate::store::{Error, Row, Tx};
use crate::web::words::Lang;
use jiff::Timestamp;

statements! {
    INSERT_USER: "insert into users (id, email, email_key, name, password_hash, lang, theme, \
                  zone, created_at, disabled_at) \
                  values ($1, $2, $3, $4, $5, $6, 'system', null, $7, null)";
    INSERT_MEMBERSHIP: "insert into memberships (organisation_id, user_id, role, created_at, \
                        disabled_at) values ($1, $2, $3, $4, null)";
    MEMBERS: "select u.id, u.name, u.email, m.role, u.lang from memberships m \
              join users u on u.id = m.user_id where m.organisation_id = $1 \
              and m.disabled_at is null and u.disabled_at is null \
              order by m.created_at, u.id limit 10000";
    HAS_ADMIN: "select 1 from memberships where role = 'admin' and disabled_at is null limit 1";
    FIND_BY_EMAIL: "select id, email, name, password_hash from users \
                    where email_key = $1 and disabled_at is null";
    FIND_BY_ID: "select id, email, name, password_hash from users \
                 where id = $1 and disabled_at is null";
    FIRST_ORGANISATION: "select organisation_id from memberships where user_id = $1 \
                         and disabled_at is null order by created_at, organisation_id limit 1";
    MEMBER_ROWS: "select u.id, u.name, u.email, m.role, m.created_at, \
                  (select max(s.last_seen_at) from sessions s where s.user_id = u.id \
                  and s.organisation_id = m.organisation_id), \
                  coalesce(m.disabled_at, u.disabled_at) \
                  from memberships m join users u on u.id = m.user_id \
                  where m.organisation_id = $1 order by m.created_at, u.id limit 10000";
    FIND_MEMBER: "select u.id, u.name, u.email, m.role, m.created_at, cast(null as bigint), \
                  m.disabled_at from memberships m join users u on u.id = m.user_id \
                  where m.organisation_id = $1 and m.user_id = $2";
    IS_MEMBER: "select 1 from memberships m join users u on u.id = m.user_id \
                where m.organisation_id = $1 and u.email_key = $2";
    /// Changes nothing; whoever runs it makes every other one who does wait for its end.
    HOLD_PEOPLE: "update organisations set num = num where id = $1";
    COUNT_ADMINS: "select count(*) from memberships m join users u on u.id = m.user_id \
                   where m.organisation_id = $1 and m.role = 'admin' \
                   and m.disabled_at is null and u.disabled_at is null";
    SET_ROLE: "update memberships set role = $3 where organisation_id = $1 and user_id = $2";
    SET_DISABLED: "update memberships set disabled_at = $3 \
                   where organisation_id = $1 and user_id = $2";
    FIND_PROFILE: "select id, name, email, lang, theme, zone, password_hash from users \
                   where id = $1 and disabled_at is null";
    PLACES: "select o.id, o.name from memberships m join organisations o \
             on o.id = m.organisation_id where m.user_id = $1 and m.disabled_at is null \
             order by m.created_at, o.id limit 1000";
    UPDATE_PROFILE: "update users set name = $2, lang = $3, theme = $4, zone = $5 where id = $1";
    SET_PREFERENCES: "update users set lang = coalesce($2, lang), theme = coalesce($3, theme) \
                      where id = $1";
    SET_PASSWORD: "update users set password_hash = $2 where id = $1";
}

/// A user with what is needed to recognise them.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: UserId,
    pub email: String,
    pub name: String,
    pub password: Option<PasswordHash>,
}

/// By what people are found: their address in lower case.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

pub fn insert_user(tx: &mut Tx, id: UserId, email: &str, new: &NewUser) -> Result<(), Error> {
    let now = tx.now();
    let password = new.password.as_ref().map(|hash| hash.as_str().to_owned());
    tx.execute(
        INSERT_USER,
        &[
            &id,
            &email,
            &email_key(email),
            &new.name.trim(),
            &password,
            &new.lang.tag(),
            &now,
        ],
    )?;
    Ok(())
}

pub fn insert_membership(
    tx: &mut Tx,
    organisation: OrganisationId,
    user: UserId,
    role: Role,
) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(
        INSERT_MEMBERSHIP,
        &[&organisation, &user, &role.name(), &now],
    )?;
    Ok(())
}

pub fn members(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<Member>, Error> {
    tx.query(MEMBERS, &[&organisation])?
        .iter()
        .map(|row| {
            Ok(Member {
                user: row.id(0),
                name: row.text(1),
                email: row.text(2),
                role: role(&row.text(3))?,
                lang: lang(row, 4),
            })
        })
        .collect()
}

pub fn has_admin(tx: &mut Tx) -> Result<bool, Error> {
    Ok(tx.query_opt(HAS_ADMIN, &[])?.is_some())
}

pub fn find_by_email(tx: &mut Tx, email: &str) -> Result<Option<Person>, Error> {
    let row = tx.query_opt(FIND_BY_EMAIL, &[&email_key(email)])?;
    Ok(row.as_ref().map(person))
}

pub fn find_by_id(tx: &mut Tx, id: UserId) -> Result<Option<Person>, Error> {
    Ok(tx.query_opt(FIND_BY_ID, &[&id])?.as_ref().map(person))
}

fn person(row: &Row) -> Person {
    Person {
        id: row.id(0),
        email: row.text(1),
        name: row.text(2),
        password: row.opt_text(3).map(PasswordHash::stored),
    }
}

/// Where a person works when they sign in: the organisation they joined first.
pub fn first_organisation(tx: &mut Tx, user: UserId) -> Result<Option<OrganisationId>, Error> {
    let row = tx.query_opt(FIRST_ORGANISATION, &[&user])?;
    Ok(row.and_then(|row| row.opt_id(0)))
}

pub fn member_rows(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<MemberRow>, Error> {
    tx.query(MEMBER_ROWS, &[&organisation])?
        .iter()
        .map(member_row)
        .collect()
}

pub fn find_member(
    tx: &mut Tx,
    organisation: OrganisationId,
    user: UserId,
) -> Result<Option<MemberRow>, Error> {
    tx.query_opt(FIND_MEMBER, &[&organisation, &user])?
        .as_ref()
        .map(member_row)
        .transpose()
}

fn member_row(row: &Row) -> Result<MemberRow, Error> {
    Ok(MemberRow {
        user: row.id(0),
        name: row.text(1),
        email: row.text(2),
        role: role(&row.text(3))?,
        joined_at: row.instant(4),
        last_seen_at: row.opt_instant(5),
        disabled_at: row.opt_instant(6),
    })
}

/// Whether somebody with this address has or had a place here.
pub fn is_member(tx: &mut Tx, organisation: OrganisationId, email: &str) -> Result<bool, Error> {
    let row = tx.query_opt(IS_MEMBER, &[&organisation, &email_key(email)])?;
    Ok(row.is_some())
}

/// Holds the people of an organisation still until the transaction ends.
pub fn hold_people(tx: &mut Tx, organisation: OrganisationId) -> Result<(), Error> {
    tx.execute(HOLD_PEOPLE, &[&organisation])?;
    Ok(())
}

pub fn count_admins(tx: &mut Tx, organisation: OrganisationId) -> Result<i64, Error> {
    Ok(tx.query_one(COUNT_ADMINS, &[&organisation])?.int(0))
}

pub fn set_role(
    tx: &mut Tx,
    organisation: OrganisationId,
    user: UserId,
    role: Role,
) -> Result<(), Error> {
    tx.execute(SET_ROLE, &[&organisation, &user, &role.name()])?;
    Ok(())
}

pub fn set_disabled(
    tx: &mut Tx,
    organisation: OrganisationId,
    user: UserId,
    at: Option<Timestamp>,
) -> Result<(), Error> {
    tx.execute(SET_DISABLED, &[&organisation, &user, &at])?;
    Ok(())
}

pub fn find_profile(tx: &mut Tx, user: UserId) -> Result<Option<Profile>, Error> {
    let row = tx.query_opt(FIND_PROFILE, &[&user])?;
    Ok(row.map(|row| Profile {
        user: row.id(0),
        name: row.text(1),
        email: row.text(2),
        lang: lang(&row, 3),
        theme: theme(&row.text(4)),
        zone: row.opt_text(5),
        password: row.opt_text(6).map(PasswordHash::stored),
    }))
}

pub fn places(tx: &mut Tx, user: UserId) -> Result<Vec<Place>, Error> {
    let rows = tx.query(PLACES, &[&user])?;
    Ok(rows
        .iter()
        .map(|row| Place {
            organisation: row.id(0),
            name: row.text(1),
        })
        .collect())
}

pub fn update_profile(tx: &mut Tx, user: UserId, new: &ProfileChange) -> Result<(), Error> {
    tx.execute(
        UPDATE_PROFILE,
        &[
            &user,
            &new.name.trim(),
            &new.lang.tag(),
            &new.theme,
            &new.zone,
        ],
    )?;
    Ok(())
}

pub fn set_preferences(
    tx: &mut Tx,
    user: UserId,
    lang: Option<Lang>,
    theme: Option<&'static str>,
) -> Result<(), Error> {
    tx.execute(SET_PREFERENCES, &[&user, &lang.map(Lang::tag), &theme])?;
    Ok(())
}

pub fn set_password(tx: &mut Tx, user: UserId, hash: &PasswordHash) -> Result<(), Error> {
    tx.execute(SET_PASSWORD, &[&user, &hash.as_str()])?;
    Ok(())
}

/// A role as stored; another is a fault of ours and must never become more than it was.
pub fn role(name: &str) -> Result<Role, Error> {
    Role::find(name).ok_or_else(|| Error::Engine(format!("there is no role {name}")))
}

pub fn lang(row: &Row, column: usize) -> Lang {
    Lang::find(&row.text(column)).unwrap_or_default()
}
