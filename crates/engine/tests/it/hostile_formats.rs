//! Hostile input in every notation that is no JSON: bombs of depth, number, size and entities end
//! in an error within their bounds and within seconds, and no damage makes a reader panic.

use std::time::{Duration, Instant};

use bonafide_engine::sbom::{Limits, document, read};
use proptest::prelude::*;

use crate::kit;

/// What any of these may take on a slow machine; most take milliseconds.
const PATIENCE: Duration = Duration::from_secs(30);

#[track_caller]
fn check(document: &str, code: &str) {
    let from = Instant::now();
    let outcome = read(document.as_bytes(), &Limits::default());
    let spent = from.elapsed();
    let error = outcome.expect_err("refused");
    assert_eq!(error.code(), code, "{error}");
    assert!(error.to_string().ends_with('.'), "{error}");
    assert!(error.to_string().len() < 1000, "{error}");
    assert!(spent < PATIENCE, "{spent:?}");
}

/// Whatever the answer, it comes in time.
#[track_caller]
fn check_time(document: &str) {
    let from = Instant::now();
    let _ = read(document.as_bytes(), &Limits::default());
    assert!(from.elapsed() < PATIENCE, "{:?}", from.elapsed());
}

const BOM: &str = r#"<bom xmlns="http://cyclonedx.org/schema/bom/1.6">"#;
const RDF: &str = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:spdx="http://spdx.org/rdf/terms#">"#;
const LAUGHS: &str = r#"<?xml version="1.0"?><!DOCTYPE bom [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"#;

#[test]
fn xml_bombs_are_refused() {
    let nested = "<components><component><name>a</name>".repeat(100_000);
    check(&format!("{BOM}{nested}"), "document-too-deep");
    check(
        &format!("{BOM}{}", "<x>".repeat(100_000)),
        "document-too-deep",
    );
    check(&format!("{LAUGHS}{BOM}&b;</bom>"), "xml-doctype");
    check(&format!("{BOM}&lol;</bom>"), "xml-invalid");
    let external = r#"<!DOCTYPE bom SYSTEM "file:///etc/passwd">"#;
    check(&format!("{external}{BOM}</bom>"), "xml-doctype");
    let attributes: String = (0..1_000_000).map(|n| format!(" a{n}=\"\"")).collect();
    check(&format!("<bom{attributes}></bom>"), "too-many-values");
    check(
        &format!("{BOM}<components><component{attributes}/></components></bom>"),
        "too-many-values",
    );
    let long = "a".repeat(5_000_000);
    check(
        &format!("{BOM}<components><component><name>{long}</name></component></components></bom>"),
        "text-too-large",
    );
    check(&format!("{BOM}<components>"), "document-cut-off");
    check("<html><body/></html>", "format-unknown");
    check_time(&format!("{BOM}{}</bom>", "<!---->".repeat(1_000_000)));
    check_time(&format!("{BOM}{}</bom>", "<a/>".repeat(1_000_000)));
    check_time(&format!("{BOM}{}</bom>", "&amp;".repeat(500_000)));
}

#[test]
fn rdf_bombs_are_refused() {
    let nested = "<spdx:Package><spdx:relationship>".repeat(100_000);
    check(&format!("{RDF}{nested}"), "document-too-deep");
    check(&format!("{LAUGHS}{RDF}&b;</rdf:RDF>"), "xml-doctype");
    let attributes: String = (0..1_000_000).map(|n| format!(" a{n}=\"\"")).collect();
    check(
        &format!("{RDF}<spdx:Package{attributes}/></rdf:RDF>"),
        "too-many-values",
    );
    check(&format!("{RDF}</rdf:RDF>"), "format-unknown");
    let long = "a".repeat(5_000_000);
    check(
        &format!("{RDF}<spdx:Package><spdx:name>{long}</spdx:name></spdx:Package></rdf:RDF>"),
        "text-too-large",
    );
    // A circle of licences and a node that is used a hundred thousand times.
    let circle = r##"<spdx:SpdxDocument rdf:about="#d"/><spdx:Package rdf:about="#a"><spdx:licenseConcluded rdf:resource="#l"/></spdx:Package><spdx:ConjunctiveLicenseSet rdf:about="#l"><spdx:member rdf:resource="#l"/><spdx:member rdf:resource="#l"/></spdx:ConjunctiveLicenseSet>"##;
    check_time(&format!("{RDF}{circle}</rdf:RDF>"));
    let uses: String = (0..50_000)
        .map(|n| format!("<spdx:Package rdf:about=\"#p{n}\"><spdx:checksum rdf:resource=\"#c\"/></spdx:Package>"))
        .collect();
    let shared = r##"<spdx:SpdxDocument rdf:about="#d"/><spdx:Checksum rdf:about="#c"><spdx:checksumValue>a</spdx:checksumValue></spdx:Checksum>"##;
    check_time(&format!("{RDF}{shared}{uses}</rdf:RDF>"));
}

