//! Is this version of this package affected? The OSV evaluation algorithm, with an answer a person
//! can check: which rule, which range, which fix, or why nothing can be said.
//!
//! "Not affected" is said only when a rule was evaluated to its end. Whatever could not be read
//! leads to [`Outcome::Unknown`], unless another entry already says "affected".

mod all;
mod cpe;
mod git;
mod identities;
mod osv;
mod range;
mod statuses;

use serde::{Deserialize, Serialize};

pub use all::evaluate_all;
pub use identities::{Identity, identities};

use crate::advisory::{Affected, sorted_fixes};
use crate::cpe::Cpe;
use crate::package::PackageKey;
use crate::version::{Order, Version, VersionError, order_of};
use range::Subject;

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
    /// `only-git-ranges`, `no-versions-stated`; and where something matches but not for certain:
    /// `name-only-match`, `platform-not-known`, `cpe-attribute-unspecified`, `commit-graph-needed`,
    /// `version-order-not-stated`, `version-status-unknown`, `version-not-stated`,
    /// `before-fixed-version`, `under-investigation`, `module-stream-differs`, and the codes of [`crate::lookup::Basis`].
    pub code: String,
    /// A sentence.
    pub reason: String,
    /// How likely "affected" is behind it.
    #[serde(default)]
    pub confidence: Confidence,
    /// The rule that came nearest to an answer, with its range and the fixed versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<Box<MatchReason>>,
}

/// How likely an unknown is an "affected".
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Only the name speaks for it, or what can be compared speaks against it.
    #[default]
    Low,
    /// The product is the one meant; its version or its surroundings are open.
    Medium,
    /// By every order we know the version is inside; only the record does not say which applies.
    High,
}

impl Confidence {
    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
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
    /// A CPE name with bounds on its version.
    CpeMatch,
    /// The versions of a CVE record and their statuses.
    CveVersions,
    /// The product statuses of a CSAF document.
    CsafProductStatus,
    /// A commit that the record names.
    GitCommit,
    /// A tag that the record lists.
    GitTag,
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
            Self::CpeMatch => "cpe-match",
            Self::CveVersions => "cve-versions",
            Self::CsafProductStatus => "csaf-product-status",
            Self::GitCommit => "git-commit",
            Self::GitTag => "git-tag",
            Self::PackageNotNamed => "package-not-named",
        }
    }
}

