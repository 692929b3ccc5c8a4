//! SBOM documents (Art. 3(39), Annex I Part II (1)): intake, revisions, what was understood.
//! Parsing is the engine's; the original bytes are archived and served as they came, never
//! rebuilt from rows.
//!
//! A package version is interned once for all tenants; this room never tells one tenant that
//! another holds it.

mod again;
mod pages;
mod parsers;
pub mod quality;
mod quality_page;
mod rules;
mod sorting;
mod store;

pub use again::{Stale, keep_as_read, list_stale, read_archived, record_again};
pub use pages::routes;
pub use parsers::{Parsers, RETRY_SECONDS, busy};
pub use sorting::{Sorted, sort_postings};
pub use store::STATEMENTS;
pub use store::again::STATEMENTS as AGAIN_STATEMENTS;
pub use store::postings::{STATEMENTS as POSTINGS_STATEMENTS, fold as fold_postings, holders};

use crate::accounts::{Caller, Permission};
use crate::blobs::{Blobs, Digest};
use crate::ids::{ReleaseId, SbomId};
use crate::journal::{self, Entry};
use crate::releases;
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use crate::web::words::Lang;
use bonafide_engine::export;
use bonafide_engine::sbom::document::{self, Document};
use bonafide_engine::sbom::{Component, Limits, Sbom, SbomError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What happened to an uploaded document.
#[derive(Debug, Clone)]
pub struct Intake {
    pub sbom: SbomId,
    pub release: ReleaseId,
    pub revision: i64,
    /// The same bytes were the current revision already; nothing was done.
    pub unchanged: bool,
    /// The same bytes were an older revision, which is current again.
    pub restored: bool,
    pub components: i64,
    pub unidentified: i64,
    /// [`Intake::unidentified`] by reason code.
    pub unidentified_reasons: BTreeMap<String, i64>,
    pub warnings: Warnings,
    /// Package versions nobody had sent before; `findings` matches exactly these.
    pub new_package_versions: Vec<i64>,
}

/// A document that was parsed and archived and waits to be recorded.
pub struct Parsed {
    pub document: Sbom,
    pub digest: Digest,
    pub bytes: usize,
}

/// A parsed document reduced to what goes into the database: a fraction of its size, so that many
/// can wait to be recorded.
pub struct Planned {
    plan: rules::Plan,
    facts: SbomRow,
    /// What the document says it is about.
    subject: Option<Component>,
}

/// A document of a release, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SbomRow {
    pub id: SbomId,
    /// The short number of its postings; never leaves the process.
    pub num: i64,
    pub release: ReleaseId,
    /// 1, 2, 3 … within the release.
    pub revision: i64,
    pub is_current: bool,
    /// `sha256:…` of the bytes as they came.
    pub digest: String,
    pub bytes: i64,
    /// The code of [`bonafide_engine::sbom::Format`]: `cyclonedx-json`, `spdx-tag-value` and so on.
    pub format: String,
    pub spec_version: String,
    pub serial_number: Option<String>,
    pub components: i64,
    pub unidentified: i64,
    pub unidentified_reasons: BTreeMap<String, i64>,
    pub warnings: Warnings,
    /// `browser`, `cli`, `api` or `dependency-track`.
    pub source: String,
    pub uploaded_by: String,
    pub created_at: Timestamp,
}

/// What was odd in a document but did not stop the reading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warnings {
    pub list: Vec<Warning>,
    /// How many more there were than are kept by name.
    pub left_out: usize,
}

/// One oddity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Stable, kebab-case.
    pub code: String,
    /// JSON pointer into the document.
    pub place: String,
    /// A sentence.
    pub text: String,
}

impl SbomRow {
    /// The version of the format without its name: `1.6`, `2.3`.
    pub fn spec_number(&self) -> &str {
        self.spec_version
            .strip_prefix("SPDX-")
            .unwrap_or(&self.spec_version)
    }

    /// The first twelve digits of the digest, as people compare it.
    pub fn short_digest(&self) -> String {
        let hex = self.digest.strip_prefix("sha256:").unwrap_or(&self.digest);
        hex.chars().take(12).collect()
    }
}

