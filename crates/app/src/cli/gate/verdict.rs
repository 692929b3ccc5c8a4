//! A report held against a policy: pure, the instant is an argument.

use super::policy::{Policy, Severity, Verdict};
use crate::cli::exit;
use bonafide_engine::quality;
use bonafide_engine::scan::{Finding, Report};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// What came of it.
#[derive(Debug, Serialize)]
pub struct Verdicts {
    pub passes: bool,
    /// Sorted by rule, then component and flaw.
    pub failures: Vec<Failure>,
    /// Findings that would fail, and that the policy lets pass for a while.
    pub ignored: Vec<Ignored>,
    /// Decisions of the policy that no longer hold, or are about nothing any more.
    pub notes: Vec<String>,
    pub feeds: Vec<FeedAge>,
    pub components: usize,
    pub checked: usize,
    pub unknown: usize,
    pub findings: usize,
    pub possible: usize,
    pub suppressed: usize,
    #[serde(skip)]
    pub code: u8,
}

/// A rule that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Failure {
    /// `exploited`, `severity`, `unrated`, `age`, `informational`, `possible`, `unknown`,
    /// `quality` (`id` is the code of the check then).
    pub rule: &'static str,
    pub purl: Option<String>,
    pub id: Option<String>,
    /// A sentence.
    pub text: String,
}

#[derive(Debug, Serialize)]
pub struct Ignored {
    pub id: String,
    pub purl: Option<String>,
    pub reason: String,
    pub until: String,
}

#[derive(Debug, Serialize)]
pub struct FeedAge {
    pub source: String,
    pub as_of: Option<String>,
    pub age_hours: Option<i64>,
    pub is_stale: bool,
}

/// How far ahead of ours the clock of a feed may be before its time is not believed.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_hours(24);

/// Holds a report against a policy.
pub fn judge(
    report: &Report,
    quality: &[quality::Verdict],
    policy: &Policy,
    now: Timestamp,
) -> Verdicts {
    let today = TimeZone::UTC.to_datetime(now).date();
    let mut failures = Vec::new();
    let mut ignored = Vec::new();
    let mut is_used = vec![false; policy.ignore.len()];
    for (finding, is_possible) in all(report) {
        let own = failures_of(finding, is_possible, policy, now);
        if own.is_empty() {
            continue;
        }
        let about = policy.ignore.iter().enumerate();
        let mut about = about.filter(|(_, ignore)| ignore.is_about(finding));
        match about.find(|(_, ignore)| ignore.holds(today)) {
            Some((at, ignore)) => {
                is_used[at] = true;
                ignored.push(Ignored {
                    id: finding.id.clone(),
                    purl: finding.purl.clone(),
                    reason: ignore.reason.clone(),
                    until: ignore.until.clone(),
                });
            }
            None => failures.extend(own),
        }
    }
    failures.extend(too_many_unknown(report, policy));
    failures.extend(quality.iter().flat_map(not_good_enough));
    failures.sort();
    let feeds = ages(report, policy, now);
    let code = code(report, &failures, &feeds);
    Verdicts {
        passes: code == 0,
        failures,
        ignored,
        notes: notes(policy, &is_used, today),
        feeds,
        components: report.components,
        checked: report.checked,
        unknown: report.unknown.len(),
        findings: report.findings.len(),
        possible: report.possible.len(),
        suppressed: report.suppressed.len(),
        code,
    }
}

/// Failing comes first, then what makes passing worth nothing.
fn code(report: &Report, failures: &[Failure], feeds: &[FeedAge]) -> u8 {
    if !failures.is_empty() {
        exit::FOUND
    } else if report.checked == 0 && report.findings.is_empty() {
        exit::NOTHING
    } else if feeds.iter().any(|feed| feed.is_stale) {
        exit::STALE
    } else {
        0
    }
}

fn all(report: &Report) -> impl Iterator<Item = (&Finding, bool)> {
    let findings = report.findings.iter().map(|finding| (finding, false));
    let possible = report.possible.iter().map(|one| (&one.finding, true));
    findings.chain(possible)
}

