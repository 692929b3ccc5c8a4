//! `bonafide journal verify`: was anything in the journal changed, removed or put in?

use super::exit;
use crate::cli::serve::ServeArgs;
use crate::journal::{InstanceKey, Verified, verify_database, verify_export};
use anyhow::Context as _;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// What `journal` can do.
#[derive(Subcommand, Debug)]
pub enum JournalCommand {
    /// Verify the hash chain of every organisation, or of an exported file.
    ///
    /// Exit code 0: everything is as it was written. 1: something was changed, removed or put in,
    /// and is named. 4: there was nothing to verify.
    Verify(VerifyArgs),
}

/// What `journal verify` takes.
#[derive(Args, Debug)]
pub struct VerifyArgs {
    /// Where the database and the instance's key live.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The configuration file; `bonafide.toml` here if there is one.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Verify an exported journal (JSONL) instead of a database; needs nothing else.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["data", "config"])]
    file: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Runs `journal …`.
pub fn run(command: JournalCommand) -> ExitCode {
    let JournalCommand::Verify(args) = command;
    match verify(&args) {
        Ok(verified) => {
            print(&verified, args.json);
            ExitCode::from(code(&verified))
        }
        Err(error) => exit::from_result(Err(error)),
    }
}

fn verify(args: &VerifyArgs) -> anyhow::Result<Verified> {
    if let Some(path) = &args.file {
        let file = std::fs::File::open(path).with_context(|| format!("open {}", path.display()))?;
        return verify_export(std::io::BufReader::new(file))
            .with_context(|| format!("read {}", path.display()));
    }
    let config = ServeArgs {
        data: args.data.clone(),
        config: args.config.clone(),
        ..ServeArgs::default()
    }
    .load()?;
    let database = crate::config::database_file(&config.data);
    anyhow::ensure!(
        config.database_url.is_some() || database.exists(),
        "there is no database at {}",
        database.display()
    );
    let key = InstanceKey::find(&config.data)?;
    let app = super::serve::open(config)?;
    verify_database(&app.db, key.map(|key| key.public()).as_deref())
}

fn code(verified: &Verified) -> u8 {
    if !verified.is_intact() {
        exit::FOUND
    } else if verified.entries == 0 {
        exit::NOTHING
    } else {
        0
    }
}

fn print(verified: &Verified, json: bool) {
    if json {
        let findings: Vec<_> = verified
            .findings
            .iter()
            .map(|finding| {
                serde_json::json!({
                    "organisation": finding.organisation,
                    "seq": finding.seq,
                    "what": finding.what,
                })
            })
            .collect();
        let answer = serde_json::json!({
            "intact": verified.is_intact(),
            "organisations": verified.organisations,
            "entries": verified.entries,
            "checkpoints": verified.checkpoints,
            "findings": findings,
            "further_findings": verified.further,
        });
        println!("{answer:#}");
        return;
    }
    for finding in &verified.findings {
        println!(
            "{} entry {}: {}",
            super::shown(&finding.organisation.to_string()),
            finding.seq,
            super::shown(&finding.what.to_string())
        );
    }
    if verified.further > 0 {
        println!("… and {} more", verified.further);
    }
    let Verified {
        organisations,
        entries,
        checkpoints,
        ..
    } = verified;
    let verdict = if verified.is_intact() {
        "intact"
    } else {
        "NOT as it was written"
    };
    println!(
        "journal {verdict} (organisations: {organisations}, entries: {entries}, \
         signed checkpoints: {checkpoints})"
    );
}
