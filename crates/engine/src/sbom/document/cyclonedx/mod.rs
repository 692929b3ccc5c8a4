//! CycloneDX 1.2 to 1.7 (ECMA-424), all that the model has a place for. Must never refuse a
//! document for a field that matching does not need.

mod component;
mod statement;

use serde_json::Value;

use super::fields::{Notes, Object, Place};
use super::{
    Composition, Dependencies, Document, LICENSE_NAME_PROPERTY, LICENSE_TEXT_PROPERTY, LicenseText,
    Part, Party, Tool,
};
use crate::sbom::{Format, Limits, SbomError};
use std::collections::BTreeMap;

/// The state of one reading.
struct Reader<'l> {
    limits: &'l Limits,
    notes: Notes,
    parts: Vec<Part>,
    dependencies: Vec<Dependencies>,
}

/// Reads the top object. `format` is what it was written in before it became JSON.
pub(super) fn read(
    mut top: Object,
    format: Format,
    limits: &Limits,
) -> Result<Document, SbomError> {
    let place = Place::TOP;
    let mut reader = Reader {
        limits,
        notes: Notes::default(),
        parts: Vec::new(),
        dependencies: Vec::new(),
    };
    let mut document = Document::new(format);
    top.remove("bomFormat");
    top.remove("$schema");
    let notes = &mut reader.notes;
    document.spec_version = notes
        .text(&place, &mut top, "specVersion")
        .unwrap_or_default();
    document.serial_number = notes.text(&place, &mut top, "serialNumber");
    document.version = top.remove("version").and_then(|version| number(&version));
    document.is_signed = top
        .remove("signature")
        .is_some_and(|value| is_signature(&value));
    if let Some(metadata) = notes.object(&place, &mut top, "metadata") {
        reader.metadata(metadata, &mut document)?;
    }
    let within = place.key("components");
    let components = top.remove("components");
    reader.components(&within, components, None)?;
    reader.read_dependencies(&mut top)?;
    document.compositions = reader.compositions(&mut top);
    document.vulnerabilities = reader.statements(&mut top);
    document.references = reader.references(&place, &mut top);
    document
        .properties
        .extend(reader.properties(&place, &mut top));
    document.kept = reader.notes.kept(&place, top);
    document.parts = reader.parts;
    document.dependencies = reader.dependencies;
    document.not_understood = reader.notes.finish();
    Ok(document)
}

/// A document version; some tools write it as a text.
fn number(value: &Value) -> Option<u64> {
    let of_text = || value.as_str().and_then(|text| text.trim().parse().ok());
    value.as_u64().or_else(of_text)
}

/// Takes the names and texts of licences of the document's own out of its properties, sorted by id.
fn license_texts(properties: &mut Vec<(String, String)>) -> Vec<LicenseText> {
    let mut texts: BTreeMap<String, LicenseText> = BTreeMap::new();
    properties.retain(|(property, value)| {
        let name = property.strip_prefix(LICENSE_NAME_PROPERTY);
        let text = property.strip_prefix(LICENSE_TEXT_PROPERTY);
        let Some(id) = name.or(text).filter(|id| !id.is_empty()) else {
            return true;
        };
        let own = texts.entry(id.to_owned()).or_default();
        let field = match name {
            Some(_) => &mut own.name,
            None => &mut own.text,
        };
        if field.is_some() {
            return true;
        }
        *field = Some(value.clone());
        false
    });
    let texts = texts.into_iter();
    texts.map(|(id, own)| LicenseText { id, ..own }).collect()
}

/// Whether a JSON Signature Format object holds a value, its own or that of a signer; without
/// one nothing is signed.
fn is_signature(value: &Value) -> bool {
    let has_value = |signature: &Value| {
        let value = signature.get("value").and_then(Value::as_str);
        value.is_some_and(|value| !value.trim().is_empty())
    };
    let lists = ["signers", "chain"].into_iter();
    let mut signers = lists.filter_map(|field| value.get(field)?.as_array());
    has_value(value) || signers.any(|list| list.iter().any(has_value))
}

