//! The vulnerabilities of a CycloneDX BOM (1.4 to 1.7, JSON): a VEX of its own that points at
//! another BOM by BOM-Link, or a BOM with its VEX or VDR inside.

use super::mapping::{justification_from_cyclonedx, status_from_cyclonedx};
use super::value::{self, bom_link, identity, list, scalar, text, texts, tidied};
use super::{Format, Identity, Product, Statement, Status, VersionClaim};
use super::{VexDocument, VexError, Warning};
use serde_json::Value;
use std::collections::HashMap;

/// Reads a document whose `bomFormat` is CycloneDX.
pub(super) fn read(document: &Value) -> Result<VexDocument, VexError> {
    let version = text(document, "specVersion").unwrap_or_default();
    if !["1.4", "1.5", "1.6", "1.7"].contains(&version.as_str()) {
        return Err(VexError::Unsupported {
            format: Format::CycloneDx,
            version,
        });
    }
    let metadata = document.get("metadata").unwrap_or(&Value::Null);
    let mut read = VexDocument {
        format: Format::CycloneDx,
        spec_version: version,
        id: text(document, "serialNumber"),
        version: scalar(document, "version"),
        author: author(metadata),
        namespace: None,
        timestamp: text(metadata, "timestamp"),
        statements: Vec::new(),
        warnings: Vec::new(),
    };
    let parts = Parts::of(document);
    for (index, entry) in list(document, "vulnerabilities").iter().enumerate() {
        vulnerability(
            entry,
            &format!("/vulnerabilities/{index}"),
            &parts,
            &mut read,
        );
    }
    Ok(read)
}

fn author(metadata: &Value) -> Option<String> {
    let person = list(metadata, "authors")
        .iter()
        .find_map(|one| text(one, "name"));
    person.or_else(|| {
        ["manufacturer", "manufacture", "supplier"]
            .into_iter()
            .find_map(|key| text(metadata.get(key)?, "name"))
    })
}

/// What the BOM itself says about the elements that its vulnerabilities point at.
struct Parts<'a> {
    serial: Option<String>,
    version: Option<u64>,
    by_ref: HashMap<&'a str, &'a Value>,
}

impl<'a> Parts<'a> {
    fn of(document: &'a Value) -> Self {
        let mut by_ref = HashMap::new();
        let subject = document.pointer("/metadata/component");
        let mut open: Vec<&Value> = subject.into_iter().collect();
        open.extend(list(document, "components"));
        open.extend(list(document, "services"));
        while let Some(part) = open.pop() {
            if let Some(reference) = part.get("bom-ref").and_then(Value::as_str) {
                by_ref.insert(reference, part);
            }
            open.extend(list(part, "components"));
            open.extend(list(part, "services"));
        }
        let serial = text(document, "serialNumber");
        Self {
            serial: serial.map(|serial| serial.trim_start_matches("urn:uuid:").to_lowercase()),
            version: document.get("version").and_then(Value::as_u64),
            by_ref,
        }
    }

    /// The product a reference means, with everything the BOM knows of it.
    fn product(&self, reference: &str) -> Product {
        let mut product = Product::default();
        let here = match bom_link(reference) {
            Some(link) => {
                let inner = match &link {
                    Identity::BomRef {
                        serial, reference, ..
                    } if *serial == self.serial => Some(reference.clone()),
                    _ => None,
                };
                product.identities.push(link);
                inner
            }
            None => {
                product.identities.push(Identity::BomRef {
                    serial: self.serial.clone(),
                    version: self.version,
                    reference: reference.to_owned(),
                });
                Some(reference.to_owned())
            }
        };
        match here.as_deref().and_then(|here| self.by_ref.get(here)) {
            Some(part) => describe(part, &mut product),
            // Many tools use the purl itself as the reference.
            None if reference.starts_with("pkg:") => product.identities.push(identity(reference)),
            None => {}
        }
        tidied(product)
    }
}

fn describe(part: &Value, product: &mut Product) {
    for key in ["purl", "cpe"] {
        let id = text(part, key);
        product.identities.extend(id.map(|id| identity(&id)));
    }
    for hash in list(part, "hashes") {
        if let (Some(name), Some(digest)) = (text(hash, "alg"), text(hash, "content")) {
            value::push_hash(product, &name, &digest);
        }
    }
    product.name = text(part, "name");
    product.version = text(part, "version");
}

