//! Joining by a link.

use super::{COOKIE, OTHER_PASSWORD, PASSWORD, person, sign_in};
use crate::kit::{Tenant, TestApp};
use bonafide::accounts::Role;
use jiff::SignedDuration;

const EMAIL: &str = "robin@muster.example";

/// Invites by the page; the path of the link in the mail.
async fn invite(app: &TestApp, tenant: &Tenant<'_>, email: &str, role: &str) -> String {
    let form = [("email", email), ("role", role)];
    let page = tenant
        .member(Role::Admin)
        .post_form("/settings/users/invite", &form)
        .await;
    let page = page.expect(200).text();
    let mail = app.mails.lock().unwrap().pop().unwrap();
    assert_eq!(mail.to, email);
    let link = link_in(&mail.text);
    assert!(page.contains(&format!("mailed to {email}")), "{page}");
    assert!(!page.contains(&link), "what was mailed is shown to nobody");
    link
}

fn link_in(text: &str) -> String {
    let (_, rest) = text.split_once("https://bonafide.test").unwrap();
    rest.split(|c: char| c.is_whitespace() || c == '<')
        .next()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn without_a_mail_server_or_when_it_fails_the_link_is_shown() {
    let mut app = TestApp::new();
    let captured = app.app.mailer.clone();
    for (smtp, words) in [(false, "No mail server is set up"), (true, "did not take")] {
        let mut config = (*app.app.config).clone();
        config.smtp = smtp.then(|| bonafide::config::Smtp {
            host: "127.0.0.1".into(),
            // Nobody listens there.
            port: 1,
            security: "none".into(),
            user: None,
            password_file: None,
            password: None,
        });
        app.app.mailer = bonafide::mail::Mailer::of(&config).unwrap();
        app.rewire();
        let email = format!("somebody{smtp}@muster.example");
        let form = [("email", email.as_str()), ("role", "auditor")];
        let admin = app.member(Role::Admin);
        let page = admin.post_form("/settings/users/invite", &form).await;
        let page = page.expect(200).text();
        assert!(page.contains(words), "{page}");
        let link = link_in(&page);
        app.anonymous().get(&link).await.expect(200);
        assert!(app.mails.lock().unwrap().is_empty());
    }
    app.app.mailer = captured;
}

#[tokio::test]
async fn a_link_is_shown_once_and_lets_one_person_in() {
    let app = TestApp::new();
    let link = invite(&app, &app.tenant(), EMAIL, "compliance").await;
    let admin = app.member(Role::Admin);
    let list = admin.get("/settings/users").await.text();
    let secret = link.rsplit('/').next().unwrap();
    assert!(list.contains(EMAIL) && !list.contains(secret));
    let page = app.anonymous().get(&link).await.expect(200).text();
    assert!(page.contains("Join Muster Werke GmbH") && page.contains("Compliance"));
    let own = app.anonymous().on_own_page();
    let form = [
        ("name", "Robin Example"),
        ("password", PASSWORD),
        ("role", "admin"),
    ];
    app.anonymous().post_form(&link, &form).await.expect(403);
    own.post_form(&link, &[("name", "Robin"), ("password", "short")])
        .await
        .expect(422);
    let done = own.post_form(&link, &form).await.expect(303);
    let me = app.anonymous().with_session(&done.cookie(COOKIE).unwrap());
    // The role is the invitation's, whatever the form says.
    me.get("/journal").await.expect(200);
    me.get("/settings/users").await.expect(403);
    app.anonymous().get(&link).await.expect(410);
    own.post_form(&link, &form).await.expect(410);
    sign_in(&app, EMAIL, PASSWORD).await.expect(303);
    let again = [("email", EMAIL), ("role", "auditor")];
    let page = admin
        .post_form("/settings/users/invite", &again)
        .await
        .expect(422)
        .text();
    assert!(page.contains("in the list already"));
}

#[tokio::test]
async fn old_withdrawn_and_replaced_invitations_open_nothing() {
    let app = TestApp::new();
    let old = invite(&app, &app.tenant(), EMAIL, "auditor").await;
    let link = invite(&app, &app.tenant(), EMAIL, "auditor").await;
    app.anonymous().get(&old).await.expect(410);
    let id = app
        .app
        .db
        .read_now(|tx| tx.query_one("select id from invitations", &[]))
        .unwrap()
        .text(0);
    let withdraw = format!("/settings/invitations/{id}/withdraw");
    let other = app.other_tenant();
    other
        .member(Role::Admin)
        .post_form(&withdraw, &[])
        .await
        .expect(404);
    app.anonymous().get(&link).await.expect(200);
    app.member(Role::Admin)
        .post_form(&withdraw, &[])
        .await
        .expect(303);
    app.anonymous().get(&link).await.expect(410);
    let late = invite(&app, &app.tenant(), EMAIL, "auditor").await;
    app.advance(SignedDuration::from_hours(7 * 24));
    app.anonymous().get(&late).await.expect(410);
}

#[tokio::test]
async fn somebody_known_joins_with_their_own_password_and_can_change_sides() {
    let app = TestApp::new();
    person(&app, Role::Psirt, EMAIL);
    let other = app.other_tenant();
    let link = invite(&app, &other, EMAIL, "auditor").await;
    let own = app.anonymous().on_own_page();
    // The link alone is not enough: it must not become a way into somebody's account.
    own.post_form(&link, &[("name", "Eve"), ("password", OTHER_PASSWORD)])
        .await
        .expect(422);
    let done = own
        .post_form(&link, &[("password", PASSWORD)])
        .await
        .expect(303);
    let me = app.anonymous().with_session(&done.cookie(COOKIE).unwrap());
    let page = me.get("/settings/profile").await.expect(200).text();
    assert!(page.contains("Andere Leute AG") && page.contains("Muster Werke GmbH"));
    let home = [("organisation", app.organisation.id.to_string())];
    let home: Vec<(&str, &str)> = home.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let done = me
        .post_form("/settings/profile/organisation", &home)
        .await
        .expect(303);
    let there = app.anonymous().with_session(&done.cookie(COOKIE).unwrap());
    let page = there.get("/settings").await.expect(200).text();
    assert!(
        page.contains("Muster Werke GmbH</span><span class=\"quiet\">PSIRT"),
        "{page}"
    );
    assert_eq!(
        me.get("/settings").await.status,
        303,
        "the old session has ended"
    );
    // Nobody goes where they do not belong.
    let stranger = app.member(Role::Admin);
    let away = [("organisation", other.organisation.id.to_string())];
    let away: Vec<(&str, &str)> = away.iter().map(|(k, v)| (*k, v.as_str())).collect();
    stranger
        .post_form("/settings/profile/organisation", &away)
        .await
        .expect(404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_clicks_at_once_make_one_person() {
    let app = TestApp::new();
    let link = invite(&app, &app.tenant(), EMAIL, "auditor").await;
    let own = app.anonymous().on_own_page();
    let form = [("name", "Robin Example"), ("password", PASSWORD)];
    let (one, two) = tokio::join!(own.post_form(&link, &form), own.post_form(&link, &form));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses[0], 303);
    assert!([410, 422].contains(&statuses[1]), "{statuses:?}");
}
