//! The command line: `bonafide <noun> <verb>`. Results go to stdout, messages to stderr; exit
//! codes are listed in [`exit`].

pub mod demo;
pub mod exit;
pub mod feeds;
pub mod health;
pub mod journal;
pub mod law;
mod listen;
pub mod sbom;
pub mod serve;
mod shown;
pub mod user;

pub use shown::{shown, shown_json, shown_lines};

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
    /// Run a living, invented company in a temporary directory; prints one URL and how to sign in.
    Demo(demo::DemoArgs),
    /// Send SBOMs, and see what is understood of them.
    #[command(subcommand)]
    Sbom(sbom::SbomCommand),
    /// Import and fetch what the world knows about flaws, and say how old it is.
    #[command(subcommand)]
    Feeds(feeds::FeedsCommand),
    /// Run the server on a data directory.
    Serve(serve::ServeArgs),
    /// Verify that nothing in the journal was changed.
    #[command(subcommand)]
    Journal(journal::JournalCommand),
    /// Help somebody back in.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Ask the law: deadlines, coordinator, routes, retention, penalty, role, modification, timeline.
    Law(law::LawArgs),
    /// Say whether alarms fire and jobs get done; exit 1 when one is late by more than 30 s or given up.
    Health(health::HealthArgs),
}

/// Runs the command that was asked for.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match cli.command {
        Command::Demo(args) => exit::from_result(demo::run(args)),
        Command::Sbom(command) => sbom::run(command),
        Command::Feeds(command) => feeds::run(command),
        Command::Serve(args) => exit::from_result(serve::run(args)),
        Command::Journal(command) => journal::run(command),
        Command::User(command) => user::run(command),
        Command::Law(args) => law::run(args),
        Command::Health(args) => health::run(args),
    }
}
