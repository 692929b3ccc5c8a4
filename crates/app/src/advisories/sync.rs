//! Fetching feeds: conditional requests (RFC 9110 §13), downloads that go on where they broke off,
//! then the same import as from a file.

use super::import::{Changes, Options, Progress, Report, import};
use super::rules::{self, Completeness};
use super::store::feeds;
use crate::config::FeedSources;
use crate::feeds::{Conditions, Limits, Saved};
use crate::jobs::{self, Job};
use crate::store::Tx;
use crate::trouble::Trouble;
use crate::web::App;
use jiff::SignedDuration;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

/// Packed size and time one feed may take; OSV's npm has 150 MB.
const LIMITS: Limits = Limits {
    bytes_max: 4 * 1024 * 1024 * 1024,
    time_max: Duration::from_secs(3_600),
};

/// One run at a time in a process: two would only fight over the same files.
static RUNNING: AtomicBool = AtomicBool::new(false);

/// Told what happens, in order: feed, what, done, total (0 when unknown).
pub type Told = Arc<dyn Fn(&str, &'static str, u64, u64) + Send + Sync>;

/// Nobody is told.
pub fn silent() -> Told {
    Arc::new(|_, _, _, _| {})
}

/// A feed and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub feed: String,
    pub url: String,
    /// Where it is kept while it is read, below the data directory.
    file: PathBuf,
}

/// What became of one feed.
#[derive(Debug)]
pub struct Synced {
    pub feed: String,
    pub outcome: Outcome,
}

#[derive(Debug)]
pub enum Outcome {
    NotModified,
    Imported(Box<Report>),
    /// It came, and not whole: what could be read was used, and the feed is as old as it was.
    Partial(Box<Report>),
    Failed(String),
}

impl Outcome {
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotModified => "not-modified",
            Self::Imported(_) => "imported",
            Self::Partial(_) => "partial",
            Self::Failed(_) => "failed",
        }
    }
}

/// The feeds of a configuration.
pub fn origins(sources: &FeedSources) -> Vec<Origin> {
    let base = sources.osv.trim_end_matches('/');
    let of = |feed: &str, url: &str, file: &str| Origin {
        feed: feed.to_owned(),
        url: url.to_owned(),
        file: PathBuf::from(file),
    };
    let mut all: Vec<Origin> = rules::ECOSYSTEMS
        .iter()
        .filter(|known| sources.osv_ecosystems.iter().any(|e| e == *known))
        .map(|ecosystem| {
            let folder = ecosystem.replace(' ', "%20");
            let url = format!("{base}/{folder}/all.zip");
            of(
                &rules::osv_feed(ecosystem),
                &url,
                &format!("{ecosystem}/all.zip"),
            )
        })
        .collect();
    // What is exploited comes first: it is small, and it is what starts clocks.
    all.insert(0, of("epss", &sources.epss, "epss.csv.gz"));
    all.insert(0, of("cisa-kev", &sources.cisa_kev, "cisa-kev.json"));
    all.insert(0, of("euvd-kev", &sources.euvd_kev, "euvd-kev.json"));
    all.retain(|origin| !origin.url.is_empty());
    all
}

/// Fetches and imports the configured feeds, or those of `only`. One that fails does not keep the
/// others from coming.
pub async fn sync(
    app: &App,
    only: &[String],
    follow: fn(&mut Tx, &Changes) -> Result<(), Trouble>,
    told: Told,
) -> anyhow::Result<Vec<Synced>> {
    anyhow::ensure!(
        !RUNNING.swap(true, Ordering::AcqRel),
        "feeds are being fetched already"
    );
    let _running = Running;
    let mut all = Vec::new();
    for origin in origins(&app.config.feeds) {
        if !only.is_empty() && !only.contains(&origin.feed) {
            continue;
        }
        let outcome = match one(app, &origin, follow, &told).await {
            Ok(outcome) => outcome,
            Err(error) => {
                let text = format!("{error:#}");
                let (feed, url, said) = (origin.feed.clone(), origin.url.clone(), text.clone());
                app.db
                    .write(move |tx| -> anyhow::Result<()> {
                        Ok(feeds::failed(tx, &feed, &url, &said)?)
                    })
                    .await?;
                Outcome::Failed(text)
            }
        };
        all.push(Synced {
            feed: origin.feed,
            outcome,
        });
    }
    anyhow::ensure!(!all.is_empty(), "none of these feeds is configured");
    Ok(all)
}

/// Whether this process is fetching.
pub fn is_running() -> bool {
    RUNNING.load(Ordering::Acquire)
}

struct Running;

impl Drop for Running {
    fn drop(&mut self) {
        RUNNING.store(false, Ordering::Release);
    }
}

