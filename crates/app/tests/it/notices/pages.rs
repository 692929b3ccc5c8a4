//! `/settings/notices` as an admin sees it, and as others do not.

use crate::kit::{Receiver, Seen, TestApp};
use axum::response::IntoResponse as _;
use bonafide::accounts::{Actor, NewUser, Role, create_user};
use bonafide::config::EgressRules;
use bonafide::feeds::Egress;
use bonafide::ids::UserId;
use bonafide::web::words::Lang;

fn app() -> TestApp {
    let mut test = TestApp::new();
    test.app.egress = Egress::new(EgressRules {
        allow_private: vec!["127.0.0.1".into()],
    });
    test
}

const SETTINGS: &str = "/settings/notices";
const LOG: &str = "/settings/notices/deliveries";

/// The part of a page between two texts.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let from = text
        .find(before)
        .unwrap_or_else(|| panic!("no {before} in {text}"))
        + before.len();
    let length = text[from..].find(after).unwrap();
    &text[from..from + length]
}

#[tokio::test]
async fn the_pages_speak_both_languages() {
    let test = app();
    for (lang, title, none) in [
        (Lang::En, "<h1>Notices</h1>", "Nothing yet."),
        (Lang::De, "<h1>Benachrichtigungen</h1>", "Noch nichts."),
    ] {
        let admin = test.tenant().client_of(admin_speaking(&test, lang));
        let page = admin.get(SETTINGS).await.expect(200).text();
        assert!(page.contains(title), "{page}");
        assert!(page.contains(&lang.t("notices-mail-captured")));
        let log = admin.get(LOG).await.expect(200).text();
        assert!(log.contains(none), "{log}");
    }
}

fn admin_speaking(test: &TestApp, lang: Lang) -> UserId {
    let new = NewUser {
        name: "Kim".into(),
        email: format!("{}@muster.example", lang.tag()),
        role: Role::Admin,
        password: None,
        lang,
    };
    test.app
        .db
        .write_now(|tx| create_user(tx, test.organisation.id, &Actor::Program("test"), &new))
        .unwrap_or_else(|trouble| panic!("{trouble:?}"))
}

#[tokio::test]
async fn only_who_manages_notices_sees_and_changes_them() {
    let test = app();
    for role in [
        Role::Psirt,
        Role::Compliance,
        Role::Developer,
        Role::Trust,
        Role::Auditor,
    ] {
        let member = test.member(role);
        member.get(SETTINGS).await.expect(403);
        member.get(LOG).await.expect(403);
        member
            .post_form("/settings/notices/test-mail", &[])
            .await
            .expect(403);
        member
            .post_form("/settings/notices/ladder", &[])
            .await
            .expect(403);
    }
    assert_eq!(test.anonymous().get(SETTINGS).await.status, 303);
}

#[tokio::test]
async fn a_webhook_is_added_tested_switched_off_and_removed() {
    let test = app();
    let admin = test.member(Role::Admin);
    let receiver = Receiver::start("127.0.0.1", |_: &Seen| "thanks".into_response()).await;
    let url = receiver.url("/hook/very-secret-path");
    let made = admin
        .post_form(
            "/settings/notices/channels",
            &[("name", "Chat <b>"), ("url", &url)],
        )
        .await
        .expect(200)
        .text();
    let secret = between(&made, "<code>whsec_", "</code>");
    assert_eq!(secret.len(), 44);
    let page = admin.get(SETTINGS).await.expect(200).text();
    assert!(!page.contains("whsec_"), "the secret is shown once");
    assert!(
        !page.contains("very-secret-path"),
        "the address may be a secret, too"
    );
    assert!(
        page.contains("Chat &#60;b&#62;") || page.contains("Chat &lt;b&gt;"),
        "{page}"
    );
    let channel = between(&page, "/settings/notices/channels/chan_", "/test").to_owned();
    let path = |what: &str| format!("/settings/notices/channels/chan_{channel}/{what}");
    assert_eq!(
        admin
            .post_form(&path("test"), &[])
            .await
            .expect(303)
            .location(),
        LOG
    );
    test.run_jobs().await;
    assert_eq!(receiver.seen().len(), 1);
    let log = admin.get(LOG).await.expect(200).text();
    assert!(log.contains("200 thanks"), "{log}");
    admin
        .post_form(&path("state"), &[("state", "switched-off")])
        .await
        .expect(303);
    admin.post_form(&path("test"), &[]).await.expect(303);
    test.run_jobs().await;
    assert_eq!(receiver.seen().len(), 1);
    admin
        .post_form(&path("state"), &[("state", "nonsense")])
        .await
        .expect(422);
    admin.post_form(&path("remove"), &[]).await.expect(303);
    admin.post_form(&path("remove"), &[]).await.expect(404);
    admin.post_form(&path("test"), &[]).await.expect(404);
}