impl Planned {
    fn of(parsed: &Parsed) -> Self {
        let plan = rules::plan(&parsed.document);
        let facts = row_of(parsed, &plan);
        let subject = parsed.document.subject.clone();
        Self {
            plan,
            facts,
            subject,
        }
    }

    /// About how many bytes it takes in memory, with what recording it takes besides.
    pub fn weight(&self) -> u64 {
        rules::weight_of(&self.plan)
    }
}

impl From<Parsed> for Planned {
    fn from(parsed: Parsed) -> Self {
        Self::of(&parsed)
    }
}

/// What the structures of a parsed document may take in memory at most, texts aside, by how many
/// `{` and `,` it has.
pub fn weight_of_structures(objects: u64, commas: u64) -> u64 {
    let limits = Limits::default();
    let components = objects.min(limits.components_max as u64);
    let references = commas.min(2 * limits.dependencies_max as u64);
    components * rules::COMPONENT_BYTES + references * rules::REFERENCE_BYTES
}

impl Warnings {
    /// Those that say that the document describes something else than the release it is for.
    pub fn of_subject(&self) -> impl Iterator<Item = &Warning> {
        let warnings = self.list.iter();
        warnings.filter(|warning| warning.code.starts_with("subject-other-"))
    }

    /// All of them, named or not.
    pub fn total(&self) -> usize {
        self.list.len() + self.left_out
    }
}

/// How large a document may be, unpacked. A 100,000-component CycloneDX file is about 104 MB.
pub const DOCUMENT_BYTES_MAX: usize = 128 * 1024 * 1024;
/// How often recording is tried again when another upload takes the same revision.
const ATTEMPTS_MAX: u32 = 8;

/// Reads a document within the limits. Long work: call it off the async threads, after the
/// caller was found to be allowed.
pub fn parse(bytes: &[u8]) -> Result<Parsed, Trouble> {
    let limits = Limits {
        bytes_max: DOCUMENT_BYTES_MAX,
        ..Limits::default()
    };
    let document = bonafide_engine::sbom::read(bytes, &limits).map_err(|e| refusal(&e))?;
    Ok(Parsed {
        document,
        digest: Digest::of(bytes),
        bytes: bytes.len(),
    })
}

/// [`record_planned`] for a document that is still at hand.
pub fn record_sbom(
    tx: &mut Tx,
    caller: &Caller,
    release: ReleaseId,
    parsed: &Parsed,
    source: &'static str,
) -> Result<Intake, Trouble> {
    record_planned(tx, caller, release, &Planned::of(parsed), source)
}

/// Records a document as the release's current revision, in the caller's transaction.
/// Idempotent by digest; a frozen release refuses. `source` is browser, cli, api or
/// dependency-track. The bytes are in the blob store already, so that a committed row never
/// points at nothing. The caller then calls `findings::refresh_release`.
pub fn record_planned(
    tx: &mut Tx,
    caller: &Caller,
    release: ReleaseId,
    planned: &Planned,
    source: &'static str,
) -> Result<Intake, Trouble> {
    caller.require(Permission::SbomsUpload)?;
    let release = releases::lock_release(tx, caller, release)?;
    let organisation = caller.organisation;
    let (plan, digest) = (&planned.plan, planned.facts.digest.as_str());
    for _ in 0..ATTEMPTS_MAX {
        let known = store::find_by_digest(tx, organisation, release.id, digest)?;
        if let Some(known) = known {
            return if known.is_current {
                Ok(intake_of(&known, true, false, Vec::new()))
            } else {
                restore(tx, caller, &release, known)
            };
        }
        releases::require_unfrozen(&release)?;
        let revision = store::next_revision(tx, organisation, release.id)?;
        let num = store::new_number(tx)?;
        let mut row = SbomRow {
            id: tx.new_id(),
            num,
            release: release.id,
            revision,
            created_at: tx.now(),
            source: source.to_owned(),
            uploaded_by: caller.actor.name().to_owned(),
            ..planned.facts.clone()
        };
        // A branch has no version of its own to compare with.
        let version = Some(release.version.as_str()).filter(|_| release.is_tagged());
        let odd = rules::other_subject(planned.subject.as_ref(), &release.product_name, version);
        row.warnings.list.splice(0..0, odd);
        if store::insert(tx, organisation, &row)? {
            return finish(tx, caller, &row, plan);
        }
        // Another upload for this release was faster; what it left is looked at anew.
    }
    Err(Refusal::conflict("sbom-busy").into())
}

