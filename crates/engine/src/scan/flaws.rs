//! Which ids mean one flaw, over all records read. Aliases join (OSV schema: symmetric and
//! transitive). A downstream record joins its `upstream` only when that is one flaw and the record
//! has no CVE of its own: a distribution's notice about several flaws is none of them.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use crate::alias::{Group, preference};

/// Ids that one record may say are its aliases; a record with more would draw unrelated flaws
/// into one, so none of them is believed.
pub const ALIASES_MAX: usize = 50;

/// The forest of ids.
#[derive(Debug, Default)]
pub struct Flaws {
    index: HashMap<Rc<str>, u32>,
    names: Vec<Rc<str>>,
    parents: Vec<u32>,
    upstream: Vec<(u32, u32)>,
    /// Per node, its group's place in `members`; filled by [`Flaws::settle`].
    groups: Vec<u32>,
    members: Vec<Vec<u32>>,
}

impl Flaws {
    /// Adds what one record says. Returns whether its aliases were believed.
    pub fn add<'a>(
        &mut self,
        id: &str,
        aliases: impl ExactSizeIterator<Item = &'a str>,
        upstream: impl Iterator<Item = &'a str>,
    ) -> bool {
        let own = self.node(id);
        let believed = aliases.len() <= ALIASES_MAX;
        if believed {
            for alias in aliases {
                let other = self.node(alias);
                self.join(own, other);
            }
        }
        for other in upstream {
            let other = self.node(other);
            self.upstream.push((own, other));
        }
        believed
    }

    /// Adds ids that are known to mean one flaw.
    pub fn add_group<'a>(&mut self, mut members: impl Iterator<Item = &'a str>) {
        let Some(first) = members.next() else { return };
        let first = self.node(first);
        for other in members {
            let other = self.node(other);
            self.join(first, other);
        }
    }

    /// Draws the groups; to be called when everything was added.
    pub fn settle(&mut self) {
        self.join_upstream();
        let count = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let mut roots: Vec<(u32, u32)> = (0..count).map(|node| (self.root(node), node)).collect();
        roots.sort_unstable();
        self.groups = vec![0; roots.len()];
        self.members.clear();
        let mut last = None;
        for (root, node) in roots {
            if last != Some(root) {
                self.members.push(Vec::new());
                last = Some(root);
            }
            let at = self.members.len() - 1;
            self.groups[node as usize] = u32::try_from(at).unwrap_or(u32::MAX);
            self.members[at].push(node);
        }
    }

    /// The group's number and the group an id is in; `None` for an id nobody named. The number is
    /// good until the next change.
    #[must_use]
    pub fn number_of(&self, id: &str) -> Option<u32> {
        let node = *self.index.get(id.trim())?;
        self.groups.get(node as usize).copied()
    }

    /// The group of a number, its ids in the order of preference.
    #[must_use]
    pub fn group(&self, number: u32) -> Option<Group> {
        let nodes = self.members.get(number as usize)?;
        let mut members: Vec<&str> = nodes
            .iter()
            .map(|node| &*self.names[*node as usize])
            .collect();
        members.sort_by(|a, b| preference(a).cmp(&preference(b)));
        let members: Vec<String> = members.into_iter().map(str::to_owned).collect();
        Some(Group {
            canonical: members.first()?.clone(),
            members,
        })
    }

    /// Every number there is, in no order that means anything.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        0..u32::try_from(self.members.len()).unwrap_or(u32::MAX)
    }

    fn node(&mut self, name: &str) -> u32 {
        let name = name.trim();
        if let Some(known) = self.index.get(name) {
            return *known;
        }
        let node = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let name: Rc<str> = name.into();
        self.index.insert(name.clone(), node);
        self.names.push(name);
        self.parents.push(node);
        node
    }

    fn root(&mut self, node: u32) -> u32 {
        let mut at = node as usize;
        while self.parents[at] as usize != at {
            // Halving the path keeps long chains of aliases near constant time.
            self.parents[at] = self.parents[self.parents[at] as usize];
            at = self.parents[at] as usize;
        }
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b) as usize] = a.min(b);
    }

    fn join_upstream(&mut self) {
        let links = std::mem::take(&mut self.upstream);
        if links.is_empty() {
            return;
        }
        let mut with_cve = BTreeSet::new();
        for node in 0..u32::try_from(self.names.len()).unwrap_or(u32::MAX) {
            if self.names[node as usize].starts_with("CVE-") {
                let root = self.root(node);
                with_cve.insert(root);
            }
        }
        let mut above: HashMap<u32, BTreeSet<u32>> = HashMap::new();
        for (own, other) in links {
            let (own, other) = (self.root(own), self.root(other));
            if own != other && !with_cve.contains(&own) {
                above.entry(own).or_default().insert(other);
            }
        }
        let mut single: Vec<(u32, u32)> = above
            .into_iter()
            .filter(|(_, others)| others.len() == 1)
            .filter_map(|(own, others)| Some((own, *others.first()?)))
            .collect();
        single.sort_unstable();
        for (own, other) in single {
            self.join(own, other);
        }
    }
}
