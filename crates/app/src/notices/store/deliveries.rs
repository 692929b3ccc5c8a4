//! The rows of deliveries.

use super::{NoticeRow, find_channel, notice};
use crate::ids::{ChannelId, DeliveryId, OrganisationId};
use crate::notices::channels::Channel;
use crate::notices::rules::Recipient;
use crate::notices::steps::Unreached;
use crate::statements;
use crate::store::{Error, ToVal, Tx, Val};
use crate::web::words::Lang;
use jiff::Timestamp;
use std::collections::BTreeSet;

statements! {
    INSERT: "insert into deliveries (organisation_id, id, notice_id, step, recipient, address, \
             lang, role, state, attempts, next_attempt_at, created_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
             on conflict (organisation_id, notice_id, step, recipient) do nothing returning id";
    QUEUED_UNTIL: "select next_attempt_at, leased_until from deliveries \
                   where organisation_id = $1 and id = $2 and state = 'queued'";
    DUE: "select organisation_id, id from deliveries where state = 'queued' \
          and next_attempt_at <= $1 and (leased_until is null or leased_until <= $1) \
          order by next_attempt_at, id limit $2";
    LEASE: "update deliveries set leased_until = $3, attempts = attempts + 1 \
            where organisation_id = $1 and id = $2";
    PARCEL: "select n.id, n.kind, n.subject, n.path, n.args, n.escalates, n.exercise, \
             n.raised_at, n.step, n.acknowledged_at, d.step, d.recipient, d.address, d.lang, \
             d.role, d.attempts, d.created_at, d.answer from deliveries d join notices n \
             on n.organisation_id = d.organisation_id and n.id = d.notice_id \
             where d.organisation_id = $1 and d.id = $2";
    /// Whether something of a step was accepted, or has not been answered yet.
    MAY_BE_REACHED: "select 1 from deliveries where organisation_id = $1 and notice_id = $2 \
                     and step = $3 and (sent_at is not null \
                     or (state = 'queued' and answer is null)) limit 1";
    WAITING: "select distinct recipient from deliveries where organisation_id = $1 \
              and notice_id = $2 and state = 'queued' and answer is not null order by recipient limit 10000";
    WAS_ACCEPTED: "select 1 from deliveries where organisation_id = $1 and notice_id = $2 \
                   and sent_at is not null limit 1";
    UNREACHED: "select count(*), min(n.raised_at) from notices n \
                where (cast($1 as text) is null or n.organisation_id = $1) \
                and n.escalates = true and n.acknowledged_at is null \
                and not exists (select 1 from deliveries d \
                where d.organisation_id = n.organisation_id and d.notice_id = n.id \
                and d.sent_at is not null) \
                and ((n.step is null and n.raised_at <= $2) or exists (select 1 from deliveries d \
                where d.organisation_id = n.organisation_id and d.notice_id = n.id \
                and d.answer is not null))";
    SET_SENT: "update deliveries set state = 'sent', sent_at = $3, answer = $4, \
               leased_until = null where organisation_id = $1 and id = $2";
    SET_FAILED: "update deliveries set answer = $3, leased_until = null, \
                 state = case when state = 'queued' then 'failed' else state end \
                 where organisation_id = $1 and id = $2";
    SET_AGAIN: "update deliveries set answer = $3, leased_until = null, next_attempt_at = $4 \
                where organisation_id = $1 and id = $2";
    REPLAY: "update deliveries set state = 'queued', attempts = 0, next_attempt_at = $3, \
             leased_until = null where organisation_id = $1 and id = $2 \
             and state in ('sent', 'failed')";
    LOG: "select n.id, n.kind, n.subject, n.path, n.args, n.escalates, n.exercise, \
          n.raised_at, n.step, n.acknowledged_at, d.id, d.step, d.recipient, d.address, \
          d.state, d.attempts, d.answer, d.created_at, d.sent_at, d.next_attempt_at \
          from deliveries d join notices n \
          on n.organisation_id = d.organisation_id and n.id = d.notice_id \
          where d.organisation_id = $1 order by d.created_at desc, d.id desc \
          limit $2 offset $3";
    LOG_COUNTS: "select state, count(*) from deliveries where organisation_id = $1 \
                 group by state order by state";
}

