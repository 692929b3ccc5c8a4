//! SBOM documents: which format it is, what the product is, which components it has and how they
//! depend on each other. Tolerant of what real tools write; strict about size.
//!
//! Nothing here serves or rewrites a document: the original bytes are archived by the caller.

mod archive;
mod builder;
mod cyclonedx;
mod detect;
pub mod document;
mod limits;
mod origin;
pub mod paths;
mod spdx;
mod spdx3;
mod transcode;

use std::borrow::Cow;

use serde::Serialize;

pub use limits::Limits;

use crate::ecosystem::distribution;
use crate::lookup::Lookup;
use crate::package::PackageKey;
use crate::purl::Purl;

/// An SBOM as far as matching and showing need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sbom {
    /// What it was written in.
    pub format: Format,
    /// As written: `1.6` for CycloneDX, `SPDX-2.3` for SPDX.
    pub spec_version: String,
    /// CycloneDX `serialNumber`, SPDX `documentNamespace`: with `document_version` the identity.
    pub serial_number: Option<String>,
    /// CycloneDX `version`, 1 when absent; SPDX has none.
    pub document_version: Option<u64>,
    /// The document's name (SPDX) or that of its subject (CycloneDX).
    pub name: Option<String>,
    /// When it was made, as written.
    pub created_at_text: Option<String>,
    /// What made it, as in `cdxgen 11.0`.
    pub tools: Vec<String>,
    /// The product the document is about; not among the components.
    pub subject: Option<Component>,
    /// In the order of the document; nested ones follow their parent.
    pub components: Vec<Component>,
    /// Who depends on whom: indexes into `components`, or [`Sbom::SUBJECT`]. Sorted, each once.
    pub dependencies: Vec<(u32, u32)>,
    /// Which component is assembled into which (CycloneDX nesting, SPDX CONTAINS); as above.
    pub contains: Vec<(u32, u32)>,
    /// What was odd but did not stop the reading; at most [`WARNINGS_MAX`].
    pub warnings: Vec<Warning>,
    /// Warnings beyond that number.
    pub warnings_left_out: usize,
}

/// Warnings kept by name.
pub const WARNINGS_MAX: usize = 200;

impl Sbom {
    /// The index that stands for [`Sbom::subject`] in `dependencies` and `contains`.
    pub const SUBJECT: u32 = u32::MAX;
}

/// The format of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// CycloneDX JSON.
    CyclonedxJson,
    /// CycloneDX XML.
    CyclonedxXml,
    /// SPDX 2.x JSON.
    SpdxJson,
    /// SPDX 2.x YAML.
    SpdxYaml,
    /// SPDX 2.x tag-value.
    SpdxTagValue,
    /// SPDX 2.x RDF/XML.
    SpdxRdf,
    /// SPDX 3.0 JSON-LD.
    Spdx3JsonLd,
    /// A tar archive of SPDX 2.x JSON documents, as Yocto writes it.
    SpdxArchive,
    /// A tar archive of SPDX 3.0 JSON-LD documents.
    Spdx3Archive,
}

impl Format {
    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CyclonedxJson => "cyclonedx-json",
            Self::CyclonedxXml => "cyclonedx-xml",
            Self::SpdxJson => "spdx-json",
            Self::SpdxYaml => "spdx-yaml",
            Self::SpdxTagValue => "spdx-tag-value",
            Self::SpdxRdf => "spdx-rdf",
            Self::Spdx3JsonLd => "spdx3-json-ld",
            Self::SpdxArchive => "spdx-archive",
            Self::Spdx3Archive => "spdx3-archive",
        }
    }
}

/// An entry of an SBOM. Texts come from outside and may hold anything, HTML included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// CycloneDX `bom-ref`, SPDX `SPDXID`.
    pub bom_ref: Option<String>,
    /// CycloneDX `type`, SPDX `primaryPackagePurpose` in CycloneDX's spelling; `library` if absent.
    pub kind: String,
    /// CycloneDX `group`.
    pub group: Option<String>,
    /// Empty only when the document gives none.
    pub name: String,
    /// As written.
    pub version: Option<String>,
    /// The package URL, when there is one that can be read. That of a distribution's package has
    /// what the rest of the document says of its release, source package and epoch.
    pub purl: Option<Purl>,
    /// The package URL as written, readable or not.
    pub purl_text: Option<String>,
    /// The first CPE, as written.
    pub cpe: Option<String>,
    /// Who supplies it.
    pub supplier: Option<String>,
    /// Licence ids, names and expressions, as written.
    pub licenses: Vec<String>,
    /// Algorithm (as written) and value (lower case).
    pub hashes: Vec<(String, String)>,
    /// Whether advisories can be looked up for it.
    pub identified: Identified,
    /// What properties say of the source package; it stands in `purl` when reading is done.
    origin: Option<Box<origin::Origin>>,
}

