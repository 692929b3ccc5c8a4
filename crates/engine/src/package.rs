//! The key under which SBOMs and advisories meet: an OSV ecosystem and a package name in the one
//! spelling used for look-up.

use serde::{Deserialize, Serialize};

use crate::ecosystem;
use crate::purl::Purl;

/// Longest name or address made into a key, in bytes.
const PRODUCT_BYTES_MAX: usize = 500;

/// A package, without a version. Two keys are equal exactly when they mean the same package.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PackageKey {
    /// OSV's name, as in `npm`, `crates.io` or `Debian:12`; as written when unknown to us.
    #[serde(rename = "e")]
    pub ecosystem: String,
    /// Normalised for look-up, as in `@babel/core` or `org.apache.logging.log4j:log4j-core`.
    #[serde(rename = "n")]
    pub name: String,
}

impl PackageKey {
    /// The ecosystem of keys made from CPE names: `vendor:product`, see [`crate::cpe::Cpe::package`].
    pub const CPE: &'static str = "cpe";
    /// The ecosystem of keys made from repositories, see [`PackageKey::of_repository`].
    pub const GIT: &'static str = "GIT";
    /// The ecosystem of keys made from a product's bare name, see [`PackageKey::of_product`]. Names
    /// are no identities: what is found under one is possible, never certain.
    pub const NAME: &'static str = "name";

    /// The key of a product of which only the name is known: lower case, and what separates words
    /// is one hyphen. `None` for names that say nothing (`n/a`, `unknown`).
    #[must_use]
    pub fn of_product(name: &str) -> Option<Self> {
        let mut words: Vec<String> = name
            .split(|c: char| !c.is_alphanumeric() && c != '+' && c != '#')
            .map(str::to_lowercase)
            .collect();
        words.retain(|word| !word.is_empty());
        let name = words.join("-");
        let says_nothing = matches!(
            name.as_str(),
            "" | "n-a" | "na" | "unknown" | "none" | "all"
        );
        (!says_nothing && name.len() <= PRODUCT_BYTES_MAX).then(|| Self {
            ecosystem: Self::NAME.to_owned(),
            name,
        })
    }

    /// The key of a repository by its address in any spelling: host and path, without scheme,
    /// user, `.git` and the letter case of hosts that have none. `None` for what is no address.
    #[must_use]
    pub fn of_repository(address: &str) -> Option<Self> {
        let address = address.trim();
        let address = address.strip_prefix("git+").unwrap_or(address);
        let rest = match address.split_once("://") {
            Some((_, rest)) => rest.to_owned(),
            // As in "git@example.org:group/project".
            None => address.split_once('@')?.1.replacen(':', "/", 1),
        };
        let rest = rest.split(['?', '#']).next().unwrap_or_default();
        let (host, path) = rest.split_once('/')?;
        let host = host
            .rsplit('@')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let path = path.trim_matches('/');
        let path = path.strip_suffix(".git").unwrap_or(path);
        if host.is_empty() || path.is_empty() || address.len() > PRODUCT_BYTES_MAX {
            return None;
        }
        let has_no_case = matches!(host.as_str(), "github.com" | "gitlab.com" | "bitbucket.org");
        let path = match has_no_case {
            true => path.to_ascii_lowercase(),
            false => path.to_owned(),
        };
        Some(Self {
            ecosystem: Self::GIT.to_owned(),
            name: format!("{host}/{path}"),
        })
    }

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

    /// The repository behind a package URL: those of the types `github` and `bitbucket`, and any with
    /// a `vcs_url`. Its version is a tag or a commit then.
    #[must_use]
    pub fn of_repository_purl(purl: &Purl) -> Option<Self> {
        let host = match purl.ty.as_str() {
            "github" => Some("github.com"),
            "bitbucket" => Some("bitbucket.org"),
            "gitlab" => Some("gitlab.com"),
            _ => None,
        };
        if let (Some(host), Some(namespace)) = (host, &purl.namespace) {
            return Self::of_repository(&format!("https://{host}/{namespace}/{}", purl.name));
        }
        let address = purl.qualifiers.get("vcs_url")?;
        // A commit or a tag may follow the address.
        let (address, _) = split_revision(address);
        Self::of_repository(address)
    }

    /// Whether components can have a key of this ecosystem, so that its advisories can match.
    #[must_use]
    pub fn is_supported(&self) -> bool {
        matches!(self.ecosystem.as_str(), Self::CPE | Self::GIT | Self::NAME)
            || ecosystem::find(&self.ecosystem).is_some_and(|known| known.is_supported())
    }
}

/// The address and what stands after the `@` behind its path (SPDX and pip write commits there).
pub(crate) fn split_revision(address: &str) -> (&str, Option<&str>) {
    let address = address.split('#').next().unwrap_or_default();
    match address.rsplit_once('@') {
        Some((before, revision)) if !revision.contains(['/', ':']) => (before, Some(revision)),
        _ => (address, None),
    }
}

impl std::fmt::Display for PackageKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.ecosystem, self.name)
    }
}
