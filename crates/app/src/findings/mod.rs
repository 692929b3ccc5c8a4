//! Component × vulnerability in a release (Annex I Part II (1) and (2)): matching runs here, once
//! per package version, and every finding can say which identifier, range and record made it.
//!
//! A component that cannot be checked is counted, never passed over: no number here may be read
//! as "clean" without its unknowns and the age of the feeds beside it.

mod again;
mod api;
mod check;
mod component;
mod explain;
mod exposure;
mod jobs;
mod judging;
mod matching;
mod pages;
mod rules;
mod standing;
mod store;
pub mod vex;

pub use again::{ReadAgain, read_sboms_again, schedule_reading};
pub use check::{Checked, check_everything};
pub use exposure::{Exposed, get_exposure};
pub use jobs::{handle, import, schedule, sync};
pub use judging::{Judging, assess_findings, expire};
pub use pages::routes;
pub use rules::{JUSTIFICATIONS, Scope, Status};
pub use standing::{Difference, follow};
pub use store::assessments::Assessment;
pub use store::assessments::STATEMENTS as ASSESSMENTS_STATEMENTS;
pub use store::component::STATEMENTS as COMPONENT_STATEMENTS;
pub use store::lists::STATEMENTS as LISTS_STATEMENTS;
pub use store::lists::{Filter, Line, Totals, Unknowns};
pub use store::matching::STATEMENTS as MATCHING_STATEMENTS;
pub use store::release::STATEMENTS as RELEASE_STATEMENTS;
pub use store::standing::STATEMENTS as STANDING_STATEMENTS;
pub use vex::STATEMENTS as VEX_STATEMENTS;

use crate::accounts::{Caller, Permission};
use crate::ids::{FindingId, ReleaseId};
use crate::store::{Turn, Tx};
use crate::trouble::Trouble;
use bonafide_engine::package::PackageKey;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Most findings of one release or one vulnerability that are listed at once.
pub const LIST_MAX: i64 = 2_000;

/// Brings a release's findings in line with its current SBOM: matches `new_package_versions`
/// against all advisories, materialises findings, closes those whose component is gone, and
/// queues `Job::ConsiderExploited` for each known-exploited flaw. In the caller's transaction.
pub fn refresh_release(
    tx: &mut Tx,
    caller: &Caller,
    release: ReleaseId,
    new_package_versions: &[i64],
) -> Result<Counts, Trouble> {
    tx.take_turn(Turn::Matching)?;
    matching::match_versions(tx, new_package_versions)?;
    standing::refresh_release(tx, caller, release)?;
    count(tx, caller, release)
}

/// Queues `Job::ConsiderExploited` for what is exploited in a release, after a person said that it
/// is on the market.
pub fn consider_release(tx: &mut Tx, caller: &Caller, release: ReleaseId) -> Result<(), Trouble> {
    standing::consider_release(tx, caller, release)
}

/// Open findings of a release by what matters, with what could not be checked. Findings judged
/// "not affected" or "fixed" are not counted as open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub open: i64,
    pub exploited: i64,
    pub critical: i64,
    pub high: i64,
    pub medium: i64,
    pub low: i64,
    /// Rated as no danger: notices such as "unmaintained".
    pub none: i64,
    pub unknown_severity: i64,
    /// Judged not affected or fixed.
    pub settled: i64,
    /// Components that could not be checked at all, whose version no rule could order, or whose
    /// ecosystem's feed is missing or too old.
    pub unchecked: i64,
    /// The last of these, by ecosystem.
    pub blind: BTreeMap<String, i64>,
    /// Components of the current SBOM; none without one.
    pub components: i64,
    /// Whether there is an SBOM at all: without one nothing was checked.
    pub has_sbom: bool,
}

/// Counts of a release: for whoever reads findings, and for whoever uploads, who is told what came
/// of it.
pub fn counts(tx: &mut Tx, caller: &Caller, release: ReleaseId) -> Result<Counts, Trouble> {
    caller.require_any(&[Permission::FindingsRead, Permission::SbomsUpload])?;
    crate::releases::get_release(tx, caller, release)?;
    count(tx, caller, release)
}

