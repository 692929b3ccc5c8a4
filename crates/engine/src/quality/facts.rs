//! What checks need to know of a whole document, found once: who states dependencies, and how
//! complete they are said to be.

use std::collections::{HashMap, HashSet};

use crate::sbom::Format;
use crate::sbom::document::{Composition, Dependencies, Document, Part};

/// A document and what was found in it.
pub(super) struct Facts<'d> {
    pub document: &'d Document,
    /// By reference.
    links: HashMap<&'d str, Link>,
    /// What is claimed of everything: by a composition that names nothing.
    general: Option<Completeness>,
}

/// How a component stands in the graph.
#[derive(Default, Clone, Copy)]
struct Link {
    /// It has a list of what it depends on or contains, be it an empty one.
    has_list: bool,
    /// It stands in such a list.
    is_listed: bool,
    /// Others are assembled into it.
    is_container: bool,
    completeness: Option<Completeness>,
}

/// Whether it is said how complete a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Completeness {
    /// Complete, or incomplete: either way one knows.
    Known,
    /// Said not to be known.
    Unknown,
}

/// The family of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    CycloneDx,
    Spdx2,
    Spdx3,
}

impl<'d> Facts<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let mut links: HashMap<&str, Link> = HashMap::new();
        for entry in &document.dependencies {
            if !entry.is_need() && entry.kind != Dependencies::CONTAINS {
                continue;
            }
            let from = links.entry(&entry.from).or_default();
            from.has_list = true;
            if entry.is_complete.is_some() {
                from.completeness = Some(Completeness::Known);
            }
            for to in &entry.to {
                links.entry(to).or_default().is_listed = true;
            }
        }
        for part in &document.parts {
            let parent = part.parent.and_then(|at| document.parts.get(at as usize));
            if let Some(parent) = parent {
                links.entry(&parent.reference).or_default().is_container = true;
            }
        }
        let mut general = None;
        for composition in &document.compositions {
            let Some(said) = completeness_of(composition) else {
                continue;
            };
            if composition.assemblies.is_empty() && composition.dependencies.is_empty() {
                general = stronger(general, said);
            }
            let named: HashSet<&String> = composition
                .assemblies
                .iter()
                .chain(&composition.dependencies)
                .collect();
            for reference in named {
                let link = links.entry(reference).or_default();
                link.completeness = stronger(link.completeness, said);
            }
        }
        Self {
            document,
            links,
            general,
        }
    }

    /// The subject, then the components.
    pub(super) fn parts(&self) -> impl Iterator<Item = &'d Part> {
        self.document.subject.iter().chain(&self.document.parts)
    }

    pub(super) fn is_subject(&self, part: &Part) -> bool {
        let subject = self.document.subject.as_ref();
        subject.is_some_and(|subject| std::ptr::eq(subject, part))
    }

    pub(super) fn family(&self) -> Family {
        match self.document.format {
            Format::CyclonedxJson | Format::CyclonedxXml => Family::CycloneDx,
            Format::SpdxJson
            | Format::SpdxYaml
            | Format::SpdxTagValue
            | Format::SpdxRdf
            | Format::SpdxArchive => Family::Spdx2,
            Format::Spdx3JsonLd | Format::Spdx3Archive => Family::Spdx3,
        }
    }

    /// The version of the specification in numbers: `1.6`, `SPDX-2.3`, `3.0.1`.
    pub(super) fn spec(&self) -> Option<(u32, u32, u32)> {
        let text = self.document.spec_version.trim();
        let text = text.strip_prefix("SPDX-").unwrap_or(text);
        let mut numbers = text.split('.').map(|number| number.parse().ok());
        let first = numbers.next()??;
        let second = numbers.next().unwrap_or(Some(0))?;
        let third = numbers.next().unwrap_or(Some(0))?;
        Some((first, second, third))
    }

    /// Where a document's own fields stand.
    pub(super) fn head_place(&self) -> &'static str {
        match self.family() {
            Family::CycloneDx => "/metadata",
            Family::Spdx2 => "/creationInfo",
            Family::Spdx3 => "/@graph",
        }
    }

    fn link(&self, part: &Part) -> Link {
        let link = self.links.get(part.reference.as_str()).copied();
        link.filter(|_| !part.reference.is_empty())
            .unwrap_or_default()
    }

    /// Whether it is said on what the component depends: a list, be it empty, or that it is not
    /// known.
    pub(super) fn has_dependencies_said(&self, part: &Part) -> bool {
        self.link(part).has_list
    }

    /// Whether the component stands in the graph at all.
    pub(super) fn is_in_graph(&self, part: &Part) -> bool {
        let link = self.link(part);
        link.has_list || link.is_listed || link.is_container || part.parent.is_some()
    }

    /// How complete the component's dependencies are said to be.
    pub(super) fn completeness(&self, part: &Part) -> Option<Completeness> {
        self.link(part).completeness.or(self.general)
    }
}

fn completeness_of(composition: &Composition) -> Option<Completeness> {
    match composition.aggregate.as_str() {
        "unknown" => Some(Completeness::Unknown),
        // CycloneDX: "not_specified" explicitly says nothing.
        "" | "not_specified" => None,
        _ => Some(Completeness::Known),
    }
}

/// What is known outweighs what is said not to be.
fn stronger(known: Option<Completeness>, said: Completeness) -> Option<Completeness> {
    match known {
        Some(Completeness::Known) => known,
        _ => Some(said),
    }
}
