//! Whether a CSAF document is valid: the schema and the tests of section 6 of the Common Security
//! Advisory Framework 2.0 and 2.1 (OASIS), each under its number in the specification.
//!
//! Most tests are those of the library csaf-rs (`library`); what it lacks or gets wrong stands
//! beside it (`own`). A test that could not run is named in [`Report::not_run`] and never passes
//! in silence. Nothing here fetches a reference or knows a language's words.

mod library;
mod own;

use crate::json::scan::{Bounds, Excess, scan};
use crate::json::{NotUtf8, utf8};
use serde_json::Value;

/// Above the 15 MB that section "Guidance on the size" of both versions counts as large.
pub const DOCUMENT_BYTES_MAX: usize = 64 << 20;
/// Branches of a product tree nest; thirty levels are the most the specification recommends.
const DEPTH_MAX: usize = 100;
/// Values in a document; more cost memory without bound.
const VALUES_MAX: usize = 4_000_000;
/// Characters in one text, above the 30 000 the specification recommends for a note.
const STRING_MAX: usize = 4 << 20;

/// The version of the specification a document is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// CSAF 2.0 (OASIS Standard, ISO/IEC 20153).
    V2_0,
    /// CSAF 2.1 (Committee Specification Draft).
    V2_1,
}

impl Version {
    /// As `document.csaf_version` spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V2_0 => "2.0",
            Self::V2_1 => "2.1",
        }
    }
}

/// What a test has to say against a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Finding {
    /// The number of the test in full depth, `6.1.27.1`, or `schema`.
    pub test: String,
    /// Where, as a JSON pointer (RFC 6901).
    pub path: String,
    /// What is wrong, in English.
    pub message: String,
}

/// A test that was not run, so that nobody takes its silence for a pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRun {
    /// The number of the test.
    pub test: String,
    /// Why.
    pub reason: Reason,
}

/// Why a test was not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It asks whether an address answers.
    NeedsNetwork,
    /// It needs the words or the grammar of a language.
    NeedsDictionary,
    /// It needs a list of others that is not part of this program.
    NeedsList,
    /// The test is not written yet.
    NotWritten,
    /// It ran, but a part of the document could not be decided: an unknown type of version range,
    /// an extension whose schema is not here.
    Undecided,
    /// The document breaks the schema so far that the test cannot read it.
    Unreadable,
}

impl Reason {
    /// The reason in English.
    pub fn words(self) -> &'static str {
        match self {
            Self::NeedsNetwork => "needs the network",
            Self::NeedsDictionary => "needs a dictionary of the language",
            Self::NeedsList => "needs a list that is not part of this program",
            Self::NotWritten => "not written yet",
            Self::Undecided => "could not decide a part of the document",
            Self::Unreadable => {
                "the document breaks the schema so far that the test cannot read it"
            }
        }
    }
}

/// The verdict on a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What it was held against.
    pub version: Version,
    /// The schema and section 6.1, sorted by test and place.
    pub errors: Vec<Finding>,
    /// Section 6.2.
    pub warnings: Vec<Finding>,
    /// Section 6.3.
    pub infos: Vec<Finding>,
    /// What was not run, by test.
    pub not_run: Vec<NotRun>,
}

impl Report {
    /// Whether the document keeps the schema and the mandatory tests, as far as they could run.
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }
}

/// Why bytes are no document to judge.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// More bytes than [`DOCUMENT_BYTES_MAX`].
    #[error("it is larger than {} MiB", DOCUMENT_BYTES_MAX >> 20)]
    TooLarge,
    /// Deeper, more values or longer texts than is read.
    #[error("it nests too deep, has too many values or a text too long, at byte {at}")]
    Excess {
        /// Where.
        at: usize,
    },
    /// Not UTF-8, which RFC 8259 asks of JSON.
    #[error("it is not UTF-8")]
    NotUtf8,
    /// Not JSON.
    #[error("it is not JSON: {0}")]
    NotJson(String),
}

/// Runs the schema and all tests of the version that the document names.
pub fn validate(bytes: &[u8]) -> Result<Report, Refused> {
    let document = read(bytes)?;
    Ok(validate_value(&document))
}

/// Reads JSON within the bounds of this module.
pub(crate) fn read(bytes: &[u8]) -> Result<Value, Refused> {
    if bytes.len() > DOCUMENT_BYTES_MAX {
        return Err(Refused::TooLarge);
    }
    let text = utf8(bytes).map_err(|error| match error {
        NotUtf8::Utf16 | NotUtf8::Broken { .. } => Refused::NotUtf8,
    })?;
    let bounds = Bounds {
        depth_max: DEPTH_MAX,
        values_max: VALUES_MAX,
        string_max: STRING_MAX,
    };
    scan(text, &bounds).map_err(|excess| match excess {
        Excess::Depth { at } | Excess::Values { at } | Excess::String { at } => {
            Refused::Excess { at }
        }
    })?;
    serde_json::from_str(text).map_err(|error| Refused::NotJson(error.to_string()))
}

/// Like [`validate`], of a document that was read within the same bounds.
pub(crate) fn validate_value(document: &Value) -> Report {
    let version = version_of(document);
    let mut report = Report {
        version,
        errors: Vec::new(),
        warnings: Vec::new(),
        infos: Vec::new(),
        not_run: Vec::new(),
    };
    library::run(document, &mut report);
    own::run(document, &mut report);
    for findings in [&mut report.errors, &mut report.warnings, &mut report.infos] {
        findings.sort_by(|a, b| number(&a.test).cmp(&number(&b.test)).then_with(|| a.cmp(b)));
        findings.dedup();
    }
    report.not_run.sort_by_key(|entry| number(&entry.test));
    report.not_run.dedup();
    report
}

/// The version the document names; where it names none we know, 2.1 if its `$schema` says so, and
/// else 2.0, whose schema then says what is wrong.
fn version_of(document: &Value) -> Version {
    let named = document
        .pointer("/document/csaf_version")
        .and_then(Value::as_str);
    let schema = document.get("$schema").and_then(Value::as_str);
    match named {
        Some("2.1") => Version::V2_1,
        Some("2.0") => Version::V2_0,
        _ if schema.is_some_and(|schema| schema.contains("/v2.1/")) => Version::V2_1,
        _ => Version::V2_0,
    }
}

/// The parts of a test's number, so that 6.1.9 stands before 6.1.10; `schema` is first.
fn number(test: &str) -> Vec<u32> {
    test.split('.')
        .filter_map(|part| part.parse().ok())
        .collect()
}
