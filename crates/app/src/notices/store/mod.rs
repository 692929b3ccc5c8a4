//! The rows of notices, channels and ladders; deliveries have a file of their own.

mod deliveries;

pub use deliveries::{
    Delivery, Parcel, STATEMENTS as DELIVERY_STATEMENTS, claim_due, count_deliveries, find_parcel,
    insert_deliveries, list_deliveries, may_be_reached, queued_until, replay, set_again,
    set_failed, set_sent, unreached, waiting, was_accepted,
};

use super::Notice;
use super::channels::{Channel, ChannelKind, ChannelState};
use crate::ids::{ChannelId, NoticeId, OrganisationId};
use crate::statements;
use crate::store::{Error, Row, Tx};
use jiff::Timestamp;

statements! {
    INSERT: "insert into notices (organisation_id, id, kind, subject, path, args, \
             idempotency_key, escalates, exercise, raised_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    FIND_BY_KEY: "select id from notices where organisation_id = $1 and idempotency_key = $2";
    FIND: "select id, kind, subject, path, args, escalates, exercise, raised_at, step, \
           acknowledged_at from notices where organisation_id = $1 and id = $2";
    ACKNOWLEDGE: "update notices set acknowledged_at = $3, acknowledged_by = $4 \
                  where organisation_id = $1 and subject = $2 and escalates = true \
                  and acknowledged_at is null returning id";
    SET_STEP: "update notices set step = $3 where organisation_id = $1 and id = $2";
    FIND_LADDER: "select ladder from notice_ladders where organisation_id = $1";
    SET_LADDER: "insert into notice_ladders (organisation_id, ladder, changed_at) \
                 values ($1, $2, $3) on conflict (organisation_id) do update set \
                 ladder = excluded.ladder, changed_at = excluded.changed_at";
    INSERT_CHANNEL: "insert into channels (organisation_id, id, kind, name, url, secret, \
                     state, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    LIST_CHANNELS: "select id, name, url, state, created_at from channels \
                    where organisation_id = $1 order by created_at, id limit 100";
    FIND_CHANNEL: "select id, name, url, state, created_at, secret from channels \
                   where organisation_id = $1 and id = $2";
    SET_CHANNEL_STATE: "update channels set state = $3 \
                        where organisation_id = $1 and id = $2";
    DELETE_CHANNEL: "delete from channels where organisation_id = $1 and id = $2 \
                     returning name";
    DROP_QUEUED: "update deliveries set state = 'acknowledged' where organisation_id = $1 \
                  and notice_id = $2 and state = 'queued'";
}

/// A notice as it stands in the database.
#[derive(Debug, Clone)]
pub struct NoticeRow {
    pub organisation: OrganisationId,
    pub id: NoticeId,
    pub kind: String,
    pub subject: String,
    pub path: String,
    pub args: Vec<(String, String)>,
    pub escalates: bool,
    pub exercise: bool,
    pub raised_at: Timestamp,
    pub step: Option<i64>,
    pub acknowledged_at: Option<Timestamp>,
}

pub fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    notice: &Notice,
) -> Result<NoticeId, Error> {
    let args: serde_json::Map<String, serde_json::Value> = notice
        .args
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone().into()))
        .collect();
    let args = serde_json::Value::from(args).to_string();
    let (id, now): (NoticeId, _) = (tx.new_id(), tx.now());
    tx.execute(
        INSERT,
        &[
            &organisation,
            &id,
            &notice.kind,
            &notice.subject,
            &notice.path,
            &args,
            &notice.idempotency_key,
            &notice.escalates,
            &notice.exercise,
            &now,
        ],
    )?;
    Ok(id)
}

pub fn find_by_key(
    tx: &mut Tx,
    organisation: OrganisationId,
    key: &str,
) -> Result<Option<NoticeId>, Error> {
    Ok(tx
        .query_opt(FIND_BY_KEY, &[&organisation, &key])?
        .and_then(|row| row.opt_id(0)))
}

pub fn find(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: NoticeId,
) -> Result<Option<NoticeRow>, Error> {
    let row = tx.query_opt(FIND, &[&organisation, &id])?;
    Ok(row.map(|row| notice(organisation, &row, 0)))
}

