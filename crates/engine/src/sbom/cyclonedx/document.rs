//! The top object of a CycloneDX document, its metadata and its dependencies.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::component::{ComponentSeed, ComponentsSeed, Slot};
use super::dependencies::DependenciesSeed;
use crate::json::lenient::{List, Object, Seen, Text, drain_seq};
use crate::sbom::SbomError;
use crate::sbom::builder::Builder;

/// Tools and authors kept.
const TOOLS_MAX: usize = 100;

/// What is needed after the pass: texts that were borrowed from the input.
#[derive(Default)]
pub(super) struct RawDocument<'a> {
    pub spec_version: Text<'a>,
    /// The `ref` of every entry of `dependencies`.
    pub owners: Vec<Cow<'a, str>>,
    /// Index into `owners`, and what that one depends on.
    pub targets: Vec<(u32, Cow<'a, str>)>,
}

pub(super) struct DocumentSeed<'s, 'l> {
    pub builder: &'s mut Builder<'l>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(field_identifier, rename_all = "camelCase")]
enum DocumentKey {
    SpecVersion,
    SerialNumber,
    Version,
    Metadata,
    Components,
    Dependencies,
    #[serde(other)]
    Other,
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
        f.write_str("a CycloneDX document")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut raw = RawDocument::default();
        let builder = self.builder;
        let mut seen = Seen::default();
        while let Some(key) = map.next_key::<DocumentKey>()? {
            if !matches!(key, DocumentKey::Other) {
                seen.once(key as u32)?;
            }
            match key {
                DocumentKey::SpecVersion => raw.spec_version = map.next_value()?,
                DocumentKey::SerialNumber => {
                    builder.sbom.serial_number = map.next_value::<Text<'_>>()?.into_owned();
                }
                DocumentKey::Version => {
                    let version = map.next_value::<Text<'_>>()?;
                    builder.sbom.document_version = version.get().and_then(|v| v.parse().ok());
                }
                DocumentKey::Metadata => {
                    map.next_value_seed(MetadataSeed {
                        builder: &mut *builder,
                    })?;
                }
                DocumentKey::Components => {
                    let list = "components";
                    map.next_value_seed(ComponentsSeed {
                        builder: &mut *builder,
                        list,
                        parent: None,
                    })?;
                }
                DocumentKey::Dependencies => map.next_value_seed(DependenciesSeed {
                    builder: &mut *builder,
                    raw: &mut raw,
                })?,
                DocumentKey::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        // CycloneDX: the version of a document is 1 when it is not given.
        builder.sbom.document_version.get_or_insert(1);
        Ok(raw)
    }
}

struct MetadataSeed<'s, 'l> {
    builder: &'s mut Builder<'l>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(field_identifier, rename_all = "camelCase")]
enum MetadataKey {
    Timestamp,
    Tools,
    Component,
    #[serde(other)]
    Other,
}

impl<'de> DeserializeSeed<'de> for MetadataSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for MetadataSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object \"metadata\"")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = Seen::default();
        while let Some(key) = map.next_key::<MetadataKey>()? {
            if !matches!(key, MetadataKey::Other) {
                seen.once(key as u32)?;
            }
            match key {
                MetadataKey::Timestamp => {
                    self.builder.sbom.created_at_text = map.next_value::<Text<'_>>()?.into_owned();
                }
                MetadataKey::Tools => self.builder.sbom.tools = map.next_value::<Tools>()?.0,
                MetadataKey::Component => {
                    let builder = &mut *self.builder;
                    let seed = ComponentSeed {
                        builder,
                        slot: Slot::Subject,
                    };
                    self.builder.sbom.subject = map.next_value_seed(seed)?;
                }
                MetadataKey::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

/// `metadata.tools`: a list up to 1.4, an object of components and services since 1.5.
struct Tools(Vec<String>);

#[derive(Deserialize)]
struct RawTool<'a> {
    #[serde(borrow, default)]
    vendor: Text<'a>,
    #[serde(borrow, default)]
    group: Text<'a>,
    #[serde(borrow, default)]
    name: Text<'a>,
    #[serde(borrow, default)]
    version: Text<'a>,
}

struct ToolsVisitor;

impl<'de> Deserialize<'de> for Tools {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ToolsVisitor)
    }
}

impl<'de> Visitor<'de> for ToolsVisitor {
    type Value = Tools;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of tools")
    }

    fn visit_unit<E>(self) -> Result<Tools, E> {
        Ok(Tools(Vec::new()))
    }

    fn visit_str<E>(self, name: &str) -> Result<Tools, E> {
        Ok(Tools(vec![name.to_owned()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tools, A::Error> {
        let mut tools = Vec::new();
        while tools.len() < TOOLS_MAX {
            match seq.next_element::<Object<RawTool<'_>>>()? {
                Some(tool) => tools.extend(tool.get().and_then(tool_text)),
                None => return Ok(Tools(tools)),
            }
        }
        drain_seq(seq)?;
        Ok(Tools(tools))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tools, A::Error> {
        let mut tools = Vec::new();
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            if matches!(key.as_ref(), "components" | "services") {
                let list: List<Object<RawTool<'_>>, TOOLS_MAX> = map.next_value()?;
                tools.extend(
                    list.items
                        .into_iter()
                        .filter_map(Object::get)
                        .filter_map(tool_text),
                );
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        tools.truncate(TOOLS_MAX);
        Ok(Tools(tools))
    }
}

fn tool_text(tool: RawTool<'_>) -> Option<String> {
    let maker = tool.vendor.get().or_else(|| tool.group.get());
    let parts: Vec<&str> = [maker, tool.name.get(), tool.version.get()]
        .into_iter()
        .flatten()
        .collect();
    tool.name.get().map(|_| parts.join(" "))
}

/// Leaves the reason with the builder and stops the parser.
pub(super) fn stop<E: serde::de::Error>(builder: &mut Builder<'_>, error: SbomError) -> E {
    builder.fault = Some(error);
    E::custom("stopped")
}
