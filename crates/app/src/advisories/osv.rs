//! A batch of OSV records on its way in: what is unchanged costs its digest, what cannot be read
//! is named, what we cannot match is counted.

use super::import::{Changed, Changes, Report, Tally, Task, write_batch};
use super::reading::Raw;
use super::rules::{self, READER, Rated};
use super::store::records::{self, Row, Stored};
use super::{grouping, pack};
use crate::store::Tx;
use crate::trouble::Trouble;
use bonafide_engine::advisory::{Advisory, read_osv};
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

fn is_torn(advisory: &Advisory) -> bool {
    let mut problems = advisory.problems.iter();
    problems.any(|p| p.place.starts_with("/affected") && TORN.contains(&p.code))
}

pub(super) fn import_batch(
    task: &Task,
    batch: Vec<Raw>,
    named: Option<&'static str>,
    tally: &mut Tally,
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut parsed: BTreeMap<String, Parsed> = BTreeMap::new();
    for raw in batch {
        let bytes = match raw.bytes {
            Ok(bytes) => bytes,
            Err(code) => {
                report.unreadable += 1;
                report.problem(&raw.name, code, "This entry could not be read.");
                continue;
            }
        };
        match read_osv(&bytes) {
            Ok(advisory) => {
                let come = (advisory, bytes, raw.name.as_str());
                take(task, come, named, tally, report, &mut parsed);
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
    Ok(())
}

fn take(
    task: &Task,
    (mut advisory, bytes, name): (Advisory, Vec<u8>, &str),
    named: Option<&'static str>,
    tally: &mut Tally,
    report: &mut Report,
    parsed: &mut BTreeMap<String, Parsed>,
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
    let about = about(&advisory, named);
    let is_torn = is_torn(&advisory);
    report.unreadable += u64::from(is_torn);
    match about {
        None if is_torn => return,
        None => {
            let aside = ecosystems.into_iter().next();
            let aside = aside.unwrap_or_else(|| super::NO_PACKAGE.to_owned());
            *report.left_aside.entry(aside).or_default() += 1;
        }
        Some(about) => {
            if !tally.seen.insert(hash_of(&advisory.id)) {
                report.unreadable += 1;
                let text = "This record stands twice; the first counts.";
                report.problem(&advisory.id, "advisory-twice", text);
                return;
            }
            *tally.by_ecosystem.entry(about).or_default() += 1;
            // Go's records do not say when they were changed, only when they came out.
            let published = || rules::instant_of(advisory.published.as_deref()?);
            let said = rules::instant_of(&advisory.modified).or_else(published);
            let now = task.db.clock().now();
            let said = said.filter(|at| rules::is_credible(*at, now));
            tally.newest = tally.newest.max(said);
            report.records += u64::from(!is_torn);
            report.withdrawn += u64::from(advisory.withdrawn.is_some());
        }
    }
    let aliases = aliases_of(&advisory, report);
    let rated = rated(&advisory);
    let digest = crate::blobs::hex(&Sha256::digest(&bytes));
    let feed = about.map(rules::osv_feed);
    parsed.insert(
        advisory.id.clone(),
        Parsed {
            digest,
            bytes,
            aliases,
            feed,
            rated,
            is_torn,
            advisory,
        },
    );
}

fn note_problems(advisory: &Advisory, report: &mut Report) {
    for problem in &advisory.problems {
        let place = format!("{}{}", advisory.id, problem.place);
        report.problem(&place, problem.code, &problem.text);
    }
}

fn hash_of(id: &str) -> u64 {
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
}

fn write(tx: &mut Tx, parsed: &BTreeMap<String, Parsed>) -> Result<(Changes, Counts), Trouble> {
    let held = records::stored(tx, parsed.keys())?;
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
    let changes = if todo.is_empty() {
        Changes::default()
    } else {
        write_changed(tx, &todo, &held)?
    };
    Ok((changes, counts))
}

/// Whether a record was changed before the one we hold. Records without a usable time are never
/// older: their text decides.
fn is_older(new: &str, held: &str, now: Timestamp) -> bool {
    match (rules::instant_of(new), rules::instant_of(held)) {
        (Some(new), Some(held)) => new < held && rules::is_credible(held, now),
        _ => false,
    }
}

fn write_changed(
    tx: &mut Tx,
    todo: &[&Parsed],
    held: &BTreeMap<String, Stored>,
) -> Result<Changes, Trouble> {
    let namings: Vec<(String, Vec<String>)> = todo
        .iter()
        .map(|p| (p.advisory.id.clone(), p.aliases.clone()))
        .collect();
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
        .filter_map(|p| held.get(&p.advisory.id).map(|stored| stored.id))
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
        let id = ids.get(&new.advisory.id).copied().unwrap_or_default();
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
        if let Some(was) = held.get(&new.advisory.id)
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
    held: &BTreeMap<String, Stored>,
) -> Result<BTreeMap<String, i64>, Trouble> {
    let feed_of = |new: &Parsed| {
        let was = || held.get(&new.advisory.id).map(|held| held.feed.clone());
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
