//! SPDX 2.2 and 2.3 (2.2 is ISO/IEC 5962:2021), all that the model has a place for.
//! `NOASSERTION` is a declared unknown and `NONE` a declared absence; neither becomes a name.

pub(super) mod package;

use std::collections::HashSet;

use super::fields::{Notes, Object, Place, claim};
use super::links::{Link, Links};
use super::{Claim, Document, License, LicenseText, Party, Tool, not_a_list, too_many_components};
use crate::sbom::{Format, Limits, SbomError};

/// The document's own id.
const DOCUMENT_REF: &str = "SPDXRef-DOCUMENT";

/// The state of one reading.
struct Reader {
    notes: Notes,
    license_texts: Vec<LicenseText>,
}

/// Reads the top object. `format` is what it was written in before it became JSON.
pub(super) fn read(
    mut top: Object,
    format: Format,
    limits: &Limits,
) -> Result<Document, SbomError> {
    let place = Place::TOP;
    let mut reader = Reader {
        notes: Notes::default(),
        license_texts: Vec::new(),
    };
    let mut document = Document::new(format);
    let notes = &mut reader.notes;
    let spec_version = notes.text(&place, &mut top, "spdxVersion");
    document.spec_version = spec_version.unwrap_or_default();
    document.name = notes.text(&place, &mut top, "name");
    document.serial_number = notes.text(&place, &mut top, "documentNamespace");
    let data_license = notes.text(&place, &mut top, "dataLicense");
    document.data_licenses.extend(data_license);
    let own = notes.text(&place, &mut top, "SPDXID");
    let own = own.unwrap_or_else(|| DOCUMENT_REF.to_owned());
    reader.creation(&mut top, &mut document);
    reader.read_license_texts(&mut top);
    if top
        .get("packages")
        .is_some_and(|list| !list.is_array() && !list.is_null())
    {
        return Err(not_a_list("packages", &place.key("packages")));
    }
    let within = place.key("packages");
    for (index, package) in reader.notes.objects(&place, &mut top, "packages") {
        let here = within.index(index);
        if document.parts.len() >= limits.components_max {
            return Err(too_many_components(limits, &here));
        }
        document.parts.push(reader.package(&here, package));
    }
    let mut links = reader.links(&mut top, own, limits)?;
    reader.note_files(&mut top, &mut links);
    links.resolve(&mut document, &mut reader.notes);
    reader.notes.rest(&place, top);
    document.license_texts = reader.license_texts;
    document.not_understood = reader.notes.finish();
    Ok(document)
}

impl Reader {
    fn creation(&mut self, top: &mut Object, into: &mut Document) {
        let place = Place::TOP;
        let Some(mut from) = self.notes.object(&place, top, "creationInfo") else {
            return;
        };
        let place = place.key("creationInfo");
        into.created_at_text = self.notes.text(&place, &mut from, "created");
        for creator in self.notes.texts(&place, &mut from, "creators") {
            match creator.trim().strip_prefix("Tool:") {
                Some(tool) => into.tools.push(tool_of(tool.trim())),
                None => into.authors.extend(party(Some(creator)).known().cloned()),
            }
        }
        self.notes.rest(&place, from);
    }

    fn read_license_texts(&mut self, top: &mut Object) {
        let field = "hasExtractedLicensingInfos";
        let within = Place::TOP.key(field);
        for (index, mut info) in self.notes.objects(&Place::TOP, top, field) {
            let here = within.index(index);
            let id = self.notes.text(&here, &mut info, "licenseId");
            let license = LicenseText {
                id: id.unwrap_or_default(),
                name: self.notes.claim(&here, &mut info, "name").into_known(),
                text: self.notes.text(&here, &mut info, "extractedText"),
            };
            self.notes.rest(&here, info);
            self.license_texts.push(license);
        }
    }

