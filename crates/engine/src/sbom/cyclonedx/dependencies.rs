//! The dependency graph of a CycloneDX document, as references; they become indexes when all
//! components are known.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::document::{RawDocument, stop};
use crate::json::lenient::Text;
use crate::sbom::builder::Builder;

pub(super) struct DependenciesSeed<'s, 'l, 'de> {
    pub builder: &'s mut Builder<'l>,
    pub raw: &'s mut RawDocument<'de>,
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
