//! Component × vulnerability in a release: matching runs here, once per package version, and
//! every finding can say which identifier, range and record made it.

use crate::accounts::Caller;
use crate::ids::ReleaseId;
use crate::store::Tx;
use crate::trouble::Trouble;

/// Brings a release's findings in line with its current SBOM: matches `new_package_versions`
/// against all advisories, materialises findings, closes those whose component is gone, and
/// queues `Job::ConsiderExploited` for each known-exploited flaw. In the caller's transaction.
pub fn refresh_release(
    _tx: &mut Tx,
    _caller: &Caller,
    _release: ReleaseId,
    _new_package_versions: &[i64],
) -> Result<Counts, Trouble> {
    todo!()
}

/// Open findings of a release by what matters, with what could not be checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub open: i64,
    pub exploited: i64,
    pub critical: i64,
    pub high: i64,
    pub medium: i64,
    pub low: i64,
    pub unknown_severity: i64,
    /// Components that could not be checked at all, or whose version no rule could order.
    pub unchecked: i64,
}

/// Counts of a release.
pub fn counts(_tx: &mut Tx, _caller: &Caller, _release: ReleaseId) -> Result<Counts, Trouble> {
    todo!()
}

/// A finding as lists show it.
#[derive(Debug, Clone)]
pub struct FindingRow {
    pub id: crate::ids::FindingId,
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
}

/// Open findings of a release, the most urgent first.
pub fn list_of_release(
    _tx: &mut Tx,
    _caller: &Caller,
    _release: ReleaseId,
) -> Result<Vec<FindingRow>, Trouble> {
    todo!()
}

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    Vec::new()
}
