//! Two flaws that turned out to be one (an advisory names both as aliases): their watch items
//! become one. What a person decided is never touched: an item with a decision stays, and what was
//! only heard of the other goes to it, as news. Nothing that was signalled may be lost.

use super::{happened, store, watching};
use crate::accounts::{Actor, Caller, Permission};
use crate::cases::types::WatchItem;
use crate::cases::words::WatchState;
use crate::clock;
use crate::ids::{OrganisationId, ReleaseId, WatchItemId};
use crate::notices;
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use std::cmp::Reverse;

const PROGRAM: Actor = Actor::Program("watching");

/// What another item brought into the one that stays.
pub(super) struct Brought {
    pub from: WatchItem,
    pub releases: Vec<ReleaseId>,
}

/// Of several items about one flaw, the one that stays and those that go into it: an item with a
/// case stays before one with a decision (of these one that is open again), that before one
/// somebody assesses, and that before the one that was heard of first. Others that were decided,
/// too, stay beside it with their decisions.
pub(super) fn choose(mut items: Vec<WatchItem>) -> Option<(WatchItem, Vec<WatchItem>)> {
    items.sort_by_key(|item| {
        let is_decided = item.revision > 0;
        (
            Reverse((
                item.case.is_some(),
                is_decided,
                item.state != WatchState::Decided,
                item.assessment_started_at.is_some(),
            )),
            item.first_signal_at,
            item.id,
        )
    });
    let mut items = items.into_iter();
    let kept = items.next()?;
    let gone = items.filter(|item| item.revision == 0 && item.case.is_none());
    Some((kept, gone.collect()))
}

/// Moves the signals, releases and timeline of one item to another; the first one's address leads
/// to the second from then on.
pub(super) fn take_in(
    tx: &mut Tx,
    org: OrganisationId,
    from: WatchItem,
    into: &WatchItem,
    generation: i64,
) -> Result<Brought, Trouble> {
    let releases = store::joining::releases(tx, org, from.id)?;
    let (old, new) = (from.id.to_string(), into.id.to_string());
    clock::cancel(tx, org, &old, "")?;
    // Nobody could stop what was told under the old address any more; the item that stays tells
    // of its own.
    notices::acknowledge(tx, org, &old, &PROGRAM)?;
    store::joining::take_in(tx, org, from.id, into.id, generation)?;
    let args = [("item", old), ("title", from.title.clone())];
    happened(tx, org, &PROGRAM, &new, store::joining::JOINED, &args)?;
    Ok(Brought { from, releases })
}

/// The item about a flaw, by any of its names.
pub fn find_of(tx: &mut Tx, caller: &Caller, name: &str) -> Result<Option<WatchItemId>, Trouble> {
    caller.require(Permission::CasesRead)?;
    let Some((number, ..)) = store::world::by_name(tx, name)? else {
        return Ok(None);
    };
    Ok(kept_of(tx, caller.organisation, number)?.map(|item| item.id))
}

/// Of the items about a flaw, the one to which everything of it belongs.
pub(super) fn kept_of(
    tx: &mut Tx,
    org: OrganisationId,
    vulnerability: i64,
) -> Result<Option<WatchItem>, Trouble> {
    let vulnerability = store::world::surviving(tx, vulnerability)?;
    let items = watching::items_of(tx, org, vulnerability)?;
    Ok(choose(items).map(|(kept, _)| kept))
}

/// The item at an address, or the one it went into; none when there never was one.
pub fn item_of(
    tx: &mut Tx,
    org: OrganisationId,
    id: WatchItemId,
) -> Result<Option<WatchItem>, Trouble> {
    match store::watch::get(tx, org, id) {
        Err(Trouble::Refusal(refusal)) if refusal.status == 404 => {
            let kept = store::joining::joined_into(tx, org, id)?;
            kept.map(|kept| store::watch::get(tx, org, kept))
                .transpose()
        }
        found => found.map(Some),
    }
}

/// The same, refused when there never was one.
pub fn item_at(tx: &mut Tx, org: OrganisationId, id: WatchItemId) -> Result<WatchItem, Trouble> {
    Ok(item_of(tx, org, id)?.ok_or_else(Refusal::not_found)?)
}
