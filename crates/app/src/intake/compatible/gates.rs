//! What clients read before and after an upload: who they are, which version answers, findings,
//! policy violations and figures of a project.

use super::answers::{self, derived_uuid, uuid_text};
use super::projects::{self, slice_of};
use super::reports;
use super::upload::release_of;
use crate::accounts::{Caller, Permission};
use crate::advisories;
use crate::findings::{self, FindingRow};
use crate::ids::{FindingId, Id, ReleaseId};
use crate::intake::store::{self, Project, Slice};
use crate::sboms;
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use crate::web::App;
use crate::web::answer::{Answer, download};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse as _;
use bonafide_engine::purl::Purl;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The version of Dependency-Track whose upload API this one follows.
pub const FOLLOWED_VERSION: &str = "4.14.0";
/// When this description of it was made; clients parse it and use it for nothing.
const TIMESTAMP: &str = "2026-11-23T00:00:00Z";

/// `GET /api/version`, for everybody. One client parses every UUID strictly.
pub async fn get_version(State(app): State<App>) -> Answer {
    Ok(answers::ok(&json!({
        "version": FOLLOWED_VERSION,
        "timestamp": TIMESTAMP,
        "uuid": derived_uuid("version", FOLLOWED_VERSION),
        "systemUuid": derived_uuid("system", &app.config.base_url),
        "application": "Dependency-Track",
        "framework": {
            "name": "Alpine",
            "version": "3.4.0",
            "timestamp": TIMESTAMP,
            "uuid": derived_uuid("framework", "3.4.0"),
        },
    })))
}

/// Our permissions under the names clients look for. Reading findings stands under two names,
/// because one client asks for the older one.
const PERMISSIONS: &[(Permission, &[&str])] = &[
    (Permission::SbomsUpload, &["BOM_UPLOAD"]),
    (Permission::ProductsRead, &["VIEW_PORTFOLIO"]),
    (
        Permission::FindingsRead,
        &[
            "VULNERABILITY_ANALYSIS",
            "VIEW_VULNERABILITY",
            "VIEW_POLICY_VIOLATION",
        ],
    ),
    (Permission::ReleasesWrite, &["PROJECT_CREATION_UPLOAD"]),
    (Permission::ProductsWrite, &["PORTFOLIO_MANAGEMENT"]),
];

/// `GET /api/v1/team/self`
pub async fn get_team(caller: Caller) -> Answer {
    let names: Vec<Value> = PERMISSIONS
        .iter()
        .filter(|(permission, _)| caller.may(*permission))
        .flat_map(|(_, names)| names.iter())
        .map(|name| json!({ "name": name }))
        .collect();
    Ok(answers::ok(&json!({
        "uuid": uuid_text(caller.organisation.uuid()),
        "name": caller.actor.name(),
        "permissions": names,
    })))
}

/// What a client sends that wants the findings page by page; Dependency-Track gives all at once,
/// and a gate that asks once must see them all.
const PAGED_BY: [&str; 4] = ["pageSize", "limit", "pageNumber", "offset"];

/// `GET /api/v1/finding/project/{uuid}`, as SARIF for those who accept it.
pub async fn get_findings(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Answer {
    let id = release_of(&id).ok_or_else(Refusal::not_found)?;
    let accepted = headers.get_all(header::ACCEPT).iter();
    let is_sarif = accepted
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains(reports::SARIF));
    if is_sarif {
        let found = app.db.read(move |tx| found(tx, &caller, id, None)).await?;
        let kind = [(header::CONTENT_TYPE, reports::SARIF)];
        return Ok((kind, reports::sarif(&found).to_string()).into_response());
    }
    let is_paged = PAGED_BY.iter().any(|name| query.contains_key(*name));
    let slice = is_paged.then(|| slice_of(&query));
    let found = app
        .db
        .read(move |tx| found(tx, &caller, id, slice.as_ref()))
        .await?;
    let items: Vec<Value> = found.findings().collect();
    Ok(answers::list(&items, found.total))
}

