//! That users were informed, append-only; and the public holidays an organisation gave.

use crate::accounts::Actor;
use crate::cases::types::{Holidays, Informing, NewInforming};
use crate::cases::words::word;
use crate::ids::{CaseId, OrganisationId, ReleaseId};
use crate::statements;
use crate::store::{Row, ToVal, Tx, Val};
use crate::trouble::Trouble;
use jiff::civil::Date;
use std::collections::BTreeSet;

statements! {
    INSERT_INFORMED: "insert into users_informed (organisation_id, case_id, number, told, told_by, \
                      informed_at, informant, text, reference, releases, recorded_by, \
                      recorded_by_name, recorded_at) values ($1, $2, \
                      (select coalesce(max(number), 0) + 1 from users_informed \
                      where organisation_id = $1 and case_id = $2), $3, $4, $5, $6, $7, $8, $9, \
                      $10, $11, $12)";
    INFORMED: "select number, told, told_by, informed_at, informant, text, reference, releases, \
               recorded_by_name, recorded_at from users_informed \
               where organisation_id = $1 and case_id = $2 order by number limit 200";
    HOLIDAYS: "select member_state, days, changed_by_name, changed_at from public_holidays \
               where organisation_id = $1 order by member_state limit 100";
    SET_HOLIDAYS: "insert into public_holidays (organisation_id, member_state, days, \
                   changed_by_name, changed_at) values ($1, $2, $3, $4, $5) \
                   on conflict (organisation_id, member_state) do update set \
                   days = excluded.days, changed_by_name = excluded.changed_by_name, \
                   changed_at = excluded.changed_at";
    /// Makes others wait who would change the list, or open a case it counts for, until this
    /// transaction ends; a list that nobody gave is a row without days.
    LOCK_HOLIDAYS: "insert into public_holidays (organisation_id, member_state, days, \
                    changed_by_name, changed_at) values ($1, $2, '[]', '', 0) \
                    on conflict (organisation_id, member_state) do update set \
                    member_state = excluded.member_state";
    OPEN_CASES_OF: "select id from cases where organisation_id = $1 and coordinator = $2 \
                    and state = 'open' order by id limit 5000";
}

/// Appends a record that users were informed.
pub fn insert_informed(
    tx: &mut Tx,
    org: OrganisationId,
    case: CaseId,
    new: &NewInforming,
    actor: &Actor,
) -> Result<(), Trouble> {
    let now = tx.now();
    let releases: Vec<String> = new.releases.iter().map(ToString::to_string).collect();
    let values: Vec<Val> = vec![
        org.to_val(),
        case.to_val(),
        new.told.as_str().to_val(),
        new.by.as_str().to_val(),
        new.informed_at.to_val(),
        new.informant.to_val(),
        new.text.to_val(),
        new.reference.to_val(),
        releases.join(",").to_val(),
        actor.key().to_val(),
        actor.name().to_val(),
        now.to_val(),
    ];
    tx.execute_values(INSERT_INFORMED, &values)?;
    Ok(())
}

/// Every record that users were informed, oldest first.
pub fn informed(tx: &mut Tx, org: OrganisationId, case: CaseId) -> Result<Vec<Informing>, Trouble> {
    tx.query(INFORMED, &[&org, &case])?
        .iter()
        .map(informing)
        .collect()
}

/// Makes others wait for a Member State's list, until this transaction ends.
pub fn lock_holidays(tx: &mut Tx, org: OrganisationId, member_state: &str) -> Result<(), Trouble> {
    tx.execute(LOCK_HOLIDAYS, &[&org, &member_state])?;
    Ok(())
}

/// The public holidays given, by Member State; a list that was removed has no days.
pub fn holidays(tx: &mut Tx, org: OrganisationId) -> Result<Vec<Holidays>, Trouble> {
    tx.query(HOLIDAYS, &[&org])?
        .iter()
        .map(|row| {
            Ok(Holidays {
                member_state: row.text(0),
                days: super::from_json(&row.text(1))?,
                changed_by: row.text(2),
                changed_at: row.instant(3),
            })
        })
        .collect()
}

/// Puts a list of days in the place of the one there was.
pub fn set_holidays(
    tx: &mut Tx,
    org: OrganisationId,
    member_state: &str,
    days: &BTreeSet<Date>,
    actor: &Actor,
) -> Result<(), Trouble> {
    let (days, now) = (super::to_json(days)?, tx.now());
    tx.execute(
        SET_HOLIDAYS,
        &[&org, &member_state, &days, &actor.name(), &now],
    )?;
    Ok(())
}

/// The open cases whose coordinator is in a Member State.
pub fn open_cases_of(
    tx: &mut Tx,
    org: OrganisationId,
    member_state: &str,
) -> Result<Vec<CaseId>, Trouble> {
    let rows = tx.query(OPEN_CASES_OF, &[&org, &member_state])?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}

fn informing(row: &Row) -> Result<Informing, Trouble> {
    let releases = super::split(&row.text(7))
        .iter()
        .map(|id| id.parse())
        .collect::<Result<Vec<ReleaseId>, _>>()
        .map_err(|_| anyhow::anyhow!("users were told of a release without an id"))?;
    Ok(Informing {
        number: row.int(0),
        told: word(row, 1)?,
        by: word(row, 2)?,
        informed_at: row.instant(3),
        informant: row.text(4),
        text: row.text(5),
        reference: row.opt_text(6),
        releases,
        recorded_by: row.text(8),
        recorded_at: row.instant(9),
    })
}
