//! Decisions about findings, pure: what an advisory says of a package version, in which order
//! flaws are looked at, what a judgement must say.

use super::Judging;
use crate::trouble::Refusal;
use bonafide_engine::advisory::Affected;
use bonafide_engine::lookup::Lookup;
use bonafide_engine::matching::{MatchReason, Outcome, Unknown, evaluate_all};
use jiff::Timestamp;

/// What was decided about a package version and an advisory.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    Affected(MatchReason),
    Unknown(Unknown),
}

impl Decision {
    /// The word in `matches.outcome`.
    pub fn outcome(&self) -> &'static str {
        match self {
            Self::Affected(_) => "affected",
            Self::Unknown(_) => "unknown",
        }
    }

    /// The reason as it is kept.
    pub fn reason(&self) -> String {
        let text = match self {
            Self::Affected(reason) => serde_json::to_string(reason),
            Self::Unknown(why) => serde_json::to_string(why),
        };
        text.unwrap_or_default()
    }
}

/// Whether an advisory concerns a version, by its own key first and then by the others it may be
/// known under; with the index of the lookup that decided. `None`: not affected, by rules evaluated
/// to their end.
pub fn decide(lookups: &[Lookup], affected: &[Affected]) -> Option<(Decision, usize)> {
    let (outcome, at) = evaluate_all(lookups, affected);
    let decision = match outcome {
        Outcome::Affected(reason) => Decision::Affected(reason),
        Outcome::Unknown(why) => Decision::Unknown(why),
        Outcome::NotAffected(_) => return None,
    };
    Some((decision, at?))
}

/// EPSS from here on comes before severity alone: about the upper three per cent of all CVEs.
pub const EPSS_NOTABLE: f64 = 0.1;

/// A judgement (VEX: OpenVEX and CSAF use the same words).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    UnderInvestigation,
    Affected,
    NotAffected,
    Fixed,
}

impl Status {
    pub const ALL: [Self; 4] = [
        Self::UnderInvestigation,
        Self::Affected,
        Self::NotAffected,
        Self::Fixed,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::UnderInvestigation => "under_investigation",
            Self::Affected => "affected",
            Self::NotAffected => "not_affected",
            Self::Fixed => "fixed",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// Why a product is not affected (the five reasons of VEX).
pub const JUSTIFICATIONS: [&str; 5] = [
    "component_not_present",
    "vulnerable_code_not_present",
    "vulnerable_code_not_in_execute_path",
    "vulnerable_code_cannot_be_controlled_by_adversary",
    "inline_mitigations_already_exist",
];

/// Longest explanation of a judgement.
pub const DETAIL_CHARS_MAX: usize = 4_000;

/// How far a judgement reaches within its product. It never leaves the version of the component it
/// was made about: another version is another question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// The findings it was made on.
    #[default]
    Release,
    /// All releases of the product that hold this version of the component now.
    SameVersion,
    /// These, and later releases until the component changes.
    UntilChanged,
}

impl Scope {
    pub const ALL: [Self; 3] = [Self::Release, Self::SameVersion, Self::UntilChanged];

    pub fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::SameVersion => "same-version",
            Self::UntilChanged => "until-changed",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// A judgement that says what it must.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    pub status: Status,
    pub justification: Option<&'static str>,
    pub detail: String,
    pub scope: Scope,
    /// From then on it no longer holds.
    pub expires_at: Option<Timestamp>,
}

/// The first instant at which a judgement no longer holds that was made "until and including" a
/// day. Days are those of UTC, like everything the program keeps.
pub fn expiry(last_day: &str, now: Timestamp) -> Result<Timestamp, Refusal> {
    let unreadable = || Refusal::field("expires_on", "finding-expiry-unreadable");
    let day: jiff::civil::Date = last_day.trim().parse().map_err(|_| unreadable())?;
    let next = day.tomorrow().map_err(|_| unreadable())?;
    let ends = next
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .map_err(|_| unreadable())?
        .timestamp();
    if ends <= now {
        return Err(Refusal::field("expires_on", "finding-expiry-past"));
    }
    Ok(ends)
}

/// Reads a judgement: "not affected" needs one of the five reasons and an explanation, for it is
/// what customers and authorities will ask about.
pub fn judgement(judging: &Judging, now: Timestamp) -> Result<Judgement, Refusal> {
    let status = Status::find(judging.status)
        .ok_or_else(|| Refusal::field("status", "finding-status-unknown"))?;
    let detail = judging.detail.trim().to_owned();
    if detail.chars().count() > DETAIL_CHARS_MAX {
        return Err(Refusal::too_long("detail", DETAIL_CHARS_MAX));
    }
    let justification = match (status, judging.justification) {
        (Status::NotAffected, Some(given)) => Some(
            JUSTIFICATIONS
                .into_iter()
                .find(|known| *known == given)
                .ok_or_else(|| Refusal::field("justification", "finding-justification-unknown"))?,
        ),
        (Status::NotAffected, None) => {
            return Err(Refusal::field(
                "justification",
                "finding-justification-missing",
            ));
        }
        _ => None,
    };
    if status == Status::NotAffected && detail.is_empty() {
        return Err(Refusal::field("detail", "finding-detail-missing"));
    }
    let scope = match judging.scope {
        None => Scope::default(),
        Some(name) => {
            Scope::find(name).ok_or_else(|| Refusal::field("scope", "finding-scope-unknown"))?
        }
    };
    let expires_at = judging.expires_on.map(|day| expiry(day, now)).transpose()?;
    Ok(Judgement {
        status,
        justification,
        detail,
        scope,
        expires_at,
    })
}

/// The state of a release towards a flaw, from its open findings' statuses and what else is known.
/// The gravest word wins; an undecided component leaves "unknown" rather than "not found".
pub fn exposure<'a>(
    statuses: impl Iterator<Item = &'a str>,
    has_undecided: bool,
    has_sbom: bool,
) -> &'static str {
    const ORDER: [&str; 5] = [
        "affected",
        "not_assessed",
        "under_investigation",
        "not_affected",
        "fixed",
    ];
    let gravest = statuses
        .filter_map(|status| ORDER.iter().position(|known| *known == status))
        .min();
    match gravest {
        Some(at) => ORDER[at],
        None if has_undecided || !has_sbom => "unknown",
        None => "not_found",
    }
}
