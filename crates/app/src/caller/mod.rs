//! Who acts and what they may do: the proof of a permission that operations are given.
//!
//! It stands above the rooms because all of them speak of it; recognising somebody is the work
//! of `accounts`. Operations take the organisation from the caller and never from a request.

mod permissions;

pub use permissions::{Permission, PermissionSet, Role, Scope};

use crate::ids::{OrganisationId, TokenId, UserId};
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
            Err(self.lacking(permission).into())
        }
    }

    /// Refuses when none of these permissions is there, naming the first: for what more than one
    /// kind of work begins with.
    pub fn require_any(&self, permissions: &[Permission]) -> Result<(), Trouble> {
        if permissions.iter().any(|permission| self.may(*permission)) {
            return Ok(());
        }
        match permissions.first() {
            Some(first) => self.require(*first),
            None => Err(Refusal::forbidden().into()),
        }
    }

    /// What is said to a caller without a permission: a token's owner needs to know which scope.
    fn lacking(&self, permission: Permission) -> Refusal {
        let Actor::Token { .. } = self.actor else {
            return Refusal::forbidden();
        };
        let scope = Scope::ALL
            .into_iter()
            .find(|scope| scope.permissions().contains(&permission));
        match scope {
            // One bound to a product may lack a permission although it has the scope.
            Some(scope) if self.only_product.is_none() => {
                Refusal::new(403, "token-lacks-scope").with("scope", scope.name())
            }
            _ => Refusal::new(403, "token-may-not"),
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