impl Reader<'_> {
    fn metadata(&mut self, mut from: Object, into: &mut Document) -> Result<(), SbomError> {
        let place = Place::TOP;
        let place = place.key("metadata");
        into.created_at_text = self.notes.text(&place, &mut from, "timestamp");
        into.tools = self.tools(&place, &mut from);
        into.authors = self.parties(&place, &mut from, "authors", true);
        into.supplier = self.party(&place, &mut from, "supplier");
        let former = self.party(&place, &mut from, "manufacture");
        into.manufacturer = self.party(&place, &mut from, "manufacturer").or(former);
        into.properties = self.properties(&place, &mut from);
        into.license_texts = license_texts(&mut into.properties);
        for (index, mut lifecycle) in self.notes.objects(&place, &mut from, "lifecycles") {
            let list = place.key("lifecycles");
            let here = list.index(index);
            let phase = self.notes.text(&here, &mut lifecycle, "phase");
            let name = self.notes.text(&here, &mut lifecycle, "name");
            into.lifecycles.extend(phase.or(name));
            self.notes.rest(&here, lifecycle);
        }
        let licenses = self.licenses(&place, &mut from);
        let licenses = licenses.declared.into_iter().chain(licenses.concluded);
        into.data_licenses = licenses.map(|license| license.text().to_owned()).collect();
        if let Some(subject) = self.notes.object(&place, &mut from, "component") {
            let here = place.key("component");
            into.subject = Some(self.subject(&here, subject)?);
        }
        self.notes.rest(&place, from);
        Ok(())
    }

    /// A list up to 1.4, an object of components and services since 1.5.
    fn tools(&mut self, place: &Place<'_>, from: &mut Object) -> Vec<Tool> {
        let place = place.key("tools");
        let mut tools = Vec::new();
        match from.remove("tools") {
            None | Some(Value::Null) => {}
            Some(Value::Array(list)) => {
                for (index, tool) in list.into_iter().enumerate() {
                    let here = place.index(index);
                    match tool {
                        Value::Object(tool) => tools.extend(self.tool(&here, tool)),
                        _ => self.notes.note(&place, "tools", 1),
                    }
                }
            }
            Some(Value::Object(mut kinds)) => {
                for kind in ["components", "services"] {
                    let list = place.key(kind);
                    for (index, tool) in self.notes.objects(&place, &mut kinds, kind) {
                        let here = list.index(index);
                        tools.extend(self.tool(&here, tool));
                    }
                }
                self.notes.rest(&place, kinds);
            }
            Some(Value::String(name)) => tools.push(Tool {
                name,
                ..Tool::default()
            }),
            Some(_) => self.notes.note(&Place::TOP, "tools", 1),
        }
        tools
    }

    fn tool(&mut self, place: &Place<'_>, mut from: Object) -> Option<Tool> {
        from.remove("type");
        let vendor = self.notes.text(place, &mut from, "vendor");
        let group = self.notes.text(place, &mut from, "group");
        let mut maker = |field| {
            let party = self.party(place, &mut from, field);
            party.and_then(|party| party.name)
        };
        let makers = [maker("manufacturer"), maker("supplier"), maker("provider")];
        let publisher = self.notes.text(place, &mut from, "publisher");
        let author = self.notes.text(place, &mut from, "author");
        let makers = makers.into_iter().chain([publisher, author]);
        let tool = Tool {
            vendor: vendor.or(group).or_else(|| makers.flatten().next()),
            name: self
                .notes
                .text(place, &mut from, "name")
                .unwrap_or_default(),
            version: self.notes.text(place, &mut from, "version"),
        };
        self.notes.rest(place, from);
        let is_named = !tool.name.is_empty() || tool.vendor.is_some();
        is_named.then_some(tool)
    }

    fn read_dependencies(&mut self, top: &mut Object) -> Result<(), SbomError> {
        let within = Place::TOP.key("dependencies");
        let list = match top.remove("dependencies") {
            None | Some(Value::Null) => return Ok(()),
            Some(Value::Array(list)) => list,
            Some(_) => return Err(super::not_a_list("dependencies", &within)),
        };
        let mut count = 0;
        for (index, entry) in list.into_iter().enumerate() {
            let here = within.index(index);
            let Value::Object(mut entry) = entry else {
                self.notes.note(&Place::TOP, "dependencies", 1);
                continue;
            };
            let from = self
                .notes
                .text(&here, &mut entry, "ref")
                .unwrap_or_default();
            let provides_only = entry.contains_key("provides") && !entry.contains_key("dependsOn");
            let depends_on = self.notes.texts(&here, &mut entry, "dependsOn");
            let provides = self.notes.texts(&here, &mut entry, "provides");
            self.notes.rest(&here, entry);
            count += 1 + depends_on.len() + provides.len();
            if count > self.limits.dependencies_max {
                return Err(super::too_many_dependencies(self.limits, &here));
            }
            if from.is_empty() {
                self.notes.note(&Place::TOP, "dependencies", 1);
                continue;
            }
            let mut push = |kind: &str, to: Vec<String>| {
                self.dependencies.push(Dependencies {
                    from: from.clone(),
                    to,
                    kind: kind.to_owned(),
                    is_complete: None,
                });
            };
            if !provides_only {
                push(Dependencies::DEPENDS_ON, depends_on);
            }
            if !provides.is_empty() {
                push(Dependencies::PROVIDES, provides);
            }
        }
        Ok(())
    }

    fn compositions(&mut self, top: &mut Object) -> Vec<Composition> {
        let within = Place::TOP.key("compositions");
        let mut compositions = Vec::new();
        for (index, mut entry) in self.notes.objects(&Place::TOP, top, "compositions") {
            let here = within.index(index);
            let notes = &mut self.notes;
            // Only its own name; nothing in the model refers to it.
            entry.remove("bom-ref");
            compositions.push(Composition {
                aggregate: notes
                    .text(&here, &mut entry, "aggregate")
                    .unwrap_or_default(),
                assemblies: notes.texts(&here, &mut entry, "assemblies"),
                dependencies: notes.texts(&here, &mut entry, "dependencies"),
            });
            notes.rest(&here, entry);
        }
        compositions
    }

    /// An organisation with contacts, or a contact: both have a name.
    fn party(&mut self, place: &Place<'_>, from: &mut Object, field: &str) -> Option<Party> {
        let object = match from.get(field)? {
            // Some tools write only the name.
            Value::String(_) => {
                let name = self.notes.text(place, from, field)?;
                self.notes.note(place, field, 1);
                return Some(Party {
                    name: Some(name),
                    ..Party::default()
                });
            }
            _ => self.notes.object(place, from, field)?,
        };
        let here = place.key(field);
        Some(self.party_of(&here, object, false))
    }

    fn parties(
        &mut self,
        place: &Place<'_>,
        from: &mut Object,
        field: &str,
        is_person: bool,
    ) -> Vec<Party> {
        let within = place.key(field);
        let list = self.notes.objects(place, from, field);
        let read = list.into_iter().map(|(index, object)| {
            let here = within.index(index);
            self.party_of(&here, object, is_person)
        });
        read.filter(|party| *party != Party::default()).collect()
    }

    fn party_of(&mut self, place: &Place<'_>, mut from: Object, is_person: bool) -> Party {
        from.remove("bom-ref");
        let mut party = Party {
            name: self.notes.text(place, &mut from, "name"),
            is_person,
            ..Party::default()
        };
        party
            .emails
            .extend(self.notes.text(place, &mut from, "email"));
        // Lists since 1.2; single texts are met as well.
        if let Some(Value::String(url)) = from.get("url") {
            party
                .urls
                .extend(Some(url.clone()).filter(|url| !url.trim().is_empty()));
            from.remove("url");
        }
        party.urls.extend(self.notes.texts(place, &mut from, "url"));
        for (index, mut contact) in self.notes.objects(place, &mut from, "contact") {
            let within = place.key("contact");
            let here = within.index(index);
            contact.remove("bom-ref");
            party
                .emails
                .extend(self.notes.text(&here, &mut contact, "email"));
            self.notes.rest(&here, contact);
        }
        self.notes.rest(place, from);
        if party
            == (Party {
                is_person,
                ..Party::default()
            })
        {
            party.is_person = false;
        }
        party
    }

    fn properties(&mut self, place: &Place<'_>, from: &mut Object) -> Vec<(String, String)> {
        let within = place.key("properties");
        let mut properties = Vec::new();
        for (index, mut property) in self.notes.objects(place, from, "properties") {
            let here = within.index(index);
            let name = self.notes.text(&here, &mut property, "name");
            let value = self.notes.text(&here, &mut property, "value");
            if name.is_some() || value.is_some() {
                properties.push((name.unwrap_or_default(), value.unwrap_or_default()));
            }
            self.notes.rest(&here, property);
        }
        properties
    }
}
