//! Records as they are read: each id once, the newest state of it; in full only where it names a
//! package that is asked for.

use super::Troubles;
use super::index::Build;
use bonafide_engine::advisory::{self, AdvisoryError, Glance, glance_osv, read_osv};
use bonafide_engine::package::PackageKey;
use bonafide_engine::scan::{Feed, Flaws, Record, RecordFacts};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What is wanted of the records.
pub enum Wanted {
    /// What they say of these packages.
    Packages(BTreeSet<PackageKey>),
    /// Everything, for an index.
    All(Box<Build>),
}

/// All records read so far.
pub struct Pool {
    pub wanted: Wanted,
    pub feeds: Vec<Feed>,
    pub ecosystems: BTreeSet<String>,
    pub seen: HashMap<String, Seen>,
    /// Those that name a package asked for, by id.
    pub hits: BTreeMap<String, Record>,
    /// Whether the packages of every record are kept, for the answer "why not".
    pub keeps_facts: bool,
    readings: u32,
}

/// The state of a record that counts.
pub struct Seen {
    pub aliases: Box<[String]>,
    pub upstream: Box<[String]>,
    pub facts: RecordFacts,
    /// Which reading of this id counts.
    pub reading: u32,
}

impl Pool {
    pub fn new(wanted: Wanted, keeps_facts: bool) -> Self {
        Self {
            wanted,
            feeds: Vec::new(),
            ecosystems: BTreeSet::new(),
            seen: HashMap::new(),
            hits: BTreeMap::new(),
            keeps_facts,
            readings: 0,
        }
    }

    /// Begins a feed; what is taken from now on is of it.
    pub fn begin(&mut self, source: &str, kind: &str) {
        self.feeds.push(Feed {
            source: source.to_owned(),
            kind: kind.to_owned(),
            ..Feed::default()
        });
    }

    /// Takes a record of the last feed.
    pub fn take(
        &mut self,
        name: &str,
        bytes: &[u8],
        troubles: &mut Troubles,
    ) -> Result<(), String> {
        match self.read(bytes) {
            Ok(()) => Ok(()),
            Err(Fault::Record(text)) => {
                self.miss(name, &text, troubles);
                Ok(())
            }
            Err(Fault::Write(error)) => Err(format!("the index cannot be written: {error}")),
        }
    }

    /// Counts a record of the last feed that could not be read.
    pub fn miss(&mut self, name: &str, text: &str, troubles: &mut Troubles) {
        if let Some(feed) = self.feeds.last_mut() {
            feed.unreadable += 1;
            troubles.add(&feed.source, name, text);
        }
    }

    fn read(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        match glance_osv(bytes) {
            Ok(glance) => self.add(glance, |is_wanted| {
                let advisory = read_osv(bytes).map_err(|error| Fault::Record(error.to_string()))?;
                Ok(Record::of(advisory, is_wanted))
            }),
            // A CVE record or a CSAF document has its id elsewhere.
            Err(AdvisoryError::NoId) => self.read_other(bytes),
            Err(error) => Err(Fault::Record(error.to_string())),
        }
    }

