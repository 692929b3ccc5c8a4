//! Version orders: our own cases, the published fixtures, and the properties of an order.

use std::cmp::Ordering;

use bonafide_engine::ecosystem;
use bonafide_engine::package::PackageKey;
use bonafide_engine::version::{Order, VERSION_BYTES_MAX, Version, compare};
use proptest::prelude::*;

use crate::kit;

/// `a < b`, `a = b`, `a > b`, or `a is unparsable`.
#[track_caller]
fn check(ecosystem: &str, line: &str) {
    if let Some(text) = line.strip_suffix(" is unparsable") {
        let error = Version::parse(ecosystem, text).expect_err(line);
        assert_eq!(error.code(), "version-unparsable", "{ecosystem}: {line}");
        return;
    }
    let (a, expected, b) = split(line);
    assert_eq!(
        compare(ecosystem, a, b),
        Ok(expected),
        "{ecosystem}: {line}"
    );
    assert_eq!(
        compare(ecosystem, b, a),
        Ok(expected.reverse()),
        "{ecosystem}, turned: {line}"
    );
}

fn split(line: &str) -> (&str, Ordering, &str) {
    let signs = [
        (" < ", Ordering::Less),
        (" = ", Ordering::Equal),
        (" > ", Ordering::Greater),
    ];
    signs
        .iter()
        .find_map(|(sign, order)| {
            line.split_once(sign)
                .map(|(a, b)| (a.trim(), *order, b.trim()))
        })
        .unwrap_or_else(|| panic!("no comparison: {line}"))
}

/// Which fixture runs for which ecosystems.
const FILES: [(&str, &[&str]); 20] = [
    (
        "semver",
        &["crates.io", "npm", "Hex", "Bitnami", "SwiftURL"],
    ),
    ("semver_built", &["Pub", "Julia"]),
    ("go", &["Go"]),
    ("pypi", &["PyPI"]),
    ("maven", &["Maven"]),
    ("debian", &["Debian", "Ubuntu:22.04:LTS"]),
    ("rpm", &["Red Hat", "openSUSE:Tumbleweed"]),
    ("apk", &["Alpine:v3.20", "Wolfi"]),
    ("rubygems", &["RubyGems"]),
    ("nuget", &["NuGet"]),
    ("packagist", &["Packagist"]),
    ("r", &["CRAN", "Bioconductor"]),
    ("haskell", &["Hackage"]),
    ("conan", &["ConanCenter"]),
    ("freebsd", &["FreeBSD:ports"]),
    ("linux", &["Linux"]),
    ("android", &["Android"]),
    ("opam", &["opam"]),
    ("rooted", &["Root:npm"]),
    ("cpe", &["cpe", "name"]),
];

#[test]
fn our_own_cases_hold() {
    for (file, ecosystems) in FILES {
        for (_, line) in kit::cases(&format!("versions/{file}.txt")) {
            ecosystems
                .iter()
                .for_each(|ecosystem| check(ecosystem, &line));
        }
    }
}

/// All versions of a fixture against each other, three at a time: the random texts below are
/// seldom versions of the stricter ecosystems.
#[test]
fn the_versions_of_every_fixture_stand_in_one_order() {
    for (file, ecosystems) in FILES {
        let mut texts: Vec<String> = kit::cases(&format!("versions/{file}.txt"))
            .iter()
            .filter(|(_, line)| !line.ends_with(" is unparsable"))
            .flat_map(|(_, line)| {
                let (a, _, b) = split(line);
                [a.to_owned(), b.to_owned()]
            })
            .collect();
        texts.sort();
        texts.dedup();
        let versions: Vec<Version> = texts
            .iter()
            .map(|text| Version::parse(ecosystems[0], text).unwrap())
            .collect();
        let of = |a: usize, b: usize| versions[a].compare(&versions[b]).unwrap();
        let all = 0..versions.len();
        for a in all.clone() {
            for b in all.clone() {
                assert_eq!(of(a, b), of(b, a).reverse(), "{} {}", texts[a], texts[b]);
                for c in all
                    .clone()
                    .filter(|c| of(a, b).is_le() && of(b, *c).is_le())
                {
                    let is_less = of(a, b).is_lt() || of(b, c).is_lt();
                    let expected = if is_less {
                        Ordering::Less
                    } else {
                        Ordering::Equal
                    };
                    assert_eq!(of(a, c), expected, "{} {} {}", texts[a], texts[b], texts[c]);
                }
            }
        }
    }
}

