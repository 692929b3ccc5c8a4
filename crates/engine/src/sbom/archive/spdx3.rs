//! SPDX 3 documents into one graph. Ids of elements are addresses and the same everywhere, so an
//! element that stands in several documents is taken once; blank nodes are the document's own and
//! get its number. The document nobody imports from speaks for all.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{Member, check_length, parse};
use crate::sbom::{Limits, SbomError};

const GRAPH: &str = "@graph";

/// A document that is being merged.
struct Part {
    context: Option<Value>,
    elements: Vec<Value>,
    /// What its document imports.
    imports: Vec<String>,
}

pub(super) fn merge(members: &[Member<'_>], limits: &Limits) -> Result<String, SbomError> {
    let mut parts = Vec::with_capacity(members.len());
    for (number, member) in members.iter().enumerate() {
        parts.push(part(parse(member)?, number));
    }
    let root = root(&parts);
    let context = parts.first().and_then(|part| part.context.clone());
    let mut seen: HashSet<String> = HashSet::new();
    let mut text = format!(
        "{{\"@context\":{},\"{GRAPH}\":[",
        context.unwrap_or_default()
    );
    let speaks = root.unwrap_or(0);
    let empty = text.len();
    // The one that speaks comes first; the others keep their order.
    let order = std::iter::once(speaks).chain((0..parts.len()).filter(|n| *n != speaks));
    for number in order {
        let elements = parts
            .get_mut(number)
            .map(|part| std::mem::take(&mut part.elements));
        for mut element in elements.into_iter().flatten() {
            if is_document(&element) {
                if number != speaks {
                    continue;
                }
                if root.is_none() {
                    unsay(&mut element);
                }
            }
            let id = id_of(&element).map(str::to_owned);
            if id.is_some_and(|id| !seen.insert(id)) {
                continue;
            }
            if text.len() > empty {
                text.push(',');
            }
            text.push_str(&element.to_string());
            check_length(text.len(), limits)?;
        }
    }
    text.push_str("]}");
    Ok(text)
}

fn part(mut top: Map<String, Value>, number: usize) -> Part {
    let mut elements = match top.remove(GRAPH) {
        Some(Value::Array(elements)) => elements,
        _ => Vec::new(),
    };
    let mut imports = Vec::new();
    for element in &mut elements {
        rename_blank(element, number);
        let imported = element.get("import").and_then(Value::as_array);
        let imported = imported.into_iter().flatten();
        imports.extend(
            imported
                .filter_map(|map| map.get("externalSpdxId")?.as_str())
                .map(str::to_owned),
        );
    }
    Part {
        context: top.remove("@context"),
        elements,
        imports,
    }
}

/// The only part of which nobody imports anything.
fn root(parts: &[Part]) -> Option<usize> {
    let imported: Vec<HashSet<&str>> = parts
        .iter()
        .map(|part| part.imports.iter().map(String::as_str).collect())
        .collect();
    let all: HashSet<&str> = imported.iter().flatten().copied().collect();
    let mut free = parts.iter().enumerate().filter(|(_, part)| {
        let mut ids = part.elements.iter().filter_map(id_of);
        !ids.any(|id| all.contains(id))
    });
    let (first, _) = free.next()?;
    free.next().is_none().then_some(first)
}

fn id_of(element: &Value) -> Option<&str> {
    let id = element.get("spdxId").or_else(|| element.get("@id"));
    id.and_then(Value::as_str)
}

fn is_document(element: &Value) -> bool {
    let class = element.get("type").or_else(|| element.get("@type"));
    class
        .and_then(Value::as_str)
        .is_some_and(|class| class.rsplit(['/', '#', '_']).next() == Some("SpdxDocument"))
}

/// Takes away what a document says of one of several parts.
fn unsay(document: &mut Value) {
    if let Value::Object(fields) = document {
        for field in ["name", "rootElement", "summary", "description", "comment"] {
            fields.remove(field);
        }
    }
}

/// Gives blank nodes the number of their document; the bounds walk has limited the depth.
fn rename_blank(value: &mut Value, number: usize) {
    match value {
        Value::String(text) => {
            let name = text.strip_prefix("_:");
            let name = name.filter(|name| !name.contains(char::is_whitespace));
            if let Some(name) = name {
                *text = format!("_:D{number}-{name}");
            }
        }
        Value::Array(items) => {
            for item in items {
                rename_blank(item, number);
            }
        }
        Value::Object(fields) => {
            for (_, item) in fields.iter_mut() {
                rename_blank(item, number);
            }
        }
        _ => {}
    }
}
