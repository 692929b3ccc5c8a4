//! Packages of an SPDX 3 graph with all their fields.

use serde_json::Value;

use super::Reader;
use super::element::{id_of, named, type_of};
use crate::sbom::SbomError;
use crate::sbom::document::fields::{Object, Place};
use crate::sbom::document::spdx::package::{kind_of, place_kind};
use crate::sbom::document::{Claim, Hash, License, Part, Party, Reference};

/// Both spellings of the field with identifiers: the standard's, and that of some tools.
const IDENTIFIER_FIELDS: [&str; 2] = ["externalIdentifier", "externalIdentifiers"];

/// Whether a file says itself which package it is.
pub(super) fn is_identified(file: &Object) -> bool {
    let url = file
        .get("software_packageUrl")
        .or_else(|| file.get("packageUrl"));
    let fields = IDENTIFIER_FIELDS.iter();
    let lists = fields.filter_map(|field| file.get(*field)?.as_array());
    let kinds = lists
        .flatten()
        .filter_map(|entry| entry.get("externalIdentifierType")?.as_str());
    let mut known = kinds.filter(|kind| matches!(*kind, "packageUrl" | "cpe22" | "cpe23"));
    url.is_some_and(Value::is_string) || known.next().is_some()
}

/// The values of a field; a single one is a list of one.
pub(super) fn values(from: &mut Object, field: &str) -> Vec<Value> {
    match from.remove(field) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list,
        Some(value) => vec![value],
    }
}

