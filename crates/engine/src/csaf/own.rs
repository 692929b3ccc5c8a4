//! The tests of section 6 that csaf-rs lacks or gets wrong, each a function named by its section.

use super::{Reason, Report, Version};
use serde_json::Value;

/// Whether a test is one of ours, so that the library's is left out.
pub(super) fn is_ours(_version: Version, _test: &str) -> bool {
    false
}

/// Why nobody runs a test.
pub(super) fn reason(test: &str) -> Reason {
    match test {
        // Use of self referencing URLs failing to resolve, and any URL.
        "6.3.6" | "6.3.7" => Reason::NeedsNetwork,
        "6.3.8" => Reason::NeedsDictionary,
        _ => Reason::NotWritten,
    }
}

/// Runs our own tests.
pub(super) fn run(_document: &Value, _report: &mut Report) {}
