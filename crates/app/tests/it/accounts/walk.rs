//! Every route against other sites, and this room's pages as everybody; the walk by role and by
//! tenant is the whole program's (`walk.rs`).

use crate::kit::{Client, TestApp};
use axum::http::Method;
use bonafide::accounts::Role;
use bonafide::web::{Access, Route};

/// A route's path with something in every placeholder that is no id of anybody.
fn filled(route: &Route) -> String {
    route
        .path
        .split('/')
        .map(|part| {
            if part.starts_with('{') {
                "unknown"
            } else {
                part
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

async fn ask(client: &Client<'_>, route: &Route) -> u16 {
    let headers = [("accept", "application/json")];
    let answer = client
        .send(route.method.clone(), &filled(route), &headers, Vec::new())
        .await;
    answer.status.as_u16()
}

#[tokio::test]
async fn another_site_acts_in_nobodys_name() {
    let app = TestApp::new();
    let secret = app.member(Role::Admin);
    for route in bonafide::router::routes() {
        if route.method.is_safe() || route.access == Access::Anyone {
            continue;
        }
        for header in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.test"),
        ] {
            let evil = secret.clone().instead(header.0, header.1);
            let status = ask(&evil, &route).await;
            assert_eq!(
                status, 403,
                "{} {} with {header:?}",
                route.method, route.path
            );
        }
    }
}

/// Where this room's own pages are reached by those who may.
#[tokio::test]
async fn every_page_of_this_room_speaks_both_languages() {
    let app = TestApp::new();
    let admin = app.member(Role::Admin);
    for lang in ["en", "de"] {
        admin
            .post_form("/preferences", &[("lang", lang)])
            .await
            .expect(303);
        for path in [
            "/settings",
            "/settings/profile",
            "/settings/organisation",
            "/settings/users",
            "/settings/tokens",
            "/journal",
        ] {
            let page = admin.get(path).await.expect(200).text();
            assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{path}");
            assert_eq!(page.matches("<h1>").count(), 1, "{path}");
        }
    }
}

#[tokio::test]
async fn the_settings_page_hides_what_would_be_refused() {
    let app = TestApp::new();
    for role in Role::ALL {
        let member = app.member(role);
        let page = member.get("/settings").await.expect(200).text();
        for route in bonafide::accounts::routes() {
            let Access::Can(permission) = route.access else {
                continue;
            };
            if route.method == Method::GET {
                let link = format!("href=\"{}\"", route.path);
                let may = role.permissions().contains(permission);
                assert_eq!(
                    page.contains(&link),
                    may,
                    "{} as {}",
                    route.path,
                    role.name()
                );
            }
        }
    }
}

#[tokio::test]
async fn looking_changes_nothing() {
    let app = TestApp::new();
    let admin = app.member(Role::Admin);
    let dump = || {
        app.app
            .db
            .read_now(|tx| {
                let tables =
                    tx.query("select name from sqlite_schema where type = 'table'", &[])?;
                let rows = tables
                    .iter()
                    .map(|row| tx.query(&format!("select * from {}", row.text(0)), &[]));
                rows.collect::<Result<Vec<_>, _>>()
            })
            .unwrap()
    };
    let before = dump();
    for room in [
        bonafide::accounts::routes(),
        bonafide::journal::routes(),
        bonafide::evidence::routes(),
    ] {
        for route in room.iter().filter(|route| route.method == Method::GET) {
            let status = ask(&admin, route).await;
            assert!(
                [200, 404, 410].contains(&status),
                "{}: {status}",
                route.path
            );
        }
    }
    assert_eq!(before, dump());
}
