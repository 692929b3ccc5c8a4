//! CSAF extensions. None is registered or official that this program knows, and no schema is
//! fetched, so whether content fits its schema (6.1.60.2, 6.1.60.3) stays open.

use super::{Document, Found, text};
use serde_json::Value;

/// Where OASIS publishes; an official extension is one of the technical committee.
const OFFICIAL: &str = "https://docs.oasis-open.org/csaf/";

/// 6.2.54.1 "it MUST be tested that the item is a registered CSAF Extension. The test MUST be
/// skipped for official CSAF Extensions."
pub(super) fn registered_extension(document: &Document) -> Found {
    each(document, |item| {
        (!is_official(item)).then(|| format!("the extension {} is not registered", named(item)))
    })
}

/// 6.2.54.2 "it MUST be tested that the item is an official CSAF Extension."
pub(super) fn official_extension(document: &Document) -> Found {
    each(document, |item| {
        (!is_official(item)).then(|| format!("the extension {} is not official", named(item)))
    })
}

/// 6.2.54.3 "It is sufficient to check whether the value of critical is false."
pub(super) fn critical_extension(document: &Document) -> Found {
    let mut found = each(document, |item| {
        (item.get("critical") == Some(&Value::Bool(true)))
            .then(|| format!("the extension {} is critical", named(item)))
    });
    for (path, _) in &mut found {
        path.push_str("/critical");
    }
    found
}

/// 6.2.54.4 "it MUST be tested that no experimental extension is used if the document is labeled
/// TLP:CLEAR."
pub(super) fn experimental_in_clear_document(document: &Document) -> Found {
    experimental(document, true)
}

/// 6.3.21.2 "it MUST be tested that no experimental extension is used if the document is not
/// labeled TLP:CLEAR."
pub(super) fn experimental_in_other_document(document: &Document) -> Found {
    experimental(document, false)
}

fn experimental(document: &Document, in_clear: bool) -> Found {
    let label = document.value.pointer("/document/distribution/tlp/label");
    if (label.and_then(Value::as_str) == Some("CLEAR")) != in_clear {
        return Found::new();
    }
    each(document, |item| {
        (!is_official(item)).then(|| format!("the extension {} is experimental", named(item)))
    })
}

fn is_official(item: &Value) -> bool {
    text(item, "$schema").is_some_and(|schema| schema.starts_with(OFFICIAL))
}

fn named(item: &Value) -> String {
    format!("`{}`", text(item, "$schema").unwrap_or("without $schema"))
}

/// Every extension in the document, without looking into any.
fn each(document: &Document, judge: impl Fn(&Value) -> Option<String>) -> Found {
    let mut found = Found::new();
    let mut open = vec![(String::new(), document.value)];
    while let Some((path, value)) = open.pop() {
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    let path = format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
                    if key != "x_extensions" {
                        open.push((path, value));
                        continue;
                    }
                    for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                        found.extend(judge(item).map(|message| (format!("{path}/{at}"), message)));
                    }
                }
            }
            Value::Array(items) => {
                let items = items.iter().enumerate();
                open.extend(items.map(|(at, item)| (format!("{path}/{at}"), item)));
            }
            _ => {}
        }
    }
    found
}
