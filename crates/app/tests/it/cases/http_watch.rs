//! Watch items, decisions and signals through their pages.

use super::http::{AWARE, aware, house, item};
use bonafide::accounts::{Role, Scope};
use serde_json::json;

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
async fn what_is_typed_about_an_item_that_went_into_another_is_not_lost() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let kept = item(&psirt).await;
    let signal = json!({ "vulnerability": "CVE-2026-2000", "source": "customer" });
    let program = house.app.token(&[Scope::SignalsWrite]);
    let other = super::flaw(
        &house.app.app.db,
        "CVE-2026-2000",
        "The same by another name",
    );
    let given = program.post_json("/api/bonafide/signals", &signal).await;
    let gone = given.expect(201).json()["watch_item"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_ne!(kept, gone);

    // The feeds say that both are one.
    let (org, flaw) = (house.app.organisation.id, house.flaw);
    let merge = "update vulnerabilities set merged_into = $1 where id = $2";
    let db = &house.app.app.db;
    db.write_now(|tx| tx.execute(merge, &[&flaw, &other]))
        .unwrap();
    db.write_now(|tx| bonafide::cases::consider_exploited(tx, org, flaw).map(|_| ()))
        .unwrap();
    let step = bonafide::jobs::Job::EscalateWatchItem {
        organisation: org,
        watch_item: gone.parse().unwrap(),
        step: 1,
    };
    bonafide::cases::handle(&house.app.app, step)
        .await
        .expect("what rang for the item that went is done");

    for (path, to) in [
        (format!("/watch/{gone}"), format!("/watch/{kept}")),
        (format!("/watch/{gone}/anew"), format!("/watch/{kept}/anew")),
    ] {
        assert_eq!(psirt.get(&path).await.expect(303).location(), to);
    }
    let value = psirt.get(&format!("/api/bonafide/watch/{gone}")).await;
    assert!(value.expect(200).text().contains(&kept));
    let about = psirt.get(&format!("/signals/new?item={gone}")).await;
    assert!(about.expect(200).text().contains(&kept));
    let started = format!("/watch/{gone}/assessment");
    psirt.post_form(&started, &[]).await.expect(303);

    let typed = psirt
        .post_form(&format!("/watch/{gone}/decision"), &AWARE)
        .await;
    let page = typed.expect(409).text();
    assert!(
        page.contains("the same flaw as another watch item"),
        "{page}"
    );
    assert!(
        page.contains("The trace shows it."),
        "what was typed stands"
    );
    let action = format!("action=\"/watch/{kept}/decision\"");
    assert!(page.contains(&action), "{page}");
    let again = psirt
        .post_form(&format!("/watch/{kept}/decision"), &AWARE)
        .await;
    again.expect(303);
    let (anew, reason) = (format!("/watch/{gone}/anew"), [("reason", "Wrong.")]);
    psirt.post_form(&anew, &reason).await.expect(303);
}

#[tokio::test]
async fn decided_anew_by_a_person_the_proposed_t0_is_still_that_of_the_signal() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let item = item(&psirt).await;
    let path = format!("/watch/{item}");
    let received = "2026-11-23T08:30:00";
    let named = [
        ("item", item.as_str()),
        ("kind", "actively-exploited-vulnerability"),
        ("title", "A customer sent us the trace"),
        ("source", "customer"),
        ("in_our_product", "yes"),
        ("received_at", received),
    ];
    psirt.post_form("/signals/new", &named).await.expect(303);
    let proposed = "value=\"2026-11-23 09:30\"";
    let page = psirt.get(&path).await.expect(200).text();
    assert!(page.contains(proposed), "{page}");
    for revision in ["0", "1"] {
        let denied = [
            ("revision", revision),
            ("contained", "yes"),
            ("contained_text", "SBOM"),
            ("reachable", "yes"),
            ("reachable_text", "on the network"),
            ("exploited", "none-yet"),
            ("exploited_text", "We took it for our own test."),
            ("outcome", "not-reportable"),
            ("because", "not-malicious"),
            ("reason", "The trace was ours."),
        ];
        let decision = format!("{path}/decision");
        psirt.post_form(&decision, &denied).await.expect(303);
        let reason = [("reason", "It was not our test.")];
        let anew = format!("{path}/anew");
        psirt.post_form(&anew, &reason).await.expect(303);
        let page = psirt.get(&path).await.expect(200).text();
        assert!(page.contains(proposed), "{revision}: {page}");
    }
}
