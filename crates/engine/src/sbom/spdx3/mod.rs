//! SPDX 3.0 JSON-LD (the flat `@graph` of the specification's serialisation), read in one pass into
//! the shared model. Packages are components; so are files that carry a package URL or a CPE of
//! their own. Other files only belong to packages, as in SPDX 2. Nothing is loaded for `@context`:
//! the terms are those of spdx.org/rdf/3.0.x.

mod element;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;

use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::builder::{Builder, RefNames};
use super::{Format, Limits, Sbom, SbomError};
use crate::json::lenient::{Object, Seen};
use element::{Element, Raw, Relationship};

/// The published version; 3.0.0 differs from it in names of a few terms.
const VERSION: &str = "3.0.1";

/// What is known after the pass, besides the components themselves.
#[derive(Default)]
struct Graph<'a> {
    /// Every id that is defined or imported.
    ids: HashSet<Cow<'a, str>>,
    /// Who agents and tools are.
    names: HashMap<Cow<'a, str>, String>,
    /// Expressions and names of licences.
    licenses: HashMap<Cow<'a, str>, String>,
    /// Algorithm and value of hashes that stand in the graph by themselves.
    hashes: HashMap<Cow<'a, str>, (String, String)>,
    /// Kind and text of identifiers that stand in the graph by themselves.
    identifiers: HashMap<Cow<'a, str>, (String, String)>,
    creations: HashMap<Cow<'a, str>, Creation<'a>>,
    /// What collections (documents and SBOMs) have as their roots.
    roots: HashMap<Cow<'a, str>, Vec<Cow<'a, str>>>,
    document: Option<Document<'a>>,
    relationships: Vec<Relationship<'a>>,
    /// Ends of all relationships.
    edges: usize,
    /// By component: who supplies it, and which hashes and identifiers it refers to.
    links: Vec<Links<'a>>,
}

#[derive(Default)]
struct Links<'a> {
    /// The element's index in the graph.
    position: usize,
    suppliers: Vec<Cow<'a, str>>,
    hashes: Vec<Cow<'a, str>>,
    identifiers: Vec<Cow<'a, str>>,
}

#[derive(Default)]
struct Creation<'a> {
    version: Option<String>,
    created: Option<String>,
    tools: Vec<Cow<'a, str>>,
}

struct Document<'a> {
    id: Option<String>,
    name: Option<String>,
    creation: Option<Cow<'a, str>>,
    roots: Vec<Cow<'a, str>>,
}

pub(super) fn read(text: &str, limits: &Limits) -> Result<Sbom, SbomError> {
    let mut builder = Builder::new(Format::Spdx3JsonLd, limits);
    let mut parser = serde_json::Deserializer::from_str(text);
    let seed = TopSeed {
        builder: &mut builder,
    };
    let read = seed
        .deserialize(&mut parser)
        .and_then(|graph| parser.end().map(|()| graph));
    let graph = match read {
        Ok(graph) => graph,
        Err(error) => {
            let fault = builder.fault.take();
            return Err(fault.unwrap_or_else(|| super::json_error(&error)));
        }
    };
    describe(&mut builder, &graph)?;
    complete(&mut builder, &graph);
    resolve(&mut builder, &graph);
    Ok(builder.finish())
}

struct TopSeed<'s, 'l> {
    builder: &'s mut Builder<'l>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(field_identifier)]
enum TopKey {
    #[serde(rename = "@context")]
    Context,
    #[serde(rename = "@graph")]
    Graph,
    #[serde(other)]
    Other,
}

impl<'de> DeserializeSeed<'de> for TopSeed<'_, '_> {
    type Value = Graph<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for TopSeed<'_, '_> {
    type Value = Graph<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an SPDX 3 document")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut graph = Graph::default();
        let mut seen = Seen::default();
        while let Some(key) = map.next_key::<TopKey>()? {
            match key {
                TopKey::Graph => {
                    seen.once(key as u32)?;
                    map.next_value_seed(GraphSeed {
                        builder: &mut *self.builder,
                        graph: &mut graph,
                    })?;
                }
                TopKey::Context | TopKey::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(graph)
    }
}

struct GraphSeed<'s, 'l, 'de> {
    builder: &'s mut Builder<'l>,
    graph: &'s mut Graph<'de>,
}

impl<'de> DeserializeSeed<'de> for GraphSeed<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for GraphSeed<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list \"@graph\"")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        self.builder.path.push(("@graph", 0));
        while let Some(raw) = seq.next_element::<Object<Raw<'de>>>()? {
            let Some(raw) = raw.get() else {
                return Err(A::Error::custom("expected an element"));
            };
            if let Err(error) = take(self.builder, self.graph, raw) {
                self.builder.fault = Some(error);
                return Err(A::Error::custom("stopped"));
            }
            if let Some((_, index)) = self.builder.path.last_mut() {
                *index += 1;
            }
        }
        self.builder.path.pop();
        Ok(())
    }
}

