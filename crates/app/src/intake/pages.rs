//! The way in through the browser: a form, and what came of it in words.

use super::body::{self, Form};
use super::{Destination, Door, api, take_in};
use crate::accounts::{Caller, Permission};
use crate::findings::{self, Counts};
use crate::ids::{ReleaseId, SbomId};
use crate::products::{self, State as Shown};
use crate::releases::{self, Release};
use crate::sboms::{self, SbomRow};
use crate::trouble::{Refusal, Trouble};
use crate::web::answer::{Answer, html, html_status, see_other};
use crate::web::route::{self, Access, Route};
use crate::web::{App, Visit};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use std::collections::HashMap;

/// Product names offered while typing.
const NAMES_OFFERED: u32 = 500;

/// The pages of this room.
pub fn routes(door: &Door) -> Vec<Route> {
    let upload = Access::Can(Permission::SbomsUpload);
    let mut posts = vec![
        route::post("/upload", upload, post_upload).up_to(body::BODY_BYTES_MAX),
        route::post("/releases/{id}/sboms", upload, post_for_release).up_to(body::BODY_BYTES_MAX),
    ];
    for route in &mut posts {
        let handler = std::mem::take(&mut route.handler);
        route.handler = handler.layer(Extension(door.clone()));
    }
    posts.extend([
        route::get("/upload", upload, get_upload),
        route::get(
            "/sboms/{id}/received",
            Access::Can(Permission::FindingsRead),
            get_received,
        ),
    ]);
    posts
}

#[derive(Template)]
#[template(path = "intake/upload.html")]
struct UploadPage {
    page: Visit,
    /// The release it is for, when that is settled.
    release: Option<Release>,
    products: Vec<String>,
    product: String,
    version: String,
    branch: String,
    create: bool,
    /// The field it is about and the sentence.
    refusal: Option<(&'static str, String)>,
}

impl UploadPage {
    fn says(&self, field: &str) -> Option<&str> {
        self.refusal
            .as_ref()
            .filter(|(about, _)| *about == field)
            .map(|(_, sentence)| sentence.as_str())
    }

    /// A refusal that is about none of the form's fields.
    fn says_at_all(&self) -> Option<&str> {
        self.refusal
            .as_ref()
            .filter(|(about, _)| !["product", "version", "branch", "sbom"].contains(about))
            .map(|(_, sentence)| sentence.as_str())
    }
}

async fn get_upload(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let typed = |name: &str| query.get(name).cloned().unwrap_or_default();
    let products = app.db.read(move |tx| names(tx, &caller)).await?;
    html(&UploadPage {
        page,
        release: None,
        products,
        product: typed("product"),
        version: typed("version"),
        branch: typed("branch"),
        create: false,
        refusal: None,
    })
}

fn names(tx: &mut crate::store::Tx, caller: &Caller) -> Result<Vec<String>, Trouble> {
    let filter = products::Filter {
        state: Shown::Current,
        page: 1,
        ..products::Filter::default()
    };
    let listed = products::list_products(tx, caller, &filter, NAMES_OFFERED)?;
    Ok(listed.products.into_iter().map(|p| p.name).collect())
}

async fn post_upload(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    caller: Caller,
    page: Visit,
    request: Request,
) -> Answer {
    let ticket = door.enter(&caller).await?;
    let mut form = body::read_form(request, &app, &ticket).await?;
    let to = api::destination_of(&form);
    match store(&app, &door, &caller, to, &mut form).await {
        Err(Trouble::Refusal(refusal)) if refusal.status < 500 => {
            let asking = caller.clone();
            let products = app.db.read(move |tx| names(tx, &asking)).await?;
            let typed = |name: &str| form.text(name).unwrap_or_default().to_owned();
            let shown = UploadPage {
                release: None,
                products,
                product: typed("product"),
                version: typed("version"),
                branch: typed("branch"),
                create: form.text("create").is_some(),
                refusal: Some(sentence(&page, &refusal)),
                page,
            };
            html_status(status_of(&refusal), &shown)
        }
        done => see_other(&done?),
    }
}

async fn post_for_release(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    request: Request,
) -> Answer {
    let id: ReleaseId = route::id(&id)?;
    let asking = caller.clone();
    let release = app
        .db
        .read(move |tx| releases::get_release(tx, &asking, id))
        .await?;
    let ticket = door.enter(&caller).await?;
    let mut form = body::read_form(request, &app, &ticket).await?;
    let to = Ok(Destination::Release(id));
    match store(&app, &door, &caller, to, &mut form).await {
        Err(Trouble::Refusal(refusal)) if refusal.status < 500 => {
            let shown = UploadPage {
                product: release.product_name.clone(),
                version: release.version.clone(),
                release: Some(release),
                products: Vec::new(),
                branch: String::new(),
                create: false,
                refusal: Some(sentence(&page, &refusal)),
                page,
            };
            html_status(status_of(&refusal), &shown)
        }
        done => see_other(&done?),
    }
}

/// Takes the form's document in; where to look at what came of it.
async fn store(
    app: &App,
    door: &Door,
    caller: &Caller,
    to: Result<Destination, Trouble>,
    form: &mut Form,
) -> Result<String, Trouble> {
    let to = to?;
    let document = form
        .document
        .take()
        .filter(|document| !document.bytes.is_empty())
        .ok_or_else(|| Refusal::field("sbom", "intake-file-missing"))?;
    let receipt = take_in(app, door, caller.clone(), to, "browser", document).await?;
    let how = match (receipt.intake.unchanged, receipt.intake.restored) {
        (true, _) => "unchanged",
        (_, true) => "restored",
        _ => "recorded",
    };
    Ok(format!("/sboms/{}/received?as={how}", receipt.intake.sbom))
}

fn sentence(page: &Visit, refusal: &Refusal) -> (&'static str, String) {
    (refusal.field.unwrap_or("form"), page.lang.refusal(refusal))
}

fn status_of(refusal: &Refusal) -> StatusCode {
    StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY)
}

#[derive(Template)]
#[template(path = "intake/received.html")]
struct ReceivedPage {
    page: Visit,
    /// `recorded`, `unchanged` or `restored`.
    how: &'static str,
    release: Release,
    sbom: SbomRow,
    reasons: Vec<(String, i64)>,
    findings: Counts,
}

impl ReceivedPage {
    /// The findings by urgency, those there are: state class, message key, number.
    fn parts(&self) -> Vec<(&'static str, i64)> {
        let counts = &self.findings;
        [
            ("intake-exploited", counts.exploited),
            ("intake-critical", counts.critical),
            ("intake-high", counts.high),
            ("intake-medium", counts.medium),
            ("intake-low", counts.low),
            ("intake-no-danger", counts.none),
            ("intake-unknown-severity", counts.unknown_severity),
        ]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .collect()
    }
}

async fn get_received(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let id: SbomId = route::id(&id)?;
    let (sbom, release, findings) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let sbom = sboms::get_sbom(tx, &caller, id)?;
            let release = releases::get_release(tx, &caller, sbom.release)?;
            let findings = findings::counts(tx, &caller, sbom.release)?;
            Ok((sbom, release, findings))
        })
        .await?;
    html(&ReceivedPage {
        how: match query.get("as").map(String::as_str) {
            Some("unchanged") => "unchanged",
            Some("restored") => "restored",
            _ => "recorded",
        },
        reasons: sbom
            .unidentified_reasons
            .iter()
            .map(|(code, count)| (sboms::reason_in_words(page.lang, code), *count))
            .collect(),
        page,
        release,
        sbom,
        findings,
    })
}
