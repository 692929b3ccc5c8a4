//! The verdict on CSAF documents, by OASIS's own validator tests and by real advisories.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use bonafide_engine::csaf::{Report, validate};
use serde_json::{Value, json};

use crate::kit;

/// One document of the suite: what test it is about, and whether it must fail that.
struct Case {
    id: String,
    path: PathBuf,
    fails: bool,
    valid: bool,
}

fn suite(version: &str) -> Option<Vec<Case>> {
    let folder = kit::shared(&format!("csaf/validator-tests-{version}"))?;
    let list = std::fs::read(folder.join("testcases.json")).unwrap();
    let list: Value = serde_json::from_slice(&list).unwrap();
    let mut cases = Vec::new();
    for test in list["tests"].as_array().unwrap() {
        for (key, fails) in [("failures", true), ("valid", false)] {
            for case in test[key].as_array().into_iter().flatten() {
                cases.push(Case {
                    id: test["id"].as_str().unwrap().to_owned(),
                    path: folder.join(case["name"].as_str().unwrap()),
                    fails,
                    valid: case["valid"].as_bool().unwrap(),
                });
            }
        }
    }
    Some(cases)
}

fn judge(path: &Path) -> Report {
    let bytes = std::fs::read(path).unwrap();
    validate(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn reports(report: &Report, id: &str) -> bool {
    let all = report
        .errors
        .iter()
        .chain(&report.warnings)
        .chain(&report.infos);
    all.into_iter().any(|finding| finding.test == id)
}

fn is_not_run(report: &Report, id: &str) -> bool {
    report.not_run.iter().any(|entry| entry.test == id)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// `version | document | kind`, without the reason.
fn exceptions() -> BTreeSet<String> {
    let lines = kit::cases("csaf/exceptions.txt").into_iter();
    lines
        .map(|(line, case)| {
            let (what, why) = case.rsplit_once(" | ").unwrap();
            assert!(
                why.len() > 20,
                "fixtures/csaf/exceptions.txt:{line} has no reason"
            );
            what.to_owned()
        })
        .collect()
}

#[test]
fn oasis_validator_tests_are_judged_as_the_suite_says() {
    let mut wrong = BTreeSet::new();
    for version in ["2.0", "2.1"] {
        let Some(cases) = suite(version) else { return };
        let mut table: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for case in &cases {
            let report = judge(&case.path);
            let entry = table.entry(case.id.clone()).or_default();
            if reports(&report, &case.id) == case.fails {
                entry.0 += 1;
            } else {
                entry.1 += 1;
                let is_open = is_not_run(&report, &case.id);
                let kind = if is_open { "not run" } else { "wrong" };
                wrong.insert(format!("{version} | {} | {kind}", name(&case.path)));
            }
            if report.is_valid() != case.valid {
                wrong.insert(format!("{version} | {} | valid", name(&case.path)));
            }
        }
        for (id, (right, missed)) in &table {
            println!("CSAF {version} {id}: {right} right, {missed} wrong");
        }
        println!("CSAF {version}: {} documents", cases.len());
    }
    let known = exceptions();
    let new: Vec<_> = wrong.difference(&known).collect();
    let gone: Vec<_> = known.difference(&wrong).collect();
    assert!(
        new.is_empty(),
        "judged otherwise than the suite says: {new:#?}"
    );
    assert!(
        gone.is_empty(),
        "the list may only shrink, take out: {gone:#?}"
    );
}

#[test]
fn real_advisories_are_judged() {
    for folder in [
        "real-cisa",
        "real-redhat",
        "gocsaf-testdata",
        "examples-2.0/csaf",
        "examples-2.1/csaf",
    ] {
        let Some(folder) = kit::shared(&format!("csaf/{folder}")) else {
            return;
        };
        let (mut count, mut valid) = (0, 0);
        let mut by_test: BTreeMap<String, usize> = BTreeMap::new();
        for path in json_below(&folder) {
            let bytes = std::fs::read(&path).unwrap();
            if !String::from_utf8_lossy(&bytes).contains("\"csaf_version\"") {
                continue;
            }
            let Ok(report) = validate(&bytes) else {
                println!("{} is refused", name(&path));
                continue;
            };
            count += 1;
            valid += usize::from(report.is_valid());
            for finding in &report.errors {
                *by_test.entry(finding.test.clone()).or_default() += 1;
                let parsed: Value = serde_json::from_slice(&bytes).unwrap();
                assert!(
                    parsed.pointer(&finding.path).is_some() || finding.path.is_empty(),
                    "{}: {finding:?}",
                    path.display()
                );
            }
        }
        println!(
            "{}: {count} documents, {valid} valid, errors {by_test:?}",
            folder.display()
        );
        assert!(count > 0);
    }
}

fn json_below(folder: &Path) -> Vec<PathBuf> {
    let mut open = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                std::fs::read_dir(path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else if path.extension().is_some_and(|ext| ext == "json") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A small document of our own that keeps every mandatory test.
fn sample(version: &str) -> Value {
    let label = if version == "2.1" { "CLEAR" } else { "WHITE" };
    let mut document = json!({
        "document": {
            "category": "csaf_base", "csaf_version": version, "title": "Example",
            "lang": "en",
            "distribution": {"tlp": {"label": label}},
            "publisher": {"category": "vendor", "name": "Example", "namespace": "https://example.com"},
            "notes": [{"category": "summary", "text": "Nothing happened.", "title": "Summary"}],
            "tracking": {
                "id": "EX-1", "status": "final", "version": "1",
                "current_release_date": "2026-01-02T03:04:05Z",
                "initial_release_date": "2026-01-02T03:04:05Z",
                "revision_history": [{"number": "1", "date": "2026-01-02T03:04:05Z", "summary": "First."}]
            }
        }
    });
    if version == "2.1" {
        document["$schema"] = "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json".into();
    }
    document
}

#[track_caller]
fn errors_of(document: &Value) -> Vec<String> {
    let report = validate(document.to_string().as_bytes()).unwrap();
    report
        .errors
        .iter()
        .map(|finding| format!("{} {}", finding.test, finding.path))
        .collect()
}

#[test]
fn a_plain_document_is_valid_and_each_fault_has_its_number() {
    for version in ["2.0", "2.1"] {
        let good = sample(version);
        assert_eq!(errors_of(&good), Vec::<String>::new(), "{version}");
        let mut bad = good.clone();
        bad["document"]["tracking"]["version"] = "2".into();
        assert_eq!(
            errors_of(&bad),
            ["6.1.16 /document/tracking/version"],
            "{version}"
        );
        let mut bad = good.clone();
        bad["document"].as_object_mut().unwrap().remove("title");
        assert_eq!(errors_of(&bad), ["schema /document"], "{version}");
    }
}

#[test]
fn a_chain_of_products_as_long_as_the_document_is_walked() {
    let full = |id: String| json!({"product_id": id, "name": "Example"});
    let link = |at: usize, to: usize| {
        json!({"category": "installed_on", "product_reference": format!("P{to}"),
            "relates_to_product_reference": "P0", "full_product_name": full(format!("P{at}"))})
    };
    let mut document = sample("2.0");
    let chain: Vec<Value> = (1..20_000).map(|at| link(at, at - 1)).collect();
    document["product_tree"] =
        json!({"full_product_names": [full("P0".into())], "relationships": chain});
    assert_eq!(errors_of(&document), Vec::<String>::new());
    let first = document["product_tree"]["relationships"]
        .as_array_mut()
        .unwrap();
    first[0]["product_reference"] = "P19999".into();
    assert_eq!(
        errors_of(&document),
        ["6.1.3 /product_tree/relationships/1"]
    );
}

#[test]
fn actions_that_refer_to_one_another_in_a_circle_are_found() {
    let action = |at: usize, to: usize| json!({"action_id": format!("A{at}"), "referenced_action_ids": [format!("A{to}")]});
    let mut document = sample("2.1");
    let chain: Vec<Value> = (1..20_000).map(|at| action(at, at - 1)).collect();
    document["document"]["involvement"] = json!({"actions": chain});
    let circles = |document: &Value| -> Vec<String> {
        let errors = errors_of(document).into_iter();
        errors
            .filter(|error| error.starts_with("6.1.64.11 "))
            .collect()
    };
    assert_eq!(circles(&document), Vec::<String>::new());
    document["document"]["involvement"]["actions"][0]["referenced_action_ids"][0] = "A1".into();
    assert_eq!(
        circles(&document),
        ["6.1.64.11 /document/involvement/actions/0/referenced_action_ids/0"]
    );
}

#[test]
fn a_weakness_is_right_under_any_name_its_list_had() {
    let faults = |id: &str, name: &str| {
        let mut document = sample("2.0");
        document["vulnerabilities"] = json!([{"cwe": {"id": id, "name": name}}]);
        errors_of(&document)
    };
    assert_eq!(
        faults(
            "CWE-209",
            "Generation of Error Message Containing Sensitive Information"
        ),
        [""; 0]
    );
    assert_eq!(
        faults("CWE-209", "Information Exposure Through an Error Message"),
        [""; 0]
    );
    assert_eq!(
        faults("CWE-209", "Improper Input Validation"),
        ["6.1.11 /vulnerabilities/0/cwe/name"]
    );
    assert_eq!(
        faults("CWE-999999", "Improper Input Validation"),
        ["6.1.11 /vulnerabilities/0/cwe/id"]
    );
}

#[test]
fn nothing_makes_the_judge_fall() {
    for text in ["", "{", "[]", "null", "1", "{\"document\":1}", "\u{feff}{}"] {
        let _ = validate(text.as_bytes());
    }
    assert!(validate(&[0xff, 0xfe, 0x00]).is_err());
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(validate(deep.as_bytes()).is_err());
    // Every member of real and small documents, one after the other, is something else.
    let others = [
        json!(null),
        json!(-1),
        json!(""),
        json!([]),
        json!({}),
        json!([[[]]]),
        json!("\u{0}é/"),
    ];
    for version in ["2.0", "2.1"] {
        let document = sample(version);
        for (at, pointer) in pointers(&document).into_iter().enumerate() {
            for other in [&others[at % others.len()], &others[(at + 3) % others.len()]] {
                let mut changed = document.clone();
                *changed.pointer_mut(&pointer).unwrap() = other.clone();
                let report = validate(changed.to_string().as_bytes()).unwrap();
                assert!(report.not_run.iter().all(|one| !one.test.is_empty()));
            }
        }
    }
    for folder in ["mandatory", "recommended", "informative"] {
        let Some(path) = kit::shared(&format!("csaf/validator-tests-2.1/{folder}")) else {
            return;
        };
        for (at, path) in json_below(&path).iter().enumerate() {
            let bytes = std::fs::read(path).unwrap();
            let _ = validate(&bytes[..bytes.len() * (at % 10) / 10]);
            let Ok(document) = serde_json::from_slice::<Value>(&bytes) else {
                continue;
            };
            let pointers = pointers(&document);
            let pointer = &pointers[(at * 7919) % pointers.len()];
            let mut changed = document.clone();
            *changed.pointer_mut(pointer).unwrap() = others[at % others.len()].clone();
            let _ = validate(changed.to_string().as_bytes()).unwrap();
        }
    }
}

fn pointers(value: &Value) -> Vec<String> {
    let mut open = vec![(String::new(), value)];
    let mut found = Vec::new();
    while let Some((path, value)) = open.pop() {
        match value {
            Value::Object(members) => open.extend(members.iter().map(|(key, value)| {
                (
                    format!("{path}/{}", key.replace('~', "~0").replace('/', "~1")),
                    value,
                )
            })),
            Value::Array(items) => open.extend(
                items
                    .iter()
                    .enumerate()
                    .map(|(at, value)| (format!("{path}/{at}"), value)),
            ),
            _ => {}
        }
        found.push(path);
    }
    found
}
