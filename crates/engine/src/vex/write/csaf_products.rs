//! The product tree of a CSAF document that is written: one id for each product that a statement
//! names, and a relationship for each component in a product.

use super::super::{Identity, Product, VersionClaim};
use super::{Losses, bom_link, named};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Products by what they are, so that the same one has one id.
#[derive(Default)]
pub(super) struct Products {
    ids: BTreeMap<Product, String>,
    names: Vec<Value>,
    branches: Vec<Value>,
    relationships: Vec<Value>,
}

impl Products {
    /// The ids for a product of statement `at`: one for each version claimed and each component.
    pub(super) fn ids(&mut self, at: usize, product: &Product, losses: &mut Losses) -> Vec<String> {
        if product.subcomponents.is_empty() {
            return self.versions(at, product, losses);
        }
        let mut bare = product.clone();
        bare.subcomponents.clear();
        let mut ids = Vec::new();
        for outer in self.versions(at, &bare, losses) {
            for part in &product.subcomponents {
                for inner in self.versions(at, part, losses) {
                    ids.push(self.related(&inner, part, &outer, &bare));
                }
            }
        }
        ids
    }

    /// The tree; sorted as the products came.
    pub(super) fn tree(self) -> Value {
        let mut tree = json!({});
        for (key, list) in [
            ("branches", self.branches),
            ("full_product_names", self.names),
            ("relationships", self.relationships),
        ] {
            if !list.is_empty() {
                tree[key] = list.into();
            }
        }
        tree
    }

    fn versions(&mut self, at: usize, product: &Product, losses: &mut Losses) -> Vec<String> {
        let Some(name) = named(product) else {
            losses.add(at, "products", "a product without any name is left out");
            return Vec::new();
        };
        if product.versions.is_empty() {
            return vec![self.defined(at, product, &name, None, losses)];
        }
        let mut ids = Vec::new();
        for claim in &product.versions {
            let mut one = product.clone();
            one.versions = vec![claim.clone()];
            ids.push(self.defined(at, &one, &name, Some(claim), losses));
        }
        ids
    }

    fn defined(
        &mut self,
        at: usize,
        product: &Product,
        name: &str,
        claim: Option<&VersionClaim>,
        losses: &mut Losses,
    ) -> String {
        if let Some(id) = self.ids.get(product) {
            return id.clone();
        }
        let id = self.next_id();
        self.ids.insert(product.clone(), id.clone());
        let (category, version) = match claim {
            Some(VersionClaim::Version(version)) => ("product_version", Some(version.as_str())),
            Some(VersionClaim::Range(range)) => ("product_version_range", Some(range.as_str())),
            None => ("product_version", product.version.as_deref()),
        };
        let full = version.map_or_else(
            || name.to_owned(),
            |version| match name.contains(version) {
                true => name.to_owned(),
                false => format!("{name} {version}"),
            },
        );
        let mut entry = json!({"name": full, "product_id": id});
        if let Some(helper) = helper(at, product, losses) {
            entry["product_identification_helper"] = helper;
        }
        match version {
            Some(version) => self.branches.push(json!({
                "category": "product_name",
                "name": product.name.as_deref().unwrap_or(name),
                "branches": [{"category": category, "name": version, "product": entry}],
            })),
            None => self.names.push(entry),
        }
        id
    }

    fn related(&mut self, inner: &str, part: &Product, outer: &str, product: &Product) -> String {
        let mut key = product.clone();
        key.subcomponents = vec![part.clone()];
        // Versions of the two are in their ids, which the key holds beside them.
        key.name = Some(format!("{inner} in {outer}"));
        if let Some(id) = self.ids.get(&key) {
            return id.clone();
        }
        let id = self.next_id();
        self.ids.insert(key, id.clone());
        let name = |product| named(product).unwrap_or_default();
        self.relationships.push(json!({
            "category": "default_component_of",
            "product_reference": inner,
            "relates_to_product_reference": outer,
            "full_product_name": {
                "name": format!("{} as a component of {}", name(part), name(product)),
                "product_id": id,
            },
        }));
        id
    }

    fn next_id(&self) -> String {
        format!("CSAFPID-{:04}", self.ids.len() + 1)
    }
}

/// The identifiers; CSAF 2.0 takes one package URL and one CPE, and digests of named files only.
fn helper(at: usize, product: &Product, losses: &mut Losses) -> Option<Value> {
    let mut helper = json!({});
    for identity in &product.identities {
        match identity {
            Identity::Purl { purl } if helper.get("purl").is_none() => {
                helper["purl"] = purl.clone().into();
            }
            Identity::Cpe { cpe } if helper.get("cpe").is_none() => {
                helper["cpe"] = cpe.clone().into();
            }
            Identity::Purl { purl: id } | Identity::Cpe { cpe: id } => {
                losses.add(
                    at,
                    "products",
                    format!("a further identifier, {id}, is left out"),
                );
            }
            Identity::BomRef { reference, .. } => match bom_link(identity) {
                Some(link) if helper.get("x_generic_uris").is_none() => {
                    helper["x_generic_uris"] = json!([{
                        "namespace": "https://cyclonedx.org/capabilities/bomlink/",
                        "uri": link,
                    }]);
                }
                _ => {
                    let text = format!("the reference {reference:?} into a BOM is left out");
                    losses.add(at, "products", text);
                }
            },
            Identity::Hash { algorithm, .. } => {
                let text = format!("a digest ({algorithm}) of no named file is left out");
                losses.add(at, "products", text);
            }
            Identity::Iri { iri } => {
                if product.name.is_some() {
                    losses.add(at, "products", format!("the identifier {iri} is left out"));
                }
            }
        }
    }
    let is_empty = helper.as_object().is_none_or(|members| members.is_empty());
    (!is_empty).then_some(helper)
}
