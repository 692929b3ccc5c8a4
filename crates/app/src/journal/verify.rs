//! Finds what was changed, removed or inserted in a chain, and names it. Reads only.

use super::chain::Chain;
use super::rules::{CheckpointLine, Line};
use super::{Checkpoint, Filter, Recorded, store};
use crate::store::{Db, Error, Tx};
use anyhow::Context as _;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Read as _};

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub organisation: String,
    /// The entry it is about.
    pub seq: i64,
    /// What is wrong, in words.
    pub what: String,
}

/// What a verification saw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    pub organisations: u64,
    pub entries: u64,
    pub checkpoints: u64,
    /// In the order of the chains; the first `FINDINGS_MAX`.
    pub findings: Vec<Finding>,
    /// Findings beyond those listed.
    pub further: u64,
    /// Whose signatures on checkpoints are right: public keys, base64.
    pub keys: BTreeSet<String>,
    /// Entries after the last checkpoint of their chain: order is proved for them, not more.
    pub unsigned: u64,
    /// The organisations whose chains were walked.
    pub seen: BTreeSet<String>,
}

/// How many findings are named one by one.
pub const FINDINGS_MAX: usize = 1_000;
const PAGE: i64 = 2_000;
/// What one line of an export may have.
const LINE_BYTES_MAX: u64 = 1024 * 1024;

/// Verifies every chain of a database in one snapshot. `key` is the instance's public key; with
/// it the checkpoints must be signed by that very key.
pub fn verify_database(db: &Db, key: Option<&str>) -> anyhow::Result<Verified> {
    db.read_now(|tx| -> Result<_, Error> {
        let mut verified = Verified::default();
        for head in store::heads(tx)? {
            let mut chain = Chain::new(&head.organisation);
            each_entry(tx, &head.organisation, |entry| chain.add(entry))?;
            chain.ends_at(head.seq, &head.digest);
            let checkpoints = all_checkpoints(tx, &head.organisation)?;
            chain.check_against(&checkpoints, &digests(tx, &checkpoints)?, key);
            if key.is_some() {
                let unsigned = store::span_after(tx, &head.organisation, chain.signed_to)?;
                chain.was_signed(unsigned);
            }
            verified.take(chain);
        }
        for organisation in store::headless(tx)? {
            let mut chain = Chain::new(&organisation);
            each_entry(tx, &organisation, |entry| chain.add(entry))?;
            chain.found(chain.seq, "the record of where this chain ends is missing");
            verified.take(chain);
        }
        Ok(verified)
    })
    .context("read the journal")
}

/// Verifies an exported file, its checkpoints included. An export is never filtered, so it begins
/// with the first entry of its chain.
///
/// With `key`, the instance's public key, every checkpoint must be signed by that very key, and
/// the last entry must be: then nothing can be rewritten or cut off. Without it the file can only
/// be checked against itself; [`Verified::keys`] says who signed.
pub fn verify_export(mut input: impl BufRead, key: Option<&str>) -> anyhow::Result<Verified> {
    let mut chains: BTreeMap<String, Chain> = BTreeMap::new();
    let mut strange: Vec<(u64, String)> = Vec::new();
    let mut last = String::new();
    let mut number = 0u64;
    let mut line = Vec::new();
    loop {
        line.clear();
        let mut limited = (&mut input).take(LINE_BYTES_MAX);
        if limited.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        number += 1;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match read_line(&line) {
            Some(Found::Entry(entry, agrees)) => {
                last.clone_from(&entry.organisation);
                let chain = chain_of(&mut chains, &entry);
                if !agrees {
                    chain.found(
                        entry.seq,
                        "its instant stands there in two ways that differ",
                    );
                }
                chain.add(*entry);
            }
            Some(Found::Checkpoint(checkpoint)) => {
                last.clone_from(&checkpoint.organisation);
                match chains.get_mut(&checkpoint.organisation) {
                    Some(chain) => chain.pass(&checkpoint, key),
                    None => strange.push((number, last.clone())),
                }
            }
            None => strange.push((number, last.clone())),
        }
    }
    anyhow::ensure!(
        !chains.is_empty() || strange.is_empty(),
        "line 1 is not an entry of a journal"
    );
    for (number, organisation) in strange {
        // Whatever stands before the first entry of all is laid to the first chain.
        let chain = match chains.contains_key(&organisation) {
            true => chains.get_mut(&organisation),
            false => chains.values_mut().next(),
        };
        if let Some(chain) = chain {
            chain.found(
                chain.seq,
                format!("line {number} of the file is neither an entry nor a checkpoint of an entry before it"),
            );
        }
    }
    let mut verified = Verified::default();
    for mut chain in chains.into_values() {
        if key.is_some() && chain.signed_to < chain.seq {
            chain.found(chain.seq, "nothing signed says that the chain ends here");
        }
        verified.take(chain);
    }
    Ok(verified)
}

