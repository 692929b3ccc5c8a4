//! `bonafide feeds import PATH… | sync | status`: what the world says, from files or over HTTP.
//! Works beside a running server: each batch is a small transaction of its own.

use super::{exit, serve::ServeArgs};
use crate::advisories::{self, Options, Outcome, Progress, Report, Summary};
use crate::findings;
use crate::trouble::Trouble;
use crate::web::App;
use clap::{Args, Subcommand};
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// What `feeds` can do.
#[derive(Subcommand)]
pub enum FeedsCommand {
    /// Import feed files or directories: OSV (zip, directory, single records), CISA KEV, the
    /// EUVD's KEV dump, EPSS. What they are is seen from their content. Exit 1 when a source was
    /// not to be trusted as a whole, 4 when there was nothing to import.
    Import(ImportArgs),
    /// Fetch the configured feeds and import what changed. Exit 8 when one did not come.
    Sync(SyncArgs),
    /// Say how old each feed is. Exit 5 when an expected one is missing or older than 72 hours.
    Status(StatusArgs),
}

#[derive(Args)]
pub struct Place {
    /// Where the database, the files and the key live.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The configuration file; `bonafide.toml` here if there is one.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct ImportArgs {
    #[command(flatten)]
    place: Place,
    /// Files and directories.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Believe a feed although it lost more than a tenth of its records.
    #[arg(long)]
    accept_smaller: bool,
}

#[derive(Args)]
pub struct SyncArgs {
    #[command(flatten)]
    place: Place,
    /// Only these feeds, as in `osv:npm` or `euvd-kev`.
    #[arg(long, value_name = "FEED")]
    only: Vec<String>,
}

#[derive(Args)]
pub struct StatusArgs {
    #[command(flatten)]
    place: Place,
}

/// Runs a `feeds` command.
pub fn run(command: FeedsCommand) -> ExitCode {
    let done = match command {
        FeedsCommand::Import(args) => import(&args),
        FeedsCommand::Sync(args) => sync(&args),
        FeedsCommand::Status(args) => status(&args),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(error) => exit::from_result(Err(error)),
    }
}

fn open(place: &Place) -> anyhow::Result<App> {
    let args = ServeArgs {
        data: place.data.clone(),
        config: place.config.clone(),
        ..ServeArgs::default()
    };
    super::serve::open(args.load()?)
}

fn import(args: &ImportArgs) -> anyhow::Result<u8> {
    let app = open(&args.place)?;
    let options = Options {
        accept_smaller: args.accept_smaller,
        checked_at: None,
    };
    let mut bar = Bar::new();
    let begun = Instant::now();
    let summary = findings::import(&app.db, &args.paths, options, &mut |p: Progress| {
        bar.show(
            &p.source.display().to_string(),
            "importing",
            p.done as u64,
            p.total as u64,
        );
    })?;
    bar.end();
    if args.place.json {
        println!("{}", serde_json::to_string_pretty(&summary)?);
    } else {
        print_summary(&summary, begun.elapsed());
    }
    Ok(if summary.sources.is_empty() {
        eprintln!("bonafide: there is nothing to import under these paths");
        exit::NOTHING
    } else if summary.sources.iter().any(|source| source.fault.is_some()) {
        exit::FOUND
    } else {
        0
    })
}

fn print_summary(summary: &Summary, took: Duration) {
    for source in &summary.sources {
        print_report(source);
    }
    let read: u64 = summary.sources.iter().map(|s| s.records).sum();
    let wrong: u64 = summary.sources.iter().map(|s| s.unreadable).sum();
    println!(
        "{read} records from {} sources in {:.1} s; {wrong} could not be read",
        summary.sources.len(),
        took.as_secs_f64()
    );
    if summary.passed_over > 0 {
        println!(
            "{} files are no feeds and were passed over:",
            summary.passed_over
        );
        for (path, what) in &summary.passed_over_named {
            println!("  {} ({what})", path.display());
        }
    }
}

