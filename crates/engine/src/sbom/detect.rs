//! Which format is this, and how does it read in its standard's own JSON? Decided from the first
//! bytes and, for JSON, from the bounds walk's list of top-level members, without parsing. A
//! document in a format we cannot read is told so by name.

use std::borrow::Cow;

use super::transcode::{self, Transcoded};
use super::{Format, Limits, Sbom, SbomError, Warning, archive, cyclonedx, spdx, spdx3};
use crate::json::scan::{Bounds, Excess, Shape, scan};
use crate::json::{NotUtf8, utf8};

/// Bytes in which the root of an XML document must begin.
const HEAD_BYTES: usize = 64 * 1024;
/// Lines in which a document that is neither JSON nor XML must say what it is.
const HEAD_LINES: usize = 2000;

/// A document in the JSON form of its standard.
pub(super) struct Canonical<'a> {
    /// What it was written in.
    pub format: Format,
    /// The JSON text, within the limits.
    pub text: Cow<'a, str>,
    /// What was odd on the way there.
    pub warnings: Vec<Warning>,
}

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Sbom, SbomError> {
    let canonical = canonical(bytes, limits)?;
    let text = &canonical.text;
    let mut sbom = match canonical.format {
        Format::CyclonedxJson | Format::CyclonedxXml => cyclonedx::read(text, limits)?,
        Format::SpdxJson
        | Format::SpdxYaml
        | Format::SpdxTagValue
        | Format::SpdxRdf
        | Format::SpdxArchive => spdx::read(text, limits)?,
        Format::Spdx3JsonLd | Format::Spdx3Archive => spdx3::read(text, limits)?,
    };
    sbom.format = canonical.format;
    sbom.warnings.splice(0..0, canonical.warnings);
    Ok(sbom)
}

/// Finds the format and brings the document into the JSON form of its standard.
pub(super) fn canonical<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Canonical<'a>, SbomError> {
    if bytes.len() > limits.bytes_max {
        let max = limits.bytes_max / (1024 * 1024);
        let text = format!("The document is larger than {max} MiB. Split it by module or image.");
        return Err(SbomError::new("document-too-large", text));
    }
    let compressed = bytes.starts_with(&[0x1F, 0x8B])
        || bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]);
    if compressed {
        let text = "The document is compressed. Unpack it and upload the JSON file in it.";
        return Err(SbomError::new("document-compressed", text));
    }
    if archive::is_tar(bytes) {
        let merged = archive::merge(bytes, limits, |content| {
            let text = utf8(content).map_err(not_text)?.trim();
            let (text, format) = unwrapped(text, limits)?;
            Ok((format, text))
        })?;
        return transcoded_to(merged.format, merged.transcoded, limits);
    }
    let text = utf8(bytes).map_err(not_text)?.trim();
    if text.starts_with('{') {
        return json(text, limits);
    }
    let (format, transcoded) = if text.starts_with('<') {
        if is_rdf(text) {
            let transcoded = transcode::spdx_rdf::transcode(text, limits)?;
            (Format::SpdxRdf, transcoded)
        } else {
            let transcoded = transcode::cyclonedx_xml::transcode(text, limits)?;
            (Format::CyclonedxXml, transcoded)
        }
    } else {
        match spdx_notation(text) {
            Some(Format::SpdxYaml) => {
                let transcoded = transcode::spdx_yaml::transcode(text, limits)?;
                (Format::SpdxYaml, transcoded)
            }
            Some(_) => {
                let transcoded = transcode::spdx_tag_value::transcode(text, limits)?;
                (Format::SpdxTagValue, transcoded)
            }
            None => return Err(not_a_document(text)),
        }
    };
    transcoded_to(format, transcoded, limits)
}

/// Whether the root of an XML document is `rdf:RDF`: its name and namespace come within the first
/// few lines.
fn is_rdf(text: &str) -> bool {
    let mut end = text.len().min(HEAD_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    let root = head
        .match_indices('<')
        .find(|(at, _)| !head[at + 1..].starts_with(['?', '!']));
    root.is_some_and(|(at, _)| {
        let name = head[at + 1..]
            .split([' ', '\t', '\r', '\n', '>', '/'])
            .next();
        name.is_some_and(|name| name == "RDF" || name.ends_with(":RDF"))
    })
}

/// Tells SPDX tag-value from SPDX YAML by the first line that names a field of either. Blank lines,
/// comments and the marks of YAML documents come before it.
fn spdx_notation(text: &str) -> Option<Format> {
    for line in text.lines().take(HEAD_LINES) {
        // What is indented belongs to a field before it.
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let name = name.trim_end().trim_matches(['"', '\'']);
        match name {
            "SPDXVersion" => return Some(Format::SpdxTagValue),
            "spdxVersion" => return Some(Format::SpdxYaml),
            // Both have it; a text in quotes, or in YAML's order, is decided by what follows.
            "SPDXID" if value.trim_start().starts_with(['"', '\'']) => {
                return Some(Format::SpdxYaml);
            }
            "PackageName" | "DocumentName" | "DataLicense" | "DocumentNamespace" | "Creator" => {
                return Some(Format::SpdxTagValue);
            }
            "creationInfo" | "dataLicense" | "documentNamespace" | "packages" => {
                return Some(Format::SpdxYaml);
            }
            _ => {}
        }
    }
    None
}

/// Whatever notation it was, its JSON is held to the limits of JSON.
fn transcoded_to<'a>(
    format: Format,
    transcoded: Transcoded,
    limits: &Limits,
) -> Result<Canonical<'a>, SbomError> {
    bounded(&transcoded.text, limits)?;
    Ok(Canonical {
        format,
        text: Cow::Owned(transcoded.text),
        warnings: transcoded.warnings,
    })
}

