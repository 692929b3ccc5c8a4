//! Organisations (tenants), users, sessions, API tokens: who is who, and what each may do.
//!
//! Secrets are shown once and stored as digests. A role is read from the database at every
//! request, so that a change counts at once. What a caller is lives in [`crate::caller`].

mod links;
mod organisations;
mod passwords;
mod people;
mod secrets;
mod sessions;
mod store;
mod tokens;

pub use crate::caller::{Actor, Caller, Permission, PermissionSet, Role, Scope};
pub use links::{issue_reset_link, issue_setup_link, needs_setup};
pub use organisations::{
    NewOrganisation, Organisation, create_organisation, find_organisation_by_slug,
    get_organisation, list_organisations, publish_trust_page,
};
pub use passwords::{PasswordHash, hash_password};
pub use people::{Member, NewUser, create_user, list_members};
pub use sessions::{
    Credentials, CurrentSession, NewSession, Recognised, Touch, authenticate, create_session,
    note_use, record_use, session_cookie,
};
pub use tokens::{IssuedToken, NewToken, create_token};

/// Every statement of this room, by table.
pub const STATEMENTS: [(&str, &[(&str, &str)]); 5] = [
    ("accounts/organisations", store::organisations::STATEMENTS),
    ("accounts/people", store::people::STATEMENTS),
    ("accounts/sessions", store::sessions::STATEMENTS),
    ("accounts/tokens", store::tokens::STATEMENTS),
    ("accounts/links", store::links::STATEMENTS),
];

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    Vec::new()
}
