//! Everything an SBOM says, in one model over CycloneDX and SPDX: for quality verdicts, conversion,
//! merging, comparing and pages about one component. Matching and intake use the smaller
//! [`super::Sbom`], which is read several times faster.
//!
//! A declared unknown (`NOASSERTION`, an empty `compositions` claim) is kept apart from an
//! omission: BSI TR-03183-2 and the CISA minimum elements judge them differently. What the model
//! has no place for stands in [`Document::not_understood`], so that nothing is lost in silence.

mod cyclonedx;
mod fields;
mod links;
mod spdx;
mod spdx3;

use serde_json::{Map, Value};

use super::{Format, Limits, SbomError, canonical_json, json_error};
use fields::Place;

/// An SBOM as far as we understand it. Texts come from outside and may hold anything.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it was written in.
    pub format: Format,
    /// As written: `1.6` for CycloneDX, `SPDX-2.3` and `3.0.1` for SPDX.
    pub spec_version: String,
    /// CycloneDX `serialNumber`, SPDX 2 `documentNamespace`, SPDX 3 the id of the SpdxDocument.
    pub serial_number: Option<String>,
    /// CycloneDX `version`.
    pub version: Option<u64>,
    /// The document's own name (SPDX).
    pub name: Option<String>,
    /// When it was made, as written.
    pub created_at_text: Option<String>,
    /// People and organisations who made the document, tools aside.
    pub authors: Vec<Party>,
    /// Who made the product (CycloneDX `metadata.manufacturer`, formerly `manufacture`).
    pub manufacturer: Option<Party>,
    /// Who supplied the product (CycloneDX `metadata.supplier`).
    pub supplier: Option<Party>,
    /// What made the document.
    pub tools: Vec<Tool>,
    /// When in the life of the product it was made: CycloneDX phases (`build`), SPDX 3 SBOM types,
    /// free text from SPDX 2 creator comments is not guessed from.
    pub lifecycles: Vec<String>,
    /// The licence of the document itself (SPDX `dataLicense`).
    pub data_licenses: Vec<String>,
    /// Whether the document carries a signature of its own (CycloneDX `signature`).
    pub is_signed: bool,
    /// The product the document is about; not among the components.
    pub subject: Option<Part>,
    /// In the order of the document, so that CycloneDX's nested ones follow their parent. Files
    /// and snippets of SPDX are not among them.
    pub parts: Vec<Part>,
    /// Who depends on whom, as written, in the order of the document.
    pub dependencies: Vec<Dependencies>,
    /// What the document claims to be complete (CycloneDX `compositions`, SPDX 3 `completeness`).
    pub compositions: Vec<Composition>,
    /// Flaws the document itself names (VDR) and what it says of them (VEX).
    pub vulnerabilities: Vec<Statement>,
    /// Links of the document.
    pub references: Vec<Reference>,
    /// Name and value, in the order of the document.
    pub properties: Vec<(String, String)>,
    /// Texts of licences of the document's own, by their `LicenseRef-` id (SPDX
    /// `hasExtractedLicensingInfos`, SPDX 3 `SimpleLicensingText`).
    pub license_texts: Vec<LicenseText>,
    /// What has no place in this model, by name of the field: a JSON pointer (of the document, or of the JSON form of a
    /// document in another notation) and what stands there in a few words.
    pub not_understood: Vec<NotUnderstood>,
    /// Fields of the top of a CycloneDX document that stand in `not_understood`, as they came, for
    /// a writer of CycloneDX.
    pub kept: Map<String, Value>,
}

