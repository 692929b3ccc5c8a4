//! Telling the first rung, going up, and sending.
//!
//! Sending is in batches: the first delivery that is due takes all that are due with it and
//! sends them side by side, so that one receiver that hangs costs its own time-out and not that
//! of everybody behind it. A delivery that waits always has a job outstanding: one that finds
//! its delivery still queued puts itself behind it. Jobs are never failed for a delivery, so the
//! queue's limit of attempts does not count for them.

use super::channels::{self, ChannelState};
use super::rules::{self, Outcome};
use super::store::Parcel;
use super::{Notice, PROGRAM, store, webhook, words};
use crate::ids::{DeliveryId, NoticeId, OrganisationId};
use crate::jobs::{Job, enqueue_at};
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::Trouble;
use crate::web::App;
use jiff::SignedDuration;
use serde_json::json;
use std::time::Duration;

/// Deliveries sent side by side.
const BATCH: usize = 32;
/// The most one attempt may take, connection and all.
const SEND_TIME_MAX: Duration = Duration::from_secs(30);
/// A process that died gives its deliveries back after this; longer than any attempt.
const LEASE: SignedDuration = SignedDuration::from_secs(45);
const PAUSE_MIN: SignedDuration = SignedDuration::from_secs(1);

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
        Job::Deliver {
            organisation,
            delivery,
        } => deliver(app, organisation, delivery).await,
        other => anyhow::bail!("{other:?} is not a job of notices"),
    }
}

async fn tell(
    app: &App,
    organisation: OrganisationId,
    notice: NoticeId,
    step: u32,
) -> anyhow::Result<()> {
    app.db
        .write(move |tx| super::steps::tell(tx, organisation, notice, step))
        .await
        .map_err(Trouble::into_error)
}

async fn deliver(
    app: &App,
    organisation: OrganisationId,
    delivery: DeliveryId,
) -> anyhow::Result<()> {
    let waits_until = move |tx: &mut Tx| -> anyhow::Result<_> {
        Ok((store::queued_until(tx, organisation, delivery)?, tx.now()))
    };
    let (until, now) = app.db.read(waits_until).await?;
    if until.is_some_and(|until| until <= now) {
        send_due(app).await?;
    }
    app.db
        .write(move |tx| -> anyhow::Result<()> {
            if let Some(until) = store::queued_until(tx, organisation, delivery)? {
                let at = until.max(tx.now() + PAUSE_MIN);
                let job = Job::Deliver {
                    organisation,
                    delivery,
                };
                enqueue_at(tx, &job, at)?;
            }
            Ok(())
        })
        .await
}

async fn send_due(app: &App) -> anyhow::Result<()> {
    let parcels = app.db.write(claim).await.map_err(Trouble::into_error)?;
    let attempts = parcels.into_iter().map(|parcel| async {
        let outcome = tokio::time::timeout(SEND_TIME_MAX, send(app, &parcel))
            .await
            .unwrap_or_else(|_| Outcome::Again("no answer in time".into(), None));
        (parcel, outcome)
    });
    let done = futures_util::future::join_all(attempts).await;
    app.db
        .write(move |tx| -> Result<(), Trouble> {
            for (parcel, outcome) in &done {
                settle(tx, parcel, outcome)?;
            }
            Ok(())
        })
        .await
        .map_err(Trouble::into_error)
}

fn claim(tx: &mut Tx) -> Result<Vec<Parcel>, Trouble> {
    let leased_until = tx.now() + LEASE;
    let mut parcels = Vec::new();
    for (organisation, id) in store::claim_due(tx, leased_until, BATCH)? {
        if let Some(mut parcel) = store::find_parcel(tx, organisation, id)? {
            parcel.organisation_name = crate::accounts::get_organisation(tx, organisation)?.name;
            parcels.push(parcel);
        }
    }
    Ok(parcels)
}

