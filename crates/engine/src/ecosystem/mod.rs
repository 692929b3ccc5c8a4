//! The ecosystems we can match, one thin file each: OSV name, purl type, how a name is normalised,
//! how a purl becomes a name, and which version order applies. The orders themselves are shared
//! and live in `version`.
//!
//! To add an ecosystem: one file here, one line in [`ALL`], fixtures in `fixtures/versions` and
//! `fixtures/matches`.

mod crates_io;
mod go;
mod maven;
mod npm;
mod pypi;

use crate::package::PackageKey;
use crate::purl::Purl;
use crate::version::Order;

/// What we know about one ecosystem.
#[derive(Debug)]
pub struct Ecosystem {
    /// OSV's name for it, without a suffix.
    pub osv: &'static str,
    /// The purl type that leads to it.
    pub purl_type: &'static str,
    /// How its versions are ordered.
    pub order: Order,
    /// The one spelling of a name.
    pub normalize_name: fn(&str) -> String,
    /// The name an advisory would use, from a purl; not yet normalised.
    pub(crate) name_of: fn(&Purl) -> Result<String, Unmapped>,
    /// Less certain names, after the first one.
    pub(crate) guesses: fn(&str) -> Vec<String>,
}

/// Every ecosystem we can match, by OSV name.
pub const ALL: &[&Ecosystem] = &[
    &crates_io::ECOSYSTEM,
    &go::ECOSYSTEM,
    &maven::ECOSYSTEM,
    &npm::ECOSYSTEM,
    &pypi::ECOSYSTEM,
];

/// Why a purl leads to no package key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unmapped {
    /// We do not match this purl type yet.
    #[error("packages of this purl type cannot be checked yet")]
    TypeNotSupported,
    /// The type needs a namespace and there is none (Maven's group).
    #[error("the package URL lacks the namespace that this type needs")]
    NamespaceMissing,
    /// The type names no packages of a public registry (`generic`, `docker`, `swid`).
    #[error("this purl type does not name a package that advisories know")]
    NoRegistry,
}

impl Unmapped {
    /// The stable code of this reason.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TypeNotSupported => "ecosystem-not-supported",
            Self::NamespaceMissing => "purl-namespace-missing",
            Self::NoRegistry => "ecosystem-without-advisories",
        }
    }
}

/// The ecosystem of an OSV name, with or without a suffix such as a registry's address. The
/// address is left aside on purpose: a flaw in a package of a mirror is a flaw in the package.
#[must_use]
pub fn find(osv: &str) -> Option<&'static Ecosystem> {
    let base = osv.split_once(':').map_or(osv, |(base, _)| base);
    ALL.iter()
        .copied()
        .find(|known| known.osv.eq_ignore_ascii_case(base))
}

/// The key of a purl, or why there is none.
///
/// # Errors
/// [`Unmapped`] says why advisories cannot be found for this purl.
pub fn key_of(purl: &Purl) -> Result<PackageKey, Unmapped> {
    let known = of_type(purl)?;
    let name = (known.name_of)(purl)?;
    Ok(PackageKey {
        ecosystem: known.osv.to_owned(),
        name: (known.normalize_name)(&name),
    })
}

/// The key of a purl and the guesses after it, see [`Purl::package_candidates`].
#[must_use]
pub fn candidates_of(purl: &Purl) -> Vec<PackageKey> {
    let (Ok(known), Ok(first)) = (of_type(purl), key_of(purl)) else {
        return Vec::new();
    };
    let guesses = (known.guesses)(&first.name);
    let mut keys = vec![first];
    keys.extend(guesses.into_iter().map(|name| PackageKey {
        ecosystem: known.osv.to_owned(),
        name,
    }));
    keys
}

fn of_type(purl: &Purl) -> Result<&'static Ecosystem, Unmapped> {
    if matches!(
        purl.ty.as_str(),
        "generic" | "docker" | "oci" | "swid" | "mlflow"
    ) {
        return Err(Unmapped::NoRegistry);
    }
    let found = ALL.iter().copied().find(|known| known.purl_type == purl.ty);
    found.ok_or(Unmapped::TypeNotSupported)
}

fn no_guesses(_: &str) -> Vec<String> {
    Vec::new()
}
