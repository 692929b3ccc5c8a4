//! Home and search: what they leave out, they say.

use crate::findings::give;
use crate::kit::{TestApp, on_each_database, organisation};
use crate::products::create;
use bonafide::accounts::{Role, Scope};
use serde_json::json;

#[tokio::test]
async fn home_says_how_much_more_waits() {
    let app = TestApp::new();
    let sends = app.token(&[Scope::SignalsWrite]);
    for number in 0..52 {
        let body = json!({
            "vulnerability": format!("CVE-2026-{}", 1_000 + number),
            "title": format!("Seen in the field {number}"),
            "source": "own-telemetry",
            "in_our_product": "yes",
            "reference": format!("alert-{number}"),
        });
        let answer = sends.post_json("/api/bonafide/signals", &body).await;
        assert!(answer.status.is_success(), "{}", answer.text());
    }
    let home = app.member(Role::Psirt).get("/").await.expect(200).text();
    assert!(home.contains("52 items wait for a person"), "{home}");
    assert!(home.contains("Showing 50 of 52"), "{home}");
    assert!(home.contains("href=\"/watch\""), "{home}");
}

#[tokio::test]
async fn a_search_that_finds_more_than_it_shows_says_so() {
    let app = TestApp::new();
    let caller = app.caller(Role::Admin);
    for number in 0..51 {
        create(&app.app.db, &caller, &format!("Sensor 100%_{number}"));
    }
    let psirt = app.member(Role::Psirt);
    let page = psirt.get("/search?q=sensor%20100%25_").await.expect(200);
    let page = page.text();
    assert!(page.contains("The first 50."), "{page}");
    assert_eq!(page.matches("<li><a href=\"/products/prod_").count(), 50);
    let one = psirt.get("/search?q=100%25_50").await.text();
    assert_eq!(one.matches("<li><a href=\"/products/prod_").count(), 1);
    assert!(!one.contains("The first"), "{one}");
}

#[tokio::test]
async fn a_product_may_be_called_as_dependency_track_allows() {
    let app = TestApp::new();
    let admin = app.member(Role::Admin);
    let name = "ä".repeat(255);
    let form = [("name", name.as_str()), ("category", "default")];
    let answer = admin.post_form("/products", &form).await;
    let page = admin.get(&answer.location()).await.expect(200).text();
    assert!(page.contains(&name), "{page}");
    let longer = "a".repeat(256);
    let form = [("name", longer.as_str()), ("category", "default")];
    admin.post_form("/products", &form).await.expect(422);
}

#[tokio::test]
async fn components_of_a_feed_that_is_missing_count_as_unchecked() {
    let app = TestApp::new();
    let caller = app.caller(Role::Admin);
    let purls = ["pkg:npm/p@1.0.0", "pkg:pypi/q@1.0.0", "no-purl"];
    give(&app.app.db, &caller, "Gateway", "1", &purls);
    let said = async || {
        let home = app.member(Role::Psirt).get("/").await.expect(200).text();
        ["3", "2", "one", "none"]
            .into_iter()
            .find(|n| home.contains(&format!("{n} cannot be checked")))
    };
    assert_eq!(said().await, Some("3"), "nothing was imported");
    let record = |ecosystem: &str, name: &str| {
        let id = format!("X-{ecosystem}");
        crate::findings::osv(&id, &[], (ecosystem, name), crate::findings::before("0.1"))
    };
    let options = crate::findings::whole(&app.app.db);
    crate::findings::import_zip(&app.app.db, "npm", &[record("npm", "p")], options);
    assert_eq!(said().await, Some("2"), "npm is there, PyPI is not");
    crate::findings::import_zip(&app.app.db, "PyPI", &[record("PyPI", "q")], options);
    assert_eq!(said().await, Some("one"), "what has no identifier");
}

#[test]
fn a_search_minds_no_capitals_not_even_umlauts() {
    on_each_database(|db| {
        let caller = organisation(&db);
        give(
            &db,
            &caller,
            "Über-Gateway Ölstand",
            "Ä1",
            &["pkg:npm/p@1.0.0"],
        );
        for text in ["über", "ÜBER", "ölSTAND", "-gateway"] {
            let hits = db.read_now(|tx| bonafide::overview::search(tx, &caller, text));
            let hits = hits.unwrap_or_else(|trouble| panic!("{trouble:?}"));
            let found = (hits.products.len(), hits.releases.len());
            assert_eq!(found, (1, 1), "{text}");
        }
        let hits = db.read_now(|tx| bonafide::overview::search(tx, &caller, "uber"));
        assert!(hits.is_ok_and(|hits| hits.is_empty()), "ü is not u");
    });
}
