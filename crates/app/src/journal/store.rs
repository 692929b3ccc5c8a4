//! The journal's SQL.

use super::{Filter, GENESIS, Recorded};
use crate::ids::OrganisationId;
use crate::statements;
use crate::store::{Error, Row, Tx};
use jiff::Timestamp;

statements! {
    /// Takes the next number and, with it, the lock every other writer of this chain waits for.
    TAKE_NEXT: "insert into journal_heads (organisation_id, seq, digest) values ($1, 1, $2) \
                on conflict (organisation_id) do update set seq = journal_heads.seq + 1 \
                returning seq, digest";
    INSERT: "insert into journal_entries (organisation_id, seq, at, actor_key, actor_name, \
             action, subject, detail, algorithm, previous, digest) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    MOVE_HEAD: "update journal_heads set digest = $2 where organisation_id = $1";
    LIST: "select organisation_id, seq, at, actor_key, actor_name, action, subject, detail, \
           algorithm, previous, digest from journal_entries where organisation_id = $1 \
           and (cast($2 as text) is null or action = $2) \
           and (cast($3 as text) is null or actor_key = $3) \
           and (cast($4 as text) is null or subject = $4) \
           and (cast($5 as bigint) is null or at >= $5) \
           and (cast($6 as bigint) is null or at < $6) \
           and (cast($7 as bigint) is null or seq < $7) \
           order by seq desc limit $8";
    COUNT: "select count(*) from journal_entries where organisation_id = $1 \
            and (cast($2 as text) is null or action = $2) \
            and (cast($3 as text) is null or actor_key = $3) \
            and (cast($4 as text) is null or subject = $4) \
            and (cast($5 as bigint) is null or at >= $5) \
            and (cast($6 as bigint) is null or at < $6)";
    LIST_AFTER: "select organisation_id, seq, at, actor_key, actor_name, action, subject, \
                 detail, algorithm, previous, digest from journal_entries \
                 where organisation_id = $1 \
                 and (cast($2 as text) is null or action = $2) \
                 and (cast($3 as text) is null or actor_key = $3) \
                 and (cast($4 as text) is null or subject = $4) \
                 and (cast($5 as bigint) is null or at >= $5) \
                 and (cast($6 as bigint) is null or at < $6) \
                 and seq > $7 order by seq limit $8";
    ACTIONS: "select distinct action from journal_entries where organisation_id = $1 \
              order by action limit 500";
    ACTORS: "select actor_key, max(actor_name) from journal_entries where organisation_id = $1 \
             group by actor_key order by 2, 1 limit 500";
    HEADS: "select organisation_id, seq, digest from journal_heads order by organisation_id \
            limit 100000";
    /// Chains whose head was taken away.
    HEADLESS: "select distinct organisation_id from journal_entries where organisation_id \
               not in (select organisation_id from journal_heads) order by organisation_id \
               limit 100000";
    SPAN_AFTER: "select count(*), min(at), max(at) from journal_entries \
                 where organisation_id = $1 and seq > $2";
    INSERT_CHECKPOINT: "insert into journal_checkpoints (organisation_id, seq, at, digest, \
                        algorithm, public_key, signature) values ($1, $2, $3, $4, $5, $6, $7) \
                        on conflict (organisation_id, seq) do nothing";
    CHECKPOINTS: "select organisation_id, seq, at, digest, algorithm, public_key, signature \
                  from journal_checkpoints where organisation_id = $1 and seq > $2 \
                  order by seq limit $3";
    LATEST_CHECKPOINT: "select seq, digest from journal_checkpoints where organisation_id = $1 \
                        order by seq desc limit 1";
}

/// The number of the next entry and the digest it follows.
pub fn take_next(tx: &mut Tx, organisation: OrganisationId) -> Result<(i64, String), Error> {
    let row = tx.query_one(TAKE_NEXT, &[&organisation, &GENESIS])?;
    Ok((row.int(0), row.text(1)))
}

/// Appends an entry whose number was taken, and moves the chain's end to it.
pub fn insert(tx: &mut Tx, entry: &Recorded) -> Result<(), Error> {
    tx.execute(
        INSERT,
        &[
            &entry.organisation,
            &entry.seq,
            &entry.at,
            &entry.actor_key,
            &entry.actor_name,
            &entry.action,
            &entry.subject,
            &entry.detail,
            &entry.algorithm,
            &entry.previous,
            &entry.digest,
        ],
    )?;
    tx.execute(MOVE_HEAD, &[&entry.organisation, &entry.digest])?;
    Ok(())
}

/// Entries under a filter, newest first.
pub fn list(
    tx: &mut Tx,
    organisation: OrganisationId,
    filter: &Filter,
    before: Option<i64>,
    most: i64,
) -> Result<Vec<Recorded>, Error> {
    let rows = tx.query(
        LIST,
        &[
            &organisation,
            &filter.action,
            &filter.actor,
            &filter.subject,
            &filter.from,
            &filter.until,
            &before,
            &most,
        ],
    )?;
    Ok(rows.iter().map(recorded).collect())
}

