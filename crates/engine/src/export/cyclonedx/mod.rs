//! CycloneDX 1.6 and 1.7 in JSON (ECMA-424).

mod claims;
mod component;
mod kept;
mod parties;
mod shape;

use super::losses::Losses;
use super::object::Object;
use super::refs::{self, Refs};
use super::words;
use super::{CyclonedxVersion, Exported, Stamp, exported, mend};
use crate::sbom::Format;
use crate::sbom::document::{Dependencies, Document, Reference};
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap, HashSet};

/// How deep components are nested at most: readers, ours too, bound the depth of JSON.
const NESTING_MAX: usize = 20;

/// The state of one writing.
struct Writer<'d> {
    document: &'d Document,
    version: CyclonedxVersion,
    refs: Refs,
    losses: Losses,
    /// What is assembled directly into the subject.
    inner: HashSet<usize>,
    /// Texts of licences of the document's own, and the ids of those that found a place.
    texts: HashMap<&'d str, &'d str>,
    texts_used: HashSet<String>,
}

/// On whom one component depends, by place.
#[derive(Default)]
struct Edges<'d> {
    /// Whether its dependencies are spoken of, be it that there are none.
    is_said: bool,
    depends: Vec<usize>,
    provides: Vec<usize>,
    /// BOM-Links into other documents.
    elsewhere: BTreeSet<&'d str>,
}

pub(super) fn write(document: &Document, version: CyclonedxVersion, stamp: &Stamp) -> Exported {
    let refs = Refs::new(document, |part, place| {
        if part.reference.is_empty() {
            format!("component-{place}")
        } else {
            part.reference.clone()
        }
    });
    let texts = document.license_texts.iter();
    let texts = texts.filter_map(|own| Some((own.id.as_str(), own.text.as_deref()?)));
    let mut writer = Writer {
        document,
        version,
        refs,
        losses: Losses::of(document),
        inner: refs::within_subject(document),
        texts: texts.collect(),
        texts_used: HashSet::new(),
    };
    if document.is_signed {
        writer.losses.one("signature", "/signature");
    }
    let mut top = Object::new();
    top.put(
        "$schema",
        format!(
            "http://cyclonedx.org/schema/bom-{}.schema.json",
            version.as_str()
        ),
    )
    .put("bomFormat", "CycloneDX")
    .put("specVersion", version.as_str())
    .put("serialNumber", format!("urn:uuid:{}", stamp.serial))
    .put("version", 1);
    let (references, mut properties) =
        writer.references(&document.references, "/externalReferences");
    properties.splice(0..0, origin(document));
    let (within, components) = writer.components();
    properties.extend(writer.license_texts());
    let (kept, more) = writer.kept_of_document();
    properties.extend(more);
    top.put("metadata", writer.metadata(stamp, properties, within));
    top.list("components", components);
    top.all(kept);
    let mut references = references;
    references.extend(link_to_source(document));
    top.list("externalReferences", references);
    top.list("dependencies", writer.dependencies());
    top.list("compositions", writer.compositions());
    top.list("vulnerabilities", writer.vulnerabilities());
    exported(&top.into(), writer.losses)
}

/// A property.
fn property(name: impl Into<String>, value: impl Into<String>) -> Value {
    json!({"name": name.into(), "value": value.into()})
}

/// Where the document came from, for a merged one has no source of its own.
fn origin(document: &Document) -> Vec<Value> {
    let mut said = Vec::new();
    let mut say = |name: &str, value: &Option<String>| {
        if let Some(value) = value {
            said.push(property(format!("bonafide:source:{name}"), value));
        }
    };
    say("serialNumber", &document.serial_number);
    say("timestamp", &document.created_at_text);
    say("name", &document.name);
    said
}

