//! What the world says: OSV advisories, CVE records, CSAF documents, CISA KEV, EU KEV, EPSS; and how fresh each feed is
//! (Art. 13(8), Annex I Part II (1): vulnerabilities in components are identified).
//!
//! World knowledge is global: nothing in here may say what any tenant has. A record that cannot
//! be read is counted and named; a feed that is missing or old never looks complete.

mod api;
mod catalogues;
mod fault;
mod grouping;
mod import;
mod osv;
mod pages;
pub(crate) mod reading;
mod rules;
mod store;
mod sync;
mod whole;

pub use import::{Changed, Changes, Follow, Options, Problem, Progress, Report, Summary, import};
pub use pages::routes;
pub use rules::{
    Completeness, ECOSYSTEMS, Kind, Size, base_of, completeness, ecosystem, ecosystem_named,
    instant_of, rank, size_of,
};
pub use sync::{
    Origin, Outcome, Synced, Told, origins, plan_again, plan_next, schedule, silent, sync, sync_now,
};

pub use store::exploits::STATEMENTS as EXPLOITS_STATEMENTS;
pub use store::feeds::STATEMENTS as FEEDS_STATEMENTS;
pub use store::groups::STATEMENTS as GROUPS_STATEMENTS;
pub use store::records::STATEMENTS as RECORDS_STATEMENTS;

use crate::config::FeedSources;
use crate::store::{Db, Tx};
use crate::trouble::Trouble;
use crate::web::Visit;
use crate::web::visit::Freshness;
use bonafide_engine::package::PackageKey;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// The packages we know among these, or make them known; the dictionary is shared with `sboms`.
pub fn intern_packages(
    tx: &mut Tx,
    keys: &BTreeSet<PackageKey>,
) -> Result<BTreeMap<PackageKey, i64>, Trouble> {
    Ok(store::records::intern(tx, keys)?)
}

/// Stands for an ecosystem where a record names no package at all.
pub const NO_PACKAGE: &str = "no-package";

/// A feed and how much can be built on it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Feed {
    /// `osv:npm`, `cisa-kev`, `euvd-kev`, `epss`
    pub name: String,
    /// `fresh`, `ageing`, `stale`, `missing`
    pub tone: &'static str,
    /// Whether pages may not be called complete without it.
    pub is_expected: bool,
    /// The file or address it came from.
    pub source: Option<String>,
    /// The instant its age is counted from.
    pub seen_at: Option<Timestamp>,
    pub checked_at: Option<Timestamp>,
    pub imported_at: Option<Timestamp>,
    /// What the data says it is of.
    pub data_as_of: Option<Timestamp>,
    pub records: i64,
    pub unreadable: i64,
    pub problems: Vec<Problem>,
    pub left_aside: BTreeMap<String, u64>,
    /// Figures of the last import by code (`not-in-file`, `withdrawn`, `removed`, `older`).
    pub notes: BTreeMap<String, u64>,
    pub last_error: Option<String>,
    /// What kind of fault that is: `not-reached`, `refused`, `too-much`, `other`, `unreadable`,
    /// `too-small`, `damaged`; nothing for one from before kinds were kept.
    pub last_error_code: Option<String>,
    /// Of the last attempt: `complete`, `partial`, `failed`; nothing when there was none. Only a
    /// complete one renews the feed. `unreadable`, `problems`, `left_aside` and `notes` are its.
    pub outcome: Option<String>,
    pub attempted_at: Option<Timestamp>,
    /// What of the last attempt could be read; `records` is what the last complete one had.
    pub attempted_records: i64,
}

/// Writes down which feeds a configuration asks for, if that differs from what stands: an
/// ecosystem left out is not waited for. Its components are unchecked then, and are counted so.
pub fn expect(db: &Db, sources: &FeedSources) -> anyhow::Result<()> {
    let names = rules::expected(&sources.osv_ecosystems);
    let stands = db.read_now(store::feeds::expected)?;
    if stands == names {
        return Ok(());
    }
    db.write_retrying(|tx| Ok(store::feeds::expect(tx, &names)?))
}

/// Every expected feed, imported or not, and every other we have, by name. CISA's own catalogue is
/// expected only while the EUVD's dump, which holds it too, is not fresh.
pub fn list_feeds(tx: &mut Tx) -> Result<Vec<Feed>, Trouble> {
    let now = tx.now();
    let stored = store::feeds::all(tx)?;
    let mut feeds: Vec<Feed> = stored.into_iter().map(|s| feed(s, now)).collect();
    let euvd_is_fresh = feeds
        .iter()
        .any(|feed| feed.name == "euvd-kev" && feed.tone == "fresh");
    let mut expected = store::feeds::expected(tx)?;
    if expected.is_empty() {
        expected = rules::expected(&FeedSources::default().osv_ecosystems);
    }
    if !euvd_is_fresh {
        expected.push("cisa-kev".to_owned());
    }
    for name in expected {
        match feeds.iter_mut().find(|feed| feed.name == name) {
            Some(feed) => feed.is_expected = true,
            None => feeds.push(missing(name)),
        }
    }
    feeds.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(feeds)
}

