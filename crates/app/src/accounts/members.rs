//! What an admin does with the people of an organisation.

use super::store::people as store;
use super::store::{sessions, tokens};
use crate::caller::{Caller, Permission, Role};
use crate::ids::UserId;
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use jiff::Timestamp;

/// A person as the admin's list shows them, also when they can no longer sign in.
#[derive(Debug, Clone)]
pub struct MemberRow {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub joined_at: Timestamp,
    pub last_seen_at: Option<Timestamp>,
    pub disabled_at: Option<Timestamp>,
}

/// Everybody who has or had a place in the caller's organisation.
pub fn list_member_rows(tx: &mut Tx, caller: &Caller) -> Result<Vec<MemberRow>, Trouble> {
    caller.require(Permission::UsersManage)?;
    Ok(store::member_rows(tx, caller.organisation)?)
}

/// Gives a person another role.
pub fn change_role(tx: &mut Tx, caller: &Caller, user: UserId, role: Role) -> Result<(), Trouble> {
    let member = for_change(tx, caller, user)?;
    may_grant(caller, role)?;
    if member.role == role {
        return Ok(());
    }
    keep_an_admin(tx, caller, &member)?;
    store::set_role(tx, caller.organisation, user, role)?;
    let detail = serde_json::json!({"old": member.role.name(), "new": role.name()});
    let entry = Entry::new("role-changed", user, detail);
    journal::record(tx, caller.organisation, &caller.actor, entry)
}

/// Ends a person's place in the organisation: their sessions here and the tokens they made stop
/// working with the end of this transaction.
pub fn disable_member(tx: &mut Tx, caller: &Caller, user: UserId) -> Result<(), Trouble> {
    let member = for_change(tx, caller, user)?;
    if member.disabled_at.is_some() {
        return Ok(());
    }
    keep_an_admin(tx, caller, &member)?;
    let now = tx.now();
    store::set_disabled(tx, caller.organisation, user, Some(now))?;
    let sessions = sessions::end_all_here(tx, caller.organisation, user)?;
    let tokens = tokens::revoke_by_creator(tx, caller.organisation, user)?;
    let detail = serde_json::json!({"sessions_ended": sessions, "tokens_revoked": tokens});
    let entry = Entry::new("user-disabled", user, detail);
    journal::record(tx, caller.organisation, &caller.actor, entry)
}

/// Lets a person in again, with the role they had. Their tokens stay revoked.
pub fn enable_member(tx: &mut Tx, caller: &Caller, user: UserId) -> Result<(), Trouble> {
    let member = for_change(tx, caller, user)?;
    may_grant(caller, member.role)?;
    if member.disabled_at.is_none() {
        return Ok(());
    }
    store::set_disabled(tx, caller.organisation, user, None)?;
    let entry = Entry::new("user-enabled", user, serde_json::json!({}));
    journal::record(tx, caller.organisation, &caller.actor, entry)
}

/// Refuses when the caller would give away more than they have.
pub(super) fn may_grant(caller: &Caller, role: Role) -> Result<(), Trouble> {
    if caller.permissions.contains_all(role.permissions()) {
        Ok(())
    } else {
        Err(Refusal::field("role", "grant-beyond-own").into())
    }
}

/// The member to be changed, with the organisation's people held still until the end of the
/// transaction, so that two admins cannot take each other's place at the same moment.
fn for_change(tx: &mut Tx, caller: &Caller, user: UserId) -> Result<MemberRow, Trouble> {
    caller.require(Permission::UsersManage)?;
    store::hold_people(tx, caller.organisation)?;
    let member =
        store::find_member(tx, caller.organisation, user)?.ok_or_else(Refusal::not_found)?;
    // Whoever has more than the caller is not the caller's to change.
    may_grant(caller, member.role)?;
    Ok(member)
}

fn keep_an_admin(tx: &mut Tx, caller: &Caller, member: &MemberRow) -> Result<(), Trouble> {
    let is_admin = member.role == Role::Admin && member.disabled_at.is_none();
    if is_admin && store::count_admins(tx, caller.organisation)? <= 1 {
        return Err(Refusal::conflict("last-admin").into());
    }
    Ok(())
}
