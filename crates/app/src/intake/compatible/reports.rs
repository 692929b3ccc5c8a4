//! Findings as files: SARIF 2.1.0 (OASIS) and the File Packaging Format for findings of
//! Dependency-Track. Neither may read "clean" where something could not be looked at.

use super::gates::{self, Found};
use super::{answers, projects};
use crate::findings::FindingRow;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The media type of SARIF (SARIF 2.1.0, section 3.1).
pub const SARIF: &str = "application/sarif+json";
/// The version of the File Packaging Format that is written.
const PACKAGING_VERSION: &str = "1.4";
const SARIF_SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The File Packaging Format: who wrote it, the project, its findings.
pub fn packaged(found: &Found, base_url: &str, now: Timestamp) -> Value {
    json!({
        "version": PACKAGING_VERSION,
        "meta": {
            "application": "Bonafide",
            "version": env!("CARGO_PKG_VERSION"),
            "timestamp": now.to_string(),
            "baseUrl": base_url,
        },
        "project": projects::in_json(&found.project),
        "findings": found.findings().collect::<Vec<_>>(),
    })
}

/// One run with a rule for each flaw and a result for each finding. What was judged "not affected"
/// or "fixed" is suppressed, not left out; what could not be checked is a notification.
pub fn sarif(found: &Found) -> Value {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rules: Vec<Value> = Vec::new();
    let mut results: Vec<Value> = Vec::new();
    for row in &found.rows {
        let at = *places.entry(&row.vulnerability).or_insert_with(|| {
            rules.push(rule(row));
            rules.len() - 1
        });
        results.push(result(row, at));
    }
    json!({
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Bonafide",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": unchecked(found.unchecked),
            }],
            "results": results,
        }],
    })
}

fn unchecked(count: i64) -> Vec<Value> {
    if count == 0 {
        return Vec::new();
    }
    let text = format!("{count} components could not be checked; about them nothing is known.");
    vec![json!({ "level": "warning", "message": { "text": text } })]
}

fn rule(row: &FindingRow) -> Value {
    let title = match row.title.trim() {
        "" => &row.vulnerability,
        title => title,
    };
    let mut properties = json!({ "tags": ["security", gates::source(&row.vulnerability)] });
    if let Some(score) = row.score {
        properties["security-severity"] = format!("{score:.1}").into();
    }
    json!({
        "id": row.vulnerability,
        "shortDescription": { "text": title },
        "defaultConfiguration": { "level": level(&row.severity) },
        "properties": properties,
    })
}

fn result(row: &FindingRow, rule: usize) -> Value {
    let severity = gates::severity(&row.severity).0;
    let text = format!(
        "{} is in {} (severity {severity})",
        row.vulnerability, row.purl
    );
    let mut value = json!({
        "ruleId": row.vulnerability,
        "ruleIndex": rule,
        "level": level(&row.severity),
        "message": { "text": text },
        "locations": [{ "logicalLocations": [{ "fullyQualifiedName": row.purl }] }],
        "partialFingerprints": {
            "componentAndVulnerability/v1":
                answers::derived_uuid("finding", &format!("{}\0{}", row.purl, row.vulnerability)),
        },
        "properties": { "analysis": gates::analysis(&row.status) },
    });
    if matches!(row.status.as_str(), "not_affected" | "fixed") {
        value["suppressions"] = json!([{
            "kind": "external", "status": "accepted", "justification": row.status,
        }]);
    }
    value
}

/// A severity nobody stated is a warning: unknown is never harmless.
fn level(severity: &str) -> &'static str {
    match severity {
        "critical" | "high" => "error",
        "low" | "none" => "note",
        _ => "warning",
    }
}
