//! API tokens.

use crate::kit::TestApp;
use bonafide::accounts::{self, Credentials, Role, Scope, Touch};
use jiff::SignedDuration;

/// Makes a token by the page; the page and the token.
async fn issue(app: &TestApp, fields: &[(&str, &str)]) -> (String, String) {
    let page = app
        .member(Role::Admin)
        .post_form("/settings/tokens", fields)
        .await;
    let page = page.expect(200).text();
    let token = page
        .split("<code id=\"token\">")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    (page.clone(), token.to_owned())
}

const FORM: [(&str, &str); 3] = [
    ("name", "ci"),
    ("scope", "journal:read"),
    ("expires_on", "2027-11-23"),
];

#[tokio::test]
async fn a_token_is_shown_once_and_only_its_digest_is_kept() {
    let app = TestApp::new();
    let (page, token) = issue(&app, &FORM).await;
    let parts: Vec<&str> = token.split('_').collect();
    assert_eq!((parts[0], parts[1].len()), ("bf", 8));
    assert!(parts[2].len() >= 32 && parts.len() == 3);
    // The address is in every snippet that needs one, the secret in none.
    assert!(page.contains("serverhostname: bonafide.test") && page.contains("port: 443"));
    assert_eq!(page.matches(parts[2]).count(), 1);
    let list = app
        .member(Role::Admin)
        .get("/settings/tokens")
        .await
        .expect(200)
        .text();
    assert!(list.contains(parts[1]) && !list.contains(parts[2]));
    let tables = app.app.db.read_now(|tx| {
        let tables = tx.query("select name from sqlite_schema where type = 'table'", &[])?;
        tables
            .iter()
            .map(|row| tx.query(&format!("select * from {}", row.text(0)), &[]))
            .collect::<Result<Vec<_>, _>>()
    });
    assert!(
        !format!("{:?}", tables.unwrap()).contains(parts[2]),
        "the secret lies in the database"
    );
    let machine = app.anonymous().with("x-api-key", token.as_str());
    machine.get("/journal.jsonl").await.expect(200);
    for wrong in [
        format!("bf_{}_{}", parts[1], "a".repeat(40)),
        format!("bf_{}_", parts[1]),
        format!("bf_{}_{}", "a".repeat(8), parts[2]),
        token[..token.len() - 1].to_owned(),
        format!("{token}x"),
        "bf__".into(),
        String::new(),
    ] {
        let machine = app.anonymous().with("x-api-key", wrong.as_str());
        machine.get_json("/journal.jsonl").await.expect(401);
    }
}

#[tokio::test]
async fn a_token_ends_by_its_day_or_by_being_revoked() {
    let app = TestApp::new();
    let (_, token) = issue(&app, &FORM).await;
    let machine = app.anonymous().with("x-api-key", token);
    let id = app
        .app
        .db
        .read_now(|tx| tx.query_one("select id from tokens", &[]))
        .unwrap()
        .text(0);
    let revoke = format!("/settings/tokens/{id}/revoke");
    app.other_tenant()
        .member(Role::Admin)
        .post_form(&revoke, &[])
        .await
        .expect(404);
    app.member(Role::Developer)
        .post_form(&revoke, &[])
        .await
        .expect(403);
    machine.get_json("/journal.jsonl").await.expect(200);
    app.member(Role::Admin)
        .post_form(&revoke, &[])
        .await
        .expect(303);
    machine.get_json("/journal.jsonl").await.expect(401);
    let fields = [
        ("name", "short"),
        ("scope", "journal:read"),
        ("expires_on", "2026-11-24"),
    ];
    let (_, token) = issue(&app, &fields).await;
    let machine = app.anonymous().with("x-api-key", token);
    // The last day counts to its end: it is Monday the 23rd, nine o'clock.
    app.advance(SignedDuration::from_hours(38));
    machine.get_json("/journal.jsonl").await.expect(200);
    app.advance(SignedDuration::from_hours(1));
    machine.get_json("/journal.jsonl").await.expect(401);
}

#[tokio::test]
async fn a_token_may_do_what_its_scopes_say_and_nothing_on_settings() {
    let app = TestApp::new();
    let machine = app.token(&[Scope::BomUpload]);
    machine.get_json("/journal.jsonl").await.expect(403);
    let everything = app.token(&Scope::ALL);
    for path in [
        "/settings/tokens",
        "/settings/users",
        "/settings/organisation",
    ] {
        everything.get_json(path).await.expect(403);
        everything.get_json("/settings/profile").await.expect(403);
    }
    // A bad token does not fall back to a good cookie: the cookie is what is checked for origin.
    let member = app
        .member(Role::Admin)
        .with("x-api-key", "bf_aaaaaaaa_wrong");
    member.get_json("/journal").await.expect(401);
}

