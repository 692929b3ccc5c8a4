//! The SBOM of a product over the SBOMs of its parts: one new subject, each document's subject a
//! component below it, the same component once with everything that anybody says of it.
//!
//! Two entries are the same component when they have the same package URL and version, or the same
//! name and strong digest, or the same name, version, group, kind and supplier. Where the inputs
//! disagree the first one counts and the others stand in a property.

mod fold;
mod licenses;
mod names;

use super::refs;
use crate::sbom::Format;
use crate::sbom::document::{
    Claim, Composition, Dependencies, Document, Part, Party, Reference, Statement,
};
use names::{Names, keys_of};
use std::collections::{HashMap, HashSet};

/// The property that says which input an entry comes from; one for each.
pub const SOURCE_PROPERTY: &str = "bonafide:merge:source";
/// The property that says what another input says differently.
pub const CONTRADICTION_PROPERTY: &str = "bonafide:merge:contradiction";

/// How far up one looks for a circle of containments; what is nested deeper is said by relationship.
const NESTING_MAX: usize = 256;

/// What the merged document is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subject {
    pub name: String,
    pub version: Option<String>,
    /// In CycloneDX's words; `application` when empty.
    pub kind: String,
    pub supplier: Option<Party>,
}

/// The state of one merging.
struct Merger {
    parts: Vec<Part>,
    /// The component of every key that says who it is.
    known: HashMap<String, usize>,
    names: Names,
    /// By component and kind: on whom, in order, and what is said of the list.
    edges: Vec<Edges>,
    edge_index: HashMap<(String, String), usize>,
    compositions: Vec<Composition>,
    statements: Vec<Statement>,
    /// New ids of licences, by input.
    licenses: Vec<licenses::Renamed>,
    /// Fields beyond the model that several inputs have alike.
    alike: Vec<(String, usize)>,
}

struct Edges {
    said: Dependencies,
    seen: HashSet<String>,
}

/// Merges documents in the order given.
#[must_use]
pub fn merge(documents: &[Document], subject: &Subject) -> Document {
    let (license_texts, renamed) = licenses::apart(documents);
    let mut merger = Merger {
        parts: Vec::new(),
        known: HashMap::new(),
        names: Names::new(documents),
        edges: Vec::new(),
        edge_index: HashMap::new(),
        compositions: Vec::new(),
        statements: Vec::new(),
        licenses: renamed,
        alike: Vec::new(),
    };
    let product = merger.names.fresh("product", 0);
    merger.edge(&product, "depends-on", &[], None);
    for (number, document) in documents.iter().enumerate() {
        merger.take(document, number, &product);
    }
    for (number, document) in documents.iter().enumerate() {
        merger.link(document, number);
    }
    let mut merged = around(documents);
    merged.license_texts = license_texts;
    for (field, count) in merger.alike {
        let mut noted = merged.not_understood.iter_mut();
        if let Some(noted) = noted.find(|noted| noted.field == field && noted.times >= count) {
            noted.times -= count;
        }
    }
    merged.subject = Some(Part {
        reference: product,
        place: "/metadata/component".to_owned(),
        kind: Some(subject.kind.clone())
            .filter(|kind| !kind.is_empty())
            .unwrap_or("application".to_owned()),
        name: subject.name.clone(),
        version: subject.version.clone().map_or(Claim::Absent, Claim::Known),
        supplier: subject.supplier.clone().map_or(Claim::Absent, Claim::Known),
        ..Part::default()
    });
    merged.supplier.clone_from(&subject.supplier);
    merged.parts = merger.parts;
    merged.dependencies = merger.edges.into_iter().map(|edges| edges.said).collect();
    merged.compositions = merger.compositions;
    merged.vulnerabilities = merger.statements;
    merged
}

/// How an input is called: its number, and what it calls itself.
fn source(document: &Document, number: usize) -> String {
    let subject = document.subject.as_ref();
    let about = subject.map(|subject| match subject.version.known() {
        Some(version) => format!("{} {version}", subject.name),
        None => subject.name.clone(),
    });
    let words = [
        about.or_else(|| document.name.clone()),
        document.serial_number.clone(),
    ];
    let words: Vec<String> = words.into_iter().flatten().collect();
    format!("{} {}", number + 1, words.join(" "))
        .trim()
        .to_owned()
}

/// What the documents say of themselves, each thing once.
fn around(documents: &[Document]) -> Document {
    let mut merged = Document::new(Format::CyclonedxJson);
    merged.spec_version = "1.6".to_owned();
    merged.is_signed = documents.iter().any(|document| document.is_signed);
    for (number, document) in documents.iter().enumerate() {
        fold::union(&mut merged.authors, &document.authors);
        fold::union(&mut merged.tools, &document.tools);
        fold::union(&mut merged.lifecycles, &document.lifecycles);
        fold::union(&mut merged.data_licenses, &document.data_licenses);
        fold::union(&mut merged.references, &document.references);
        fold::union(&mut merged.properties, &document.properties);
        let name = (SOURCE_PROPERTY.to_owned(), source(document, number));
        merged.properties.push(name);
        let link = names::bom_link(document).map(|url| Reference {
            kind: "bom".to_owned(),
            url,
            ..Reference::default()
        });
        fold::union(&mut merged.references, link.as_slice());
        let unread = document.not_understood.iter().cloned();
        merged.not_understood.extend(unread);
    }
    merged
}

