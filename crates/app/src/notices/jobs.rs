//! Telling the first rung, going up, and sending.

use crate::jobs::Job;
use crate::web::App;

/// Does one of this room's jobs.
pub async fn handle(app: &App, job: Job) -> anyhow::Result<()> {
    match job {
        Job::FanOut {
            organisation,
            notice,
        } => tell(app, organisation, notice, 0).await,
        Job::EscalateNotice {
            organisation,
            notice,
            step,
        } => tell(app, organisation, notice, step).await,
        _ => Ok(()),
    }
}

async fn tell(
    app: &App,
    organisation: crate::ids::OrganisationId,
    notice: crate::ids::NoticeId,
    step: u32,
) -> anyhow::Result<()> {
    app.db
        .write(move |tx| super::tell(tx, organisation, notice, step))
        .await
        .map_err(crate::trouble::Trouble::into_error)
}
