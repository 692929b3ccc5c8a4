//! Components of a CycloneDX document with all their fields, nested ones after their parent.

use serde_json::Value;

use super::Reader;
use crate::sbom::SbomError;
use crate::sbom::document::fields::{Object, Place, claim};
use crate::sbom::document::{
    Claim, Dependencies, Hash, License, Part, Party, Reference, not_a_list, too_many_components,
};

/// The property in which BSI TR-03183-2 wants the file name.
const FILE_NAME_PROPERTY: &str = "bsi:component:filename";

/// Licences by who says so.
#[derive(Default)]
pub(super) struct Licenses {
    pub declared: Vec<License>,
    pub concluded: Vec<License>,
    /// Whether a declared one came without the word "declared".
    pub are_unacknowledged: bool,
}

impl Reader<'_> {
    /// `metadata.component`. What is nested in it goes into the list of components, and one
    /// [`Dependencies`] of kind "contains" says that it belongs there.
    pub(super) fn subject(
        &mut self,
        place: &Place<'_>,
        mut from: Object,
    ) -> Result<Part, SbomError> {
        let nested = from.remove("components");
        let subject = self.part(place, from);
        let first = self.parts.len();
        let within = place.key("components");
        self.components(&within, nested, None)?;
        let inner = self.parts[first..]
            .iter()
            .filter(|part| part.parent.is_none());
        let names: Vec<String> = inner
            .map(|part| part.reference.clone())
            .filter(|reference| !reference.is_empty())
            .collect();
        if !names.is_empty() && !subject.reference.is_empty() {
            self.dependencies.push(Dependencies {
                from: subject.reference.clone(),
                to: names,
                kind: Dependencies::CONTAINS.to_owned(),
                is_complete: None,
            });
        }
        Ok(subject)
    }

    /// A list of components. A map in its place is refused: reading on would show a product as
    /// clean that was never read. How deep this goes was bounded before parsing.
    pub(super) fn components(
        &mut self,
        within: &Place<'_>,
        list: Option<Value>,
        parent: Option<u32>,
    ) -> Result<(), SbomError> {
        let list = match list {
            None | Some(Value::Null) => return Ok(()),
            Some(Value::Array(list)) => list,
            Some(_) => return Err(not_a_list("components", within)),
        };
        for (index, component) in list.into_iter().enumerate() {
            let here = within.index(index);
            let Value::Object(mut component) = component else {
                return Err(not_a_list("components", &here));
            };
            if self.parts.len() >= self.limits.components_max {
                return Err(too_many_components(self.limits, &here));
            }
            let nested = component.remove("components");
            let mut part = self.part(&here, component);
            part.parent = parent;
            let own = u32::try_from(self.parts.len())
                .map_err(|_| too_many_components(self.limits, &here))?;
            self.parts.push(part);
            let below = here.key("components");
            self.components(&below, nested, Some(own))?;
        }
        Ok(())
    }

    fn part(&mut self, place: &Place<'_>, mut from: Object) -> Part {
        let from = &mut from;
        let mut part = Part {
            place: place.to_string(),
            ..Part::default()
        };
        self.identity(place, from, &mut part);
        part.description = self.notes.text(place, from, "description");
        part.copyright = self.notes.claim(place, from, "copyright");
        part.supplier = self.party_claim(place, from, "supplier");
        part.manufacturer = self.party_claim(place, from, "manufacturer");
        part.publisher = self.notes.text(place, from, "publisher");
        part.authors = self.parties(place, from, "authors", true);
        let author = self.notes.text(place, from, "author");
        part.authors.extend(author.map(|name| Party {
            name: Some(name),
            is_person: true,
            ..Party::default()
        }));
        let licenses = self.licenses(place, from);
        part.are_licenses_unacknowledged = licenses.are_unacknowledged;
        part.licenses_declared = license_claim(licenses.declared);
        part.licenses_concluded = license_claim(licenses.concluded);
        part.hashes = self.hashes(place, from);
        part.references = self.references(place, from);
        part.properties = self.properties(place, from);
        let file_name = part
            .properties
            .iter()
            .find(|(name, _)| name == FILE_NAME_PROPERTY);
        part.file_name = file_name
            .map(|(_, value)| value.clone())
            .filter(|value| !value.trim().is_empty());
        part.kept = self.notes.kept(place, std::mem::take(from));
        part
    }

    fn identity(&mut self, place: &Place<'_>, from: &mut Object, into: &mut Part) {
        let notes = &mut self.notes;
        into.reference = notes.text(place, from, "bom-ref").unwrap_or_default();
        into.kind = notes.text(place, from, "type").unwrap_or_default();
        into.group = notes.text(place, from, "group");
        into.name = notes.text(place, from, "name").unwrap_or_default();
        into.version = notes.claim(place, from, "version");
        into.version_range = notes.text(place, from, "versionRange");
        into.is_external = notes.flag(place, from, "isExternal").unwrap_or_default();
        into.scope = notes.text(place, from, "scope");
        into.purls.extend(notes.text(place, from, "purl"));
        into.cpes.extend(notes.text(place, from, "cpe"));
        for (field, kind) in [("omniborId", "omniborid"), ("swhid", "swhid")] {
            let texts = notes.texts(place, from, field).into_iter();
            into.identifiers
                .extend(texts.map(|text| (kind.to_owned(), text)));
        }
        if let Some(mut swid) = notes.object(place, from, "swid") {
            let here = place.key("swid");
            let id = notes.text(&here, &mut swid, "tagId");
            into.identifiers
                .extend(id.map(|id| ("swid".to_owned(), id)));
            notes.rest(&here, swid);
        }
    }

    fn party_claim(&mut self, place: &Place<'_>, from: &mut Object, field: &str) -> Claim<Party> {
        let Some(party) = self.party(place, from, field) else {
            return Claim::Absent;
        };
        match claim(party.name.clone()) {
            Claim::Absent if party == Party::default() => Claim::Absent,
            Claim::Unknown => Claim::Unknown,
            Claim::None => Claim::None,
            Claim::Absent | Claim::Known(_) => Claim::Known(party),
        }
    }

    /// `licenses`: licence objects, and expressions, which 1.7 allows beside them.
    pub(super) fn licenses(&mut self, place: &Place<'_>, from: &mut Object) -> Licenses {
        let within = place.key("licenses");
        let mut licenses = Licenses::default();
        for (index, mut choice) in self.notes.objects(place, from, "licenses") {
            let here = within.index(index);
            let mut acknowledgement = self.notes.text(&here, &mut choice, "acknowledgement");
            let mut license = self
                .notes
                .text(&here, &mut choice, "expression")
                .map(License::Expression);
            if let Some(mut object) = self.notes.object(&here, &mut choice, "license") {
                let here = here.key("license");
                let own = self.notes.text(&here, &mut object, "acknowledgement");
                acknowledgement = own.or(acknowledgement);
                license = self.license(&here, object).or(license);
            }
            self.notes.rest(&here, choice);
            let Some(license) = license else { continue };
            if acknowledgement.as_deref() == Some("concluded") {
                licenses.concluded.push(license);
            } else {
                licenses.are_unacknowledged |= acknowledgement.is_none();
                licenses.declared.push(license);
            }
        }
        licenses
    }

    fn license(&mut self, place: &Place<'_>, mut from: Object) -> Option<License> {
        let id = self.notes.text(place, &mut from, "id");
        let name = self.notes.text(place, &mut from, "name");
        let text = self
            .notes
            .object(place, &mut from, "text")
            .and_then(|mut text| {
                let here = place.key("text");
                text.remove("contentType");
                // A text in base64 stays out: nobody could read it.
                if text.contains_key("encoding") {
                    self.notes.rest(&here, text);
                    return None;
                }
                let content = self.notes.text(&here, &mut text, "content");
                self.notes.rest(&here, text);
                content
            });
        self.notes.rest(place, from);
        match (id, name) {
            (Some(id), _) => Some(License::Id(id)),
            (None, Some(name)) => Some(License::Named { name, text }),
            (None, None) => None,
        }
    }

    pub(super) fn hashes(&mut self, place: &Place<'_>, from: &mut Object) -> Vec<Hash> {
        let within = place.key("hashes");
        let mut hashes = Vec::new();
        for (index, mut hash) in self.notes.objects(place, from, "hashes") {
            let here = within.index(index);
            let algorithm = self.notes.text(&here, &mut hash, "alg");
            let value = self.notes.text(&here, &mut hash, "content");
            self.notes.rest(&here, hash);
            if algorithm.is_some() || value.is_some() {
                hashes.push(Hash {
                    algorithm: algorithm.unwrap_or_default(),
                    value: value.unwrap_or_default().to_ascii_lowercase(),
                });
            }
        }
        hashes
    }

    pub(super) fn references(&mut self, place: &Place<'_>, from: &mut Object) -> Vec<Reference> {
        let within = place.key("externalReferences");
        let mut references = Vec::new();
        for (index, mut reference) in self.notes.objects(place, from, "externalReferences") {
            let here = within.index(index);
            let notes = &mut self.notes;
            references.push(Reference {
                kind: notes
                    .text(&here, &mut reference, "type")
                    .unwrap_or_default(),
                url: notes.text(&here, &mut reference, "url").unwrap_or_default(),
                comment: notes.text(&here, &mut reference, "comment"),
                hashes: self.hashes(&here, &mut reference),
            });
            self.notes.rest(&here, reference);
        }
        references
    }
}

/// `NOASSERTION` alone says that the licence is not known, `NONE` that there is none.
fn license_claim(licenses: Vec<License>) -> Claim<Vec<License>> {
    match licenses.as_slice() {
        [] => Claim::Absent,
        [only] if only.text().trim() == "NOASSERTION" => Claim::Unknown,
        [only] if only.text().trim() == "NONE" => Claim::None,
        _ => Claim::Known(licenses),
    }
}
