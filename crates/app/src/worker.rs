//! The loop that fires alarms and does jobs, and the one place that says who handles which.
//!
//! Alarms come first and in small batches, so that no import keeps them waiting. A restart
//! begins with whatever fell due while the machine was off. A job that panics has failed like
//! any other: the loop must outlive every fault of what it runs.

pub mod leftovers;
pub mod store;

use crate::caller::Caller;
use crate::jobs::{self, Claimed, Job};
use crate::trouble::{Seldom, Trouble};
use crate::web::App;
use anyhow::Context as _;
use futures_util::{FutureExt as _, StreamExt as _};
use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long the loop sleeps when nothing wakes it.
const TICK: Duration = Duration::from_millis(500);
const BATCH: usize = 16;
/// Mails and webhooks under way at the same time.
const DELIVERIES_MAX: usize = 8;
/// How often the lease of a job under way is prolonged: several times while it holds.
const PROLONG: Duration = Duration::from_secs(20);
const ALARMS_BATCH: usize = 500;

/// Runs until `stop` is cancelled.
pub async fn run(app: App, stop: CancellationToken) {
    let mut seldom = Seldom::new();
    while !stop.is_cancelled() {
        if let Err(error) = unless_panicked(turn_until(&app, &stop)).await {
            seldom.say(|passed_over| {
                tracing::error!(
                    error = format!("{error:#}"),
                    passed_over,
                    "the worker stumbled and goes on"
                );
            });
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = app.wake.wait() => {}
            () = tokio::time::sleep(TICK) => {}
        }
    }
}

/// Fires what is due and does what waits, until nothing is left; how much it did.
pub async fn turn(app: &App) -> anyhow::Result<u64> {
    turn_until(app, &CancellationToken::new()).await
}

/// A turn that ends early, between two batches, when it is told to stop.
async fn turn_until(app: &App, stop: &CancellationToken) -> anyhow::Result<u64> {
    let mut done = 0;
    loop {
        if stop.is_cancelled() {
            return Ok(done);
        }
        let fired = fire_all(app).await?;
        let claimed = app
            .db
            .write(|tx| -> anyhow::Result<_> { jobs::claim(tx, BATCH) })
            .await
            .context("claim jobs")?;
        if fired == 0 && claimed.is_empty() {
            return Ok(done);
        }
        done += fired + claimed.len() as u64;
        let (deliveries, others): (Vec<_>, Vec<_>) = claimed
            .into_iter()
            .partition(|claimed| matches!(claimed.job, Job::Deliver { .. }));
        for job in others {
            while_firing(app, TICK, do_one(app, job)).await?;
        }
        while_firing(app, TICK, deliver(app, deliveries)).await?;
    }
}

/// Sends several at a time, so that one receiver that hangs keeps nobody else waiting.
async fn deliver(app: &App, deliveries: Vec<Claimed>) -> anyhow::Result<()> {
    let mut sending = futures_util::stream::iter(deliveries)
        .map(|job| do_one(app, job))
        .buffer_unordered(DELIVERIES_MAX);
    while let Some(sent) = sending.next().await {
        sent?;
    }
    Ok(())
}

/// Does something that may be long while a second task fires alarms every so often, and fires what fell due in
/// the meantime once more afterwards.
pub async fn while_firing(
    app: &App,
    every: Duration,
    work: impl Future<Output = anyhow::Result<()>>,
) -> anyhow::Result<()> {
    let done = {
        let mut work = std::pin::pin!(work);
        let mut firing = std::pin::pin!(keep_firing(app, every));
        tokio::select! {
            done = &mut work => done,
            never = &mut firing => match never {},
        }
    };
    done?;
    fire_all(app).await.map(|_| ())
}

/// Fires until it is dropped: a fault that passes must not stop alarms for the rest of a long job.
async fn keep_firing(app: &App, every: Duration) -> Infallible {
    let mut seldom = Seldom::new();
    loop {
        tokio::time::sleep(every).await;
        if let Err(error) = unless_panicked(fire_all(app)).await {
            seldom.say(|passed_over| {
                tracing::error!(
                    error = format!("{error:#}"),
                    passed_over,
                    "alarms could not be fired; the next attempt is soon"
                );
            });
        }
    }
}

