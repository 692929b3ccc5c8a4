//! Statements about the feeds themselves, and look-ups of one vulnerability.

use crate::advisories::rules::READER;
use crate::statements;
use crate::store::{Error, Row, ToVal, Tx};
use jiff::Timestamp;

statements! {
    ALL: "select name, source, etag, last_modified, checked_at, imported_at, data_as_of, records, \
          unreadable, problems, left_aside, notes, last_error, outcome, attempted_at, \
          attempted_records, reader, last_error_code from feeds order by name limit 200";
    GET: "select name, source, etag, last_modified, checked_at, imported_at, data_as_of, records, \
          unreadable, problems, left_aside, notes, last_error, outcome, attempted_at, \
          attempted_records, reader, last_error_code from feeds where name = $1";
    IMPORTED: "insert into feeds (name, source, checked_at, imported_at, data_as_of, records, \
               unreadable, problems, left_aside, notes, reader, outcome, attempted_at, \
               attempted_records) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'complete', $4, $6) \
               on conflict (name) do update set source = excluded.source, \
               checked_at = case when excluded.checked_at > coalesce(feeds.checked_at, 0) \
               then excluded.checked_at else feeds.checked_at end, \
               imported_at = excluded.imported_at, data_as_of = excluded.data_as_of, \
               records = excluded.records, unreadable = excluded.unreadable, \
               problems = excluded.problems, left_aside = excluded.left_aside, \
               notes = excluded.notes, outcome = excluded.outcome, \
               attempted_at = excluded.attempted_at, \
               attempted_records = excluded.attempted_records, reader = excluded.reader, \
               last_error = null, last_error_code = null";
    ATTEMPTED: "insert into feeds (name, source, records, unreadable, problems, left_aside, notes, \
                last_error, outcome, attempted_at, attempted_records, last_error_code) \
                values ($1, $2, 0, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
                on conflict (name) do update set unreadable = excluded.unreadable, \
                problems = excluded.problems, left_aside = excluded.left_aside, \
                notes = excluded.notes, last_error = excluded.last_error, \
                outcome = excluded.outcome, attempted_at = excluded.attempted_at, \
                attempted_records = excluded.attempted_records, \
                last_error_code = excluded.last_error_code";
    FAILED: "insert into feeds (name, source, records, unreadable, problems, left_aside, notes, \
             last_error, outcome, attempted_at, attempted_records, last_error_code) \
             values ($1, $2, 0, 0, '[]', '{}', '{}', $3, 'failed', $4, 0, $5) \
             on conflict (name) do update set last_error = excluded.last_error, \
             outcome = excluded.outcome, attempted_at = excluded.attempted_at, \
             attempted_records = 0, unreadable = 0, problems = '[]', left_aside = '{}', \
             notes = '{}', last_error_code = excluded.last_error_code";
    CHECKED: "update feeds set checked_at = $2, source = $3, last_error = null, \
              last_error_code = null, unreadable = case when outcome = 'complete' then unreadable else 0 end, \
              problems = case when outcome = 'complete' then problems else '[]' end, \
              left_aside = case when outcome = 'complete' then left_aside else '{}' end, \
              notes = case when outcome = 'complete' then notes else '{}' end, \
              outcome = 'complete', attempted_at = $2, attempted_records = records \
              where name = $1 and imported_at is not null";
    TAGGED: "update feeds set etag = $2, last_modified = $3 where name = $1";
    EXPECTED: "select name from expected_feeds order by name limit 200";
    EXPECT: "insert into expected_feeds (name) values ($1) on conflict do nothing";
    EXPECT_NOTHING: "delete from expected_feeds";
    STORED: "select count(*) from advisories where feed = $1";
    FIND: "select v.id from vulnerability_aliases a join vulnerabilities v \
           on v.id = a.vulnerability_id where a.alias = $1";
    GET_VULNERABILITY: "select id, name, title, severity, score, vector, informational, \
                        merged_into, updated_at from vulnerabilities where id = $1";
    ADVISORIES_OF: "select id, external_id, feed, modified, withdrawn, summary, severity, score, \
                    vector, informational, imported_at from advisories \
                    where vulnerability_id = $1 order by external_id limit 200";
    ALIASES_OF: "select alias from vulnerability_aliases where vulnerability_id = $1 \
                 order by alias limit 500";
    EXPLOITED_BY: "select source, added_on, first_seen_at, detail, withdrawn_at \
                   from exploitations where vulnerability_id = $1 order by source";
    PLANNED: "select count(*) from jobs where state = 'waiting' \
              and payload = '{\"job\":\"sync-feeds\"}'";
    PLANNED_LATER: "select count(*) from jobs where state = 'waiting' \
                    and payload = '{\"job\":\"sync-feeds\"}' and run_at > $1";
    LATEST_CHECK: "select max(checked_at) from feeds";
    EVERY_ONE: "select id from vulnerabilities where merged_into is null and id > $1 \
                order by id limit $2";
}

