//! The rows of `alarms` and `clock_marks`.

use super::{Alarm, AlarmRecord};
use crate::ids::{AlarmId, OrganisationId};
use crate::statements;
use crate::store::{Error, Row, Tx};
use jiff::Timestamp;

/// The latest instant this database has seen.
pub const HIGH_WATER: &str = "high-water";
/// When the loop last turned.
pub const WORKER: &str = "worker";

const SUBJECT_ROWS_MAX: usize = 200;

statements! {
    INSERT: "insert into alarms (organisation_id, id, subject, name, generation, due_at, job, \
             state, by_wall, created_at) values ($1, $2, $3, $4, $5, $6, $7, 'armed', $8, $9) \
             on conflict (organisation_id, subject, name, generation) do nothing";
    CANCEL: "update alarms set state = 'cancelled' where organisation_id = $1 and subject = $2 \
             and substr(name, 1, length(cast($3 as text))) = cast($3 as text) and state = 'armed'";
    /// Two comparisons on `due_at`, so that the partial index serves both.
    DUE: "select organisation_id, id, due_at, job from alarms where state = 'armed' \
          and due_at <= $2 and (due_at <= $1 or by_wall = false) order by due_at, id limit $3";
    SET_FIRED: "update alarms set state = 'fired', fired_at = $3, late_seconds = $4 \
                where organisation_id = $1 and id = $2 and state = 'armed'";
    SET_UNREADABLE: "update alarms set state = 'unreadable' \
                     where organisation_id = $1 and id = $2";
    BY_SUBJECT: "select id, name, generation, due_at, state, fired_at, late_seconds from alarms \
                 where organisation_id = $1 and subject = $2 order by due_at, name, generation \
                 limit $3";
    ARMED: "select count(*), min(due_at) from alarms where state = 'armed'";
    UNREADABLE: "select count(*) from alarms where state = 'unreadable'";
    FIND_MARK: "select at from clock_marks where name = $1";
    SET_MARK: "insert into clock_marks (name, at) values ($1, $2) \
               on conflict (name) do update set at = excluded.at";
}

/// A due alarm, as far as firing needs it.
pub struct Due {
    pub organisation: OrganisationId,
    pub id: AlarmId,
    pub due_at: Timestamp,
    pub job: String,
}

pub fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    alarm: &Alarm,
    by_wall: bool,
) -> Result<(), Error> {
    let job = serde_json::to_string(&alarm.job).map_err(|e| Error::Engine(e.to_string()))?;
    let (id, now): (AlarmId, _) = (tx.new_id(), tx.now());
    tx.execute(
        INSERT,
        &[
            &organisation,
            &id,
            &alarm.subject,
            &alarm.name,
            &alarm.generation,
            &alarm.due_at,
            &job,
            &by_wall,
            &now,
        ],
    )?;
    Ok(())
}

pub fn cancel(
    tx: &mut Tx,
    organisation: OrganisationId,
    subject: &str,
    prefix: &str,
) -> Result<u64, Error> {
    tx.execute(CANCEL, &[&organisation, &subject, &prefix])
}

pub fn due(
    tx: &mut Tx,
    now: Timestamp,
    high_water: Timestamp,
    most: usize,
) -> Result<Vec<Due>, Error> {
    let sql = format!("{DUE}{}", tx.dialect().claim());
    let rows = tx.query(&sql, &[&now, &high_water, &most])?;
    Ok(rows
        .iter()
        .map(|row| Due {
            organisation: row.id(0),
            id: row.id(1),
            due_at: row.instant(2),
            job: row.text(3),
        })
        .collect())
}

pub fn set_fired(tx: &mut Tx, due: &Due, late_seconds: i64) -> Result<(), Error> {
    let now = tx.now();
    let fired = tx.execute(
        SET_FIRED,
        &[&due.organisation, &due.id, &now, &late_seconds],
    )?;
    if fired == 1 {
        Ok(())
    } else {
        Err(tx.overtaken(format!("alarm {} was fired by another", due.id)))
    }
}

pub fn set_unreadable(tx: &mut Tx, due: &Due) -> Result<(), Error> {
    tx.execute(SET_UNREADABLE, &[&due.organisation, &due.id])
        .map(|_| ())
}

pub fn list_of_subject(
    tx: &mut Tx,
    organisation: OrganisationId,
    subject: &str,
) -> Result<Vec<AlarmRecord>, Error> {
    let rows = tx.query(BY_SUBJECT, &[&organisation, &subject, &SUBJECT_ROWS_MAX])?;
    Ok(rows.iter().map(record).collect())
}

fn record(row: &Row) -> AlarmRecord {
    AlarmRecord {
        id: row.id(0),
        name: row.text(1),
        generation: row.int(2),
        due_at: row.instant(3),
        state: row.text(4),
        fired_at: row.opt_instant(5),
        late_seconds: row.opt_int(6),
    }
}

/// How many are armed, and the instant of the first.
pub fn armed(tx: &mut Tx) -> Result<(i64, Option<Timestamp>), Error> {
    let row = tx.query_one(ARMED, &[])?;
    Ok((row.int(0), row.opt_instant(1)))
}

pub fn unreadable(tx: &mut Tx) -> Result<i64, Error> {
    Ok(tx.query_one(UNREADABLE, &[])?.int(0))
}

pub fn find_mark(tx: &mut Tx, name: &str) -> Result<Option<Timestamp>, Error> {
    Ok(tx
        .query_opt(FIND_MARK, &[&name])?
        .and_then(|row| row.opt_instant(0)))
}

pub fn set_mark(tx: &mut Tx, name: &str, at: Timestamp) -> Result<(), Error> {
    tx.execute(SET_MARK, &[&name, &at]).map(|_| ())
}
