//! Who is told what: notices, the people and channels they go to, deliveries with proof, and
//! escalation when nobody acknowledges. Serves Art. 14: an exploited vulnerability must reach a
//! person at once, and a deadline must not pass unseen.
//!
//! A notice is written in the transaction of what it is about, together with the job that tells
//! the first rung of the ladder and the alarm for the second. Going up is driven by the absence
//! of a person's acknowledgement, never by "a mail was sent". A rung that reaches nobody, because
//! nobody stands on it or because nothing sent to it was accepted, is passed at once. Sending is at least once: a delivery keeps its id over all attempts, and that
//! id is the mail's `Message-ID` and the webhook's `webhook-id`, so that a receiver can tell a
//! repetition from something new.
//!
//! A webhook's secret is 32 random bytes of its own, kept in its row because signing needs it,
//! shown once when the channel is made and never again. It proves to the receiver that we sent;
//! it opens nothing here.

mod channels;
mod jobs;
mod log;
mod pages;
mod rules;
mod steps;
mod store;
pub mod webhook;
mod words;

pub use channels::{
    Channel, ChannelKind, ChannelState, MadeChannel, create_webhook, list_channels, remove_channel,
    set_channel_state,
};
pub use jobs::handle;
pub use log::{DeliveryPage, list_deliveries, replay, send_test_mail, send_test_to_channel};
pub use rules::{Ladder, Rung};
pub use steps::{Unreached, unreached, unreached_anywhere};
pub use store::{DELIVERY_STATEMENTS, Delivery, NoticeRow, STATEMENTS};

use crate::accounts::{Actor, Caller};
use crate::caller::Permission;
use crate::clock;
use crate::ids::{NoticeId, OrganisationId};
use crate::jobs::Job;
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::Trouble;
use crate::web::words::Lang;
use serde_json::json;

/// Something people must be told. The words are made per reader from the message files:
/// `notice-<kind>-subject` and `notice-<kind>-text` with `args`.
///
/// An argument that is an RFC 3339 instant is shown as a date and time of the reader's language,
/// `left` and `late` are whole seconds and shown as a length of time, `stage` is the stable name
/// of a stage (`early-warning`, `notification`, `final-report`). Everything else is shown as it
/// is. The kinds and their arguments are listed in `rules.rs`.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Stable kebab-case kind, also the webhook's type with dots: `watch-item-opened`.
    pub kind: &'static str,
    /// The thing it is about (`watch_…`, `case_…`).
    pub subject: String,
    /// A path on our own host, to which the base URL is put in front.
    pub path: String,
    pub args: Vec<(&'static str, String)>,
    /// The same notice is sent once however often it is raised.
    pub idempotency_key: String,
    /// Goes up the ladder until a person acknowledges it.
    pub escalates: bool,
    /// Said with every mail and webhook of a drill or a demo.
    pub exercise: bool,
}

const PROGRAM: Actor = Actor::Program("notices");

/// Raises a notice in the caller's transaction; the known one if the key was raised before.
/// Call `app.wake.up()` after the commit.
pub fn raise(
    tx: &mut Tx,
    organisation: OrganisationId,
    notice: &Notice,
) -> Result<NoticeId, Trouble> {
    if let Some(known) = store::find_by_key(tx, organisation, &notice.idempotency_key)? {
        return Ok(known);
    }
    let id = store::insert(tx, organisation, notice)?;
    let detail = json!({
        "kind": notice.kind, "about": notice.subject, "exercise": notice.exercise,
    });
    journal::record(
        tx,
        organisation,
        &PROGRAM,
        Entry::new("notice-raised", id, detail),
    )?;
    let told = Job::FanOut {
        organisation,
        notice: id,
    };
    crate::jobs::enqueue(tx, &told)?;
    if notice.escalates {
        let ladder = get_ladder(tx, organisation)?;
        steps::arm(tx, organisation, id, 1, tx.now(), &ladder)?;
    }
    Ok(id)
}

/// A person has seen to the subject: no notice about it escalates any further, and what waits
/// to be sent about it is not sent any more.
pub fn acknowledge(
    tx: &mut Tx,
    organisation: OrganisationId,
    subject: &str,
    by: &Actor,
) -> Result<(), Trouble> {
    let notices = store::acknowledge(tx, organisation, subject, &by.key())?;
    for notice in &notices {
        clock::cancel(tx, organisation, &notice.to_string(), steps::ESCALATE)?;
        store::drop_queued(tx, organisation, *notice)?;
    }
    if notices.is_empty() {
        return Ok(());
    }
    let detail = json!({ "notices": notices });
    journal::record(
        tx,
        organisation,
        by,
        Entry::new("notice-acknowledged", subject, detail),
    )
}

/// The ladder of an organisation: its own, or the default.
pub fn get_ladder(tx: &mut Tx, organisation: OrganisationId) -> Result<Ladder, Trouble> {
    let Some(text) = store::find_ladder(tx, organisation)? else {
        return Ok(Ladder::default());
    };
    Ok(serde_json::from_str(&text).unwrap_or_else(|error| {
        tracing::error!(%organisation, %error, "a ladder nobody understands; the default is used");
        Ladder::default()
    }))
}

/// Sets who is told after how long. Counts for what is raised, and for rungs armed, from now on.
pub fn set_ladder(tx: &mut Tx, caller: &Caller, ladder: &Ladder) -> Result<(), Trouble> {
    caller.require(Permission::NoticesManage)?;
    ladder.check()?;
    let old = get_ladder(tx, caller.organisation)?;
    let text = serde_json::to_string(ladder).map_err(anyhow::Error::from)?;
    store::set_ladder(tx, caller.organisation, &text)?;
    let detail = json!({ "old": old, "new": ladder });
    let entry = Entry::new("ladder-changed", caller.organisation, detail);
    journal::record(tx, caller.organisation, &caller.actor, entry)
}

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    pages::routes()
}
