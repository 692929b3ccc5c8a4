//! Who is told what: notices, the people and channels they go to, deliveries with proof, and
//! escalation when nobody acknowledges.

use crate::ids::{NoticeId, OrganisationId};
use crate::store::Tx;
use crate::trouble::Trouble;

/// Something people must be told. The words are made per reader from the message files:
/// `notice-<kind>-subject` and `notice-<kind>-text` with `args`.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Stable kebab-case kind, also the webhook's type with dots: `watch-item-opened`.
    pub kind: &'static str,
    /// The thing it is about (`watch_…`, `case_…`).
    pub subject: String,
    /// A path on our own host, to which the base URL is put in front.
    pub path: String,
    pub args: Vec<(&'static str, String)>,
    /// The same notice is sent once however often it is raised.
    pub idempotency_key: String,
    /// Goes up the ladder until a person acknowledges it.
    pub escalates: bool,
    /// Said with every mail and webhook of a drill or a demo.
    pub exercise: bool,
}

/// Raises a notice in the caller's transaction; the known one if the key was raised before.
pub fn raise(
    _tx: &mut Tx,
    _organisation: OrganisationId,
    _notice: &Notice,
) -> Result<NoticeId, Trouble> {
    todo!()
}

/// A person has seen to the subject: no notice about it escalates any further.
pub fn acknowledge(
    _tx: &mut Tx,
    _organisation: OrganisationId,
    _subject: &str,
    _by: &crate::accounts::Actor,
) -> Result<(), Trouble> {
    todo!()
}

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    Vec::new()
}

/// Does one of this room's jobs.
pub async fn handle(_app: &crate::web::App, _job: crate::jobs::Job) -> anyhow::Result<()> {
    todo!()
}