fn vulnerability(entry: &Value, place: &str, parts: &Parts, read: &mut VexDocument) {
    let Some(id) = text(entry, "id") else {
        return warn(read, place, "the vulnerability has no id");
    };
    let mut aliases: Vec<String> = list(entry, "references")
        .iter()
        .filter_map(|reference| text(reference, "id"))
        .filter(|alias| *alias != id)
        .collect();
    aliases.sort();
    aliases.dedup();
    let null = Value::Null;
    let analysis = entry.get("analysis").unwrap_or(&null);
    let state = text(analysis, "state");
    let status = state.as_deref().and_then(status_from_cyclonedx);
    if let (Some(state), None) = (&state, status) {
        warn(
            read,
            place,
            &format!("the state {state:?} is none of CycloneDX's"),
        );
        return;
    }
    let word = text(analysis, "justification");
    let row = word.as_deref().and_then(justification_from_cyclonedx);
    let is_not_affected = status == Some(Status::NotAffected);
    let base = Statement {
        vulnerability: id,
        aliases,
        products: Vec::new(),
        status: status.unwrap_or(Status::UnderInvestigation),
        justification: row.filter(|_| is_not_affected).map(|row| row.label),
        impact: text(analysis, "detail"),
        action: text(entry, "recommendation").or_else(|| text(entry, "workaround")),
        responses: analysis.get("response").map(texts).unwrap_or_default(),
        notes: None,
        timestamp: ["lastUpdated", "firstIssued"]
            .into_iter()
            .find_map(|key| text(analysis, key))
            .or_else(|| text(entry, "updated"))
            .or_else(|| read.timestamp.clone()),
        original_status: state.unwrap_or_default(),
        original_justification: word,
        place: place.to_owned(),
    };
    let found = by_status(entry, status, parts);
    if found.iter().all(|(_, products)| products.is_empty()) {
        let why = if status.is_some() {
            "the vulnerability affects no element"
        } else {
            "the vulnerability has no state, so it is no VEX statement"
        };
        warn(read, place, why);
    }
    for (status, products) in found {
        if !products.is_empty() {
            let mut statement = base.clone();
            // A justification is of the state that was given, not of one read from the versions.
            if status != base.status {
                statement.justification = None;
            }
            statement.status = status;
            statement.products = products;
            read.statements.push(statement);
        }
    }
}

/// The products by status. Versions listed as `unaffected` or `unknown` say so whatever the state
/// of the analysis is; those listed as `affected` (the default) have its state.
fn by_status(entry: &Value, state: Option<Status>, parts: &Parts) -> Vec<(Status, Vec<Product>)> {
    let mut found: Vec<(Status, Vec<Product>)> = Status::ALL
        .into_iter()
        .map(|status| (status, Vec::new()))
        .collect();
    let mut push = |status: Option<Status>, product: Product| {
        if let Some((_, products)) = found.iter_mut().find(|(one, _)| Some(*one) == status) {
            products.push(product);
        }
    };
    for affected in list(entry, "affects") {
        let Some(reference) = text(affected, "ref") else {
            continue;
        };
        let product = parts.product(&reference);
        let versions = list(affected, "versions");
        if versions.is_empty() {
            push(state, product.clone());
        }
        for (word, status) in [
            ("affected", state.or(Some(Status::Affected))),
            ("unaffected", Some(Status::NotAffected)),
            ("unknown", Some(Status::UnderInvestigation)),
        ] {
            let claims = claims(versions, word);
            if !claims.is_empty() {
                let mut product = product.clone();
                product.versions = claims;
                push(status, product);
            }
        }
    }
    found
}

fn claims(versions: &[Value], status: &str) -> Vec<VersionClaim> {
    let of_status = versions
        .iter()
        .filter(|one| text(one, "status").unwrap_or_else(|| "affected".into()) == status);
    of_status
        .filter_map(|one| {
            let version = text(one, "version").map(VersionClaim::Version);
            version.or_else(|| text(one, "range").map(VersionClaim::Range))
        })
        .collect()
}

fn warn(read: &mut VexDocument, place: &str, text: &str) {
    read.warnings.push(Warning {
        place: place.to_owned(),
        text: text.to_owned(),
    });
}
