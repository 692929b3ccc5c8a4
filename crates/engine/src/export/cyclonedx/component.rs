//! One component.

use super::{Writer, claims, parties, property};
use crate::export::object::Object;
use crate::export::{CyclonedxVersion, mend, words};
use crate::purl::Purl;
use crate::sbom::document::{Hash, Part};
use serde_json::{Value, json};

/// Characters of a version (schema: `version`).
pub(super) const VERSION_MAX: usize = 1024;
/// Characters of a version range (schema: `versionRange`).
const RANGE_MAX: usize = 4096;
const SCOPES: [&str; 3] = ["required", "optional", "excluded"];

impl Writer<'_> {
    /// The component at a place, without those nested in it.
    pub(super) fn component(&mut self, part: &Part, place: usize) -> Object {
        let mut properties = Vec::new();
        let mut entry = Object::new();
        self.identity(part, place, &mut entry, &mut properties);
        entry.some("supplier", parties::claimed(&part.supplier));
        entry.some("manufacturer", parties::claimed(&part.manufacturer));
        let authors = part.authors.iter().flat_map(parties::contacts);
        entry.list("authors", authors.collect());
        entry.some("publisher", part.publisher.as_deref());
        entry.some("description", part.description.as_deref());
        match part.scope.as_deref() {
            Some(scope) if SCOPES.contains(&scope) => drop(entry.put("scope", scope)),
            Some(scope) => properties.push(property("bonafide:scope", scope)),
            None => {}
        }
        let (hashes, more) = self.hashes(&part.hashes, &part.place);
        entry.list("hashes", hashes);
        properties.extend(more);
        let licenses = self.licenses(part);
        entry.list("licenses", licenses);
        let copyright = part.copyright.known().map(String::as_str);
        entry.some("copyright", copyright.or(words::unknown(&part.copyright)));
        self.identifiers(part, &mut entry, &mut properties);
        let (links, more) = self.references(&part.references, &part.place);
        entry.list("externalReferences", links);
        properties.extend(more);
        // As the version of a component the word would be taken for a version.
        let unknown = words::unknown(&part.version);
        properties.extend(unknown.map(|word| property("spdx:version", word)));
        let own = part.properties.iter();
        let mut all: Vec<Value> = own.map(|(name, value)| property(name, value)).collect();
        all.extend(properties);
        all.extend(self.kept_of_component(part, &mut entry));
        entry.list("properties", all);
        entry
    }

    fn identity(
        &mut self,
        part: &Part,
        place: usize,
        entry: &mut Object,
        properties: &mut Vec<Value>,
    ) {
        let kind = part.kind.as_str();
        if words::CYCLONEDX_KINDS.contains(&kind) {
            entry.put("type", kind);
        } else {
            // CycloneDX asks for a type, and a library is what its readers take for granted.
            entry.put("type", "library");
            if !kind.is_empty() {
                properties.push(property("bonafide:kind", kind));
            }
        }
        entry.put("bom-ref", self.refs.at(place));
        entry.some("group", part.group.as_deref());
        entry.put("name", part.name.as_str());
        let version = part.version.known().map(String::as_str);
        let fits = parties::version(version);
        entry.some("version", fits);
        if let Some(long) = version.filter(|_| fits.is_none()) {
            self.losses
                .one("version that is too long (kept as a property)", &part.place);
            properties.push(property("bonafide:version", long));
        }
        let has_range_field = self.version == CyclonedxVersion::V1_7;
        if let Some(range) = &part.version_range {
            let length = range.chars().count();
            let fits = (1..=RANGE_MAX).contains(&length);
            if has_range_field && part.is_external && version.is_none() && fits {
                entry.put("versionRange", range.as_str());
            } else {
                properties.push(property("bonafide:versionRange", range));
            }
        }
        if part.is_external && has_range_field {
            entry.put("isExternal", true);
        } else if part.is_external {
            properties.push(property("bonafide:isExternal", "true"));
        }
    }

    fn identifiers(&mut self, part: &Part, entry: &mut Object, properties: &mut Vec<Value>) {
        for (number, purl) in part.purls.iter().enumerate() {
            if Purl::parse(purl).is_err() {
                self.losses
                    .one("package URL that is none (kept as a property)", &part.place);
                properties.push(property("bonafide:purl:invalid", purl));
            } else if number == 0 {
                entry.put("purl", purl.as_str());
            } else {
                self.losses
                    .one("further package URL (kept as a property)", &part.place);
                properties.push(property("bonafide:purl", purl));
            }
        }
        let mut has_cpe = false;
        for cpe in &part.cpes {
            if mend::is_cpe(cpe) && !has_cpe {
                entry.put("cpe", cpe.as_str());
                has_cpe = true;
            } else {
                self.losses.one(
                    "further or broken CPE name (kept as a property)",
                    &part.place,
                );
                properties.push(property("bonafide:cpe", cpe));
            }
        }
        let (mut swhids, mut omnibor, mut has_swid) = (Vec::new(), Vec::new(), false);
        for (kind, text) in &part.identifiers {
            match kind.as_str() {
                "swhid" => swhids.push(text.as_str()),
                "omniborid" | "omniborId" | "gitoid" => omnibor.push(text.as_str()),
                "swid" if !has_swid => {
                    has_swid = true;
                    entry.put("swid", json!({"tagId": text, "name": part.name}));
                }
                _ => properties.push(property(format!("bonafide:identifier:{kind}"), text)),
            }
        }
        entry.list("swhid", swhids);
        entry.list("omniborId", omnibor);
        const FILE_NAME: &str = "bsi:component:filename";
        let is_said = part.properties.iter().any(|(name, _)| name == FILE_NAME);
        if let Some(file_name) = part.file_name.as_ref().filter(|_| !is_said) {
            properties.push(property(FILE_NAME, file_name));
        }
        if let Some(info) = &part.source_info {
            properties.push(property("spdx:source-info", info));
        }
    }

    /// Digests as CycloneDX has them, and as properties those it would refuse.
    pub(super) fn hashes(&mut self, hashes: &[Hash], place: &str) -> (Vec<Value>, Vec<Value>) {
        let (mut list, mut properties) = (Vec::new(), Vec::new());
        for hash in hashes {
            if claims::is_algorithm(&hash.algorithm, self.version) && mend::is_digest(hash) {
                list.push(json!({"alg": hash.algorithm, "content": hash.value}));
            } else {
                self.losses.one(
                    "hash that CycloneDX does not know (kept as a property)",
                    place,
                );
                let name = format!("bonafide:hash:{}", hash.algorithm);
                properties.push(property(name, &hash.value));
            }
        }
        (list, properties)
    }
}
