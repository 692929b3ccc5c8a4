//! Components of a CycloneDX document. Nested ones are read where they stand; how deep that can go
//! was bounded before the parser began.

use std::fmt;

use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};

use super::document::stop;
use crate::json::lenient::{List, Object, Seen, Text};
use crate::sbom::builder::Builder;
use crate::sbom::{Component, Sbom};

/// Licences and hashes kept per component.
const PER_COMPONENT_MAX: usize = 64;

/// Properties looked at per component.
const PROPERTIES_MAX: usize = 4_096;

/// Where a component belongs.
#[derive(Clone, Copy)]
pub(super) enum Slot {
    /// `metadata.component`.
    Subject,
    /// A list; with the index of the component it is nested in.
    Listed { parent: Option<u32> },
}

/// A list of components.
pub(super) struct ComponentsSeed<'s, 'l> {
    pub builder: &'s mut Builder<'l>,
    /// The list's name, for places.
    pub list: &'static str,
    /// The component it is nested in; [`Sbom::SUBJECT`] for the subject.
    pub parent: Option<u32>,
}

impl<'de> DeserializeSeed<'de> for ComponentsSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ComponentsSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of components")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    // A map is not "no components": reading on would show a product as clean that was never read.
    // Every other type is refused by the visitor itself.
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        self.builder.path.push((self.list, 0));
        let slot = Slot::Listed {
            parent: self.parent,
        };
        loop {
            let seed = ComponentSeed {
                builder: &mut *self.builder,
                slot,
            };
            if seq.next_element_seed(seed)?.is_none() {
                break;
            }
            if let Some((_, index)) = self.builder.path.last_mut() {
                *index += 1;
            }
        }
        self.builder.path.pop();
        Ok(())
    }
}

/// One component. `Some` only for the subject; a listed one goes to its place in the builder.
pub(super) struct ComponentSeed<'s, 'l> {
    pub builder: &'s mut Builder<'l>,
    pub slot: Slot,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(field_identifier, rename_all = "camelCase")]
enum Key {
    #[serde(rename = "bom-ref")]
    BomRef,
    Type,
    Group,
    Name,
    Version,
    Purl,
    Cpe,
    Supplier,
    Manufacturer,
    Publisher,
    Author,
    Licenses,
    Hashes,
    Components,
    Properties,
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct RawParty<'a> {
    #[serde(borrow, default)]
    name: Text<'a>,
}

#[derive(Deserialize)]
struct RawLicenseChoice<'a> {
    #[serde(borrow, default)]
    license: Object<RawLicense<'a>>,
    #[serde(borrow, default)]
    expression: Text<'a>,
}

#[derive(Deserialize)]
struct RawLicense<'a> {
    #[serde(borrow, default)]
    id: Text<'a>,
    #[serde(borrow, default)]
    name: Text<'a>,
}

#[derive(Deserialize)]
struct RawHash<'a> {
    #[serde(borrow, default)]
    alg: Text<'a>,
    #[serde(borrow, default)]
    content: Text<'a>,
}

#[derive(Deserialize)]
struct RawProperty<'a> {
    #[serde(borrow, default)]
    name: Text<'a>,
    #[serde(borrow, default)]
    value: Text<'a>,
}

