//! CISA's KEV catalogue, the EUVD's dump of European and CISA's known-exploited vulnerabilities,
//! and EPSS scores on their way in. A catalogue is a whole: what is no longer in it is withdrawn,
//! unless it shrank so sharply that the catalogue itself must be broken.

use super::fault::{Fault, Faulty};
use super::grouping;
use super::import::{Changes, Progress, Report, Task, short, state, write_batch};
use super::reading;
use super::rules::{self, Size};
use super::store::exploits::{self, Said};
use super::store::feeds;
use super::whole::too_small;
use crate::trouble::Trouble;
use anyhow::Context as _;
use bonafide_engine::exploitation::{
    EuvdKevEntry, KevEntry, KevSource, Problems, read_cisa_kev, read_epss, read_euvd_kev,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Entries of one write transaction.
const BATCH_ENTRIES: usize = 500;
/// Scores of one write transaction.
const BATCH_SCORES: usize = 10_000;

/// A catalogue in the one form both have.
struct Catalogue {
    feed: &'static str,
    said: Vec<Said>,
    /// (id, other ids of the same flaw).
    namings: Vec<(String, Vec<String>)>,
    entries: usize,
    problems: Problems,
    data_as_of: Option<String>,
    /// The catalogue contradicts itself, so nothing is withdrawn by it.
    is_cut_off: bool,
}

pub(super) fn import_cisa_kev(task: &Task, path: &Path, report: &mut Report) -> anyhow::Result<()> {
    report.kind = "cisa-kev";
    let read = read_cisa_kev(&reading::read_catalogue(path)?)?;
    let is_cut_off = read
        .problems
        .named
        .iter()
        .any(|problem| problem.code == "kev-count-differs");
    let catalogue = Catalogue {
        feed: "cisa-kev",
        said: read.entries.iter().map(of_cisa).collect(),
        namings: read
            .entries
            .iter()
            .map(|entry| (entry.cve_id.clone(), Vec::new()))
            .collect(),
        entries: read.entries.len(),
        data_as_of: rules::instant_of(&read.released).map(|at| at.to_string()),
        problems: read.problems,
        is_cut_off,
    };
    import_catalogue(task, path, catalogue, report)
}

fn of_cisa(entry: &KevEntry) -> Said {
    let detail = serde_json::json!({
        "name": entry.name,
        "vendor": entry.vendor,
        "product": entry.product,
        "description": entry.description,
        "ransomware": entry.ransomware,
        "references": entry.references,
    });
    Said {
        source: "cisa-kev",
        name: entry.cve_id.clone(),
        added_on: entry.date_added.map(|d| d.to_string()).unwrap_or_default(),
        detail: detail.to_string(),
    }
}

pub(super) fn import_euvd_kev(task: &Task, path: &Path, report: &mut Report) -> anyhow::Result<()> {
    report.kind = "euvd-kev";
    let read = read_euvd_kev(&reading::read_catalogue(path)?)?;
    let newest = read
        .entries
        .iter()
        .filter_map(|entry| entry.date_added)
        .max();
    let catalogue = Catalogue {
        feed: "euvd-kev",
        said: read.entries.iter().flat_map(of_euvd).collect(),
        namings: read
            .entries
            .iter()
            .filter_map(|entry| match (&entry.euvd_id, &entry.cve_id) {
                (Some(euvd), cve) => Some((euvd.clone(), cve.iter().cloned().collect())),
                (None, Some(cve)) => Some((cve.clone(), Vec::new())),
                (None, None) => None,
            })
            .collect(),
        entries: read.entries.len(),
        data_as_of: newest.map(|day| day.to_string()),
        problems: read.problems,
        is_cut_off: false,
    };
    import_catalogue(task, path, catalogue, report)
}

/// An entry that names no catalogue we know still says "exploited": it counts as the EU's, whose
/// list this is.
fn of_euvd(entry: &EuvdKevEntry) -> Vec<Said> {
    let Some(name) = entry.cve_id.clone().or_else(|| entry.euvd_id.clone()) else {
        return Vec::new();
    };
    let sources: BTreeSet<&'static str> = entry
        .sources
        .iter()
        .map(|source| match source {
            KevSource::CisaKev => "cisa-kev",
            KevSource::EuKev | KevSource::Other(_) => "eu-kev",
        })
        .collect();
    let sources = if sources.is_empty() {
        BTreeSet::from(["eu-kev"])
    } else {
        sources
    };
    let detail = serde_json::json!({ "euvd": entry.euvd_id });
    sources
        .into_iter()
        .map(|source| Said {
            source,
            name: name.clone(),
            added_on: entry.date_added.map(|d| d.to_string()).unwrap_or_default(),
            detail: detail.to_string(),
        })
        .collect()
}

fn note_problems(problems: &Problems, report: &mut Report) {
    report.unreadable = problems.dropped as u64;
    for problem in &problems.named {
        report.problem(&problem.place, problem.code, &problem.text);
    }
}

fn import_catalogue(
    task: &Task,
    path: &Path,
    mut catalogue: Catalogue,
    report: &mut Report,
) -> anyhow::Result<()> {
    let feed = catalogue.feed;
    report.records = catalogue.entries as u64;
    report.data_as_of = catalogue.data_as_of.take();
    note_problems(&catalogue.problems, report);
    let (held, was) = task.db.write_retrying(|tx| {
        let was = feeds::records_before(tx, feed)?;
        Ok((exploits::records_of(tx, feed)?, was))
    })?;
    let said: BTreeMap<(String, String), Said> = catalogue
        .said
        .into_iter()
        .map(|said| ((said.source.to_owned(), said.name.clone()), said))
        .collect();
    add_said(task, feed, &said, &held, &catalogue.namings, report)?;

    let entries = i64::try_from(catalogue.entries).unwrap_or(i64::MAX);
    report.ensure_complete(rules::Kind::Catalogue)?;
    let believe = task.options.accept_smaller;
    anyhow::ensure!(
        rules::size_of(feed, true, was, entries, believe) == Size::Whole,
        Faulty::new(Fault::TooSmall, too_small(feed, was, entries))
    );
    anyhow::ensure!(
        !catalogue.is_cut_off || believe,
        Faulty::new(
            Fault::TooSmall,
            format!(
                "{feed} does not hold as many entries as it says; it is taken for incomplete. What \
                 it holds was used, nothing was withdrawn. If it is right, import it again with \
                 --accept-smaller"
            )
        )
    );
    let gone: Vec<(String, String)> = held
        .keys()
        // What could not be read may be the very entry that seems to be gone.
        .filter(|key| report.unreadable == 0 && !said.contains_key(*key))
        .cloned()
        .collect();
    report.removed = gone.len() as u64;
    for batch in gone.chunks(BATCH_ENTRIES) {
        write_batch(task, |tx| {
            for (source, name) in batch {
                exploits::withdraw(tx, feed, source, name)?;
            }
            let names: BTreeSet<&String> = batch.iter().map(|(_, name)| name).collect();
            let touched = super::store::groups::vulnerabilities_of(tx, names)?;
            let touched: BTreeSet<i64> = touched.into_values().collect();
            let touched: Vec<i64> = touched.into_iter().collect();
            grouping::draw_exploitations(tx, &touched)?;
            Ok((Changes::default(), ()))
        })?;
    }
    report.feeds = vec![feed.to_owned()];
    let state = state(task, feed.to_owned(), &short(path), entries, report);
    task.db
        .write_retrying(|tx| Ok(feeds::imported(tx, &state)?))
}

fn add_said(
    task: &Task,
    feed: &str,
    said: &BTreeMap<(String, String), Said>,
    held: &exploits::Held,
    namings: &[(String, Vec<String>)],
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut todo: Vec<&Said> = Vec::new();
    for (key, said) in said {
        match held.get(key) {
            None => report.new += 1,
            Some((added_on, detail)) if *added_on == said.added_on && *detail == said.detail => {
                report.unchanged += 1;
                continue;
            }
            Some(_) => report.changed += 1,
        }
        todo.push(said);
    }
    let mut said_of: BTreeMap<&str, Vec<&Said>> = BTreeMap::new();
    for said in todo {
        said_of.entry(&said.name).or_default().push(said);
    }
    let mut names: BTreeMap<&String, BTreeSet<String>> = BTreeMap::new();
    for (id, aliases) in namings {
        let concerns = |name: &String| said_of.contains_key(name.as_str());
        if concerns(id) || aliases.iter().any(concerns) {
            names.entry(id).or_default().extend(aliases.iter().cloned());
        }
    }
    let names: Vec<(String, Vec<String>)> = names
        .into_iter()
        .map(|(id, aliases)| (id.clone(), aliases.into_iter().collect()))
        .collect();
    for batch in names.chunks(BATCH_ENTRIES) {
        let said: Vec<&Said> = batch
            .iter()
            .flat_map(|(id, aliases)| std::iter::once(id).chain(aliases))
            .filter_map(|name| said_of.remove(name.as_str()))
            .flatten()
            .collect();
        // What is said and whom it is about stand in one transaction, or a process that dies
        // between them would take the entry for done.
        write_batch(task, |tx| {
            exploits::record(tx, feed, &said)?;
            Ok((name_batch(tx, batch)?, ()))
        })?;
    }
    Ok(())
}

/// Finds or makes the vulnerabilities behind some ids and draws their exploitation.
fn name_batch(
    tx: &mut crate::store::Tx,
    batch: &[(String, Vec<String>)],
) -> Result<Changes, Trouble> {
    let grouped = grouping::assign(tx, batch)?;
    let touched: BTreeSet<i64> = grouped
        .of
        .values()
        .chain(&grouped.parted)
        .copied()
        .collect();
    let touched: Vec<i64> = touched.into_iter().collect();
    grouping::describe(tx, &touched)?;
    Ok(Changes {
        exploited: grouping::draw_exploitations(tx, &touched)?,
        merged: grouped.merged,
        regrouped: grouped.parted.into_iter().collect(),
        ..Changes::default()
    })
}

pub(super) fn import_epss(
    task: &Task,
    path: &Path,
    report: &mut Report,
    progress: &mut dyn FnMut(Progress),
) -> anyhow::Result<()> {
    report.kind = "epss";
    let mut rows = read_epss(reading::open_scores(path)?)?;
    let day = rows.score_date.as_deref().and_then(rules::instant_of);
    let day = day.context("the file does not say of which day the scores are")?;
    report.data_as_of = Some(day.to_string());
    let scored_on = day.strftime("%Y-%m-%d").to_string();
    let was = task
        .db
        .write_retrying(|tx| Ok(feeds::records_before(tx, "epss")?))?;
    let mut batch: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    let write = |batch: &mut BTreeMap<String, (f64, f64)>| {
        let scores: Vec<(String, f64, f64)> = std::mem::take(batch)
            .into_iter()
            .map(|(cve, (score, percentile))| (cve, score, percentile))
            .collect();
        task.db
            .write_retrying(|tx| Ok(exploits::score_all(tx, &scores, &scored_on)?))
    };
    for row in rows.by_ref() {
        match row {
            Ok(row) => {
                report.records += 1;
                batch.insert(row.cve, (row.epss, row.percentile));
            }
            Err(problem) => {
                report.unreadable += 1;
                report.problem(&problem.place, problem.code, &problem.text);
            }
        }
        if batch.len() >= BATCH_SCORES {
            write(&mut batch)?;
            progress(Progress {
                source: path,
                done: usize::try_from(report.records).unwrap_or(usize::MAX),
                total: 0,
            });
        }
    }
    write(&mut batch)?;
    if let Some(failure) = rows.failure() {
        anyhow::bail!("{failure}; the scores before that were used");
    }
    let records = i64::try_from(report.records).unwrap_or(i64::MAX);
    report.ensure_complete(rules::Kind::Bulk)?;
    anyhow::ensure!(
        rules::size_of("epss", true, was, records, task.options.accept_smaller) == Size::Whole,
        Faulty::new(Fault::TooSmall, too_small("epss", was, records))
    );
    report.feeds = vec!["epss".to_owned()];
    let state = state(task, "epss".into(), &short(path), records, report);
    task.db
        .write_retrying(|tx| Ok(feeds::imported(tx, &state)?))
}

/// Whether a name could be one of ours: letters, digits and the few marks ids have. GHSA's are drawn
/// by lot, and some have no digit.
pub fn is_id(text: &str) -> bool {
    let marks = "-_.:";
    let has_digit = text.chars().any(|c| c.is_ascii_digit());
    let is_ghsa = text
        .get(..5)
        .is_some_and(|head| head.eq_ignore_ascii_case("GHSA-"));
    (3..=200).contains(&text.len())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || marks.contains(c))
        && (has_digit || is_ghsa)
}
