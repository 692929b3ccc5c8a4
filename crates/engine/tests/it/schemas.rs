//! The official schemas that lie beside the project, as validators. None of them is part of it.

use crate::kit;
use bonafide_engine::export::{CyclonedxVersion, Target};
use jsonschema::{Retrieve, Uri, Validator};
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::error::Error;

/// Finds what a schema refers to by its file name; never on a network.
struct Local;

impl Retrieve for Local {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        let name = uri.as_str().rsplit('/').next().unwrap_or_default();
        let path = kit::shared(&format!("schemas/cyclonedx/{name}")).ok_or("absent")?;
        Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?)
    }
}

/// The validator of a target, or `None` when the schemas are not there.
pub fn validator(target: Target) -> Option<Validator> {
    let name = match target {
        Target::Cyclonedx(CyclonedxVersion::V1_6) => "cyclonedx/bom-1.6.schema.json",
        Target::Cyclonedx(CyclonedxVersion::V1_7) => "cyclonedx/bom-1.7.schema.json",
        Target::Spdx2 => "spdx/2.3/spdx-schema.json",
        Target::Spdx3 => "spdx/3.0.1/spdx-schema.json",
    };
    let path = kit::shared(&format!("schemas/{name}"))?;
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let options = jsonschema::options();
    let options = options.with_retriever(Local).should_validate_formats(true);
    Some(options.build(&schema).unwrap())
}

/// What is wrong with a document by its schema, at most a few of it.
pub fn faults(validator: &Validator, text: &str) -> Vec<String> {
    let document: Value = serde_json::from_str(text).unwrap();
    let errors = validator.iter_errors(&document);
    let words = errors.map(|error| {
        let mut words = format!("{}: {error}", error.instance_path());
        words.truncate(
            words
                .char_indices()
                .nth(300)
                .map_or(words.len(), |(at, _)| at),
        );
        words
    });
    words.take(3).collect()
}

/// An SPDX 3 graph reduced to one element of each shape, for its schema tries every class on every
/// element. Two elements have one shape when they differ only in texts that no rule looks at.
pub fn shapes(text: &str) -> String {
    let mut document: Value = serde_json::from_str(text).unwrap();
    let mut seen = HashSet::new();
    let graph = document["@graph"].as_array_mut().unwrap();
    graph.retain(|element| seen.insert(shape(element).to_string()));
    document.to_string()
}

/// Fields with a closed list of values, or with a pattern.
const JUDGED: [&str; 12] = [
    "type",
    "spdxId",
    "@id",
    "relationshipType",
    "completeness",
    "scope",
    "algorithm",
    "externalIdentifierType",
    "externalRefType",
    "software_primaryPurpose",
    "software_sbomType",
    "security_justificationType",
];

fn shape(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let fields = object.iter().map(|(name, value)| {
                let is_id = matches!(name.as_str(), "spdxId" | "@id");
                let value = match value {
                    Value::String(text) if is_id => {
                        (!text.starts_with("_:") && text.contains(':')).into()
                    }
                    _ if JUDGED.contains(&name.as_str()) => value.clone(),
                    _ => shape(value),
                };
                (name.clone(), value)
            });
            Value::Object(fields.collect::<Map<_, _>>())
        }
        Value::Array(list) => {
            let mut shapes: Vec<Value> = list.iter().map(shape).collect();
            shapes.sort_by_key(Value::to_string);
            shapes.dedup();
            Value::Array(shapes)
        }
        Value::String(text) => (text.contains(':') && !text.starts_with("_:")).into(),
        _ => Value::Null,
    }
}
