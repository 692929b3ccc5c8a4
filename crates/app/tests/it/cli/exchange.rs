//! The commands on documents of others: `csaf validate`, `vex convert`.

use super::{bonafide, stderr};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Output;

fn place() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn ask(place: &Path, words: &[&str]) -> Output {
    bonafide(place).args(words).output().unwrap()
}

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

fn vex() -> Value {
    json!({
        "@context": "https://openvex.dev/ns/v0.2.0",
        "@id": "https://example.com/vex/1",
        "author": "Example",
        "timestamp": "2026-01-02T03:04:05Z",
        "version": 3,
        "statements": [{
            "vulnerability": {"name": "CVE-2026-1000"},
            "products": [{"@id": "pkg:generic/gateway@4.2.0",
                "subcomponents": [{"@id": "pkg:cargo/openssl@0.10.1"}]}],
            "status": "not_affected",
            "justification": "component_not_present"
        }]
    })
}

#[test]
fn a_vex_becomes_csaf_that_is_valid_and_its_losses_are_said() {
    let place = place();
    let at = place.path();
    std::fs::write(at.join("vex.json"), vex().to_string()).unwrap();
    let words = [
        "vex", "convert", "vex.json", "--to", "csaf", "-o", "out.json", "--json",
    ];
    let output = ask(at, &words);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(stderr(&output).contains("--namespace"));
    let output = ask(
        at,
        &[&words[..], &["--namespace", "https://example.com"]].concat(),
    );
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let report = json_of(&output);
    assert_eq!(report["losses"][0]["field"], "version", "{report}");
    let output = ask(at, &["csaf", "validate", "out.json", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let report = json_of(&output);
    assert_eq!(
        (&report["valid"], &report["errors"]),
        (&json!(true), &json!([]))
    );
    assert!(
        report["not_run"]
            .as_array()
            .unwrap()
            .contains(&json!("6.3.8"))
    );
    // Back again it says the same of the same.
    let output = ask(at, &["vex", "convert", "out.json", "--to", "openvex"]);
    let again = json_of(&output);
    assert_eq!(
        again["statements"][0]["products"],
        vex()["statements"][0]["products"]
    );
    let output = ask(at, &["vex", "convert", "out.json", "--to", "cyclonedx"]);
    assert_eq!(
        json_of(&output)["vulnerabilities"][0]["analysis"]["justification"],
        "code_not_present"
    );
    assert!(
        stderr(&output).contains("component_not_present"),
        "{output:?}"
    );
}

#[test]
fn exit_codes_tell_what_is_wrong_from_what_cannot_be_read() {
    let place = place();
    let at = place.path();
    std::fs::write(at.join("vex.json"), vex().to_string()).unwrap();
    std::fs::write(at.join("none.json"), "{").unwrap();
    let mut empty = vex();
    empty["statements"] = json!([]);
    std::fs::write(at.join("empty.json"), empty.to_string()).unwrap();
    std::fs::write(
        at.join("bad.json"),
        r#"{"document":{"csaf_version":"2.0"}}"#,
    )
    .unwrap();
    for (words, code) in [
        ("csaf validate bad.json", 1),
        ("csaf validate", 2),
        ("csaf validate none.json", 3),
        ("csaf validate absent.json", 3),
        ("csaf validate -", 3),
        ("vex convert vex.json --to openvex", 0),
        ("vex convert vex.json --to spdx", 2),
        ("vex convert none.json --to csaf", 3),
        ("vex convert empty.json --to openvex", 4),
    ] {
        let words: Vec<&str> = words.split(' ').collect();
        let output = ask(at, &words);
        assert_eq!(output.status.code(), Some(code), "{words:?} {output:?}");
    }
}
