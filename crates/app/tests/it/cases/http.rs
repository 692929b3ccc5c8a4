//! The same path through the pages and the API, as browsers and machines walk it.

use super::pages::seal_in;
use super::{contain, flaw, list};
use crate::kit::{Client, Part, TestApp};
use bonafide::accounts::{Caller, Role, Scope};
use serde_json::json;

pub(super) struct House {
    pub(super) app: TestApp,
    flaw: i64,
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

const AWARE: [(&str, &str); 10] = [
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

async fn item_of_case(client: &Client<'_>, case: &str) -> String {
    let value = client
        .get_json(&format!("{case}.json"))
        .await
        .expect(200)
        .json();
    value["watch_item"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_double_click_gets_a_sentence_and_a_refused_form_keeps_what_was_typed() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let item = item(&psirt).await;
    let path = format!("/watch/{item}/decision");
    let mut wrong = AWARE.to_vec();
    wrong[8].1 = "";
    let page = psirt.post_form(&path, &wrong).await.expect(422).text();
    assert!(page.contains("Give the reason in a sentence"), "{page}");
    assert!(
        page.contains("a trace"),
        "what was typed stands there: {page}"
    );
    let first = psirt.post_form(&path, &AWARE).await.expect(303);
    let second = psirt.post_form(&path, &AWARE).await.expect(303);
    assert_eq!(first.location(), second.location(), "a double click");
    let colleague = house.app.member(Role::Psirt);
    let page = colleague.post_form(&path, &AWARE).await.expect(409).text();
    assert!(
        page.contains("Somebody has decided this meanwhile"),
        "{page}"
    );
}

#[tokio::test]
async fn everything_wrong_is_said_at_once_with_links_to_the_fields() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let item = item(&psirt).await;
    let path = format!("/watch/{item}/decision");
    let form = [
        ("revision", "0"),
        ("contained", "yes"),
        ("exploited", "none-yet"),
        ("outcome", "aware"),
        ("aware_at", "2026-10-25 02:30"),
        ("aware_at_zone", "Europe/Berlin"),
    ];
    let page = psirt.post_form(&path, &form).await.expect(422).text();
    assert!(page.contains("6 things are to be corrected."), "{page}");
    for (field, words) in [
        (
            "contained_text",
            "1. Contained: say what this answer rests on",
        ),
        ("reachable", "Choose one of the answers"),
        (
            "reachable_text",
            "2. Reachable: say what this answer rests on",
        ),
        (
            "exploited_text",
            "that we are aware, and that there is no evidence yet",
        ),
        (
            "aware_at",
            "2026-10-25T02:30:00+01:00 (that is 2026-10-25 01:30 UTC)",
        ),
        ("reason", "Give the reason in a sentence"),
    ] {
        let link = format!("<a href=\"#{field}\">");
        let at = page
            .find(&link)
            .unwrap_or_else(|| panic!("no {link} in {page}"));
        assert!(
            page[at..].split("</a>").next().unwrap().contains(words),
            "{field}"
        );
        assert!(
            page.contains(&format!("id=\"{field}\"")),
            "{field} has its place"
        );
    }
    assert!(
        page.contains("value=\"2026-10-25 02:30\""),
        "what was typed stands"
    );
}

#[tokio::test]
async fn a_time_is_typed_in_the_readers_zone_and_kept_as_its_instant() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let item = item(&psirt).await;
    let page = psirt
        .get(&format!("/watch/{item}"))
        .await
        .expect(200)
        .text();
    let zone = "name=\"aware_at_zone\" value=\"";
    assert!(page.contains(zone), "the form names its zone: {page}");
    assert!(
        page.contains("id=\"aware_at\" name=\"aware_at\" value=\"\""),
        "{page}"
    );
    let mut form = AWARE.to_vec();
    form[7].1 = "2026-11-23 04:00";
    form.push(("aware_at_zone", "America/New_York"));
    let path = format!("/watch/{item}/decision");
    let case = psirt.post_form(&path, &form).await.expect(303).location();
    let value = psirt
        .get_json(&format!("{case}.json"))
        .await
        .expect(200)
        .json();
    assert_eq!(value["aware_at"], "2026-11-23T09:00:00Z");
}

#[tokio::test]
async fn a_person_decides_anew_through_the_pages() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let item = item(&psirt).await;
    let case = aware(&psirt).await;
    let list = psirt.get("/watch?show=decided").await.expect(200).text();
    assert!(
        list.contains("state-affected"),
        "aware is no \"not affected\": {list}"
    );
    let queue = psirt.get("/triage").await.expect(200).text();
    assert!(!queue.contains("state-not-assessed"), "{queue}");
    let page = psirt
        .get(&format!("/watch/{item}"))
        .await
        .expect(200)
        .text();
    let anew = format!("/watch/{item}/anew");
    assert!(page.contains(&anew), "{page}");
    let page = psirt.get(&anew).await.expect(200).text();
    assert!(page.contains("The case that was opened stays"), "{page}");
    let page = psirt.post_form(&anew, &[]).await.expect(422).text();
    assert!(page.contains("Say why the decision is made anew"), "{page}");
    let reason = [("reason", "It was a <test> system.")];
    psirt.post_form(&anew, &reason).await.expect(303);
    let page = psirt
        .get(&format!("/watch/{item}"))
        .await
        .expect(200)
        .text();
    assert!(
        page.contains("its T0 stays 23 Nov 2026 09:00 UTC"),
        "{page}"
    );
    assert!(page.contains("It was a &#60;test&#62; system."), "{page}");
    let denied = [
        ("revision", "1"),
        ("contained", "yes"),
        ("contained_text", "SBOM"),
        ("reachable", "yes"),
        ("reachable_text", "on the network"),
        ("exploited", "none-yet"),
        ("exploited_text", "None yet, because it was our own test."),
        ("outcome", "not-reportable"),
        ("because", "not-malicious"),
        ("reason", "The trace was ours."),
    ];
    let path = format!("/watch/{item}/decision");
    psirt.post_form(&path, &denied).await.expect(303);
    let page = psirt
        .get(&format!("/watch/{item}"))
        .await
        .expect(200)
        .text();
    assert!(
        page.contains("says something else than the one this case was opened by"),
        "{page}"
    );
    assert!(page.contains(&case), "its case is linked");
    psirt.get(&case).await.expect(200);
    house.app.member(Role::Auditor).get(&anew).await.expect(403);
}

