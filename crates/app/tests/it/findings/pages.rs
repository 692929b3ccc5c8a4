//! The pages as people and machines see them.

use super::*;
use crate::kit::TestApp;
use bonafide::accounts::{Role, Scope};

const HOSTILE: &str = "<script>alert(1)</script>";

struct Shown {
    test: TestApp,
    release: ReleaseId,
    finding: String,
}

fn shown() -> Shown {
    let test = TestApp::new();
    let db = &test.app.db;
    let caller = test.caller(Role::Admin);
    let mut record = osv("GHSA-1", &["CVE-2026-90001"], ("npm", "p"), before("2.0.0"));
    record["summary"] = json!(HOSTILE);
    import_zip(db, "npm", &[record], whole(db));
    import(db, &kev(&["CVE-2026-90001", "CVE-2026-90777"]));
    let release = give(
        db,
        &caller,
        "Gateway",
        "1",
        &["pkg:npm/p@1.0.0", "pkg:generic/blob@1"],
    );
    give(db, &caller, "Gateway", "2", &["pkg:npm/p@2.0.0"]);
    let finding = list(db, &caller, release)[0].id.to_string();
    Shown {
        test,
        release,
        finding,
    }
}

#[tokio::test]
async fn every_page_speaks_both_languages_and_escapes_what_came_from_outside() {
    let Shown {
        test,
        release,
        finding,
    } = shown();
    let paths = [
        "/triage".to_owned(),
        "/triage?exploited=1&status=all".to_owned(),
        "/vulnerabilities/CVE-2026-90001".to_owned(),
        "/vulnerabilities/ghsa-1".to_owned(),
        "/vulnerabilities/CVE-2026-90777".to_owned(),
        "/vulnerabilities/CVE-2026-12345".to_owned(),
        format!("/findings/{finding}"),
        format!("/releases/{release}/findings"),
        "/components".to_owned(),
        "/components?purl=pkg:npm/p&vulnerability=CVE-2026-90001".to_owned(),
        "/settings/feeds".to_owned(),
    ];
    for lang in ["en", "de"] {
        let client = test.member(Role::Psirt).with("accept-language", lang);
        for path in &paths {
            let text = client.get(path).await.expect(200).text();
            assert!(!text.contains(HOSTILE), "{path}");
            assert!(text.contains("<h1>"), "{path}");
        }
    }
}

#[tokio::test]
async fn the_queue_and_a_flaw_say_what_is_unknown() {
    let Shown { test, release, .. } = shown();
    let client = test.member(Role::Psirt);
    let queue = client.get("/triage").await.expect(200).text();
    assert!(
        queue.contains("CVE-2026-90001") && queue.contains("exploited, on the market"),
        "{queue}"
    );
    assert!(queue.contains("Feeds never imported"), "{queue}");
    assert!(
        queue.contains("1 of 3 components in current SBOMs cannot be looked up"),
        "{queue}"
    );
    let flaw = client
        .get("/vulnerabilities/CVE-2026-90001")
        .await
        .expect(200)
        .text();
    assert!(flaw.contains("1 of your products contains it,"), "{flaw}");
    assert!(flaw.contains("<svg") && flaw.contains("<title") && flaw.contains("<desc"));
    assert!(flaw.contains("not found in its SBOM"), "release 2 is fixed");
    let known = client
        .get("/vulnerabilities/CVE-2026-90777")
        .await
        .expect(200)
        .text();
    assert!(
        known.contains("no record we hold says which packages"),
        "{known}"
    );
    let unknown = client
        .get("/vulnerabilities/CVE-2026-12345")
        .await
        .expect(200)
        .text();
    assert!(unknown.contains("That is not “not affected”"), "{unknown}");
    let found = client
        .get(&format!("/releases/{release}/findings"))
        .await
        .expect(200)
        .text();
    assert!(
        found.contains("1 of 2 components could not be checked"),
        "{found}"
    );
}

#[tokio::test]
async fn a_finding_explains_itself_to_people_and_programs() {
    let Shown { test, finding, .. } = shown();
    let page = test
        .member(Role::Developer)
        .get(&format!("/findings/{finding}"))
        .await
        .expect(200)
        .text();
    for part in [
        "npm/p@1.0.0",
        "&#60;2.0.0",
        "GHSA-1",
        "OSV npm",
        "CISA KEV",
        "2.0.0",
        "pkg:npm/p@1.0.0",
    ] {
        assert!(page.contains(part), "{part} is missing: {page}");
    }
    let client = test.token(&[Scope::FindingsRead]);
    let told = client
        .get_json(&format!("/api/bonafide/findings/{finding}"))
        .await
        .expect(200)
        .json();
    assert_eq!(told["reasons"][0]["record"], "GHSA-1");
    assert_eq!(told["reasons"][0]["because"]["rule"], "osv-range-semver");
    assert_eq!(told["fixed_versions"], json!(["2.0.0"]));
    let twin = client
        .get_json(&format!("/findings/{finding}.json"))
        .await
        .expect(200)
        .json();
    assert_eq!(twin, told);
    let verdict = client
        .get_json("/vulnerabilities/CVE-2026-90001.json")
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&verdict["verdict"], &verdict["feeds_worst"]),
        (&json!("contained"), &json!("missing"))
    );
    let csv = client.get("/triage.csv").await.expect(200).text();
    assert!(csv.starts_with("vulnerability,") && csv.contains("CVE-2026-90001"));
    client.get_json("/triage.json").await.expect(200);
    client.get_json("/api/bonafide/feeds").await.expect(200);
}

