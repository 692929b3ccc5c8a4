//! Packages of SPDX 3; files too, for an SPDX file has no version and no package URL.

use super::graph::{identifier, is_uri};
use super::{Writer, part_of};
use crate::export::{mend, words};
use crate::sbom::document::{Claim, Hash, Part, Reference};
use serde_json::{Value, json};

/// The kinds of links of CycloneDX among those of SPDX 3 (`ExternalRefType`).
const LINKS: [(&str, &str); 26] = [
    ("advisories", "securityAdvisory"),
    ("adversary-model", "securityAdversaryModel"),
    ("build-meta", "buildMeta"),
    ("build-system", "buildSystem"),
    ("certification-report", "certificationReport"),
    ("chat", "chat"),
    ("component-analysis-report", "componentAnalysisReport"),
    ("distribution", "binaryArtifact"),
    ("documentation", "documentation"),
    ("dynamic-analysis-report", "dynamicAnalysisReport"),
    (
        "exploitability-statement",
        "vulnerabilityExploitabilityAssessment",
    ),
    ("issue-tracker", "issueTracker"),
    ("license", "license"),
    ("mailing-list", "mailingList"),
    ("pentest-report", "securityPenTestReport"),
    ("quality-metrics", "metrics"),
    ("release-notes", "releaseNotes"),
    ("risk-assessment", "riskAssessment"),
    ("runtime-analysis-report", "runtimeAnalysisReport"),
    ("social", "socialMedia"),
    ("source-distribution", "sourceArtifact"),
    ("static-analysis-report", "staticAnalysisReport"),
    ("support", "support"),
    ("threat-model", "securityThreatModel"),
    ("vcs", "vcs"),
    ("vulnerability-assertion", "vulnerabilityDisclosureReport"),
];

