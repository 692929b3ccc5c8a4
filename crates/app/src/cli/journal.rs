//! `bonafide journal verify`: was anything in the journal changed, removed or put in?

use super::exit;
use super::say::{say, shown};
use crate::cli::serve::ServeArgs;
use crate::config::Fault;
use crate::journal::{InstanceKey, Verified, verify_database, verify_export};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// What `journal` can do.
#[derive(Subcommand, Debug)]
pub enum JournalCommand {
    /// Verify the hash chain of every organisation, or of an exported file.
    ///
    /// Exit code 0: everything is as it was written. 1: something was changed, removed or put in,
    /// and is named. 2: it cannot be read. 4: there was nothing to verify.
    #[command(
        after_help = "Examples:\n  bonafide journal verify --data /var/lib/bonafide\n  \
            bonafide journal verify --file journal.jsonl"
    )]
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
    /// The public key that must have signed, as `journal verify --data DIR` prints it; with it,
    /// an exported journal must be signed to its end.
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
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
        Err(error) => exit::from_error(&error),
    }
}

fn verify(args: &VerifyArgs) -> anyhow::Result<Verified> {
    if let Some(path) = &args.file {
        let refuse = |why: String| {
            let name = path.display();
            Fault::new(format!(
                "{name} cannot be verified: {why}; name an exported journal"
            ))
        };
        let file = std::fs::File::open(path).map_err(|error| refuse(error.to_string()))?;
        return verify_export(std::io::BufReader::new(file), args.key.as_deref())
            .map_err(|error| refuse(format!("{error:#}")).into());
    }
    let config = ServeArgs {
        data: args.data.clone(),
        config: args.config.clone(),
        ..ServeArgs::default()
    }
    .load()?;
    let db = super::serve::look(&config)?;
    let key = InstanceKey::find(&config.data)?;
    let key = args.key.clone().or_else(|| key.map(|key| key.public()));
    let mut verified = verify_database(&db, key.as_deref())?;
    let organisations = db.read_now(crate::accounts::list_organisations);
    for organisation in organisations.map_err(crate::trouble::Trouble::into_error)? {
        verified.expect(&organisation.id.to_string());
    }
    Ok(verified)
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
            "signed_by": verified.keys,
            "entries_after_last_checkpoint": verified.unsigned,
            "findings": findings,
            "further_findings": verified.further,
        });
        say!("{answer:#}");
        return;
    }
    for finding in &verified.findings {
        say!(
            "{} entry {}: {}",
            shown(&finding.organisation),
            finding.seq,
            shown(&finding.what)
        );
    }
    if verified.further > 0 {
        say!("… and {} more", verified.further);
    }
    let Verified {
        organisations,
        entries,
        checkpoints,
        unsigned,
        ..
    } = verified;
    let verdict = if verified.is_intact() {
        "intact"
    } else {
        "NOT as it was written"
    };
    say!(
        "journal {verdict} (organisations: {organisations}, entries: {entries}, \
         signed checkpoints: {checkpoints}, entries after the last of them: {unsigned})"
    );
    for key in &verified.keys {
        say!("signed by {}", shown(key));
    }
}