enum Found {
    /// And whether its instant for people is the one that was hashed.
    Entry(Box<Recorded>, bool),
    Checkpoint(Checkpoint),
}

/// None for what no export of ours contains.
fn read_line(line: &[u8]) -> Option<Found> {
    if let Ok(read) = serde_json::from_slice::<CheckpointLine>(line) {
        return Some(Found::Checkpoint(read.checkpoint));
    }
    let read = serde_json::from_slice::<Line>(line).ok()?;
    let time = read.time.clone();
    let entry = read.into_entry();
    let agrees = crate::time::from_millis(entry.at).to_string() == time;
    Some(Found::Entry(Box::new(entry), agrees))
}

fn chain_of<'a>(chains: &'a mut BTreeMap<String, Chain>, entry: &Recorded) -> &'a mut Chain {
    chains.entry(entry.organisation.clone()).or_insert_with(|| {
        let mut chain = Chain::new(&entry.organisation);
        if entry.seq > 1 {
            // Said once; what follows is checked all the same.
            let before = entry.seq - 1;
            chain.found(
                1,
                format!("the entries up to {before} are missing: the file begins later"),
            );
            (chain.seq, chain.digest) = (before, entry.previous.clone());
        }
        chain
    })
}

impl Verified {
    fn take(&mut self, chain: Chain) {
        self.organisations += 1;
        self.seen.insert(chain.organisation.clone());
        self.entries += chain.entries;
        self.checkpoints += chain.checkpoints;
        self.keys.extend(chain.keys);
        let unsigned = chain.seq.saturating_sub(chain.signed_to).max(0) as u64;
        self.unsigned += unsigned.min(chain.entries);
        for finding in chain.findings {
            if self.findings.len() < FINDINGS_MAX {
                self.findings.push(finding);
            } else {
                self.further += 1;
            }
        }
    }

    /// An organisation there is must have a journal: its founding stands in it.
    pub fn expect(&mut self, organisation: &str) {
        if !self.seen.contains(organisation) {
            let mut chain = Chain::new(organisation);
            chain.found(1, "this organisation has no journal: all of it was removed");
            self.take(chain);
        }
    }

    /// Whether everything is as it was written.
    pub fn is_intact(&self) -> bool {
        self.findings.is_empty()
    }
}

fn each_entry(
    tx: &mut Tx,
    organisation: &str,
    mut each: impl FnMut(Recorded),
) -> Result<(), Error> {
    // Below every number, so that an entry inserted before the first is seen.
    let mut after = i64::MIN;
    loop {
        let page = store::list_after(tx, organisation, &Filter::default(), after, PAGE)?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.seq;
        page.into_iter().for_each(&mut each);
    }
}

fn all_checkpoints(tx: &mut Tx, organisation: &str) -> Result<Vec<Checkpoint>, Error> {
    let mut all = Vec::new();
    let mut after = i64::MIN;
    loop {
        let page = store::checkpoints(tx, organisation, after, PAGE)?;
        let Some(last) = page.last() else {
            return Ok(all);
        };
        after = last.seq;
        all.extend(page);
    }
}

fn digests(tx: &mut Tx, checkpoints: &[Checkpoint]) -> Result<BTreeMap<i64, String>, Error> {
    let mut digests = BTreeMap::new();
    for checkpoint in checkpoints {
        let filter = Filter::default();
        let at = checkpoint.seq;
        let found = store::list_after(tx, &checkpoint.organisation, &filter, at - 1, 1)?;
        if let Some(entry) = found.into_iter().find(|entry| entry.seq == at) {
            digests.insert(at, entry.digest);
        }
    }
    Ok(digests)
}
