//! Relationships of an SPDX 3 graph: licences, artifacts and judgements of flaws go to what they
//! are about, the others become links.

use std::collections::HashMap;

use super::part::individual;
use super::{Artifact, Reader};
use crate::sbom::SbomError;
use crate::sbom::document::fields::{Notes, Object, Place};
use crate::sbom::document::links::{Link, Links};
use crate::sbom::document::{
    Claim, Dependencies, Document, License, Part, Reference, Statement, spdx::license_of,
    too_many_dependencies,
};

/// The comment with which BSI TR-03183-2 marks the effective licence; SPDX has no word for it.
const EFFECTIVE_LICENSE: &str = "hasEffectiveLicense";

/// One relationship.
pub(super) struct Relation {
    ty: String,
    kind: String,
    from: String,
    to: Vec<String>,
    is_complete: Option<bool>,
    scope: Option<String>,
    comment: Option<String>,
    justification: Option<String>,
    detail: Option<String>,
}

impl Relation {
    pub(super) fn read(
        notes: &mut Notes,
        place: &Place<'_>,
        ty: String,
        mut from: Object,
    ) -> Option<Self> {
        let completeness = notes.text(place, &mut from, "completeness");
        let relation = Self {
            ty,
            kind: notes
                .text(place, &mut from, "relationshipType")
                .unwrap_or_default(),
            from: notes.text(place, &mut from, "from").unwrap_or_default(),
            to: notes.texts(place, &mut from, "to"),
            is_complete: match completeness.as_deref() {
                Some("complete") => Some(true),
                Some("incomplete") => Some(false),
                _ => None,
            },
            scope: notes.text(place, &mut from, "scope"),
            comment: notes.text(place, &mut from, "comment"),
            justification: notes.text(place, &mut from, "security_justificationType"),
            detail: notes.text(place, &mut from, "security_impactStatement"),
        };
        notes.rest(place, from);
        if relation.from.is_empty() {
            notes.note(place, "from", 1);
            return None;
        }
        Some(relation)
    }
}

