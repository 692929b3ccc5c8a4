//! SPDX 2.3 in JSON (SPDX specification 2.3, clauses 6 to 12).

mod licenses;
mod package;

use super::losses::Losses;
use super::object::Object;
use super::refs::{self, Refs};
use super::words;
use super::{Exported, Stamp, exported};
use crate::sbom::document::{Document, Part};
pub(super) use licenses::Licenses;
use serde_json::{Value, json};
use std::collections::HashSet;

/// What stands for the document itself.
const DOCUMENT: &str = "SPDXRef-DOCUMENT";
/// The only licence a document may have (clause 6.2).
const DATA_LICENSE: &str = "CC0-1.0";

/// The kinds of relationships (clause 11.1).
const RELATIONSHIPS: [&str; 45] = [
    "VARIANT_OF",
    "COPY_OF",
    "PATCH_FOR",
    "TEST_DEPENDENCY_OF",
    "CONTAINED_BY",
    "DATA_FILE_OF",
    "OPTIONAL_COMPONENT_OF",
    "ANCESTOR_OF",
    "GENERATES",
    "CONTAINS",
    "OPTIONAL_DEPENDENCY_OF",
    "FILE_ADDED",
    "REQUIREMENT_DESCRIPTION_FOR",
    "DEV_DEPENDENCY_OF",
    "DEPENDENCY_OF",
    "BUILD_DEPENDENCY_OF",
    "DESCRIBES",
    "PREREQUISITE_FOR",
    "HAS_PREREQUISITE",
    "PROVIDED_DEPENDENCY_OF",
    "DYNAMIC_LINK",
    "DESCRIBED_BY",
    "METAFILE_OF",
    "DEPENDENCY_MANIFEST_OF",
    "PATCH_APPLIED",
    "RUNTIME_DEPENDENCY_OF",
    "TEST_OF",
    "TEST_TOOL_OF",
    "DEPENDS_ON",
    "SPECIFICATION_FOR",
    "FILE_MODIFIED",
    "DISTRIBUTION_ARTIFACT",
    "AMENDS",
    "DOCUMENTATION_OF",
    "GENERATED_FROM",
    "STATIC_LINK",
    "OTHER",
    "BUILD_TOOL_OF",
    "TEST_CASE_OF",
    "PACKAGE_OF",
    "DESCENDANT_OF",
    "FILE_DELETED",
    "EXPANDED_FROM_ARCHIVE",
    "DEV_TOOL_OF",
    "EXAMPLE_OF",
];

/// The state of one writing.
struct Writer<'d> {
    document: &'d Document,
    stamp: &'d Stamp,
    refs: Refs,
    losses: Losses,
    licenses: Licenses,
    /// Relationships said already; each is written once.
    said: HashSet<(String, &'static str, String)>,
    relationships: Vec<Value>,
}

pub(super) fn write(document: &Document, stamp: &Stamp) -> Exported {
    let mut writer = Writer {
        document,
        stamp,
        refs: Refs::new(document, name),
        losses: Losses::of(document),
        licenses: Licenses::of(document),
        said: HashSet::new(),
        relationships: Vec::new(),
    };
    writer.count_losses();
    let mut packages: Vec<Value> = Vec::new();
    for (place, part) in refs::all(document).enumerate() {
        packages.push(writer.entry(part, place).into());
    }
    writer.describe();
    writer.contain();
    writer.depend();
    writer.complete();
    let subject = document
        .subject
        .as_ref()
        .map(|subject| subject.name.as_str());
    let names = [document.name.as_deref(), subject];
    let title = names.into_iter().flatten().find(|name| !name.is_empty());
    let mut top = Object::new();
    top.put("spdxVersion", "SPDX-2.3")
        .put("dataLicense", DATA_LICENSE)
        .put("SPDXID", DOCUMENT)
        .put("name", words::one_line(title.unwrap_or("SBOM")))
        .put("documentNamespace", format!("urn:uuid:{}", stamp.serial))
        .put("creationInfo", writer.creation());
    let annotations = writer.annotations(writer.facts().into_iter());
    top.list("annotations", annotations);
    top.list("hasExtractedLicensingInfos", writer.licenses.extracted());
    top.list("packages", packages);
    top.list("relationships", writer.relationships);
    exported(&top.into(), writer.losses)
}

/// `SPDXRef-` and letters, digits, dots and hyphens (clause 7.2).
fn name(part: &Part, place: usize) -> String {
    let own = part.reference.strip_prefix("SPDXRef-");
    let is_plain = |own: &&str| {
        !own.is_empty()
            && own
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
    };
    match own.filter(is_plain).filter(|own| *own != "DOCUMENT") {
        Some(own) => format!("SPDXRef-{own}"),
        None => format!("SPDXRef-{}-{place}", refs::plain(&part.name)),
    }
}

