//! What the world says: OSV advisories, CISA KEV, EU KEV, EPSS; and how fresh each feed is.

use crate::store::Tx;
use crate::trouble::Trouble;
use crate::web::Visit;

/// The feeds' freshness in the reader's words, for every page that shows a finding. An expected
/// feed that was never imported is `missing`, never absent.
pub fn freshness(
    _tx: &mut Tx,
    _visit: &Visit,
) -> Result<Vec<crate::web::visit::Freshness>, Trouble> {
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
