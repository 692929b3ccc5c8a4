//! The people of the organisation, for its admins.

use super::LABELS;
use crate::accounts::invitations::{Invitation, create_invitation, list_invitations};
use crate::accounts::members::{self, MemberRow, list_member_rows};
use crate::accounts::people::EMAIL_CHARS_MAX;
use crate::blobs::Digest;
use crate::caller::{Caller, Role};
use crate::ids::{InvitationId, UserId};
use crate::mail::Mail;
use crate::trouble::{Refusal, Trouble};
use crate::web::answer::{done, html, html_status};
use crate::web::forms::Fields;
use crate::web::route::id;
use crate::web::shown::Shown;
use crate::web::{Answer, App, Visit};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "accounts/users.html")]
struct UsersPage {
    page: Visit,
    form: Shown,
    members: Vec<Listed>,
    invitations: Vec<Invitation>,
    /// Roles the caller may give.
    roles: Vec<&'static str>,
    all_roles: [Role; 6],
    /// The invitation just made.
    invited: Option<Invited>,
}

/// How the link of an invitation reaches the person.
enum Invited {
    /// The mail server took it for this address.
    Mailed(String),
    /// Shown now and never again, because there is no mail server.
    Link(String),
    /// The same, because the mail server did not take it.
    LinkAfterAll(String),
}

/// A person in the list.
struct Listed {
    row: MemberRow,
    is_own: bool,
    /// The caller may change and disable them.
    may_change: bool,
}

async fn users_page(
    app: &App,
    caller: &Caller,
    page: Visit,
    form: Shown,
    invited: Option<Invited>,
) -> Result<UsersPage, Trouble> {
    let reader = caller.clone();
    let (members, invitations) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            Ok((
                list_member_rows(tx, &reader)?,
                list_invitations(tx, &reader)?,
            ))
        })
        .await?;
    let roles = Role::ALL
        .into_iter()
        .filter(|role| caller.permissions.contains_all(role.permissions()))
        .map(Role::name)
        .collect();
    let shown = |row: MemberRow| Listed {
        is_own: caller.user() == Some(row.user),
        may_change: caller.permissions.contains_all(row.role.permissions()),
        row,
    };
    let members = members.into_iter().map(shown).collect();
    Ok(UsersPage {
        page,
        form,
        members,
        invitations,
        roles,
        all_roles: Role::ALL,
        invited,
    })
}

pub async fn get_users(State(app): State<App>, caller: Caller, page: Visit) -> Answer {
    html(&users_page(&app, &caller, page, Shown::default(), None).await?)
}

/// Mails the link when there is a mail server, and else shows it in the answer itself: it is kept
/// nowhere it could be read again.
pub async fn post_invite(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    fields: Fields,
) -> Answer {
    match invite(&app, &caller, &page, &fields).await {
        Ok(invited) => {
            html(&users_page(&app, &caller, page, Shown::default(), Some(invited)).await?)
        }
        Err(trouble) => {
            let form = Shown::refused(fields, trouble, page.lang, LABELS)?;
            let again = users_page(&app, &caller, page, form, None).await?;
            html_status(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}

async fn invite(
    app: &App,
    caller: &Caller,
    page: &Visit,
    fields: &Fields,
) -> Result<Invited, Trouble> {
    let email = fields.required("email", EMAIL_CHARS_MAX)?;
    let role = role(fields)?;
    let (maker, address) = (caller.clone(), email.clone());
    let secret = app
        .db
        .write(move |tx| create_invitation(tx, &maker, &address, role))
        .await?;
    let link = format!("{}/invitations/{secret}", app.config.base_url);
    if !app.mailer.reaches_people() {
        return Ok(Invited::Link(link));
    }
    let mail = Mail {
        to: email.clone(),
        subject: page.t1(
            "invitation-mail-subject",
            "organisation",
            organisation(page),
        ),
        text: page.lang.ta(
            "invitation-mail-text",
            &[
                ("by", caller.actor.name().to_owned()),
                ("organisation", organisation(page)),
                ("link", link.clone()),
            ],
        ),
        message_id: format!("invitation-{}", Digest::of(secret.as_bytes()).hex()),
    };
    match app.mailer.send(&mail).await {
        Ok(()) => Ok(Invited::Mailed(email)),
        Err(error) => {
            tracing::warn!(error = format!("{error:#}"), "an invitation was not mailed");
            Ok(Invited::LinkAfterAll(link))
        }
    }
}

fn organisation(page: &Visit) -> String {
    let person = page.person.as_ref();
    person.map_or(String::new(), |person| person.organisation.clone())
}

pub async fn post_role(
    State(app): State<App>,
    caller: Caller,
    Path(user): Path<String>,
    fields: Fields,
) -> Answer {
    let (user, role) = (id::<UserId>(&user)?, role(&fields)?);
    app.db
        .write(move |tx| members::change_role(tx, &caller, user, role))
        .await?;
    done("/settings/users", "flash-saved")
}

pub async fn post_disable(
    State(app): State<App>,
    caller: Caller,
    Path(user): Path<String>,
) -> Answer {
    let user = id::<UserId>(&user)?;
    app.db
        .write(move |tx| members::disable_member(tx, &caller, user))
        .await?;
    done("/settings/users", "flash-user-disabled")
}

pub async fn post_enable(
    State(app): State<App>,
    caller: Caller,
    Path(user): Path<String>,
) -> Answer {
    let user = id::<UserId>(&user)?;
    app.db
        .write(move |tx| members::enable_member(tx, &caller, user))
        .await?;
    done("/settings/users", "flash-saved")
}

pub async fn post_withdraw(
    State(app): State<App>,
    caller: Caller,
    Path(invitation): Path<String>,
) -> Answer {
    let invitation = id::<InvitationId>(&invitation)?;
    app.db
        .write(move |tx| crate::accounts::withdraw_invitation(tx, &caller, invitation))
        .await?;
    done("/settings/users", "flash-saved")
}

fn role(fields: &Fields) -> Result<Role, Trouble> {
    Role::find(fields.get("role")).ok_or_else(|| Refusal::field("role", "role-unknown").into())
}