/// Puts one element of the graph where it belongs.
fn take<'a>(
    builder: &mut Builder<'_>,
    graph: &mut Graph<'a>,
    raw: Raw<'a>,
) -> Result<(), SbomError> {
    let id = raw.id.clone();
    if let Some(id) = &id {
        graph.ids.insert(id.clone());
    }
    match element::read(builder, raw)? {
        Element::Component(component, mut links) => {
            links.position = builder.path.last().map_or(0, |(_, position)| *position);
            let place = builder.reserve()?;
            builder.sbom.components[place as usize] = *component;
            graph.links.push(links);
        }
        Element::Relationship(relationship) => {
            graph.edges += relationship.to.len().max(1);
            if graph.edges > builder.limits.dependencies_max {
                return Err(builder.too_many_dependencies());
            }
            graph.relationships.push(relationship);
        }
        Element::Named(name) => {
            graph.names.extend(id.map(|id| (id, name)));
        }
        Element::License(text) => {
            graph.licenses.extend(id.map(|id| (id, text)));
        }
        Element::Hash(pair) => {
            graph.hashes.extend(id.map(|id| (id, pair)));
        }
        Element::Identifier(pair) => {
            graph.identifiers.extend(id.map(|id| (id, pair)));
        }
        Element::Creation(creation) => {
            graph.creations.extend(id.map(|id| (id, creation)));
        }
        Element::Collection(roots) => {
            graph.roots.extend(id.map(|id| (id, roots)));
        }
        Element::Document(document, imports) => {
            graph.ids.extend(imports);
            // Several documents in one graph: the first is the one that was meant.
            graph.document.get_or_insert(document);
        }
        Element::Other => {}
    }
    Ok(())
}

/// Fills in what the document says of itself.
fn describe(builder: &mut Builder<'_>, graph: &Graph<'_>) -> Result<(), SbomError> {
    let document = graph.document.as_ref();
    let creation = document
        .and_then(|document| document.creation.as_ref())
        .and_then(|id| graph.creations.get(id))
        .or_else(|| match graph.creations.len() {
            1 => graph.creations.values().next(),
            _ => None,
        });
    let sbom = &mut builder.sbom;
    sbom.serial_number = document.and_then(|document| document.id.clone());
    sbom.name = document.and_then(|document| document.name.clone());
    if let Some(creation) = creation {
        sbom.created_at_text = creation.created.clone();
        sbom.spec_version = creation.version.clone().unwrap_or_default();
        let tools = creation.tools.iter();
        sbom.tools = tools
            .filter_map(|id| graph.names.get(id).cloned())
            .collect();
    }
    let version = builder.sbom.spec_version.clone();
    if version.is_empty() {
        let text = "The document does not say which version of SPDX it is written in.";
        builder.warn("spec-version-missing", "@graph", text);
    } else if !version.starts_with("3.") {
        let shown: String = version.chars().take(40).collect();
        let text = format!(
            "SPDX version {shown:?} cannot be read as JSON-LD; known is {VERSION}. Export it again."
        );
        return Err(SbomError::new("spec-version-not-supported", text).at("/@graph"));
    } else if version != VERSION {
        let text =
            format!("SPDX {version} is read like {VERSION}; what differs in it is not read.");
        builder.warn("spec-version-unknown", "@graph", text);
    }
    Ok(())
}

