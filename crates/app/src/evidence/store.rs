//! The SQL of evidence.

use super::Evidence;
use crate::blobs::Digest;
use crate::ids::{EvidenceId, OrganisationId};
use crate::statements;
use crate::store::{Error, Row, Tx};

statements! {
    INSERT: "insert into evidence (organisation_id, id, subject, kind, file_name, media_type, \
             digest, bytes, created_at, created_by_key, created_by) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    LIST: "select id, subject, kind, file_name, media_type, digest, bytes, created_at, \
           created_by from evidence where organisation_id = $1 and subject = $2 \
           order by id limit $3";
    FIND: "select id, subject, kind, file_name, media_type, digest, bytes, created_at, \
           created_by from evidence where organisation_id = $1 and id = $2";
}

pub fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    actor_key: &str,
    evidence: &Evidence,
) -> Result<(), Error> {
    tx.execute(
        INSERT,
        &[
            &organisation,
            &evidence.id,
            &evidence.subject,
            &evidence.kind,
            &evidence.file_name,
            &evidence.media_type,
            &evidence.digest.as_str(),
            &evidence.bytes,
            &evidence.created_at,
            &actor_key,
            &evidence.created_by,
        ],
    )?;
    Ok(())
}

pub fn list(
    tx: &mut Tx,
    organisation: OrganisationId,
    subject: &str,
    most: usize,
) -> Result<Vec<Evidence>, Error> {
    tx.query(LIST, &[&organisation, &subject, &most])?
        .iter()
        .map(evidence)
        .collect()
}

pub fn find(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: EvidenceId,
) -> Result<Option<Evidence>, Error> {
    tx.query_opt(FIND, &[&organisation, &id])?
        .as_ref()
        .map(evidence)
        .transpose()
}

fn evidence(row: &Row) -> Result<Evidence, Error> {
    let digest = row.text(5);
    Ok(Evidence {
        id: row.id(0),
        subject: row.text(1),
        kind: row.text(2),
        file_name: row.text(3),
        media_type: row.text(4),
        digest: Digest::parse(&digest)
            .ok_or_else(|| Error::Engine(format!("{digest} is not a digest")))?,
        bytes: row.int(6),
        created_at: row.instant(7),
        created_by: row.text(8),
    })
}
