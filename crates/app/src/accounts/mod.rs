//! Organisations (tenants), users, sessions, API tokens, and who may do what.
//!
//! A [`Caller`] is the proof of a permission: operations take the organisation from it and never
//! from a request.

mod permissions;

pub use permissions::{Permission, PermissionSet, Role, Scope};

use crate::ids::{OrganisationId, TokenId, UserId};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use crate::web::words::Lang;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// Who acts, for the journal and for "decided by".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    User {
        id: UserId,
        name: String,
    },
    Token {
        id: TokenId,
        name: String,
    },
    /// The program itself, by the part that acted (`matching`, `alarms`).
    Program(&'static str),
}

impl Actor {
    /// The name shown to people.
    pub fn name(&self) -> &str {
        match self {
            Self::User { name, .. } | Self::Token { name, .. } => name,
            Self::Program(part) => part,
        }
    }

    /// `user_…`, `tok_…` or `program:matching`, as the journal keeps it.
    pub fn key(&self) -> String {
        match self {
            Self::User { id, .. } => id.to_string(),
            Self::Token { id, .. } => id.to_string(),
            Self::Program(part) => format!("program:{part}"),
        }
    }
}

/// Someone who was recognised, in one organisation, with what they may do there.
#[derive(Debug, Clone)]
pub struct Caller {
    pub organisation: OrganisationId,
    pub actor: Actor,
    pub permissions: PermissionSet,
    pub lang: Lang,
    /// The one product a token is bound to, if it is.
    pub only_product: Option<crate::ids::ProductId>,
}

impl Caller {
    /// The program acting by itself for an organisation.
    pub fn program(organisation: OrganisationId, part: &'static str) -> Self {
        Self {
            organisation,
            actor: Actor::Program(part),
            permissions: PermissionSet::all(),
            lang: Lang::En,
            only_product: None,
        }
    }

    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(permission)
    }

    /// Refuses when a further permission is missing.
    pub fn require(&self, permission: Permission) -> Result<(), Trouble> {
        if self.may(permission) {
            Ok(())
        } else {
            Err(Refusal::forbidden().into())
        }
    }

    /// The user behind the caller; tokens and the program have none.
    pub fn user(&self) -> Option<UserId> {
        match &self.actor {
            Actor::User { id, .. } => Some(*id),
            _ => None,
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Trouble> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(Trouble::Refusal(Refusal::unauthenticated()))
    }
}

/// The economic operator, as papers and public pages name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
    /// In addresses: `/trust/{slug}`.
    pub slug: String,
    pub address: String,
    /// Member State (or other country) of the main establishment, ISO alpha-2.
    pub country: Option<String>,
    /// `micro`, `small`, `medium`, `large`.
    pub size: Option<String>,
    pub security_contact: Option<String>,
    /// Where reports of vulnerabilities go: a URL or a mail address.
    pub report_address: Option<String>,
    pub website: Option<String>,
    /// Whether the trust page is public.
    pub trust_published: bool,
    /// Reader zone of the organisation, IANA name.
    pub zone: String,
}

/// The organisation of a caller.
pub fn get_organisation(_tx: &mut Tx, _id: OrganisationId) -> Result<Organisation, Trouble> {
    todo!()
}

/// An organisation by the name in its addresses, for public pages.
pub fn find_organisation_by_slug(
    _tx: &mut Tx,
    _slug: &str,
) -> Result<Option<Organisation>, Trouble> {
    todo!()
}

/// Every organisation, for background work; never shown to a tenant.
pub fn list_organisations(_tx: &mut Tx) -> Result<Vec<Organisation>, Trouble> {
    todo!()
}

/// A person who may be told something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub lang: Lang,
}

/// The people of an organisation who can still sign in, in the order they joined.
pub fn list_members(_tx: &mut Tx, _organisation: OrganisationId) -> Result<Vec<Member>, Trouble> {
    todo!()
}

/// What a request shows of itself.
#[derive(Debug, Clone, Default)]
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
    pub person: crate::web::visit::Person,
    /// `light`, `dark` or `system`.
    pub theme: &'static str,
    /// The reader's zone, IANA name.
    pub zone: String,
}

/// Who is behind these credentials; nobody when they are unknown, expired or revoked. Reads the
/// role from the database at every request, so that a change counts at once.
pub fn authenticate(
    _tx: &mut Tx,
    _credentials: &Credentials,
) -> Result<Option<Recognised>, Trouble> {
    todo!()
}

/// Whether the instance still waits for its first admin.
pub fn needs_setup(_tx: &mut Tx) -> Result<bool, Trouble> {
    todo!()
}

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    Vec::new()
}

/// The cookie that carries a session.
pub const SESSION_COOKIE: &str = "bonafide_session";

/// A fresh one-time setup link's secret, valid 30 minutes, if there is no admin yet.
pub fn issue_setup_link(_tx: &mut Tx) -> Result<Option<String>, Trouble> {
    todo!()
}
