//! The branches of a product tree, laid flat, each with its place.

use super::text;
use serde_json::Value;
use std::collections::BTreeMap;

/// One branch.
pub(super) struct Branch<'a> {
    /// Its JSON pointer.
    pub path: String,
    pub category: &'a str,
    pub name: &'a str,
    /// Which list of branches it stands in; siblings share it.
    pub siblings: usize,
    /// The ids of the products at it and below it.
    pub products: Vec<&'a str>,
    /// Whether it has branches of its own.
    pub has_branches: bool,
    /// The branch above.
    pub parent: Option<usize>,
}

/// All branches in the order of the document.
pub(super) struct Tree<'a> {
    pub branches: Vec<Branch<'a>>,
}

impl<'a> Tree<'a> {
    pub(super) fn of(document: &'a Value) -> Self {
        let mut tree = Self {
            branches: Vec::new(),
        };
        let Some(root) = document.get("product_tree") else {
            return tree;
        };
        let mut open = vec![(root, "/product_tree".to_owned(), None)];
        let mut siblings = 0;
        while let Some((holder, place, parent)) = open.pop() {
            let list = holder.get("branches").and_then(Value::as_array);
            siblings += 1;
            for (at, value) in list.into_iter().flatten().enumerate() {
                let path = format!("{place}/branches/{at}");
                let index = tree.branches.len();
                let product = value.pointer("/product/product_id").and_then(Value::as_str);
                tree.branches.push(Branch {
                    path: path.clone(),
                    category: text(value, "category").unwrap_or_default(),
                    name: text(value, "name").unwrap_or_default(),
                    siblings,
                    products: product.into_iter().collect(),
                    has_branches: value.get("branches").is_some(),
                    parent,
                });
                let mut above = parent;
                while let (Some(up), Some(id)) = (above, product) {
                    let Some(branch) = tree.branches.get_mut(up) else {
                        break;
                    };
                    branch.products.push(id);
                    above = branch.parent;
                }
                open.push((value, path, Some(index)));
            }
        }
        tree
    }

    /// The branches by list.
    pub(super) fn lists(&self) -> Vec<Vec<&Branch<'a>>> {
        let mut lists: BTreeMap<usize, Vec<&Branch>> = BTreeMap::new();
        for branch in &self.branches {
            lists.entry(branch.siblings).or_default().push(branch);
        }
        lists.into_values().collect()
    }

    /// The branch above the version of each product: what its versions have in common.
    pub(super) fn families(&self) -> BTreeMap<&'a str, (usize, &Branch<'a>)> {
        let mut families = BTreeMap::new();
        for branch in &self.branches {
            if matches!(branch.category, "product_version" | "product_version_range") {
                for product in &branch.products {
                    families.insert(*product, (branch.siblings, branch));
                }
            }
        }
        families
    }
}
