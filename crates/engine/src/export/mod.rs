//! SBOMs out: CycloneDX 1.6 and 1.7 JSON, SPDX 2.3 JSON, SPDX 3.0.1 JSON-LD, and the merged SBOM of
//! a product over several.
//!
//! What is written is valid by the official schemas, whatever came in: a value that the target
//! does not allow moves to a property or an annotation. What the target cannot carry is counted in
//! [`Exported::losses`] and never dropped in silence. Same document, same stamp, same bytes.

mod cyclonedx;
mod losses;
mod mend;
mod merge;
mod object;
mod refs;
mod spdx2;
mod spdx3;
mod words;

use crate::sbom::document::Document;
use serde::Serialize;
use serde_json::Value;

pub use losses::Loss;
pub use merge::{CONTRADICTION_PROPERTY, SOURCE_PROPERTY, Subject, merge};

/// What this crate cannot know, for it has no clock and no randomness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// UTC with whole seconds, as in `2026-11-24T08:00:00Z`.
    pub now: String,
    /// A UUID nobody used before, lower case, as in `019a8e0c-…`.
    pub serial: String,
    /// The program that writes.
    pub tool_name: String,
    pub tool_version: String,
}

/// What to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    Cyclonedx(CyclonedxVersion),
    /// SPDX 2.3 JSON.
    Spdx2,
    /// SPDX 3.0.1 JSON-LD.
    Spdx3,
}

/// The versions of CycloneDX that we write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CyclonedxVersion {
    V1_6,
    V1_7,
}

impl CyclonedxVersion {
    /// As in `specVersion`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V1_6 => "1.6",
            Self::V1_7 => "1.7",
        }
    }
}

impl Target {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [
        Self::Cyclonedx(CyclonedxVersion::V1_6),
        Self::Cyclonedx(CyclonedxVersion::V1_7),
        Self::Spdx2,
        Self::Spdx3,
    ];

    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cyclonedx(CyclonedxVersion::V1_6) => "cyclonedx-1.6",
            Self::Cyclonedx(CyclonedxVersion::V1_7) => "cyclonedx-1.7",
            Self::Spdx2 => "spdx-2.3",
            Self::Spdx3 => "spdx-3.0",
        }
    }

    /// The target of a code.
    #[must_use]
    pub fn find(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.as_str() == code)
    }

    /// How a file of it ends by the habit of its standard, without the leading dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Cyclonedx(_) => "cdx.json",
            Self::Spdx2 => "spdx.json",
            Self::Spdx3 => "spdx3.json",
        }
    }

    /// The registered media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Cyclonedx(_) => "application/vnd.cyclonedx+json",
            Self::Spdx2 => "application/spdx+json",
            Self::Spdx3 => "application/ld+json",
        }
    }
}

/// A written document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// JSON, indented, with a line feed at its end.
    pub text: String,
    /// What it does not carry although the source does; sorted by field.
    pub losses: Vec<Loss>,
}

/// Writes a document in another notation.
#[must_use]
pub fn export(document: &Document, target: Target, stamp: &Stamp) -> Exported {
    match target {
        Target::Cyclonedx(version) => cyclonedx(document, version, stamp),
        Target::Spdx2 => spdx2(document, stamp),
        Target::Spdx3 => spdx3(document, stamp),
    }
}

/// Writes CycloneDX JSON (ECMA-424).
#[must_use]
pub fn cyclonedx(document: &Document, version: CyclonedxVersion, stamp: &Stamp) -> Exported {
    cyclonedx::write(document, version, stamp)
}

/// Writes SPDX 2.3 JSON.
#[must_use]
pub fn spdx2(document: &Document, stamp: &Stamp) -> Exported {
    spdx2::write(document, stamp)
}

/// Writes SPDX 3.0.1 JSON-LD.
#[must_use]
pub fn spdx3(document: &Document, stamp: &Stamp) -> Exported {
    spdx3::write(document, stamp)
}

fn exported(value: &Value, losses: losses::Losses) -> Exported {
    let mut text =
        serde_json::to_string_pretty(value).expect("a JSON value with text keys can be written");
    text.push('\n');
    Exported {
        text,
        losses: losses.finish(),
    }
}
