//! CycloneDX 1.6, a BOM with nothing but vulnerabilities: each points at another BOM by BOM-Link,
//! or at a component listed beside it.

use super::super::mapping::{
    justification_to_cyclonedx, status_from_cyclonedx, status_to_cyclonedx,
};
use super::super::{Identity, Product, Statement, Status, VersionClaim};
use super::{Frame, Losses, bom_link, lines, named};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Words that `analysis.response` knows, and what CSAF calls the same.
const RESPONSES: [(&str, &str); 10] = [
    ("can_not_fix", "can_not_fix"),
    ("will_not_fix", "will_not_fix"),
    ("update", "update"),
    ("rollback", "rollback"),
    ("workaround_available", "workaround_available"),
    ("vendor_fix", "update"),
    ("workaround", "workaround_available"),
    ("mitigation", "workaround_available"),
    ("no_fix_planned", "will_not_fix"),
    ("none_available", "can_not_fix"),
];

pub(super) fn write(frame: &Frame, statements: &[Statement], losses: &mut Losses) -> Option<Value> {
    let mut components: BTreeMap<String, Value> = BTreeMap::new();
    let mut written: Vec<Value> = Vec::new();
    for (at, statement) in statements.iter().enumerate() {
        match vulnerability(at, statement, frame, &mut components, losses) {
            Some(one) if !written.contains(&one) => written.push(one),
            Some(_) => {}
            None => losses.add(
                at,
                "statement",
                "left out: CycloneDX can name none of its products",
            ),
        }
    }
    if written.is_empty() {
        return None;
    }
    let mut document = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": frame.version.max(1),
        "metadata": {
            "timestamp": frame.timestamp,
            "authors": [{"name": frame.author}],
        },
    });
    let serial = frame.id.to_ascii_lowercase();
    if serial.starts_with("urn:uuid:") && serial.len() == 45 {
        document["serialNumber"] = serial.into();
    } else {
        losses.of_document("id", "left out: a CycloneDX serial number is a UUID");
    }
    if !components.is_empty() {
        document["components"] = components.into_values().collect();
    }
    document["vulnerabilities"] = written.into();
    Some(document)
}

fn vulnerability(
    at: usize,
    from: &Statement,
    frame: &Frame,
    components: &mut BTreeMap<String, Value>,
    losses: &mut Losses,
) -> Option<Value> {
    let mut affects: Vec<Value> = Vec::new();
    let mut details = vec![from.impact.clone(), from.notes.clone()];
    for product in &from.products {
        let parts: &[Product] = if product.subcomponents.is_empty() {
            std::slice::from_ref(product)
        } else {
            let name = named(product).unwrap_or_default();
            losses.add(
                at,
                "products",
                format!("that it is about {name} stands in the detail only"),
            );
            details.push(Some(format!("In the product {name}.")));
            &product.subcomponents
        };
        for part in parts {
            match affected(part, components) {
                Some(one) if !affects.contains(&one) => affects.push(one),
                Some(_) => {}
                None => losses.add(at, "products", "a product without any name is left out"),
            }
        }
    }
    if affects.is_empty() {
        return None;
    }
    let mut analysis = analysis(at, from, &mut details, losses);
    analysis["lastUpdated"] = from
        .timestamp
        .as_ref()
        .unwrap_or(&frame.timestamp)
        .clone()
        .into();
    details.dedup();
    if let Some(detail) = lines(details) {
        analysis["detail"] = detail.into();
    }
    let mut to = json!({"id": from.vulnerability});
    if !from.aliases.is_empty() {
        let aliases = from
            .aliases
            .iter()
            .map(|id| json!({"id": id, "source": {"name": source(id)}}));
        to["references"] = aliases.collect();
    }
    if let Some(action) = &from.action {
        to["recommendation"] = action.clone().into();
    }
    to["analysis"] = analysis;
    to["affects"] = affects.into();
    Some(to)
}