impl Reader<'_> {
    /// Puts every relationship where it belongs.
    pub(super) fn relate(
        &mut self,
        document: &mut Document,
        links: &mut Links,
    ) -> Result<(), SbomError> {
        let relations = std::mem::take(&mut self.relations);
        let targets: usize = relations
            .iter()
            .map(|relation| relation.to.len().max(1))
            .sum();
        if targets > self.limits.dependencies_max {
            return Err(too_many_dependencies(self.limits, &Place::TOP));
        }
        let mut index = HashMap::with_capacity(document.parts.len());
        for (at, part) in document.parts.iter().enumerate() {
            index.entry(part.reference.clone()).or_insert(at);
        }
        for relation in relations {
            let at = index.get(&relation.from).copied();
            match (relation.kind.as_str(), at) {
                ("hasDeclaredLicense", Some(at)) => {
                    let found = self.licenses_of(&relation)?;
                    add(&mut document.parts[at].licenses_declared, found);
                }
                ("hasConcludedLicense", Some(at)) => {
                    let found = self.licenses_of(&relation)?;
                    add(&mut document.parts[at].licenses_concluded, found);
                }
                ("other", Some(at)) if is_effective_license(&relation) => {
                    if let Claim::Known(found) = self.licenses_of(&relation)? {
                        let texts: Vec<&str> = found.iter().map(License::text).collect();
                        let name = "bsi:component:effectiveLicence".to_owned();
                        document.parts[at]
                            .properties
                            .push((name, texts.join(" AND ")));
                    }
                }
                ("hasDistributionArtifact", Some(at)) => {
                    self.distribute(&relation, &mut document.parts[at], links);
                }
                ("generates", None) => self.generate(relation, document, &index, links),
                _ if relation.ty.ends_with("VulnAssessmentRelationship") => {
                    document.vulnerabilities.extend(self.statement(relation));
                }
                ("hasAssociatedVulnerability", _) => self.associate(&relation, document),
                _ => self.link(relation, links),
            }
        }
        Ok(())
    }

    fn licenses_of(&mut self, relation: &Relation) -> Result<Claim<Vec<License>>, SbomError> {
        let mut found = Claim::Absent;
        for id in &relation.to {
            let license = match (individual(id), self.tables.licenses.get(id)) {
                (Some(claim), _) => claim,
                (None, Some(license)) => Claim::Known(vec![license.clone()]),
                (None, None) => {
                    // A licence of the SPDX list by its address.
                    let listed = id.strip_prefix("https://spdx.org/licenses/");
                    let listed = listed.or_else(|| id.strip_prefix("http://spdx.org/licenses/"));
                    let Some(listed) = listed else {
                        self.notes.note(&Place::TOP, &relation.kind, 1);
                        continue;
                    };
                    Claim::Known(vec![license_of(listed.to_owned())])
                }
            };
            if let Claim::Known(list) = &license {
                let words = list.first().map(License::text).unwrap_or_default();
                if words == "NOASSERTION" || words == "NONE" {
                    let is_none = words == "NONE";
                    add(
                        &mut found,
                        if is_none { Claim::None } else { Claim::Unknown },
                    );
                    continue;
                }
                self.share(words.len())?;
            }
            add(&mut found, license);
        }
        Ok(found)
    }

    /// The file that is delivered: BSI TR-03183-2 wants its name, hash and properties.
    fn distribute(&mut self, relation: &Relation, part: &mut Part, links: &mut Links) {
        for id in &relation.to {
            let Some(artifact) = self.tables.artifacts.get(id) else {
                let kind = "has-distribution-artifact";
                links.push(Link::new(relation.from.clone(), kind, id.clone()));
                continue;
            };
            if part.file_name.is_none() && !artifact.name.is_empty() {
                part.file_name = Some(artifact.name.clone());
                part.properties.extend(purposes(artifact));
            }
            let of_artifact = artifact
                .references
                .iter()
                .find(|link| link.kind == "distribution");
            let waiting = |link: &&mut Reference| {
                link.kind == "distribution" && link.hashes.is_empty() && !artifact.hashes.is_empty()
            };
            match (of_artifact, part.references.iter_mut().find(waiting)) {
                (None, Some(link)) => link.hashes.clone_from(&artifact.hashes),
                (of_artifact, _) => part.references.push(Reference {
                    kind: "distribution".to_owned(),
                    url: of_artifact.map(|link| link.url.clone()).unwrap_or_default(),
                    comment: None,
                    hashes: artifact.hashes.clone(),
                }),
            }
        }
    }

    /// Source code that a package is made of.
    fn generate(
        &mut self,
        relation: Relation,
        document: &mut Document,
        index: &HashMap<String, usize>,
        links: &mut Links,
    ) {
        let source = self.tables.artifacts.get(&relation.from);
        let source = source.filter(|artifact| artifact.purposes.iter().any(|p| p == "source"));
        let Some(source) = source else {
            return self.link(relation, links);
        };
        let url = source
            .references
            .iter()
            .find(|link| link.kind == "source-distribution");
        for id in &relation.to {
            let Some(at) = index.get(id) else { continue };
            document.parts[*at].references.push(Reference {
                kind: "source-distribution".to_owned(),
                url: url.map(|link| link.url.clone()).unwrap_or_default(),
                comment: None,
                hashes: source.hashes.clone(),
            });
        }
    }

    fn statement(&mut self, relation: Relation) -> Option<Statement> {
        let state = match relation.ty.as_str() {
            "VexAffectedVulnAssessmentRelationship" => "exploitable",
            "VexNotAffectedVulnAssessmentRelationship" => "not_affected",
            "VexFixedVulnAssessmentRelationship" => "resolved",
            "VexUnderInvestigationVulnAssessmentRelationship" => "in_triage",
            other => {
                self.notes.note(&Place::TOP, other, 1);
                return None;
            }
        };
        let id = self.tables.vulnerabilities.get(&relation.from);
        Some(Statement {
            id: id.cloned().unwrap_or(relation.from),
            affects: relation.to,
            state: Some(state.to_owned()),
            justification: relation.justification,
            detail: relation.detail,
            ..Statement::default()
        })
    }

    fn associate(&mut self, relation: &Relation, document: &mut Document) {
        for id in &relation.to {
            let name = self.tables.vulnerabilities.get(id).unwrap_or(id);
            document.vulnerabilities.push(Statement {
                id: name.clone(),
                affects: vec![relation.from.clone()],
                ..Statement::default()
            });
        }
    }

    fn link(&mut self, relation: Relation, links: &mut Links) {
        let Relation {
            kind,
            from,
            to,
            is_complete,
            scope,
            ..
        } = relation;
        if relation.comment.is_some() {
            self.notes.note(&Place::TOP, "comment", 1);
        }
        let kind = match (kind.as_str(), scope.as_deref()) {
            ("dependsOn", Some("development")) => "dev-dependency".to_owned(),
            ("dependsOn", Some(scope)) => format!("{scope}-dependency"),
            ("hasOptionalDependency", _) => "optional-dependency".to_owned(),
            ("hasProvidedDependency", _) => "provided-dependency".to_owned(),
            ("hasStaticLink", _) => "static-link".to_owned(),
            ("hasDynamicLink", _) => "dynamic-link".to_owned(),
            (other, _) => kebab(other),
        };
        let (mut none, mut unknown) = (false, false);
        let to: Vec<String> = to
            .into_iter()
            .filter(|id| match individual::<()>(id) {
                Some(Claim::None) => {
                    none = true;
                    false
                }
                Some(_) => {
                    unknown = true;
                    false
                }
                None => true,
            })
            .collect();
        if kind == "generates" {
            for id in to {
                links.push(Link::new(id, "generated-from", from.clone()));
            }
        } else if to.is_empty() && unknown {
            links.push(Link::unknown(from, kind));
        } else if to.is_empty() && none {
            links.push(Link::to_nothing(from, kind));
        } else {
            links.push(Link::many(from, &kind, to, is_complete));
        }
    }
}

