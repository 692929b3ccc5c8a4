//! Feed files on disk: what they are (by content first, by name second), and their records one by
//! one. Everything from outside is bounded: entries, bytes packed and unpacked, ratio, depth.

use anyhow::Context as _;
use bonafide_engine::advisory::ADVISORY_BYTES_MAX;
use std::fs::File;
use std::io::{BufReader, Read, Seek as _};
use std::path::{Path, PathBuf};

/// Most entries of one archive, and most files of one directory. OSV's npm has 220,000.
const ENTRIES_MAX: usize = 2_000_000;
/// What one archive may unpack to in all. OSV's largest stays below 3 GiB.
const UNPACKED_MAX: u64 = 16 * 1024 * 1024 * 1024;
/// An entry that unpacks to more than this many times its packed size is not read, once it is
/// larger than [`RATIO_MATTERS_FROM`]: JSON stays below 60.
const RATIO_MAX: u64 = 400;
const RATIO_MATTERS_FROM: u64 = 1024 * 1024;
/// Directories inside each other.
const DEPTH_MAX: usize = 16;
/// How much of a file is looked at to tell what it is.
const SNIFFED: u64 = 16 * 1024;

/// Something that can be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// OSV's `all.zip` of an ecosystem, or any zip of OSV, CVE or CSAF records.
    Archive(PathBuf),
    /// A directory and its records.
    Records {
        folder: PathBuf,
        files: Vec<PathBuf>,
    },
    /// One record: says nothing about how complete anything is.
    Record(PathBuf),
    CisaKev(PathBuf),
    EuvdKev(PathBuf),
    /// EPSS scores, with or without gzip.
    Epss(PathBuf),
}

impl Source {
    /// The file or directory.
    pub fn path(&self) -> &Path {
        match self {
            Self::Archive(path)
            | Self::Record(path)
            | Self::CisaKev(path)
            | Self::EuvdKev(path)
            | Self::Epss(path) => path,
            Self::Records { folder, .. } => folder,
        }
    }
}

