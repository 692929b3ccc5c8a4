//! Background work of this room: load, call the operation, finish. Each may run twice.

use super::operations::{clocks, decisions, joining, telling, watching};
use super::rules::marks;
use super::store;
use super::words::{Mark, WatchState};
use crate::accounts::Actor;
use crate::ids::{OrganisationId, WatchItemId};
use crate::jobs::Job;
use crate::store::Tx;
use crate::trouble::Trouble;
use crate::web::App;

/// Does one of this room's jobs.
pub async fn handle(app: &App, job: Job) -> anyhow::Result<()> {
    let done = app.db.write(move |tx| run(tx, job.clone())).await;
    done.map_err(Trouble::into_error)?;
    app.wake.up();
    Ok(())
}

fn run(tx: &mut Tx, job: Job) -> Result<(), Trouble> {
    match job {
        Job::ConsiderExploited {
            organisation,
            vulnerability,
        } => watching::consider_exploited(tx, organisation, vulnerability).map(|_| ()),
        Job::EscalateWatchItem {
            organisation,
            watch_item,
            step,
        } => escalate(tx, organisation, watch_item, step),
        Job::DeadlineReached {
            organisation,
            case,
            deadline,
            mark,
        } => match mark.parse::<Mark>() {
            Ok(mark) => clocks::deadline_reached(tx, organisation, case, deadline, mark),
            Err(_) => Err(anyhow::anyhow!("no alarm is called {mark:?}").into()),
        },
        other => Err(anyhow::anyhow!("{other:?} is another room's job").into()),
    }
}

/// A watch item's alarm has fired: it still waits, its assessment goes on without a decision, or
/// the instant until which somebody wanted to watch it has come.
fn escalate(tx: &mut Tx, org: OrganisationId, id: WatchItemId, step: u32) -> Result<(), Trouble> {
    let Some(item) = joining::item_of(tx, org, id)?.filter(|item| item.id == id) else {
        // It went into another, which has alarms of its own.
        return Ok(());
    };
    let now = tx.now();
    let signals = store::watch::signals(tx, org, id)?;
    let source = signals
        .last()
        .map_or_else(String::new, |signal| signal.source.clone());
    match item.state {
        WatchState::Waiting if step > 0 => {
            telling::raise_about(tx, org, &item, "watch-item-waiting", &source, step)?;
            let next = marks::next_step(marks::escalation_after, item.opened_at, now, step);
            telling::arm_escalation(tx, org, &item, next)
        }
        WatchState::Assessing if step > 0 => {
            let started_at = item.assessment_started_at.unwrap_or(now);
            if now < started_at + marks::undecided_after(step) {
                return Ok(());
            }
            telling::raise_about(tx, org, &item, "watch-item-undecided", &source, step)?;
            let next = marks::next_step(marks::undecided_after, started_at, now, step);
            decisions::arm_undecided(tx, org, &item, started_at, next)
        }
        WatchState::Watching if item.watch_until.is_some_and(|until| until <= now) => {
            if !store::watch::wait_anew(tx, org, &item, now)? {
                return Ok(());
            }
            let actor = Actor::Program("watching");
            super::operations::happened(
                tx,
                org,
                &actor,
                &id.to_string(),
                "watch-item-returned",
                &[],
            )?;
            telling::wait(tx, org, id, &source)
        }
        _ => Ok(()),
    }
}
