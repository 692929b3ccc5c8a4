//! What changed between two SBOMs: components added, removed and changed, licences, suppliers,
//! digests and dependencies.
//!
//! Components are the same when their package URLs agree without version and qualifiers, else
//! when group, name and kind agree. Of a package that stands there in several versions, equal
//! versions belong together first, and the others in their order.

mod entries;

use crate::sbom::document::Document;
use crate::vers;
use crate::version::Order;
use entries::{Entries, Entry, SUBJECT};
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Entries kept of each list; how many there are is always said.
pub const LIST_MAX: usize = 10_000;

/// What changed. Lists are sorted by name, then version.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Diff {
    /// What the documents are about.
    pub old: Option<Named>,
    pub new: Option<Named>,
    pub added: Listed<Named>,
    pub removed: Listed<Named>,
    pub version_changed: Listed<VersionChange>,
    pub license_changed: Listed<Change>,
    pub supplier_changed: Listed<Change>,
    /// At the same version: the same name for something else.
    pub hash_changed: Listed<Change>,
    pub dependency_added: Listed<Edge>,
    pub dependency_removed: Listed<Edge>,
}

/// A list that may be cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed<T> {
    /// How many there are.
    pub total: usize,
    /// The first of them, at most [`LIST_MAX`].
    pub items: Vec<T>,
}

/// A component.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Named {
    /// With its group, as in `org.slf4j/slf4j-api`.
    pub name: String,
    pub version: Option<String>,
    /// As written.
    pub purl: Option<String>,
}

/// Another version of a component.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct VersionChange {
    pub name: String,
    pub old: Option<String>,
    pub new: Option<String>,
    pub direction: Direction,
    /// Of the new one.
    pub purl: Option<String>,
}

/// Whether a version went up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    Up,
    Down,
    /// Written differently, and the same version.
    Same,
    /// The order of these versions is not known, or one cannot be read.
    Unknown,
}

impl Direction {
    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Same => "same",
            Self::Unknown => "unknown",
        }
    }
}

/// Something else about a component; both texts may be empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Change {
    pub name: String,
    /// The new one.
    pub version: Option<String>,
    pub old: String,
    pub new: String,
}

/// Who needs whom, by names without versions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Edge {
    pub from: String,
    pub to: String,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self {
            total: 0,
            items: Vec::new(),
        }
    }
}

impl<T: Ord> Listed<T> {
    fn of(mut items: Vec<T>) -> Self {
        items.sort();
        let total = items.len();
        items.truncate(LIST_MAX);
        Self { total, items }
    }

    /// How many are not among the items.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.total - self.items.len()
    }
}

impl Diff {
    /// Whether nothing changed. Another version of the product itself is no change of its
    /// contents.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let totals = [
            self.added.total,
            self.removed.total,
            self.version_changed.total,
            self.license_changed.total,
            self.supplier_changed.total,
            self.hash_changed.total,
            self.dependency_added.total,
            self.dependency_removed.total,
        ];
        totals.iter().all(|total| *total == 0)
    }
}

/// What changed from `old` to `new`.
#[must_use]
pub fn compare(old: &Document, new: &Document) -> Diff {
    let (before, after) = (Entries::of(old), Entries::of(new));
    let mut lists = Lists::default();
    let names: BTreeSet<&String> = before.by_name.keys().chain(after.by_name.keys()).collect();
    for name in names {
        let none = Vec::new();
        let old = before.by_name.get(name).unwrap_or(&none);
        let new = after.by_name.get(name).unwrap_or(&none);
        pair(&mut lists, old, new);
    }
    let edges = |from: &Entries, than: &Entries| {
        let more = from.edges.difference(&than.edges);
        let shown = more.map(|(from_name, to_name)| Edge {
            from: from.shown(from_name),
            to: from.shown(to_name),
        });
        Listed::of(shown.collect())
    };
    Diff {
        old: old.subject.as_ref().map(entries::named),
        new: new.subject.as_ref().map(entries::named),
        added: Listed::of(lists.added),
        removed: Listed::of(lists.removed),
        version_changed: Listed::of(lists.versions),
        license_changed: Listed::of(lists.licenses),
        supplier_changed: Listed::of(lists.suppliers),
        hash_changed: Listed::of(lists.hashes),
        dependency_added: edges(&after, &before),
        dependency_removed: edges(&before, &after),
    }
}

#[derive(Default)]
struct Lists {
    added: Vec<Named>,
    removed: Vec<Named>,
    versions: Vec<VersionChange>,
    licenses: Vec<Change>,
    suppliers: Vec<Change>,
    hashes: Vec<Change>,
}

