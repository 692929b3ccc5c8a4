//! A case, its sheets and what a person does to it, through their pages.

use super::http::{aware, house, item_of_case};
use bonafide::accounts::Role;

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
    let page = psirt.post_form(&measure, &[]).await.expect(422).text();
    for field in ["#measure_at", "#reason"] {
        assert!(page.contains(&format!("href=\"{field}\"")), "{page}");
    }
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

#[tokio::test]
async fn everything_wrong_with_a_record_of_filing_is_said_at_once() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let case = aware(&psirt).await;
    let path = format!("{case}/sheets/early-warning/filed");
    let long = "x".repeat(4_001);
    let wrong = [
        ("submitted_at", "yesterday"),
        ("kind", "update"),
        ("reason", long.as_str()),
    ];
    let page = psirt.post_form(&path, &wrong).await.expect(422).text();
    for field in ["platform_reference", "submitted_at", "kind", "reason"] {
        assert!(
            page.contains(&format!("href=\"#{field}\"")),
            "{field}: {page}"
        );
    }
    assert!(page.contains("yesterday"), "what was typed stands");
}
