//! What was sent to whom: the delivery log, tests that an admin asks for, and replay.

use super::channels;
use super::rules::{self, Recipient};
use super::store::{self, Delivery};
use super::{Notice, NoticeId};
use crate::accounts::{self, Caller, Permission};
use crate::ids::{ChannelId, DeliveryId};
use crate::jobs::Job;
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use serde_json::json;

/// Deliveries on one page of the log.
pub const PAGE_ROWS: usize = 50;

/// One page of the log.
#[derive(Debug, Clone)]
pub struct DeliveryPage {
    pub deliveries: Vec<Delivery>,
    /// By state, all pages together.
    pub counts: Vec<(String, i64)>,
    pub total: i64,
    /// Counted from 1.
    pub number: usize,
}

/// A page of the log, newest first.
pub fn list_deliveries(
    tx: &mut Tx,
    caller: &Caller,
    number: usize,
) -> Result<DeliveryPage, Trouble> {
    caller.require(Permission::NoticesManage)?;
    let number = number.max(1);
    let offset = (number - 1).saturating_mul(PAGE_ROWS);
    let counts = store::count_deliveries(tx, caller.organisation)?;
    Ok(DeliveryPage {
        deliveries: store::list_deliveries(tx, caller.organisation, PAGE_ROWS, offset)?,
        total: counts.iter().map(|(_, count)| count).sum(),
        counts,
        number,
    })
}

/// Sends a test mail to the person who asks, on the same way as everything else.
pub fn send_test_mail(tx: &mut Tx, caller: &Caller) -> Result<DeliveryId, Trouble> {
    caller.require(Permission::NoticesManage)?;
    let members = accounts::list_members(tx, caller.organisation)?;
    let member = members
        .iter()
        .find(|member| Some(member.user) == caller.user())
        .ok_or(Refusal::conflict("test-mail-needs-a-person"))?;
    let recipient = Recipient {
        key: member.user.to_string(),
        address: member.email.clone(),
        lang: member.lang,
        role: Some(member.role),
    };
    send_test(tx, caller, &recipient)
}

/// Sends a test to a channel.
pub fn send_test_to_channel(
    tx: &mut Tx,
    caller: &Caller,
    id: ChannelId,
) -> Result<DeliveryId, Trouble> {
    caller.require(Permission::NoticesManage)?;
    let channels = channels::list_channels(tx, caller.organisation)?;
    let channel = channels
        .iter()
        .find(|channel| channel.id == id)
        .ok_or(Refusal::not_found())?;
    send_test(tx, caller, &Recipient::channel(channel))
}

/// Sends a delivery once more, under its old id, so that a receiver can tell it is the same.
pub fn replay(tx: &mut Tx, caller: &Caller, id: DeliveryId) -> Result<(), Trouble> {
    caller.require(Permission::NoticesManage)?;
    if !store::replay(tx, caller.organisation, id)? {
        return Err(Refusal::not_found().into());
    }
    let job = Job::Deliver {
        organisation: caller.organisation,
        delivery: id,
    };
    crate::jobs::enqueue(tx, &job)?;
    let entry = Entry::new("delivery-replayed", id, json!({}));
    journal::record(tx, caller.organisation, &caller.actor, entry)
}

fn send_test(tx: &mut Tx, caller: &Caller, to: &Recipient) -> Result<DeliveryId, Trouble> {
    let organisation = caller.organisation;
    let key: NoticeId = tx.new_id();
    let notice = Notice {
        kind: rules::TEST,
        subject: to.key.clone(),
        path: channels::SETTINGS_PATH.to_owned(),
        args: Vec::new(),
        idempotency_key: format!("test:{key}"),
        escalates: false,
        exercise: false,
    };
    let id = store::insert(tx, organisation, &notice)?;
    let row = store::find(tx, organisation, id)?.ok_or(Refusal::not_found())?;
    let deliveries = store::insert_deliveries(tx, &row, 0, std::slice::from_ref(to))?;
    let delivery = deliveries.first().copied().ok_or(Refusal::not_found())?;
    let job = Job::Deliver {
        organisation,
        delivery,
    };
    crate::jobs::enqueue(tx, &job)?;
    let entry = Entry::new("notice-test-sent", id, json!({ "to": to.key }));
    journal::record(tx, organisation, &caller.actor, entry)?;
    Ok(delivery)
}
