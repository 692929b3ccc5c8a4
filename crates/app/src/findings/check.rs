//! The self-check: everything decided anew must be what stands. What is decided step by step, as
//! SBOMs and advisories come, equals this bit for bit (a test says so).
//! What is exploited is asked about again too, so that a watch item that should have been opened is.

use super::{matching, standing, store};
use crate::store::Db;
use crate::trouble::Trouble;

const CHUNK: i64 = 500;

/// What was not as it should be, and is now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Checked {
    pub package_versions: u64,
    /// Vulnerabilities whose matches differed.
    pub rematched: u64,
    pub opened: u64,
    pub closed: u64,
}

/// Matches every package version anew and brings all findings in line, in small transactions.
pub fn check_everything(db: &Db) -> anyhow::Result<Checked> {
    let mut checked = Checked::default();
    let mut after = 0;
    loop {
        let (ids, touched) = db.write_retrying(|tx| {
            let ids = store::matching::some_after(tx, after, CHUNK)?;
            let touched = matching::match_versions(tx, &ids).map_err(Trouble::into_error)?;
            let list: Vec<i64> = touched.iter().copied().collect();
            let difference = standing::refresh(tx, &list).map_err(Trouble::into_error)?.1;
            Ok((ids, (touched.len(), difference)))
        })?;
        let Some(last) = ids.last() else { break };
        after = *last;
        checked.package_versions += ids.len() as u64;
        checked.rematched += touched.0 as u64;
        checked.add(touched.1);
    }
    let mut after = 0;
    loop {
        let (ids, difference) = db.write_retrying(|tx| {
            let ids = crate::advisories::list_after(tx, after, CHUNK)?;
            let difference = standing::refresh(tx, &ids).map_err(Trouble::into_error)?.1;
            standing::consider_exploited(tx, &ids).map_err(Trouble::into_error)?;
            Ok((ids, difference))
        })?;
        let Some(last) = ids.last() else { break };
        after = *last;
        checked.add(difference);
    }
    Ok(checked)
}

impl Checked {
    fn add(&mut self, difference: standing::Difference) {
        self.opened += difference.opened as u64;
        self.closed += difference.closed as u64;
    }
}