/// A notice from ten columns of a row, in the order of [`FIND`].
pub fn notice(organisation: OrganisationId, row: &Row, at: usize) -> NoticeRow {
    let args: std::collections::BTreeMap<String, String> =
        serde_json::from_str(&row.text(at + 4)).unwrap_or_default();
    NoticeRow {
        organisation,
        id: row.id(at),
        kind: row.text(at + 1),
        subject: row.text(at + 2),
        path: row.text(at + 3),
        args: args.into_iter().collect(),
        escalates: row.bool(at + 5),
        exercise: row.bool(at + 6),
        raised_at: row.instant(at + 7),
        step: row.opt_int(at + 8),
        acknowledged_at: row.opt_instant(at + 9),
    }
}

/// Marks what is open about a subject as acknowledged; which notices that were.
pub fn acknowledge(
    tx: &mut Tx,
    organisation: OrganisationId,
    subject: &str,
    by: &str,
) -> Result<Vec<NoticeId>, Error> {
    let now = tx.now();
    let rows = tx.query(ACKNOWLEDGE, &[&organisation, &subject, &now, &by])?;
    let mut ids: Vec<NoticeId> = rows.iter().map(|row| row.id(0)).collect();
    ids.sort();
    Ok(ids)
}

pub fn drop_queued(
    tx: &mut Tx,
    organisation: OrganisationId,
    notice: NoticeId,
) -> Result<u64, Error> {
    tx.execute(DROP_QUEUED, &[&organisation, &notice])
}

pub fn set_step(
    tx: &mut Tx,
    organisation: OrganisationId,
    notice: NoticeId,
    step: u32,
) -> Result<(), Error> {
    tx.execute(SET_STEP, &[&organisation, &notice, &step])
        .map(|_| ())
}

pub fn find_ladder(tx: &mut Tx, organisation: OrganisationId) -> Result<Option<String>, Error> {
    Ok(tx
        .query_opt(FIND_LADDER, &[&organisation])?
        .map(|row| row.text(0)))
}

pub fn set_ladder(tx: &mut Tx, organisation: OrganisationId, ladder: &str) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(SET_LADDER, &[&organisation, &ladder, &now])
        .map(|_| ())
}

pub fn insert_channel(
    tx: &mut Tx,
    organisation: OrganisationId,
    channel: &Channel,
    secret: &[u8],
) -> Result<(), Error> {
    tx.execute(
        INSERT_CHANNEL,
        &[
            &organisation,
            &channel.id,
            &channel.kind.name(),
            &channel.name,
            &channel.url,
            &secret,
            &channel.state.name(),
            &channel.created_at,
        ],
    )
    .map(|_| ())
}

pub fn list_channels(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<Channel>, Error> {
    let rows = tx.query(LIST_CHANNELS, &[&organisation])?;
    Ok(rows.iter().map(channel).collect())
}

/// A channel and the key it signs with.
pub fn find_channel(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ChannelId,
) -> Result<Option<(Channel, Vec<u8>)>, Error> {
    let row = tx.query_opt(FIND_CHANNEL, &[&organisation, &id])?;
    Ok(row.map(|row| (channel(&row), row.blob(5))))
}

fn channel(row: &Row) -> Channel {
    Channel {
        id: row.id(0),
        kind: ChannelKind::Webhook,
        name: row.text(1),
        url: row.text(2),
        state: ChannelState::find(&row.text(3)),
        created_at: row.instant(4),
    }
}

/// Whether there is such a channel.
pub fn set_channel_state(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ChannelId,
    state: ChannelState,
) -> Result<bool, Error> {
    let changed = tx.execute(SET_CHANNEL_STATE, &[&organisation, &id, &state.name()])?;
    Ok(changed == 1)
}

/// The name of the channel that is gone now.
pub fn delete_channel(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ChannelId,
) -> Result<Option<String>, Error> {
    Ok(tx
        .query_opt(DELETE_CHANNEL, &[&organisation, &id])?
        .map(|row| row.text(0)))
}
