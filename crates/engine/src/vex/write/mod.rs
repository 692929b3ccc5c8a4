//! Writing statements as OpenVEX 0.2.0, CycloneDX 1.6 or CSAF 2.0.
//!
//! What the target cannot carry is a [`Loss`] and stands, where it has a place for words, in the
//! words of the statement. A statement is never made to say more than it did: where leaving a part
//! out would widen it (a range of versions, a product that cannot be named), it is left out whole.

mod csaf;
mod csaf_products;
mod cyclonedx;
mod openvex;

use super::{Format, Identity, Product, Statement};
use serde::Serialize;
use serde_json::Value;

/// What a document says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// OpenVEX `@id`, CycloneDX `serialNumber` where it is one, CSAF `tracking.id`.
    pub id: String,
    pub author: String,
    /// A URL that is the author's (CSAF `publisher.namespace`).
    pub namespace: String,
    /// RFC 3339.
    pub timestamp: String,
    /// From 1.
    pub version: u64,
    /// CSAF `document.title`.
    pub title: String,
    /// When each version came to be, RFC 3339, from the first on; empty where that is not known.
    pub revisions: Vec<String>,
}

/// A part of a statement that the target does not carry in a field of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Loss {
    /// Which statement, from 0; none: the document itself.
    pub statement: Option<usize>,
    /// The field of the model.
    pub field: &'static str,
    /// What became of it, in English.
    pub text: String,
}

/// A document and what it does not carry.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    pub document: Value,
    /// In the order of the statements.
    pub losses: Vec<Loss>,
}

/// Why nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// No statement, or none that the target can carry.
    #[error("there is no statement that this format can carry")]
    Nothing,
}

/// Writes the statements in their order.
pub fn write(
    format: Format,
    frame: &Frame,
    statements: &[Statement],
) -> Result<Written, WriteError> {
    let mut losses = Losses::default();
    let document = match format {
        Format::OpenVex => openvex::write(frame, statements, &mut losses),
        Format::CycloneDx => cyclonedx::write(frame, statements, &mut losses),
        Format::Csaf => csaf::write(frame, statements, &mut losses),
    };
    let document = document.ok_or(WriteError::Nothing)?;
    losses.0.sort_by_key(|loss| loss.statement);
    losses.0.dedup();
    Ok(Written {
        document,
        losses: losses.0,
    })
}

/// Said where a format asks for a reason that the source does not give.
const NO_REASON: &str = "The source gives no reason.";
/// Said where a format asks for an action that the source does not give.
const NO_ACTION: &str = "The source names no action.";

#[derive(Default)]
struct Losses(Vec<Loss>);

impl Losses {
    fn add(&mut self, statement: usize, field: &'static str, text: impl Into<String>) {
        self.0.push(Loss {
            statement: Some(statement),
            field,
            text: text.into(),
        });
    }

    fn of_document(&mut self, field: &'static str, text: impl Into<String>) {
        self.0.push(Loss {
            statement: None,
            field,
            text: text.into(),
        });
    }
}

/// The justification as the source spelled it, where that is another word.
fn other_justification(statement: &Statement) -> Option<&str> {
    let original = statement.original_justification.as_deref()?;
    (statement.justification.map(|label| label.as_str()) != Some(original)).then_some(original)
}

/// Texts joined by line, `None` without any.
fn lines(texts: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let texts: Vec<String> = texts.into_iter().flatten().collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// `urn:cdx:…` where serial and version are known and well formed.
fn bom_link(identity: &Identity) -> Option<String> {
    let Identity::BomRef {
        serial: Some(serial),
        version,
        reference,
    } = identity
    else {
        return None;
    };
    let is_uuid = serial.len() == 36
        && serial.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
        });
    let version = version.filter(|version| *version > 0)?;
    is_uuid.then(|| format!("urn:cdx:{serial}/{version}#{}", percent_encoded(reference)))
}

/// Everything but unreserved characters (RFC 3986) encoded.
fn percent_encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string never fails.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// A name for people: the name and version, or the first identifier.
fn named(product: &Product) -> Option<String> {
    if let Some(name) = &product.name {
        return Some(match &product.version {
            Some(version) if !name.contains(version.as_str()) => format!("{name} {version}"),
            _ => name.clone(),
        });
    }
    product
        .identities
        .iter()
        .find_map(|identity| match identity {
            Identity::Purl { purl } => Some(purl.clone()),
            Identity::Cpe { cpe } => Some(cpe.clone()),
            Identity::Iri { iri } => Some(iri.clone()),
            Identity::BomRef { reference, .. } => Some(reference.clone()),
            Identity::Hash { .. } => None,
        })
}
