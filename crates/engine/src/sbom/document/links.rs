//! Links between elements of an SPDX document, brought into the model: the subject, parents, and
//! who depends on whom.

use std::collections::{HashMap, HashSet};

use super::fields::{Notes, Place};
use super::{Composition, Dependencies, Document};

/// One relationship, already in the direction the model keeps.
pub(super) struct Link {
    from: String,
    kind: String,
    to: Vec<String>,
    is_complete: Option<bool>,
    is_unknown: bool,
}

impl Link {
    pub(super) fn new(from: String, kind: &str, to: String) -> Self {
        Self::many(from, kind, vec![to], None)
    }

    pub(super) fn many(
        from: String,
        kind: &str,
        to: Vec<String>,
        is_complete: Option<bool>,
    ) -> Self {
        Self {
            from,
            kind: kind.to_owned(),
            to,
            is_complete,
            is_unknown: false,
        }
    }

    /// To `NONE`: said to lead nowhere.
    pub(super) fn to_nothing(from: String, kind: String) -> Self {
        Self {
            from,
            kind,
            to: Vec::new(),
            is_complete: Some(true),
            is_unknown: false,
        }
    }

    /// To `NOASSERTION`: said not to be known.
    pub(super) fn unknown(from: String, kind: String) -> Self {
        Self {
            from,
            kind,
            to: Vec::new(),
            is_complete: None,
            is_unknown: true,
        }
    }
}

/// All links of a document.
pub(super) struct Links {
    /// The id of the document.
    own: String,
    links: Vec<Link>,
    /// Ids of elements that have no place in the model.
    pub ignored: HashSet<String>,
}

impl Links {
    pub(super) fn new(own: String) -> Self {
        Self {
            own,
            links: Vec::new(),
            ignored: HashSet::new(),
        }
    }

    pub(super) fn push(&mut self, link: Link) {
        self.links.push(link);
    }

    /// Takes the subject out of the components and turns links into parents and dependencies.
    pub(super) fn resolve(mut self, document: &mut Document, notes: &mut Notes) {
        let subject = self.only_described(document);
        if let Some(subject) = subject {
            document.subject = Some(document.parts.remove(subject as usize));
        }
        let has_subject = document.subject.is_some();
        let index = index_of(document);
        let mut parents: Vec<Option<u32>> = vec![None; document.parts.len()];
        let mut lists = Lists::default();
        for link in std::mem::take(&mut self.links) {
            if link.kind == "describes" && has_subject {
                continue;
            }
            if self.ignored.contains(&link.from) {
                notes.note(&Place::TOP, "relationships", link.to.len().max(1));
                continue;
            }
            if link.is_unknown {
                self.unknown(link, document, notes);
                continue;
            }
            let before = link.to.len();
            let mut to = link.to;
            to.retain(|to| !self.ignored.contains(to));
            if to.len() < before {
                notes.note(&Place::TOP, "relationships", before - to.len());
                if to.is_empty() {
                    continue;
                }
            }
            if link.kind == Dependencies::CONTAINS {
                to.retain(|to| !adopt(&mut parents, &index, &link.from, to));
                if to.is_empty() && before > 0 {
                    continue;
                }
            }
            lists.add(link.from, link.kind, to, link.is_complete);
        }
        for circle in circles(&mut parents) {
            let names = [circle.0, circle.1].map(|at| document.parts[at].reference.clone());
            let [container, contained] = names;
            let kind = Dependencies::CONTAINS.to_owned();
            lists.add(container, kind, vec![contained], None);
        }
        for (part, parent) in document.parts.iter_mut().zip(parents) {
            part.parent = parent;
        }
        document.dependencies = lists.finish();
    }

    /// The one package the document describes. With several there is no single subject: they all
    /// stay components.
    fn only_described(&self, document: &Document) -> Option<u32> {
        let index = index_of(document);
        let described = self.links.iter().filter(|link| link.kind == "describes");
        let mut found = described
            .flat_map(|link| &link.to)
            .filter_map(|to| index.get(to.as_str()));
        let first = found.next()?;
        found.all(|other| other == first).then_some(*first)
    }

    /// What is said not to be known: only for dependencies and parts is there a word.
    fn unknown(&self, link: Link, document: &mut Document, notes: &mut Notes) {
        let mut composition = Composition {
            aggregate: "unknown".to_owned(),
            assemblies: Vec::new(),
            dependencies: Vec::new(),
        };
        match link.kind.as_str() {
            _ if link.from == self.own => return,
            Dependencies::DEPENDS_ON => composition.dependencies.push(link.from),
            Dependencies::CONTAINS => composition.assemblies.push(link.from),
            _ => return notes.note(&Place::TOP, "relationships", 1),
        }
        document.compositions.push(composition);
    }
}

/// Where each component stands; the first one keeps a name.
fn index_of(document: &Document) -> HashMap<String, u32> {
    let mut index = HashMap::with_capacity(document.parts.len());
    for (at, part) in (0..).zip(&document.parts) {
        if !part.reference.is_empty() {
            index.entry(part.reference.clone()).or_insert(at);
        }
    }
    index
}

/// Notes a parent; `false` when one of them is no component or has a parent already.
fn adopt(
    parents: &mut [Option<u32>],
    index: &HashMap<String, u32>,
    container: &str,
    contained: &str,
) -> bool {
    let (Some(container), Some(contained)) = (index.get(container), index.get(contained)) else {
        return false;
    };
    let parent = &mut parents[*contained as usize];
    match parent {
        Some(known) => known == container,
        None if container == contained => false,
        None => {
            *parent = Some(*container);
            true
        }
    }
}

/// Cuts circles of containment; the links cut, container first. Linear.
fn circles(parents: &mut [Option<u32>]) -> Vec<(usize, usize)> {
    let mut cut = Vec::new();
    // 0: not seen; else the number of the walk that saw it.
    let mut seen = vec![0usize; parents.len()];
    for start in 0..parents.len() {
        let walk = start + 1;
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = walk;
            let Some(parent) = parents[at] else { break };
            let parent = parent as usize;
            if seen[parent] == walk {
                parents[at] = None;
                cut.push((parent, at));
                break;
            }
            at = parent;
        }
    }
    cut
}

/// Lists of targets by source and kind, in the order of their first appearance.
#[derive(Default)]
struct Lists {
    lists: Vec<Dependencies>,
    places: HashMap<(String, String), usize>,
}

impl Lists {
    fn add(&mut self, from: String, kind: String, to: Vec<String>, is_complete: Option<bool>) {
        let next = self.lists.len();
        let place = *self
            .places
            .entry((from.clone(), kind.clone()))
            .or_insert(next);
        if place == next {
            self.lists.push(Dependencies {
                from,
                to,
                kind,
                is_complete,
            });
            return;
        }
        let known = &mut self.lists[place];
        known.to.extend(to);
        // "Incomplete" of one statement is not undone by another.
        known.is_complete = match (known.is_complete, is_complete) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (known, new) => known.or(new),
        };
    }

    /// Each target once.
    fn finish(mut self) -> Vec<Dependencies> {
        for list in &mut self.lists {
            let mut seen = HashSet::with_capacity(list.to.len());
            list.to.retain(|to| seen.insert(to.clone()));
        }
        self.lists
    }
}
