//! SPDX 2.x RDF/XML into SPDX JSON: the triples are read first (oxrdfxml), then written by the
//! classes and properties of `http://spdx.org/rdf/terms#`. Before the parser runs, a walk of our own
//! bounds depth, attributes and texts and refuses document types, for the parser knows entities.

use std::collections::HashMap;

use oxrdfxml::RdfXmlParser;

use super::json_text::{Members, quoted};
use super::rdf_terms::{CREATION, DOCUMENT, Form, Property, document_properties};
use super::xml::{Item, Pull};
use super::{NotUnderstood, Transcoded};
use crate::sbom::{Limits, SbomError};

const SPDX: &str = "http://spdx.org/rdf/terms#";
const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
/// What relative addresses are resolved against when the document gives no base.
const BASE: &str = "https://spdx.org/relative";
/// Sets of licences in sets of licences.
const LICENSE_DEPTH_MAX: usize = 16;

/// What a property leads to.
#[derive(Clone)]
enum Object {
    Text(String),
    /// An address, or a blank node as `_:id`.
    Node(String),
}

#[derive(Default)]
struct Node {
    class: String,
    properties: Vec<(String, Object)>,
}

struct Graph {
    nodes: HashMap<String, Node>,
    /// In the order of their first triple.
    order: Vec<String>,
    not_understood: NotUnderstood,
}

/// Transcodes a document whose root is `rdf:RDF`.
pub(in crate::sbom) fn transcode(text: &str, limits: &Limits) -> Result<Transcoded, SbomError> {
    let mut walk = Pull::new(text, limits);
    loop {
        match walk.next()? {
            Item::Start(start) => drop(walk.attributes(&start)?),
            Item::Eof => break,
            Item::Text(_) | Item::End => {}
        }
    }
    refuse_declarations(text)?;
    let mut graph = Graph::read(text, limits)?;
    let document = graph
        .order
        .iter()
        .find(|id| {
            graph
                .nodes
                .get(*id)
                .is_some_and(|node| node.class == "SpdxDocument")
        })
        .cloned();
    let Some(document) = document else {
        let text = "This is RDF, but no SPDX document: it has no SpdxDocument. Upload the SBOM \
                    itself.";
        return Err(SbomError::new("format-unknown", text));
    };
    let members = graph.document(&document);
    Ok(Transcoded {
        text: members.into_text(),
        warnings: graph.not_understood.warning().into_iter().collect(),
    })
}

/// Whatever another parser takes for a declaration is none here.
fn refuse_declarations(text: &str) -> Result<(), SbomError> {
    let bytes = text.as_bytes();
    for at in memchr::memmem::find_iter(bytes, b"<!") {
        let word = bytes.get(at + 2..at + 9).unwrap_or_default();
        if word.eq_ignore_ascii_case(b"DOCTYPE") {
            let text = "The document declares a document type (DOCTYPE), which could declare \
                        entities. No SBOM needs one; export it again without.";
            return Err(SbomError::new("xml-doctype", text).at(format!("byte {at}")));
        }
    }
    Ok(())
}

/// The part of an address after its last `#` or `/`.
fn local(address: &str) -> &str {
    address.rsplit(['#', '/']).next().unwrap_or_default()
}

/// A property's name: without its namespace when it is of SPDX.
fn property_name(address: &str) -> String {
    match address.strip_prefix(SPDX) {
        Some(name) => name.to_owned(),
        None => match local(address) {
            name @ ("comment" | "seeAlso" | "homepage" | "startPointer" | "endPointer"
            | "offset" | "lineNumber" | "reference" | "name" | "label") => name.to_owned(),
            _ => address.to_owned(),
        },
    }
}

impl Graph {
    fn read(text: &str, limits: &Limits) -> Result<Self, SbomError> {
        let mut graph = Self {
            nodes: HashMap::new(),
            order: Vec::new(),
            not_understood: NotUnderstood::default(),
        };
        let parser = RdfXmlParser::new().lenient();
        let parser = match parser.clone().with_base_iri(BASE) {
            Ok(based) => based,
            Err(_) => parser,
        };
        for (count, triple) in parser.for_slice(text).enumerate() {
            let triple = triple.map_err(|error| {
                let shown: String = error.to_string().chars().take(200).collect();
                let text = format!("The document is not valid RDF/XML ({shown}). Export it again.");
                SbomError::new("rdf-invalid", text)
            })?;
            if count > limits.values_max {
                let max = limits.values_max;
                let text = format!("The document has more than {max} values. Split it by module.");
                return Err(SbomError::new("too-many-values", text));
            }
            let subject = match &triple.subject {
                oxrdf::NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
                oxrdf::NamedOrBlankNode::BlankNode(node) => format!("_:{}", node.as_str()),
            };
            let object = match triple.object {
                oxrdf::Term::NamedNode(node) => Object::Node(node.into_string()),
                oxrdf::Term::BlankNode(node) => Object::Node(format!("_:{}", node.as_str())),
                oxrdf::Term::Literal(literal) => Object::Text(literal.value().to_owned()),
            };
            let order = &mut graph.order;
            let node = graph.nodes.entry(subject).or_insert_with_key(|id| {
                order.push(id.clone());
                Node::default()
            });
            if triple.predicate.as_str() == RDF_TYPE {
                if let Object::Node(class) = &object {
                    node.class = local(class).to_owned();
                }
            } else {
                node.properties
                    .push((property_name(triple.predicate.as_str()), object));
            }
        }
        Ok(graph)
    }

