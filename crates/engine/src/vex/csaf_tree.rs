//! The product tree of a CSAF document: which software stands behind a product id, and which ids
//! behind a group.
//!
//! A relationship of 2.0 (`A as a component of B`) and a product path of 2.1 become a product with
//! one subcomponent: the statement is about A where it stands in B.

use super::value::{identity, list, push_hash, text, tidied};
use super::{Product, VersionClaim};
use serde_json::Value;
use std::collections::HashMap;

/// Relationships that stand on one another; real trees have two.
const CHAIN_MAX: usize = 8;

/// What a document defines.
pub(super) struct Tree<'a> {
    products: HashMap<&'a str, Product>,
    /// Defined id → the component's id and the product's.
    pairs: HashMap<&'a str, (&'a str, &'a str)>,
    groups: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Tree<'a> {
    pub(super) fn of(document: &'a Value) -> Self {
        let mut tree = Self {
            products: HashMap::new(),
            pairs: HashMap::new(),
            groups: HashMap::new(),
        };
        let Some(root) = document.get("product_tree") else {
            return tree;
        };
        for full in list(root, "full_product_names") {
            tree.define(full, Version::default());
        }
        tree.branches(root);
        for entry in list(root, "relationships") {
            let pair = (
                entry.get("product_reference").and_then(Value::as_str),
                entry
                    .get("relates_to_product_reference")
                    .and_then(Value::as_str),
            );
            tree.pair(entry, pair);
        }
        for entry in list(root, "product_paths") {
            let last = list(entry, "subpaths").last();
            let pair = (
                entry
                    .get("beginning_product_reference")
                    .and_then(Value::as_str),
                last.and_then(|last| last.get("next_product_reference")?.as_str()),
            );
            tree.pair(entry, pair);
        }
        for group in list(root, "product_groups") {
            if let Some(id) = group.get("group_id").and_then(Value::as_str) {
                tree.groups.insert(id, ids(group, "product_ids").collect());
            }
        }
        tree
    }

    /// The product behind an id; `None` where the document does not define it.
    pub(super) fn product(&self, id: &str) -> Option<Product> {
        let mut inner = id;
        let mut outer = None;
        for _ in 0..CHAIN_MAX {
            let Some((component, product)) = self.pairs.get(inner) else {
                break;
            };
            outer.get_or_insert(*product);
            inner = component;
        }
        let component = self.products.get(inner)?;
        let Some(mut outer) = outer else {
            return Some(component.clone());
        };
        // The product may itself be a component of another: the outermost is the product.
        for _ in 0..CHAIN_MAX {
            match self.pairs.get(outer) {
                Some((_, next)) => outer = next,
                None => break,
            }
        }
        let mut product = self.products.get(outer)?.clone();
        product.subcomponents = vec![component.clone()];
        Some(product)
    }

    /// The ids of `product_ids` and of the groups in `group_ids`.
    pub(super) fn ids_of(&self, entry: &'a Value) -> Vec<&'a str> {
        let mut found: Vec<&str> = ids(entry, "product_ids").collect();
        for group in ids(entry, "group_ids") {
            found.extend(self.groups.get(group).into_iter().flatten());
        }
        found
    }

    fn pair(&mut self, entry: &'a Value, pair: (Option<&'a str>, Option<&'a str>)) {
        let id = entry
            .pointer("/full_product_name/product_id")
            .and_then(Value::as_str);
        if let (Some(id), (Some(component), Some(product))) = (id, pair) {
            self.pairs.insert(id, (component, product));
        }
    }

    /// Walks the branches without recursion, with the version that an ancestor names.
    fn branches(&mut self, root: &'a Value) {
        let mut open: Vec<(&Value, Version)> = vec![(root, Version::default())];
        while let Some((holder, version)) = open.pop() {
            for branch in list(holder, "branches") {
                let mut version = version;
                let name = branch.get("name").and_then(Value::as_str);
                match branch.get("category").and_then(Value::as_str) {
                    Some("product_version") => {
                        version = Version {
                            exact: name,
                            range: None,
                        }
                    }
                    Some("product_version_range") => {
                        version = Version {
                            exact: None,
                            range: name,
                        };
                    }
                    _ => {}
                }
                if let Some(full) = branch.get("product") {
                    self.define(full, version);
                }
                open.push((branch, version));
            }
        }
    }

    fn define(&mut self, full: &'a Value, version: Version) {
        let Some(id) = full.get("product_id").and_then(Value::as_str) else {
            return;
        };
        let mut product = Product {
            name: text(full, "name"),
            version: version.exact.map(str::to_owned),
            versions: version
                .range
                .map(|range| VersionClaim::Range(range.to_owned()))
                .into_iter()
                .collect(),
            ..Product::default()
        };
        if let Some(helper) = full.get("product_identification_helper") {
            let mut found: Vec<&str> = ids(helper, "purls").collect();
            for key in ["purl", "cpe"] {
                found.extend(helper.get(key).and_then(Value::as_str));
            }
            product.identities.extend(found.into_iter().map(identity));
            for files in list(helper, "hashes") {
                for file in list(files, "file_hashes") {
                    if let (Some(name), Some(digest)) =
                        (text(file, "algorithm"), text(file, "value"))
                    {
                        push_hash(&mut product, &name, &digest);
                    }
                }
            }
        }
        self.products.insert(id, tidied(product));
    }
}

#[derive(Clone, Copy, Default)]
struct Version<'a> {
    exact: Option<&'a str>,
    range: Option<&'a str>,
}

/// The texts of a list.
fn ids<'a>(holder: &'a Value, key: &str) -> impl Iterator<Item = &'a str> {
    list(holder, key).iter().filter_map(Value::as_str)
}
