//! Watch items, signals, decisions, and what happened to them.

use crate::accounts::Actor;
use crate::cases::types::{Signal, WatchItem};
use crate::cases::words::{opt_word, word};
use crate::ids::{OrganisationId, ReleaseId, SignalId, WatchItemId};
use crate::statements;
use crate::store::{Row, ToVal, Tx, Val};
use crate::trouble::{Refusal, Trouble};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What a page or a list takes at most.
pub const ROWS_MAX: i64 = 500;

statements! {
    GET: "select id, kind, coalesce((select v.merged_into from vulnerabilities v \
          where v.id = watch_items.vulnerability_id), vulnerability_id), vulnerability, title, state, generation, revision, \
          first_signal_at, opened_at, assessment_started_at, assessor_name, watch_until, outcome, \
          case_id from watch_items where organisation_id = $1 and id = $2";
    FIND: "select id, kind, coalesce((select v.merged_into from vulnerabilities v \
          where v.id = watch_items.vulnerability_id), vulnerability_id), vulnerability, title, state, generation, revision, \
           first_signal_at, opened_at, assessment_started_at, assessor_name, watch_until, outcome, \
           case_id from watch_items where organisation_id = $1 and subject_key = $2";
    LIST: "select id, kind, coalesce((select v.merged_into from vulnerabilities v \
          where v.id = watch_items.vulnerability_id), vulnerability_id), vulnerability, title, state, generation, revision, \
           first_signal_at, opened_at, assessment_started_at, assessor_name, watch_until, outcome, \
           case_id from watch_items where organisation_id = $1 and \
           (cast($2 as text) is null or (state = 'decided') = ($2 = 'decided')) \
           order by case state when 'waiting' then 0 when 'assessing' then 1 \
           when 'watching' then 2 else 3 end, first_signal_at, id limit $3 offset $4";
    COUNT: "select state, count(*) from watch_items where organisation_id = $1 \
            group by state order by state";
    INSERT: "insert into watch_items (organisation_id, id, subject_key, kind, vulnerability_id, \
             vulnerability, title, state, generation, revision, first_signal_at, opened_at) \
             values ($1, $2, $3, $4, $5, $6, $7, 'waiting', 1, 0, $8, $9) \
             on conflict do nothing";
    ADOPT: "update watch_items set subject_key = $3, vulnerability_id = $4, vulnerability = $5, \
            title = $6 where organisation_id = $1 and id = $2";
    WAIT_ANEW: "update watch_items set state = 'waiting', generation = generation + 1, \
                first_signal_at = $3, opened_at = $4, assessment_started_at = null, \
                assessor = null, assessor_name = null, watch_until = null \
                where organisation_id = $1 and id = $2 and state in ('decided', 'watching') \
                and generation = $5";
    START: "update watch_items set state = 'assessing', assessment_started_at = $3, \
            assessor = $4, assessor_name = $5 \
            where organisation_id = $1 and id = $2 and state = 'waiting'";
    OPEN_ANEW: "update watch_items set state = 'assessing', generation = generation + 1, \
                opened_at = $4, assessment_started_at = $4, assessor = $5, assessor_name = $6, \
                watch_until = null where organisation_id = $1 and id = $2 \
                and state = 'decided' and revision = $3";
    DECIDE: "update watch_items set state = $4, outcome = $5, watch_until = $6, \
             revision = revision + 1, assessment_started_at = coalesce(assessment_started_at, $7), \
             assessor = coalesce(assessor, $8), assessor_name = coalesce(assessor_name, $9) \
             where organisation_id = $1 and id = $2 and revision = $3 \
             and state in ('waiting', 'assessing', 'watching')";
    SET_CASE: "update watch_items set case_id = $3 where organisation_id = $1 and id = $2";
    EARLIER_SIGNAL: "update watch_items set first_signal_at = $3 \
                     where organisation_id = $1 and id = $2 and first_signal_at > $3";
    INSERT_SIGNAL: "insert into signals (organisation_id, id, watch_item_id, generation, source, \
                    reference, title, text, in_our_product, said_on, received_at, received_by, \
                    received_by_name) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, \
                    $13) on conflict do nothing";
    SIGNAL_OF_REFERENCE: "select id, watch_item_id from signals where organisation_id = $1 \
                          and source = $2 and reference = $3";
    SIGNALS: "select id, generation, source, reference, title, text, in_our_product, said_on, \
              received_at, received_by_name from signals where organisation_id = $1 \
              and watch_item_id = $2 order by received_at, id limit $3";
    ADD_RELEASE: "insert into watch_releases (organisation_id, watch_item_id, release_id, \
                  generation, added_at) values ($1, $2, $3, $4, $5) on conflict do nothing";
    RELEASES: "select release_id from watch_releases where organisation_id = $1 \
               and watch_item_id = $2 order by release_id limit 5000";
}