#[tokio::test]
async fn a_judgement_is_refused_beside_its_field_and_then_recorded() {
    let Shown { test, finding, .. } = shown();
    let path = "/vulnerabilities/CVE-2026-90001/assess";
    let client = test.member(Role::Psirt).on_own_page();
    let fields = [
        ("finding", finding.as_str()),
        ("status", "not_affected"),
        ("detail", "typed text"),
    ];
    let refused = client.post_form(path, &fields).await.expect(422).text();
    assert!(
        refused.contains("needs one of the five reasons") && refused.contains("typed text"),
        "{refused}"
    );
    let fields = [
        ("finding", finding.as_str()),
        ("status", "not_affected"),
        ("justification", "component_not_present"),
        ("detail", "we looked"),
    ];
    client.post_form(path, &fields).await.expect(303);
    let page = client
        .get(&format!("/findings/{finding}"))
        .await
        .expect(200)
        .text();
    assert!(
        page.contains("we looked") && page.contains("the component is not in the product"),
        "{page}"
    );
    let auditor = test.member(Role::Auditor).on_own_page();
    auditor.post_form(path, &fields).await.expect(403);
    let machine = test.token(&[Scope::VexWrite]);
    let body = json!({ "findings": [finding], "status": "fixed" });
    machine
        .post_json("/api/bonafide/assessments", &body)
        .await
        .expect(201);
    let wrong = json!({ "findings": [finding], "status": "fixed", "organisation": "org_x" });
    machine
        .post_json("/api/bonafide/assessments", &wrong)
        .await
        .expect(400);
}

#[tokio::test]
async fn another_organisation_sees_what_anybody_would() {
    let Shown {
        test,
        release,
        finding,
    } = shown();
    let other = test.other_tenant().member(Role::Admin);
    let (finding_path, release_path) = (
        format!("/findings/{finding}"),
        format!("/releases/{release}/findings"),
    );
    let unknown_finding = "/findings/find_00000000000000000000000000000000";
    let unknown_release = "/releases/rel_00000000000000000000000000000000/findings";
    for (theirs, unknown) in [
        (finding_path.as_str(), unknown_finding),
        (release_path.as_str(), unknown_release),
    ] {
        let nothing = other.get(unknown).await.expect(404).text();
        let hidden = other.get(theirs).await.expect(404).text();
        assert_eq!(hidden.replace(theirs, ""), nothing.replace(unknown, ""));
    }
    let flaw = other
        .get("/vulnerabilities/CVE-2026-90001")
        .await
        .expect(200)
        .text();
    assert!(
        flaw.contains("None of your products contains an affected version"),
        "{flaw}"
    );
    assert!(!flaw.contains("Gateway"));
    let form = [("finding", finding.as_str()), ("status", "affected")];
    let path = "/vulnerabilities/CVE-2026-90001/assess";
    other.on_own_page().post_form(path, &form).await.expect(404);
}

#[tokio::test]
async fn whoever_manages_feeds_may_ask_for_a_fetch() {
    let Shown { test, .. } = shown();
    let auditor = test.member(Role::Auditor).on_own_page();
    auditor
        .post_form("/settings/feeds/sync", &[])
        .await
        .expect(403);
    let psirt = test.member(Role::Psirt).on_own_page();
    psirt
        .post_form("/settings/feeds/sync", &[])
        .await
        .expect(303);
    let page = psirt.get("/settings/feeds").await.expect(200).text();
    assert!(page.contains("A fetch is planned or running") && page.contains("never imported"));
}

