//! Merging the segments of postings (docs/adr/0005) in small transactions, so that nobody waits
//! for the turn to write. A process may die or be overtaken at any point: what was being built is
//! swept away, and what it was built from still stands.

use super::store::packing::{Posting, pack_pages};
use super::store::postings::{self as store, FAN, Place, Segment};
use crate::store::Db;
use std::collections::BTreeMap;

/// Pages read of each segment, and pages deleted, in one transaction: about 100,000 postings,
/// a few hundredths of a second.
const PAGES_AT_ONCE: i64 = 32;
const SWEPT_AT_ONCE: i64 = 500;

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sorted {
    /// Documents that left the tail.
    pub folded: usize,
    /// Segments that became part of another.
    pub merged: usize,
}

/// Brings the postings into few segments. Doing it again does nothing.
pub fn sort_postings(db: &Db) -> anyhow::Result<Sorted> {
    let mut sorted = Sorted::default();
    while db.read_now(store::is_tail_long)? {
        let folded = db.write_now(store::fold)?;
        if folded == 0 {
            break;
        }
        sorted.folded += folded;
    }
    sweep(db)?;
    while let Some(some) = next_merge(&db.read_now(|tx| store::segments(tx, "live"))?) {
        if !merge(db, &some)? {
            tracing::debug!("another process merges postings");
            break;
        }
        sorted.merged += some.len();
        sweep(db)?;
    }
    Ok(sorted)
}

/// The oldest segments of the lowest level that has enough of them.
fn next_merge(live: &[Segment]) -> Option<Vec<Segment>> {
    let mut by_level: BTreeMap<i64, Vec<Segment>> = BTreeMap::new();
    for segment in live {
        by_level.entry(segment.level).or_default().push(*segment);
    }
    let full = by_level.into_values().find(|some| some.len() >= FAN)?;
    Some(full.into_iter().take(FAN).collect())
}

/// A segment that is read from its beginning to its end.
struct Cursor {
    segment: i64,
    place: Place,
    /// Read and not yet taken, in order.
    waiting: Vec<Posting>,
    is_at_end: bool,
}

/// Makes one segment of several; false when another process took over.
fn merge(db: &Db, some: &[Segment]) -> anyhow::Result<bool> {
    let level = some.iter().map(|segment| segment.level).max().unwrap_or(0) + 1;
    let built = db.write_now(|tx| store::begin_segment(tx, level))?;
    let mut cursors: Vec<Cursor> = some
        .iter()
        .map(|segment| Cursor {
            segment: segment.id,
            place: (i64::MIN, -1),
            waiting: Vec::new(),
            is_at_end: false,
        })
        .collect();
    let mut superseded = BTreeMap::new();
    let mut entries = 0;
    loop {
        let mut postings = next(db, &mut cursors)?;
        if postings.is_empty() {
            break;
        }
        drop_superseded(db, &mut postings, &mut superseded)?;
        entries += postings.len();
        let pages = pack_pages(&postings);
        if !db.write_now(|tx| store::continue_segment(tx, built, &pages))? {
            return Ok(false);
        }
    }
    let merged: Vec<i64> = some.iter().map(|segment| segment.id).collect();
    Ok(db.write_now(|tx| store::finish_segment(tx, built, entries, &merged))?)
}

/// The next postings of all segments together, whole package versions only; empty at the end.
fn next(db: &Db, cursors: &mut [Cursor]) -> anyhow::Result<Vec<Posting>> {
    for cursor in cursors.iter_mut() {
        while !cursor.is_at_end && is_one_version(&cursor.waiting) {
            let (segment, place) = (cursor.segment, cursor.place);
            match db.read_now(|tx| store::next_pages(tx, segment, place, PAGES_AT_ONCE))? {
                Some((postings, place)) => {
                    cursor.waiting.extend(postings);
                    cursor.place = place;
                }
                None => cursor.is_at_end = true,
            }
        }
    }
    // The last version read of a segment may go on in its next page.
    let open = cursors.iter().filter(|cursor| !cursor.is_at_end);
    let before = open.filter_map(|cursor| cursor.waiting.last()).min();
    let before = before.map_or(i64::MAX, |last| last.0);
    let mut postings = Vec::new();
    for cursor in cursors.iter_mut() {
        let ready = cursor.waiting.partition_point(|posting| posting.0 < before);
        postings.extend(cursor.waiting.drain(..ready));
    }
    postings.sort_unstable();
    postings.dedup();
    Ok(postings)
}

fn is_one_version(postings: &[Posting]) -> bool {
    postings.first().map(|first| first.0) == postings.last().map(|last| last.0)
}

/// Leaves out documents that are not current; `known` remembers which are.
fn drop_superseded(
    db: &Db,
    postings: &mut Vec<Posting>,
    known: &mut BTreeMap<i64, bool>,
) -> anyhow::Result<()> {
    let mut new: Vec<i64> = postings
        .iter()
        .map(|posting| posting.1)
        .filter(|num| !known.contains_key(num))
        .collect();
    new.sort_unstable();
    new.dedup();
    if !new.is_empty() {
        known.extend(db.read_now(|tx| store::superseded(tx, &new))?);
    }
    postings.retain(|posting| !known.get(&posting.1).copied().unwrap_or(false));
    Ok(())
}

/// Deletes what no segment needs any more.
fn sweep(db: &Db) -> anyhow::Result<()> {
    for segment in db.read_now(|tx| store::segments(tx, "dead"))? {
        while !db.write_now(|tx| store::sweep(tx, segment.id, SWEPT_AT_ONCE))? {}
    }
    Ok(())
}
