//! `bonafide vers`: version ranges in VERS.

use super::exit;
use super::say::{say, shown, tell};
use bonafide_engine::vers::{Range, VersError};
use std::process::ExitCode;

/// The verbs.
#[derive(clap::Subcommand, Debug)]
pub enum VersCommand {
    /// Say whether a version lies in a range: true or false.
    #[command(
        disable_version_flag = true,
        after_help = "Example:\n  bonafide vers contains 'vers:npm/>=1.0.0|<2.0.0' 1.5.0\n\n\
            ? stands for \"cannot be said\". Exit codes: 0 answered, 3 the range or the version cannot be read."
    )]
    Contains(ContainsArgs),
}

/// What `contains` takes.
#[derive(clap::Args, Debug)]
pub struct ContainsArgs {
    /// The range, as in vers:pypi/>=1.0|!=1.5|<2.0
    #[arg(value_name = "RANGE")]
    range: String,
    /// The version asked about.
    #[arg(value_name = "VERSION", allow_hyphen_values = true)]
    version: String,
}

/// Does what was asked.
pub fn run(command: VersCommand) -> ExitCode {
    match command {
        VersCommand::Contains(args) => contains(&args),
    }
}

fn contains(args: &ContainsArgs) -> ExitCode {
    match answer(args) {
        Ok(answer) => {
            say!("{answer}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            say!("?");
            tell!("{}.", shown(&error.to_string()));
            ExitCode::from(exit::REJECTED)
        }
    }
}

fn answer(args: &ContainsArgs) -> Result<bool, VersError> {
    let range = Range::read(&args.range)?;
    let answer = range.contains(&args.version)?;
    if let Err(why) = Range::parse(&args.range) {
        tell!("{}; it was read as it is meant.", shown(&why.to_string()));
    }
    Ok(answer)
}
