//! Feeds on their way in and what follows them. Importing lives in `advisories`; it is started
//! from here because matching must follow in the same transactions.

use super::standing::follow;
use crate::advisories::{self, Options, Progress, Summary};
use crate::jobs::Job;
use crate::store::Db;
use crate::trouble::Trouble;
use crate::web::App;
use std::path::PathBuf;

/// Imports feed files and directories, matching as it goes.
pub fn import(
    db: &Db,
    paths: &[PathBuf],
    options: Options,
    progress: &mut dyn FnMut(Progress),
) -> anyhow::Result<Summary> {
    advisories::import(db, paths, options, &follow, progress)
}

/// Fetches the configured feeds (all, or those named) and imports what changed.
pub async fn sync(
    app: &App,
    only: &[String],
    progress: advisories::Told,
) -> anyhow::Result<Vec<advisories::Synced>> {
    let synced = advisories::sync(app, only, follow, progress).await;
    app.wake.up();
    synced
}

/// Makes sure that feeds are fetched every so many hours, unless in a demo or when the operator
/// turned it off, and that documents an older program read are read again.
pub fn schedule(app: &App) -> anyhow::Result<()> {
    advisories::schedule(app)?;
    app.db
        .write_retrying(|tx| super::schedule_reading(tx).map_err(Trouble::into_error))
}

/// Does one of this room's jobs. Both take minutes, so they run beside the worker, which must stay
/// free for alarms; a process that dies meanwhile queues them again when it starts.
pub async fn handle(app: &App, job: Job) -> anyhow::Result<()> {
    match job {
        Job::SyncFeeds => {
            advisories::plan_next(app).await?;
            let app = app.clone();
            tokio::spawn(async move { fetch_or_plan(&app).await });
        }
        Job::ReadSbomsAgain {} => {
            let (db, blobs) = (app.db.clone(), app.blobs.clone());
            tokio::task::spawn_blocking(move || match super::read_sboms_again(&db, &blobs) {
                Ok(done) => tracing::info!(?done, "documents were read again"),
                Err(error) => {
                    let error = format!("{error:#}");
                    tracing::error!(error, "reading documents again ended early");
                }
            });
        }
        other => anyhow::bail!("this job is neither about feeds nor about documents: {other:?}"),
    }
    Ok(())
}

/// Fetches all feeds; when not one of them came, plans another attempt soon. What came in changed
/// the tables, so the database looks at them before everything in them is compared.
async fn fetch_or_plan(app: &App) {
    if let Err(error) = fetch(app).await {
        tracing::warn!(error = format!("{error:#}"), "feeds were not fetched");
        if let Err(error) = advisories::plan_again(app).await {
            tracing::error!(
                error = format!("{error:#}"),
                "no new attempt could be planned"
            );
        }
    }
    let db = app.db.clone();
    let looked = tokio::task::spawn_blocking(move || db.refresh_statistics()).await;
    if let Err(error) = looked.map_err(anyhow::Error::from).flatten() {
        tracing::warn!(
            error = format!("{error:#}"),
            "statistics were not refreshed"
        );
    }
    self_check(app.db.clone()).await;
}

async fn fetch(app: &App) -> anyhow::Result<()> {
    // Somebody asked for it while it is being done: that is no failure.
    if app.fetching.is_running() {
        return Ok(());
    }
    let all = sync(app, &[], advisories::silent()).await?;
    for synced in &all {
        tracing::info!(feed = synced.feed, outcome = synced.outcome.code(), "feed");
    }
    anyhow::ensure!(
        all.iter().any(|synced| synced.outcome.code() != "failed"),
        "not one feed came"
    );
    app.fetching.came();
    Ok(())
}

/// Recomputes all findings after a sync: what is maintained step by step must equal what comes
/// out when everything is compared anew. A difference is mended and said.
async fn self_check(db: Db) {
    match tokio::task::spawn_blocking(move || super::check_everything(&db)).await {
        Ok(Ok(checked)) if checked.opened + checked.closed > 0 => {
            tracing::warn!(
                ?checked,
                "findings differed from a full comparison and were mended"
            );
        }
        Ok(Ok(checked)) => tracing::debug!(?checked, "findings equal a full comparison"),
        Ok(Err(error)) => tracing::error!(error = format!("{error:#}"), "the self-check failed"),
        Err(error) => tracing::error!(%error, "the self-check ended early"),
    }
}