/// Brings the versions of one component together. Both lists are sorted by version text.
fn pair(lists: &mut Lists, old: &[Entry], new: &[Entry]) {
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    let (mut a, mut b) = (0, 0);
    while a < old.len() || b < new.len() {
        let order = match (old.get(a), new.get(b)) {
            (Some(old), Some(new)) => old.named.version.cmp(&new.named.version),
            (Some(_), None) => Ordering::Less,
            (None, _) => Ordering::Greater,
        };
        match order {
            Ordering::Less => gone.push(&old[a]),
            Ordering::Greater => come.push(&new[b]),
            Ordering::Equal => same_version(lists, &old[a], &new[b]),
        }
        a += usize::from(order.is_le());
        b += usize::from(order.is_ge());
    }
    sort(&mut gone);
    sort(&mut come);
    let pairs = gone.len().min(come.len());
    for (old, new) in gone.iter().zip(&come) {
        lists.versions.push(VersionChange {
            name: new.named.name.clone(),
            old: old.named.version.clone(),
            new: new.named.version.clone(),
            direction: direction(old, new),
            purl: new.named.purl.clone(),
        });
        facts(lists, old, new);
    }
    let left = |list: &[&Entry]| {
        list[pairs..]
            .iter()
            .map(|entry| entry.named.clone())
            .collect::<Vec<_>>()
    };
    lists.removed.extend(left(&gone));
    lists.added.extend(left(&come));
}

fn same_version(lists: &mut Lists, old: &Entry, new: &Entry) {
    facts(lists, old, new);
    for (algorithm, value) in &old.hashes {
        let other = new.hashes.get(algorithm);
        if let Some(other) = other.filter(|other| *other != value) {
            let text = |values: &BTreeSet<String>| {
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                format!("{algorithm} {}", values.join(" "))
            };
            lists.hashes.push(change(new, text(value), text(other)));
        }
    }
}

fn facts(lists: &mut Lists, old: &Entry, new: &Entry) {
    if old.licenses != new.licenses {
        let text = |entry: &Entry| {
            entry
                .licenses
                .iter()
                .cloned()
                .collect::<Vec<_>>()
                .join(", ")
        };
        lists.licenses.push(change(new, text(old), text(new)));
    }
    if old.supplier != new.supplier {
        let text = |entry: &Entry| entry.supplier.clone().unwrap_or_default();
        lists.suppliers.push(change(new, text(old), text(new)));
    }
}

fn change(new: &Entry, old_text: String, new_text: String) -> Change {
    Change {
        name: new.named.name.clone(),
        version: new.named.version.clone(),
        old: old_text,
        new: new_text,
    }
}

/// Sorts versions by the rules of their package type, if all of them can be read; else they stay in
/// the order of their texts. Arch's order is not transitive, so nothing can be sorted by it.
fn sort(list: &mut Vec<&Entry>) {
    let ty = list.first().and_then(|entry| entry.purl_type.as_deref());
    let order = ty
        .and_then(vers::order_of)
        .filter(|order| !matches!(order, Order::Alpm));
    let read = |entry: &&Entry| order?.parse(entry.named.version.as_deref()?).ok();
    let versions: Option<Vec<_>> = list.iter().map(read).collect();
    let Some(versions) = versions else { return };
    let mut read: Vec<(_, &Entry)> = versions.into_iter().zip(list.iter().copied()).collect();
    read.sort_by(|(a, _), (b, _)| a.compare(b).unwrap_or(Ordering::Equal));
    *list = read.into_iter().map(|(_, entry)| entry).collect();
}

/// The order of two versions of one component, by the rules of its package type.
fn order_of(a: &Entry, b: &Entry) -> Option<Ordering> {
    let order = vers::order_of(a.purl_type.as_deref()?)?;
    let a = order.parse(a.named.version.as_deref()?).ok()?;
    let b = order.parse(b.named.version.as_deref()?).ok()?;
    a.compare(&b)
}

fn direction(old: &Entry, new: &Entry) -> Direction {
    match order_of(old, new) {
        Some(Ordering::Less) => Direction::Up,
        Some(Ordering::Greater) => Direction::Down,
        Some(Ordering::Equal) => Direction::Same,
        None => Direction::Unknown,
    }
}

impl Entries {
    /// A name for people: edges lead to components, or to the product itself.
    fn shown(&self, name: &str) -> String {
        if name == SUBJECT {
            return self.subject.clone();
        }
        let known = self.by_name.get(name).and_then(|entries| entries.first());
        known.map_or_else(|| name.to_owned(), |entry| entry.named.name.clone())
    }
}
