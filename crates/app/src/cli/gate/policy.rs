//! The policy: what may not ship, as a file that stands beside the code and is reviewed like it.
//! A key that is not known is an error, for a misspelt rule would pass everything.

use bonafide_engine::purl::Purl;
use bonafide_engine::quality::Profile;
use bonafide_engine::scan::Finding;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Days that a date in the policy may lie ahead: "until the end of time" is no decision.
const UNTIL_YEARS_MAX: i16 = 2;

/// All rules; one that is not given does not judge.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Findings that a catalogue of known exploitation names.
    #[serde(default)]
    pub exploited: Verdict,
    /// This severity and graver ones fail.
    pub severity: Option<Severity>,
    /// Findings nobody rated, where `severity` is given: they may be as grave as any.
    pub unrated: Option<Verdict>,
    /// Notices that are no flaws, as RustSec's `unmaintained`.
    #[serde(default)]
    pub informational: Verdict,
    /// What an advisory names and nobody can decide.
    #[serde(default)]
    pub possible: Verdict,
    /// Most components that may be unknown, in percent of all.
    pub unknown_percent_max: Option<u8>,
    /// Days that a finding of a severity may be known; counted from its first record.
    #[serde(default)]
    pub max_age_days: BTreeMap<Severity, u32>,
    /// Guidelines whose every binding check the SBOM must pass.
    #[serde(default)]
    pub quality: Vec<Guideline>,
    #[serde(default)]
    pub feeds: Feeds,
    #[serde(default)]
    pub ignore: Vec<Ignore>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    #[default]
    Allow,
    Deny,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    Low,
    Medium,
    High,
    Critical,
}

impl Severity {
    /// Of a word of a report; `None` where nobody rated it, or as no severity at all.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "low" => Some(Self::Low),
            "medium" => Some(Self::Medium),
            "high" => Some(Self::High),
            "critical" => Some(Self::Critical),
            _ => None,
        }
    }
}

/// A guideline on what an SBOM says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Guideline {
    Bsi,
    Ntia,
    Cisa,
}

impl From<Guideline> for Profile {
    fn from(guideline: Guideline) -> Self {
        match guideline {
            Guideline::Bsi => Self::Bsi,
            Guideline::Ntia => Self::Ntia,
            Guideline::Cisa => Self::Cisa,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feeds {
    /// Hours since the newest record of a feed; every feed is held against it.
    pub max_age_hours: Option<u32>,
}

/// A decision to let a finding pass for a while.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ignore {
    /// Any id of the flaw.
    pub vulnerability: String,
    /// A package URL; what it does not give means any. None: every component.
    pub component: Option<String>,
    pub reason: String,
    /// The last day it holds.
    pub until: String,
    #[serde(skip)]
    day: Date,
}

impl Policy {
    /// Reads a policy. `today` bounds how far decisions may reach.
    pub fn read(text: &str, today: Date) -> Result<Self, String> {
        let mut policy: Self = toml::from_str(text).map_err(|error| {
            let line = error
                .span()
                .map_or(1, |span| text[..span.start].lines().count().max(1));
            format!("line {line}: {}", error.message())
        })?;
        for ignore in &mut policy.ignore {
            ignore.check(today)?;
        }
        Ok(policy)
    }
}

impl Ignore {
    fn check(&mut self, today: Date) -> Result<(), String> {
        let what = &self.vulnerability;
        if self.vulnerability.trim().is_empty() {
            return Err("an [[ignore]] names no vulnerability".to_owned());
        }
        if self.reason.trim().is_empty() {
            return Err(format!("the [[ignore]] of {what} gives no reason"));
        }
        let text = &self.until;
        let day: Date = text.parse().map_err(|_| {
            format!("the [[ignore]] of {what}: {text:?} is no day, as in 2027-03-31")
        })?;
        if day.year() > today.year().saturating_add(UNTIL_YEARS_MAX) {
            return Err(format!(
                "the [[ignore]] of {what} reaches further than {UNTIL_YEARS_MAX} years; decide again before"
            ));
        }
        if let Some(component) = &self.component {
            Purl::parse(component)
                .map_err(|error| format!("the [[ignore]] of {what}: {component:?}: {error}"))?;
        }
        self.day = day;
        Ok(())
    }

    /// Whether it is about a finding.
    pub fn is_about(&self, finding: &Finding) -> bool {
        let mut ids = std::iter::once(&finding.id)
            .chain(&finding.aliases)
            .chain(&finding.records);
        ids.any(|id| id.eq_ignore_ascii_case(self.vulnerability.trim()))
            && self.component.as_deref().is_none_or(|said| {
                let own = finding.purl.as_deref().map(Purl::parse);
                match (Purl::parse(said), own) {
                    (Ok(said), Some(Ok(own))) => is_meant(&said, &own),
                    _ => false,
                }
            })
    }

    /// Whether it still holds; its last day counts.
    pub fn holds(&self, today: Date) -> bool {
        today <= self.day
    }
}

fn is_meant(said: &Purl, own: &Purl) -> bool {
    (&said.ty, &said.namespace, &said.name) == (&own.ty, &own.namespace, &own.name)
        && (said.version.is_none() || said.version == own.version)
        && said
            .qualifiers
            .iter()
            .all(|(key, value)| own.qualifiers.get(key) == Some(value))
}
