//! The names of components within a document: each exactly once, whatever the source says.

use crate::sbom::document::{Dependencies, Document, Part};
use std::collections::{HashMap, HashSet};

/// The name of every component: the subject first if there is one, then the others in order.
pub(super) struct Refs {
    names: Vec<String>,
    index: HashMap<String, usize>,
    taken: HashSet<String>,
}

/// Components with what follows them, the subject first.
pub(super) fn all(document: &Document) -> impl Iterator<Item = &Part> {
    document.subject.iter().chain(&document.parts)
}

impl Refs {
    /// Names everything. `name` makes the target's name out of a component and its place, or
    /// `None` when the source gives nothing to go by; a name that is taken gets a number.
    pub(super) fn new(document: &Document, name: impl Fn(&Part, usize) -> String) -> Self {
        let mut names = Vec::new();
        let mut index = HashMap::new();
        let mut taken = HashSet::new();
        for (place, part) in all(document).enumerate() {
            let wished = name(part, place);
            let mut given = wished.clone();
            let mut number = place;
            while !taken.insert(given.clone()) {
                given = format!("{wished}-{number}");
                number += 1;
            }
            if !part.reference.is_empty() {
                // Of two with the same reference, links lead to the first.
                index.entry(part.reference.clone()).or_insert(place);
            }
            names.push(given);
        }
        Self {
            names,
            index,
            taken,
        }
    }

    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// Gives something that is no component a place, under the name that it has.
    pub(super) fn append(&mut self, name: String) {
        self.index.entry(name.clone()).or_insert(self.names.len());
        self.names.push(name);
    }

    /// Takes names, all or none: none when one is taken.
    pub(super) fn take_all(&mut self, names: &[String]) -> bool {
        let mut fresh = HashSet::new();
        let mut names = names.iter();
        if !names.all(|name| !self.taken.contains(name) && fresh.insert(name.clone())) {
            return false;
        }
        self.taken.extend(fresh);
        true
    }

    /// The new name of the component at a place.
    pub(super) fn at(&self, place: usize) -> &str {
        &self.names[place]
    }

    /// The place of a reference of the source.
    pub(super) fn place(&self, reference: &str) -> Option<usize> {
        self.index.get(reference).copied()
    }

    /// The new name for a reference of the source.
    pub(super) fn find(&self, reference: &str) -> Option<&str> {
        self.place(reference).map(|place| self.at(place))
    }
}

/// Letters, digits, dots and hyphens; everything else becomes a hyphen. Never empty.
pub(super) fn plain(text: &str) -> String {
    const LENGTH_MAX: usize = 240;
    let mut plain: String = text
        .chars()
        .take(LENGTH_MAX)
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '.' {
                c
            } else {
                '-'
            }
        })
        .collect();
    if plain.is_empty() {
        plain.push_str("unnamed");
    }
    plain
}

/// What is said to be assembled into the subject itself, and into nothing else.
pub(super) fn within_subject(document: &Document) -> HashSet<usize> {
    let Some(subject) = document.subject.as_ref() else {
        return HashSet::new();
    };
    let said = document.dependencies.iter();
    let said = said.filter(|said| {
        said.kind == Dependencies::CONTAINS
            && said.from == subject.reference
            && !said.from.is_empty()
    });
    let inner: HashSet<&String> = said.flat_map(|said| &said.to).collect();
    let parts = document.parts.iter().enumerate();
    parts
        .filter(|(_, part)| part.parent.is_none() && inner.contains(&part.reference))
        .map(|(index, _)| index)
        .collect()
}

/// The tree of components: each one's parent and depth. A circle is cut, and what lies deeper than
/// `depth_max` hangs on its ancestor at that depth; both are listed in the third answer.
pub(super) fn tree(
    parts: &[Part],
    depth_max: usize,
) -> (Vec<Option<usize>>, Vec<usize>, Vec<usize>) {
    let parent_of = |index: usize| {
        let parent = parts[index].parent.map(|parent| parent as usize);
        parent.filter(|parent| *parent < parts.len() && *parent != index)
    };
    let mut parents = vec![None; parts.len()];
    let mut depths = vec![usize::MAX; parts.len()];
    let mut flattened = Vec::new();
    let mut way = Vec::new();
    let mut on_way = vec![false; parts.len()];
    for start in 0..parts.len() {
        let mut at = start;
        while depths[at] == usize::MAX {
            way.push(at);
            on_way[at] = true;
            match parent_of(at) {
                Some(parent) if on_way[parent] => {
                    // A circle: its last member becomes a root.
                    flattened.push(at);
                    depths[at] = 0;
                }
                Some(parent) => at = parent,
                None => depths[at] = 0,
            }
        }
        for at in way.drain(..).rev() {
            on_way[at] = false;
            if depths[at] != usize::MAX {
                continue;
            }
            let Some(mut parent) = parent_of(at) else {
                continue;
            };
            if depths[parent] >= depth_max {
                flattened.push(at);
                parent = parents[parent].unwrap_or(parent);
            }
            parents[at] = Some(parent);
            depths[at] = depths[parent] + 1;
        }
    }
    flattened.sort_unstable();
    (parents, depths, flattened)
}
