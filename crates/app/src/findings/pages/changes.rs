//! What changed between two releases of a product: components, licences, suppliers, and the flaws
//! that are open in this one and not in the other.

use super::marks;
use crate::accounts::Caller;
use crate::findings::{self, FindingRow};
use crate::ids::ReleaseId;
use crate::releases::{self, Release};
use crate::sboms::{self, Parsers, SbomRow};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::{Answer, App, Visit, html, route};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use bonafide_engine::diff::{self, Change, Diff, Edge, Listed};
use std::collections::BTreeSet;

/// Rows of each table on the page; the command line has all.
const ROWS_SHOWN: usize = 200;
/// Findings of each release that are looked at, the most urgent first.
const FINDINGS_MAX: usize = 5_000;

#[derive(Template)]
#[template(path = "findings/changes.html")]
struct ChangesPage {
    page: Visit,
    release: Release,
    /// The releases of the product to compare with, the newest first.
    others: Vec<Release>,
    other: Option<Release>,
    compared: Option<Compared>,
    caveats: Vec<String>,
}

/// Two releases side by side.
struct Compared {
    /// None when one of them has no SBOM.
    diff: Option<Diff>,
    new_flaws: Vec<FindingRow>,
    /// Whether there are more findings than were looked at.
    is_cut: bool,
}

/// One release: its document, and its open findings.
struct Side {
    release: Release,
    sbom: Option<SbomRow>,
    findings: Vec<FindingRow>,
    is_cut: bool,
}

fn side(tx: &mut Tx, caller: &Caller, id: ReleaseId) -> Result<Side, Trouble> {
    let ids = findings::order_of_release(tx, caller, id)?;
    let most = ids.len().min(FINDINGS_MAX);
    Ok(Side {
        release: releases::get_release(tx, caller, id)?,
        sbom: sboms::find_current(tx, caller, id)?,
        findings: findings::list_of_ids(tx, caller, &ids[..most])?,
        is_cut: most < ids.len(),
    })
}

/// Shows the page; without `with` only the choice of what to compare with.
pub async fn get_changes(
    State(app): State<App>,
    Extension(parsers): Extension<Parsers>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let id: ReleaseId = route::id(&id)?;
    let asked = Fields::from_pairs(pairs);
    let with = asked.get("with");
    let with: Option<ReleaseId> = match with.is_empty() {
        true => None,
        false => Some(route::id(with)?),
    };
    let (new, old, others) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let new = side(tx, &caller, id)?;
            let old = with.map(|with| side(tx, &caller, with)).transpose()?;
            let (mut others, _) = releases::list_of_product(tx, &caller, new.release.product)?;
            others.retain(|other| other.id != id);
            Ok((new, old, others))
        })
        .await?;
    let Some(old) = old else {
        return shown(page, new.release, others, None, None);
    };
    if old.release.product != new.release.product {
        return Err(Refusal::not_found().into());
    }
    let diff = match (old.sbom.clone(), new.sbom.clone()) {
        (Some(before), Some(after)) => {
            let blobs = app.blobs.clone();
            let work = move || {
                let read = |sbom: &SbomRow| sboms::read_fully(&sboms::read_original(&blobs, sbom)?);
                Ok(diff::compare(&read(&before)?, &read(&after)?))
            };
            Some(parsers.run(work).await?)
        }
        _ => None,
    };
    let compared = Compared {
        diff,
        is_cut: old.is_cut || new.is_cut,
        new_flaws: new_flaws(new.findings, &old.findings),
    };
    shown(page, new.release, others, Some(old.release), Some(compared))
}

/// Findings of flaws that the other release does not have, in their order.
fn new_flaws(findings: Vec<FindingRow>, than: &[FindingRow]) -> Vec<FindingRow> {
    let known: BTreeSet<i64> = than.iter().map(|row| row.vulnerability_id).collect();
    let new = findings.into_iter();
    new.filter(|row| !known.contains(&row.vulnerability_id))
        .collect()
}

fn shown(
    page: Visit,
    release: Release,
    others: Vec<Release>,
    other: Option<Release>,
    compared: Option<Compared>,
) -> Answer {
    html(&ChangesPage {
        caveats: marks::feed_caveats(&page),
        page,
        release,
        others,
        other,
        compared,
    })
}

impl ChangesPage {
    /// Facts that changed: id of the section, key of its title, list.
    fn facts<'l>(&self, diff: &'l Diff) -> Vec<(&'static str, &'static str, &'l Listed<Change>)> {
        vec![
            ("licences", "changes-licences", &diff.license_changed),
            ("suppliers", "changes-suppliers", &diff.supplier_changed),
            ("hashes", "changes-hashes", &diff.hash_changed),
        ]
    }

    /// Dependencies that came and went, likewise.
    fn links<'l>(&self, diff: &'l Diff) -> Vec<(&'static str, &'static str, &'l Listed<Edge>)> {
        vec![
            ("links-added", "changes-links-added", &diff.dependency_added),
            (
                "links-removed",
                "changes-links-removed",
                &diff.dependency_removed,
            ),
        ]
    }

    /// The rows of a list that the page shows.
    fn rows<'l, T>(&self, list: &'l Listed<T>) -> &'l [T] {
        &list.items[..list.items.len().min(ROWS_SHOWN)]
    }
}
