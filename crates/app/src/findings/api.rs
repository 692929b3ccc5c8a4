//! The same for programs: findings, flaws, judgements as JSON. Every answer carries what is unknown
//! and how old the feeds are.

use super::explain::{Answered, Explained, Found, get_finding as explain};
use super::exposure::{Exposed, get_exposure};
use super::{Counts, Filter, FindingRow, Judging};
use crate::accounts::Caller;
use crate::advisories::{self, Feed};
use crate::ids::FindingId;
use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::{Answer, App, answer, route, see_other};
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

/// The feeds and the worst tone among them.
pub async fn feeds(app: &App) -> Result<(Vec<Feed>, &'static str), Trouble> {
    let feeds = app.db.read(advisories::list_feeds).await?;
    let worst = advisories::worst(&feeds);
    Ok((feeds, worst))
}

/// Counts as JSON, the unknowns with them.
pub fn counts_json(counts: &Counts) -> Value {
    json!({
        "open": counts.open,
        "exploited": counts.exploited,
        "critical": counts.critical,
        "high": counts.high,
        "medium": counts.medium,
        "low": counts.low,
        "none": counts.none,
        "unknown_severity": counts.unknown_severity,
        "settled": counts.settled,
        "unchecked": counts.unchecked,
        "unchecked_for_want_of_a_feed": counts.blind,
        "components": counts.components,
        "has_sbom": counts.has_sbom,
    })
}

/// A finding as lists give it.
pub fn finding_json(row: &FindingRow) -> Value {
    json!({
        "id": row.id,
        "release": row.release,
        "product_name": row.product_name,
        "version": row.version,
        "component": row.purl,
        "vulnerability": row.vulnerability,
        "title": row.title,
        "severity": row.severity,
        "score": row.score,
        "exploited_by": row.exploited_by,
        "epss": row.epss,
        "status": row.status,
        "state": row.state,
        "gone_reason": row.gone_reason,
        "first_seen_at": row.first_seen_at,
        "url": format!("/findings/{}", row.id),
    })
}

/// A finding with its reasons.
pub fn explained_json(found: &Explained) -> Value {
    let reasons: Vec<Value> = found
        .reasons
        .iter()
        .map(|reason| {
            let (outcome, because) = match &reason.answer {
                Answered::Affected(found) => ("affected", json!(found)),
                Answered::Unknown(why) => ("unknown", json!(why)),
                Answered::Unreadable => ("unknown", json!({ "code": "other" })),
            };
            json!({
                "record": reason.record,
                "feed": reason.feed,
                "feed_source": reason.feed_source,
                "feed_checked_at": reason.feed_checked_at,
                "record_modified": reason.modified,
                "imported_at": reason.imported_at,
                "withdrawn": reason.is_withdrawn,
                "matched_at": reason.matched_at,
                "found_under": reason.guessed,
                "outcome": outcome,
                "because": because,
            })
        })
        .collect();
    let changes: Vec<Value> = found
        .changes
        .iter()
        .map(|(at, state, reason)| json!({ "at": at, "state": state, "reason": reason }))
        .collect();
    let mut value = finding_json(&found.row);
    value["product"] = json!(found.product);
    value["aliases"] = json!(found.vulnerability.aliases);
    value["exploitations"] = json!(found.vulnerability.exploitations);
    value["epss_score"] = json!(found.vulnerability.epss);
    value["fixed_versions"] = json!(found.fixed());
    value["reasons"] = json!(reasons);
    value["assessments"] = json!(found.history);
    value["changes"] = json!(changes);
    value["assessed_with_another_version"] = json!(found.earlier);
    value
}

