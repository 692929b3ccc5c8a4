//! The distinct components of an SBOM: the same package URL is the same component however often
//! and wherever it stands; without one, the same group, name, version and type are.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::package::PackageKey;
use crate::sbom::{Component, Identified};

/// A distinct component, as it is written where it stands first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<'a> {
    /// Its first entry.
    pub component: &'a Component,
    /// Every version its entries give; more than one where a package URL without a version is
    /// shared. Sorted.
    pub versions: Vec<&'a str>,
    /// Less certain keys that no other component has for itself, see
    /// [`crate::purl::Purl::package_candidates`].
    pub guesses: Vec<PackageKey>,
}

impl<'a> Item<'a> {
    /// The key advisories name it by, or the code that says why there is none.
    #[must_use]
    pub fn identified(&self) -> &'a Identified {
        &self.component.identified
    }

    /// The package URL as written.
    #[must_use]
    pub fn purl(&self) -> Option<&'a str> {
        self.component.purl_text.as_deref()
    }
}

#[derive(PartialEq, Eq, Hash)]
enum Identity<'a> {
    Purl(String),
    Unreadable(&'a str),
    Named(Option<&'a str>, &'a str, Option<&'a str>, &'a str),
}

fn identity(component: &Component) -> Identity<'_> {
    match (&component.purl, &component.purl_text) {
        (Some(purl), _) => Identity::Purl(purl.canonical()),
        (None, Some(text)) => Identity::Unreadable(text),
        (None, None) => Identity::Named(
            component.group.as_deref(),
            &component.name,
            component.version.as_deref(),
            &component.kind,
        ),
    }
}

/// The distinct components, in the order of the document.
#[must_use]
pub fn distinct(components: &[Component]) -> Vec<Item<'_>> {
    let mut places: HashMap<Identity<'_>, usize> = HashMap::with_capacity(components.len());
    let mut items: Vec<Item<'_>> = Vec::with_capacity(components.len());
    for component in components {
        let place = *places.entry(identity(component)).or_insert(items.len());
        if place == items.len() {
            items.push(Item {
                component,
                versions: Vec::new(),
                guesses: Vec::new(),
            });
        }
        let version = component.version_to_match().map(str::trim);
        if let Some(version) = version.filter(|version| !version.is_empty()) {
            let versions = &mut items[place].versions;
            if let Err(at) = versions.binary_search(&version) {
                versions.insert(at, version);
            }
        }
    }
    add_guesses(&mut items);
    items
}

fn add_guesses(items: &mut [Item<'_>]) {
    let own: HashSet<&PackageKey> = items.iter().filter_map(|item| key_of(item)).collect();
    let guesses: Vec<(usize, Vec<PackageKey>)> = items
        .iter()
        .enumerate()
        .filter_map(|(place, item)| {
            let purl = item.component.purl.as_ref()?;
            let mut keys = purl.package_candidates();
            keys.retain(|key| !own.contains(key));
            (!keys.is_empty()).then_some((place, keys))
        })
        .collect();
    for (place, keys) in guesses {
        items[place].guesses = keys;
    }
}

fn key_of<'a>(item: &Item<'a>) -> Option<&'a PackageKey> {
    match item.identified() {
        Identified::Package(key) => Some(key),
        Identified::Unidentified(_) => None,
    }
}

/// Every key that advisories are to be looked up by, sorted.
#[must_use]
pub fn wanted(items: &[Item<'_>]) -> BTreeSet<PackageKey> {
    let own = items.iter().filter_map(key_of);
    let guesses = items.iter().flat_map(|item| &item.guesses);
    own.chain(guesses).cloned().collect()
}
