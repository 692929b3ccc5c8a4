//! Statements about judgements. They are only ever added; the newest one is in force.

use crate::findings::rules::Judgement;
use crate::ids::{AssessmentId, FindingId, OrganisationId, ProductId};
use crate::statements;
use crate::store::{Error, ToVal, Tx, Val};
use jiff::Timestamp;

statements! {
    OWN: "select f.id, f.status, v.name, r.product_id from findings f \
          join vulnerabilities v on v.id = f.vulnerability_id \
          join releases r on r.organisation_id = f.organisation_id and r.id = f.release_id \
          where f.organisation_id = $1 and f.merged_into is null and f.id in ($2) order by f.id";
    ADD: "insert into assessments (organisation_id, id, finding_id, status, justification, \
          detail, assessed_by, assessed_at) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    SETTLE: "update findings set status = $1 where organisation_id = $2 and id in ($3)";
    HISTORY: "select status, justification, detail, assessed_by, assessed_at from assessments \
              where organisation_id = $1 and finding_id = $2 \
              order by assessed_at desc, id desc limit 200";
}

/// A finding that is to be judged.
#[derive(Debug, Clone)]
pub struct Own {
    pub id: FindingId,
    pub status: String,
    pub vulnerability: String,
    pub product: ProductId,
}

/// Those of these findings that are the organisation's.
pub fn own(
    tx: &mut Tx,
    organisation: OrganisationId,
    ids: &[FindingId],
) -> Result<Vec<Own>, Error> {
    let keys: Vec<Val> = ids.iter().map(ToVal::to_val).collect();
    let rows = tx.query_keys(OWN, &[organisation.to_val()], &keys)?;
    Ok(rows
        .iter()
        .map(|row| Own {
            id: row.id(0),
            status: row.text(1),
            vulnerability: row.text(2),
            product: row.id(3),
        })
        .collect())
}

/// Adds one judgement to each finding and puts it in force.
pub fn add(
    tx: &mut Tx,
    organisation: OrganisationId,
    ids: &[FindingId],
    judgement: &Judgement,
    by: &str,
) -> Result<(), Error> {
    let now = tx.now();
    let mut rows = Vec::new();
    for id in ids {
        rows.push(vec![
            organisation.to_val(),
            tx.new_id::<AssessmentId>().to_val(),
            id.to_val(),
            judgement.status.name().to_val(),
            judgement.justification.to_val(),
            judgement.detail.to_val(),
            by.to_val(),
            now.to_val(),
        ]);
    }
    tx.insert_rows(ADD, &rows)?;
    let keys: Vec<Val> = ids.iter().map(ToVal::to_val).collect();
    let fixed = [judgement.status.name().to_val(), organisation.to_val()];
    tx.execute_keys(SETTLE, &fixed, &keys).map(|_| ())
}

/// A judgement as it was made.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Assessment {
    pub status: String,
    pub justification: Option<String>,
    pub detail: String,
    pub assessed_by: String,
    pub assessed_at: Timestamp,
}

/// The judgements on a finding, the newest first.
pub fn history(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: FindingId,
) -> Result<Vec<Assessment>, Error> {
    let rows = tx.query(HISTORY, &[&organisation, &id])?;
    Ok(rows
        .iter()
        .map(|row| Assessment {
            status: row.text(0),
            justification: row.opt_text(1),
            detail: row.text(2),
            assessed_by: row.text(3),
            assessed_at: row.instant(4),
        })
        .collect())
}
