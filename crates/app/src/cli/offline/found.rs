//! What lies under the paths given: indexes, archives, directories of records, catalogues. Told
//! apart by content; JSON files are told apart when they are read.

use super::index;
use crate::cli::exit;
use crate::cli::sbom::Stop;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Files below one path.
const FILES_MAX: usize = 2_000_000;
/// Directories inside each other.
const DEPTH_MAX: usize = 16;
/// How much of a file is looked at to tell what it is.
const SNIFFED: u64 = 4 * 1024;

/// Something to read, under the name the report gives it.
pub enum Source {
    Index(PathBuf),
    /// A zip of records.
    Archive {
        name: String,
        path: PathBuf,
    },
    /// JSON files: records, or a catalogue that will be known when it is read.
    Files {
        name: String,
        /// What the names of files are told without.
        root: PathBuf,
        files: Vec<PathBuf>,
    },
    /// A catalogue that is no JSON.
    Catalogue {
        name: String,
        path: PathBuf,
    },
}

/// Looks at a path; a directory with all that is in it, in the order of names.
pub fn find(path: &Path) -> Result<Vec<Source>, Stop> {
    let cannot = |error: std::io::Error| {
        let text = format!("cannot read {}: {error}", path.display());
        Stop::new(exit::USAGE, text)
    };
    let name = name_of(path);
    if !std::fs::metadata(path).map_err(cannot)?.is_dir() {
        let one = recognise(path).map_err(cannot)?;
        return one.map_or_else(
            || {
                let text = format!(
                    "{} is no advisory, no archive of advisories, no index and no catalogue",
                    path.display()
                );
                Err(Stop::new(exit::REJECTED, text))
            },
            |kind| Ok(vec![kind.source(name, path.to_owned())]),
        );
    }
    let mut loose = Vec::new();
    let mut sources = Vec::new();
    for file in walk(path)? {
        let below = file.strip_prefix(path).unwrap_or(&file);
        let below = below.to_string_lossy().replace('\\', "/");
        // A file that cannot be opened is a record that cannot be read.
        match recognise(&file).unwrap_or(Some(Kind::Json)) {
            Some(Kind::Json) => loose.push(file),
            Some(kind) => sources.push(kind.source(format!("{name}/{below}"), file)),
            None => {}
        }
    }
    if !loose.is_empty() {
        let root = path.to_owned();
        let files = loose;
        sources.insert(0, Source::Files { name, root, files });
    }
    Ok(sources)
}

/// The last part of a path: reports are compared across machines, whose directories differ.
fn name_of(path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let last = path.file_name().or(whole.file_name());
    last.map_or_else(
        || "/".to_owned(),
        |last| last.to_string_lossy().into_owned(),
    )
}

fn walk(root: &Path) -> Result<Vec<PathBuf>, Stop> {
    let cannot = |folder: &Path, error: std::io::Error| {
        let text = format!("cannot list {}: {error}", folder.display());
        Stop::new(exit::USAGE, text)
    };
    let mut files = Vec::new();
    let mut folders = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|error| cannot(&folder, error))? {
            let entry = entry.map_err(|error| cannot(&folder, error))?;
            // The type is of the entry itself: links are not followed out of the directory.
            let kind = entry.file_type().map_err(|error| cannot(&folder, error))?;
            if kind.is_dir() && depth < DEPTH_MAX {
                folders.push((entry.path(), depth + 1));
            } else if kind.is_file() {
                files.push(entry.path());
            }
            if files.len() > FILES_MAX {
                let text = format!("{} holds more than {FILES_MAX} files", root.display());
                return Err(Stop::new(exit::REJECTED, text));
            }
        }
    }
    files.sort();
    Ok(files)
}

enum Kind {
    Index,
    Archive,
    Json,
    Catalogue,
}

impl Kind {
    fn source(self, name: String, path: PathBuf) -> Source {
        match self {
            Self::Index => Source::Index(path),
            Self::Archive => Source::Archive { name, path },
            Self::Json => Source::Files {
                name,
                root: path.parent().map(Path::to_owned).unwrap_or_default(),
                files: vec![path],
            },
            Self::Catalogue => Source::Catalogue { name, path },
        }
    }
}

/// What a file is; `None` when it is nothing of ours.
fn recognise(path: &Path) -> std::io::Result<Option<Kind>> {
    if path.extension().is_some_and(|ending| ending == "json") {
        return Ok(Some(Kind::Json));
    }
    let mut head = Vec::new();
    File::open(path)?.take(SNIFFED).read_to_end(&mut head)?;
    if index::is_index(&head) {
        return Ok(Some(Kind::Index));
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Some(Kind::Archive));
    }
    if head.starts_with(&[0x1f, 0x8b]) {
        return Ok(Some(Kind::Catalogue));
    }
    let text = String::from_utf8_lossy(&head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with(['{', '[']) {
        return Ok(Some(Kind::Json));
    }
    let mut lines = text.lines().take(3).map(str::to_ascii_lowercase);
    let is_catalogue = lines
        .any(|line| line.starts_with("cve,epss,percentile") || line.split(',').any(is_cve_column));
    Ok(is_catalogue.then_some(Kind::Catalogue))
}

/// Whether the head of a column says that CVE ids stand in it.
pub fn is_cve_column(field: &str) -> bool {
    let field = field.trim().trim_matches('"');
    ["cveid", "cve_id", "cve-id"].contains(&field.to_ascii_lowercase().as_str())
}