pub fn get(tx: &mut Tx, org: OrganisationId, id: WatchItemId) -> Result<WatchItem, Trouble> {
    match tx.query_opt(GET, &[&org, &id])? {
        Some(row) => item(&row),
        None => Err(Refusal::not_found().into()),
    }
}

pub fn find(tx: &mut Tx, org: OrganisationId, key: &str) -> Result<Option<WatchItem>, Trouble> {
    tx.query_opt(FIND, &[&org, &key])?
        .map(|row| item(&row))
        .transpose()
}

/// Undecided (`Some(false)`), decided (`Some(true)`) or all items, those that wait first.
pub fn list(
    tx: &mut Tx,
    org: OrganisationId,
    decided: Option<bool>,
    limit: i64,
    offset: i64,
) -> Result<Vec<WatchItem>, Trouble> {
    let filter = decided.map(|yes| if yes { "decided" } else { "open" });
    tx.query(LIST, &[&org, &filter, &limit, &offset])?
        .iter()
        .map(item)
        .collect()
}

/// How many items stand in each state.
pub fn counts(tx: &mut Tx, org: OrganisationId) -> Result<BTreeMap<String, i64>, Trouble> {
    let rows = tx.query(COUNT, &[&org])?;
    Ok(rows.iter().map(|row| (row.text(0), row.int(1))).collect())
}

/// A new item's facts.
pub struct NewItem<'a> {
    pub key: &'a str,
    pub kind: &'static str,
    pub vulnerability_id: Option<i64>,
    pub vulnerability: Option<&'a str>,
    pub title: &'a str,
    pub first_signal_at: Timestamp,
}

/// Makes the item unless its subject has one; whether it was made.
pub fn insert(tx: &mut Tx, org: OrganisationId, new: &NewItem<'_>) -> Result<bool, Trouble> {
    let id: WatchItemId = tx.new_id();
    let now = tx.now();
    let made = tx.execute(
        INSERT,
        &[
            &org,
            &id,
            &new.key,
            &new.kind,
            &new.vulnerability_id,
            &new.vulnerability,
            &new.title,
            &new.first_signal_at,
            &now,
        ],
    )?;
    Ok(made == 1)
}

/// An item named before any feed knew the flaw gets the flaw's number.
pub fn adopt(
    tx: &mut Tx,
    org: OrganisationId,
    id: WatchItemId,
    vulnerability_id: i64,
    name: &str,
    title: &str,
) -> Result<(), Trouble> {
    let key = format!("vuln:{vulnerability_id}");
    tx.execute(ADOPT, &[&org, &id, &key, &vulnerability_id, &name, &title])?;
    Ok(())
}

/// Whether the item waits anew now; false when another did it already.
pub fn wait_anew(
    tx: &mut Tx,
    org: OrganisationId,
    item: &WatchItem,
    signal_at: Timestamp,
) -> Result<bool, Trouble> {
    let now = tx.now();
    let changed = tx.execute(
        WAIT_ANEW,
        &[&org, &item.id, &signal_at, &now, &item.generation],
    )?;
    Ok(changed == 1)
}

/// Whether this call started the assessment.
pub fn start(
    tx: &mut Tx,
    org: OrganisationId,
    id: WatchItemId,
    actor: &Actor,
) -> Result<bool, Trouble> {
    let now = tx.now();
    let changed = tx.execute(START, &[&org, &id, &now, &actor.key(), &actor.name()])?;
    Ok(changed == 1)
}

/// Whether this call took a decided item up again.
pub fn open_anew(
    tx: &mut Tx,
    org: OrganisationId,
    item: &WatchItem,
    actor: &Actor,
) -> Result<bool, Trouble> {
    let now = tx.now();
    let changed = tx.execute(
        OPEN_ANEW,
        &[
            &org,
            &item.id,
            &item.revision,
            &now,
            &actor.key(),
            &actor.name(),
        ],
    )?;
    Ok(changed == 1)
}

/// Moves the item to its decided state; false when its revision is not the one expected.
pub fn set_decided(
    tx: &mut Tx,
    org: OrganisationId,
    item: &WatchItem,
    state: &'static str,
    outcome: &'static str,
    until: Option<Timestamp>,
    actor: &Actor,
) -> Result<bool, Trouble> {
    let now = tx.now();
    let changed = tx.execute(
        DECIDE,
        &[
            &org,
            &item.id,
            &item.revision,
            &state,
            &outcome,
            &until,
            &now,
            &actor.key(),
            &actor.name(),
        ],
    )?;
    Ok(changed == 1)
}