fn failures_of(
    finding: &Finding,
    is_possible: bool,
    policy: &Policy,
    now: Timestamp,
) -> Vec<Failure> {
    let mut failures = Vec::new();
    let mut fail = |rule, text: String| {
        failures.push(Failure {
            rule,
            purl: finding.purl.clone(),
            id: Some(finding.id.clone()),
            text,
        });
    };
    let deny = |verdict| verdict == Verdict::Deny;
    if is_possible && !deny(policy.possible) {
        return failures;
    }
    if let Some(kind) = &finding.informational {
        if deny(policy.informational) {
            fail("informational", format!("The component is {kind}."));
        }
        return failures;
    }
    if is_possible {
        let text = "An advisory names the component, and nobody can say whether it means it.";
        fail("possible", text.to_owned());
    }
    if deny(policy.exploited) && finding.exploited == Some(true) {
        fail("exploited", "The flaw is known to be exploited.".to_owned());
    }
    let severity = Severity::of(&finding.severity);
    if let Some(least) = policy.severity {
        if severity.is_some_and(|severity| severity >= least) {
            fail("severity", format!("The flaw is {}.", finding.severity));
        }
        let is_unrated = finding.severity == "unknown";
        if is_unrated && policy.unrated.unwrap_or(Verdict::Deny) == Verdict::Deny {
            fail("unrated", "Nobody has rated the flaw.".to_owned());
        }
    }
    let most = severity.and_then(|severity| policy.max_age_days.get(&severity));
    if let Some(most) = most {
        match age_days(finding, now) {
            Some(days) if days > i64::from(*most) => {
                fail(
                    "age",
                    format!("The flaw is known for {days} days, more than {most}."),
                );
            }
            Some(_) => {}
            None => fail(
                "age",
                "No record says since when the flaw is known.".to_owned(),
            ),
        }
    }
    failures
}

fn age_days(finding: &Finding, now: Timestamp) -> Option<i64> {
    let published = crate::advisories::instant_of(finding.published.as_deref()?)?;
    Some(now.duration_since(published).as_hours() / 24)
}

fn too_many_unknown(report: &Report, policy: &Policy) -> Option<Failure> {
    let most = policy.unknown_percent_max?;
    let unknown = report.unknown.len();
    (unknown * 100 > report.components * usize::from(most)).then(|| Failure {
        rule: "unknown",
        purl: None,
        id: None,
        text: format!(
            "{unknown} of {} components could not be checked, more than {most} %.",
            report.components
        ),
    })
}

fn not_good_enough(verdict: &quality::Verdict) -> Vec<Failure> {
    let fail = |id: Option<&str>, text: String| Failure {
        rule: "quality",
        purl: None,
        id: id.map(str::to_owned),
        text,
    };
    let mut failures: Vec<Failure> = verdict
        .failing()
        .map(|check| {
            let count = check.failures.len() + check.left_out;
            let place = check.failures.first().map_or("", |first| &first.place);
            let text = format!(
                "{} {} is not met at {count} places, the first is {place:?}.",
                verdict.profile.as_str(),
                check.citation
            );
            fail(Some(check.code), text)
        })
        .collect();
    if failures.is_empty() && !verdict.is_valid {
        let profile = verdict.profile.as_str();
        failures.push(fail(
            None,
            format!("There is no component to judge by {profile}."),
        ));
    }
    failures
}

/// A feed without a day, or with one ahead of us, is as good as stale.
fn ages(report: &Report, policy: &Policy, now: Timestamp) -> Vec<FeedAge> {
    let most = policy.feeds.max_age_hours;
    let advised = report.feeds.iter().filter(|feed| feed.kind != "vex");
    advised
        .map(|feed| {
            let at = feed
                .as_of
                .as_deref()
                .and_then(crate::advisories::instant_of);
            let at = at.filter(|at| at.duration_since(now) <= CLOCKS_DIFFER);
            let age_hours = at.map(|at| now.duration_since(at).as_hours().max(0));
            FeedAge {
                source: feed.source.clone(),
                as_of: feed.as_of.clone(),
                age_hours,
                is_stale: most
                    .is_some_and(|most| age_hours.is_none_or(|age| age > i64::from(most))),
            }
        })
        .collect()
}

fn notes(policy: &Policy, is_used: &[bool], today: jiff::civil::Date) -> Vec<String> {
    let rows = policy.ignore.iter().zip(is_used);
    rows.filter(|(_, is_used)| !**is_used)
        .map(|(ignore, _)| {
            let id = &ignore.vulnerability;
            if ignore.holds(today) {
                format!("The [[ignore]] of {id} lets nothing pass; it can go.")
            } else {
                format!("The [[ignore]] of {id} ended on {}.", ignore.until)
            }
        })
        .collect()
}
