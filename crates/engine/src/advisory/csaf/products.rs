//! The product tree: every product id with the keys it leads to and the versions it stands for.

use std::collections::HashMap;

use serde_json::Value;

use super::super::cve::comparators;
use super::super::{CpeCriteria, Status, VersionStatus};
use crate::cpe::{Attribute, Cpe};
use crate::json::tree::{list, text, texts};
use crate::package::PackageKey;
use crate::purl::Purl;

/// Products that are made of other products, one inside the other.
const NESTING_MAX: usize = 16;

/// A product of the tree.
#[derive(Debug, Clone)]
pub(super) struct Product {
    /// With the CPE that must match, where there is one.
    pub keys: Vec<(PackageKey, Option<CpeCriteria>)>,
    /// Vendor and product as the document writes them.
    pub name_text: String,
    /// The versions it stands for; its status is nobody's yet.
    pub version: VersionStatus,
    /// What it must be part of.
    pub condition: Option<String>,
}

/// A product that is another one as part of a third (relationships, product paths).
struct Relation {
    product: String,
    platforms: Vec<String>,
    own: Option<Value>,
}

#[derive(Default)]
pub(super) struct Tree {
    products: HashMap<String, Product>,
    relations: HashMap<String, Relation>,
    names: HashMap<String, String>,
}

/// What the branches above a product say of it.
#[derive(Clone, Copy, Default)]
struct Path<'a> {
    vendor: Option<&'a str>,
    product: Option<&'a str>,
    version: Option<&'a str>,
    /// A service pack, a patch level: part of the version, in a way of the vendor's own.
    patch: Option<&'a str>,
}

impl Tree {
    pub(super) fn read(value: &Value) -> Self {
        let mut tree = Self::default();
        let mut open: Vec<(&Value, Path<'_>)> = list(value, "branches")
            .iter()
            .map(|branch| (branch, Path::default()))
            .collect();
        while let Some((branch, mut path)) = open.pop() {
            let name = text(branch, "name");
            match text(branch, "category").unwrap_or_default() {
                "vendor" => path.vendor = name,
                "product_name" => path.product = name,
                "product_version" | "product_version_range" => path.version = name,
                "service_pack" | "patch_level" => path.patch = name,
                _ => {}
            }
            if let Some(product) = branch.get("product") {
                tree.add(product, path);
            }
            open.extend(list(branch, "branches").iter().map(|branch| (branch, path)));
        }
        for product in list(value, "full_product_names") {
            tree.add(product, Path::default());
        }
        for relation in list(value, "relationships") {
            let platforms = text(relation, "relates_to_product_reference");
            let of = text(relation, "product_reference");
            tree.relate(&relation["full_product_name"], of, platforms.into_iter());
        }
        for path in list(value, "product_paths") {
            let steps = list(path, "subpaths").iter();
            let platforms = steps.filter_map(|step| text(step, "next_product_reference"));
            let of = text(path, "beginning_product_reference");
            tree.relate(&path["full_product_name"], of, platforms);
        }
        tree
    }

    fn add(&mut self, product: &Value, path: Path<'_>) {
        let Some(id) = text(product, "product_id") else {
            return;
        };
        let name = text(product, "name").unwrap_or_default();
        self.names.insert(id.to_owned(), name.to_owned());
        self.products
            .insert(id.to_owned(), of_branch(product, path));
    }

    fn relate<'a>(
        &mut self,
        product: &Value,
        of: Option<&str>,
        platforms: impl Iterator<Item = &'a str>,
    ) {
        let (Some(id), Some(of)) = (text(product, "product_id"), of) else {
            return;
        };
        let name = text(product, "name").unwrap_or_default();
        self.names.insert(id.to_owned(), name.to_owned());
        let relation = Relation {
            product: of.to_owned(),
            platforms: platforms.map(str::to_owned).collect(),
            own: product
                .get("product_identification_helper")
                .map(|_| product.clone()),
        };
        self.relations.insert(id.to_owned(), relation);
    }

    /// The product behind an id; `None` when the tree has none.
    pub(super) fn resolve(&mut self, id: &str) -> Option<&Product> {
        if !self.products.contains_key(id) {
            let made = self.compose(id)?;
            self.products.insert(id.to_owned(), made);
        }
        self.products.get(id)
    }