fn json<'a>(text: &'a str, limits: &Limits) -> Result<Canonical<'a>, SbomError> {
    let (text, format) = unwrapped(text, limits)?;
    Ok(Canonical {
        format,
        text: Cow::Borrowed(text),
        warnings: Vec::new(),
    })
}

/// A JSON document: itself, or what GitHub's exporter wrapped.
fn unwrapped<'a>(text: &'a str, limits: &Limits) -> Result<(&'a str, Format), SbomError> {
    let shape = bounded(text, limits)?;
    match shape.member("sbom").and_then(|place| text.get(place)) {
        Some(inner) if shape.member("bomFormat").is_none() && inner.trim().starts_with('{') => {
            let inner = inner.trim();
            Ok((inner, format_of(inner, &bounded(inner, limits)?)?))
        }
        _ => Ok((text, format_of(text, &shape)?)),
    }
}

fn format_of(text: &str, shape: &Shape<'_>) -> Result<Format, SbomError> {
    if let Some(format) = shape.text_of(text, "bomFormat") {
        if !format.eq_ignore_ascii_case("CycloneDX") {
            let text = "The field \"bomFormat\" must be \"CycloneDX\".";
            return Err(SbomError::new("format-unknown", text).at("/bomFormat"));
        }
        let version = shape.text_of(text, "specVersion").unwrap_or_default();
        if !version.is_empty() && !version.starts_with("1.") {
            return Err(wrong_version("CycloneDX", version, "1.0 to 1.7").at("/specVersion"));
        }
        return Ok(Format::CyclonedxJson);
    }
    if let Some(version) = shape.text_of(text, "spdxVersion") {
        if !version.starts_with("SPDX-2.") {
            return Err(wrong_version("SPDX", version, "SPDX-2.1 to SPDX-2.3").at("/spdxVersion"));
        }
        return Ok(Format::SpdxJson);
    }
    if shape.member("@context").is_some() && shape.member("@graph").is_some() {
        let context = shape.member("@context").and_then(|place| text.get(place));
        if context.is_some_and(|context| context.contains("spdx.org/rdf/3.")) {
            return Ok(Format::Spdx3JsonLd);
        }
    }
    Err(unknown_format())
}

fn bounded<'a>(text: &'a str, limits: &Limits) -> Result<Shape<'a>, SbomError> {
    let bounds = Bounds {
        depth_max: limits.depth_max,
        values_max: limits.values_max,
        string_max: limits.string_max,
    };
    scan(text, &bounds).map_err(|excess| match excess {
        Excess::Depth { at } => {
            let max = limits.depth_max;
            let text = format!(
                "The document is nested more than {max} levels deep. No SBOM tool writes that; \
                 export it again with flat components."
            );
            SbomError::new("document-too-deep", text).at(format!("byte {at}"))
        }
        Excess::Values { at } => {
            let max = limits.values_max;
            let text = format!("The document has more than {max} values. Split it by module.");
            SbomError::new("too-many-values", text).at(format!("byte {at}"))
        }
        Excess::String { at } => {
            let max = limits.string_max / (1024 * 1024);
            let text = format!(
                "A text in the document is larger than {max} MiB. Export it again without \
                 embedded files."
            );
            SbomError::new("text-too-large", text).at(format!("byte {at}"))
        }
    })
}

fn not_text(error: NotUtf8) -> SbomError {
    match error {
        NotUtf8::Utf16 => SbomError::new(
            "encoding-not-utf8",
            "The document is written in UTF-16 or UTF-32. Save it as UTF-8 and upload it again.",
        ),
        NotUtf8::Broken { at } => SbomError::new(
            "encoding-not-utf8",
            "The document is not UTF-8 text. Save it as UTF-8 and upload it again.",
        )
        .at(format!("byte {at}")),
    }
}

fn not_a_document(text: &str) -> SbomError {
    if text.is_empty() {
        let text = "The document is empty. Check the command that should have written it.";
        return SbomError::new("document-empty", text);
    }
    unknown_format()
}

fn unknown_format() -> SbomError {
    let text = "This is neither a CycloneDX nor an SPDX document: it has no \"bomFormat\" and no \
                \"spdxVersion\". Upload the SBOM itself, as CycloneDX (JSON or XML) or SPDX (JSON, \
                YAML, tag-value, RDF/XML or JSON-LD).";
    SbomError::new("format-unknown", text)
}

fn wrong_version(format: &str, version: &str, known: &str) -> SbomError {
    const SHOWN_MAX: usize = 40;
    let version: String = version.chars().take(SHOWN_MAX).collect();
    let text = format!(
        "{format} version {version:?} cannot be read; known are {known}. Export it in one of them."
    );
    SbomError::new("spec-version-not-supported", text)
}
