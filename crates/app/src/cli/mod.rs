//! The command line: `bonafide <noun> <verb>`. Results go to stdout, messages to stderr; exit
//! codes are listed in [`exit`].

pub mod exit;
pub mod health;
pub mod sbom;
pub mod law;
pub mod serve;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Keep the EU Cyber Resilience Act for your products, and prove it.
#[derive(Parser)]
#[command(name = "bonafide", version, about, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Send SBOMs, and see what is understood of them.
    #[command(subcommand)]
    Sbom(sbom::SbomCommand),
    /// Run the server on a data directory.
    Serve(serve::ServeArgs),
    /// Ask the law: deadlines, coordinator, routes, retention, penalty, role, modification, timeline.
    Law(law::LawArgs),
    /// Say whether the alarms of a database fire; exit 1 when one is overdue by more than 30 s.
    Health(health::HealthArgs),
}

/// Runs the command that was asked for.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match cli.command {
        Command::Sbom(command) => sbom::run(command),
        Command::Serve(args) => exit::from_result(serve::run(args)),
        Command::Law(args) => law::run(args),
        Command::Health(args) => health::run(args),
    }
}
