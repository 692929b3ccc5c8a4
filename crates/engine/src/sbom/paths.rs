//! Why a component is in the product: all shortest ways from the subject to it over dependencies
//! and containment. Breadth first, linear in components and links; what is listed is bounded.

use super::Sbom;

/// Ways listed.
pub const PATHS_MAX: usize = 20;

/// The shortest ways to a component.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paths {
    /// Indexes into the components, or [`Sbom::SUBJECT`]; each begins at the subject, or at a
    /// component that stands below no other, and ends at the one asked for. At most
    /// [`PATHS_MAX`], sorted from the end.
    pub paths: Vec<Vec<u32>>,
    /// How many there are besides, at most [`u64::MAX`].
    pub more: u64,
    /// Whether they begin at the subject.
    pub from_subject: bool,
}

impl Paths {
    /// Links in each of the ways; `None` when there is no way.
    #[must_use]
    pub fn length(&self) -> Option<usize> {
        self.paths.first().map(|path| path.len() - 1)
    }
}

/// The shortest ways to `component`. From the subject where it leads there; else from components
/// that nothing depends on or contains. Empty for an index that is none, and for a component that
/// only its own circle leads to.
#[must_use]
pub fn shortest_paths(sbom: &Sbom, component: u32) -> Paths {
    let count = sbom.components.len();
    let target = component as usize;
    if target >= count {
        return Paths::default();
    }
    let graph = Graph::of(sbom);
    let found = graph.paths(&[count], target);
    if !found.paths.is_empty() {
        return Paths {
            from_subject: true,
            ..found
        };
    }
    let tops: Vec<usize> = (0..count).filter(|node| graph.is_top(*node)).collect();
    graph.paths(&tops, target)
}

/// Links in both directions, cut into runs by node; the subject is the last node.
struct Graph {
    forward: Runs,
    backward: Runs,
}

struct Runs {
    starts: Vec<usize>,
    ends: Vec<u32>,
}

impl Runs {
    fn of(nodes: usize, links: &[(usize, usize)]) -> Self {
        let mut starts = vec![0; nodes + 1];
        for (from, _) in links {
            starts[from + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut ends = vec![0; links.len()];
        for (from, to) in links {
            ends[next[*from]] = u32::try_from(*to).unwrap_or(u32::MAX);
            next[*from] += 1;
        }
        Self { starts, ends }
    }

    fn at(&self, node: usize) -> &[u32] {
        &self.ends[self.starts[node]..self.starts[node + 1]]
    }
}

impl Graph {
    fn of(sbom: &Sbom) -> Self {
        let count = sbom.components.len();
        let node = |index: u32| match index {
            Sbom::SUBJECT => count,
            index => index as usize,
        };
        let links = sbom.dependencies.iter().chain(&sbom.contains);
        let mut links: Vec<(usize, usize)> = links
            .map(|(from, to)| (node(*from), node(*to)))
            .filter(|(from, to)| from != to && *from <= count && *to <= count)
            .collect();
        links.sort_unstable();
        links.dedup();
        let turned: Vec<(usize, usize)> = links.iter().map(|(from, to)| (*to, *from)).collect();
        Self {
            forward: Runs::of(count + 1, &links),
            backward: Runs::of(count + 1, &turned),
        }
    }

    /// Whether nothing but the subject leads to it.
    fn is_top(&self, node: usize) -> bool {
        let subject = self.forward.starts.len() - 2;
        self.backward
            .at(node)
            .iter()
            .all(|from| *from as usize == subject)
    }

    fn paths(&self, from: &[usize], target: usize) -> Paths {
        let nodes = self.forward.starts.len() - 1;
        let mut distance = vec![u32::MAX; nodes];
        let mut ways = vec![0u64; nodes];
        let mut queue: Vec<usize> = from.to_vec();
        for start in from {
            distance[*start] = 0;
            ways[*start] = 1;
        }
        let mut next = 0;
        while let Some(node) = queue.get(next).copied() {
            next += 1;
            // Nodes come in the order of their distance, so all ways to the target are counted.
            if distance[node] >= distance[target] {
                break;
            }
            for to in self.forward.at(node) {
                let to = *to as usize;
                if distance[to] == u32::MAX {
                    distance[to] = distance[node] + 1;
                    queue.push(to);
                }
                if distance[to] == distance[node] + 1 {
                    ways[to] = ways[to].saturating_add(ways[node]);
                }
            }
        }
        if distance[target] == u32::MAX {
            return Paths::default();
        }
        let paths = self.listed(&distance, target);
        Paths {
            more: ways[target].saturating_sub(paths.len() as u64),
            paths,
            from_subject: false,
        }
    }

    /// The first ways, walked back from the target: every step back leads towards a start, so
    /// that no step is in vain.
    fn listed(&self, distance: &[u32], target: usize) -> Vec<Vec<u32>> {
        let subject = distance.len() - 1;
        let mut paths = Vec::new();
        // The way back so far, and which of the links at each node comes next.
        let mut way: Vec<(usize, usize)> = vec![(target, 0)];
        while let Some((node, tried)) = way.last().copied() {
            if distance[node] == 0 {
                let named = way.iter().rev().map(|(node, _)| match *node {
                    node if node == subject => Sbom::SUBJECT,
                    node => u32::try_from(node).unwrap_or(Sbom::SUBJECT),
                });
                paths.push(named.collect());
                if paths.len() == PATHS_MAX {
                    break;
                }
                way.pop();
                continue;
            }
            let rest = &self.backward.at(node)[tried..];
            let is_step = |from: &u32| {
                let before = distance[*from as usize];
                before != u32::MAX && before + 1 == distance[node]
            };
            match rest.iter().position(is_step) {
                Some(skipped) => {
                    let from = rest[skipped] as usize;
                    if let Some(last) = way.last_mut() {
                        last.1 = tried + skipped + 1;
                    }
                    way.push((from, 0));
                }
                None => drop(way.pop()),
            }
        }
        paths
    }
}
