//! Signals come in from people and programs; the same source and reference is the same signal.

use super::watching::{News, Subject, find_or_open, join_merged, next_generation, settle};
use super::{joining, store};
use crate::accounts::{Caller, Permission};
use crate::cases::types::NewSignal;
use crate::ids::{SignalId, WatchItemId};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use bonafide_law::deadlines::Kind;

pub const TITLE_CHARS_MAX: usize = 300;
pub const TEXT_CHARS_MAX: usize = 20_000;
pub const NAME_CHARS_MAX: usize = 100;
const REFERENCE_CHARS_MAX: usize = 200;
/// What became of a signal.
#[derive(Debug, Clone, Copy)]
pub struct Taken {
    pub signal: SignalId,
    pub watch_item: WatchItemId,
    /// False when the same source had sent the same reference before.
    pub is_new: bool,
}

/// Takes a signal a person or a program hands in. The same source and reference again is the
/// same signal.
pub fn record_signal(tx: &mut Tx, caller: &Caller, new: &NewSignal) -> Result<Taken, Trouble> {
    caller.require(Permission::SignalsWrite)?;
    let org = caller.organisation;
    let now = tx.now();
    if let Some(refusal) = Refusal::together(problems(new, now)) {
        return Err(refusal.into());
    }
    let source = new.source.as_str();
    if let Some(reference) = &new.reference
        && let Some((signal, watch_item)) = store::watch::signal_of(tx, org, source, reference)?
    {
        return Ok(Taken {
            signal,
            watch_item,
            is_new: false,
        });
    }
    let id: SignalId = tx.new_id();
    let received_at = new.received_at.unwrap_or(now);
    let (item, fresh) = match new.watch_item {
        Some(item) => (joining::item_at(tx, org, item)?, false),
        None => {
            let subject = subject_of(tx, new, id)?;
            let kept = match &subject.vulnerability {
                Some((vulnerability, ..)) => join_merged(tx, org, *vulnerability)?,
                None => None,
            };
            match kept {
                Some(item) => (item, false),
                None => find_or_open(tx, org, &subject, received_at)?,
            }
        }
    };
    let reference = new.reference.clone().unwrap_or_else(|| id.to_string());
    let signal = store::watch::SignalRow {
        watch_item: item.id,
        generation: next_generation(&item, fresh, true),
        source,
        reference: &reference,
        title: &new.title,
        text: &new.text,
        in_our_product: new.in_our_product.as_str(),
        said_on: None,
        received_at,
    };
    store::watch::insert_signal(tx, org, id, &signal, &caller.actor)?;
    let releases = match item.vulnerability_id {
        Some(vulnerability) => store::world::containing(tx, org, vulnerability)?,
        None => Vec::new(),
    };
    let news = News {
        source: source.to_owned(),
        signals: 1,
        releases: store::watch::add_releases(tx, org, &item, &releases)?,
    };
    settle(tx, org, &caller.actor, &item, fresh, &news)?;
    Ok(Taken {
        signal: id,
        watch_item: item.id,
        is_new: true,
    })
}

/// Whether it begins like a CVE id and is none (`CVE-`, four digits of a year, four or more): it
/// would never be found in a catalogue.
fn is_mistyped_cve(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    let Some(rest) = upper.strip_prefix("CVE-") else {
        return false;
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    !rest.split_once('-').is_some_and(|(year, number)| {
        year.len() == 4 && number.len() >= 4 && digits(year) && digits(number)
    })
}

/// Everything that is wrong with a signal, in the order of its form.
pub fn problems(new: &NewSignal, now: jiff::Timestamp) -> Vec<Refusal> {
    let mut wrong = Vec::new();
    let too_long = |field, text: &str, max: usize| {
        (text.chars().count() > max).then(|| Refusal::too_long(field, max))
    };
    let name = new.vulnerability.as_deref().unwrap_or_default();
    wrong.extend(too_long("vulnerability", name, NAME_CHARS_MAX));
    if name.chars().any(|c| c.is_whitespace() || c.is_control()) {
        wrong.push(Refusal::field("vulnerability", "signal-bad-name"));
    } else if is_mistyped_cve(name) {
        wrong.push(Refusal::field("vulnerability", "signal-bad-cve"));
    }
    if new.title.trim().is_empty() && name.is_empty() {
        wrong.push(Refusal::field("title", "signal-without-subject"));
    }
    wrong.extend(too_long("title", &new.title, TITLE_CHARS_MAX));
    wrong.extend(too_long("text", &new.text, TEXT_CHARS_MAX));
    if new.received_at.is_some_and(|at| at > now) {
        wrong.push(Refusal::field("received_at", "signal-in-future"));
    }
    let reference = new.reference.as_deref().unwrap_or_default();
    wrong.extend(too_long("reference", reference, REFERENCE_CHARS_MAX));
    wrong
}

fn subject_of(tx: &mut Tx, new: &NewSignal, id: SignalId) -> Result<Subject, Trouble> {
    let given = new
        .vulnerability
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let title = new.title.trim().to_owned();
    // What has no name is one matter for each signal; the same form twice is the same signal.
    let own_key = match &new.reference {
        Some(reference) => format!("signal:{}:{reference}", new.source.as_str()),
        None => format!("signal:{id}"),
    };
    let Some(name) = given else {
        return Ok(Subject {
            key: own_key,
            kind: new.kind,
            vulnerability: None,
            name: None,
            title,
        });
    };
    let upper = name.to_uppercase();
    let known = match store::world::by_name(tx, name)? {
        None if upper != name => store::world::by_name(tx, &upper)?,
        found => found,
    };
    Ok(match known {
        Some((number, name, known_title)) if new.kind == Kind::ActivelyExploitedVulnerability => {
            Subject {
                key: format!("vuln:{number}"),
                kind: new.kind,
                name: Some(name.clone()),
                vulnerability: Some((number, name, known_title)),
                title,
            }
        }
        // An incident is a matter of its own, even where it came through a known flaw.
        _ if new.kind == Kind::SevereIncident => Subject {
            key: own_key,
            kind: new.kind,
            vulnerability: None,
            name: Some(name.to_owned()),
            title,
        },
        _ => Subject {
            key: format!("name:{upper}"),
            kind: new.kind,
            vulnerability: None,
            name: Some(name.to_owned()),
            title,
        },
    })
}