/// Gives the components what stands elsewhere in the graph: suppliers, hashes, identifiers,
/// licences.
fn complete(builder: &mut Builder<'_>, graph: &Graph<'_>) {
    for (component, links) in builder.sbom.components.iter_mut().zip(&graph.links) {
        component.supplier = links
            .suppliers
            .iter()
            .find_map(|id| graph.names.get(id).cloned())
            .or(component.supplier.take());
        let hashes = links.hashes.iter().filter_map(|id| graph.hashes.get(id));
        component.hashes.extend(hashes.cloned());
        let identifiers = links.identifiers.iter();
        for (kind, text) in identifiers.filter_map(|id| graph.identifiers.get(id)) {
            element::identify(component, kind, text);
        }
    }
    let names = RefNames::of(&builder.sbom);
    let (index, twice) = names.index();
    for place in twice {
        builder.path = vec![("@graph", graph.links[place as usize].position)];
        let text = "Another element has the same id; links lead to the first.";
        builder.warn("bom-ref-twice", "", text);
    }
    for relationship in &graph.relationships {
        let is_license = matches!(
            relationship.kind.as_ref(),
            "hasDeclaredLicense" | "hasConcludedLicense"
        );
        let Some(place) = index.get(relationship.from.as_ref()).filter(|_| is_license) else {
            continue;
        };
        for id in &relationship.to {
            let text = match graph.licenses.get(id) {
                Some(text) => Some(text.clone()),
                None => listed_license(id),
            };
            let licenses = &mut builder.sbom.components[*place as usize].licenses;
            licenses.extend(text.filter(|text| !licenses.contains(text)));
        }
    }
    for place in 0..builder.sbom.components.len() {
        builder.path = vec![("@graph", graph.links[place].position)];
        let mut component = std::mem::replace(
            &mut builder.sbom.components[place],
            super::Component::unreadable(),
        );
        if let Some(code) = component.identify() {
            let purl = component.purl_text.as_deref().unwrap_or_default();
            let text = format!("The package URL {purl:?} cannot be read ({code}).");
            builder.warn("purl-invalid", "software_packageUrl", text);
        }
        builder.sbom.components[place] = component;
    }
    builder.path.clear();
}

/// Turns relationships into indexes; the one root that is a component becomes the subject.
fn resolve(builder: &mut Builder<'_>, graph: &Graph<'_>) {
    let names = RefNames::of(&builder.sbom);
    let (index, _) = names.index();
    let subject = only_root(graph, &index);
    // The subject leaves the list, so everything behind it moves up by one.
    let place = |name: &str| {
        let found = *index.get(name)?;
        Some(match subject {
            Some(subject) if found == subject => Sbom::SUBJECT,
            Some(subject) if found > subject => found - 1,
            _ => found,
        })
    };
    for relationship in &graph.relationships {
        let Some((meaning, reversed)) = element::meaning(&relationship.kind) else {
            continue;
        };
        let from = place(&relationship.from);
        for target in &relationship.to {
            let to = place(target);
            let ends = [(&relationship.from, from), (target, to)];
            if let (Some(from), Some(to)) = (from, to) {
                let pair = if reversed { (to, from) } else { (from, to) };
                match meaning {
                    element::Meaning::DependsOn => builder.sbom.dependencies.push(pair),
                    element::Meaning::Contains => builder.sbom.contains.push(pair),
                }
            } else if let Some((name, _)) = ends
                .iter()
                .find(|(name, known)| known.is_none() && !is_elsewhere(name, graph))
            {
                let text = format!("The reference {name:?} leads to no element.");
                builder.path = vec![("@graph", relationship.position)];
                builder.warn("reference-dangling", "", text);
            }
        }
    }
    builder.path.clear();
    builder.sbom.subject = subject.map(|subject| builder.sbom.components.remove(subject as usize));
}

/// The one component that the document is about: its root, or the root of the SBOM that is its
/// root. With several there is no single subject: they all stay components.
fn only_root(graph: &Graph<'_>, index: &HashMap<&str, u32>) -> Option<u32> {
    let document = graph.document.as_ref();
    let described = graph
        .relationships
        .iter()
        .filter(|r| r.kind == "describes" && !index.contains_key(r.from.as_ref()))
        .flat_map(|r| &r.to);
    let mut found: Vec<u32> = Vec::new();
    let of_document: Vec<&Cow<'_, str>> = match document {
        Some(document) => document.roots.iter().collect(),
        None => graph.roots.keys().collect(),
    };
    for root in of_document {
        match graph.roots.get(root) {
            Some(inner) => found.extend(inner.iter().filter_map(|id| index.get(id.as_ref()))),
            None => found.extend(index.get(root.as_ref())),
        }
    }
    if document.is_none() {
        let inner = graph.roots.values().flatten();
        found.extend(inner.filter_map(|id| index.get(id.as_ref())));
    }
    if found.is_empty() {
        found.extend(described.filter_map(|id| index.get(id.as_ref())));
    }
    let first = *found.first()?;
    found.iter().all(|other| *other == first).then_some(first)
}

/// References that are right although no component has them.
fn is_elsewhere(name: &str, graph: &Graph<'_>) -> bool {
    graph.ids.contains(name)
        || name.contains("://spdx.org/rdf/3.")
        || matches!(
            name,
            "NoneElement" | "NoAssertionElement" | "spdx:NoneElement"
        )
}

/// A licence of the SPDX list that is named by its address and not described in the graph.
fn listed_license(id: &str) -> Option<String> {
    let name = ["https://spdx.org/licenses/", "http://spdx.org/licenses/"]
        .iter()
        .find_map(|start| id.strip_prefix(start))?;
    Some(name.to_owned()).filter(|name| !name.is_empty())
}
