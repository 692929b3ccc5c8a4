//! Drafts, and what was filed or told, as recorded: plain data.

use crate::cases::words::{FilingKind, Told, ToldBy};
use crate::ids::{EvidenceId, ReleaseId, SubmissionId};
use bonafide_law::deadlines::Stage;
use bonafide_law::form::Values;
use jiff::Timestamp;

/// Something that was filed, as recorded.
#[derive(Debug, Clone)]
pub struct Submission {
    pub id: SubmissionId,
    pub stage: Stage,
    pub number: i64,
    pub kind: FilingKind,
    pub covers: Vec<Stage>,
    pub platform_reference: String,
    pub submitted_at: Timestamp,
    pub reason: Option<String>,
    pub digest: String,
    pub bytes: i64,
    pub receipt: Option<EvidenceId>,
    /// The instants it gave, by the keys of the form, as they stood on the sheet.
    pub carried: Values,
    pub recorded_by: String,
    pub recorded_at: Timestamp,
}

/// The record that counts for a stage: the latest correction that carried its content, else the
/// first that did.
pub fn filed(submissions: &[Submission], stage: Stage) -> Option<&Submission> {
    let covering = || submissions.iter().filter(|s| s.covers.contains(&stage));
    let corrected = covering().rfind(|s| s.kind == FilingKind::Correction);
    corrected.or_else(|| covering().next())
}

/// A saved draft.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub stage: Stage,
    pub revision: i64,
    pub form_version: String,
    pub values: Values,
    pub saved_by: String,
    pub saved_at: Timestamp,
}

/// What was filed, to be recorded.
#[derive(Debug, Clone)]
pub struct NewFiling {
    pub stage: Stage,
    pub kind: FilingKind,
    /// Stages whose content it carried besides its own ("unless already provided").
    pub also_covers: Vec<Stage>,
    pub platform_reference: String,
    pub submitted_at: Timestamp,
    pub reason: Option<String>,
    /// The seal of the sheet the person saw: what is frozen must be what they saw.
    pub seal: String,
    pub receipt: Option<crate::evidence::NewEvidence>,
}

/// That users were informed (14(8)), as recorded by a person.
#[derive(Debug, Clone)]
pub struct Informing {
    pub number: i64,
    pub told: Told,
    pub by: ToldBy,
    pub informed_at: Timestamp,
    /// Who informed them, in words.
    pub informant: String,
    /// What they were told.
    pub text: String,
    /// Where it can be read again: an address, a ticket, a file.
    pub reference: Option<String>,
    /// The releases it concerns.
    pub releases: Vec<ReleaseId>,
    pub recorded_by: String,
    pub recorded_at: Timestamp,
}

/// What a person records about informing users.
#[derive(Debug, Clone)]
pub struct NewInforming {
    pub told: Told,
    pub by: ToldBy,
    pub informed_at: Timestamp,
    pub informant: String,
    pub text: String,
    pub reference: Option<String>,
    pub releases: Vec<ReleaseId>,
}
