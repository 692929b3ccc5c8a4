//! Package URLs (ECMA-427): parsing, the canonical form, and the way to a package key.
//!
//! Parsing is tolerant where real SBOMs are wrong but clear (`pkg://`, an unescaped `@scope`,
//! upper-case types), and refuses what is ambiguous. It never guesses a missing part.

mod encode;
mod parse;
mod rules;

use std::collections::BTreeMap;

use thiserror::Error;

use crate::ecosystem::{self, Unmapped, distribution};
use crate::lookup::Lookup;
use crate::package::PackageKey;

/// Longest purl accepted, in bytes; real ones stay below 1 KiB.
pub const PURL_BYTES_MAX: usize = 8 * 1024;

/// The parts of a package URL, decoded and normalised by the rules of its type.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Purl {
    /// The type, lower case, as in `cargo` or `npm`.
    pub ty: String,
    /// Segments joined by `/`, as in `@babel` or `org.apache.logging.log4j`.
    pub namespace: Option<String>,
    /// Never empty.
    pub name: String,
    /// As written by the producer, percent-decoded.
    pub version: Option<String>,
    /// Keys lower case, empty values dropped.
    pub qualifiers: BTreeMap<String, String>,
    /// Segments joined by `/`, without `.` and `..`.
    pub subpath: Option<String>,
}

/// Why a text is no package URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PurlError {
    /// Longer than [`PURL_BYTES_MAX`].
    #[error("the package URL is longer than 8 KiB")]
    TooLong,
    /// It does not begin with `pkg:`.
    #[error("a package URL begins with \"pkg:\"")]
    Scheme,
    /// The type is missing or has a character that no type may have.
    #[error(
        "the package URL has no type, or its type has a character other than a-z, 0-9, \".\" and \"-\""
    )]
    Type,
    /// The name is missing.
    #[error("the package URL has no name")]
    Name,
    /// A percent sign without two hexadecimal digits, or bytes that are not UTF-8.
    #[error("the package URL has a percent-encoding that cannot be decoded")]
    Encoding,
    /// A qualifier without a valid key, or the same key twice.
    #[error("a qualifier of the package URL has no valid key, or stands there twice")]
    Qualifier,
}

impl PurlError {
    /// The stable code of this error.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLong => "purl-too-long",
            Self::Scheme => "purl-scheme-missing",
            Self::Type => "purl-type-invalid",
            Self::Name => "purl-name-missing",
            Self::Encoding => "purl-encoding-invalid",
            Self::Qualifier => "purl-qualifier-invalid",
        }
    }
}

impl Purl {
    /// Reads a package URL and normalises it by the rules of its type.
    ///
    /// # Errors
    /// [`PurlError`] when the text is no package URL; see its variants.
    pub fn parse(text: &str) -> Result<Self, PurlError> {
        parse::parse(text)
    }

    /// The canonical text (ECMA-427 §5): what two equal package URLs share byte for byte.
    #[must_use]
    pub fn canonical(&self) -> String {
        encode::canonical(self, true)
    }

    /// The canonical text without qualifiers and subpath: the identity of a package version.
    #[must_use]
    pub fn without_qualifiers_canonical(&self) -> String {
        encode::canonical(self, false)
    }

    /// The key under which advisories name this package; `None` when we cannot map its ecosystem,
    /// see [`Purl::unmapped_reason`].
    #[must_use]
    pub fn package(&self) -> Option<PackageKey> {
        ecosystem::key_of(self).ok()
    }

    /// Why [`Purl::package`] is `None`; `None` when it is not.
    #[must_use]
    pub fn unmapped_reason(&self) -> Option<Unmapped> {
        ecosystem::key_of(self).err()
    }

    /// The identity of a package version for matching: the canonical text without qualifiers and
    /// subpath, but with those qualifiers of a distribution's package that decide which advisories
    /// speak of it (`distro`, `upstream`, for RPMs `repository_id`) in one form, and the epoch in
    /// the version. [`Purl::lookups`] of this text are those of the purl itself.
    #[must_use]
    pub fn matching_text(&self) -> String {
        if !distribution::is_type(&self.ty) {
            return self.without_qualifiers_canonical();
        }
        let mut own = self.clone();
        distribution::settle(&mut own);
        own.subpath = None;
        own.qualifiers.retain(|key, _| {
            matches!(key.as_str(), "distro" | "upstream")
                || (key == "repository_id" && own.ty == "rpm")
        });
        encode::canonical(&own, true)
    }

    /// All keys under which advisories may name this package, with the version that goes with each,
    /// the surest first. The first one has the key of [`Purl::package`]. Others are further names
    /// of the same package (the installed beside the source package), guesses (a Go package path
    /// does not say where its module ends, so its parent paths follow), or the releases of a
    /// distribution when it is not known which one it is; [`crate::lookup::Basis`] tells them apart. They are
    /// asked in this order until an advisory names one, see [`crate::matching::evaluate_all`].
    #[must_use]
    pub fn lookups(&self) -> Vec<Lookup> {
        ecosystem::lookups_of(self)
    }

    /// What is wrong with this purl by the definition of its type, as a stable code: a namespace
    /// that must or must not be there, a qualifier that must. Real SBOMs hold such purls, so they still parse.
    #[must_use]
    pub fn violation(&self) -> Option<&'static str> {
        rules::violation(self)
    }
}

impl std::str::FromStr for Purl {
    type Err = PurlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl std::fmt::Display for Purl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.canonical())
    }
}
