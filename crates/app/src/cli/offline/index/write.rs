//! Making an index: records stream through to a file beside it; in memory stay their ids, times
//! and where they lie, so that its size and not that of their texts bounds what is needed.

use super::codec::{self, Writer};
use super::{ENTRY_BYTES, Entry, MAGIC, PAGE_ENTRIES, PRELUDE_BYTES, VERSION, checksum, hash};
use bonafide_engine::package::PackageKey;
use bonafide_engine::scan::{Feed, Flaws, Record, RecordFacts};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// An index that is being made.
pub struct Build {
    spool: BufWriter<File>,
    spooled: u64,
    fragments: Vec<Fragment>,
}

/// What one record says of one package, in the spool.
struct Fragment {
    hash: u64,
    offset: u64,
    length: u32,
    /// The record, by its place in the order of ids, and which reading of it.
    reading: u32,
}

/// What came of it.
pub struct Built {
    pub records: usize,
    pub packages: usize,
    pub bytes: u64,
}

impl Build {
    /// Begins; the spool lies beside the index to be, and goes away with the build.
    pub fn new(beside: &Path) -> std::io::Result<Self> {
        let folder = beside
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let spool = tempfile::tempfile_in(folder.unwrap_or(Path::new(".")))?;
        Ok(Self {
            spool: BufWriter::with_capacity(1 << 20, spool),
            spooled: 0,
            fragments: Vec::new(),
        })
    }

    /// Takes a record. `reading` tells one reading of an id from another that replaces it.
    pub fn add(&mut self, record: &Record, reading: u32) -> std::io::Result<()> {
        let packages: BTreeSet<&PackageKey> =
            record.affected.iter().map(|entry| &entry.package).collect();
        for package in packages {
            let mut out = Writer::default();
            out.text(&package.ecosystem);
            out.text(&package.name);
            codec::write_record(&mut out, record, package);
            let length = u32::try_from(out.0.len()).map_err(std::io::Error::other)?;
            self.spool.write_all(&out.0)?;
            self.fragments.push(Fragment {
                hash: hash([package.ecosystem.as_str(), package.name.as_str()]),
                offset: self.spooled,
                length,
                reading,
            });
            self.spooled += u64::from(length);
        }
        Ok(())
    }

    /// Writes the index. `facts` are the records that stand, by the reading that counts.
    pub fn finish(
        self,
        path: &Path,
        feeds: &[Feed],
        ecosystems: &BTreeSet<String>,
        facts: &BTreeMap<u32, RecordFacts>,
        flaws: &Flaws,
    ) -> std::io::Result<Built> {
        let Self {
            spool,
            mut fragments,
            ..
        } = self;
        let mut spool = spool.into_inner().map_err(|error| error.into_error())?;
        fragments.retain(|fragment| facts.contains_key(&fragment.reading));
        fragments.sort_by(|a, b| {
            let id = |f: &Fragment| facts.get(&f.reading).map(|fact| fact.id.as_str());
            a.hash.cmp(&b.hash).then_with(|| id(a).cmp(&id(b)))
        });
        let mut out = Output::new(path)?;
        let packages = write_packages(&mut out, &mut spool, &fragments, facts, flaws)?;
        let ids = write_ids(&mut out, facts, flaws)?;
        let mut header = Writer::default();
        header.list(feeds, codec::write_feed);
        let ecosystems: Vec<String> = ecosystems.iter().cloned().collect();
        header.texts(&ecosystems);
        let count = packages.len();
        out.table(&packages, &mut header)?;
        out.table(&ids, &mut header)?;
        Ok(Built {
            records: facts.len(),
            packages: count,
            bytes: out.finish(&header.0)?,
        })
    }
}

/// One block per package: its name, then its records.
fn write_packages(
    out: &mut Output,
    spool: &mut File,
    fragments: &[Fragment],
    facts: &BTreeMap<u32, RecordFacts>,
    flaws: &Flaws,
) -> std::io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for same in fragments.chunk_by(|a, b| a.hash == b.hash) {
        // Packages whose hashes collide stand in blocks of their own.
        let mut blocks: BTreeMap<(String, String), (u64, Writer)> = BTreeMap::new();
        for fragment in same {
            let mut bytes = vec![0; fragment.length as usize];
            spool.seek(SeekFrom::Start(fragment.offset))?;
            spool.read_exact(&mut bytes)?;
            let mut from = codec::Reader(&bytes);
            let damaged = |_| std::io::Error::other("the spool does not hold what was written");
            let key = (
                from.owned().map_err(damaged)?,
                from.owned().map_err(damaged)?,
            );
            let (count, block) = blocks.entry(key).or_default();
            *count += 1;
            block.0.extend_from_slice(from.0);
            let members = facts
                .get(&fragment.reading)
                .and_then(|fact| flaws.group(flaws.number_of(&fact.id)?))
                .map_or_else(Vec::new, |group| group.members);
            block.texts(&members);
        }
        for ((ecosystem, name), (count, records)) in blocks {
            let mut block = Writer::default();
            block.text(&ecosystem);
            block.text(&name);
            block.number(count);
            block.0.extend_from_slice(&records.0);
            entries.push(out.block(same[0].hash, &block.0)?);
        }
    }
    Ok(entries)
}

