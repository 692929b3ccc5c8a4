//! A database and the directory of its files belong together: rows point at files by digest.
//!
//! At the first start both get the same mark. A program that finds another mark, or none, in its
//! directory would answer for files it cannot have, and is refused before it does anything.

use super::{Db, Error, Tx};
use crate::blobs::hex;
use crate::statements;
use anyhow::Context as _;
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

const NAME: &str = "data-directory";
const FILE: &str = "database-id";

statements! {
    FIND: "select mark from installation_marks where name = $1";
    MARK: "insert into installation_marks (name, mark) values ($1, $2) on conflict do nothing";
}

/// Refuses, in a sentence that says what to do, a directory that is not this database's.
pub fn bind(db: &Db, data: &Path) -> anyhow::Result<()> {
    let path = data.join(FILE);
    // The row is asked for first: where another server wrote it just now, its file was there before.
    let known = db.read_now(find).context("ask for the data directory")?;
    let held = read(&path)?;
    let (mark, is_ours) = match (known, held) {
        (Some(known), Some(held)) if known == held => return Ok(()),
        (Some(known), _) => return Err(foreign(data, &known).into()),
        // Written before the row: if we are stopped in between, the next start goes on here.
        (None, None) => write(&path, hex(&db.entropy().bytes::<16>()))?,
        (None, Some(held)) => (held, false),
    };
    let kept = db
        .write_now(|tx| -> Result<_, Error> {
            tx.execute(MARK, &[&NAME, &mark])?;
            find(tx)
        })
        .context("mark the data directory")?;
    if kept.as_deref() != Some(mark.as_str()) {
        if is_ours {
            std::fs::remove_file(&path).context("take a mark back that came too late")?;
        }
        return Err(foreign(data, kept.as_deref().unwrap_or_default()).into());
    }
    Ok(())
}

fn find(tx: &mut Tx) -> Result<Option<String>, Error> {
    Ok(tx.query_opt(FIND, &[&NAME])?.map(|row| row.text(0)))
}

/// What the directory is marked with.
fn read(path: &Path) -> anyhow::Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text.trim().to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("read {}", path.display())),
    }
}

/// Marks the directory; what it is marked with now, and whether by us. The file is there whole or
/// not at all; of two servers that start together for the first time, the second goes on with the
/// mark of the first.
fn write(path: &Path, mark: String) -> anyhow::Result<(String, bool)> {
    let said = || format!("write {}", path.display());
    let folder = path.parent().context("a file has a folder")?;
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(said)?;
    writeln!(file, "{mark}").with_context(said)?;
    file.as_file().sync_all().with_context(said)?;
    match file.persist_noclobber(path) {
        Ok(_) => File::open(folder)?.sync_all().with_context(said)?,
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
            let theirs = read(path)?.with_context(said)?;
            return Ok((theirs, false));
        }
        Err(error) => return Err(error.error).with_context(said),
    }
    Ok((mark, true))
}

fn foreign(data: &Path, known: &str) -> Error {
    Error::ForeignDirectory(format!(
        "the data directory {} is not the one this database was set up with, so the files its \
         entries point at (SBOMs, evidence, filed reports) would be missing. Give every server \
         over this database the same data directory (a shared file system), or restore that \
         directory from the backup the database came from. If its files are in place here, \
         write {known} into the file {FILE} in it",
        data.display()
    ))
}
