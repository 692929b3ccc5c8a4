//! The groups of products by status, and what must stand beside them.

use super::{Document, Found, items, text, texts};
use crate::csaf::Version;
use serde_json::Value;
use std::collections::BTreeSet;

/// A product status group (section "Vulnerabilities Property - Product Status").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Affected,
    NotAffected,
    Fixed,
    UnderInvestigation,
    Unknown,
    Recommended,
}

/// The group of a list in `product_status`.
pub(super) fn group_of(key: &str) -> Option<Group> {
    Some(match key {
        "first_affected" | "known_affected" | "last_affected" => Group::Affected,
        "known_not_affected" => Group::NotAffected,
        "first_fixed" | "fixed" => Group::Fixed,
        "under_investigation" => Group::UnderInvestigation,
        "unknown" => Group::Unknown,
        "recommended" => Group::Recommended,
        _ => return None,
    })
}

/// The products of a group, each with its place.
fn members<'a>(vulnerability: &'a Value, path: &str, group: Group) -> Vec<(String, &'a str)> {
    let Some(status) = vulnerability.get("product_status") else {
        return Vec::new();
    };
    let keys = status.as_object().into_iter().flatten().map(|(key, _)| key);
    keys.filter(|key| group_of(key) == Some(group))
        .flat_map(|key| {
            let listed = texts(status, key).enumerate();
            listed.map(move |(at, id)| (format!("{path}/product_status/{key}/{at}"), id))
        })
        .collect()
}

/// 6.2.19 "For each item the fixed products group (first_fixed and fixed) it MUST be tested that a
/// CVSS applying to this product has an overall score of 0. The test SHALL pass if none of the
/// Product IDs listed within product status fixed or first_fixed is found in products of any item
/// of the metrics element." (2.0: `scores`.)
pub(super) fn cvss_for_fixed_products(document: &Document) -> Found {
    let mut found = Found::new();
    for (path, vulnerability) in items(document.value, "/vulnerabilities") {
        let key = match document.version {
            Version::V2_0 => "scores",
            Version::V2_1 => "metrics",
        };
        let metrics = vulnerability.get(key).and_then(Value::as_array);
        let mut scored = BTreeSet::new();
        for metric in metrics.into_iter().flatten() {
            let content = match document.version {
                Version::V2_0 => metric,
                Version::V2_1 => metric.get("content").unwrap_or(metric),
            };
            let scores = ["cvss_v2", "cvss_v3", "cvss_v4"].map(|key| (key, content.get(key)));
            let matters = scores
                .iter()
                .any(|(key, score)| score.is_some_and(|score| !is_zero(key, score)));
            if matters {
                scored.extend(texts(metric, "products"));
            }
        }
        for (place, id) in members(vulnerability, &path, Group::Fixed) {
            if scored.contains(id) {
                let message = format!("the product `{id}` is fixed, yet a CVSS of it is not 0");
                found.push((place, message));
            }
        }
    }
    found
}

/// Whether the overall score is 0: given as such, or by the environmental metrics that the
/// specification names for each version of CVSS.
fn is_zero(key: &str, score: &Value) -> bool {
    let number = |key: &str| score.get(key).and_then(Value::as_f64);
    let overall = number("environmentalScore")
        .or_else(|| number("temporalScore"))
        .or_else(|| number("baseScore"));
    let vector = text(score, "vectorString").unwrap_or_default();
    let parts: BTreeSet<&str> = vector.split('/').collect();
    let is_set = |metric: &str, property: &str, word: &str| {
        parts.contains(metric) || text(score, property) == Some(word)
    };
    let is_off = match key {
        "cvss_v2" => is_set("TD:N", "targetDistribution", "NONE"),
        "cvss_v3" => {
            is_set("MC:N", "modifiedConfidentialityImpact", "NONE")
                && is_set("MI:N", "modifiedIntegrityImpact", "NONE")
                && is_set("MA:N", "modifiedAvailabilityImpact", "NONE")
        }
        _ => {
            is_set("MVC:N", "modifiedVulnConfidentialityImpact", "NONE")
                && is_set("MVI:N", "modifiedVulnIntegrityImpact", "NONE")
                && is_set("MVA:N", "modifiedVulnAvailabilityImpact", "NONE")
                && is_set("MSC:N", "modifiedSubConfidentialityImpact", "NEGLIGIBLE")
                && is_set("MSI:N", "modifiedSubIntegrityImpact", "NEGLIGIBLE")
                && is_set("MSA:N", "modifiedSubAvailabilityImpact", "NEGLIGIBLE")
        }
    };
    is_off || overall == Some(0.0)
}

/// 6.2.39.1 "For each product listed in the product status group affected in any vulnerability, it
/// MUST be tested that a corresponding version of the product is listed as fixed in the same
/// vulnerability. The test MUST be skipped if there is a clear indication, that such a version of
/// the product does not exist. … The test MUST NOT be skipped, if there is an indication, that such
/// a version of the product might exist."
pub(super) fn missing_fixed_product(document: &Document) -> Found {
    let category = document
        .value
        .pointer("/document/category")
        .and_then(Value::as_str);
    if category != Some("csaf_security_advisory") {
        return Found::new();
    }
    let families = document.tree.families();
    let mut found = Found::new();
    for (path, vulnerability) in items(document.value, "/vulnerabilities") {
        let fixed = members(vulnerability, &path, Group::Fixed);
        let fixed: BTreeSet<_> = fixed
            .iter()
            .map(|(_, id)| families.get(id).map(|(at, _)| *at))
            .collect();
        let remedies = |categories: &[&str]| -> BTreeSet<&str> {
            let list = vulnerability.get("remediations").and_then(Value::as_array);
            list.into_iter()
                .flatten()
                .filter(|one| text(one, "category").is_some_and(|it| categories.contains(&it)))
                .flat_map(|one| referred(document.value, one))
                .collect()
        };
        let never = remedies(&["fix_planned", "no_fix_planned", "none_available"]);
        let exists = remedies(&["vendor_fix"]);
        for (place, id) in members(vulnerability, &path, Group::Affected) {
            let family = families.get(id);
            let has_end = family.is_some_and(|(_, branch)| {
                let last = branch.name.rsplit('|').next().unwrap_or_default();
                let last = last.rsplit('/').next().unwrap_or_default();
                last.starts_with('<') && !last.starts_with("<=")
            });
            let is_hinted = exists.contains(id) || has_end;
            if never.contains(id) && !is_hinted {
                continue;
            }
            if !fixed.contains(&family.map(|(at, _)| *at)) {
                found.push((
                    place,
                    format!("no fixed version of the product `{id}` is listed"),
                ));
            }
        }
    }
    found
}

/// The products a remediation refers to, by id and by group.
fn referred<'a>(document: &'a Value, remediation: &'a Value) -> Vec<&'a str> {
    let mut ids: Vec<&str> = texts(remediation, "product_ids").collect();
    let groups = document
        .pointer("/product_tree/product_groups")
        .and_then(Value::as_array);
    let wanted: BTreeSet<&str> = texts(remediation, "group_ids").collect();
    for group in groups.into_iter().flatten() {
        if text(group, "group_id").is_some_and(|id| wanted.contains(id)) {
            ids.extend(texts(group, "product_ids"));
        }
    }
    ids
}
