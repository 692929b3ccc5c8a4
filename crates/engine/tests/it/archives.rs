//! Archives of SPDX documents: what Yocto writes becomes one SBOM, and nothing in an archive does
//! harm.

use std::time::{Duration, Instant};

use bonafide_engine::sbom::{Format, Identified, Limits, Sbom, canonical_json, document, read};
use serde_json::{Value, json};

/// A tar archive of these files.
fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append_data(&mut header, name, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

fn tar_of(files: &[(&str, Value)]) -> Vec<u8> {
    let texts: Vec<(&str, String)> = files
        .iter()
        .map(|(name, value)| (*name, value.to_string()))
        .collect();
    let files: Vec<(&str, &[u8])> = texts
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    tar(&files)
}

const SPACE: &str = "http://spdx.org/spdxdocs/";

/// A document as `create-spdx` of Yocto names its parts.
fn spdx_2(name: &str, refers_to: &[&str], packages: Value, relationships: Value) -> Value {
    let references: Vec<Value> = refers_to
        .iter()
        .map(|other| {
            json!({
                "externalDocumentId": format!("DocumentRef-{other}"),
                "spdxDocument": format!("{SPACE}{other}"),
                "checksum": {"algorithm": "SHA1", "checksumValue": "0".repeat(40)},
            })
        })
        .collect();
    json!({
        "spdxVersion": "SPDX-2.2", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": name, "documentNamespace": format!("{SPACE}{name}"),
        "creationInfo": {"created": "2026-01-02T03:04:05Z", "creators": ["Tool: OpenEmbedded Core create-spdx.bbclass"]},
        "externalDocumentRefs": references,
        "packages": packages, "relationships": relationships,
    })
}

fn link(from: &str, kind: &str, to: &str) -> Value {
    json!({"spdxElementId": from, "relationshipType": kind, "relatedSpdxElement": to})
}

fn yocto() -> Vec<(&'static str, Value)> {
    let package = |id: &str, name: &str, version: &str| json!({"SPDXID": id, "name": name, "versionInfo": version, "downloadLocation": "NOASSERTION"});
    let mut recipe = package("SPDXRef-Recipe-busybox", "busybox", "1.36.1");
    recipe["externalRefs"] = json!([{"referenceCategory": "SECURITY", "referenceType": "cpe23Type",
        "referenceLocator": "cpe:2.3:*:*:busybox:1.36.1:*:*:*:*:*:*:*"}]);
    let file = json!({"SPDXID": "SPDXRef-PackagedFile-1", "fileName": "bin/busybox"});
    let mut busybox = spdx_2(
        "busybox",
        &["recipe-busybox"],
        json!([package("SPDXRef-Package-busybox", "busybox", "1.36.1-r0")]),
        json!([
            link("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Package-busybox"),
            link(
                "SPDXRef-Package-busybox",
                "CONTAINS",
                "SPDXRef-PackagedFile-1"
            ),
            link(
                "SPDXRef-Package-busybox",
                "GENERATED_FROM",
                "DocumentRef-recipe-busybox:SPDXRef-Recipe-busybox"
            ),
        ]),
    );
    busybox["files"] = json!([file]);
    let mut libc = spdx_2(
        "libc6",
        &[],
        json!([package("SPDXRef-Package-libc6", "libc6", "2.39-r0")]),
        json!([link(
            "SPDXRef-DOCUMENT",
            "DESCRIBES",
            "SPDXRef-Package-libc6"
        )]),
    );
    libc["files"] = json!([{"SPDXID": "SPDXRef-PackagedFile-1", "fileName": "lib/libc.so.6"}]);
    let image = spdx_2(
        "door-image",
        &["busybox", "libc6", "runtime-busybox", "elsewhere"],
        json!([package("SPDXRef-Image-door", "door-image", "4.2")]),
        json!([
            link(
                "SPDXRef-Image-door",
                "CONTAINS",
                "DocumentRef-busybox:SPDXRef-Package-busybox"
            ),
            link(
                "SPDXRef-Image-door",
                "CONTAINS",
                "DocumentRef-libc6:SPDXRef-Package-libc6"
            ),
            link(
                "SPDXRef-Image-door",
                "OTHER",
                "DocumentRef-runtime-busybox:SPDXRef-DOCUMENT"
            ),
            link(
                "SPDXRef-Image-door",
                "CONTAINS",
                "DocumentRef-elsewhere:SPDXRef-Package-x"
            ),
        ]),
    );
    let runtime = spdx_2(
        "runtime-busybox",
        &["busybox", "libc6"],
        json!([]),
        json!([link(
            "DocumentRef-busybox:SPDXRef-Package-busybox",
            "RUNTIME_DEPENDENCY_OF",
            "DocumentRef-libc6:SPDXRef-Package-libc6"
        )]),
    );
    let index = json!({"documents": [
        {"filename": "busybox.spdx.json", "documentNamespace": format!("{SPACE}busybox"), "sha1": "0"},
        {"filename": "gone.spdx.json", "documentNamespace": format!("{SPACE}gone"), "sha1": "0"},
    ]});
    vec![
        ("./busybox.spdx.json", busybox),
        ("./door-image.spdx.json", image),
        ("./index.json", index),
        ("./libc6.spdx.json", libc),
        (
            "./recipe-busybox.spdx.json",
            spdx_2("recipe-busybox", &[], json!([recipe]), json!([])),
        ),
        ("./runtime-busybox.spdx.json", runtime),
    ]
}

fn codes(sbom: &Sbom) -> Vec<&str> {
    sbom.warnings.iter().map(|warning| warning.code).collect()
}

#[test]
fn an_archive_of_yocto_is_one_sbom_of_its_image() {
    let bytes = tar_of(&yocto());
    let sbom = read(&bytes, &Limits::default()).unwrap();
    assert_eq!(sbom.format, Format::SpdxArchive);
    assert_eq!(sbom.spec_version, "SPDX-2.2");
    assert_eq!(sbom.name.as_deref(), Some("door-image"));
    let namespace = format!("{SPACE}door-image");
    assert_eq!(sbom.serial_number.as_deref(), Some(namespace.as_str()));
    assert_eq!(sbom.subject.as_ref().unwrap().name, "door-image");
    let names: Vec<_> = sbom
        .components
        .iter()
        .map(|c| (c.name.as_str(), c.version.as_deref().unwrap_or_default()))
        .collect();
    let expected = [
        ("busybox", "1.36.1-r0"),
        ("libc6", "2.39-r0"),
        ("busybox", "1.36.1"),
    ];
    assert_eq!(names, expected);
    assert_eq!(sbom.contains, [(Sbom::SUBJECT, 0), (Sbom::SUBJECT, 1)]);
    // The link stands in a third document, between two others.
    assert_eq!(sbom.dependencies, [(1, 0)]);
    assert!(sbom.components[2].cpe.is_some());
    assert_eq!(
        sbom.components[0].identified,
        Identified::Unidentified("purl-missing")
    );
    // One is in the index only, one is referred to only.
    let expected = ["archive-document-missing", "archive-document-missing"];
    assert_eq!(codes(&sbom), expected);
}

#[test]
fn an_archive_reads_the_same_in_full_and_whatever_the_order_of_its_files() {
    let mut files = yocto();
    let first = canonical_json(&tar_of(&files), &Limits::default())
        .unwrap()
        .1
        .into_owned();
    files.reverse();
    let bytes = tar_of(&files);
    let second = canonical_json(&bytes, &Limits::default()).unwrap().1;
    assert_eq!(first, second);
    let rich = document::read(&bytes, &Limits::default()).unwrap();
    assert_eq!(rich.parts.len(), 3);
    assert_eq!(rich.format, Format::SpdxArchive);
    // Ids that are the same in two documents are two.
    assert!(first.contains("SPDXRef-D0-PackagedFile-1"));
    assert!(first.contains("SPDXRef-D2-PackagedFile-1"));
}

#[test]
fn documents_side_by_side_have_no_subject() {
    let package = json!([{"SPDXID": "SPDXRef-a", "name": "a"}]);
    let describes = json!([link("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-a")]);
    let bytes = tar_of(&[
        (
            "one.json",
            spdx_2("one", &[], package.clone(), describes.clone()),
        ),
        ("two.json", spdx_2("two", &[], package, describes)),
    ]);
    let sbom = read(&bytes, &Limits::default()).unwrap();
    assert_eq!((sbom.subject.as_ref(), sbom.components.len()), (None, 2));
    assert_eq!((&sbom.name, &sbom.serial_number), (&None, &None));
}

/// An SPDX 3 document with one package, which may depend on a package of another document.
fn spdx_3(name: &str, depends_on: &[&str]) -> Value {
    let id = |name: &str| format!("https://example.com/{name}");
    let targets: Vec<String> = depends_on.iter().map(|name| id(name)).collect();
    let imports: Vec<Value> = targets
        .iter()
        .map(|target| json!({"type": "ExternalMap", "externalSpdxId": target}))
        .collect();
    let version = if name == "image" { "4.2" } else { "1.0" };
    json!({"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
        {"type": "CreationInfo", "@id": "_:c", "specVersion": "3.0.1", "created": "2026-01-02T03:04:05Z",
         "createdBy": [id("maker")]},
        {"type": "Organization", "spdxId": id("maker"), "creationInfo": "_:c", "name": "Example GmbH"},
        {"type": "SpdxDocument", "spdxId": id(&format!("document-{name}")), "creationInfo": "_:c",
         "name": name, "rootElement": [id(name)], "import": imports},
        {"type": "software_Package", "spdxId": id(name), "creationInfo": "_:c", "name": name,
         "software_packageVersion": version},
        {"type": "Relationship", "spdxId": id(&format!("link-{name}")), "creationInfo": "_:c",
         "relationshipType": "dependsOn", "from": id(name), "to": targets},
    ]})
}