async fn one(
    app: &App,
    origin: &Origin,
    follow: fn(&mut Tx, &Changes) -> Result<(), Trouble>,
    told: &Told,
) -> anyhow::Result<Outcome> {
    let folder = app.config.data.join("feeds");
    let file = folder.join(&origin.file);
    tokio::fs::create_dir_all(file.parent().unwrap_or(&folder)).await?;
    let feed = origin.feed.clone();
    let before = app
        .db
        .read(move |tx| -> anyhow::Result<_> { Ok(feeds::get(tx, &feed)?) })
        .await?;
    // A mirror's tags mean nothing to another mirror, and a faulty import is to be tried again.
    let conditions = before
        .filter(|feed| feed.source == origin.url && feed.last_error.is_none())
        .map(|feed| Conditions {
            etag: feed.etag,
            last_modified: feed.last_modified,
        })
        .unwrap_or_default();
    let name = origin.feed.clone();
    let tell = told.clone();
    let saved = app
        .egress
        .get_to_file(
            &origin.url,
            &file,
            &conditions,
            LIMITS,
            move |done, total| {
                tell(&name, "fetching", done, total.unwrap_or(0));
            },
        )
        .await?;
    let Saved::File { validators, .. } = saved else {
        let (feed, url) = (origin.feed.clone(), origin.url.clone());
        app.db
            .write(move |tx| -> anyhow::Result<()> { Ok(feeds::checked(tx, &feed, &url)?) })
            .await?;
        return Ok(Outcome::NotModified);
    };
    let report = import_file(app, origin, &file, follow, told).await?;
    let _ = tokio::fs::remove_file(&file).await;
    // The import has said of the feed what is to be said.
    match report.completeness {
        Completeness::Complete if report.feeds.contains(&origin.feed) => {}
        Completeness::Failed => anyhow::bail!("{}", report.fault.unwrap_or_default()),
        _ => return Ok(Outcome::Partial(Box::new(report))),
    }
    let (feed, url) = (origin.feed.clone(), origin.url.clone());
    app.db
        .write(move |tx| -> anyhow::Result<()> {
            let (etag, modified) = (&validators.etag, &validators.last_modified);
            feeds::tagged(tx, &feed, etag.as_deref(), modified.as_deref())?;
            Ok(feeds::checked(tx, &feed, &url)?)
        })
        .await?;
    Ok(Outcome::Imported(Box::new(report)))
}

async fn import_file(
    app: &App,
    origin: &Origin,
    file: &Path,
    follow: fn(&mut Tx, &Changes) -> Result<(), Trouble>,
    told: &Told,
) -> anyhow::Result<Report> {
    let options = Options {
        checked_at: Some(app.clock.now()),
        ..Options::default()
    };
    let (db, path, told) = (app.db.clone(), file.to_owned(), told.clone());
    let (feed, wake) = (origin.feed.clone(), app.wake.clone());
    let summary = tokio::task::spawn_blocking(move || {
        let mut progress = |p: Progress| {
            told(&feed, "importing", p.done as u64, p.total as u64);
            wake.up();
        };
        import(&db, &[path], options, &follow, &mut progress)
    })
    .await??;
    let named = summary.passed_over_named.first().map(|(_, what)| *what);
    let found = summary.sources.into_iter().next();
    let report = found.ok_or_else(|| {
        anyhow::anyhow!(
            "what came is no feed ({})",
            named.unwrap_or("nothing was recognised")
        )
    })?;
    let is_expected =
        report.fault.is_some() || report.feeds.contains(&origin.feed) || report.kind == origin.feed;
    anyhow::ensure!(
        is_expected,
        "what came under the address of {} is something else: {}",
        origin.feed,
        report.kind
    );
    Ok(report)
}

/// Queues the first fetch if none is planned; nothing in a demo or when it is turned off.
pub fn schedule(app: &App) -> anyhow::Result<()> {
    let hours = app.config.feeds.every_hours;
    if app.config.demo || hours == 0 {
        return Ok(());
    }
    app.db.write_retrying(|tx| {
        if feeds::planned(tx)? == 0 {
            let now = tx.now();
            let due = feeds::latest_check(tx)?
                .and_then(|at| at.checked_add(interval(hours)).ok())
                .unwrap_or(now);
            jobs::enqueue_at(tx, &Job::SyncFeeds, due.max(now))?;
        }
        Ok(())
    })
}

/// Queues the fetch after this one.
pub async fn plan_next(app: &App) -> anyhow::Result<()> {
    let hours = app.config.feeds.every_hours;
    if app.config.demo || hours == 0 {
        return Ok(());
    }
    app.db
        .write(move |tx| -> anyhow::Result<()> {
            if feeds::planned_later(tx)? == 0 {
                let next = tx.now() + interval(hours);
                jobs::enqueue_at(tx, &Job::SyncFeeds, next)?;
            }
            Ok(())
        })
        .await
}

/// Attempts in a row at which not one feed came. A new process begins anew, and with an attempt.
static FAILED: AtomicI64 = AtomicI64::new(0);
/// Where on the ladder of jobs the first pause after such an attempt stands: 16 s.
const FIRST_STEP: i64 = 3;

/// Something came, so the next failure is a first one.
pub fn fetched() {
    FAILED.store(0, Ordering::Release);
}

/// Queues another fetch after one at which nothing came: soon, then less and less often, as jobs
/// are tried again; never later than the next regular one.
pub async fn plan_again(app: &App) -> anyhow::Result<()> {
    let failed = FAILED.fetch_add(1, Ordering::AcqRel);
    let pause = jobs::back_off(failed.saturating_add(FIRST_STEP));
    let hours = app.config.feeds.every_hours;
    if app.config.demo || (hours > 0 && pause >= interval(hours)) {
        return Ok(());
    }
    app.db
        .write(move |tx| -> anyhow::Result<()> {
            let at = tx.now() + pause;
            Ok(jobs::enqueue_at(tx, &Job::SyncFeeds, at)?)
        })
        .await
}

fn interval(hours: u32) -> SignedDuration {
    SignedDuration::from_hours(i64::from(hours))
}

/// Queues a fetch for now, because a person asked for it.
pub fn sync_now(tx: &mut Tx) -> Result<(), Trouble> {
    Ok(jobs::enqueue(tx, &Job::SyncFeeds)?)
}
