//! Signing in and out, and how long it lasts.

use super::{COOKIE, OTHER_PASSWORD, PASSWORD, person, sign_in};
use crate::kit::{Client, TestApp};
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use bonafide::accounts::{self, Role};
use jiff::SignedDuration;
use std::net::SocketAddr;

const EMAIL: &str = "robin@muster.example";

async fn signed_in<'a>(app: &'a TestApp, password: &str) -> Client<'a> {
    let answer = sign_in(app, EMAIL, password).await.expect(303);
    app.anonymous()
        .with_session(&answer.cookie(COOKIE).unwrap())
}

async fn is_in(client: &Client<'_>) -> bool {
    client.get("/settings").await.status == 200
}

/// Signs in from an address, as the server sees it.
async fn from(app: &TestApp, address: &str, password: &str) -> u16 {
    let peer: SocketAddr = format!("{address}:4711").parse().unwrap();
    let body = format!(
        "email={}&password={}",
        EMAIL.replace('@', "%40"),
        password.replace(' ', "+")
    );
    let request = Request::post("/sign-in")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .extension(ConnectInfo(peer))
        .body(body.into())
        .unwrap();
    app.send(request).await.status.as_u16()
}

#[tokio::test]
async fn the_cookie_is_for_this_host_https_and_no_script() {
    let app = TestApp::new();
    person(&app, Role::Psirt, EMAIL);
    // Addresses are found however they are written.
    let answer = sign_in(&app, " ROBIN@Muster.Example ", PASSWORD)
        .await
        .expect(303);
    let cookie = answer.header(header::SET_COOKIE);
    for part in [
        "__Host-",
        "; Path=/",
        "; HttpOnly",
        "; SameSite=Lax",
        "; Secure",
    ] {
        assert!(cookie.contains(part), "{cookie} lacks {part}");
    }
    assert!(!cookie.contains("Domain"));
    assert!(answer.cookie(COOKIE).unwrap().len() >= 40);
    // A new session every time: a session known before is none afterwards.
    let again = sign_in(&app, EMAIL, PASSWORD).await;
    assert_ne!(answer.cookie(COOKIE), again.cookie(COOKIE));
}

#[tokio::test]
async fn an_unknown_person_and_a_wrong_password_get_the_same_answer() {
    let app = TestApp::new();
    person(&app, Role::Psirt, EMAIL);
    let wrong = sign_in(&app, EMAIL, "wrong").await.expect(422);
    let unknown = sign_in(&app, "karin@muster.example", "wrong")
        .await
        .expect(422);
    let other_way = unknown.text().replace("karin@muster.example", EMAIL);
    assert_eq!(wrong.text(), other_way);
    assert_eq!(wrong.headers, unknown.headers);
    assert!(wrong.text().contains("do not fit together"));
    assert!(!wrong.text().contains("value=\"wrong\""));
}

