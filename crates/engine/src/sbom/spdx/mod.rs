//! SPDX 2.1 to 2.3 JSON (2.2 is ISO/IEC 5962:2021), read in one pass into the shared model.
//! `NOASSERTION` and `NONE` are values that say "not stated"; they never become names.

mod document;
mod package;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde::de::DeserializeSeed as _;

use super::builder::{Builder, RefNames};
use super::{Format, Limits, Sbom, SbomError};
use document::{DocumentSeed, RawDocument};

/// The document's own id.
const DOCUMENT_REF: &str = "SPDXRef-DOCUMENT";

/// What a relationship says about two elements, in the direction we keep.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// The first depends on the second.
    DependsOn,
    /// The first contains the second.
    Contains,
    /// The first (the document) describes the second.
    Describes,
}

pub(super) fn read(text: &str, limits: &Limits) -> Result<Sbom, SbomError> {
    let mut builder = Builder::new(Format::SpdxJson, limits);
    let mut parser = serde_json::Deserializer::from_str(text);
    let seed = DocumentSeed {
        builder: &mut builder,
    };
    let read = seed
        .deserialize(&mut parser)
        .and_then(|raw| parser.end().map(|()| raw));
    let raw = match read {
        Ok(raw) => raw,
        Err(error) => {
            return Err(builder
                .fault
                .take()
                .unwrap_or_else(|| super::json_error(&error)));
        }
    };
    if !matches!(
        builder.sbom.spec_version.as_str(),
        "SPDX-2.1" | "SPDX-2.2" | "SPDX-2.3"
    ) {
        let text = format!(
            "{} is not known here; it is read like 2.3.",
            builder.sbom.spec_version
        );
        builder.warn("spec-version-unknown", "spdxVersion", text);
    }
    resolve(&mut builder, &raw);
    Ok(builder.finish())
}

/// Both directions of a relationship end in one. Types without meaning for us are `None`.
fn meaning(kind: &str) -> Option<(Meaning, bool)> {
    // SPDX spells types in capitals; some tools do not.
    let kind = kind.to_ascii_uppercase();
    Some(match kind.as_str() {
        "DEPENDS_ON" | "DYNAMIC_LINK" | "STATIC_LINK" | "HAS_PREREQUISITE" => {
            (Meaning::DependsOn, false)
        }
        "PREREQUISITE_FOR" => (Meaning::DependsOn, true),
        "CONTAINS" => (Meaning::Contains, false),
        "CONTAINED_BY" | "PACKAGE_OF" => (Meaning::Contains, true),
        "DESCRIBES" => (Meaning::Describes, false),
        "DESCRIBED_BY" => (Meaning::Describes, true),
        // DEPENDENCY_OF and its kinds: BUILD_, DEV_, OPTIONAL_, PROVIDED_, RUNTIME_, TEST_.
        kind if kind.ends_with("DEPENDENCY_OF") => (Meaning::DependsOn, true),
        _ => return None,
    })
}

fn resolve(builder: &mut Builder<'_>, raw: &RawDocument<'_>) {
    let names = RefNames::of(&builder.sbom);
    let (index, twice) = names.index();
    for position in twice {
        builder.warn_twice("packages", position);
    }
    let files: HashSet<&str> = raw.files.iter().map(Cow::as_ref).collect();
    let subject = only_described(raw, &index);
    // The subject leaves the list, so everything behind it moves up by one.
    let place = |found: u32| match subject {
        Some(subject) if found == subject => Sbom::SUBJECT,
        Some(subject) if found > subject => found - 1,
        _ => found,
    };
    let mut dependencies = Vec::with_capacity(raw.relationships.len());
    let mut contains = Vec::new();
    for (position, relationship) in raw.relationships.iter().enumerate() {
        let Some((meaning, reversed)) = meaning(&relationship.kind) else {
            continue;
        };
        let ends = [&relationship.from, &relationship.to].map(|name| name.as_ref());
        let known = ends.map(|name| find(&index, name).map(place));
        match (known, meaning) {
            (_, Meaning::Describes) => {}
            ([Some(from), Some(to)], _) => {
                let pair = if reversed { (to, from) } else { (from, to) };
                let list = match meaning {
                    Meaning::DependsOn => &mut dependencies,
                    _ => &mut contains,
                };
                list.push(pair);
            }
            _ => {
                let lost = ends
                    .iter()
                    .zip(known)
                    .find(|(name, known)| known.is_none() && !is_elsewhere(name, &files));
                if let Some((name, _)) = lost {
                    let text = format!("The reference {name:?} leads to no package.");
                    builder.warn(
                        "reference-dangling",
                        &format!("relationships/{position}"),
                        text,
                    );
                }
            }
        }
    }
    builder.sbom.dependencies = dependencies;
    builder.sbom.contains = contains;
    builder.sbom.subject = subject.map(|subject| builder.sbom.components.remove(subject as usize));
}

/// The one package the document describes. With several there is no single subject: they all stay
/// components.
fn only_described(raw: &RawDocument<'_>, index: &HashMap<&str, u32>) -> Option<u32> {
    let by_relationship =
        raw.relationships
            .iter()
            .filter_map(|relationship| match meaning(&relationship.kind)? {
                (Meaning::Describes, false) => Some(relationship.to.as_ref()),
                (Meaning::Describes, true) => Some(relationship.from.as_ref()),
                _ => None,
            });
    let listed = raw.describes.iter().map(Cow::as_ref);
    let mut found = listed
        .chain(by_relationship)
        .filter_map(|name| find(index, name));
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

fn find(index: &HashMap<&str, u32>, name: &str) -> Option<u32> {
    index.get(name).copied()
}

/// References that are right although no package has them.
fn is_elsewhere(name: &str, files: &HashSet<&str>) -> bool {
    name == DOCUMENT_REF
        || name.starts_with("DocumentRef-")
        || matches!(name, "NONE" | "NOASSERTION")
        || name.starts_with("SPDXRef-Snippet")
        || files.contains(name)
}
