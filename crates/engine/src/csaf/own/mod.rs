//! The tests of section 6 that csaf-rs lacks or that a hostile document could make it recurse in,
//! each a function named by its section; the comments quote the specification.

mod extensions;
mod licenses;
mod products;
mod ranges;
mod status;
mod tree;
mod weaknesses;

use super::{Finding, Reason, Report, Version};
use serde_json::Value;
use tree::Tree;

/// What a test hands in: where, and what is wrong.
type Found = Vec<(String, String)>;

/// A document with what several tests want to know of it.
struct Document<'a> {
    value: &'a Value,
    tree: Tree<'a>,
    version: Version,
}

type Test = (&'static str, fn(&Document) -> Found);

/// Tests that both versions have.
const BOTH: [Test; 2] = [
    ("6.1.3", products::circular_definition_of_product_id),
    ("6.2.19", status::cvss_for_fixed_products),
];

/// Tests of 2.0 only.
const UNTIL_2_1: [Test; 1] = [("6.1.11", weaknesses::cwe)];

/// Tests of 2.1 only.
const SINCE_2_1: [Test; 20] = [
    ("6.1.50", ranges::rules_of_unknown_types),
    ("6.1.64.11", products::circular_reference_of_action_id),
    ("6.2.7", products::missing_date_in_involvements),
    ("6.2.39.1", status::missing_fixed_product),
    ("6.2.49", ranges::upper_open_ended_range),
    ("6.2.50.1", ranges::vers_in_contradicting_group),
    ("6.2.50.2", ranges::vls_in_contradicting_group),
    ("6.2.50.3", ranges::version_in_contradicting_group),
    ("6.2.51", ranges::unknown_vers_type),
    ("6.2.54.1", extensions::registered_extension),
    ("6.2.54.2", extensions::official_extension),
    ("6.2.54.3", extensions::critical_extension),
    ("6.2.54.4", extensions::experimental_in_clear_document),
    ("6.3.17", licenses::unregistered_license),
    ("6.3.19.1", ranges::vers_in_same_group),
    ("6.3.19.2", ranges::vls_in_same_group),
    ("6.3.19.3", ranges::version_in_same_group),
    ("6.3.19.4", ranges::range_in_branch),
    ("6.3.19.5", ranges::version_in_branch),
    ("6.3.21.2", extensions::experimental_in_other_document),
];

/// Tests that are ours in addition to the library's, which cannot read what they look for.
const BESIDE: [&str; 2] = ["6.1.50", "6.2.7"];

fn tests_of(version: Version) -> impl Iterator<Item = &'static Test> {
    let own: &[Test] = match version {
        Version::V2_0 => &UNTIL_2_1,
        Version::V2_1 => &SINCE_2_1,
    };
    BOTH.iter().chain(own)
}

/// Whether a test is one of ours, so that the library's is left out.
pub(super) fn is_ours(version: Version, test: &str) -> bool {
    // The library counts the five overlaps of 6.3.19 as one that it lacks.
    (test == "6.3.19" && version == Version::V2_1)
        || (!BESIDE.contains(&test) && tests_of(version).any(|(id, _)| *id == test))
}

/// Why nobody runs a test.
pub(super) fn reason(test: &str) -> Reason {
    match test {
        "6.2.55" | "6.3.6" | "6.3.7" | "6.3.24" => Reason::NeedsNetwork,
        "6.3.8" | "6.3.16" => Reason::NeedsDictionary,
        // The registry of SSVC decision points, the list of ids, the schemas of extensions.
        "6.1.60.3" | "6.3.13" => Reason::NeedsList,
        _ => Reason::NotWritten,
    }
}

/// Runs our own tests.
pub(super) fn run(value: &Value, report: &mut Report) {
    let document = Document {
        value,
        tree: Tree::of(value),
        version: report.version,
    };
    for (test, run) in tests_of(report.version) {
        let list = match *test {
            test if test.starts_with("6.2.") => &mut report.warnings,
            test if test.starts_with("6.3.") => &mut report.infos,
            _ => &mut report.errors,
        };
        list.extend(run(&document).into_iter().map(|(path, message)| Finding {
            test: (*test).to_owned(),
            path,
            message,
        }));
    }
}

/// The items of a list at a JSON pointer, each with its own pointer.
fn items<'a>(value: &'a Value, pointer: &str) -> Vec<(String, &'a Value)> {
    let list = value.pointer(pointer).and_then(Value::as_array);
    (0..)
        .zip(list.into_iter().flatten())
        .map(|(at, item): (usize, _)| (format!("{pointer}/{at}"), item))
        .collect()
}

/// The texts of a list at a key.
fn texts<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a str> {
    let list = value.get(key).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str)
}

/// A text at a key.
fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}
