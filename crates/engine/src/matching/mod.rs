//! Is this version of this package affected? The OSV evaluation algorithm, with an answer a person
//! can check: which rule, which range, which fix, or why nothing can be said.
//!
//! "Not affected" is said only when a rule was evaluated to its end. Whatever could not be read
//! leads to [`Outcome::Unknown`], unless another entry already says "affected".

mod all;
mod range;

use serde::{Deserialize, Serialize};

use crate::advisory::{Affected, Range, RangeKind, sorted_fixes};
use crate::package::PackageKey;
use crate::version::{Order, VersionError, order_of};
pub use all::evaluate_all;
use range::{RangeAnswer, Subject};

/// The answer of the engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "outcome", content = "because")]
pub enum Outcome {
    /// A rule says so.
    Affected(MatchReason),
    /// Every rule was evaluated and none applies; the reason is the nearest one.
    NotAffected(MatchReason),
    /// No rule says "affected", and at least one could not be evaluated.
    Unknown(Unknown),
}

/// Why nothing can be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// Stable, kebab-case: `version-missing`, `version-unparsable`, `version-too-long`,
    /// `version-order-unknown`, `version-order-undefined`, `range-version-unparsable`,
    /// `range-type-unknown`,
    /// `only-git-ranges`, `no-versions-stated`.
    pub code: String,
    /// A sentence.
    pub reason: String,
}

/// Why a rule applies, or why the nearest one does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchReason {
    /// What was looked up, as in `npm/lodash@4.17.20`.
    pub identifier: String,
    /// The rule that decided.
    pub rule: Rule,
    /// The range in words of versions, as in `>=1.0.0, <1.2.3`; empty when no range was involved.
    pub range: String,
    /// The versions that fix it for this package, in version order; empty when none is known.
    pub fixed: Vec<String>,
    /// RustSec's kind of notice, when the entry is no flaw (`unmaintained`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub informational: Option<String>,
}

/// The rule that decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// A range ordered by Semantic Versioning.
    OsvRangeSemver,
    /// A range ordered by the ecosystem's rules.
    OsvRangeEcosystem,
    /// The list of versions.
    OsvVersionList,
    /// The record does not name this package.
    PackageNotNamed,
}

impl Rule {
    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OsvRangeSemver => "osv-range-semver",
            Self::OsvRangeEcosystem => "osv-range-ecosystem",
            Self::OsvVersionList => "osv-version-list",
            Self::PackageNotNamed => "package-not-named",
        }
    }
}

/// Evaluates all entries of one advisory for one version of a package. Entries of other packages
/// are passed over. Whether the advisory is withdrawn is for the caller to ask first.
#[must_use]
pub fn evaluate(package: &PackageKey, version: &str, affected: &[Affected]) -> Outcome {
    let order = order_of(&package.ecosystem);
    let subject = Subject::new(&order, version);
    let mut unknown: Option<Unknown> = None;
    let mut nearest: Option<(Rule, String, Option<String>)> = None;
    for entry in affected.iter().filter(|entry| entry.package == *package) {
        match evaluate_entry(&order, &subject, entry) {
            Answer::Affected(rule, range) => {
                let informational = entry.informational.clone();
                let reason = reason_of(package, version, affected, rule, range, informational);
                return Outcome::Affected(reason);
            }
            Answer::Not(rule, range) => {
                nearest.get_or_insert((rule, range, entry.informational.clone()));
            }
            Answer::Unknown(why) => {
                unknown.get_or_insert(why);
            }
        }
    }
    if let Some(why) = unknown {
        return Outcome::Unknown(why);
    }
    let (rule, range, informational) =
        nearest.unwrap_or((Rule::PackageNotNamed, String::new(), None));
    Outcome::NotAffected(reason_of(
        package,
        version,
        affected,
        rule,
        range,
        informational,
    ))
}

enum Answer {
    Affected(Rule, String),
    Not(Rule, String),
    Unknown(Unknown),
}

fn evaluate_entry(
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

fn unknown(code: &str, reason: String) -> Unknown {
    Unknown {
        code: code.to_owned(),
        reason,
    }
}

fn reason_of(
    package: &PackageKey,
    version: &str,
    affected: &[Affected],
    rule: Rule,
    range: String,
    informational: Option<String>,
) -> MatchReason {
    let entries = affected.iter().filter(|entry| entry.package == *package);
    let fixed = sorted_fixes(&package.ecosystem, entries.flat_map(Affected::fixes));
    MatchReason {
        identifier: format!("{package}@{version}"),
        rule,
        range,
        fixed,
        informational,
    }
}

impl<'a> Subject<'a> {
    fn new(order: &Result<Order, VersionError>, text: &'a str) -> Self {
        let text = text.trim();
        let version = match order {
            Ok(order) => order.parse(text),
            Err(error) => Err(error.clone()),
        };
        let version = version.map_err(|error| {
            unknown(
                error.code(),
                format!("This version cannot be compared: {error}."),
            )
        });
        Self { text, version }
    }

    fn is_written(&self, listed: &str) -> bool {
        !self.text.is_empty() && self.text == listed
    }
}
