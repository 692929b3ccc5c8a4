//! SBOM documents (Art. 3(39), Annex I Part II (1)): intake, revisions, what was understood.
//! Parsing is the engine's; the original bytes are archived and served as they came.

use crate::accounts::Caller;
use crate::blobs::Digest;
use crate::ids::{ReleaseId, SbomId};
use crate::store::Tx;
use crate::trouble::Trouble;

/// What happened to an uploaded document.
#[derive(Debug, Clone)]
pub struct Intake {
    pub sbom: SbomId,
    pub release: ReleaseId,
    pub revision: i64,
    /// The same bytes were there already; nothing was done.
    pub unchanged: bool,
    pub components: i64,
    pub unidentified: i64,
    /// Package versions nobody had sent before; `findings` matches exactly these.
    pub new_package_versions: Vec<i64>,
}

/// A document that was parsed and archived and waits to be recorded.
pub struct Parsed {
    pub document: bonafide_engine::sbom::Sbom,
    pub digest: Digest,
    pub bytes: usize,
}

/// Records a parsed document as the release's current revision, in the caller's transaction.
/// Idempotent by digest; a frozen release refuses. `source` is browser, cli, api or
/// dependency-track. The caller then calls `findings::refresh_release`.
pub fn record_sbom(
    _tx: &mut Tx,
    _caller: &Caller,
    _release: ReleaseId,
    _parsed: &Parsed,
    _source: &'static str,
) -> Result<Intake, Trouble> {
    todo!()
}

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    Vec::new()
}

/// Whether an address belongs to the Dependency-Track-compatible API, whose refusals have a
/// shape of their own.
pub fn is_compatible_path(path: &str) -> bool {
    path == "/api/version" || path.starts_with("/api/v1/")
}

/// A refusal as clients of the compatible API expect it.
pub fn refuse_compatibly(refusal: &crate::trouble::Refusal) -> axum::response::Response {
    let _ = refusal;
    todo!()
}