/// A component, everything the document says of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Part {
    /// CycloneDX `bom-ref`, SPDX element id; empty when there is none.
    pub reference: String,
    /// JSON pointer of the entry, for messages.
    pub place: String,
    /// The index of the component it is assembled into (CycloneDX nesting, SPDX CONTAINS);
    /// `None` at the top. What the subject contains is at the top, with an entry of kind
    /// `contains` among the dependencies.
    pub parent: Option<u32>,
    /// CycloneDX type, or SPDX purpose in CycloneDX's spelling: `library`, `application`,
    /// `firmware`, `device`, `operating-system`, `file` …; empty when not said.
    pub kind: String,
    /// CycloneDX `group`.
    pub group: Option<String>,
    /// Empty only when the document gives none.
    pub name: String,
    /// As written.
    pub version: Claim<String>,
    /// CycloneDX 1.7 `versionRange`, a VERS text.
    pub version_range: Option<String>,
    /// CycloneDX 1.7: needed but not part of the delivery.
    pub is_external: bool,
    /// CycloneDX `scope`: `required`, `optional`, `excluded`.
    pub scope: Option<String>,
    /// Package URLs as written, the first one is the identity.
    pub purls: Vec<String>,
    /// CPE 2.2 and 2.3 names as written.
    pub cpes: Vec<String>,
    /// Other identifiers: kind (`swid`, `omniborid`, `swhid`, `gitoid` …) and text.
    pub identifiers: Vec<(String, String)>,
    /// Who made it (CycloneDX `manufacturer`, SPDX `originator`).
    pub manufacturer: Claim<Party>,
    /// Who supplies it.
    pub supplier: Claim<Party>,
    /// CycloneDX `publisher`.
    pub publisher: Option<String>,
    /// CycloneDX `authors` and `author`.
    pub authors: Vec<Party>,
    /// One line or more.
    pub description: Option<String>,
    /// As written.
    pub copyright: Claim<String>,
    /// What the author of the component declared.
    pub licenses_declared: Claim<Vec<License>>,
    /// What somebody concluded from looking.
    pub licenses_concluded: Claim<Vec<License>>,
    /// Whether some of `licenses_declared` came without saying whether they are declared or
    /// concluded, as in CycloneDX before 1.6.
    pub are_licenses_unacknowledged: bool,
    /// Of the component itself.
    pub hashes: Vec<Hash>,
    /// Links, download places among them (`distribution`, `source-distribution`, `vcs` …).
    pub references: Vec<Reference>,
    /// SPDX `packageFileName`, BSI `bsi:component:filename`.
    pub file_name: Option<String>,
    /// SPDX `sourceInfo`.
    pub source_info: Option<String>,
    /// Name and value, in the order of the document.
    pub properties: Vec<(String, String)>,
    /// As [`Document::kept`].
    pub kept: Map<String, Value>,
}

/// What a document says of a field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Claim<T> {
    /// Nothing.
    #[default]
    Absent,
    /// That it is not known (`NOASSERTION`).
    Unknown,
    /// That there is none (`NONE`).
    None,
    /// This.
    Known(T),
}

/// A person or an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Party {
    pub name: Option<String>,
    pub emails: Vec<String>,
    pub urls: Vec<String>,
    /// Whether it is a person (SPDX `Person:`), as far as the document says.
    pub is_person: bool,
}

/// What made a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tool {
    pub vendor: Option<String>,
    pub name: String,
    pub version: Option<String>,
}

/// A licence statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum License {
    /// An SPDX licence id.
    Id(String),
    /// A name outside the SPDX list, with its text if the document brings one; that of an SPDX
    /// `LicenseRef-` id stands in [`Document::license_texts`].
    Named { name: String, text: Option<String> },
    /// An SPDX licence expression.
    Expression(String),
}

/// A licence of the document's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LicenseText {
    /// As in `LicenseRef-1`.
    pub id: String,
    pub name: Option<String>,
    pub text: Option<String>,
}

/// Begins the CycloneDX property that holds the name of a licence of the document's own, followed
/// by its id; CycloneDX has no field for a name beside an id.
pub const LICENSE_NAME_PROPERTY: &str = "bonafide:licenseName:";
/// The same for the text of a licence that stands in expressions only.
pub const LICENSE_TEXT_PROPERTY: &str = "bonafide:licenseText:";

/// Begins the property in which a writer keeps a CycloneDX field as JSON.
pub const KEPT_FROM: &str = "bonafide:kept:";

/// A digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hash {
    /// In CycloneDX's spelling: `SHA-256`, `SHA-512`, `BLAKE2b-256`, `MD5`; as written if unknown.
    pub algorithm: String,
    /// Lower-case hexadecimal, as a rule.
    pub value: String,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reference {
    /// In CycloneDX's spelling: `distribution`, `source-distribution`, `vcs`, `website`,
    /// `rfc-9116`, `bom` …; as written if unknown.
    pub kind: String,
    pub url: String,
    pub comment: Option<String>,
    pub hashes: Vec<Hash>,
}

/// On whom one component depends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependencies {
    /// The component's reference.
    pub from: String,
    /// References; empty means: known to depend on nothing.
    pub to: Vec<String>,
    /// CycloneDX's word or the SPDX relationship in lower case with hyphens, each in one
    /// direction only: `depends-on`, `provides`, `contains`, `static-link`, `build-dependency`
    /// (SPDX `BUILD_DEPENDENCY_OF`, turned), `build-tool-of` … See [`Dependencies::is_need`].
    pub kind: String,
    /// Whether the list is said to be complete; `None` when nothing is said here (a
    /// [`Composition`] may still say it).
    pub is_complete: Option<bool>,
}

/// A claim about completeness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composition {
    /// CycloneDX's words: `complete`, `incomplete`, `unknown`, `not_specified` …
    pub aggregate: String,
    /// References whose parts are meant.
    pub assemblies: Vec<String>,
    /// References whose dependencies are meant.
    pub dependencies: Vec<String>,
}

