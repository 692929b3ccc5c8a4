//! What contains and depends on what.

use super::Writer;
use crate::sbom::document::Dependencies;
use std::collections::{BTreeMap, HashMap};

/// Kinds of SPDX 2 in the words of SPDX 3: name, whether it is turned round, and the part of the
/// life cycle it belongs to.
fn translate(kind: &str) -> Option<(&'static str, bool, Option<&'static str>)> {
    Some(match kind {
        "depends-on" => ("dependsOn", false, None),
        "contains" => ("contains", false, None),
        "build-dependency" => ("dependsOn", false, Some("build")),
        "dev-dependency" => ("dependsOn", false, Some("development")),
        "runtime-dependency" => ("dependsOn", false, Some("runtime")),
        "test-dependency" => ("dependsOn", false, Some("test")),
        "optional-dependency" => ("hasOptionalDependency", false, None),
        "provided-dependency" => ("hasProvidedDependency", false, None),
        "build-tool-of" => ("usesTool", true, Some("build")),
        "dev-tool-of" => ("usesTool", true, Some("development")),
        "test-tool-of" => ("usesTool", true, Some("test")),
        "dynamic-link" | "has-dynamic-link" => ("hasDynamicLink", false, None),
        "static-link" | "has-static-link" => ("hasStaticLink", false, None),
        "has-prerequisite" => ("hasPrerequisite", false, None),
        "prerequisite-for" => ("hasPrerequisite", true, None),
        "has-optional-dependency" => ("hasOptionalDependency", false, None),
        "has-provided-dependency" => ("hasProvidedDependency", false, None),
        "uses-tool" => ("usesTool", false, None),
        "variant-of" => ("hasVariant", true, None),
        "generates" => ("generates", false, None),
        "generated-from" => ("generates", true, None),
        "ancestor-of" => ("ancestorOf", false, None),
        "descendant-of" => ("descendantOf", false, None),
        "documentation-of" => ("hasDocumentation", true, None),
        "optional-component-of" => ("hasOptionalComponent", true, None),
        "data-file-of" => ("hasDataFile", true, None),
        "example-of" => ("hasExample", true, None),
        "test-of" => ("hasTest", true, None),
        _ => return None,
    })
}

/// The class of relationships that hold throughout.
const PLAIN: (&str, Option<&str>) = ("Relationship", None);

/// What a document says of the completeness of a list.
fn completeness(aggregate: &str) -> &'static str {
    match aggregate {
        "complete" => "complete",
        word if word.starts_with("incomplete") => "incomplete",
        _ => "noAssertion",
    }
}

impl Writer<'_> {
    pub(super) fn contain(&mut self) {
        let document = self.document;
        let claims = self.claims(false);
        let offset = usize::from(document.subject.is_some());
        let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, part) in document.parts.iter().enumerate() {
            let parent = part.parent.map(|parent| parent as usize);
            if let Some(parent) = parent.filter(|parent| *parent < document.parts.len()) {
                children
                    .entry(parent + offset)
                    .or_default()
                    .push(index + offset);
            }
        }
        for place in claims.keys() {
            children.entry(*place).or_default();
        }
        for (parent, children) in children {
            self.said(
                PLAIN,
                "contains",
                parent,
                &children,
                claims.get(&parent).copied(),
            );
        }
    }

    /// The claims of the document about assemblies or about dependencies, by component.
    fn claims(&mut self, about_dependencies: bool) -> HashMap<usize, &'static str> {
        let document = self.document;
        let mut claims = HashMap::new();
        for composition in &document.compositions {
            let references = if about_dependencies {
                &composition.dependencies
            } else {
                &composition.assemblies
            };
            for reference in references {
                match self.refs.place(reference) {
                    Some(place) => {
                        let word = completeness(&composition.aggregate);
                        claims.entry(place).or_insert(word);
                    }
                    None => self.losses.one("completeness of what is no component", ""),
                }
            }
        }
        claims
    }

    pub(super) fn depend(&mut self) {
        let document = self.document;
        let mut claims = self.claims(true);
        for said in &document.dependencies {
            let Some(from) = self.refs.place(&said.from) else {
                self.losses.one("dependencies of what is no component", "");
                continue;
            };
            let places: Vec<usize> = said
                .to
                .iter()
                .filter_map(|to| self.refs.place(to))
                .collect();
            let lost = said.to.len() - places.len();
            self.losses
                .add("dependencies on what is no component", lost, "");
            let of_list = match said.is_complete {
                Some(true) => Some("complete"),
                Some(false) => Some("incomplete"),
                None => None,
            };
            let claimed = if said.kind == "depends-on" {
                claims.remove(&from)
            } else {
                None
            };
            if places.is_empty() && lost > 0 {
                continue;
            }
            self.dependency(said, from, &places, of_list.or(claimed));
        }
        let mut left: Vec<(usize, &'static str)> = claims.into_iter().collect();
        left.sort_unstable();
        for (place, word) in left {
            self.said(PLAIN, "dependsOn", place, &[], Some(word));
        }
    }

    fn dependency(
        &mut self,
        said: &Dependencies,
        from: usize,
        to: &[usize],
        of_list: Option<&str>,
    ) {
        let Some((word, is_turned, scope)) = translate(&said.kind) else {
            let places: Vec<&str> = to.iter().map(|to| self.refs.at(*to)).collect();
            let from = self.refs.at(from).to_owned();
            if !places.is_empty() {
                let mut entry = self.graph.relate("Relationship", "other", &from, &places);
                entry.put("comment", said.kind.as_str());
                self.graph.add(entry);
            }
            return;
        };
        let class = match scope {
            Some(_) => "LifecycleScopedRelationship",
            None => "Relationship",
        };
        if !is_turned {
            self.said((class, scope), word, from, to, of_list);
            return;
        }
        for to in to {
            let (from, to) = (self.refs.at(*to).to_owned(), self.refs.at(from).to_owned());
            let mut entry = self.graph.relate(class, word, &from, &[&to]);
            entry.some("scope", scope);
            self.graph.add(entry);
        }
    }

    /// One relationship; to nothing at all it says so in SPDX's words.
    fn said(
        &mut self,
        (class, scope): (&str, Option<&str>),
        word: &str,
        from: usize,
        to: &[usize],
        of_list: Option<&str>,
    ) {
        let mut names: Vec<&str> = to.iter().map(|to| self.refs.at(*to)).collect();
        if names.is_empty() {
            let is_open = matches!(of_list, Some("incomplete" | "noAssertion"));
            names.push(if is_open {
                "NoAssertionElement"
            } else {
                "NoneElement"
            });
        }
        let from = self.refs.at(from);
        let mut entry = self.graph.relate(class, word, from, &names);
        entry.some("completeness", of_list);
        entry.some("scope", scope);
        self.graph.add(entry);
    }

    /// Names of components, the known ones.
    pub(super) fn known<'w>(&'w self, references: &'w [String]) -> Vec<&'w str> {
        references
            .iter()
            .filter_map(|reference| self.refs.find(reference))
            .collect()
    }
}
