//! Cases, their releases, anchors and deadlines.

use crate::accounts::Actor;
use crate::cases::types::{AnchorValue, Case};
use crate::cases::words::{opt_word, word};
use crate::ids::{CaseId, OrganisationId, ReleaseId};
use crate::statements;
use crate::store::{Row, ToVal, Tx, Val};
use crate::trouble::{Refusal, Trouble};
use bonafide_law::deadlines::{Stage, Trigger};
use jiff::Timestamp;

statements! {
    INSERT: "insert into cases (organisation_id, id, kind, title, vulnerability_id, \
             vulnerability, watch_item_id, decision_id, state, member_states, suspected, \
             severity_test, occurred_at, coordinator, coordinator_basis, coordinator_by, zone, \
             zone_assumed, opened_at, opened_by, opened_by_name) values ($1, $2, $3, $4, $5, $6, \
             $7, $8, 'open', $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
    GET: "select id, kind, title, coalesce((select v.merged_into from vulnerabilities v \
          where v.id = cases.vulnerability_id), vulnerability_id), vulnerability, watch_item_id, decision_id, \
          state, member_states, suspected, severity_test, occurred_at, coordinator, \
          coordinator_basis, coordinator_by, zone, zone_assumed, opened_at, opened_by_name, \
          closed_at, close_reason from cases where organisation_id = $1 and id = $2";
    /// What runs out next stands first; an open case without a running clock after those with one.
    LIST: "select id, kind, title, coalesce((select v.merged_into from vulnerabilities v \
           where v.id = cases.vulnerability_id), vulnerability_id), vulnerability, watch_item_id, decision_id, \
           state, member_states, suspected, severity_test, occurred_at, coordinator, \
           coordinator_basis, coordinator_by, zone, zone_assumed, opened_at, opened_by_name, \
           closed_at, close_reason, (select d.stage from deadlines d \
           where d.organisation_id = cases.organisation_id and d.case_id = cases.id \
           and d.state = 'running' order by d.due_at, d.id limit 1) as next_stage, \
           (select min(d.due_at) from deadlines d \
           where d.organisation_id = cases.organisation_id and d.case_id = cases.id \
           and d.state = 'running') as next_due_at, \
           cast(case state when 'open' then 0 else 1 end as bigint) as is_closed \
           from cases where organisation_id = $1 \
           and (cast($2 as text) is null or state = $2) \
           and (cast($3 as text) is null or kind = $3) \
           and (cast($4 as text) is null \
           or upper(coalesce(vulnerability, '')) like upper(cast($4 as text)) \
           or upper(title) like upper(cast($4 as text))) \
           order by is_closed, next_due_at nulls last, opened_at desc, id limit $5 offset $6";
    COUNT: "select count(*) from cases where organisation_id = $1 \
            and (cast($2 as text) is null or state = $2) \
            and (cast($3 as text) is null or kind = $3) \
            and (cast($4 as text) is null \
            or upper(coalesce(vulnerability, '')) like upper(cast($4 as text)) \
            or upper(title) like upper(cast($4 as text)))";
    CLOSE: "update cases set state = 'closed', closed_at = $3, close_reason = $4 \
            where organisation_id = $1 and id = $2 and state = 'open'";
    REOPEN: "update cases set state = 'open', closed_at = null \
             where organisation_id = $1 and id = $2 and state = 'closed'";
    SET_COORDINATOR: "update cases set coordinator = $3, coordinator_basis = $4, \
                      coordinator_by = $5, zone = $6, zone_assumed = $7 \
                      where organisation_id = $1 and id = $2";
    LOCK: "update cases set id = id where organisation_id = $1 and id = $2";
    ADD_RELEASE: "insert into case_releases (organisation_id, case_id, release_id, added_at, \
                  added_by) values ($1, $2, $3, $4, $5) on conflict (organisation_id, case_id, \
                  release_id) do update set removed_at = null, removed_reason = null";
    REMOVE_RELEASE: "update case_releases set removed_at = $4, removed_reason = $5 \
                     where organisation_id = $1 and case_id = $2 and release_id = $3 \
                     and removed_at is null";
    RELEASES: "select release_id from case_releases where organisation_id = $1 \
               and case_id = $2 and removed_at is null order by release_id limit 5000";
    INSERT_ANCHOR: "insert into case_anchors (organisation_id, case_id, number, anchor, at, \
                    reason, recorded_by, recorded_by_name, recorded_at) values ($1, $2, \
                    (select coalesce(max(number), 0) + 1 from case_anchors \
                    where organisation_id = $1 and case_id = $2), $3, $4, $5, $6, $7, $8)";
    ANCHORS: "select number, anchor, at, reason, recorded_by_name, recorded_at from case_anchors \
              where organisation_id = $1 and case_id = $2 order by number limit 1000";
}

