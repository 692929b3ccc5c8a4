//! Clears away what uploads that came to nothing and processes that died left behind, at the start
//! and once a day. It must never delete what a row names, nor what may still be written.

use super::store;
use crate::blobs;
use crate::web::App;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// What was cleared away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cleared {
    pub temporary: u64,
    pub blobs: u64,
}

/// Clears until `stop` is cancelled.
pub async fn keep_clear(app: App, stop: CancellationToken) {
    loop {
        let cleaning = app.clone();
        match tokio::task::spawn_blocking(move || clear(&cleaning)).await {
            Ok(Ok(cleared)) if cleared == Cleared::default() => {}
            Ok(Ok(cleared)) => tracing::info!(
                temporary = cleared.temporary,
                blobs = cleared.blobs,
                "cleared away files that nothing names"
            ),
            Ok(Err(error)) => {
                tracing::error!(error = format!("{error:#}"), "left-over files stay");
            }
            Err(error) => tracing::error!(%error, "left-over files stay"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Clears once. Long work.
pub fn clear(app: &App) -> anyhow::Result<Cleared> {
    let now = app.clock.now();
    let mut cleared = Cleared {
        temporary: blobs::clear_temporary(&app.config.data, now)?
            + app.blobs.clear_temporary(now)?,
        blobs: 0,
    };
    let (idle, all) = app.blobs.list_idle(now)?;
    let named = app.db.read_now(|tx| store::named(tx, &idle))?;
    let unnamed: Vec<_> = idle
        .iter()
        .filter(|digest| !named.contains(digest.as_str()))
        .collect();
    // A database that knows few of the files is rather the wrong one, or an old copy of the right.
    if unnamed.len() as u64 * 2 > all {
        tracing::warn!(
            files = all,
            unnamed = unnamed.len(),
            "the database names too few of the files for any to be deleted; is it the right one?"
        );
        return Ok(cleared);
    }
    for digest in unnamed {
        cleared.blobs += u64::from(app.blobs.delete_idle(digest, now)?);
    }
    Ok(cleared)
}
