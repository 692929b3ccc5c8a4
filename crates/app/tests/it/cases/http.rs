//! The same path through the pages and the API, as browsers and machines walk it.

use super::pages::seal_in;
use super::{contain, flaw, list};
use crate::kit::{Client, Part, TestApp};
use bonafide::accounts::{Caller, Role, Scope};
use serde_json::json;

pub(super) struct House {
    pub(super) app: TestApp,
    pub(super) flaw: i64,
}

/// A company whose gateway 1.0 contains a flaw that CISA lists.
pub(super) async fn house() -> House {
    let app = TestApp::new();
    let program = Caller::program(app.organisation.id, "test");
    let (_, releases) = super::gateway(&app.app.db, &program);
    let flaw = flaw(&app.app.db, "CVE-2026-1000", "Overflow in <libfoo>");
    contain(
        &app.app.db,
        &program,
        releases[0],
        flaw,
        "pkg:npm/%40scope/libfoo@1.4.0",
    );
    list(&app.app.db, flaw, "cisa-kev", "2026-11-22");
    let org = app.organisation.id;
    app.app
        .db
        .write_now(|tx| {
            bonafide::jobs::enqueue(
                tx,
                &bonafide::jobs::Job::ConsiderExploited {
                    organisation: org,
                    vulnerability: flaw,
                },
            )
        })
        .unwrap();
    app.run_jobs().await;
    House { app, flaw }
}

/// The first id with this prefix in a text.
pub(super) fn id_in(text: &str, prefix: &str) -> String {
    let at = text
        .find(prefix)
        .unwrap_or_else(|| panic!("no {prefix} in {text}"));
    text[at..at + prefix.len() + 32].to_owned()
}

pub(super) async fn item(client: &Client<'_>) -> String {
    id_in(&client.get("/watch").await.expect(200).text(), "watch_")
}

pub(super) const AWARE: [(&str, &str); 10] = [
    ("contained", "yes"),
    ("contained_text", "SBOM"),
    ("reachable", "yes"),
    ("reachable_text", "on the network"),
    ("exploited", "customer"),
    ("exploited_text", "a trace"),
    ("outcome", "aware"),
    ("aware_at", "2026-11-23T09:00:00"),
    ("reason", "The trace shows it."),
    ("revision", "0"),
];

/// Decides "aware" and gives the case's path.
pub(super) async fn aware(client: &Client<'_>) -> String {
    let item = item(client).await;
    let path = format!("/watch/{item}/decision");
    let answer = client.post_form(&path, &AWARE).await.expect(303);
    assert!(answer.location().starts_with("/cases/case_"));
    answer.location()
}