/// Evaluates all entries of one advisory for one version of a package. Entries of other packages
/// are passed over. Whether the advisory is withdrawn is for the caller to ask first.
///
/// Under a key of a CPE name the version may be a whole name in either form, so that its other
/// attributes take part.
#[must_use]
pub fn evaluate(package: &PackageKey, version: &str, affected: &[Affected]) -> Outcome {
    let order = order_of(&package.ecosystem);
    let asked = Asked::new(package, version, &order);
    let mut unknown: Option<Unknown> = None;
    let mut nearest: Option<(Rule, String, Option<String>)> = None;
    for entry in affected.iter().filter(|entry| entry.package == *package) {
        match weakened(evaluate_entry(&asked, entry), package, entry) {
            Answer::Affected(rule, range) => {
                let informational = entry.informational.clone();
                let reason = reason_of(package, version, affected, rule, range, informational);
                return Outcome::Affected(reason);
            }
            Answer::Not(rule, range) => {
                nearest.get_or_insert((rule, range, entry.informational.clone()));
            }
            Answer::Unknown(why) => keep_likelier(&mut unknown, why),
        }
    }
    if let Some(mut why) = unknown {
        if let Some(near) = why.nearest.take() {
            let MatchReason { rule, range, .. } = *near;
            let near = reason_of(package, version, affected, rule, range, None);
            why.nearest = Some(Box::new(near));
        }
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

/// What is asked about.
struct Asked<'a> {
    package: &'a PackageKey,
    order: &'a Result<Order, VersionError>,
    subject: Subject<'a>,
    /// The name asked about, where the key is one of CPE.
    cpe: Option<Cpe>,
    /// The version in plain words: of a CPE name with its update.
    version: String,
}

impl<'a> Asked<'a> {
    fn new(
        package: &'a PackageKey,
        version: &'a str,
        order: &'a Result<Order, VersionError>,
    ) -> Self {
        let text = version.trim();
        let cpe = Cpe::parse_short(text).ok();
        let plain = match &cpe {
            Some(cpe) => cpe.version_text().unwrap_or_default(),
            None => text.to_owned(),
        };
        let cpe = cpe.or_else(|| cpe_of_key(package, text));
        let mut subject = Subject::new(order, version);
        subject.version = parsed(order, &plain);
        Self {
            package,
            order,
            subject,
            cpe,
            version: plain,
        }
    }
}

fn cpe_of_key(package: &PackageKey, version: &str) -> Option<Cpe> {
    if package.ecosystem != PackageKey::CPE {
        return None;
    }
    let name = Cpe::parse_short(&format!("cpe:2.3:*:{}", package.name)).ok()?;
    Some(name.with_version(version))
}

/// A bare name identifies nothing, and an entry with a condition does not decide alone: what they
/// would call affected is possible.
fn weakened(answer: Answer, package: &PackageKey, entry: &Affected) -> Answer {
    let is_name = package.ecosystem == PackageKey::NAME;
    let named = match entry.name_text.as_str() {
        "" => package.name.as_str(),
        text => text,
    };
    match answer {
        Answer::Affected(rule, range) if is_name => {
            let reason = format!(
                "The component has no identifier; only its name is that of {named:?} in the record."
            );
            doubt("name-only-match", reason, Confidence::Low).near(rule, range)
        }
        Answer::Affected(rule, range) if entry.condition.is_some() => {
            let condition = entry.condition.as_deref().unwrap_or_default();
            let reason = format!("The record speaks of it only {condition}.");
            doubt("platform-not-known", reason, Confidence::Medium).near(rule, range)
        }
        Answer::Unknown(mut why) if is_name => {
            why.confidence = Confidence::Low;
            Answer::Unknown(why)
        }
        Answer::Unknown(mut why) if entry.condition.is_some() => {
            why.confidence = why.confidence.min(Confidence::Medium);
            Answer::Unknown(why)
        }
        other => other,
    }
}

fn keep_likelier(best: &mut Option<Unknown>, next: Unknown) {
    match best {
        Some(best) if best.confidence >= next.confidence => {}
        _ => *best = Some(next),
    }
}

fn doubt(code: &str, reason: String, confidence: Confidence) -> Unknown {
    Unknown {
        code: code.to_owned(),
        reason,
        confidence,
        nearest: None,
    }
}

impl Unknown {
    /// As an answer, with the rule that came nearest; identifier and fixes are added at the end.
    fn near(mut self, rule: Rule, range: String) -> Answer {
        self.nearest = Some(Box::new(MatchReason {
            identifier: String::new(),
            rule,
            range,
            fixed: Vec::new(),
            informational: None,
        }));
        Answer::Unknown(self)
    }
}

enum Answer {
    Affected(Rule, String),
    Not(Rule, String),
    Unknown(Unknown),
}

fn evaluate_entry(asked: &Asked<'_>, entry: &Affected) -> Answer {
    if entry.cpe.is_some() {
        return cpe::evaluate(asked, entry);
    }
    if let Some(statuses) = &entry.statuses {
        return statuses::evaluate(asked, statuses);
    }
    if asked.package.ecosystem == PackageKey::GIT {
        return git::evaluate(asked, entry);
    }
    osv::evaluate(asked.order, &asked.subject, entry)
}

fn unknown(code: &str, reason: String) -> Unknown {
    doubt(code, reason, Confidence::Medium)
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
    let identifier = match Cpe::parse_short(version) {
        Ok(name) => name.formatted(),
        Err(_) => format!("{package}@{version}"),
    };
    MatchReason {
        identifier,
        rule,
        range,
        fixed,
        informational,
    }
}

fn parsed(order: &Result<Order, VersionError>, text: &str) -> Result<Version, Unknown> {
    let version = match order {
        Ok(order) => order.parse(text),
        Err(error) => Err(error.clone()),
    };
    version.map_err(|error| {
        let reason = format!("This version cannot be compared: {error}.");
        unknown(error.code(), reason)
    })
}

impl<'a> Subject<'a> {
    fn new(order: &Result<Order, VersionError>, text: &'a str) -> Self {
        let text = text.trim();
        Self {
            text,
            version: parsed(order, text),
        }
    }

    fn is_written(&self, listed: &str) -> bool {
        !self.text.is_empty() && self.text == listed
    }
}