/// `GET /api/v1/finding/project/{uuid}/export`: the File Packaging Format for findings.
pub async fn get_export(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id = release_of(&id).ok_or_else(Refusal::not_found)?;
    let (found, now) = app
        .db
        .read(move |tx| -> Result<_, Trouble> { Ok((found(tx, &caller, id, None)?, tx.now())) })
        .await?;
    let report = reports::packaged(&found, &app.config.base_url, now);
    let name = format!("findings-{}.fpf.json", found.project.version);
    download(&name, "application/json", report.to_string().into_bytes())
}

/// Findings of a project with what stands around them.
pub struct Found {
    pub project: Project,
    pub rows: Vec<FindingRow>,
    pub aliases: BTreeMap<i64, Vec<String>>,
    /// All of them, whatever part `rows` is.
    pub total: usize,
    /// Components about which something stays unknown.
    pub unchecked: i64,
}

impl Found {
    /// As clients read them.
    pub fn findings(&self) -> impl Iterator<Item = Value> {
        let rows = self.rows.iter();
        rows.map(|row| {
            finding(
                self.project.release,
                row,
                self.aliases.get(&row.vulnerability_id),
            )
        })
    }
}

/// The findings of a release, or a part of them, the most urgent first.
pub fn found(
    tx: &mut Tx,
    caller: &Caller,
    id: ReleaseId,
    slice: Option<&Slice>,
) -> Result<Found, Trouble> {
    let project = projects::get(tx, caller, id)?;
    let all = findings::order_of_release(tx, caller, id)?;
    refuse_blind(tx, caller, id, all.is_empty())?;
    let (from, most) = match slice {
        Some(slice) => (
            usize::try_from(slice.offset).unwrap_or(usize::MAX),
            usize::try_from(slice.rows).unwrap_or(0),
        ),
        None => (0, usize::MAX),
    };
    let wanted: Vec<FindingId> = all.iter().copied().skip(from).take(most).collect();
    let rows = findings::list_of_ids(tx, caller, &wanted)?;
    let known: BTreeSet<i64> = rows.iter().map(|row| row.vulnerability_id).collect();
    Ok(Found {
        project,
        aliases: store::aliases(tx, &known)?,
        rows,
        total: all.len(),
        unchecked: findings::coverage(tx, caller, id)?.unchecked(),
    })
}

/// An empty list reads "clean" to a gate. With feeds that are old or missing it would mean "could
/// not look", which this API has no words for, so the answer is refused in a sentence.
fn refuse_blind(
    tx: &mut Tx,
    caller: &Caller,
    release: ReleaseId,
    is_empty: bool,
) -> Result<(), Trouble> {
    if !is_empty {
        return Ok(());
    }
    match is_blind(tx, caller, release)? {
        true => Err(Refusal::new(503, "findings-blind").into()),
        false => Ok(()),
    }
}

/// Whether feeds that are old or missing leave open what there may be in a release.
pub fn is_blind(tx: &mut Tx, caller: &Caller, release: ReleaseId) -> Result<bool, Trouble> {
    let feeds = advisories::list_feeds(tx)?;
    // An ecosystem nobody configured a feed for is missed by nobody but its components.
    Ok(matches!(advisories::worst(&feeds), "stale" | "missing")
        || !findings::coverage(tx, caller, release)?.blind.is_empty())
}

fn finding(release: ReleaseId, row: &FindingRow, aliases: Option<&Vec<String>>) -> Value {
    let purl = Purl::parse(&row.purl).ok();
    let component = derived_uuid("component", &row.purl);
    let vulnerability = derived_uuid("vulnerability", &row.vulnerability);
    let (severity, rank) = severity(&row.severity);
    json!({
        "component": {
            "uuid": component,
            "name": purl.as_ref().map_or(row.purl.as_str(), |p| p.name.as_str()),
            "group": purl.as_ref().and_then(|p| p.namespace.as_deref()),
            "version": purl.as_ref().and_then(|p| p.version.as_deref()),
            "purl": row.purl,
            "project": uuid_text(release.uuid()),
        },
        "vulnerability": {
            "uuid": vulnerability,
            "source": source(&row.vulnerability),
            "vulnId": row.vulnerability,
            "title": row.title,
            "subtitle": null,
            "description": null,
            "recommendation": null,
            "severity": severity,
            "severityRank": rank,
            "cvssV3BaseScore": row.score,
            "epssScore": row.epss,
            "cwes": [],
            "aliases": [alias_object(&row.vulnerability, aliases)],
        },
        "analysis": { "state": analysis(&row.status), "isSuppressed": false },
        "matrix": format!("{}:{component}:{vulnerability}", release.uuid()),
    })
}

