//! Looking into JSON that may hold anything.

use super::{Identity, Product};
use serde_json::Value;

/// A member that is a text and not blank.
pub(super) fn text(value: &Value, key: &str) -> Option<String> {
    let text = value.get(key)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The items of a member that is a list; none for anything else.
pub(super) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// A text, or the texts of a list.
pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items
            .iter()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

/// A text or a number, as text.
pub(super) fn scalar(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What kind of identifier a text is, by its beginning.
pub(super) fn identity(text: &str) -> Identity {
    let lower = text.get(..4).unwrap_or_default().to_ascii_lowercase();
    if lower == "pkg:" {
        return Identity::Purl { purl: text.into() };
    }
    if lower == "cpe:" {
        return Identity::Cpe { cpe: text.into() };
    }
    bom_link(text).unwrap_or_else(|| Identity::Iri { iri: text.into() })
}

/// `urn:cdx:<serial>/<version>#<bom-ref>` (CycloneDX BOM-Link), the reference percent-decoded.
pub(super) fn bom_link(text: &str) -> Option<Identity> {
    let rest = text.strip_prefix("urn:cdx:")?;
    let (serial, rest) = rest.split_once('/')?;
    let (version, reference) = rest.split_once('#')?;
    Some(Identity::BomRef {
        serial: Some(serial.to_ascii_lowercase()),
        version: version.parse().ok(),
        reference: percent_decoded(reference),
    })
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = text.get(at + 1..at + 3).filter(|_| byte == b'%');
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(value) => {
                decoded.push(value);
                at += 3;
            }
            None => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// An algorithm's name as this module spells it: `SHA-256`, `sha256` and `sha_256` are `sha-256`.
pub(super) fn algorithm(name: &str) -> String {
    let lower = name.to_ascii_lowercase().replace('_', "-");
    match lower.as_str() {
        "sha256" | "sha384" | "sha512" | "sha224" => format!("sha-{}", &lower[3..]),
        "sha-1" => "sha1".into(),
        _ => lower,
    }
}

/// Adds a digest.
pub(super) fn push_hash(product: &mut Product, name: &str, value: &str) {
    product.identities.push(Identity::Hash {
        algorithm: algorithm(name),
        value: value.to_ascii_lowercase(),
    });
}

/// Sorts identities and drops those said twice.
pub(super) fn tidied(mut product: Product) -> Product {
    product.identities.sort();
    product.identities.dedup();
    product
}

/// The sentence for what is said about a status or justification that no format knows.
pub(super) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
