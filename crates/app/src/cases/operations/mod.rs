//! What can be done: each function checks the permission, asks the rules, writes, and puts the
//! journal entry, the notices and the alarms into the same transaction.

pub mod cases;
pub mod clocks;
pub mod decisions;
pub mod holidays;
pub mod informing;
pub mod joining;
pub mod opening;
pub mod reading;
pub mod sheets;
pub mod signals;
pub mod telling;
pub mod watching;

use super::store;
use crate::accounts::Actor;
use crate::ids::OrganisationId;
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::Trouble;

/// The longest reason a person may write.
pub const REASON_CHARS_MAX: usize = 4_000;

/// Writes what happened to the timeline of `subject` and to the journal.
pub(in crate::cases) fn happened(
    tx: &mut Tx,
    org: OrganisationId,
    actor: &Actor,
    subject: &str,
    kind: &'static str,
    args: &[(&str, String)],
) -> Result<(), Trouble> {
    store::event::record_event(tx, org, actor, subject, kind, args)?;
    let detail: serde_json::Map<String, serde_json::Value> = args
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone().into()))
        .collect();
    journal::record(tx, org, actor, Entry::new(kind, subject, detail.into()))
}
