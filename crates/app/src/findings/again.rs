//! After an upgrade: documents that an older program read are read again, and what is found in
//! them now becomes findings. One document is one transaction, so this stops and goes on anywhere.

use super::{matching, standing};
use crate::accounts::Caller;
use crate::blobs::Blobs;
use crate::jobs::{self, Job};
use crate::sboms::{self, Stale};
use crate::store::{Db, Turn, Tx};
use crate::trouble::Trouble;

/// Documents asked for at once.
const BATCH: i64 = 64;

/// What was read again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReadAgain {
    pub documents: u64,
    /// Documents whose original is missing or damaged; they are tried again at the next start.
    pub missing: u64,
    /// Documents that the present reader refuses; they stay as they were read.
    pub refused: u64,
    pub opened: u64,
}

/// Queues the work if any document was read by an older program and nobody has queued it yet.
pub fn schedule_reading(tx: &mut Tx) -> Result<(), Trouble> {
    let job = Job::ReadSbomsAgain {};
    let is_needed = !sboms::list_stale(tx, 0, 1)?.is_empty();
    if is_needed && !jobs::is_waiting(tx, &job)? {
        jobs::enqueue(tx, &job)?;
    }
    Ok(())
}

/// Reads every such document again, one after the other: memory for one of them is enough, and
/// uploads come in between.
pub fn read_sboms_again(db: &Db, blobs: &Blobs) -> anyhow::Result<ReadAgain> {
    let mut done = ReadAgain::default();
    let mut after = 0;
    loop {
        let batch = db.write_retrying(|tx| {
            sboms::list_stale(tx, after, BATCH).map_err(Trouble::into_error)
        })?;
        let Some(last) = batch.last() else {
            return Ok(done);
        };
        after = last.num;
        for stale in &batch {
            one(db, blobs, stale, &mut done)?;
        }
    }
}

fn one(db: &Db, blobs: &Blobs, stale: &Stale, done: &mut ReadAgain) -> anyhow::Result<()> {
    let planned = match sboms::read_archived(blobs, stale) {
        Ok(Ok(planned)) => planned,
        Ok(Err(trouble)) => {
            let error = format!("{:#}", trouble.into_error());
            tracing::warn!(sbom = %stale.id, error, "a document is refused now");
            done.refused += 1;
            return db
                .write_retrying(|tx| sboms::keep_as_read(tx, stale).map_err(Trouble::into_error));
        }
        Err(error) => {
            let error = format!("{error:#}");
            tracing::warn!(sbom = %stale.id, error, "a document could not be read again");
            done.missing += 1;
            return Ok(());
        }
    };
    let opened = db.write_retrying(|tx| {
        let Some(fresh) = sboms::record_again(tx, stale, &planned).map_err(Trouble::into_error)?
        else {
            return Ok(None);
        };
        tx.take_turn(Turn::Matching)?;
        matching::match_versions(tx, &fresh).map_err(Trouble::into_error)?;
        if !stale.is_current {
            return Ok(Some(0));
        }
        let program = Caller::program(stale.organisation, "matching");
        let difference = standing::refresh_release(tx, &program, stale.release);
        Ok(Some(difference.map_err(Trouble::into_error)?.opened))
    })?;
    if let Some(opened) = opened {
        done.documents += 1;
        done.opened += opened as u64;
    }
    Ok(())
}