    fn read_other(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let read = match advisory::read(bytes) {
            Ok(read) => read,
            Err(_) if is_signpost(bytes) => return Ok(()),
            Err(error) => return Err(Fault::Record(error.to_string())),
        };
        if let Some(feed) = self.feeds.last_mut()
            && feed.records == 0
        {
            read.format.as_str().clone_into(&mut feed.kind);
        }
        for advisory in read.records {
            let glance = Glance {
                id: advisory.id.clone().into(),
                modified: advisory.modified.clone().into(),
                published: advisory.published.clone().map(Cow::Owned),
                withdrawn: advisory.withdrawn.clone().map(Cow::Owned),
                aliases: advisory.aliases.clone(),
                upstream: advisory.upstream.clone(),
                packages: advisory
                    .affected
                    .iter()
                    .map(|e| e.package.clone())
                    .collect(),
            };
            self.add(glance, |is_wanted| Ok(Record::of(advisory, is_wanted)))?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        glance: Glance<'_>,
        in_full: impl FnOnce(&dyn Fn(&PackageKey) -> bool) -> Result<Option<Record>, Fault>,
    ) -> Result<(), Fault> {
        let is_newer = self
            .seen
            .get(glance.id.as_ref())
            .is_none_or(|seen| is_later(&glance.modified, &seen.facts.modified));
        let feed = self.feeds.len().saturating_sub(1);
        let reading = self.readings;
        if is_newer {
            let record = self.in_full(&glance, in_full)?;
            let record = record.map(|record| Record { feed, ..record });
            if let (Wanted::All(build), Some(record)) = (&mut self.wanted, &record) {
                build.add(record, reading).map_err(Fault::Write)?;
            }
            match record {
                Some(record) if matches!(self.wanted, Wanted::Packages(_)) => {
                    self.hits.insert(glance.id.clone().into_owned(), record);
                }
                _ => drop(self.hits.remove(glance.id.as_ref())),
            }
        }
        self.note(&glance);
        if is_newer {
            self.readings += 1;
            self.keep(glance, feed, reading);
        }
        Ok(())
    }

    fn in_full(
        &self,
        glance: &Glance<'_>,
        read: impl FnOnce(&dyn Fn(&PackageKey) -> bool) -> Result<Option<Record>, Fault>,
    ) -> Result<Option<Record>, Fault> {
        let is_wanted = |key: &PackageKey| match &self.wanted {
            Wanted::Packages(keys) => keys.contains(key),
            Wanted::All(_) => true,
        };
        let everything = matches!(self.wanted, Wanted::All(_));
        if !everything && !glance.packages.iter().any(is_wanted) {
            return Ok(None);
        }
        read(&is_wanted)
    }

    /// What a record says of its feed, whether or not it is the newest of its id.
    fn note(&mut self, glance: &Glance<'_>) {
        for key in &glance.packages {
            if !self.ecosystems.contains(&key.ecosystem) {
                self.ecosystems.insert(key.ecosystem.clone());
            }
        }
        let Some(feed) = self.feeds.last_mut() else {
            return;
        };
        feed.records += 1;
        // Go's records do not say when they were changed, only when they came out.
        let mut said = [Some(glance.modified.as_ref()), glance.published.as_deref()]
            .into_iter()
            .flatten()
            .filter(|text| !text.starts_with("0001-"));
        let Some(changed) = said.find(|text| !text.is_empty()) else {
            return;
        };
        // Texts are compared first: reading every time would cost more than the record.
        if feed.as_of.as_deref().is_none_or(|newest| changed > newest)
            && let Some(changed) = instant(changed)
            && feed.as_of.as_ref().is_none_or(|newest| changed > *newest)
        {
            feed.as_of = Some(changed);
        }
    }

    fn keep(&mut self, glance: Glance<'_>, feed: usize, reading: u32) {
        let id = glance.id.into_owned();
        let packages = if self.keeps_facts {
            let packages: BTreeSet<PackageKey> = glance.packages.into_iter().collect();
            packages.into_iter().collect()
        } else {
            Vec::new()
        };
        let seen = Seen {
            aliases: glance.aliases.into(),
            upstream: glance.upstream.into(),
            facts: RecordFacts {
                id: id.clone(),
                feed,
                modified: glance.modified.into_owned(),
                withdrawn: glance.withdrawn.map(Cow::into_owned),
                packages,
            },
            reading,
        };
        self.seen.insert(id, seen);
    }

    /// What the records say about which ids mean one flaw.
    pub fn flaws(&self, troubles: &mut Troubles) -> Flaws {
        let mut flaws = Flaws::default();
        for (id, seen) in &self.seen {
            let aliases = seen.aliases.iter().map(String::as_str);
            let believed = flaws.add(id, aliases, seen.upstream.iter().map(String::as_str));
            if !believed {
                let text = "It says it has more than 50 other names; none of them is believed.";
                troubles.add("aliases", id, text);
            }
        }
        flaws
    }
}

/// Whether JSON is one of those that lead to advisories and are none: what a CSAF 2.1 provider
/// publishes beside its documents (section 7.1: `provider-metadata.json`, `aggregator.json`, ROLIE
/// feeds, service and category documents).
fn is_signpost(bytes: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Keys {
        canonical_url: Option<serde::de::IgnoredAny>,
        metadata_version: Option<serde::de::IgnoredAny>,
        aggregator_version: Option<serde::de::IgnoredAny>,
        feed: Option<serde::de::IgnoredAny>,
        service: Option<serde::de::IgnoredAny>,
        categories: Option<serde::de::IgnoredAny>,
    }
    serde_json::from_slice(bytes).is_ok_and(|keys: Keys| {
        let is_metadata = keys.metadata_version.is_some() || keys.aggregator_version.is_some();
        keys.canonical_url.is_some() && is_metadata
            || keys.feed.is_some()
            || keys.service.is_some()
            || keys.categories.is_some()
    })
}

enum Fault {
    Record(String),
    Write(std::io::Error),
}

/// Whether a time is later than another; texts that are no times are compared as texts.
pub fn is_later(a: &str, b: &str) -> bool {
    match (a.parse::<jiff::Timestamp>(), b.parse::<jiff::Timestamp>()) {
        (Ok(a), Ok(b)) => a > b,
        _ => a > b,
    }
}

/// An instant or a day as feeds write them, in the one spelling of RFC 3339.
pub fn instant(text: &str) -> Option<String> {
    crate::advisories::instant_of(text).map(|at| at.to_string())
}