/// One block per flaw; every id of it leads there.
fn write_ids(
    out: &mut Output,
    facts: &BTreeMap<u32, RecordFacts>,
    flaws: &Flaws,
) -> std::io::Result<Vec<Entry>> {
    let mut by_flaw: BTreeMap<u32, Vec<&RecordFacts>> = BTreeMap::new();
    for fact in facts.values() {
        if let Some(number) = flaws.number_of(&fact.id) {
            by_flaw.entry(number).or_default().push(fact);
        }
    }
    let mut entries = Vec::new();
    for number in flaws.numbers() {
        let Some(group) = flaws.group(number) else {
            continue;
        };
        let mut own: Vec<RecordFacts> = by_flaw
            .get(&number)
            .into_iter()
            .flatten()
            .map(|fact| (*fact).clone())
            .collect();
        own.sort_by(|a, b| a.id.cmp(&b.id));
        let mut block = Writer::default();
        codec::write_flaw(&mut block, &group, &own);
        let entry = out.block(0, &block.0)?;
        for member in &group.members {
            entries.push(Entry {
                hash: hash([member.as_str()]),
                ..entry
            });
        }
    }
    entries.sort_by_key(|entry| (entry.hash, entry.offset));
    Ok(entries)
}

/// The file, written beside its place and moved there when it is whole.
struct Output {
    file: BufWriter<File>,
    path: PathBuf,
    part: PathBuf,
    written: u64,
}

impl Output {
    fn new(path: &Path) -> std::io::Result<Self> {
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let mut out = Self {
            file: BufWriter::with_capacity(1 << 20, File::create(&part)?),
            part: part.into(),
            path: path.to_owned(),
            written: 0,
        };
        out.write(&[0; PRELUDE_BYTES])?;
        Ok(out)
    }

    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.written += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    fn block(&mut self, hash: u64, bytes: &[u8]) -> std::io::Result<Entry> {
        let offset = self.written;
        self.write(bytes)?;
        Ok(Entry {
            hash,
            offset,
            length: u32::try_from(bytes.len()).map_err(std::io::Error::other)?,
            checksum: checksum(bytes),
        })
    }

    /// Writes a sorted table here, and its place and fence to the header.
    fn table(&mut self, entries: &[Entry], header: &mut Writer) -> std::io::Result<()> {
        header.number(self.written);
        header.number(entries.len() as u64);
        for page in entries.chunks(PAGE_ENTRIES) {
            let mut bytes = Vec::with_capacity(page.len() * ENTRY_BYTES);
            for entry in page {
                bytes.extend_from_slice(&entry.to_bytes());
            }
            self.write(&bytes)?;
            let first = page.first().map_or(0, |entry| entry.hash);
            header.0.extend_from_slice(&first.to_le_bytes());
            header.0.extend_from_slice(&checksum(&bytes).to_le_bytes());
        }
        Ok(())
    }

    fn finish(mut self, header: &[u8]) -> std::io::Result<u64> {
        let at = self.written;
        self.write(header)?;
        let mut prelude = Vec::with_capacity(PRELUDE_BYTES);
        prelude.extend_from_slice(MAGIC);
        prelude.extend_from_slice(&VERSION.to_le_bytes());
        prelude.extend_from_slice(&at.to_le_bytes());
        prelude.extend_from_slice(&(header.len() as u64).to_le_bytes());
        prelude.extend_from_slice(&checksum(header).to_le_bytes());
        prelude.extend_from_slice(&self.written.to_le_bytes());
        let sum = checksum(&prelude);
        prelude.extend_from_slice(&sum.to_le_bytes());
        let mut file = self.file.into_inner().map_err(|error| error.into_error())?;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&prelude)?;
        file.sync_all()?;
        std::fs::rename(&self.part, &self.path)?;
        Ok(self.written)
    }
}