/// One delivery with everything that is needed to send it.
#[derive(Debug, Clone)]
pub struct Parcel {
    pub id: DeliveryId,
    pub step: i64,
    pub recipient: String,
    pub address: String,
    pub lang: Lang,
    pub role: String,
    /// This attempt included.
    pub attempts: i64,
    pub created_at: Timestamp,
    /// What the last attempt before this one was answered.
    pub answer: Option<String>,
    pub notice: NoticeRow,
    pub organisation_name: String,
    /// For a channel: where it goes, and the key it signs with.
    pub channel: Option<(Channel, Vec<u8>)>,
}

/// One line of the delivery log.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub id: DeliveryId,
    pub notice: NoticeRow,
    pub step: i64,
    pub to_channel: bool,
    pub address: String,
    /// `queued`, `sent`, `failed`, `acknowledged`.
    pub state: String,
    pub attempts: i64,
    pub answer: Option<String>,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    pub next_attempt_at: Timestamp,
}

/// Writes a queued delivery for each recipient of a rung who has none yet; which were written.
pub fn insert_deliveries(
    tx: &mut Tx,
    notice: &NoticeRow,
    step: u32,
    recipients: &[Recipient],
) -> Result<Vec<DeliveryId>, Error> {
    let now = tx.now();
    let mut rows: Vec<Vec<Val>> = Vec::with_capacity(recipients.len());
    for recipient in recipients {
        let id: DeliveryId = tx.new_id();
        rows.push(vec![
            notice.organisation.to_val(),
            id.to_val(),
            notice.id.to_val(),
            step.to_val(),
            recipient.key.to_val(),
            recipient.address.to_val(),
            recipient.lang.tag().to_val(),
            recipient
                .role
                .map_or("", crate::accounts::Role::name)
                .to_val(),
            "queued".to_val(),
            0i64.to_val(),
            now.to_val(),
            now.to_val(),
        ]);
    }
    let written = tx.insert_rows(INSERT, &rows)?;
    Ok(written.iter().map(|row| row.id(0)).collect())
}

/// Until when a queued delivery waits; none when it is not queued (any more).
pub fn queued_until(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: DeliveryId,
) -> Result<Option<Timestamp>, Error> {
    let row = tx.query_opt(QUEUED_UNTIL, &[&organisation, &id])?;
    Ok(row.map(|row| {
        let leased_until = row.opt_instant(1).unwrap_or(Timestamp::MIN);
        row.instant(0).max(leased_until)
    }))
}

/// Takes due deliveries of all organisations for this process until `leased_until`.
pub fn claim_due(
    tx: &mut Tx,
    leased_until: Timestamp,
    most: usize,
) -> Result<Vec<(OrganisationId, DeliveryId)>, Error> {
    let now = tx.now();
    let sql = format!("{DUE}{}", tx.dialect().claim());
    let rows = tx.query(&sql, &[&now, &most])?;
    let due: Vec<(OrganisationId, DeliveryId)> =
        rows.iter().map(|row| (row.id(0), row.id(1))).collect();
    for (organisation, id) in &due {
        tx.execute(LEASE, &[organisation, id, &leased_until])?;
    }
    Ok(due)
}

/// A delivery with its notice and its channel; the organisation's name is the caller's to add.
pub fn find_parcel(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: DeliveryId,
) -> Result<Option<Parcel>, Error> {
    let Some(row) = tx.query_opt(PARCEL, &[&organisation, &id])? else {
        return Ok(None);
    };
    let recipient = row.text(11);
    let channel = match recipient.parse::<ChannelId>() {
        Ok(channel) => find_channel(tx, organisation, channel)?,
        Err(_) => None,
    };
    Ok(Some(Parcel {
        id,
        notice: notice(organisation, &row, 0),
        step: row.int(10),
        recipient,
        address: row.text(12),
        lang: Lang::find(&row.text(13)).unwrap_or_default(),
        role: row.text(14),
        attempts: row.int(15),
        created_at: row.instant(16),
        answer: row.opt_text(17),
        organisation_name: String::new(),
        channel,
    }))
}

