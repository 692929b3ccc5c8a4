//! `bonafide match FILE --advisories PATH…`: one SBOM or lock file against advisories on disk.

use super::exit;
use super::offline::{self, Judged, Query};
use super::say::{say, shown, shown_json, tell};
use super::sbom::Stop;
use bonafide_engine::scan::{Finding, Report, Subject, distinct, scan, suppress, wanted};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What `match` takes.
#[derive(clap::Args, Debug)]
pub struct MatchArgs {
    /// The SBOM, or a Cargo.lock; `-` reads stdin.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub sources: Sources,
    /// VEX documents (OpenVEX, CycloneDX, CSAF): findings they call not affected or fixed are
    /// listed apart.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub vex: Vec<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// Where what is known comes from.
#[derive(clap::Args, Debug)]
pub struct Sources {
    /// Advisories: an index of `bonafide feeds index`, OSV records, directories or zips of them.
    #[arg(long, value_name = "PATH", num_args = 1.., required = true)]
    pub advisories: Vec<PathBuf>,
    /// A catalogue of known exploitation: CISA's as JSON or CSV, or the EUVD's dump.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub kev: Vec<PathBuf>,
    /// EPSS scores as CSV, with or without gzip.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub epss: Vec<PathBuf>,
}

/// Matches and reports.
pub fn run(args: &MatchArgs) -> ExitCode {
    match judge(&args.file, &args.sources, &args.vex) {
        Ok(report) => answer(&report, args.json),
        Err(stop) => stop.exit(),
    }
}

/// The report on a document.
pub fn judge(file: &Path, sources: &Sources, vex: &[PathBuf]) -> Result<Report, Stop> {
    judge_document(&offline::read_document(file)?, sources, vex)
}

/// The report on a document that was read already.
pub fn judge_document(
    document: &Judged,
    sources: &Sources,
    vex: &[PathBuf],
) -> Result<Report, Stop> {
    let vex = offline::read_vex(vex)?;
    let items = distinct(&document.components);
    let gathered = offline::gather(Query {
        packages: wanted(&items),
        flaw: None,
        advisories: &sources.advisories,
        kev: &sources.kev,
        epss: &sources.epss,
    })?;
    let is_world = |kind: &str| matches!(kind, "cisa-kev" | "euvd-kev" | "epss");
    let mut advisories = gathered
        .catalogue
        .feeds
        .iter()
        .filter(|feed| !is_world(&feed.kind));
    if advisories.all(|feed| feed.records == 0) {
        let code = if gathered.is_torn {
            exit::REJECTED
        } else {
            exit::NOTHING
        };
        let text =
            "not one advisory could be read under the paths given, so nothing was looked for";
        return Err(Stop::new(code, text));
    }
    let mut report = scan(&items, &gathered.catalogue, &gathered.world);
    let subject = Subject {
        component: document.subject.as_ref(),
        serial: document.serial_number.as_deref(),
    };
    suppress(&mut report, &items, subject, &vex);
    Ok(report)
}

fn answer(report: &Report, json: bool) -> ExitCode {
    if json {
        match shown_json(report) {
            Ok(text) => say!("{text}"),
            Err(error) => {
                tell!("the report cannot be written: {error}");
                return ExitCode::from(exit::INTERNAL);
            }
        }
    } else {
        print(report);
    }
    ExitCode::from(code(report))
}

/// Found is 1; that nothing could be checked is 4, and never "nothing found".
pub fn code(report: &Report) -> u8 {
    if !report.findings.is_empty() {
        exit::FOUND
    } else if report.checked == 0 {
        exit::NOTHING
    } else {
        0
    }
}

fn print(report: &Report) {
    for finding in &report.findings {
        say!("{}", line(finding));
        for other in &finding.disagreeing {
            say!(
                "    {} says {}: {}",
                shown(&other.record),
                other.says,
                shown(&other.because)
            );
        }
    }
    for possible in &report.possible {
        say!(
            "possible: {} ({})",
            line(&possible.finding),
            possible.reason
        );
    }
    for gone in &report.suppressed {
        let who = gone.who.as_deref().unwrap_or("its author");
        say!(
            "{}: {} says {}",
            line(&gone.finding),
            shown(who),
            gone.status
        );
    }
    say!(
        "{} components, {} checked, {} unknown; {} findings, {} possible",
        report.components,
        report.checked,
        report.unknown.len(),
        report.findings.len(),
        report.possible.len(),
    );
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for unknown in &report.unknown {
        *reasons.entry(&unknown.reason).or_default() += 1;
    }
    for (reason, count) in reasons {
        say!("  {count} {}", shown(reason));
    }
    for feed in &report.feeds {
        let of = feed.as_of.as_deref().unwrap_or("no date");
        let unreadable = match feed.unreadable {
            0 => String::new(),
            count => format!(", {count} could not be read"),
        };
        say!(
            "{}: {} records of {of}{unreadable}",
            shown(&feed.source),
            feed.records
        );
    }
}

fn line(finding: &Finding) -> String {
    let exploited = match finding.exploited {
        Some(true) => " EXPLOITED",
        _ => "",
    };
    let fixed = match finding.fixed.as_slice() {
        [] => "no fix known".to_owned(),
        fixed => format!("fixed in {}", fixed.join(", ")),
    };
    let notice = finding
        .informational
        .as_ref()
        .map_or(String::new(), |kind| format!(" [{kind}]"));
    let purl = finding
        .purl
        .as_deref()
        .unwrap_or(&finding.matched_by.identifier);
    let text = format!(
        "{} {}{exploited} {purl} {fixed}{notice} ({})",
        finding.id,
        finding.severity,
        finding.records.join(", ")
    );
    shown(&text)
}
