//! The bytes that are hashed, and what an export may contain. Pure.

use super::{Checkpoint, Recorded};
use crate::blobs::hex;
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

/// What stands before the first entry of a chain.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// The one algorithm so far.
pub const ALGORITHM: &str = "sha256";
/// Names the shape of the hashed bytes; a new shape gets a new name.
const SHAPE: &str = "bonafide-journal-1";

/// The hashed bytes of an entry, as the room's documentation describes them.
pub fn canonical(entry: &Recorded) -> Vec<u8> {
    serde_json::to_vec(&(
        SHAPE,
        &entry.organisation,
        entry.seq,
        entry.at,
        &entry.actor_key,
        &entry.actor_name,
        &entry.action,
        &entry.subject,
        &entry.detail,
        &entry.previous,
    ))
    .expect("strings and numbers can always be written as JSON")
}

/// The hex digest of an entry.
pub fn digest_of(entry: &Recorded) -> String {
    hex(&Sha256::digest(canonical(entry)))
}

/// One line of an export: an entry, or `{"checkpoint": …}` right behind the entry it signs.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckpointLine {
    pub checkpoint: Checkpoint,
}

/// A line that is an entry.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub organisation: String,
    pub seq: i64,
    /// RFC 3339, for people.
    pub time: String,
    /// Milliseconds since 1970 UTC, as hashed.
    pub at: i64,
    pub actor_key: String,
    pub actor_name: String,
    pub action: String,
    pub subject: String,
    /// Its text is what is hashed, byte for byte.
    pub detail: Box<RawValue>,
    pub algorithm: String,
    pub previous: String,
    pub digest: String,
}

impl Line {
    /// An entry as a line; a detail that is no JSON (somebody changed it) becomes a text.
    pub fn of(entry: &Recorded) -> Self {
        let detail = RawValue::from_string(entry.detail.clone())
            .or_else(|_| serde_json::value::to_raw_value(&entry.detail))
            .expect("a text can always be written as JSON");
        Self {
            organisation: entry.organisation.clone(),
            seq: entry.seq,
            time: crate::time::from_millis(entry.at).to_string(),
            at: entry.at,
            actor_key: entry.actor_key.clone(),
            actor_name: entry.actor_name.clone(),
            action: entry.action.clone(),
            subject: entry.subject.clone(),
            detail,
            algorithm: entry.algorithm.clone(),
            previous: entry.previous.clone(),
            digest: entry.digest.clone(),
        }
    }

    /// The entry a line stands for.
    pub fn into_entry(self) -> Recorded {
        Recorded {
            organisation: self.organisation,
            seq: self.seq,
            at: self.at,
            actor_key: self.actor_key,
            actor_name: self.actor_name,
            action: self.action,
            subject: self.subject,
            detail: self.detail.get().to_owned(),
            algorithm: self.algorithm,
            previous: self.previous,
            digest: self.digest,
        }
    }
}

/// A cell of a CSV file that no spreadsheet takes for a formula: a quote goes before anything
/// that begins, also after white space, with a sign that starts one.
pub fn csv_cell(text: &str) -> String {
    let starts = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '|' | '%');
    let first = text.chars().next();
    let trimmed = text.trim_start().chars().next();
    if first.is_some_and(starts) || trimmed.is_some_and(starts) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