impl Writer<'_> {
    fn count_losses(&mut self) {
        let document = self.document;
        self.losses.add(
            "vulnerabilities",
            document.vulnerabilities.len(),
            "/vulnerabilities",
        );
        if document.is_signed {
            self.losses.one("signature", "/signature");
        }
        let other = document
            .data_licenses
            .iter()
            .filter(|text| *text != DATA_LICENSE);
        self.losses
            .add("licence of the document", other.count(), "");
    }

    fn creation(&self) -> Value {
        let mut creators = vec![format!(
            "Tool: {}-{}",
            self.stamp.tool_name, self.stamp.tool_version
        )];
        creators.extend(self.document.authors.iter().filter_map(package::actor));
        let tools = self.document.tools.iter();
        creators.extend(tools.map(|tool| format!("Tool: {}", words::tool_text(tool))));
        let mut seen = HashSet::new();
        creators.retain(|creator| seen.insert(creator.clone()));
        json!({"created": self.stamp.now, "creators": creators})
    }

    /// What the document says and SPDX 2 has no field for.
    fn facts(&self) -> Vec<(String, String)> {
        let document = self.document;
        let mut facts = document.properties.clone();
        let mut fact = |name: &str, value: Option<String>| {
            facts.extend(value.map(|value| (name.to_owned(), value)));
        };
        for word in &document.lifecycles {
            fact("cyclonedx:lifecycle", Some(word.clone()));
        }
        fact(
            "cyclonedx:manufacturer",
            document.manufacturer.as_ref().and_then(package::actor),
        );
        fact(
            "cyclonedx:supplier",
            document.supplier.as_ref().and_then(package::actor),
        );
        for reference in &document.references {
            fact(
                &format!("cyclonedx:externalReference:{}", reference.kind),
                Some(reference.url.clone()),
            );
        }
        fact(
            "bonafide:source:serialNumber",
            document.serial_number.clone(),
        );
        fact(
            "bonafide:source:timestamp",
            document.created_at_text.clone(),
        );
        facts
    }

    /// Names and values as annotations (clause 12).
    fn annotations(&self, facts: impl Iterator<Item = (String, String)>) -> Vec<Value> {
        let annotator = format!("Tool: {}-{}", self.stamp.tool_name, self.stamp.tool_version);
        let annotation = |(name, value): (String, String)| {
            json!({
                "annotationDate": self.stamp.now, "annotationType": "OTHER",
                "annotator": annotator, "comment": format!("{name}={value}"),
            })
        };
        facts.map(annotation).collect()
    }

    fn relate(&mut self, from: &str, kind: &'static str, to: &str, comment: Option<&str>) {
        let is_new = comment.is_some() || self.said.insert((from.to_owned(), kind, to.to_owned()));
        if !is_new {
            return;
        }
        let mut entry = Object::new();
        entry.put("spdxElementId", from);
        entry.put("relationshipType", kind);
        entry.put("relatedSpdxElement", to);
        entry.some("comment", comment);
        self.relationships.push(entry.into());
    }

    /// The document describes its subject; without one, what nothing contains or depends on.
    fn describe(&mut self) {
        let count = refs::all(self.document).count();
        let described: Vec<usize> = if self.document.subject.is_some() {
            vec![0]
        } else {
            let mut below = vec![false; count];
            for said in &self.document.dependencies {
                for to in &said.to {
                    if let Some(to) = self.refs.place(to).filter(|_| said.from != *to) {
                        below[to] = true;
                    }
                }
            }
            let parts = self.document.parts.iter().enumerate();
            let top: Vec<usize> = parts
                .filter(|(place, part)| part.parent.is_none() && !below[*place])
                .map(|(place, _)| place)
                .collect();
            // In a circle everybody is below somebody.
            if top.is_empty() {
                (0..count).collect()
            } else {
                top
            }
        };
        for place in described {
            let name = self.refs.at(place).to_owned();
            self.relate(DOCUMENT, "DESCRIBES", &name, None);
        }
    }

    fn contain(&mut self) {
        let offset = usize::from(self.document.subject.is_some());
        for (index, part) in self.document.parts.iter().enumerate() {
            let parent = part.parent.map(|parent| parent as usize);
            let Some(parent) = parent.filter(|parent| *parent < self.document.parts.len()) else {
                continue;
            };
            let from = self.refs.at(parent + offset).to_owned();
            let to = self.refs.at(index + offset).to_owned();
            self.relate(&from, "CONTAINS", &to, None);
        }
    }

    fn depend(&mut self) {
        let document = self.document;
        for said in &document.dependencies {
            let Some(from) = self.refs.find(&said.from).map(str::to_owned) else {
                self.losses.one("dependencies of what is no component", "");
                continue;
            };
            // SPDX says "A is a build dependency of B", the model "B needs A for building".
            let is_turned = said.kind.ends_with("-dependency");
            let mut word = said.kind.replace('-', "_").to_ascii_uppercase();
            if is_turned {
                word.push_str("_OF");
            }
            let kind = RELATIONSHIPS.into_iter().find(|kind| *kind == word);
            let comment = kind.is_none().then_some(said.kind.as_str());
            let kind = kind.unwrap_or("OTHER");
            for to in &said.to {
                let Some(to) = self.refs.find(to).map(str::to_owned) else {
                    self.losses.one("dependencies on what is no component", "");
                    continue;
                };
                let (from, to) = if is_turned {
                    (&to, &from)
                } else {
                    (&from, &to)
                };
                self.relate(from, kind, to, comment);
            }
            if is_turned {
                continue;
            }
            if said.to.is_empty() && said.is_complete != Some(false) {
                self.relate(&from, kind, "NONE", comment);
            } else if said.is_complete == Some(false) {
                self.relate(&from, kind, "NOASSERTION", comment);
            } else if said.is_complete == Some(true) {
                self.losses.one("completeness of dependencies", "");
            }
        }
    }

    /// SPDX 2 can say that there is more, or that there is nothing; not that a list is complete.
    fn complete(&mut self) {
        let document = self.document;
        for composition in &document.compositions {
            let lists = [
                ("CONTAINS", &composition.assemblies),
                ("DEPENDS_ON", &composition.dependencies),
            ];
            for (kind, references) in lists {
                for reference in references {
                    let Some(name) = self.refs.find(reference).map(str::to_owned) else {
                        self.losses.one("completeness of what is no component", "");
                        continue;
                    };
                    let is_more = composition.aggregate.starts_with("incomplete");
                    if is_more || composition.aggregate == "unknown" {
                        self.relate(&name, kind, "NOASSERTION", None);
                    } else {
                        self.losses
                            .one("completeness (compositions)", "/compositions");
                    }
                }
            }
        }
    }
}
