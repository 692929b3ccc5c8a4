//! Version orders. Each order reads a text once into a [`Version`]; two versions of one order are
//! compared totally and transitively (all but [`Order::Alpm`], see there). A text that an order
//! cannot read is an error with a code, never "older" or "newer".

mod alpm;
mod android;
mod apk;
mod composer;
mod conan;
mod cpe;
mod digits;
mod dpkg;
mod freebsd;
mod gentoo;
mod go;
mod kernel;
mod maven;
mod nuget;
mod openssl;
mod order;
mod pep440;
mod plain;
mod rpm;
mod rubygems;
mod semver;
mod tokens;

use std::cmp::Ordering;

use crate::ecosystem;
use crate::package::PackageKey;
pub use order::Order;
use order::Parsed;

/// Longest version text we read, in bytes; longer ones are no versions.
pub const VERSION_BYTES_MAX: usize = 512;

/// A version, read once.
#[derive(Debug, Clone)]
pub struct Version(Parsed);

/// Why a version cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VersionError {
    /// The ecosystem's version order is not known to us.
    #[error("we do not know how versions of {0:?} are ordered")]
    UnknownEcosystem(String),
    /// The ecosystem orders no versions, or only those of a named part of it.
    #[error("{0:?} defines no order of versions")]
    NoOrder(String),
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
            Self::NoOrder(_) => "version-order-undefined",
            Self::Empty => "version-missing",
            Self::TooLong => "version-too-long",
            Self::Unparsable { .. } => "version-unparsable",
        }
    }
}

impl Order {
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
        let unparsable = || VersionError::Unparsable {
            order: self.name(),
            text: text.to_owned(),
        };
        Parsed::read(self, text).map(Version).ok_or_else(unparsable)
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
    /// would count as newer. The same holds for the ordered builds of [`Order::SemverBuilt`]: a
    /// bound without one speaks of all of them, as Semantic Versioning §10 has it.
    #[must_use]
    pub fn compare_to_bound(&self, bound: &Self) -> Option<Ordering> {
        match (&self.0, &bound.0) {
            (Parsed::Pep440(own), Parsed::Pep440(bound)) if own.is_local() && !bound.is_local() => {
                Some(own.as_ref().clone().without_local().cmp(bound.as_ref()))
            }
            (Parsed::Built(own), Parsed::Built(bound)) => Some(own.compare_to_bound(bound)),
            _ => self.compare(bound),
        }
    }

    /// The order of two versions; `None` when they were read by different orders.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        self.0.compare(&other.0)
    }
}

/// The order of versions in an ecosystem named as in OSV.
///
/// # Errors
/// [`VersionError::UnknownEcosystem`] or [`VersionError::NoOrder`].
pub fn order_of(ecosystem: &str) -> Result<Order, VersionError> {
    // The keys that are no ecosystems of OSV: CPE names and bare product names.
    if matches!(ecosystem, PackageKey::CPE | PackageKey::NAME) {
        return Ok(Order::Cpe);
    }
    let known = ecosystem::find(ecosystem)
        .ok_or_else(|| VersionError::UnknownEcosystem(ecosystem.to_owned()))?;
    let order = known.order_of(ecosystem);
    order.ok_or_else(|| VersionError::NoOrder(ecosystem.to_owned()))
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
