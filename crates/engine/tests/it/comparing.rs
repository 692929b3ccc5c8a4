//! What changed between two SBOMs, and through what a component came in.

use crate::kit;
use bonafide_engine::diff::{Diff, compare};
use bonafide_engine::sbom::document::{self, Document};
use bonafide_engine::sbom::paths::{PATHS_MAX, Paths, shortest_paths};
use bonafide_engine::sbom::{Limits, Sbom, read};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// A document of components written as `purl-or-name [license=…] [supplier=…] [hash=…]`, parted
/// by commas, and of edges written as `from>to`.
fn document(words: &str) -> Document {
    let (mut components, mut dependencies) = (Vec::new(), Vec::new());
    for entry in words
        .split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
    {
        if let Some((from, to)) = entry.split_once('>') {
            dependencies.push(json!({"ref": from, "dependsOn": [to]}));
            continue;
        }
        let mut words = entry.split_whitespace();
        let name = words.next().unwrap();
        let mut component = json!({"bom-ref": name, "type": "library"});
        let bare = name.strip_prefix("pkg:npm/").unwrap_or(name);
        let (bare, version) = bare.split_once('@').unwrap_or((bare, ""));
        component["name"] = bare.into();
        if !version.is_empty() {
            component["version"] = version.into();
        }
        if name.starts_with("pkg:") {
            component["purl"] = name.into();
        }
        for word in words {
            match word.split_once('=').unwrap() {
                ("license", id) => component["licenses"] = json!([{"license": {"id": id}}]),
                ("supplier", name) => component["supplier"] = json!({"name": name}),
                ("hash", value) => component["hashes"] = json!([{"alg": "MD5", "content": value}]),
                _ => panic!("{word}"),
            }
        }
        components.push(component);
    }
    let document = json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6",
        "metadata": {"component": {"bom-ref": "root", "type": "application", "name": "gateway"}},
        "components": components, "dependencies": dependencies,
    });
    document::read(document.to_string().as_bytes(), &Limits::default()).unwrap()
}

/// A difference on one line.
fn words(diff: &Diff) -> String {
    let mut words = String::new();
    let version = |version: &Option<String>| version.clone().unwrap_or_default();
    for added in &diff.added.items {
        write!(words, "+{}@{} ", added.name, version(&added.version)).unwrap();
    }
    for removed in &diff.removed.items {
        write!(words, "-{}@{} ", removed.name, version(&removed.version)).unwrap();
    }
    for change in &diff.version_changed.items {
        let (old, new) = (version(&change.old), version(&change.new));
        write!(
            words,
            "{}:{old}>{new}:{} ",
            change.name,
            change.direction.as_str()
        )
        .unwrap();
    }
    let lists = [
        ("license", &diff.license_changed),
        ("supplier", &diff.supplier_changed),
        ("hash", &diff.hash_changed),
    ];
    for (what, list) in lists {
        for change in &list.items {
            write!(
                words,
                "{what}:{}:{}>{} ",
                change.name, change.old, change.new
            )
            .unwrap();
        }
    }
    for (sign, list) in [
        ("+", &diff.dependency_added),
        ("-", &diff.dependency_removed),
    ] {
        for edge in &list.items {
            write!(words, "{sign}{}>{} ", edge.from, edge.to).unwrap();
        }
    }
    words.trim_end().to_owned()
}

#[track_caller]
fn check(old: &str, new: &str, expected: &str) {
    let (before, after) = (document(old), document(new));
    let diff = compare(&before, &after);
    assert_eq!(words(&diff), expected, "{old} | {new}");
    assert_eq!(diff.is_empty(), expected.is_empty());
    assert!(compare(&before, &before).is_empty(), "{old}");
}

#[test]
fn differences_are_those_a_person_would_name() {
    for (number, line) in kit::cases("sboms/differences.txt") {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let [old, new, expected] = fields[..] else {
            panic!("line {number}: {line}");
        };
        check(old, new, expected);
    }
}

/// The SBOM of links written as `from>to`; `root` is the subject.
fn sbom(links: &str) -> Sbom {
    let links: Vec<(&str, &str)> = links
        .split_whitespace()
        .map(|link| link.split_once('>').unwrap())
        .collect();
    let mut names: Vec<&str> = links
        .iter()
        .flat_map(|(from, to)| [*from, *to])
        .filter(|name| *name != "root")
        .collect();
    names.sort_unstable();
    names.dedup();
    let components: Vec<Value> = names
        .iter()
        .map(|name| json!({"bom-ref": name, "type": "library", "name": name}))
        .collect();
    let dependencies: Vec<Value> = links
        .iter()
        .map(|(from, to)| json!({"ref": from, "dependsOn": [to]}))
        .collect();
    let document = json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6",
        "metadata": {"component": {"bom-ref": "root", "type": "application", "name": "root"}},
        "components": components, "dependencies": dependencies,
    });
    read(document.to_string().as_bytes(), &Limits::default()).unwrap()
}

fn index_of(sbom: &Sbom, name: &str) -> u32 {
    let index = sbom
        .components
        .iter()
        .position(|component| component.name == name);
    u32::try_from(index.unwrap()).unwrap()
}

#[track_caller]
fn ways(sbom: &Sbom, to: &str) -> (Vec<String>, Paths) {
    let paths = shortest_paths(sbom, index_of(sbom, to));
    let name = |index: &u32| match *index {
        Sbom::SUBJECT => "root".to_owned(),
        index => sbom.components[index as usize].name.clone(),
    };
    let ways = paths
        .paths
        .iter()
        .map(|path| path.iter().map(name).collect::<Vec<_>>().join(">"));
    (ways.collect(), paths)
}

#[test]
fn all_shortest_paths_and_no_longer_one() {
    let diamond = sbom("root>a root>b a>c b>c root>d d>e e>c c>a");
    let (found, paths) = ways(&diamond, "c");
    assert_eq!(found, ["root>a>c", "root>b>c"]);
    assert_eq!(
        (paths.more, paths.length(), paths.from_subject),
        (0, Some(2), true)
    );
    let loose = sbom("a>b b>c x>c");
    let (found, paths) = ways(&loose, "c");
    assert_eq!(found, ["x>c"]);
    assert!(!paths.from_subject);
    let circle = sbom("root>a b>c c>b");
    let (found, paths) = ways(&circle, "b");
    assert_eq!((found.len(), paths.length()), (0, None));
    let alone = sbom("root>a b>c");
    assert_eq!(ways(&alone, "b").0, ["b"]);
}

#[test]
fn paths_beyond_the_limit_are_counted_not_walked() {
    // Thirty diamonds in a row: two to the thirtieth ways.
    let mut links = String::from("root>n00 ");
    for step in 0..30 {
        let (from, to) = (step, step + 1);
        write!(
            links,
            "n{from:02}>l{step:02} n{from:02}>r{step:02} l{step:02}>n{to:02} r{step:02}>n{to:02} "
        )
        .unwrap();
    }
    let sbom = sbom(&links);
    let (found, paths) = ways(&sbom, "n30");
    assert_eq!(found.len(), PATHS_MAX);
    assert_eq!(paths.more, (1 << 30) - PATHS_MAX as u64);
    assert_eq!(paths.length(), Some(61));
    let once: std::collections::BTreeSet<&String> = found.iter().collect();
    assert_eq!(once.len(), found.len());
}