#[tokio::test]
async fn an_address_that_may_not_be_reached_is_refused_in_the_form() {
    let test = app();
    let admin = test.member(Role::Admin);
    for url in [
        "https://127.0.0.2/",
        "https://169.254.169.254/",
        "http://8.8.8.8/",
        "ftp://x/",
        "x",
    ] {
        let page = admin
            .post_form(
                "/settings/notices/channels",
                &[("name", "Chat"), ("url", url)],
            )
            .await
            .expect(422)
            .text();
        assert!(page.contains("id=\"url-error\""), "{url}");
        assert!(
            page.contains(&format!("value=\"{url}\"")),
            "what was typed stays: {url}"
        );
    }
    admin
        .post_form(
            "/settings/notices/channels",
            &[("name", ""), ("url", "https://8.8.8.8/")],
        )
        .await
        .expect(422);
}

#[tokio::test]
async fn the_steps_are_changed_and_wrong_ones_refused_as_typed() {
    let test = app();
    let admin = test.member(Role::Admin);
    let path = "/settings/notices/ladder";
    let good = [
        ("roles-0", "psirt"),
        ("roles-0", "developer"),
        ("minutes-1", "17"),
        ("roles-1", "admin"),
        ("channels-1", "on"),
        ("minutes-2", ""),
        ("repeat_minutes", "60"),
    ];
    admin.post_form(path, &good).await.expect(303);
    let page = admin.get(SETTINGS).await.expect(200).text();
    assert!(page.contains("name=\"minutes-1\" inputmode=\"numeric\" maxlength=\"5\" value=\"17\""));
    let wrong: &[&[(&str, &str)]] = &[
        &[],
        &[
            ("roles-0", "psirt"),
            ("minutes-1", "19x"),
            ("roles-1", "admin"),
        ],
        &[("roles-0", "psirt"), ("roles-1", "admin")],
        &[
            ("roles-0", "psirt"),
            ("minutes-1", "0"),
            ("roles-1", "admin"),
        ],
        &[
            ("roles-0", "psirt"),
            ("minutes-1", "-5"),
            ("roles-1", "admin"),
        ],
        &[("roles-0", "psirt"), ("minutes-1", "30")],
        &[
            ("roles-0", "psirt"),
            ("minutes-1", "99999"),
            ("roles-1", "admin"),
        ],
        &[("roles-0", "psirt"), ("repeat_minutes", "1")],
    ];
    for fields in wrong {
        let page = admin.post_form(path, fields).await.expect(422).text();
        assert!(page.contains("id=\"ladder-error\""), "{fields:?}");
    }
    let page = admin.get(SETTINGS).await.expect(200).text();
    assert!(
        page.contains("value=\"17\""),
        "nothing of the wrong ones was kept"
    );
}

#[tokio::test]
async fn a_test_mail_comes_to_the_one_who_asks_and_can_be_sent_again() {
    let test = app();
    let admin = test.member(Role::Admin);
    admin
        .post_form("/settings/notices/test-mail", &[])
        .await
        .expect(303);
    test.run_jobs().await;
    let mails = test.mails.lock().unwrap().clone();
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0].text.contains("This is a test."),
        "{}",
        mails[0].text
    );
    let log = admin.get(LOG).await.expect(200).text();
    let delivery = between(&log, "/settings/notices/deliveries/dlv_", "/replay");
    let replay = format!("/settings/notices/deliveries/dlv_{delivery}/replay");
    admin.post_form(&replay, &[]).await.expect(303);
    admin.post_form(&replay, &[]).await.expect(404);
    test.run_jobs().await;
    let mails = test.mails.lock().unwrap().clone();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0], mails[1], "the same mail with the same id");
}

#[tokio::test]
async fn another_tenants_channels_and_deliveries_are_unknown_ones() {
    let test = app();
    let admin = test.member(Role::Admin);
    let receiver = Receiver::start("127.0.0.1", |_: &Seen| "thanks".into_response()).await;
    admin
        .post_form(
            "/settings/notices/channels",
            &[("name", "Ours alone"), ("url", &receiver.url("/"))],
        )
        .await
        .expect(200);
    let page = admin.get(SETTINGS).await.expect(200).text();
    let channel = between(&page, "/settings/notices/channels/chan_", "/test").to_owned();
    admin
        .post_form(
            &format!("/settings/notices/channels/chan_{channel}/test"),
            &[],
        )
        .await
        .expect(303);
    test.run_jobs().await;
    let log = admin.get(LOG).await.expect(200).text();
    let delivery = between(&log, "/settings/notices/deliveries/dlv_", "/replay").to_owned();

    let stranger = test.other_tenant().member(Role::Admin);
    for what in ["test", "state", "remove"] {
        let path = format!("/settings/notices/channels/chan_{channel}/{what}");
        let fields = [("state", "switched-off")];
        let other = stranger.post_form(&path, &fields).await.expect(404).text();
        let nowhere = path.replace(&channel, &"0".repeat(32));
        let unknown = stranger
            .post_form(&nowhere, &fields)
            .await
            .expect(404)
            .text();
        assert_eq!(other.replace(&path, &nowhere), unknown);
    }
    let replay = format!("/settings/notices/deliveries/dlv_{delivery}/replay");
    stranger.post_form(&replay, &[]).await.expect(404);
    for path in [SETTINGS, LOG] {
        let page = stranger.get(path).await.expect(200).text();
        assert!(
            !page.contains("Ours alone") && !page.contains(&delivery),
            "{path}"
        );
    }
}
