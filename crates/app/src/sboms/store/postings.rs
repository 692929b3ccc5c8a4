//! Which documents hold a package version: the other order of `components`, kept as sorted runs
//! that are only ever merged, because an index in that order costs every upload as many scattered
//! writes as it has components (docs/adr/0005).
//!
//! A new document stands in the tail, packed, in one row. When the tail is long it becomes a
//! segment in the order of package versions; eight segments of a level become one of the next.
//! Whoever asks sees the tail and all live segments, so nothing is ever missing, at whatever
//! moment a process dies. A merge leaves out documents that are no longer current; one that is
//! current again comes into the tail again.
//!
//! What a number stands for never changes: a document that is read again gets a fresh one
//! (`super::again`), and whoever asks passes over numbers that no current document has.
//!
//! Rows go one way: from `components` to the tail, from the tail to a segment, from segments to
//! a segment. So whoever reads in this order, each in one statement, meets a row at least once,
//! also where statements do not share a snapshot (PostgreSQL while it writes).

use super::packing::{self, Page, Posting};
use crate::jobs::{self, Job};
use crate::statements;
use crate::store::{Error, Turn, Tx, Val};
use std::collections::BTreeMap;

/// How many documents, and package versions in them, the tail may hold: it is read whole by
/// whoever asks.
const TAIL_DOCUMENTS_MAX: i64 = 128;
const TAIL_ENTRIES_MAX: i64 = 16_384;
/// Most package versions that become a segment in one transaction, unless one document has more.
const SEGMENT_ENTRIES_MAX: i64 = 65_536;
/// How many segments of a level become one of the next.
pub const FAN: usize = 8;
/// Package versions whose pages are held in memory at once; each may have one in each segment.
const ASKED_AT_ONCE: usize = 100;

statements! {
    ADD: "insert into posting_tail (sbom_num, entries, held) values ($1, $2, $3) \
          on conflict do nothing";
    TAIL_SIZE: "select count(*), cast(coalesce(sum(entries), 0) as bigint) from posting_tail";
    TAIL: "select sbom_num, held from posting_tail where held is not null order by sbom_num";
    TAIL_FIRST: "select sbom_num, entries, held from posting_tail order by sbom_num limit $1";
    TAIL_DELETE: "delete from posting_tail where sbom_num in ($1)";
    /// Of the documents nobody has packed yet.
    TAIL_UNPACKED: "select distinct c.package_version_id, t.sbom_num from posting_tail t \
          cross join sboms s cross join organisations g cross join components c \
          where t.held is null and s.num = t.sbom_num and g.id = s.organisation_id \
          and c.organisation_num = g.num and c.sbom_num = s.num \
          and c.package_version_id in ($1)";
    VERSIONS_OF: "select distinct c.package_version_id, s.num from sboms s \
          cross join organisations g cross join components c where g.id = s.organisation_id \
          and c.organisation_num = g.num and c.sbom_num = s.num and s.num in ($1)";
    PAGES_OF: "select v.id, p.held from package_versions v cross join posting_segments s \
          cross join posting_pages p where s.state = 'live' and p.segment_id = s.id \
          and p.first_version_id = (select max(q.first_version_id) from posting_pages q \
          where q.segment_id = s.id and q.first_version_id <= v.id) and v.id in ($1)";
    ADD_SEGMENT: "insert into posting_segments (level, state, entries) values ($1, $2, $3) \
          returning id";
    ADD_PAGE: "insert into posting_pages (segment_id, first_version_id, part, held) \
          values ($1, $2, $3, $4)";
    SEGMENTS: "select id, level, entries from posting_segments where state = $1 order by id";
    STATE: "select state from posting_segments where id in ($1)";
    SET_STATE: "update posting_segments set state = $1 where id in ($2)";
    FINISH: "update posting_segments set state = 'live', entries = $2 where id = $1";
    ABANDON: "update posting_segments set state = 'dead' where state = 'building'";
    PAGES: "select first_version_id, part, held from posting_pages where segment_id = $1 \
          and (first_version_id > $2 or first_version_id = $2 and part > $3) \
          order by first_version_id, part limit $4";
    SWEEP: "delete from posting_pages where segment_id = $1 and first_version_id <= \
          (select max(q.first_version_id) from (select p.first_version_id from posting_pages p \
          where p.segment_id = $1 order by p.first_version_id limit $2) q)";
    FORGET: "delete from posting_segments where id = $1";
    CURRENT: "select num from sboms where is_current = true and num in ($1)";
}