#[test]
fn every_ecosystem_of_the_schema_has_its_case() {
    let mut seen = std::collections::BTreeSet::new();
    for (number, line) in kit::cases("versions/ecosystems.txt") {
        let (ecosystem, case) = line
            .split_once(" | ")
            .unwrap_or_else(|| panic!("line {number}: {line}"));
        match case {
            "no order" => {
                let error = Version::parse(ecosystem, "1").expect_err(&line);
                assert_eq!(error.code(), "version-order-undefined", "{line}");
            }
            case => check(ecosystem, case),
        }
        let known = ecosystem::find(ecosystem).unwrap_or_else(|| panic!("{line}"));
        seen.insert(known.osv);
    }
    let all: std::collections::BTreeSet<&str> = ecosystem::ALL.iter().map(|one| one.osv).collect();
    assert_eq!(seen, all);
}

#[test]
fn every_ecosystem_the_schema_names_is_known() {
    let Some(path) = kit::shared("schemas/osv/ecosystems.json") else {
        return;
    };
    let names: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let names = names.as_object().unwrap();
    let unknown: Vec<&String> = names
        .keys()
        .filter(|name| ecosystem::find(name).is_none())
        .collect();
    println!(
        "{} ecosystems in the schema; unknown: {unknown:?}",
        names.len()
    );
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn releases_are_other_packages_and_mirrors_are_not() {
    let key = |ecosystem: &str| PackageKey::from_osv(ecosystem, "x").ecosystem;
    assert_eq!(key("debian:12"), "Debian:12");
    assert_eq!(key("npm:https://example.org"), "npm");
    assert_eq!(
        key("Red Hat:rhel_aus:8.4::appstream"),
        "Red Hat:rhel_aus:8.4::appstream"
    );
    assert_eq!(key("Fortran:1"), "Fortran:1");
    assert!(PackageKey::from_osv("NuGet", "x").is_supported());
    assert!(PackageKey::from_osv("Debian:12", "x").is_supported());
    assert!(!PackageKey::from_osv("Linux", "Kernel").is_supported());
}

/// Runs a published fixture and returns the lines that do not hold.
fn published(file: &str, ecosystem: &str) -> Option<(usize, Vec<String>)> {
    let path = kit::shared(&format!("version-compare/{file}"))?;
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().map(str::trim);
    let cases: Vec<&str> = lines
        .filter(|line| !line.is_empty() && !line.starts_with("//") && !line.starts_with('#'))
        .collect();
    let wrong = cases.iter().filter_map(|line| {
        let (a, expected, b) = split(line);
        match compare(ecosystem, a, b) {
            Ok(order) if order == expected => None,
            Ok(order) => Some(format!("{line} (we say {order:?})")),
            Err(error) => Some(format!("{line} ({})", error.code())),
        }
    });
    Some((cases.len(), wrong.collect()))
}

#[test]
fn the_published_fixtures_hold() {
    for (file, ecosystem, known) in [
        ("semver-versions.txt", "npm", 0),
        ("semver-versions.txt", "crates.io", 0),
        ("semver-versions.txt", "Go", 0),
        ("semver-versions.txt", "Hex", 0),
        ("maven-versions.txt", "Maven", 0),
        ("debian-versions.txt", "Debian", 0),
        ("nuget-versions.txt", "NuGet", 0),
        ("rubygems-versions.txt", "RubyGems", 0),
        // Eleven pairs have a name from before PEP 440 (`0.1-bulbasaur`, `-class.-jw.util.…`). "Public
        // version identifiers MUST comply with the following scheme: [N!]N(.N)*[{a|b|rc}N][.postN]
        // [.devN]" (PEP 440), and `packaging` has dropped its order for others. Sorting them before
        // every version would call them unaffected by whatever begins later, so they are refused.
        ("pypi-versions.txt", "PyPI", 11),
    ] {
        let Some((count, left)) = published(file, ecosystem) else {
            return;
        };
        println!(
            "{file} as {ecosystem}: {} of {count} hold; {left:#?}",
            count - left.len()
        );
        assert_eq!(left.len(), known, "{file} as {ecosystem}: {left:#?}");
        assert!(
            left.iter()
                .all(|line| line.ends_with("(version-unparsable)")),
            "{left:#?}"
        );
    }
}

#[test]
fn a_bound_without_a_build_speaks_of_every_build() {
    let to_bound = |ecosystem: &str, own: &str, bound: &str| {
        let read = |text: &str| Version::parse(ecosystem, text).unwrap();
        read(own).compare_to_bound(&read(bound)).unwrap()
    };
    assert_eq!(to_bound("Julia", "3.0.16+2", "3.0.16"), Ordering::Equal);
    assert_eq!(to_bound("Julia", "3.0.16+1", "3.0.16+2"), Ordering::Less);
    assert_eq!(to_bound("Pub", "1.0.0+1", "1.0.0"), Ordering::Equal);
    assert_eq!(to_bound("PyPI", "1.0+cu1", "1.0"), Ordering::Equal);
    assert_eq!(to_bound("Debian", "1.0-1+b1", "1.0-1"), Ordering::Greater);
}

#[test]
fn bounds_and_unknown_ecosystems_have_their_own_codes() {
    let code = |ecosystem: &str, text: &str| Version::parse(ecosystem, text).unwrap_err().code();
    assert_eq!(code("npm", " "), "version-missing");
    assert_eq!(
        code("npm", &"1".repeat(VERSION_BYTES_MAX + 1)),
        "version-too-long"
    );
    assert_eq!(code("Fortran", "1"), "version-order-unknown");
    let (npm, maven) = (
        Version::parse("npm", "1").unwrap(),
        Version::parse("Maven", "1").unwrap(),
    );
    assert_eq!(npm.compare(&maven), None);
}

/// Texts that look like versions, with the oddities each order has to take.
fn version_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,3}",
        Just("0".to_owned()),
        Just("99999999999999999999999".to_owned()),
        prop::sample::select(vec![
            "alpha",
            "beta",
            "b",
            "m",
            "rc",
            "cr",
            "snapshot",
            "ga",
            "final",
            "release",
            "sp",
            "x",
            "dev",
            "post",
            "a",
            "v",
            "go",
            "incompatible",
            "RC",
            "p",
            "pl",
            "pre",
            "_alpha",
            "_p",
            "-r",
            "-rc",
            "root.io.",
            "x",
            "L",
            "",
        ])
        .prop_map(str::to_owned),
    ];
    let joint = prop::sample::select(vec![".", "-", "_", "+", "", "!", "~", "^", ":", ","]);
    prop::collection::vec((piece, joint), 1..6).prop_map(|parts| {
        parts
            .into_iter()
            .flat_map(|(piece, joint)| [piece, joint.to_owned()])
            .collect()
    })
}