#[tokio::test]
async fn a_person_walks_from_the_alarm_to_the_filed_early_warning() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let item = item(&psirt).await;
    let page = psirt
        .get(&format!("/watch/{item}"))
        .await
        .expect(200)
        .text();
    for words in [
        "1 product, 1 release contains it.",
        "Nobody has decided yet.",
        "CISA KEV",
        "Germany, France",
        "@scope/libfoo 1.4.0",
        "Overflow in &#60;libfoo&#62;",
        "§211–215",
        "Start the assessment",
    ] {
        assert!(page.contains(words), "{words} is missing in {page}");
    }
    let start = psirt
        .post_form(&format!("/watch/{item}/assessment"), &[])
        .await;
    assert_eq!(start.expect(303).location(), format!("/watch/{item}"));
    let case = aware(&psirt).await;
    let page = psirt.get(&case).await.expect(200).text();
    for words in [
        "Early warning in 1 day 0 h: due 24 Nov 2026 09:00 UTC",
        "Art. 14(2)(a)",
        "Not running yet: the 14 days begin",
        "<svg",
        "CERT-Bund (BSI)",
        "read in the law",
        "Inform users",
    ] {
        assert!(page.contains(words), "{words} is missing in {page}");
    }
    let sheet = format!("{case}/sheets/early-warning");
    let page = psirt.get(&sheet).await.expect(200).text();
    assert!(page.contains("Needed now (8)"), "{page}");
    assert!(
        page.contains("Missing for the law: 0. Missing for the form: 0."),
        "{page}"
    );
    assert!(page.contains("data-copy=\"f-title\""));
    let saved = psirt
        .post_form(
            &sheet,
            &[
                ("revision", "0"),
                ("then", "file"),
                ("f_title", "Our title"),
                ("f_member_states_available", "DE"),
                ("f_member_states_available", "FR"),
                ("f_awareness_at", "2026-11-23T09:00"),
            ],
        )
        .await
        .expect(303);
    assert_eq!(saved.location(), format!("{sheet}/filed"));
    let filed = format!("{sheet}/filed");
    let page = psirt.get(&filed).await.expect(200).text();
    let seal = seal_in(&page);
    assert!(seal.starts_with("1-"), "{page}");
    let parts = |reference| {
        [
            Part::Text("platform_reference", reference),
            Part::Text("submitted_at", "2026-11-23T09:00:00"),
            Part::Text("kind", "first"),
            Part::Text("seal", &seal),
            Part::File("receipt", "receipt.pdf", b"%PDF"),
        ]
    };
    let odd = psirt
        .multipart(&filed, &parts("4711"))
        .await
        .expect(422)
        .text();
    assert!(odd.contains("odd_reference"), "{odd}");
    let done = psirt
        .multipart(&filed, &parts("SRP-DE-V-2026-00000018"))
        .await
        .expect(303);
    let page = psirt.get(&done.location()).await.expect(200).text();
    assert!(
        page.contains("Our title") && page.contains("sha256:"),
        "{page}"
    );
    let frozen = psirt
        .get(&format!("{}.json", done.location()))
        .await
        .expect(200);
    let digest = bonafide::blobs::Digest::of(&frozen.body);
    assert!(
        page.contains(digest.as_str()),
        "the download has the digest shown"
    );
    let text = psirt
        .get(&format!("{}.txt", done.location()))
        .await
        .expect(200)
        .text();
    assert!(text.contains("[2] Title\nOur title"), "{text}");
    let page = psirt.get(&case).await.expect(200).text();
    assert!(page.contains("Recorded as filed"), "{page}");
    assert!(page.contains("ENISA’s counter"), "{page}");
}

#[tokio::test]
async fn every_page_speaks_german_too() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let case = aware(&psirt).await;
    let item = item_of_case(&psirt, &case).await;
    let paths = [
        "/watch".to_owned(),
        "/watch?show=decided".to_owned(),
        format!("/watch/{item}"),
        format!("/watch/{item}/anew"),
        "/cases/new".to_owned(),
        "/cases/new?kind=severe-incident".to_owned(),
        format!("/signals/new?item={item}"),
        "/signals/new".to_owned(),
        "/cases".to_owned(),
        "/cases?state=open&kind=severe-incident&q=x".to_owned(),
        "/cases/new".to_owned(),
        "/cases/new?kind=severe-incident".to_owned(),
        case.clone(),
        format!("{case}/awareness"),
        format!("{case}/measure"),
        format!("{case}/coordinator"),
        format!("{case}/releases"),
        format!("{case}/close"),
        format!("{case}/sheets/early-warning"),
        format!("{case}/sheets/notification"),
        format!("{case}/sheets/final-report"),
        format!("{case}/sheets/early-warning/filed"),
    ];
    let german = german_member(&house.app);
    for path in &paths {
        let english = psirt.get(path).await.expect(200).text();
        let german = german.get(path).await.expect(200).text();
        assert!(
            english.contains("lang=\"en\"") && german.contains("lang=\"de\""),
            "{path}"
        );
        assert_ne!(english, german, "{path}");
        for page in [&english, &german] {
            assert_eq!(page.matches("<h1>").count(), 1, "{path}");
            for key in [
                "case-",
                "watch-",
                "sheet-",
                "guidance-",
                "filed-",
                "incident-",
                "anew-",
            ] {
                let naked = format!(">{key}");
                assert!(
                    !page.contains(&naked),
                    "{path} shows a bare key {key}: {page}"
                );
            }
        }
    }
}

