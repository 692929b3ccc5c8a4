//! Licences, completeness, flaws: what a document claims, in the closed lists of CycloneDX.

use super::{Writer, property};
use crate::export::object::Object;
use crate::export::{CyclonedxVersion, mend, words};
use crate::sbom::document::{
    LICENSE_NAME_PROPERTY, LICENSE_TEXT_PROPERTY, License, Part, Statement,
};
use serde_json::{Value, json};
use std::collections::HashSet;

const ALGORITHMS: [&str; 12] = [
    "MD5",
    "SHA-1",
    "SHA-256",
    "SHA-384",
    "SHA-512",
    "SHA3-256",
    "SHA3-384",
    "SHA3-512",
    "BLAKE2b-256",
    "BLAKE2b-384",
    "BLAKE2b-512",
    "BLAKE3",
];
const ALGORITHMS_1_7: [&str; 2] = ["Streebog-256", "Streebog-512"];
const REFERENCES: [&str; 42] = [
    "vcs",
    "issue-tracker",
    "website",
    "advisories",
    "bom",
    "mailing-list",
    "social",
    "chat",
    "documentation",
    "support",
    "source-distribution",
    "distribution",
    "distribution-intake",
    "license",
    "build-meta",
    "build-system",
    "release-notes",
    "security-contact",
    "model-card",
    "log",
    "configuration",
    "evidence",
    "formulation",
    "attestation",
    "threat-model",
    "adversary-model",
    "risk-assessment",
    "vulnerability-assertion",
    "exploitability-statement",
    "pentest-report",
    "static-analysis-report",
    "dynamic-analysis-report",
    "runtime-analysis-report",
    "component-analysis-report",
    "maturity-report",
    "certification-report",
    "codified-infrastructure",
    "quality-metrics",
    "poam",
    "electronic-signature",
    "digital-signature",
    "rfc-9116",
];
const REFERENCES_1_7: [&str; 4] = ["patent", "patent-family", "patent-assertion", "citation"];
const AGGREGATES: [&str; 10] = [
    "complete",
    "incomplete",
    "incomplete_first_party_only",
    "incomplete_first_party_proprietary_only",
    "incomplete_first_party_opensource_only",
    "incomplete_third_party_only",
    "incomplete_third_party_proprietary_only",
    "incomplete_third_party_opensource_only",
    "unknown",
    "not_specified",
];
const STATES: [&str; 6] = [
    "resolved",
    "resolved_with_pedigree",
    "exploitable",
    "in_triage",
    "false_positive",
    "not_affected",
];
const JUSTIFICATIONS: [&str; 9] = [
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
const RESPONSES: [&str; 5] = [
    "can_not_fix",
    "will_not_fix",
    "update",
    "rollback",
    "workaround_available",
];

pub(super) fn is_algorithm(word: &str, version: CyclonedxVersion) -> bool {
    let is_new = version == CyclonedxVersion::V1_7 && ALGORITHMS_1_7.contains(&word);
    is_new || ALGORITHMS.contains(&word)
}

pub(super) fn is_reference_kind(word: &str, version: CyclonedxVersion) -> bool {
    let is_new = version == CyclonedxVersion::V1_7 && REFERENCES_1_7.contains(&word);
    is_new || word == "other" || REFERENCES.contains(&word)
}

/// A licence given by a text alone.
pub(super) fn plain_license(text: &str) -> Value {
    let field = if mend::is_license_id(text) {
        "id"
    } else {
        "name"
    };
    json!({"license": {field: text}})
}

impl Writer<'_> {
    /// Declared licences first. CycloneDX 1.6 takes one expression alone or any number of other
    /// licences; 1.7 takes them mixed.
    pub(super) fn licenses(&mut self, part: &Part) -> Vec<Value> {
        let unknown = |claim| {
            words::unknown(claim).map(|word| License::Named {
                name: word.to_owned(),
                text: None,
            })
        };
        let claims = [
            (&part.licenses_declared, "declared"),
            (&part.licenses_concluded, "concluded"),
        ];
        let mut said: Vec<(License, Option<&str>)> = Vec::new();
        for (claim, word) in claims {
            // What the source left open stays open.
            let is_open = word == "declared" && part.are_licenses_unacknowledged;
            let word = Some(word).filter(|_| !is_open);
            let known = words::licenses(claim).iter().cloned();
            said.extend(known.chain(unknown(claim)).map(|license| (license, word)));
        }
        let takes_expressions = self.version == CyclonedxVersion::V1_7 || said.len() == 1;
        let mut list = Vec::new();
        for (license, acknowledgement) in &said {
            let acknowledgement = *acknowledgement;
            list.push(self.license(license, acknowledgement, takes_expressions, &part.place));
        }
        list
    }

    fn license(
        &mut self,
        license: &License,
        acknowledgement: Option<&str>,
        takes_expressions: bool,
        place: &str,
    ) -> Value {
        let text = license.text();
        let is_expression = matches!(license, License::Expression(_));
        if is_expression && takes_expressions && mend::is_expression(text) {
            let mut choice = Object::new();
            choice
                .put("expression", text)
                .some("acknowledgement", acknowledgement);
            return choice.into();
        }
        let mut entry = Object::new();
        let is_id = !matches!(license, License::Named { .. }) && mend::is_license_id(text);
        entry.put(if is_id { "id" } else { "name" }, text);
        if is_expression && !is_id {
            self.losses
                .one("licence expression (kept as a licence's name)", place);
        }
        if matches!(license, License::Id(_)) && !is_id {
            self.losses
                .one("licence id outside the SPDX list (kept as a name)", place);
        }
        entry.some("acknowledgement", acknowledgement);
        if let License::Named { text: own, .. } = license {
            let known = self.texts.get(text).copied();
            self.texts_used.extend(known.map(|_| text.to_owned()));
            let content = own.as_deref().or(known);
            entry.some("text", content.map(|content| json!({"content": content})));
        }
        json!({"license": Value::from(entry)})
    }

    /// What CycloneDX has no field for: the name of a licence of the document's own beside its id,
    /// and its text where only expressions use it. Our own reader takes both back.
    pub(super) fn license_texts(&mut self) -> Vec<Value> {
        let mut said = Vec::new();
        for own in &self.document.license_texts {
            if let Some(name) = own.name.as_ref().filter(|name| **name != own.id) {
                self.losses
                    .one("name of a licence of its own (kept as a property)", "");
                said.push(property(format!("{LICENSE_NAME_PROPERTY}{}", own.id), name));
            }
            let is_used = self.texts_used.contains(&own.id);
            if let Some(text) = own.text.as_ref().filter(|_| !is_used) {
                self.losses.one(
                    "text of a licence in an expression (kept as a property)",
                    "",
                );
                said.push(property(format!("{LICENSE_TEXT_PROPERTY}{}", own.id), text));
            }
        }
        said
    }

    pub(super) fn compositions(&mut self) -> Vec<Value> {
        let document = self.document;
        let mut list = Vec::new();
        for composition in &document.compositions {
            let aggregate = composition.aggregate.as_str();
            if !AGGREGATES.contains(&aggregate) {
                self.losses
                    .one("completeness in words CycloneDX does not know", "");
                continue;
            }
            let mut entry = Object::new();
            entry.put("aggregate", aggregate);
            entry.list(
                "assemblies",
                self.links(&composition.assemblies, "completeness"),
            );
            entry.list(
                "dependencies",
                self.links(&composition.dependencies, "completeness"),
            );
            list.push(entry.into());
        }
        for (aggregate, is_complete) in [("complete", true), ("incomplete", false)] {
            let said = document
                .dependencies
                .iter()
                .filter(|said| said.is_complete == Some(is_complete));
            let compositions = document.compositions.iter();
            let same = compositions.filter(|composition| composition.aggregate == aggregate);
            let covered: HashSet<&String> = same.flat_map(|same| &same.dependencies).collect();
            let from = said
                .map(|said| &said.from)
                .filter(|from| !covered.contains(from));
            let from: Vec<String> = from.cloned().collect();
            let links = self.links(&from, "completeness");
            if !links.is_empty() {
                list.push(json!({"aggregate": aggregate, "dependencies": links}));
            }
        }
        dedup(list)
    }

    /// New names of references, BOM-Links as they are, each once.
    fn links(&mut self, references: &[String], what: &str) -> Vec<Value> {
        let mut links: Vec<Value> = Vec::new();
        let mut seen = HashSet::new();
        for reference in references {
            let name = match self.refs.find(reference) {
                Some(name) => name,
                None if mend::is_bom_link(reference) => reference,
                None => {
                    self.losses
                        .one(&format!("{what} of what is no component"), "");
                    continue;
                }
            };
            if seen.insert(name.to_owned()) {
                links.push(name.into());
            }
        }
        links
    }

    pub(super) fn vulnerabilities(&mut self) -> Vec<Value> {
        let statements = self.document.vulnerabilities.iter();
        let list = statements
            .map(|statement| self.vulnerability(statement))
            .collect();
        dedup(list)
    }

    fn vulnerability(&mut self, statement: &Statement) -> Value {
        let mut entry = Object::new();
        entry.some(
            "id",
            Some(statement.id.as_str()).filter(|id| !id.is_empty()),
        );
        let source = statement.source.as_ref().map(|name| json!({"name": name}));
        entry.some("source", source);
        let mut odd = Vec::new();
        let mut known = |words: &[&str], word: &Option<String>, name: &str| {
            let word = word.clone()?;
            if words.contains(&word.as_str()) {
                return Some(word);
            }
            odd.push(json!({"name": format!("bonafide:analysis:{name}"), "value": word}));
            None
        };
        let mut analysis = Object::new();
        analysis.some("state", known(&STATES, &statement.state, "state"));
        let why = known(&JUSTIFICATIONS, &statement.justification, "justification");
        analysis.some("justification", why);
        let responses = statement.responses.iter().map(|word| Some(word.clone()));
        let responses = responses.filter_map(|word| known(&RESPONSES, &word, "response"));
        analysis.list("response", responses.collect());
        analysis.some("detail", statement.detail.as_deref());
        if !analysis.is_empty() {
            entry.put("analysis", analysis);
        }
        let affects = self.links(&statement.affects, "vulnerability");
        let affects = affects.into_iter().map(|link| json!({"ref": link}));
        entry.list("affects", affects.collect());
        odd.extend(self.kept_of_statement(statement, &mut entry));
        entry.extend("properties", odd);
        entry.into()
    }
}

/// Each once, as the schema wants it.
fn dedup(list: Vec<Value>) -> Vec<Value> {
    let mut seen = HashSet::new();
    let once = list
        .into_iter()
        .filter(|value| seen.insert(value.to_string()));
    once.collect()
}