/// Fires all that is due, in batches: many may be after a long pause.
async fn fire_all(app: &App) -> anyhow::Result<u64> {
    let mut all = 0;
    loop {
        let fired = fire(app).await?;
        all += fired;
        if fired == 0 {
            return Ok(all);
        }
    }
}

async fn fire(app: &App) -> anyhow::Result<u64> {
    let fired = app
        .db
        .write(|tx| crate::clock::fire_due(tx, ALARMS_BATCH))
        .await;
    fired.map_err(Trouble::into_error).context("fire alarms")
}

async fn do_one(app: &App, claimed: Claimed) -> anyhow::Result<()> {
    // It waited its turn in our batch, and another worker may have taken it over.
    if !prolong(app, &claimed).await? {
        return Ok(());
    }
    let result = work_on(app, &claimed).await;
    if let Err(error) = &result {
        tracing::warn!(job = ?claimed.job, error = format!("{error:#}"), "a job failed");
    }
    let ours = app
        .db
        .write(move |tx| match &result {
            Ok(()) => jobs::finish(tx, &claimed),
            Err(error) => jobs::fail(tx, &claimed, &format!("{error:#}")),
        })
        .await?;
    if !ours {
        tracing::warn!("a job came to an end after another worker had taken it over");
    }
    Ok(())
}

/// Does a job for as long as it takes, its lease kept alive meanwhile.
async fn work_on(app: &App, claimed: &Claimed) -> anyhow::Result<()> {
    let mut working = std::pin::pin!(unless_panicked(handle(app, &claimed.job)));
    let mut tick = tokio::time::interval(PROLONG);
    tick.reset();
    loop {
        tokio::select! {
            result = &mut working => return result,
            _ = tick.tick() => match prolong(app, claimed).await {
                Ok(true) => {}
                Ok(false) => tracing::warn!(job = ?claimed.job, "another took over a job that goes on"),
                Err(error) => tracing::warn!(error = format!("{error:#}"), "a lease was not prolonged"),
            },
        }
    }
}

async fn prolong(app: &App, claimed: &Claimed) -> anyhow::Result<bool> {
    let claimed = claimed.clone();
    let kept = app.db.write(move |tx| jobs::prolong(tx, &claimed)).await;
    kept.context("prolong a lease")
}

/// A panic as an error; transactions roll back by themselves when they are left in the middle.
pub async fn unless_panicked<T>(
    work: impl Future<Output = anyhow::Result<T>>,
) -> anyhow::Result<T> {
    AssertUnwindSafe(work)
        .catch_unwind()
        .await
        .unwrap_or_else(|panic| {
            let text = crate::trouble::words_of(&*panic);
            Err(anyhow::anyhow!("it panicked: {text}"))
        })
}

async fn handle(app: &App, job: &Job) -> anyhow::Result<()> {
    let job = job.clone();
    match job {
        Job::ConsiderExploited { .. }
        | Job::EscalateWatchItem { .. }
        | Job::DeadlineReached { .. } => crate::cases::handle(app, job).await,
        Job::FanOut { .. } | Job::Deliver { .. } | Job::EscalateNotice { .. } => {
            crate::notices::handle(app, job).await
        }
        Job::ConsiderRelease {
            organisation,
            release,
        } => {
            let program = Caller::program(organisation, "matching");
            app.db
                .write(move |tx| crate::findings::consider_release(tx, &program, release))
                .await
                .map_err(Trouble::into_error)
        }
        Job::ExpireAssessments { organisation } => app
            .db
            .write(move |tx| crate::findings::expire(tx, organisation).map(|_| ()))
            .await
            .map_err(Trouble::into_error),
        Job::SortPostings => {
            let db = app.db.clone();
            tokio::task::spawn_blocking(move || crate::sboms::sort_postings(&db))
                .await?
                .map(|_| ())
        }
        Job::SyncFeeds | Job::ReadSbomsAgain {} => crate::findings::handle(app, job).await,
    }
}
