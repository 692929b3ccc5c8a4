//! BSI TR-03183-2 v2.1.0, sections 3 to 6, with its mapping to CycloneDX 1.6 and SPDX 3.0.1. "If
//! it exists, MUST" is not applicable when the document has nothing of the kind: from outside
//! nobody can tell whether it exists.
//!
//! Unsure: the numbers 5.2.3 to 5.2.5 of the additional and optional fields are cited from the
//! headings, and single readings are marked at their check.

use super::facts::{Completeness, Facts, Family};
use super::forms::{is_expression, is_sha512, is_uri, is_web_address};
use super::shared::{
    creators, identifiers, is_distribution, listed_licenses, name, reachable, timestamp, version,
};
use super::{Level, Outcome, Rule};
use crate::sbom::Format;
use crate::sbom::document::{Claim, Part, Reference};

pub(super) const RULES: &[Rule] = &[
    Rule::document("bsi-format", "format-bsi", "4", format),
    Rule::document(
        "bsi-no-vulnerabilities",
        "no-vulnerabilities",
        "3.1",
        no_vulnerabilities,
    ),
    Rule::document(
        "bsi-sbom-creator",
        "sbom-creator-reachable",
        "5.2.1",
        sbom_creator,
    )
    .unsure("bsi-authors"),
    Rule::document("bsi-timestamp", "timestamp", "5.2.1", timestamp),
    Rule::document("bsi-sbom-uri", "sbom-uri", "5.2.3", sbom_uri).unsure("bsi-sbom-uri"),
    Rule::component(
        "bsi-component-creator",
        "component-creator-reachable",
        "5.2.2",
        creator,
    )
    .unsure("bsi-authors"),
    Rule::component("bsi-component-name", "component-name", "5.2.2", name),
    Rule::component(
        "bsi-component-version",
        "component-version",
        "5.2.2",
        version,
    ),
    Rule::component(
        "bsi-component-filename",
        "component-filename",
        "5.2.2",
        file_name,
    ),
    Rule::component(
        "bsi-component-dependencies",
        "component-dependencies",
        "5.2.2",
        dependencies,
    )
    .unknown_is_enough(),
    Rule::component(
        "bsi-component-completeness",
        "component-completeness",
        "5.2.2",
        completeness,
    )
    .unknown_is_enough()
    .unsure("bsi-compositions"),
    Rule::component(
        "bsi-component-distribution-licence",
        "component-licence-concluded",
        "5.2.2, 6.1",
        distribution_licence,
    )
    .unsure("bsi-licence-list"),
    Rule::component(
        "bsi-component-hash-sha512",
        "component-hash-sha512",
        "5.2.2",
        deployable_hash,
    )
    .unsure("bsi-distribution-intake"),
    Rule::component(
        "bsi-component-executable",
        "component-executable",
        "5.2.2",
        executable,
    )
    .unsure("bsi-spdx-purposes"),
    Rule::component(
        "bsi-component-archive",
        "component-archive",
        "5.2.2",
        archive,
    )
    .unsure("bsi-spdx-purposes"),
    Rule::component(
        "bsi-component-structured",
        "component-structured",
        "5.2.2",
        structured,
    )
    .unsure("bsi-spdx-purposes"),
    Rule::component(
        "bsi-component-source-uri",
        "component-source-uri",
        "5.2.4",
        source_uri,
    ),
    Rule::component(
        "bsi-component-deployable-uri",
        "component-deployable-uri",
        "5.2.4",
        deployable_uri,
    ),
    Rule::component(
        "bsi-component-identifiers",
        "component-identifiers-readable",
        "5.2.4",
        other_identifiers,
    ),
    Rule::component(
        "bsi-component-original-licence",
        "component-licence-declared",
        "5.2.4, 6.1",
        original_licence,
    )
    .unknown_is_enough(),
    Rule::component(
        "bsi-component-effective-licence",
        "component-licence-effective",
        "5.2.5, 6.1",
        effective_licence,
    )
    .level(Level::May),
    Rule::component(
        "bsi-component-source-hash",
        "component-source-hash",
        "5.2.5",
        source_hash,
    )
    .level(Level::May),
    Rule::component(
        "bsi-component-security-txt",
        "component-security-txt",
        "5.2.5",
        security_txt,
    )
    .level(Level::May),
];

