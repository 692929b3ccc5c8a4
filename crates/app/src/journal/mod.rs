//! Who did what, when: append-only, hash-chained per organisation. There is no update and no
//! delete; a correction is a new entry.
//!
//! # The chain
//!
//! Each entry carries the digest of the one before (64 zeros before the first) and its own:
//! SHA-256 over the UTF-8 bytes of this JSON array, written without white space:
//!
//! ```text
//! ["bonafide-journal-1",organisation,seq,at,actor key,actor name,action,subject,detail,previous]
//! ```
//!
//! `seq` (from 1, without gaps) and `at` (milliseconds since 1970 UTC) are numbers, everything
//! else is text; `detail` is the text of the JSON object exactly as it is stored and exported.
//! Strings are escaped as RFC 8259 §7 requires and no further. The algorithm is named in every
//! entry (`sha256`), so that another can follow without touching what stands.
//!
//! A chain alone proves order, not honesty: whoever can write the database can compute it anew.
//! [`Checkpoint`]s, signed with a key outside the database, are what such a person cannot forge.

mod chain;
mod checkpoints;
mod pages;
mod rules;
mod store;
mod verify;

pub use checkpoints::{Checkpoint, InstanceKey, keep_checkpoints, record_checkpoints};
pub use pages::routes;
pub use rules::{GENESIS, csv_cell};
pub use store::STATEMENTS;
pub use verify::{Finding, Verified, verify_database, verify_export};

use crate::caller::{Actor, Caller, Permission};
use crate::ids::OrganisationId;
use crate::store::Tx;
use crate::trouble::Trouble;
use jiff::Timestamp;

/// What is written down. `action` is stable and kebab-case (`release-frozen`), `subject` the id
/// of the thing it happened to, `detail` a small JSON object with the facts (old and new value).
/// Secrets and personal data that must be erasable never go in here.
#[derive(Debug, Clone)]
pub struct Entry {
    pub action: &'static str,
    pub subject: String,
    pub detail: serde_json::Value,
}

impl Entry {
    pub fn new(action: &'static str, subject: impl ToString, detail: serde_json::Value) -> Self {
        Self {
            action,
            subject: subject.to_string(),
            detail,
        }
    }
}

/// An entry as it stands in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub organisation: String,
    /// From 1, without gaps, in the order of the chain.
    pub seq: i64,
    /// Milliseconds since 1970 UTC.
    pub at: i64,
    pub actor_key: String,
    pub actor_name: String,
    pub action: String,
    pub subject: String,
    /// A JSON object, exactly as it was hashed.
    pub detail: String,
    pub algorithm: String,
    /// Hex.
    pub previous: String,
    pub digest: String,
}

/// Which entries are asked for; absent means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub action: Option<String>,
    /// The actor's key.
    pub actor: Option<String>,
    pub subject: Option<String>,
    pub from: Option<Timestamp>,
    /// Entries before this instant.
    pub until: Option<Timestamp>,
}

/// A page of entries, newest first.
#[derive(Debug, Clone)]
pub struct Listed {
    pub entries: Vec<Recorded>,
    /// How many entries there are in all under the filter.
    pub total: i64,
    /// Give this as `before` to see the next page.
    pub next: Option<i64>,
}

/// How many entries one page shows.
pub const PAGE_ROWS: i64 = 50;
/// What `detail` may hold; more belongs into evidence.
const DETAIL_BYTES_MAX: usize = 64 * 1024;

/// Appends an entry in the caller's transaction. Writers of one organisation queue at the
/// chain's end until they commit, so that no two entries follow the same one.
pub fn record(
    tx: &mut Tx,
    organisation: OrganisationId,
    actor: &Actor,
    entry: Entry,
) -> Result<(), Trouble> {
    let detail = entry.detail.to_string();
    if detail.len() > DETAIL_BYTES_MAX {
        return Err(anyhow::anyhow!("{}: the journal's detail is too large", entry.action).into());
    }
    let (seq, previous) = store::take_next(tx, organisation)?;
    let mut recorded = Recorded {
        organisation: organisation.to_string(),
        seq,
        at: tx.now().as_millisecond(),
        actor_key: actor.key(),
        actor_name: actor.name().to_owned(),
        action: entry.action.to_owned(),
        subject: entry.subject,
        detail,
        algorithm: rules::ALGORITHM.to_owned(),
        previous,
        digest: String::new(),
    };
    recorded.digest = rules::digest_of(&recorded);
    store::insert(tx, &recorded)?;
    Ok(())
}

/// A page of the caller's journal, newest first, before the entry `before`.
pub fn list_entries(
    tx: &mut Tx,
    caller: &Caller,
    filter: &Filter,
    before: Option<i64>,
) -> Result<Listed, Trouble> {
    caller.require(Permission::JournalRead)?;
    let mut entries = store::list(tx, caller.organisation, filter, before, PAGE_ROWS + 1)?;
    let more = entries.len() as i64 > PAGE_ROWS;
    entries.truncate(PAGE_ROWS as usize);
    let next = entries.last().filter(|_| more).map(|entry| entry.seq);
    let total = store::count(tx, caller.organisation, filter)?;
    Ok(Listed {
        entries,
        total,
        next,
    })
}

/// What the journal can be filtered by: the actions and actors that occur in it.
pub fn list_facets(tx: &mut Tx, caller: &Caller) -> Result<Facets, Trouble> {
    caller.require(Permission::JournalRead)?;
    Ok(Facets {
        actions: store::actions(tx, caller.organisation)?,
        actors: store::actors(tx, caller.organisation)?,
    })
}

/// See [`list_facets`].
#[derive(Debug, Clone, Default)]
pub struct Facets {
    pub actions: Vec<String>,
    /// Key and latest name.
    pub actors: Vec<(String, String)>,
}

/// Checkpoints of the caller's journal after the entry `after`, up to the entry `until`.
pub fn list_checkpoints(
    tx: &mut Tx,
    caller: &Caller,
    after: i64,
    until: i64,
) -> Result<Vec<Checkpoint>, Trouble> {
    caller.require(Permission::JournalRead)?;
    let most = until.saturating_sub(after).max(1);
    let organisation = caller.organisation.to_string();
    let mut found = store::checkpoints(tx, &organisation, after, most)?;
    found.retain(|checkpoint| checkpoint.seq <= until);
    Ok(found)
}

/// Entries after `after` in the order of the chain, for exports.
pub fn list_after(
    tx: &mut Tx,
    caller: &Caller,
    filter: &Filter,
    after: i64,
    most: i64,
) -> Result<Vec<Recorded>, Trouble> {
    caller.require(Permission::JournalRead)?;
    Ok(store::list_after(
        tx,
        caller.organisation,
        filter,
        after,
        most,
    )?)
}
