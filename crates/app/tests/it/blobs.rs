//! What dead processes and uploads that came to nothing left behind is cleared away, and nothing
//! else.

use crate::kit::TestApp;
use crate::sboms::cyclonedx;
use axum::http::Method;
use bonafide::accounts::Scope;
use bonafide::blobs::{BLOB_IDLE, Digest, TEMPORARY_IDLE};
use bonafide::time::Clock;
use bonafide::worker::leftovers::{Cleared, clear};
use bonafide::worker::store::HOLDERS;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn path(app: &TestApp, digest: &Digest) -> PathBuf {
    let hex = digest.hex();
    let folder = app.app.config.data.join("blobs").join(&hex[..2]);
    folder.join(format!("{hex}.zst"))
}

/// Makes a file look as if it was last written to so long ago.
fn age(app: &TestApp, path: &Path, by: SignedDuration) {
    let at = u64::try_from((app.app.clock.now() - by).as_millisecond()).unwrap();
    let file = File::options().append(true).open(path).unwrap();
    file.set_modified(UNIX_EPOCH + Duration::from_millis(at))
        .unwrap();
}

fn put(app: &TestApp, text: &str, old: SignedDuration) -> Digest {
    let digest = app.app.blobs.put(text.as_bytes()).unwrap();
    age(app, &path(app, &digest), old);
    digest
}

async fn upload(app: &TestApp, version: &str) -> Digest {
    let bytes = cyclonedx(0, version.len()).to_string().into_bytes();
    let address = format!("/api/bonafide/sboms?product=gateway&version={version}&create=true");
    let ci = app.token(&[Scope::BomUpload, Scope::ReleaseCreate]);
    let answer = ci.send(Method::POST, &address, &[], bytes.clone()).await;
    answer.expect(201);
    Digest::of(&bytes)
}

#[tokio::test]
async fn only_what_nothing_names_and_nobody_writes_is_cleared_away() {
    let app = TestApp::new();
    let old = BLOB_IDLE + SECOND;
    let first = upload(&app, "1").await;
    let second = upload(&app, "22").await;
    for digest in [&first, &second] {
        age(&app, &path(&app, digest), old);
    }
    let unnamed = put(&app, "a document that was refused", old);
    let young = put(
        &app,
        "a document that is just being recorded",
        BLOB_IDLE - SECOND,
    );
    let data = app.app.config.data.clone();
    let folder = path(&app, &unnamed).parent().unwrap().to_owned();
    let mut kept = Vec::new();
    for (place, name, by) in [
        (&data, ".tmpAbCdEf", TEMPORARY_IDLE + SECOND),
        (&folder, ".tmpGhIjKl", TEMPORARY_IDLE + SECOND),
        (&data, ".tmpYoung", TEMPORARY_IDLE - SECOND),
        (&folder, ".tmpYoung", TEMPORARY_IDLE - SECOND),
        (&data, "instance.key", old),
        (&folder, "notes.txt", old),
    ] {
        let file = place.join(name);
        std::fs::write(&file, "x").unwrap();
        age(&app, &file, by);
        kept.push(file);
    }
    kept.drain(..2);
    let cleared = Cleared {
        temporary: 2,
        blobs: 1,
    };
    assert_eq!(clear(&app.app).unwrap(), cleared);
    assert!(app.app.blobs.get(&unnamed).is_err());
    for digest in [&first, &second, &young] {
        app.app.blobs.get(digest).unwrap();
    }
    assert!(kept.iter().all(|file| file.exists()), "{kept:?}");
    assert!(!data.join(".tmpAbCdEf").exists() && !folder.join(".tmpGhIjKl").exists());
    assert_eq!(clear(&app.app).unwrap(), Cleared::default());
}

#[tokio::test]
async fn a_database_that_knows_few_of_the_files_deletes_none() {
    let app = TestApp::new();
    let named = upload(&app, "1").await;
    age(&app, &path(&app, &named), BLOB_IDLE + SECOND);
    let others = ["a", "b"].map(|text| put(&app, text, BLOB_IDLE + SECOND));
    assert_eq!(clear(&app.app).unwrap().blobs, 0);
    for digest in &others {
        app.app.blobs.get(digest).unwrap();
    }
}

#[test]
fn a_blob_that_is_put_again_is_young_again() {
    let app = TestApp::new();
    let digest = put(&app, "again", SignedDuration::from_hours(24 * 365));
    let now = Clock::system().now();
    let (idle, all) = app.app.blobs.list_idle(now).unwrap();
    assert_eq!((idle, all), (vec![digest.clone()], 1));
    // Between being listed and being deleted it comes once more.
    app.app.blobs.put(b"again").unwrap();
    assert!(!app.app.blobs.delete_idle(&digest, now).unwrap());
    assert_eq!(app.app.blobs.get(&digest).unwrap(), b"again");
}

#[test]
fn a_blob_set_aside_by_a_process_that_died_is_put_back() {
    let app = TestApp::new();
    let digest = put(&app, "aside", BLOB_IDLE + SECOND);
    let from = path(&app, &digest);
    let name = from.file_name().unwrap().to_str().unwrap();
    let aside = from.with_file_name(format!(".aside-{name}"));
    std::fs::rename(&from, &aside).unwrap();
    let now: Timestamp = app.app.clock.now();
    assert_eq!(app.app.blobs.clear_temporary(now).unwrap(), 0);
    assert_eq!(app.app.blobs.get(&digest).unwrap(), b"aside");
    assert!(!aside.exists());
}

/// Columns named `digest` that are no keys of blobs.
const NO_BLOBS: &[&str] = &[
    "advisories.digest",
    "journal_checkpoints.digest",
    "journal_entries.digest",
    "journal_heads.digest",
    "releases.frozen_digest",
];

#[test]
fn every_column_that_may_name_a_blob_is_asked_before_one_is_deleted() {
    let mut found = BTreeSet::new();
    for (path, text) in crate::tidy::files("migrations", ".sql") {
        let mut table = String::new();
        for line in text.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("create table ") {
                table = rest.split([' ', '(']).next().unwrap().to_owned();
            }
            let column = line.split(' ').next().unwrap_or_default();
            if column.ends_with("digest") && !column.ends_with("secret_digest") {
                assert!(!table.is_empty(), "{path}");
                found.insert(format!("{table}.{column}"));
            }
        }
    }
    let known: BTreeSet<String> = HOLDERS
        .iter()
        .chain(NO_BLOBS)
        .map(|name| (*name).to_owned())
        .collect();
    assert_eq!(
        found, known,
        "say of each digest whether it is the key of a blob"
    );
}
