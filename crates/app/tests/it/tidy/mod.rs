//! Tests that keep the house in order: rooms in their order, pure files pure, files short,
//! words in both languages, codes documented.

mod rooms;
mod sizes;
mod templates;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// Every file below `folder` with this ending, by its path from the root.
pub fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = root();
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                let name = path
                    .strip_prefix(&root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(
        !found.is_empty(),
        "no {ending} below {folder}: the test looks in the wrong place"
    );
    found
}

/// A component whose ecosystem has a key but no feed would count as checked.
#[test]
fn every_ecosystem_that_can_be_matched_can_have_a_feed() {
    let feeds: std::collections::BTreeSet<&str> =
        bonafide::advisories::ECOSYSTEMS.into_iter().collect();
    let all = bonafide_engine::ecosystem::ALL.iter();
    let matched = all.filter(|one| one.is_supported()).map(|one| one.osv);
    assert_eq!(feeds, matched.collect());
}