/// All that claim to be orders: `vercmp` of Arch Linux leaves a missing release equal to any.
fn orders() -> impl Iterator<Item = Order> {
    let all = Order::ALL.iter().copied();
    all.filter(|order| *order != Order::Alpm)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_order_is_total_and_transitive(texts in prop::collection::vec(version_like(), 3)) {
        for order in orders() {
            let read: Vec<Version> = texts.iter().filter_map(|text| order.parse(text).ok()).collect();
            let [a, b, c] = read.as_slice() else { continue };
            let of = |a: &Version, b: &Version| a.compare(b).expect("one order");
            for x in [a, b, c] {
                prop_assert_eq!(of(x, x), Ordering::Equal);
            }
            for (x, y) in [(a, b), (b, c), (a, c)] {
                prop_assert_eq!(of(x, y), of(y, x).reverse(), "{:?} {:?}", order, texts);
            }
            for (x, y, z) in [(a, b, c), (a, c, b), (b, a, c), (b, c, a), (c, a, b), (c, b, a)] {
                if of(x, y).is_le() && of(y, z).is_le() {
                    prop_assert!(of(x, z).is_le(), "{:?} {:?}", order, texts);
                    if of(x, y).is_lt() || of(y, z).is_lt() {
                        prop_assert!(of(x, z).is_lt(), "{:?} {:?}", order, texts);
                    }
                }
            }
        }
    }

    #[test]
    fn no_text_makes_a_version_parser_panic(text in "\\PC{0,40}", odd in any::<String>()) {
        for order in Order::ALL {
            let _ = order.parse(&text);
            let _ = order.parse(&odd);
        }
    }
}