fn count(tx: &mut Tx, caller: &Caller, release: ReleaseId) -> Result<Counts, Trouble> {
    let mut counts = store::release::counts(tx, caller.organisation, release)?;
    let coverage = coverage_of(tx, caller, release)?;
    counts.has_sbom = coverage.sbom_at.is_some();
    counts.components = coverage.components;
    counts.unchecked = coverage.unchecked();
    counts.blind = coverage.blind;
    Ok(counts)
}

/// What of a release's current SBOM could be checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Coverage {
    /// When the SBOM came; nothing without one.
    pub sbom_at: Option<Timestamp>,
    pub components: i64,
    /// Without an identifier we can look up, by reason.
    pub unidentified: BTreeMap<String, i64>,
    /// Package versions of which some advisory could not be decided, by reason.
    pub undecided: BTreeMap<String, i64>,
    /// Components of ecosystems whose feed is missing or too old: what it would say of them is
    /// unknown, whatever else was found.
    pub blind: BTreeMap<String, i64>,
}

impl Coverage {
    /// Components about which something stays unknown.
    pub fn unchecked(&self) -> i64 {
        let parts = [&self.unidentified, &self.undecided, &self.blind];
        parts.into_iter().flat_map(BTreeMap::values).sum()
    }
}

/// What of a release could be checked.
pub fn coverage(tx: &mut Tx, caller: &Caller, release: ReleaseId) -> Result<Coverage, Trouble> {
    caller.require(Permission::FindingsRead)?;
    crate::releases::get_release(tx, caller, release)?;
    coverage_of(tx, caller, release)
}

fn coverage_of(tx: &mut Tx, caller: &Caller, release: ReleaseId) -> Result<Coverage, Trouble> {
    let Some(sbom) = store::release::sbom(tx, caller.organisation, release)? else {
        return Ok(Coverage::default());
    };
    let mut reasons: BTreeMap<String, i64> =
        serde_json::from_str(&sbom.reasons).unwrap_or_default();
    // Whatever the reasons leave open is still unidentified.
    let named: i64 = reasons.values().sum();
    if sbom.unidentified > named {
        *reasons.entry("other".into()).or_default() += sbom.unidentified - named;
    }
    reasons.retain(|_, count| *count > 0);
    let mut undecided: BTreeMap<String, i64> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let blind = crate::advisories::blind_ecosystems(tx)?;
    for (version, reason, ecosystem) in store::release::undecided(tx, caller.organisation, release)?
    {
        // A component is counted once: the feed is the wider reason, and what is looked up by
        // something else than its registry is unidentified already.
        let is_blind = blind.contains(crate::advisories::base_of(&ecosystem));
        if !is_blind && !is_unidentified(&ecosystem) && seen.insert(version) {
            *undecided.entry(unknown_code(&reason)).or_default() += 1;
        }
    }
    Ok(Coverage {
        sbom_at: Some(sbom.created_at),
        components: sbom.components,
        unidentified: reasons,
        undecided,
        blind: store::release::of_ecosystems(tx, caller.organisation, release, &blind)?,
    })
}

/// Whether components under a key of this kind count as unidentified.
fn is_unidentified(ecosystem: &str) -> bool {
    matches!(
        ecosystem,
        PackageKey::CPE | PackageKey::GIT | PackageKey::NAME
    )
}

/// The code in the engine's "unknown".
pub(crate) fn unknown_code(reason: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(reason).unwrap_or_default();
    let code = value.get("code").and_then(|code| code.as_str());
    code.unwrap_or("other").to_owned()
}

/// A finding as lists show it.
#[derive(Debug, Clone)]
pub struct FindingRow {
    pub id: FindingId,
    pub release: ReleaseId,
    pub product_name: String,
    pub version: String,
    pub purl: String,
    pub vulnerability_id: i64,
    pub vulnerability: String,
    pub title: String,
    pub severity: String,
    pub score: Option<f64>,
    /// Sources that say it is exploited.
    pub exploited_by: Vec<String>,
    pub epss: Option<f64>,
    /// Status of the newest assessment, `not_assessed` when there is none.
    pub status: String,
    /// `open`, `gone`
    pub state: String,
    /// `component-removed`, `advisory-withdrawn`, `range-narrowed`, `merged`
    pub gone_reason: Option<String>,
    pub first_seen_at: Timestamp,
}