/// JSON or XML; CycloneDX from 1.6, SPDX from 3.0.1.
fn format(facts: &Facts<'_>) -> Outcome {
    let is_new_enough = match (facts.family(), facts.spec()) {
        (Family::CycloneDx, Some(spec)) => spec >= (1, 6, 0),
        (Family::Spdx3, Some(spec)) => spec >= (3, 0, 1),
        _ => false,
    };
    let is_json_or_xml = matches!(
        facts.document.format,
        Format::CyclonedxJson | Format::CyclonedxXml | Format::Spdx3JsonLd
    );
    if is_new_enough && is_json_or_xml {
        return Outcome::Passed;
    }
    let family = facts.document.format.as_str();
    Outcome::Invalid(format!("{family} {}", facts.document.spec_version))
}

/// An SBOM must not carry vulnerability information (3.1); VEX is a file of its own.
fn no_vulnerabilities(facts: &Facts<'_>) -> Outcome {
    match facts.document.vulnerabilities.first() {
        Some(first) => Outcome::Invalid(first.id.clone()),
        None => Outcome::Passed,
    }
}

/// The mapping names `metadata.manufacturer`; CycloneDX has `metadata.authors` for people who
/// create an SBOM by hand. `metadata.supplier` supplied the product, which is somebody else.
fn sbom_creator(facts: &Facts<'_>) -> Outcome {
    reachable(creators(facts))
}

/// CycloneDX `serialNumber`, in SPDX the id of the document.
fn sbom_uri(facts: &Facts<'_>) -> Outcome {
    uri(facts.document.serial_number.as_deref())
}

fn uri(text: Option<&str>) -> Outcome {
    match text {
        None => Outcome::NotApplicable,
        Some(text) if is_uri(text) => Outcome::Passed,
        Some(text) => Outcome::Invalid(text.to_owned()),
    }
}

/// The mapping names `components[].manufacturer`; people stand in `components[].authors`. A
/// supplier "may often be the manufacturer, but may also be a distributor or repackager"
/// (CycloneDX 1.6), and so is no creator.
fn creator(_: &Facts<'_>, part: &Part) -> Outcome {
    let parties = part.manufacturer.known().into_iter().chain(&part.authors);
    match (reachable(parties), &part.manufacturer) {
        (Outcome::Missing, Claim::Unknown) => Outcome::Unknown,
        (outcome, _) => outcome,
    }
}

/// The file's own name, not its path (5.2.2).
fn file_name(_: &Facts<'_>, part: &Part) -> Outcome {
    match part.file_name.as_deref().map(str::trim) {
        None | Some("") => Outcome::Missing,
        Some(path) if path.contains(['/', '\\']) => Outcome::Invalid(path.to_owned()),
        Some(_) => Outcome::Passed,
    }
}

/// A list of direct dependencies, empty for a leaf.
fn dependencies(facts: &Facts<'_>, part: &Part) -> Outcome {
    if facts.has_dependencies_said(part) {
        return Outcome::Passed;
    }
    match facts.completeness(part) {
        Some(Completeness::Unknown) => Outcome::Unknown,
        _ => Outcome::Missing,
    }
}

/// Whether that list is complete must be said explicitly (5.2.2); that it is not known is said, too.
fn completeness(facts: &Facts<'_>, part: &Part) -> Outcome {
    match facts.completeness(part) {
        Some(Completeness::Known) => Outcome::Passed,
        Some(Completeness::Unknown) => Outcome::Unknown,
        None => Outcome::Missing,
    }
}

fn distribution_licence(_: &Facts<'_>, part: &Part) -> Outcome {
    listed_licenses(&part.licenses_concluded)
}

/// The SHA-512 of the file that is delivered; that of `components[].hashes` does not say of what.
fn deployable_hash(_: &Facts<'_>, part: &Part) -> Outcome {
    let links = || {
        part.references
            .iter()
            .filter(|link| is_distribution(&link.kind))
    };
    sha512(links())
}

