//! Joining by a link: shown once to the admin who invites, works once, for a few days.

use super::members::may_grant;
use super::passwords::PasswordHash;
use super::people::{self, NewUser};
use super::store::{invitations as store, people as people_store};
use super::{secrets, sessions, sign_in};
use crate::caller::{Actor, Caller, Permission, Role};
use crate::ids::{InvitationId, OrganisationId};
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use crate::web::words::Lang;
use jiff::{SignedDuration, Timestamp};

/// How long an invitation can be accepted.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Open invitations of one organisation.
const OPEN_MAX: usize = 200;

/// An invitation that nobody has accepted yet.
#[derive(Debug, Clone)]
pub struct Invitation {
    pub id: InvitationId,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub email: String,
    pub role: Role,
    pub invited_by: String,
    pub expires_at: Timestamp,
}

/// Invites somebody; the secret for the link, which is shown now and never again. An earlier
/// invitation of the same address stops working.
pub fn create_invitation(
    tx: &mut Tx,
    caller: &Caller,
    email: &str,
    role: Role,
) -> Result<String, Trouble> {
    caller.require(Permission::UsersManage)?;
    may_grant(caller, role)?;
    let email = people::checked_email(email)?;
    // Of two who invite the same address at once, the second takes the first's link away.
    people_store::hold_people(tx, caller.organisation)?;
    if people_store::is_member(tx, caller.organisation, &email)? {
        return Err(Refusal::field("email", "already-member").into());
    }
    if store::list(tx, caller.organisation, OPEN_MAX + 1)?.len() > OPEN_MAX {
        return Err(Refusal::conflict("too-many-invitations").into());
    }
    store::void(tx, caller.organisation, &email)?;
    let id: InvitationId = tx.new_id();
    let secret = secrets::fresh(tx.entropy());
    let invitation = Invitation {
        id,
        organisation: caller.organisation,
        organisation_name: String::new(),
        email,
        role,
        invited_by: caller.actor.name().to_owned(),
        expires_at: tx.now() + LIFETIME,
    };
    store::insert(tx, &invitation, &secrets::digest(&secret))?;
    let detail = serde_json::json!({"role": role.name()});
    let entry = Entry::new("user-invited", id, detail);
    journal::record(tx, caller.organisation, &caller.actor, entry)?;
    Ok(secret)
}

/// The caller's open invitations, newest first.
pub fn list_invitations(tx: &mut Tx, caller: &Caller) -> Result<Vec<Invitation>, Trouble> {
    caller.require(Permission::UsersManage)?;
    Ok(store::list(tx, caller.organisation, OPEN_MAX)?)
}

/// Takes an invitation back.
pub fn withdraw_invitation(tx: &mut Tx, caller: &Caller, id: InvitationId) -> Result<(), Trouble> {
    caller.require(Permission::UsersManage)?;
    if store::delete(tx, caller.organisation, id)? == 0 {
        return Err(Refusal::not_found().into());
    }
    let entry = Entry::new("invitation-withdrawn", id, serde_json::json!({}));
    journal::record(tx, caller.organisation, &caller.actor, entry)
}

/// The invitation behind a link that still works.
pub fn find_invitation(tx: &mut Tx, secret: &str) -> Result<Option<Invitation>, Trouble> {
    Ok(store::find(tx, &secrets::digest(secret))?)
}

/// The person an invitation's address belongs to already, with their password's hash.
pub(super) fn invited_person(
    tx: &mut Tx,
    invitation: &Invitation,
) -> Result<Option<people_store::Person>, Trouble> {
    Ok(people_store::find_by_email(tx, &invitation.email)?)
}

/// How somebody accepts.
pub(super) enum Acceptance {
    /// There was nobody with this address: a new person.
    New {
        name: String,
        password: PasswordHash,
        lang: Lang,
    },
    /// The person proved that they know the password behind this hash.
    Known(PasswordHash),
}

/// Uses the link up and gives the person their place; the secret of their session.
pub(super) fn accept_invitation(
    tx: &mut Tx,
    secret: &str,
    acceptance: &Acceptance,
    new: &sessions::NewSession,
) -> Result<String, Trouble> {
    let gone = || Refusal::new(410, "invitation-gone");
    let digest = secrets::digest(secret);
    let invitation = store::find(tx, &digest)?.ok_or_else(gone)?;
    // The one statement that decides between two clicks at once.
    if !store::take(tx, &digest)? {
        return Err(gone().into());
    }
    let organisation = invitation.organisation;
    let (user, name) = match acceptance {
        Acceptance::New {
            name,
            password,
            lang,
        } => {
            let person = NewUser {
                name: name.clone(),
                email: invitation.email.clone(),
                role: invitation.role,
                password: Some(password.clone()),
                lang: *lang,
            };
            let actor = Actor::Program("invitation");
            let user = people::create_user(tx, organisation, &actor, &person)?;
            (user, name.clone())
        }
        Acceptance::Known(hash) => {
            let person = people_store::find_by_email(tx, &invitation.email)?
                .filter(|person| person.password.as_ref() == Some(hash))
                .ok_or_else(gone)?;
            if people_store::is_member(tx, organisation, &invitation.email)? {
                return Err(gone().into());
            }
            let actor = Actor::User {
                id: person.id,
                name: person.name.clone(),
            };
            people::join(tx, organisation, &actor, person.id, invitation.role)?;
            (person.id, person.name)
        }
    };
    sign_in::begin(tx, organisation, user, &name, new)
}
