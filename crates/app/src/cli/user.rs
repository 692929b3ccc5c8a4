//! `bonafide user reset`: the way back in for somebody who lost their password.

use super::exit;
use super::say::{say, shown, tell};
use crate::accounts;
use crate::cli::serve::ServeArgs;
use crate::trouble::Trouble;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// What `user` can do.
#[derive(Subcommand, Debug)]
pub enum UserCommand {
    /// Print a link with which a person sets a new password, once, within 30 minutes.
    #[command(
        after_help = "Example:\n  bonafide user reset anna@example.com --data /var/lib/bonafide"
    )]
    Reset(ResetArgs),
}

/// What `user reset` takes.
#[derive(Args, Debug)]
pub struct ResetArgs {
    /// The person's mail address.
    #[arg(value_name = "EMAIL")]
    email: String,
    /// Where the database lives.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// What links begin with, as people reach this server.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The configuration file; `bonafide.toml` here if there is one.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Runs `user …`.
pub fn run(command: UserCommand) -> ExitCode {
    let UserCommand::Reset(args) = command;
    match reset(&args) {
        Ok(Some(link)) => {
            say!("{link}");
            tell!("it works once, within 30 minutes, and ends all sessions of this person");
            ExitCode::SUCCESS
        }
        Ok(None) => {
            let email = shown(&args.email);
            tell!("nobody who can sign in has the address {email}; find out which one they use");
            ExitCode::from(exit::USAGE)
        }
        Err(error) => exit::from_error(&error),
    }
}

fn reset(args: &ResetArgs) -> anyhow::Result<Option<String>> {
    let config = ServeArgs {
        data: args.data.clone(),
        base_url: args.base_url.clone(),
        config: args.config.clone(),
        ..ServeArgs::default()
    }
    .load()?;
    let db = super::serve::look(&config)?;
    let secret = db
        .write_now(|tx| accounts::issue_reset_link(tx, &args.email))
        .map_err(Trouble::into_error)?;
    Ok(secret.map(|secret| format!("{}/reset/{secret}", config.base_url)))
}
