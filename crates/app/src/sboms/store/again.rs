//! Statements about documents that are read again.

use crate::ids::OrganisationId;
use crate::sboms::SbomRow;
use crate::sboms::again::Stale;
use crate::sboms::rules::READER;
use crate::statements;
use crate::store::{Error, Tx};

statements! {
    STALE: "select organisation_id, id, num, release_id, is_current, digest from sboms \
        where reader_version < $1 and num > $2 order by num limit $3";
    UPDATE: "update sboms set components = $4, unidentified = $5, unidentified_reasons = $6, \
        num = $7, reader_version = $3 where organisation_id = $1 and id = $2 and reader_version < $3";
    KEEP: "update sboms set reader_version = $3 where organisation_id = $1 and id = $2 \
        and reader_version < $3";
    CLEAR_COMPONENTS: "delete from components where organisation_num = $1 and sbom_num = $2";
    CLEAR_ECOSYSTEMS: "delete from sbom_ecosystems where organisation_num = $1 and sbom_num = $2";
    CLEAR_TAIL: "delete from posting_tail where sbom_num = $1";
}

pub fn list(tx: &mut Tx, after: i64, most: i64) -> Result<Vec<Stale>, Error> {
    let rows = tx.query(STALE, &[&READER, &after, &most])?;
    let read = rows.iter().map(|row| Stale {
        organisation: row.id::<OrganisationId>(0),
        id: row.id(1),
        num: row.int(2),
        release: row.id(3),
        is_current: row.bool(4),
        digest: row.text(5),
    });
    Ok(read.collect())
}

/// Writes what is understood now; false when another has done it meanwhile. The document has the
/// number `num` from now on: what a number stands for in the sorted runs of postings never changes.
pub fn update(tx: &mut Tx, stale: &Stale, facts: &SbomRow, num: i64) -> Result<bool, Error> {
    let reasons = super::json(&facts.unidentified_reasons)?;
    let written = tx.execute(
        UPDATE,
        &[
            &stale.organisation,
            &stale.id,
            &READER,
            &facts.components,
            &facts.unidentified,
            &reasons,
            &num,
        ],
    )?;
    Ok(written == 1)
}

pub fn keep(tx: &mut Tx, stale: &Stale) -> Result<(), Error> {
    tx.execute(KEEP, &[&stale.organisation, &stale.id, &READER])
        .map(|_| ())
}

/// Forgets what stood under a number that no document has any more. Sorted runs may still speak of
/// it until they are merged; nobody asks for it.
pub fn clear_postings(tx: &mut Tx, organisation_num: i64, sbom_num: i64) -> Result<(), Error> {
    tx.execute(CLEAR_COMPONENTS, &[&organisation_num, &sbom_num])?;
    tx.execute(CLEAR_ECOSYSTEMS, &[&organisation_num, &sbom_num])?;
    tx.execute(CLEAR_TAIL, &[&sbom_num]).map(|_| ())
}
