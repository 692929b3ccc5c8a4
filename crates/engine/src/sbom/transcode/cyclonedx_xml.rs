//! CycloneDX XML 1.0 to 1.7 into CycloneDX JSON of the same version, by the tables of
//! `cyclonedx_fields`: the order of elements, wrappers around lists, attributes and the contents of
//! elements come out as the JSON schema has them. There is no JSON of 1.0 and 1.1; they come out in
//! the shape of 1.2. An XML signature becomes a mark with its algorithm and value: it was made over
//! the XML and proves nothing about the JSON.

use quick_xml::events::BytesStart;

use super::cyclonedx_fields::{BOM, Field, Item as ListItem, Shape};
use super::json_text::{Members, quoted};
use super::xml::{Item, Pull};
use super::{NotUnderstood, Transcoded};
use crate::sbom::{Limits, SbomError};

const BOM_SPACE: &str = "http://cyclonedx.org/schema/bom/";
const GRAPH_SPACE: &str = "http://cyclonedx.org/schema/ext/dependency-graph/1.0";
const SIGNATURE_SPACE: &str = "http://www.w3.org/2000/09/xmldsig#";

/// Whose element it is.
#[derive(Clone, PartialEq, Eq)]
enum Space {
    /// Of CycloneDX; or of nobody, in documents without namespaces.
    Bom,
    /// Of the dependency graph extension, which 1.2 took over.
    Graph,
    Signature,
    Other,
}

/// An entry of the dependency graph.
#[derive(Default)]
struct Dependency {
    from: String,
    to: Vec<String>,
    provides: Vec<String>,
    /// Stands in the list itself, not only below another entry.
    is_listed: bool,
}

impl Dependency {
    /// Whether it says anything: an entry below another one only has a name.
    fn says_something(&self) -> bool {
        self.is_listed || !self.to.is_empty() || !self.provides.is_empty()
    }
}

struct Transcoder<'a, 'l> {
    xml: Pull<'a, 'l>,
    limits: &'l Limits,
    /// Depth at which a prefix was bound, the prefix, what it stands for.
    bindings: Vec<(usize, String, Space)>,
    version: String,
    /// Of the extension; the document's own list stands in its object.
    graph: Vec<Dependency>,
    edges: usize,
    not_understood: NotUnderstood,
}

/// An element with its attributes, those of namespaces taken out.
struct Element {
    space: Space,
    name: String,
    attributes: Vec<(String, String)>,
}

/// Transcodes a document whose root is `bom`.
pub(in crate::sbom) fn transcode(text: &str, limits: &Limits) -> Result<Transcoded, SbomError> {
    let mut reader = Transcoder {
        xml: Pull::new(text, limits),
        limits,
        bindings: Vec::new(),
        version: String::new(),
        graph: Vec::new(),
        edges: 0,
        not_understood: NotUnderstood::default(),
    };
    let root = reader.root()?;
    let mut members = Members::default();
    members.set("bomFormat", quoted("CycloneDX"));
    if !reader.version.is_empty() {
        members.set("specVersion", quoted(&reader.version));
    }
    let has_version = root.attributes.iter().any(|(name, _)| name == "version");
    reader.object(BOM, root, &mut members)?;
    if !has_version {
        // The schema's default.
        members.set("version", "1".to_owned());
    }
    while !matches!(reader.xml.next()?, Item::Eof) {}
    let graph = std::mem::take(&mut reader.graph);
    for dependency in graph.iter().filter(|entry| entry.says_something()) {
        if !members.push("dependencies", &dependency_text(dependency)) {
            reader.not_understood.add("dependencies of the extension");
        }
    }
    Ok(Transcoded {
        text: members.into_text(),
        warnings: reader.not_understood.warning().into_iter().collect(),
    })
}

