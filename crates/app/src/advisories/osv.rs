//! A batch of records on its way in, OSV, CVE and CSAF alike: what is unchanged costs its digest,
//! what cannot be read is named, what we cannot match is counted. A CSAF document is as many records
//! as it speaks of flaws; those it no longer speaks of are withdrawn.

use super::import::{Changed, Changes, Report, Tally, Task, write_batch};
use super::reading::Raw;
use super::rules::{self, READER, Rated};
use super::store::records::{self, Name, Row, Stored};
use super::{grouping, pack};
use crate::store::Tx;
use crate::trouble::Trouble;
use bonafide_engine::advisory::{Advisory, Document, Format, read};
use bonafide_engine::package::PackageKey;
use bonafide_engine::severity;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Ids that one record may say are its aliases; a record with more would draw unrelated flaws
/// into one.
const ALIASES_MAX: usize = 50;
const ID_CHARS_MAX: usize = 200;
const SUMMARY_CHARS_MAX: usize = 500;

/// A record that was read and is to be written.
struct Parsed {
    /// `osv`, `cve`, `csaf:` and the host of the publisher.
    source: String,
    digest: String,
    bytes: Vec<u8>,
    advisory: Advisory,
    aliases: Vec<String>,
    /// None when none of its packages can be matched: then it is written only if we hold it from
    /// a time when one could.
    feed: Option<String>,
    rated: Rated,
    /// Packages or versions it names could not be read. What it says is used when it is the first
    /// we hear, and never instead of a state that could be read.
    is_torn: bool,
}

/// What is wrong with a record whose list of packages or versions is not whole.
const TORN: [&str; 4] = [
    "affected-unreadable",
    "list-unreadable",
    "list-too-long",
    "text-unreadable",
];

impl Parsed {
    fn name(&self) -> Name {
        (self.source.clone(), self.advisory.id.clone())
    }
}

fn is_torn(advisory: &Advisory) -> bool {
    let mut problems = advisory.problems.iter();
    problems.any(|p| p.place.starts_with("/affected") && TORN.contains(&p.code))
}

/// What one batch holds.
#[derive(Default)]
struct Batch {
    records: BTreeMap<Name, Parsed>,
    /// Documents with their source and the names of the records they are now.
    documents: Vec<(String, Document, BTreeSet<String>)>,
}

/// The source of records of a format: CSAF documents have ids of their publisher.
fn source_of(format: Format, document: Option<&Document>) -> String {
    match document {
        Some(document) => format!("{}:{}", format.as_str(), document.publisher),
        None => format.as_str().to_owned(),
    }
}

pub(super) fn import_batch(
    task: &Task,
    batch: Vec<Raw>,
    named: Option<&'static str>,
    tally: &mut Tally,
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut parsed = Batch::default();
    for raw in batch {
        let bytes = match raw.bytes {
            Ok(bytes) => bytes,
            Err(code) => {
                report.unreadable += 1;
                report.problem(&raw.name, code, "This entry could not be read.");
                continue;
            }
        };
        match read(&bytes) {
            Ok(reading) => {
                let source = source_of(reading.format, reading.document.as_ref());
                if let Some(document) = reading.document {
                    if reading.records.is_empty() {
                        // Withdrawn as a whole: that is what it says, and it was read.
                        *tally.by_feed.entry(source.clone()).or_default() += 1;
                        report.records += 1;
                    }
                    let ids = reading.records.iter().map(|one| one.id.clone()).collect();
                    parsed.documents.push((source.clone(), document, ids));
                }
                for (index, advisory) in reading.records.into_iter().enumerate() {
                    // The original of a document is kept once, with the first of its records.
                    let kept = if index == 0 { bytes.as_slice() } else { &[] };
                    let come = (advisory, (bytes.as_slice(), kept), raw.name.as_str());
                    take(
                        task,
                        (&source, come),
                        named,
                        tally,
                        report,
                        &mut parsed.records,
                    );
                }
            }
            Err(error) => {
                report.unreadable += 1;
                report.problem(&raw.name, error.code(), &format!("{error}."));
            }
        }
    }
    let counts = write_batch(task, |tx| write(tx, &parsed))?;
    report.new += counts.new;
    report.changed += counts.changed;
    report.unchanged += counts.unchanged;
    report.older += counts.older;
    report.removed += counts.removed;
    Ok(())
}

type Come<'a> = (Advisory, (&'a [u8], &'a [u8]), &'a str);

