//! Packages of an SPDX 2.x document with all their fields.

use super::{Reader, party};
use crate::sbom::document::fields::{Object, Place};
use crate::sbom::document::{Claim, Hash, Part, Reference};

impl Reader {
    pub(super) fn package(&mut self, place: &Place<'_>, mut from: Object) -> Part {
        let from = &mut from;
        let mut part = Part {
            place: place.to_string(),
            ..Part::default()
        };
        let notes = &mut self.notes;
        part.reference = notes.text(place, from, "SPDXID").unwrap_or_default();
        part.name = notes.text(place, from, "name").unwrap_or_default();
        part.version = notes.claim(place, from, "versionInfo");
        let purpose = notes
            .claim(place, from, "primaryPackagePurpose")
            .into_known();
        part.kind = purpose.map_or_else(String::new, |text| kind_of(&text));
        part.supplier = party(notes.text(place, from, "supplier"));
        part.manufacturer = party(notes.text(place, from, "originator"));
        part.copyright = notes.claim(place, from, "copyrightText");
        part.file_name = notes.text(place, from, "packageFileName");
        part.source_info = notes.text(place, from, "sourceInfo");
        part.description = notes.text(place, from, "description");
        if part.description.is_none() {
            part.description = notes.text(place, from, "summary");
        }
        part.licenses_declared = self.licenses(place, from, "licenseDeclared");
        part.licenses_concluded = self.licenses(place, from, "licenseConcluded");
        self.checksums(place, from, &mut part);
        self.places_to_get(place, from, &mut part);
        self.external_refs(place, from, &mut part);
        self.notes.rest(place, std::mem::take(from));
        part
    }

    fn checksums(&mut self, place: &Place<'_>, from: &mut Object, into: &mut Part) {
        let within = place.key("checksums");
        for (index, mut checksum) in self.notes.objects(place, from, "checksums") {
            let here = within.index(index);
            let algorithm = self.notes.text(&here, &mut checksum, "algorithm");
            let value = self.notes.text(&here, &mut checksum, "checksumValue");
            self.notes.rest(&here, checksum);
            into.hashes.push(Hash {
                algorithm: algorithm_of(&algorithm.unwrap_or_default()),
                value: value.unwrap_or_default().to_ascii_lowercase(),
            });
        }
    }

    /// The download location is required, so that `NOASSERTION` there says nothing.
    fn places_to_get(&mut self, place: &Place<'_>, from: &mut Object, into: &mut Part) {
        let field = "downloadLocation";
        match self.notes.claim(place, from, field) {
            Claim::Known(url) => into.references.push(Reference {
                kind: place_kind(&url).to_owned(),
                url,
                ..Reference::default()
            }),
            Claim::None => self.notes.note(place, field, 1),
            Claim::Unknown | Claim::Absent => {}
        }
        if let Claim::Known(url) = self.notes.claim(place, from, "homepage") {
            into.references.push(Reference {
                kind: "website".to_owned(),
                url,
                ..Reference::default()
            });
        }
    }

    fn external_refs(&mut self, place: &Place<'_>, from: &mut Object, into: &mut Part) {
        let within = place.key("externalRefs");
        for (index, mut entry) in self.notes.objects(place, from, "externalRefs") {
            let here = within.index(index);
            // Spelled with a hyphen, an underscore or wrongly; the type alone is clear.
            entry.remove("referenceCategory");
            let kind = self.notes.text(&here, &mut entry, "referenceType");
            let locator = self.notes.text(&here, &mut entry, "referenceLocator");
            let Some(locator) = locator else {
                self.notes.note(place, "externalRefs", 1);
                continue;
            };
            let kind = kind.unwrap_or_default();
            // SPDX allows the type as a URI; its last part is the name.
            let short = kind
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            match short.as_str() {
                "purl" => into.purls.push(locator),
                "cpe23type" | "cpe22type" => into.cpes.push(locator),
                "swh" => into.identifiers.push(("swhid".to_owned(), locator)),
                "gitoid" | "swid" | "maven-central" | "npm" | "nuget" | "bower" => {
                    into.identifiers.push((short, locator));
                }
                _ => into.references.push(Reference {
                    kind: match short.as_str() {
                        "advisory" => "advisories".to_owned(),
                        _ => kind,
                    },
                    url: locator,
                    comment: self.notes.text(&here, &mut entry, "comment"),
                    hashes: Vec::new(),
                }),
            }
            self.notes.rest(&here, entry);
        }
    }
}

/// Where a package comes from: a version control system or a download (SPDX 2.3, 7.7).
pub(in crate::sbom::document) fn place_kind(url: &str) -> &'static str {
    let systems = ["git+", "git:", "hg+", "svn+", "bzr+"];
    if systems.iter().any(|system| url.starts_with(system)) || url.ends_with(".git") {
        "vcs"
    } else {
        "distribution"
    }
}

/// A purpose in CycloneDX's spelling.
pub(in crate::sbom::document) fn kind_of(purpose: &str) -> String {
    let kind = purpose.to_ascii_lowercase().replace('_', "-");
    // SPDX 3 writes in camel case.
    match purpose {
        "operatingSystem" => "operating-system".to_owned(),
        "deviceDriver" => "device-driver".to_owned(),
        "filesystemImage" => "filesystem-image".to_owned(),
        "diskImage" => "disk-image".to_owned(),
        _ => kind,
    }
}

/// An algorithm in CycloneDX's spelling; as written if unknown.
pub(in crate::sbom::document) fn algorithm_of(text: &str) -> String {
    let bare: String = text
        .chars()
        .filter(|c| !matches!(c, '-' | '_'))
        .collect::<String>()
        .to_ascii_uppercase();
    let known = match bare.as_str() {
        "MD5" => "MD5",
        "SHA1" => "SHA-1",
        "SHA224" => "SHA-224",
        "SHA256" => "SHA-256",
        "SHA384" => "SHA-384",
        "SHA512" => "SHA-512",
        "SHA3256" => "SHA3-256",
        "SHA3384" => "SHA3-384",
        "SHA3512" => "SHA3-512",
        "BLAKE2B256" => "BLAKE2b-256",
        "BLAKE2B384" => "BLAKE2b-384",
        "BLAKE2B512" => "BLAKE2b-512",
        "BLAKE3" => "BLAKE3",
        _ => text,
    };
    known.to_owned()
}
