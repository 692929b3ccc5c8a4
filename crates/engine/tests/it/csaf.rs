//! The verdict on CSAF documents, by OASIS's own validator tests and by real advisories.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use bonafide_engine::csaf::{Report, validate};
use serde_json::Value;

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

#[test]
fn oasis_validator_tests_are_judged_as_the_suite_says() {
    for version in ["2.0", "2.1"] {
        let Some(cases) = suite(version) else { return };
        let mut table: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        let mut wrong = BTreeSet::new();
        for case in &cases {
            let report = judge(&case.path);
            let entry = table.entry(case.id.clone()).or_default();
            let right = reports(&report, &case.id) == case.fails;
            if right {
                entry.0 += 1
            } else {
                entry.1 += 1
            }
            if !right {
                let why = if is_not_run(&report, &case.id) {
                    "not run"
                } else {
                    "wrong"
                };
                wrong.insert(format!("{} {} {why}", case.id, name(&case.path)));
            }
            if report.is_valid() != case.valid {
                wrong.insert(format!(
                    "{} {} valid is {}: {:?}",
                    case.id,
                    name(&case.path),
                    report.is_valid(),
                    report.errors
                ));
            }
        }
        for (id, (right, missed)) in &table {
            println!("CSAF {version} {id}: {right} right, {missed} wrong");
        }
        println!(
            "{version}: {} documents, {} exceptions\n{wrong:#?}",
            cases.len(),
            wrong.len()
        );
    }
}
