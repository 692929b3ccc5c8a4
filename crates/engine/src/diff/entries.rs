//! The components of a document by who they are, versions aside.

use super::Named;
use crate::purl::Purl;
use crate::sbom::document::{Claim, Document, License, Part};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Stands for the product on both sides, whatever it is called.
pub(super) const SUBJECT: &str = "";

/// All of a document.
pub(super) struct Entries {
    /// Per component, its versions sorted by their texts, each once.
    pub by_name: BTreeMap<String, Vec<Entry>>,
    /// Who needs whom, by the keys of `by_name`.
    pub edges: BTreeSet<(String, String)>,
    /// The name of the product.
    pub subject: String,
}

/// One version of a component; entries that are the same are taken together.
pub(super) struct Entry {
    pub named: Named,
    pub purl_type: Option<String>,
    pub licenses: BTreeSet<String>,
    pub supplier: Option<String>,
    /// Values by algorithm.
    pub hashes: BTreeMap<String, BTreeSet<String>>,
}

impl Entries {
    pub(super) fn of(document: &Document) -> Self {
        let mut versions: BTreeMap<String, BTreeMap<Option<String>, Entry>> = BTreeMap::new();
        let mut names: HashMap<&str, String> = HashMap::new();
        if let Some(subject) = &document.subject {
            names.insert(&subject.reference, SUBJECT.to_owned());
        }
        for part in &document.parts {
            let purl = part.purls.first().and_then(|purl| Purl::parse(purl).ok());
            let key = key_of(part, purl.as_ref());
            names.entry(&part.reference).or_insert_with(|| key.clone());
            let of_name = versions.entry(key).or_default();
            match of_name.entry(version_of(part)) {
                std::collections::btree_map::Entry::Vacant(free) => {
                    free.insert(Entry::of(part, purl));
                }
                std::collections::btree_map::Entry::Occupied(mut same) => same.get_mut().add(part),
            }
        }
        // An entry without a reference is nobody's end.
        names.remove("");
        let needs = document.dependencies.iter().filter(|said| said.is_need());
        let pairs =
            needs.flat_map(|said| said.to.iter().map(|to| (said.from.as_str(), to.as_str())));
        let edges =
            pairs.filter_map(|(from, to)| Some((names.get(from)?.clone(), names.get(to)?.clone())));
        let edges = edges.collect();
        let versions = versions.into_iter();
        Self {
            by_name: versions
                .map(|(name, entries)| (name, entries.into_values().collect()))
                .collect(),
            edges,
            subject: document
                .subject
                .as_ref()
                .map(|subject| named(subject).name)
                .unwrap_or_default(),
        }
    }
}

impl Entry {
    fn of(part: &Part, purl: Option<Purl>) -> Self {
        let mut entry = Self {
            named: named(part),
            purl_type: purl.map(|purl| purl.ty),
            licenses: BTreeSet::new(),
            supplier: None,
            hashes: BTreeMap::new(),
        };
        entry.add(part);
        entry
    }

    fn add(&mut self, part: &Part) {
        for claim in [&part.licenses_declared, &part.licenses_concluded] {
            let licenses = claim.known().into_iter().flatten();
            self.licenses
                .extend(licenses.map(License::text).map(str::to_owned));
        }
        let party = part.supplier.known().and_then(|party| party.name.clone());
        self.supplier = self.supplier.take().or(party);
        for hash in &part.hashes {
            let values = self.hashes.entry(hash.algorithm.clone()).or_default();
            values.insert(hash.value.to_ascii_lowercase());
        }
    }
}

/// A component as lists name it.
pub(super) fn named(part: &Part) -> Named {
    let group = part.group.as_deref().filter(|group| !group.is_empty());
    Named {
        name: group.map_or_else(
            || part.name.clone(),
            |group| format!("{group}/{}", part.name),
        ),
        version: version_of(part),
        purl: part.purls.first().cloned(),
    }
}

fn version_of(part: &Part) -> Option<String> {
    match &part.version {
        Claim::Known(version) => Some(version.clone()),
        _ => {
            let purl = part.purls.first().and_then(|purl| Purl::parse(purl).ok());
            purl.and_then(|purl| purl.version)
        }
    }
}

fn key_of(part: &Part, purl: Option<&Purl>) -> String {
    if let Some(purl) = purl {
        let bare = Purl {
            version: None,
            ..purl.clone()
        };
        return bare.without_qualifiers_canonical();
    }
    let group = part.group.as_deref().unwrap_or_default();
    format!("{}\n{group}\n{}", part.name, part.kind)
}