fn take(
    task: &Task,
    (source, (mut advisory, (bytes, kept), name)): (&str, Come<'_>),
    named: Option<&'static str>,
    tally: &mut Tally,
    report: &mut Report,
    parsed: &mut BTreeMap<Name, Parsed>,
) {
    if advisory.id.chars().count() > ID_CHARS_MAX {
        report.unreadable += 1;
        report.problem(
            name,
            "advisory-id-too-long",
            "Its id is longer than 200 characters.",
        );
        return;
    }
    note_problems(&advisory, report);
    let ecosystems: BTreeSet<String> = advisory
        .affected
        .iter()
        .map(|entry| rules::base_of(&entry.package.ecosystem).to_owned())
        .collect();
    advisory
        .affected
        .retain(|entry| entry.package.is_supported());
    let feed = match source {
        "osv" => feed_of(&advisory, named),
        other => Some(other.to_owned()),
    };
    let is_torn = is_torn(&advisory);
    report.unreadable += u64::from(is_torn);
    match &feed {
        None if is_torn => return,
        None => {
            let aside = ecosystems.into_iter().next();
            let aside = aside.unwrap_or_else(|| super::NO_PACKAGE.to_owned());
            *report.left_aside.entry(aside).or_default() += 1;
        }
        Some(feed) => {
            if !tally.seen.insert(hash_of(&(source, &advisory.id))) {
                report.unreadable += 1;
                let text = "This record stands twice; the first counts.";
                report.problem(&advisory.id, "advisory-twice", text);
                return;
            }
            *tally.by_feed.entry(feed.clone()).or_default() += 1;
            let said = changed_at(&advisory, task.db.clock().now());
            tally.newest = tally.newest.max(said);
            report.records += u64::from(!is_torn);
            report.withdrawn += u64::from(advisory.withdrawn.is_some());
        }
    }
    let aliases = aliases_of(&advisory, report);
    let rated = rated(&advisory);
    let digest = crate::blobs::hex(&Sha256::digest(bytes));
    parsed.insert(
        (source.to_owned(), advisory.id.clone()),
        Parsed {
            source: source.to_owned(),
            digest,
            bytes: kept.to_vec(),
            aliases,
            feed,
            rated,
            is_torn,
            advisory,
        },
    );
}

/// When a record says it was last changed; Go's say only when they came out.
fn changed_at(advisory: &Advisory, now: Timestamp) -> Option<Timestamp> {
    let published = || rules::instant_of(advisory.published.as_deref()?);
    let said = rules::instant_of(&advisory.modified).or_else(published);
    said.filter(|at| rules::is_credible(*at, now))
}

/// The feed an OSV record counts for; one that names only repositories has one of its own.
fn feed_of(advisory: &Advisory, named: Option<&'static str>) -> Option<String> {
    let is_git =
        |entry: &bonafide_engine::advisory::Affected| entry.package.ecosystem == PackageKey::GIT;
    let of_git = || {
        advisory
            .affected
            .iter()
            .any(is_git)
            .then_some(PackageKey::GIT)
    };
    about(advisory, named).or_else(of_git).map(rules::osv_feed)
}

fn note_problems(advisory: &Advisory, report: &mut Report) {
    for problem in &advisory.problems {
        let place = format!("{}{}", advisory.id, problem.place);
        report.problem(&place, problem.code, &problem.text);
    }
}

fn hash_of(id: &(&str, &String)) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// The ecosystem a record counts for: the one its source is named after if it is about that, else
/// its first.
fn about(advisory: &Advisory, named: Option<&'static str>) -> Option<&'static str> {
    let mut ecosystems = advisory.affected.iter().filter_map(|entry| {
        let base = rules::base_of(&entry.package.ecosystem);
        rules::ECOSYSTEMS.into_iter().find(|e| *e == base)
    });
    let first = ecosystems.clone().next()?;
    Some(
        named
            .filter(|named| ecosystems.any(|e| e == *named))
            .unwrap_or(first),
    )
}

fn aliases_of(advisory: &Advisory, report: &mut Report) -> Vec<String> {
    let mut aliases: Vec<String> = advisory
        .aliases
        .iter()
        .map(|alias| alias.trim().to_owned())
        .filter(|alias| !alias.is_empty() && !alias.starts_with('#') && *alias != advisory.id)
        .filter(|alias| alias.chars().count() <= ID_CHARS_MAX)
        .collect();
    aliases.sort();
    aliases.dedup();
    if aliases.len() > ALIASES_MAX {
        let text = "It says it has more than 50 other names; none of them is believed.";
        report.problem(&advisory.id, "advisory-too-many-aliases", text);
        aliases.clear();
    }
    aliases
}

/// What a record says of severity, over itself and its packages: the gravest.
fn rated(advisory: &Advisory) -> Rated {
    let lists = std::iter::once(&advisory.severities)
        .chain(advisory.affected.iter().map(|entry| &entry.severities));
    let all: Vec<Rated> = lists
        .filter_map(severity::choose)
        .map(|found| Rated {
            severity: found.rating.map_or("unknown", |r| r.as_str()).to_owned(),
            score: found.score_tenths.map(|tenths| f64::from(tenths) / 10.0),
            vector: found.vector,
        })
        .collect();
    rules::gravest(all.iter())
}

#[derive(Default)]
struct Counts {
    new: u64,
    changed: u64,
    unchanged: u64,
    older: u64,
    removed: u64,
}

/// What we hold of the records of a batch, by source and name.
type Held = BTreeMap<Name, Stored>;

fn held_of(tx: &mut Tx, parsed: &BTreeMap<Name, Parsed>) -> Result<Held, Trouble> {
    let mut by_source: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for (source, id) in parsed.keys() {
        by_source.entry(source).or_default().push(id);
    }
    let mut held = Held::new();
    for (source, ids) in by_source {
        held.extend(records::stored(tx, source, ids)?);
    }
    Ok(held)
}

fn write(tx: &mut Tx, batch: &Batch) -> Result<(Changes, Counts), Trouble> {
    let parsed = &batch.records;
    let held = held_of(tx, parsed)?;
    let now = tx.now();
    let mut counts = Counts::default();
    let mut todo: Vec<&Parsed> = Vec::new();
    for (id, new) in parsed {
        match held.get(id) {
            None if new.feed.is_none() => continue,
            None => counts.new += 1,
            Some(held) if held.digest == new.digest && held.reader == READER => {
                counts.unchanged += 1;
                continue;
            }
            Some(_) if new.is_torn => continue,
            Some(held) if is_older(&new.advisory.modified, &held.modified, now) => {
                counts.older += 1;
                continue;
            }
            Some(_) => counts.changed += 1,
        }
        todo.push(new);
    }
    let mut changes = if todo.is_empty() {
        Changes::default()
    } else {
        write_changed(tx, &todo, &held)?
    };
    let mut gone = Vec::new();
    for (source, document, ids) in &batch.documents {
        gone.extend(withdraw_missing(tx, source, document, ids)?);
    }
    if !gone.is_empty() {
        counts.removed += gone.len() as u64;
        let touched: BTreeSet<i64> = gone.iter().map(|one| one.vulnerability).collect();
        let touched: Vec<i64> = touched.into_iter().collect();
        grouping::describe(tx, &touched)?;
        changes.advisories.extend(gone);
    }
    Ok((changes, counts))
}

/// The flaws a document spoke of and, in this version of it, no longer does. An older version of the
/// document takes nothing back.
fn withdraw_missing(
    tx: &mut Tx,
    source: &str,
    document: &Document,
    ids: &BTreeSet<String>,
) -> Result<Vec<Changed>, Trouble> {
    let now = tx.now();
    let mut gone = records::of_document(tx, source, &document.id)?;
    gone.retain(|one| {
        !ids.contains(&one.external_id) && !is_older(&document.modified, &one.modified, now)
    });
    if gone.is_empty() {
        return Ok(Vec::new());
    }
    let numbers: Vec<i64> = gone.iter().map(|one| one.id).collect();
    let since = match document.modified.as_str() {
        "" => now.to_string(),
        said => said.to_owned(),
    };
    records::withdraw(tx, &numbers, &since)?;
    let mut packages = records::packages_of(tx, &numbers)?;
    let changed = gone.into_iter().map(|one| Changed {
        id: one.id,
        vulnerability: one.vulnerability,
        is_withdrawn: true,
        affected: Vec::new(),
        packages: packages.remove(&one.id).unwrap_or_default(),
    });
    Ok(changed.collect())
}

/// Who calls what by which other names. A CVE record gives none, so what an OSV record under the
/// same id says stands.
fn namings_of(tx: &mut Tx, todo: &[&Parsed]) -> Result<Vec<(String, Vec<String>)>, Trouble> {
    let silent = todo.iter().filter(|new| new.source == Format::Cve.as_str());
    let held = super::store::groups::links_of(tx, silent.map(|new| &new.advisory.id))?;
    let mut namings: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    for new in todo {
        namings
            .entry(&new.advisory.id)
            .or_default()
            .extend(&new.aliases);
    }
    for (id, aliases) in &held {
        let is_said = todo
            .iter()
            .any(|new| new.advisory.id == *id && new.source == "osv");
        if let Some(naming) = namings.get_mut(id).filter(|_| !is_said) {
            naming.extend(aliases);
        }
    }
    let owned = namings.into_iter().map(|(id, aliases)| {
        let aliases = aliases.into_iter().cloned().collect();
        (id.clone(), aliases)
    });
    Ok(owned.collect())
}

/// Whether a record was changed before the one we hold. Records without a usable time are never
/// older: their text decides.
fn is_older(new: &str, held: &str, now: Timestamp) -> bool {
    match (rules::instant_of(new), rules::instant_of(held)) {
        (Some(new), Some(held)) => new < held && rules::is_credible(held, now),
        _ => false,
    }
}

fn write_changed(tx: &mut Tx, todo: &[&Parsed], held: &Held) -> Result<Changes, Trouble> {
    let namings = namings_of(tx, todo)?;
    let grouped = grouping::assign(tx, &namings)?;
    let keys: BTreeSet<PackageKey> = todo
        .iter()
        .flat_map(|p| {
            p.advisory
                .affected
                .iter()
                .map(|entry| entry.package.clone())
        })
        .collect();
    let packages = records::intern(tx, &keys)?;
    let ids = upsert(tx, todo, &grouped.of, held)?;
    let known: Vec<i64> = todo
        .iter()
        .filter_map(|p| held.get(&p.name()).map(|stored| stored.id))
        .collect();
    let before = records::packages_of(tx, &known)?;
    let mut named: Vec<(i64, BTreeSet<i64>)> = Vec::new();
    let mut changes = Changes {
        merged: grouped.merged.clone(),
        regrouped: grouped.parted.iter().copied().collect(),
        ..Changes::default()
    };
    let mut touched: BTreeSet<i64> = grouped.parted.clone();
    for new in todo {
        let id = ids.get(&new.name()).copied().unwrap_or_default();
        let vulnerability = grouped
            .of
            .get(&new.advisory.id)
            .copied()
            .unwrap_or_default();
        let now: BTreeSet<i64> = new
            .advisory
            .affected
            .iter()
            .filter_map(|entry| packages.get(&entry.package).copied())
            .collect();
        let mut all = before.get(&id).cloned().unwrap_or_default();
        all.extend(&now);
        named.push((id, now));
        touched.insert(vulnerability);
        if let Some(was) = held.get(&new.name())
            && was.vulnerability != vulnerability
        {
            touched.insert(was.vulnerability);
            changes.regrouped.push(was.vulnerability);
        }
        changes.advisories.push(Changed {
            id,
            vulnerability,
            is_withdrawn: new.advisory.withdrawn.is_some(),
            affected: new.advisory.affected.clone(),
            packages: all,
        });
    }
    records::set_packages(tx, &named, &known)?;
    let touched: Vec<i64> = touched.into_iter().collect();
    grouping::describe(tx, &touched)?;
    changes.exploited = grouping::draw_exploitations(tx, &touched)?;
    Ok(changes)
}

fn upsert(
    tx: &mut Tx,
    todo: &[&Parsed],
    of: &BTreeMap<String, i64>,
    held: &Held,
) -> Result<BTreeMap<Name, i64>, Trouble> {
    let feed_of = |new: &Parsed| {
        let was = || held.get(&new.name()).map(|held| held.feed.clone());
        new.feed.clone().or_else(was).unwrap_or_default()
    };
    let feeds: Vec<String> = todo.iter().map(|new| feed_of(new)).collect();
    let mut packed = Vec::with_capacity(todo.len());
    for new in todo {
        let affected = serde_json::to_vec(&new.advisory.affected).map_err(anyhow::Error::from)?;
        packed.push((pack(&affected)?, pack(&new.bytes)?));
    }
    let summaries: Vec<String> = todo
        .iter()
        .map(|p| p.advisory.summary.chars().take(SUMMARY_CHARS_MAX).collect())
        .collect();
    let rows: Vec<Row> = todo
        .iter()
        .zip(&packed)
        .zip(summaries.iter().zip(&feeds))
        .map(|((new, (affected, record)), (summary, feed))| Row {
            source: &new.source,
            external_id: &new.advisory.id,
            vulnerability: of.get(&new.advisory.id).copied().unwrap_or_default(),
            feed,
            modified: &new.advisory.modified,
            withdrawn: new.advisory.withdrawn.as_deref(),
            summary,
            rated: &new.rated,
            informational: new.advisory.informational(),
            digest: &new.digest,
            affected,
            record,
            reader: READER,
        })
        .collect();
    Ok(records::upsert(tx, &rows)?)
}
