//! `bonafide sbom check FILE`: what was understood of a document, without a server.

use super::{parse, read_document};
use crate::cli::exit;
use crate::cli::say::{say, shown, tell};
use crate::sboms;
use crate::web::words::Lang;
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
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Reads and reports.
pub fn run(args: &CheckArgs) -> ExitCode {
    let parsed = match read_document(&args.file).and_then(parse) {
        Ok(parsed) => parsed,
        Err(stop) => return stop.exit(),
    };
    let report = Report::of(&parsed);
    if args.json {
        say!("{:#}", report.in_json(&parsed));
    } else {
        report.print(&parsed.document);
    }
    if parsed.document.components.is_empty() {
        tell!("the document lists no components, so there is nothing to judge");
        return ExitCode::from(exit::NOTHING);
    }
    ExitCode::SUCCESS
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