impl Component {
    /// The version to match by, under the key of [`Component::identified`]: the purl's, else the
    /// component's own; of a distribution's package that of the source package, where the key has
    /// its name.
    #[must_use]
    pub fn version_to_match(&self) -> Option<&str> {
        let of_purl = self.purl.as_ref().and_then(|purl| {
            if distribution::is_type(&purl.ty) {
                distribution::version_of(purl)
            } else {
                purl.version.as_deref()
            }
        });
        of_purl.or(self.version.as_deref())
    }

    /// The identity of this component for matching, see [`Purl::matching_text`]; with the
    /// component's own version where the purl has none. `None` without a purl.
    #[must_use]
    pub fn matching_purl(&self) -> Option<Purl> {
        let mut purl = self.purl.clone()?;
        if purl.version.is_none() {
            purl.version.clone_from(&self.version);
        }
        Some(purl)
    }

    /// Everything advisories may call this component, the surest first, see [`Purl::lookups`].
    #[must_use]
    pub fn lookups(&self) -> Vec<Lookup> {
        self.matching_purl()
            .map(|purl| purl.lookups())
            .unwrap_or_default()
    }
}

/// Whether advisories can be looked up for a component.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Identified {
    /// Under this key. There may still be no version; matching then answers "unknown".
    Package(PackageKey),
    /// Not, and the stable code says why: `purl-missing`, `component-is-file`,
    /// `component-unreadable`, a code of [`crate::purl::PurlError`] or of
    /// [`crate::ecosystem::Unmapped`].
    Unidentified(&'static str),
}

/// Something odd in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Stable, kebab-case.
    pub code: &'static str,
    /// JSON pointer.
    pub place: String,
    /// A sentence.
    pub text: String,
}

/// Why a document was refused. The text says what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct SbomError {
    code: &'static str,
    text: String,
    place: Option<String>,
}

impl SbomError {
    pub(crate) fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self {
            code,
            text: text.into(),
            place: None,
        }
    }

    pub(crate) fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// The stable, kebab-case code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Where: a JSON pointer, or `line L, column C`, or `byte N`.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }
}

/// Reads an SBOM of any known format, within `limits`.
///
/// # Errors
/// [`SbomError`] when the document is too large, in an unknown format or broken; nothing of it is
/// usable then.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Sbom, SbomError> {
    detect::read(bytes, limits)
}

/// A document in the JSON form of its own standard: CycloneDX JSON, SPDX 2 JSON or SPDX 3 JSON-LD,
/// with the format it was written in. JSON documents come back as they are (a wrapper such as that
/// of GitHub's exporter is taken off), other notations are transcoded, archives merged.
///
/// # Errors
/// As [`read`], as far as the notation itself is concerned; the JSON may still be refused by who
/// reads it. It is within `limits`, so that a reader may recurse in it.
pub fn canonical_json<'a>(
    bytes: &'a [u8],
    limits: &Limits,
) -> Result<(Format, Cow<'a, str>), SbomError> {
    let canonical = detect::canonical(bytes, limits)?;
    Ok((canonical.format, canonical.text))
}

/// The refusal for a document that the JSON parser stopped at.
fn json_error(error: &serde_json::Error) -> SbomError {
    let place = format!("line {}, column {}", error.line(), error.column());
    if error.is_eof() {
        let text = "The document ends in the middle. The file was cut off; upload it again.";
        return SbomError::new("document-cut-off", text).at(place);
    }
    let message = error.to_string();
    // The parser appends the place, which has its own field here.
    let message = message.split(" at line ").next().unwrap_or_default();
    if error.is_data() {
        let text =
            format!("A part of the document has the wrong type ({message}). Export it again.");
        return SbomError::new("structure-invalid", text).at(place);
    }
    let text = format!("The document is not valid JSON ({message}). Export it again.");
    SbomError::new("json-invalid", text).at(place)
}
