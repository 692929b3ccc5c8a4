//! Importing feeds: records are read and parsed outside any transaction, written in small ones,
//! and followed by matching in the same transaction, so that alarms never wait behind an import
//! and a process that dies leaves whole batches. Running it again takes up where it ended,
//! because an unchanged record costs only its digest.

use super::fault::{Fault, Faulty};
use super::reading::{self, Found, Raw, Records, Source};
use super::rules::Completeness;
use super::store::feeds::{self, Stored};
use super::{catalogues, osv, rules, whole};
use crate::store::{Db, Tx};
use crate::trouble::Trouble;
use anyhow::Context as _;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

/// Records of one write transaction.
const BATCH_RECORDS: usize = 500;
/// Bytes of records of one write transaction, whichever comes first.
const BATCH_BYTES: usize = 8 * 1024 * 1024;
/// Problems of one import that are named; all are counted.
pub const PROBLEMS_NAMED_MAX: usize = 20;
const PLACE_CHARS_MAX: usize = 200;
const TEXT_CHARS_MAX: usize = 500;

/// What one batch changed, for `findings` to follow in the same transaction.
#[derive(Debug, Default)]
pub struct Changes {
    pub advisories: Vec<Changed>,
    /// (what was, what it is now part of).
    pub merged: Vec<(i64, i64)>,
    /// Vulnerabilities that records moved to or from.
    pub regrouped: Vec<i64>,
    /// Vulnerabilities newly known to be exploited.
    pub exploited: Vec<i64>,
}

/// An advisory that is new or not what it was.
#[derive(Debug)]
pub struct Changed {
    pub id: i64,
    pub vulnerability: i64,
    pub is_withdrawn: bool,
    pub affected: Vec<bonafide_engine::advisory::Affected>,
    /// Every package it names or named before.
    pub packages: BTreeSet<i64>,
}

/// What follows a batch in its transaction.
pub type Follow<'a> = &'a dyn Fn(&mut Tx, &Changes) -> Result<(), Trouble>;

/// How an import is to be done.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Believe that a source is whole although it is small or lost many records.
    pub accept_smaller: bool,
    /// The sources of OSV records are the whole of this ecosystem.
    pub ecosystem: Option<&'static str>,
    /// When the data was got; the file's own time when absent.
    pub checked_at: Option<Timestamp>,
}

/// How far an import is.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    pub source: &'a Path,
    pub done: usize,
    /// 0 when it is not known beforehand.
    pub total: usize,
}

/// Something that could not be read, by name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Problem {
    /// The record, or its place.
    pub place: String,
    /// Stable, kebab-case.
    pub code: String,
    pub text: String,
}

/// What became of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    pub path: PathBuf,
    /// `osv`, `cve`, `csaf`, `cisa-kev`, `euvd-kev`, `epss`
    pub kind: &'static str,
    /// `complete`, `partial`, `failed`
    pub completeness: Completeness,
    /// The feeds it renewed; none unless it is complete and as large as a whole feed.
    pub feeds: Vec<String>,
    /// Feeds to which it only added records: how many of them it has.
    pub added_to: BTreeMap<String, u64>,
    /// The feeds it claimed to be the whole of, so that a fault is said where people look. What
    /// claims nothing puts no feed in doubt.
    #[serde(skip)]
    pub(super) meant: BTreeSet<String>,
    /// Records read, the unreadable ones not included.
    pub records: u64,
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Records of which we hold a newer state.
    pub older: u64,
    pub unreadable: u64,
    /// Withdrawn by their source.
    pub withdrawn: u64,
    /// Entries no longer in the catalogue.
    pub removed: u64,
    /// Records we hold of these feeds that were not in the file; they stay.
    pub not_in_file: u64,
    /// Records whose packages we cannot match yet, by ecosystem.
    pub left_aside: BTreeMap<String, u64>,
    pub data_as_of: Option<String>,
    /// The first few of what could not be read or only in part.
    pub problems: Vec<Problem>,
    /// Why the source as a whole is not to be trusted; its data was used only to add.
    pub fault: Option<String>,
    #[serde(skip)]
    pub(super) fault_kind: Option<Fault>,
}