/// Writes a case.
pub fn insert(tx: &mut Tx, org: OrganisationId, case: &Case, actor: &Actor) -> Result<(), Trouble> {
    let values: Vec<Val> = vec![
        org.to_val(),
        case.id.to_val(),
        case.kind.as_str().to_val(),
        case.title.to_val(),
        case.vulnerability_id.to_val(),
        case.vulnerability.to_val(),
        case.watch_item.to_val(),
        case.decision.to_val(),
        case.member_states.join(",").to_val(),
        case.suspected.map(|word| word.as_str().to_owned()).to_val(),
        case.severity_test
            .map(|word| word.as_str().to_owned())
            .to_val(),
        case.occurred_at.to_val(),
        case.coordinator.to_val(),
        case.coordinator_basis.to_val(),
        case.coordinator_by.to_val(),
        case.zone.to_val(),
        case.zone_assumed.to_val(),
        case.opened_at.to_val(),
        actor.key().to_val(),
        actor.name().to_val(),
    ];
    tx.execute_values(INSERT, &values)?;
    Ok(())
}

pub fn get(tx: &mut Tx, org: OrganisationId, id: CaseId) -> Result<Case, Trouble> {
    match tx.query_opt(GET, &[&org, &id])? {
        Some(row) => case(&row),
        None => Err(Refusal::not_found().into()),
    }
}

/// What a list of cases is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub state: Option<String>,
    pub kind: Option<String>,
    /// Part of a name or a title.
    pub text: Option<String>,
}

/// A case of a list with the stage that is due next and when.
pub type Listed = (Case, Option<(Stage, Timestamp)>);

/// A page of cases, open ones first and of these what runs out next, and how many there are in
/// all.
pub fn list(
    tx: &mut Tx,
    org: OrganisationId,
    filter: &Filter,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Listed>, i64), Trouble> {
    let text = filter.text.as_ref().map(|text| {
        let plain: String = text
            .chars()
            .filter(|c| !matches!(c, '%' | '_' | '\\'))
            .collect();
        format!("%{plain}%")
    });
    let rows = tx.query(
        LIST,
        &[&org, &filter.state, &filter.kind, &text, &limit, &offset],
    )?;
    let total = tx.query_one(COUNT, &[&org, &filter.state, &filter.kind, &text])?;
    let listed = |row: &Row| -> Result<Listed, Trouble> {
        let next = opt_word(row, 21)?.zip(row.opt_instant(22));
        Ok((case(row)?, next))
    };
    let cases = rows.iter().map(listed).collect::<Result<_, _>>()?;
    Ok((cases, total.int(0)))
}

/// Whether this call closed it.
pub fn close(tx: &mut Tx, org: OrganisationId, id: CaseId, reason: &str) -> Result<bool, Trouble> {
    let now = tx.now();
    Ok(tx.execute(CLOSE, &[&org, &id, &now, &reason])? == 1)
}

/// Whether this call reopened it.
pub fn reopen(tx: &mut Tx, org: OrganisationId, id: CaseId) -> Result<bool, Trouble> {
    Ok(tx.execute(REOPEN, &[&org, &id])? == 1)
}

/// Makes others wait who would change the same case, until this transaction ends.
pub fn lock(tx: &mut Tx, org: OrganisationId, id: CaseId) -> Result<(), Trouble> {
    tx.execute(LOCK, &[&org, &id])?;
    Ok(())
}

