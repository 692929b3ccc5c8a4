//! SBOMs on the command line: converted, merged, compared, and the paths in them.

use super::{bonafide, run, stderr};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Output;

fn document(subject: &str, version: &str) -> String {
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {"bom-ref": "root", "type": "application", "name": subject, "version": "1"}},
        "components": [
            {"bom-ref": "a", "type": "library", "name": "a", "version": version, "purl": format!("pkg:npm/a@{version}")},
            {"bom-ref": "b", "type": "library", "name": "b", "version": "1.0.0", "purl": "pkg:npm/b@1.0.0", "pedigree": {"notes": "forked"}},
        ],
        "dependencies": [{"ref": "root", "dependsOn": ["b"]}, {"ref": "b", "dependsOn": ["a"]}],
    })
    .to_string()
}

fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("new.json"), document("gateway", "1.10.0")).unwrap();
    std::fs::write(place.path().join("app.json"), document("app", "1.0.0")).unwrap();
    let supplied = |name: &str| {
        let fork = r#""pedigree":{"notes":"forked"}"#;
        let text = document("gateway", "1.0.0");
        assert!(text.contains(fork));
        text.replace(fork, &format!(r#"{fork},"supplier":{{"name":"{name}"}}"#))
    };
    std::fs::write(place.path().join("old.json"), supplied("Acme")).unwrap();
    std::fs::write(place.path().join("other.json"), supplied("Ajax")).unwrap();
    std::fs::write(place.path().join("none.json"), "{}").unwrap();
    place
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// `words | exit code | what stdout holds | what stderr holds`
const CASES: &str = "\
sbom convert old.json --to spdx-2.3 | 0 | SPDX-2.3 | not carried by spdx-2.3: pedigree (1)
sbom convert old.json --to cyclonedx-1.7 | 0 | \"notes\": \"forked\" |
sbom convert old.json --to spdx-3.0 -o out.json --json | 0 | \"field\": \"pedigree\" |
sbom convert old.json --to pdf | 2 |  | pdf
sbom convert none.json --to spdx-2.3 | 3 |  | bonafide:
sbom convert missing.json --to spdx-2.3 | 2 |  | missing.json
sbom merge old.json app.json --name all --version 2 | 0 | bonafide:merge:source |
sbom merge old.json none.json --name all --version 2 | 3 |  | none.json
sbom merge old.json other.json --name all --version 2 -o out.json --json | 0 | \"text\": \"supplier: 2 gateway 1 says |
sbom merge old.json other.json --name all --version 2 | 0 | bonafide:merge:contradiction | b: supplier: 2 gateway 1 says
sbom diff old.json old.json | 0 | the same components and dependencies |
sbom diff old.json new.json | 1 | version: a 1.0.0 -> 1.10.0 (up) |
sbom diff old.json new.json --json | 1 | \"direction\": \"up\" |
sbom diff old.json none.json | 3 |  | none.json
sbom paths old.json a | 0 | gateway@1 > b@1.0.0 > a@1.0.0 |
sbom paths old.json pkg:npm/a | 0 | gateway@1 > b@1.0.0 > a@1.0.0 |
sbom paths old.json a@1.0.0 --json | 0 | \"from_subject\": true |
sbom paths old.json a@2 | 4 |  | no component
";

#[test]
fn every_verb_has_its_answer_and_its_exit_code() {
    let place = place();
    for line in CASES.lines() {
        let fields: Vec<&str> = line.split(" |").map(str::trim).collect();
        let [words, code, out, message] = fields[..] else {
            panic!("{line}");
        };
        let output = run(place.path(), words);
        let (said, told) = (stdout(&output), stderr(&output));
        assert_eq!(
            output.status.code(),
            code.parse().ok(),
            "{line}: {said}{told}"
        );
        assert!(said.contains(out), "{line}: {said}");
        assert!(told.contains(message), "{line}: {told}");
        assert!(out.is_empty() == said.is_empty(), "{line}: {said}");
    }
}

#[test]
fn with_a_source_date_the_same_input_gives_the_same_bytes() {
    let place = place();
    let convert = |epoch: Option<&str>| {
        let mut command = bonafide(place.path());
        command.args(["sbom", "convert", "old.json", "--to", "cyclonedx-1.6"]);
        if let Some(epoch) = epoch {
            command.env("SOURCE_DATE_EPOCH", epoch);
        }
        command.output().unwrap()
    };
    let first = stdout(&convert(Some("1767225600")));
    assert_eq!(first, stdout(&convert(Some("1767225600"))));
    let document: Value = serde_json::from_str(&first).unwrap();
    assert_eq!(document["metadata"]["timestamp"], "2026-01-01T00:00:00Z");
    assert_ne!(stdout(&convert(None)), stdout(&convert(None)));
    let output = convert(Some("yesterday"));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("SOURCE_DATE_EPOCH"));
    assert!(run(Path::new("."), "sbom convert --help").status.success());
}