impl Report {
    pub(super) fn problem(&mut self, place: &str, code: &str, text: &str) {
        if self.problems.len() < PROBLEMS_NAMED_MAX {
            self.problems.push(Problem {
                place: place.chars().take(PLACE_CHARS_MAX).collect(),
                code: code.to_owned(),
                text: text.chars().take(TEXT_CHARS_MAX).collect(),
            });
        }
    }

    /// Records that could be read, those we cannot match yet included.
    pub(super) fn read(&self) -> u64 {
        self.records + self.left_aside.values().sum::<u64>()
    }

    /// Whether a fault of this import stands with a feed already.
    pub(super) fn is_said_of(&self, feed: &str) -> bool {
        self.kind == feed || self.meant.contains(feed)
    }

    /// Judges what was read; a source that is not complete ends here, with the reason.
    pub(super) fn ensure_complete(&mut self, kind: rules::Kind) -> anyhow::Result<()> {
        let (read, unreadable) = (self.read(), self.unreadable);
        self.completeness = rules::completeness(kind, read, unreadable, false);
        anyhow::ensure!(
            self.completeness == Completeness::Complete,
            Faulty::new(
                Fault::Unreadable,
                format!(
                    "{unreadable} of {} records could not be read. The others were used; it does \
                     not count as newer data",
                    read + unreadable
                )
            )
        );
        Ok(())
    }
}

/// What became of all paths.
#[derive(Debug, Default, serde::Serialize)]
pub struct Summary {
    pub sources: Vec<Report>,
    pub passed_over: u64,
    pub passed_over_named: Vec<(PathBuf, &'static str)>,
}

/// Imports files and directories. A source that fails as a whole is reported and the others go on.
pub fn import(
    db: &Db,
    paths: &[PathBuf],
    options: Options,
    follow: Follow,
    progress: &mut dyn FnMut(Progress),
) -> anyhow::Result<Summary> {
    let Found {
        sources,
        passed_over,
        passed_over_named,
    } = reading::find(paths)?;
    let mut summary = Summary {
        passed_over,
        passed_over_named,
        ..Summary::default()
    };
    for source in &sources {
        let task = Task {
            db,
            options: Options {
                checked_at: Some(checked_at(db, source, options)),
                ..options
            },
            follow,
        };
        let mut report = Report {
            path: source.path().to_owned(),
            ..Report::default()
        };
        let done = match source {
            Source::CisaKev(path) => catalogues::import_cisa_kev(&task, path, &mut report),
            Source::EuvdKev(path) => catalogues::import_euvd_kev(&task, path, &mut report),
            Source::Epss(path) => catalogues::import_epss(&task, path, &mut report, progress),
            _ => import_osv(&task, source, &mut report, progress),
        };
        if let Err(error) = done {
            report.fault = Some(format!("{error:#}"));
            report.fault_kind = Some(Fault::of(&error));
            report.completeness = rules::completeness(rules::Kind::Bulk, report.read(), 0, true);
            remember_fault(&task, &report)?;
        }
        summary.sources.push(report);
    }
    Ok(summary)
}

/// One source on its way in.
pub(super) struct Task<'a> {
    pub db: &'a Db,
    pub options: Options,
    pub follow: Follow<'a>,
}

/// A file is as old as its own time says, never younger than now: an archive that was carried
/// across an air gap is not fresh because somebody imports it.
fn checked_at(db: &Db, source: &Source, options: Options) -> Timestamp {
    let now = db.clock().now();
    let of_file = || {
        let modified = std::fs::metadata(source.path()).ok()?.modified().ok()?;
        Timestamp::try_from(modified).ok()
    };
    options
        .checked_at
        .or_else(of_file)
        .map_or(now, |at| at.min(now))
}

