//! The elements of the graph, and those that many share: agents, tools, licences.

use super::part_of;
use crate::export::object::Object;
use crate::export::refs::plain;
use crate::export::spdx2::Licenses;
use crate::export::{mend, words};
use crate::sbom::document::Party;
use serde_json::{Value, json};
use std::collections::HashMap;

/// The one creation info that all elements share.
pub(super) const CREATION: &str = "_:creationinfo";

/// The graph under construction.
pub(super) struct Graph {
    base: String,
    pub(super) elements: Vec<Value>,
    agents: HashMap<Party, String>,
    makers: HashMap<(&'static str, String), String>,
    licenses: HashMap<String, String>,
    relationships: usize,
}

impl Graph {
    pub(super) fn new(serial: &str) -> Self {
        Self {
            base: format!("urn:uuid:{serial}#"),
            elements: Vec::new(),
            agents: HashMap::new(),
            makers: HashMap::new(),
            licenses: HashMap::new(),
            relationships: 0,
        }
    }

    /// An id of this document.
    pub(super) fn id(&self, local: &str) -> String {
        format!("{}{local}", self.base)
    }

    /// An element with its id.
    pub(super) fn element(&self, class: &str, id: &str) -> Object {
        let mut element = part_of(class);
        element.put("spdxId", id).put("creationInfo", CREATION);
        element
    }

    pub(super) fn add(&mut self, element: Object) {
        self.elements.push(element.into());
    }

    /// A relationship from one element to others.
    pub(super) fn relate(&mut self, class: &str, kind: &str, from: &str, to: &[&str]) -> Object {
        self.relationships += 1;
        let id = self.id(&format!("relationship-{}", self.relationships));
        let mut entry = self.element(class, &id);
        entry.put("relationshipType", kind);
        entry.put("from", from).put("to", json!(to));
        entry
    }

    /// The element of a person or an organisation; `None` when nothing is known of it.
    pub(super) fn agent(&mut self, party: &Party) -> Option<String> {
        let name = words::party_name(party)?;
        if let Some(id) = self.agents.get(party) {
            return Some(id.clone());
        }
        let id = self.id(&format!("agent-{}", self.agents.len() + 1));
        let class = if party.is_person {
            "Person"
        } else {
            "Organization"
        };
        let mut agent = self.element(class, &id);
        agent.put("name", name);
        let identifiers = party.emails.iter().map(|email| identifier("email", email));
        let urls = party.urls.iter().map(|url| identifier("urlScheme", url));
        agent.list("externalIdentifier", identifiers.chain(urls).collect());
        self.add(agent);
        self.agents.insert(party.clone(), id.clone());
        Some(id)
    }

    /// A tool or a program that acts.
    pub(super) fn maker(&mut self, class: &'static str, name: &str) -> String {
        let key = (class, name.to_owned());
        if let Some(id) = self.makers.get(&key) {
            return id.clone();
        }
        let id = self.id(&format!("tool-{}", self.makers.len() + 1));
        let mut entry = self.element(class, &id);
        entry.put("name", name);
        self.add(entry);
        self.makers.insert(key, id.clone());
        id
    }

    /// The element of a licence expression.
    pub(super) fn license(&mut self, text: &str, licenses: &Licenses) -> String {
        match text {
            "NOASSERTION" => return "expandedlicensing_NoAssertionLicense".to_owned(),
            "NONE" => return "expandedlicensing_NoneLicense".to_owned(),
            _ => {}
        }
        if let Some(id) = self.licenses.get(text) {
            return id.clone();
        }
        let id = self.id(&format!(
            "license-{}-{}",
            self.licenses.len() + 1,
            plain(text)
        ));
        let mut entry = self.element("simplelicensing_LicenseExpression", &id);
        entry.put("simplelicensing_licenseExpression", text);
        let words = text.split([' ', '(', ')', '+']);
        let mut used: Vec<&str> = words.filter(|word| licenses.has(word)).collect();
        used.sort_unstable();
        used.dedup();
        let custom = used
            .into_iter()
            .map(|id| json!({"type": "DictionaryEntry", "key": id, "value": self.id(id)}));
        entry.list("simplelicensing_customIdToUri", custom.collect());
        self.add(entry);
        self.licenses.insert(text.to_owned(), id.clone());
        id
    }
}

/// An external identifier.
pub(super) fn identifier(kind: &str, text: &str) -> Value {
    let mut entry = part_of("ExternalIdentifier");
    entry
        .put("externalIdentifierType", kind)
        .put("identifier", text);
    entry.into()
}

/// Whether a text can stand where the model wants an IRI.
pub(super) fn is_uri(text: &str) -> bool {
    mend::is_iri(text)
}