#[tokio::test]
async fn a_signal_form_carries_the_flaw_over_and_sent_twice_is_one_signal() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let item = item(&psirt).await;
    let page = psirt
        .get(&format!("/watch/{item}"))
        .await
        .expect(200)
        .text();
    let further = format!("/signals/new?item={item}");
    assert!(page.contains(&further), "{page}");
    let page = psirt.get(&further).await.expect(200).text();
    assert!(page.contains("value=\"CVE-2026-1000\""), "{page}");
    let mark = "name=\"form_key\" value=\"";
    let at = page.find(mark).unwrap() + mark.len();
    let key = page[at..].split('"').next().unwrap().to_owned();
    assert!(!key.is_empty());
    let form = |title: &'static str| {
        [
            ("form_key", key.clone()),
            ("item", item.clone()),
            ("kind", "actively-exploited-vulnerability".to_owned()),
            ("title", title.to_owned()),
            ("source", "customer".to_owned()),
            ("in_our_product", "yes".to_owned()),
        ]
    };
    for title in ["A customer called", "A customer called", "Another one"] {
        let pairs = form(title);
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let done = psirt.post_form("/signals/new", &pairs).await.expect(303);
        assert_eq!(done.location(), format!("/watch/{item}"));
    }
    let path = format!("/watch/{item}.json");
    let value = psirt.get_json(&path).await.expect(200).json();
    // CISA's, and two different ones of the three that were sent.
    assert_eq!(value["signals"].as_array().unwrap().len(), 3, "{value}");
}

#[tokio::test]
async fn the_second_editor_sees_what_the_first_one_saved() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let case = aware(&psirt).await;
    let sheet = format!("{case}/sheets/early-warning");
    let save = |title: &'static str| [("revision", "0"), ("f_title", title)];
    psirt.post_form(&sheet, &save("First")).await.expect(303);
    let page = psirt
        .post_form(&sheet, &save("Second"))
        .await
        .expect(409)
        .text();
    assert!(
        page.contains("Meanwhile somebody else saved: First"),
        "{page}"
    );
    assert!(page.contains("value=\"Second\""), "{page}");
    assert!(
        page.contains("name=\"revision\" value=\"1\""),
        "saving again is possible: {page}"
    );
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

#[tokio::test]
async fn the_calendar_holds_what_runs() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let case = aware(&psirt).await;
    let text = psirt.get(&format!("{case}.ics")).await.expect(200).text();
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 2, "{text}");
    assert!(text.contains("DTSTART:20261124T090000Z\r\n"), "{text}");
    assert!(text.lines().all(|line| line.len() <= 75), "{text}");
    psirt.get(&format!("{case}.exe")).await.expect(404);
}