impl<'a> Transcoder<'a, '_> {
    fn root(&mut self) -> Result<Element, SbomError> {
        loop {
            match self.xml.next()? {
                Item::Start(start) => {
                    let root = self.element(&start)?;
                    if root.space != Space::Bom || root.name != "bom" {
                        return Err(self.not_a_bom(&root.name));
                    }
                    let major = self.version.split('.').next().unwrap_or_default();
                    if !matches!(major, "" | "1") {
                        let version: String = self.version.chars().take(40).collect();
                        let text = format!(
                            "CycloneDX version {version:?} cannot be read; known are 1.0 to 1.7. \
                             Export it in one of them."
                        );
                        let error = SbomError::new("spec-version-not-supported", text);
                        return Err(error.at(self.xml.place()));
                    }
                    return Ok(root);
                }
                Item::Eof => return Err(self.not_a_bom("")),
                Item::Text(_) | Item::End => {}
            }
        }
    }

    /// The element that begins, its namespaces bound.
    fn element(&mut self, start: &BytesStart<'a>) -> Result<Element, SbomError> {
        let depth = self.xml.depth();
        self.bindings.retain(|(bound_at, ..)| *bound_at < depth);
        let mut attributes = self.xml.attributes(start)?;
        attributes.retain(|(name, value)| {
            let prefix = match name.as_str() {
                "xmlns" => "",
                name => match name.strip_prefix("xmlns:") {
                    Some(prefix) => prefix,
                    // Of other namespaces, such as xsi:schemaLocation.
                    None => return !name.contains(':'),
                },
            };
            let space = match value.strip_prefix(BOM_SPACE) {
                Some(version) => {
                    if self.version.is_empty() {
                        self.version = version.to_owned();
                    }
                    Space::Bom
                }
                None if value == GRAPH_SPACE => Space::Graph,
                None if value == SIGNATURE_SPACE => Space::Signature,
                None => Space::Other,
            };
            self.bindings.push((depth, prefix.to_owned(), space));
            false
        });
        let name = start.name();
        let name: &str = name.as_ref();
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let bound = self.bindings.iter().rev().find(|(_, p, _)| p == prefix);
        let space = match bound {
            Some((.., space)) => space.clone(),
            None if prefix.is_empty() => Space::Bom,
            None => Space::Other,
        };
        Ok(Element {
            space,
            name: local.to_owned(),
            attributes,
        })
    }

    /// Reads the rest of an element into an object.
    fn object(
        &mut self,
        fields: &'static [Field],
        element: Element,
        into: &mut Members,
    ) -> Result<(), SbomError> {
        self.attributes(fields, &element, into)?;
        let mut content = String::new();
        loop {
            match self.xml.next()? {
                Item::Start(start) => {
                    let child = self.element(&start)?;
                    self.child(fields, &element, child, into)?;
                }
                Item::Text(text) => {
                    self.xml.check_length(content.len() + text.len())?;
                    content.push_str(&text);
                }
                Item::End => break,
                Item::Eof => return Ok(()),
            }
        }
        if let Some(field) = fields.iter().find(|field| field.xml.is_empty()) {
            let value = self.leaf(&field.shape, &content);
            self.set(into, field, value)?;
        } else if !content.trim().is_empty() {
            self.not_understood
                .add(&format!("text in {}", element.name));
        }
        Ok(())
    }

    fn attributes(
        &mut self,
        fields: &'static [Field],
        element: &Element,
        into: &mut Members,
    ) -> Result<(), SbomError> {
        for (name, value) in &element.attributes {
            let known = fields
                .iter()
                .find(|field| field.xml.strip_prefix('@') == Some(name.as_str()));
            match known {
                Some(field) => {
                    let value = self.leaf(&field.shape, value);
                    self.set(into, field, value)?;
                }
                None => {
                    let name = format!("{}@{name}", element.name);
                    self.not_understood.add(&name);
                }
            }
        }
        Ok(())
    }

    fn child(
        &mut self,
        fields: &'static [Field],
        parent: &Element,
        child: Element,
        into: &mut Members,
    ) -> Result<(), SbomError> {
        match child.space {
            Space::Bom => {}
            Space::Graph if child.name == "dependencies" => {
                let from = parent.attributes.iter().find(|(name, _)| name == "bom-ref");
                let from = from.map(|(_, value)| value.clone());
                let mut graph = std::mem::take(&mut self.graph);
                self.dependencies(from, &mut graph)?;
                self.graph = graph;
                return Ok(());
            }
            Space::Signature if child.name == "Signature" => {
                if let Some(mark) = self.signature()? {
                    into.set("signature", mark);
                }
                return Ok(());
            }
            Space::Graph | Space::Signature | Space::Other => {
                self.not_understood.add(&child.name);
                return self.xml.skip();
            }
        }
        let Some(field) = fields.iter().find(|field| field.xml == child.name) else {
            self.not_understood
                .add(&format!("{}/{}", parent.name, child.name));
            return self.xml.skip();
        };
        match &field.shape {
            Shape::Repeated(shape) => {
                let item = self.value(shape, child)?;
                if !into.push(field.json, &item) {
                    return Err(self.twice(field.xml));
                }
                Ok(())
            }
            // A list since 1.6, one object before.
            Shape::Listed(shape) if self.version != "1.5" => {
                let item = self.value(shape, child)?;
                into.push(field.json, &item);
                Ok(())
            }
            Shape::Merged(inner) => {
                let mut members = Members::default();
                self.object(inner, child, &mut members)?;
                if into.merge(members) {
                    Ok(())
                } else {
                    Err(self.twice(field.xml))
                }
            }
            shape => {
                let value = self.value(shape, child)?;
                self.set(into, field, value)
            }
        }
    }

    /// Reads the rest of an element as one value.
    fn value(&mut self, shape: &'static Shape, element: Element) -> Result<String, SbomError> {
        match shape {
            Shape::Text | Shape::Verbatim | Shape::Bool | Shape::Whole | Shape::Number => {
                for (name, _) in &element.attributes {
                    self.not_understood.add(&format!("{}@{name}", element.name));
                }
                let content = self.xml.content()?;
                Ok(self.leaf(shape, &content))
            }
            Shape::Ref => {
                self.xml.skip()?;
                let found = element.attributes.iter().find(|(name, _)| name == "ref");
                Ok(quoted(found.map_or("", |(_, value)| value)))
            }
            Shape::Object(fields) | Shape::Merged(fields) => {
                let mut members = Members::default();
                self.object(fields, element, &mut members)?;
                Ok(members.into_text())
            }
            Shape::TextOr(fields) => {
                let mut members = Members::default();
                self.object(fields, element, &mut members)?;
                let text = members.remove("$").unwrap_or_default();
                Ok(if members.is_empty() {
                    text
                } else {
                    members.into_text()
                })
            }
            Shape::Repeated(shape) | Shape::Listed(shape) => self.value(shape, element),
            Shape::List(items) => self.list(items, &[], &element),
            Shape::ListOr(items, fields) => self.list(items, fields, &element),
            Shape::Chosen(items) => {
                let list = self.list(items, &[], &element)?;
                let inner = list
                    .strip_prefix('[')
                    .and_then(|list| list.strip_suffix(']'));
                Ok(match inner {
                    Some(inner) if !inner.is_empty() => inner.to_owned(),
                    _ => "null".to_owned(),
                })
            }
            Shape::Dependencies => {
                let mut list = Vec::new();
                self.dependencies(None, &mut list)?;
                let items: Vec<String> = list
                    .iter()
                    .filter(|entry| entry.says_something())
                    .map(dependency_text)
                    .collect();
                Ok(format!("[{}]", items.join(",")))
            }
        }
    }

    /// A wrapper element as a list; as an object when it holds fields instead of items.
    fn list(
        &mut self,
        items: &'static [ListItem],
        fields: &'static [Field],
        element: &Element,
    ) -> Result<String, SbomError> {
        let mut list = String::from("[");
        let mut members = Members::default();
        loop {
            match self.xml.next()? {
                Item::Start(start) => {
                    let child = self.element(&start)?;
                    let item = items
                        .iter()
                        .find(|item| item.xml == child.name && child.space == Space::Bom);
                    let Some(item) = item else {
                        self.child(fields, element, child, &mut members)?;
                        continue;
                    };
                    let value = self.value(&item.shape, child)?;
                    if list.len() > 1 {
                        list.push(',');
                    }
                    if item.is_named {
                        list.push_str(&format!("{{\"{}\":{value}}}", item.xml));
                    } else {
                        list.push_str(&value);
                    }
                }
                Item::Text(_) => {}
                Item::End | Item::Eof => break,
            }
        }
        if !members.is_empty() {
            return Ok(members.into_text());
        }
        list.push(']');
        Ok(list)
    }

    fn leaf(&mut self, shape: &Shape, content: &str) -> String {
        let trimmed = content.trim();
        let is_number = |text: &str| {
            let digits = text.trim_start_matches('-');
            let starts_well = digits.starts_with(|c: char| c.is_ascii_digit());
            let led_by_zero =
                digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
            starts_well && !led_by_zero && serde_json::from_str::<serde_json::Number>(text).is_ok()
        };
        match shape {
            Shape::Bool if matches!(trimmed, "true" | "1") => "true".to_owned(),
            Shape::Bool if matches!(trimmed, "false" | "0") => "false".to_owned(),
            Shape::Whole | Shape::Number if is_number(trimmed) => trimmed.to_owned(),
            Shape::Verbatim => quoted(content),
            _ => quoted(trimmed),
        }
    }

    fn set(&self, into: &mut Members, field: &Field, value: String) -> Result<(), SbomError> {
        if into.set(field.json, value) {
            Ok(())
        } else {
            Err(self.twice(field.xml))
        }
    }

    /// The graph: nested elements are what the outer one depends on. Goes down with a list of its
    /// own, for the nesting is the document's.
    fn dependencies(
        &mut self,
        from: Option<String>,
        into: &mut Vec<Dependency>,
    ) -> Result<(), SbomError> {
        // The entries that are open, and whether the element that ends is one of them.
        let mut open: Vec<Option<usize>> = Vec::new();
        let outermost = from.map(|from| {
            into.push(Dependency {
                from,
                ..Dependency::default()
            });
            into.len() - 1
        });
        loop {
            match self.xml.next()? {
                Item::Start(start) => {
                    let element = self.element(&start)?;
                    let name = element
                        .attributes
                        .into_iter()
                        .find(|(name, _)| name == "ref");
                    let name = name.map(|(_, value)| value).unwrap_or_default();
                    self.count_edge()?;
                    let parent = open.last().copied().flatten().or(outermost);
                    match element.name.as_str() {
                        "dependency" => {
                            if let Some(parent) = parent.and_then(|at| into.get_mut(at)) {
                                parent.to.push(name.clone());
                            }
                            open.push(Some(into.len()));
                            into.push(Dependency {
                                from: name,
                                is_listed: parent.is_none(),
                                ..Dependency::default()
                            });
                        }
                        "provides" => {
                            if let Some(parent) = parent.and_then(|at| into.get_mut(at)) {
                                parent.provides.push(name);
                            }
                            open.push(None);
                        }
                        other => {
                            self.not_understood.add(&format!("dependencies/{other}"));
                            open.push(None);
                        }
                    }
                }
                Item::End if open.pop().is_none() => break,
                Item::End | Item::Text(_) => {}
                Item::Eof => break,
            }
        }
        Ok(())
    }

    fn count_edge(&mut self) -> Result<(), SbomError> {
        self.edges += 1;
        let max = self.limits.dependencies_max;
        // As many entries as dependencies, as in JSON.
        if self.edges <= max.saturating_mul(2) {
            return Ok(());
        }
        let text = format!("The document has more than {max} dependencies. Split it by module.");
        Err(SbomError::new("too-many-dependencies", text).at(self.xml.place()))
    }

    /// The mark of an XML signature: its algorithm and value.
    fn signature(&mut self) -> Result<Option<String>, SbomError> {
        let until = self.xml.depth().saturating_sub(1);
        let (mut algorithm, mut value) = (None, None);
        while self.xml.depth() > until {
            let Item::Start(start) = self.xml.next()? else {
                continue;
            };
            let element = self.element(&start)?;
            match element.name.as_str() {
                "SignatureMethod" => {
                    let found = element
                        .attributes
                        .into_iter()
                        .find(|(n, _)| n == "Algorithm");
                    algorithm = found.map(|(_, value)| value);
                }
                "SignatureValue" => {
                    let content = self.xml.content()?;
                    value = Some(content.split_whitespace().collect::<String>());
                }
                _ => {}
            }
        }
        self.not_understood
            .add("Signature (made over the XML; only its value is kept)");
        Ok(algorithm.zip(value).map(|(algorithm, value)| {
            format!(
                "{{\"algorithm\":{},\"value\":{}}}",
                quoted(&algorithm),
                quoted(&value)
            )
        }))
    }

    fn twice(&self, name: &str) -> SbomError {
        let name = name.trim_start_matches('@');
        let text = format!("The field <{name}> stands there twice. Export the document again.");
        SbomError::new("structure-invalid", text).at(self.xml.place())
    }

    fn not_a_bom(&self, name: &str) -> SbomError {
        let name: String = name.chars().take(40).collect();
        let text = format!(
            "This is XML, but no SBOM: its root is <{name}>. Upload a CycloneDX document (<bom>) \
             or an SPDX document in RDF/XML."
        );
        SbomError::new("format-unknown", text).at(self.xml.place())
    }
}

fn dependency_text(dependency: &Dependency) -> String {
    let list = |names: &[String]| {
        let mut seen = std::collections::HashSet::new();
        let names: Vec<String> = names
            .iter()
            .filter(|name| seen.insert(name.as_str()))
            .map(|name| quoted(name))
            .collect();
        format!("[{}]", names.join(","))
    };
    let mut members = Members::default();
    members.set("ref", quoted(&dependency.from));
    if !dependency.to.is_empty() {
        members.set("dependsOn", list(&dependency.to));
    }
    if !dependency.provides.is_empty() {
        members.set("provides", list(&dependency.provides));
    }
    members.into_text()
}