/// What was found below the paths given.
#[derive(Debug, Default)]
pub struct Found {
    pub sources: Vec<Source>,
    /// Files that are none of ours: how many, and the first few with what they seem to be.
    pub passed_over: u64,
    pub passed_over_named: Vec<(PathBuf, &'static str)>,
}

/// Files passed over that are named.
const NAMED_MAX: usize = 20;

/// Looks at each path, directories with all that is in them, in the order of names.
pub fn find(paths: &[PathBuf]) -> anyhow::Result<Found> {
    let mut found = Found::default();
    for path in paths {
        let kind = std::fs::metadata(path).with_context(|| format!("open {}", path.display()))?;
        if kind.is_dir() {
            walk(path, &mut found)?;
            continue;
        }
        match recognise(path)? {
            Kind::Osv => found.sources.push(Source::Record(path.clone())),
            kind => found.take(path.clone(), kind),
        }
    }
    Ok(found)
}

impl Found {
    fn take(&mut self, path: PathBuf, kind: Kind) {
        self.sources.push(match kind {
            Kind::Archive => Source::Archive(path),
            Kind::CisaKev => Source::CisaKev(path),
            Kind::EuvdKev => Source::EuvdKev(path),
            Kind::Epss => Source::Epss(path),
            Kind::Osv => Source::Record(path),
            Kind::None(what) => {
                self.passed_over += 1;
                if self.passed_over_named.len() < NAMED_MAX {
                    self.passed_over_named.push((path, what));
                }
                return;
            }
        });
    }
}

fn walk(root: &Path, found: &mut Found) -> anyhow::Result<()> {
    let mut files = Vec::new();
    let mut folders = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        for entry in
            std::fs::read_dir(&folder).with_context(|| format!("list {}", folder.display()))?
        {
            let entry = entry?;
            // The type is of the entry itself: links are not followed out of the directory.
            let kind = entry.file_type()?;
            if kind.is_dir() && depth < DEPTH_MAX {
                folders.push((entry.path(), depth + 1));
            } else if kind.is_file() {
                files.push(entry.path());
            }
            anyhow::ensure!(
                files.len() <= ENTRIES_MAX,
                "{} holds more than {ENTRIES_MAX} files",
                root.display()
            );
        }
    }
    files.sort();
    let mut records: Vec<PathBuf> = Vec::new();
    for file in files {
        match recognise(&file)? {
            Kind::Osv => records.push(file),
            kind => found.take(file, kind),
        }
    }
    if !records.is_empty() {
        found.sources.push(Source::Records {
            folder: root.to_owned(),
            files: records,
        });
    }
    Ok(())
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Archive,
    Osv,
    CisaKev,
    EuvdKev,
    Epss,
    /// None of ours; what it seems to be, as a code.
    None(&'static str),
}

/// What a file is. One that cannot be opened counts as a record that cannot be read, never as
/// something that is not there.
fn recognise(path: &Path) -> anyhow::Result<Kind> {
    let Ok(mut file) = File::open(path) else {
        return Ok(Kind::Osv);
    };
    let mut head = Vec::new();
    if (&mut file).take(SNIFFED).read_to_end(&mut head).is_err() {
        return Ok(Kind::Osv);
    }
    if head.starts_with(&[0x1f, 0x8b]) {
        file.rewind()?;
        head.clear();
        // A wrong gzip is recognised as nothing rather than ending the import of the others.
        let unpacked = flate2::read::MultiGzDecoder::new(file)
            .take(SNIFFED)
            .read_to_end(&mut head);
        return Ok(match unpacked {
            Ok(_) if is_epss(&head) => Kind::Epss,
            Ok(_) => Kind::None("gzip-of-another-kind"),
            Err(_) => Kind::None("gzip-damaged"),
        });
    }
    Ok(kind_of(&head))
}

fn kind_of(head: &[u8]) -> Kind {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Kind::Archive;
    }
    if is_epss(head) {
        return Kind::Epss;
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let has = |key: &str| text.contains(key);
    match text.chars().next() {
        Some('[') if has("\"cveId\"") || has("\"euvdId\"") => Kind::EuvdKev,
        // An empty dump is a dump: its shrinking is judged later.
        Some('[') if text[1..].trim() == "]" => Kind::EuvdKev,
        Some('{') if has("\"$schema\"") && has("\"properties\"") => Kind::None("json-schema"),
        Some('{') if has("\"cveMetadata\"") || has("\"csaf_version\"") => Kind::Osv,
        Some('{') if has("\"metadata_version\"") => Kind::None("csaf-provider-metadata"),
        Some('{') if has("\"catalogVersion\"") || has("\"cveID\"") => Kind::CisaKev,
        Some('{') if has("\"bomFormat\"") || has("\"spdxVersion\"") => Kind::None("sbom"),
        Some('{') if has("\"id\"") => Kind::Osv,
        // A record whose id comes late is still tried; the reader says what is wrong with it.
        Some('{') if head.len() as u64 == SNIFFED => Kind::Osv,
        _ => Kind::None("not-a-feed"),
    }
}

fn is_epss(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let lines = text.trim_start_matches('\u{feff}').lines().take(3);
    lines
        .map(|line| line.trim().to_ascii_lowercase())
        .any(|line| line == "cve,epss,percentile")
}

/// A record as it came: the name it stands under, and its bytes or why there are none.
pub struct Raw {
    pub name: String,
    pub bytes: Result<Vec<u8>, &'static str>,
}

/// The OSV records of a source, one after the other, with how many there are.
pub enum Records {
    Archive {
        archive: Box<zip::ZipArchive<BufReader<File>>>,
        next: usize,
        unpacked: u64,
    },
    Files {
        files: Vec<PathBuf>,
        next: usize,
    },
}

impl Records {
    /// Opens an archive, directory or single record.
    pub fn open(source: &Source) -> anyhow::Result<Self> {
        match source {
            Source::Records { files, .. } => Ok(Self::Files {
                files: files.clone(),
                next: 0,
            }),
            Source::Archive(path) => {
                let file = BufReader::new(File::open(path)?);
                let archive = zip::ZipArchive::new(file)
                    .with_context(|| format!("{} is no zip archive", path.display()))?;
                anyhow::ensure!(
                    archive.len() <= ENTRIES_MAX,
                    "{} has more than {ENTRIES_MAX} entries",
                    path.display()
                );
                Ok(Self::Archive {
                    archive: Box::new(archive),
                    next: 0,
                    unpacked: 0,
                })
            }
            other => Ok(Self::Files {
                files: vec![other.path().to_owned()],
                next: 0,
            }),
        }
    }

