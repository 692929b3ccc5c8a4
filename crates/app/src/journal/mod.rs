//! Who did what, when: append-only, hash-chained per organisation. There is no update and no
//! delete; a correction is a new entry.

use crate::accounts::Actor;
use crate::ids::OrganisationId;
use crate::store::Tx;
use crate::trouble::Trouble;

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

/// Appends an entry in the caller's transaction.
pub fn record(
    _tx: &mut Tx,
    _organisation: OrganisationId,
    _actor: &Actor,
    _entry: Entry,
) -> Result<(), Trouble> {
    todo!()
}

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    Vec::new()
}
