//! Elements of an SPDX 3 graph that others refer to: agents, tools, licences, hashes, artifacts.

use serde_json::Value;

use super::{Artifact, Creation, Reader, Relation};
use crate::sbom::document::fields::{Object, Place};
use crate::sbom::document::spdx::package::algorithm_of;
use crate::sbom::document::{
    Document, Hash, License, LicenseText, Party, Reference, spdx::license_of,
};

/// Prefixes of the profiles, which some tools leave out.
const PROFILES: [&str; 4] = [
    "software_",
    "simplelicensing_",
    "expandedlicensing_",
    "security_",
];

/// The type without its profile.
pub(super) fn type_of(element: &Object) -> String {
    let ty = element.get("type").or_else(|| element.get("@type"));
    let ty = ty.and_then(Value::as_str).unwrap_or_default();
    ty.rsplit(['_', '/']).next().unwrap_or_default().to_owned()
}

/// Takes the id.
pub(super) fn id_of(from: &mut Object) -> Option<String> {
    let ids = [from.remove("spdxId"), from.remove("@id")];
    ids.into_iter().flatten().find_map(|id| match id {
        Value::String(id) if !id.trim().is_empty() => Some(id),
        _ => None,
    })
}

/// The name under which a field stands: with the prefix of its profile, or without.
pub(super) fn named<'f>(from: &Object, field: &'f str) -> &'f str {
    let bare = PROFILES
        .iter()
        .find_map(|profile| field.strip_prefix(profile));
    match bare {
        Some(bare) if !from.contains_key(field) && from.contains_key(bare) => bare,
        _ => field,
    }
}

/// `SourceArtifact`, as some tools write, in the spelling of the standard.
fn camel(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}