/// A feed as the database keeps it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stored {
    pub name: String,
    pub source: String,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub checked_at: Option<Timestamp>,
    pub imported_at: Option<Timestamp>,
    pub data_as_of: Option<String>,
    pub records: i64,
    pub unreadable: i64,
    pub problems: String,
    pub left_aside: String,
    pub notes: String,
    pub last_error: Option<String>,
    /// Of the last attempt: complete, partial, failed; when it was; what of it could be read.
    pub outcome: Option<String>,
    pub attempted_at: Option<Timestamp>,
    pub attempted_records: i64,
    /// With which state of our readers its last complete import was read.
    pub reader: i64,
    /// What kind of fault `last_error` is.
    pub last_error_code: Option<String>,
}

fn read(row: &Row) -> Stored {
    Stored {
        name: row.text(0),
        source: row.text(1),
        etag: row.opt_text(2),
        last_modified: row.opt_text(3),
        checked_at: row.opt_instant(4),
        imported_at: row.opt_instant(5),
        data_as_of: row.opt_text(6),
        records: row.int(7),
        unreadable: row.int(8),
        problems: row.text(9),
        left_aside: row.text(10),
        notes: row.text(11),
        last_error: row.opt_text(12),
        outcome: row.opt_text(13),
        attempted_at: row.opt_instant(14),
        attempted_records: row.opt_int(15).unwrap_or(0),
        reader: row.int(16),
        last_error_code: row.opt_text(17),
    }
}

pub fn all(tx: &mut Tx) -> Result<Vec<Stored>, Error> {
    Ok(tx.query(ALL, &[])?.iter().map(read).collect())
}

pub fn get(tx: &mut Tx, name: &str) -> Result<Option<Stored>, Error> {
    Ok(tx.query_opt(GET, &[&name])?.as_ref().map(read))
}

pub fn imported(tx: &mut Tx, feed: &Stored) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(
        IMPORTED,
        &[
            &feed.name,
            &feed.source,
            &feed.checked_at,
            &now,
            &feed.data_as_of,
            &feed.records,
            &feed.unreadable,
            &feed.problems,
            &feed.left_aside,
            &feed.notes,
            &READER,
        ],
    )
    .map(|_| ())
}

/// An import that renews nothing: what stood before stays as old as it was.
pub fn attempted(tx: &mut Tx, feed: &Stored) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(
        ATTEMPTED,
        &[
            &feed.name,
            &feed.source,
            &feed.unreadable,
            &feed.problems,
            &feed.left_aside,
            &feed.notes,
            &feed.last_error,
            &feed.outcome,
            &now,
            &feed.records,
            &feed.last_error_code,
        ],
    )
    .map(|_| ())
}

/// Nothing came at all, so nothing of it was unreadable either: what an older attempt had would
/// be read as this one's.
pub fn failed(
    tx: &mut Tx,
    name: &str,
    source: &str,
    (code, error): (&str, &str),
) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(FAILED, &[&name, &source, &error, &now, &code])
        .map(|_| ())
}

/// What the last complete import of a feed had.
pub fn records_before(tx: &mut Tx, name: &str) -> Result<Option<i64>, Error> {
    let feed = get(tx, name)?.filter(|feed| feed.imported_at.is_some());
    Ok(feed.map(|feed| feed.records))
}

/// The feed answered that nothing has changed since its last complete import.
pub fn checked(tx: &mut Tx, name: &str, source: &str) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(CHECKED, &[&name, &now, &source]).map(|_| ())
}

/// What to send the next time to be told that nothing has changed (RFC 9110 §13).
pub fn tagged(
    tx: &mut Tx,
    name: &str,
    etag: Option<&str>,
    last_modified: Option<&str>,
) -> Result<(), Error> {
    tx.execute(TAGGED, &[&name, &etag, &last_modified])
        .map(|_| ())
}

/// How many advisories we hold of a feed.
pub fn stored(tx: &mut Tx, feed: &str) -> Result<i64, Error> {
    Ok(tx.query_one(STORED, &[&feed])?.int(0))
}

