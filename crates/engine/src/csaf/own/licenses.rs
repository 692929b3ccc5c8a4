//! The licence a document is under.

use super::{Document, Found};
use serde_json::Value;

/// 6.3.17 "It MUST be tested that the all license identifiers and exceptions are listed either in
/// the official SPDX license identifier list or AboutCode's ScanCode LicenseDB." An identifier in
/// ScanCode's namespace counts as listed; whether it exists is asked by 6.2.45.
pub(super) fn unregistered_license(document: &Document) -> Found {
    const PATH: &str = "/document/license_expression";
    let Some(expression) = document.value.pointer(PATH).and_then(Value::as_str) else {
        return Found::new();
    };
    let words = expression.split(|c: char| c.is_whitespace() || c == '(' || c == ')');
    let ids = words.filter(|word| !["", "AND", "OR", "WITH"].contains(word));
    let unlisted = ids.filter(|id| {
        let bare = id.strip_suffix('+').unwrap_or(id);
        spdx::license_id(bare).is_none()
            && spdx::exception_id(bare).is_none()
            && !bare.starts_with("LicenseRef-scancode-")
    });
    unlisted
        .map(|id| (PATH.to_owned(), format!("the licence `{id}` is on no list")))
        .collect()
}
