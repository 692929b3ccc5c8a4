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
use std::time::Duration;

const NAME: &str = "data-directory";
const FILE: &str = "database-id";
/// How often, and how long apart, a mark is looked for that another server is just writing.
const READS_MAX: u32 = 50;
const READ_PAUSE: Duration = Duration::from_millis(20);

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

/// What the directory is marked with. A file that stays empty was left by a program that was
/// stopped before it wrote into it, and is taken away.
fn read(path: &Path) -> anyhow::Result<Option<String>> {
    let said = || format!("read {}", path.display());
    for _ in 0..READS_MAX {
        match std::fs::read_to_string(path) {
            Ok(text) if text.ends_with('\n') => return Ok(Some(text.trim().to_owned())),
            // Another server is just writing it.
            Ok(_) => std::thread::sleep(READ_PAUSE),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(said),
        }
    }
    let text = std::fs::read_to_string(path).with_context(said)?;
    if text.trim().is_empty() {
        std::fs::remove_file(path).with_context(said)?;
        return Ok(None);
    }
    // Written by hand, without the end of its line.
    Ok(Some(text.trim().to_owned()))
}

/// Marks the directory; what it is marked with now, and whether by us. Of two servers that start
/// together for the first time, the second goes on with the mark of the first.
fn write(path: &Path, mark: String) -> anyhow::Result<(String, bool)> {
    let said = || format!("write {}", path.display());
    let mut file = match File::create_new(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let theirs = read(path)?.with_context(said)?;
            return Ok((theirs, false));
        }
        Err(error) => return Err(error).with_context(said),
    };
    file.write_all(format!("{mark}\n").as_bytes())
        .with_context(said)?;
    file.sync_all().with_context(said)?;
    let folder = path.parent().context("a file has a folder")?;
    File::open(folder)?.sync_all().with_context(said)?;
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
