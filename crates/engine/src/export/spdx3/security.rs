//! Flaws and what is said of them, in the security profile of SPDX 3.

use super::Writer;
use super::graph::identifier;
use crate::sbom::document::Statement;

/// What SPDX must have beside "affected" and a document may not say.
const NO_ACTION: &str = "The source of this document names no action.";

/// The class and the relationship of a state of CycloneDX.
fn judgement(state: &str) -> Option<(&'static str, &'static str)> {
    Some(match state {
        "exploitable" | "affected" => ("security_VexAffectedVulnAssessmentRelationship", "affects"),
        "not_affected" | "false_positive" => (
            "security_VexNotAffectedVulnAssessmentRelationship",
            "doesNotAffect",
        ),
        "in_triage" | "under_investigation" => (
            "security_VexUnderInvestigationVulnAssessmentRelationship",
            "underInvestigationFor",
        ),
        "resolved" | "resolved_with_pedigree" | "fixed" => {
            ("security_VexFixedVulnAssessmentRelationship", "fixedIn")
        }
        _ => return None,
    })
}

/// CISA's justification for one of CycloneDX.
fn justification(word: &str) -> Option<&'static str> {
    Some(match word {
        "code_not_present" => "vulnerableCodeNotPresent",
        "code_not_reachable"
        | "requires_configuration"
        | "requires_dependency"
        | "requires_environment" => "vulnerableCodeNotInExecutePath",
        "protected_by_compiler"
        | "protected_at_runtime"
        | "protected_at_perimeter"
        | "protected_by_mitigating_control" => "inlineMitigationsAlreadyExist",
        _ => return None,
    })
}

impl Writer<'_> {
    pub(super) fn security(&mut self) {
        let document = self.document;
        for (number, statement) in document.vulnerabilities.iter().enumerate() {
            self.flaw(statement, number + 1);
        }
    }

    fn flaw(&mut self, statement: &Statement, number: usize) {
        let id = self.graph.id(&format!("vulnerability-{number}"));
        let mut flaw = self.graph.element("security_Vulnerability", &id);
        flaw.put("name", statement.id.as_str());
        let kind = if statement.id.starts_with("CVE-") {
            "cve"
        } else {
            "securityOther"
        };
        if !statement.id.is_empty() {
            flaw.list("externalIdentifier", vec![identifier(kind, &statement.id)]);
        }
        let source = statement
            .source
            .as_ref()
            .map(|source| format!("source: {source}"));
        flaw.some("comment", source);
        self.graph.add(flaw);
        let affects: Vec<String> = self
            .known(&statement.affects)
            .into_iter()
            .map(str::to_owned)
            .collect();
        let unknown = statement.affects.len() - affects.len();
        self.losses.add(
            "vulnerability of what is no component",
            unknown,
            "/vulnerabilities",
        );
        if affects.is_empty() {
            if statement.state.is_some() {
                self.losses
                    .one("judgement about no component", "/vulnerabilities");
            }
            return;
        }
        self.judge(statement, &id, &affects);
    }

    fn judge(&mut self, statement: &Statement, id: &str, affects: &[String]) {
        let affects: Vec<&str> = affects.iter().map(String::as_str).collect();
        let state = statement.state.as_deref();
        let Some((class, kind)) = state.and_then(judgement) else {
            if state.is_some() {
                self.losses.one(
                    "state of a vulnerability in words SPDX does not know",
                    "/vulnerabilities",
                );
            }
            for from in affects {
                let said =
                    self.graph
                        .relate("Relationship", "hasAssociatedVulnerability", from, &[id]);
                self.graph.add(said);
            }
            return;
        };
        let mut said = self.graph.relate(class, kind, id, &affects);
        let detail = statement.detail.as_deref();
        match kind {
            "affects" => {
                let action = Some(statement.responses.join(", ")).filter(|text| !text.is_empty());
                let action = action.or_else(|| detail.map(str::to_owned));
                let action = action.unwrap_or_else(|| NO_ACTION.to_owned());
                said.put("security_actionStatement", action);
                said.some("security_statusNotes", detail);
            }
            "doesNotAffect" => {
                let word = statement.justification.as_deref();
                let known = word.and_then(justification);
                said.some("security_justificationType", known);
                said.some("security_impactStatement", detail.or(word).or(state));
                said.some("security_statusNotes", word);
            }
            _ => {
                said.some("security_statusNotes", detail);
                let unsaid = statement.responses.len();
                self.losses
                    .add("responses to a vulnerability", unsaid, "/vulnerabilities");
            }
        }
        self.graph.add(said);
    }
}
