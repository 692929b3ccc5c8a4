//! Feeds on their way in and what follows them. Importing lives in `advisories`; it is started
//! from here because matching must follow in the same transactions.

use super::standing::follow;
use crate::advisories::{self, Options, Progress, Summary};
use crate::jobs::Job;
use crate::store::Db;
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

/// Makes sure that feeds are fetched every so many hours; does nothing in a demo or when the
/// operator turned it off.
pub fn schedule(app: &App) -> anyhow::Result<()> {
    advisories::schedule(app)
}

/// Does one of this room's jobs. Fetching takes minutes, so it runs beside the worker, which must
/// stay free for alarms.
pub async fn handle(app: &App, job: Job) -> anyhow::Result<()> {
    let Job::SyncFeeds = job else {
        anyhow::bail!("this job is not about feeds: {job:?}");
    };
    advisories::plan_next(app).await?;
    let app = app.clone();
    tokio::spawn(async move {
        match sync(&app, &[], advisories::silent()).await {
            Ok(all) => {
                for synced in all {
                    tracing::info!(feed = synced.feed, outcome = synced.outcome.code(), "feed");
                }
            }
            Err(error) => tracing::warn!(error = format!("{error:#}"), "feeds were not fetched"),
        }
    });
    Ok(())
}
