//! `bonafide sbom check FILE`: what was understood of a document, and whether it says what a
//! guideline asks for, without a server.

use super::{Stop, read_document};
use crate::cli::exit;
use crate::cli::say::{say, shown, tell};
use crate::sboms::{self, quality};
use crate::web::words::Lang;
use bonafide_engine::quality::{Check, Profile, Verdict};
use bonafide_engine::sbom::{Identified, Sbom};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `check` takes.
#[derive(clap::Args, Debug)]
pub struct CheckArgs {
    /// The SBOM; `-` reads stdin.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Judge it by one guideline, check by check.
    #[arg(long, value_name = "PROFILE")]
    profile: Option<Guideline>,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// The guidelines one can name.
#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum Guideline {
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

/// Failures of a check printed; the JSON has more.
const PRINTED_MAX: usize = 10;

/// Reads and reports.
pub fn run(args: &CheckArgs) -> ExitCode {
    match check(args) {
        Ok(code) => code,
        Err(stop) => stop.exit(),
    }
}

fn check(args: &CheckArgs) -> Result<ExitCode, Stop> {
    let bytes = crate::intake::unpack(read_document(&args.file)?)?;
    let parsed = sboms::parse(&bytes)?;
    let asked = args.profile.map(Profile::from);
    let profiles = asked.map_or(Profile::ALL.to_vec(), |profile| vec![profile]);
    let verdicts = quality::judge(&bytes, &profiles)?;
    let report = Report::of(&parsed);
    if args.json {
        let mut answer = report.in_json(&parsed);
        add_verdicts(&mut answer, asked, &verdicts);
        say!("{answer:#}");
    } else {
        report.print(&parsed.document);
        for verdict in &verdicts {
            print_verdict(verdict, asked.is_some());
        }
    }
    if parsed.document.components.is_empty() {
        tell!("the document lists no components, so there is nothing to judge");
        return Ok(ExitCode::from(exit::NOTHING));
    }
    let is_met = asked.is_none() || verdicts.iter().all(|verdict| verdict.is_valid);
    Ok(if is_met {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(exit::FOUND)
    })
}

/// With a profile its whole verdict, else one entry for each.
fn add_verdicts(answer: &mut serde_json::Value, asked: Option<Profile>, verdicts: &[Verdict]) {
    if asked.is_none() {
        let short = verdicts.iter().map(|verdict| {
            let failing: Vec<&str> = verdict.failing().map(|check| check.code).collect();
            serde_json::json!({
                "profile": verdict.profile, "valid": verdict.is_valid, "failing": failing,
                "unsure": verdict.checks.iter().any(|check| check.unsure.is_some()),
            })
        });
        answer["profiles"] = short.collect();
        return;
    }
    for verdict in verdicts {
        answer["profile"] = verdict.profile.as_str().into();
        answer["valid"] = verdict.is_valid.into();
        answer["judged"] = verdict.components.into();
        answer["checks"] = quality::checks_in_json(Lang::En, verdict);
    }
}

fn print_verdict(verdict: &Verdict, is_full: bool) {
    let lang = Lang::En;
    let name = quality::profile_name(lang, verdict.profile);
    let failing = verdict.failing().count();
    if verdict.components == 0 {
        say!("{name}: {}", lang.t("quality-no-components"));
    } else if verdict.is_valid {
        say!("{name}: {}", lang.t("quality-met"));
    } else {
        let failing = lang.t1("quality-failing", "n", failing);
        say!("{name}: {}. {failing}", lang.t("quality-not-met"));
    }
    if !is_full {
        return;
    }
    for check in &verdict.checks {
        let state = lang.t(&format!(
            "quality-state-{}",
            quality::state_code(check.state)
        ));
        let level = lang.t(&format!(
            "quality-level-{}",
            quality::level_code(check.level)
        ));
        let what = quality::what(lang, check);
        say!(
            "{state}: {} ({level}, {}) {what}",
            check.code,
            check.citation
        );
        if let Some(unsure) = quality::unsure(lang, check) {
            say!("  unsure: {unsure}");
        }
        print_failures(lang, check);
    }
}

fn print_failures(lang: Lang, check: &Check) {
    for failure in check.failures.iter().take(PRINTED_MAX) {
        let component = failure.component.as_deref().unwrap_or_default();
        let version = failure.version.as_deref().unwrap_or_default();
        let place = format!("{} {component} {version}", failure.place);
        let message = quality::message(lang, check, failure);
        say!("  {}: {}", shown(place.trim()), shown(&message));
    }
    let rest = check.total().saturating_sub(PRINTED_MAX);
    if rest > 0 {
        say!("  {}", lang.t1("quality-left-out", "n", rest));
    }
    if !check.failures.is_empty() {
        say!("  {}", quality::fix(lang, check));
    }
}

/// The figures.
struct Report {
    by_ecosystem: BTreeMap<String, i64>,
    unidentified: BTreeMap<&'static str, i64>,
    versionless: usize,
}

impl Report {
    fn of(parsed: &sboms::Parsed) -> Self {
        let document = &parsed.document;
        let mut by_ecosystem: BTreeMap<String, i64> = BTreeMap::new();
        let mut versionless = 0;
        for component in &document.components {
            if let Identified::Package(key) = &component.identified {
                *by_ecosystem.entry(key.ecosystem.clone()).or_default() += 1;
                versionless += usize::from(component.version_to_match().is_none());
            }
        }
        Self {
            by_ecosystem,
            unidentified: sboms::unidentified(document),
            versionless,
        }
    }

    fn in_json(&self, parsed: &sboms::Parsed) -> serde_json::Value {
        let document = &parsed.document;
        let subject = document.subject.as_ref().map(|subject| {
            serde_json::json!({
                "name": subject.name, "version": subject.version, "purl": subject.purl_text,
            })
        });
        serde_json::json!({
            "format": document.format,
            "spec_version": document.spec_version,
            "serial_number": document.serial_number,
            "digest": parsed.digest.as_str(),
            "bytes": parsed.bytes,
            "tools": document.tools,
            "subject": subject,
            "components": document.components.len(),
            "dependencies": document.dependencies.len(),
            "by_ecosystem": self.by_ecosystem,
            "without_version": self.versionless,
            "unidentified": self.unidentified,
            "warnings": document.warnings,
            "warnings_left_out": document.warnings_left_out,
        })
    }

    fn print(&self, document: &Sbom) {
        let lang = Lang::En;
        let format = lang.t(&format!("sbom-format-{}", document.format.as_str()));
        say!("{format} {}", document.spec_version);
        if let Some(subject) = &document.subject {
            let version = subject.version.as_deref().unwrap_or("without a version");
            say!("about {} {version}", shown(&subject.name));
        }
        let unidentified: i64 = self.unidentified.values().sum();
        say!(
            "{} components, {} dependencies, {unidentified} not identified",
            document.components.len(),
            document.dependencies.len(),
        );
        for (ecosystem, count) in &self.by_ecosystem {
            say!("  {count} {ecosystem}");
        }
        for (code, count) in &self.unidentified {
            say!("  {count} {}", sboms::reason_in_words(lang, code));
        }
        if self.versionless > 0 {
            say!("  {} of those identified have no version", self.versionless);
        }
        for warning in &document.warnings {
            say!(
                "warning: {} {}",
                shown(&warning.place),
                shown(&warning.text)
            );
        }
        if document.warnings_left_out > 0 {
            say!("and {} warnings more", document.warnings_left_out);
        }
    }
}
