//! Files that prove something: content-addressed, append-only, with origin and retention floor.

use crate::accounts::Actor;
use crate::blobs::Digest;
use crate::ids::{EvidenceId, OrganisationId};
use crate::store::Tx;
use crate::trouble::Trouble;
use jiff::Timestamp;

/// A piece of evidence, attached to a typed subject id.
#[derive(Debug, Clone)]
pub struct Evidence {
    pub id: EvidenceId,
    pub subject: String,
    /// `receipt`, `sheet-snapshot`, `attachment` …
    pub kind: String,
    pub file_name: String,
    pub media_type: String,
    pub digest: Digest,
    pub bytes: i64,
    pub created_at: Timestamp,
    pub created_by: String,
}

/// What is to be kept. The bytes are in the blob store already (`Blobs::put`), so that a
/// committed row never points at nothing.
#[derive(Debug, Clone)]
pub struct NewEvidence {
    pub subject: String,
    pub kind: &'static str,
    pub file_name: String,
    pub media_type: String,
    pub digest: Digest,
    pub bytes: usize,
}

/// Records evidence.
pub fn record_evidence(
    _tx: &mut Tx,
    _organisation: OrganisationId,
    _actor: &Actor,
    _new: &NewEvidence,
) -> Result<EvidenceId, Trouble> {
    todo!()
}

/// The evidence of a subject, oldest first.
pub fn list_evidence(
    _tx: &mut Tx,
    _organisation: OrganisationId,
    _subject: &str,
) -> Result<Vec<Evidence>, Trouble> {
    todo!()
}

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    Vec::new()
}
