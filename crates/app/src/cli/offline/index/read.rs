//! Reading an index: the header at once, then a page and a block for each look-up.

use super::codec::{self, Damaged, Reader};
use super::{
    ENTRY_BYTES, Entry, MAGIC, PAGE_ENTRIES, PRELUDE_BYTES, VERSION, checksum, hash, u32_at, u64_at,
};
use bonafide_engine::alias::Group;
use bonafide_engine::package::PackageKey;
use bonafide_engine::scan::{Feed, Record, RecordFacts};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

/// Largest header read: 24 million packages.
const HEADER_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Largest block read: what all records say of one package.
const BLOCK_BYTES_MAX: u32 = 512 * 1024 * 1024;

/// Why an index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// Not the first bytes of one.
    #[error("it is no index of advisories; make one with `bonafide feeds index`")]
    Foreign,
    /// Made by another version of this program.
    #[error("it was made in layout {0}, and this program reads layout {VERSION}; make it again")]
    OtherVersion(u32),
    /// Shorter or longer than it says.
    #[error("the index is not whole: it was cut off or changed; copy or make it again")]
    CutOff,
    /// A checksum or a length does not hold.
    #[error("the index is damaged; copy or make it again")]
    Damaged,
    /// The file cannot be read.
    #[error("the index cannot be read: {0}")]
    Io(#[from] std::io::Error),
}

impl From<Damaged> for IndexError {
    fn from(_: Damaged) -> Self {
        Self::Damaged
    }
}

/// Whether a file begins like an index.
pub fn is_index(head: &[u8]) -> bool {
    head.starts_with(MAGIC)
}

/// An open index.
pub struct Index {
    file: File,
    bytes: u64,
    pub feeds: Vec<Feed>,
    pub ecosystems: BTreeSet<String>,
    packages: Table,
    ids: Table,
    /// How often something was read, for benchmarks and tests of economy.
    pub reads: u64,
}

/// A table of hashes and its fence.
struct Table {
    offset: u64,
    count: usize,
    /// First hash and checksum of every page.
    fence: Vec<(u64, u32)>,
    /// The page read last: its number and entries.
    page: Option<(usize, Vec<Entry>)>,
}

impl Index {
    /// Opens an index and reads its header.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let mut file = File::open(path)?;
        let bytes = file.metadata()?.len();
        let mut prelude = [0; PRELUDE_BYTES];
        if let Err(error) = file.read_exact(&mut prelude) {
            return Err(match error.kind() {
                std::io::ErrorKind::UnexpectedEof if is_index(&prelude) => IndexError::CutOff,
                std::io::ErrorKind::UnexpectedEof => IndexError::Foreign,
                _ => error.into(),
            });
        }
        if !is_index(&prelude) {
            return Err(IndexError::Foreign);
        }
        let version = u32_at(&prelude, 16);
        if version != VERSION {
            return Err(IndexError::OtherVersion(version));
        }
        if checksum(&prelude[..PRELUDE_BYTES - 4]) != u32_at(&prelude, PRELUDE_BYTES - 4) {
            return Err(IndexError::Damaged);
        }
        let (at, length) = (u64_at(&prelude, 20), u64_at(&prelude, 28));
        if u64_at(&prelude, 40) != bytes {
            return Err(IndexError::CutOff);
        }
        if length > HEADER_BYTES_MAX || at.checked_add(length).is_none_or(|end| end > bytes) {
            return Err(IndexError::Damaged);
        }
        let header = read_at(&mut file, at, usize::try_from(length).unwrap_or(usize::MAX))?;
        if checksum(&header) != u32_at(&prelude, 36) {
            return Err(IndexError::Damaged);
        }
        let mut from = Reader(&header);
        let feeds = from.list(codec::read_feed)?;
        let ecosystems = from.texts()?.into_iter().collect();
        let packages = Table::read(&mut from, bytes)?;
        let ids = Table::read(&mut from, bytes)?;
        Ok(Self {
            file,
            bytes,
            feeds,
            ecosystems,
            packages,
            ids,
            reads: 2,
        })
    }

    /// What the records say of packages, with the flaw of each; in the order of the table. Each
    /// package once.
    pub fn records(
        &mut self,
        packages: &BTreeSet<PackageKey>,
        mut each: impl FnMut(Record, Vec<String>) -> Result<(), IndexError>,
    ) -> Result<(), IndexError> {
        let mut wanted: Vec<(u64, &PackageKey)> = packages
            .iter()
            .map(|key| (hash([key.ecosystem.as_str(), key.name.as_str()]), key))
            .collect();
        // In the order of the file, so that every page is read once.
        wanted.sort_unstable();
        for (hash, key) in wanted {
            for entry in self.entries(true, hash)? {
                let block = self.block(entry)?;
                let mut from = Reader(&block);
                if (from.text()?, from.text()?) != (key.ecosystem.as_str(), key.name.as_str()) {
                    continue;
                }
                let feeds = self.feeds.len();
                from.list(|from| {
                    let record = codec::read_record(from, key)?;
                    let flaw = from.texts()?;
                    Ok((record, flaw))
                })?
                .into_iter()
                .try_for_each(|(record, flaw)| {
                    if record.feed >= feeds {
                        return Err(IndexError::Damaged);
                    }
                    each(record, flaw)
                })?;
            }
        }
        Ok(())
    }

    /// The flaw of an id, with every record of it.
    pub fn flaw(&mut self, id: &str) -> Result<Option<(Group, Vec<RecordFacts>)>, IndexError> {
        for entry in self.entries(false, hash([id]))? {
            let block = self.block(entry)?;
            let (flaw, facts) = codec::read_flaw(&mut Reader(&block))?;
            if facts.iter().any(|fact| fact.feed >= self.feeds.len()) {
                return Err(IndexError::Damaged);
            }
            if flaw.members.iter().any(|member| member == id) {
                return Ok(Some((flaw, facts)));
            }
        }
        Ok(None)
    }

    fn entries(&mut self, of_packages: bool, hash: u64) -> Result<Vec<Entry>, IndexError> {
        let table = if of_packages {
            &mut self.packages
        } else {
            &mut self.ids
        };
        table.find(&mut self.file, hash, &mut self.reads)
    }

    fn block(&mut self, entry: Entry) -> Result<Vec<u8>, IndexError> {
        let end = entry.offset.checked_add(u64::from(entry.length));
        if entry.length > BLOCK_BYTES_MAX || end.is_none_or(|end| end > self.bytes) {
            return Err(IndexError::Damaged);
        }
        self.reads += 1;
        let block = read_at(&mut self.file, entry.offset, entry.length as usize)?;
        if checksum(&block) != entry.checksum {
            return Err(IndexError::Damaged);
        }
        Ok(block)
    }
}