/// The rest of recording, once the row stands.
fn finish(
    tx: &mut Tx,
    caller: &Caller,
    row: &SbomRow,
    plan: &rules::Plan,
) -> Result<Intake, Trouble> {
    store::make_current(tx, caller.organisation, row.release, row.id)?;
    let (ids, fresh) = store::intern(tx, plan)?;
    let organisation_num = store::organisation_num(tx, caller.organisation)?;
    store::insert_postings(tx, organisation_num, row.num, plan, &ids)?;
    let facts = serde_json::json!({
        "release": row.release, "revision": row.revision, "digest": row.digest,
        "components": row.components, "unidentified": row.unidentified, "source": row.source,
    });
    let entry = Entry::new("sbom-recorded", row.id, facts);
    journal::record(tx, caller.organisation, &caller.actor, entry)?;
    put_in_evidence_set(tx, caller, row)?;
    Ok(intake_of(row, false, false, fresh))
}

/// An older revision's bytes came again: it is current again, and nothing else changes.
fn restore(
    tx: &mut Tx,
    caller: &Caller,
    release: &releases::Release,
    known: SbomRow,
) -> Result<Intake, Trouble> {
    releases::require_unfrozen(release)?;
    let num = store::make_current(tx, caller.organisation, release.id, known.id)?;
    store::postings::add_again(tx, num, known.components)?;
    let facts = serde_json::json!({ "release": release.id, "revision": known.revision });
    let entry = Entry::new("sbom-current-again", known.id, facts);
    journal::record(tx, caller.organisation, &caller.actor, entry)?;
    put_in_evidence_set(tx, caller, &known)?;
    Ok(intake_of(&known, false, true, Vec::new()))
}

/// The current document belongs to what a freeze of the release will sign.
fn put_in_evidence_set(tx: &mut Tx, caller: &Caller, row: &SbomRow) -> Result<(), Trouble> {
    let proof = releases::Proof {
        slot: "sbom".to_owned(),
        reference: row.id.to_string(),
        digest: row.digest.clone(),
    };
    releases::put_in_evidence_set(tx, caller, row.release, &proof)
}

/// What a document says of itself, as a row without its place.
fn row_of(parsed: &Parsed, plan: &rules::Plan) -> SbomRow {
    let document = &parsed.document;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let list = document.warnings.iter().map(|warning| Warning {
        code: warning.code.to_owned(),
        place: warning.place.clone(),
        text: warning.text.clone(),
    });
    SbomRow {
        id: crate::ids::Id::from_uuid(uuid::Uuid::nil()),
        num: 0,
        release: crate::ids::Id::from_uuid(uuid::Uuid::nil()),
        revision: 0,
        is_current: true,
        digest: parsed.digest.as_str().to_owned(),
        bytes: count(parsed.bytes),
        format: document.format.as_str().to_owned(),
        spec_version: document.spec_version.clone(),
        serial_number: document.serial_number.clone(),
        components: count(document.components.len()),
        unidentified: plan.unidentified.values().sum(),
        unidentified_reasons: plan
            .unidentified
            .iter()
            .map(|(code, count)| ((*code).to_owned(), *count))
            .collect(),
        warnings: Warnings {
            list: list.collect(),
            left_out: document.warnings_left_out,
        },
        source: String::new(),
        uploaded_by: String::new(),
        created_at: Timestamp::UNIX_EPOCH,
    }
}

fn intake_of(row: &SbomRow, unchanged: bool, restored: bool, fresh: Vec<i64>) -> Intake {
    Intake {
        sbom: row.id,
        release: row.release,
        revision: row.revision,
        unchanged,
        restored,
        components: row.components,
        unidentified: row.unidentified,
        unidentified_reasons: row.unidentified_reasons.clone(),
        warnings: row.warnings.clone(),
        new_package_versions: fresh,
    }
}