/// The ecosystems about whose components nothing can be called known: their feed is missing or too
/// old, whether it is expected or not.
pub fn blind_ecosystems(tx: &mut Tx) -> Result<BTreeSet<&'static str>, Trouble> {
    let feeds = list_feeds(tx)?;
    let can_see = |ecosystem: &str| {
        let name = rules::osv_feed(ecosystem);
        let found = feeds.iter().find(|feed| feed.name == name);
        found.is_some_and(|feed| !matches!(feed.tone, "missing" | "stale"))
    };
    let all = rules::ECOSYSTEMS.into_iter();
    Ok(all.filter(|ecosystem| !can_see(ecosystem)).collect())
}

fn missing(name: String) -> Feed {
    Feed {
        name,
        tone: "missing",
        is_expected: true,
        source: None,
        seen_at: None,
        checked_at: None,
        imported_at: None,
        data_as_of: None,
        records: 0,
        unreadable: 0,
        problems: Vec::new(),
        left_aside: BTreeMap::new(),
        notes: BTreeMap::new(),
        last_error: None,
        last_error_code: None,
        outcome: None,
        attempted_at: None,
        attempted_records: 0,
    }
}

fn feed(stored: store::feeds::Stored, now: Timestamp) -> Feed {
    let age = rules::Age {
        // A feed that never came whole has no import, so it is missing.
        checked_at: stored.imported_at.and(stored.checked_at),
        data_as_of: stored.data_as_of.as_deref().and_then(rules::instant_of),
        is_daily: stored.name == "epss",
    };
    Feed {
        tone: rules::tone(age, now),
        is_expected: false,
        source: Some(stored.source),
        seen_at: rules::basis(age),
        checked_at: stored.checked_at,
        imported_at: stored.imported_at,
        data_as_of: age.data_as_of,
        records: stored.records,
        unreadable: stored.unreadable,
        problems: serde_json::from_str(&stored.problems).unwrap_or_default(),
        left_aside: serde_json::from_str(&stored.left_aside).unwrap_or_default(),
        notes: serde_json::from_str(&stored.notes).unwrap_or_default(),
        last_error: stored.last_error,
        last_error_code: stored.last_error_code,
        outcome: stored.outcome,
        attempted_at: stored.attempted_at,
        attempted_records: stored.attempted_records,
        name: stored.name,
    }
}

/// The feeds' freshness in the reader's words, for every page that shows a finding. An expected
/// feed that was never imported is `missing`, never absent.
pub fn freshness(tx: &mut Tx, visit: &Visit) -> Result<Vec<Freshness>, Trouble> {
    let feeds = list_feeds(tx)?;
    Ok(feeds
        .into_iter()
        .filter(|feed| feed.is_expected)
        .map(|feed| Freshness {
            text: age_in_words(visit, &feed),
            name: feed_in_words(&feed.name),
            tone: feed.tone,
        })
        .collect())
}

/// A feed's name as people write it.
pub fn feed_in_words(name: &str) -> String {
    match name {
        "cisa-kev" => "CISA KEV".to_owned(),
        "euvd-kev" => "EUVD KEV".to_owned(),
        "epss" => "EPSS".to_owned(),
        "cve" => "CVE".to_owned(),
        other => other.replace("osv:", "OSV ").replace("csaf:", "CSAF "),
    }
}

/// A feed's age in words: `3 h 5 min`, `never imported`, or from when its newest record is.
pub fn age_in_words(visit: &Visit, feed: &Feed) -> String {
    let is_behind = feed.outcome.as_deref().is_some_and(|o| o != "complete");
    let Some(seen) = feed.seen_at else {
        return visit.t(if is_behind {
            "feed-never-whole"
        } else {
            "feed-never"
        });
    };
    let text = age_of_whole(visit, feed, seen);
    match is_behind {
        true => visit.t1("feed-age-behind", "age", text),
        false => text,
    }
}

fn age_of_whole(visit: &Visit, feed: &Feed, seen: Timestamp) -> String {
    let age = visit
        .lang
        .duration((visit.now.as_second() - seen.as_second()).max(0));
    match feed.data_as_of {
        Some(of) if visit.now.duration_since(of) > rules::STANDSTILL => visit.t2(
            "feed-age-standstill",
            "age",
            age,
            "day",
            visit
                .lang
                .day(of.to_zoned_datetime(jiff::tz::TimeZone::UTC).date()),
        ),
        _ => visit.t1("feed-age", "age", age),
    }
}

/// The worst tone among the expected feeds: what a command or a page may at most claim.
pub fn worst(feeds: &[Feed]) -> &'static str {
    ["missing", "stale", "ageing"]
        .into_iter()
        .find(|tone| feeds.iter().any(|f| f.is_expected && f.tone == *tone))
        .unwrap_or("fresh")
}

