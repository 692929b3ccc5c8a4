//! Decisions about telling people; nothing here reads a clock or a database.

use super::Lang;
use super::channels::{Channel, ChannelState};
use crate::accounts::{Member, Role};
use crate::trouble::Refusal;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Every kind of notice and the arguments its words use. A missing one is shown as a dash.
pub const KINDS: &[(&str, &[&str])] = &[
    (
        "watch-item-opened",
        &["vulnerability", "about", "products", "releases", "source"],
    ),
    (
        "watch-item-waiting",
        &[
            "vulnerability",
            "about",
            "products",
            "releases",
            "source",
            "minutes",
        ],
    ),
    (
        "watch-item-undecided",
        &["vulnerability", "products", "releases", "source", "minutes"],
    ),
    ("case-opened", &["vulnerability", "products", "due"]),
    ("case-grew", &["vulnerability", "releases", "source"]),
    (
        "deadline-approaching",
        &["vulnerability", "stage", "due", "left"],
    ),
    ("deadline-reached", &["vulnerability", "stage", "due"]),
    ("deadline-late", &["vulnerability", "stage", "due"]),
    (CHANNEL_DISABLED, &["channel"]),
    (TEST, &[]),
];

/// The kind of a test that an admin asks for.
pub const TEST: &str = "notice-test";
/// The kind that says that a channel was switched off because its receiver is gone.
pub const CHANNEL_DISABLED: &str = "channel-disabled";

/// Most rungs a ladder may have.
pub const RUNGS_MAX: usize = 6;
/// A rung later than a week is of no use against a deadline of 24 hours.
pub const MINUTES_MAX: u32 = 7 * 24 * 60;
const REPEAT_MINUTES_MIN: u32 = 15;

/// Who is told after how long without acknowledgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    /// The first is told at once; each later one after its minutes, counted from the start.
    pub rungs: Vec<Rung>,
    /// After the last rung, it is told again every so many minutes; 0 means never again.
    pub repeat_minutes: u32,
}

/// One rung of a ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    pub after_minutes: u32,
    /// Names of roles; people who have one of them are told.
    pub roles: Vec<String>,
    /// Whether the organisation's channels are told, too.
    pub channels: bool,
}

impl Default for Ladder {
    fn default() -> Self {
        let rung = |after_minutes, roles: &[Role], channels| Rung {
            after_minutes,
            roles: roles.iter().map(|role| role.name().to_owned()).collect(),
            channels,
        };
        Self {
            rungs: vec![
                rung(0, &[Role::Psirt], true),
                rung(30, &[Role::Admin], false),
                rung(120, &Role::ALL, true),
            ],
            repeat_minutes: 240,
        }
    }
}

impl Ladder {
    /// The rung of a step; steps above the last rung repeat it.
    pub fn rung(&self, step: u32) -> Option<&Rung> {
        let index = step as usize;
        match self.rungs.get(index) {
            Some(rung) => Some(rung),
            None if self.repeat_minutes > 0 => self.rungs.last(),
            None => None,
        }
    }

    /// How long after the notice was raised a step is told; none when there is no such step.
    pub fn after(&self, step: u32) -> Option<SignedDuration> {
        let minutes = match self.rungs.get(step as usize) {
            Some(rung) => i64::from(rung.after_minutes),
            None if self.repeat_minutes > 0 => {
                let last = self.rungs.last()?;
                let times = i64::from(step) - i64::from(self.first_repetition()) + 1;
                i64::from(last.after_minutes) + times * i64::from(self.repeat_minutes)
            }
            None => return None,
        };
        Some(SignedDuration::from_mins(minutes))
    }

    /// The first step that only repeats the last rung.
    pub fn first_repetition(&self) -> u32 {
        u32::try_from(self.rungs.len()).unwrap_or(u32::MAX)
    }