/// Open findings of a release, the most urgent first, at most [`LIST_MAX`].
pub fn list_of_release(
    tx: &mut Tx,
    caller: &Caller,
    release: ReleaseId,
) -> Result<Vec<FindingRow>, Trouble> {
    let ids = order_of_release(tx, caller, release)?;
    let most = ids.len().min(LIST_MAX as usize);
    list_of_ids(tx, caller, &ids[..most])
}

/// The ids of all open findings of a release, the most urgent first, to page through them with
/// [`list_of_ids`].
pub fn order_of_release(
    tx: &mut Tx,
    caller: &Caller,
    release: ReleaseId,
) -> Result<Vec<FindingId>, Trouble> {
    caller.require(Permission::FindingsRead)?;
    crate::releases::get_release(tx, caller, release)?;
    Ok(store::release::order(tx, caller.organisation, release)?)
}

/// Those of these findings that the caller may see, in this order.
pub fn list_of_ids(
    tx: &mut Tx,
    caller: &Caller,
    ids: &[FindingId],
) -> Result<Vec<FindingRow>, Trouble> {
    caller.require(Permission::FindingsRead)?;
    let product = caller.only_product;
    Ok(store::release::some(tx, caller.organisation, product, ids)?)
}

/// The triage queue: one line per flaw over all of the organisation's products, the most urgent
/// first; how many lines there are in all.
pub fn list_queue(
    tx: &mut Tx,
    caller: &Caller,
    filter: &Filter,
    page: (i64, i64),
) -> Result<(Vec<Line>, i64), Trouble> {
    let filter = visible(caller, filter)?;
    let notable = rules::EPSS_NOTABLE;
    Ok(store::lists::queue(
        tx,
        caller.organisation,
        &filter,
        notable,
        page,
    )?)
}

/// The flaws of all lines of the queue, to page through them with [`list_of_queue`]: what is read
/// piece by piece while people judge would otherwise skip lines or bring some twice.
pub fn order_of_queue(tx: &mut Tx, caller: &Caller, filter: &Filter) -> Result<Vec<i64>, Trouble> {
    let filter = visible(caller, filter)?;
    let notable = rules::EPSS_NOTABLE;
    Ok(store::lists::queue_order(
        tx,
        caller.organisation,
        &filter,
        notable,
    )?)
}

/// The lines of these flaws in this order; those that left the queue meanwhile are left out.
pub fn list_of_queue(
    tx: &mut Tx,
    caller: &Caller,
    filter: &Filter,
    flaws: &[i64],
) -> Result<Vec<Line>, Trouble> {
    let filter = visible(caller, filter)?;
    Ok(store::lists::queue_some(
        tx,
        caller.organisation,
        &filter,
        flaws,
    )?)
}

/// A filter of the queue within what the caller may see.
fn visible(caller: &Caller, filter: &Filter) -> Result<Filter, Trouble> {
    caller.require(Permission::FindingsRead)?;
    Ok(Filter {
        product: caller.only_product.or(filter.product),
        ..filter.clone()
    })
}

/// What stands behind the queue.
pub fn totals(tx: &mut Tx, caller: &Caller) -> Result<Totals, Trouble> {
    caller.require(Permission::FindingsRead)?;
    let product = caller.only_product;
    let totals = store::lists::totals(tx, caller.organisation, product)?;
    Ok(Totals {
        unknowns: unknowns(tx, caller)?,
        ..totals
    })
}

/// What keeps an empty answer from meaning "clean", over all the caller may see.
fn unknowns(tx: &mut Tx, caller: &Caller) -> Result<Unknowns, Trouble> {
    let product = caller.only_product;
    let unknowns = store::lists::unknowns(tx, caller.organisation, product)?;
    let blind = crate::advisories::blind_ecosystems(tx)?;
    Ok(Unknowns {
        blind: store::lists::held(tx, caller.organisation, product, &blind)?,
        ..unknowns
    })
}