    fn document(&mut self, id: &str) -> Members {
        let mut members = Members::default();
        members.set("SPDXID", quoted(&element_id(id)));
        if let Some((namespace, _)) = id.split_once('#') {
            members.set("documentNamespace", quoted(namespace));
        }
        self.object(id, DOCUMENT, &mut members);
        for (class, list) in [
            ("Package", "packages"),
            ("File", "files"),
            ("Snippet", "snippets"),
            ("ExtractedLicensingInfo", "hasExtractedLicensingInfos"),
        ] {
            let of_class: Vec<String> = self
                .order
                .iter()
                .filter(|id| self.nodes.get(*id).is_some_and(|node| node.class == class))
                .cloned()
                .collect();
            for id in of_class {
                let mut element = Members::default();
                if class != "ExtractedLicensingInfo" {
                    element.set("SPDXID", quoted(&element_id(&id)));
                }
                self.object(&id, document_properties(class), &mut element);
                if class == "ExtractedLicensingInfo" && element.get("licenseId").is_none() {
                    element.set("licenseId", quoted(&element_id(&id)));
                }
                members.push(list, &element.into_text());
            }
        }
        self.relationships(&mut members);
        members
    }

    /// Relationships stand with the element they begin at; JSON has one list of them.
    fn relationships(&mut self, members: &mut Members) {
        let mut found: Vec<(String, String)> = Vec::new();
        for id in &self.order {
            let properties = self.nodes.get(id).map(|node| &node.properties);
            for (name, object) in properties.into_iter().flatten() {
                match object {
                    Object::Node(node) if name == "relationship" => {
                        found.push((id.clone(), node.clone()));
                    }
                    _ => {}
                }
            }
        }
        for (from, id) in found {
            let mut relationship = Members::default();
            relationship.set("spdxElementId", quoted(&element_id(&from)));
            let kind = self
                .first(&id, "relationshipType")
                .map(|kind| text_of(&kind));
            let kind = kind.unwrap_or_default();
            let kind = kind.rsplit("relationshipType_").next().unwrap_or_default();
            relationship.set("relationshipType", quoted(&screaming(kind)));
            let to = self
                .first(&id, "relatedSpdxElement")
                .map(|to| element_id(&text_of(&to)));
            relationship.set("relatedSpdxElement", quoted(&to.unwrap_or_default()));
            if let Some(comment) = self.first(&id, "comment") {
                relationship.set("comment", quoted(&text_of(&comment)));
            }
            members.push("relationships", &relationship.into_text());
        }
    }

    fn first(&self, id: &str, property: &str) -> Option<Object> {
        let node = self.nodes.get(id)?;
        let found = node.properties.iter().find(|(name, _)| name == property);
        found.map(|(_, object)| object.clone())
    }

    /// Writes the properties of a node.
    fn object(&mut self, id: &str, properties: &'static [Property], into: &mut Members) {
        // The node is taken out while it is written, so that a circle ends.
        let Some(node) = self.nodes.get_mut(id) else {
            return;
        };
        let held = std::mem::take(&mut node.properties);
        for (name, object) in &held {
            let Some(property) = properties.iter().find(|property| property.rdf == name) else {
                // Relationships and extracted licences are written with all of their kind.
                if !matches!(name.as_str(), "relationship" | "hasExtractedLicensingInfo") {
                    self.not_understood.add(name);
                }
                continue;
            };
            let value = self.value(&property.form, object);
            if property.is_list {
                into.push(property.json, &value);
            } else if !into.set(property.json, value) {
                self.not_understood.add(&format!("{name} (a second one)"));
            }
        }
        if let Some(node) = self.nodes.get_mut(id) {
            node.properties = held;
        }
    }

