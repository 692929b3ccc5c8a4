//! Catalogues of known exploitation and EPSS scores, from files: CISA's KEV as JSON or CSV, the
//! EUVD's dump, EPSS as CSV with or without gzip.

use super::Troubles;
use super::found::is_cve_column;
use crate::advisories::reading;
use bonafide_engine::exploitation::{KevSource, Problems, read_cisa_kev, read_epss, read_euvd_kev};
use bonafide_engine::scan::{Epss, Exploited, Feed, World};
use std::collections::HashSet;
use std::io::BufRead;
use std::path::Path;

/// What a catalogue in CSV may have; CISA's has 600 KB.
const CSV_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Reads one catalogue into what is known; scores are kept for the ids wanted only. `Err` is a
/// sentence on why it cannot be used.
pub fn read(
    name: &str,
    path: &Path,
    wanted: &HashSet<&str>,
    world: &mut World,
    troubles: &mut Troubles,
) -> Result<Feed, String> {
    let mut feed = Feed {
        source: name.to_owned(),
        ..Feed::default()
    };
    let mut reader = reading::open_scores(path).map_err(|error| format!("{error:#}"))?;
    let head = reader.fill_buf().map_err(|error| error.to_string())?;
    let first = head
        .iter()
        .find(|byte| !byte.is_ascii_whitespace() && !byte.is_ascii_control());
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    match first {
        Some(b'{') => cisa(path, &mut feed, world, troubles)?,
        Some(b'[') => euvd(path, &mut feed, world, troubles)?,
        _ if head
            .lines()
            .take(3)
            .any(|line| line.contains("cve,epss,percentile")) =>
        {
            epss(reader, wanted, &mut feed, world, troubles)?;
        }
        _ => csv(reader, &mut feed, world, troubles)?,
    }
    Ok(feed)
}

fn note(problems: &Problems, feed: &mut Feed, troubles: &mut Troubles) {
    feed.unreadable += problems.dropped as u64;
    for problem in &problems.named {
        let source = feed.source.clone();
        troubles.add(&source, &problem.place, &problem.text);
    }
}

fn exploit(world: &mut World, id: &str, entry: Exploited) {
    let catalogue = world.exploited.get_or_insert_default();
    catalogue.entry(id.to_owned()).or_default().push(entry);
}

fn cisa(
    path: &Path,
    feed: &mut Feed,
    world: &mut World,
    troubles: &mut Troubles,
) -> Result<(), String> {
    let bytes = reading::read_catalogue(path).map_err(|error| format!("{error:#}"))?;
    let catalogue = read_cisa_kev(&bytes).map_err(|error| error.to_string())?;
    "cisa-kev".clone_into(&mut feed.kind);
    feed.records = catalogue.entries.len() as u64;
    feed.as_of = super::pool::instant(&catalogue.released);
    world.exploited.get_or_insert_default();
    for entry in &catalogue.entries {
        let said = Exploited {
            catalogue: "cisa-kev".to_owned(),
            date_added: entry.date_added,
        };
        exploit(world, &entry.cve_id, said);
    }
    note(&catalogue.problems, feed, troubles);
    Ok(())
}

fn euvd(
    path: &Path,
    feed: &mut Feed,
    world: &mut World,
    troubles: &mut Troubles,
) -> Result<(), String> {
    let bytes = reading::read_catalogue(path).map_err(|error| format!("{error:#}"))?;
    let dump = read_euvd_kev(&bytes).map_err(|error| error.to_string())?;
    "euvd-kev".clone_into(&mut feed.kind);
    feed.records = dump.entries.len() as u64;
    let newest = dump
        .entries
        .iter()
        .filter_map(|entry| entry.date_added)
        .max();
    feed.as_of = newest.and_then(|day| super::pool::instant(&day.to_string()));
    world.exploited.get_or_insert_default();
    for entry in &dump.entries {
        for id in entry.cve_id.iter().chain(&entry.euvd_id) {
            let mut catalogues: Vec<&str> = entry.sources.iter().map(name_of).collect();
            if catalogues.is_empty() {
                catalogues.push("euvd-kev");
            }
            for catalogue in catalogues {
                let said = Exploited {
                    catalogue: catalogue.to_owned(),
                    date_added: entry.date_added,
                };
                exploit(world, id, said);
            }
        }
    }
    note(&dump.problems, feed, troubles);
    Ok(())
}

fn name_of(source: &KevSource) -> &str {
    match source {
        KevSource::CisaKev => "cisa-kev",
        KevSource::EuKev => "eu-kev",
        KevSource::Other(name) => name,
    }
}

fn epss(
    reader: impl BufRead,
    wanted: &HashSet<&str>,
    feed: &mut Feed,
    world: &mut World,
    troubles: &mut Troubles,
) -> Result<(), String> {
    let mut rows = read_epss(reader).map_err(|error| error.to_string())?;
    "epss".clone_into(&mut feed.kind);
    feed.as_of = rows.score_date.as_deref().and_then(super::pool::instant);
    for row in rows.by_ref() {
        match row {
            Ok(row) => {
                feed.records += 1;
                if wanted.contains(row.cve.as_str()) {
                    let score = Epss {
                        score: row.epss,
                        percentile: row.percentile,
                    };
                    world.epss.insert(row.cve, score);
                }
            }
            Err(problem) => {
                feed.unreadable += 1;
                troubles.add(&feed.source, &problem.place, &problem.text);
            }
        }
    }
    rows.failure()
        .map_or(Ok(()), |error| Err(error.to_string()))
}

/// A catalogue as CSV: any column of CVE ids, and the day of adding where there is one.
fn csv(
    reader: impl BufRead,
    feed: &mut Feed,
    world: &mut World,
    troubles: &mut Troubles,
) -> Result<(), String> {
    let mut rows = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(reader.take(CSV_BYTES_MAX));
    let heads = rows.headers().map_err(|error| error.to_string())?.clone();
    let head = |head: &str| head.trim_start_matches('\u{feff}').to_owned();
    let id_at = heads.iter().position(|name| is_cve_column(&head(name)));
    let id_at = id_at.ok_or("it is no catalogue of known exploitation and has no EPSS scores")?;
    let added = |name: &str| name.trim().eq_ignore_ascii_case("dateAdded");
    let added_at = heads.iter().position(added);
    "cisa-kev".clone_into(&mut feed.kind);
    world.exploited.get_or_insert_default();
    let mut newest: Option<jiff::civil::Date> = None;
    for (line, row) in (2..).zip(rows.records()) {
        let row = row.map_err(|error| error.to_string())?;
        let id = row
            .get(id_at)
            .unwrap_or_default()
            .trim()
            .to_ascii_uppercase();
        if !id.starts_with("CVE-") {
            feed.unreadable += 1;
            troubles.add(&feed.source, &format!("line {line}"), "There is no CVE id.");
            continue;
        }
        let day = added_at.and_then(|at| row.get(at)?.trim().get(..10)?.parse().ok());
        newest = newest.max(day);
        feed.records += 1;
        let said = Exploited {
            catalogue: "cisa-kev".to_owned(),
            date_added: day,
        };
        exploit(world, &id, said);
    }
    feed.as_of = newest.and_then(|day| super::pool::instant(&day.to_string()));
    Ok(())
}
