//! The people of the organisation, for its admins.

use super::done;
use super::form::Form;
use crate::accounts::invitations::{Invitation, create_invitation, list_invitations};
use crate::accounts::members::{self, MemberRow, list_member_rows};
use crate::accounts::people::EMAIL_CHARS_MAX;
use crate::caller::{Caller, Role};
use crate::ids::{InvitationId, UserId};
use crate::trouble::{Refusal, Trouble};
use crate::web::answer::{html, html_status};
use crate::web::forms::Fields;
use crate::web::route::id;
use crate::web::{Answer, App, Visit};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "accounts/users.html")]
struct UsersPage {
    page: Visit,
    form: Form,
    members: Vec<Shown>,
    invitations: Vec<Invitation>,
    /// Roles the caller may give.
    roles: Vec<&'static str>,
    all_roles: [Role; 6],
    /// The link just made: shown now and never again.
    link: Option<String>,
}

/// A person in the list.
struct Shown {
    row: MemberRow,
    is_own: bool,
    /// The caller may change and disable them.
    may_change: bool,
}

async fn users_page(
    app: &App,
    caller: &Caller,
    page: Visit,
    form: Form,
    link: Option<String>,
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
    let shown = |row: MemberRow| Shown {
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
        link,
    })
}

pub async fn get_users(State(app): State<App>, caller: Caller, page: Visit) -> Answer {
    html(&users_page(&app, &caller, page, Form::default(), None).await?)
}

/// Shows the link in the answer itself: it is kept nowhere it could be read again.
pub async fn post_invite(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    fields: Fields,
) -> Answer {
    match invite(&app, &caller, &fields).await {
        Ok(secret) => {
            let link = format!("{}/invitations/{secret}", app.config.base_url);
            html(&users_page(&app, &caller, page, Form::default(), Some(link)).await?)
        }
        Err(trouble) => {
            let form = Form::refused(fields, trouble, page.lang)?;
            let again = users_page(&app, &caller, page, form, None).await?;
            html_status(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}

async fn invite(app: &App, caller: &Caller, fields: &Fields) -> Result<String, Trouble> {
    let email = fields.required("email", EMAIL_CHARS_MAX)?;
    let role = role(fields)?;
    let caller = caller.clone();
    app.db
        .write(move |tx| create_invitation(tx, &caller, &email, role))
        .await
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