/// The vulnerability behind any of its ids.
pub fn find(tx: &mut Tx, alias: &str) -> Result<Option<i64>, Error> {
    Ok(tx.query_opt(FIND, &[&alias])?.map(|row| row.int(0)))
}

/// The row of a vulnerability and the one it became part of.
pub fn vulnerability(
    tx: &mut Tx,
    id: i64,
) -> Result<Option<(super::groups::Described, Option<i64>)>, Error> {
    let row = tx.query_opt(GET_VULNERABILITY, &[&id])?;
    Ok(row.map(|r| {
        let described = super::groups::Described {
            id: r.int(0),
            name: r.text(1),
            title: r.text(2),
            rated: crate::advisories::rules::Rated {
                severity: r.text(3),
                score: r.opt_real(4),
                vector: r.opt_text(5),
            },
            informational: r.opt_text(6),
        };
        (described, r.opt_int(7))
    }))
}

/// A record of a vulnerability, without its text.
#[derive(Debug, Clone)]
pub struct Advisory {
    pub id: i64,
    pub external_id: String,
    pub feed: String,
    pub modified: String,
    pub withdrawn: Option<String>,
    pub summary: String,
    pub severity: String,
    pub score: Option<f64>,
    pub vector: Option<String>,
    pub informational: Option<String>,
    pub imported_at: Timestamp,
}

pub fn advisories_of(tx: &mut Tx, vulnerability: i64) -> Result<Vec<Advisory>, Error> {
    let rows = tx.query(ADVISORIES_OF, &[&vulnerability])?;
    Ok(rows
        .iter()
        .map(|r| Advisory {
            id: r.int(0),
            external_id: r.text(1),
            feed: r.text(2),
            modified: r.text(3),
            withdrawn: r.opt_text(4),
            summary: r.text(5),
            severity: r.text(6),
            score: r.opt_real(7),
            vector: r.opt_text(8),
            informational: r.opt_text(9),
            imported_at: r.instant(10),
        })
        .collect())
}

pub fn aliases_of(tx: &mut Tx, vulnerability: i64) -> Result<Vec<String>, Error> {
    let rows = tx.query(ALIASES_OF, &[&vulnerability])?;
    Ok(rows.iter().map(|row| row.text(0)).collect())
}

pub fn exploited_by(tx: &mut Tx, vulnerability: i64) -> Result<Vec<super::exploits::Drawn>, Error> {
    let rows = tx.query(EXPLOITED_BY, &[&vulnerability])?;
    Ok(rows
        .iter()
        .map(|r| super::exploits::Drawn {
            vulnerability,
            source: r.text(0),
            added_on: r.text(1),
            first_seen_at: r.opt_instant(2),
            detail: r.text(3),
            withdrawn_at: r.opt_instant(4),
        })
        .collect())
}

/// Vulnerabilities after an id, for work over all of them.
pub fn some_after(tx: &mut Tx, after: i64, most: i64) -> Result<Vec<i64>, Error> {
    let rows = tx.query(EVERY_ONE, &[&after.to_val(), &most])?;
    Ok(rows.iter().map(|row| row.int(0)).collect())
}

/// Fetches that wait or run.
pub fn planned(tx: &mut Tx) -> Result<i64, Error> {
    Ok(tx.query_one(PLANNED, &[])?.int(0))
}

/// Fetches planned for later.
pub fn planned_later(tx: &mut Tx) -> Result<i64, Error> {
    let now = tx.now();
    Ok(tx.query_one(PLANNED_LATER, &[&now])?.int(0))
}

/// When any feed was last checked.
pub fn latest_check(tx: &mut Tx) -> Result<Option<Timestamp>, Error> {
    Ok(tx.query_one(LATEST_CHECK, &[])?.opt_instant(0))
}

/// The feeds the configuration asks for; none when it was never written down.
pub fn expected(tx: &mut Tx) -> Result<Vec<String>, Error> {
    let rows = tx.query(EXPECTED, &[])?;
    Ok(rows.iter().map(|row| row.text(0)).collect())
}

pub fn expect(tx: &mut Tx, names: &[String]) -> Result<(), Error> {
    tx.execute(EXPECT_NOTHING, &[])?;
    let rows: Vec<Vec<crate::store::Val>> = names.iter().map(|name| vec![name.to_val()]).collect();
    tx.insert_rows(EXPECT, &rows).map(|_| ())
}
