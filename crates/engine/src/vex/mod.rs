//! Vulnerability Exploitability eXchange: one model for what OpenVEX, CycloneDX and CSAF say about
//! whether a flaw matters in a product, in the words of CISA ("Minimum Requirements for VEX" and
//! "VEX Status Justifications").
//!
//! A state or justification of another format is mapped by the table in [`mapping`] and its own
//! word is kept beside it. What a document does not say is not made up: no state means no
//! statement, and a product that cannot be identified never matches.

mod applies;
mod csaf;
mod csaf_tree;
mod cyclonedx;
pub mod mapping;
mod openvex;
mod value;
mod write;

pub use applies::{Target, applies, latest};
pub use write::{Frame, Loss, WriteError, Written, write};

use crate::csaf::Refused;
use serde::Serialize;
use std::collections::BTreeMap;

/// Pairs of product and remark a document may spell out before it is refused; groups of products
/// multiply.
pub(crate) const PAIRS_MAX: usize = 2_000_000;

/// Whether a flaw matters in a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not known yet.
    UnderInvestigation,
    /// Actions are recommended.
    Affected,
    /// No remediation is required; says why by a justification or in words.
    NotAffected,
    /// These versions contain a fix.
    Fixed,
}

impl Status {
    /// All, as listed above.
    pub const ALL: [Self; 4] = [
        Self::UnderInvestigation,
        Self::Affected,
        Self::NotAffected,
        Self::Fixed,
    ];

    /// As CISA and OpenVEX spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnderInvestigation => "under_investigation",
            Self::Affected => "affected",
            Self::NotAffected => "not_affected",
            Self::Fixed => "fixed",
        }
    }

    /// From CISA's spelling.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == label)
    }
}

/// Why a product is not affected: the five labels of CISA, the same in OpenVEX and in CSAF's flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Justification {
    ComponentNotPresent,
    VulnerableCodeNotPresent,
    VulnerableCodeNotInExecutePath,
    VulnerableCodeCannotBeControlledByAdversary,
    InlineMitigationsAlreadyExist,
}

impl Justification {
    /// All, as listed above.
    pub const ALL: [Self; 5] = [
        Self::ComponentNotPresent,
        Self::VulnerableCodeNotPresent,
        Self::VulnerableCodeNotInExecutePath,
        Self::VulnerableCodeCannotBeControlledByAdversary,
        Self::InlineMitigationsAlreadyExist,
    ];

    /// The label of CISA, OpenVEX and CSAF.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ComponentNotPresent => "component_not_present",
            Self::VulnerableCodeNotPresent => "vulnerable_code_not_present",
            Self::VulnerableCodeNotInExecutePath => "vulnerable_code_not_in_execute_path",
            Self::VulnerableCodeCannotBeControlledByAdversary => {
                "vulnerable_code_cannot_be_controlled_by_adversary"
            }
            Self::InlineMitigationsAlreadyExist => "inline_mitigations_already_exist",
        }
    }

    /// From the label.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == label)
    }
}

/// The format a document came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    OpenVex,
    CycloneDx,
    Csaf,
}

impl Format {
    /// Lower case, as the command line takes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OpenVex => "openvex",
            Self::CycloneDx => "cyclonedx",
            Self::Csaf => "csaf",
        }
    }
}

/// One way to say which piece of software is meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Identity {
    /// A package URL as written.
    Purl { purl: String },
    /// A CPE 2.2 or 2.3 name as written.
    Cpe { cpe: String },
    /// An element of a CycloneDX BOM; `serial` (without `urn:uuid:`) and `version` come from a
    /// BOM-Link, or from the document itself.
    BomRef {
        serial: Option<String>,
        version: Option<u64>,
        reference: String,
    },
    /// A digest in lower-case hexadecimal; the algorithm as in `sha-256`.
    Hash { algorithm: String, value: String },
    /// An identifier that is none of these, as written.
    Iri { iri: String },
}

