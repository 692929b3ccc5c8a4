//! Places of an organisation that are told beside its people: webhooks.

use super::store;
use crate::accounts::{Caller, Permission};
use crate::ids::{ChannelId, OrganisationId};
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use serde_json::json;

/// A place that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    pub id: ChannelId,
    pub kind: ChannelKind,
    pub name: String,
    pub url: String,
    pub state: ChannelState,
    pub created_at: jiff::Timestamp,
}

/// How a place is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelKind {
    /// Standard Webhooks 1.0.
    Webhook,
}

/// Whether a place is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelState {
    Active,
    /// The receiver answered 410 Gone.
    Gone,
    /// Somebody switched it off.
    SwitchedOff,
}

impl ChannelKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
        }
    }
}

impl ChannelState {
    /// As the database keeps it, and as the words are keyed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Gone => "gone",
            Self::SwitchedOff => "switched-off",
        }
    }

    pub fn find(name: &str) -> Self {
        match name {
            "active" => Self::Active,
            "gone" => Self::Gone,
            _ => Self::SwitchedOff,
        }
    }
}

impl Channel {
    /// The host it goes to. The rest of the URL is often a secret and is not shown again.
    pub fn host(&self) -> String {
        reqwest::Url::parse(&self.url)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned))
            .unwrap_or_default()
    }
}

/// A channel that was just made, with its secret: the only time anybody sees it.
#[derive(Debug)]
pub struct MadeChannel {
    pub channel: Channel,
    /// `whsec_` and 32 bytes in base64 (Standard Webhooks 1.0, "Signature scheme").
    pub secret: String,
}

/// Where people look after channels.
pub const SETTINGS_PATH: &str = "/settings/notices";
const CHANNELS_MAX: usize = 20;
const SECRET_BYTES: usize = 32;

/// Adds a webhook. Whether its address may be reached is the egress client's decision at every
/// sending; here it must only be one that could be.
pub fn create_webhook(
    tx: &mut Tx,
    caller: &Caller,
    name: &str,
    url: &str,
) -> Result<MadeChannel, Trouble> {
    caller.require(Permission::NoticesManage)?;
    let parsed = reqwest::Url::parse(url).map_err(|_| Refusal::field("url", "webhook-url"))?;
    if !matches!(parsed.scheme(), "https" | "http")
        || parsed.host_str().is_none_or(str::is_empty)
        || !parsed.username().is_empty()
        || parsed.password().is_some()
    {
        return Err(Refusal::field("url", "webhook-url").into());
    }
    if list_channels(tx, caller.organisation)?.len() >= CHANNELS_MAX {
        let refusal = Refusal::conflict("channels-too-many").with("max", CHANNELS_MAX);
        return Err(refusal.into());
    }
    let secret: [u8; SECRET_BYTES] = tx.entropy().bytes();
    let channel = Channel {
        id: tx.new_id(),
        kind: ChannelKind::Webhook,
        name: name.to_owned(),
        url: parsed.to_string(),
        state: ChannelState::Active,
        created_at: tx.now(),
    };
    store::insert_channel(tx, caller.organisation, &channel, &secret)?;
    let detail = json!({ "kind": channel.kind.name(), "name": name, "host": channel.host() });
    let entry = Entry::new("channel-added", channel.id, detail);
    journal::record(tx, caller.organisation, &caller.actor, entry)?;
    Ok(MadeChannel {
        channel,
        secret: super::webhook::secret_text(&secret),
    })
}

/// The channels of an organisation, in the order they were made.
pub fn list_channels(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<Channel>, Trouble> {
    Ok(store::list_channels(tx, organisation)?)
}

/// Switches a channel on or off.
pub fn set_channel_state(
    tx: &mut Tx,
    caller: &Caller,
    id: ChannelId,
    state: ChannelState,
) -> Result<(), Trouble> {
    caller.require(Permission::NoticesManage)?;
    if !store::set_channel_state(tx, caller.organisation, id, state)? {
        return Err(Refusal::not_found().into());
    }
    let entry = Entry::new(
        "channel-state-changed",
        id,
        json!({ "state": state.name() }),
    );
    journal::record(tx, caller.organisation, &caller.actor, entry)
}

/// Takes a channel away. Its deliveries stay on record; what waits for it is not sent.
pub fn remove_channel(tx: &mut Tx, caller: &Caller, id: ChannelId) -> Result<(), Trouble> {
    caller.require(Permission::NoticesManage)?;
    let Some(channel) = store::delete_channel(tx, caller.organisation, id)? else {
        return Err(Refusal::not_found().into());
    };
    let entry = Entry::new("channel-removed", id, json!({ "name": channel }));
    journal::record(tx, caller.organisation, &caller.actor, entry)
}
