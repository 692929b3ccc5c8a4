//! Commits and tags of a repository, as OSV's GIT ranges name them. Which commits lie between two
//! others only the repository knows: equality decides, all else is possible.

use super::{Answer, Asked, Confidence, Rule, doubt};
use crate::advisory::{Affected, Event, RangeKind};

/// Digits of a SHA-1 and of a SHA-256 name of a commit.
const WHOLE: [usize; 2] = [40, 64];
/// The shortest abbreviation git writes.
const SHORT_MIN: usize = 7;

/// Whether a text can be the name of a commit, whole or abbreviated.
pub(super) fn is_commit(text: &str) -> bool {
    text.len() >= SHORT_MIN
        && text.len() <= WHOLE[1]
        && text.bytes().all(|b| b.is_ascii_hexdigit())
        && text.bytes().any(|b| b.is_ascii_digit())
}

/// Whether two texts name the same commit; `None` when one is only an abbreviation that fits.
pub(super) fn same_commit(a: &str, b: &str) -> Option<bool> {
    let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
    if a == b && WHOLE.contains(&a.len()) {
        return Some(true);
    }
    let fits = is_commit(&a) && is_commit(&b) && (a.starts_with(&b) || b.starts_with(&a));
    if fits { None } else { Some(false) }
}

fn bare(tag: &str) -> &str {
    let tag = tag.trim().trim_start_matches("refs/tags/");
    tag.strip_prefix(['v', 'V']).unwrap_or(tag)
}

pub(super) fn evaluate(asked: &Asked<'_>, entry: &Affected) -> Answer {
    let version = asked.version.as_str();
    let listed = |tag: &&String| !version.is_empty() && bare(tag) == bare(version);
    if let Some(tag) = entry.versions.iter().find(listed) {
        return Answer::Affected(Rule::GitTag, format!("={tag}"));
    }
    let mut fits = None;
    for event in entry.ranges.iter().flat_map(|range| &range.events) {
        let (commit, is_affected, sign) = match event {
            Event::Introduced(commit) => (commit, true, ">="),
            Event::LastAffected(commit) => (commit, true, "<="),
            Event::Fixed(commit) => (commit, false, "<"),
            Event::Limit(_) => continue,
        };
        match same_commit(version, commit) {
            Some(false) => {}
            Some(true) if is_affected => {
                return Answer::Affected(Rule::GitCommit, format!("{sign}{commit}"));
            }
            Some(true) => return Answer::Not(Rule::GitCommit, format!("{sign}{commit}")),
            None => fits = Some(format!("{sign}{commit}")),
        }
    }
    let range = fits.clone().unwrap_or_else(|| range_text(entry));
    if version.is_empty() {
        let reason = "The component has neither a tag nor a commit.".to_owned();
        return doubt("version-missing", reason, Confidence::Medium).near(Rule::GitCommit, range);
    }
    // A tag beside a list of tags is probably none of them; a commit may be anywhere.
    let confidence = match entry.versions.is_empty() || is_commit(version) || fits.is_some() {
        true => Confidence::Medium,
        false => Confidence::Low,
    };
    let reason = format!(
        "Whether {version:?} holds the flaw needs the graph of commits, which only the repository has."
    );
    doubt("commit-graph-needed", reason, confidence).near(Rule::GitCommit, range)
}

fn range_text(entry: &Affected) -> String {
    let ranges = entry
        .ranges
        .iter()
        .filter(|range| range.kind == RangeKind::Git);
    let events = ranges.flat_map(|range| &range.events).take(4);
    let shown: Vec<String> = events
        .map(|event| match event {
            Event::Introduced(commit) => format!(">={commit}"),
            Event::Fixed(commit) | Event::Limit(commit) => format!("<{commit}"),
            Event::LastAffected(commit) => format!("<={commit}"),
        })
        .collect();
    shown.join(", ")
}
