//! Moving over from Dependency-Track: its exported files become releases, SBOMs and judgements.

use crate::cli::{run, stderr};
use crate::findings::{before, done, import_whole, osv};
use crate::kit::{Receiver, Seen, on_each_database, organisation, start};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use bonafide::accounts::Caller;
use bonafide::blobs::Blobs;
use bonafide::findings;
use bonafide::ids::ReleaseId;
use bonafide::intake::moving::{self, Moved};
use bonafide::products;
use bonafide::releases::{self, Release};
use bonafide::store::{Db, Tx};
use bonafide::time::{Clock, Entropy};
use bonafide::trouble::Trouble;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

const LEFT: &str = "pkg:npm/left@1.0.0";
const RIGHT: &str = "pkg:npm/right@1.0.0";
const GONE: &str = "pkg:npm/gone@1.0.0";

fn bom(vulnerabilities: Option<Value>) -> Value {
    let mut bom = json!({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": { "component": { "type": "application", "name": "gateway", "version": "1.0.0" } },
        "components": [
            { "type": "library", "name": "left", "bom-ref": "a", "purl": LEFT },
            { "type": "library", "name": "right", "bom-ref": "b", "purl": RIGHT },
        ],
    });
    if let Some(list) = vulnerabilities {
        bom["vulnerabilities"] = list;
    }
    bom
}

fn fpf(findings: &[(&str, &str, Value)]) -> Value {
    let findings: Vec<Value> = findings
        .iter()
        .map(|(purl, id, analysis)| {
            json!({
                "component": { "purl": purl },
                "vulnerability": { "vulnId": id, "aliases": [{ "cveId": id }] },
                "analysis": analysis,
            })
        })
        .collect();
    json!({
        "version": "1.4", "meta": { "application": "Dependency-Track" },
        "project": { "uuid": "b7a90a5e-5b5c-4f0f-8d16-0f3f8d4a1c11", "name": "gateway", "version": "1.0.0" },
        "findings": findings,
    })
}

/// Everything an export may hold, good and bad.
fn export() -> TempDir {
    let folder = TempDir::new().unwrap();
    let decided = json!([{
        "id": "CVE-2026-91001", "affects": [{ "ref": "a" }],
        "analysis": {
            "state": "not_affected", "justification": "requires_configuration",
            "detail": "the option is off", "response": ["will_not_fix"],
        },
    }]);
    let findings = fpf(&[
        (
            LEFT,
            "CVE-2026-91001",
            json!({ "state": "NOT_AFFECTED", "isSuppressed": true }),
        ),
        (
            RIGHT,
            "GHSA-right",
            json!({ "state": "FALSE_POSITIVE", "isSuppressed": false }),
        ),
        (
            GONE,
            "CVE-2026-91003",
            json!({ "state": "EXPLOITABLE", "isSuppressed": false }),
        ),
        (
            GONE,
            "CVE-2026-91004",
            json!({ "state": "NOT_SET", "isSuppressed": true }),
        ),
        (
            GONE,
            "CVE-2026-91005",
            json!({ "state": "NOT_SET", "isSuppressed": false }),
        ),
    ]);
    let projects = json!([
        { "uuid": "1", "name": "gateway", "version": "1.0.0", "isLatest": true,
          "tags": [{ "name": "edge" }, { "name": "edge" }], "active": true },
        { "uuid": "2", "name": "empty", "version": "0.9", "active": false },
        { "uuid": "3", "name": "versionless", "version": null },
    ]);
    let files = [
        ("a-findings.json", findings),
        ("b-vdr.json", bom(Some(decided))),
        ("c-bom.json", bom(None)),
        ("d-projects.json", projects),
        ("e-other.json", json!({ "hello": "world" })),
    ];
    for (name, value) in files {
        std::fs::write(folder.path().join(name), value.to_string()).unwrap();
    }
    std::fs::write(folder.path().join("f.xml"), "<bom/>").unwrap();
    folder
}