    pub fn repeat_after(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.repeat_minutes))
    }

    pub fn is_repetition(&self, step: u32) -> bool {
        step >= self.first_repetition()
    }

    /// Whether it can be used: it begins at once, rises, and every rung names somebody.
    pub fn check(&self) -> Result<(), Refusal> {
        let refuse = |code| Err(Refusal::field("ladder", code));
        if self.rungs.is_empty() || self.rungs.len() > RUNGS_MAX {
            return refuse("ladder-rungs");
        }
        if self.rungs[0].after_minutes != 0 {
            return refuse("ladder-first-not-at-once");
        }
        if self
            .rungs
            .windows(2)
            .any(|two| two[0].after_minutes >= two[1].after_minutes)
        {
            return refuse("ladder-not-rising");
        }
        if self
            .rungs
            .iter()
            .any(|rung| rung.after_minutes > MINUTES_MAX)
            || self.repeat_minutes > MINUTES_MAX
            || (1..REPEAT_MINUTES_MIN).contains(&self.repeat_minutes)
        {
            return refuse("ladder-minutes");
        }
        if self
            .rungs
            .iter()
            .any(|rung| rung.roles.is_empty() && !rung.channels)
        {
            return refuse("ladder-rung-empty");
        }
        let known = |role: &String| Role::find(role).is_some();
        if !self.rungs.iter().all(|rung| rung.roles.iter().all(known)) {
            return refuse("ladder-role");
        }
        Ok(())
    }
}

/// One person or channel to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// `user_…` or `chan_…`.
    pub key: String,
    pub address: String,
    pub lang: Lang,
    /// The role a person is told for; none for a channel.
    pub role: Option<Role>,
}

/// Who stands on a rung, people first, each once.
pub fn recipients_of(rung: &Rung, members: &[Member], channels: &[Channel]) -> Vec<Recipient> {
    let people = members
        .iter()
        .filter(|member| rung.roles.iter().any(|role| role == member.role.name()))
        .map(|member| Recipient {
            key: member.user.to_string(),
            address: member.email.clone(),
            lang: member.lang,
            role: Some(member.role),
        });
    let places = channels
        .iter()
        .filter(|channel| rung.channels && channel.state == ChannelState::Active)
        .map(Recipient::channel);
    people.chain(places).collect()
}

/// What an attempt came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Sent(String),
    /// Not now; how long the receiver asked us to wait.
    Again(String, Option<SignedDuration>),
    /// It can never arrive.
    Failed(String),
    /// The receiver answered 410: it wants nothing more, ever.
    Gone(String),
}

/// What a webhook's answer means (Standard Webhooks 1.0, "Responses").
pub fn outcome_of(status: u16, retry_after: Option<SignedDuration>, beginning: &str) -> Outcome {
    const SHOWN_CHARS_MAX: usize = 200;
    let shown: String = beginning
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(SHOWN_CHARS_MAX)
        .collect();
    let answer = format!("{status} {shown}").trim_end().to_owned();
    match status {
        200..=299 => Outcome::Sent(answer),
        410 => Outcome::Gone(answer),
        _ => Outcome::Again(answer, retry_after),
    }
}

impl Recipient {
    pub fn channel(channel: &Channel) -> Self {
        Self {
            key: channel.id.to_string(),
            address: channel.name.clone(),
            lang: Lang::En,
            role: None,
        }
    }
}

/// How long to wait before the next attempt after `attempts` of them; none to give up.
///
/// While a notice waits for a person there is no last attempt, and never more than a minute
/// between two, unless the receiver asked for more. Everything else follows the schedule that
/// Standard Webhooks 1.0 proposes.
pub fn next_attempt_after(
    urgent: bool,
    attempts: i64,
    asked_for: Option<SignedDuration>,
) -> Option<SignedDuration> {
    const URGENT_MAX: SignedDuration = SignedDuration::from_secs(60);
    const ASKED_FOR_URGENT_MAX: SignedDuration = SignedDuration::from_mins(15);
    const ASKED_FOR_MAX: SignedDuration = SignedDuration::from_hours(24);
    const SCHEDULE_SECONDS: [i64; 9] =
        [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
    let before = attempts.clamp(1, 30) - 1;
    let (own, asked_for_max) = if urgent {
        let seconds = 2i64.saturating_pow(u32::try_from(before + 1).unwrap_or(u32::MAX));
        (
            SignedDuration::from_secs(seconds).min(URGENT_MAX),
            ASKED_FOR_URGENT_MAX,
        )
    } else {
        let seconds = SCHEDULE_SECONDS.get(usize::try_from(before).ok()?)?;
        (SignedDuration::from_secs(*seconds), ASKED_FOR_MAX)
    };
    let asked_for = asked_for.unwrap_or(SignedDuration::ZERO).min(asked_for_max);
    Some(own.max(asked_for))
}

/// `Retry-After` in seconds or as a date (RFC 9110 §10.2.3).
pub fn retry_after(text: &str, now: Timestamp) -> Option<SignedDuration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(SignedDuration::from_secs(i64::from(seconds)));
    }
    let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Some(at.duration_since(now).max(SignedDuration::ZERO))
}
