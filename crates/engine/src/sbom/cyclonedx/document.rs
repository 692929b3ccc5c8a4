//! The top object of a CycloneDX document, its metadata and its dependencies.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::component::{ComponentSeed, ComponentsSeed, Slot};
use crate::json::lenient::{List, Object, Text, drain_map, drain_seq};
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

#[derive(Deserialize)]
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
        while let Some(key) = map.next_key()? {
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

#[derive(Deserialize)]
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
        while let Some(key) = map.next_key()? {
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

struct DependenciesSeed<'s, 'l, 'de> {
    builder: &'s mut Builder<'l>,
    raw: &'s mut RawDocument<'de>,
}

impl<'de> DeserializeSeed<'de> for DependenciesSeed<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for DependenciesSeed<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list \"dependencies\"")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        self.builder.warn(
            "dependencies-unreadable",
            "dependencies",
            "The dependencies are no list.",
        );
        drain_map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        loop {
            let owner = u32::try_from(self.raw.owners.len()).unwrap_or(u32::MAX);
            let seed = DependencySeed {
                builder: &mut *self.builder,
                raw: &mut *self.raw,
                owner,
            };
            if seq.next_element_seed(seed)?.is_none() {
                return Ok(());
            }
        }
    }
}

/// One entry `{ref, dependsOn}`. Its targets are kept even when `ref` comes after them.
struct DependencySeed<'s, 'l, 'de> {
    builder: &'s mut Builder<'l>,
    raw: &'s mut RawDocument<'de>,
    owner: u32,
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "camelCase")]
enum DependencyKey {
    Ref,
    DependsOn,
    #[serde(other)]
    Other,
}

impl<'de> DeserializeSeed<'de> for DependencySeed<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for DependencySeed<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a dependency {\"ref\", \"dependsOn\"}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut own = Text::Absent;
        while let Some(key) = map.next_key()? {
            match key {
                DependencyKey::Ref => own = map.next_value()?,
                DependencyKey::DependsOn => {
                    let max = self.builder.limits.dependencies_max;
                    let room = max.saturating_sub(self.raw.targets.len());
                    let targets = TargetsSeed {
                        raw: &mut *self.raw,
                        owner: self.owner,
                        room,
                    };
                    if !map.next_value_seed(targets)? {
                        let error = self.builder.too_many_dependencies();
                        return Err(stop(self.builder, error));
                    }
                }
                DependencyKey::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        if self.raw.owners.len() >= self.builder.limits.dependencies_max {
            let error = self.builder.too_many_dependencies();
            return Err(stop(self.builder, error));
        }
        self.raw.owners.push(match own {
            Text::Is(text) => text,
            Text::Converted(text) => Cow::Owned(text),
            Text::Absent | Text::Wrong => Cow::Borrowed(""),
        });
        Ok(())
    }
}

/// A list of references; `false` when there are more than `room`.
struct TargetsSeed<'s, 'de> {
    raw: &'s mut RawDocument<'de>,
    owner: u32,
    room: usize,
}

impl<'de> DeserializeSeed<'de> for TargetsSeed<'_, 'de> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TargetsSeed<'_, 'de> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of references")
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<bool, A::Error> {
        let mut room = self.room;
        while let Some(text) = seq.next_element::<Text<'de>>()? {
            if room == 0 {
                return Ok(false);
            }
            room -= 1;
            match text {
                Text::Is(text) => self.raw.targets.push((self.owner, text)),
                Text::Converted(text) => self.raw.targets.push((self.owner, Cow::Owned(text))),
                Text::Absent | Text::Wrong => {}
            }
        }
        Ok(true)
    }
}

/// Leaves the reason with the builder and stops the parser.
pub(super) fn stop<E: serde::de::Error>(builder: &mut Builder<'_>, error: SbomError) -> E {
    builder.fault = Some(error);
    E::custom("stopped")
}
