//! CWE in CSAF 2.0, which names no version of the list.

use super::{Document, Found, items, text};
use csaf_rs::helpers::CWE_ENTRIES;

/// 6.1.11 "It MUST be tested that given CWE exists and is valid." The library asks the list that was newest on the document's day, and so
/// calls names wrong that a later list has; here a name is right that any version has for the id.
pub(super) fn cwe(document: &Document) -> Found {
    let mut found = Found::new();
    for (path, vulnerability) in items(document.value, "/vulnerabilities") {
        let Some(cwe) = vulnerability.get("cwe") else {
            continue;
        };
        let (Some(id), Some(name)) = (text(cwe, "id"), text(cwe, "name")) else {
            continue;
        };
        let names = || CWE_ENTRIES.values().filter_map(|list| list.entries.get(id));
        if names().next().is_none() {
            found.push((
                format!("{path}/cwe/id"),
                format!("no version of the list has the weakness {id}"),
            ));
        } else if names().all(|entry| entry.name != name) {
            let message = format!("no version of the list calls {id} `{name}`");
            found.push((format!("{path}/cwe/name"), message));
        }
    }
    found
}
