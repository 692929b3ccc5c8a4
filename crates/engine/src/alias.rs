//! Alias groups: ids that mean one flaw. Aliases are symmetric and transitive (OSV schema), so the
//! groups are the connected parts of the graph; `upstream` and `related` do not belong in here.

use std::collections::BTreeMap;
use std::collections::HashMap;

/// One flaw under all its ids.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// The id the flaw is shown under, see [`canonical`].
    pub canonical: String,
    /// All ids, the canonical one included, in the order of preference.
    pub members: Vec<String>,
}

/// Builds the groups from ids and their aliases, in any order and direction. An id without aliases
/// is a group of its own. Groups come sorted by their canonical id; the answer does not depend on
/// the order of the input.
#[must_use]
pub fn groups<'a, A>(records: impl IntoIterator<Item = (&'a str, A)>) -> Vec<Group>
where
    A: IntoIterator<Item = &'a str>,
{
    let mut forest = Forest::default();
    for (id, aliases) in records {
        let own = forest.node(id);
        for alias in aliases {
            let other = forest.node(alias);
            forest.join(own, other);
        }
    }
    forest.into_groups()
}

/// The id to show of several that mean one flaw: a CVE id first, then GHSA, then EUVD, else the
/// rest; among equals the lowest by year and number. `None` for no ids.
#[must_use]
pub fn canonical<'a>(ids: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    ids.into_iter()
        .min_by(|a, b| preference(a).cmp(&preference(b)))
}

/// What makes an id come first: its kind, its source, its numbers as numbers, then its text.
pub(crate) fn preference(id: &str) -> (u8, &str, Vec<u64>, &str) {
    let source = id.split_once('-').map_or(id, |(head, _)| head);
    let kind = match source {
        "CVE" => 0,
        "GHSA" => 1,
        "EUVD" => 2,
        _ => 3,
    };
    // GHSA ids are random letters and digits: their digits are no numbers.
    let numbers = match kind {
        1 => Vec::new(),
        _ => id.split('-').filter_map(|part| part.parse().ok()).collect(),
    };
    (kind, source, numbers, id)
}

#[derive(Default)]
struct Forest<'a> {
    index: HashMap<&'a str, usize>,
    names: Vec<&'a str>,
    parents: Vec<usize>,
}

impl<'a> Forest<'a> {
    fn node(&mut self, name: &'a str) -> usize {
        let name = name.trim();
        *self.index.entry(name).or_insert_with(|| {
            self.names.push(name);
            self.parents.push(self.parents.len());
            self.parents.len() - 1
        })
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.parents[node] != node {
            // Halving the path keeps long chains of aliases near constant time.
            self.parents[node] = self.parents[self.parents[node]];
            node = self.parents[node];
        }
        node
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b);
    }

    fn into_groups(mut self) -> Vec<Group> {
        let mut by_root: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for node in 0..self.names.len() {
            let root = self.root(node);
            by_root.entry(root).or_default().push(self.names[node]);
        }
        let mut groups: Vec<Group> = by_root.into_values().map(group_of).collect();
        groups.sort();
        groups
    }
}

fn group_of(mut members: Vec<&str>) -> Group {
    members.sort_by(|a, b| preference(a).cmp(&preference(b)));
    let members: Vec<String> = members.into_iter().map(str::to_owned).collect();
    Group {
        canonical: members[0].clone(),
        members,
    }
}
