//! Which format an advisory has, by what it holds and never by its name; and its bounds, which are
//! those of every format.

use serde_json::Value;

use super::{ADVISORY_BYTES_MAX, Advisory, AdvisoryError, csaf, cve, osv};
use crate::json::scan::{Bounds, Excess, Shape, scan};
use crate::json::{NotUtf8, utf8};

const BOUNDS: Bounds = Bounds {
    depth_max: 64,
    values_max: 4_000_000,
    string_max: 8 * 1024 * 1024,
};
/// The formats read as a tree take more memory for a value.
const TREE_VALUES_MAX: usize = 1_000_000;

/// The format of an advisory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// The OSV schema, 1.x.
    #[default]
    Osv,
    /// A CVE record, JSON 5.x.
    Cve,
    /// A CSAF document, 2.0 or 2.1.
    Csaf,
}

impl Format {
    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Osv => "osv",
            Self::Cve => "cve",
            Self::Csaf => "csaf",
        }
    }
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// What it was written in.
    pub format: Format,
    /// The document, where one document speaks of several flaws (CSAF).
    pub document: Option<Document>,
    /// One record for each flaw; none in a CSAF document that was withdrawn as a whole.
    pub records: Vec<Advisory>,
}

/// A document that speaks of several flaws. The ids of its records are its id, a colon, and the id
/// of the flaw: what a later version of the document no longer holds was taken back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// `/document/tracking/id`
    pub id: String,
    /// The host of `/document/publisher/namespace`, as in `www.cisa.gov`: ids are unique below it.
    pub publisher: String,
    /// `/document/title`
    pub title: String,
    /// `/document/tracking/version`
    pub version: String,
    /// `/document/tracking/status`: `draft`, `interim`, `final`.
    pub status: String,
    /// `/document/tracking/current_release_date`, as written.
    pub modified: String,
}

/// The bytes as text, within the bounds of every format.
pub(super) fn text_of(bytes: &[u8]) -> Result<&str, AdvisoryError> {
    bounded(bytes, &BOUNDS).map(|(text, _)| text)
}

fn bounded<'a>(bytes: &'a [u8], bounds: &Bounds) -> Result<(&'a str, Shape<'a>), AdvisoryError> {
    if bytes.len() > ADVISORY_BYTES_MAX {
        return Err(AdvisoryError::TooLarge("more than 32 MiB"));
    }
    let text = utf8(bytes).map_err(|error| match error {
        NotUtf8::Utf16 | NotUtf8::Broken { .. } => AdvisoryError::Encoding,
    })?;
    let shape = scan(text, bounds).map_err(|excess| match excess {
        Excess::Depth { .. } => AdvisoryError::TooLarge("nested more than 64 levels deep"),
        Excess::Values { .. } => AdvisoryError::TooLarge("too many values"),
        Excess::String { .. } => AdvisoryError::TooLarge("a text of more than 8 MiB"),
    })?;
    // The parser would take a list for an object, field by field.
    if !text.trim_start().starts_with('{') {
        return Err(AdvisoryError::Json("expected an object".to_owned()));
    }
    Ok((text, shape))
}

/// The format of an advisory; OSV when it is none of the others.
///
/// # Errors
/// [`AdvisoryError`] when it is too large or no JSON object.
pub fn format_of(bytes: &[u8]) -> Result<Format, AdvisoryError> {
    bounded(bytes, &BOUNDS).map(|(_, shape)| of_shape(&shape))
}

fn of_shape(shape: &Shape<'_>) -> Format {
    let has = |key: &str| shape.member(key).is_some();
    if has("cveMetadata") && has("containers") {
        Format::Cve
    } else if has("document") && !has("id") {
        Format::Csaf
    } else {
        Format::Osv
    }
}

pub(super) fn read(bytes: &[u8]) -> Result<Reading, AdvisoryError> {
    let (text, shape) = bounded(bytes, &BOUNDS)?;
    let format = of_shape(&shape);
    if format == Format::Osv {
        return Ok(Reading {
            format,
            document: None,
            records: vec![osv::read(bytes)?],
        });
    }
    let tree = Bounds {
        values_max: TREE_VALUES_MAX,
        ..BOUNDS
    };
    bounded(bytes, &tree)?;
    let value: Value =
        serde_json::from_str(text).map_err(|error| AdvisoryError::Json(error.to_string()))?;
    match format {
        Format::Csaf => csaf::read(&value),
        _ => Ok(Reading {
            format,
            document: None,
            records: vec![cve::read(&value)?],
        }),
    }
}
