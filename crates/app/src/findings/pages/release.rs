//! The findings of one release, with what of it could not be checked.

use super::marks::{self, Mark};
use crate::accounts::Caller;
use crate::findings::{self, Counts, Coverage, FindingRow, api};
use crate::ids::{FindingId, ReleaseId};
use crate::releases::{self, Release};
use crate::sboms;
use crate::trouble::Trouble;
use crate::web::forms::Fields;
use crate::web::{Answer, App, Visit, answer, html, route};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use std::sync::Arc;

/// Findings on one page.
const PAGE_ROWS: usize = 200;
/// Findings read at once for a table file.
const EXPORT_ROWS: usize = 500;

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
    previous: Option<String>,
    next: Option<String>,
}

struct Shown {
    row: FindingRow,
    severity: String,
    epss: String,
    exploited: Vec<String>,
    mark: Mark,
}

/// A release with what is known of it, and its findings by id, the most urgent first.
struct Loaded {
    release: Release,
    counts: Counts,
    coverage: Coverage,
    ids: Vec<FindingId>,
    rows: Vec<FindingRow>,
}

/// Loads a release with the findings from `first` on, at most `most`.
async fn load(
    app: &App,
    caller: Caller,
    id: &str,
    first: usize,
    most: usize,
) -> Result<Loaded, Trouble> {
    let id: ReleaseId = route::id(id)?;
    app.db
        .read(move |tx| {
            let ids = findings::order_of_release(tx, &caller, id)?;
            let from = first.min(ids.len());
            let until = from.saturating_add(most).min(ids.len());
            Ok(Loaded {
                release: releases::get_release(tx, &caller, id)?,
                counts: findings::counts(tx, &caller, id)?,
                coverage: findings::coverage(tx, &caller, id)?,
                rows: findings::list_of_ids(tx, &caller, &ids[from..until])?,
                ids,
            })
        })
        .await
}

pub async fn get_findings(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let asked = Fields::from_pairs(pairs);
    let number = asked.get("page").parse::<usize>().unwrap_or(1).max(1);
    let first = (number - 1).saturating_mul(PAGE_ROWS);
    let found = load(&app, caller, &id, first, PAGE_ROWS).await?;
    let total = found.ids.len();
    let rows: Vec<Shown> = found
        .rows
        .into_iter()
        .map(|row| shown(&page, row))
        .collect();
    let last = first.saturating_add(rows.len()).min(total);
    let range = page.t2("triage-range", "first", (first + 1).min(last), "last", last);
    let to = |number: usize| format!("/releases/{id}/findings?page={number}");
    html(&ReleasePage {
        lede: lede(&page, &found.counts),
        caveats: marks::feed_caveats(&page),
        unchecked: unchecked(&page, &found.coverage),
        showing: page.t2("triage-showing", "range", range, "total", total),
        previous: (number > 1).then(|| to(number - 1)),
        next: (last < total && !rows.is_empty()).then(|| to(number + 1)),
        release: found.release,
        counts: found.counts,
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

fn cells(row: &FindingRow) -> [String; 9] {
    [
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
}

pub async fn get_findings_csv(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    let found = load(&app, caller.clone(), &id, 0, 0).await?;
    let head = marks::csv_lines([COLUMNS.map(str::to_owned)])?;
    let file = ("findings.csv", "text/csv; charset=utf-8");
    export(app, caller, found.ids, head, file, b"", |rows, _| {
        marks::csv_lines(rows.iter().map(cells))
    })
}

pub async fn get_findings_json(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    let found = load(&app, caller.clone(), &id, 0, 0).await?;
    let (feeds, worst) = api::feeds(&app).await?;
    let release = found.release;
    let head = serde_json::json!({
        "release": release.id,
        "product": release.product,
        "product_name": release.product_name,
        "version": release.version,
        "counts": api::counts_json(&found.counts),
        "coverage": found.coverage,
        "feeds_worst": worst,
        "feeds": feeds,
    });
    let head = marks::json_opened(&head, "findings")?;
    let file = ("findings.json", "application/json");
    let mut answer = export(app, caller, found.ids, head, file, b"]}", |rows, first| {
        marks::json_lines(rows.iter().map(api::finding_json), first)
    })?;
    // Read where it is opened, like every other answer in JSON.
    answer.headers_mut().remove(header::CONTENT_DISPOSITION);
    Ok(answer)
}

/// A table file of these findings, made while it is read: `write` puts some of them into bytes
/// and is told whether they are the first; `ended` closes the file.
fn export(
    app: App,
    caller: Caller,
    ids: Vec<FindingId>,
    head: Vec<u8>,
    (name, kind): (&'static str, &str),
    ended: &'static [u8],
    write: fn(&[FindingRow], bool) -> anyhow::Result<Vec<u8>>,
) -> Answer {
    let ids = Arc::new(ids);
    answer::download_in_pieces(name, kind, Some((head, 0)), move |state| {
        let (app, caller, ids) = (app.clone(), caller.clone(), ids.clone());
        async move {
            let Some((mut piece, first)) = state else {
                return Ok(None);
            };
            let until = ids.len().min(first + EXPORT_ROWS);
            let wanted = ids.clone();
            let rows = app
                .db
                .read(move |tx| findings::list_of_ids(tx, &caller, &wanted[first..until]))
                .await?;
            piece.extend(write(&rows, first == 0)?);
            if until == ids.len() {
                piece.extend_from_slice(ended);
                return Ok(Some((piece, None)));
            }
            Ok(Some((piece, Some((Vec::new(), until)))))
        }
    })
}
