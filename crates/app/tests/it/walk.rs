//! One walk through every route: as nobody, as each role, as another tenant, and with nonsense.
//! A new route is walked by itself; nobody can forget it.

use crate::kit::{Answer, Client, TestApp};
use axum::http::Method;
use bonafide::accounts::Role;
use bonafide::store::{Error, Tx};
use bonafide::web::{Access, Route};
use std::collections::{BTreeMap, BTreeSet};

fn routes() -> Vec<Route> {
    bonafide::router::routes()
}

/// A path with its parameters filled in by `fill`.
pub fn filled(path: &str, fill: &str) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (_, tail) = after.split_once('}').unwrap();
        out.push_str(before);
        out.push_str(fill);
        rest = tail;
    }
    out + rest
}

async fn ask(client: &Client<'_>, route: &Route, path: &str) -> Answer {
    match route.method {
        Method::GET => client.get(path).await,
        Method::POST => client.post_form(path, &[]).await,
        Method::PUT => client.put_json(path, &serde_json::json!({})).await,
        Method::PATCH => client.patch_json(path, &serde_json::json!({})).await,
        Method::DELETE => client.delete(path).await,
        ref other => panic!("the walk does not know {other}"),
    }
}

#[tokio::test]
async fn who_is_not_signed_in_gets_no_further_than_the_door() {
    let app = TestApp::new();
    let nobody = app.anonymous();
    for route in routes()
        .iter()
        .filter(|route| route.access != Access::Anyone)
    {
        let path = filled(route.path, "x");
        let answer = ask(&nobody, route, &path).await;
        let turned_away = answer.status == 401
            || answer.status == 303 && answer.location().starts_with("/sign-in");
        assert!(turned_away, "{} {path}: {}", route.method, answer.status);
    }
}

#[tokio::test]
async fn a_role_without_the_permission_is_refused_before_anything_is_read() {
    let app = TestApp::new();
    for role in Role::ALL {
        let member = app.member(role);
        for route in &routes() {
            let Access::Can(permission) = route.access else {
                continue;
            };
            if role.permissions().contains(permission) {
                continue;
            }
            let path = filled(route.path, "x");
            let answer = ask(&member, route, &path).await;
            assert_eq!(
                answer.status,
                403,
                "{} {path} as {}",
                route.method,
                role.name()
            );
        }
    }
}

#[tokio::test]
async fn nonsense_is_refused_and_never_a_failure() {
    let app = TestApp::new();
    let admin = app.member(Role::Admin);
    let unknown = "prod_01234567890123456789012345678901";
    for fill in [
        "x",
        "%00",
        "..%2f..",
        "%F0%9F%98%80",
        unknown,
        "1e999",
        "%27%22%3Cscript%3E",
    ] {
        for route in &routes() {
            let path = filled(route.path, fill);
            let answer = ask(&admin, route, &path).await;
            assert!(
                answer.status.as_u16() < 500,
                "{} {path}: {} {}",
                route.method,
                answer.status,
                answer.text()
            );
        }
    }
}

#[tokio::test]
async fn bodies_of_the_wrong_kind_are_refused_and_never_a_failure() {
    let app = TestApp::new();
    let admin = app.member(Role::Admin);
    let bodies: [(&str, &[u8]); 7] = [
        ("application/json", b"null"),
        ("application/json", b"[]"),
        ("application/json", b"{\"a\":"),
        ("application/x-www-form-urlencoded", b"%ff%fe=%00&=&&&a=1"),
        ("multipart/form-data; boundary=x", b"--x\r\nnothing"),
        ("text/plain", b"\xff\xfe\x00"),
        ("", b""),
    ];
    for route in routes().iter().filter(|route| route.method != Method::GET) {
        let path = filled(route.path, "x");
        for (kind, body) in bodies {
            let answer = admin
                .send(
                    route.method.clone(),
                    &path,
                    &[("content-type", kind)],
                    body.to_vec(),
                )
                .await;
            assert!(
                answer.status.as_u16() < 500,
                "{} {path} with {kind:?}: {} {}",
                route.method,
                answer.status,
                answer.text()
            );
        }
    }
}

/// Ids of the given organisation that stand in the database, one of each kind.
fn ids_of(app: &TestApp, organisation: &str) -> BTreeSet<String> {
    app.app
        .db
        .read_now(|tx: &mut Tx| -> Result<_, Error> {
            let mut ids = BTreeMap::new();
            let tables = tx.query(
                "select m.name from sqlite_master m where m.type = 'table' and exists \
                 (select 1 from pragma_table_info(m.name) c where c.name = 'organisation_id') \
                 and exists (select 1 from pragma_table_info(m.name) c where c.name = 'id')",
                &[],
            )?;
            for table in tables {
                let table = table.text(0);
                let sql = format!("select id from {table} where organisation_id = $1 limit 1");
                for row in tx.query(&sql, &[&organisation])? {
                    let id = row.text(0);
                    let prefix = id.split('_').next().unwrap_or_default().to_owned();
                    ids.insert(prefix, id);
                }
            }
            Ok(ids.into_values().collect())
        })
        .unwrap()
}

/// What an unknown id of the same kind looks like.
fn unknown_like(id: &str) -> String {
    let (prefix, hex) = id.split_once('_').unwrap();
    let flipped: String = hex
        .chars()
        .map(|c| if c == '0' { '1' } else { '0' })
        .collect();
    format!("{prefix}_{flipped}")
}

#[tokio::test]
async fn another_tenants_ids_answer_exactly_like_unknown_ones() {
    let app = TestApp::new();
    let organisation = bonafide::cli::demo::play_into(&app.app).await.unwrap();
    let feeds = app.app.db.read_now(bonafide::advisories::list_feeds);
    for feed in feeds.unwrap_or_else(|_| panic!("the demo's feeds can be listed")) {
        let is_known = feed.tone == "fresh" || !feed.is_expected;
        assert!(is_known, "the demo's {} is {}", feed.name, feed.tone);
    }
    let ids = ids_of(&app, &organisation.to_string());
    assert!(
        ids.len() > 12,
        "the demo left only {} kinds of ids",
        ids.len()
    );
    let stranger = app.other_tenant().member(Role::Admin);
    for route in routes() {
        let parameters = route.path.matches('{').count();
        if parameters == 0 || route.access == Access::Anyone {
            continue;
        }
        for id in &ids {
            let (theirs, unknown) = (
                filled(route.path, id),
                filled(route.path, &unknown_like(id)),
            );
            let (theirs, unknown) = (
                ask(&stranger, &route, &theirs).await,
                ask(&stranger, &route, &unknown).await,
            );
            assert_eq!(
                theirs.status, unknown.status,
                "{} {} {id}",
                route.method, route.path
            );
            let (a, b) = (theirs.text().replace(id.as_str(), "ID"), unknown.text());
            let b = b.replace(&unknown_like(id), "ID");
            assert_eq!(a, b, "{} {} {id}", route.method, route.path);
        }
    }
}
