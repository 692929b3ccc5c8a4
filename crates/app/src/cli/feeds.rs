//! `bonafide feeds import PATH… | sync | status`: what the world says, from files or over HTTP.
//! Works beside a running server: each batch is a small transaction of its own.

use super::say::{self, say, shown, shown_json, tell};
use super::{exit, serve::ServeArgs};
use crate::advisories::{
    self, Completeness, Feed, Options, Outcome, Problem, Progress, Report, Summary,
};
use crate::config::{Config, Fault, database_file};
use crate::findings;
use crate::trouble::Trouble;
use crate::web::App;
use clap::{Args, Subcommand};
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// What `feeds` can do.
#[derive(Subcommand)]
pub enum FeedsCommand {
    /// Import feed files or directories: OSV (zip, directory, single records), CISA KEV, the
    /// EUVD's KEV dump, EPSS. What they are is seen from their content. A whole ecosystem is a zip
    /// of its name (`npm/all.zip`, `npm.zip`), what `--ecosystem` says is one, or a directory as
    /// large as one; anything smaller adds its records and makes no feed newer. Exit 1 when a
    /// source came in part or not at all, 4 when not one record was read.
    Import(ImportArgs),
    /// Fetch the configured feeds and import what changed. Exit 8 when one did not come, 1 when one
    /// came only in part.
    Sync(SyncArgs),
    /// Make an index of advisories: one file from which `bonafide match` reads only what it needs.
    /// PATH is a directory, a zip or a single OSV record. Needs no server and no database.
    Index(IndexArgs),
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
    pub json: bool,
}

#[derive(Args)]
pub struct ImportArgs {
    #[command(flatten)]
    place: Place,
    /// Files and directories.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The OSV records under these paths are all there are of this ecosystem.
    #[arg(long, value_name = "NAME", value_parser = ecosystem)]
    ecosystem: Option<&'static str>,
    /// Believe that a feed is whole although it is small or lost more than a tenth of its records.
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
pub struct IndexArgs {
    /// Files and directories.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Where the index goes; what is there is replaced when it is whole.
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Args)]
pub struct StatusArgs {
    #[command(flatten)]
    place: Place,
}

fn ecosystem(name: &str) -> Result<&'static str, String> {
    advisories::ecosystem(name)
        .ok_or_else(|| format!("known ones are {}", advisories::ECOSYSTEMS.join(", ")))
}

/// Problems of a feed that `status` names; the page has more.
const PROBLEMS_SHOWN: usize = 5;

/// Runs a `feeds` command.
pub fn run(command: FeedsCommand) -> ExitCode {
    let done = match command {
        FeedsCommand::Import(args) => import(&args),
        FeedsCommand::Sync(args) => sync(&args),
        FeedsCommand::Index(args) => return index(&args),
        FeedsCommand::Status(args) => status(&args),
    };
    done.map_or_else(|error| exit::from_error(&error), ExitCode::from)
}

/// Opens what `serve` made; a directory that is not there is a slip of the pen, and making it
/// would hide that the feeds went nowhere.
pub fn open(place: &Place) -> anyhow::Result<App> {
    super::serve::open(configured(place)?)
}

/// The configuration of a server that was started at least once.
fn configured(place: &Place) -> anyhow::Result<Config> {
    let args = ServeArgs {
        data: place.data.clone(),
        config: place.config.clone(),
        ..ServeArgs::default()
    };
    let config = args.load()?;
    let is_there = match config.database_url {
        Some(_) => place.data.as_ref().is_none_or(|data| data.is_dir()),
        None => database_file(&config.data).exists(),
    };
    if !is_there {
        let data = config.data.display();
        let text = format!(
            "there is no Bonafide data in {data}; check the path, or run \
             `bonafide serve --data {data}` once, which makes it"
        );
        return Err(Fault::new(text).into());
    }
    Ok(config)
}

