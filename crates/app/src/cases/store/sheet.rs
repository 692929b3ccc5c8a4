//! Drafts of sheets, and the append-only record of what was filed.

use crate::accounts::Actor;
use crate::cases::types::{Sheet, Submission};
use crate::cases::words::word;
use crate::ids::{CaseId, OrganisationId, SubmissionId};
use crate::statements;
use crate::store::{Row, ToVal, Tx, Val};
use crate::trouble::Trouble;
use bonafide_law::deadlines::Stage;
use bonafide_law::form::Values;

statements! {
    SHEETS: "select stage, revision, form_version, fields, saved_by_name, saved_at from sheets \
             where organisation_id = $1 and case_id = $2 order by stage limit 10";
    INSERT: "insert into sheets (organisation_id, case_id, stage, revision, form_version, fields, \
             saved_by, saved_by_name, saved_at) values ($1, $2, $3, 1, $4, $5, $6, $7, $8) \
             on conflict do nothing";
    UPDATE: "update sheets set revision = revision + 1, form_version = $5, fields = $6, \
             saved_by = $7, saved_by_name = $8, saved_at = $9 \
             where organisation_id = $1 and case_id = $2 and stage = $3 and revision = $4";
    INSERT_SUBMISSION: "insert into submissions (organisation_id, id, case_id, stage, number, \
                        kind, covers, platform_reference, submitted_at, reason, digest, bytes, \
                        receipt, carried, recorded_by, recorded_by_name, recorded_at) \
                        values ($1, $2, $3, \
                        $4, (select coalesce(max(number), 0) + 1 from submissions \
                        where organisation_id = $1 and case_id = $3), $5, $6, $7, $8, $9, $10, \
                        $11, $12, $13, $14, $15, $16)";
    SUBMISSIONS: "select id, stage, number, kind, covers, platform_reference, submitted_at, \
                  reason, digest, bytes, receipt, carried, recorded_by_name, recorded_at from submissions \
                  where organisation_id = $1 and case_id = $2 order by number limit 200";
    REFERENCE_ELSEWHERE: "select case_id from submissions where organisation_id = $1 \
                          and platform_reference = $2 and case_id <> $3 limit 1";
}

/// The saved drafts of a case.
pub fn sheets(tx: &mut Tx, org: OrganisationId, case: CaseId) -> Result<Vec<Sheet>, Trouble> {
    tx.query(SHEETS, &[&org, &case])?
        .iter()
        .map(|row| {
            Ok(Sheet {
                stage: word(row, 0)?,
                revision: row.int(1),
                form_version: row.text(2),
                values: super::from_json(&row.text(3))?,
                saved_by: row.text(4),
                saved_at: row.instant(5),
            })
        })
        .collect()
}

/// A draft about to be saved.
pub struct Draft<'a> {
    pub stage: Stage,
    /// The revision its editor saw; 0: there was none.
    pub over: i64,
    pub form_version: &'a str,
    pub values: &'a Values,
}

/// Saves a draft; false when another editor was faster.
pub fn save(
    tx: &mut Tx,
    org: OrganisationId,
    case: CaseId,
    draft: &Draft<'_>,
    actor: &Actor,
) -> Result<bool, Trouble> {
    let now = tx.now();
    let fields = super::to_json(draft.values)?;
    let (stage, key, name) = (draft.stage.as_str(), actor.key(), actor.name());
    let changed = if draft.over == 0 {
        tx.execute(
            INSERT,
            &[
                &org,
                &case,
                &stage,
                &draft.form_version,
                &fields,
                &key,
                &name,
                &now,
            ],
        )?
    } else {
        tx.execute(
            UPDATE,
            &[
                &org,
                &case,
                &stage,
                &draft.over,
                &draft.form_version,
                &fields,
                &key,
                &name,
                &now,
            ],
        )?
    };
    Ok(changed == 1)
}

/// Appends a record of something filed.
pub fn insert_submission(
    tx: &mut Tx,
    org: OrganisationId,
    case: CaseId,
    submission: &Submission,
    actor: &Actor,
) -> Result<(), Trouble> {
    let covers: Vec<&str> = submission
        .covers
        .iter()
        .map(|stage| stage.as_str())
        .collect();
    let values: Vec<Val> = vec![
        org.to_val(),
        submission.id.to_val(),
        case.to_val(),
        submission.stage.as_str().to_val(),
        submission.kind.as_str().to_val(),
        covers.join(",").to_val(),
        submission.platform_reference.to_val(),
        submission.submitted_at.to_val(),
        submission.reason.to_val(),
        submission.digest.to_val(),
        submission.bytes.to_val(),
        submission.receipt.to_val(),
        super::to_json(&submission.carried)?.to_val(),
        actor.key().to_val(),
        actor.name().to_val(),
        submission.recorded_at.to_val(),
    ];
    tx.execute_values(INSERT_SUBMISSION, &values)?;
    Ok(())
}

/// What was filed of a case, in the order it was recorded.
pub fn submissions(
    tx: &mut Tx,
    org: OrganisationId,
    case: CaseId,
) -> Result<Vec<Submission>, Trouble> {
    tx.query(SUBMISSIONS, &[&org, &case])?
        .iter()
        .map(submission)
        .collect()
}

/// Another case that bears the same platform reference.
pub fn reference_elsewhere(
    tx: &mut Tx,
    org: OrganisationId,
    reference: &str,
    case: CaseId,
) -> Result<Option<CaseId>, Trouble> {
    let row = tx.query_opt(REFERENCE_ELSEWHERE, &[&org, &reference, &case])?;
    Ok(row.map(|row| row.id(0)))
}

fn submission(row: &Row) -> Result<Submission, Trouble> {
    let covers = super::split(&row.text(4))
        .iter()
        .map(|stage| stage.parse())
        .collect::<Result<Vec<Stage>, _>>()
        .map_err(|e| Trouble::Failure(anyhow::anyhow!("a submission covers {e}")))?;
    Ok(Submission {
        id: row.id::<SubmissionId>(0),
        stage: word(row, 1)?,
        number: row.int(2),
        kind: word(row, 3)?,
        covers,
        platform_reference: row.text(5),
        submitted_at: row.instant(6),
        reason: row.opt_text(7),
        digest: row.text(8),
        bytes: row.int(9),
        receipt: row.opt_id(10),
        carried: super::from_json(&row.text(11))?,
        recorded_by: row.text(12),
        recorded_at: row.instant(13),
    })
}