impl<'de> DeserializeSeed<'de> for ComponentSeed<'_, '_> {
    type Value = Option<Component>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ComponentSeed<'_, '_> {
    type Value = Option<Component>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a component")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        match self.slot {
            Slot::Subject => Ok(None),
            Slot::Listed { .. } => Err(E::invalid_type(Unexpected::Unit, &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let builder = self.builder;
        let place = match self.slot {
            Slot::Subject => None,
            Slot::Listed { parent } => Some(take_place(builder, parent)?),
        };
        let mut component = Component::unreadable();
        let mut odd: Option<&'static str> = None;
        let mut seen = Seen::default();
        while let Some(key) = map.next_key::<Key>()? {
            if !matches!(key, Key::Other) {
                seen.once(key as u32)?;
            }
            if let Key::Components = key {
                let parent = Some(place.unwrap_or(Sbom::SUBJECT));
                let list = match place {
                    Some(_) => "components",
                    None => "metadata/component/components",
                };
                let builder = &mut *builder;
                map.next_value_seed(ComponentsSeed {
                    builder,
                    list,
                    parent,
                })?;
            } else {
                odd = read_field(&key, &mut map, &mut component)?.or(odd);
            }
        }
        complete(builder, &mut component, odd);
        Ok(match place {
            Some(place) => {
                builder.sbom.components[place as usize] = component;
                None
            }
            None => Some(component),
        })
    }
}

fn take_place<E: Error>(builder: &mut Builder<'_>, parent: Option<u32>) -> Result<u32, E> {
    let place = match builder.reserve() {
        Ok(place) => place,
        Err(error) => return Err(stop(builder, error)),
    };
    if let Some(parent) = parent {
        builder.sbom.contains.push((parent, place));
    }
    Ok(place)
}

/// Reads one field; the answer is its name when it had the wrong type.
fn read_field<'de, A: MapAccess<'de>>(
    key: &Key,
    map: &mut A,
    into: &mut Component,
) -> Result<Option<&'static str>, A::Error> {
    let (slot, name) = match key {
        Key::BomRef => (&mut into.bom_ref, "bom-ref"),
        Key::Group => (&mut into.group, "group"),
        Key::Version => (&mut into.version, "version"),
        Key::Purl => (&mut into.purl_text, "purl"),
        Key::Cpe => (&mut into.cpe, "cpe"),
        _ => return read_other(key, map, into),
    };
    let text = map.next_value::<Text<'de>>()?;
    let odd = text.is_odd().then_some(name);
    *slot = text.into_owned();
    Ok(odd)
}

fn read_other<'de, A: MapAccess<'de>>(
    key: &Key,
    map: &mut A,
    into: &mut Component,
) -> Result<Option<&'static str>, A::Error> {
    match key {
        Key::Type | Key::Name => {
            let text = map.next_value::<Text<'de>>()?;
            let (slot, name) = match key {
                Key::Type => (&mut into.kind, "type"),
                _ => (&mut into.name, "name"),
            };
            let odd = text.is_odd().then_some(name);
            if let Some(text) = text.into_owned() {
                *slot = text;
            }
            Ok(odd)
        }
        Key::Supplier | Key::Manufacturer => {
            let party = map.next_value::<Object<RawParty<'de>>>()?.get();
            let name = party.and_then(|party| party.name.into_owned());
            // The supplier is whom CycloneDX asks first; the others only stand in for it.
            if matches!(key, Key::Supplier) || into.supplier.is_none() {
                into.supplier = name.or(into.supplier.take());
            }
            Ok(None)
        }
        Key::Publisher | Key::Author => {
            let name = map.next_value::<Text<'de>>()?.into_owned();
            if into.supplier.is_none() {
                into.supplier = name;
            }
            Ok(None)
        }
        Key::Licenses => {
            let list: List<Object<RawLicenseChoice<'de>>, PER_COMPONENT_MAX> = map.next_value()?;
            let odd = list.wrong.then_some("licenses");
            into.licenses = list.items.into_iter().filter_map(license_text).collect();
            Ok(odd)
        }
        Key::Hashes => {
            let list: List<Object<RawHash<'de>>, PER_COMPONENT_MAX> = map.next_value()?;
            let odd = list.wrong.then_some("hashes");
            into.hashes = list.items.into_iter().filter_map(hash_pair).collect();
            Ok(odd)
        }
        Key::Properties => {
            let list: List<Object<RawProperty<'de>>, PROPERTIES_MAX> = map.next_value()?;
            for property in list.items.into_iter().filter_map(Object::get) {
                if let (Some(name), Some(value)) = (property.name.get(), property.value.get()) {
                    into.note_property(name, value);
                }
            }
            Ok(None)
        }
        _ => {
            map.next_value::<IgnoredAny>()?;
            Ok(None)
        }
    }
}

fn license_text(choice: Object<RawLicenseChoice<'_>>) -> Option<String> {
    let choice = choice.get()?;
    if let Some(license) = choice.license.get() {
        return license
            .id
            .into_owned()
            .or_else(|| license.name.into_owned());
    }
    choice.expression.into_owned()
}

fn hash_pair(hash: Object<RawHash<'_>>) -> Option<(String, String)> {
    let hash = hash.get()?;
    let mut value = hash.content.into_owned()?;
    value.make_ascii_lowercase();
    Some((hash.alg.into_owned()?, value))
}

fn complete(builder: &mut Builder<'_>, component: &mut Component, odd: Option<&'static str>) {
    if let Some(field) = odd {
        let text = format!("The field \"{field}\" is not of the type it must have.");
        builder.warn("field-of-wrong-type", field, text);
    }
    if component.name.is_empty() {
        builder.warn("name-missing", "name", "The component has no name.");
    }
    if let Some(code) = component.identify() {
        let purl = component.purl_text.as_deref().unwrap_or_default();
        let text = format!("The package URL {purl:?} cannot be read ({code}).");
        builder.warn("purl-invalid", "purl", text);
    }
}