fn exposed_json(exposed: &Exposed, feeds: &[Feed], worst: &str) -> Value {
    let findings: Vec<Value> = exposed.findings.iter().map(finding_json).collect();
    let undecided: Vec<Value> = exposed
        .undecided
        .iter()
        .map(|one| {
            json!({
                "release": one.release,
                "product_name": one.product_name,
                "version": one.version,
                "component": one.purl,
                "code": super::unknown_code(&one.reason),
            })
        })
        .collect();
    let releases: Vec<Value> = exposed
        .releases
        .iter()
        .map(|(release, state)| {
            json!({
                "release": release.release,
                "product": release.product,
                "product_name": release.product_name,
                "version": release.version,
                "channel": release.channel,
                "market": release.market,
                "state": state,
            })
        })
        .collect();
    let facts = exposed.vulnerability.as_ref().map(|found| {
        let records: Vec<&str> = found
            .advisories
            .iter()
            .map(|record| record.external_id.as_str())
            .collect();
        json!({
            "name": found.name,
            "title": found.title,
            "severity": found.severity,
            "score": found.score,
            "vector": found.vector,
            "informational": found.informational,
            "aliases": found.aliases,
            "exploitations": found.exploitations,
            "epss": found.epss,
            "records": records,
        })
    });
    json!({
        "asked": exposed.asked,
        "verdict": exposed.verdict().code(),
        "vulnerability": facts,
        "releases": releases,
        "findings": findings,
        "findings_total": exposed.found,
        "undecided": undecided,
        "unidentified_components": exposed.unknowns.unidentified,
        "ecosystems_without_feed": exposed.unknowns.blind,
        "releases_without_sbom": exposed.unknowns.releases - exposed.unknowns.releases_with_sbom,
        "feeds_worst": worst,
        "feeds": feeds,
    })
}

/// "Are we affected?" for programs.
pub async fn exposure_answer(app: &App, caller: Caller, name: &str) -> Answer {
    let asked = name.to_owned();
    let exposed = app
        .db
        .read(move |tx| get_exposure(tx, &caller, &asked))
        .await?;
    let (feeds, worst) = feeds(app).await?;
    answer::json(StatusCode::OK, &exposed_json(&exposed, &feeds, worst))
}

pub async fn get_vulnerability(
    State(app): State<App>,
    caller: Caller,
    Path(name): Path<String>,
) -> Answer {
    exposure_answer(&app, caller, &name).await
}

pub async fn get_finding(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id: FindingId = route::id(&id)?;
    let found = app.db.read(move |tx| explain(tx, &caller, id)).await?;
    match found {
        Found::Here(found) => answer::json(StatusCode::OK, &explained_json(&found)),
        Found::Moved(kept) => see_other(&format!("/api/bonafide/findings/{kept}")),
    }
}

pub async fn get_queue(
    State(app): State<App>,
    caller: Caller,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let fields = Fields::from_pairs(pairs);
    let filter = Filter {
        product: fields.get("product").parse().ok(),
        status: fields.opt("status").map(str::to_owned),
        is_exploited: fields.is_ticked("exploited"),
    };
    super::pages::whole_queue(app, caller, filter).await
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Posted {
    findings: Vec<FindingId>,
    status: String,
    #[serde(default)]
    justification: Option<String>,
    #[serde(default)]
    detail: String,
    #[serde(default)]
    scope: Option<String>,
    #[serde(default)]
    expires_on: Option<String>,
}

pub async fn post_assessments(State(app): State<App>, caller: Caller, body: Bytes) -> Answer {
    let posted: Posted =
        serde_json::from_slice(&body).map_err(|_| Refusal::new(400, "finding-json-unreadable"))?;
    let judged = app
        .db
        .write(move |tx| {
            let judging = Judging {
                status: &posted.status,
                justification: posted.justification.as_deref(),
                detail: &posted.detail,
                scope: posted.scope.as_deref(),
                expires_on: posted.expires_on.as_deref(),
            };
            super::assess_findings(tx, &caller, &posted.findings, &judging)
        })
        .await?;
    answer::json(StatusCode::CREATED, &json!({ "assessed": judged }))
}
