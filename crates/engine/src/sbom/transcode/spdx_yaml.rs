//! SPDX 2.x YAML into SPDX JSON: the same fields, so only notation changes. Whether a scalar is a
//! text is decided by the field and not by its looks: an unquoted `versionInfo: 1.10` is the text
//! "1.10" and never a number.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::Transcoded;
use super::json_text::quoted;
use crate::sbom::{Limits, SbomError};

/// What the specification's JSON schema has in a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Text,
    Bool,
    Whole,
    /// Of texts.
    Texts,
    /// Of objects.
    Objects,
    Object,
    /// Not of SPDX; taken as it looks.
    Unknown,
}

/// Fields and what stands in them.
static SHAPES: &[(Shape, &[&str])] = &[
    (
        Shape::Objects,
        &[
            "packages",
            "files",
            "snippets",
            "relationships",
            "annotations",
            "checksums",
            "externalRefs",
            "externalDocumentRefs",
            "hasExtractedLicensingInfos",
            "crossRefs",
            "ranges",
            "revieweds",
            "artifactOfs",
        ],
    ),
    (
        Shape::Texts,
        &[
            "creators",
            "documentDescribes",
            "hasFiles",
            "licenseInfoFromFiles",
            "attributionTexts",
            "fileTypes",
            "licenseInfoInFiles",
            "fileContributors",
            "fileDependencies",
            "seeAlsos",
            "licenseInfoInSnippets",
            "packageVerificationCodeExcludedFiles",
        ],
    ),
    (
        Shape::Object,
        &[
            "creationInfo",
            "packageVerificationCode",
            "checksum",
            "startPointer",
            "endPointer",
        ],
    ),
    (
        Shape::Bool,
        &["filesAnalyzed", "isLive", "isValid", "isWayBackLink"],
    ),
    (Shape::Whole, &["offset", "lineNumber", "order"]),
    (
        Shape::Text,
        &[
            "spdxVersion",
            "SPDXID",
            "name",
            "dataLicense",
            "documentNamespace",
            "comment",
            "created",
            "licenseListVersion",
            "externalDocumentId",
            "spdxDocument",
            "algorithm",
            "checksumValue",
            "licenseId",
            "extractedText",
            "annotationDate",
            "annotationType",
            "annotator",
            "reviewDate",
            "reviewer",
            "versionInfo",
            "packageFileName",
            "supplier",
            "originator",
            "downloadLocation",
            "packageVerificationCodeValue",
            "homepage",
            "sourceInfo",
            "licenseConcluded",
            "licenseDeclared",
            "licenseComments",
            "copyrightText",
            "summary",
            "description",
            "referenceCategory",
            "referenceType",
            "referenceLocator",
            "primaryPackagePurpose",
            "releaseDate",
            "builtDate",
            "validUntilDate",
            "fileName",
            "noticeText",
            "snippetFromFile",
            "reference",
            "spdxElementId",
            "relatedSpdxElement",
            "relationshipType",
            "match",
            "timestamp",
            "url",
            "homePage",
            "projectUri",
        ],
    ),
];

fn shape_of(field: &str) -> Shape {
    let mut shapes = SHAPES.iter();
    let found = shapes.find(|(_, fields)| fields.contains(&field));
    found.map_or(Shape::Unknown, |(shape, _)| *shape)
}

/// Transcodes a document whose top is a mapping.
pub(in crate::sbom) fn transcode(text: &str, limits: &Limits) -> Result<Transcoded, SbomError> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_reader_input_bytes: Some(limits.bytes_max),
            max_events: limits.values_max,
            max_nodes: limits.values_max,
            max_depth: limits.depth_max,
            max_documents: 1,
            max_total_scalar_bytes: limits.bytes_max,
        },
        strict_booleans: true,
    };
    // Deeper than any bound by its indentation alone: told before the parser sees it.
    let json = serde_saphyr::with_deserializer_from_str_with_options(text, options, |yaml| {
        Seed(Shape::Object).deserialize(yaml)
    });
    let text = json.map_err(|error| refusal(&error, limits))?;
    Ok(Transcoded {
        text: text.unwrap_or_default(),
        warnings: Vec::new(),
    })
}

fn refusal(error: &serde_saphyr::Error, limits: &Limits) -> SbomError {
    let place = error
        .location()
        .map(|at| format!("line {}, column {}", at.line(), at.column()));
    let message: String = error.to_string().chars().take(300).collect();
    let lower = message.to_ascii_lowercase();
    let is_deep = ["depth", "nesting", "recursion"]
        .iter()
        .any(|w| lower.contains(w));
    let (code, text) = if is_deep {
        let max = limits.depth_max;
        let text = format!(
            "The document is nested more than {max} levels deep. No SBOM tool writes that; export \
             it again with flat components."
        );
        ("document-too-deep", text)
    } else if lower.contains("budget") || lower.contains("alias") || lower.contains("anchor") {
        let first = message.lines().next().unwrap_or_default();
        let text = format!(
            "The YAML goes beyond what an SBOM needs ({first}). Export it again, without anchors \
             and split by module."
        );
        ("too-many-values", text)
    } else {
        let first = message.lines().next().unwrap_or_default();
        let text = format!("The document is not valid SPDX YAML ({first}). Export it again.");
        ("yaml-invalid", text)
    };
    let error = SbomError::new(code, text);
    match place {
        Some(place) => error.at(place),
        None => error,
    }
}

/// Reads one value into JSON text; `None` for a null, whose field is left out.
struct Seed(Shape);

impl<'de> DeserializeSeed<'de> for Seed {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match self.0 {
            Shape::Text => {
                let text = Option::<String>::deserialize(deserializer)?;
                Ok(text.map(|text| quoted(&text)))
            }
            Shape::Bool => {
                let value = Option::<bool>::deserialize(deserializer)?;
                Ok(value.map(|value| value.to_string()))
            }
            Shape::Whole => {
                let value = Option::<i64>::deserialize(deserializer)?;
                Ok(value.map(|value| value.to_string()))
            }
            Shape::Texts | Shape::Objects | Shape::Object => {
                deserializer.deserialize_option(Nested(self.0))
            }
            Shape::Unknown => {
                let value = Value::deserialize(deserializer)?;
                Ok(Some(value.to_string()))
            }
        }
    }
}

/// A list or an object, or null.
struct Nested(Shape);

impl<'de> Visitor<'de> for Nested {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Shape::Object => "a mapping",
            _ => "a list",
        })
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match self.0 {
            Shape::Object => deserializer.deserialize_map(self),
            _ => deserializer.deserialize_seq(self),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let inner = match self.0 {
            Shape::Objects => Shape::Object,
            _ => Shape::Text,
        };
        let mut text = String::from("[");
        while let Some(item) = seq.next_element_seed(Seed(inner))? {
            if text.len() > 1 {
                text.push(',');
            }
            text.push_str(item.as_deref().unwrap_or("null"));
        }
        text.push(']');
        Ok(Some(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut text = String::from("{");
        while let Some(key) = map.next_key::<String>()? {
            let Some(value) = map.next_value_seed(Seed(shape_of(&key)))? else {
                continue;
            };
            if text.len() > 1 {
                text.push(',');
            }
            text.push_str(&quoted(&key));
            text.push(':');
            text.push_str(&value);
        }
        text.push('}');
        Ok(Some(text))
    }
}
