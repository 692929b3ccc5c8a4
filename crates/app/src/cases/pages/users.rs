//! Informing users (14(8)): what was told to whom, recorded by a person; nothing is sent.

use super::wording::word;
use crate::accounts::Caller;
use crate::cases::operations::{REASON_CHARS_MAX, informing as operations, reading};
use crate::cases::rules::informing::{INFORMANT_CHARS_MAX, REFERENCE_CHARS_MAX, still_open};
use crate::cases::types::{Affected, Case, CaseView, Informing, NewInforming};
use crate::cases::words::{Told, ToldBy};
use crate::ids::{CaseId, ProductId, ReleaseId};
use crate::trouble::Trouble;
use crate::web::forms::Fields;
use crate::web::route;
use crate::web::shown::Shown;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "cases/users.html")]
struct UsersPage {
    page: Visit,
    case: Case,
    form: Shown,
    affected: Vec<Affected>,
    /// Names of releases no record speaks of.
    open: Vec<String>,
    informed: Vec<Informing>,
    /// The products of the case, for which an advisory may be drafted.
    products: BTreeMap<ProductId, String>,
    told: &'static [Told],
    told_by: &'static [ToldBy],
}

impl UsersPage {
    fn word(&self, prefix: &str, code: &str) -> String {
        word(&self.page, prefix, code)
    }

    /// The releases of a record by name; one that left the case is counted.
    fn names(&self, informing: &Informing) -> String {
        let inside = |a: &&Affected| informing.releases.contains(&a.release);
        let mut names: Vec<String> = self.affected.iter().filter(inside).map(name).collect();
        let gone = informing.releases.len() - names.len();
        if gone > 0 {
            names.push(format!("(+{gone})"));
        }
        names.join(", ")
    }
}

/// A release as people name it.
fn name(affected: &Affected) -> String {
    format!("{} {}", affected.product_name, affected.version)
}

pub async fn get_users(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    let id: CaseId = route::id(&id)?;
    let name = caller.actor.name().to_owned();
    let view = app
        .db
        .read(move |tx| reading::case_view(tx, &caller, id))
        .await?;
    let mut fields = vec![("told", "impacted".to_owned()), ("informant", name)];
    let open = still_open(&view.affected, &view.informed);
    fields.extend(open.iter().map(|a| ("releases", a.release.to_string())));
    let form = Shown::new(Fields::from_pairs(fields));
    html(&users_page(page, view, form))
}

pub async fn post_users(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer {
    let id: CaseId = route::id(&id)?;
    let asking = caller.clone();
    match record(&app, caller, id, &fields).await {
        Ok(()) => see_other(&format!("/cases/{id}#users")),
        Err(trouble) => {
            let form = Shown::refused(fields, trouble, page.lang, "case-field")?;
            let view = app
                .db
                .read(move |tx| reading::case_view(tx, &asking, id))
                .await?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            answer::html_status(status, &users_page(page, view, form))
        }
    }
}

async fn record(app: &App, caller: Caller, id: CaseId, fields: &Fields) -> Result<(), Trouble> {
    let releases: Result<Vec<ReleaseId>, Trouble> =
        fields.all("releases").into_iter().map(route::id).collect();
    let new = NewInforming {
        told: super::decision::choice(fields, "told")?,
        by: super::decision::choice(fields, "told_by")?,
        informed_at: fields.required_instant("informed_at")?,
        informant: fields.required("informant", INFORMANT_CHARS_MAX)?,
        text: fields.required("text_told", REASON_CHARS_MAX)?,
        reference: fields.text("reference_told", REFERENCE_CHARS_MAX)?,
        releases: releases?,
    };
    app.db
        .write(move |tx| operations::record_informed(tx, &caller, id, &new))
        .await
}

fn users_page(page: Visit, view: CaseView, form: Shown) -> UsersPage {
    let open = still_open(&view.affected, &view.informed);
    UsersPage {
        open: open.into_iter().map(name).collect(),
        products: view
            .affected
            .iter()
            .map(|a| (a.product, a.product_name.clone()))
            .collect(),
        case: view.case,
        affected: view.affected,
        informed: view.informed,
        told: Told::ALL,
        told_by: ToldBy::ALL,
        form,
        page,
    }
}
