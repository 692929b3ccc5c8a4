//! `bonafide gate FILE --policy POLICY.toml`: may this ship? Without a server or a database.

mod policy;
mod verdict;

use super::exit;
use super::matching::{self, Sources};
use super::offline;
use super::say::{say, shown, shown_json, tell};
use super::sbom::{Stop, read_document, read_fully};
use crate::time::Clock;
use bonafide_engine::quality;
use bonafide_engine::scan::Report;
use jiff::tz::TimeZone;
use policy::{Policy, Verdict};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use verdict::Verdicts;

/// What `gate` takes.
#[derive(clap::Args, Debug)]
pub struct GateArgs {
    /// An SBOM, a Cargo.lock, or what `bonafide match --json` printed; `-` reads stdin.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The policy.
    #[arg(long, value_name = "POLICY")]
    policy: PathBuf,
    /// Advisories, as for `bonafide match`; not for a report, which has its findings.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    advisories: Vec<PathBuf>,
    /// A catalogue of known exploitation.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    kev: Vec<PathBuf>,
    /// EPSS scores.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    epss: Vec<PathBuf>,
    /// VEX documents.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    vex: Vec<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Largest policy read.
const POLICY_BYTES_MAX: usize = 1024 * 1024;

/// Judges.
pub fn run(args: &GateArgs) -> ExitCode {
    match judge(args) {
        Ok(verdicts) => answer(&verdicts, args.json),
        Err(stop) => stop.exit(),
    }
}

fn judge(args: &GateArgs) -> Result<Verdicts, Stop> {
    let now = Clock::system().now();
    let today = TimeZone::UTC.to_datetime(now).date();
    let policy = read_policy(&args.policy, today)?;
    let (report, quality) = report(args, &policy)?;
    let has_catalogue = report
        .feeds
        .iter()
        .any(|feed| matches!(feed.kind.as_str(), "cisa-kev" | "euvd-kev"));
    if policy.exploited == Verdict::Deny && !has_catalogue {
        let text =
            "the policy denies what is exploited, and no catalogue says what that is; give --kev";
        return Err(Stop::new(exit::USAGE, text));
    }
    Ok(verdict::judge(&report, &quality, &policy, now))
}

fn read_policy(path: &Path, today: jiff::civil::Date) -> Result<Policy, Stop> {
    let wrong = |text: String| Stop::new(exit::USAGE, format!("{}: {text}", path.display()));
    let bytes = read_document(path)?;
    if bytes.len() > POLICY_BYTES_MAX {
        return Err(wrong("the policy is larger than 1 MiB".to_owned()));
    }
    let text = String::from_utf8(bytes).map_err(|_| wrong("the policy is not UTF-8".to_owned()))?;
    Policy::read(&text, today).map_err(|error| wrong(shown(&error.replace('\n', " "))))
}

/// What is known of the document: findings, and its quality by the profiles the policy names.
fn report(args: &GateArgs, policy: &Policy) -> Result<(Report, Vec<quality::Verdict>), Stop> {
    let bytes = read_document(&args.file)?;
    if !args.advisories.is_empty() {
        let sources = Sources {
            advisories: args.advisories.clone(),
            kev: args.kev.clone(),
            epss: args.epss.clone(),
        };
        let report = matching::judge_document(&offline::read_bytes(&bytes)?, &sources, &args.vex)?;
        if policy.quality.is_empty() {
            return Ok((report, Vec::new()));
        }
        let document = read_fully(bytes)?;
        let profiles = policy.quality.iter();
        let verdicts = profiles.map(|profile| quality::judge(&document, (*profile).into()));
        return Ok((report, verdicts.collect()));
    }
    if !policy.quality.is_empty() {
        let text = "the policy asks for the quality of the SBOM, and a report has none of it; \
            give the SBOM and --advisories";
        return Err(Stop::new(exit::USAGE, text));
    }
    let report = serde_json::from_slice(&bytes).map_err(|error| {
        let text = format!(
            "{} is no report of `bonafide match --json` ({error}); for an SBOM give --advisories",
            args.file.display()
        );
        Stop::new(exit::REJECTED, shown(&text))
    })?;
    Ok((report, Vec::new()))
}

fn answer(verdicts: &Verdicts, json: bool) -> ExitCode {
    if json {
        match shown_json(verdicts) {
            Ok(text) => say!("{text}"),
            Err(error) => {
                tell!("the answer cannot be written: {error}");
                return ExitCode::from(exit::INTERNAL);
            }
        }
    } else {
        print(verdicts);
    }
    ExitCode::from(verdicts.code)
}

fn print(verdicts: &Verdicts) {
    for failure in &verdicts.failures {
        let id = failure.id.as_deref().unwrap_or_default();
        let purl = failure.purl.as_deref().unwrap_or_default();
        say!(
            "{}",
            shown(format!("{}: {} {id} {purl}", failure.rule, failure.text).trim_end())
        );
    }
    for ignored in &verdicts.ignored {
        let purl = ignored.purl.as_deref().unwrap_or_default();
        let text = format!(
            "ignored until {}: {} {purl} ({})",
            ignored.until, ignored.id, ignored.reason
        );
        say!("{}", shown(&text));
    }
    for note in &verdicts.notes {
        say!("{}", shown(note));
    }
    for feed in verdicts.feeds.iter().filter(|feed| feed.is_stale) {
        let of = feed.as_of.as_deref().unwrap_or("no day");
        say!("too old: {} is of {of}", shown(&feed.source));
    }
    let word = if verdicts.passes {
        "passes"
    } else {
        "does not pass"
    };
    say!(
        "{word}: {} components, {} checked, {} unknown; {} findings, {} failures, {} ignored, {} suppressed",
        verdicts.components,
        verdicts.checked,
        verdicts.unknown,
        verdicts.findings,
        verdicts.failures.len(),
        verdicts.ignored.len(),
        verdicts.suppressed,
    );
}