#[tokio::test]
async fn what_is_wrong_with_a_token_to_be_is_said() {
    let app = TestApp::new();
    let admin = app.member(Role::Admin);
    for (fields, words) in [
        (
            vec![
                ("name", ""),
                ("scope", "journal:read"),
                ("expires_on", "2027-01-01"),
            ],
            "Fill in “Name”",
        ),
        (
            vec![("name", "x"), ("expires_on", "2027-01-01")],
            "at least one scope",
        ),
        (
            vec![
                ("name", "x"),
                ("scope", "admin"),
                ("expires_on", "2027-01-01"),
            ],
            "no such scope",
        ),
        (
            vec![("name", "x"), ("scope", "journal:read")],
            "Choose a last day",
        ),
        (
            vec![
                ("name", "x"),
                ("scope", "journal:read"),
                ("expires_on", "2026-11-22"),
            ],
            "Choose a last day",
        ),
        (
            vec![
                ("name", "x"),
                ("scope", "journal:read"),
                ("expires_on", "2036-11-22"),
            ],
            "Choose a last day",
        ),
        (
            vec![
                ("name", "x"),
                ("scope", "journal:read"),
                ("expires_on", "2027-01-01"),
                ("product", "gateway"),
            ],
            "There is no such product",
        ),
    ] {
        let page = admin
            .post_form("/settings/tokens", &fields)
            .await
            .expect(422)
            .text();
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn a_token_for_one_product_reads_neither_cases_nor_the_journal() {
    let app = TestApp::new();
    let caller = app.caller(Role::Admin);
    let made = |product: Option<&str>| {
        let product = product.map(|id| id.parse().unwrap());
        let token = app.app.db.write_now(|tx| {
            let new = accounts::NewToken {
                name: "bot".into(),
                scopes: vec![Scope::CasesRead, Scope::JournalRead, Scope::FindingsRead],
                product,
                expires_at: tx.now() + SignedDuration::from_hours(48),
            };
            accounts::create_token(tx, &caller, &new)
        });
        let credentials = Credentials {
            session: None,
            token: Some(token.unwrap().text),
        };
        let read = app
            .app
            .db
            .read_now(|tx| accounts::authenticate(tx, &credentials));
        read.unwrap().unwrap().caller.permissions.names()
    };
    assert_eq!(
        made(None),
        [
            "journal-read",
            "products-read",
            "findings-read",
            "cases-read"
        ]
    );
    assert_eq!(
        made(Some("prod_00000000000000000000000000000001")),
        ["products-read", "findings-read"]
    );
}

#[tokio::test]
async fn home_and_search_ask_for_more_than_any_token() {
    let app = TestApp::new();
    let uploads = app.token(&[Scope::BomUpload]);
    uploads.get("/").await.expect(403);
    uploads.get("/search?q=a").await.expect(403);
    app.token(&[Scope::FindingsRead])
        .get("/search?q=a")
        .await
        .expect(200);
    app.member(Role::Auditor).get("/").await.expect(200);
}

#[test]
fn the_use_of_a_token_is_noted_once_an_hour() {
    let app = TestApp::new();
    let caller = app.caller(Role::Admin);
    let token = app
        .app
        .db
        .write_now(|tx| {
            let new = accounts::NewToken {
                name: "ci".into(),
                scopes: vec![Scope::BomUpload],
                product: Some("prod_00000000000000000000000000000001".parse().unwrap()),
                expires_at: tx.now() + SignedDuration::from_hours(48),
            };
            accounts::create_token(tx, &caller, &new)
        })
        .unwrap();
    let recognise = || {
        let credentials = Credentials {
            session: None,
            token: Some(token.text.clone()),
        };
        app.app
            .db
            .read_now(|tx| accounts::authenticate(tx, &credentials))
            .unwrap()
            .unwrap()
    };
    let first = recognise();
    assert_eq!(
        first.touch,
        Some(Touch::Token(app.organisation.id, token.id))
    );
    assert!(first.caller.only_product.is_some());
    app.app
        .db
        .write_now(|tx| accounts::record_use(tx, first.touch.unwrap()))
        .unwrap();
    assert_eq!(recognise().touch, None);
    app.advance(SignedDuration::from_mins(59));
    assert_eq!(recognise().touch, None);
    app.advance(SignedDuration::from_mins(1));
    assert!(recognise().touch.is_some());
}
