//! What is malformed, hostile or huge gets a sentence and leaves nothing behind.

use super::{ci, document, rows};
use crate::kit::{Answer, Part, TestApp};
use axum::body::{Body, Bytes};
use axum::http::{Method, Request};
use bonafide::accounts::Scope;
use futures_util::stream;
use std::io::Write as _;

const ADDRESS: &str = "/api/bonafide/sboms?product=gateway&version=1&create=true";

async fn send(app: &TestApp, body: Vec<u8>) -> Answer {
    let kind = [("content-type", "application/octet-stream")];
    ci(app).send(Method::POST, ADDRESS, &kind, body).await
}

async fn check(name: &str, body: Vec<u8>, status: u16, code: &str) {
    let app = TestApp::new();
    let before = rows(&app);
    let answer = send(&app, body).await;
    assert_eq!(answer.status, status, "{name}: {}", answer.text());
    let problem = answer.json();
    assert_eq!(problem["code"], code, "{name}");
    let sentence = problem["detail"].as_str().unwrap();
    assert!(
        sentence.ends_with('.') && sentence.len() > 20,
        "{name}: {sentence}"
    );
    assert_eq!(rows(&app), before, "{name}");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn nested(levels: usize) -> Vec<u8> {
    let head = r#"{"bomFormat":"CycloneDX","specVersion":"1.6","components":["#;
    let one = r#"{"type":"library","name":"x","components":["#;
    [head, &one.repeat(levels), &"]}".repeat(levels), "]}"]
        .concat()
        .into_bytes()
}

#[tokio::test]
async fn documents_that_are_none_are_refused_in_a_sentence() {
    let utf16: Vec<u8> = String::from_utf8(document())
        .unwrap()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut cut = document();
    cut.truncate(cut.len() / 2);
    let latin1 = [
        b"{\"bomFormat\":\"CycloneDX\",\"x\":\"".as_slice(),
        b"\xe4\"}",
    ]
    .concat();
    check("nothing", Vec::new(), 422, "document-empty").await;
    check("not JSON", b"Dear server,".to_vec(), 422, "format-unknown").await;
    check("a list", b"[1,2]".to_vec(), 422, "format-unknown").await;
    check("an object", b"{}".to_vec(), 422, "format-unknown").await;
    check("a web page", b"<html/>".to_vec(), 422, "format-unknown").await;
    check("cut off", cut, 422, "document-cut-off").await;
    check("UTF-16", utf16, 422, "encoding-not-utf8").await;
    check("Latin-1", latin1, 422, "encoding-not-utf8").await;
    check("deep", nested(100_000), 422, "document-too-deep").await;
    check(
        "a zip",
        b"PK\x03\x04rest".to_vec(),
        422,
        "document-compressed",
    )
    .await;
}

#[tokio::test]
async fn packed_bombs_stop_at_the_limit() {
    let zeros = vec![b' '; 20 * 1024 * 1024];
    let bomb = gzip(&zeros);
    assert!(bomb.len() < 64 * 1024);
    check("gzip", bomb, 413, "sbom-unpacks-too-large").await;
    let bomb = zstd::bulk::compress(&zeros, 19).unwrap();
    check("zstd", bomb, 413, "sbom-unpacks-too-large").await;
    let mut broken = gzip(&document());
    broken.truncate(broken.len() - 9);
    check("cut off", broken, 422, "sbom-packing-damaged").await;
    let twice = gzip(&gzip(&document()));
    check("packed twice", twice, 422, "document-compressed").await;
}

#[tokio::test]
async fn a_document_over_the_limit_is_refused_before_it_is_kept() {
    let app = TestApp::new();
    let before = rows(&app);
    let chunks = (0..130).map(|_| Ok::<_, std::io::Error>(Bytes::from(vec![b' '; 1024 * 1024])));
    let request = Request::post(ADDRESS)
        .header("x-api-key", app.tenant().token_text(&super::CI))
        .body(Body::from_stream(stream::iter(chunks)))
        .unwrap();
    let answer = app.send(request).await.expect(413);
    assert_eq!(answer.json()["code"], "body-too-large");
    assert_eq!(rows(&app), before);
}

#[tokio::test]
async fn nobody_is_asked_for_a_body_before_being_recognised() {
    let app = TestApp::new();
    for (path, method) in [
        ("/api/bonafide/sboms?product=a&version=1", "POST"),
        ("/api/v1/bom", "PUT"),
        ("/api/v1/bom", "POST"),
        ("/upload", "POST"),
    ] {
        for key in [None, Some("bnf_00000000_00000000000000000000000000000000")] {
            let body = stream::once(async {
                panic!("the body was read");
                #[expect(unreachable_code, reason = "gives the stream its type")]
                Ok::<Bytes, std::io::Error>(Bytes::new())
            });
            let mut request = Request::builder().method(method).uri(path);
            if let Some(key) = key {
                request = request.header("x-api-key", key);
            }
            let request = request.body(Body::from_stream(body)).unwrap();
            let answer = app.send(request).await;
            assert_eq!(answer.status, 401, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn reading_rights_do_not_upload() {
    let app = TestApp::new();
    let reader = app.token(&[Scope::FindingsRead, Scope::ProductsRead]);
    let before = rows(&app);
    let kind = [("content-type", "application/json")];
    let answer = reader.send(Method::POST, ADDRESS, &kind, document()).await;
    answer.expect(403);
    assert_eq!(rows(&app), before);
}

#[tokio::test]
async fn anothers_release_is_unknown() {
    let app = TestApp::new();
    let receipt = send(&app, document()).await.expect(201).json();
    let other = app.other_tenant();
    let theirs = other.token(&super::CI);
    let before = rows(&app);
    let path = format!(
        "/api/bonafide/sboms?release={}",
        receipt["release"].as_str().unwrap()
    );
    let answer = theirs.send(Method::POST, &path, &[], document()).await;
    assert_eq!(answer.expect(404).json()["code"], "not-found");
    let project = receipt["release"].as_str().unwrap().replace("rel_", "");
    let project = uuid::Uuid::try_parse(&project).unwrap().hyphenated();
    for path in [
        format!("/api/v1/project/{project}"),
        format!("/api/v1/finding/project/{project}"),
        format!("/api/v1/violation/project/{project}"),
        format!("/api/v1/metrics/project/{project}/current"),
        "/api/v1/project/lookup?name=gateway&version=1".to_owned(),
    ] {
        let answer = theirs.get_json(&path).await.expect(404);
        assert_eq!(answer.text(), "The project could not be found.", "{path}");
    }
    let list = theirs.get_json("/api/v1/project").await.expect(200);
    assert_eq!(list.header("x-total-count"), "0");
    let sbom = receipt["sbom"].as_str().unwrap();
    for path in [
        format!("/sboms/{sbom}"),
        format!("/sboms/{sbom}/original"),
        format!("/sboms/{sbom}/received"),
        format!("/releases/{}/sboms", receipt["release"].as_str().unwrap()),
    ] {
        theirs.get_json(&path).await.expect(404);
    }
    assert_eq!(rows(&app), before);
}

#[tokio::test]
async fn names_with_html_are_shown_as_text() {
    let app = TestApp::new();
    let evil = "<script>alert(1)</script>";
    let document = serde_json::json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": evil,
        "metadata": { "tools": [{ "name": evil }], "timestamp": evil },
        "components": [
            { "type": evil, "name": evil, "version": evil, "purl": format!("pkg:npm/{evil}") },
            { "type": "library", "name": "a", "bom-ref": evil },
            { "type": "library", "name": "b", "bom-ref": evil },
        ],
    });
    let receipt = send(&app, document.to_string().into_bytes()).await;
    let sbom = receipt.expect(201).json()["sbom"]
        .as_str()
        .unwrap()
        .to_owned();
    let member = app.member(bonafide::accounts::Role::Developer);
    let page = member
        .get(&format!(
            "/sboms/{sbom}?q={}",
            bonafide::web::route::encode(evil)
        ))
        .await;
    let text = page.expect(200).text();
    assert!(
        !text.contains(evil) && text.contains("&#60;script&#62;"),
        "{text}"
    );
    let original = member
        .get(&format!("/sboms/{sbom}/original"))
        .await
        .expect(200);
    assert!(
        original
            .header("content-disposition")
            .starts_with("attachment")
    );
    assert_eq!(original.body, document.to_string().into_bytes());
}

#[tokio::test]
async fn odd_documents_are_taken_with_warnings() {
    let app = TestApp::new();
    let document = serde_json::json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6",
        "components": [
            { "type": "library", "name": "a", "bom-ref": "same", "purl": "pkg:npm/a@1" },
            { "type": "library", "name": "b", "bom-ref": "same", "purl": "pkg:npm/b@1" },
        ],
        "dependencies": [{ "ref": "same", "dependsOn": ["nowhere"] }],
    });
    let receipt = send(&app, document.to_string().into_bytes()).await;
    let receipt = receipt.expect(201).json();
    let codes: Vec<&str> = receipt["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|warning| warning["code"].as_str().unwrap())
        .collect();
    assert!(
        codes.contains(&"bom-ref-twice") && codes.contains(&"reference-dangling"),
        "{codes:?}"
    );
}

#[tokio::test]
async fn a_form_with_too_much_in_it_is_refused() {
    let app = TestApp::new();
    let before = rows(&app);
    let long = "x".repeat(70_000);
    let answer = ci(&app)
        .multipart(
            "/api/v1/bom",
            &[
                Part::Text("projectName", &long),
                Part::File("bom", "bom.json", &document()),
            ],
        )
        .await;
    answer.expect(413);
    let many: Vec<Part> = (0..150).map(|_| Part::Text("projectName", "x")).collect();
    ci(&app).multipart("/api/v1/bom", &many).await.expect(413);
    let kind = [("content-type", "multipart/form-data; boundary=x")];
    let broken = b"--x\r\ncontent-disp".to_vec();
    let answer = ci(&app)
        .send(Method::POST, "/api/v1/bom", &kind, broken)
        .await;
    answer.expect(400);
    assert_eq!(rows(&app), before);
}
