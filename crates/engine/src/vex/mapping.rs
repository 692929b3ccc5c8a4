//! The words of the formats for one state and one justification, as data.
//!
//! States: CycloneDX `analysis.state`, CSAF `product_status` (2.0 and 2.1). Justifications:
//! CycloneDX has nine, CISA five; a row says whether the way back is the same word, and a writer
//! reports every row that is not.

use super::{Justification, Status};

/// A state in each format, the first row of a status being the one that is written.
pub struct StateRow {
    pub status: Status,
    /// CycloneDX `analysis.state`.
    pub cyclonedx: &'static str,
    /// CSAF `product_status`.
    pub csaf: &'static str,
}

/// All states. CycloneDX `false_positive` says more than `not_affected`, and CSAF's `first_` and
/// `last_` say more than the plain word; both are kept as the original word.
pub const STATES: [StateRow; 8] = [
    state(
        Status::UnderInvestigation,
        "in_triage",
        "under_investigation",
    ),
    state(Status::Affected, "exploitable", "known_affected"),
    state(Status::Affected, "exploitable", "first_affected"),
    state(Status::Affected, "exploitable", "last_affected"),
    state(Status::NotAffected, "not_affected", "known_not_affected"),
    state(Status::NotAffected, "false_positive", "known_not_affected"),
    state(Status::Fixed, "resolved", "fixed"),
    state(Status::Fixed, "resolved_with_pedigree", "first_fixed"),
];

const fn state(status: Status, cyclonedx: &'static str, csaf: &'static str) -> StateRow {
    StateRow {
        status,
        cyclonedx,
        csaf,
    }
}

/// A justification of CISA and the word of CycloneDX for it.
pub struct JustificationRow {
    pub label: Justification,
    pub cyclonedx: &'static str,
    /// Whether the word of CycloneDX says less or something else than the label.
    pub is_lossy: bool,
}

/// From CISA's labels to CycloneDX.
pub const TO_CYCLONEDX: [JustificationRow; 5] = [
    row(Justification::ComponentNotPresent, "code_not_present", true),
    row(
        Justification::VulnerableCodeNotPresent,
        "code_not_present",
        false,
    ),
    row(
        Justification::VulnerableCodeNotInExecutePath,
        "code_not_reachable",
        false,
    ),
    row(
        Justification::VulnerableCodeCannotBeControlledByAdversary,
        "protected_by_mitigating_control",
        true,
    ),
    row(
        Justification::InlineMitigationsAlreadyExist,
        "protected_by_mitigating_control",
        false,
    ),
];

/// From CycloneDX to CISA's labels. `protected_at_perimeter` has none: CISA wants protection that
/// is built in and cannot be subverted by the attacker.
pub const FROM_CYCLONEDX: [JustificationRow; 8] = [
    row(
        Justification::VulnerableCodeNotPresent,
        "code_not_present",
        false,
    ),
    row(
        Justification::VulnerableCodeNotInExecutePath,
        "code_not_reachable",
        false,
    ),
    row(
        Justification::VulnerableCodeNotInExecutePath,
        "requires_configuration",
        true,
    ),
    row(
        Justification::VulnerableCodeNotInExecutePath,
        "requires_dependency",
        true,
    ),
    row(
        Justification::VulnerableCodeNotInExecutePath,
        "requires_environment",
        true,
    ),
    row(
        Justification::InlineMitigationsAlreadyExist,
        "protected_by_compiler",
        true,
    ),
    row(
        Justification::InlineMitigationsAlreadyExist,
        "protected_at_runtime",
        true,
    ),
    row(
        Justification::InlineMitigationsAlreadyExist,
        "protected_by_mitigating_control",
        false,
    ),
];

const fn row(label: Justification, cyclonedx: &'static str, is_lossy: bool) -> JustificationRow {
    JustificationRow {
        label,
        cyclonedx,
        is_lossy,
    }
}

/// The status for a CycloneDX `analysis.state`.
pub fn status_from_cyclonedx(word: &str) -> Option<Status> {
    STATES
        .iter()
        .find(|row| row.cyclonedx == word)
        .map(|row| row.status)
}

/// The status for a list in CSAF's `product_status`; `recommended` and 2.1's `unknown` have none.
pub fn status_from_csaf(word: &str) -> Option<Status> {
    STATES
        .iter()
        .find(|row| row.csaf == word)
        .map(|row| row.status)
}

/// The CycloneDX word to write.
pub fn status_to_cyclonedx(status: Status) -> &'static str {
    STATES
        .iter()
        .find(|row| row.status == status)
        .map_or("in_triage", |row| row.cyclonedx)
}

/// The CSAF list to write.
pub fn status_to_csaf(status: Status) -> &'static str {
    STATES
        .iter()
        .find(|row| row.status == status)
        .map_or("under_investigation", |row| row.csaf)
}

/// The label for a CycloneDX `analysis.justification`.
pub fn justification_from_cyclonedx(word: &str) -> Option<&'static JustificationRow> {
    FROM_CYCLONEDX.iter().find(|row| row.cyclonedx == word)
}

/// The CycloneDX word for a label.
pub fn justification_to_cyclonedx(label: Justification) -> Option<&'static JustificationRow> {
    TO_CYCLONEDX.iter().find(|row| row.label == label)
}
