//! VEX in its formats: what is read, what it is about, and what is lost on the way to another.

use std::collections::BTreeMap;

use bonafide_engine::vex::{Product, Status, Target, VexDocument, applies, latest, mapping, read};
use serde_json::json;

use crate::kit;

fn documents(folder: &str) -> Vec<(String, Vec<u8>)> {
    let Some(path) = kit::shared(folder) else {
        return Vec::new();
    };
    let mut files: Vec<_> = std::fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "json"))
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(&path).unwrap())
        })
        .collect()
}

fn openvex(statements: serde_json::Value) -> VexDocument {
    let document = json!({
        "@context": "https://openvex.dev/ns/v0.2.0",
        "@id": "https://example.com/vex/1",
        "author": "Example",
        "timestamp": "2026-01-01T00:00:00Z",
        "version": 1,
        "statements": statements,
    });
    read(document.to_string().as_bytes()).unwrap()
}

#[track_caller]
fn check_applies(line: usize, said: &str, product: &str, component: &str, expect: bool) {
    let (said, part) = said.split_once(" > ").unwrap_or((said, ""));
    let parts = [part].into_iter().filter(|part| !part.is_empty());
    let parts: Vec<_> = parts.map(|part| json!({"@id": part})).collect();
    let mut entry = json!({"@id": said});
    if !parts.is_empty() {
        entry["subcomponents"] = json!(parts);
    }
    let document = openvex(json!([{
        "vulnerability": {"name": "CVE-2026-1"}, "products": [entry], "status": "fixed",
    }]));
    let target = |id: &'static str| Target {
        purl: Some(id).filter(|id| id.starts_with("pkg:")),
        cpe: Some(id).filter(|id| id.starts_with("cpe:")),
        ..Target::default()
    };
    let (product, component) = (product.to_owned().leak(), component.to_owned().leak());
    let found = applies(
        &document.statements[0],
        &target(product),
        &target(component),
        &["cve-2026-1"],
    );
    assert_eq!(found, expect, "fixtures/vex/applies.txt:{line}");
}

#[test]
fn a_statement_is_about_what_it_names() {
    for (line, case) in kit::cases("vex/applies.txt") {
        let parts: Vec<&str> = case.split(" | ").collect();
        let [said, product, component, expect] = parts[..] else {
            panic!("fixtures/vex/applies.txt:{line}");
        };
        check_applies(line, said, product, component, expect == "yes");
    }
}

#[test]
fn the_latest_statement_wins_and_a_contradiction_hides_nothing() {
    let entry = |status: &str, timestamp: &str| {
        json!({"vulnerability": {"name": "CVE-2026-1", "aliases": ["GHSA-1"]}, "status": status,
            "timestamp": timestamp, "action_statement": "-", "impact_statement": "-",
            "products": [{"@id": "pkg:npm/left-pad"}]})
    };
    let check = |statements: serde_json::Value, expect: Status| {
        let document = openvex(statements);
        let component = Target {
            purl: Some("pkg:npm/left-pad@1.0.0"),
            ..Target::default()
        };
        let found = latest([&document], &Target::default(), &component, &["GHSA-1"]);
        assert_eq!(found.unwrap().status, expect);
    };
    let (old, new) = ("2026-01-02T00:00:00Z", "2026-01-02T03:00:00+02:00");
    check(
        json!([entry("affected", old), entry("fixed", new)]),
        Status::Fixed,
    );
    check(
        json!([entry("fixed", new), entry("affected", old)]),
        Status::Fixed,
    );
    check(
        json!([entry("affected", old), entry("not_affected", old)]),
        Status::Affected,
    );
    let mut silent = entry("affected", old);
    silent.as_object_mut().unwrap().remove("timestamp");
    check(json!([silent, entry("fixed", old)]), Status::Fixed);
}

#[test]
fn real_openvex_documents_are_read() {
    let mut read_count = 0;
    for (name, bytes) in documents("openvex") {
        let document = read(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!document.statements.is_empty(), "{name}");
        assert!(
            document.warnings.is_empty(),
            "{name}: {:?}",
            document.warnings
        );
        for statement in &document.statements {
            assert!(!statement.products.is_empty(), "{name}");
        }
        println!(
            "{name}: {:?}, {} statements",
            document.format,
            document.statements.len()
        );
        read_count += 1;
    }
    println!("{read_count} documents read");
}

#[test]
fn real_csaf_documents_are_read() {
    let folders = [
        "examples-2.0/csaf",
        "examples-2.0/csaf/csaf_vex",
        "examples-2.1/csaf/csaf_vex",
        "real-cisa",
        "real-redhat",
    ];
    for folder in folders {
        let mut by_status: BTreeMap<Status, usize> = BTreeMap::new();
        for (name, bytes) in documents(&format!("csaf/{folder}")) {
            let document = read(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
            for statement in &document.statements {
                *by_status.entry(statement.status).or_default() += statement.products.len();
                assert!(
                    statement.products.iter().all(is_named),
                    "{name} {statement:?}"
                );
            }
            let odd: Vec<_> = document
                .warnings
                .iter()
                .map(|warning| &warning.text)
                .collect();
            let known = |text: &&&String| text.contains("none of the four");
            assert!(odd.iter().all(|text| known(&text)), "{name}: {odd:?}");
        }
        println!("{folder}: {by_status:?}");
    }
}

fn is_named(product: &Product) -> bool {
    product.name.is_some() || !product.identities.is_empty()
}

#[test]
fn real_cyclonedx_documents_with_vulnerabilities_are_read() {
    let (mut figures, mut statements) = (BTreeMap::new(), 0);
    for version in ["1.4", "1.5", "1.6", "1.7"] {
        for (name, bytes) in documents(&format!("cyclonedx-conformance/{version}")) {
            if name.contains("invalid")
                || !String::from_utf8_lossy(&bytes).contains("\"vulnerabilities\"")
            {
                continue;
            }
            let document = read(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
            statements += document.statements.len();
            figures.insert(name, (document.statements.len(), document.warnings));
        }
    }
    println!("{figures:#?}");
    assert!(figures.is_empty() || statements > 0);
}

#[test]
fn the_words_of_the_formats_are_mapped_as_the_table_says() {
    for (line, case) in kit::cases("vex/mapping.txt") {
        let (left, expect) = case.split_once(" = ").unwrap();
        let words: Vec<&str> = left.split(' ').collect();
        let found = match words[..] {
            ["cyclonedx", "state", word] => {
                mapping::status_from_cyclonedx(word).map(Status::as_str)
            }
            ["csaf", "state", word] => mapping::status_from_csaf(word).map(Status::as_str),
            ["cyclonedx", "justification", word] => {
                mapping::justification_from_cyclonedx(word).map(|row| row.label.as_str())
            }
            _ => panic!("fixtures/vex/mapping.txt:{line}"),
        };
        assert_eq!(
            found.unwrap_or("none"),
            expect,
            "fixtures/vex/mapping.txt:{line}"
        );
    }
}