    /// A product as part of others: its own keys, on the condition that it is part of them.
    fn compose(&self, id: &str) -> Option<Product> {
        let mut platforms: Vec<&str> = Vec::new();
        let mut at = id;
        for _ in 0..NESTING_MAX {
            if let Some(product) = self.products.get(at) {
                let mut product = product.clone();
                let own = self
                    .relations
                    .get(id)
                    .and_then(|relation| relation.own.as_ref());
                if let Some(own) = own.map(|own| of_branch(own, Path::default()))
                    && own
                        .keys
                        .iter()
                        .any(|(key, _)| key.ecosystem != PackageKey::NAME)
                {
                    product = own;
                }
                product.condition = Some(format!("as part of {}", platforms.join(", ")));
                return Some(product);
            }
            let relation = self.relations.get(at)?;
            for platform in &relation.platforms {
                let name = self.names.get(platform).unwrap_or(platform);
                if !platforms.contains(&name.as_str()) {
                    platforms.push(name);
                }
            }
            at = &relation.product;
        }
        None
    }
}

fn of_branch(product: &Value, path: Path<'_>) -> Product {
    let helper = &product["product_identification_helper"];
    let name = text(product, "name").unwrap_or_default();
    let mut version = version_of(path);
    let mut keys = Vec::new();
    let mut bare = path.product.unwrap_or(name).to_owned();
    let purls = text(helper, "purl")
        .into_iter()
        .chain(texts(helper, "purls"));
    for purl in purls.filter_map(|text| Purl::parse(text).ok()) {
        let key = purl
            .package()
            .or_else(|| PackageKey::of_repository_purl(&purl));
        keys.extend(key.map(|key| (key, None)));
        // The package URL has the version of the package; the branch may have the vendor's words,
        // or only the package's name again.
        let is_name = path
            .version
            .is_some_and(|text| text.contains(purl.name.as_str()));
        match purl.version.as_deref() {
            Some(own) if version.vers.is_none() => {
                version = VersionStatus::single(Status::Unknown, own);
            }
            None if is_name => version = VersionStatus::single(Status::Unknown, ""),
            _ => {}
        }
        bare = purl.name;
    }
    if let Some(cpe) = text(helper, "cpe").and_then(|text| Cpe::parse(text).ok())
        && let Some(key) = cpe.package()
    {
        if path.version.is_none() && keys.is_empty() {
            version = version_of_cpe(&cpe);
        }
        let criteria = CpeCriteria {
            criteria: cpe.with_version("").formatted(),
            ..CpeCriteria::default()
        };
        keys.push((key, Some(criteria)));
    }
    if keys.is_empty() {
        keys.extend(PackageKey::of_product(&bare).map(|key| (key, None)));
    }
    let shown: Vec<&str> = [path.vendor, path.product].into_iter().flatten().collect();
    Product {
        keys,
        name_text: match shown.is_empty() {
            true => name.to_owned(),
            false => shown.join(" "),
        },
        version,
        condition: None,
    }
}

fn version_of_cpe(cpe: &Cpe) -> VersionStatus {
    match cpe.version() {
        Attribute::Any | Attribute::Na => VersionStatus::single(Status::Unknown, ""),
        Attribute::Value(quoted) => {
            let plain = cpe.version_alone().unwrap_or_else(|| quoted.clone());
            VersionStatus::single(Status::Unknown, &plain)
        }
    }
}

/// The versions of a branch: one, a VERS text, or a range in words (CSAF 2.0 §3.1.2.2).
fn version_of(path: Path<'_>) -> VersionStatus {
    let single = |text: &str| VersionStatus::single(Status::Unknown, text);
    let Some(version) = path.version else {
        return single("");
    };
    let lower = version.to_ascii_lowercase();
    let lower = lower.trim();
    if matches!(lower, "vers:all/*" | "*" | "all" | "all versions" | "-") {
        return single("");
    }
    if lower.starts_with("vers:") {
        return VersionStatus {
            vers: Some(version.trim().to_owned()),
            ..single("")
        };
    }
    let bare = lower.strip_prefix("all versions").unwrap_or(lower);
    // The letter case of the vendor's version is kept.
    let bare = &version.trim()[version.trim().len() - bare.len()..];
    match (path.patch, comparators(bare)) {
        (None, Some((from, until))) => VersionStatus {
            until: Some(until),
            ..single(&from)
        },
        (None, None) => single(version),
        (Some(patch), _) => single(&format!("{version} {patch}")),
    }
}
