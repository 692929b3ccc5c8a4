//! The public face: what everybody sees, and above all what nobody outside may see.

use crate::kit::{Answer, TestApp, found};
use crate::products::{create, named, release};
use axum::http::header;
use bonafide::accounts::{self, Caller, Role};
use bonafide::disclosures::{self, NewPublication};
use bonafide::ids::{ProductId, PublicationId};
use bonafide::products::{self, NewProduct};
use bonafide::releases::{self, Market, NewRelease};
use bonafide::store::Db;
use bonafide::trouble::Trouble;
use jiff::{SignedDuration, Timestamp};

/// Stands in the name of everything that must stay inside.
const CANARY: &str = "canary";

fn advise(db: &Db, caller: &Caller, product: ProductId, title: &str) -> PublicationId {
    let new = NewPublication {
        title: title.into(),
        text: format!("The text of {title}"),
        severity: "High".into(),
        cves: vec!["CVE-2026-12345".into()],
        releases: Vec::new(),
    };
    db.write_now(|tx| disclosures::create_draft(tx, caller, product, new.clone()))
        .unwrap()
}

fn on_market(db: &Db, caller: &Caller, product: ProductId, version: &str, market: Market) {
    let id = release(db, caller, product, version);
    db.write_now(|tx| releases::set_market(tx, caller, id, market))
        .unwrap();
}

/// A published organisation with a published product, a release, an advisory, and a canary in
/// every place that must not be seen from outside.
struct Scene {
    app: TestApp,
    caller: Caller,
    slug: String,
    product: ProductId,
    advisory: PublicationId,
    withdrawn: PublicationId,
    /// Public addresses of things that are not public.
    hidden: Vec<String>,
}

fn scene() -> Scene {
    let app = TestApp::new();
    let db = app.app.db.clone();
    let caller = Caller::program(app.organisation.id, "test");
    let gateway = NewProduct {
        description: "Connects machines <i>safely</i>".into(),
        identification: "FG-200".into(),
        support_ends_on: Some("2031-03-31".parse().unwrap()),
        support_reason: "canary: the reasons are ours".into(),
        ..named("Field Gateway & Co")
    };
    let product = db
        .write_now(|tx| products::create_product(tx, &caller, gateway.clone()))
        .unwrap();
    on_market(&db, &caller, product, "4.2.1", Market::OnMarket);
    on_market(&db, &caller, product, "3.0.0", Market::Withdrawn);
    on_market(&db, &caller, product, "9.9-canary", Market::NotYet);
    release(&db, &caller, product, "8.8-canary-assumed");
    let branch = NewRelease {
        branch: Some("canary-branch".into()),
        ..NewRelease::default()
    };
    let hidden = create(&db, &caller, "Canary unpublished");
    on_market(&db, &caller, hidden, "1.0-canary", Market::OnMarket);
    let advisory = advise(&db, &caller, product, "Restart over the network");
    let withdrawn = advise(&db, &caller, product, "Taken back");
    advise(&db, &caller, product, "canary draft");
    let of_hidden = advise(&db, &caller, hidden, "canary advisory");
    let other = found(&db, "Canary Werke GmbH");
    let stranger = Caller::program(other.id, "test");
    let theirs = create(&db, &stranger, "Canary of another");
    let of_theirs = advise(&db, &stranger, theirs, "canary of another");
    let slug = app.organisation.slug.clone();
    db.write_now(|tx| -> Result<(), Trouble> {
        releases::create_release(tx, &caller, product, branch.clone())?;
        accounts::set_trust_published(tx, &caller, true)?;
        products::publish_on_trust_page(tx, &caller, product, true)?;
        products::find_or_create_by_name(tx, &caller, "canary inbox", true)?;
        for id in [advisory, withdrawn, of_hidden] {
            disclosures::publish_publication(tx, &caller, id)?;
        }
        disclosures::withdraw_publication(tx, &caller, withdrawn, "Not ours")?;
        products::publish_on_trust_page(tx, &stranger, theirs, true)?;
        disclosures::publish_publication(tx, &stranger, of_theirs)
    })
    .unwrap();
    let (ours, foreign) = (&slug, &other.slug);
    let hidden = vec![
        format!("/trust/{ours}/products/canary-unpublished"),
        format!("/trust/{ours}/products/canary-inbox"),
        format!("/trust/{ours}/products/canary-of-another"),
        format!("/trust/{ours}/advisories/{of_hidden}"),
        format!("/trust/{ours}/advisories/{of_theirs}"),
        format!("/trust/{foreign}"),
        format!("/trust/{foreign}/products/canary-of-another"),
        format!("/trust/{foreign}/advisories/{of_theirs}"),
        format!("/trust/{foreign}/products/field-gateway-co"),
    ];
    Scene {
        caller,
        slug,
        product,
        advisory,
        withdrawn,
        hidden,
        app,
    }
}