impl Table {
    fn read(from: &mut Reader<'_>, file_bytes: u64) -> Result<Self, IndexError> {
        let offset = from.number()?;
        let count = usize::try_from(from.number()?).map_err(|_| Damaged)?;
        let end = (count as u64)
            .checked_mul(ENTRY_BYTES as u64)
            .and_then(|bytes| bytes.checked_add(offset));
        if end.is_none_or(|end| end > file_bytes) {
            return Err(IndexError::Damaged);
        }
        let pages = count.div_ceil(PAGE_ENTRIES);
        let (fence, rest) = from.0.split_at_checked(pages * 12).ok_or(Damaged)?;
        from.0 = rest;
        let fence = fence.chunks_exact(12);
        Ok(Self {
            offset,
            count,
            fence: fence
                .map(|page| (u64_at(page, 0), u32_at(page, 8)))
                .collect(),
            page: None,
        })
    }

    /// The entries of a hash: none, one, or a few that collide.
    fn find(
        &mut self,
        file: &mut File,
        hash: u64,
        reads: &mut u64,
    ) -> Result<Vec<Entry>, IndexError> {
        let mut found = Vec::new();
        let after = self.fence.partition_point(|(first, _)| *first < hash);
        // Equal hashes may begin at the end of the page before.
        for number in after.saturating_sub(1)..self.fence.len() {
            if self.fence[number].0 > hash {
                break;
            }
            let page = self.page(file, number, reads)?;
            let from = page.partition_point(|entry| entry.hash < hash);
            let equal = page[from..].iter().take_while(|entry| entry.hash == hash);
            found.extend(equal.copied());
        }
        Ok(found)
    }

    fn page(
        &mut self,
        file: &mut File,
        number: usize,
        reads: &mut u64,
    ) -> Result<&[Entry], IndexError> {
        if self.page.as_ref().is_none_or(|(at, _)| *at != number) {
            let first = number * PAGE_ENTRIES;
            let entries = PAGE_ENTRIES.min(self.count - first);
            let offset = self.offset + (first * ENTRY_BYTES) as u64;
            *reads += 1;
            let bytes = read_at(file, offset, entries * ENTRY_BYTES)?;
            if checksum(&bytes) != self.fence[number].1 {
                return Err(IndexError::Damaged);
            }
            let (entries, _) = bytes.as_chunks::<ENTRY_BYTES>();
            self.page = Some((number, entries.iter().map(Entry::of_bytes).collect()));
        }
        Ok(self.page.as_ref().map_or(&[], |(_, entries)| entries))
    }
}

fn read_at(file: &mut File, offset: u64, length: usize) -> Result<Vec<u8>, IndexError> {
    file.seek(SeekFrom::Start(offset))?;
    let mut bytes = Vec::with_capacity(length.min(1 << 20));
    file.take(length as u64).read_to_end(&mut bytes)?;
    if bytes.len() < length {
        return Err(IndexError::CutOff);
    }
    Ok(bytes)
}