#[tokio::test]
async fn every_name_of_a_flaw_leads_to_it() {
    let Shown { test, .. } = shown();
    let db = &test.app.db;
    let odd = "ODD a/b?c#d%";
    let names = ["CVE-2026-90005", "GHSA-abcd-efgh-jkmn", odd];
    import(
        db,
        &osv(
            "GHSA-abcd-efgh-jkmn",
            &[names[0], odd],
            ("npm", "q"),
            before("2"),
        ),
    );
    let client = test.member(Role::Psirt);
    let page = client
        .get("/vulnerabilities/CVE-2026-90005")
        .await
        .expect(200)
        .text();
    let mut links = 0;
    for part in page.split("href=\"/vulnerabilities/").skip(1) {
        let end = part.split('"').next().unwrap();
        client
            .get(&format!("/vulnerabilities/{end}"))
            .await
            .expect(200);
        links += usize::from(!end.ends_with(".json"));
    }
    assert_eq!(links, 2, "{page}");
    test.run_jobs().await;
    let to = client.get("/watch?vulnerability=GHSA-1").await.expect(303);
    let to = to.header("location").to_owned();
    assert!(to.starts_with("/watch/wat"), "{to}");
    client.get(&to).await.expect(200);
}

/// More findings than any list takes at once: the files hold all of them, the pages say how many
/// there are.
#[tokio::test]
async fn a_list_that_is_long_is_given_whole_or_says_what_it_leaves_out() {
    const MANY: usize = 2_345;
    let test = TestApp::new();
    let db = &test.app.db;
    let caller = test.caller(Role::Admin);
    import(
        db,
        &osv("GHSA-1", &["CVE-2026-90001"], ("npm", "p"), before("2.0.0")),
    );
    let purls: Vec<String> = (0..MANY).map(|n| format!("pkg:npm/p@1.0.{n}")).collect();
    let purls: Vec<&str> = purls.iter().map(String::as_str).collect();
    let release = give(db, &caller, "Gateway", "1", &purls);
    let client = test.member(Role::Psirt);
    let path = format!("/releases/{release}/findings");
    let csv = client.get(&format!("{path}.csv")).await.expect(200);
    assert!(csv.header("content-disposition").contains("findings.csv"));
    let lines: std::collections::BTreeSet<String> =
        csv.text().lines().skip(1).map(str::to_owned).collect();
    assert_eq!(lines.len(), MANY);
    for address in [
        format!("{path}.json"),
        format!("/api/bonafide/releases/{release}/findings"),
    ] {
        let json = client.get_json(&address).await.expect(200).json();
        let ids: std::collections::BTreeSet<String> = json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["id"].to_string())
            .collect();
        assert_eq!(ids.len(), MANY, "{address}");
        assert_eq!(json["counts"]["open"], MANY);
    }
    let page = client.get(&path).await.expect(200).text();
    assert!(page.contains("Showing 1–200 of 2345"), "{page}");
    let last = client.get(&format!("{path}?page=12")).await.expect(200);
    assert!(last.text().contains("Showing 2201–2345 of 2345"));
    assert!(!last.text().contains("rel=\"next\""));
    let flaw = client.get("/vulnerabilities/CVE-2026-90001").await.text();
    assert!(flaw.contains("Showing 2000 of 2345"), "{flaw}");
    let queue = client.get_json("/triage.json").await.expect(200).json();
    assert_eq!(queue["total"], 1);
    assert_eq!(queue["vulnerabilities"].as_array().unwrap().len(), 1);
    let none = client.get_json("/triage.json?status=fixed").await.json();
    assert_eq!(none["vulnerabilities"], json!([]));
    let csv = client.get("/triage.csv").await.expect(200).text();
    assert_eq!(csv.lines().count(), 2);
}

#[tokio::test]
async fn a_component_says_where_it_is_and_why_a_flaw_is_in_it_or_not() {
    let Shown { test, finding, .. } = shown();
    let client = test.member(Role::Psirt);
    let page = client
        .get("/components?purl=pkg:npm/p@9&vulnerability=cve-2026-90001")
        .await
        .expect(200)
        .text();
    assert!(
        page.contains("2 releases hold it; one flaw is open in it."),
        "{page}"
    );
    assert!(
        page.contains("says: affected") && page.contains("lies outside"),
        "{page}"
    );
    assert!(page.contains(&format!("/findings/{finding}")), "{page}");
    let json = client
        .get("/api/bonafide/components?purl=pkg:npm/p&vulnerability=GHSA-1")
        .await
        .expect(200)
        .json();
    let outcome = |at: usize| json["versions"][at]["answers"][0]["answer"]["outcome"].clone();
    assert_eq!(outcome(0), "affected", "{json}");
    assert_eq!(outcome(1), "not-affected", "{json}");
    client.get("/components?purl=nonsense").await.expect(422);
    client
        .get("/components?purl=pkg:npm/p&vulnerability=%00")
        .await
        .expect(422);
    let stranger = test.other_tenant().member(Role::Psirt);
    let theirs = stranger
        .get("/components?purl=pkg:npm/p")
        .await
        .expect(200)
        .text();
    assert!(
        theirs.contains("No current SBOM holds this component"),
        "{theirs}"
    );
    assert!(!theirs.contains("Gateway"), "{theirs}");
}
