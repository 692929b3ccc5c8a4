//! Package URLs: the published suite, the way to package keys, and hostile texts.

use bonafide_engine::package::PackageKey;
use bonafide_engine::purl::{PURL_BYTES_MAX, Purl, PurlError};
use proptest::prelude::*;
use serde_json::Value;

use crate::kit;

#[track_caller]
fn check_key(purl: &str, expected: &str) {
    let purl = Purl::parse(purl).unwrap_or_else(|error| panic!("{purl}: {error}"));
    let got = match (purl.package(), purl.unmapped_reason()) {
        (Some(key), None) => key.to_string(),
        (None, Some(reason)) => reason.code().to_owned(),
        both => panic!("{both:?}"),
    };
    assert_eq!(got, expected, "{purl}");
}

#[test]
fn purls_lead_to_the_keys_that_advisories_use() {
    check_key("pkg:cargo/serde_json@1.0.0", "crates.io/serde-json");
    check_key("pkg:npm/%40babel/core@7.0.0", "npm/@babel/core");
    check_key("pkg:npm/@babel/core@7.0.0", "npm/@babel/core");
    check_key("pkg:npm/babel/core@7.0.0", "npm/@babel/core");
    check_key("pkg:npm/JSONStream@1.0.0", "npm/jsonstream");
    check_key("pkg:pypi/Zope.Interface_x@5", "PyPI/zope-interface-x");
    check_key(
        "pkg:golang/github.com/Masterminds/semver/v3@v3.2.0",
        "Go/github.com/masterminds/semver/v3",
    );
    check_key("pkg:golang/stdlib@1.21.3", "Go/stdlib");
    check_key("pkg:golang/std@go1.21.3", "Go/stdlib");
    check_key(
        "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1?type=jar&classifier=sources",
        "Maven/org.apache.logging.log4j:log4j-core",
    );
    check_key("pkg:nuget/Newtonsoft.Json@13.0.1", "NuGet/newtonsoft.json");
    check_key("pkg:gem/nokogiri@1.13?platform=java", "RubyGems/nokogiri");
    check_key(
        "pkg:composer/Symfony/HTTP-kernel@5",
        "Packagist/symfony/http-kernel",
    );
    check_key("pkg:composer/http-kernel@5", "purl-namespace-missing");
    check_key("pkg:pub/http@1", "Pub/http");
    check_key("pkg:hex/phoenix@1", "Hex/phoenix");
    check_key("pkg:hackage/aeson@2", "Hackage/aeson");
    check_key("pkg:cran/A3@1", "CRAN/A3");
    check_key("pkg:conan/openssl@3", "ConanCenter/openssl");
    check_key(
        "pkg:swift/github.com/Apple/swift-nio@2",
        "SwiftURL/github.com/apple/swift-nio",
    );
    check_key("pkg:bitnami/WordPress@6", "Bitnami/wordpress");
    check_key(
        "pkg:githubactions/actions/Checkout@v4",
        "GitHub Actions/actions/checkout",
    );
    check_key("pkg:julia/HTTP@1?uuid=1", "Julia/HTTP");
    check_key("pkg:opam/cohttp@5", "opam/cohttp");
    check_key("pkg:vscode-extension/MS/x@1", "VSCode/ms.x");
    check_key("pkg:deb/debian/bash@5.2", "Debian/bash");
    check_key("pkg:alpm/arch/bash@5.2", "ecosystem-not-supported");
    check_key("pkg:maven/log4j-core@2.14.1", "purl-namespace-missing");
    check_key("pkg:generic/openssl@1.1.1", "ecosystem-without-advisories");
    check_key("pkg:brew/openssl@3", "ecosystem-not-supported");
}

#[test]
fn advisories_lead_to_the_same_keys() {
    let key = |ecosystem: &str, name: &str| PackageKey::from_osv(ecosystem, name).to_string();
    for address in [
        "https://github.com/apple/swift-nio.git",
        "github.com/Apple/swift-nio",
    ] {
        assert_eq!(
            key("SwiftURL", address),
            "SwiftURL/github.com/apple/swift-nio"
        );
    }
    assert_eq!(
        key("Packagist:https://packages.drupal.org/8", "drupal/Core"),
        "Packagist/drupal/core"
    );
    assert_eq!(key("VSCode:https://open-vsx.org", "Ms.X"), "VSCode/ms.x");
    assert_eq!(key("NuGet", "Newtonsoft.Json"), "NuGet/newtonsoft.json");
}

#[track_caller]
fn check_candidates(purl: &str, expected: &[&str]) {
    let lookups = Purl::parse(purl).unwrap().lookups();
    let names: Vec<&str> = lookups.iter().map(|one| one.key.name.as_str()).collect();
    assert_eq!(names, expected, "{purl}");
}