/// How many entries a filter leaves.
pub fn count(tx: &mut Tx, organisation: OrganisationId, filter: &Filter) -> Result<i64, Error> {
    let row = tx.query_one(
        COUNT,
        &[
            &organisation,
            &filter.action,
            &filter.actor,
            &filter.subject,
            &filter.from,
            &filter.until,
        ],
    )?;
    Ok(row.int(0))
}

/// Entries in the order of the chain.
pub fn list_after(
    tx: &mut Tx,
    organisation: impl ToString,
    filter: &Filter,
    after: i64,
    most: i64,
) -> Result<Vec<Recorded>, Error> {
    let rows = tx.query(
        LIST_AFTER,
        &[
            &organisation.to_string(),
            &filter.action,
            &filter.actor,
            &filter.subject,
            &filter.from,
            &filter.until,
            &after,
            &most,
        ],
    )?;
    Ok(rows.iter().map(recorded).collect())
}

/// The actions that occur.
pub fn actions(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<String>, Error> {
    let rows = tx.query(ACTIONS, &[&organisation])?;
    Ok(rows.iter().map(|row| row.text(0)).collect())
}

/// The actors that occur, by key, with a name.
pub fn actors(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<(String, String)>, Error> {
    let rows = tx.query(ACTORS, &[&organisation])?;
    Ok(rows.iter().map(|row| (row.text(0), row.text(1))).collect())
}

/// The end of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub organisation: String,
    pub seq: i64,
    pub digest: String,
}

/// The ends of all chains, for background work and verification.
pub fn heads(tx: &mut Tx) -> Result<Vec<Head>, Error> {
    let rows = tx.query(HEADS, &[])?;
    Ok(rows
        .iter()
        .map(|row| Head {
            organisation: row.text(0),
            seq: row.int(1),
            digest: row.text(2),
        })
        .collect())
}

/// Organisations that have entries but no head.
pub fn headless(tx: &mut Tx) -> Result<Vec<String>, Error> {
    let rows = tx.query(HEADLESS, &[])?;
    Ok(rows.iter().map(|row| row.text(0)).collect())
}

/// How many entries follow an entry, and over how many milliseconds they were written.
pub fn span_after(tx: &mut Tx, organisation: &str, seq: i64) -> Result<(i64, i64), Error> {
    let row = tx.query_one(SPAN_AFTER, &[&organisation, &seq])?;
    let (first, last) = (row.opt_int(1), row.opt_int(2));
    let span = first
        .zip(last)
        .map_or(0, |(first, last)| last.saturating_sub(first));
    Ok((row.int(0), span))
}

/// Keeps a checkpoint; one for the same entry stays as it is.
pub fn insert_checkpoint(tx: &mut Tx, checkpoint: &super::Checkpoint) -> Result<(), Error> {
    tx.execute(
        INSERT_CHECKPOINT,
        &[
            &checkpoint.organisation,
            &checkpoint.seq,
            &checkpoint.at,
            &checkpoint.digest,
            &checkpoint.algorithm,
            &checkpoint.public_key,
            &checkpoint.signature,
        ],
    )?;
    Ok(())
}

/// Checkpoints of a chain in order.
pub fn checkpoints(
    tx: &mut Tx,
    organisation: &str,
    after: i64,
    most: i64,
) -> Result<Vec<super::Checkpoint>, Error> {
    let rows = tx.query(CHECKPOINTS, &[&organisation, &after, &most])?;
    Ok(rows
        .iter()
        .map(|row| super::Checkpoint {
            organisation: row.text(0),
            seq: row.int(1),
            at: row.int(2),
            digest: row.text(3),
            algorithm: row.text(4),
            public_key: row.text(5),
            signature: row.text(6),
        })
        .collect())
}

/// The latest checkpoint's entry and digest.
pub fn latest_checkpoint(tx: &mut Tx, organisation: &str) -> Result<Option<(i64, String)>, Error> {
    let row = tx.query_opt(LATEST_CHECKPOINT, &[&organisation])?;
    Ok(row.map(|row| (row.int(0), row.text(1))))
}

fn recorded(row: &Row) -> Recorded {
    Recorded {
        organisation: row.text(0),
        seq: row.int(1),
        at: row.int(2),
        actor_key: row.text(3),
        actor_name: row.text(4),
        action: row.text(5),
        subject: row.text(6),
        detail: row.text(7),
        algorithm: row.text(8),
        previous: row.text(9),
        digest: row.text(10),
    }
}

/// The instant an entry carries.
impl Recorded {
    pub fn instant(&self) -> Timestamp {
        crate::time::from_millis(self.at)
    }
}
