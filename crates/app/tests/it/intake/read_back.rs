//! What clients read back of findings and documents, and what DELETE does.

use super::ci;
use super::clients::freshen_feeds;
use crate::findings::{before, cyclonedx, done, give, give_to, import_whole, list, osv};
use crate::kit::{Answer, Client, TestApp, base64, on_each_database, organisation};
use axum::http::Method;
use bonafide::accounts::Scope;
use bonafide::findings::{Judging, assess_findings};
use bonafide::releases::{self, Market};
use bonafide::trouble::Trouble;
use serde_json::{Value, json};

const LEFT: &str = "pkg:npm/left@1.0.0";
const RIGHT: &str = "pkg:npm/right@1.0.0";

/// A project with two findings; its UUID.
async fn project(app: &TestApp) -> String {
    freshen_feeds(app);
    for (id, name) in [("CVE-2026-91001", "left"), ("CVE-2026-91002", "right")] {
        let record = osv(
            id,
            &["GHSA-aaaa-bbbb-cccc"][..usize::from(name == "left")],
            ("npm", name),
            before("2.0.0"),
        );
        import_whole(&app.app.db, &record);
    }
    let upload = json!({
        "projectName": "gateway", "projectVersion": "1.0.0", "autoCreate": true,
        "bom": base64(&cyclonedx(&[LEFT, RIGHT])),
    });
    let answer = ci(app).put_json("/api/v1/bom", &upload).await.expect(200);
    answer.json()["projectUuid"].as_str().unwrap().to_owned()
}

async fn sarif(client: &Client<'_>, project: &str) -> Answer {
    let path = format!("/api/v1/finding/project/{project}");
    let headers = [("accept", "application/sarif+json")];
    client.send(Method::GET, &path, &headers, Vec::new()).await
}

/// The left component's finding is judged "not affected".
fn judge_left(app: &TestApp) {
    let db = &app.app.db;
    let caller = app.caller(bonafide::accounts::Role::Admin);
    done(db.write_now(|tx| -> Result<(), Trouble> {
        let (projects, _) = releases_of(tx, &caller)?;
        let rows = bonafide::findings::list_of_release(tx, &caller, projects)?;
        let row = rows.iter().find(|row| row.purl == LEFT).unwrap();
        let judging = Judging {
            status: "not_affected",
            justification: Some("vulnerable_code_not_present"),
            detail: "we build without it",
            ..Judging::default()
        };
        assess_findings(tx, &caller, &[row.id], &judging).map(|_| ())
    }));
}

fn releases_of(
    tx: &mut bonafide::store::Tx,
    caller: &bonafide::accounts::Caller,
) -> Result<(bonafide::ids::ReleaseId, i64), Trouble> {
    let product =
        bonafide::products::find_or_create_by_name(tx, caller, "gateway", false)?.unwrap();
    let (list, count) = releases::list_of_product(tx, caller, product)?;
    Ok((list[0].id, count))
}

#[tokio::test]
async fn findings_come_page_by_page_with_their_number() {
    let app = TestApp::new();
    let project = project(&app).await;
    let path = format!("/api/v1/finding/project/{project}");
    let mut seen = Vec::new();
    for page in 1..=3 {
        let answer = ci(&app)
            .get_json(&format!("{path}?pageNumber={page}&pageSize=1"))
            .await
            .expect(200);
        assert_eq!(answer.header("x-total-count"), "2");
        let list = answer.json();
        let purls = list.as_array().unwrap().iter();
        seen.extend(purls.map(|f| f["component"]["purl"].as_str().unwrap().to_owned()));
    }
    seen.sort();
    assert_eq!(seen, [LEFT, RIGHT]);
}

