//! The top object of an SPDX 2.x document, its relationships and the ids of its files.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::package::PackagesSeed;
use crate::json::lenient::{List, Object, Seen, Text};
use crate::sbom::SbomError;
use crate::sbom::builder::Builder;

/// Creators kept.
const CREATORS_MAX: usize = 100;
/// Described elements kept.
const DESCRIBES_MAX: usize = 100_000;

/// What is needed after the pass: texts that were borrowed from the input.
#[derive(Default)]
pub(super) struct RawDocument<'a> {
    pub describes: Vec<Cow<'a, str>>,
    pub relationships: Vec<Relationship<'a>>,
    /// Ids of files: relationships may lead to them.
    pub files: Vec<Cow<'a, str>>,
}

pub(super) struct Relationship<'a> {
    pub from: Cow<'a, str>,
    pub kind: Cow<'a, str>,
    pub to: Cow<'a, str>,
}

pub(super) struct DocumentSeed<'s, 'l> {
    pub builder: &'s mut Builder<'l>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(field_identifier, rename_all = "camelCase")]
enum Key {
    SpdxVersion,
    Name,
    DocumentNamespace,
    CreationInfo,
    DocumentDescribes,
    Packages,
    Relationships,
    Files,
    #[serde(other)]
    Other,
}

#[derive(Deserialize, Default)]
struct RawCreation<'a> {
    #[serde(borrow, default)]
    created: Text<'a>,
    #[serde(borrow, default)]
    creators: List<Text<'a>, CREATORS_MAX>,
}

impl<'de> DeserializeSeed<'de> for DocumentSeed<'_, '_> {
    type Value = RawDocument<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for DocumentSeed<'_, '_> {
    type Value = RawDocument<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an SPDX document")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut raw = RawDocument::default();
        let builder = self.builder;
        let mut seen = Seen::default();
        while let Some(key) = map.next_key::<Key>()? {
            if !matches!(key, Key::Other) {
                seen.once(key as u32)?;
            }
            match key {
                Key::SpdxVersion => {
                    let version = map.next_value::<Text<'_>>()?.into_owned();
                    builder.sbom.spec_version = version.unwrap_or_default();
                }
                Key::Name => builder.sbom.name = map.next_value::<Text<'_>>()?.into_owned(),
                Key::DocumentNamespace => {
                    builder.sbom.serial_number = map.next_value::<Text<'_>>()?.into_owned();
                }
                Key::CreationInfo => {
                    let creation = map.next_value::<Object<RawCreation<'_>>>()?;
                    let creation = creation.get().unwrap_or_default();
                    builder.sbom.created_at_text = creation.created.into_owned();
                    let creators = creation.creators.items.iter().filter_map(Text::get);
                    let tools = creators.filter_map(|creator| creator.trim().strip_prefix("Tool:"));
                    builder.sbom.tools = tools.map(|tool| tool.trim().to_owned()).collect();
                }
                Key::DocumentDescribes => {
                    let list: List<Text<'de>, DESCRIBES_MAX> = map.next_value()?;
                    raw.describes = list.items.into_iter().filter_map(Text::into_cow).collect();
                }
                Key::Packages => map.next_value_seed(PackagesSeed {
                    builder: &mut *builder,
                })?,
                Key::Relationships => map.next_value_seed(RelationshipsSeed {
                    builder: &mut *builder,
                    raw: &mut raw,
                })?,
                Key::Files => map.next_value_seed(FilesSeed { raw: &mut raw })?,
                Key::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(raw)
    }
}

struct RelationshipsSeed<'s, 'l, 'de> {
    builder: &'s mut Builder<'l>,
    raw: &'s mut RawDocument<'de>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawRelationship<'a> {
    #[serde(borrow, default)]
    spdx_element_id: Text<'a>,
    #[serde(borrow, default)]
    relationship_type: Text<'a>,
    #[serde(borrow, default)]
    related_spdx_element: Text<'a>,
}

impl<'de> DeserializeSeed<'de> for RelationshipsSeed<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for RelationshipsSeed<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list \"relationships\"")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(raw) = seq.next_element::<Object<RawRelationship<'de>>>()? {
            if self.raw.relationships.len() >= self.builder.limits.dependencies_max {
                let error = self.builder.too_many_dependencies();
                return Err(stop(self.builder, error));
            }
            let Some(raw) = raw.get() else { continue };
            let from = raw.spdx_element_id.into_cow();
            let kind = raw.relationship_type.into_cow();
            let to = raw.related_spdx_element.into_cow();
            if let (Some(from), Some(kind), Some(to)) = (from, kind, to) {
                self.raw.relationships.push(Relationship { from, kind, to });
            }
        }
        Ok(())
    }
}

struct FilesSeed<'s, 'de> {
    raw: &'s mut RawDocument<'de>,
}

#[derive(Deserialize)]
struct RawFile<'a> {
    #[serde(rename = "SPDXID", borrow, default)]
    id: Text<'a>,
}

impl<'de> DeserializeSeed<'de> for FilesSeed<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for FilesSeed<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list \"files\"")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(file) = seq.next_element::<Object<RawFile<'de>>>()? {
            self.raw
                .files
                .extend(file.get().and_then(|file| file.id.into_cow()));
        }
        Ok(())
    }
}

/// Leaves the reason with the builder and stops the parser.
pub(super) fn stop<E: Error>(builder: &mut Builder<'_>, error: SbomError) -> E {
    builder.fault = Some(error);
    E::custom("stopped")
}