impl Writer<'_> {
    /// Adds a component with its agents and licences.
    pub(super) fn artifact(&mut self, part: &Part, place: usize) {
        let id = self.refs.at(place).to_owned();
        let mut facts = part.properties.clone();
        facts.extend(words::cyclonedx_only(part));
        let mut entry = self.graph.element("software_Package", &id);
        entry.put("name", part.name.as_str());
        entry.some("description", part.description.as_deref());
        let hashes = self.hashes(&part.hashes, &part.place, &mut facts);
        entry.list("verifiedUsing", hashes);
        let identifiers = self.identifiers(part, &mut facts);
        entry.list("externalIdentifier", identifiers);
        let copyright = match &part.copyright {
            Claim::Known(text) => Some(text.as_str()),
            other => words::unknown(other),
        };
        entry.some("software_copyrightText", copyright);
        match words::spdx3_purpose(&part.kind) {
            Some(purpose) => drop(entry.put("software_primaryPurpose", purpose)),
            None if part.kind.is_empty() => {}
            None => facts.push(("cyclonedx:type".to_owned(), part.kind.clone())),
        }
        let unknown = [
            ("spdx:version", words::unknown(&part.version)),
            ("spdx:supplier", words::unknown(&part.supplier)),
            ("spdx:originator", words::unknown(&part.manufacturer)),
        ];
        let unknown = unknown
            .into_iter()
            .filter_map(|(name, word)| Some((name.into(), word?.into())));
        facts.extend(unknown);
        let supplier = part
            .supplier
            .known()
            .and_then(|party| self.graph.agent(party));
        entry.some("suppliedBy", supplier);
        let maker = part
            .manufacturer
            .known()
            .and_then(|party| self.graph.agent(party));
        entry.list("originatedBy", maker.into_iter().collect());
        let mut links = part.references.clone();
        entry.some(
            "software_packageVersion",
            part.version.known().map(String::as_str),
        );
        let purl = part.purls.first().and_then(|purl| mend::purl(purl));
        entry.some("software_packageUrl", purl);
        let download = take_link(&mut links, "distribution");
        entry.some("software_downloadLocation", download);
        entry.some("software_homePage", take_link(&mut links, "website"));
        entry.some("software_sourceInfo", part.source_info.as_deref());

        let name = part
            .file_name
            .clone()
            .map(|name| ("bsi:component:filename".to_owned(), name));
        facts.extend(name.filter(|name| !part.properties.iter().any(|own| own.0 == name.0)));
        let links = self.references(&links, &part.place, &mut facts);
        entry.list("externalRef", links);
        entry.list("extension", extension(facts));
        self.graph.add(entry);
        self.license_of(part, &id);
    }

    fn license_of(&mut self, part: &Part, id: &str) {
        let claims = [
            ("hasDeclaredLicense", &part.licenses_declared),
            ("hasConcludedLicense", &part.licenses_concluded),
        ];
        for (kind, claim) in claims {
            if let Some(expression) = self.licenses.expression(claim) {
                let license = self.graph.license(&expression, &self.licenses);
                let said = self.graph.relate("Relationship", kind, id, &[&license]);
                self.graph.add(said);
            }
        }
    }

    fn identifiers(&mut self, part: &Part, facts: &mut Vec<(String, String)>) -> Vec<Value> {
        let mut list = Vec::new();
        for (number, text) in part.purls.iter().enumerate() {
            match mend::purl(text) {
                // The first one has a field of its own.
                Some(_) if number == 0 => {}
                Some(purl) => list.push(identifier("packageUrl", &purl)),
                None => {
                    let field = "package URL that is none (kept as a property)";
                    self.losses.one(field, &part.place);
                    facts.push(("bonafide:purl:invalid".to_owned(), text.clone()));
                }
            }
        }
        for cpe in &part.cpes {
            let is_new = cpe
                .get(..8)
                .is_some_and(|head| head.eq_ignore_ascii_case("cpe:2.3:"));
            if mend::is_cpe(cpe) {
                list.push(identifier(if is_new { "cpe23" } else { "cpe22" }, cpe));
            } else {
                self.losses
                    .one("broken CPE name (kept as a property)", &part.place);
                facts.push(("bonafide:cpe".to_owned(), cpe.clone()));
            }
        }
        for (kind, text) in &part.identifiers {
            let word = match kind.as_str() {
                "swid" | "swhid" | "gitoid" => kind.as_str(),
                "omniborid" | "omniborId" => "gitoid",
                _ => "other",
            };
            let mut entry = part_of("ExternalIdentifier");
            entry
                .put("externalIdentifierType", word)
                .put("identifier", text.as_str());
            entry.some("comment", (word == "other").then_some(kind.as_str()));
            list.push(entry.into());
        }
        list
    }

    fn hashes(
        &mut self,
        hashes: &[Hash],
        place: &str,
        facts: &mut Vec<(String, String)>,
    ) -> Vec<Value> {
        let mut list = Vec::new();
        for hash in hashes {
            match words::spdx3_algorithm(&hash.algorithm) {
                Some(algorithm) if mend::is_hex(&hash.value) => {
                    let mut entry = part_of("Hash");
                    entry
                        .put("algorithm", algorithm)
                        .put("hashValue", hash.value.as_str());
                    list.push(entry.into());
                }
                _ => {
                    self.losses
                        .one("hash that SPDX does not know (kept as a property)", place);
                    facts.push((
                        format!("bonafide:hash:{}", hash.algorithm),
                        hash.value.clone(),
                    ));
                }
            }
        }
        list
    }

    /// Links as `ExternalRef`; a kind that SPDX has no word for stands in the comment.
    pub(super) fn references(
        &mut self,
        references: &[Reference],
        place: &str,
        facts: &mut Vec<(String, String)>,
    ) -> Vec<Value> {
        let mut list = Vec::new();
        for link in references {
            self.losses.add("hashes of links", link.hashes.len(), place);
            if !mend::is_iri_reference(&link.url) {
                self.losses
                    .one("link that is no URL (kept as a property)", place);
                facts.push((
                    format!("bonafide:externalReference:{}", link.kind),
                    link.url.clone(),
                ));
                continue;
            }
            let word = LINKS.into_iter().find(|(kind, _)| *kind == link.kind);
            let comment = match (word, &link.comment) {
                (Some(_), comment) => comment.clone(),
                (None, None) => Some(link.kind.clone()),
                (None, Some(comment)) => Some(format!("{}: {comment}", link.kind)),
            };
            let mut entry = part_of("ExternalRef");
            entry.put("externalRefType", word.map_or("other", |(_, word)| word));
            entry.put("locator", json!([link.url]));
            entry.some("comment", comment.filter(|comment| !comment.is_empty()));
            list.push(entry.into());
        }
        list
    }
}

/// Names and values as the extension that SPDX has for properties of CycloneDX.
pub(super) fn extension(facts: Vec<(String, String)>) -> Vec<Value> {
    if facts.is_empty() {
        return Vec::new();
    }
    let entry = |(name, value): (String, String)| {
        let mut entry = part_of("extension_CdxPropertyEntry");
        entry
            .put("extension_cdxPropName", name)
            .put("extension_cdxPropValue", value);
        entry
    };
    let mut extension = part_of("extension_CdxPropertiesExtension");
    extension.list(
        "extension_cdxProperty",
        facts.into_iter().map(entry).collect(),
    );
    vec![extension.into()]
}

/// Takes the first link of a kind that has nothing but its address.
fn take_link(links: &mut Vec<Reference>, kind: &str) -> Option<String> {
    let plain = |link: &Reference| {
        link.kind == kind && link.comment.is_none() && link.hashes.is_empty() && is_uri(&link.url)
    };
    let index = links.iter().position(plain)?;
    Some(links.remove(index).url)
}