fn analysis(
    at: usize,
    from: &Statement,
    details: &mut Vec<Option<String>>,
    losses: &mut Losses,
) -> Value {
    // A word of CycloneDX itself comes back as it was.
    let state = match status_from_cyclonedx(&from.original_status) {
        Some(status) if status == from.status && from.status != Status::UnderInvestigation => {
            match from.original_status.as_str() {
                word @ ("false_positive" | "resolved_with_pedigree") => word,
                _ => status_to_cyclonedx(from.status),
            }
        }
        _ => status_to_cyclonedx(from.status),
    };
    let mut to = json!({"state": state});
    let original = from.original_justification.as_deref();
    let own = original.filter(|word| OWN.contains(word));
    let row = from.justification.and_then(justification_to_cyclonedx);
    if let Some(word) = own {
        to["justification"] = word.into();
    } else if let Some(row) = row {
        to["justification"] = row.cyclonedx.into();
        let label = row.label.as_str();
        details.push(Some(format!("Justification: {label}.")));
        if row.is_lossy {
            let text = format!(
                "{label} is written as {}, its own word stands in the detail",
                row.cyclonedx
            );
            losses.add(at, "justification", text);
        }
    }
    let mut responses: Vec<&str> = Vec::new();
    for word in &from.responses {
        match RESPONSES.iter().find(|(from, _)| from == word) {
            Some((known, response)) => {
                if known != response {
                    losses.add(at, "responses", format!("{word} is written as {response}"));
                }
                responses.push(response);
            }
            None => losses.add(at, "responses", format!("CycloneDX has no word for {word}")),
        }
    }
    responses.sort_unstable();
    responses.dedup();
    if !responses.is_empty() {
        to["response"] = json!(responses);
    }
    to
}

/// The nine words of `analysis.justification`.
const OWN: [&str; 9] = [
    "code_not_present",
    "code_not_reachable",
    "requires_configuration",
    "requires_dependency",
    "requires_environment",
    "protected_by_compiler",
    "protected_at_runtime",
    "protected_at_perimeter",
    "protected_by_mitigating_control",
];

/// An entry of `affects`; what no BOM-Link names is listed as a component.
fn affected(product: &Product, components: &mut BTreeMap<String, Value>) -> Option<Value> {
    let link = product.identities.iter().find_map(bom_link);
    let reference = match link {
        Some(link) => link,
        None => listed(product, components)?,
    };
    let mut to = json!({"ref": reference});
    if !product.versions.is_empty() {
        let claims = product.versions.iter().map(|claim| match claim {
            VersionClaim::Version(version) => json!({"version": version}),
            VersionClaim::Range(range) => json!({"range": range}),
        });
        to["versions"] = claims.collect();
    }
    Some(to)
}

fn listed(product: &Product, components: &mut BTreeMap<String, Value>) -> Option<String> {
    let reference = named_ref(product)?;
    let mut component = json!({
        "type": "library",
        "bom-ref": reference,
        "name": product.name.clone().unwrap_or_else(|| reference.clone()),
    });
    if let Some(version) = &product.version {
        component["version"] = version.clone().into();
    }
    let mut hashes = Vec::new();
    for identity in &product.identities {
        match identity {
            Identity::Purl { purl } if component.get("purl").is_none() => {
                component["purl"] = purl.clone().into();
            }
            Identity::Cpe { cpe } if component.get("cpe").is_none() => {
                component["cpe"] = cpe.clone().into();
            }
            Identity::Hash { algorithm, value } => {
                hashes
                    .extend(hash_name(algorithm).map(|alg| json!({"alg": alg, "content": value})));
            }
            _ => {}
        }
    }
    if !hashes.is_empty() {
        component["hashes"] = hashes.into();
    }
    components.insert(reference.clone(), component);
    Some(reference)
}

/// The package URL where there is one, else the name; the versions of a name are apart.
fn named_ref(product: &Product) -> Option<String> {
    let purl = product
        .identities
        .iter()
        .find_map(|identity| match identity {
            Identity::Purl { purl } => Some(purl.clone()),
            _ => None,
        });
    purl.or_else(|| named(product))
}

fn hash_name(algorithm: &str) -> Option<&'static str> {
    Some(match algorithm {
        "md5" => "MD5",
        "sha1" => "SHA-1",
        "sha-256" => "SHA-256",
        "sha-384" => "SHA-384",
        "sha-512" => "SHA-512",
        "sha3-256" => "SHA3-256",
        "sha3-384" => "SHA3-384",
        "sha3-512" => "SHA3-512",
        "blake2b-256" => "BLAKE2b-256",
        "blake2b-512" => "BLAKE2b-512",
        _ => return None,
    })
}

/// Who gives out ids of this form; `references` asks for it.
fn source(id: &str) -> &'static str {
    match id.split_once('-').map(|(head, _)| head) {
        Some("CVE") => "CVE",
        Some("GHSA") => "GitHub Advisory Database",
        Some("EUVD") => "EUVD",
        _ => "unknown",
    }
}