#[tokio::test]
async fn next_leads_to_our_own_pages_only() {
    let app = TestApp::new();
    person(&app, Role::Psirt, EMAIL);
    for (next, expected) in [
        ("/cases", "/cases"),
        (
            "/journal?action=x&from=2026-01-01",
            "/journal?action=x&from=2026-01-01",
        ),
        ("https://evil.test", "/"),
        ("//evil.test", "/"),
        ("/\\evil.test", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x=y", "/"),
        ("", "/"),
    ] {
        let form = [("email", EMAIL), ("password", PASSWORD), ("next", next)];
        let answer = app
            .anonymous()
            .on_own_page()
            .post_form("/sign-in", &form)
            .await;
        assert_eq!(answer.expect(303).location(), expected, "{next:?}");
    }
    let page = app
        .anonymous()
        .get("/sign-in?next=https://evil.test")
        .await
        .text();
    assert!(page.contains("name=\"next\" value=\"/\""), "{page}");
}

#[tokio::test]
async fn another_site_cannot_sign_anybody_in() {
    let app = TestApp::new();
    person(&app, Role::Psirt, EMAIL);
    let form = [("email", EMAIL), ("password", PASSWORD)];
    let evil = app.anonymous().with("sec-fetch-site", "cross-site");
    evil.post_form("/sign-in", &form).await.expect(403);
    app.anonymous()
        .post_form("/sign-in", &form)
        .await
        .expect(403);
    let own = app.anonymous().with("origin", "https://bonafide.test");
    own.post_form("/sign-in", &form).await.expect(303);
}

#[tokio::test]
async fn guessing_is_slowed_down_and_the_person_still_gets_in() {
    let app = TestApp::new();
    person(&app, Role::Psirt, EMAIL);
    // The person signed in from here lately.
    assert_eq!(from(&app, "198.51.100.7", PASSWORD).await, 303);
    // One attacker at one address.
    for _ in 0..8 {
        assert_eq!(from(&app, "203.0.113.1", "wrong").await, 422);
    }
    assert_eq!(from(&app, "203.0.113.1", "wrong").await, 429);
    // Even the right password has to wait there now.
    assert_eq!(from(&app, "203.0.113.1", PASSWORD).await, 429);
    // Many attackers close the account to addresses it does not know …
    for last in 2..40 {
        from(&app, &format!("203.0.113.{last}"), "wrong").await;
    }
    assert_eq!(from(&app, "203.0.113.99", PASSWORD).await, 429);
    // … but never to the one it knows.
    assert_eq!(from(&app, "198.51.100.7", PASSWORD).await, 303);
    // A different account is not touched by it.
    person(&app, Role::Psirt, "kim@muster.example");
    let form = [("email", "kim@muster.example"), ("password", PASSWORD)];
    app.anonymous()
        .on_own_page()
        .post_form("/sign-in", &form)
        .await
        .expect(303);
    // Waiting helps.
    app.advance(SignedDuration::from_mins(15));
    assert_eq!(from(&app, "203.0.113.99", PASSWORD).await, 303);
}

#[tokio::test]
async fn one_address_cannot_try_many_accounts() {
    let app = TestApp::new();
    person(&app, Role::Psirt, EMAIL);
    for number in 0..60 {
        let email = format!("guess{number}@muster.example");
        app.app
            .db
            .write_now(|tx| accounts::count_attempt(tx, &email, ""))
            .unwrap();
    }
    let refused = sign_in(&app, EMAIL, PASSWORD).await.expect(429).text();
    assert!(
        refused.contains("too many attempts. Try again in 15 minutes"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_at_the_latest_after_a_week() {
    let app = TestApp::new();
    person(&app, Role::Psirt, EMAIL);
    let me = signed_in(&app, PASSWORD).await;
    app.advance(SignedDuration::from_hours(11));
    assert!(is_in(&me).await);
    app.advance(SignedDuration::from_hours(13));
    assert!(!is_in(&me).await, "idle");
    let me = signed_in(&app, PASSWORD).await;
    for _ in 0..16 {
        app.advance(SignedDuration::from_hours(10));
        let digest_free = app
            .app
            .db
            .write_now(|tx| tx.execute("update sessions set last_seen_at = $1", &[&tx_now(&app)]));
        assert_eq!(digest_free.unwrap(), 2);
        assert!(is_in(&me).await);
    }
    app.advance(SignedDuration::from_hours(9));
    assert!(!is_in(&me).await, "absolute");
}

fn tx_now(app: &TestApp) -> jiff::Timestamp {
    app.app.clock.now()
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let app = TestApp::new();
    person(&app, Role::Psirt, EMAIL);
    let (here, there) = (
        signed_in(&app, PASSWORD).await,
        signed_in(&app, PASSWORD).await,
    );
    let out = here.post_form("/sign-out", &[]).await.expect(303);
    assert_eq!(out.cookie(COOKIE).unwrap(), "");
    assert!(!is_in(&here).await && is_in(&there).await);
    let (third, fourth) = (
        signed_in(&app, PASSWORD).await,
        signed_in(&app, PASSWORD).await,
    );
    third
        .post_form("/settings/profile/sign-out-others", &[])
        .await
        .expect(303);
    assert!(is_in(&third).await && !is_in(&there).await && !is_in(&fourth).await);
    third
        .post_form("/settings/profile/sign-out-everywhere", &[])
        .await
        .expect(303);
    assert!(!is_in(&third).await);
}

#[tokio::test]
async fn a_new_password_ends_every_other_session() {
    let app = TestApp::new();
    person(&app, Role::Psirt, EMAIL);
    let (here, there) = (
        signed_in(&app, PASSWORD).await,
        signed_in(&app, PASSWORD).await,
    );
    let change = async |current: &str, new: &str| {
        let form = [("current", current), ("password", new)];
        here.post_form("/settings/profile/password", &form).await
    };
    let wrong = change("wrong", OTHER_PASSWORD).await.expect(422).text();
    assert!(wrong.contains("not your present password"));
    change(PASSWORD, "too short").await.expect(422);
    change(PASSWORD, "robin robin robin").await.expect(422);
    assert!(is_in(&there).await);
    change(PASSWORD, OTHER_PASSWORD).await.expect(303);
    assert!(is_in(&here).await && !is_in(&there).await);
    sign_in(&app, EMAIL, PASSWORD).await.expect(422);
    sign_in(&app, EMAIL, OTHER_PASSWORD).await.expect(303);
}

#[tokio::test]
async fn nobody_ends_somebody_elses_session() {
    let app = TestApp::new();
    person(&app, Role::Psirt, EMAIL);
    let me = signed_in(&app, PASSWORD).await;
    let id = app
        .app
        .db
        .read_now(|tx| tx.query_one("select id from sessions", &[]))
        .unwrap()
        .text(0);
    let path = format!("/settings/profile/sessions/{id}/end");
    app.member(Role::Admin)
        .post_form(&path, &[])
        .await
        .expect(404);
    app.other_tenant()
        .member(Role::Admin)
        .post_form(&path, &[])
        .await
        .expect(404);
    assert!(is_in(&me).await);
    me.post_form(&path, &[]).await.expect(303);
    assert!(!is_in(&me).await);
}

#[tokio::test]
async fn a_reset_link_sets_a_password_once_and_ends_all_sessions() {
    let app = TestApp::new();
    person(&app, Role::Psirt, EMAIL);
    let me = signed_in(&app, PASSWORD).await;
    let issue = |email: &'static str| {
        app.app
            .db
            .write_now(move |tx| accounts::issue_reset_link(tx, email))
            .unwrap()
    };
    assert!(issue("nobody@muster.example").is_none());
    let old = format!("/reset/{}", issue(EMAIL).unwrap());
    let link = format!("/reset/{}", issue(EMAIL).unwrap());
    app.anonymous().get(&old).await.expect(410);
    app.anonymous().get(&link).await.expect(200);
    let own = app.anonymous().on_own_page();
    own.post_form(&link, &[("password", "short")])
        .await
        .expect(422);
    app.anonymous()
        .post_form(&link, &[("password", OTHER_PASSWORD)])
        .await
        .expect(403);
    own.post_form(&link, &[("password", OTHER_PASSWORD)])
        .await
        .expect(303);
    own.post_form(&link, &[("password", PASSWORD)])
        .await
        .expect(410);
    assert!(!is_in(&me).await);
    sign_in(&app, EMAIL, PASSWORD).await.expect(422);
    sign_in(&app, EMAIL, OTHER_PASSWORD).await.expect(303);
    let late = format!("/reset/{}", issue(EMAIL).unwrap());
    app.advance(SignedDuration::from_mins(30));
    app.anonymous().get(&late).await.expect(410);
}

#[tokio::test]
async fn language_and_theme_can_be_switched_by_anybody() {
    let app = TestApp::new();
    let visitor = app.anonymous().on_own_page();
    let form = [("lang", "de"), ("return", "/sign-in?next=%2Fcases")];
    let answer = visitor.post_form("/preferences", &form).await.expect(303);
    assert_eq!(answer.location(), "/sign-in?next=%2Fcases");
    assert_eq!(answer.cookie("lang").unwrap(), "de");
    let german = app.anonymous().with("cookie", "lang=de; theme=dark");
    let page = german.get("/sign-in").await.expect(200).text();
    assert!(page.contains("<html lang=\"de\" data-theme=\"dark\">") && page.contains("Anmelden"));
    let away = [("theme", "dark"), ("return", "//evil.test")];
    let answer = visitor.post_form("/preferences", &away).await.expect(303);
    assert_eq!(
        (
            answer.location().as_str(),
            answer.cookie("theme").unwrap().as_str()
        ),
        ("/", "dark")
    );
    let nonsense = [("lang", "xx\r\n"), ("theme", "pink")];
    let answer = visitor
        .post_form("/preferences", &nonsense)
        .await
        .expect(303);
    assert_eq!(
        (answer.cookie("lang"), answer.cookie("theme").unwrap()),
        (None, "system".into())
    );
    // Whoever is signed in keeps it with their account.
    let me = app.member(Role::Developer);
    me.post_form("/preferences", &form).await.expect(303);
    assert!(
        me.get("/settings")
            .await
            .text()
            .contains("<html lang=\"de\"")
    );
}

#[tokio::test]
async fn forwarded_addresses_are_believed_from_trusted_proxies_only() {
    let mut app = TestApp::new();
    person(&app, Role::Psirt, EMAIL);
    let attempt = async |app: &TestApp, forwarded: &str| {
        let peer: SocketAddr = "192.0.2.10:1".parse().unwrap();
        let body = format!("email={}&password=wrong", EMAIL.replace('@', "%40"));
        let request = Request::post("/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header("x-forwarded-for", forwarded)
            .extension(ConnectInfo(peer))
            .body(body.into())
            .unwrap();
        app.send(request).await.status.as_u16()
    };
    // Nobody escapes by inventing addresses.
    let mut last = 0;
    for number in 0..9 {
        last = attempt(&app, &format!("203.0.113.{number}")).await;
    }
    assert_eq!(last, 429);
    let mut config = (*app.app.config).clone();
    config.trusted_proxies = vec!["192.0.2.10".parse().unwrap()];
    app.app.config = std::sync::Arc::new(config);
    app.rewire();
    assert_eq!(attempt(&app, "203.0.113.50").await, 422);
    // Only what our proxy itself added counts.
    for number in 0..9 {
        last = attempt(&app, &format!("203.0.113.{number}, 198.51.100.1")).await;
    }
    assert_eq!(last, 429);
}