#[test]
fn an_archive_of_spdx_3_is_one_graph() {
    let bytes = tar_of(&[
        ("a.spdx.json", spdx_3("liba", &[])),
        ("b.spdx.json", spdx_3("image", &["liba"])),
    ]);
    let sbom = read(&bytes, &Limits::default()).unwrap();
    assert_eq!(sbom.format, Format::Spdx3Archive);
    assert_eq!(sbom.name.as_deref(), Some("image"));
    assert_eq!(sbom.spec_version, "3.0.1");
    assert_eq!(sbom.subject.as_ref().unwrap().name, "image");
    assert_eq!(sbom.components.len(), 1);
    assert_eq!(sbom.dependencies, [(Sbom::SUBJECT, 0)]);
    assert!(codes(&sbom).is_empty(), "{:?}", sbom.warnings);
}

#[track_caller]
fn check(bytes: &[u8], limits: &Limits, code: &str) {
    let from = Instant::now();
    let error = read(bytes, limits).expect_err("refused");
    assert_eq!(error.code(), code, "{error}");
    assert!(error.to_string().ends_with('.'));
    assert!(from.elapsed() < Duration::from_secs(20));
}

#[test]
fn archives_that_cannot_be_read_are_refused() {
    let all = Limits::default();
    let second = spdx_2("one", &[], json!([]), json!([]));
    check(
        &tar_of(&[("a.json", second.clone()), ("b.json", spdx_3("b", &[]))]),
        &all,
        "archive-mixed",
    );
    check(
        &tar(&[("README", b"hello")]),
        &all,
        "archive-without-documents",
    );
    check(
        &tar(&[("a.json", b"{}")]),
        &all,
        "archive-without-documents",
    );
    let cut = tar_of(&[("a.json", second.clone())]);
    check(&cut[..700], &all, "archive-damaged");
    check(
        &tar(&[("a.json", br#"{"spdxVersion":"SPDX-2.3","packages":"#)]),
        &all,
        "document-cut-off",
    );
    let deep = format!(
        "{{\"spdxVersion\":\"SPDX-2.3\",\"x\":{}",
        "[".repeat(100_000)
    );
    check(
        &tar(&[("a.json", deep.as_bytes())]),
        &all,
        "document-too-deep",
    );
    let files = vec![("a", b"".as_slice()); 50_001];
    check(&tar(&files), &all, "archive-too-many-files");
    let small = Limits {
        components_max: 3,
        ..Limits::default()
    };
    check(&tar_of(&yocto()), &small, "too-many-components");
    let small = Limits {
        bytes_max: 1000,
        ..Limits::default()
    };
    check(&tar_of(&yocto()), &small, "document-too-large");
}
