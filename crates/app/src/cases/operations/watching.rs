//! Watch items open by themselves, wait anew, and become one when their flaws do. A flaw is
//! watched once: whoever looks for its item asks [`join_merged`] first and takes what it keeps.

use super::signals::TITLE_CHARS_MAX;
use super::{happened, joining, store, telling};
use crate::accounts::Actor;
use crate::cases::types::WatchItem;
use crate::cases::words::{Outcome, WatchState};
use crate::clock;
use crate::ids::{OrganisationId, ReleaseId, SignalId, WatchItemId};
use crate::store::Tx;
use crate::trouble::Trouble;
use bonafide_law::deadlines::Kind;
use std::collections::BTreeSet;

/// The actor of what the program does by itself here.
const PROGRAM: Actor = Actor::Program("watching");

/// A known-exploited flaw stands in the organisation's releases: opens a watch item, or adds what
/// is new to the one there is. Doing it twice changes nothing.
pub fn consider_exploited(
    tx: &mut Tx,
    org: OrganisationId,
    vulnerability: i64,
) -> Result<Option<WatchItemId>, Trouble> {
    let vulnerability = store::world::surviving(tx, vulnerability)?;
    let kept = join_merged(tx, org, vulnerability)?;
    let sources = store::world::exploitations(tx, vulnerability)?;
    let releases = store::world::containing(tx, org, vulnerability)?;
    let Some((name, title)) = store::world::title_of(tx, vulnerability)? else {
        return Ok(None);
    };
    if sources.is_empty() || releases.is_empty() {
        return Ok(None);
    }
    let subject = Subject {
        key: format!("vuln:{vulnerability}"),
        kind: Kind::ActivelyExploitedVulnerability,
        vulnerability: Some((vulnerability, name.clone(), title)),
        name: Some(name.clone()),
        title: String::new(),
    };
    let now = tx.now();
    let (item, fresh) = match kept {
        Some(item) => (item, false),
        None => find_or_open(tx, org, &subject, now)?,
    };
    let mut coming = Vec::new();
    for (source, added_on) in &sources {
        let reference = format!("{name}:{added_on}");
        if !has_told(tx, org, vulnerability, (source, added_on), &reference)? {
            coming.push((source, added_on, reference));
        }
    }
    let generation = next_generation(&item, fresh, !coming.is_empty());
    for (source, added_on, reference) in &coming {
        let signal = store::watch::SignalRow {
            watch_item: item.id,
            generation,
            source,
            reference,
            title: &item.title,
            text: "",
            in_our_product: "unknown",
            said_on: Some(added_on),
            received_at: now,
        };
        let id: SignalId = tx.new_id();
        store::watch::insert_signal(tx, org, id, &signal, &PROGRAM)?;
    }
    let new_releases = store::watch::add_releases(tx, org, &item, &releases)?;
    let from: Vec<&str> = coming.iter().map(|(source, ..)| source.as_str()).collect();
    let news = News {
        source: from.first().map_or("sbom", |source| *source).to_owned(),
        signals: coming.len(),
        releases: new_releases,
    };
    settle(tx, org, &PROGRAM, &item, fresh, &news)?;
    Ok(Some(item.id))
}