#[test]
fn go_packages_are_tried_as_their_parent_modules_too() {
    check_candidates(
        "pkg:golang/golang.org/x/net/http2@v0.1.0",
        &["golang.org/x/net/http2", "golang.org/x/net"],
    );
    check_candidates("pkg:golang/golang.org/x/net@v0.1.0", &["golang.org/x/net"]);
    check_candidates(
        "pkg:golang/github.com/a/b/v2/c/d@v2.0.0",
        &[
            "github.com/a/b/v2/c/d",
            "github.com/a/b/v2/c",
            "github.com/a/b/v2",
        ],
    );
    check_candidates("pkg:golang/gopkg.in/yaml.v2@v2.0.0", &["gopkg.in/yaml.v2"]);
    check_candidates("pkg:golang/stdlib@1.0", &["stdlib"]);
    check_candidates("pkg:golang/net/http@1.0", &["net/http"]);
    check_candidates("pkg:npm/%40a/b@1", &["@a/b"]);
    check_candidates("pkg:generic/x", &[]);
}

#[test]
fn broken_purls_are_refused_with_a_code() {
    for (text, error) in [
        ("", PurlError::Scheme),
        ("npm/lodash", PurlError::Scheme),
        ("pk", PurlError::Scheme),
        ("pkg:", PurlError::Type),
        ("pkg:npm", PurlError::Type),
        ("pkg:/lodash", PurlError::Type),
        ("pkg:n%70m/lodash", PurlError::Type),
        ("pkg:npm/", PurlError::Type),
        ("pkg:maven/@1.0", PurlError::Name),
        ("pkg:npm/%20@1.0", PurlError::Name),
        ("pkg:npm/lodash%2@1.0", PurlError::Encoding),
        ("pkg:npm/lodash%ff", PurlError::Encoding),
        ("pkg:npm/lodash?1=2", PurlError::Qualifier),
        ("pkg:npm/lodash?a", PurlError::Qualifier),
        ("pkg:npm/lodash?a=1&A=2", PurlError::Qualifier),
    ] {
        assert_eq!(Purl::parse(text), Err(error), "{text:?}");
    }
    let long = format!("pkg:npm/{}", "a".repeat(PURL_BYTES_MAX));
    assert_eq!(Purl::parse(&long), Err(PurlError::TooLong));
}

#[test]
fn a_namespace_at_the_wrong_place_is_a_violation_but_no_refusal() {
    let violation = |text: &str| Purl::parse(text).unwrap().violation();
    assert_eq!(
        violation("pkg:maven/junit@4"),
        Some("purl-namespace-missing")
    );
    assert_eq!(
        violation("pkg:cargo/a/b@4"),
        Some("purl-namespace-not-allowed")
    );
    assert_eq!(
        violation("pkg:julia/Dates@1"),
        Some("purl-qualifier-missing")
    );
    assert_eq!(violation("pkg:npm/lodash@4"), None);
    assert_eq!(violation("pkg:unheard-of/a/b@4"), None);
}

/// Tests of the suite that contradict another test or the definition of the type.
const CONTRADICTED: [&str; 1] = [
    // Refuses upper-case qualifier keys, which the suite of Maven and its own "validate" accept.
    "pkg:Rpm/fedora/curl@7.50.3-1.fc25?Arch=i386&Distro=fedora-25 parse",
];

/// Go's definition says "case sensitive" and, beside it, "must be lowercased", as its tests do; and
/// the standard library's own components (`pkg:golang/stdlib`) have no namespace.
const DEFINITIONS_CONTRADICTED: [&str; 1] = ["golang name"];