fn feeds(db: &Db) {
    import_whole(
        db,
        &osv("CVE-2026-91001", &[], ("npm", "left"), before("2.0.0")),
    );
    import_whole(
        db,
        &osv(
            "CVE-2026-91002",
            &["GHSA-right"],
            ("npm", "right"),
            before("2.0.0"),
        ),
    );
}

fn release(tx: &mut Tx, caller: &Caller, name: &str) -> Result<Option<Release>, Trouble> {
    let Some(product) = products::find_or_create_by_name(tx, caller, name, false)? else {
        return Ok(None);
    };
    Ok(releases::list_of_product(tx, caller, product)?
        .0
        .into_iter()
        .next())
}

fn statuses(db: &Db, caller: &Caller, id: ReleaseId) -> BTreeMap<String, String> {
    let rows = done(db.read_now(|tx| findings::list_of_release(tx, caller, id)));
    rows.into_iter().map(|row| (row.purl, row.status)).collect()
}

#[test]
fn an_export_becomes_releases_sboms_and_judgements_once() {
    let folder = export();
    on_each_database(|db| {
        let caller = organisation(&db);
        let store = TempDir::new().unwrap();
        let blobs = Blobs::open(store.path()).unwrap();
        feeds(&db);
        let export = moving::read_folder(folder.path()).unwrap();
        let left = export.left.join("\n");
        for part in ["e-other.json", "f.xml", "versionless"] {
            assert!(left.contains(part), "{part}: {left}");
        }
        let import = |dry_run| moving::import(&db, &blobs, &caller, &export, dry_run).unwrap();
        let tried = import(true);
        assert!(done(db.read_now(|tx| release(tx, &caller, "gateway"))).is_none());
        let first = import(false);
        assert_eq!(tried, first);
        let names: Vec<&str> = first.iter().map(|one| one.project.as_str()).collect();
        assert_eq!(names, ["empty", "gateway"]);
        assert!(first[0].left[0].contains("inactive"));
        let gateway = &first[1];
        assert_eq!((gateway.sbom, gateway.components), (Some("new"), 2));
        assert_eq!(
            (gateway.judged, gateway.standing),
            (2, 0),
            "{:?}",
            gateway.left
        );
        let left = gateway.left.join("\n");
        assert!(
            left.contains("CVE-2026-91003") && left.contains("CVE-2026-91004"),
            "{left}"
        );
        assert!(!left.contains("CVE-2026-91005"), "{left}");
        check_release(&db, &caller);
        let again = import(false);
        let expected = Moved {
            sbom: Some("unchanged"),
            judged: 0,
            standing: 2,
            ..gateway.clone()
        };
        assert_eq!(again[1], expected);
    });
}

fn check_release(db: &Db, caller: &Caller) {
    let release = done(db.read_now(|tx| release(tx, caller, "gateway"))).unwrap();
    assert_eq!(release.labels, ["edge"]);
    assert!(release.is_latest && release.market_assumed);
    let statuses = statuses(db, caller, release.id);
    assert_eq!(statuses[LEFT], "not_affected");
    // A false positive without a reason says too little for "not affected".
    assert_eq!(statuses[RIGHT], "under_investigation");
}

#[test]
fn a_decision_waits_for_its_finding_and_never_replaces_ours() {
    let folder = export();
    on_each_database(|db| {
        let caller = organisation(&db);
        let store = TempDir::new().unwrap();
        let blobs = Blobs::open(store.path()).unwrap();
        let export = moving::read_folder(folder.path()).unwrap();
        let import = || moving::import(&db, &blobs, &caller, &export, false).unwrap();
        let early = import();
        assert_eq!(early[1].judged, 0);
        assert!(early[1].left.join("\n").contains("CVE-2026-91001"));
        feeds(&db);
        let release = done(db.read_now(|tx| release(tx, &caller, "gateway"))).unwrap();
        let rows = done(db.read_now(|tx| findings::list_of_release(tx, &caller, release.id)));
        let ours = rows.iter().find(|row| row.purl == LEFT).unwrap().id;
        let judging = findings::Judging {
            status: "affected",
            ..findings::Judging::default()
        };
        done(db.write_now(|tx| findings::assess_findings(tx, &caller, &[ours], &judging)));
        let late = import();
        assert_eq!((late[1].judged, late[1].standing), (1, 1));
        assert_eq!(statuses(&db, &caller, release.id)[LEFT], "affected");
    });
}