/// A product, or a component of one.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Product {
    /// All mean the same software; sorted, no two alike.
    pub identities: Vec<Identity>,
    /// For people, and for matching where there is nothing better.
    pub name: Option<String>,
    /// The one version meant, where it stands beside the name.
    pub version: Option<String>,
    /// Versions meant (VERS or a list), where the statement is about several.
    pub versions: Vec<VersionClaim>,
    /// The components of the product the statement is about; none: the product as a whole.
    pub subcomponents: Vec<Product>,
}

/// A version, or a range of versions in VERS.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VersionClaim {
    Version(String),
    Range(String),
}

/// What is said about one flaw in some products.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Statement {
    /// The id the document names the flaw by.
    pub vulnerability: String,
    /// Its other ids, sorted.
    pub aliases: Vec<String>,
    pub products: Vec<Product>,
    pub status: Status,
    pub justification: Option<Justification>,
    /// Why the flaw does not matter or how far it does, in words.
    pub impact: Option<String>,
    /// What to do, in words.
    pub action: Option<String>,
    /// The vendor's answers: CycloneDX `analysis.response` and CSAF remediation categories as
    /// written.
    pub responses: Vec<String>,
    /// Notes on how the status was determined.
    pub notes: Option<String>,
    /// When it was known to be true; the document's own instant where the statement has none.
    pub timestamp: Option<String>,
    /// The state as the document spells it.
    pub original_status: String,
    /// The justification as the document spells it.
    pub original_justification: Option<String>,
    /// Where it stands in the document, as a JSON pointer.
    pub place: String,
}

/// A document with its statements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VexDocument {
    pub format: Format,
    /// Of the format, as in `0.2.0`.
    pub spec_version: String,
    pub id: Option<String>,
    /// Of the document.
    pub version: Option<String>,
    pub author: Option<String>,
    /// A URL that is the author's (CSAF `publisher.namespace`).
    pub namespace: Option<String>,
    pub timestamp: Option<String>,
    /// In the order of the document.
    pub statements: Vec<Statement>,
    /// What was not understood or left out.
    pub warnings: Vec<Warning>,
}

/// Something in a document that no statement carries.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Warning {
    /// A JSON pointer.
    pub place: String,
    pub text: String,
}

/// Why bytes are no VEX document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VexError {
    /// Not JSON, or beyond the bounds.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// JSON of another kind.
    #[error("it is neither OpenVEX nor CycloneDX nor CSAF")]
    Unknown,
    /// A version of a format that is not read.
    #[error("{} {version} is not read", .format.as_str())]
    Unsupported { format: Format, version: String },
    /// Its groups of products spell out to more than `PAIRS_MAX` pairs.
    #[error("its groups of products spell out to too many statements")]
    TooMany,
}

/// Reads OpenVEX (0.0.1, 0.2.0), CycloneDX with vulnerabilities (1.4 to 1.7, JSON) and CSAF (2.0,
/// 2.1), whichever it is.
pub fn read(bytes: &[u8]) -> Result<VexDocument, VexError> {
    let document = crate::csaf::read(bytes)?;
    let context = document
        .get("@context")
        .map(value::texts)
        .unwrap_or_default();
    if context
        .iter()
        .any(|context| context.contains("openvex.dev/ns"))
    {
        return openvex::read(&document);
    }
    if document.get("bomFormat").and_then(|format| format.as_str()) == Some("CycloneDX") {
        return cyclonedx::read(&document);
    }
    if document.pointer("/document/csaf_version").is_some() {
        return csaf::read(&document);
    }
    Err(VexError::Unknown)
}

/// Joins statements that differ in their products only, so that a document says a thing once.
fn joined(statements: Vec<Statement>) -> Vec<Statement> {
    let mut places: BTreeMap<Statement, usize> = BTreeMap::new();
    let mut joined: Vec<Statement> = Vec::new();
    for mut statement in statements {
        let products = std::mem::take(&mut statement.products);
        let at = *places.entry(statement).or_insert_with_key(|key| {
            joined.push(key.clone());
            joined.len() - 1
        });
        if let Some(kept) = joined.get_mut(at) {
            kept.products.extend(products);
        }
    }
    for statement in &mut joined {
        statement.products.sort();
        statement.products.dedup();
    }
    joined
}
