//! SPDX 2.x documents into one. Every element's id gets the number of its document, and references
//! to elements of another document (`DocumentRef-x:SPDXRef-y`, SPDX 2.3, clause 6.6) lead to it
//! directly where it is in the archive. What the document says of itself is said by the one that
//! nobody refers to; without one there is no subject.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Member, check_length, in_member, parse, warning};
use crate::sbom::{Limits, SbomError, Warning, json_error};

/// The id of every document in its own text.
const DOCUMENT: &str = "SPDXRef-DOCUMENT";
/// Lists that are laid together.
const LISTS: [&str; 7] = [
    "packages",
    "files",
    "snippets",
    "relationships",
    "annotations",
    "hasExtractedLicensingInfos",
    "revieweds",
];

/// What is needed of a document before it is merged.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    document_namespace: Option<String>,
    #[serde(default)]
    external_document_refs: Vec<Reference>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reference {
    external_document_id: String,
    spdx_document: String,
}

/// The document at hand: its number, and those it refers to by their local names.
struct Names<'h> {
    number: usize,
    others: HashMap<&'h str, usize>,
}

pub(super) fn merge(
    members: &[Member<'_>],
    limits: &Limits,
    warnings: &mut Vec<Warning>,
) -> Result<String, SbomError> {
    let mut heads: Vec<Head> = Vec::with_capacity(members.len());
    for member in members {
        let head = serde_json::from_str(member.text);
        heads.push(head.map_err(|error| in_member(json_error(&error), &member.name))?);
    }
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for (number, head) in heads.iter().enumerate() {
        if let Some(namespace) = head.document_namespace.as_deref() {
            numbers.entry(namespace).or_insert(number);
        }
    }
    let root = root(&heads, &numbers);
    let mut lists: [String; LISTS.len()] = Default::default();
    let mut elsewhere = Vec::new();
    let mut absent: Vec<String> = Vec::new();
    let mut top = Map::new();
    for (number, (member, head)) in members.iter().zip(&heads).enumerate() {
        let names = Names::of(number, head, &numbers);
        let mut document = parse(member)?;
        names.rename_all(&mut document);
        let is_root = root == Some(number);
        if !is_root {
            document.remove("documentDescribes");
        } else if describes_nothing(&document) {
            describe_only_package(&mut document);
        }
        for (list, text) in LISTS.iter().zip(&mut lists) {
            append(document.remove(*list), text, is_root);
        }
        for reference in items(document.remove("externalDocumentRefs")) {
            let target = reference.get("spdxDocument").and_then(Value::as_str);
            if target.is_some_and(|target| !numbers.contains_key(target)) {
                absent.extend(target.map(str::to_owned));
                elsewhere.push(reference);
            }
        }
        check_length(lists.iter().map(String::len).sum(), limits)?;
        if is_root || (root.is_none() && number == 0) {
            top = document;
        }
    }
    if root.is_none() {
        // No document speaks for all of them.
        for field in ["name", "documentNamespace", "comment"] {
            top.remove(field);
        }
    }
    absent.sort();
    absent.dedup();
    warnings.extend(warning(
        "archive-document-missing",
        "Documents that others refer to are not in the archive",
        &absent,
    ));
    if !elsewhere.is_empty() {
        top.insert("externalDocumentRefs".to_owned(), Value::Array(elsewhere));
    }
    Ok(joined(&top, &lists))
}

/// The document that stands above the others: the only one that nobody refers to, or of several
/// the only one that refers to others.
fn root(heads: &[Head], numbers: &HashMap<&str, usize>) -> Option<usize> {
    if heads.len() == 1 {
        return Some(0);
    }
    let mut below: HashSet<usize> = HashSet::new();
    for (number, head) in heads.iter().enumerate() {
        let targets = head.external_document_refs.iter();
        let targets = targets.filter_map(|r| numbers.get(r.spdx_document.as_str()));
        below.extend(targets.filter(|target| **target != number));
    }
    let top: Vec<usize> = (0..heads.len()).filter(|n| !below.contains(n)).collect();
    let only = |list: &[usize]| match list {
        [one] => Some(*one),
        _ => None,
    };
    let refers = |number: &usize| {
        let head = heads.get(*number);
        head.is_some_and(|head| !head.external_document_refs.is_empty())
    };
    let above: Vec<usize> = top.iter().copied().filter(refers).collect();
    only(&top).or_else(|| only(&above))
}

/// Whether the document does not say what it is about.
fn describes_nothing(document: &Map<String, Value>) -> bool {
    let is_empty = document
        .get("documentDescribes")
        .and_then(Value::as_array)
        .is_none_or(Vec::is_empty);
    let relationships = document.get("relationships").and_then(Value::as_array);
    let mut relationships = relationships.into_iter().flatten();
    let describes = relationships.any(is_description);
    is_empty && !describes
}

/// The document of an image has one package, the image, and some versions of Yocto do not say that
/// it is described.
fn describe_only_package(document: &mut Map<String, Value>) {
    let packages = document.get("packages").and_then(Value::as_array);
    let Some([only]) = packages.map(Vec::as_slice) else {
        return;
    };
    if let Some(id) = only.get("SPDXID").cloned() {
        document.insert("documentDescribes".to_owned(), Value::Array(vec![id]));
    }
}

/// Whether a relationship says what its document is about.
fn is_description(relationship: &Value) -> bool {
    let field = |name: &str| relationship.get(name).and_then(Value::as_str);
    match field("relationshipType") {
        Some("DESCRIBES") => field("spdxElementId") == Some(DOCUMENT),
        Some("DESCRIBED_BY") => field("relatedSpdxElement") == Some(DOCUMENT),
        _ => false,
    }
}

fn items(list: Option<Value>) -> Vec<Value> {
    match list {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

/// Appends the items of a list; only the root may say what the whole is about.
fn append(list: Option<Value>, text: &mut String, is_root: bool) {
    for item in items(list) {
        if !is_root && is_description(&item) {
            continue;
        }
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(&item.to_string());
    }
}

/// The document: its own fields first, the lists after them.
fn joined(top: &Map<String, Value>, lists: &[String; LISTS.len()]) -> String {
    let mut text = String::from("{");
    for (name, value) in top {
        text.push_str(&Value::from(name.as_str()).to_string());
        text.push(':');
        text.push_str(&value.to_string());
        text.push(',');
    }
    for (name, items) in LISTS.iter().zip(lists) {
        text.push_str(&format!("\"{name}\":[{items}],"));
    }
    text.pop();
    text.push('}');
    text
}

impl<'h> Names<'h> {
    fn of(number: usize, head: &'h Head, numbers: &HashMap<&str, usize>) -> Self {
        let references = head.external_document_refs.iter();
        let others = references
            .filter_map(|reference| {
                let other = numbers.get(reference.spdx_document.as_str())?;
                Some((reference.external_document_id.as_str(), *other))
            })
            .collect();
        Self { number, others }
    }

    /// Renames every id below; the bounds walk has limited how deep that goes.
    fn rename_all(&self, object: &mut Map<String, Value>) {
        for (name, value) in object.iter_mut() {
            let holds_ids = matches!(
                name.as_str(),
                "SPDXID"
                    | "spdxElementId"
                    | "relatedSpdxElement"
                    | "snippetFromFile"
                    | "reference"
                    | "externalDocumentId"
                    | "documentDescribes"
                    | "hasFiles"
                    | "fileDependencies"
            );
            self.rename_value(value, holds_ids);
        }
    }

    fn rename_value(&self, value: &mut Value, holds_ids: bool) {
        match value {
            Value::String(text) if holds_ids => *text = self.renamed(text),
            Value::Array(items) => {
                for item in items {
                    self.rename_value(item, holds_ids);
                }
            }
            Value::Object(object) => self.rename_all(object),
            _ => {}
        }
    }

    fn renamed(&self, text: &str) -> String {
        if text.starts_with("SPDXRef-") {
            return of_document(self.number, text);
        }
        let Some(name) = text.strip_prefix("DocumentRef-") else {
            return text.to_owned();
        };
        let (document, element) = match text.split_once(':') {
            Some((document, element)) => (document, Some(element)),
            None => (text, None),
        };
        match (self.others.get(document), element) {
            (Some(number), Some(element)) => of_document(*number, element),
            _ => format!("DocumentRef-D{}-{name}", self.number),
        }
    }
}

/// The id of an element in the merged document; documents themselves are all that one.
fn of_document(number: usize, id: &str) -> String {
    match id.strip_prefix("SPDXRef-") {
        Some(_) if id == DOCUMENT => id.to_owned(),
        Some(name) => format!("SPDXRef-D{number}-{name}"),
        None => id.to_owned(),
    }
}