#[test]
fn the_published_suite_holds() {
    let Some(path) = kit::shared("purl/tests") else {
        return;
    };
    let (mut count, mut wrong) = (0, Vec::new());
    for folder in ["spec", "types"] {
        let files = std::fs::read_dir(path.join(folder)).unwrap();
        for file in files {
            let suite: Value =
                serde_json::from_slice(&std::fs::read(file.unwrap().path()).unwrap()).unwrap();
            for case in suite["tests"].as_array().unwrap() {
                count += 1;
                wrong.extend(suite_case(case).err());
            }
        }
    }
    wrong.retain(|line| !CONTRADICTED.iter().any(|known| line.starts_with(known)));
    println!(
        "purl suite: {count} cases, {} contradicted, wrong: {wrong:#?}",
        CONTRADICTED.len()
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The type definitions as published: examples are taken, a namespace is required, optional or
/// prohibited as they say, and exactly the parts without case are in lower case.
#[test]
fn the_published_type_definitions_hold() {
    let Some(path) = kit::shared("purl/types.tar.zst") else {
        return;
    };
    let (mut types, mut examples, mut wrong) = (0, 0, Vec::new());
    kit::each_in_tar_zst(&path, |_, bytes| {
        let definition: Value = serde_json::from_slice(bytes).unwrap();
        types += 1;
        for example in definition["examples"].as_array().into_iter().flatten() {
            examples += 1;
            let example = example.as_str().unwrap();
            match Purl::parse(example) {
                Err(error) => wrong.push(format!("{example}: {error}")),
                Ok(purl) if purl.violation().is_some() => {
                    wrong.push(format!("{example}: {:?}", purl.violation()));
                }
                Ok(purl) if Purl::parse(&purl.canonical()) != Ok(purl.clone()) => {
                    wrong.push(format!("{example}: not read again as {purl}"));
                }
                Ok(_) => {}
            }
        }
        wrong.extend(against_definition(&definition));
    });
    println!("purl types: {types}, {examples} examples; {wrong:#?}");
    wrong.retain(|line| {
        !DEFINITIONS_CONTRADICTED
            .iter()
            .any(|known| line.starts_with(known))
    });
    assert!(wrong.is_empty() && types > 0, "{wrong:#?}");
}

fn against_definition(definition: &Value) -> Vec<String> {
    let ty = definition["type"].as_str().unwrap();
    let mut wrong = Vec::new();
    let required = |key: &str| {
        let all = definition["qualifiers_definition"].as_array();
        let mut all = all.into_iter().flatten();
        all.any(|one| one["key"] == key && one["requirement"] == "required")
    };
    let mut tail = String::new();
    for (key, value) in [("uuid", "?uuid=1"), ("tag_id", "?tag_id=1")] {
        if required(key) {
            tail.push_str(value);
        }
    }
    let of = |text: &str| Purl::parse(&format!("pkg:{ty}/{text}{tail}")).unwrap();
    let is_sound = |text: &str| of(text).violation().is_none();
    let requirement = definition["namespace_definition"]["requirement"].as_str();
    let expected = match requirement {
        Some("required") => (false, true),
        Some("prohibited") => (true, false),
        _ => (true, true),
    };
    let got = (is_sound("Name"), is_sound("Space/Name"));
    if got != expected {
        wrong.push(format!("{ty} namespace: {got:?}, not {expected:?}"));
    }
    let purl = of("Space/Name@Version");
    for (part, got) in [
        ("namespace", purl.namespace.as_deref().unwrap_or_default()),
        ("name", purl.name.as_str()),
        ("version", purl.version.as_deref().unwrap_or_default()),
    ] {
        let sensitive = &definition[format!("{part}_definition")]["case_sensitive"];
        let is_lower = got.chars().all(|c| c.is_ascii_lowercase());
        if sensitive.is_boolean() && (*sensitive == is_lower) {
            wrong.push(format!("{ty} {part}: {got}"));
        }
    }
    wrong
}

fn suite_case(case: &Value) -> Result<(), String> {
    let kind = case["test_type"].as_str().unwrap();
    let name = format!(
        "{} {kind}",
        case["input"].as_str().unwrap_or(&case["input"].to_string())
    );
    let fails = case["expected_failure"] == true;
    let expected = &case["expected_output"];
    let got = match &case["input"] {
        Value::String(text) => Purl::parse(text).ok(),
        parts => build(parts),
    };
    match (got, fails) {
        (None, true) => Ok(()),
        (None, false) => Err(format!("{name}: refused")),
        (Some(purl), true) => Err(format!("{name}: taken as {purl}")),
        (Some(purl), false) if expected.is_string() => {
            let got = purl.canonical();
            (*expected == got)
                .then_some(())
                .ok_or(format!("{name}: {got}, not {expected}"))
        }
        (Some(purl), false) => {
            let same = build(expected).as_ref() == Some(&purl);
            same.then_some(())
                .ok_or(format!("{name}: {purl:?}, not {expected}"))
        }
    }
}

/// A purl from its parts: written down and read again, so that type rules apply.
fn build(parts: &Value) -> Option<Purl> {
    let text = |field: &str| parts[field].as_str().map(str::to_owned);
    let qualifiers = parts["qualifiers"].as_object().into_iter().flatten();
    let purl = Purl {
        ty: text("type")?,
        namespace: text("namespace"),
        name: text("name")?,
        version: text("version"),
        qualifiers: qualifiers
            .map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned()))
            .collect(),
        subpath: text("subpath"),
    };
    Purl::parse(&purl.canonical()).ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>(), tail in "\\PC{0,60}") {
        let _ = Purl::parse(&text);
        let _ = Purl::parse(&format!("pkg:{tail}"));
    }

    #[test]
    fn canonical_text_is_a_fixed_point(
        ty in prop::sample::select(vec!["npm", "cargo", "pypi", "golang", "maven", "generic", "deb", "pub"]),
        tail in "[a-zA-Z0-9@%/.?=&#:+_ äß-]{1,40}",
    ) {
        if let Ok(purl) = Purl::parse(&format!("pkg:{ty}/{tail}")) {
            let canonical = purl.canonical();
            let again = Purl::parse(&canonical);
            prop_assert_eq!(again.as_ref().map(Purl::canonical), Ok(canonical));
            prop_assert_eq!(again, Ok(purl));
        }
    }
}