impl Reader<'_> {
    /// Sorts an element into its table.
    pub(super) fn element(&mut self, place: &Place<'_>, mut from: Object, document: &mut Document) {
        let ty = type_of(&from);
        let is_relation = from.contains_key("relationshipType");
        from.remove("type");
        from.remove("@type");
        let id = id_of(&mut from).unwrap_or_default();
        if ty != "CreationInfo" {
            // Only the document's own is kept; the others hardly ever differ.
            from.remove("creationInfo");
        }
        if is_relation {
            let relation = Relation::read(&mut self.notes, place, ty, from);
            self.relations.extend(relation);
            return;
        }
        match ty.as_str() {
            "CreationInfo" => {
                let creation = self.creation(place, from);
                self.tables.creations.insert(id, creation);
            }
            "Person" | "Organization" | "Agent" | "SoftwareAgent" => {
                let agent = self.agent(place, from, ty == "Person");
                self.tables.agents.insert(id, agent);
            }
            "Tool" => {
                let name = self.notes.text(place, &mut from, "name");
                self.notes.rest(place, from);
                self.tables.tools.insert(id, name.unwrap_or_default());
            }
            "Hash" | "PackageVerificationCode" => {
                let hash = self.hash(place, from);
                self.tables.hashes.insert(id, hash);
            }
            "ExternalIdentifier" => {
                let identifier = self.identifier(place, from);
                self.tables.identifiers.insert(id, identifier);
            }
            "LicenseExpression"
            | "SimpleLicensingText"
            | "CustomLicense"
            | "License"
            | "ListedLicense" => {
                let license = self.license(place, from, &id);
                self.tables
                    .licenses
                    .extend(license.map(|license| (id, license)));
            }
            "File" | "SoftwareArtifact" | "Snippet" => {
                let artifact = self.artifact(place, from);
                self.tables.artifacts.insert(id, artifact);
            }
            "Sbom" | "Bom" | "Bundle" => {
                let field = named(&from, "software_sbomType");
                document
                    .lifecycles
                    .extend(self.notes.texts(place, &mut from, field));
                from.remove("element");
                let roots = self.ids(place, &mut from, "rootElement");
                self.notes.rest(place, from);
                self.tables.roots.insert(id, roots);
            }
            "Vulnerability" => {
                let name = self.vulnerability(place, from, &id);
                self.tables.vulnerabilities.insert(id, name);
            }
            _ => {
                let ty = if ty.is_empty() { "@graph" } else { &ty };
                self.notes.note(place, ty, 1);
            }
        }
    }

    pub(super) fn creation(&mut self, place: &Place<'_>, mut from: Object) -> Creation {
        from.remove("type");
        from.remove("@id");
        let mut creation = Creation {
            spec_version: self.notes.text(place, &mut from, "specVersion"),
            created: self.notes.text(place, &mut from, "created"),
            ..Creation::default()
        };
        for agent in super::part::values(&mut from, "createdBy") {
            match agent {
                Value::String(id) => creation.by_ids.push(id),
                Value::Object(inline) => {
                    let is_person = type_of(&inline) == "Person";
                    let here = place.key("createdBy");
                    creation.by.push(self.agent(&here, inline, is_person));
                }
                _ => self.notes.note(place, "createdBy", 1),
            }
        }
        creation.using_ids = self.ids(place, &mut from, "createdUsing");
        self.notes.rest(place, from);
        creation
    }

    pub(super) fn agent(&mut self, place: &Place<'_>, mut from: Object, is_person: bool) -> Party {
        for field in ["type", "spdxId", "@id", "creationInfo"] {
            from.remove(field);
        }
        let mut party = Party {
            name: self.notes.text(place, &mut from, "name"),
            is_person,
            ..Party::default()
        };
        for (kind, text) in self.identifiers(place, &mut from) {
            if kind == "email" {
                party.emails.push(text);
            } else if text.contains("://") {
                party.urls.push(text);
            } else {
                self.notes.note(place, "externalIdentifier", 1);
            }
        }
        let links = self.references(place, &mut from);
        party.urls.extend(links.into_iter().map(|link| link.url));
        self.notes.rest(place, from);
        party
    }

    pub(super) fn hash(&mut self, place: &Place<'_>, mut from: Object) -> Hash {
        from.remove("type");
        let algorithm = self.notes.text(place, &mut from, "algorithm");
        let value = self.notes.text(place, &mut from, "hashValue");
        self.notes.rest(place, from);
        Hash {
            algorithm: algorithm_of(&algorithm.unwrap_or_default()),
            value: value.unwrap_or_default().to_ascii_lowercase(),
        }
    }

    /// Kind and text.
    pub(super) fn identifier(&mut self, place: &Place<'_>, mut from: Object) -> (String, String) {
        from.remove("type");
        let kind = self.notes.text(place, &mut from, "externalIdentifierType");
        let text = self.notes.text(place, &mut from, "identifier");
        self.notes.rest(place, from);
        (kind.unwrap_or_default(), text.unwrap_or_default())
    }

    fn license(&mut self, place: &Place<'_>, mut from: Object, id: &str) -> Option<License> {
        let field = named(&from, "simplelicensing_licenseExpression");
        let expression = self.notes.text(place, &mut from, field);
        let listed = self.notes.text(place, &mut from, "licenseId");
        let name = self.notes.text(place, &mut from, "name");
        let field = named(&from, "simplelicensing_licenseText");
        let text = self.notes.text(place, &mut from, field);
        self.notes.rest(place, from);
        if let Some(known) = expression.or(listed) {
            return Some(license_of(known));
        }
        // The last part of an id such as `https://example.org/doc#LicenseRef-1`.
        let own = id.rsplit(['/', '#']).next().unwrap_or(id).to_owned();
        self.license_texts.push(LicenseText {
            id: own.clone(),
            name: name.clone(),
            text,
        });
        if own.starts_with("LicenseRef-") {
            return Some(license_of(own));
        }
        let name = name.unwrap_or(own);
        Some(License::Named { name, text: None })
    }

    fn artifact(&mut self, place: &Place<'_>, mut from: Object) -> Artifact {
        let from = &mut from;
        let mut artifact = Artifact {
            name: self.notes.text(place, from, "name").unwrap_or_default(),
            hashes: self.verified(place, from),
            references: self.references(place, from),
            ..Artifact::default()
        };
        let field = named(from, "software_primaryPurpose");
        artifact
            .purposes
            .extend(self.notes.text(place, from, field));
        let field = named(from, "software_additionalPurpose");
        artifact
            .purposes
            .extend(self.notes.texts(place, from, field));
        self.notes.rest(place, std::mem::take(from));
        artifact
    }

    fn vulnerability(&mut self, place: &Place<'_>, mut from: Object, id: &str) -> String {
        let identifiers = self.identifiers(place, &mut from);
        let name = self.notes.text(place, &mut from, "name");
        self.notes.rest(place, from);
        let cve = identifiers.iter().find(|(kind, _)| kind == "cve");
        let found = cve.or(identifiers.first()).map(|(_, text)| text.clone());
        found.or(name).unwrap_or_else(|| id.to_owned())
    }

    /// Ids that a field refers to.
    pub(super) fn ids(&mut self, place: &Place<'_>, from: &mut Object, field: &str) -> Vec<String> {
        self.notes.texts(place, from, field)
    }

    /// `externalRef`, in CycloneDX's words.
    pub(super) fn references(&mut self, place: &Place<'_>, from: &mut Object) -> Vec<Reference> {
        let within = place.key("externalRef");
        let mut references = Vec::new();
        for (index, mut entry) in self.notes.objects(place, from, "externalRef") {
            let here = within.index(index);
            entry.remove("type");
            let kind = self.notes.text(&here, &mut entry, "externalRefType");
            let comment = self.notes.text(&here, &mut entry, "comment");
            for url in self.notes.texts(&here, &mut entry, "locator") {
                references.push(Reference {
                    kind: reference_kind(kind.as_deref().unwrap_or_default(), &url),
                    url,
                    comment: comment.clone(),
                    hashes: Vec::new(),
                });
            }
            self.notes.rest(&here, entry);
        }
        references
    }
}

/// An external reference type in CycloneDX's words; as written if it has none.
fn reference_kind(kind: &str, url: &str) -> String {
    if url.ends_with("/security.txt") {
        return "rfc-9116".to_owned();
    }
    let camel = camel(kind);
    let known = match camel.as_str() {
        "altDownloadLocation" | "binaryArtifact" => "distribution",
        "sourceArtifact" => "source-distribution",
        "altWebPage" => "website",
        "issueTracker" => "issue-tracker",
        "mailingList" => "mailing-list",
        "securityAdvisory" => "advisories",
        "releaseNotes" => "release-notes",
        "buildMeta" => "build-meta",
        "buildSystem" => "build-system",
        "socialMedia" => "social",
        other => other,
    };
    known.to_owned()
}
