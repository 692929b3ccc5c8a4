//! The commands that answer one question of a standard: versions, package URLs, ranges, scores.

use super::{bonafide, run, stderr};
use serde_json::Value;
use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};

/// `words | exit code | stdout`
const CASES: &str = "\
version compare PyPI 1.0rc1 1.0 | 0 | <
version compare debian:12 1.0-1 1.0~rc1 | 0 | >
version compare SEMVER 1.0 v1.0.0 | 0 | =
version compare npm latest 1.0.0 | 3 | ?
version compare OSS-Fuzz 1 2 | 3 | ?
version compare Fortran 1 2 | 2 |
version compare npm 1 | 2 |
purl parse pkg:npm/@babel/core@7.0.0 | 0 | pkg:npm/%40babel/core@7.0.0
purl parse npm/core | 3 | ? purl-scheme-missing
purl parse pkg:maven/junit@4 | 3 | ? purl-namespace-missing
vers contains vers:npm/>=1.0.0|<2.0.0 1.5.0 | 0 | true
vers contains vers:npm/>=1.0.0|<2.0.0 2.0.0 | 0 | false
vers contains vers:npm/>=2.0.0|<1.0.0 1.0.0 | 3 | ?
vers contains vers:example/1 1 | 3 | ?
cvss score AV:N/AC:L/Au:N/C:N/I:N/A:C | 0 | 7.8 high
cvss score CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U | 0 | 9.8 critical
cvss score CVSS:3.1/AV:N | 3 | ? invalid
";

#[test]
fn single_questions_have_an_answer_and_an_exit_code() {
    for line in CASES.lines() {
        // A range has pipes of its own, never with blanks round them.
        let fields: Vec<&str> = line.split(" |").map(str::trim).collect();
        let [words, code, expected] = fields[..] else {
            panic!("{line}");
        };
        let output = run(Path::new("."), words);
        let said = stderr(&output);
        assert_eq!(output.status.code(), code.parse().ok(), "{line}: {said}");
        assert_eq!(stdout(&output).trim_end(), expected, "{line}");
        assert_eq!(said.is_empty(), code == "0", "{line}: {said}");
        assert!(said.lines().count() <= 1, "{line}: {said}");
    }
}

#[test]
fn lines_are_answered_one_by_one() {
    let long = format!("{}\t1\n", "1".repeat(200_000));
    let lines = format!("1.0\t1.1\n2\t1\r\nnone\n\t\n{long}1\t1");
    let output = ask("version compare Maven -", lines.as_bytes());
    assert_eq!(stdout(&output), "<\n>\n?\n?\n?\n=\n");
    assert_eq!(output.status.code(), Some(0));
    let output = ask("cvss score -", b"AV:N/AC:L/Au:N/C:N/I:N/A:C\n\n\xff\xfe\n");
    assert_eq!(stdout(&output), "7.8 high\n? invalid\n? invalid\n");
    assert_eq!(output.status.code(), Some(0));
    let output = ask("version compare npm -", b"");
    assert_eq!(
        (stdout(&output), output.status.code()),
        (String::new(), Some(0))
    );
}

#[test]
fn package_urls_come_apart_as_json() {
    let output = ask(
        "purl parse - --json",
        b"pkg:Maven/org.acme/tool@1.0?classifier=sources#a/../b\npkg:npm\n",
    );
    assert_eq!(output.status.code(), Some(3));
    let lines: Vec<Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        lines[0],
        serde_json::json!({
            "type": "maven", "namespace": "org.acme", "name": "tool", "version": "1.0",
            "qualifiers": {"classifier": "sources"}, "subpath": "a/b",
            "canonical": "pkg:maven/org.acme/tool@1.0?classifier=sources#a/b",
        })
    );
    assert_eq!(lines[1]["error"], "purl-type-invalid");
    assert_eq!(lines.len(), 2);
}

fn ask(words: &str, lines: &[u8]) -> Output {
    let mut child = bonafide(Path::new("."))
        .args(words.split(' '))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(lines).unwrap();
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}
