//! VEX in its formats: what is read, what it is about, and what is lost on the way to another.

use std::collections::BTreeMap;

use bonafide_engine::csaf::validate;
use bonafide_engine::vex::{
    Format, Frame, Product, Statement, Status, Target, VexDocument, Written, applies, latest,
    mapping, read, write,
};
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

fn frame() -> Frame {
    Frame {
        id: "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79".into(),
        author: "Example".into(),
        namespace: "https://example.com".into(),
        timestamp: "2026-01-02T03:04:05Z".into(),
        version: 1,
        title: "Example".into(),
        revisions: Vec::new(),
    }
}

/// The schema of a format among the real data, with those it refers to.
struct Folder(std::path::PathBuf);

impl jsonschema::Retrieve for Folder {
    fn retrieve(
        &self,
        uri: &jsonschema::Uri<String>,
    ) -> Result<serde_json::Value, Box<dyn std::error::Error + Send + Sync>> {
        let name = uri.as_str().rsplit('/').next().unwrap_or_default();
        Ok(serde_json::from_slice(&std::fs::read(self.0.join(name))?)?)
    }
}

fn schema(folder: &str, name: &str) -> Option<jsonschema::Validator> {
    let folder = kit::shared(&format!("schemas/{folder}"))?;
    let text = std::fs::read(folder.join(name)).unwrap();
    let schema: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let options = jsonschema::options().with_retriever(Folder(folder));
    Some(
        options
            .should_validate_formats(true)
            .build(&schema)
            .unwrap(),
    )
}

/// The text of a document is valid by its format's schema or, for CSAF, by our own judge.
#[track_caller]
fn check_valid(
    name: &str,
    format: Format,
    written: &Written,
    schemas: &[Option<jsonschema::Validator>; 2],
) {
    let schema = match format {
        Format::Csaf => {
            let report = validate(written.document.to_string().as_bytes()).unwrap();
            assert_eq!(report.errors, [], "{name}: {:#}", written.document);
            return;
        }
        Format::OpenVex => &schemas[0],
        Format::CycloneDx => &schemas[1],
    };
    let Some(schema) = schema else { return };
    let errors: Vec<_> = schema
        .iter_errors(&written.document)
        .map(|e| format!("{} {e}", e.instance_path()))
        .collect();
    assert!(
        errors.is_empty(),
        "{name}: {errors:#?}\n{:#}",
        written.document
    );
}

#[test]
fn what_is_written_is_valid_and_says_the_same_again() {
    let schemas = [
        schema("openvex", "openvex_json_schema_0.2.0.json"),
        schema("cyclonedx", "bom-1.6.schema.json"),
    ];
    let folders = [
        "openvex",
        "csaf/examples-2.0/csaf",
        "csaf/examples-2.0/csaf/csaf_vex",
        "csaf/real-redhat",
        "csaf/real-cisa",
        "cyclonedx-conformance/1.6",
        "cyclonedx-conformance/1.4",
    ];
    let mut figures: BTreeMap<(Format, Format), (usize, usize)> = BTreeMap::new();
    for (name, bytes) in folders.iter().flat_map(|folder| documents(folder)) {
        let Ok(document) = read(&bytes) else { continue };
        if document.statements.is_empty() {
            continue;
        }
        for format in [Format::OpenVex, Format::CycloneDx, Format::Csaf] {
            let name = format!("{name} to {}", format.as_str());
            let Ok(written) = write(format, &frame(), &document.statements) else {
                println!("{name}: nothing can be carried");
                continue;
            };
            check_valid(&name, format, &written, &schemas);
            let again = read(written.document.to_string().as_bytes()).unwrap();
            let entry = figures.entry((document.format, format)).or_default();
            entry.0 += 1;
            entry.1 += written.losses.len();
            let (before, after) = (said(&document.statements), said(&again.statements));
            for one in &after {
                assert!(
                    before.contains(one),
                    "{name} says what was not said: {one:?}"
                );
            }
            if written.losses.is_empty() {
                assert_eq!(before, after, "{name}");
            }
        }
    }
    println!("from, to: documents, losses: {figures:#?}");
}

/// What a reader learns: which flaw, which status.
fn said(statements: &[Statement]) -> std::collections::BTreeSet<(Vec<String>, Status)> {
    statements
        .iter()
        .map(|one| {
            let mut ids: Vec<String> = one.aliases.clone();
            ids.push(one.vulnerability.clone());
            ids.sort();
            ids.dedup();
            (ids, one.status)
        })
        .collect()
}