    /// Entries in all, those that are no records included.
    pub fn total(&self) -> usize {
        match self {
            Self::Archive { archive, .. } => archive.len(),
            Self::Files { files, .. } => files.len(),
        }
    }

    /// The next record; `None` at the end. An error ends the source: the archive cannot be read
    /// on, or unpacks to more than we read.
    pub fn next(&mut self) -> anyhow::Result<Option<Raw>> {
        match self {
            Self::Files { files, next } => {
                let Some(path) = files.get(*next) else {
                    return Ok(None);
                };
                *next += 1;
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                Ok(Some(Raw {
                    name: name.into_owned(),
                    bytes: match File::open(path) {
                        Ok(file) => read_bounded(file, 0),
                        Err(_) => Err("file-cannot-be-opened"),
                    },
                }))
            }
            Self::Archive {
                archive,
                next,
                unpacked,
            } => next_entry(archive, next, unpacked),
        }
    }
}

fn next_entry(
    archive: &mut zip::ZipArchive<BufReader<File>>,
    next: &mut usize,
    unpacked: &mut u64,
) -> anyhow::Result<Option<Raw>> {
    while *next < archive.len() {
        let index = *next;
        *next += 1;
        let entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(_) => {
                return Ok(Some(Raw {
                    name: format!("entry {}", index + 1),
                    bytes: Err("archive-entry-damaged"),
                }));
            }
        };
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        // The CVE list says beside its records what changed since the last time.
        let is_list = name.ends_with("delta.json") || name.ends_with("deltaLog.json");
        if !entry.is_file() || !name.ends_with(".json") || is_list {
            continue;
        }
        let packed = entry.compressed_size();
        let bytes = read_bounded(entry, packed);
        *unpacked += bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
        anyhow::ensure!(
            *unpacked <= UNPACKED_MAX,
            "the archive unpacks to more than {} GiB",
            UNPACKED_MAX >> 30
        );
        return Ok(Some(Raw { name, bytes }));
    }
    Ok(None)
}

/// Reads at most what a record may have; `packed` is 0 for what is not packed.
fn read_bounded(reader: impl Read, packed: u64) -> Result<Vec<u8>, &'static str> {
    let by_ratio = packed.saturating_mul(RATIO_MAX).max(RATIO_MATTERS_FROM);
    let most = if packed == 0 {
        ADVISORY_BYTES_MAX as u64
    } else {
        by_ratio.min(ADVISORY_BYTES_MAX as u64)
    };
    let mut bytes = Vec::new();
    match reader.take(most + 1).read_to_end(&mut bytes) {
        Err(_) => Err("archive-entry-damaged"),
        Ok(read) if read as u64 <= most => Ok(bytes),
        Ok(_) if most < ADVISORY_BYTES_MAX as u64 => Err("archive-entry-suspicious-ratio"),
        Ok(_) => Err("advisory-too-large"),
    }
}

/// The whole of a catalogue, within its bound.
pub fn read_catalogue(path: &Path) -> anyhow::Result<Vec<u8>> {
    use bonafide_engine::exploitation::CATALOGUE_BYTES_MAX;
    let file = File::open(path).with_context(|| format!("open {}", path.display()))?;
    let mut bytes = Vec::new();
    file.take(CATALOGUE_BYTES_MAX as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What EPSS scores may unpack to; a day has 15 MB.
const SCORES_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// EPSS scores as text, unpacked if need be.
pub fn open_scores(path: &Path) -> anyhow::Result<Box<dyn std::io::BufRead>> {
    let mut file = File::open(path).with_context(|| format!("open {}", path.display()))?;
    let mut magic = [0u8; 2];
    let read = file.read(&mut magic)?;
    file.rewind()?;
    Ok(if read == 2 && magic == [0x1f, 0x8b] {
        let unpacked = flate2::read::MultiGzDecoder::new(BufReader::new(file));
        Box::new(BufReader::new(unpacked.take(SCORES_BYTES_MAX)))
    } else {
        Box::new(BufReader::new(file.take(SCORES_BYTES_MAX)))
    })
}
