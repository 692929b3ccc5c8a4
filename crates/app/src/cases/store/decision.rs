//! What persons decided: append-only.

use super::watch::ROWS_MAX;
use crate::accounts::Actor;
use crate::cases::types::{Decision, Incident, WatchItem};
use crate::cases::words::{opt_word, word};
use crate::ids::{DecisionId, EvidenceId, OrganisationId, WatchItemId};
use crate::statements;
use crate::store::{Row, ToVal, Tx, Val};
use crate::trouble::Trouble;

statements! {
    INSERT_DECISION: "insert into decisions (organisation_id, id, watch_item_id, generation, \
                      revision, contained, contained_text, reachable, reachable_text, exploited, \
                      exploited_text, outcome, aware_at, aware_reason, watch_until, because, \
                      reason, evidence, first_signal_at, assessment_started_at, assessor_name, \
                      decided_by, decided_by_name, decided_at, supersedes, incident) values ($1, $2, $3, $4, \
                      $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, \
                      $21, $22, $23, $24, $25, $26)";
    DECIDED_BY: "select decided_by from decisions where organisation_id = $1 \
                 and watch_item_id = $2 and revision = $3";
    DECISIONS: "select id, generation, contained, contained_text, reachable, reachable_text, \
                exploited, exploited_text, outcome, aware_at, aware_reason, watch_until, because, \
                reason, evidence, first_signal_at, assessment_started_at, assessor_name, \
                decided_by_name, decided_at, incident from decisions where organisation_id = $1 \
                and watch_item_id = $2 order by revision limit $3";
}

/// Appends a decision.
pub fn insert_decision(
    tx: &mut Tx,
    org: OrganisationId,
    item: &WatchItem,
    decision: &Decision,
    actor: &Actor,
    supersedes: Option<DecisionId>,
) -> Result<(), Trouble> {
    let evidence = super::to_json(&decision.evidence)?;
    let values: Vec<Val> = vec![
        org.to_val(),
        decision.id.to_val(),
        item.id.to_val(),
        decision.generation.to_val(),
        (item.revision + 1).to_val(),
        decision.contained.as_str().to_val(),
        decision.contained_text.to_val(),
        decision.reachable.as_str().to_val(),
        decision.reachable_text.to_val(),
        decision.exploited.as_str().to_val(),
        decision.exploited_text.to_val(),
        decision.outcome.as_str().to_val(),
        decision.aware_at.to_val(),
        decision.aware_reason.to_val(),
        decision.watch_until.to_val(),
        decision
            .because
            .map(|because| because.as_str().to_owned())
            .to_val(),
        decision.reason.to_val(),
        evidence.to_val(),
        decision.first_signal_at.to_val(),
        decision.assessment_started_at.to_val(),
        decision.assessor_name.to_val(),
        actor.key().to_val(),
        actor.name().to_val(),
        decision.decided_at.to_val(),
        supersedes.to_val(),
        decision.incident.as_ref().map(incident_json).to_val(),
    ];
    tx.execute_values(INSERT_DECISION, &values)?;
    Ok(())
}

/// The key of who made an item's decision of this number, if one was made.
pub fn decided_by(
    tx: &mut Tx,
    org: OrganisationId,
    id: WatchItemId,
    revision: i64,
) -> Result<Option<String>, Trouble> {
    let row = tx.query_opt(DECIDED_BY, &[&org, &id, &revision])?;
    Ok(row.map(|row| row.text(0)))
}

/// The decisions on an item, oldest first.
pub fn decisions(
    tx: &mut Tx,
    org: OrganisationId,
    id: WatchItemId,
) -> Result<Vec<Decision>, Trouble> {
    let rows = tx.query(DECISIONS, &[&org, &id, &ROWS_MAX])?;
    rows.iter().map(decision).collect()
}

fn incident_json(incident: &Incident) -> String {
    let value = serde_json::json!({
        "what_happened": incident.what_happened,
        "occurred_at": incident.occurred_at,
        "test": incident.test.map(|test| test.as_str()),
        "impact": incident.impact,
        "suspected": incident.suspected.as_str(),
        "suspected_text": incident.suspected_text,
        "evidence": incident.evidence,
    });
    value.to_string()
}

/// The column `incident` as it is kept.
#[derive(serde::Deserialize)]
struct IncidentColumn {
    what_happened: String,
    occurred_at: Option<jiff::Timestamp>,
    test: Option<String>,
    impact: String,
    suspected: String,
    suspected_text: String,
    evidence: String,
}

fn incident(text: &str) -> Result<Incident, Trouble> {
    let column: IncidentColumn = super::from_json(text)?;
    let unknown = |_| anyhow::anyhow!("an incident's word is not one of this room: {text}");
    Ok(Incident {
        what_happened: column.what_happened,
        occurred_at: column.occurred_at,
        test: column
            .test
            .map(|t| t.parse())
            .transpose()
            .map_err(unknown)?,
        impact: column.impact,
        suspected: column.suspected.parse().map_err(unknown)?,
        suspected_text: column.suspected_text,
        evidence: column.evidence,
    })
}

fn decision(row: &Row) -> Result<Decision, Trouble> {
    let evidence: Vec<EvidenceId> = super::from_json(&row.text(14))?;
    Ok(Decision {
        id: row.id(0),
        generation: row.int(1),
        contained: word(row, 2)?,
        contained_text: row.text(3),
        reachable: word(row, 4)?,
        reachable_text: row.text(5),
        exploited: word(row, 6)?,
        exploited_text: row.text(7),
        outcome: word(row, 8)?,
        aware_at: row.opt_instant(9),
        aware_reason: row.opt_text(10),
        watch_until: row.opt_instant(11),
        because: opt_word(row, 12)?,
        reason: row.text(13),
        evidence,
        first_signal_at: row.instant(15),
        assessment_started_at: row.instant(16),
        assessor_name: row.text(17),
        decided_by: row.text(18),
        decided_at: row.instant(19),
        incident: row.opt_text(20).as_deref().map(incident).transpose()?,
    })
}
