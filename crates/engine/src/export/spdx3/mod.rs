//! SPDX 3.0.1 in JSON-LD: one graph of elements, everything that two elements share is a
//! relationship. Properties of CycloneDX have an extension of their own there.

mod artifact;
mod graph;
mod relations;
mod security;

use super::losses::Losses;
use super::object::Object;
use super::refs::{self, Refs};
use super::spdx2::Licenses;
use super::words;
use super::{Exported, Stamp, exported, mend};
use crate::sbom::Format;
use crate::sbom::document::Document;
use graph::Graph;
use serde_json::{Value, json};

const CONTEXT: &str = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";

/// The state of one writing.
struct Writer<'d> {
    document: &'d Document,
    refs: Refs,
    losses: Losses,
    licenses: Licenses,
    graph: Graph,
}

pub(super) fn write(document: &Document, stamp: &Stamp) -> Exported {
    let graph = Graph::new(&stamp.serial);
    let keeps_ids = matches!(document.format, Format::Spdx3JsonLd | Format::Spdx3Archive);
    let refs = Refs::new(document, |part, place| {
        if keeps_ids && mend::is_iri(&part.reference) {
            part.reference.clone()
        } else {
            graph.id(&format!("{}-{place}", refs::plain(&part.name)))
        }
    });
    let mut writer = Writer {
        document,
        refs,
        losses: Losses::of(document),
        licenses: Licenses::of(document),
        graph,
    };
    if document.is_signed {
        writer.losses.one("signature", "/signature");
    }
    for (place, part) in refs::all(document).enumerate() {
        writer.artifact(part, place);
    }
    writer.contain();
    writer.depend();
    writer.security();
    writer.license_texts();
    let creation = writer.creation(stamp);
    let top = writer.collections();
    let mut graph = vec![creation];
    graph.extend(top);
    graph.append(&mut writer.graph.elements);
    let value = json!({"@context": CONTEXT, "@graph": graph});
    exported(&value, writer.losses)
}

impl Writer<'_> {
    fn creation(&mut self, stamp: &Stamp) -> Value {
        let document = self.document;
        let mut made_by: Vec<String> = Vec::new();
        for author in &document.authors {
            made_by.extend(self.graph.agent(author));
        }
        if made_by.is_empty() {
            made_by.push(self.graph.maker("SoftwareAgent", &stamp.tool_name));
        }
        made_by.dedup();
        let own = format!("{}-{}", stamp.tool_name, stamp.tool_version);
        let mut tools = vec![self.graph.maker("Tool", &own)];
        for tool in &document.tools {
            tools.push(self.graph.maker("Tool", &words::tool_text(tool)));
        }
        tools.sort();
        tools.dedup();
        json!({
            "type": "CreationInfo", "@id": graph::CREATION, "specVersion": "3.0.1",
            "created": stamp.now, "createdBy": made_by, "createdUsing": tools,
        })
    }

    /// The document and the SBOM in it.
    fn collections(&mut self) -> Vec<Value> {
        let document = self.document;
        let places = 0..refs::all(document).count();
        let names: Vec<&str> = places.map(|place| self.refs.at(place)).collect();
        let mut profiles = vec!["core", "software", "simpleLicensing", "extension"];
        if !document.vulnerabilities.is_empty() {
            profiles.push("security");
        }
        let subject = document
            .subject
            .as_ref()
            .map(|subject| subject.name.clone());
        let title = document
            .name
            .clone()
            .or(subject)
            .filter(|name| !name.is_empty());
        let title = title.unwrap_or_else(|| "SBOM".to_owned());
        let sbom_id = self.graph.id("sbom");
        let mut sbom = self.graph.element("software_Sbom", &sbom_id);
        sbom.put("name", title.as_str());
        let (mut types, mut facts) = (Vec::new(), document.properties.clone());
        for word in &document.lifecycles {
            match words::sbom_type(word) {
                Some(ty) if !types.contains(&ty) => types.push(ty),
                Some(_) => {}
                None => facts.push(("cyclonedx:lifecycle".to_owned(), word.clone())),
            }
        }
        sbom.list("software_sbomType", types);
        let root = if document.subject.is_some() {
            &names[..1]
        } else {
            &names
        };
        sbom.list("rootElement", root.to_vec());
        sbom.list("element", names);
        let links = self.references(&document.references, "/externalReferences", &mut facts);
        sbom.list("externalRef", links);
        self.facts_of_document(&mut facts);
        sbom.list("extension", artifact::extension(facts));
        let id = self.graph.id("document");
        let mut top = self.graph.element("SpdxDocument", &id);
        top.put("name", title).put("rootElement", json!([sbom_id]));
        top.put("profileConformance", profiles);
        let license = document
            .data_licenses
            .first()
            .filter(|text| mend::is_expression(text));
        let license = license.map(|text| self.graph.license(text, &self.licenses));
        top.some("dataLicense", license);
        let unsaid = document.data_licenses.len().saturating_sub(1);
        self.losses
            .add("further licences of the document", unsaid, "");
        vec![top.into(), sbom.into()]
    }

    fn facts_of_document(&mut self, facts: &mut Vec<(String, String)>) {
        let document = self.document;
        for (name, party) in [
            ("cyclonedx:manufacturer", &document.manufacturer),
            ("cyclonedx:supplier", &document.supplier),
        ] {
            let party = party.as_ref().and_then(words::party_name);
            facts.extend(party.map(|party| (name.to_owned(), party.to_owned())));
        }
        for (name, value) in [
            ("bonafide:source:serialNumber", &document.serial_number),
            ("bonafide:source:timestamp", &document.created_at_text),
        ] {
            facts.extend(value.clone().map(|value| (name.to_owned(), value)));
        }
    }

    /// The texts of licences outside the SPDX list.
    fn license_texts(&mut self) {
        let infos: Vec<(String, String, String)> = self
            .licenses
            .infos()
            .map(|(id, name, text)| (id.to_owned(), name.to_owned(), text.to_owned()))
            .collect();
        for (id, name, text) in infos {
            let id = self.graph.id(&id);
            let mut entry = self
                .graph
                .element("simplelicensing_SimpleLicensingText", &id);
            entry
                .put("name", name)
                .put("simplelicensing_licenseText", text);
            self.graph.add(entry);
        }
    }
}

/// An object of a class without an id of its own.
fn part_of(class: &str) -> Object {
    let mut object = Object::new();
    object.put("type", class);
    object
}