#[test]
fn the_command_says_what_is_missing() {
    let place = TempDir::new().unwrap();
    let output = run(place.path(), "import dtrack --from nowhere --data data");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nowhere"), "{}", stderr(&output));
    std::fs::create_dir(place.path().join("files")).unwrap();
    let output = run(place.path(), "import dtrack --from files --data data");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("no Bonafide data"),
        "{}",
        stderr(&output)
    );
}

/// A data directory with one organisation.
fn data(place: &Path) {
    let data = place.join("data");
    std::fs::create_dir(&data).unwrap();
    let file = bonafide::config::database_file(&data);
    let db = Db::open_sqlite(&file, Clock::held(start()), Entropy::seeded(1)).unwrap();
    organisation(&db);
}

/// A Dependency-Track with one project, page by page.
fn dependency_track(asked: &Seen) -> Response {
    let id = "b7a90a5e-5b5c-4f0f-8d16-0f3f8d4a1c11";
    let projects = json!([
        { "uuid": id, "name": "gateway", "version": "1.0.0", "tags": [{ "name": "edge" }] },
        { "uuid": "../../etc/passwd", "name": "hostile", "version": "1.0.0" },
    ]);
    let path = asked.path.as_str();
    let answer = if asked.header("x-api-key") != "odt_key" {
        return StatusCode::UNAUTHORIZED.into_response();
    } else if path.starts_with("/api/v1/project?") {
        projects
    } else if path.contains(&format!("/project/{id}?")) && path.contains("variant=inventory") {
        bom(None)
    } else if path.contains(&format!("/project/{id}?")) {
        // Nobody decided anything: no file of its own, and no second BOM.
        bom(Some(
            json!([{ "id": "CVE-2026-91001", "affects": [{ "ref": "a" }] }]),
        ))
    } else {
        return StatusCode::NOT_FOUND.into_response();
    };
    answer.to_string().into_response()
}

async fn import_from(place: &Path, server: &str, key: &str) -> Output {
    std::fs::write(place.join("key"), format!("{key}\n")).unwrap();
    let line = format!("import dtrack --url {server} --token-file key --data data --json");
    let place = place.to_owned();
    let run = move || run(&place, &line);
    tokio::task::spawn_blocking(run).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_server_is_read_twice_and_changes_nothing_the_second_time() {
    let place = TempDir::new().unwrap();
    data(place.path());
    let server = Receiver::start("127.0.0.1", dependency_track).await;
    let url = format!("http://{}", server.address);
    for sbom in ["new", "unchanged"] {
        let output = import_from(place.path(), &url, "odt_key").await;
        // What has no UUID is said, and never asked for.
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let gateway = report["projects"].as_array().unwrap().iter();
        let gateway = gateway
            .clone()
            .find(|one| one["project"] == "gateway")
            .unwrap();
        assert_eq!(gateway["sbom"], sbom, "{report}");
        assert_eq!(gateway["left"], json!([]), "{report}");
        assert_eq!(report["left"], json!(["hostile has no UUID"]));
    }
    assert!(
        !server
            .seen()
            .iter()
            .any(|asked| asked.path.contains("passwd"))
    );
    let output = import_from(place.path(), &url, "wrong").await;
    assert_eq!(output.status.code(), Some(7), "{}", stderr(&output));
    assert!(!stderr(&output).contains("wrong"));
}
