//! CycloneDX JSON 1.2 to 1.7 (ECMA-424), read in one pass into the shared model: no intermediate
//! document, and every component is counted before memory is spent on it.

mod component;
mod dependencies;
mod document;

use serde::de::DeserializeSeed as _;

use super::builder::{Builder, RefNames};
use super::{Format, Limits, Sbom, SbomError};
use document::{DocumentSeed, RawDocument};

/// The newest version we know; later ones of the 1.x family are read with a warning.
const MINOR_MAX: u32 = 7;

pub(super) fn read(text: &str, limits: &Limits) -> Result<Sbom, SbomError> {
    let mut builder = Builder::new(Format::CyclonedxJson, limits);
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
    check_version(&mut builder, &raw);
    resolve(&mut builder, &raw);
    let subject = builder.sbom.subject.as_ref();
    builder.sbom.name = subject
        .map(|subject| subject.name.clone())
        .filter(|name| !name.is_empty());
    Ok(builder.finish())
}

fn check_version(builder: &mut Builder<'_>, raw: &RawDocument<'_>) {
    let Some(version) = raw.spec_version.get() else {
        let text = "The document does not say which version of CycloneDX it is written in.";
        builder.warn("spec-version-missing", "specVersion", text);
        return;
    };
    builder.sbom.spec_version = version.to_owned();
    let minor = version
        .strip_prefix("1.")
        .and_then(|minor| minor.parse::<u32>().ok());
    if minor.is_none_or(|minor| minor > MINOR_MAX) {
        let text = format!("CycloneDX {version} is not known here; what is new in it is not read.");
        builder.warn("spec-version-unknown", "specVersion", text);
    }
}

/// Turns references into indexes. What points nowhere is a warning: real documents have it.
fn resolve(builder: &mut Builder<'_>, raw: &RawDocument<'_>) {
    let names = RefNames::of(&builder.sbom);
    let (index, twice) = names.index();
    for position in twice {
        builder.warn_twice("components", position);
    }
    let owners: Vec<Option<u32>> = raw
        .owners
        .iter()
        .map(|owner| index.get(owner.as_ref()).copied())
        .collect();
    for (position, owner) in raw.owners.iter().enumerate() {
        if owners[position].is_none() {
            dangling(builder, owner, &format!("dependencies/{position}/ref"));
        }
    }
    let mut pairs = Vec::with_capacity(raw.targets.len());
    for (owner, target) in &raw.targets {
        match (owners[*owner as usize], index.get(target.as_ref())) {
            (Some(from), Some(to)) => pairs.push((from, *to)),
            (_, Some(_)) => {}
            (_, None) => {
                dangling(builder, target, &format!("dependencies/{owner}/dependsOn"));
            }
        }
    }
    builder.sbom.dependencies = pairs;
}

fn dangling(builder: &mut Builder<'_>, name: &str, field: &str) {
    let text = format!("The reference {name:?} leads to no component.");
    builder.warn("reference-dangling", field, text);
}
