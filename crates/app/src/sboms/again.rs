//! Documents that an older program read: the archived originals are read anew, so that what the
//! reader has learnt since reaches every release without a new upload. A document's own facts, its
//! revision and its findings' history stay; only what was understood of it is replaced.

use super::{Planned, store};
use crate::blobs::{Blobs, Digest};
use crate::ids::{OrganisationId, ReleaseId, SbomId};
use crate::store::Tx;
use crate::trouble::Trouble;

/// A document that an older program read.
#[derive(Debug, Clone)]
pub struct Stale {
    pub organisation: OrganisationId,
    pub id: SbomId,
    pub num: i64,
    pub release: ReleaseId,
    pub is_current: bool,
    pub digest: String,
}

/// Documents that an older program read, after a number, at most `most`.
pub fn list_stale(tx: &mut Tx, after: i64, most: i64) -> Result<Vec<Stale>, Trouble> {
    Ok(store::again::list(tx, after, most)?)
}

/// Reads the archived original of a document; the inner answer is the reader's refusal. Long work:
/// call it off the async threads.
///
/// # Errors
/// The original is missing or damaged.
pub fn read_archived(blobs: &Blobs, stale: &Stale) -> anyhow::Result<Result<Planned, Trouble>> {
    let digest = Digest::parse(&stale.digest)
        .ok_or_else(|| anyhow::anyhow!("the document {} has no digest", stale.id))?;
    let bytes = blobs.get(&digest)?;
    Ok(super::parse(&bytes).map(Planned::from))
}

/// Replaces what was understood of a document; the package versions nobody had sent before. `None`
/// when somebody else was faster.
pub fn record_again(
    tx: &mut Tx,
    stale: &Stale,
    planned: &Planned,
) -> Result<Option<Vec<i64>>, Trouble> {
    let num = store::new_number(tx)?;
    if !store::again::update(tx, stale, &planned.facts, num)? {
        return Ok(None);
    }
    let organisation_num = store::organisation_num(tx, stale.organisation)?;
    store::again::clear_postings(tx, organisation_num, stale.num)?;
    let (ids, fresh) = store::intern(tx, &planned.plan)?;
    store::insert_postings(tx, organisation_num, num, &planned.plan, &ids)?;
    Ok(Some(fresh))
}

/// Leaves a document as it was read when the present reader refuses it: what stands is better than
/// nothing, and asking again would not change the answer.
pub fn keep_as_read(tx: &mut Tx, stale: &Stale) -> Result<(), Trouble> {
    Ok(store::again::keep(tx, stale)?)
}