impl Scene {
    fn public(&self) -> Vec<String> {
        let slug = &self.slug;
        vec![
            "/trust".into(),
            "/trust.json".into(),
            "/.well-known/security.txt".into(),
            format!("/trust/{slug}"),
            format!("/trust/{slug}.json"),
            format!("/trust/{slug}?q=unpub"),
            format!("/trust/{slug}.json?q=a"),
            format!("/trust/{slug}/security.txt"),
            format!("/trust/{slug}/products/field-gateway-co"),
            format!("/trust/{slug}/products/field-gateway-co.json"),
            format!("/trust/{slug}/advisories/{}", self.advisory),
            format!("/trust/{slug}/advisories/{}.json", self.advisory),
            format!("/trust/{slug}/advisories/{}", self.withdrawn),
            format!("/trust/{slug}/advisories/{}.json", self.withdrawn),
        ]
    }
}

#[tokio::test]
async fn nothing_unpublished_and_nobody_elses_is_ever_seen() {
    let scene = scene();
    let anonymous = scene.app.anonymous();
    let member = scene.app.member(Role::Admin);
    for path in scene.public() {
        for client in [&anonymous, &member] {
            let answer = client.get(&path).await.expect(200);
            let text = answer.text().to_lowercase();
            assert!(!text.contains(CANARY), "{path}: {text}");
            for (name, value) in &answer.headers {
                let value = String::from_utf8_lossy(value.as_bytes()).to_lowercase();
                assert!(!value.contains(CANARY), "{path}: {name}: {value}");
            }
        }
    }
    let withdrawn = format!("/trust/{}/advisories/{}", scene.slug, scene.withdrawn);
    let page = anonymous.get(&withdrawn).await.text();
    assert!(page.contains("Not ours") && page.contains("Taken back"));
    assert!(!page.contains("The text of") && !page.contains("CVE-2026"));
}

#[tokio::test]
async fn what_is_not_public_answers_exactly_like_what_does_not_exist() {
    let scene = scene();
    let anonymous = scene.app.anonymous();
    let without = |answer: &Answer, path: &str| answer.text().replace(path, "");
    // Below a public organisation the page leads back to it, whatever was asked for.
    let public = format!("/trust/{}/", scene.slug);
    for path in &scene.hidden {
        let nowhere = if path.starts_with(&public) {
            format!("{public}products/nothing")
        } else {
            "/trust/nobody/products/nothing".to_owned()
        };
        let unknown = anonymous.get(&nowhere).await.expect(404);
        let unknown_twin = anonymous
            .get_json(&format!("{nowhere}.json"))
            .await
            .expect(404);
        let answer = anonymous.get(path).await.expect(404);
        assert_eq!(
            without(&answer, path),
            without(&unknown, &nowhere),
            "{path}"
        );
        let twin = format!("{path}.json");
        let answer = anonymous.get_json(&twin).await.expect(404);
        assert_eq!(answer.body, unknown_twin.body, "{twin}");
        assert_eq!(answer.headers, unknown_twin.headers, "{twin}");
    }
    let other = scene.hidden[5].clone();
    let txt = anonymous.get(&format!("{other}/security.txt")).await;
    assert_eq!(txt.status, 404);
    let db = &scene.app.app.db;
    db.write_now(|tx| accounts::set_trust_published(tx, &scene.caller, false))
        .unwrap();
    let nowhere = "/trust/nobody/products/nothing";
    let unknown = anonymous.get(nowhere).await.expect(404);
    for path in scene.public() {
        let answer = anonymous.get(&path).await.expect(404);
        if !path.contains(".json") && !path.contains("security.txt") {
            let path = path.split('?').next().unwrap();
            assert_eq!(without(&answer, path), without(&unknown, nowhere), "{path}");
        }
    }
}