/// A flaw under all its names.
#[derive(Debug, Clone)]
pub struct Vulnerability {
    pub id: i64,
    pub name: String,
    pub title: String,
    /// critical, high, medium, low, none, unknown
    pub severity: String,
    pub score: Option<f64>,
    pub vector: Option<String>,
    /// RustSec's kind of notice when no record is about a flaw.
    pub informational: Option<String>,
    /// All its ids, the name included.
    pub aliases: Vec<String>,
    pub exploitations: Vec<Exploitation>,
    pub epss: Option<Epss>,
    pub advisories: Vec<Advisory>,
}

/// Known exploitation by one catalogue.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Exploitation {
    /// `cisa-kev`, `eu-kev`
    pub source: String,
    /// The day the catalogue gives, ISO; empty when it gives none.
    pub added_on: String,
    /// When we first saw it.
    pub first_seen_at: Option<Timestamp>,
    /// Set when the catalogue no longer names it.
    pub withdrawn_at: Option<Timestamp>,
    /// What the catalogue calls it, if it says.
    pub name: Option<String>,
}

/// The probability of exploitation within 30 days (FIRST).
#[derive(Debug, Clone, serde::Serialize)]
pub struct Epss {
    pub cve: String,
    pub score: f64,
    pub percentile: f64,
    pub scored_on: String,
}

/// A record about a vulnerability.
pub use store::feeds::Advisory;

impl Vulnerability {
    /// Whether a catalogue names it now.
    pub fn is_exploited(&self) -> bool {
        self.exploitations.iter().any(|e| e.withdrawn_at.is_none())
    }
}

/// The vulnerability behind any of its ids; ids are compared as written, then in upper case.
pub fn find_vulnerability(tx: &mut Tx, name: &str) -> Result<Option<Vulnerability>, Trouble> {
    let name = name.trim();
    let mut found = store::feeds::find(tx, name)?;
    if found.is_none() {
        found = store::feeds::find(tx, &name.to_ascii_uppercase())?;
    }
    match found {
        Some(id) => find_by_id(tx, id),
        None => Ok(None),
    }
}

/// A vulnerability by its number, or the one it has become part of.
pub fn find_by_id(tx: &mut Tx, id: i64) -> Result<Option<Vulnerability>, Trouble> {
    let mut found = store::feeds::vulnerability(tx, id)?;
    if let Some((_, Some(into))) = found {
        found = store::feeds::vulnerability(tx, into)?;
    }
    let Some((described, _)) = found else {
        return Ok(None);
    };
    let id = described.id;
    let exploitations = store::feeds::exploited_by(tx, id)?;
    let epss = store::exploits::score(tx, id)?;
    Ok(Some(Vulnerability {
        id,
        aliases: store::feeds::aliases_of(tx, id)?,
        advisories: store::feeds::advisories_of(tx, id)?,
        exploitations: exploitations.into_iter().map(exploitation).collect(),
        epss: epss.map(|(cve, score, percentile, scored_on)| Epss {
            cve,
            score,
            percentile,
            scored_on,
        }),
        name: described.name,
        title: described.title,
        severity: described.rated.severity,
        score: described.rated.score,
        vector: described.rated.vector,
        informational: described.informational,
    }))
}

fn exploitation(drawn: store::exploits::Drawn) -> Exploitation {
    let detail: serde_json::Value = serde_json::from_str(&drawn.detail).unwrap_or_default();
    let name = detail.get("name").and_then(|name| name.as_str());
    Exploitation {
        source: drawn.source,
        added_on: drawn.added_on,
        first_seen_at: drawn.first_seen_at,
        withdrawn_at: drawn.withdrawn_at,
        name: name.filter(|name| !name.is_empty()).map(str::to_owned),
    }
}

/// Vulnerabilities after a number, for work over all of them.
pub fn list_after(tx: &mut Tx, after: i64, most: i64) -> Result<Vec<i64>, crate::store::Error> {
    store::feeds::some_after(tx, after, most)
}

/// Whether a name could be an id of a vulnerability at all.
pub fn is_id(text: &str) -> bool {
    catalogues::is_id(text)
}

/// Whether EPSS scores this CVE: then it exists, even if no record of ours is about it.
pub fn is_scored(tx: &mut Tx, cve: &str) -> Result<bool, Trouble> {
    Ok(store::exploits::is_scored(tx, cve)?)
}

const ZSTD_LEVEL: i32 = 3;
/// What one packed record may unpack to.
const UNPACKED_MAX: u64 = 64 * 1024 * 1024;

fn pack(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    Ok(zstd::bulk::compress(bytes, ZSTD_LEVEL)?)
}

/// Unpacks what `pack` packed; `findings` reads `advisories.affected` with it.
pub fn unpack(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    use std::io::Read as _;
    let mut out = Vec::new();
    zstd::stream::read::Decoder::new(bytes)?
        .take(UNPACKED_MAX)
        .read_to_end(&mut out)?;
    Ok(out)
}
