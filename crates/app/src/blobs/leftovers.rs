//! What processes that died left behind: temporary files, and blobs that no row names.
//!
//! A blob is on the disk before the row that names it, so that young ones are never touched; and
//! one that is put again is young again. Whoever calls says which blobs rows name; files of any
//! other kind are not looked at.

use super::{Blobs, Digest};
use crate::time::Clock;
use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Nothing writes to a temporary file this seldom.
pub const TEMPORARY_IDLE: SignedDuration = SignedDuration::from_hours(1);
/// No upload takes this long from its blob to its row.
pub const BLOB_IDLE: SignedDuration = SignedDuration::from_hours(24);
/// How the names of temporary files begin (the `tempfile` crate's own prefix).
const TEMPORARY: &str = ".tmp";
const ENDING: &str = ".zst";
/// Before the name of a file while it is decided whether it goes.
const ASIDE: &str = ".aside-";

impl Blobs {
    /// Clears away temporary files nobody has written to for [`TEMPORARY_IDLE`]; how many.
    pub fn clear_temporary(&self, now: Timestamp) -> anyhow::Result<u64> {
        let mut cleared = 0;
        for folder in self.folders()? {
            self.put_back_aside(&folder)?;
            cleared += clear_temporary(&folder, now)?;
        }
        Ok(cleared)
    }

    /// The blobs nobody has put for [`BLOB_IDLE`], sorted, and how many there are altogether.
    pub fn list_idle(&self, now: Timestamp) -> anyhow::Result<(Vec<Digest>, u64)> {
        let (mut idle, mut all) = (Vec::new(), 0);
        for folder in self.folders()? {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let name = entry.file_name();
                let Some(digest) = name.to_str().and_then(digest_of) else {
                    continue;
                };
                all += 1;
                if is_idle(&entry.path(), now, BLOB_IDLE)? {
                    idle.push(digest);
                }
            }
        }
        idle.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        Ok((idle, all))
    }

    /// Deletes a blob no row names, unless it was put again meanwhile; whether it is gone.
    ///
    /// It is set aside first: who puts it from then on writes it anew, and who did before made it
    /// young, which is seen here.
    pub fn delete_idle(&self, digest: &Digest, now: Timestamp) -> anyhow::Result<bool> {
        let path = self.path(digest);
        let aside = path.with_file_name(format!("{ASIDE}{}{ENDING}", digest.hex()));
        match fs::rename(&path, &aside) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error).context("set a blob aside"),
        }
        // Another process that begins just now puts it back itself.
        let (gone, done) = if is_idle(&aside, now, BLOB_IDLE)? {
            (true, fs::remove_file(&aside))
        } else {
            (false, fs::rename(&aside, &path))
        };
        match done {
            Ok(()) => Ok(gone),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error).context("delete a blob or put it back"),
        }
    }

    /// Makes a blob that is there young again; whether it is there.
    pub(super) fn touch(&self, path: &Path) -> anyhow::Result<bool> {
        match File::options().append(true).open(path) {
            // The machine's clock, as for a file that is written.
            Ok(file) => file.set_modified(written_at(Clock::system().now()))?,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error).context("open a blob"),
        }
        // It may have been set aside between the two.
        Ok(path.exists())
    }

    /// A blob set aside by a process that died then may be the only copy; one that was put
    /// meanwhile has the same bytes.
    fn put_back_aside(&self, folder: &Path) -> anyhow::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(ASIDE)) else {
                continue;
            };
            if let Some(digest) = digest_of(rest) {
                fs::rename(entry.path(), self.path(&digest)).context("put a blob back")?;
            }
        }
        Ok(())
    }

    fn folders(&self) -> anyhow::Result<Vec<PathBuf>> {
        let mut folders = Vec::new();
        for entry in fs::read_dir(&self.root).context("look into the blob store")? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            }
        }
        folders.sort();
        Ok(folders)
    }
}

/// Clears away a folder's own temporary files nobody has written to for [`TEMPORARY_IDLE`].
pub fn clear_temporary(folder: &Path, now: Timestamp) -> anyhow::Result<u64> {
    let mut cleared = 0;
    for entry in fs::read_dir(folder).with_context(|| format!("look into {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        let is_temporary = name
            .to_str()
            .is_some_and(|name| name.starts_with(TEMPORARY));
        if !is_temporary || !entry.file_type()?.is_file() {
            continue;
        }
        if is_idle(&entry.path(), now, TEMPORARY_IDLE)? {
            fs::remove_file(entry.path()).context("clear away a temporary file")?;
            cleared += 1;
        }
    }
    Ok(cleared)
}

/// Whether a file was last written to longer ago than that; one that is gone is not.
fn is_idle(path: &Path, now: Timestamp, most: SignedDuration) -> anyhow::Result<bool> {
    let written = match fs::metadata(path).and_then(|about| about.modified()) {
        Ok(written) => written,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error).context("look at a file"),
    };
    let most = Duration::try_from(most).unwrap_or_default();
    Ok(written_at(now)
        .duration_since(written)
        .is_ok_and(|age| age > most))
}

/// An instant as the file system counts it.
fn written_at(at: Timestamp) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(u64::try_from(at.as_millisecond()).unwrap_or_default())
}

fn digest_of(name: &str) -> Option<Digest> {
    Digest::parse(&format!("sha256:{}", name.strip_suffix(ENDING)?))
}