/// A BOM-Link to the document this one was made from.
fn link_to_source(document: &Document) -> Option<Value> {
    let serial = document.serial_number.as_deref()?;
    let uuid = serial
        .strip_prefix("urn:uuid:")
        .filter(|_| mend::is_serial_number(serial))?;
    let is_cyclonedx = matches!(
        document.format,
        Format::CyclonedxJson | Format::CyclonedxXml
    );
    let url = format!("urn:cdx:{uuid}/{}", document.version.unwrap_or(1).max(1));
    is_cyclonedx.then(|| json!({"type": "bom", "url": url, "comment": "converted from"}))
}

impl Writer<'_> {
    fn metadata(&mut self, stamp: &Stamp, more: Vec<Value>, within: Vec<Value>) -> Object {
        let document = self.document;
        let mut metadata = Object::new();
        metadata.put("timestamp", stamp.now.as_str());
        metadata.list("lifecycles", lifecycles(&document.lifecycles));
        metadata.put("tools", parties::tools(document, stamp));
        let authors = document.authors.iter().flat_map(parties::contacts);
        metadata.list("authors", authors.collect());
        if let Some(subject) = &document.subject {
            let mut component = self.component(subject, 0);
            component.list("components", within);
            metadata.put("component", component);
        }
        let maker = document.manufacturer.as_ref().map(parties::entity);
        metadata.some("manufacturer", maker);
        metadata.some("supplier", document.supplier.as_ref().map(parties::entity));
        let licenses = document
            .data_licenses
            .iter()
            .map(|text| claims::plain_license(text));
        metadata.list("licenses", licenses.collect());
        let own = document.properties.iter();
        let mut properties: Vec<Value> = own.map(|(name, value)| property(name, value)).collect();
        properties.extend(more);
        metadata.list("properties", properties);
        metadata
    }

    /// Links as CycloneDX has them, and as properties those it would refuse.
    fn references(&mut self, references: &[Reference], place: &str) -> (Vec<Value>, Vec<Value>) {
        let (mut links, mut properties) = (Vec::new(), Vec::new());
        for reference in references {
            if !mend::is_iri_reference(&reference.url) && !mend::is_bom_link(&reference.url) {
                self.losses
                    .one("link that is no URL (kept as a property)", place);
                let name = format!("bonafide:externalReference:{}", reference.kind);
                properties.push(property(name, &reference.url));
                continue;
            }
            let mut link = Object::new();
            let is_known = claims::is_reference_kind(&reference.kind, self.version);
            link.put("type", if is_known { &*reference.kind } else { "other" });
            link.put("url", reference.url.as_str());
            let comment = reference.comment.clone().unwrap_or_default();
            let comment = match (is_known, comment.is_empty()) {
                (true, true) => String::new(),
                (true, false) => comment,
                (false, true) => reference.kind.clone(),
                (false, false) => format!("{}: {comment}", reference.kind),
            };
            link.some(
                "comment",
                Some(comment).filter(|comment| !comment.is_empty()),
            );
            let (hashes, more) = self.hashes(&reference.hashes, place);
            link.list("hashes", hashes);
            properties.extend(more);
            links.push(link.into());
        }
        (links, properties)
    }

    /// The components as a tree: each is built alone, then the deepest move into their parents.
    /// First what stands within the subject, then the rest.
    fn components(&mut self) -> (Vec<Value>, Vec<Value>) {
        let document = self.document;
        let offset = usize::from(document.subject.is_some());
        let mut built: Vec<Map<String, Value>> = Vec::with_capacity(document.parts.len());
        for (index, part) in document.parts.iter().enumerate() {
            match self.component(part, index + offset).into() {
                Value::Object(object) => built.push(object),
                _ => built.push(Map::new()),
            }
        }
        let (parents, depths, flattened) = refs::tree(&document.parts, NESTING_MAX);
        if let Some(first) = flattened.first() {
            let place = &document.parts[*first].place;
            self.losses
                .add("nesting deeper than readers follow", flattened.len(), place);
        }
        let mut order: Vec<usize> = (0..built.len()).collect();
        order.sort_by_key(|index| (std::cmp::Reverse(depths[*index]), *index));
        let mut children: Vec<Vec<Value>> = vec![Vec::new(); built.len()];
        let (mut within, mut roots) = (Vec::new(), Vec::new());
        for index in order {
            let mut object = std::mem::take(&mut built[index]);
            let own = std::mem::take(&mut children[index]);
            if !own.is_empty() {
                object.insert("components".to_owned(), Value::Array(own));
            }
            match parents[index] {
                Some(parent) => children[parent].push(Value::Object(object)),
                None if self.inner.contains(&index) => within.push(Value::Object(object)),
                None => roots.push(Value::Object(object)),
            }
        }
        (within, roots)
    }

    /// Whether one component stands directly within another.
    fn is_nested(&self, from: &str, to: &str) -> bool {
        let (Some(from), Some(to)) = (self.refs.place(from), self.refs.place(to)) else {
            return false;
        };
        let offset = usize::from(self.document.subject.is_some());
        let Some(index) = to.checked_sub(offset) else {
            return false;
        };
        let Some(part) = self.document.parts.get(index) else {
            return false;
        };
        match part.parent.map(|parent| parent as usize + offset) {
            Some(parent) => parent == from,
            None => offset == 1 && from == 0 && self.inner.contains(&index),
        }
    }

    fn dependencies(&mut self) -> Vec<Value> {
        let mut all: Vec<Edges> = Vec::new();
        all.resize_with(self.refs.len(), Edges::default);
        for said in &self.document.dependencies {
            let Some(from) = self.refs.place(&said.from) else {
                self.losses.one("dependencies of what is no component", "");
                continue;
            };
            if said.kind == Dependencies::CONTAINS {
                let other = said.to.iter().filter(|to| !self.is_nested(&said.from, to));
                let other = other.count();
                self.losses
                    .add("containment in more than one component", other, "");
                continue;
            }
            let provides = said.kind == Dependencies::PROVIDES;
            if said.kind != Dependencies::DEPENDS_ON && !provides {
                let field = format!("relationship \"{}\" as such", words::one_line(&said.kind));
                self.losses.add(&field, said.to.len(), "");
            }
            if said.is_need() {
                all[from].is_said = true;
            } else if !provides {
                continue;
            }
            for to in &said.to {
                match self.refs.place(to) {
                    Some(to) if provides => all[from].provides.push(to),
                    Some(to) => all[from].depends.push(to),
                    None if mend::is_bom_link(to) && !provides => {
                        all[from].elsewhere.insert(to);
                    }
                    None => self.losses.one("dependencies on what is no component", ""),
                }
            }
        }
        let all = all.into_iter().enumerate();
        let said = all.filter(|(_, edges)| edges.is_said || !edges.provides.is_empty());
        said.map(|(from, edges)| self.dependency(from, edges))
            .collect()
    }

    fn dependency(&self, from: usize, edges: Edges<'_>) -> Value {
        let mut entry = Object::new();
        entry.put("ref", self.refs.at(from));
        if edges.is_said {
            let mut names = self.names(edges.depends);
            names.extend(edges.elsewhere.into_iter().map(Value::from));
            entry.put("dependsOn", names);
        }
        entry.list("provides", self.names(edges.provides));
        entry.into()
    }

    /// Names of components, each once, in the order of the document.
    fn names(&self, mut places: Vec<usize>) -> Vec<Value> {
        places.sort_unstable();
        places.dedup();
        places
            .into_iter()
            .map(|place| self.refs.at(place).into())
            .collect()
    }
}

fn lifecycles(words: &[String]) -> Vec<Value> {
    let lifecycle = |word: &String| match words::phase(word) {
        Some(phase) => json!({"phase": phase}),
        None => json!({"name": word}),
    };
    words.iter().map(lifecycle).collect()
}
