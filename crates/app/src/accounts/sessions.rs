//! Sessions, and recognising whoever is behind a request.

use super::secrets;
use super::store::{organisations, sessions as store, tokens};
use crate::caller::{Actor, Caller, PermissionSet};
use crate::config::Config;
use crate::ids::{OrganisationId, SessionId, TokenId, UserId};
use crate::store::Tx;
use crate::trouble::Trouble;
use crate::web::App;
use crate::web::visit::Person;
use jiff::{SignedDuration, Timestamp};

/// What a request shows of itself.
#[derive(Clone, Default)]
pub struct Credentials {
    /// The value of the session cookie.
    pub session: Option<String>,
    /// `X-Api-Key` or `Authorization: Bearer`.
    pub token: Option<String>,
}

/// Someone recognised, with what the pages show of them.
#[derive(Debug, Clone)]
pub struct Recognised {
    pub caller: Caller,
    pub person: Person,
    /// `light`, `dark` or `system`.
    pub theme: &'static str,
    /// The reader's zone, IANA name.
    pub zone: String,
    /// The session behind the request; none for a token.
    pub session: Option<SessionId>,
    /// What should be noted about the use of this session or token, and has not been for a while.
    pub touch: Option<Touch>,
}

/// That a session or token was used: noted coarsely, in a transaction of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    Session(OrganisationId, SessionId),
    Token(OrganisationId, TokenId),
}

/// A session unused for so long has ended.
pub const IDLE: SignedDuration = SignedDuration::from_hours(12);
/// A session ends after so long however much it is used.
pub const ABSOLUTE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The use of a session is noted at most this often.
const SESSION_NOTED: SignedDuration = SignedDuration::from_mins(5);
/// The use of a token is noted at most this often.
const TOKEN_NOTED: SignedDuration = SignedDuration::from_hours(1);

const COOKIE: &str = "bonafide_session";
/// Browsers take a cookie of this name only from https, for this host alone, for every path.
const COOKIE_HTTPS: &str = "__Host-bonafide_session";

/// The name of the cookie that carries a session, as the base URL allows.
pub fn session_cookie(config: &Config) -> &'static str {
    if is_https(config) {
        COOKIE_HTTPS
    } else {
        COOKIE
    }
}

pub(super) fn is_https(config: &Config) -> bool {
    config.base_url.starts_with("https://")
}

/// A session to be.
#[derive(Debug, Clone, Default)]
pub struct NewSession {
    /// Where the person came from and with what, for their own list of sessions.
    pub address: String,
    pub user_agent: String,
}

/// Begins a session and returns its secret, the value of the cookie; it is stored nowhere.
pub fn create_session(
    tx: &mut Tx,
    organisation: OrganisationId,
    user: UserId,
    new: &NewSession,
) -> Result<String, Trouble> {
    let secret = secrets::fresh(tx.entropy());
    let id: SessionId = tx.new_id();
    let expires_at = tx.now() + ABSOLUTE;
    let digest = secrets::digest(&secret);
    store::insert(tx, organisation, id, user, &digest, expires_at, new)?;
    Ok(secret)
}

/// Who is behind these credentials; nobody when they are unknown, expired or revoked. Reads the
/// role from the database at every request, so that a change counts at once. A token that comes
/// with a cookie counts alone: what is checked against other sites is the cookie.
pub fn authenticate(tx: &mut Tx, credentials: &Credentials) -> Result<Option<Recognised>, Trouble> {
    match (&credentials.token, &credentials.session) {
        (Some(token), _) => by_token(tx, token),
        (None, Some(secret)) => by_session(tx, secret),
        (None, None) => Ok(None),
    }
}

fn by_session(tx: &mut Tx, secret: &str) -> Result<Option<Recognised>, Trouble> {
    let now = tx.now();
    let digest = secrets::digest(secret);
    let Some(found) = store::recognise(tx, &digest, now, now - IDLE)? else {
        return Ok(None);
    };
    let permissions = found.role.permissions();
    let touch = is_stale(Some(found.last_seen_at), now, SESSION_NOTED)
        .then_some(Touch::Session(found.organisation, found.session));
    Ok(Some(Recognised {
        person: Person {
            name: found.name.clone(),
            organisation: found.organisation_name,
            organisation_slug: found.organisation_slug,
            role: found.role.name(),
            permissions: permissions.names(),
        },
        caller: Caller {
            organisation: found.organisation,
            actor: Actor::User {
                id: found.user,
                name: found.name,
            },
            permissions,
            lang: found.lang,
            only_product: None,
        },
        theme: found.theme,
        zone: found.zone,
        session: Some(found.session),
        touch,
    }))
}

fn by_token(tx: &mut Tx, token: &str) -> Result<Option<Recognised>, Trouble> {
    let Some((public_id, secret)) = super::tokens::parts(token) else {
        return Ok(None);
    };
    let now = tx.now();
    let Some(found) = tokens::recognise(tx, public_id, now)? else {
        return Ok(None);
    };
    if !secrets::fits(secret, &found.secret_digest) {
        return Ok(None);
    }
    let Some(organisation) = organisations::find(tx, found.organisation)? else {
        return Ok(None);
    };
    let permissions: Vec<_> = found
        .scopes
        .iter()
        .flat_map(|scope| scope.permissions())
        .copied()
        .collect();
    let mut permissions = PermissionSet::of(&permissions);
    if found.only_product.is_some() {
        permissions = permissions.within_one_product();
    }
    let touch = is_stale(found.last_used_at, now, TOKEN_NOTED)
        .then_some(Touch::Token(found.organisation, found.id));
    Ok(Some(Recognised {
        person: Person {
            name: found.name.clone(),
            organisation: organisation.name,
            organisation_slug: organisation.slug,
            role: "token",
            permissions: permissions.names(),
        },
        caller: Caller {
            organisation: found.organisation,
            actor: Actor::Token {
                id: found.id,
                name: found.name,
            },
            permissions,
            lang: crate::web::words::Lang::En,
            only_product: found.only_product,
        },
        theme: "system",
        zone: organisation.zone,
        session: None,
        touch,
    }))
}

fn is_stale(noted: Option<Timestamp>, now: Timestamp, every: SignedDuration) -> bool {
    noted.is_none_or(|noted| noted + every <= now)
}

/// [`record_use`] beside the request, which does not wait for it. A note that gets lost is made
/// by a later request.
pub fn note_use(app: &App, touch: Touch) {
    let db = app.db.clone();
    tokio::spawn(async move {
        if let Err(trouble) = db.write(move |tx| record_use(tx, touch)).await {
            let error = trouble.into_error();
            tracing::warn!(
                error = format!("{error:#}"),
                "the use of a session or token was not noted"
            );
        }
    });
}

/// The session behind the request, for handlers; none behind a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrentSession(pub Option<SessionId>);

/// Notes that a session or token was used, in a transaction of its own.
pub fn record_use(tx: &mut Tx, touch: Touch) -> Result<(), Trouble> {
    match touch {
        Touch::Session(organisation, id) => store::touch(tx, organisation, id)?,
        Touch::Token(organisation, id) => tokens::touch(tx, organisation, id)?,
    }
    Ok(())
}

/// Somebody's theme by its name.
pub(super) fn theme(name: &str) -> &'static str {
    match name {
        "light" => "light",
        "dark" => "dark",
        _ => "system",
    }
}
