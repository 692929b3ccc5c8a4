//! Projects as clients see them: one for each release, by product name and version.

use super::answers;
use super::upload::release_of;
use super::values::Members;
use crate::accounts::{Caller, Permission};
use crate::ids::{Id, ReleaseId};
use crate::intake::store::{self, Project, Slice};
use crate::intake::{Destination, Named, destination, rules};
use crate::releases::{self, Change};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use crate::web::App;
use crate::web::answer::Answer;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::{Value, json};
use std::collections::HashMap;

/// What a client's project object must have, and a little more. `version` is always there.
pub fn in_json(project: &Project) -> Value {
    let tags: Vec<Value> = project
        .labels
        .iter()
        .map(|label| json!({ "name": label }))
        .collect();
    let mut value = json!({
        "uuid": answers::uuid_text(project.release.uuid()),
        "name": project.product,
        "version": project.version,
        "classifier": "APPLICATION",
        "active": !project.inactive,
        "isLatest": project.is_latest,
        "tags": tags,
    });
    if let Some(at) = project.last_import {
        value["lastBomImport"] = at.as_millisecond().into();
    }
    value
}

/// `GET /api/v1/project`
pub async fn get_list(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let slice = slice_of(&query);
    let (projects, total) = app
        .db
        .read(move |tx| store::list_projects(tx, &caller, &slice))
        .await
        .map_err(Trouble::from)?;
    let items: Vec<Value> = projects.iter().map(in_json).collect();
    Ok(answers::list(&items, usize::try_from(total).unwrap_or(0)))
}

const PAGE_ROWS: i64 = 100;
const PAGE_ROWS_MAX: i64 = 1_000;

/// Which part of a list a request wants: `pageNumber` and `pageSize`, or `offset` and `limit`.
pub fn slice_of(query: &HashMap<String, String>) -> Slice {
    let number = |name: &str| query.get(name).and_then(|text| text.parse::<i64>().ok());
    let rows = number("pageSize").or(number("limit")).unwrap_or(PAGE_ROWS);
    let rows = rows.clamp(1, PAGE_ROWS_MAX);
    let page = number("pageNumber").unwrap_or(1).clamp(1, 1_000_000);
    let text = |name: &str| {
        query
            .get(name)
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    Slice {
        rows,
        offset: number("offset").map_or((page - 1) * rows, |offset| offset.max(0)),
        name: text("name"),
        search: text("searchText"),
        active_only: query
            .get("excludeInactive")
            .and_then(|text| rules::flag(text))
            .unwrap_or(false),
    }
}

/// `GET /api/v1/project/{uuid}`
pub async fn get_one(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id = release_of(&id).ok_or_else(Refusal::not_found)?;
    let project = app.db.read(move |tx| get(tx, &caller, id)).await?;
    Ok(answers::ok(&in_json(&project)))
}

/// `GET /api/v1/project/lookup?name=&version=`
pub async fn get_lookup(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let text = |name: &str| query.get(name).cloned().unwrap_or_default();
    let (product, version) = (text("name"), text("version"));
    let project = app
        .db
        .read(move |tx| {
            let id = find_by_name(tx, &caller, &product, &version)?;
            get(tx, &caller, id.ok_or_else(Refusal::not_found)?)
        })
        .await?;
    Ok(answers::ok(&in_json(&project)))
}

/// `PUT /api/v1/project`: 201 with the project, 409 when it is there already.
pub async fn put_one(State(app): State<App>, caller: Caller, body: Bytes) -> Answer {
    let Some(members) = Members::read(&body) else {
        return Ok(answers::not_mapped("The body is not a JSON object."));
    };
    let (Some(product), Some(version)) = (members.text("name"), members.text("version")) else {
        let faults = ["name", "version"].map(answers::Fault::blank);
        return Ok(answers::invalid(&faults));
    };
    let (name, branch) = rules::channel_of(&version);
    let wanted = Destination::Named(Named {
        product: product.clone(),
        version: name,
        branch,
        create: true,
        is_latest: members.flag("isLatest"),
        labels: members.tags("tags"),
    });
    let made = app
        .db
        .write(move |tx| -> Result<_, Trouble> {
            if find_by_name(tx, &caller, &product, &version)?.is_some() {
                return Ok(None);
            }
            let id = destination(tx, &caller, &wanted, true)?;
            get(tx, &caller, id.ok_or_else(Refusal::not_found)?).map(Some)
        })
        .await?;
    Ok(match made {
        Some(project) => (StatusCode::CREATED, answers::ok(&in_json(&project))).into_response(),
        None => {
            let words = "A project with the specified name and version already exists.";
            answers::text(StatusCode::CONFLICT, words)
        }
    })
}

/// `PATCH /api/v1/project/{uuid}`: tags and which is the latest; 304 when nothing changes. What
/// has no place here (group, parent, SWID tag) is accepted and not kept.
pub async fn patch_one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    let id = release_of(&id).ok_or_else(Refusal::not_found)?;
    let Some(members) = Members::read(&body) else {
        return Ok(answers::not_mapped("The body is not a JSON object."));
    };
    let change = Change {
        is_latest: members.flag("isLatest"),
        labels: members.has("tags").then(|| members.tags("tags")),
        ..Change::default()
    };
    let changed = app
        .db
        .write(move |tx| -> Result<_, Trouble> {
            let before = get(tx, &caller, id)?;
            releases::update_release(tx, &caller, id, change.clone())?;
            let after = get(tx, &caller, id)?;
            Ok((after != before).then_some(after))
        })
        .await?;
    Ok(match changed {
        Some(project) => answers::ok(&in_json(&project)),
        None => StatusCode::NOT_MODIFIED.into_response(),
    })
}

/// `DELETE /api/v1/project/{uuid}`: nothing is deleted here. A release that is not frozen is
/// withdrawn from the market and inactive from then on; a frozen one refuses in a sentence.
pub async fn delete_one(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id = release_of(&id).ok_or_else(Refusal::not_found)?;
    app.db
        .write(move |tx| releases::withdraw(tx, &caller, id))
        .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A release of the caller's as a project.
pub fn get(tx: &mut Tx, caller: &Caller, id: ReleaseId) -> Result<Project, Trouble> {
    let release = releases::get_release(tx, caller, id)?;
    store::find_project(tx, caller, release.id)?.ok_or(Refusal::not_found().into())
}

pub fn find_by_name(
    tx: &mut Tx,
    caller: &Caller,
    product: &str,
    version: &str,
) -> Result<Option<ReleaseId>, Trouble> {
    caller.require(Permission::ProductsRead)?;
    if product.trim().is_empty() || version.trim().is_empty() {
        return Ok(None);
    }
    let product = crate::products::find_or_create_by_name(tx, caller, product, false)?;
    let Some(product) = product else {
        return Ok(None);
    };
    let (version, branch) = rules::channel_of(version);
    let target = releases::Target {
        version,
        branch,
        ..releases::Target::default()
    };
    releases::find_or_create(tx, caller, product, &target, false)
}
