//! NTIA, "The Minimum Elements For a Software Bill of Materials (SBOM)", 12 July 2021: the seven
//! data fields, automation support and known unknowns. The paper has no numbered sections, so the
//! headings are cited.

use super::facts::Facts;
use super::shared::{
    creators, format_known, identifiers, is_named, known_unknowns, name, producer, relationship,
    timestamp, version,
};
use super::{Level, Outcome, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule::document(
        "ntia-format",
        "format-known",
        "Automation Support",
        format_known,
    ),
    Rule::document(
        "ntia-author",
        "sbom-author",
        "Data Fields: Author of SBOM Data",
        author,
    )
    .unsure("ntia-author"),
    Rule::document(
        "ntia-timestamp",
        "timestamp",
        "Data Fields: Timestamp",
        timestamp,
    ),
    Rule::component(
        "ntia-component-supplier",
        "component-producer",
        "Data Fields: Supplier Name",
        producer,
    ),
    Rule::component(
        "ntia-component-name",
        "component-name",
        "Data Fields: Component Name",
        name,
    ),
    Rule::component(
        "ntia-component-version",
        "component-version",
        "Data Fields: Version of the Component",
        version,
    ),
    Rule::component(
        "ntia-component-identifier",
        "component-identifier",
        "Data Fields: Other Unique Identifiers",
        identifiers,
    ),
    Rule::component(
        "ntia-component-relationship",
        "component-relationship",
        "Data Fields: Dependency Relationship",
        relationship,
    )
    .unknown_is_enough(),
    // "The default interpretation of this data should be that the data is incomplete": silence
    // has a meaning, so that a document stands without it.
    Rule::component(
        "ntia-component-known-unknowns",
        "component-known-unknowns",
        "Practices and Processes: Known Unknowns",
        known_unknowns,
    )
    .level(Level::Should)
    .unknown_is_enough(),
];

/// "The name of the entity that creates the SBOM data". A tool is no entity in our reading.
fn author(facts: &Facts<'_>) -> Outcome {
    if creators(facts).any(is_named) {
        Outcome::Passed
    } else {
        Outcome::Missing
    }
}