/// The documents that hold some package versions, each pair once, in order. A document that is
/// not the current one of its release may be missing, and there may be numbers that no document
/// has any more: whoever asks looks for the current ones among them.
pub fn holders(
    tx: &mut Tx,
    versions: impl IntoIterator<Item = i64>,
) -> Result<Vec<Posting>, Error> {
    let mut versions: Vec<i64> = versions.into_iter().collect();
    versions.sort_unstable();
    versions.dedup();
    if versions.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<Val> = versions.iter().copied().map(Val::Int).collect();
    let rows = tx.query_keys(TAIL_UNPACKED, &[], &keys)?;
    let mut found: Vec<Posting> = rows.iter().map(|row| (row.int(0), row.int(1))).collect();
    for row in tx.query(TAIL, &[])? {
        let held = packing::unpack_ids(&row.blob(1)).map_err(unreadable)?;
        let number = row.int(0);
        // Both are sorted, and the shorter one is asked for in the longer one.
        if held.len() < versions.len() {
            let both = held.iter().filter(|id| versions.binary_search(id).is_ok());
            found.extend(both.map(|id| (*id, number)));
        } else {
            let both = versions.iter().filter(|id| held.binary_search(id).is_ok());
            found.extend(both.map(|id| (*id, number)));
        }
    }
    for some in keys.chunks(ASKED_AT_ONCE) {
        for row in tx.query_keys(PAGES_OF, &[], some)? {
            packing::find_on_page(&row.blob(1), row.int(0), &mut found).map_err(unreadable)?;
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Makes a document's package versions (sorted, each once) known to [`holders`].
pub fn add(tx: &mut Tx, sbom_num: i64, versions: &[i64]) -> Result<(), Error> {
    let held = packing::pack_ids(versions);
    tx.execute(ADD, &[&sbom_num, &versions.len(), &held])?;
    let size = tx.query_one(TAIL_SIZE, &[])?;
    if size.int(0) >= TAIL_DOCUMENTS_MAX || size.int(1) >= TAIL_ENTRIES_MAX {
        fold(tx)?;
        let live = segments(tx, "live")?;
        let low = live.iter().filter(|segment| segment.level == 1).count();
        if low >= FAN && low.is_multiple_of(FAN) {
            jobs::enqueue(tx, &Job::SortPostings)?;
        }
    }
    Ok(())
}

/// Makes a document known again that may have been left out while it was not current.
pub fn add_again(tx: &mut Tx, sbom_num: i64, components: i64) -> Result<(), Error> {
    // A merge under way decides by what is current; it waits for us, or we for it.
    tx.take_turn(Turn::Postings)?;
    tx.execute(ADD, &[&sbom_num, &components, &Val::Null])
        .map(|_| ())
}

/// Makes a segment of the oldest documents of the tail; how many documents.
pub fn fold(tx: &mut Tx) -> Result<usize, Error> {
    tx.take_turn(Turn::Postings)?;
    let mut entries = 0;
    let mut postings: Vec<Posting> = Vec::new();
    let (mut folded, mut unpacked) = (Vec::new(), Vec::new());
    for row in tx.query(TAIL_FIRST, &[&TAIL_DOCUMENTS_MAX])? {
        if entries > 0 && entries + row.int(1) > SEGMENT_ENTRIES_MAX {
            break;
        }
        entries += row.int(1);
        folded.push(Val::Int(row.int(0)));
        match row.opt_blob(2) {
            Some(held) => {
                let ids = packing::unpack_ids(&held).map_err(unreadable)?;
                postings.extend(ids.into_iter().map(|id| (id, row.int(0))));
            }
            None => unpacked.push(Val::Int(row.int(0))),
        }
    }
    for row in tx.query_keys(VERSIONS_OF, &[], &unpacked)? {
        postings.push((row.int(0), row.int(1)));
    }
    if folded.is_empty() {
        return Ok(0);
    }
    postings.sort_unstable();
    postings.dedup();
    let segment = add_segment(tx, 1, "live", postings.len())?;
    add_pages(tx, segment, &packing::pack_pages(&postings))?;
    tx.execute_keys(TAIL_DELETE, &[], &folded)?;
    Ok(folded.len())
}

/// Whether the tail is longer than it may be.
pub fn is_tail_long(tx: &mut Tx) -> Result<bool, Error> {
    let size = tx.query_one(TAIL_SIZE, &[])?;
    Ok(size.int(0) >= TAIL_DOCUMENTS_MAX || size.int(1) >= TAIL_ENTRIES_MAX)
}

/// A sorted run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    pub id: i64,
    pub level: i64,
    pub entries: i64,
}

/// The segments in a state, the oldest first.
pub fn segments(tx: &mut Tx, state: &str) -> Result<Vec<Segment>, Error> {
    let rows = tx.query(SEGMENTS, &[&state])?;
    Ok(rows
        .iter()
        .map(|row| Segment {
            id: row.int(0),
            level: row.int(1),
            entries: row.int(2),
        })
        .collect())
}

fn add_segment(tx: &mut Tx, level: i64, state: &str, entries: usize) -> Result<i64, Error> {
    let row = tx.query_one(ADD_SEGMENT, &[&level, &state, &entries])?;
    Ok(row.int(0))
}

/// Begins a segment nobody sees yet. Others that were begun are left to be swept: whoever builds
/// one finds out with the next page.
pub fn begin_segment(tx: &mut Tx, level: i64) -> Result<i64, Error> {
    tx.take_turn(Turn::Postings)?;
    tx.execute(ABANDON, &[])?;
    add_segment(tx, level, "building", 0)
}

/// Writes pages of a segment that is being built; false when another process took over.
pub fn continue_segment(tx: &mut Tx, segment: i64, pages: &[Page]) -> Result<bool, Error> {
    tx.take_turn(Turn::Postings)?;
    if !are_all(tx, &[segment], "building")? {
        return Ok(false);
    }
    add_pages(tx, segment, pages)?;
    Ok(true)
}

/// Lets a built segment take the place of those it was merged from; false when another process
/// was faster, and then nothing is changed.
pub fn finish_segment(
    tx: &mut Tx,
    segment: i64,
    entries: usize,
    merged: &[i64],
) -> Result<bool, Error> {
    tx.take_turn(Turn::Postings)?;
    if !are_all(tx, &[segment], "building")? || !are_all(tx, merged, "live")? {
        return Ok(false);
    }
    tx.execute(FINISH, &[&segment, &entries])?;
    let keys: Vec<Val> = merged.iter().copied().map(Val::Int).collect();
    tx.execute_keys(SET_STATE, &[Val::Text("dead".into())], &keys)?;
    Ok(true)
}

fn are_all(tx: &mut Tx, segments: &[i64], state: &str) -> Result<bool, Error> {
    let keys: Vec<Val> = segments.iter().copied().map(Val::Int).collect();
    let rows = tx.query_keys(STATE, &[], &keys)?;
    Ok(rows.len() == segments.len() && rows.iter().all(|row| row.text(0) == state))
}

fn add_pages(tx: &mut Tx, segment: i64, pages: &[Page]) -> Result<(), Error> {
    let rows: Vec<Vec<Val>> = pages
        .iter()
        .map(|page| {
            vec![
                Val::Int(segment),
                Val::Int(page.first_version),
                Val::Int(page.part),
                Val::Blob(page.held.clone()),
            ]
        })
        .collect();
    tx.insert_rows(ADD_PAGE, &rows).map(|_| ())
}

/// Where a reader of a segment stands: the page it read last.
pub type Place = (i64, i64);

/// The postings of the next pages of a segment, and the place afterwards; none at its end.
pub fn next_pages(
    tx: &mut Tx,
    segment: i64,
    after: Place,
    pages: i64,
) -> Result<Option<(Vec<Posting>, Place)>, Error> {
    let rows = tx.query(PAGES, &[&segment, &after.0, &after.1, &pages])?;
    let Some(last) = rows.last() else {
        return Ok(None);
    };
    let place = (last.int(0), last.int(1));
    let mut postings = Vec::new();
    for row in &rows {
        packing::unpack_page(&row.blob(2), &mut postings).map_err(unreadable)?;
    }
    Ok(Some((postings, place)))
}

/// Whether these numbers are no longer those of the current document of a release.
pub fn superseded(tx: &mut Tx, documents: &[i64]) -> Result<BTreeMap<i64, bool>, Error> {
    let keys: Vec<Val> = documents.iter().copied().map(Val::Int).collect();
    let rows = tx.query_keys(CURRENT, &[], &keys)?;
    let mut known: BTreeMap<i64, bool> = documents.iter().map(|num| (*num, true)).collect();
    known.extend(rows.iter().map(|row| (row.int(0), false)));
    Ok(known)
}

/// Deletes some pages of a dead segment, and at last the segment; whether it is gone.
pub fn sweep(tx: &mut Tx, segment: i64, pages: i64) -> Result<bool, Error> {
    if tx.execute(SWEEP, &[&segment, &pages])? > 0 {
        return Ok(false);
    }
    tx.execute(FORGET, &[&segment])?;
    Ok(true)
}

fn unreadable(error: packing::Unreadable) -> Error {
    Error::Engine(error.to_string())
}
