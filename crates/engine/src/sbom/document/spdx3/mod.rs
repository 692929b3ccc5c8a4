//! SPDX 3.0 JSON-LD, all that the model has a place for. Nothing is loaded for `@context`: the
//! terms are those of spdx.org/rdf/3.0.x, with or without the prefix of their profile.
//!
//! Packages are components; so are files with a package URL or a CPE of their own. Other files are
//! the artifacts of a package: their name, hashes and purposes become the package's.

mod element;
mod part;
mod relation;

use std::collections::HashMap;

use serde_json::Value;

use super::fields::{Notes, Object, Place};
use super::links::{Link, Links};
use super::spdx::tool_of;
use super::{
    Document, Hash, License, LicenseText, Party, Reference, not_a_list, too_many_components,
};
use crate::sbom::{Format, Limits, SbomError};
use relation::Relation;

/// Elements that others refer to, by id.
#[derive(Default)]
struct Tables {
    agents: HashMap<String, Party>,
    tools: HashMap<String, String>,
    hashes: HashMap<String, Hash>,
    identifiers: HashMap<String, (String, String)>,
    licenses: HashMap<String, License>,
    creations: HashMap<String, Creation>,
    artifacts: HashMap<String, Artifact>,
    /// Ids of vulnerabilities in words, as in `CVE-2021-44228`.
    vulnerabilities: HashMap<String, String>,
    /// What documents and SBOMs have as their roots.
    roots: HashMap<String, Vec<String>>,
}

#[derive(Default, Clone)]
struct Creation {
    spec_version: Option<String>,
    created: Option<String>,
    by: Vec<Party>,
    by_ids: Vec<String>,
    using_ids: Vec<String>,
}

/// A file or another artifact that is no component.
#[derive(Default)]
struct Artifact {
    name: String,
    purposes: Vec<String>,
    hashes: Vec<Hash>,
    references: Vec<Reference>,
}

/// The state of one reading.
struct Reader<'l> {
    limits: &'l Limits,
    notes: Notes,
    tables: Tables,
    relations: Vec<Relation>,
    license_texts: Vec<LicenseText>,
    /// Bytes that may still be copied from shared elements: a long text that every package refers
    /// to must not fill the memory.
    shared_left: usize,
}

/// Reads the top object.
pub(super) fn read(
    mut top: Object,
    format: Format,
    limits: &Limits,
) -> Result<Document, SbomError> {
    let mut reader = Reader {
        limits,
        notes: Notes::default(),
        tables: Tables::default(),
        relations: Vec::new(),
        license_texts: Vec::new(),
        shared_left: limits.bytes_max,
    };
    top.remove("@context");
    let within = Place::TOP.key("@graph");
    let Some(Value::Array(graph)) = top.remove("@graph") else {
        return Err(not_a_list("@graph", &within));
    };
    let mut document = Document::new(format);
    let (mut packages, mut documents) = (Vec::new(), Vec::new());
    for (index, element) in graph.into_iter().enumerate() {
        let here = within.index(index);
        let Value::Object(element) = element else {
            reader.notes.note(&Place::TOP, "@graph", 1);
            continue;
        };
        match element::type_of(&element).as_str() {
            "SpdxDocument" => documents.push((index, element)),
            "Package" | "AIPackage" | "DatasetPackage" => packages.push((index, element)),
            "File" if part::is_identified(&element) => packages.push((index, element)),
            _ => reader.element(&here, element, &mut document),
        }
    }
    let mut documents = documents.into_iter();
    if let Some((index, element)) = documents.next() {
        reader.document(&within.index(index), element, &mut document);
    }
    for (index, _) in documents {
        reader.notes.note(&within.index(index), "SpdxDocument", 1);
    }
    for (index, package) in packages {
        let here = within.index(index);
        if document.parts.len() >= limits.components_max {
            return Err(too_many_components(limits, &here));
        }
        let part = reader.part(&here, package)?;
        document.parts.push(part);
    }
    reader.finish(document, top)
}

impl Reader<'_> {
    fn finish(mut self, mut document: Document, top: Object) -> Result<Document, SbomError> {
        let own = document.serial_number.clone().unwrap_or_default();
        let mut links = Links::new(own.clone());
        for root in self.described(&own) {
            links.push(Link::new(own.clone(), "describes", root));
        }
        self.relate(&mut document, &mut links)?;
        let tables = &self.tables;
        links.ignored.extend(tables.artifacts.keys().cloned());
        links.ignored.extend(tables.agents.keys().cloned());
        links.ignored.extend(tables.tools.keys().cloned());
        links
            .ignored
            .extend(tables.roots.keys().filter(|id| **id != own).cloned());
        links.resolve(&mut document, &mut self.notes);
        self.notes.rest(&Place::TOP, top);
        document.license_texts = self.license_texts;
        document.not_understood = self.notes.finish();
        Ok(document)
    }

    fn document(&mut self, place: &Place<'_>, mut from: Object, into: &mut Document) {
        let from = &mut from;
        from.remove("type");
        from.remove("@type");
        into.serial_number = element::id_of(from);
        into.name = self.notes.text(place, from, "name");
        // All of the graph, as a rule; nothing is left out because it is missing there.
        from.remove("element");
        let roots = self.ids(place, from, "rootElement");
        let own = into.serial_number.clone().unwrap_or_default();
        self.tables.roots.insert(own, roots);
        let license = self.licenses_at(place, from, "dataLicense");
        into.data_licenses = license
            .iter()
            .map(|license| license.text().to_owned())
            .collect();
        let creation = match from.remove("creationInfo") {
            Some(Value::String(id)) => self.tables.creations.get(&id).cloned(),
            Some(Value::Object(inline)) => {
                let here = place.key("creationInfo");
                Some(self.creation(&here, inline))
            }
            _ => None,
        };
        let creation = creation.unwrap_or_default();
        into.spec_version = creation.spec_version.unwrap_or_default();
        into.created_at_text = creation.created;
        into.authors = creation.by;
        for id in &creation.by_ids {
            match (self.tables.agents.get(id), self.tables.tools.get(id)) {
                (Some(agent), _) => into.authors.push(agent.clone()),
                (None, Some(tool)) => into.tools.push(tool_of(tool)),
                (None, None) => self.notes.note(place, "createdBy", 1),
            }
        }
        for id in &creation.using_ids {
            match self.tables.tools.get(id) {
                Some(tool) => into.tools.push(tool_of(tool)),
                None => self.notes.note(place, "createdUsing", 1),
            }
        }
        self.notes.rest(place, std::mem::take(from));
    }

    /// What the document describes: its roots, and the roots of an SBOM among them.
    fn described(&self, own: &str) -> Vec<String> {
        let roots = self.tables.roots.get(own).cloned().unwrap_or_default();
        let inner = |root: &String| match self.tables.roots.get(root) {
            Some(inner) if root != own => inner.clone(),
            _ => vec![root.clone()],
        };
        let described: Vec<String> = roots.iter().flat_map(inner).collect();
        if !described.is_empty() {
            return described;
        }
        let mut others: Vec<_> = self.tables.roots.iter().collect();
        others.sort();
        others
            .into_iter()
            .flat_map(|(_, roots)| roots.clone())
            .collect()
    }

    /// Takes bytes from what may be copied.
    fn share(&mut self, bytes: usize) -> Result<(), SbomError> {
        match self.shared_left.checked_sub(bytes) {
            Some(left) => {
                self.shared_left = left;
                Ok(())
            }
            None => {
                let text = "The document refers to the same long texts too often. Split it.";
                Err(SbomError::new("document-too-large", text))
            }
        }
    }
}
