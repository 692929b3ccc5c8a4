//! Does an SBOM say what a guideline asks for? One verdict per profile: BSI TR-03183-2 v2.1.0,
//! NTIA "The Minimum Elements For a Software Bill of Materials" (2021), CISA "Minimum Elements"
//! (2026). Each profile is a table of checks; a check is one small function over one component or
//! over the document.
//!
//! A declared unknown (`NOASSERTION`, an aggregate `unknown`) is never taken for an omission, nor
//! for an answer: whether it is enough stands with the check. Where a reading of a guideline is
//! not certain, the check says so in [`Check::unsure`]; nothing here may hide that.

mod bsi;
mod cisa;
mod facts;
mod forms;
mod ntia;
mod shared;

use serde::Serialize;

use crate::sbom::document::{Document, Part};
use facts::Facts;

/// What an SBOM is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// BSI TR-03183-2 v2.1.0 (20 August 2025).
    Bsi,
    /// NTIA, The Minimum Elements For a Software Bill of Materials (12 July 2021).
    Ntia,
    /// CISA, 2026 Minimum Elements for a Software Bill of Materials (29 July 2026).
    Cisa,
}

/// How binding a check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The verdict depends on it.
    Must,
    /// Reported only.
    Should,
    /// Reported only.
    May,
}

/// What a check looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    Document,
    /// Each component, the subject of the document among them.
    Component,
}

/// What came of a check over all places it looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Passed,
    /// At one place at least something is missing or wrong.
    Failed,
    /// Nothing is missing, but at one place at least the document says that it does not know.
    DeclaredUnknown,
    /// Asked for only if it exists, and the document has nothing of the kind; or there is no place.
    NotApplicable,
}

/// What is the matter at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    Missing,
    /// There is something, but not what is asked for.
    Invalid,
    /// The document says that it is not known.
    Unknown,
}

/// The answer for one document and one profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub profile: Profile,
    /// Whether every check that must pass did. `false` also when there was no component to judge.
    pub is_valid: bool,
    /// How many components were judged, the subject among them.
    pub components: usize,
    /// In the order of the guideline.
    pub checks: Vec<Check>,
}

/// What came of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Stable, kebab-case, begins with the profile.
    pub code: &'static str,
    /// What is asked for, stable over the profiles: the key of the sentences about it.
    pub topic: &'static str,
    /// The section of the guideline.
    pub citation: &'static str,
    pub level: Level,
    pub scope: Scope,
    pub state: State,
    /// Whether a declared unknown is enough for this check.
    pub is_unknown_enough: bool,
    /// Why our reading of the guideline is not certain; the key of a sentence.
    pub unsure: Option<&'static str>,
    /// By place, in the order of the document; at most [`FAILURES_MAX`].
    pub failures: Vec<Failure>,
    /// Failures beyond that number.
    pub left_out: usize,
}

/// One place at which something is missing, wrong or declared unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub reason: Reason,
    /// JSON pointer, in the JSON form of the document.
    pub place: String,
    /// The component's name; `None` for the document itself.
    pub component: Option<String>,
    /// The component's version, as written.
    pub version: Option<String>,
    /// What stands there, if something does; at most [`VALUE_CHARS_MAX`] characters.
    pub value: Option<String>,
}

/// Failures of a check kept by name.
pub const FAILURES_MAX: usize = 50;
/// Characters shown of what stands in a document.
pub const VALUE_CHARS_MAX: usize = 120;

/// Judges a document. Linear in its size; sorted as the document is.
#[must_use]
pub fn judge(document: &Document, profile: Profile) -> Verdict {
    let facts = Facts::of(document);
    let components = document.parts.len() + usize::from(document.subject.is_some());
    let checks: Vec<Check> = profile
        .rules()
        .iter()
        .map(|rule| rule.run(&facts))
        .collect();
    Verdict {
        profile,
        is_valid: components > 0 && checks.iter().all(Check::is_satisfied),
        components,
        checks,
    }
}

impl Profile {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Bsi, Self::Ntia, Self::Cisa];

    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bsi => "bsi",
            Self::Ntia => "ntia",
            Self::Cisa => "cisa",
        }
    }

    /// The one with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|profile| profile.as_str() == code)
    }

    fn rules(self) -> &'static [Rule] {
        match self {
            Self::Bsi => bsi::RULES,
            Self::Ntia => ntia::RULES,
            Self::Cisa => cisa::RULES,
        }
    }
}

impl Verdict {
    /// Checks that must pass and did not.
    pub fn failing(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| !check.is_satisfied())
    }
}

