//! Under which keys a component is looked up. A package URL that leads to a registry is enough; a
//! CPE name, a repository, and last the bare name follow where there is none.

use crate::cpe::Cpe;
use crate::ecosystem::distribution;
use crate::package::{PackageKey, split_revision};
use crate::purl::Purl;
use crate::sbom::{Component, Identified};

/// A key of a component, and the version to ask about under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The key for look-up.
    pub package: PackageKey,
    /// For [`crate::matching::evaluate`]: a version, a tag or a commit, a whole CPE name under a
    /// key of CPE; empty when there is none.
    pub version: String,
    /// What tells this identity from others in one text: [`Purl::matching_text`], the CPE 2.3 name, the address of a repository with its revision, or
    /// `name:<name>@<version>`.
    pub text: String,
}

/// The identities of a component, the surest first; none for what cannot be looked up at all. Guesses
/// behind a package URL and further names of a distribution's package ([`Component::lookups`], asked
/// with [`super::evaluate_all`]) are not among them.
#[must_use]
pub fn identities(component: &Component) -> Vec<Identity> {
    let version = component.version_to_match().unwrap_or_default();
    if let Identified::Package(key) = &component.identified {
        let text = match component.matching_purl() {
            Some(purl) => purl.matching_text(),
            None => format!("{key}@{version}"),
        };
        return vec![Identity {
            package: key.clone(),
            version: version.to_owned(),
            text,
        }];
    }
    let mut found = Vec::new();
    // A distribution repairs under versions of its own: what is said of the upstream project's
    // versions, by CPE name or by name, never holds for them.
    let of_distribution = component
        .purl
        .as_ref()
        .is_some_and(|purl| distribution::is_type(&purl.ty));
    if of_distribution {
        return found;
    }
    let cpe = component
        .cpe
        .as_deref()
        .and_then(|text| Cpe::parse_short(text).ok());
    if let Some(cpe) = &cpe {
        found.extend(of_cpe(cpe, component.version.as_deref()));
    }
    if let Some(purl) = &component.purl {
        found.extend(of_repository(purl, version));
    }
    let may_be_named = component.purl.as_ref().is_none_or(|purl| {
        matches!(
            purl.ty.as_str(),
            "generic" | "github" | "bitbucket" | "gitlab"
        )
    });
    let is_file = component.kind.eq_ignore_ascii_case("file");
    if found.is_empty() && may_be_named && !is_file {
        let name = cpe.as_ref().and_then(Cpe::product_text);
        let name = name.as_deref().unwrap_or(&component.name);
        found.extend(of_name(name, version));
    }
    found
}

/// A name whose vendor is a wildcard identifies nothing, see [`of_name`]. A version that only the
/// component has completes the name.
fn of_cpe(cpe: &Cpe, version: Option<&str>) -> Option<Identity> {
    let package = cpe.package()?;
    let is_open = *cpe.version() == crate::cpe::Attribute::Any;
    let whole = match version.map(str::trim).filter(|text| !text.is_empty()) {
        Some(version) if is_open => cpe.clone().with_version(version),
        _ => cpe.clone(),
    };
    let text = whole.formatted();
    Some(Identity {
        package,
        version: text.clone(),
        text,
    })
}

fn of_repository(purl: &Purl, version: &str) -> Option<Identity> {
    let package = PackageKey::of_repository_purl(purl)?;
    let address = purl.qualifiers.get("vcs_url");
    let revision = address.and_then(|address| split_revision(address).1);
    let version = revision.unwrap_or(version);
    Some(Identity {
        text: format!("{}@{version}", package.name),
        package,
        version: version.to_owned(),
    })
}

fn of_name(name: &str, version: &str) -> Option<Identity> {
    let package = PackageKey::of_product(name)?;
    Some(Identity {
        text: format!("name:{}@{version}", package.name),
        package,
        version: version.to_owned(),
    })
}