pub fn set_coordinator(tx: &mut Tx, org: OrganisationId, case: &Case) -> Result<(), Trouble> {
    tx.execute(
        SET_COORDINATOR,
        &[
            &org,
            &case.id,
            &case.coordinator,
            &case.coordinator_basis,
            &case.coordinator_by,
            &case.zone,
            &case.zone_assumed,
        ],
    )?;
    Ok(())
}

pub fn add_release(
    tx: &mut Tx,
    org: OrganisationId,
    case: CaseId,
    release: ReleaseId,
    actor: &Actor,
) -> Result<(), Trouble> {
    let now = tx.now();
    tx.execute(ADD_RELEASE, &[&org, &case, &release, &now, &actor.name()])?;
    Ok(())
}

/// Puts many releases into a case that is just being opened.
pub fn add_releases(
    tx: &mut Tx,
    org: OrganisationId,
    case: CaseId,
    releases: &[ReleaseId],
    actor: &Actor,
) -> Result<(), Trouble> {
    let now = tx.now();
    let rows: Vec<Vec<Val>> = releases
        .iter()
        .map(|release| {
            vec![
                org.to_val(),
                case.to_val(),
                release.to_val(),
                now.to_val(),
                actor.name().to_val(),
            ]
        })
        .collect();
    tx.insert_rows(ADD_RELEASE, &rows)?;
    Ok(())
}

/// Whether the release stood in the case.
pub fn remove_release(
    tx: &mut Tx,
    org: OrganisationId,
    case: CaseId,
    release: ReleaseId,
    reason: &str,
) -> Result<bool, Trouble> {
    let now = tx.now();
    Ok(tx.execute(REMOVE_RELEASE, &[&org, &case, &release, &now, &reason])? == 1)
}

pub fn releases(tx: &mut Tx, org: OrganisationId, case: CaseId) -> Result<Vec<ReleaseId>, Trouble> {
    let rows = tx.query(RELEASES, &[&org, &case])?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}

/// Appends an anchor's value.
pub fn insert_anchor(
    tx: &mut Tx,
    org: OrganisationId,
    case: CaseId,
    anchor: Trigger,
    at: Option<Timestamp>,
    reason: &str,
    actor: &Actor,
) -> Result<(), Trouble> {
    let now = tx.now();
    tx.execute(
        INSERT_ANCHOR,
        &[
            &org,
            &case,
            &anchor.as_str(),
            &at,
            &reason,
            &actor.key(),
            &actor.name(),
            &now,
        ],
    )?;
    Ok(())
}

/// Every value an anchor ever had, oldest first.
pub fn anchors(
    tx: &mut Tx,
    org: OrganisationId,
    case: CaseId,
) -> Result<Vec<AnchorValue>, Trouble> {
    let rows = tx.query(ANCHORS, &[&org, &case])?;
    rows.iter()
        .map(|row| {
            Ok(AnchorValue {
                number: row.int(0),
                anchor: word(row, 1)?,
                at: row.opt_instant(2),
                reason: row.text(3),
                recorded_by: row.text(4),
                recorded_at: row.instant(5),
            })
        })
        .collect()
}

fn case(row: &Row) -> Result<Case, Trouble> {
    Ok(Case {
        id: row.id(0),
        kind: word(row, 1)?,
        title: row.text(2),
        vulnerability_id: row.opt_int(3),
        vulnerability: row.opt_text(4),
        watch_item: row.id(5),
        decision: row.id(6),
        state: word(row, 7)?,
        member_states: super::split(&row.text(8)),
        suspected: opt_word(row, 9)?,
        severity_test: opt_word(row, 10)?,
        occurred_at: row.opt_instant(11),
        coordinator: row.opt_text(12),
        coordinator_basis: row.opt_text(13),
        coordinator_by: row.text(14),
        zone: row.text(15),
        zone_assumed: row.bool(16),
        opened_at: row.instant(17),
        opened_by: row.text(18),
        closed_at: row.opt_instant(19),
        close_reason: row.opt_text(20),
    })
}
