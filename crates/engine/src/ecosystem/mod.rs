//! The ecosystems OSV names, one thin file each: OSV name, which version order applies, and, for
//! those we can match, purl type, how a name is normalised, how a purl becomes a name. The orders
//! themselves are shared and live in `version`.
//!
//! The purl of a distribution's package names a binary package, its advisories a source package
//! of a release: `distribution` leads from one to the other.
//!
//! To add an ecosystem: one file here, one line in [`ALL`], fixtures in `fixtures/versions` and
//! `fixtures/matches`.

mod alma_linux;
mod alpaquita;
mod alpine;
mod android;
mod azure_linux;
mod bell_soft;
mod bioconductor;
mod bitnami;
mod chainguard;
mod clean_start;
mod conan_center;
mod cran;
mod crates_io;
mod debian;
pub(crate) mod distribution;
mod docker_hardened_images;
mod echo;
mod freebsd;
mod ghc;
mod git;
mod github_actions;
mod go;
mod hackage;
mod hex;
mod julia;
mod kubernetes;
mod linux;
mod mageia;
mod maven;
mod minimos;
mod names;
mod npm;
mod nuget;
mod opam;
mod open_euler;
mod open_suse;
mod oss_fuzz;
mod packagist;
mod photon_os;
mod pub_dev;
mod pypi;
mod red_hat;
mod rocky_linux;
mod root;
mod ruby_gems;
mod suse;
mod swift_url;
mod tuxcare;
mod ubuntu;
mod vs_code;
mod wolfi;

use crate::lookup::{Basis, Lookup};
use crate::package::PackageKey;
use crate::purl::Purl;
use crate::version::Order;
use distribution::Distribution;

/// What we know about one ecosystem.
#[derive(Debug, Clone, Copy)]
pub struct Ecosystem {
    /// OSV's name for it, without a suffix.
    pub osv: &'static str,
    /// The purl type that leads to it; `None` for a distribution, and where no purl type exists.
    pub purl_type: Option<&'static str>,
    ordering: OrderRule,
    /// Whether a suffix is another place for the same packages (a mirror's address), and not
    /// another set of packages (a release).
    suffix_is_place: bool,
    /// The one spelling of a name.
    pub normalize_name: fn(&str) -> String,
    /// The name an advisory would use, from a purl; not yet normalised.
    pub(crate) name_of: fn(&Purl) -> Result<String, Unmapped>,
    /// Less certain names, after the first one.
    pub(crate) guesses: fn(&str) -> Vec<String>,
    /// How purls lead to it, when it is a distribution.
    pub(crate) distribution: Option<&'static Distribution>,
}

/// How versions of an ecosystem are ordered.
#[derive(Debug, Clone, Copy)]
enum OrderRule {
    By(Order),
    /// The text after the first colon decides; it may be empty.
    BySuffix(fn(&str) -> Option<Order>),
    Undefined,
}

impl Ecosystem {
    /// Whether components can have a key of it.
    #[must_use]
    pub fn is_supported(&self) -> bool {
        self.purl_type.is_some() || self.distribution.is_some() || self.osv == "Root"
    }

    /// A registry whose suffix, if any, is the address of a mirror.
    const fn registry(osv: &'static str, order: Order) -> Self {
        Self {
            suffix_is_place: true,
            ..Self::new(osv, OrderRule::By(order))
        }
    }

    /// A distribution, or anything else of which only the order is known.
    const fn ordered(osv: &'static str, order: Order) -> Self {
        Self::new(osv, OrderRule::By(order))
    }

    const fn by_suffix(osv: &'static str, order_of: fn(&str) -> Option<Order>) -> Self {
        Self::new(osv, OrderRule::BySuffix(order_of))
    }

    const fn unordered(osv: &'static str) -> Self {
        Self::new(osv, OrderRule::Undefined)
    }

    const fn new(osv: &'static str, ordering: OrderRule) -> Self {
        Self {
            osv,
            purl_type: None,
            ordering,
            suffix_is_place: false,
            normalize_name: names::exact,
            name_of: names::bare,
            guesses: no_guesses,
            distribution: None,
        }
    }

    /// How versions are ordered in the ecosystem of this name, which [`find`] led here; `None`
    /// when nothing says how.
    #[must_use]
    pub fn order_of(&self, osv: &str) -> Option<Order> {
        match self.ordering {
            OrderRule::By(order) => Some(order),
            OrderRule::BySuffix(order_of) => order_of(split(osv).1.unwrap_or_default()),
            OrderRule::Undefined => None,
        }
    }

    /// The one spelling of this ecosystem's name for look-up: releases stay apart, mirrors do not.
    #[must_use]
    pub fn canonical_name(&self, osv: &str) -> String {
        match split(osv).1 {
            Some(suffix) if !self.suffix_is_place => format!("{}:{suffix}", self.osv),
            _ => self.osv.to_owned(),
        }
    }
}

