//! Finds what was changed, removed or inserted in a chain, and names it. Reads only.

use super::rules::{self, ALGORITHM, Line};
use super::{Checkpoint, Filter, GENESIS, Recorded, store};
use crate::store::{Db, Error, Tx};
use anyhow::Context as _;
use std::collections::BTreeMap;
use std::io::BufRead;

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
            verified.checkpoints += checkpoints.len() as u64;
            chain.check_against(&checkpoints, &digests(tx, &checkpoints)?, key);
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

/// Verifies an exported file. A part of a chain is taken as what it is: its first entry's
/// `previous` is believed, everything after it is checked.
pub fn verify_export(input: impl BufRead) -> anyhow::Result<Verified> {
    use std::io::Read as _;
    let mut chains: BTreeMap<String, Chain> = BTreeMap::new();
    let mut input = input;
    let mut number = 0u64;
    loop {
        let mut line = String::new();
        let read = (&mut input).take(LINE_BYTES_MAX).read_line(&mut line)?;
        if read == 0 {
            break;
        }
        number += 1;
        anyhow::ensure!(
            (read as u64) < LINE_BYTES_MAX,
            "line {number} is longer than an entry can be"
        );
        if line.trim().is_empty() {
            continue;
        }
        let line = serde_json::from_str::<Line>(&line)
            .with_context(|| format!("line {number} is not an entry of a journal"))?;
        let read = line.time.clone();
        let mut entry = line.into_entry();
        if crate::time::from_millis(entry.at).to_string() != read {
            // What people read must be what was hashed: the digest is checked with that instant.
            entry.at = read
                .parse()
                .map_or(0, |at: jiff::Timestamp| at.as_millisecond());
        }
        let chain = chains.entry(entry.organisation.clone()).or_insert_with(|| {
            let mut chain = Chain::new(&entry.organisation);
            if entry.seq > 1 {
                (chain.seq, chain.digest) = (entry.seq - 1, entry.previous.clone());
            }
            chain
        });
        chain.add(entry);
    }
    let mut verified = Verified::default();
    for chain in chains.into_values() {
        verified.take(chain);
    }
    Ok(verified)
}

impl Verified {
    fn take(&mut self, chain: Chain) {
        self.organisations += 1;
        self.entries += chain.entries;
        for finding in chain.findings {
            if self.findings.len() < FINDINGS_MAX {
                self.findings.push(finding);
            } else {
                self.further += 1;
            }
        }
    }

    /// Whether everything is as it was written.
    pub fn is_intact(&self) -> bool {
        self.findings.is_empty()
    }
}

/// One chain being walked from its beginning.
struct Chain {
    organisation: String,
    seq: i64,
    digest: String,
    entries: u64,
    findings: Vec<Finding>,
}

impl Chain {
    fn new(organisation: &str) -> Self {
        Self {
            organisation: organisation.to_owned(),
            seq: 0,
            digest: GENESIS.to_owned(),
            entries: 0,
            findings: Vec::new(),
        }
    }

    fn found(&mut self, seq: i64, what: impl Into<String>) {
        self.findings.push(Finding {
            organisation: self.organisation.clone(),
            seq,
            what: what.into(),
        });
    }

    fn add(&mut self, entry: Recorded) {
        self.entries += 1;
        let expected = self.seq + 1;
        let gap = entry.seq > expected;
        if entry.seq < expected {
            self.found(
                entry.seq,
                "this entry does not belong here: its number was used before",
            );
        } else if gap && entry.seq - expected == 1 {
            self.found(expected, "this entry was removed");
        } else if gap {
            let last = entry.seq - 1;
            self.found(expected, format!("the entries up to {last} were removed"));
        }
        if entry.algorithm != ALGORITHM {
            self.found(
                entry.seq,
                format!("its algorithm is {:?}, which is not known", entry.algorithm),
            );
        } else if rules::digest_of(&entry) != entry.digest {
            self.found(
                entry.seq,
                "this entry was changed: its digest does not fit it",
            );
        } else if !gap && entry.previous != self.digest {
            self.found(
                entry.seq,
                "this entry was put here: it follows another than the one before",
            );
        }
        self.seq = entry.seq;
        self.digest = entry.digest;
    }

    fn ends_at(&mut self, seq: i64, digest: &str) {
        if seq > self.seq {
            let first = self.seq + 1;
            self.found(
                first,
                format!("the entries from here to {seq}, the end, were removed"),
            );
        } else if seq < self.seq {
            self.found(
                self.seq,
                format!("the chain ended at {seq}; what follows was added"),
            );
        } else if digest != self.digest {
            self.found(
                seq,
                "the record of where this chain ends does not fit its last entry",
            );
        }
    }

    fn check_against(
        &mut self,
        checkpoints: &[Checkpoint],
        digests: &BTreeMap<i64, String>,
        key: Option<&str>,
    ) {
        for checkpoint in checkpoints {
            if key.is_some_and(|key| key != checkpoint.public_key) {
                self.found(checkpoint.seq, "a checkpoint here is signed by another key");
            } else if !checkpoint.is_signed() {
                self.found(checkpoint.seq, "a checkpoint's signature here is not right");
            } else if digests.get(&checkpoint.seq) != Some(&checkpoint.digest) {
                self.found(
                    checkpoint.seq,
                    "the chain up to here is not the one that was signed at a checkpoint",
                );
            }
        }
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
