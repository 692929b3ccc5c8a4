//! Article 14 matters: signals, watch items, decisions, cases, deadlines, sheets, submissions.

use crate::accounts::Caller;
use crate::store::Tx;
use crate::trouble::Trouble;
use crate::web::Visit;

/// The running clock with the least time left, for the strip on every console page.
pub fn most_urgent(
    _tx: &mut Tx,
    _caller: &Caller,
    _visit: &Visit,
) -> Result<Option<crate::web::visit::Strip>, Trouble> {
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