pub fn set_case(
    tx: &mut Tx,
    org: OrganisationId,
    id: WatchItemId,
    case: crate::ids::CaseId,
) -> Result<(), Trouble> {
    tx.execute(SET_CASE, &[&org, &id, &case])?;
    Ok(())
}

/// A signal's facts.
pub struct SignalRow<'a> {
    pub watch_item: WatchItemId,
    pub generation: i64,
    pub source: &'a str,
    pub reference: &'a str,
    pub title: &'a str,
    pub text: &'a str,
    pub in_our_product: &'static str,
    pub said_on: Option<&'a str>,
    pub received_at: Timestamp,
}

/// Appends a signal that [`signal_of`] did not find.
pub fn insert_signal(
    tx: &mut Tx,
    org: OrganisationId,
    id: SignalId,
    signal: &SignalRow<'_>,
    actor: &Actor,
) -> Result<(), Trouble> {
    let made = tx.execute(
        INSERT_SIGNAL,
        &[
            &org,
            &id,
            &signal.watch_item,
            &signal.generation,
            &signal.source,
            &signal.reference,
            &signal.title,
            &signal.text,
            &signal.in_our_product,
            &signal.said_on,
            &signal.received_at,
            &actor.key(),
            &actor.name(),
        ],
    )?;
    if made == 0 {
        // Whoever calls has looked for it: another recorded it just now, and is seen the next time.
        return Err(tx
            .overtaken("the signal was recorded by another".into())
            .into());
    }
    tx.execute(
        EARLIER_SIGNAL,
        &[&org, &signal.watch_item, &signal.received_at],
    )?;
    Ok(())
}

/// The signal a source sent under a reference before, and its watch item.
pub fn signal_of(
    tx: &mut Tx,
    org: OrganisationId,
    source: &str,
    reference: &str,
) -> Result<Option<(SignalId, WatchItemId)>, Trouble> {
    let row = tx.query_opt(SIGNAL_OF_REFERENCE, &[&org, &source, &reference])?;
    Ok(row.map(|row| (row.id(0), row.id(1))))
}

pub fn signals(tx: &mut Tx, org: OrganisationId, id: WatchItemId) -> Result<Vec<Signal>, Trouble> {
    let rows = tx.query(SIGNALS, &[&org, &id, &ROWS_MAX])?;
    rows.iter()
        .map(|row| {
            Ok(Signal {
                id: row.id(0),
                generation: row.int(1),
                source: row.text(2),
                reference: row.text(3),
                title: row.text(4),
                text: row.text(5),
                in_our_product: word(row, 6)?,
                said_on: row.opt_text(7),
                received_at: row.instant(8),
                received_by: row.text(9),
            })
        })
        .collect()
}

/// Notes which releases contain it; how many of them were not known before.
pub fn add_releases(
    tx: &mut Tx,
    org: OrganisationId,
    item: &WatchItem,
    releases: &[ReleaseId],
) -> Result<Vec<ReleaseId>, Trouble> {
    let known: Vec<ReleaseId> = tx
        .query(RELEASES, &[&org, &item.id])?
        .iter()
        .map(|row| row.id(0))
        .collect();
    let now = tx.now();
    let mut new: Vec<ReleaseId> = releases.to_vec();
    new.sort();
    new.dedup();
    new.retain(|release| !known.contains(release));
    let rows: Vec<Vec<Val>> = new
        .iter()
        .map(|release| {
            vec![
                org.to_val(),
                item.id.to_val(),
                release.to_val(),
                item.generation.to_val(),
                now.to_val(),
            ]
        })
        .collect();
    tx.insert_rows(ADD_RELEASE, &rows)?;
    Ok(new)
}

fn item(row: &Row) -> Result<WatchItem, Trouble> {
    Ok(WatchItem {
        id: row.id(0),
        kind: word(row, 1)?,
        vulnerability_id: row.opt_int(2),
        vulnerability: row.opt_text(3),
        title: row.text(4),
        state: word(row, 5)?,
        generation: row.int(6),
        revision: row.int(7),
        first_signal_at: row.instant(8),
        opened_at: row.instant(9),
        assessment_started_at: row.opt_instant(10),
        assessor_name: row.opt_text(11),
        watch_until: row.opt_instant(12),
        outcome: opt_word(row, 13)?,
        case: row.opt_id(14),
    })
}
