//! An entry of an OSV record: the list as written, the ranges, the list by version order (OSV schema,
//! "Evaluation").

use super::range::{self, RangeAnswer, Subject};
use super::{Answer, Rule, Unknown, unknown};
use crate::advisory::{Affected, Range, RangeKind};
use crate::version::{Order, VersionError};

pub(super) fn evaluate(
    order: &Result<Order, VersionError>,
    subject: &Subject<'_>,
    entry: &Affected,
) -> Answer {
    if entry
        .versions
        .iter()
        .any(|listed| subject.is_written(listed))
    {
        return Answer::Affected(Rule::OsvVersionList, format!("={}", subject.text));
    }
    let mut unknown = None;
    let mut nearest = None;
    for range in &entry.ranges {
        match evaluate_range(order, subject, range) {
            None => {}
            Some(Answer::Affected(rule, text)) => return Answer::Affected(rule, text),
            Some(Answer::Not(rule, text)) => {
                nearest.get_or_insert((rule, text));
            }
            Some(Answer::Unknown(why)) => {
                unknown.get_or_insert(why);
            }
        }
    }
    match evaluate_list(order, subject, entry) {
        Some(Answer::Affected(rule, text)) => return Answer::Affected(rule, text),
        Some(Answer::Not(rule, text)) => {
            nearest.get_or_insert((rule, text));
        }
        Some(Answer::Unknown(why)) => {
            unknown.get_or_insert(why);
        }
        None => {}
    }
    match (unknown, nearest) {
        (Some(why), _) => Answer::Unknown(why),
        (None, Some((rule, text))) => Answer::Not(rule, text),
        (None, None) => Answer::Unknown(nothing_stated(entry)),
    }
}

/// `None` for a range that decides nothing (GIT).
fn evaluate_range(
    order: &Result<Order, VersionError>,
    subject: &Subject<'_>,
    range: &Range,
) -> Option<Answer> {
    let rule = match &range.kind {
        RangeKind::Git => return None,
        RangeKind::Semver => Rule::OsvRangeSemver,
        RangeKind::Ecosystem => Rule::OsvRangeEcosystem,
        RangeKind::Other(kind) => {
            let reason =
                format!("The advisory has a range of type {kind:?}, which we cannot read.");
            return Some(Answer::Unknown(unknown("range-type-unknown", reason)));
        }
    };
    Some(match range::evaluate(order, subject, range) {
        RangeAnswer::Inside(text) => Answer::Affected(rule, text),
        RangeAnswer::Outside(text) => Answer::Not(rule, text),
        RangeAnswer::Unknown(why) => Answer::Unknown(why),
    })
}

/// The list again, now by version order: `1.0` is listed as `1.0.0`. `None` without a list.
fn evaluate_list(
    order: &Result<Order, VersionError>,
    subject: &Subject<'_>,
    entry: &Affected,
) -> Option<Answer> {
    if entry.versions.is_empty() {
        return None;
    }
    let version = match &subject.version {
        Ok(version) => version,
        Err(why) => return Some(Answer::Unknown(why.clone())),
    };
    for listed in &entry.versions {
        let parsed = order
            .as_ref()
            .ok()
            .and_then(|order| order.parse(listed).ok());
        if parsed.is_some_and(|parsed| version.compare_to_bound(&parsed).is_some_and(|o| o.is_eq()))
        {
            return Some(Answer::Affected(Rule::OsvVersionList, format!("={listed}")));
        }
    }
    Some(Answer::Not(
        Rule::OsvVersionList,
        list_text(&entry.versions),
    ))
}

/// Versions of a list shown in a reason; the rest is counted.
const LIST_SHOWN_MAX: usize = 5;

fn list_text(versions: &[String]) -> String {
    let shown: Vec<String> = versions
        .iter()
        .take(LIST_SHOWN_MAX)
        .map(|version| format!("={version}"))
        .collect();
    let rest = versions.len().saturating_sub(LIST_SHOWN_MAX);
    match rest {
        0 => shown.join(" || "),
        _ => format!("{} || and {rest} more", shown.join(" || ")),
    }
}

fn nothing_stated(entry: &Affected) -> Unknown {
    if entry.ranges.is_empty() {
        unknown(
            "no-versions-stated",
            "The advisory names this package but no affected versions.".to_owned(),
        )
    } else {
        unknown(
            "only-git-ranges",
            "The advisory gives only commits; whether a version holds them needs the repository."
                .to_owned(),
        )
    }
}