fn german_member(app: &TestApp) -> Client<'_> {
    let new = bonafide::accounts::NewUser {
        name: "Kim".into(),
        email: "kim@deutsch.example".into(),
        role: Role::Psirt,
        password: None,
        lang: bonafide::web::words::Lang::De,
    };
    let org = app.organisation.id;
    let actor = bonafide::accounts::Actor::Program("test");
    let user = app
        .app
        .db
        .write_now(|tx| bonafide::accounts::create_user(tx, org, &actor, &new))
        .unwrap_or_else(|trouble| panic!("{trouble:?}"));
    app.tenant().client_of(user)
}

pub(super) async fn item_of_case(client: &Client<'_>, case: &str) -> String {
    let value = client
        .get_json(&format!("{case}.json"))
        .await
        .expect(200)
        .json();
    value["watch_item"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn roles_and_strangers_get_no_further_than_they_may() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let case = aware(&psirt).await;
    let auditor = house.app.member(Role::Auditor);
    let page = auditor.get(&case).await.expect(200).text();
    assert!(
        !page.contains(&format!("{case}/close")),
        "no door that stays shut"
    );
    auditor
        .post_form(&format!("{case}/close"), &[("reason", "x")])
        .await
        .expect(403);
    auditor.get("/signals/new").await.expect(403);
    let developer = house.app.member(Role::Developer);
    developer.get("/signals/new").await.expect(200);
    developer
        .get(&format!("{case}/awareness"))
        .await
        .expect(403);
    let other = house.app.other_tenant();
    let stranger = other.member(Role::Admin);
    for path in [
        case.clone(),
        format!("{case}.json"),
        format!("{case}.ics"),
        format!("{case}/sheets/early-warning"),
        format!("{case}/measure"),
    ] {
        stranger.get(&path).await.expect(404);
    }
    stranger
        .post_form(&format!("{case}/seen"), &[])
        .await
        .expect(404);
}

#[tokio::test]
async fn a_machine_hands_in_a_signal_and_reads_cases() {
    let house = house().await;
    let sends = house.app.token(&[Scope::SignalsWrite]);
    let body = json!({
        "vulnerability": "CVE-2026-1000",
        "title": "Seen in the field",
        "source": "own-telemetry",
        "in_our_product": "yes",
        "reference": "alert-1",
    });
    let first = sends
        .post_json("/api/bonafide/signals", &body)
        .await
        .expect(201)
        .json();
    let second = sends
        .post_json("/api/bonafide/signals", &body)
        .await
        .expect(200)
        .json();
    assert_eq!(first["signal"], second["signal"]);
    let url = first["url"].as_str().unwrap();
    assert!(
        url.starts_with("https://bonafide.test/watch/watch_"),
        "{url}"
    );
    let wrong = json!({ "title": "x", "source": "gossip" });
    let refused = sends
        .post_json("/api/bonafide/signals", &wrong)
        .await
        .expect(422)
        .json();
    assert_eq!(
        (&refused["code"], &refused["field"]),
        (&json!("choose-one"), &json!("source"))
    );
    sends
        .post_json("/api/bonafide/signals", &json!({ "source": 1 }))
        .await
        .expect(422);
    sends.get_json("/api/bonafide/cases").await.expect(403);

    let psirt = house.app.member(Role::Psirt);
    let case = aware(&psirt).await;
    let reads = house.app.token(&[Scope::CasesRead]);
    let list = reads
        .get_json("/api/bonafide/cases")
        .await
        .expect(200)
        .json();
    assert_eq!(list["total"], 1);
    assert_eq!(list["cases"][0]["next_stage"], "early-warning");
    assert_eq!(list["cases"][0]["next_due_at"], "2026-11-24T09:00:00Z");
    let one = reads
        .get_json(&format!("/api/bonafide{case}"))
        .await
        .expect(200)
        .json();
    assert_eq!(one["deadlines"][2]["state"], "not-running");
    let watch = reads
        .get_json("/api/bonafide/watch?show=all")
        .await
        .expect(200)
        .json();
    assert_eq!(watch["items"].as_array().unwrap().len(), 1);
    assert!(house.flaw > 0);
}
