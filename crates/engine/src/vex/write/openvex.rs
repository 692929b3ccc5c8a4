//! OpenVEX 0.2.0.

use super::super::{Identity, Product, Statement, Status, VersionClaim};
use super::{
    Frame, Losses, NO_ACTION, NO_REASON, bom_link, lines, named, other_justification,
    percent_encoded,
};
use crate::purl::Purl;
use serde_json::{Map, Value, json};

/// Digests that the schema has names for.
const HASHES: [&str; 12] = [
    "md5",
    "sha1",
    "sha-256",
    "sha-384",
    "sha-512",
    "sha3-224",
    "sha3-256",
    "sha3-384",
    "sha3-512",
    "blake2s-256",
    "blake2b-256",
    "blake2b-512",
];

pub(super) fn write(frame: &Frame, statements: &[Statement], losses: &mut Losses) -> Option<Value> {
    let mut written = Vec::new();
    for (at, statement) in statements.iter().enumerate() {
        match self::statement(at, statement, frame, losses) {
            Some(one) if !written.contains(&one) => written.push(one),
            Some(_) => {}
            None => losses.add(
                at,
                "statement",
                "left out: OpenVEX can name none of its products",
            ),
        }
    }
    let id = if frame.id.contains(':') && !frame.id.contains(char::is_whitespace) {
        frame.id.clone()
    } else {
        losses.of_document("id", "written as a URN, since OpenVEX asks for an IRI");
        format!("urn:vex:{}", percent_encoded(&frame.id))
    };
    (!written.is_empty()).then(|| {
        json!({
            "@context": "https://openvex.dev/ns/v0.2.0",
            "@id": id,
            "author": frame.author,
            "timestamp": frame.timestamp,
            "version": frame.version.max(1),
            "statements": written,
        })
    })
}

fn statement(at: usize, from: &Statement, frame: &Frame, losses: &mut Losses) -> Option<Value> {
    let mut products: Vec<Value> = Vec::new();
    for product in &from.products {
        for one in self::products(at, product, losses) {
            if !products.contains(&one) {
                products.push(one);
            }
        }
    }
    if products.is_empty() {
        return None;
    }
    let mut vulnerability = json!({"name": from.vulnerability});
    if !from.aliases.is_empty() {
        vulnerability["aliases"] = json!(from.aliases);
    }
    let mut to = json!({
        "vulnerability": vulnerability,
        "timestamp": from.timestamp.as_ref().unwrap_or(&frame.timestamp),
        "products": products,
        "status": from.status.as_str(),
    });
    let mut notes = vec![from.notes.clone()];
    if let Some(label) = from
        .justification
        .filter(|_| from.status == Status::NotAffected)
    {
        to["justification"] = label.as_str().into();
    }
    if let Some(original) = other_justification(from) {
        losses.add(
            at,
            "original_justification",
            format!("{original} stands in the notes"),
        );
        notes.push(Some(format!("Justification in the source: {original}.")));
    }
    if !from.responses.is_empty() {
        let words = from.responses.join(", ");
        losses.add(at, "responses", format!("{words} stands in the notes"));
        notes.push(Some(format!("Response: {words}.")));
    }
    let mut impact = from.impact.clone();
    if from.status == Status::NotAffected && from.justification.is_none() && impact.is_none() {
        losses.add(
            at,
            "justification",
            "none is given, and OpenVEX asks for one",
        );
        impact = Some(NO_REASON.into());
    }
    let mut action = from.action.clone();
    if from.status == Status::Affected && action.is_none() {
        losses.add(at, "action", "none is given, and OpenVEX asks for one");
        action = Some(NO_ACTION.into());
    }
    for (key, text) in [
        ("impact_statement", impact),
        ("action_statement", action),
        ("status_notes", lines(notes)),
    ] {
        if let Some(text) = text {
            to[key] = text.into();
        }
    }
    Some(to)
}

/// A product, once for each version it is about.
fn products(at: usize, from: &Product, losses: &mut Losses) -> Vec<Value> {
    if from.versions.is_empty() {
        let Some(mut to) = component(at, from, None, losses) else {
            return Vec::new();
        };
        let mut parts = Vec::new();
        for part in &from.subcomponents {
            parts.extend(self::products(at, part, losses));
        }
        if !from.subcomponents.is_empty() && parts.is_empty() {
            losses.add(
                at,
                "subcomponents",
                "none can be named, so the product is left out",
            );
            return Vec::new();
        }
        if !parts.is_empty() {
            to["subcomponents"] = json!(parts);
        }
        return vec![to];
    }
    let mut written = Vec::new();
    for claim in &from.versions {
        match claim {
            VersionClaim::Version(version) if has_purl(from) => {
                written.extend(component(at, from, Some(version), losses));
            }
            VersionClaim::Version(text) | VersionClaim::Range(text) => losses.add(
                at,
                "versions",
                format!("{text} left out with its product: OpenVEX has no ranges of versions"),
            ),
        }
    }
    written
}

fn has_purl(product: &Product) -> bool {
    let mut ids = product.identities.iter();
    ids.any(|identity| matches!(identity, Identity::Purl { .. }))
}

fn component(
    at: usize,
    from: &Product,
    version: Option<&str>,
    losses: &mut Losses,
) -> Option<Value> {
    let mut id: Option<String> = None;
    let (mut identifiers, mut hashes) = (Map::new(), Map::new());
    for identity in &from.identities {
        match identity {
            Identity::Purl { purl } => {
                let purl = with_version(purl, version);
                if id.as_deref().is_none_or(|id| !id.starts_with("pkg:")) {
                    id = Some(purl);
                } else {
                    let text = format!("a second package URL, {purl}, is left out");
                    losses.add(at, "products", text);
                }
            }
            // A CPE names all versions or another one where the statement is about this one.
            Identity::Cpe { .. } if version.is_some() => {}
            Identity::Cpe { cpe } => {
                let is_new = cpe.starts_with("cpe:2.3:");
                let key = if is_new { "cpe23" } else { "cpe22" };
                identifiers.insert(key.into(), cpe.clone().into());
            }
            Identity::BomRef { .. } => {
                let link = bom_link(identity);
                if link.is_none() && from.identities.len() == 1 {
                    let text = "a reference into a BOM without its serial number";
                    losses.add(at, "products", text);
                }
                id = id.or(link);
            }
            Identity::Hash { algorithm, value } if HASHES.contains(&algorithm.as_str()) => {
                hashes.insert(algorithm.clone(), value.clone().into());
            }
            Identity::Hash { algorithm, .. } => {
                let text = format!("OpenVEX has no name for {algorithm}");
                losses.add(at, "products", text);
            }
            Identity::Iri { iri } => id = id.or_else(|| iri.contains(':').then(|| iri.clone())),
        }
    }
    if id.is_none() && identifiers.is_empty() {
        let name = named(from).unwrap_or_default();
        losses.add(
            at,
            "products",
            format!("{name:?} has no identifier and is left out"),
        );
        return None;
    }
    let mut to = Map::new();
    to.extend(id.map(|id| ("@id".to_owned(), Value::from(id))));
    for (key, members) in [("identifiers", identifiers), ("hashes", hashes)] {
        if !members.is_empty() {
            to.insert(key.into(), members.into());
        }
    }
    Some(to.into())
}

/// The package URL with the version a statement claims.
fn with_version(purl: &str, version: Option<&str>) -> String {
    match (version, Purl::parse(purl)) {
        (Some(version), Ok(mut parsed)) => {
            parsed.version = Some(version.to_owned());
            parsed.canonical()
        }
        _ => purl.to_owned(),
    }
}