/// Every ecosystem of the OSV schema 1.7.5, by OSV name.
pub const ALL: &[&Ecosystem] = &[
    &alma_linux::ECOSYSTEM,
    &alpaquita::ECOSYSTEM,
    &alpine::ECOSYSTEM,
    &android::ECOSYSTEM,
    &azure_linux::ECOSYSTEM,
    &bell_soft::ECOSYSTEM,
    &bioconductor::ECOSYSTEM,
    &bitnami::ECOSYSTEM,
    &chainguard::ECOSYSTEM,
    &clean_start::ECOSYSTEM,
    &conan_center::ECOSYSTEM,
    &cran::ECOSYSTEM,
    &crates_io::ECOSYSTEM,
    &debian::ECOSYSTEM,
    &docker_hardened_images::ECOSYSTEM,
    &echo::ECOSYSTEM,
    &freebsd::ECOSYSTEM,
    &ghc::ECOSYSTEM,
    &git::ECOSYSTEM,
    &github_actions::ECOSYSTEM,
    &go::ECOSYSTEM,
    &hackage::ECOSYSTEM,
    &hex::ECOSYSTEM,
    &julia::ECOSYSTEM,
    &kubernetes::ECOSYSTEM,
    &linux::ECOSYSTEM,
    &mageia::ECOSYSTEM,
    &maven::ECOSYSTEM,
    &minimos::ECOSYSTEM,
    &npm::ECOSYSTEM,
    &nuget::ECOSYSTEM,
    &opam::ECOSYSTEM,
    &open_euler::ECOSYSTEM,
    &open_suse::ECOSYSTEM,
    &oss_fuzz::ECOSYSTEM,
    &packagist::ECOSYSTEM,
    &photon_os::ECOSYSTEM,
    &pub_dev::ECOSYSTEM,
    &pypi::ECOSYSTEM,
    &red_hat::ECOSYSTEM,
    &rocky_linux::ECOSYSTEM,
    &root::ECOSYSTEM,
    &ruby_gems::ECOSYSTEM,
    &suse::ECOSYSTEM,
    &swift_url::ECOSYSTEM,
    &tuxcare::ECOSYSTEM,
    &ubuntu::ECOSYSTEM,
    &vs_code::ECOSYSTEM,
    &wolfi::ECOSYSTEM,
];

/// Why a purl leads to no package key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unmapped {
    /// We do not match this purl type yet.
    #[error("packages of this purl type cannot be checked yet")]
    TypeNotSupported,
    /// The type needs a namespace and there is none (Maven's group, a distribution).
    #[error("the package URL lacks the namespace that this type needs")]
    NamespaceMissing,
    /// The advisories of this distribution are not among those we read.
    #[error("this distribution publishes no advisories that we read")]
    DistributionNotSupported,
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
            Self::DistributionNotSupported => "distribution-not-supported",
            Self::NoRegistry => "ecosystem-without-advisories",
        }
    }
}

/// The ecosystem of an OSV name in any letter case, with or without a suffix.
#[must_use]
pub fn find(osv: &str) -> Option<&'static Ecosystem> {
    let base = split(osv).0;
    ALL.iter()
        .copied()
        .find(|known| known.osv.eq_ignore_ascii_case(base))
}

/// The key of a purl, or why there is none.
///
/// # Errors
/// [`Unmapped`] says why advisories cannot be found for this purl.
pub fn key_of(purl: &Purl) -> Result<PackageKey, Unmapped> {
    if distribution::is_type(&purl.ty) {
        let first = distribution::lookups(&settled(purl))?.into_iter().next();
        return first
            .map(|lookup| lookup.key)
            .ok_or(Unmapped::TypeNotSupported);
    }
    let known = of_type(purl)?;
    let name = (known.name_of)(purl)?;
    Ok(PackageKey {
        ecosystem: known.osv.to_owned(),
        name: (known.normalize_name)(&name),
    })
}

/// The keys of a purl, the surest first, see [`Purl::lookups`].
#[must_use]
pub fn lookups_of(purl: &Purl) -> Vec<Lookup> {
    if distribution::is_type(&purl.ty) {
        return distribution::lookups(&settled(purl)).unwrap_or_default();
    }
    let (Ok(known), Ok(first)) = (of_type(purl), key_of(purl)) else {
        return Vec::new();
    };
    let guesses = (known.guesses)(&first.name);
    let mut lookups = vec![Lookup::named(first, purl)];
    lookups.extend(guesses.into_iter().map(|name| Lookup {
        key: PackageKey {
            ecosystem: known.osv.to_owned(),
            name,
        },
        version: purl.version.clone(),
        basis: Basis::ParentPath,
    }));
    lookups
}

fn settled(purl: &Purl) -> Purl {
    let mut own = purl.clone();
    distribution::settle(&mut own);
    own
}

fn of_type(purl: &Purl) -> Result<&'static Ecosystem, Unmapped> {
    if matches!(
        purl.ty.as_str(),
        "generic" | "docker" | "oci" | "swid" | "mlflow"
    ) {
        return Err(Unmapped::NoRegistry);
    }
    let found = ALL.iter().copied();
    let mut found = found.filter(|known| known.purl_type == Some(purl.ty.as_str()));
    found.next().ok_or(Unmapped::TypeNotSupported)
}

/// The order of an ecosystem that a suffix names, unless a suffix decides there too.
fn order_of_plain(osv: &str) -> Option<Order> {
    match find(osv)?.ordering {
        OrderRule::By(order) => Some(order),
        OrderRule::BySuffix(_) | OrderRule::Undefined => None,
    }
}

/// The name and, after the first colon, the suffix.
fn split(osv: &str) -> (&str, Option<&str>) {
    match osv.trim().split_once(':') {
        Some((base, suffix)) => (base.trim_end(), Some(suffix.trim())),
        None => (osv.trim(), None),
    }
}

fn no_guesses(_: &str) -> Vec<String> {
    Vec::new()
}