fn sha512<'r>(links: impl Iterator<Item = &'r Reference>) -> Outcome {
    let mut wrong = None;
    for hash in links.flat_map(|link| &link.hashes) {
        if hash.algorithm == "SHA-512" && is_sha512(&hash.value) {
            return Outcome::Passed;
        }
        wrong.get_or_insert(hash);
    }
    wrong.map_or(Outcome::Missing, |hash| {
        Outcome::Invalid(format!("{} {}", hash.algorithm, hash.value))
    })
}

fn executable(_: &Facts<'_>, part: &Part) -> Outcome {
    property(
        part,
        "bsi:component:executable",
        ["executable", "non-executable"],
    )
}

fn archive(_: &Facts<'_>, part: &Part) -> Outcome {
    property(part, "bsi:component:archive", ["archive", "no archive"])
}

fn structured(_: &Facts<'_>, part: &Part) -> Outcome {
    property(
        part,
        "bsi:component:structured",
        ["structured", "unstructured"],
    )
}

/// A property of the BSI's taxonomy, exactly once per component.
fn property(part: &Part, name: &str, values: [&str; 2]) -> Outcome {
    let mut said = values_of(part, name);
    match (said.next(), said.next()) {
        (None, _) => Outcome::Missing,
        (Some(only), None) if values.contains(&only) => Outcome::Passed,
        (Some(only), None) => Outcome::Invalid(only.to_owned()),
        (Some(first), Some(second)) => Outcome::Invalid(format!("{first}, {second}")),
    }
}

fn values_of<'p>(part: &'p Part, name: &'p str) -> impl Iterator<Item = &'p str> {
    let named = part.properties.iter().filter(move |(key, _)| key == name);
    named.map(|(_, value)| value.trim())
}

fn source_uri(_: &Facts<'_>, part: &Part) -> Outcome {
    links(part, |kind| matches!(kind, "source-distribution" | "vcs"))
}

fn deployable_uri(_: &Facts<'_>, part: &Part) -> Outcome {
    links(part, is_distribution)
}

/// All links of a kind must be URIs. One without an address only carries a digest.
fn links(part: &Part, is_meant: fn(&str) -> bool) -> Outcome {
    let of_kind = part.references.iter().filter(|link| is_meant(&link.kind));
    let mut found = Outcome::NotApplicable;
    for link in of_kind.filter(|link| !link.url.trim().is_empty()) {
        found = uri(Some(&link.url));
        if found != Outcome::Passed {
            return found;
        }
    }
    found
}

fn other_identifiers(facts: &Facts<'_>, part: &Part) -> Outcome {
    match identifiers(facts, part) {
        Outcome::Missing => Outcome::NotApplicable,
        outcome => outcome,
    }
}

fn original_licence(_: &Facts<'_>, part: &Part) -> Outcome {
    match listed_licenses(&part.licenses_declared) {
        Outcome::Missing => Outcome::NotApplicable,
        outcome => outcome,
    }
}

/// The BSI's taxonomy spells "Licence"; tools write both.
fn effective_licence(_: &Facts<'_>, part: &Part) -> Outcome {
    let british = values_of(part, "bsi:component:effectiveLicence");
    let mut said = british.chain(values_of(part, "bsi:component:effectiveLicense"));
    match said.next() {
        None => Outcome::NotApplicable,
        Some(text) if is_expression(text) => Outcome::Passed,
        Some(text) => Outcome::Invalid(text.to_owned()),
    }
}

fn source_hash(_: &Facts<'_>, part: &Part) -> Outcome {
    let links = part.references.iter();
    match sha512(links.filter(|link| link.kind == "source-distribution")) {
        Outcome::Missing => Outcome::NotApplicable,
        outcome => outcome,
    }
}

/// RFC 9116, 3: fetched over https.
fn security_txt(_: &Facts<'_>, part: &Part) -> Outcome {
    let mut links = part
        .references
        .iter()
        .filter(|link| link.kind == "rfc-9116");
    match links.next() {
        None => Outcome::NotApplicable,
        Some(link) if is_web_address(&link.url) => Outcome::Passed,
        Some(link) => Outcome::Invalid(link.url.clone()),
    }
}
