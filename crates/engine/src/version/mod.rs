//! Version orders. Each order reads a text once into a [`Version`]; two versions of one order are
//! compared totally and transitively. A text that an order cannot read is an error with a code,
//! never "older" or "newer".

mod digits;
mod go;
mod maven;
mod pep440;
mod semver;

use std::cmp::Ordering;

use crate::ecosystem;

/// Longest version text we read, in bytes; longer ones are no versions.
pub const VERSION_BYTES_MAX: usize = 512;

/// A strategy by which versions are ordered; several ecosystems may share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Semantic Versioning 2.0 §11, tolerant of `v`, of fewer or more than three numbers.
    Semver,
    /// The same, plus Go's own spellings: `go1.21rc2`, `+incompatible`, pseudo-versions.
    Go,
    /// PEP 440.
    Pep440,
    /// Maven's version order (POM reference, "Version Order Specification").
    Maven,
}

/// A version, read once.
#[derive(Debug, Clone)]
pub struct Version(Parsed);

#[derive(Debug, Clone)]
enum Parsed {
    Semver(semver::SemverVersion),
    Pep440(Box<pep440_rs::Version>),
    Maven(maven::MavenVersion),
}

/// Why a version cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VersionError {
    /// The ecosystem's version order is not known to us.
    #[error("we do not know how versions of {0:?} are ordered")]
    UnknownEcosystem(String),
    /// No text at all.
    #[error("the version is empty")]
    Empty,
    /// Longer than [`VERSION_BYTES_MAX`].
    #[error("the version is longer than {VERSION_BYTES_MAX} bytes")]
    TooLong,
    /// The text is no version of this ecosystem.
    #[error("{text:?} is no version by the rules of {order}")]
    Unparsable {
        /// The rules tried, in words.
        order: &'static str,
        /// The text, as it came.
        text: String,
    },
}

impl VersionError {
    /// The stable code of this error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownEcosystem(_) => "version-order-unknown",
            Self::Empty => "version-missing",
            Self::TooLong => "version-too-long",
            Self::Unparsable { .. } => "version-unparsable",
        }
    }
}

impl Order {
    /// The rules in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Semver => "Semantic Versioning",
            Self::Go => "Go modules",
            Self::Pep440 => "PEP 440",
            Self::Maven => "Maven",
        }
    }

    /// Reads a version by this order.
    ///
    /// # Errors
    /// [`VersionError`] when the text is empty, too long, or no version by these rules.
    pub fn parse(self, text: &str) -> Result<Version, VersionError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(VersionError::Empty);
        }
        if text.len() > VERSION_BYTES_MAX {
            return Err(VersionError::TooLong);
        }
        let parsed = match self {
            Self::Semver => semver::parse(text).map(Parsed::Semver),
            Self::Go => go::parse(text).map(Parsed::Semver),
            Self::Pep440 => pep440::parse(text).map(|version| Parsed::Pep440(Box::new(version))),
            Self::Maven => maven::parse(text).map(Parsed::Maven),
        };
        let unparsable = || VersionError::Unparsable {
            order: self.name(),
            text: text.to_owned(),
        };
        parsed.map(Version).ok_or_else(unparsable)
    }
}

impl Version {
    /// Reads a version of an ecosystem named as in OSV.
    ///
    /// # Errors
    /// [`VersionError`] when the ecosystem is unknown or the text is no version of it.
    pub fn parse(ecosystem: &str, text: &str) -> Result<Self, VersionError> {
        order_of(ecosystem)?.parse(text)
    }

    /// The order of this version to a bound that an advisory gives. A PEP 440 local part
    /// (`2.0.1+cu118`: the same release, built by somebody) takes part only when the bound has one
    /// too: PEP 440 says so for `<=`, and otherwise every local build of the last affected version
    /// would count as newer.
    #[must_use]
    pub fn compare_to_bound(&self, bound: &Self) -> Option<Ordering> {
        match (&self.0, &bound.0) {
            (Parsed::Pep440(own), Parsed::Pep440(bound)) if own.is_local() && !bound.is_local() => {
                Some(own.as_ref().clone().without_local().cmp(bound.as_ref()))
            }
            _ => self.compare(bound),
        }
    }

    /// The order of two versions; `None` when they were read by different orders.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (&self.0, &other.0) {
            (Parsed::Semver(a), Parsed::Semver(b)) => Some(a.cmp(b)),
            (Parsed::Pep440(a), Parsed::Pep440(b)) => Some(a.cmp(b)),
            (Parsed::Maven(a), Parsed::Maven(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

/// The order of versions in an ecosystem named as in OSV.
///
/// # Errors
/// [`VersionError::UnknownEcosystem`].
pub fn order_of(ecosystem: &str) -> Result<Order, VersionError> {
    let known = ecosystem::find(ecosystem);
    known
        .map(|known| known.order)
        .ok_or_else(|| VersionError::UnknownEcosystem(ecosystem.to_owned()))
}

/// Compares two versions of an ecosystem named as in OSV.
///
/// # Errors
/// [`VersionError`] when the ecosystem is unknown or a text is no version of it.
pub fn compare(ecosystem: &str, a: &str, b: &str) -> Result<Ordering, VersionError> {
    let order = order_of(ecosystem)?;
    let (a, b) = (order.parse(a)?, order.parse(b)?);
    Ok(a.compare(&b).expect("both were read by the same order"))
}
