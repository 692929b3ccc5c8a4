//! Cargo.lock, versions 1 to 4 (Cargo's resolver encoding): every `[[package]]` is a component.
//!
//! A package without a source lies beside the project, and one from a registry of one's own is
//! another package than crates.io's of the same name: no advisory can name either, and both say so.

use bonafide_engine::purl::Purl;
use bonafide_engine::sbom::{Component, Limits};
use serde::Deserialize;

#[derive(Deserialize)]
struct Lock {
    /// Only in locks from before 2017; later ones list the root like any package.
    root: Option<Package>,
    #[serde(default)]
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: Option<String>,
    source: Option<String>,
}

/// The newest version of the format that is known.
const VERSION_MAX: u64 = 4;

/// The public registry, by its Git and its sparse index.
const CRATES_IO: [&str; 2] = [
    "registry+https://github.com/rust-lang/crates.io-index",
    "sparse+https://index.crates.io/",
];

/// The components of a Cargo.lock, or a sentence on what is wrong with it; `None` when the bytes
/// are none.
pub fn read(bytes: &[u8]) -> Option<Result<Vec<Component>, String>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let first = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'))?;
    let is_lock = first == "[[package]]" || first == "[root]" || first.starts_with("version =");
    is_lock.then(|| components(text))
}

fn components(text: &str) -> Result<Vec<Component>, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        format!("The Cargo.lock cannot be read: {}.", error.message())
    })?;
    let version = table.get("version").and_then(toml::Value::as_integer);
    if version.is_some_and(|version| u64::try_from(version).is_ok_and(|v| v > VERSION_MAX)) {
        return Err(format!(
            "The Cargo.lock is newer than version {VERSION_MAX}, which is the newest this program reads."
        ));
    }
    let lock: Lock = table.try_into().map_err(|error: toml::de::Error| {
        format!("The Cargo.lock cannot be read: {}.", error.message())
    })?;
    let max = Limits::default().components_max;
    if lock.package.len() > max {
        return Err(format!("The Cargo.lock lists more than {max} packages."));
    }
    let all = lock.root.iter().chain(&lock.package);
    Ok(all.map(component).collect())
}

fn component(package: &Package) -> Component {
    let version = package.version.as_deref();
    let purl = || {
        let purl = Purl {
            ty: "cargo".to_owned(),
            namespace: None,
            name: package.name.clone(),
            version: package.version.clone(),
            qualifiers: qualifiers(package.source.as_deref()),
            subpath: None,
        };
        purl.canonical()
    };
    let is_public = |source: &str| CRATES_IO.contains(&source) || source.starts_with("git+");
    let purl = match package.source.as_deref() {
        None => Err("package-without-registry"),
        Some(source) if is_public(source) => Ok(purl()),
        Some(_) => Err("package-of-another-registry"),
    };
    Component::locked(&package.name, version, purl)
}

/// A commit of a fork carries what the crate of its name and version carries, and is told apart.
fn qualifiers(source: Option<&str>) -> std::collections::BTreeMap<String, String> {
    let git = source.filter(|source| source.starts_with("git+"));
    let git = git.map(|source| ("vcs_url".to_owned(), source.to_owned()));
    git.into_iter().collect()
}
