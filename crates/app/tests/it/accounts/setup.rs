//! The first start.

use super::{COOKIE, PASSWORD};
use crate::kit::{Answer, TestApp};
use bonafide::accounts;
use jiff::SignedDuration;

fn link(app: &TestApp) -> String {
    let secret = app.app.db.write_now(accounts::issue_setup_link).unwrap();
    format!("/setup/{}", secret.expect("there is no admin yet"))
}

async fn set_up(app: &TestApp, link: &str, email: &str, password: &str) -> Answer {
    let form = [
        ("name", "Robin Example"),
        ("email", email),
        ("password", password),
        ("organisation", "Erste Werke GmbH"),
        ("country", "DE"),
        ("security_contact", "security@erste.example"),
    ];
    app.anonymous().on_own_page().post_form(link, &form).await
}

fn admins(app: &TestApp) -> i64 {
    app.app
        .db
        .read_now(|tx| tx.query_one("select count(*) from memberships where role = 'admin'", &[]))
        .unwrap()
        .int(0)
}

#[tokio::test]
async fn a_link_sets_up_the_first_admin_and_organisation_once() {
    let app = TestApp::new();
    let other = link(&app);
    let link = link(&app);
    let page = app.anonymous().get(&link).await.expect(200).text();
    assert_eq!(
        page.matches("<input").count() + page.matches("<select").count() - 1,
        6
    );
    let done = set_up(&app, &link, "robin@erste.example", PASSWORD)
        .await
        .expect(303);
    assert_eq!(done.location(), "/");
    let session = done.cookie(COOKIE).unwrap();
    let me = app.anonymous().with_session(&session);
    let page = me.get("/settings/organisation").await.expect(200).text();
    assert!(page.contains("Erste Werke GmbH") && page.contains("/trust/erste-werke-gmbh"));
    assert!(
        page.contains("value=\"Europe/Berlin\""),
        "the zone of the capital is a beginning"
    );
    // Used up with all others, and no other can be had.
    let used = app.anonymous().get(&link).await.expect(410).text();
    assert!(used.contains("is set up already"), "{used}");
    app.anonymous().get(&other).await.expect(410);
    set_up(&app, &link, "eve@erste.example", PASSWORD)
        .await
        .expect(410);
    assert!(
        app.app
            .db
            .write_now(accounts::issue_setup_link)
            .unwrap()
            .is_none()
    );
    assert_eq!(admins(&app), 1);
}

#[tokio::test]
async fn an_old_and_an_invented_link_open_nothing() {
    let app = TestApp::new();
    let first = link(&app);
    let second = link(&app);
    app.anonymous().get("/setup/invented").await.expect(410);
    // A second server over the same database leaves the first one's link alone.
    app.anonymous().get(&first).await.expect(200);
    app.anonymous().get(&second).await.expect(200);
    app.advance(SignedDuration::from_mins(30));
    app.anonymous().get(&second).await.expect(410);
    set_up(&app, &second, "robin@erste.example", PASSWORD)
        .await
        .expect(410);
    assert_eq!(admins(&app), 0);
}

#[tokio::test]
async fn what_is_not_right_is_said_and_the_link_still_works() {
    let app = TestApp::new();
    let link = link(&app);
    let short = set_up(&app, &link, "robin@erste.example", "short")
        .await
        .expect(422)
        .text();
    assert!(short.contains("fewer than 15 characters"));
    assert!(
        short.contains("value=\"robin@erste.example\""),
        "what was typed is kept"
    );
    assert!(!short.contains("value=\"short\""), "but never a password");
    let wrong = set_up(&app, &link, "not an address", PASSWORD)
        .await
        .expect(422)
        .text();
    assert!(wrong.contains("does not look like a mail address"));
    set_up(&app, &link, "robin@erste.example", PASSWORD)
        .await
        .expect(303);
}

#[tokio::test]
async fn another_site_cannot_set_us_up() {
    let app = TestApp::new();
    let link = link(&app);
    let form = [("name", "x")];
    for (header, value) in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.test"),
    ] {
        let evil = app.anonymous().with(header, value);
        evil.post_form(&link, &form).await.expect(403);
    }
    app.anonymous().post_form(&link, &form).await.expect(403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_clicks_at_once_make_one_admin() {
    let app = TestApp::new();
    let link = link(&app);
    let (one, two) = tokio::join!(
        set_up(&app, &link, "robin@erste.example", PASSWORD),
        set_up(&app, &link, "robin2@erste.example", PASSWORD)
    );
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 410]);
    assert_eq!(admins(&app), 1);
}