    /// Relationships in one direction, and the older list of what the document describes.
    fn links(
        &mut self,
        top: &mut Object,
        own: String,
        limits: &Limits,
    ) -> Result<Links, SbomError> {
        let place = Place::TOP;
        let within = place.key("relationships");
        let described = self.notes.texts(&place, top, "documentDescribes");
        let mut links = Links::new(own.clone());
        for to in described {
            links.push(Link::new(own.clone(), "describes", to));
        }
        let list = self.notes.objects(&place, top, "relationships");
        if list.len() > limits.dependencies_max {
            return Err(super::too_many_dependencies(limits, &within));
        }
        for (index, mut entry) in list {
            let here = within.index(index);
            let from = self.notes.text(&here, &mut entry, "spdxElementId");
            let kind = self.notes.text(&here, &mut entry, "relationshipType");
            let to = self.notes.text(&here, &mut entry, "relatedSpdxElement");
            self.notes.rest(&here, entry);
            let (Some(from), Some(kind), Some(to)) = (from, kind, to) else {
                self.notes.note(&place, "relationships", 1);
                continue;
            };
            let (kind, is_turned) = direction(&kind);
            let (from, to) = if is_turned { (to, from) } else { (from, to) };
            links.push(match to.as_str() {
                "NONE" => Link::to_nothing(from, kind),
                "NOASSERTION" => Link::unknown(from, kind),
                _ => Link::new(from, &kind, to),
            });
        }
        Ok(links)
    }

    /// Files and snippets have no place in the model; links to them have none either.
    fn note_files(&mut self, top: &mut Object, links: &mut Links) {
        let mut ids = HashSet::new();
        for list in ["files", "snippets"] {
            for (index, mut entry) in self.notes.objects(&Place::TOP, top, list) {
                let within = Place::TOP.key(list);
                let here = within.index(index);
                ids.extend(self.notes.text(&here, &mut entry, "SPDXID"));
                self.notes.note(&Place::TOP, list, 1);
            }
        }
        links.ignored = ids;
    }

    /// A licence field: an id, an expression, or a name of the document's own with its text.
    fn licenses(
        &mut self,
        place: &Place<'_>,
        from: &mut Object,
        field: &str,
    ) -> Claim<Vec<License>> {
        let license = self.notes.claim(place, from, field);
        license.map(|text| vec![license_of(text)])
    }
}

/// One licence text as id, name of the document's own, or expression. The text of the document's
/// own stays with the document: a copy for each package could fill the memory.
pub(super) fn license_of(text: String) -> License {
    if spdx::license_id(&text).is_some() {
        License::Id(text)
    } else if text.starts_with("LicenseRef-") && !text.contains([' ', '(']) {
        let name = text;
        License::Named { name, text: None }
    } else {
        License::Expression(text)
    }
}

/// `Person: Ann (ann@example.org)`: who, with an address in brackets (SPDX 2.3, 6.8 and 7.5).
pub(super) fn party(text: Option<String>) -> Claim<Party> {
    claim(text).map(|text| {
        let text = text.trim();
        let kinds = [("Person:", true), ("Organization:", false)];
        let found = kinds.iter().find_map(|(kind, is_person)| {
            let rest = text.strip_prefix(kind)?;
            Some((rest.trim(), *is_person))
        });
        let (name, is_person) = found.unwrap_or((text, false));
        let mut party = Party {
            is_person,
            ..Party::default()
        };
        let inner = name
            .strip_suffix(')')
            .and_then(|name| name.rsplit_once('('));
        let name = match inner {
            Some((name, address)) if address.contains('@') => {
                party.emails.push(address.trim().to_owned());
                name.trim()
            }
            Some((name, address)) if address.contains("://") => {
                party.urls.push(address.trim().to_owned());
                name.trim()
            }
            Some((name, "")) => name.trim(),
            _ => name,
        };
        party.name = (!name.is_empty()).then(|| name.to_owned());
        party
    })
}

/// SPDX recommends `name-version` for tools; only a version that begins with a digit is split off.
pub(super) fn tool_of(text: &str) -> Tool {
    let split = text.rsplit_once('-').filter(|(name, version)| {
        let version = version.strip_prefix('v').unwrap_or(version);
        !name.is_empty() && version.starts_with(|c: char| c.is_ascii_digit())
    });
    let (name, version) = match split {
        Some((name, version)) => (name, Some(version.to_owned())),
        None => (text, None),
    };
    Tool {
        vendor: None,
        name: name.to_owned(),
        version,
    }
}

/// The relationship in lower case, and whether its ends must be swapped.
fn direction(kind: &str) -> (String, bool) {
    // SPDX spells types in capitals; some tools do not.
    let kind = kind.trim().to_ascii_lowercase().replace('_', "-");
    let turned = match kind.as_str() {
        "described-by" => "describes",
        "contained-by" | "package-of" => "contains",
        "dependency-of" => "depends-on",
        "prerequisite-for" => "has-prerequisite",
        "ancestor-of" => "descendant-of",
        "generates" => "generated-from",
        other => match other.strip_suffix("-dependency-of") {
            Some(scope) => return (format!("{scope}-dependency"), true),
            None => return (kind, false),
        },
    };
    (turned.to_owned(), true)
}