/// Adds to a claim: what is known outweighs what is said not to be.
fn add(claim: &mut Claim<Vec<License>>, found: Claim<Vec<License>>) {
    match (&mut *claim, found) {
        (Claim::Known(list), Claim::Known(more)) => list.extend(more),
        (Claim::Known(_), _) | (_, Claim::Absent) => {}
        (_, found) => *claim = found,
    }
}

fn is_effective_license(relation: &Relation) -> bool {
    relation
        .comment
        .as_deref()
        .is_some_and(|text| text.trim() == EFFECTIVE_LICENSE)
}

/// What BSI TR-03183-2 wants to know of a delivered file, under the names of its CycloneDX taxonomy.
/// Unsure: that a purpose which is not given means "not so" is our reading of the SPDX mapping.
fn purposes(artifact: &Artifact) -> Vec<(String, String)> {
    let has = |purpose: &str| artifact.purposes.iter().any(|known| known == purpose);
    let known = [
        (
            "executable",
            has("executable"),
            ["executable", "non-executable"],
        ),
        ("archive", has("archive"), ["archive", "no archive"]),
        (
            "structured",
            has("container"),
            ["structured", "unstructured"],
        ),
    ];
    let said = known.into_iter().map(|(name, is_so, [yes, no])| {
        let value = if is_so { yes } else { no };
        (format!("bsi:component:{name}"), value.to_owned())
    });
    if artifact.purposes.is_empty() {
        Vec::new()
    } else {
        said.collect()
    }
}

/// `dependsOn` as `depends-on`.
fn kebab(camel: &str) -> String {
    let mut text = String::with_capacity(camel.len() + 4);
    for letter in camel.chars() {
        if letter.is_ascii_uppercase() {
            text.push('-');
        }
        text.push(letter.to_ascii_lowercase());
    }
    if text == "depends-on" {
        Dependencies::DEPENDS_ON.to_owned()
    } else {
        text
    }
}
