//! Everything that happened to a watch item or a case: append-only.

use crate::accounts::Actor;
use crate::cases::types::Event;
use crate::ids::OrganisationId;
use crate::statements;
use crate::store::Tx;
use crate::trouble::Trouble;
use std::collections::BTreeMap;

statements! {
    INSERT_EVENT: "insert into matter_events (organisation_id, subject, at, kind, args, by_name) \
                   values ($1, $2, $3, $4, $5, $6)";
    HAS_EVENT: "select count(*) from matter_events where organisation_id = $1 and subject = $2 \
                and kind = $3 and args = $4";
    EVENTS: "select at, kind, args, by_name from matter_events where organisation_id = $1 \
             and subject in ($2, $3) order by at, num limit 2000";
}

/// Appends to the timeline of a watch item or a case.
pub fn record_event(
    tx: &mut Tx,
    org: OrganisationId,
    actor: &Actor,
    subject: &str,
    kind: &'static str,
    args: &[(&str, String)],
) -> Result<(), Trouble> {
    let args: BTreeMap<&str, &String> = args.iter().map(|(name, value)| (*name, value)).collect();
    let now = tx.now();
    let args = super::to_json(&args)?;
    tx.execute(
        INSERT_EVENT,
        &[&org, &subject, &now, &kind, &args, &actor.name()],
    )?;
    Ok(())
}

/// Whether this very event stands already, so that a job that runs twice tells it once.
pub fn has_event(
    tx: &mut Tx,
    org: OrganisationId,
    subject: &str,
    kind: &str,
    args: &[(&str, String)],
) -> Result<bool, Trouble> {
    let args: BTreeMap<&str, &String> = args.iter().map(|(name, value)| (*name, value)).collect();
    let args = super::to_json(&args)?;
    let row = tx.query_one(HAS_EVENT, &[&org, &subject, &kind, &args])?;
    Ok(row.int(0) > 0)
}

/// What happened to two subjects (a case and its watch item), oldest first.
pub fn events(
    tx: &mut Tx,
    org: OrganisationId,
    subject: &str,
    also: &str,
) -> Result<Vec<Event>, Trouble> {
    let rows = tx.query(EVENTS, &[&org, &subject, &also])?;
    rows.iter()
        .map(|row| {
            let args: BTreeMap<String, String> = super::from_json(&row.text(2))?;
            Ok(Event {
                at: row.instant(0),
                kind: row.text(1),
                args: args.into_iter().collect(),
                by: row.text(3),
            })
        })
        .collect()
}
