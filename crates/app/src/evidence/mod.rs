//! Files that prove something: content-addressed, append-only, with their origin.
//!
//! There is no update and no delete. The bytes lie in the blob store under their digest; a
//! committed row never points at nothing, because the blob is safe on the disk before it.

mod pages;
mod store;

pub use pages::routes;
pub use store::STATEMENTS;

use crate::blobs::Digest;
use crate::caller::{Actor, Caller, Permission};
use crate::ids::{EvidenceId, OrganisationId};
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
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

const FILE_NAME_CHARS_MAX: usize = 200;
const MEDIA_TYPE_CHARS_MAX: usize = 100;
/// How many pieces one subject shows; none has more in practice.
pub const LISTED_MAX: usize = 500;

/// Records evidence.
pub fn record_evidence(
    tx: &mut Tx,
    organisation: OrganisationId,
    actor: &Actor,
    new: &NewEvidence,
) -> Result<EvidenceId, Trouble> {
    let evidence = Evidence {
        id: tx.new_id(),
        subject: new.subject.clone(),
        kind: new.kind.to_owned(),
        file_name: shown_name(&new.file_name),
        media_type: new.media_type.chars().take(MEDIA_TYPE_CHARS_MAX).collect(),
        digest: new.digest.clone(),
        bytes: i64::try_from(new.bytes).unwrap_or(i64::MAX),
        created_at: tx.now(),
        created_by: actor.name().to_owned(),
    };
    store::insert(tx, organisation, &actor.key(), &evidence)?;
    let detail = serde_json::json!({
        "subject": evidence.subject,
        "kind": evidence.kind,
        "digest": evidence.digest.as_str(),
        "bytes": evidence.bytes,
    });
    let entry = Entry::new("evidence-recorded", evidence.id, detail);
    journal::record(tx, organisation, actor, entry)?;
    Ok(evidence.id)
}

/// The evidence of a subject, oldest first, at most [`LISTED_MAX`].
pub fn list_evidence(
    tx: &mut Tx,
    organisation: OrganisationId,
    subject: &str,
) -> Result<Vec<Evidence>, Trouble> {
    Ok(store::list(tx, organisation, subject, LISTED_MAX)?)
}

/// A piece of evidence whose subject the caller may see.
pub fn get_evidence(tx: &mut Tx, caller: &Caller, id: EvidenceId) -> Result<Evidence, Trouble> {
    let evidence = store::find(tx, caller.organisation, id)?.ok_or_else(Refusal::not_found)?;
    if caller.may(needed_for(&evidence.subject)) {
        Ok(evidence)
    } else {
        Err(Refusal::not_found().into())
    }
}

/// What one must be allowed to see before the proof of it.
fn needed_for(subject: &str) -> Permission {
    match subject.split('_').next().unwrap_or_default() {
        "prod" | "var" | "rel" | "sbom" => Permission::ProductsRead,
        "find" | "asmt" => Permission::FindingsRead,
        "case" | "sub" | "dec" | "watch" | "sig" | "due" => Permission::CasesRead,
        _ => Permission::OrganisationManage,
    }
}

/// The name as it was given, without a path and without what cannot be shown.
fn shown_name(name: &str) -> String {
    let name: String = name
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_control())
        .take(FILE_NAME_CHARS_MAX)
        .collect();
    if name.trim().is_empty() {
        "file".to_owned()
    } else {
        name
    }
}
