//! The findings of one release, with what of it could not be checked.

use super::marks::{self, Mark};
use crate::accounts::Caller;
use crate::findings::{self, Counts, Coverage, FindingRow, api};
use crate::ids::ReleaseId;
use crate::releases::{self, Release};
use crate::sboms;
use crate::trouble::Trouble;
use crate::web::{Answer, App, Visit, answer, html, route};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

/// Findings on one page; the rest is in the table files.
const SHOWN_MAX: usize = 500;

#[derive(Template)]
#[template(path = "findings/release.html")]
struct ReleasePage {
    page: Visit,
    release: Release,
    counts: Counts,
    lede: String,
    caveats: Vec<String>,
    unchecked: Vec<(String, i64)>,
    rows: Vec<Shown>,
    showing: String,
}

struct Shown {
    row: FindingRow,
    severity: String,
    epss: String,
    exploited: Vec<String>,
    mark: Mark,
}

type Loaded = (Release, Counts, Coverage, Vec<FindingRow>);

async fn load(app: &App, caller: Caller, id: &str) -> Result<Loaded, Trouble> {
    let id: ReleaseId = route::id(id)?;
    app.db
        .read(move |tx| {
            let release = releases::get_release(tx, &caller, id)?;
            let counts = findings::counts(tx, &caller, id)?;
            let coverage = findings::coverage(tx, &caller, id)?;
            let rows = findings::list_of_release(tx, &caller, id)?;
            Ok((release, counts, coverage, rows))
        })
        .await
}

pub async fn get_findings(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    let (release, counts, coverage, rows) = load(&app, caller, &id).await?;
    let total = rows.len();
    let rows: Vec<Shown> = rows
        .into_iter()
        .take(SHOWN_MAX)
        .map(|row| shown(&page, row))
        .collect();
    html(&ReleasePage {
        lede: lede(&page, &counts),
        caveats: marks::feed_caveats(&page),
        unchecked: unchecked(&page, &coverage),
        showing: page.t2("triage-showing", "range", rows.len(), "total", total),
        release,
        counts,
        rows,
        page,
    })
}

/// What was found, and in the same breath what could not be checked.
fn lede(page: &Visit, counts: &Counts) -> String {
    if !counts.has_sbom {
        return page.t("finding-release-no-sbom");
    }
    let fresh = marks::feed_caveats(page).is_empty();
    let found = match counts.open {
        0 if counts.unchecked == 0 && fresh => page.t("finding-release-none"),
        0 => page.t("finding-release-none-but"),
        n => page.t2(
            "finding-release-some",
            "n",
            n,
            "exploited",
            counts.exploited,
        ),
    };
    let covered = if counts.unchecked == 0 {
        page.t1("finding-release-covered", "n", counts.components)
    } else {
        page.t2(
            "finding-release-uncovered",
            "unchecked",
            counts.unchecked,
            "n",
            counts.components,
        )
    };
    format!("{found} {covered}")
}

fn unchecked(page: &Visit, coverage: &Coverage) -> Vec<(String, i64)> {
    let identified = coverage
        .unidentified
        .iter()
        .map(|(code, n)| (sboms::reason_in_words(page.lang, code), *n));
    let decided = coverage
        .undecided
        .iter()
        .map(|(code, n)| (super::finding::unknown(page.lang, code), *n));
    let blind = coverage.blind.iter().map(|(ecosystem, n)| {
        (
            page.t1("finding-unchecked-blind", "ecosystem", ecosystem),
            *n,
        )
    });
    identified.chain(decided).chain(blind).collect()
}

fn shown(page: &Visit, row: FindingRow) -> Shown {
    let by: Vec<(String, String)> = row
        .exploited_by
        .iter()
        .map(|source| (source.clone(), String::new()))
        .collect();
    Shown {
        severity: marks::severity(page.lang, &row.severity, row.score),
        epss: row.epss.map(marks::percent).unwrap_or_default(),
        exploited: marks::exploited(page.lang, &by),
        mark: marks::mark(page.lang, &row.status),
        row,
    }
}

const COLUMNS: [&str; 9] = [
    "finding",
    "component",
    "vulnerability",
    "title",
    "severity",
    "score",
    "epss",
    "exploited_by",
    "status",
];

pub async fn get_findings_csv(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    let (_, _, _, rows) = load(&app, caller, &id).await?;
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            vec![
                row.id.to_string(),
                row.purl.clone(),
                row.vulnerability.clone(),
                row.title.clone(),
                row.severity.clone(),
                row.score.map(|s| s.to_string()).unwrap_or_default(),
                row.epss.map(|s| s.to_string()).unwrap_or_default(),
                row.exploited_by.join(" "),
                row.status.clone(),
            ]
        })
        .collect();
    marks::csv("findings.csv", &COLUMNS, &rows)
}

pub async fn get_findings_json(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    let (release, counts, coverage, rows) = load(&app, caller, &id).await?;
    let (feeds, worst) = api::feeds(&app).await?;
    let findings: Vec<serde_json::Value> = rows.iter().map(api::finding_json).collect();
    answer::json(
        StatusCode::OK,
        &serde_json::json!({
            "release": release.id,
            "product": release.product,
            "product_name": release.product_name,
            "version": release.version,
            "counts": api::counts_json(&counts),
            "coverage": coverage,
            "feeds_worst": worst,
            "feeds": feeds,
            "findings": findings,
        }),
    )
}