fn print_report(report: &Report) {
    let of = report.data_as_of.as_deref().unwrap_or("no date");
    println!("{} [{}] data of {of}", report.path.display(), report.kind);
    println!(
        "  {} records: {} new, {} changed, {} unchanged, {} older than ours, {} withdrawn",
        report.records,
        report.new,
        report.changed,
        report.unchanged,
        report.older,
        report.withdrawn
    );
    if report.removed > 0 {
        println!(
            "  {} entries are no longer in it and were withdrawn",
            report.removed
        );
    }
    if report.not_in_file > 0 {
        println!(
            "  {} records we hold were not in it; they stay",
            report.not_in_file
        );
    }
    for (ecosystem, count) in &report.left_aside {
        if ecosystem == advisories::NO_PACKAGE {
            println!("  {count} left aside: they name no package");
        } else {
            println!("  {count} left aside: {ecosystem} cannot be matched yet");
        }
    }
    if report.unreadable > 0 {
        println!("  {} could not be read", report.unreadable);
    }
    for problem in &report.problems {
        println!("  {}: {} ({})", problem.place, problem.text, problem.code);
    }
    if let Some(fault) = &report.fault {
        println!("  FAULT: {fault}");
    }
}

fn sync(args: &SyncArgs) -> anyhow::Result<u8> {
    let app = open(&args.place)?;
    let bar = std::sync::Arc::new(std::sync::Mutex::new(Bar::new()));
    let shared = bar.clone();
    let told: advisories::Told = std::sync::Arc::new(move |feed, what, done, total| {
        let mut bar = shared.lock().unwrap_or_else(|e| e.into_inner());
        bar.show(feed, what, done, total);
    });
    let synced = super::serve::block_on(async { findings::sync(&app, &args.only, told).await })?;
    bar.lock().unwrap_or_else(|e| e.into_inner()).end();
    let mut failed = 0;
    for one in &synced {
        match &one.outcome {
            Outcome::NotModified => println!("{}: not modified", one.feed),
            Outcome::Imported(report) => print_report(report),
            Outcome::Failed(error) => {
                failed += 1;
                println!("{}: {error}", one.feed);
            }
        }
    }
    Ok(if failed > 0 { exit::UNAVAILABLE } else { 0 })
}

fn status(args: &StatusArgs) -> anyhow::Result<u8> {
    let app = open(&args.place)?;
    let feeds = app
        .db
        .read_now(advisories::list_feeds)
        .map_err(Trouble::into_error)?;
    let worst = advisories::worst(&feeds);
    if args.place.json {
        let value = serde_json::json!({ "worst": worst, "feeds": feeds });
        println!("{}", serde_json::to_string_pretty(&value)?);
    } else {
        for feed in &feeds {
            let seen = feed.seen_at.map_or("never".to_owned(), |at| at.to_string());
            let of = feed
                .data_as_of
                .map_or(String::new(), |at| format!(", data of {at}"));
            println!(
                "{:<14} {:<8} {:>8} records, checked {seen}{of}",
                feed.name, feed.tone, feed.records
            );
            if let Some(error) = &feed.last_error {
                println!("{:<14} last fault: {error}", "");
            }
        }
    }
    Ok(if matches!(worst, "missing" | "stale") {
        exit::STALE
    } else {
        0
    })
}

/// Progress on stderr: one line that is written over on a terminal, else a line every ten seconds.
struct Bar {
    is_terminal: bool,
    last: Option<Instant>,
    is_open: bool,
}

impl Bar {
    fn new() -> Self {
        Self {
            is_terminal: std::io::stderr().is_terminal(),
            last: None,
            is_open: false,
        }
    }

    fn show(&mut self, source: &str, what: &str, done: u64, total: u64) {
        let pause = if self.is_terminal {
            Duration::from_millis(100)
        } else {
            Duration::from_secs(10)
        };
        if self.last.is_some_and(|last| last.elapsed() < pause) {
            return;
        }
        self.last = Some(Instant::now());
        let far = match (done * 100).checked_div(total) {
            Some(percent) => format!("{done} of {total} ({percent} %)"),
            None => done.to_string(),
        };
        if self.is_terminal {
            eprint!("\r\x1b[2K{what} {source}: {far}");
            let _ = std::io::stderr().flush();
            self.is_open = true;
        } else {
            eprintln!("{what} {source}: {far}");
        }
    }

    fn end(&mut self) {
        if self.is_open {
            eprintln!();
            self.is_open = false;
        }
    }
}