/// A document of the caller's organisation.
pub fn get_sbom(tx: &mut Tx, caller: &Caller, id: SbomId) -> Result<SbomRow, Trouble> {
    caller.require(Permission::ProductsRead)?;
    let row = store::find(tx, caller.organisation, id)?.ok_or_else(Refusal::not_found)?;
    // The release knows which products a caller may see.
    releases::get_release(tx, caller, row.release)?;
    Ok(row)
}

/// The document in force of a release, if it has one.
pub fn find_current(
    tx: &mut Tx,
    caller: &Caller,
    release: ReleaseId,
) -> Result<Option<SbomRow>, Trouble> {
    // The release knows which products a caller may see.
    releases::get_release(tx, caller, release)?;
    Ok(store::find_current(tx, caller.organisation, release)?)
}

/// Revisions of a release, newest first, and how many there are altogether.
pub fn list_sboms(
    tx: &mut Tx,
    caller: &Caller,
    release: ReleaseId,
    limit: i64,
    offset: i64,
) -> Result<(Vec<SbomRow>, i64), Trouble> {
    caller.require(Permission::ProductsRead)?;
    releases::get_release(tx, caller, release)?;
    Ok(store::list(
        tx,
        caller.organisation,
        release,
        limit,
        offset,
    )?)
}

/// The bytes of a document as they came. Reads a file: call it off the async threads.
pub fn read_original(blobs: &Blobs, sbom: &SbomRow) -> Result<Vec<u8>, Trouble> {
    let digest = Digest::parse(&sbom.digest)
        .ok_or_else(|| anyhow::anyhow!("the document {} has no digest", sbom.id))?;
    Ok(blobs.get(&digest)?)
}

/// A document in another format. Reads a file and parses it: call it at a place of [`Parsers`].
pub fn convert(
    blobs: &Blobs,
    sbom: &SbomRow,
    target: export::Target,
) -> Result<export::Exported, Trouble> {
    let document = read_fully(&read_original(blobs, sbom)?)?;
    let serial = serial_of(&[sbom.digest.as_bytes()], &[target.as_str()]);
    let stamp = stamp(sbom.created_at, serial);
    Ok(export::export(&document, target, &stamp))
}

/// Everything a document says, for conversion and comparison.
pub fn read_fully(bytes: &[u8]) -> Result<Document, Trouble> {
    document::read(bytes, &Limits::default()).map_err(|error| refusal(&error).into())
}

/// What the engine's writers cannot know.
pub fn stamp(now: Timestamp, serial: uuid::Uuid) -> export::Stamp {
    let second = Timestamp::from_second(now.as_second()).unwrap_or(now);
    export::Stamp {
        now: second.to_string(),
        serial: serial.hyphenated().to_string(),
        tool_name: "bonafide".to_owned(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// A serial number out of what was read and what was asked (RFC 9562 §5.8), so that the same
/// question has the same answer.
pub fn serial_of(contents: &[&[u8]], words: &[&str]) -> uuid::Uuid {
    use sha2::Digest as _;
    let mut digest = sha2::Sha256::new();
    let words = words.iter().map(|word| word.as_bytes());
    for part in contents.iter().copied().chain(words) {
        // With its length, so that no two lists read the same.
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    let digest = digest.finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// How many components of a document cannot be looked up, by reason code.
pub fn unidentified(document: &Sbom) -> BTreeMap<&'static str, i64> {
    rules::plan(document).unidentified
}

/// The words for a reason code, in a language; the code itself when it is a new one.
pub fn reason_in_words(lang: Lang, code: &str) -> String {
    let key = format!("unidentified-{code}");
    if lang.has(&key) {
        lang.t(&key)
    } else {
        code.to_owned()
    }
}

/// The refusal of a document that cannot be read: its code is the engine's, where we have a
/// sentence of our own in both languages, and it is about the field `sbom`.
fn refusal(error: &SbomError) -> Refusal {
    let place = error.place().unwrap_or_default();
    let code = error.code();
    let known = Lang::En.has(&format!("refusal-{code}"));
    let status = if code == "document-too-large" {
        413
    } else {
        422
    };
    let refusal = Refusal {
        status,
        ..Refusal::field("sbom", if known { code } else { "sbom-unreadable" })
    };
    let words = if place.is_empty() { "-" } else { place };
    refusal.with("place", words).with("reason", error)
}