#[tokio::test]
async fn the_json_twin_says_what_the_page_says() {
    let scene = scene();
    let anonymous = scene.app.anonymous();
    #[track_caller]
    fn check(page: &str, value: &serde_json::Value, at: &str) {
        match value {
            serde_json::Value::String(fact) if !fact.is_empty() => {
                let skipped = ["/format", "/url", "_at", "/id", "/category"];
                if skipped.iter().any(|end| at.ends_with(end)) {
                    return;
                }
                let escaped = fact
                    .replace('&', "&#38;")
                    .replace('<', "&#60;")
                    .replace('>', "&#62;");
                assert!(page.contains(&escaped), "{at}: {fact} not in {page}");
            }
            serde_json::Value::Array(list) => {
                for item in list {
                    check(page, item, at);
                }
            }
            serde_json::Value::Object(map) => {
                for (key, item) in map {
                    check(page, item, &format!("{at}/{key}"));
                }
            }
            _ => {}
        }
    }
    for path in [
        format!("/trust/{}", scene.slug),
        format!("/trust/{}/products/field-gateway-co", scene.slug),
    ] {
        let page = anonymous.get(&path).await.expect(200).text();
        let twin = anonymous
            .get_json(&format!("{path}.json"))
            .await
            .expect(200)
            .json();
        check(&page, &twin, "");
    }
    let path = format!("/trust/{}/products/field-gateway-co", scene.slug);
    let page = anonymous.get(&path).await.text();
    assert!(page.contains("March 2031"), "{page}");
    assert!(!page.contains("31 Mar 2031"), "month and year, no more");
    assert!(page.contains("withdrawn from the market"));
    let twin = anonymous.get_json(&format!("{path}.json")).await.json();
    assert_eq!(twin["product"]["support_ends"], "2031-03");
    let mut versions: Vec<&str> = twin["releases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["version"].as_str().unwrap())
        .collect();
    versions.sort_unstable();
    assert_eq!(versions, ["3.0.0", "4.2.1"]);
    assert_eq!(twin["advisories"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_visitor_finds_a_product_and_no_markup_in_names_is_live() {
    let scene = scene();
    let anonymous = scene.app.anonymous();
    let front = format!("/trust/{}", scene.slug);
    let page = anonymous.get(&format!("{front}?q=fg-20")).await.text();
    assert!(page.contains("Field Gateway &#38; Co"), "{page}");
    let none = anonymous
        .get(&format!("{front}?q=%3Cscript%3E"))
        .await
        .text();
    assert!(none.contains("No listed product matches"), "{none}");
    assert!(!none.contains("<script>"), "{none}");
    let sheet = format!("{front}/products/field-gateway-co");
    let page = anonymous.get(&sheet).await.text();
    assert!(page.contains("&#60;i&#62;safely"), "{page}");
    assert!(!page.contains("<script"), "public pages need no JavaScript");
    let empty = TestApp::new();
    let caller = Caller::program(empty.organisation.id, "test");
    empty
        .app
        .db
        .write_now(|tx| accounts::set_trust_published(tx, &caller, true))
        .unwrap();
    let page = empty.anonymous().get("/trust").await.expect(200).text();
    assert!(page.contains("No advisory has been published."), "{page}");
    assert!(page.contains("No product is listed yet."), "{page}");
}

#[tokio::test]
async fn security_txt_is_valid_and_never_stale() {
    let scene = scene();
    for days in [0, 170, 400] {
        scene.app.advance(SignedDuration::from_hours(24 * days));
        let now = scene.app.app.clock.now();
        for path in [
            "/.well-known/security.txt".to_owned(),
            format!("/trust/{}/security.txt", scene.slug),
        ] {
            let answer = scene.app.anonymous().get(&path).await.expect(200);
            assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
            let text = answer.text();
            let fields: Vec<(&str, &str)> = text
                .lines()
                .map(|line| line.split_once(": ").unwrap())
                .collect();
            let all = |name: &str| -> Vec<&str> {
                let of_name = fields.iter().filter(|(key, _)| *key == name);
                of_name.map(|(_, value)| *value).collect()
            };
            assert_eq!(
                all("Contact"),
                [
                    "https://muster.example/report",
                    "mailto:security@muster.example"
                ]
            );
            let [expires] = all("Expires")[..] else {
                panic!("exactly one Expires: {text}");
            };
            let left = expires.parse::<Timestamp>().unwrap().duration_since(now);
            assert!((170..=180).contains(&(left.as_hours() / 24)), "{expires}");
            assert_eq!(all("Preferred-Languages").len(), 1);
            assert_eq!(all("Canonical"), [format!("https://bonafide.test{path}")]);
        }
    }
}

#[test]
fn only_what_can_be_a_contact_becomes_a_link() {
    #[track_caller]
    fn check(text: &str, uri: Option<&str>) {
        let found = bonafide::trust_center::contact_uri(text);
        assert_eq!(found.as_deref(), uri, "{text}");
    }
    check(
        "security@acme.example",
        Some("mailto:security@acme.example"),
    );
    check(
        " mailto:security@acme.example ",
        Some("mailto:security@acme.example"),
    );
    check(
        "https://acme.example/report",
        Some("https://acme.example/report"),
    );
    check("http://acme.example/report", None);
    check("+49 (30) 123-456", Some("tel:+4930123456"));
    check("javascript:alert(1)@acme.example", None);
    check("https://acme.example/\nExpires: never", None);
    check(
        "security@acme.example\r\nContact: mailto:x@evil.example",
        None,
    );
    check("Ask at the desk", None);
    check("", None);
}

#[tokio::test]
async fn a_public_page_may_be_kept_for_a_minute_and_is_asked_for_by_its_tag() {
    let scene = scene();
    for path in scene.public() {
        let first = scene.app.anonymous().get(&path).await.expect(200);
        let control = first.header(header::CACHE_CONTROL);
        assert_eq!(control, "public, max-age=60, must-revalidate", "{path}");
        let tag = first.header(header::ETAG);
        let again = scene.app.anonymous().with("if-none-match", tag.clone());
        let again = again.get(&path).await.expect(304);
        assert!(again.body.is_empty());
        assert_eq!(again.header(header::ETAG), tag);
        let german = scene.app.anonymous().with("accept-language", "de-AT,en");
        let german = german.get(&path).await.expect(200);
        assert!(german.header(header::VARY).contains("accept-language"));
        let member = scene.app.member(Role::Admin).get(&path).await;
        assert_eq!(member.header(header::CACHE_CONTROL), "private, no-cache");
    }
    let front = format!("/trust/{}", scene.slug);
    let german = scene.app.anonymous().with("accept-language", "de-AT,en");
    assert!(
        german
            .get(&front)
            .await
            .text()
            .contains("Sicherheitshinweise")
    );
    let chosen = scene.app.anonymous().with("cookie", "lang=de");
    assert!(
        chosen
            .get(&front)
            .await
            .text()
            .contains("Schwachstelle melden")
    );
}

#[tokio::test]
async fn publishing_shows_first_and_needs_a_tick_and_the_right() {
    let app = TestApp::new();
    let db = &app.app.db;
    let caller = Caller::program(app.organisation.id, "test");
    let product = create(db, &caller, "Field Gateway");
    let waiting = release(db, &caller, product, "4.2.1");
    let slug = app.organisation.slug.clone();
    let admin = app.member(Role::Admin);
    let path = format!("/products/{product}/trust");
    let public = format!("/trust/{slug}/products/field-gateway");
    let seen = admin.get(&path).await.expect(200).text();
    assert!(
        seen.contains("Nobody outside can see that it exists"),
        "{seen}"
    );
    assert!(seen.contains("Releases that stay inside"), "{seen}");
    let publish = [("published", "yes")];
    admin.post_form(&path, &publish).await.expect(422);
    let confirmed = waiting.to_string();
    let publish = [
        ("published", "yes"),
        ("understood", "yes"),
        ("on_market", confirmed.as_str()),
    ];
    for role in Role::ALL {
        let may = role.permissions().names().contains(&"trust-publish");
        if !may {
            let person = app.member(role);
            person.post_form(&path, &publish).await.expect(403);
            person
                .post_form("/trust-center/publish", &publish)
                .await
                .expect(403);
            person.get(&path).await.expect(200);
            person.get("/trust-center/preview").await.expect(200);
        }
    }
    let stranger = app.other_tenant().member(Role::Admin);
    stranger.post_form(&path, &publish).await.expect(404);
    admin.post_form(&path, &publish).await.expect(303);
    app.anonymous().get(&public).await.expect(404);
    let seen = admin.get(&path).await.text();
    assert!(
        seen.contains("your trust page as a whole is not public"),
        "{seen}"
    );
    let preview = admin.get("/trust-center/preview").await.expect(200).text();
    assert!(preview.contains("Nobody outside can see anything of it"));
    assert!(preview.contains("Contact: https://muster.example/report"));
    admin
        .post_form("/trust-center/publish", &[("published", "yes")])
        .await
        .expect(422);
    admin
        .post_form("/trust-center/publish", &publish[..2])
        .await
        .expect(303);
    let shown = app.anonymous().get(&public).await.expect(200).text();
    assert!(shown.contains("4.2.1"), "{shown}");
    admin
        .post_form(&path, &[("published", "no")])
        .await
        .expect(303);
    app.anonymous().get(&public).await.expect(404);
}

#[tokio::test]
async fn two_organisations_may_publish_products_of_the_same_name() {
    let app = TestApp::new();
    let db = &app.app.db;
    let other = found(db, "Andere Werke GmbH");
    for (organisation, text) in [(&app.organisation, "Ours"), (&other, "Theirs")] {
        let caller = Caller::program(organisation.id, "test");
        let new = NewProduct {
            description: text.into(),
            ..named("Gateway")
        };
        db.write_now(|tx| -> Result<(), Trouble> {
            let id = products::create_product(tx, &caller, new.clone())?;
            products::publish_on_trust_page(tx, &caller, id, true)?;
            accounts::set_trust_published(tx, &caller, true)
        })
        .unwrap();
    }
    for (slug, ours, theirs) in [
        (&app.organisation.slug, "Ours", "Theirs"),
        (&other.slug, "Theirs", "Ours"),
    ] {
        let path = format!("/trust/{slug}/products/gateway");
        let page = app.anonymous().get(&path).await.expect(200).text();
        assert!(page.contains(ours) && !page.contains(theirs), "{page}");
    }
    let default = app.anonymous().get("/trust").await.text();
    assert!(default.contains(&app.organisation.name), "the first one's");
    assert!(!default.contains("Andere Werke"));
}

#[tokio::test]
async fn public_pages_cost_a_constant_number_of_statements() {
    let scene = scene();
    let db = &scene.app.app.db;
    let count = || {
        db.read_now(|tx| -> Result<u64, Trouble> {
            let slug = Some(scene.slug.as_str());
            bonafide::trust_center::get_front(tx, slug, None, 1)?;
            Ok(tx.statements())
        })
        .unwrap()
    };
    let before = count();
    for number in 0..20 {
        let id = create(db, &scene.caller, &format!("Product {number}"));
        on_market(db, &scene.caller, id, "1.0", Market::OnMarket);
        let advisory = advise(db, &scene.caller, id, "Something");
        db.write_now(|tx| -> Result<(), Trouble> {
            products::publish_on_trust_page(tx, &scene.caller, id, true)?;
            disclosures::publish_publication(tx, &scene.caller, advisory)
        })
        .unwrap();
    }
    assert_eq!(count(), before);
    let page = scene.app.anonymous().get("/trust").await.text();
    assert!(page.contains("21 products"), "{page}");
    let archived =
        db.write_now(|tx| products::set_archived(tx, &scene.caller, scene.product, true));
    assert!(
        archived.is_err(),
        "what is public is not archived by the way"
    );
}

#[tokio::test]
async fn where_to_report_is_stated_as_soon_as_there_is_any_contact() {
    let scene = scene();
    let db = &scene.app.app.db;
    let slug = &scene.slug;
    let set = |column: &str, value: Option<&str>| {
        let sql = format!("update organisations set {column} = $1 where slug = $2");
        db.write_now(|tx| tx.execute(&sql, &[&value, slug]))
            .unwrap();
    };
    for (report, security, expected) in [
        (None, Some("psirt@muster.example"), "psirt@muster.example"),
        (
            Some("https://muster.example/report"),
            None,
            "https://muster.example/report",
        ),
    ] {
        set("report_address", report);
        set("security_contact", security);
        let page = scene.app.get(&format!("/trust/{slug}")).await.text();
        let stated = page.matches(&format!(">{expected}</a>")).count();
        assert_eq!(stated, 2, "where to report, and the contact: {page}");
        let twin = scene.app.get(&format!("/trust/{slug}.json")).await.json();
        assert_eq!(twin["organisation"]["report_address"], expected);
        assert_eq!(twin["organisation"]["security_contact"], expected);
        let product = format!("/trust/{slug}/products/field-gateway-co");
        let page = scene.app.get(&product).await.expect(200).text();
        assert_eq!(page.matches(&format!(">{expected}</a>")).count(), 2);
        let twin = scene.app.get(&format!("{product}.json")).await.json();
        assert_eq!(twin["product"]["report_address"], expected);
    }
}

#[tokio::test]
async fn a_long_public_list_is_paged_and_says_so() {
    let scene = scene();
    let db = &scene.app.app.db;
    for number in 0..201 {
        let id = create(db, &scene.caller, &format!("Product {number:03}"));
        db.write_now(|tx| products::publish_on_trust_page(tx, &scene.caller, id, true))
            .unwrap();
    }
    let page = scene.app.get("/trust").await.expect(200).text();
    assert!(page.contains("202 products"), "{page}");
    assert!(page.contains("Showing 200 of 202"), "{page}");
    assert!(!page.contains("Product 200"), "{page}");
    let second = scene.app.get("/trust?page=2").await.expect(200).text();
    assert!(second.contains("Product 200"), "{second}");
    let twin = scene.app.get("/trust.json").await.json();
    assert_eq!(twin["products_total"], 202);
    let next = twin["next"].as_str().unwrap();
    let next = next.strip_prefix("https://bonafide.test").unwrap();
    let twin = scene.app.get(next).await.expect(200).json();
    assert_eq!(twin["products"].as_array().unwrap().len(), 2);
    assert!(twin["next"].is_null());
}