#[test]
fn tag_value_bombs_are_refused() {
    let head = "SPDXVersion: SPDX-2.3\n";
    check(
        &format!("{head}PackageName: {}", "a".repeat(5_000_000)),
        "text-too-large",
    );
    check(
        &format!("{head}PackageComment: <text>{}", "a\n".repeat(1_000_000)),
        "document-cut-off",
    );
    check(
        &format!("{head}{}", "x".repeat(5_000_000)),
        "tag-value-invalid",
    );
    check(
        &format!("{head}DocumentName: a\nDocumentName: b\n"),
        "structure-invalid",
    );
    check_time(&format!("{head}{}", "PackageName: a\n".repeat(300_000)));
    check_time(&format!(
        "{head}{}",
        "PackageComment: <text>\n".repeat(200_000)
    ));
    check_time(&format!(
        "{head}PackageName: a\n{}",
        "Annotator: a\n".repeat(300_000)
    ));
    let tags: String = (0..300_000).map(|n| format!("Tag{n}: a\n")).collect();
    check_time(&format!("{head}{tags}"));
}

#[test]
fn yaml_bombs_are_refused() {
    let head = "spdxVersion: SPDX-2.3\n";
    check(
        &format!("{head}x: {}", "[".repeat(100_000)),
        "document-too-deep",
    );
    check(
        &format!("{head}x: {}", "{a: ".repeat(100_000)),
        "document-too-deep",
    );
    check(
        &format!("{head}x:\n{}a", "- ".repeat(100_000)),
        "document-too-deep",
    );
    let steps: String = (0..3_000)
        .map(|n| format!("{}a:\n", " ".repeat(n)))
        .collect();
    check(&format!("{head}{steps}"), "document-too-deep");
    let mut laughs = String::from(head);
    laughs.push_str("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for n in 1..12 {
        let uses = vec![format!("*a{}", n - 1); 10].join(", ");
        laughs.push_str(&format!("a{n}: &a{n} [{uses}]\n"));
    }
    check(&laughs, "too-many-values");
    check_time(&format!("{head}name: {}", "a".repeat(5_000_000)));
    check_time(&format!("{head}name: >\n{}", "  a\n".repeat(500_000)));
    check_time(&format!("{head}{}", "#\n".repeat(1_000_000)));
    let keys: String = (0..200_000).map(|n| format!("k{n}: a\n")).collect();
    check_time(&format!("{head}{keys}"));
    check(&format!("{head}name: [a"), "yaml-invalid");
}

#[test]
fn graph_bombs_of_spdx_3_are_refused() {
    let head = r#"{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":["#;
    check(
        &format!("{head}{}", r#"{"from":["#.repeat(100_000)),
        "document-too-deep",
    );
    let small = Limits {
        components_max: 10,
        dependencies_max: 10,
        ..Limits::default()
    };
    let many = [r#"{"type":"software_Package"}"#; 11].join(",");
    let error = read(format!("{head}{many}]}}").as_bytes(), &small).expect_err("refused");
    assert_eq!(error.code(), "too-many-components");
    let to = [r#""a""#; 11].join(",");
    let edge = format!(
        r#"{{"type":"Relationship","relationshipType":"contains","from":"a","to":[{to}]}}"#
    );
    let error = read(format!("{head}{edge}]}}").as_bytes(), &small).expect_err("refused");
    assert_eq!(error.code(), "too-many-dependencies");
}

/// Valid documents to be damaged, in every notation.
fn documents() -> Vec<Vec<u8>> {
    let folder = kit::root().join("fixtures/sboms");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| end != "md" && end != "txt")
        })
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_damage_to_any_notation_makes_a_reader_panic(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        length in 0..80usize,
        token in prop::sample::select(vec![
            "<", ">", "</bom>", "<![CDATA[", "]]>", "&", "&#0;", "&#x110000;", "\"", "'", "=", ":",
            "\n", "<text>", "</text>", "- ", "[", "{", "&a ", "*a", "!!int ", "\t", "%", "---\n",
            "rdf:about", "SPDXRef-", "DocumentRef-", "\u{feff}", "\u{0}", "é", "PackageName: a\n",
        ]),
    ) {
        let mut bytes = which.get(&documents()).clone();
        let at = at.index(bytes.len());
        let end = (at + length).min(bytes.len());
        bytes.splice(at..end, token.bytes());
        let _ = read(&bytes, &Limits::default());
        let _ = document::read(&bytes, &Limits::default());
    }
}
