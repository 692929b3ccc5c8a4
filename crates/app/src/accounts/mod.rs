//! Organisations (tenants), users, sessions, API tokens: who is who, and what each may do.
//!
//! Secrets are shown once and stored as digests. A role is read from the database at every
//! request, so that a change counts at once. What a caller is lives in [`crate::caller`].

mod invitations;
mod links;
mod members;
mod organisations;
mod origin;
mod pages;
mod passwords;
mod people;
mod profile;
mod rules;
mod secrets;
mod sessions;
mod sign_in;
mod snippets;
mod store;
mod tokens;

pub use crate::caller::{Actor, Caller, Permission, PermissionSet, Role, Scope};
pub use invitations::{
    Invitation, create_invitation, find_invitation, list_invitations, withdraw_invitation,
};
pub use links::{issue_reset_link, issue_setup_link, needs_setup};
pub use members::{MemberRow, change_role, disable_member, enable_member, list_member_rows};
pub use organisations::{
    NewOrganisation, Organisation, create_organisation, find_organisation_by_slug,
    get_organisation, list_organisations, set_trust_published, update_organisation,
};
pub use origin::{Arrival, OwnPage, same_origin};
pub use pages::routes;
pub use passwords::{PasswordHash, hash_password};
pub use people::{Member, NewUser, create_user, list_members};
pub use profile::{
    Place, Profile, ProfileChange, SessionRow, end_session, end_sessions, get_profile, list_places,
    list_sessions, set_preferences, switch_organisation, update_profile,
};
pub use sessions::{
    Credentials, CurrentSession, NewSession, Recognised, Touch, authenticate, create_session,
    note_use, record_use, session_cookie,
};
pub use sign_in::{count_attempt, sign_in};
pub use snippets::{Snippet, all as snippets};
pub use tokens::{
    IssuedToken, LIFETIME as TOKEN_LIFETIME, NAME_CHARS_MAX as TOKEN_NAME_CHARS_MAX, NewToken,
    TokenRow, create_token, list_tokens, revoke_token,
};

/// Every statement of this room, by table.
pub const STATEMENTS: [(&str, &[(&str, &str)]); 7] = [
    ("accounts/organisations", store::organisations::STATEMENTS),
    ("accounts/people", store::people::STATEMENTS),
    ("accounts/sessions", store::sessions::STATEMENTS),
    ("accounts/tokens", store::tokens::STATEMENTS),
    ("accounts/links", store::links::STATEMENTS),
    ("accounts/invitations", store::invitations::STATEMENTS),
    ("accounts/attempts", store::attempts::STATEMENTS),
];