/// One object with a member for each kind of name.
fn alias_object(name: &str, aliases: Option<&Vec<String>>) -> Value {
    let mut object = serde_json::Map::new();
    let names = aliases.into_iter().flatten().map(String::as_str);
    for alias in std::iter::once(name).chain(names) {
        let member = match source(alias) {
            "NVD" => "cveId",
            "GITHUB" => "ghsaId",
            _ => "osvId",
        };
        object.entry(member).or_insert_with(|| alias.into());
    }
    Value::Object(object)
}

pub fn source(name: &str) -> &'static str {
    if name.starts_with("CVE-") {
        "NVD"
    } else if name.starts_with("GHSA-") {
        "GITHUB"
    } else {
        "OSV"
    }
}

pub fn severity(ours: &str) -> (&'static str, u8) {
    match ours {
        "critical" => ("CRITICAL", 0),
        "high" => ("HIGH", 1),
        "medium" => ("MEDIUM", 2),
        "low" => ("LOW", 3),
        "none" => ("INFO", 4),
        _ => ("UNASSIGNED", 5),
    }
}

pub fn analysis(status: &str) -> &'static str {
    match status {
        "under_investigation" => "IN_TRIAGE",
        "affected" => "EXPLOITABLE",
        "not_affected" => "NOT_AFFECTED",
        "fixed" => "RESOLVED",
        _ => "NOT_SET",
    }
}

/// `GET /api/v1/violation/project/{uuid}`: there are no policies of that kind here.
pub async fn get_violations(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    let id = release_of(&id).ok_or_else(Refusal::not_found)?;
    app.db
        .read(move |tx| projects::get(tx, &caller, id))
        .await?;
    Ok(answers::list(&[], 0))
}

/// `GET /api/v1/metrics/project/{uuid}/current`
pub async fn get_metrics(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id = release_of(&id).ok_or_else(Refusal::not_found)?;
    let value = app
        .db
        .read(move |tx| -> Result<Value, Trouble> {
            projects::get(tx, &caller, id)?;
            let sbom = sboms::find_current(tx, &caller, id)?;
            let counts = findings::counts(tx, &caller, id)?;
            let all = findings::order_of_release(tx, &caller, id)?;
            let rows = findings::list_of_ids(tx, &caller, &all)?;
            refuse_blind(tx, &caller, id, rows.is_empty())?;
            let purls: BTreeSet<&str> = rows.iter().map(|row| row.purl.as_str()).collect();
            let open = |row: &&FindingRow| row.status == "not_assessed";
            let unaudited = rows.iter().filter(open).count();
            let first = sbom.as_ref().map(|s| s.created_at.as_millisecond());
            Ok(json!({
                "inheritedRiskScore": 10 * counts.critical + 5 * counts.high + 3 * counts.medium
                    + counts.low + 5 * counts.unknown_severity,
                "critical": counts.critical,
                "high": counts.high,
                "medium": counts.medium,
                "low": counts.low,
                "unassigned": counts.unknown_severity,
                "vulnerabilities": counts.open,
                "vulnerableComponents": purls.len(),
                "components": sbom.as_ref().map_or(0, |s| s.components),
                // Not Dependency-Track's: what the figures above do not cover.
                "unchecked": counts.unchecked,
                "uncheckedForWantOfAFeed": counts.blind,
                "suppressed": 0,
                "findingsTotal": rows.len(),
                "findingsAudited": rows.len() - unaudited,
                "findingsUnaudited": unaudited,
                "firstOccurrence": first,
                "lastOccurrence": tx.now().as_millisecond(),
            }))
        })
        .await?;
    Ok(answers::ok(&value))
}

/// `GET /api/v1/metrics/project/{uuid}/refresh`: figures are always those of this moment.
pub async fn get_refresh() -> Answer {
    Ok(answers::text(axum::http::StatusCode::OK, ""))
}