#[tokio::test]
async fn acts_on_a_case_ask_for_their_reason() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let case = aware(&psirt).await;
    let measure = format!("{case}/measure");
    let page = psirt
        .post_form(&measure, &[("measure_at", "2026-11-23T08:00:00")])
        .await;
    assert!(page.expect(422).text().contains("Give the reason"));
    let good = [
        ("measure_at", "2026-11-23T08:00:00"),
        ("reason", "Patch <1.3>"),
    ];
    psirt.post_form(&measure, &good).await.expect(303);
    let page = psirt.get(&case).await.expect(200).text();
    assert!(
        page.contains("because the measure was there before"),
        "{page}"
    );
    assert!(page.contains("Patch &#60;1.3&#62;"), "{page}");
    let page = psirt.get(&measure).await.expect(200).text();
    assert!(page.contains("withdraw this instant"), "{page}");
    let coordinator = [
        ("basis", "most-users"),
        ("country", "FI"),
        ("reason", "Users"),
    ];
    psirt
        .post_form(&format!("{case}/coordinator"), &coordinator)
        .await
        .expect(303);
    let page = psirt.get(&case).await.expect(200).text();
    assert!(page.contains("NCSC-FI"), "{page}");
    psirt
        .post_form(&format!("{case}/close"), &[("reason", "Mistaken")])
        .await
        .expect(303);
    let page = psirt.get(&case).await.expect(200).text();
    assert!(page.contains("This case is closed."), "{page}");
    psirt
        .post_form(&format!("{case}/reopen"), &[("reason", "Not mistaken")])
        .await
        .expect(303);
}

#[tokio::test]
async fn an_incident_is_opened_by_hand() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let page = psirt.get("/cases/new").await.expect(200).text();
    assert!(
        page.contains("value=\"DE\" checked"),
        "the own state is ticked: {page}"
    );
    let form = [
        ("kind", "severe-incident"),
        ("outcome", "aware"),
        ("in_our_product", "yes"),
        ("title", "Malicious update"),
        ("source", "own-telemetry"),
        ("received_at", "2026-11-23T07:00:00"),
        ("member_states", "DE"),
        ("member_states", "AT"),
        ("what_happened", "An image that is not ours was served."),
        ("suspected", "yes"),
        ("suspected_text", "A stolen key"),
        ("severity_test", "malicious-code"),
        ("impact", "Foreign code ran."),
        ("incident_evidence", "log"),
        ("aware_at", "2026-11-23T09:00:00"),
        ("reason", "The signature is not ours."),
    ];
    let mut lacking = form.to_vec();
    lacking.retain(|(name, value)| !matches!(*name, "suspected" | "impact") && *value != "DE");
    let page = psirt
        .post_form("/cases/new", &lacking)
        .await
        .expect(422)
        .text();
    for words in [
        "3 things are to be corrected",
        "Choose one of the answers",
        "Say what it does, or can do, to the security",
        "own Member State is not ticked",
        "Germany is left out on purpose",
        "Malicious update",
        "A stolen key",
    ] {
        assert!(page.contains(words), "{words} is missing in {page}");
    }
    assert!(
        !page.contains("name=\"reachable\""),
        "no question about a flaw"
    );
    // The other kind keeps what was typed, and nothing is written.
    let mut switching = form.to_vec();
    switching.push(("switch", "actively-exploited-vulnerability"));
    let page = psirt
        .post_form("/cases/new", &switching)
        .await
        .expect(200)
        .text();
    for words in [
        "name=\"reachable\"",
        "Malicious update",
        "The signature is not ours.",
    ] {
        assert!(page.contains(words), "{words} is missing in {page}");
    }
    let case = psirt
        .post_form("/cases/new", &form)
        .await
        .expect(303)
        .location();
    let item = item_of_case(&psirt, &case).await;
    let page = psirt
        .get(&format!("/watch/{item}"))
        .await
        .expect(200)
        .text();
    for words in [
        "An image that is not ours was served.",
        "A stolen key",
        "Foreign code ran.",
    ] {
        assert!(page.contains(words), "{words} is missing in {page}");
    }
    let page = psirt.get(&case).await.expect(200).text();
    assert!(
        page.contains("Art. 14(4)(a)") && page.contains("Austria"),
        "{page}"
    );
    assert!(page.contains("the month begins when the 72-hour notification is submitted"));
}

#[tokio::test]
async fn every_console_page_shows_the_most_urgent_clock() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let page = psirt.get("/cases").await.expect(200).text();
    assert!(page.contains("Nobody has assessed CVE-2026-1000"), "{page}");
    let case = aware(&psirt).await;
    let page = psirt.get("/cases").await.expect(200).text();
    assert!(
        page.contains("Early warning for CVE-2026-1000: 1 day 0 h left"),
        "{page}"
    );
    house.app.advance(jiff::SignedDuration::from_hours(25));
    let page = psirt.get(&case).await;
    let page = if page.status == 200 {
        page.text()
    } else {
        house
            .app
            .member(Role::Psirt)
            .get(&case)
            .await
            .expect(200)
            .text()
    };
    assert!(page.contains("strip-overdue"), "{page}");
    assert!(page.contains("File it now, even late"), "{page}");
}
