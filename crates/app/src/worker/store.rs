//! Which blobs rows name. Only read: each table is written by its own room.

use crate::blobs::Digest;
use crate::statements;
use crate::store::{Error, ToVal as _, Tx, Val};
use std::collections::HashSet;

statements! {
    EVIDENCE: "select digest from evidence where digest in ($1)";
    RELEASES: "select digest from release_evidence where digest in ($1)";
    SBOMS: "select digest from sboms where digest in ($1)";
    SUBMISSIONS: "select digest from submissions where digest in ($1)";
}

/// Every column that holds keys of blobs, as `table.digest`; a test compares it with the schema.
pub const HOLDERS: &[&str] = &[
    "evidence.digest",
    "release_evidence.digest",
    "sboms.digest",
    "submissions.digest",
];

/// Those of `digests` that any row of any organisation names.
pub fn named(tx: &mut Tx, digests: &[Digest]) -> Result<HashSet<String>, Error> {
    let keys: Vec<Val> = digests.iter().map(|d| d.as_str().to_val()).collect();
    let mut named = HashSet::new();
    for statement in [EVIDENCE, RELEASES, SBOMS, SUBMISSIONS] {
        let rows = tx.query_keys(statement, &[], &keys)?;
        named.extend(rows.iter().map(|row| row.text(0)));
    }
    Ok(named)
}
