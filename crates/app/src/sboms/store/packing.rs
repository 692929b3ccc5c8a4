//! How postings are packed into bytes: numbers in ascending order as differences, seven bits to a
//! byte (LEB128). Pure; what cannot be read is an error and never an empty answer.
//!
//! A page holds the documents of some package versions, in the order of their ids:
//! `base (difference of version, count, count × difference of document)*`. The first document of
//! each version is counted from `base`, the lowest of the page.

/// A page stays below what both databases keep inside a leaf: SQLite puts more than about 2,000
/// bytes of a row of an 8 KiB page elsewhere, PostgreSQL more than 2,000.
pub const PAGE_BYTES: usize = 1_800;
/// The bytes of the longest number.
const NUMBER_BYTES: usize = 10;

/// A package version and a document that holds it.
pub type Posting = (i64, i64);

/// A page that is ready to be written.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    pub first_version: i64,
    pub part: i64,
    pub held: Vec<u8>,
}

/// Bytes that are no postings: the database was changed by somebody else.
#[derive(Debug, thiserror::Error)]
#[error("packed postings cannot be read at byte {0}")]
pub struct Unreadable(usize);

/// Ids in ascending order, packed.
pub fn pack_ids(ids: &[i64]) -> Vec<u8> {
    let mut out = Vec::with_capacity(ids.len() * 2);
    let mut last = 0;
    for id in ids {
        put(&mut out, id - last);
        last = *id;
    }
    out
}

/// What [`pack_ids`] packed.
pub fn unpack_ids(held: &[u8]) -> Result<Vec<i64>, Unreadable> {
    let mut reader = Reader { held, at: 0 };
    let mut ids = Vec::with_capacity(held.len() / 2);
    let mut last = 0_i64;
    while !reader.is_done() {
        last = reader.add_to(last)?;
        ids.push(last);
    }
    Ok(ids)
}

/// Packs postings, sorted and each once, into pages. The documents of a package version are
/// together on one page, or have pages of their own.
pub fn pack_pages(postings: &[Posting]) -> Vec<Page> {
    let mut pages = Vec::new();
    let mut open: Vec<&[Posting]> = Vec::new();
    let mut bytes = 0;
    for run in postings.chunk_by(|a, b| a.0 == b.0) {
        let size = size_of(run);
        if bytes + size > PAGE_BYTES && !open.is_empty() {
            pages.push(page(&open, 0));
            open.clear();
            bytes = 0;
        }
        if size > PAGE_BYTES {
            for (part, some) in (0..).zip(run.chunks(PAGE_BYTES / 3)) {
                pages.push(page(&[some], part));
            }
        } else {
            bytes += size;
            open.push(run);
        }
    }
    if !open.is_empty() {
        pages.push(page(&open, 0));
    }
    pages
}

/// All postings of a page, in order, to the end of `into`.
pub fn unpack_page(held: &[u8], into: &mut Vec<Posting>) -> Result<(), Unreadable> {
    let mut reader = Reader { held, at: 0 };
    let base = reader.add_to(0)?;
    let mut version = 0_i64;
    while !reader.is_done() {
        version = reader.add_to(version)?;
        let count = reader.add_to(0)?;
        let mut document = base;
        for _ in 0..count {
            document = reader.add_to(document)?;
            into.push((version, document));
        }
    }
    Ok(())
}

/// The documents of one package version on a page, to the end of `into`.
pub fn find_on_page(held: &[u8], wanted: i64, into: &mut Vec<Posting>) -> Result<(), Unreadable> {
    let mut reader = Reader { held, at: 0 };
    let base = reader.add_to(0)?;
    let mut version = 0_i64;
    while !reader.is_done() {
        version = reader.add_to(version)?;
        if version > wanted {
            break;
        }
        let count = reader.add_to(0)?;
        let mut document = base;
        for _ in 0..count {
            if version == wanted {
                document = reader.add_to(document)?;
                into.push((version, document));
            } else {
                reader.skip()?;
            }
        }
    }
    Ok(())
}

/// At most so many bytes: the first document may be far from the base.
fn size_of(run: &[Posting]) -> usize {
    let differences = run.windows(2).map(|pair| bytes_of(pair[1].1 - pair[0].1));
    // Difference of version, count, first document.
    3 * 5 + differences.sum::<usize>()
}

fn bytes_of(number: i64) -> usize {
    let bits = 64 - number.unsigned_abs().leading_zeros() as usize;
    bits.div_ceil(7).max(1)
}

fn page(runs: &[&[Posting]], part: i64) -> Page {
    let documents = runs.iter().filter_map(|run| run.first());
    let base = documents.map(|first| first.1).min().unwrap_or(0);
    let mut held = Vec::with_capacity(PAGE_BYTES + NUMBER_BYTES);
    put(&mut held, base);
    let mut version = 0;
    for run in runs {
        let Some(first) = run.first() else { continue };
        put(&mut held, first.0 - version);
        version = first.0;
        put(&mut held, i64::try_from(run.len()).unwrap_or(i64::MAX));
        let mut document = base;
        for (_, next) in *run {
            put(&mut held, next - document);
            document = *next;
        }
    }
    let first_version = runs.first().and_then(|run| run.first());
    Page {
        first_version: first_version.map_or(0, |first| first.0),
        part,
        held,
    }
}

fn put(out: &mut Vec<u8>, number: i64) {
    let mut rest = number.unsigned_abs();
    while rest >= 0x80 {
        #[expect(clippy::cast_possible_truncation, reason = "seven bits at a time")]
        out.push((rest as u8 & 0x7f) | 0x80);
        rest >>= 7;
    }
    #[expect(clippy::cast_possible_truncation, reason = "less than 0x80 is left")]
    out.push(rest as u8);
}

struct Reader<'a> {
    held: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn is_done(&self) -> bool {
        self.at >= self.held.len()
    }

    /// The next number, added to what came before.
    fn add_to(&mut self, before: i64) -> Result<i64, Unreadable> {
        let begun = self.at;
        let mut number = 0_u64;
        for place in 0..NUMBER_BYTES {
            let byte = *self.held.get(self.at).ok_or(Unreadable(begun))?;
            self.at += 1;
            number |= u64::from(byte & 0x7f) << (7 * place).min(63);
            if byte < 0x80 {
                let number = i64::try_from(number).map_err(|_| Unreadable(begun))?;
                return before.checked_add(number).ok_or(Unreadable(begun));
            }
        }
        Err(Unreadable(begun))
    }

    fn skip(&mut self) -> Result<(), Unreadable> {
        self.add_to(0).map(|_| ())
    }
}