impl Reader<'_> {
    pub(super) fn part(&mut self, place: &Place<'_>, mut from: Object) -> Result<Part, SbomError> {
        let from = &mut from;
        let ty = type_of(from);
        for field in ["type", "@type", "creationInfo"] {
            from.remove(field);
        }
        let mut part = Part {
            place: place.to_string(),
            reference: id_of(from).unwrap_or_default(),
            ..Part::default()
        };
        let notes = &mut self.notes;
        part.name = notes.text(place, from, "name").unwrap_or_default();
        part.version = notes.claim(place, from, named(from, "software_packageVersion"));
        let purpose = notes.text(place, from, named(from, "software_primaryPurpose"));
        part.kind = match (purpose, ty.as_str()) {
            (Some(purpose), _) => kind_of(&purpose),
            (None, "File") => "file".to_owned(),
            (None, "AIPackage") => "machine-learning-model".to_owned(),
            (None, "DatasetPackage") => "data".to_owned(),
            (None, _) => String::new(),
        };
        part.copyright = notes.claim(place, from, named(from, "software_copyrightText"));
        part.source_info = notes.text(place, from, named(from, "software_sourceInfo"));
        part.description = notes.text(place, from, "description");
        if part.description.is_none() {
            part.description = notes.text(place, from, "summary");
        }
        part.purls
            .extend(notes.text(place, from, named(from, "software_packageUrl")));
        for (kind, text) in self.identifiers(place, from) {
            match kind.as_str() {
                "packageUrl" if !part.purls.contains(&text) => part.purls.push(text),
                "packageUrl" => {}
                "cpe22" | "cpe23" => part.cpes.push(text),
                _ => part.identifiers.push((kind, text)),
            }
        }
        self.content_identifiers(place, from, &mut part);
        part.hashes = self.verified(place, from);
        self.places_to_get(place, from, &mut part);
        part.references.extend(self.references(place, from));
        part.supplier = self.party(place, from, "suppliedBy")?;
        part.manufacturer = self.party(place, from, "originatedBy")?;
        self.notes.rest(place, std::mem::take(from));
        Ok(part)
    }

    fn content_identifiers(&mut self, place: &Place<'_>, from: &mut Object, into: &mut Part) {
        let field = named(from, "software_contentIdentifier");
        for (index, mut entry) in self.notes.objects(place, from, field) {
            let within = place.key(field);
            let here = within.index(index);
            entry.remove("type");
            let kind = named(&entry, "software_contentIdentifierType");
            let kind = self.notes.text(&here, &mut entry, kind);
            let value = named(&entry, "software_contentIdentifierValue");
            let value = self.notes.text(&here, &mut entry, value);
            self.notes.rest(&here, entry);
            if let Some(value) = value {
                into.identifiers.push((kind.unwrap_or_default(), value));
            }
        }
    }

    fn places_to_get(&mut self, place: &Place<'_>, from: &mut Object, into: &mut Part) {
        let field = named(from, "software_downloadLocation");
        let download = self.notes.text(place, from, field);
        let home = self
            .notes
            .text(place, from, named(from, "software_homePage"));
        let kinds = [download.as_deref().map_or("", place_kind), "website"];
        for (kind, url) in kinds.into_iter().zip([download, home]) {
            into.references.extend(url.map(|url| Reference {
                kind: kind.to_owned(),
                url,
                ..Reference::default()
            }));
        }
    }

    /// `externalIdentifier`: inline, or elements of their own.
    pub(super) fn identifiers(
        &mut self,
        place: &Place<'_>,
        from: &mut Object,
    ) -> Vec<(String, String)> {
        let mut identifiers = Vec::new();
        for field in IDENTIFIER_FIELDS {
            let within = place.key(field);
            for (index, value) in values(from, field).into_iter().enumerate() {
                match value {
                    Value::Object(inline) => {
                        let here = within.index(index);
                        identifiers.push(self.identifier(&here, inline));
                    }
                    Value::String(id) => match self.tables.identifiers.get(&id) {
                        Some(known) => identifiers.push(known.clone()),
                        None => self.notes.note(place, field, 1),
                    },
                    _ => self.notes.note(place, field, 1),
                }
            }
        }
        identifiers.retain(|(_, text)| !text.is_empty());
        identifiers
    }

    /// `verifiedUsing`: inline, or elements of their own.
    pub(super) fn verified(&mut self, place: &Place<'_>, from: &mut Object) -> Vec<Hash> {
        let field = "verifiedUsing";
        let within = place.key(field);
        let mut hashes = Vec::new();
        for (index, value) in values(from, field).into_iter().enumerate() {
            match value {
                Value::Object(inline) => {
                    let here = within.index(index);
                    hashes.push(self.hash(&here, inline));
                }
                Value::String(id) => match self.tables.hashes.get(&id) {
                    Some(known) => hashes.push(known.clone()),
                    None => self.notes.note(place, field, 1),
                },
                _ => self.notes.note(place, field, 1),
            }
        }
        hashes
    }

    /// Who supplied or made it; the model has a place for one.
    fn party(
        &mut self,
        place: &Place<'_>,
        from: &mut Object,
        field: &str,
    ) -> Result<Claim<Party>, SbomError> {
        let mut claim = Claim::Absent;
        for value in values(from, field) {
            let found = match value {
                Value::Object(inline) => {
                    let is_person = type_of(&inline) == "Person";
                    let here = place.key(field);
                    Claim::Known(self.agent(&here, inline, is_person))
                }
                Value::String(id) => match (individual(&id), self.tables.agents.get(&id)) {
                    (Some(claim), _) => claim,
                    (None, Some(agent)) => {
                        let agent = agent.clone();
                        let lists = agent.emails.iter().chain(&agent.urls).chain(&agent.name);
                        let bytes = lists.map(String::len).sum();
                        self.share(bytes)?;
                        Claim::Known(agent)
                    }
                    (None, None) => Claim::Absent,
                },
                _ => Claim::Absent,
            };
            if claim.is_declared() || !found.is_declared() {
                self.notes.note(place, field, 1);
            } else {
                claim = found;
            }
        }
        Ok(claim)
    }

    /// Licences a field refers to, which are few: those of the document itself.
    pub(super) fn licenses_at(
        &mut self,
        place: &Place<'_>,
        from: &mut Object,
        field: &str,
    ) -> Vec<License> {
        let ids = self.ids(place, from, field);
        let known = ids.into_iter().map(|id| {
            let listed = id.rsplit('/').next().unwrap_or_default().to_owned();
            match self.tables.licenses.get(&id) {
                Some(license) => license.clone(),
                None => License::Id(listed),
            }
        });
        known.collect()
    }
}

/// The elements of the standard that say "not known" and "none" (SPDX 3.0.1, Core individuals).
pub(super) fn individual<T>(id: &str) -> Option<Claim<T>> {
    let name = id.rsplit(['/', '_']).next().unwrap_or_default();
    match name {
        "NoAssertionElement" | "NoAssertion" | "NoAssertionLicense" | "NOASSERTION" => {
            Some(Claim::Unknown)
        }
        "NoneElement" | "None" | "NoneLicense" | "NONE" => Some(Claim::None),
        _ => None,
    }
}
