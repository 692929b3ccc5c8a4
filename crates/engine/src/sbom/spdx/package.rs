//! Packages of an SPDX 2.x document.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};

use super::document::stop;
use crate::json::lenient::{List, Object, Text};
use crate::sbom::Component;
use crate::sbom::builder::Builder;

/// References and checksums read per package.
const PER_PACKAGE_MAX: usize = 256;

pub(super) struct PackagesSeed<'s, 'l> {
    pub builder: &'s mut Builder<'l>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawPackage<'a> {
    #[serde(rename = "SPDXID", borrow, default)]
    id: Text<'a>,
    #[serde(borrow, default)]
    name: Text<'a>,
    #[serde(borrow, default)]
    version_info: Text<'a>,
    #[serde(borrow, default)]
    supplier: Text<'a>,
    #[serde(borrow, default)]
    originator: Text<'a>,
    #[serde(borrow, default)]
    license_concluded: Text<'a>,
    #[serde(borrow, default)]
    license_declared: Text<'a>,
    #[serde(borrow, default)]
    primary_package_purpose: Text<'a>,
    #[serde(borrow, default)]
    source_info: Text<'a>,
    #[serde(borrow, default)]
    checksums: List<Object<RawChecksum<'a>>, PER_PACKAGE_MAX>,
    #[serde(borrow, default)]
    external_refs: List<Object<RawExternalRef<'a>>, PER_PACKAGE_MAX>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawChecksum<'a> {
    #[serde(borrow, default)]
    algorithm: Text<'a>,
    #[serde(borrow, default)]
    checksum_value: Text<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawExternalRef<'a> {
    #[serde(borrow, default)]
    reference_type: Text<'a>,
    #[serde(borrow, default)]
    reference_locator: Text<'a>,
}

impl<'de> DeserializeSeed<'de> for PackagesSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PackagesSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of packages")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        self.builder.path.push(("packages", 0));
        while let Some(raw) = seq.next_element::<Object<RawPackage<'de>>>()? {
            let Some(raw) = raw.get() else {
                return Err(A::Error::custom("expected a package"));
            };
            let place = match self.builder.reserve() {
                Ok(place) => place,
                Err(error) => return Err(stop(self.builder, error)),
            };
            let component = component(self.builder, raw);
            self.builder.sbom.components[place as usize] = component;
            if let Some((_, index)) = self.builder.path.last_mut() {
                *index += 1;
            }
        }
        self.builder.path.pop();
        Ok(())
    }
}

fn component(builder: &mut Builder<'_>, raw: RawPackage<'_>) -> Component {
    let mut component = Component::unreadable();
    for (field, text) in [("name", &raw.name), ("versionInfo", &raw.version_info)] {
        if text.is_odd() {
            let text = format!("The field \"{field}\" is not of the type it must have.");
            builder.warn("field-of-wrong-type", field, text);
        }
    }
    if raw.external_refs.wrong {
        builder.warn(
            "field-of-wrong-type",
            "externalRefs",
            "The external references are no list.",
        );
    }
    component.bom_ref = raw.id.into_owned();
    component.name = raw.name.into_owned().unwrap_or_default();
    component.version = stated(raw.version_info);
    component.supplier = stated(raw.supplier)
        .or_else(|| stated(raw.originator))
        .map(party);
    if let Some(purpose) = stated(raw.primary_package_purpose) {
        component.kind = purpose.to_ascii_lowercase().replace('_', "-");
    }
    for license in [stated(raw.license_concluded), stated(raw.license_declared)] {
        component
            .licenses
            .extend(license.filter(|text| !component.licenses.contains(text)));
    }
    if let Some(text) = raw.source_info.get() {
        component.note_source_info(text);
    }
    component.hashes = raw
        .checksums
        .items
        .into_iter()
        .filter_map(hash_pair)
        .collect();
    for reference in raw.external_refs.items.into_iter().filter_map(Object::get) {
        read_reference(reference, &mut component);
    }
    if component.name.is_empty() {
        builder.warn("name-missing", "name", "The package has no name.");
    }
    if let Some(code) = component.identify() {
        let purl = component.purl_text.as_deref().unwrap_or_default();
        let text = format!("The package URL {purl:?} cannot be read ({code}).");
        builder.warn("purl-invalid", "externalRefs", text);
    }
    component
}

/// The category is left aside: it is spelled `PACKAGE-MANAGER`, `PACKAGE_MANAGER` or wrongly, and
/// the type alone is clear.
fn read_reference(reference: RawExternalRef<'_>, component: &mut Component) {
    let kind = reference
        .reference_type
        .get()
        .unwrap_or_default()
        .to_ascii_lowercase();
    // SPDX allows the type as a URI; its last part is the name.
    match kind.rsplit('/').next().unwrap_or_default() {
        "purl" if component.purl_text.is_none() => {
            component.purl_text = reference.reference_locator.into_owned();
        }
        "cpe23type" | "cpe22type" if component.cpe.is_none() => {
            component.cpe = reference.reference_locator.into_owned();
        }
        _ => {}
    }
}

fn hash_pair(checksum: Object<RawChecksum<'_>>) -> Option<(String, String)> {
    let checksum = checksum.get()?;
    let mut value = checksum.checksum_value.into_owned()?;
    value.make_ascii_lowercase();
    Some((checksum.algorithm.into_owned()?, value))
}

fn stated(text: Text<'_>) -> Option<String> {
    text.into_owned()
        .filter(|text| !matches!(text.trim(), "NOASSERTION" | "NONE"))
}

/// `Organization: Example GmbH (mail@example.org)` without its kind.
fn party(text: String) -> String {
    let kinds = ["Organization:", "Person:", "Tool:"];
    let name = kinds.iter().find_map(|kind| text.strip_prefix(kind));
    name.map(|name| name.trim().to_owned()).unwrap_or(text)
}
