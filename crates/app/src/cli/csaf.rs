//! `bonafide csaf`: is an advisory valid CSAF? No server, no database, no network.

use super::document;
use super::exit;
use super::say::{say, shown, shown_json, tell};
use bonafide_engine::csaf::{self, Finding, Report};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

/// The verbs.
#[derive(clap::Subcommand, Debug)]
pub enum CsafCommand {
    /// Hold a CSAF 2.0 or 2.1 document against the schema and the tests of the specification.
    #[command(after_help = "Examples:\n  bonafide csaf validate advisory.json\n  \
            bonafide csaf validate - --json < advisory.json\n\n\
            Exit codes: 0 valid, 1 not valid, 2 the question is wrong, 3 it cannot be read.\n\
            Valid depends on the schema and the mandatory tests (6.1) only.")]
    Validate(ValidateArgs),
}

/// What `validate` takes.
#[derive(clap::Args, Debug)]
pub struct ValidateArgs {
    /// The document; `-` reads stdin.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Does what was asked.
pub fn run(command: CsafCommand) -> ExitCode {
    let CsafCommand::Validate(args) = command;
    let read = document::read(&args.file, csaf::DOCUMENT_BYTES_MAX).and_then(|bytes| {
        csaf::validate(&bytes).map_err(|why| format!("{} is refused: {why}", args.file.display()))
    });
    let report = match read {
        Ok(report) => report,
        Err(why) => {
            tell!("{}", shown(&why));
            return ExitCode::from(exit::REJECTED);
        }
    };
    if args.json {
        match shown_json(&in_json(&report)) {
            Ok(text) => say!("{text}"),
            Err(error) => return exit::from_error(&error.into()),
        }
    } else {
        print(&report);
    }
    if report.is_valid() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(exit::FOUND)
    }
}

/// `not_run` names the tests; `not_run_reasons` says why, by test.
fn in_json(report: &Report) -> serde_json::Value {
    let tests: Vec<&str> = report.not_run.iter().map(|one| one.test.as_str()).collect();
    let reasons: BTreeMap<&str, &str> = report
        .not_run
        .iter()
        .map(|one| (one.test.as_str(), one.reason.words()))
        .collect();
    serde_json::json!({
        "valid": report.is_valid(),
        "csaf_version": report.version.as_str(),
        "errors": report.errors,
        "warnings": report.warnings,
        "infos": report.infos,
        "not_run": tests,
        "not_run_reasons": reasons,
    })
}

fn print(report: &Report) {
    let verdict = if report.is_valid() {
        "valid"
    } else {
        "not valid"
    };
    say!(
        "{verdict} CSAF {}: {} errors, {} warnings, {} remarks",
        report.version.as_str(),
        report.errors.len(),
        report.warnings.len(),
        report.infos.len()
    );
    let lists: [(&str, &[Finding]); 3] = [
        ("error", &report.errors),
        ("warning", &report.warnings),
        ("remark", &report.infos),
    ];
    for (word, findings) in lists {
        for finding in findings {
            let place = if finding.path.is_empty() {
                "/"
            } else {
                &finding.path
            };
            say!(
                "{word} {} {}: {}",
                finding.test,
                shown(place),
                shown(&finding.message)
            );
        }
    }
    let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in &report.not_run {
        by_reason
            .entry(one.reason.words())
            .or_default()
            .push(&one.test);
    }
    for (reason, tests) in by_reason {
        say!("not run, {reason}: {}", tests.join(", "));
    }
}
