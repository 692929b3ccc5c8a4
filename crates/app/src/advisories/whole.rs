//! The end of an import of OSV records: which feeds it was the whole of, and which it only added to.
//! Nothing that is read in part, or is too small to be the whole, may make a feed newer.

use super::fault::{Fault, Faulty};
use super::import::{Report, Tally, Task, short, state};
use super::reading::Source;
use super::rules::{self, Size};
use super::store::feeds;

/// The ecosystem a source claims to be the whole of: by its file's name, or because somebody says
/// so. A directory's name alone claims nothing, for it may hold just what changed.
pub(super) fn claimed(
    task: &Task,
    source: &Source,
    named: Option<&'static str>,
) -> Option<&'static str> {
    let by_name = match source {
        Source::Archive(_) => true,
        Source::Records { .. } => task.options.accept_smaller,
        _ => false,
    };
    let options = task.options;
    options.ecosystem.or_else(|| named.filter(|_| by_name))
}

pub(super) fn finish_osv(
    task: &Task,
    source: &Source,
    named: Option<&'static str>,
    tally: &Tally,
    report: &mut Report,
) -> anyhow::Result<()> {
    report.data_as_of = tally.newest.map(|at| at.to_string());
    report.ensure_complete(rules::Kind::Bulk)?;
    // A single record says nothing about how complete or how old a feed is.
    if matches!(source, Source::Record(_)) {
        return Ok(());
    }
    let claimed = claimed(task, source, named);
    let mut about: Vec<(String, i64)> = match claimed {
        Some(ecosystem) => vec![rules::osv_feed(ecosystem)],
        None => tally.by_feed.keys().cloned().collect(),
    }
    .into_iter()
    .map(|feed| {
        let count = tally.by_feed.get(&feed).copied().unwrap_or(0);
        (feed, i64::try_from(count).unwrap_or(i64::MAX))
    })
    .collect();
    about.sort();
    if let [(only, _)] = about.as_slice() {
        report.kind = rules::kind_of_feed(only);
    }
    let before = task.db.write_retrying(|tx| {
        about
            .iter()
            .map(|(feed, _)| Ok((feeds::records_before(tx, feed)?, feeds::stored(tx, feed)?)))
            .collect::<anyhow::Result<Vec<_>>>()
    })?;
    let mut whole = Vec::new();
    let mut small = Vec::new();
    for ((feed, count), (before, held)) in about.into_iter().zip(before) {
        let believe = task.options.accept_smaller;
        let claims = claimed.is_some() || believe && rules::kind_of_feed(&feed) != "osv";
        match rules::size_of(&feed, claims, before, count, believe) {
            Size::Whole => {
                report.not_in_file += u64::try_from(held - count).unwrap_or(0);
                whole.push((feed, count));
            }
            Size::Addition => {
                let count = u64::try_from(count).unwrap_or_default();
                report.added_to.insert(feed, count);
            }
            Size::Thin | Size::Shrunk => small.push(too_small(&feed, before, count)),
        }
    }
    anyhow::ensure!(
        small.is_empty(),
        Faulty::new(Fault::TooSmall, small.join("; "))
    );
    report.feeds = whole.iter().map(|(feed, _)| feed.clone()).collect();
    let path = short(source.path());
    task.db.write_retrying(|tx| {
        for (name, count) in &whole {
            let state = state(task, name.clone(), &path, *count, report);
            feeds::imported(tx, &state)?;
        }
        Ok(())
    })
}

/// Why so few records are not taken for the whole feed, and what to do about it.
pub(super) fn too_small(feed: &str, before: Option<i64>, count: i64) -> String {
    let than = match before {
        Some(before) => format!("{feed} had {before} records and now has {count}"),
        None => format!(
            "{feed} has {count} records, and the whole of it would have {} at the least",
            rules::least_of(feed)
        ),
    };
    format!(
        "{than}; it is taken for incomplete. What it holds was used, what it lacks stays. \
         If it is right, import it again with --accept-smaller"
    )
}
