//! `bonafide sbom check --profile`: exit codes, the shape of the JSON, and words for every check.

use super::{run, stderr};
use bonafide::web::words::Lang;
use bonafide_engine::quality::{Profile, judge};
use bonafide_engine::sbom::{Limits, document};
use serde_json::{Value, json};
use std::fs;

/// A document that meets the NTIA's minimum elements and the CISA's.
fn good() -> Value {
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {
            "timestamp": "2026-01-01T00:00:00Z",
            "authors": [{ "name": "Ann", "email": "ann@acme.example" }],
            "tools": { "components": [{ "type": "application", "name": "scan", "version": "1" }] },
            "lifecycles": [{ "phase": "build" }],
        },
        "components": [{
            "type": "library", "bom-ref": "a", "name": "a", "version": "1", "purl": "pkg:npm/a@1",
            "supplier": { "name": "Acme" }, "licenses": [{ "license": { "id": "MIT" } }],
            "hashes": [{ "alg": "SHA-256", "content": "ab".repeat(32) }],
        }],
        "dependencies": [{ "ref": "a" }],
    })
}

/// `words | exit code | stdout has`
const CASES: &str = "\
sbom check good.json | 0 | NTIA minimum elements (2021): met
sbom check good.json | 0 | BSI TR-03183-2 v2.1.0: not met.
sbom check good.json | 0 | names not compared with the paper): met
sbom check good.json --profile ntia | 0 | passed: ntia-author (must
sbom check good.json --profile cisa | 0 | failed: cisa-author-signature (should
sbom check good.json --profile bsi | 1 | failed: bsi-component-executable (must, 5.2.2)
sbom check bare.json --profile ntia | 1 | /components/0 b: Missing: the version of the component.
sbom check empty.json --profile ntia | 4 | no component to judge
sbom check good.json --profile iso | 2 |
sbom check broken.json --profile bsi | 3 |
";

#[test]
fn a_profile_decides_the_exit_code_and_says_why() {
    let place = tempfile::TempDir::new().unwrap();
    let write = |name: &str, text: String| fs::write(place.path().join(name), text).unwrap();
    write("good.json", good().to_string());
    let mut bare = good();
    bare["components"] = json!([{ "type": "library", "name": "b" }]);
    write("bare.json", bare.to_string());
    bare["components"] = json!([]);
    write("empty.json", bare.to_string());
    write("broken.json", "{".to_owned());
    for line in CASES.lines() {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let [words, code, expected] = fields[..] else {
            panic!("{line}");
        };
        let output = run(place.path(), words);
        let said = stderr(&output);
        let shown = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), code.parse().ok(), "{line}: {said}");
        assert!(shown.contains(expected), "{line}: {shown}");
    }
}

#[test]
fn the_json_has_every_check_with_its_failures() {
    let place = tempfile::TempDir::new().unwrap();
    fs::write(place.path().join("a.json"), good().to_string()).unwrap();
    let asked = run(place.path(), "sbom check a.json --profile bsi --json");
    let answer: Value = serde_json::from_slice(&asked.stdout).unwrap();
    assert_eq!(answer["profile"], "bsi");
    assert_eq!(answer["valid"], false);
    assert_eq!(answer["components"], 1);
    let checks = answer["checks"].as_array().unwrap();
    let named = |code: &str| checks.iter().find(|check| check["code"] == code).unwrap();
    let creator = named("bsi-component-creator");
    assert_eq!(creator["level"], "must");
    assert_eq!(creator["state"], "failed");
    assert_eq!(creator["citation"], "5.2.2");
    assert_eq!(creator["left_out"], 0);
    assert!(creator["unsure"].is_string());
    let failure = &creator["failures"][0];
    assert_eq!(failure["place"], "/components/0");
    assert_eq!(failure["component"], "a");
    assert!(
        failure["message"]
            .as_str()
            .unwrap()
            .starts_with("Missing: ")
    );
    assert!(failure["fix"].as_str().unwrap().ends_with('.'));
    let brief = run(place.path(), "sbom check a.json --json");
    let brief: Value = serde_json::from_slice(&brief.stdout).unwrap();
    assert_eq!(
        brief["profiles"][1],
        json!({
            "profile": "ntia", "valid": true, "failing": [], "unsure": true,
        })
    );
}

#[test]
fn every_check_has_its_words_in_both_languages() {
    let bytes = br#"{"bomFormat":"CycloneDX","specVersion":"1.6"}"#;
    let document = document::read(bytes, &Limits::default()).unwrap();
    let mut missing = Vec::new();
    for profile in Profile::ALL {
        let verdict = judge(&document, profile);
        let mut keys = vec![format!("quality-profile-{}", profile.as_str())];
        for check in &verdict.checks {
            keys.push(format!("quality-what-{}", check.topic));
            keys.push(format!("quality-fix-{}", check.topic));
            keys.extend(check.unsure.map(|code| format!("quality-unsure-{code}")));
        }
        for lang in [Lang::En, Lang::De] {
            missing.extend(keys.iter().filter(|key| !lang.has(key)).cloned());
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}
