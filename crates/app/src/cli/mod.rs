//! The command line: `bonafide <noun> <verb>`. Results go to stdout, messages to stderr; exit
//! codes are listed in [`exit`].

pub mod csaf;
pub mod cvss;
pub mod demo;
mod document;
pub mod exit;
pub mod explain;
pub mod feeds;
pub mod gate;
pub mod health;
pub mod import;
pub mod journal;
pub mod law;
mod lines;
pub mod listen;
pub mod matching;
pub mod offline;
pub mod purl;
pub mod say;
pub mod sbom;
pub mod serve;
mod usage;
pub mod user;
pub mod vers;
pub mod version;
pub mod vex;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand};
use std::process::ExitCode;

/// Keep the EU Cyber Resilience Act for your products, and prove it.
#[derive(Parser)]
#[command(
    name = "bonafide",
    version,
    about,
    propagate_version = true,
    after_help = "Examples:\n  bonafide demo\n  bonafide serve --data /var/lib/bonafide\n  \
        bonafide law timeline\n\n\
        Exit codes: 0 done, 1 found what the command warns of, 2 something to put right by you, \n\
        3 a document was refused, 4 nothing to judge, 5 feeds too old, 6 timed out, 7 not allowed, \n\
        8 a server cannot be reached, 127 a fault of this program."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run a living, invented company in a temporary directory; prints one URL and how to sign in.
    #[command(after_help = "Example:\n  bonafide demo")]
    Demo(demo::DemoArgs),
    /// Send SBOMs, and see what is understood of them.
    #[command(subcommand)]
    Sbom(sbom::SbomCommand),
    /// Import and fetch what the world knows about flaws, and say how old it is.
    #[command(
        subcommand,
        after_help = "Examples:\n  bonafide feeds import all.zip --data /var/lib/bonafide\n  \
            bonafide feeds status --data /var/lib/bonafide"
    )]
    Feeds(feeds::FeedsCommand),
    /// Move over from another program.
    #[command(subcommand)]
    Import(import::ImportCommand),
    /// Run the server on a data directory.
    #[command(
        after_help = "Example:\n  bonafide serve --data /var/lib/bonafide --base-url https://bonafide.example\n\n\
            The first start prints a link with which the instance is set up."
    )]
    Serve(serve::ServeArgs),
    /// Verify that nothing in the journal was changed.
    #[command(subcommand)]
    Journal(journal::JournalCommand),
    /// Help somebody back in.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Ask the law: deadlines, coordinator, routes, retention, penalty, role, modification, timeline.
    ///
    /// Every answer names its article and how sure we are of it: `verified` was read in the binding
    /// text, `guidance` in official guidance that does not bind, `secondary` in another source,
    /// `interpretation` is our own reading, `unverified` was not looked up yet. None of it is legal
    /// advice.
    Law(law::LawArgs),
    /// Look for known flaws in an SBOM or a Cargo.lock, without a server or a database.
    #[command(
        disable_version_flag = true,
        after_help = "Examples:\n  bonafide match sbom.cdx.json --advisories osv/ --kev known_exploited_vulnerabilities.json\n  \
            bonafide match Cargo.lock --advisories advisories.idx --json\n\n\
            Exit codes: 0 nothing found, 1 found, 2 the question is wrong, 3 the document or the advisories cannot be read, \n\
            4 nothing could be judged."
    )]
    Match(matching::MatchArgs),
    /// Say why a component has a flaw or why not, with every record that was looked at.
    #[command(
        disable_version_flag = true,
        after_help = "Example:\n  bonafide explain sbom.cdx.json --component pkg:npm/lodash@4.17.20 --vulnerability CVE-2021-23337 \\\n    \
            --advisories advisories.idx\n\n\
            Exit codes: 0 not affected, 1 affected, 2 the question is wrong, 3 the document or the advisories cannot be read, \n\
            4 it cannot be said."
    )]
    Explain(explain::ExplainArgs),
    /// Hold an SBOM, or a report of `match --json`, against a policy in a file.
    #[command(
        disable_version_flag = true,
        after_help = "Examples:\n  bonafide gate sbom.cdx.json --policy policy.toml --advisories advisories.idx --kev kev.json\n  \
            bonafide gate report.json --policy policy.toml --json\n\n\
            Exit codes: 0 it passes, 1 it fails, 2 the question or the policy is wrong, 3 the document cannot be read, \n\
            4 nothing could be judged, 5 the feeds are too old."
    )]
    Gate(gate::GateArgs),
    /// Compare versions as their ecosystem does.
    #[command(subcommand)]
    Version(version::VersionCommand),
    /// Read package URLs.
    #[command(subcommand)]
    Purl(purl::PurlCommand),
    /// Answer questions about version ranges in VERS.
    #[command(subcommand)]
    Vers(vers::VersCommand),
    /// Score CVSS vectors.
    #[command(subcommand)]
    Cvss(cvss::CvssCommand),
    /// Validate security advisories in CSAF.
    #[command(subcommand)]
    Csaf(csaf::CsafCommand),
    /// Convert what is said about whether a flaw matters (VEX).
    #[command(subcommand)]
    Vex(vex::VexCommand),
    /// Say whether alarms fire and jobs get done; exit 1 when one is late by more than 30 s or given up.
    #[command(after_help = "Example:\n  bonafide health --data /var/lib/bonafide || page-somebody")]
    Health(health::HealthArgs),
}

/// Runs the command that was asked for.
pub fn run() -> ExitCode {
    let code = match Cli::try_parse() {
        Ok(cli) => answer(cli.command),
        Err(error) => misread(&error),
    };
    if say::lost() && code == ExitCode::SUCCESS {
        return ExitCode::from(exit::INTERNAL);
    }
    code
}

fn answer(command: Command) -> ExitCode {
    match command {
        Command::Demo(args) => exit::from_result(demo::run(args)),
        Command::Sbom(command) => sbom::run(command),
        Command::Feeds(command) => feeds::run(command),
        Command::Import(command) => import::run(command),
        Command::Serve(args) => exit::from_result(serve::run(args)),
        Command::Journal(command) => journal::run(command),
        Command::User(command) => user::run(command),
        Command::Law(args) => law::run(args),
        Command::Explain(args) => explain::run(&args),
        Command::Gate(args) => gate::run(&args),
        Command::Match(args) => matching::run(&args),
        Command::Version(command) => version::run(command),
        Command::Purl(command) => purl::run(command),
        Command::Vers(command) => vers::run(command),
        Command::Cvss(command) => cvss::run(command),
        Command::Csaf(command) => csaf::run(command),
        Command::Vex(command) => vex::run(command),
        Command::Health(args) => health::run(args),
    }
}

/// Help and version to stdout; anything else in one sentence to stderr.
fn misread(error: &clap::Error) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        say::text(&error.render().to_string());
        return ExitCode::SUCCESS;
    }
    let asked: Vec<String> = std::env::args_os()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    say::tell!("{}", usage::sentence(error, &asked));
    ExitCode::from(exit::USAGE)
}

/// The tree of commands, as the help shows it.
pub fn command() -> clap::Command {
    Cli::command()
}