fn import(args: &ImportArgs) -> anyhow::Result<u8> {
    if let Some(absent) = args.paths.iter().find(|path| !path.exists()) {
        let text = format!("there is no file or directory {}", absent.display());
        return Err(Fault::new(text).into());
    }
    let app = open(&args.place)?;
    let options = Options {
        accept_smaller: args.accept_smaller,
        ecosystem: args.ecosystem,
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
    app.db.refresh_statistics()?;
    bar.end();
    if args.place.json {
        say!("{}", shown_json(&summary)?);
    } else {
        print_summary(&summary, begun.elapsed());
    }
    if summary.sources.is_empty() {
        tell!("there is nothing to import under these paths");
    }
    Ok(code(&summary))
}

/// "Could not look" is never 0.
fn code(summary: &Summary) -> u8 {
    let is_whole = |source: &Report| source.completeness == Completeness::Complete;
    if summary.sources.iter().all(|source| source.records == 0) {
        exit::NOTHING
    } else if summary.sources.iter().all(is_whole) {
        0
    } else {
        exit::FOUND
    }
}

fn print_summary(summary: &Summary, took: Duration) {
    for source in &summary.sources {
        print_report(source);
    }
    let read: u64 = summary.sources.iter().map(|s| s.records).sum();
    let wrong: u64 = summary.sources.iter().map(|s| s.unreadable).sum();
    say!(
        "{read} records from {} sources in {:.1} s; {wrong} could not be read",
        summary.sources.len(),
        took.as_secs_f64()
    );
    if summary.passed_over > 0 {
        say!(
            "{} files are no feeds and were passed over:",
            summary.passed_over
        );
        for (path, what) in &summary.passed_over_named {
            say!("  {} ({what})", shown(&path.display().to_string()));
        }
    }
}

fn print_report(report: &Report) {
    let of = report.data_as_of.as_deref().unwrap_or("no date");
    say!(
        "{} [{}] {}, data of {}",
        shown(&report.path.display().to_string()),
        report.kind,
        report.completeness.name(),
        shown(of)
    );
    say!(
        "  {} records: {} new, {} changed, {} unchanged, {} older than ours, {} withdrawn",
        report.records,
        report.new,
        report.changed,
        report.unchanged,
        report.older,
        report.withdrawn
    );
    if report.removed > 0 {
        say!(
            "  {} entries are no longer in it and were withdrawn",
            report.removed
        );
    }
    if report.not_in_file > 0 {
        say!(
            "  {} records we hold were not in it; they stay",
            report.not_in_file
        );
    }
    for (ecosystem, count) in &report.left_aside {
        if ecosystem == advisories::NO_PACKAGE {
            say!("  {count} left aside: they name no package");
        } else {
            let ecosystem = shown(ecosystem);
            say!("  {count} left aside: {ecosystem} cannot be matched yet");
        }
    }
    if report.unreadable > 0 {
        say!("  {} could not be read", report.unreadable);
    }
    for problem in &report.problems {
        print_problem(problem, 2);
    }
    for (feed, count) in &report.added_to {
        say!("  {count} were added to {feed}, which is as old as it was");
    }
    if let Some(fault) = &report.fault {
        say!("  FAULT: {}", shown(fault));
    } else if report.feeds.is_empty() {
        say!("  no feed is newer by this: it is not the whole of one");
    } else {
        say!("  counts as {}", report.feeds.join(", "));
    }
}

fn print_problem(problem: &Problem, indent: usize) {
    let (place, text) = (shown(&problem.place), shown(&problem.text));
    say!("{:indent$}{place}: {text} ({})", "", problem.code);
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
    app.db.refresh_statistics()?;
    bar.lock().unwrap_or_else(|e| e.into_inner()).end();
    let (mut failed, mut partial) = (0, 0);
    for one in &synced {
        match &one.outcome {
            Outcome::NotModified => say!("{}: not modified", one.feed),
            Outcome::Imported(report) => print_report(report),
            Outcome::Partial(report) => {
                partial += 1;
                print_report(report);
            }
            Outcome::Failed(error) => {
                failed += 1;
                say!("{}: {}", one.feed, shown(error));
            }
        }
    }
    Ok(match (failed, partial) {
        (0, 0) => 0,
        (0, _) => exit::FOUND,
        _ => exit::UNAVAILABLE,
    })
}

fn index(args: &IndexArgs) -> ExitCode {
    match super::offline::index(&args.paths, &args.out) {
        Err(stop) => stop.exit(),
        Ok((built, feeds)) => {
            for feed in &feeds {
                let of = feed.as_of.as_deref().unwrap_or("no date");
                let (source, unreadable) = (shown(&feed.source), feed.unreadable);
                say!(
                    "{source}: {} records of {of}, {unreadable} could not be read",
                    feed.records
                );
            }
            let (records, packages) = (built.records, built.packages);
            say!(
                "{records} advisories of {packages} packages, {} bytes",
                built.bytes
            );
            ExitCode::SUCCESS
        }
    }
}

fn status(args: &StatusArgs) -> anyhow::Result<u8> {
    let db = super::serve::look(&configured(&args.place)?)?;
    let feeds = db
        .read_now(advisories::list_feeds)
        .map_err(Trouble::into_error)?;
    let worst = advisories::worst(&feeds);
    if args.place.json {
        let value = serde_json::json!({ "worst": worst, "feeds": feeds });
        say!("{}", shown_json(&value)?);
    } else {
        for feed in &feeds {
            let seen = feed.seen_at.map_or("never".to_owned(), |at| at.to_string());
            let of = feed
                .data_as_of
                .map_or(String::new(), |at| format!(", data of {at}"));
            say!(
                "{:<14} {:<8} {:>8} records, checked {seen}{of}",
                feed.name,
                feed.tone,
                feed.records
            );
            print_attempt(feed);
        }
    }
    Ok(if matches!(worst, "missing" | "stale") {
        exit::STALE
    } else {
        0
    })
}

/// What the last attempt left unread, under the line of its feed.
fn print_attempt(feed: &Feed) {
    let unread = format!("{} could not be read", feed.unreadable);
    match feed.outcome.as_deref() {
        Some(outcome @ ("partial" | "failed")) => {
            let read = feed.attempted_records;
            say!(
                "{:<14} last import {outcome}: {read} records read, {unread}",
                ""
            );
        }
        _ if feed.unreadable > 0 => say!("{:<14} {unread}", ""),
        _ => {}
    }
    if let Some(error) = &feed.last_error {
        say!("{:<14} last fault: {}", "", shown(error));
    }
    if feed.unreadable > 0 {
        for problem in feed.problems.iter().take(PROBLEMS_SHOWN) {
            print_problem(problem, 15);
        }
    }
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
        let source = shown(source);
        let far = match (done * 100).checked_div(total) {
            Some(percent) => format!("{done} of {total} ({percent} %)"),
            None => done.to_string(),
        };
        if self.is_terminal {
            say::aside(&format!("\r\x1b[2K{what} {source}: {far}"));
            self.is_open = true;
        } else {
            say::aside(&format!("{what} {source}: {far}\n"));
        }
    }

    fn end(&mut self) {
        if self.is_open {
            say::aside("\n");
            self.is_open = false;
        }
    }
}
