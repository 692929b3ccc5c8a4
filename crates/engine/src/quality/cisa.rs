//! CISA, "2026 Minimum Elements for a Software Bill of Materials (SBOM)", 29 July 2026.
//!
//! Unsure, all of it: the names of the elements come from public reviews of the paper, not from
//! the paper. Until somebody has compared them, every check carries the mark. "Explicitly
//! identifying unknown information" makes a declared unknown enough.

use super::facts::{Facts, Family};
use super::forms::is_expression;
use super::shared::{
    creators, digests, format_known, hash_value, identifiers, is_named, known_unknowns, name,
    producer, relationship, timestamp, version,
};
use super::{Level, Outcome, Rule};
use crate::sbom::document::{Claim, License, Part};

/// The mark of every check here.
const NAMES: &str = "cisa-names";

pub(super) const RULES: &[Rule] = &[
    Rule::document("cisa-author", "sbom-author", "SBOM Author", author).unsure(NAMES),
    // May lie beside the document, where it cannot be seen here; so it does not decide.
    Rule::document(
        "cisa-author-signature",
        "sbom-signature",
        "SBOM Author Signature",
        signature,
    )
    .level(Level::Should)
    .unsure("cisa-signature"),
    // The name of the format is known of every document that could be read.
    Rule::document(
        "cisa-format",
        "format-known",
        "SBOM Data Format Name, SBOM Data Format Version",
        format_known,
    )
    .unsure(NAMES),
    Rule::document("cisa-tool-name", "tool-name", "SBOM Tool Name", tool_name).unsure(NAMES),
    Rule::document(
        "cisa-tool-version",
        "tool-version",
        "SBOM Tool Version",
        tool_version,
    )
    .unsure(NAMES),
    Rule::document("cisa-timestamp", "timestamp", "SBOM Timestamp", timestamp).unsure(NAMES),
    Rule::document(
        "cisa-generation-context",
        "generation-context",
        "SBOM Generation Context",
        context,
    )
    .unsure(NAMES),
    Rule::document(
        "cisa-sbom-version",
        "sbom-version",
        "SBOM Version",
        sbom_version,
    )
    .unsure(NAMES),
    known(
        "cisa-component-producer",
        "component-producer",
        "Component Producer",
        producer,
    ),
    known(
        "cisa-component-name",
        "component-name",
        "Component Name",
        name,
    ),
    known(
        "cisa-component-version",
        "component-version",
        "Component Version",
        version,
    ),
    known(
        "cisa-component-identifier",
        "component-identifier",
        "Component Identifiers",
        identifiers,
    ),
    known(
        "cisa-component-hash-value",
        "component-hash-value",
        "Component Hash Value",
        hash_value,
    ),
    known(
        "cisa-component-hash-algorithm",
        "component-hash-algorithm",
        "Component Hash Algorithm",
        hash_algorithm,
    ),
    known(
        "cisa-component-licence",
        "component-licence",
        "Component License",
        licence,
    ),
    known(
        "cisa-component-relationship",
        "component-relationship",
        "Component Dependency Relationship",
        relationship,
    ),
    known(
        "cisa-component-known-unknowns",
        "component-known-unknowns",
        "Explicitly Identifying Unknown Information",
        known_unknowns,
    )
    .level(Level::Should),
];

/// A check over components for which a declared unknown is enough.
const fn known(
    code: &'static str,
    topic: &'static str,
    citation: &'static str,
    test: fn(&Facts<'_>, &Part) -> Outcome,
) -> Rule {
    Rule::component(code, topic, citation, test)
        .unknown_is_enough()
        .unsure(NAMES)
}

fn author(facts: &Facts<'_>) -> Outcome {
    some(creators(facts).any(is_named))
}

fn some(is_there: bool) -> Outcome {
    if is_there {
        Outcome::Passed
    } else {
        Outcome::Missing
    }
}

fn signature(facts: &Facts<'_>) -> Outcome {
    some(facts.document.is_signed)
}

fn tool_name(facts: &Facts<'_>) -> Outcome {
    let mut tools = facts.document.tools.iter();
    some(tools.any(|tool| !tool.name.trim().is_empty()))
}

/// Of each tool that is named.
fn tool_version(facts: &Facts<'_>) -> Outcome {
    let tools = &facts.document.tools;
    let mut bare = tools.iter().filter(|tool| tool.version.is_none());
    match bare.next() {
        _ if tools.is_empty() => Outcome::Missing,
        Some(tool) => Outcome::Invalid(tool.name.clone()),
        None => Outcome::Passed,
    }
}

/// CISA's words (before, at and after the build among them), the types of SBOM of 2023 and
/// CycloneDX's phases, all in lower case without hyphens and blanks.
const CONTEXTS: [&str; 15] = [
    "design",
    "source",
    "prebuild",
    "beforebuild",
    "build",
    "duringbuild",
    "postbuild",
    "afterbuild",
    "analyzed",
    "analysed",
    "deployed",
    "runtime",
    "operations",
    "discovery",
    "decommission",
];

fn context(facts: &Facts<'_>) -> Outcome {
    let said = &facts.document.lifecycles;
    let is_known = |text: &String| {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        let bare: String = letters.map(|c| c.to_ascii_lowercase()).collect();
        CONTEXTS.contains(&bare.as_str())
    };
    match said.first() {
        None => Outcome::Missing,
        Some(_) if said.iter().any(is_known) => Outcome::Passed,
        Some(first) => Outcome::Invalid(first.clone()),
    }
}

/// CycloneDX counts versions; SPDX tells documents apart by their namespace.
fn sbom_version(facts: &Facts<'_>) -> Outcome {
    some(match facts.family() {
        Family::CycloneDx => facts.document.version.is_some(),
        Family::Spdx2 | Family::Spdx3 => facts.document.serial_number.is_some(),
    })
}

fn hash_algorithm(_: &Facts<'_>, part: &Part) -> Outcome {
    some(digests(part).any(|hash| !hash.algorithm.trim().is_empty()))
}

/// Declared or concluded; a name will do where the licence is not on the SPDX list, but what
/// claims to be an id or an expression must be one.
fn licence(_: &Facts<'_>, part: &Part) -> Outcome {
    let claims = [&part.licenses_concluded, &part.licenses_declared];
    let known: Vec<&License> = claims
        .into_iter()
        .filter_map(Claim::known)
        .flatten()
        .collect();
    let wrong = known.iter().find(|license| match license {
        License::Id(text) | License::Expression(text) => !is_expression(text),
        License::Named { .. } => false,
    });
    match wrong {
        Some(license) => Outcome::Invalid(license.text().to_owned()),
        None if !known.is_empty() || claims.contains(&&Claim::None) => Outcome::Passed,
        None if claims.contains(&&Claim::Unknown) => Outcome::Unknown,
        None => Outcome::Missing,
    }
}
