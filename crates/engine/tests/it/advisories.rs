//! OSV records: what is kept, and what of a broken one survives.

use bonafide_engine::advisory::{Advisory, AdvisoryError, read_osv};
use bonafide_engine::package::PackageKey;

use crate::kit;

fn advisory(name: &str) -> Advisory {
    let text = kit::fixture(&format!("advisories/{name}.json"));
    read_osv(text.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn a_record_keeps_what_pages_and_matching_need() {
    let record = advisory("npm-two-ranges");
    assert_eq!(record.id, "EX-2026-0001");
    assert_eq!(record.aliases, ["CVE-2026-90001", "GHSA-aaaa-bbbb-cccc"]);
    assert_eq!(record.related, ["EX-2025-0009"]);
    assert_eq!(record.cwes, ["CWE-79"]);
    assert_eq!(record.details, "A <script> in a widget's name is executed.");
    assert_eq!(record.references[0].url, "https://example.com/fix");
    let kinds: Vec<&str> = record.severities.iter().map(|s| s.kind.as_str()).collect();
    assert_eq!(kinds, ["CVSS_V3", "word"]);
    let entry = &record.affected[0];
    assert_eq!(entry.package, PackageKey::from_osv("npm", "@acme/widgets"));
    assert_eq!(entry.name_text, "@acme/Widgets");
    assert_eq!(entry.ecosystem_text, "");
    assert_eq!(
        entry.database_specific.as_deref(),
        Some(r#"{"source":"example"}"#)
    );
    assert_eq!(record.fixed_versions(&entry.package), ["1.2.3", "2.0.5"]);
    assert_eq!(record.withdrawn, None);
    assert_eq!(record.informational(), None);
    assert!(record.problems.is_empty(), "{:?}", record.problems);
}

#[test]
fn notices_and_withdrawals_can_be_told_apart() {
    assert_eq!(
        advisory("crates-unmaintained").informational(),
        Some("unmaintained")
    );
    assert_eq!(advisory("crates-from-zero").informational(), None);
    let gone = advisory("withdrawn");
    assert_eq!(gone.withdrawn.as_deref(), Some("2026-01-03T00:00:00Z"));
    assert_eq!(gone.upstream, ["CVE-2026-90012"]);
}

#[test]
fn a_broken_part_is_named_and_the_rest_survives() {
    let record = advisory("broken-parts");
    let names: Vec<&str> = record
        .affected
        .iter()
        .map(|e| e.package.name.as_str())
        .collect();
    assert_eq!(names, ["still-read"]);
    assert_eq!(record.affected[0].versions, ["0.1.0"]);
    assert_eq!(record.modified, "20260102");
    assert!(record.aliases.is_empty());
    let codes: Vec<String> = record
        .problems
        .iter()
        .map(|p| format!("{} {}", p.code, p.place))
        .collect();
    let expected = [
        "severity-unreadable /severity",
        "severity-unreadable /severity",
        "affected-without-package /affected/0",
        "affected-unreadable /affected/1",
        "text-unreadable /affected/2/versions",
        "list-unreadable /aliases",
    ];
    assert_eq!(codes, expected);
}

#[track_caller]
fn check_refused(bytes: &[u8], code: &str) {
    assert_eq!(read_osv(bytes).expect_err("refused").code(), code);
}

#[test]
fn what_is_no_record_is_refused() {
    check_refused(b"", "advisory-not-json");
    check_refused(b"{}", "advisory-without-id");
    check_refused(br#"{"id":7.5e}"#, "advisory-not-json");
    check_refused(br#"{"id":{"a":1}}"#, "advisory-without-id");
    check_refused(br#"{"id":"EX-1","id":"EX-2"}"#, "advisory-not-json");
    check_refused(b"[]", "advisory-not-json");
    check_refused(b"\xfe\xff\0{\0}", "advisory-not-utf8");
    check_refused(b"{\"id\":\"\xff\"}", "advisory-not-utf8");
    check_refused(&br#"{"a":"#.repeat(1000), "advisory-too-large");
    check_refused(&b"[".repeat(1_000_000), "advisory-too-large");
    assert!(matches!(read_osv(b"{}"), Err(AdvisoryError::NoId)));
    let with_mark = b"\xEF\xBB\xBF{\"id\":\"EX-1\"}";
    assert_eq!(read_osv(with_mark).unwrap().id, "EX-1");
}
