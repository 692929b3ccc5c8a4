//! Deadlines: a row per stage and derivation.

use crate::cases::types::Deadline;
use crate::cases::words::{DeadlineState, word};
use crate::ids::{CaseId, DeadlineId, OrganisationId};
use crate::statements;
use crate::store::{Row, ToVal, Tx, Val};
use crate::trouble::Trouble;
use bonafide_law::deadlines::Stage;
use jiff::Timestamp;

statements! {
    INSERT_DEADLINE: "insert into deadlines (organisation_id, id, case_id, stage, generation, \
                      trigger_word, anchor_at, due_at, legal_latest_at, literal_due_at, citation, \
                      certainty, legal_latest_certainty, zone, notes, state, met_at, created_at) \
                      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, \
                      $16, $17, $18)";
    SET_DEADLINE: "update deadlines set state = $3, met_at = $4 \
                   where organisation_id = $1 and id = $2";
    SET_LATEST: "update deadlines set legal_latest_at = $3, notes = $4 \
                 where organisation_id = $1 and id = $2";
    DEADLINES: "select id, stage, generation, trigger_word, anchor_at, due_at, legal_latest_at, \
                literal_due_at, citation, certainty, legal_latest_certainty, zone, notes, state, \
                met_at, created_at from deadlines where organisation_id = $1 and case_id = $2 \
                order by created_at, generation, id limit 1000";
    DEADLINE: "select id, stage, generation, trigger_word, anchor_at, due_at, legal_latest_at, \
               literal_due_at, citation, certainty, legal_latest_certainty, zone, notes, state, \
               met_at, created_at from deadlines where organisation_id = $1 and id = $2";
    RUNNING: "select d.case_id, c.title, c.vulnerability, d.stage, d.due_at, d.anchor_at, \
              d.citation from deadlines d join cases c on c.organisation_id = d.organisation_id \
              and c.id = d.case_id where d.organisation_id = $1 and d.state = 'running' \
              order by d.due_at, d.id limit $2";
}

pub fn insert_deadline(
    tx: &mut Tx,
    org: OrganisationId,
    case: CaseId,
    deadline: &Deadline,
) -> Result<(), Trouble> {
    let values: Vec<Val> = vec![
        org.to_val(),
        deadline.id.to_val(),
        case.to_val(),
        deadline.stage.as_str().to_val(),
        deadline.generation.to_val(),
        deadline.trigger.as_str().to_val(),
        deadline.anchor_at.to_val(),
        deadline.due_at.to_val(),
        deadline.legal_latest_at.to_val(),
        deadline.literal_due_at.to_val(),
        deadline.citation.to_val(),
        deadline.certainty.as_str().to_val(),
        deadline.legal_latest_certainty.as_str().to_val(),
        deadline.zone.to_val(),
        super::to_json(&deadline.notes)?.to_val(),
        deadline.state.as_str().to_val(),
        deadline.met_at.to_val(),
        deadline.created_at.to_val(),
    ];
    tx.execute_values(INSERT_DEADLINE, &values)?;
    Ok(())
}

pub fn set_deadline(
    tx: &mut Tx,
    org: OrganisationId,
    id: DeadlineId,
    state: DeadlineState,
    met_at: Option<Timestamp>,
) -> Result<(), Trouble> {
    tx.execute(SET_DEADLINE, &[&org, &id, &state.as_str(), &met_at])?;
    Ok(())
}

/// Corrects what is only information; the instant that is alarmed stays.
pub fn set_latest(
    tx: &mut Tx,
    org: OrganisationId,
    id: DeadlineId,
    legal_latest_at: Option<Timestamp>,
    notes: &[String],
) -> Result<(), Trouble> {
    let notes = super::to_json(&notes)?;
    tx.execute(SET_LATEST, &[&org, &id, &legal_latest_at, &notes])?;
    Ok(())
}

/// Every deadline ever derived for a case, oldest first.
pub fn deadlines(tx: &mut Tx, org: OrganisationId, case: CaseId) -> Result<Vec<Deadline>, Trouble> {
    tx.query(DEADLINES, &[&org, &case])?
        .iter()
        .map(deadline)
        .collect()
}

pub fn find_deadline(
    tx: &mut Tx,
    org: OrganisationId,
    id: DeadlineId,
) -> Result<Option<Deadline>, Trouble> {
    tx.query_opt(DEADLINE, &[&org, &id])?
        .map(|row| deadline(&row))
        .transpose()
}

/// A running deadline with its case.
pub struct RunningRow {
    pub case: CaseId,
    pub title: String,
    pub vulnerability: Option<String>,
    pub stage: Stage,
    pub due_at: Timestamp,
    pub anchor_at: Option<Timestamp>,
    pub citation: String,
}

/// The running deadlines, the least time left first.
pub fn running(tx: &mut Tx, org: OrganisationId, most: i64) -> Result<Vec<RunningRow>, Trouble> {
    tx.query(RUNNING, &[&org, &most])?
        .iter()
        .map(|row| {
            Ok(RunningRow {
                case: row.id(0),
                title: row.text(1),
                vulnerability: row.opt_text(2),
                stage: word(row, 3)?,
                due_at: row.instant(4),
                anchor_at: row.opt_instant(5),
                citation: row.text(6),
            })
        })
        .collect()
}

fn deadline(row: &Row) -> Result<Deadline, Trouble> {
    Ok(Deadline {
        id: row.id(0),
        stage: word(row, 1)?,
        generation: row.int(2),
        trigger: word(row, 3)?,
        anchor_at: row.opt_instant(4),
        due_at: row.opt_instant(5),
        legal_latest_at: row.opt_instant(6),
        literal_due_at: row.opt_instant(7),
        citation: row.text(8),
        certainty: word(row, 9)?,
        legal_latest_certainty: word(row, 10)?,
        zone: row.text(11),
        notes: super::from_json(&row.text(12))?,
        state: word(row, 13)?,
        met_at: row.opt_instant(14),
        created_at: row.instant(15),
    })
}
