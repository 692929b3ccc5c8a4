//! The key under which SBOMs and advisories meet: an OSV ecosystem and a package name in the one
//! spelling used for look-up.

use serde::{Deserialize, Serialize};

use crate::ecosystem;

/// A package, without a version. Two keys are equal exactly when they mean the same package.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PackageKey {
    /// OSV's name, as in `npm`, `crates.io` or `Debian:12`; as written when unknown to us.
    #[serde(rename = "e")]
    pub ecosystem: String,
    /// Normalised for look-up, as in `@babel/core` or `org.apache.logging.log4j:log4j-core`.
    #[serde(rename = "n")]
    pub name: String,
}

impl PackageKey {
    /// The key of a package as an OSV record names it. Ecosystems we do not know keep their text,
    /// so that nothing is lost; [`PackageKey::is_supported`] tells them apart.
    #[must_use]
    pub fn from_osv(ecosystem: &str, name: &str) -> Self {
        let (ecosystem, name) = (ecosystem.trim(), name.trim());
        match ecosystem::find(ecosystem) {
            Some(known) => Self {
                ecosystem: known.canonical_name(ecosystem),
                name: (known.normalize_name)(name),
            },
            None => Self {
                ecosystem: ecosystem.to_owned(),
                name: name.to_owned(),
            },
        }
    }

    /// Whether components can have a key of this ecosystem, so that its advisories can match.
    #[must_use]
    pub fn is_supported(&self) -> bool {
        ecosystem::find(&self.ecosystem).is_some_and(|known| known.is_supported())
    }
}

impl std::fmt::Display for PackageKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.ecosystem, self.name)
    }
}
