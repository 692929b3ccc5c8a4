//! Statements by which one watch item goes into another.

use crate::ids::{OrganisationId, ReleaseId, WatchItemId};
use crate::statements;
use crate::store::Tx;
use crate::trouble::Trouble;

/// The event that says so, in the timeline of the item that stays.
pub const JOINED: &str = "watch-item-joined";

statements! {
    RELEASES: "select release_id from watch_releases where organisation_id = $1 \
               and watch_item_id = $2 order by release_id";
    MOVE_SIGNALS: "update signals set watch_item_id = $3, generation = $4 \
                   where organisation_id = $1 and watch_item_id = $2";
    MOVE_EVENTS: "update matter_events set subject = $3 where organisation_id = $1 \
                  and subject = $2";
    DROP_RELEASES: "delete from watch_releases where organisation_id = $1 and watch_item_id = $2";
    DROP_ITEM: "delete from watch_items where organisation_id = $1 and id = $2 and revision = 0 \
                and case_id is null";
    FIRST_HEARD: "update watch_items set first_signal_at = (select min(s.received_at) \
                  from signals s where s.organisation_id = $1 and s.watch_item_id = $2 \
                  and s.generation = watch_items.generation) \
                  where organisation_id = $1 and id = $2 and exists (select 1 from signals s \
                  where s.organisation_id = $1 and s.watch_item_id = $2 \
                  and s.generation = watch_items.generation \
                  and s.received_at < watch_items.first_signal_at)";
    JOINED_INTO: "select subject from matter_events where organisation_id = $1 and kind = $2 \
                  and args like $3 order by num desc limit 1";
}

pub fn releases(
    tx: &mut Tx,
    org: OrganisationId,
    id: WatchItemId,
) -> Result<Vec<ReleaseId>, Trouble> {
    let rows = tx.query(RELEASES, &[&org, &id])?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}

/// Everything of `from` but its releases, which the caller adds, belongs to `into`.
pub fn take_in(
    tx: &mut Tx,
    org: OrganisationId,
    from: WatchItemId,
    into: WatchItemId,
    generation: i64,
) -> Result<(), Trouble> {
    tx.execute(MOVE_SIGNALS, &[&org, &from, &into, &generation])?;
    let (old, new) = (from.to_string(), into.to_string());
    tx.execute(MOVE_EVENTS, &[&org, &old, &new])?;
    tx.execute(DROP_RELEASES, &[&org, &from])?;
    tx.execute(DROP_ITEM, &[&org, &from])?;
    Ok(())
}

/// The item was first heard of when the first of its signals came, whichever item it came to.
pub fn set_first_heard(tx: &mut Tx, org: OrganisationId, id: WatchItemId) -> Result<(), Trouble> {
    tx.execute(FIRST_HEARD, &[&org, &id])?;
    Ok(())
}

pub fn joined_into(
    tx: &mut Tx,
    org: OrganisationId,
    id: WatchItemId,
) -> Result<Option<WatchItemId>, Trouble> {
    // An id holds no pattern's signs but `_`, which stands for itself as well.
    let args = format!("{{\"item\":\"{id}\",%");
    let row = tx.query_opt(JOINED_INTO, &[&org, &JOINED, &args])?;
    Ok(row.and_then(|row| row.text(0).parse().ok()))
}