#[tokio::test]
async fn sarif_suppresses_what_was_judged_and_leaves_nothing_out() {
    let app = TestApp::new();
    let project = project(&app).await;
    judge_left(&app);
    let log = sarif(&ci(&app), &project).await.expect(200).json();
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2, "{log}");
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(rule["properties"]["security-severity"], "9.8");
        assert_eq!(result["level"], "error");
        let place = &result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"];
        assert_eq!(
            result.get("suppressions").is_some(),
            *place == LEFT,
            "{result}"
        );
    }
}

#[tokio::test]
async fn an_export_of_findings_has_its_project_and_judgements() {
    let app = TestApp::new();
    let project = project(&app).await;
    judge_left(&app);
    let path = format!("/api/v1/finding/project/{project}/export");
    let file = ci(&app).get_json(&path).await.expect(200).json();
    assert_eq!(file["meta"]["baseUrl"], "https://bonafide.test");
    assert_eq!(file["project"]["uuid"], project.as_str());
    let findings = file["findings"].as_array().unwrap();
    let state = |purl: &str| {
        let one = findings.iter().find(|f| f["component"]["purl"] == purl);
        one.unwrap()["analysis"]["state"].clone()
    };
    assert_eq!(
        (state(LEFT), state(RIGHT)),
        (json!("NOT_AFFECTED"), json!("NOT_SET"))
    );
}

#[tokio::test]
async fn a_bom_comes_back_as_it_was_or_with_what_was_found() {
    let app = TestApp::new();
    let project = project(&app).await;
    judge_left(&app);
    let path = format!("/api/v1/bom/cyclonedx/project/{project}");
    for query in ["", "?format=json&variant=inventory&version=1.5"] {
        let answer = ci(&app)
            .get_json(&format!("{path}{query}"))
            .await
            .expect(200);
        assert_eq!(answer.body, cyclonedx(&[LEFT, RIGHT]), "{query}");
    }
    let converted = ci(&app)
        .get_json(&format!("{path}?version=1.7"))
        .await
        .expect(200)
        .json();
    assert_eq!(converted["specVersion"], "1.7");
    assert!(converted.get("vulnerabilities").is_none());
    let with = |variant: &str| format!("{path}?variant={variant}");
    let plain = ci(&app)
        .get_json(&with("withVulnerabilities"))
        .await
        .expect(200)
        .json();
    let report = ci(&app).get_json(&with("vdr")).await.expect(200).json();
    for (document, states) in [
        (&plain, [Value::Null, Value::Null]),
        (&report, [json!("not_affected"), Value::Null]),
    ] {
        let list = document["vulnerabilities"].as_array().unwrap();
        assert_eq!(list.len(), 2, "{document}");
        for (id, state) in ["CVE-2026-91001", "CVE-2026-91002"].iter().zip(states) {
            let one = list.iter().find(|v| v["id"] == *id).unwrap();
            assert_eq!(one["analysis"]["state"], state, "{one}");
            let place = &one["affects"][0]["ref"];
            let mut components = document["components"].as_array().unwrap().iter();
            assert!(components.any(|c| c["bom-ref"] == *place), "{one}");
        }
    }
}

#[tokio::test]
async fn the_findings_in_a_bom_need_the_permission_to_read_findings() {
    let app = TestApp::new();
    let project = project(&app).await;
    let reader = app.token(&[Scope::ProductsRead]);
    let path = format!("/api/v1/bom/cyclonedx/project/{project}");
    reader.get_json(&path).await.expect(200);
    for variant in ["withVulnerabilities", "vdr"] {
        reader
            .get_json(&format!("{path}?variant={variant}"))
            .await
            .expect(403);
    }
}