/// Whether something of a step was accepted, or is still without an answer.
pub fn may_be_reached(tx: &mut Tx, notice: &NoticeRow, step: i64) -> Result<bool, Error> {
    let found = tx.query_opt(MAY_BE_REACHED, &[&notice.organisation, &notice.id, &step])?;
    Ok(found.is_some())
}

/// Who has a delivery of a notice that failed and is still being tried.
pub fn waiting(tx: &mut Tx, notice: &NoticeRow) -> Result<BTreeSet<String>, Error> {
    let rows = tx.query(WAITING, &[&notice.organisation, &notice.id])?;
    Ok(rows.iter().map(|row| row.text(0)).collect())
}

/// Whether anything about a notice was ever accepted.
pub fn was_accepted(tx: &mut Tx, notice: &NoticeRow) -> Result<bool, Error> {
    let found = tx.query_opt(WAS_ACCEPTED, &[&notice.organisation, &notice.id])?;
    Ok(found.is_some())
}

/// Open notices of which nothing was accepted although something was tried, or of which no step
/// was begun by `begun_by`; of one organisation, or of all.
pub fn unreached(
    tx: &mut Tx,
    organisation: Option<OrganisationId>,
    begun_by: Timestamp,
) -> Result<Option<Unreached>, Error> {
    let row = tx.query_one(UNREACHED, &[&organisation, &begun_by])?;
    Ok(row.opt_instant(1).map(|since| Unreached {
        notices: row.int(0),
        since,
    }))
}

pub fn set_sent(tx: &mut Tx, parcel: &Parcel, answer: &str) -> Result<(), Error> {
    let (organisation, now) = (parcel.notice.organisation, tx.now());
    tx.execute(SET_SENT, &[&organisation, &parcel.id, &now, &answer])
        .map(|_| ())
}

pub fn set_failed(tx: &mut Tx, parcel: &Parcel, answer: &str) -> Result<(), Error> {
    let organisation = parcel.notice.organisation;
    tx.execute(SET_FAILED, &[&organisation, &parcel.id, &answer])
        .map(|_| ())
}

pub fn set_again(
    tx: &mut Tx,
    parcel: &Parcel,
    answer: &str,
    next_attempt_at: Timestamp,
) -> Result<(), Error> {
    let organisation = parcel.notice.organisation;
    tx.execute(
        SET_AGAIN,
        &[&organisation, &parcel.id, &answer, &next_attempt_at],
    )
    .map(|_| ())
}

/// Queues a delivery that was sent or given up once more; whether there was one.
pub fn replay(tx: &mut Tx, organisation: OrganisationId, id: DeliveryId) -> Result<bool, Error> {
    let now = tx.now();
    Ok(tx.execute(REPLAY, &[&organisation, &id, &now])? == 1)
}

/// Deliveries, newest first.
pub fn list_deliveries(
    tx: &mut Tx,
    organisation: OrganisationId,
    limit: usize,
    offset: usize,
) -> Result<Vec<Delivery>, Error> {
    let rows = tx.query(LOG, &[&organisation, &limit, &offset])?;
    Ok(rows
        .iter()
        .map(|row| Delivery {
            notice: notice(organisation, row, 0),
            id: row.id(10),
            step: row.int(11),
            to_channel: row.text(12).starts_with("chan_"),
            address: row.text(13),
            state: row.text(14),
            attempts: row.int(15),
            answer: row.opt_text(16),
            created_at: row.instant(17),
            sent_at: row.opt_instant(18),
            next_attempt_at: row.instant(19),
        })
        .collect())
}

/// Deliveries by state.
pub fn count_deliveries(
    tx: &mut Tx,
    organisation: OrganisationId,
) -> Result<Vec<(String, i64)>, Error> {
    let rows = tx.query(LOG_COUNTS, &[&organisation])?;
    Ok(rows.iter().map(|row| (row.text(0), row.int(1))).collect())
}
