//! Archives of SPDX documents, as Yocto writes them (`create-spdx`: `IMAGE.spdx.tar`): many JSON
//! documents that refer to each other, and an `index.json` that lists them. They become one
//! document of their version, so that one reader serves them.
//!
//! The archive is read where it lies: nothing is unpacked to files, no link is followed, and names
//! in it only serve for order and messages.

mod spdx2;
mod spdx3;

use serde::Deserialize;
use serde_json::Value;

use super::transcode::Transcoded;
use super::{Format, Limits, SbomError, Warning, json_error};

/// Where a tar archive says what it is, and how (POSIX.1-1988 "ustar", also in GNU's).
const MAGIC_AT: usize = 257;
const MAGIC: &[u8] = b"ustar";
/// Entries of one archive; an image of Yocto has some thousand documents.
const MEMBERS_MAX: usize = 50_000;
/// Names that a warning lists.
const NAMES_SHOWN: usize = 10;
/// What Yocto's list of the documents is called.
const INDEX: &str = "index.json";

/// A document in the archive.
struct Member<'a> {
    name: String,
    text: &'a str,
}

/// What the documents became.
pub(super) struct Merged {
    pub format: Format,
    pub transcoded: Transcoded,
}

/// Whether these bytes are a tar archive.
pub(super) fn is_tar(bytes: &[u8]) -> bool {
    bytes
        .get(MAGIC_AT..)
        .is_some_and(|rest| rest.starts_with(MAGIC))
}

/// Merges the SPDX documents of an archive. `read_json` finds the format of a JSON text and holds
/// it to the limits.
pub(super) fn merge<'a>(
    bytes: &'a [u8],
    limits: &Limits,
    read_json: impl Fn(&'a [u8]) -> Result<(Format, &'a str), SbomError>,
) -> Result<Merged, SbomError> {
    let (mut second, mut third) = (Vec::new(), Vec::new());
    let mut index = Vec::new();
    let mut left_out = Vec::new();
    for (name, content) in entries(bytes)? {
        let last = name.rsplit('/').next().unwrap_or_default();
        if last == INDEX {
            index = listed(content);
            continue;
        }
        if !last.ends_with(".json") {
            left_out.push(name);
            continue;
        }
        match read_json(content) {
            Ok((Format::SpdxJson, text)) => second.push(Member { name, text }),
            Ok((Format::Spdx3JsonLd, text)) => third.push(Member { name, text }),
            Ok(_) => left_out.push(name),
            Err(error) if error.code() == "format-unknown" => left_out.push(name),
            Err(error) => return Err(in_member(error, &name)),
        }
    }
    let mut warnings = Vec::new();
    let present = |wanted: &&String| {
        let known = second.iter().chain(&third);
        let mut names = known.map(|member| member.name.rsplit('/').next().unwrap_or_default());
        names.any(|name| name == wanted.as_str())
    };
    let missing: Vec<String> = index.iter().filter(|n| !present(n)).cloned().collect();
    warnings.extend(warning(
        "archive-document-missing",
        "The index of the archive lists documents that are not in it",
        &missing,
    ));
    warnings.extend(warning(
        "archive-member-not-read",
        "The archive holds files that are no SPDX documents; they were not read",
        &left_out,
    ));
    let by_name = |a: &Member<'_>, b: &Member<'_>| a.name.cmp(&b.name);
    second.sort_by(by_name);
    third.sort_by(by_name);
    let (format, text) = match (second.is_empty(), third.is_empty()) {
        (false, true) => {
            let text = spdx2::merge(&second, limits, &mut warnings)?;
            (Format::SpdxArchive, text)
        }
        (true, false) => (Format::Spdx3Archive, spdx3::merge(&third, limits)?),
        (true, true) => {
            let text = "The archive holds no SPDX document in JSON. Upload the SBOM itself, or \
                        the archive that Yocto writes.";
            return Err(SbomError::new("archive-without-documents", text));
        }
        (false, false) => {
            let text = "The archive holds documents of SPDX 2 and of SPDX 3, which cannot be read \
                        as one. Upload them apart.";
            return Err(SbomError::new("archive-mixed", text));
        }
    };
    let transcoded = Transcoded { text, warnings };
    Ok(Merged { format, transcoded })
}

/// Name and content of every plain file in the archive.
fn entries(bytes: &[u8]) -> Result<Vec<(String, &[u8])>, SbomError> {
    let mut archive = tar::Archive::new(bytes);
    let mut found = Vec::new();
    let all = archive.entries().map_err(|_| damaged())?;
    for (count, entry) in all.enumerate() {
        if count >= MEMBERS_MAX {
            let text = format!(
                "The archive has more than {MEMBERS_MAX} files. Upload the SBOM of one image."
            );
            return Err(SbomError::new("archive-too-many-files", text));
        }
        let entry = entry.map_err(|_| damaged())?;
        if entry.header().entry_type() != tar::EntryType::Regular {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let from = usize::try_from(entry.raw_file_position()).map_err(|_| damaged())?;
        let length = usize::try_from(entry.size()).map_err(|_| damaged())?;
        let end = from.checked_add(length).ok_or_else(damaged)?;
        found.push((name, bytes.get(from..end).ok_or_else(damaged)?));
    }
    Ok(found)
}

#[derive(Deserialize)]
struct Index {
    documents: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    filename: String,
}

/// The file names in Yocto's index; an index that cannot be read lists nothing.
fn listed(content: &[u8]) -> Vec<String> {
    let index: Option<Index> = serde_json::from_slice(content).ok();
    let documents = index.map(|index| index.documents).unwrap_or_default();
    documents
        .into_iter()
        .map(|listed| listed.filename)
        .collect()
}

/// The members of a document's top.
fn parse(member: &Member<'_>) -> Result<serde_json::Map<String, Value>, SbomError> {
    match serde_json::from_str(member.text) {
        Ok(Value::Object(top)) => Ok(top),
        Ok(_) => Err(SbomError::new(
            "structure-invalid",
            "A document in the archive is no JSON object. Export it again.",
        )
        .at(member.name.clone())),
        Err(error) => Err(in_member(json_error(&error), &member.name)),
    }
}

/// Refuses what grew beyond what one document may have: ids get longer by merging.
fn check_length(length: usize, limits: &Limits) -> Result<(), SbomError> {
    if length <= limits.bytes_max.saturating_mul(2) {
        return Ok(());
    }
    let text = "The documents of the archive are too large together. Upload the SBOM of one image.";
    Err(SbomError::new("document-too-large", text))
}

fn in_member(error: SbomError, name: &str) -> SbomError {
    let name: String = name.chars().take(200).collect();
    let place = match error.place() {
        Some(place) => format!("{name}: {place}"),
        None => name,
    };
    error.at(place)
}

fn damaged() -> SbomError {
    let text = "The archive is damaged or was cut off. Pack it again and upload it.";
    SbomError::new("archive-damaged", text)
}

fn warning(code: &'static str, what: &str, names: &[String]) -> Option<Warning> {
    if names.is_empty() {
        return None;
    }
    let shown: Vec<String> = names
        .iter()
        .take(NAMES_SHOWN)
        .map(|name| name.chars().take(200).collect())
        .collect();
    let more = match names.len().saturating_sub(NAMES_SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(Warning {
        code,
        place: String::new(),
        text: format!("{what}: {}{more}.", shown.join(", ")),
    })
}