#[tokio::test]
async fn another_tenants_project_is_as_unknown() {
    let app = TestApp::new();
    let project = project(&app).await;
    let other = app.other_tenant();
    let stranger = other.token(&[Scope::ProductsWrite, Scope::FindingsRead, Scope::BomUpload]);
    for path in [
        format!("/api/v1/bom/cyclonedx/project/{project}"),
        format!("/api/v1/bom/cyclonedx/project/{project}?variant=vdr"),
        format!("/api/v1/finding/project/{project}"),
        format!("/api/v1/finding/project/{project}/export"),
        format!("/api/v1/badge/vulns/project/{project}"),
        "/api/v1/badge/vulns/project/gateway/1.0.0".to_owned(),
    ] {
        let answer = stranger.get_json(&path).await.expect(404);
        assert_eq!(answer.text(), "The project could not be found.", "{path}");
    }
    sarif(&stranger, &project).await.expect(404);
    stranger
        .delete(&format!("/api/v1/project/{project}"))
        .await
        .expect(404);
    let ours = ci(&app)
        .get_json(&format!("/api/v1/project/{project}"))
        .await
        .expect(200);
    assert_eq!(ours.json()["active"], true);
}

#[tokio::test]
async fn a_badge_is_green_only_where_everything_was_looked_at() {
    let app = TestApp::new();
    let project = project(&app).await;
    let badge = ci(&app)
        .get_json(&format!("/api/v1/badge/vulns/project/{project}"))
        .await;
    let picture = badge.expect(200).text();
    assert!(picture.contains("2 critical"), "{picture}");
    // An ecosystem without a feed.
    let upload = json!({
        "projectName": "blind", "projectVersion": "1.0.0", "autoCreate": true,
        "bom": base64(&cyclonedx(&["pkg:hex/phoenix@1.0.0"])),
    });
    ci(&app).put_json("/api/v1/bom", &upload).await.expect(200);
    let badge = ci(&app)
        .get_json("/api/v1/badge/vulns/project/blind/1.0.0")
        .await;
    let picture = badge.expect(200).text();
    assert!(
        picture.contains("unchecked") && !picture.contains("#1e6b34"),
        "{picture}"
    );
}

#[tokio::test]
async fn a_frozen_release_is_not_withdrawn_by_a_program() {
    let app = TestApp::new();
    let project = project(&app).await;
    let caller = app.caller(bonafide::accounts::Role::Admin);
    done(app.app.db.write_now(|tx| -> Result<(), Trouble> {
        let (release, _) = releases_of(tx, &caller)?;
        releases::freeze(tx, &caller, release).map(|_| ())
    }));
    let path = format!("/api/v1/project/{project}");
    let client = app.token(&[Scope::ProductsWrite]);
    let answer = client.delete(&path).await.expect(409);
    assert_eq!(answer.json()["code"], "release-frozen");
    assert_eq!(
        client.get_json(&path).await.expect(200).json()["active"],
        true
    );
}

#[test]
fn withdrawing_confirms_nothing_and_deletes_nothing() {
    on_each_database(|db| {
        let caller = organisation(&db);
        import_whole(
            &db,
            &osv("CVE-2026-91001", &[], ("npm", "left"), before("2.0.0")),
        );
        let assumed = give(&db, &caller, "gateway", "1.0.0", &[LEFT]);
        let unborn = give(&db, &caller, "gateway", "2.0.0", &[LEFT]);
        let branch = give_to(&db, &caller, "gateway", "main", Some("main"), &[LEFT]);
        done(db.write_now(|tx| releases::set_market(tx, &caller, unborn, Market::NotYet)));
        let withdraw = |id| db.write_now(|tx| releases::withdraw(tx, &caller, id));
        for _ in 0..2 {
            done(withdraw(assumed));
            let release = done(db.read_now(|tx| releases::get_release(tx, &caller, assumed)));
            assert_eq!(release.market, Market::Withdrawn);
            assert!(release.market_assumed && !release.is_public());
        }
        assert_eq!(list(&db, &caller, assumed).len(), 1);
        for (id, code) in [
            (unborn, "release-never-on-market"),
            (branch, "branch-not-on-market"),
        ] {
            match withdraw(id) {
                Err(Trouble::Refusal(refusal)) => assert_eq!(refusal.code, code),
                other => panic!("{other:?}"),
            }
        }
    });
}
