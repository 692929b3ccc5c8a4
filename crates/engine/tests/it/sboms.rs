//! SBOM readers on small documents of our own.

use bonafide_engine::sbom::{Component, Format, Identified, Limits, Sbom, SbomError, read};

use crate::kit;

fn sbom(name: &str) -> Sbom {
    let text = kit::fixture(&format!("sboms/{name}.json"));
    read(text.as_bytes(), &Limits::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn names(sbom: &Sbom) -> Vec<&str> {
    sbom.components
        .iter()
        .map(|component| component.name.as_str())
        .collect()
}

fn identity(component: &Component) -> String {
    match &component.identified {
        Identified::Package(key) => key.to_string(),
        Identified::Unidentified(code) => (*code).to_owned(),
    }
}

fn warnings(sbom: &Sbom) -> Vec<String> {
    sbom.warnings
        .iter()
        .map(|warning| format!("{} {}", warning.code, warning.place))
        .collect()
}

#[test]
fn cyclonedx_is_read_with_its_nesting_and_its_graph() {
    let sbom = sbom("cyclonedx-1.6");
    assert_eq!(
        (sbom.format, sbom.spec_version.as_str()),
        (Format::CyclonedxJson, "1.6")
    );
    let serial = "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79";
    assert_eq!(sbom.serial_number.as_deref(), Some(serial));
    assert_eq!(sbom.document_version, Some(3));
    assert_eq!(sbom.name.as_deref(), Some("Door Controller"));
    assert_eq!(
        sbom.created_at_text.as_deref(),
        Some("2026-01-02T03:04:05Z")
    );
    assert_eq!(sbom.tools, ["@example bomgen 11.0"]);
    assert_eq!(sbom.subject.as_ref().unwrap().kind, "firmware");
    let expected = [
        "agent",
        "widgets",
        "inner",
        "<script>alert(1)</script>",
        "/bin/sh",
        "openssl",
        "core",
    ];
    assert_eq!(names(&sbom), expected);
    let root = Sbom::SUBJECT;
    assert_eq!(sbom.dependencies, [(1, 2), (root, 1), (root, 3)]);
    assert_eq!(sbom.contains, [(1, 2), (root, 0)]);
    let identities: Vec<String> = sbom.components.iter().map(identity).collect();
    let expected = [
        "purl-missing",
        "npm/@acme/widgets",
        "npm/inner",
        "purl-missing",
        "component-is-file",
        "ecosystem-without-advisories",
        "Maven/org.example:core",
    ];
    assert_eq!(identities, expected);
    assert!(sbom.warnings.is_empty(), "{:?}", sbom.warnings);
}

#[test]
fn a_component_keeps_what_pages_show() {
    let sbom = sbom("cyclonedx-1.6");
    let widgets = &sbom.components[1];
    assert_eq!(widgets.bom_ref.as_deref(), Some("a"));
    assert_eq!(widgets.group.as_deref(), Some("@acme"));
    assert_eq!(widgets.supplier.as_deref(), Some("Acme GmbH"));
    assert_eq!(widgets.licenses, ["MIT", "House licence"]);
    assert_eq!(
        widgets.hashes,
        [("SHA-256".to_owned(), "abcdef".to_owned())]
    );
    assert_eq!(
        widgets.purl_text.as_deref(),
        Some("pkg:npm/%40acme/widgets@1.2.2")
    );
    assert_eq!(widgets.version_to_match(), Some("1.2.2"));
    // The purl's version is what was resolved; the component's own is what somebody typed.
    assert_eq!(sbom.components[2].version_to_match(), Some("1.0.0"));
    assert_eq!(sbom.components[6].version_to_match(), Some("2"));
    assert_eq!(sbom.components[3].licenses, ["MIT OR Apache-2.0"]);
    assert!(sbom.components[3].cpe.is_some());
}

#[test]
fn odd_documents_are_read_with_warnings() {
    let sbom = sbom("cyclonedx-odd");
    assert_eq!(names(&sbom), ["a", "b", ""]);
    assert_eq!(sbom.components[0].version.as_deref(), Some("1.5"));
    assert_eq!(sbom.components[1].version, None);
    assert_eq!(sbom.document_version, Some(2));
    assert_eq!(sbom.tools, ["Example old 1"]);
    assert_eq!(sbom.subject, None);
    assert_eq!(sbom.dependencies, [(0, 1), (1, 0)]);
    let expected = [
        "field-of-wrong-type /components/0/licenses",
        "field-of-wrong-type /components/1/version",
        "purl-invalid /components/1/purl",
        "name-missing /components/2/name",
        "spec-version-unknown /specVersion",
        "bom-ref-twice /components/2",
        "reference-dangling /dependencies/2/ref",
        "reference-dangling /dependencies/0/dependsOn",
        "dependency-cycle ",
    ];
    assert_eq!(warnings(&sbom), expected);
    assert_eq!(identity(&sbom.components[1]), "purl-scheme-missing");
}

#[test]
fn spdx_is_read_with_both_directions_of_its_relationships() {
    let sbom = sbom("spdx-2.3");
    assert_eq!(
        (sbom.format, sbom.spec_version.as_str()),
        (Format::SpdxJson, "SPDX-2.3")
    );
    assert_eq!(
        sbom.serial_number.as_deref(),
        Some("https://example.com/spdx/door-controller-4.2")
    );
    assert_eq!(sbom.name.as_deref(), Some("door-controller"));
    assert_eq!(sbom.tools, ["bomgen-11.0"]);
    let subject = sbom.subject.as_ref().unwrap();
    assert_eq!(
        (subject.name.as_str(), subject.kind.as_str()),
        ("Door Controller", "firmware")
    );
    assert_eq!(names(&sbom), ["widgets", "inner"]);
    assert_eq!(sbom.dependencies, [(0, 1), (Sbom::SUBJECT, 0)]);
    assert_eq!(sbom.contains, [(0, 1)]);
    assert_eq!(warnings(&sbom), ["reference-dangling /relationships/5"]);
    let widgets = &sbom.components[0];
    assert_eq!(
        widgets.supplier.as_deref(),
        Some("Acme GmbH (mail@example.org)")
    );
    assert_eq!(widgets.licenses, ["MIT"]);
    assert_eq!(widgets.hashes, [("SHA256".to_owned(), "abcdef".to_owned())]);
    assert!(widgets.cpe.is_some());
    let inner = &sbom.components[1];
    assert_eq!((&inner.version, &inner.supplier), (&None, &None));
    assert!(inner.licenses.is_empty());
    assert_eq!(identity(inner), "npm/inner");
}

#[test]
fn githubs_wrapper_is_taken_off_and_several_subjects_stay_components() {
    let sbom = sbom("spdx-2.2-wrapped");
    assert_eq!(sbom.spec_version, "SPDX-2.2");
    assert_eq!(sbom.subject, None);
    assert_eq!(names(&sbom), ["one", "two"]);
    assert_eq!(identity(&sbom.components[1]), "PyPI/snake-oil");
}

#[test]
fn every_sbom_fixture_is_used() {
    let used = [
        "cyclonedx-1.6",
        "cyclonedx-odd",
        "spdx-2.3",
        "spdx-2.2-wrapped",
        "spdx-3.0.1",
    ];
    for file in std::fs::read_dir(kit::root().join("fixtures/sboms")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let Some(name) = name.strip_suffix(".json") else {
            continue;
        };
        assert!(used.contains(&name), "{name} is used by no test");
    }
}

#[track_caller]
fn refused(bytes: &[u8]) -> SbomError {
    let error = read(bytes, &Limits::default()).expect_err("refused");
    let text = error.to_string();
    assert!(
        text.ends_with('.') && text.len() > 30,
        "not a sentence: {text}"
    );
    error
}

#[track_caller]
fn check_refused(bytes: &[u8], code: &str) {
    assert_eq!(refused(bytes).code(), code, "{}", refused(bytes));
}

#[test]
fn what_cannot_be_read_is_refused_in_a_sentence() {
    check_refused(b"", "document-empty");
    check_refused(b" \n ", "document-empty");
    check_refused(b"hello", "format-unknown");
    check_refused(b"[]", "format-unknown");
    check_refused(b"{}", "format-unknown");
    check_refused(br#"{"bomFormat":"Other"}"#, "format-unknown");
    check_refused(
        br#"{"sbom":{"sbom":{"bomFormat":"CycloneDX"}}}"#,
        "format-unknown",
    );
    check_refused(b"<?xml version=\"1.0\"?><project/>", "format-unknown");
    check_refused(b"<html><body>Sign in</body></html>", "format-unknown");
    check_refused(
        br#"{"@context":"https://schema.org/","@graph":[]}"#,
        "format-unknown",
    );
    check_refused(
        b"<bom xmlns=\"http://cyclonedx.org/schema/bom/2.0\"/>",
        "spec-version-not-supported",
    );
    check_refused(
        br#"{"@context":"https://spdx.org/rdf/3.0.1/x","@graph":[{"type":"CreationInfo","@id":"_:c","specVersion":"4.0"}]}"#,
        "spec-version-not-supported",
    );
    check_refused(
        br#"{"bomFormat":"CycloneDX","specVersion":"2.0"}"#,
        "spec-version-not-supported",
    );
    check_refused(
        br#"{"spdxVersion":"SPDX-3.0"}"#,
        "spec-version-not-supported",
    );
    check_refused(b"\x1f\x8b\x08\0\0\0\0", "document-compressed");
    check_refused(b"PK\x03\x04abc", "document-compressed");
    check_refused(b"\xff\xfe{\0}\0", "encoding-not-utf8");
    check_refused(b"{\0\"\0b\0", "encoding-not-utf8");
    check_refused(b"{\"bomFormat\":\"CycloneDX\xff\"}", "encoding-not-utf8");
    check_refused(
        br#"{"bomFormat":"CycloneDX","specVersion":"1.6","components":["#,
        "document-cut-off",
    );
    check_refused(
        br#"{"bomFormat":"CycloneDX","specVersion":"1.6",}"#,
        "json-invalid",
    );
    check_refused(
        br#"{"bomFormat":"CycloneDX","specVersion":"1.6"} trailing"#,
        "json-invalid",
    );
}

#[test]
fn a_list_of_components_that_is_no_list_is_refused_and_never_read_as_empty() {
    check_refused(
        br#"{"bomFormat":"CycloneDX","components":{}}"#,
        "structure-invalid",
    );
    check_refused(
        br#"{"bomFormat":"CycloneDX","components":[1]}"#,
        "structure-invalid",
    );
    check_refused(
        br#"{"bomFormat":"CycloneDX","dependencies":7}"#,
        "structure-invalid",
    );
    check_refused(
        br#"{"spdxVersion":"SPDX-2.3","packages":"none"}"#,
        "structure-invalid",
    );
    check_refused(
        br#"{"spdxVersion":"SPDX-2.3","relationships":{}}"#,
        "structure-invalid",
    );
    check_refused(
        br#"{"spdxVersion":"SPDX-2.3","packages":[["SPDXRef-a","a"]]}"#,
        "structure-invalid",
    );
    let error = refused(b"{\"bomFormat\":\"CycloneDX\",\n\"components\":{}}");
    assert_eq!(error.place(), Some("line 2, column 15"));
}

#[test]
fn a_field_that_stands_there_twice_is_refused() {
    for text in [
        r#"{"bomFormat":"CycloneDX","components":[],"components":[]}"#,
        r#"{"bomFormat":"CycloneDX","metadata":{"component":{},"component":{}}}"#,
        r#"{"bomFormat":"CycloneDX","components":[{"purl":"pkg:npm/a@1","purl":"pkg:npm/a@2"}]}"#,
        r#"{"spdxVersion":"SPDX-2.3","packages":[],"packages":[]}"#,
        r#"{"spdxVersion":"SPDX-2.3","packages":[{"name":"a","name":"b"}]}"#,
    ] {
        check_refused(text.as_bytes(), "structure-invalid");
    }
}

#[test]
fn a_byte_order_mark_is_no_reason_to_refuse() {
    let text = b"\xEF\xBB\xBF {\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}";
    let sbom = read(text, &Limits::default()).unwrap();
    assert_eq!(warnings(&sbom), ["no-components "]);
}
