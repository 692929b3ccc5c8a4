//! Every format comes in by every way, is named on its page, and comes back as it was sent.

use super::{ci, rows};
use crate::kit::{Client, Part, TestApp};
use axum::http::Method;
use bonafide::accounts::Role;

/// A fixture of the project.
fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/../../fixtures/sboms/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

/// A tar archive of these files (POSIX.1-1988, "ustar").
fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, content) in files {
        let mut header = [0u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[100..107].copy_from_slice(b"0000644");
        let size = format!("{:011o}", content.len());
        header[124..135].copy_from_slice(size.as_bytes());
        header[148..156].fill(b' ');
        header[156] = b'0';
        header[257..265].copy_from_slice(b"ustar\x0000");
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        archive.extend_from_slice(&header);
        archive.extend_from_slice(content);
        archive.resize(archive.len().next_multiple_of(512), 0);
    }
    archive.resize(archive.len() + 1024, 0);
    archive
}

/// What `create-spdx` writes for an image of two packages, each in a document of its own.
fn yocto() -> Vec<u8> {
    let package = |name: &str| {
        format!(
            r#"{{"spdxVersion":"SPDX-2.2","SPDXID":"SPDXRef-DOCUMENT","name":"{name}",
            "documentNamespace":"https://example.com/{name}",
            "packages":[{{"SPDXID":"SPDXRef-Package","name":"{name}","versionInfo":"1.0"}}]}}"#
        )
    };
    let image = r#"{"spdxVersion":"SPDX-2.2","SPDXID":"SPDXRef-DOCUMENT","name":"image",
        "documentNamespace":"https://example.com/image",
        "externalDocumentRefs":[
            {"externalDocumentId":"DocumentRef-a","spdxDocument":"https://example.com/a"},
            {"externalDocumentId":"DocumentRef-b","spdxDocument":"https://example.com/b"}],
        "packages":[{"SPDXID":"SPDXRef-Image","name":"image","versionInfo":"1"}],
        "relationships":[
            {"spdxElementId":"SPDXRef-Image","relationshipType":"CONTAINS","relatedSpdxElement":"DocumentRef-a:SPDXRef-Package"},
            {"spdxElementId":"SPDXRef-Image","relationshipType":"CONTAINS","relatedSpdxElement":"DocumentRef-b:SPDXRef-Package"}]}"#;
    let index = br#"{"documents":[{"filename":"a.spdx.json"},{"filename":"b.spdx.json"},{"filename":"image.spdx.json"}]}"#;
    tar(&[
        ("a.spdx.json", package("a").as_bytes()),
        ("b.spdx.json", package("b").as_bytes()),
        ("image.spdx.json", image.as_bytes()),
        ("index.json", index),
    ])
}

/// What a format is called on the page and outside.
struct Expected {
    words: &'static str,
    kind: &'static str,
    ending: &'static str,
    components: i64,
}

#[track_caller]
fn is_taken(receipt: &serde_json::Value, expected: &Expected) -> String {
    assert_eq!(receipt["components"], expected.components, "{receipt}");
    receipt["sbom"].as_str().unwrap().to_owned()
}

/// Sends a document by our API, and looks at its page and its original.
async fn check(app: &TestApp, version: &str, sent: Vec<u8>, kept: &[u8], expected: Expected) {
    let path = format!("/api/bonafide/sboms?product=Gateway&version={version}&create=true");
    let answer = ci(app).send(Method::POST, &path, &[], sent).await;
    let sbom = is_taken(&answer.expect(201).json(), &expected);
    let reader: Client<'_> = app.member(Role::Auditor);
    let page = reader
        .get(&format!("/sboms/{sbom}"))
        .await
        .expect(200)
        .text();
    assert!(page.contains(expected.words), "{}: {page}", expected.words);
    let original = reader
        .get(&format!("/sboms/{sbom}/original"))
        .await
        .expect(200);
    assert!(original.body == kept, "{}: other bytes", expected.words);
    assert_eq!(original.header("content-type"), expected.kind);
    let name = format!(
        "attachment; filename=\"gateway-{version}-r1.{}\"",
        expected.ending
    );
    assert_eq!(original.header("content-disposition"), name);
}

#[tokio::test]
async fn every_format_comes_in_and_goes_out_as_what_it_is() {
    let app = TestApp::new();
    let xml = fixture("cyclonedx-1.6.xml");
    let expected = Expected {
        words: "CycloneDX XML",
        kind: "application/vnd.cyclonedx+xml; version=1.6",
        ending: "cdx.xml",
        components: 7,
    };
    check(&app, "1", xml.clone(), &xml, expected).await;
    let tags = fixture("spdx-2.3.spdx");
    let expected = Expected {
        words: "SPDX tag-value",
        kind: "text/spdx; charset=utf-8",
        ending: "spdx",
        components: 2,
    };
    check(&app, "2", tags.clone(), &tags, expected).await;
    let third = fixture("spdx-3.0.1.json");
    let expected = Expected {
        words: "SPDX 3 (JSON-LD)",
        kind: "application/spdx+json",
        ending: "spdx3.json",
        components: 4,
    };
    check(&app, "3", third.clone(), &third, expected).await;
    let archive = yocto();
    let packed = zstd::bulk::compress(&archive, 3).unwrap();
    let expected = Expected {
        words: "SPDX 2, archive of documents",
        kind: "application/x-tar",
        ending: "spdx.tar",
        components: 2,
    };
    check(&app, "4", packed, &archive, expected).await;
}

#[tokio::test]
async fn clients_of_dependency_track_and_the_browser_send_every_format_too() {
    let app = TestApp::new();
    for (number, name) in [
        "cyclonedx-1.6.xml",
        "spdx-2.3.spdx.yaml",
        "spdx-2.3.spdx.rdf",
    ]
    .into_iter()
    .enumerate()
    {
        let version = format!("1.{number}");
        let bytes = fixture(name);
        let parts = [
            Part::Text("projectName", "Gateway"),
            Part::Text("projectVersion", &version),
            Part::Text("autoCreate", "true"),
            Part::File("bom", name, &bytes),
        ];
        ci(&app).multipart("/api/v1/bom", &parts).await.expect(200);
    }
    let sboms = rows(&app).into_iter().find(|(table, _)| *table == "sboms");
    assert_eq!(sboms, Some(("sboms", 3)));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_by_name_and_leaves_nothing() {
    let app = TestApp::new();
    let before = rows(&app);
    let path = "/api/bonafide/sboms?product=Gateway&version=1&create=true";
    let laughs = br#"<!DOCTYPE bom [<!ENTITY a "a">]><bom>&a;</bom>"#.to_vec();
    let mut cut = yocto();
    cut.truncate(700);
    for (sent, code) in [
        (laughs, "xml-doctype"),
        (b"<bom".to_vec(), "document-cut-off"),
        (
            b"SPDXVersion: SPDX-2.3\nhello".to_vec(),
            "tag-value-invalid",
        ),
        (b"spdxVersion: SPDX-2.3\nname: [a".to_vec(), "yaml-invalid"),
        (cut, "archive-damaged"),
        (tar(&[("a.txt", b"a")]), "archive-without-documents"),
    ] {
        let answer = ci(&app)
            .send(Method::POST, path, &[], sent)
            .await
            .expect(422);
        let problem = answer.text();
        assert!(problem.contains(code), "{code}: {problem}");
    }
    assert_eq!(rows(&app), before);
}