    fn value(&mut self, form: &'static Form, object: &Object) -> String {
        let text = text_of(object);
        match form {
            Form::Text => quoted(&plain(&text)),
            Form::Element => quoted(&element_id(&text)),
            Form::Term(prefix) => {
                let term = local(&text);
                let term = term.strip_prefix(prefix).unwrap_or(term);
                quoted(&screaming(term))
            }
            Form::ReferenceType => {
                let known = text.strip_prefix("http://spdx.org/rdf/references/");
                quoted(known.unwrap_or(&text))
            }
            Form::Algorithm => {
                let term = local(&text);
                let term = term.strip_prefix("checksumAlgorithm_").unwrap_or(term);
                quoted(&algorithm(term))
            }
            Form::Bool => match text.as_str() {
                "true" | "1" => "true".to_owned(),
                "false" | "0" => "false".to_owned(),
                other => quoted(other),
            },
            Form::Whole => match text.parse::<u64>() {
                Ok(number) => number.to_string(),
                Err(_) => quoted(&text),
            },
            Form::License => quoted(&self.license(object, 0)),
            Form::Creation => {
                let mut members = Members::default();
                self.object(&text, CREATION, &mut members);
                members.into_text()
            }
            Form::Object(properties) => {
                let mut members = Members::default();
                self.object(&text, properties, &mut members);
                // Before 2.3 its own address was its only name.
                let is_unnamed = members.get("externalDocumentId").is_none();
                if members.get("spdxDocument").is_some() && is_unnamed {
                    members.set("externalDocumentId", quoted(&element_id(&text)));
                }
                members.into_text()
            }
        }
    }

    /// A licence as an expression (SPDX 2.3, annex D).
    fn license(&self, object: &Object, depth: usize) -> String {
        let text = text_of(object);
        let id = match object {
            Object::Text(text) => return text.trim().to_owned(),
            Object::Node(id) => id,
        };
        let Some(node) = self.nodes.get(id).filter(|_| depth < LICENSE_DEPTH_MAX) else {
            return plain(&text);
        };
        let members = || -> Vec<String> {
            let of = node.properties.iter().filter(|(name, _)| name == "member");
            of.map(|(_, member)| self.license(member, depth + 1))
                .collect()
        };
        let joined = |with: &str| {
            let text = members().join(with);
            if depth > 0 { format!("({text})") } else { text }
        };
        match node.class.as_str() {
            "ConjunctiveLicenseSet" => joined(" AND "),
            "DisjunctiveLicenseSet" => joined(" OR "),
            "OrLaterOperator" => format!("{}+", members().join("")),
            "WithExceptionOperator" => {
                let exception = self
                    .first(id, "licenseException")
                    .map(|object| text_of(&object));
                let name = exception
                    .and_then(|exception| self.first(&exception, "licenseExceptionId"))
                    .map(|object| text_of(&object));
                format!("{} WITH {}", members().join(""), name.unwrap_or_default())
            }
            _ => match self.first(id, "licenseId") {
                Some(name) => text_of(&name),
                None => plain(&text),
            },
        }
    }
}

fn text_of(object: &Object) -> String {
    match object {
        Object::Text(text) | Object::Node(text) => text.clone(),
    }
}

/// `NOASSERTION`, `NONE` and licences of the list, which RDF has as addresses; else the text.
fn plain(text: &str) -> String {
    if let Some(name) = text.strip_prefix(SPDX) {
        return match name {
            "noassertion" => "NOASSERTION".to_owned(),
            "none" => "NONE".to_owned(),
            other => other.to_owned(),
        };
    }
    let licenses = ["http://spdx.org/licenses/", "https://spdx.org/licenses/"];
    let license = licenses.iter().find_map(|start| text.strip_prefix(start));
    match license {
        Some(name) => name.trim_end_matches('/').to_owned(),
        None if text.contains("#LicenseRef-") => local(text).to_owned(),
        None => text.to_owned(),
    }
}

/// `SPDXRef-x` of an address in the document; `DocumentRef-y:SPDXRef-x` as it stands.
fn element_id(address: &str) -> String {
    let name = plain(address);
    match name.rsplit_once('#') {
        Some((_, id)) => id.to_owned(),
        None => name,
    }
}

/// `dependsOn` and `operatingSystem` as JSON writes them: `DEPENDS_ON`, `OPERATING_SYSTEM`.
fn screaming(term: &str) -> String {
    let mut text = String::with_capacity(term.len() + 2);
    for character in term.chars() {
        if character.is_ascii_uppercase() && !text.is_empty() && !text.ends_with('_') {
            text.push('_');
        }
        text.push(character.to_ascii_uppercase());
    }
    text
}

/// `sha256` as JSON writes it; `sha3_256`, `blake2b256` and the like have hyphens there.
fn algorithm(term: &str) -> String {
    let upper = term.to_ascii_uppercase();
    if let Some(length) = upper.strip_prefix("SHA3_") {
        return format!("SHA3-{length}");
    }
    if let Some(length) = upper.strip_prefix("BLAKE2B") {
        return format!("BLAKE2b-{}", length.trim_start_matches(['_', '-']));
    }
    upper
}
