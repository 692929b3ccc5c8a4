//! Whether a statement is about a component of a product.
//!
//! - The flaw: one of the statement's ids is one of the vulnerability's, whatever the case.
//! - A statement with subcomponents is about those components in that product: both must match.
//! - A statement without is about the product as a whole, so it holds for every component in it,
//!   and for the component that it names as its product.
//! - A purl without a version means all versions; without qualifiers, any; a qualifier or subpath
//!   that is given must be the same.
//! - A CPE matches by its parts, `*` meaning any; a BOM reference within the BOM it names; a digest
//!   where both sides name the same algorithm; an IRI where the texts are equal. A name alone
//!   matches only where the statement has nothing better, and then name and version must both be
//!   equal.
//! - Versions listed beside a product must hold the component's version; one that cannot be
//!   compared does not match.

use super::{Identity, Product, Statement, Status, VersionClaim, VexDocument, value};
use crate::purl::Purl;
use crate::vers::Range;

/// What is known of a product or a component that a statement may be about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Target<'a> {
    pub purl: Option<&'a str>,
    pub name: Option<&'a str>,
    pub version: Option<&'a str>,
    pub cpe: Option<&'a str>,
    /// Its `bom-ref`, and the serial number of the BOM it stands in (with or without `urn:uuid:`).
    pub bom_ref: Option<&'a str>,
    pub serial: Option<&'a str>,
    /// Algorithm and hexadecimal digest.
    pub hashes: &'a [(&'a str, &'a str)],
}

/// Whether the statement holds for `component` in `product` and the flaw with these ids.
pub fn applies(
    statement: &Statement,
    product: &Target,
    component: &Target,
    vulnerability: &[&str],
) -> bool {
    let is_flaw = |id: &str| vulnerability.iter().any(|one| one.eq_ignore_ascii_case(id));
    let ids = std::iter::once(&statement.vulnerability).chain(&statement.aliases);
    if !ids.into_iter().any(|id| is_flaw(id)) {
        return false;
    }
    statement.products.iter().any(|one| {
        if one.subcomponents.is_empty() {
            is_about(one, component) || is_about(one, product)
        } else {
            is_about(one, product)
                && one
                    .subcomponents
                    .iter()
                    .any(|part| is_about(part, component))
        }
    })
}

/// Of the statements that apply, the latest; of several at one instant the most careful one, so
/// that a contradiction never hides a flaw. A statement without an instant is older than any.
pub fn latest<'a>(
    documents: impl IntoIterator<Item = &'a VexDocument>,
    product: &Target,
    component: &Target,
    vulnerability: &[&str],
) -> Option<&'a Statement> {
    documents
        .into_iter()
        .flat_map(|document| &document.statements)
        .filter(|statement| applies(statement, product, component, vulnerability))
        .max_by_key(|statement| (instant(statement), care(statement.status)))
}

fn instant(statement: &Statement) -> Option<jiff::Timestamp> {
    statement.timestamp.as_deref()?.parse().ok()
}

fn care(status: Status) -> u8 {
    match status {
        Status::Affected => 3,
        Status::UnderInvestigation => 2,
        Status::Fixed => 1,
        Status::NotAffected => 0,
    }
}

fn is_about(product: &Product, target: &Target) -> bool {
    let is_named = if product.identities.is_empty() {
        product.name.is_some()
            && product.name.as_deref() == target.name
            && (product.version.is_none() || product.version.as_deref() == target.version)
    } else {
        product
            .identities
            .iter()
            .any(|identity| is_identity(identity, target))
    };
    is_named && has_version(product, target)
}

fn is_identity(identity: &Identity, target: &Target) -> bool {
    match identity {
        Identity::Purl { purl } => target.purl.is_some_and(|other| is_purl(purl, other)),
        Identity::Cpe { cpe } => target.cpe.is_some_and(|other| is_cpe(cpe, other)),
        Identity::BomRef {
            serial, reference, ..
        } => {
            let bare = |serial: &str| serial.trim_start_matches("urn:uuid:").to_ascii_lowercase();
            target.bom_ref == Some(reference.as_str())
                && serial.is_some()
                && serial.as_deref().map(bare) == target.serial.map(bare)
        }
        Identity::Hash { algorithm, value } => target.hashes.iter().any(|(name, digest)| {
            value::algorithm(name) == *algorithm && digest.eq_ignore_ascii_case(value)
        }),
        Identity::Iri { iri } => {
            target.bom_ref == Some(iri.as_str()) || target.name == Some(iri.as_str())
        }
    }
}

/// Whether `said`, as a pattern, means `other`.
fn is_purl(said: &str, other: &str) -> bool {
    let (Ok(said), Ok(other)) = (Purl::parse(said), Purl::parse(other)) else {
        return said == other;
    };
    said.ty == other.ty
        && said.namespace == other.namespace
        && said.name == other.name
        && (said.version.is_none() || said.version == other.version)
        && (said.subpath.is_none() || said.subpath == other.subpath)
        && said
            .qualifiers
            .iter()
            .all(|(key, value)| other.qualifiers.get(key) == Some(value))
}

/// Whether `said`, as a pattern, means `other`; a part that is not given means any.
fn is_cpe(said: &str, other: &str) -> bool {
    let (said, other) = (cpe_parts(said), cpe_parts(other));
    !said.is_empty()
        && said.iter().enumerate().all(|(at, part)| {
            part == "*" || part.is_empty() || other.get(at).is_some_and(|other| other == part)
        })
}

/// The parts of CPE 2.3 and 2.2 names from `part` on, lower case; an escaped colon parts nothing.
fn cpe_parts(cpe: &str) -> Vec<String> {
    let lower = cpe.to_ascii_lowercase();
    let body = lower
        .strip_prefix("cpe:2.3:")
        .or_else(|| lower.strip_prefix("cpe:/"))
        .unwrap_or_default();
    if body.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![String::new()];
    let mut is_escaped = false;
    for c in body.chars() {
        if c == ':' && !is_escaped {
            parts.push(String::new());
        } else if (c != '\\' || is_escaped)
            && let Some(last) = parts.last_mut()
        {
            last.push(c);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    parts
}

fn has_version(product: &Product, target: &Target) -> bool {
    if product.versions.is_empty() {
        return true;
    }
    let purl = target.purl.and_then(|purl| Purl::parse(purl).ok());
    let version = target
        .version
        .or(purl.as_ref().and_then(|purl| purl.version.as_deref()));
    let Some(version) = version else {
        return false;
    };
    product.versions.iter().any(|claim| match claim {
        VersionClaim::Version(one) => one == version,
        VersionClaim::Range(range) => {
            Range::read(range).is_ok_and(|range| range.contains(version) == Ok(true))
        }
    })
}