impl Merger {
    /// Takes over the components of one document and hangs them below the product.
    fn take(&mut self, document: &Document, number: usize, product: &str) {
        let source = source(document, number);
        let subject = document.subject.as_ref();
        let subject_index = subject.map(|subject| self.put(subject, number, &source).0);
        let parts = document.parts.iter();
        let put: Vec<(usize, bool)> = parts.map(|part| self.put(part, number, &source)).collect();
        let inner = refs::within_subject(document);
        for (place, (part, (index, is_new))) in document.parts.iter().zip(&put).enumerate() {
            let parent = part.parent.and_then(|parent| put.get(parent as usize));
            let parent = parent.map(|(parent, _)| *parent);
            let parent = parent.or(subject_index.filter(|_| inner.contains(&place)));
            let Some(parent) = parent.filter(|parent| parent != index) else {
                continue;
            };
            let child = &self.parts[*index];
            if *is_new && child.parent.is_none() && !self.is_above(*index, parent) {
                self.parts[*index].parent = u32::try_from(parent).ok();
            } else if child.parent.map(|parent| parent as usize) != Some(parent) {
                let from = self.parts[parent].reference.clone();
                let to = child.reference.clone();
                self.edge(&from, "contains", &[to], None);
            }
        }
        let below: Vec<usize> = match subject_index {
            Some(index) => vec![index],
            None => top_of(document).map(|place| put[place].0).collect(),
        };
        let below: Vec<String> = below
            .iter()
            .map(|index| self.parts[*index].reference.clone())
            .collect();
        self.edge(product, "depends-on", &below, None);
    }

    /// Whether one component stands above another in the tree.
    fn is_above(&self, above: usize, below: usize) -> bool {
        let mut at = below;
        for _ in 0..NESTING_MAX {
            if at == above {
                return true;
            }
            match self.parts[at].parent {
                Some(parent) => at = parent as usize,
                None => return false,
            }
        }
        true
    }

    /// The place of a component: the one it has already, or a new one, and which of the two.
    fn put(&mut self, part: &Part, number: usize, source: &str) -> (usize, bool) {
        let keys = keys_of(part);
        let known = keys.iter().find_map(|key| self.known.get(key)).copied();
        let index = known.unwrap_or(self.parts.len());
        if known.is_some() {
            let own = self.licenses[number].of_part(part);
            let alike = fold::into(&mut self.parts[index], &own, source);
            self.alike.extend(alike);
        } else {
            let mut own = self.licenses[number].of_part(part).into_owned();
            own.parent = None;
            own.reference = self.names.fresh(&part.reference, number);
            fold::note(&mut own, SOURCE_PROPERTY, source.to_owned());
            self.parts.push(own);
        }
        for key in keys {
            self.known.entry(key).or_insert(index);
        }
        let name = self.parts[index].reference.clone();
        self.names.means(number, &part.reference, name);
        (index, known.is_none())
    }

    fn edge(&mut self, from: &str, kind: &str, to: &[String], is_complete: Option<bool>) {
        let key = (from.to_owned(), kind.to_owned());
        let index = *self.edge_index.entry(key).or_insert_with(|| {
            self.edges.push(Edges {
                said: Dependencies {
                    from: from.to_owned(),
                    to: Vec::new(),
                    kind: kind.to_owned(),
                    is_complete,
                },
                seen: HashSet::new(),
            });
            self.edges.len() - 1
        });
        let edges = &mut self.edges[index];
        for to in to {
            if to != from && edges.seen.insert(to.clone()) {
                edges.said.to.push(to.clone());
            }
        }
        // Incomplete as soon as one says so; complete only when nobody left it open.
        edges.said.is_complete = match (edges.said.is_complete, is_complete) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        };
    }

    /// Takes over what a document says by reference.
    fn link(&mut self, document: &Document, number: usize) {
        let subject = document.subject.as_ref();
        let subject = subject.map(|subject| subject.reference.as_str());
        for said in &document.dependencies {
            // Containment in the subject has become nesting.
            if said.kind == Dependencies::CONTAINS && Some(said.from.as_str()) == subject {
                continue;
            }
            let from = self.names.find(number, &said.from);
            let to: Vec<String> = said
                .to
                .iter()
                .map(|to| self.names.find(number, to))
                .collect();
            self.edge(&from, &said.kind, &to, said.is_complete);
        }
        let renamed = |names: &Names, list: &[String]| -> Vec<String> {
            list.iter()
                .map(|reference| names.find(number, reference))
                .collect()
        };
        for composition in &document.compositions {
            let composition = Composition {
                aggregate: composition.aggregate.clone(),
                assemblies: renamed(&self.names, &composition.assemblies),
                dependencies: renamed(&self.names, &composition.dependencies),
            };
            fold::union(&mut self.compositions, &[composition]);
        }
        for statement in &document.vulnerabilities {
            let statement = Statement {
                affects: renamed(&self.names, &statement.affects),
                ..statement.clone()
            };
            fold::union(&mut self.statements, &[statement]);
        }
    }
}

/// Components of a document without a subject that stand below no other.
fn top_of(document: &Document) -> impl Iterator<Item = usize> {
    let edges = document.dependencies.iter();
    let below: HashSet<&str> = edges
        .flat_map(|said| said.to.iter().filter(|to| **to != said.from))
        .map(String::as_str)
        .collect();
    let parts = document.parts.iter().enumerate();
    parts
        .filter(move |(_, part)| part.parent.is_none() && !below.contains(part.reference.as_str()))
        .map(|(place, _)| place)
}