async fn send(app: &App, parcel: &Parcel) -> Outcome {
    if !parcel.recipient.starts_with("chan_") {
        let mail = words::mail(parcel, &app.config.base_url);
        return match app.mailer.deliver(&mail).await {
            // A file is no mail; in the demo it stands for one, as every page of it says.
            Ok(file) if !app.mailer.reaches_people() && !app.config.demo => Outcome::Again(
                format!("no mail server is configured; the mail lies in mail/{file}"),
                None,
            ),
            Ok(answer) => Outcome::Sent(answer),
            Err(error) => Outcome::Again(format!("{error:#}"), None),
        };
    }
    match &parcel.channel {
        None => Outcome::Failed("the channel was removed".into()),
        // Every page of the demo promises it.
        _ if app.config.demo => Outcome::Failed("the demo sends nothing to anybody".into()),
        Some((channel, _)) if channel.state != ChannelState::Active => {
            Outcome::Failed("the channel is switched off".into())
        }
        Some((channel, secret)) => post(app, parcel, &channel.url, secret).await,
    }
}

async fn post(app: &App, parcel: &Parcel, url: &str, secret: &[u8]) -> Outcome {
    let notice = &parcel.notice;
    let body = webhook::body(&webhook::Facts {
        kind: &notice.kind,
        raised_at: notice.raised_at,
        organisation: notice.organisation.to_string(),
        notice: notice.id.to_string(),
        subject: &notice.subject,
        url: format!("{}{}", app.config.base_url, notice.path),
        step: parcel.step,
        exercise: notice.exercise,
    });
    let now = app.clock.now();
    let mut headers = webhook::headers(secret, &parcel.id.to_string(), now, &body).to_vec();
    headers.push(("content-type", "application/json".into()));
    match app.egress.post(url, &headers, body).await {
        Ok(posted) => {
            let asked_for = posted
                .retry_after
                .and_then(|text| rules::retry_after(&text, now));
            rules::outcome_of(posted.status, asked_for, &posted.beginning)
        }
        Err(error) => Outcome::Again(error.to_string(), None),
    }
}

/// Writes down what an attempt came to.
fn settle(tx: &mut Tx, parcel: &Parcel, outcome: &Outcome) -> Result<(), Trouble> {
    match outcome {
        Outcome::Sent(answer) => store::set_sent(tx, parcel, answer)?,
        Outcome::Failed(answer) => store::set_failed(tx, parcel, answer)?,
        Outcome::Gone(answer) => {
            store::set_failed(tx, parcel, answer)?;
            switch_off(tx, parcel)?;
        }
        Outcome::Again(answer, asked_for) => {
            let is_test = parcel.notice.kind == rules::TEST;
            let urgent = parcel.notice.escalates && parcel.notice.acknowledged_at.is_none();
            match rules::next_attempt_after(urgent, parcel.attempts, *asked_for) {
                // Whoever asked for a test waits for its answer.
                Some(pause) if !is_test => {
                    let at = tx.now() + pause;
                    store::set_again(tx, parcel, answer, at)?;
                }
                _ => store::set_failed(tx, parcel, answer)?,
            }
            tracing::warn!(delivery = %parcel.id, attempts = parcel.attempts, answer, "not sent");
        }
    }
    let is_first = parcel.answer.is_none();
    if is_first && !matches!(outcome, Outcome::Sent(_)) {
        super::steps::not_accepted(tx, parcel)?;
    }
    Ok(())
}

/// A receiver that is gone is not asked again, and the people are told that it hears nothing.
fn switch_off(tx: &mut Tx, parcel: &Parcel) -> Result<(), Trouble> {
    let organisation = parcel.notice.organisation;
    let Some((channel, _)) = &parcel.channel else {
        return Ok(());
    };
    let known = store::find_channel(tx, organisation, channel.id)?;
    if known.is_none_or(|(known, _)| known.state != ChannelState::Active) {
        return Ok(());
    }
    store::set_channel_state(tx, organisation, channel.id, ChannelState::Gone)?;
    let detail = json!({ "state": ChannelState::Gone.name(), "delivery": parcel.id });
    let entry = Entry::new("channel-state-changed", channel.id, detail);
    journal::record(tx, organisation, &PROGRAM, entry)?;
    let notice = Notice {
        kind: rules::CHANNEL_DISABLED,
        subject: channel.id.to_string(),
        path: channels::SETTINGS_PATH.to_owned(),
        args: vec![("channel", channel.name.clone())],
        idempotency_key: format!("channel-gone:{}:{}", channel.id, parcel.id),
        escalates: false,
        exercise: false,
    };
    super::raise(tx, organisation, &notice).map(|_| ())
}
