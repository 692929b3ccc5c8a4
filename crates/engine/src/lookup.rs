//! Under which keys advisories may name a component, and how sure each of them is.
//!
//! An answer under an unsure key is never "affected": it is a possibility for a person to look at.

use crate::package::PackageKey;
use crate::purl::Purl;

/// One key to look a component up under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// The package as advisories name it.
    pub key: PackageKey,
    /// The version to compare under this key: that of the source package where it has the name.
    pub version: Option<String>,
    /// How the key was found.
    pub basis: Basis,
}

/// How a key was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// The identifier says so.
    Named,
    /// The name is a path inside this package, or a package for itself: Go has modules inside
    /// modules, each with versions of its own (Go Modules Reference, "Mapping versions to commits":
    /// the tag of a module in a folder begins with that folder), and a path does not say which.
    ParentPath,
    /// The record speaks of fixes that come with a subscription (Ubuntu Pro, SUSE LTSS); nothing
    /// says whether this installation has it.
    Subscription,
    /// The release of the distribution was guessed from the version (`.el9`, `+deb12u1`).
    ReleaseGuessed,
    /// The release of the distribution is not known; this is one of those there are.
    ReleaseUndecided,
    /// Somebody else built the package again with fixes of their own (Root).
    Rebuilt,
}

impl Basis {
    /// Whether an advisory found under such a key speaks of this component for certain.
    #[must_use]
    pub fn is_certain(self) -> bool {
        self.code().is_none()
    }

    /// The stable code of an answer found this way; `None` when it is certain.
    #[must_use]
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::Named => None,
            Self::ParentPath => Some("package-inside-module"),
            Self::Subscription => Some("fix-by-subscription"),
            Self::ReleaseGuessed => Some("distribution-release-guessed"),
            Self::ReleaseUndecided => Some("distribution-release-unknown"),
            Self::Rebuilt => Some("package-rebuilt"),
        }
    }

    /// Why an answer found this way is no more than possible, as a sentence's first half.
    pub(crate) fn caveat(self) -> &'static str {
        match self {
            Self::Named => "It is affected",
            Self::ParentPath => {
                "The component may be a path inside the package that the record names, or a package with versions of its own"
            }
            Self::Subscription => {
                "The record gives a fix that comes with a subscription, which this installation may not have"
            }
            Self::ReleaseGuessed => {
                "The release of the distribution is only guessed from the version"
            }
            Self::ReleaseUndecided => {
                "The SBOM does not say which release of the distribution this is"
            }
            Self::Rebuilt => {
                "Somebody else built this package again and may have fixed it on their own"
            }
        }
    }
}

impl Lookup {
    pub(crate) fn named(key: PackageKey, purl: &Purl) -> Self {
        Self {
            key,
            version: purl.version.clone(),
            basis: Basis::Named,
        }
    }
}
