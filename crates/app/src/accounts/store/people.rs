//! Users and memberships.

use crate::accounts::passwords::PasswordHash;
use crate::accounts::people::{Member, NewUser};
use crate::caller::Role;
use crate::ids::{OrganisationId, UserId};
use crate::statements;
use crate::store::{Error, Row, Tx};
use crate::web::words::Lang;

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
    Ok(row.map(|row| Person {
        id: row.id(0),
        email: row.text(1),
        name: row.text(2),
        password: row.opt_text(3).map(PasswordHash::stored),
    }))
}

/// A role as stored; another is a fault of ours and must never become more than it was.
pub fn role(name: &str) -> Result<Role, Error> {
    Role::find(name).ok_or_else(|| Error::Engine(format!("there is no role {name}")))
}

pub fn lang(row: &Row, column: usize) -> Lang {
    Lang::find(&row.text(column)).unwrap_or_default()
}