/// A flaw that the document names, with the document's own judgement if it has one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Statement {
    /// As in `CVE-2021-44228`.
    pub id: String,
    /// Who gave the id, as in `NVD`.
    pub source: Option<String>,
    /// References of what is affected.
    pub affects: Vec<String>,
    /// CycloneDX `analysis.state`, as written.
    pub state: Option<String>,
    /// CycloneDX `analysis.justification`, as written.
    pub justification: Option<String>,
    /// CycloneDX `analysis.response`.
    pub responses: Vec<String>,
    pub detail: Option<String>,
    /// As [`Document::kept`].
    pub kept: Map<String, Value>,
}

/// Something a document says that has no place here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotUnderstood {
    /// JSON pointer; of a list, the first place.
    pub place: String,
    /// The name of the field.
    pub field: String,
    /// How often it stands in the document.
    pub times: usize,
}

/// Reads all that an SBOM says, within `limits`.
///
/// # Errors
/// [`SbomError`] as for [`super::read`]: too large, in an unknown format, or broken.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, SbomError> {
    let (format, text) = canonical_json(bytes, limits)?;
    let value: Value = serde_json::from_str(&text).map_err(|error| json_error(&error))?;
    drop(text);
    let Value::Object(top) = value else {
        return Err(not_a_list("document", &Place::TOP));
    };
    match format {
        Format::CyclonedxJson | Format::CyclonedxXml => cyclonedx::read(top, format, limits),
        Format::SpdxJson
        | Format::SpdxYaml
        | Format::SpdxTagValue
        | Format::SpdxRdf
        | Format::SpdxArchive => spdx::read(top, format, limits),
        Format::Spdx3JsonLd | Format::Spdx3Archive => spdx3::read(top, format, limits),
    }
}

impl Document {
    /// A document that says nothing.
    #[must_use]
    pub fn new(format: Format) -> Self {
        Self {
            format,
            spec_version: String::new(),
            serial_number: None,
            version: None,
            name: None,
            created_at_text: None,
            authors: Vec::new(),
            manufacturer: None,
            supplier: None,
            tools: Vec::new(),
            lifecycles: Vec::new(),
            data_licenses: Vec::new(),
            is_signed: false,
            subject: None,
            parts: Vec::new(),
            dependencies: Vec::new(),
            compositions: Vec::new(),
            vulnerabilities: Vec::new(),
            references: Vec::new(),
            properties: Vec::new(),
            license_texts: Vec::new(),
            not_understood: Vec::new(),
            kept: Map::new(),
        }
    }
}

impl Dependencies {
    /// The first needs the others.
    pub const DEPENDS_ON: &'static str = "depends-on";
    /// CycloneDX `provides`: the first implements the others.
    pub const PROVIDES: &'static str = "provides";
    /// The others are assembled into the first.
    pub const CONTAINS: &'static str = "contains";

    /// Whether the first needs the others in some way, be it only for building or testing.
    #[must_use]
    pub fn is_need(&self) -> bool {
        let kinds = [
            Self::DEPENDS_ON,
            "static-link",
            "dynamic-link",
            "has-prerequisite",
        ];
        kinds.contains(&self.kind.as_str()) || self.kind.ends_with("-dependency")
    }
}

impl License {
    /// The id, the name or the expression.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Id(text) | Self::Named { name: text, .. } | Self::Expression(text) => text,
        }
    }
}

impl NotUnderstood {
    /// How often a field counts by its value: a list for each of its entries, null not at all.
    #[must_use]
    pub fn times_of(value: &Value) -> usize {
        match value {
            Value::Null => 0,
            Value::Array(list) => list.len(),
            _ => 1,
        }
    }
}

impl<T> Claim<T> {
    /// The value, if there is one.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Absent | Self::Unknown | Self::None => None,
        }
    }

    /// The value, if there is one.
    pub fn into_known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Absent | Self::Unknown | Self::None => None,
        }
    }

    /// The same claim of another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Claim<U> {
        match self {
            Self::Absent => Claim::Absent,
            Self::Unknown => Claim::Unknown,
            Self::None => Claim::None,
            Self::Known(value) => Claim::Known(change(value)),
        }
    }

    /// Whether the document says anything at all about it.
    pub fn is_declared(&self) -> bool {
        !matches!(self, Self::Absent)
    }
}

fn not_a_list(what: &str, place: &Place<'_>) -> SbomError {
    let text = format!("A part of the document has the wrong type ({what}). Export it again.");
    SbomError::new("structure-invalid", text).at(place.to_string())
}

fn too_many_components(limits: &Limits, place: &Place<'_>) -> SbomError {
    let max = limits.components_max;
    let text = format!("The document has more than {max} components. Split it by module or image.");
    SbomError::new("too-many-components", text).at(place.to_string())
}

fn too_many_dependencies(limits: &Limits, place: &Place<'_>) -> SbomError {
    let max = limits.dependencies_max;
    let text = format!("The document has more than {max} dependencies. Split it by module.");
    SbomError::new("too-many-dependencies", text).at(place.to_string())
}