impl Check {
    /// Whether the verdict can stand with it: passed, not asked for, unknown where that is
    /// enough, or not binding.
    #[must_use]
    pub fn is_satisfied(&self) -> bool {
        match self.state {
            State::Passed | State::NotApplicable => true,
            State::DeclaredUnknown => self.is_unknown_enough || self.level != Level::Must,
            State::Failed => self.level != Level::Must,
        }
    }

    /// At how many places something is missing, wrong or declared unknown.
    #[must_use]
    pub fn total(&self) -> usize {
        self.failures.len() + self.left_out
    }
}

/// A row of a profile's table.
struct Rule {
    code: &'static str,
    topic: &'static str,
    citation: &'static str,
    level: Level,
    is_unknown_enough: bool,
    unsure: Option<&'static str>,
    test: Test,
}

/// The function of a check.
enum Test {
    Document(fn(&Facts<'_>) -> Outcome),
    Component(fn(&Facts<'_>, &Part) -> Outcome),
}

/// What a check says of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Passed,
    NotApplicable,
    Unknown,
    Missing,
    /// This stands there.
    Invalid(String),
}

impl Rule {
    /// A check that must pass, over each component.
    const fn component(
        code: &'static str,
        topic: &'static str,
        citation: &'static str,
        test: fn(&Facts<'_>, &Part) -> Outcome,
    ) -> Self {
        Self {
            code,
            topic,
            citation,
            level: Level::Must,
            is_unknown_enough: false,
            unsure: None,
            test: Test::Component(test),
        }
    }

    /// A check that must pass, over the document.
    const fn document(
        code: &'static str,
        topic: &'static str,
        citation: &'static str,
        test: fn(&Facts<'_>) -> Outcome,
    ) -> Self {
        Self {
            code,
            topic,
            citation,
            level: Level::Must,
            is_unknown_enough: false,
            unsure: None,
            test: Test::Document(test),
        }
    }

    const fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    const fn unknown_is_enough(mut self) -> Self {
        self.is_unknown_enough = true;
        self
    }

    const fn unsure(mut self, why: &'static str) -> Self {
        self.unsure = Some(why);
        self
    }

    fn run(&self, facts: &Facts<'_>) -> Check {
        let mut tally = Tally::default();
        let scope = match self.test {
            Test::Document(test) => {
                tally.add(test(facts), || (facts.head_place().to_owned(), None, None));
                Scope::Document
            }
            Test::Component(test) => {
                for part in facts.parts() {
                    tally.add(test(facts, part), || {
                        let version = part.version.known().map(|text| shortened(text));
                        (part.place.clone(), Some(shortened(&part.name)), version)
                    });
                }
                Scope::Component
            }
        };
        Check {
            code: self.code,
            topic: self.topic,
            citation: self.citation,
            level: self.level,
            scope,
            state: tally.state(),
            is_unknown_enough: self.is_unknown_enough,
            unsure: self.unsure,
            failures: tally.failures,
            left_out: tally.left_out,
        }
    }
}

/// Place, component and version of a failure.
type Where = (String, Option<String>, Option<String>);

/// What a check said so far.
#[derive(Default)]
struct Tally {
    has_passed: bool,
    has_failed: bool,
    has_unknown: bool,
    failures: Vec<Failure>,
    left_out: usize,
}

impl Tally {
    fn add(&mut self, outcome: Outcome, at: impl FnOnce() -> Where) {
        let (reason, value) = match outcome {
            Outcome::NotApplicable => return,
            Outcome::Passed => {
                self.has_passed = true;
                return;
            }
            Outcome::Unknown => {
                self.has_unknown = true;
                (Reason::Unknown, None)
            }
            Outcome::Missing => {
                self.has_failed = true;
                (Reason::Missing, None)
            }
            Outcome::Invalid(value) => {
                self.has_failed = true;
                (Reason::Invalid, Some(shortened(&value)))
            }
        };
        if self.failures.len() >= FAILURES_MAX {
            self.left_out += 1;
            return;
        }
        let (place, component, version) = at();
        self.failures.push(Failure {
            reason,
            place,
            component,
            version,
            value,
        });
    }

    fn state(&self) -> State {
        match (self.has_failed, self.has_unknown, self.has_passed) {
            (true, _, _) => State::Failed,
            (false, true, _) => State::DeclaredUnknown,
            (false, false, true) => State::Passed,
            (false, false, false) => State::NotApplicable,
        }
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(VALUE_CHARS_MAX).collect()
}
