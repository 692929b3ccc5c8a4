//! Our own upload API: `POST /api/bonafide/sboms?product=…&version=…`, the document as the body
//! or in a form.

use super::arrival::Ticket;
use super::body::{self, Document, Form, Kind};
use super::{Destination, Door, Named, Receipt, rules, take_in};
use crate::accounts::{Caller, Permission};
use crate::trouble::{Refusal, Trouble};
use crate::web::answer::{Answer, json};
use crate::web::route::{self, Access, Route};
use crate::web::visit::Freshness;
use crate::web::{App, Visit};
use axum::Extension;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;

/// The addresses of this API.
pub fn routes(door: &Door) -> Vec<Route> {
    let may = Access::Can(Permission::SbomsUpload);
    let mut post = route::post("/api/bonafide/sboms", may, post_sbom).up_to(body::BODY_BYTES_MAX);
    post.handler = post.handler.layer(Extension(door.clone()));
    vec![post]
}

async fn post_sbom(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    caller: Caller,
    page: Visit,
    Query(query): Query<Vec<(String, String)>>,
    request: Request,
) -> Answer {
    let ticket = door.enter(&caller).await?;
    let (form, document) = read(request, &app, &ticket, &query).await?;
    let to = destination_of(&form)?;
    let source = match form.text("source") {
        Some("cli") => "cli",
        _ => "api",
    };
    let receipt = take_in(&app, &door, caller, to, source, document).await?;
    let freshness = app
        .db
        .read(move |tx| crate::advisories::freshness(tx, &page))
        .await?;
    let status = if receipt.intake.unchanged {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    json(status, &in_json(&app, &receipt, &freshness))
}

async fn read(
    request: Request,
    app: &App,
    ticket: &Ticket,
    query: &[(String, String)],
) -> Result<(Form, Document), Trouble> {
    if body::kind(&request) == Kind::Multipart {
        let mut form = body::read_form(request, app, ticket)
            .await?
            .with_query(query);
        let document = form
            .document
            .take()
            .ok_or_else(|| Refusal::field("sbom", "intake-file-missing"))?;
        return Ok((form, document));
    }
    let document = body::read_raw(request, ticket).await?;
    Ok((Form::default().with_query(query), document))
}

/// Where the document belongs: `release=rel_…`, or `product` with `version` or `branch`.
pub fn destination_of(form: &Form) -> Result<Destination, Trouble> {
    if let Some(id) = form.text("release") {
        return Ok(Destination::Release(route::id(id)?));
    }
    let branch = form.text("branch").map(str::to_owned);
    let Some(version) = form.text("version").or(branch.as_deref()) else {
        let refusal = Refusal::field("version", "field-required").with("field", "version");
        return Err(refusal.into());
    };
    let (version, guessed) = rules::channel_of(version);
    Ok(Destination::Named(Named {
        product: form.text("product").unwrap_or_default().to_owned(),
        version,
        branch: branch.or(guessed),
        create: form.text("create").and_then(rules::flag).unwrap_or(false),
        is_latest: form.text("latest").and_then(rules::flag),
        labels: form.text("labels").map(rules::labels).unwrap_or_default(),
    }))
}

/// The answer: stable names, unknowns beside the numbers, and a URL to open.
fn in_json(app: &App, receipt: &Receipt, freshness: &[Freshness]) -> serde_json::Value {
    let Receipt {
        intake,
        release,
        findings,
    } = receipt;
    let freshness: Vec<_> = freshness
        .iter()
        .map(|feed| serde_json::json!({ "feed": feed.name, "state": feed.tone, "text": feed.text }))
        .collect();
    serde_json::json!({
        "sbom": intake.sbom,
        "release": release.id,
        "product": release.product_name,
        "version": release.version,
        "channel": release.channel,
        "revision": intake.revision,
        "unchanged": intake.unchanged,
        "restored": intake.restored,
        "components": intake.components,
        "unidentified": intake.unidentified_reasons,
        "warnings": intake.warnings.list,
        "warnings_left_out": intake.warnings.left_out,
        "findings": {
            "open": findings.open,
            "exploited": findings.exploited,
            "critical": findings.critical,
            "high": findings.high,
            "medium": findings.medium,
            "low": findings.low,
            "none": findings.none,
            "settled": findings.settled,
            "unknown_severity": findings.unknown_severity,
            "unchecked": findings.unchecked,
            "unchecked_for_want_of_a_feed": findings.blind,
        },
        "freshness": freshness,
        "url": format!("{}/releases/{}", app.config.base_url, release.id),
    })
}
