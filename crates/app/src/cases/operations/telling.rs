//! Who is told of a watch item, and when again.

use super::store;
use crate::cases::Kind;
use crate::cases::rules::{marks, wording};
use crate::cases::types::{Affected, WatchItem};
use crate::clock::{self, Alarm};
use crate::ids::{OrganisationId, ReleaseId, WatchItemId};
use crate::jobs::Job;
use crate::notices::{self, Notice};
use crate::store::Tx;
use crate::trouble::Trouble;

/// Raises the notice that somebody must assess, and arms the first escalation.
pub fn wait(
    tx: &mut Tx,
    org: OrganisationId,
    id: WatchItemId,
    source: &str,
) -> Result<(), Trouble> {
    let item = store::watch::get(tx, org, id)?;
    raise_about(tx, org, &item, "watch-item-opened", source, 0)?;
    arm_escalation(tx, org, &item, 1)
}

/// Arms the alarm after which an item that still waits is brought up again.
pub fn arm_escalation(
    tx: &mut Tx,
    org: OrganisationId,
    item: &WatchItem,
    step: u32,
) -> Result<(), Trouble> {
    let alarm = Alarm {
        subject: item.id.to_string(),
        name: format!("escalate:{step}"),
        generation: item.generation,
        due_at: item.opened_at + marks::escalation_after(step),
        job: Job::EscalateWatchItem {
            organisation: org,
            watch_item: item.id,
            step,
        },
    };
    clock::arm(tx, org, &alarm)
}

/// Raises a notice about a watch item, once per kind, generation and step. The first one of a
/// generation climbs the ladder by itself until somebody starts the assessment.
pub fn raise_about(
    tx: &mut Tx,
    org: OrganisationId,
    item: &WatchItem,
    kind: &'static str,
    source: &str,
    step: u32,
) -> Result<(), Trouble> {
    let id = item.id.to_string();
    let affected = store::world::affected(tx, org, &id, "", None)?;
    let minutes = tx.now().duration_since(item.first_signal_at).as_secs() / 60;
    let notice = Notice {
        kind,
        subject: id.clone(),
        path: format!("/watch/{id}"),
        args: vec![
            ("vulnerability", item.title.clone()),
            ("about", about(item, &affected).to_owned()),
            ("source", source.to_owned()),
            ("products", wording::products(&affected)),
            ("releases", wording::releases(&affected)),
            ("minutes", minutes.to_string()),
        ],
        idempotency_key: format!("{kind}:{id}:{}:{step}", item.generation),
        escalates: step == 0,
        exercise: false,
    };
    notices::raise(tx, org, &notice).map(|_| ())
}

/// What a message may claim: that a flaw is in products of ours only where a release is known to
/// contain it, and that something is a flaw at all only where it is no incident.
fn about(item: &WatchItem, affected: &[Affected]) -> &'static str {
    match item.kind {
        Kind::SevereIncident => "incident",
        _ if affected.is_empty() => "signal",
        _ => "product",
    }
}

/// A case that runs or ran got news: its people are told, nothing is decided anew by itself.
pub fn tell_case(
    tx: &mut Tx,
    org: OrganisationId,
    item: &WatchItem,
    case: crate::ids::CaseId,
    source: &str,
    new: &[ReleaseId],
) -> Result<(), Trouble> {
    let key = match new.first() {
        Some(release) => release.to_string(),
        None => format!("{}:{}", source, tx.now()),
    };
    let mut affected = store::world::affected(tx, org, &item.id.to_string(), "", None)?;
    affected.retain(|affected| new.contains(&affected.release));
    let notice = Notice {
        kind: "case-grew",
        subject: case.to_string(),
        path: format!("/cases/{case}"),
        args: vec![
            ("vulnerability", item.title.clone()),
            ("releases", wording::releases(&affected)),
            ("source", source.to_owned()),
        ],
        idempotency_key: format!("case-grew:{case}:{key}"),
        escalates: false,
        exercise: false,
    };
    notices::raise(tx, org, &notice).map(|_| ())
}