/// Whether a catalogue's word stands already, under any name the flaw has or had: another name is
/// no news.
fn has_told(
    tx: &mut Tx,
    org: OrganisationId,
    vulnerability: i64,
    (source, added_on): (&str, &str),
    reference: &str,
) -> Result<bool, Trouble> {
    if store::watch::signal_of(tx, org, source, reference)?.is_some() {
        return Ok(true);
    }
    for name in store::world::names_of(tx, vulnerability)? {
        let reference = format!("{name}:{added_on}");
        if store::watch::signal_of(tx, org, source, &reference)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// One watch item for a flaw that was known as several, none when nothing of it is watched; what
/// was heard of the others is news to the one that stays. Whoever asked goes on with that one: the
/// flaw's own number may still lead to another, which was decided and stands beside it.
pub(super) fn join_merged(
    tx: &mut Tx,
    org: OrganisationId,
    vulnerability: i64,
) -> Result<Option<WatchItem>, Trouble> {
    let Some((kept, others)) = joining::choose(items_of(tx, org, vulnerability)?) else {
        return Ok(None);
    };
    for other in others {
        let signals = store::watch::signals(tx, org, other.id)?;
        let item = store::watch::get(tx, org, kept.id)?;
        let generation = next_generation(&item, false, !signals.is_empty());
        let brought = joining::take_in(tx, org, other, &item, generation)?;
        let source = signals.last().map(|signal| signal.source.clone());
        let news = News {
            source: source.unwrap_or_else(|| "sbom".to_owned()),
            signals: signals.len(),
            releases: store::watch::add_releases(tx, org, &item, &brought.releases)?,
        };
        tracing::info!(from = %brought.from.id, into = %item.id, "watch items of one flaw joined");
        store::joining::set_first_heard(tx, org, item.id)?;
        settle(tx, org, &PROGRAM, &item, false, &news)?;
    }
    // Of the names of one flaw, its number is what is looked for.
    if store::watch::find(tx, org, &format!("vuln:{vulnerability}"))?.is_none()
        && let Some((name, title)) = store::world::title_of(tx, vulnerability)?
    {
        let title = describe(&name, &title);
        store::watch::adopt(tx, org, kept.id, vulnerability, &name, &title)?;
    }
    store::watch::get(tx, org, kept.id).map(Some)
}

/// Every item about a flaw, under any of its numbers and names.
pub(super) fn items_of(
    tx: &mut Tx,
    org: OrganisationId,
    vulnerability: i64,
) -> Result<Vec<WatchItem>, Trouble> {
    let mut items: Vec<WatchItem> = Vec::new();
    for key in keys_of(tx, vulnerability)? {
        items.extend(store::watch::find(tx, org, &key)?);
    }
    Ok(items)
}

/// The keys under which a flaw may be watched: its number, those it absorbed, its names.
fn keys_of(tx: &mut Tx, number: i64) -> Result<Vec<String>, Trouble> {
    let mut keys = vec![format!("vuln:{number}")];
    for merged in store::world::merged_into(tx, number)? {
        keys.push(format!("vuln:{merged}"));
    }
    let names: BTreeSet<String> = store::world::names_of(tx, number)?.into_iter().collect();
    keys.extend(
        names
            .iter()
            .map(|name| format!("name:{}", name.to_uppercase())),
    );
    Ok(keys)
}

/// What a signal is about.
pub(super) struct Subject {
    pub key: String,
    pub kind: Kind,
    /// Number, name and title, when some feed knows the flaw.
    pub vulnerability: Option<(i64, String, String)>,
    pub name: Option<String>,
    pub title: String,
}

/// The item under a subject's key, or a new one. Of a flaw that feeds know, [`join_merged`] found
/// none before, under any of its names.
pub(super) fn find_or_open(
    tx: &mut Tx,
    org: OrganisationId,
    subject: &Subject,
    first_signal_at: jiff::Timestamp,
) -> Result<(WatchItem, bool), Trouble> {
    if let Some(item) = store::watch::find(tx, org, &subject.key)? {
        return Ok((item, false));
    }
    let title = match (&subject.vulnerability, &subject.name) {
        (Some((_, name, title)), _) => describe(name, title),
        (None, Some(name)) if subject.title.is_empty() => name.clone(),
        _ => subject.title.clone(),
    };
    let new = store::watch::NewItem {
        key: &subject.key,
        kind: subject.kind.as_str(),
        vulnerability_id: subject.vulnerability.as_ref().map(|(number, ..)| *number),
        vulnerability: subject.name.as_deref(),
        title: &title,
        first_signal_at,
    };
    let made = store::watch::insert(tx, org, &new)?;
    let item = store::watch::find(tx, org, &subject.key)?
        .ok_or_else(|| anyhow::anyhow!("a watch item that was just made is not there"))?;
    Ok((item, made))
}

fn describe(name: &str, title: &str) -> String {
    let title: String = title.chars().take(TITLE_CHARS_MAX).collect();
    if title.is_empty() || title == name {
        name.to_owned()
    } else {
        format!("{name}: {title}")
    }
}

/// What came that was not there before.
pub(super) struct News {
    pub source: String,
    pub signals: usize,
    pub releases: Vec<ReleaseId>,
}

/// An item whose last word was "aware" has a case and never waits anew by itself.
fn waits_anew(item: &WatchItem) -> bool {
    item.state == WatchState::Watching
        || (item.state == WatchState::Decided && item.outcome != Some(Outcome::Aware))
}

pub(super) fn next_generation(item: &WatchItem, fresh: bool, news: bool) -> i64 {
    item.generation + i64::from(!fresh && news && waits_anew(item))
}

/// Lets an item wait, tells people, and arms the escalation, as the news asks for.
pub(super) fn settle(
    tx: &mut Tx,
    org: OrganisationId,
    actor: &Actor,
    item: &WatchItem,
    fresh: bool,
    news: &News,
) -> Result<(), Trouble> {
    if !fresh && news.signals == 0 && news.releases.is_empty() {
        return Ok(());
    }
    let args = [
        ("source", news.source.clone()),
        ("signals", news.signals.to_string()),
        ("releases", news.releases.len().to_string()),
    ];
    let subject = item.id.to_string();
    if fresh {
        happened(tx, org, actor, &subject, "watch-item-opened", &args)?;
        return telling::wait(tx, org, item.id, &news.source);
    }
    if waits_anew(item) {
        let now = tx.now();
        if store::watch::wait_anew(tx, org, item, now)? {
            // What is told says since when it is known, which may be longer than just now.
            store::joining::set_first_heard(tx, org, item.id)?;
            clock::cancel(tx, org, &subject, "")?;
            happened(tx, org, actor, &subject, "watch-item-reopened", &args)?;
            return telling::wait(tx, org, item.id, &news.source);
        }
    }
    happened(tx, org, actor, &subject, "watch-item-grew", &args)?;
    match (item.outcome, item.case) {
        (Some(Outcome::Aware), Some(case)) => {
            telling::tell_case(tx, org, item, case, &news.source, &news.releases)
        }
        _ => Ok(()),
    }
}
