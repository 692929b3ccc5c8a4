//! One chain on its way from the first entry to the last: what does not fit is found and named.
//! It is told what comes; it reads nothing itself.

use super::rules::{self, ALGORITHM};
use super::verify::Finding;
use super::{Checkpoint, GENESIS, Recorded};
use std::collections::{BTreeMap, BTreeSet};

/// Entries over a longer time than this without a signature are a finding: the server signs at its
/// start, every hour, and at its end.
const UNSIGNED_MS_MAX: i64 = 2 * 3_600 * 1_000;

/// One chain being walked from its beginning.
pub(super) struct Chain {
    pub organisation: String,
    pub seq: i64,
    pub digest: String,
    pub entries: u64,
    pub checkpoints: u64,
    /// The last entry a right checkpoint stands for.
    pub signed_to: i64,
    pub keys: BTreeSet<String>,
    pub findings: Vec<Finding>,
}

impl Chain {
    pub fn new(organisation: &str) -> Self {
        Self {
            organisation: organisation.to_owned(),
            seq: 0,
            digest: GENESIS.to_owned(),
            entries: 0,
            checkpoints: 0,
            signed_to: 0,
            keys: BTreeSet::new(),
            findings: Vec::new(),
        }
    }

    pub fn found(&mut self, seq: i64, what: impl Into<String>) {
        self.findings.push(Finding {
            organisation: self.organisation.clone(),
            seq,
            what: what.into(),
        });
    }

    pub fn add(&mut self, entry: Recorded) {
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

    /// How many entries after the last signature there are, over how many milliseconds.
    pub fn was_signed(&mut self, (entries, span): (i64, i64)) {
        if span > UNSIGNED_MS_MAX {
            let hours = span / 3_600_000;
            self.found(
                self.signed_to + 1,
                format!(
                    "from here on {entries} entries over {hours} h are signed by nothing, though \
                     a server signs every hour: checkpoints were removed, its key was lost, or no \
                     server has run since"
                ),
            );
        }
    }

    pub fn ends_at(&mut self, seq: i64, digest: &str) {
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

    pub fn check_against(
        &mut self,
        checkpoints: &[Checkpoint],
        digests: &BTreeMap<i64, String>,
        key: Option<&str>,
    ) {
        for checkpoint in checkpoints {
            let digest = digests.get(&checkpoint.seq).map(String::as_str);
            self.check(checkpoint, digest, key);
        }
    }

    /// A checkpoint in an export, right behind the entry it is about.
    pub fn pass(&mut self, checkpoint: &Checkpoint, key: Option<&str>) {
        if checkpoint.seq > self.seq {
            let first = self.seq + 1;
            let until = checkpoint.seq;
            self.found(
                first,
                format!("the entries from here to {until}, which was signed, were removed"),
            );
        } else if checkpoint.seq < self.seq {
            self.found(
                checkpoint.seq,
                "a checkpoint of this entry stands behind a later one",
            );
        } else {
            let digest = self.digest.clone();
            self.check(checkpoint, Some(&digest), key);
        }
    }

    pub fn check(&mut self, checkpoint: &Checkpoint, digest: Option<&str>, key: Option<&str>) {
        self.checkpoints += 1;
        let seq = checkpoint.seq;
        if key.is_some_and(|key| key != checkpoint.public_key) {
            self.found(seq, "a checkpoint here is signed by another key");
        } else if !checkpoint.is_signed() {
            self.found(seq, "a checkpoint's signature here is not right");
        } else if digest != Some(checkpoint.digest.as_str()) {
            self.found(
                seq,
                "the chain up to here is not the one that was signed at a checkpoint",
            );
        } else {
            self.signed_to = self.signed_to.max(seq);
            self.keys.insert(checkpoint.public_key.clone());
        }
    }
}
