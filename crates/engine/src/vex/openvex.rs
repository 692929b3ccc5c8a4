//! OpenVEX 0.2.0, and the forms of 0.0.1 where vulnerabilities and products are plain texts.

use super::value::{self, identity, list, scalar, text, texts, tidied};
use super::{Format, Justification, Product, Statement, Status, VexDocument, VexError, Warning};
use serde_json::Value;

/// Reads a document whose `@context` is OpenVEX's.
pub(super) fn read(document: &Value) -> Result<VexDocument, VexError> {
    let context = document.get("@context").map(texts).unwrap_or_default();
    let version = context
        .iter()
        .find_map(|context| context.split_once("openvex.dev/ns/v"))
        .map_or("0.0.1", |(_, version)| version.trim_end_matches('/'));
    if !["0.0.1", "0.0.2", "0.2.0"].contains(&version) {
        return Err(VexError::Unsupported {
            format: Format::OpenVex,
            version: version.to_owned(),
        });
    }
    let mut read = VexDocument {
        format: Format::OpenVex,
        spec_version: version.to_owned(),
        id: text(document, "@id"),
        version: scalar(document, "version"),
        author: text(document, "author"),
        namespace: None,
        timestamp: text(document, "timestamp"),
        statements: Vec::new(),
        warnings: Vec::new(),
    };
    for (index, entry) in list(document, "statements").iter().enumerate() {
        let place = format!("/statements/{index}");
        match statement(document, entry, &place) {
            Ok(statement) => {
                if statement.products.is_empty() {
                    warn(&mut read, &place, "the statement names no product");
                }
                read.statements.push(statement);
            }
            Err(why) => warn(&mut read, &place, why),
        }
    }
    Ok(read)
}

fn warn(read: &mut VexDocument, place: &str, text: &str) {
    read.warnings.push(Warning {
        place: place.to_owned(),
        text: text.to_owned(),
    });
}

fn statement(document: &Value, entry: &Value, place: &str) -> Result<Statement, &'static str> {
    let (vulnerability, mut aliases) =
        vulnerability(entry).ok_or("the statement names no vulnerability")?;
    let original_status = text(entry, "status").ok_or("the statement has no status")?;
    let status =
        Status::from_label(&original_status).ok_or("the status is none of the four of OpenVEX")?;
    let original_justification = text(entry, "justification");
    aliases.sort();
    aliases.dedup();
    let mut products: Vec<Product> = products(entry);
    if products.is_empty() {
        products = self::products(document);
    }
    // In 0.0.1 the subcomponents stand beside the products and belong to each of them.
    let beside: Vec<Product> = list(entry, "subcomponents")
        .iter()
        .filter_map(product)
        .collect();
    if !beside.is_empty() {
        for product in &mut products {
            product.subcomponents.extend(beside.iter().cloned());
        }
    }
    Ok(Statement {
        vulnerability,
        aliases,
        products,
        status,
        justification: original_justification
            .as_deref()
            .and_then(Justification::from_label),
        impact: text(entry, "impact_statement"),
        action: text(entry, "action_statement"),
        responses: Vec::new(),
        notes: text(entry, "status_notes"),
        timestamp: text(entry, "timestamp").or_else(|| text(document, "timestamp")),
        original_status,
        original_justification,
        place: place.to_owned(),
    })
}

/// The id and the aliases.
fn vulnerability(entry: &Value) -> Option<(String, Vec<String>)> {
    let vulnerability = entry.get("vulnerability")?;
    if let Some(name) = vulnerability.as_str() {
        return (!name.trim().is_empty()).then(|| (name.trim().to_owned(), Vec::new()));
    }
    let aliases = vulnerability.get("aliases").map(texts).unwrap_or_default();
    let name = text(vulnerability, "name").or_else(|| text(vulnerability, "@id"))?;
    Some((name, aliases))
}

fn products(holder: &Value) -> Vec<Product> {
    list(holder, "products")
        .iter()
        .filter_map(product)
        .collect()
}

fn product(entry: &Value) -> Option<Product> {
    let mut product = Product::default();
    if let Some(id) = entry.as_str() {
        product.identities.push(identity(id.trim()));
        return Some(product);
    }
    product
        .identities
        .extend(text(entry, "@id").map(|id| identity(&id)));
    for key in ["purl", "cpe22", "cpe23"] {
        let id = entry.get("identifiers").and_then(|ids| text(ids, key));
        product.identities.extend(id.map(|id| identity(&id)));
    }
    if let Some(hashes) = entry.get("hashes").and_then(Value::as_object) {
        for (name, digest) in hashes {
            if let Some(digest) = digest.as_str() {
                value::push_hash(&mut product, name, digest);
            }
        }
    }
    let parts = list(entry, "subcomponents").iter();
    product.subcomponents = parts.filter_map(shallow).collect();
    (!product.identities.is_empty()).then(|| tidied(product))
}

/// A subcomponent; it has none of its own.
fn shallow(entry: &Value) -> Option<Product> {
    let mut part = product(entry)?;
    part.subcomponents.clear();
    Some(part)
}