/// What an import that renews nothing says of the feeds it was meant for.
fn remember_fault(task: &Task, report: &Report) -> anyhow::Result<()> {
    let feeds: BTreeSet<String> = match report.kind {
        "osv" => report.meant.clone(),
        kind => BTreeSet::from([kind.to_owned()]),
    };
    let source = short(&report.path);
    let records = i64::try_from(report.records).unwrap_or(i64::MAX);
    task.db.write_retrying(|tx| {
        for feed in &feeds {
            let state = state(task, feed.clone(), &source, records, report);
            feeds::attempted(tx, &state)?;
        }
        Ok(())
    })
}

fn import_osv(
    task: &Task,
    source: &Source,
    report: &mut Report,
    progress: &mut dyn FnMut(Progress),
) -> anyhow::Result<()> {
    report.kind = "osv";
    let named = task.options.ecosystem;
    let named = named.or_else(|| rules::ecosystem_named(&source.path().to_string_lossy()));
    if !matches!(source, Source::Record(_)) {
        let claimed = whole::claimed(task, source, named);
        report.meant.extend(claimed.map(rules::osv_feed));
    }
    let mut records = Records::open(source)?;
    let total = records.total();
    let mut tally = Tally::default();
    let mut batch: Vec<Raw> = Vec::new();
    let (mut bytes, mut done) = (0, 0);
    loop {
        let next = records.next()?;
        if let Some(raw) = next {
            bytes += raw.bytes.as_ref().map_or(0, Vec::len);
            batch.push(raw);
            if batch.len() < BATCH_RECORDS && bytes < BATCH_BYTES {
                continue;
            }
        } else if batch.is_empty() {
            break;
        }
        done += batch.len();
        osv::import_batch(task, std::mem::take(&mut batch), named, &mut tally, report)?;
        bytes = 0;
        progress(Progress {
            source: source.path(),
            done,
            total,
        });
    }
    if report.records == 0 && report.unreadable == 0 && report.left_aside.is_empty() {
        anyhow::bail!(Faulty::new(Fault::Other, "there is no record in it"));
    }
    whole::finish_osv(task, source, named, &tally, report)
}

/// What a whole source was about.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Records by the feed they count for: that of the ecosystem they are first about, of CVE
    /// records, of a publisher's CSAF documents.
    pub by_feed: BTreeMap<String, u64>,
    pub newest: Option<Timestamp>,
    /// Ids seen, as hashes, to tell a record that stands twice.
    pub seen: HashSet<u64>,
}

/// The end of a path, enough to know a file by: where the operator keeps it is nobody's business.
pub(super) fn short(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .filter_map(|part| match part {
            std::path::Component::Normal(name) => Some(name.to_string_lossy()),
            _ => None,
        })
        .collect();
    parts[parts.len().saturating_sub(2)..].join("/")
}

pub(super) fn state(
    task: &Task,
    name: String,
    source: &str,
    records: i64,
    report: &Report,
) -> Stored {
    let json = |value: serde_json::Result<String>| value.unwrap_or_else(|_| "null".to_owned());
    let notes = serde_json::json!({
        "not-in-file": report.not_in_file,
        "withdrawn": report.withdrawn,
        "removed": report.removed,
        "older": report.older,
    });
    Stored {
        name,
        source: source.to_owned(),
        checked_at: task.options.checked_at,
        data_as_of: report.data_as_of.clone(),
        records,
        outcome: Some(report.completeness.name().to_owned()),
        unreadable: i64::try_from(report.unreadable).unwrap_or(i64::MAX),
        problems: json(serde_json::to_string(&report.problems)),
        left_aside: json(serde_json::to_string(&report.left_aside)),
        notes: notes.to_string(),
        last_error: report.fault.clone(),
        last_error_code: report.fault_kind.map(|kind| kind.code().to_owned()),
        ..Stored::default()
    }
}

/// Runs one batch in a transaction of its own and what must follow it.
pub(super) fn write_batch<T>(
    task: &Task,
    mut work: impl FnMut(&mut Tx) -> Result<(Changes, T), Trouble>,
) -> anyhow::Result<T> {
    task.db
        .write_retrying(|tx| {
            let (changes, value) = work(tx).map_err(Trouble::into_error)?;
            (task.follow)(tx, &changes).map_err(Trouble::into_error)?;
            Ok(value)
        })
        .context("write a batch of records")
}
