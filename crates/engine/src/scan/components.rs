//! The distinct components of an SBOM: the same package URL is the same component however often
//! and wherever it stands; without one, the same group, name, version and type are.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::cpe::Cpe;
use crate::ecosystem::distribution;
use crate::lookup::{Basis, Lookup};
use crate::matching::identities;
use crate::package::PackageKey;
use crate::sbom::{Component, Identified};

/// A distinct component, as it is written where it stands first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<'a> {
    /// Its first entry.
    pub component: &'a Component,
    /// Its entries that give different versions; more than one where a package URL without a
    /// version is shared. Sorted by version, at least one.
    pub variants: Vec<Variant<'a>>,
}

/// A version of a component, and under which keys advisories may name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant<'a> {
    /// The component's version; `None` when no entry gives one.
    pub version: Option<&'a str>,
    /// The surest first, see [`Component::lookups`]; empty where nothing identifies the component.
    /// A path inside a package is left out where another component is that package.
    pub lookups: Vec<Lookup>,
}

impl Variant<'_> {
    /// The version asked about under one of its keys, in plain words: also one that only a CPE name
    /// or the address of a repository gives.
    pub(super) fn compared(&self, lookup: &Lookup) -> Option<String> {
        if let Some(version) = self.version {
            return Some(version.to_owned());
        }
        let asked = lookup.version.as_deref()?;
        match Cpe::parse_short(asked) {
            Ok(name) => name.version_text(),
            Err(_) => Some(asked.to_owned()),
        }
    }
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
                variants: Vec::with_capacity(1),
            });
        }
        add_variant(&mut items[place].variants, component);
    }
    leave_guesses_to_their_own(&mut items);
    items
}

fn add_variant<'a>(variants: &mut Vec<Variant<'a>>, component: &'a Component) {
    let of_purl = component
        .purl
        .as_ref()
        .and_then(|purl| purl.version.as_deref());
    let version = of_purl.or(component.version.as_deref()).map(str::trim);
    let version = version.filter(|version| !version.is_empty());
    // An entry without a version says less than one with it.
    match variants.binary_search_by(|known| known.version.cmp(&version)) {
        Ok(_) => return,
        Err(_) if version.is_none() && !variants.is_empty() => return,
        Err(_) => {}
    }
    variants.retain(|known| known.version.is_some());
    let at = variants.partition_point(|known| known.version < version);
    let lookups = lookups(component, version);
    variants.insert(at, Variant { version, lookups });
}

fn lookups(component: &Component, version: Option<&str>) -> Vec<Lookup> {
    let (Identified::Package(key), Some(purl)) = (&component.identified, &component.purl) else {
        // A CPE name, a repository, or last the bare name.
        let others = identities(component).into_iter();
        return others
            .map(|identity| Lookup {
                key: identity.package,
                version: Some(identity.version).filter(|version| !version.is_empty()),
                basis: Basis::Named,
            })
            .collect();
    };
    if distribution::is_type(&purl.ty) || purl.ty == "golang" {
        return component.lookups();
    }
    // Nothing but this can come of any other type; asking would read the name once more.
    vec![Lookup {
        key: key.clone(),
        version: version.map(str::to_owned),
        basis: Basis::Named,
    }]
}

fn leave_guesses_to_their_own(items: &mut [Item<'_>]) {
    let is_guess = |lookup: &Lookup| lookup.basis == Basis::ParentPath;
    let all = || items.iter().flat_map(|item| &item.variants);
    if !all().any(|variant| variant.lookups.iter().any(is_guess)) {
        return;
    }
    let own: HashSet<PackageKey> = all()
        .filter_map(|variant| Some(variant.lookups.first()?.key.clone()))
        .collect();
    for variant in items.iter_mut().flat_map(|item| &mut item.variants) {
        variant
            .lookups
            .retain(|lookup| !is_guess(lookup) || !own.contains(&lookup.key));
    }
}

/// Every key that advisories are to be looked up by.
#[must_use]
pub fn wanted(items: &[Item<'_>]) -> BTreeSet<PackageKey> {
    let variants = items.iter().flat_map(|item| &item.variants);
    let lookups = variants.flat_map(|variant| &variant.lookups);
    lookups.map(|lookup| lookup.key.clone()).collect()
}
