//! Products and releases: what is recorded, what uploads make, what is refused, what is frozen.

use crate::kit::{TestApp, on_each_database, organisation};
use bonafide::accounts::{Caller, Role, Scope};
use bonafide::ids::{ProductId, ReleaseId};
use bonafide::products::{self, Filter, NewProduct, Placing};
use bonafide::releases::{self, Market, NewRelease};
use bonafide::store::Db;
use bonafide::trouble::Trouble;
use serde_json::json;

pub fn named(name: &str) -> NewProduct {
    NewProduct {
        name: name.into(),
        ..NewProduct::default()
    }
}

pub fn create(db: &Db, caller: &Caller, name: &str) -> ProductId {
    db.write_now(|tx| products::create_product(tx, caller, named(name)))
        .unwrap()
}

pub fn release(db: &Db, caller: &Caller, product: ProductId, version: &str) -> ReleaseId {
    let new = NewRelease {
        version: version.into(),
        ..NewRelease::default()
    };
    db.write_now(|tx| releases::create_release(tx, caller, product, new.clone()))
        .unwrap()
}

/// The code of a refusal.
#[track_caller]
pub fn refused<T: std::fmt::Debug>(result: Result<T, Trouble>) -> &'static str {
    match result {
        Err(Trouble::Refusal(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn names_become_addresses() {
    #[track_caller]
    fn check(name: &str, slug: &str) {
        assert_eq!(products::slug(name), slug, "{name}");
    }
    check("Field Gateway", "field-gateway");
    check("  Field_Gateway  ", "field-gateway");
    check("Wärmepumpe Größe 2", "waermepumpe-groesse-2");
    check("C++ Toolkit", "cplusplus-toolkit");
    check("@acme/widget.js", "acme-widget-js");
    let (a, b) = (products::slug("日本"), products::slug("日光"));
    assert_ne!(a, b);
    assert!(a.bytes().all(|b| b.is_ascii_alphanumeric()), "{a}");
    let (long, longer) = ("x".repeat(100), "x".repeat(101));
    assert_ne!(products::slug(&long), products::slug(&longer));
    assert!(products::slug(&longer).len() <= 80);
}

#[test]
fn a_product_is_kept_with_all_its_facts_and_found_by_search() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let new = NewProduct {
            identification: "FG-200".into(),
            description: "Ein Gerät für 100 % aller Fälle".into(),
            category: "important-class-1".into(),
            annex_entry: Some("annex-3-class-1-12".into()),
            intended_purpose: "Connects machines to a network".into(),
            support_ends_on: Some("2031-03-31".parse().unwrap()),
            support_reason: "Used for ten years".into(),
            contact: Some("security@muster.example".into()),
            placings: vec![
                Placing {
                    member_state: "el".into(),
                    placed_on: None,
                },
                Placing {
                    member_state: "DE".into(),
                    placed_on: Some("2026-04-01".parse().unwrap()),
                },
            ],
            ..named("Field Gateway")
        };
        let id = db
            .write_now(|tx| products::create_product(tx, &caller, new.clone()))
            .unwrap();
        let kept = db
            .read_now(|tx| products::get_product(tx, &caller, id))
            .unwrap();
        assert_eq!(kept.placings[1].member_state, "GR");
        assert_eq!(kept.placings[0].placed_on, new.placings[1].placed_on);
        assert_eq!(kept.support_ends_on, new.support_ends_on);
        let missing: Vec<&str> = products::missing(&kept).iter().map(|m| m.code).collect();
        assert_eq!(missing, ["placing-dates"]);
        create(&db, &caller, "Sensor Hub");
        let search = |text: &str| {
            let filter = Filter {
                search: Some(text.into()),
                ..Filter::default()
            };
            let listed = db
                .read_now(|tx| products::list_products(tx, &caller, &filter, 50))
                .unwrap();
            (listed.matching, listed.total)
        };
        assert_eq!(search("fg-2"), (1, 2));
        assert_eq!(search("GERÄT"), (1, 2));
        assert_eq!(search("100 %"), (1, 2));
        assert_eq!(search("%"), (1, 2), "a percent sign means itself");
        assert_eq!(search("nothing such"), (0, 2));
        assert_eq!(search("' or 1=1 --"), (0, 2));
    });
}

#[test]
fn support_is_judged_by_the_law() {
    #[track_caller]
    fn check(placed_on: &str, ends_on: &str, long_enough: bool) {
        let new = NewProduct {
            support_ends_on: Some(ends_on.parse().unwrap()),
            placings: vec![Placing {
                member_state: "DE".into(),
                placed_on: Some(placed_on.parse().unwrap()),
            }],
            ..named("x")
        };
        let support = products::support(&new).unwrap();
        assert_eq!(support.long_enough, long_enough, "{support:?}");
        assert_eq!(support.citation, "Art. 13(8)");
    }
    check("2026-04-01", "2031-04-01", true);
    check("2026-04-01", "2031-03-31", false);
    check("2028-02-29", "2033-02-28", true);
    assert!(
        products::support(&named("x")).is_none(),
        "nothing known, nothing judged"
    );
}

#[test]
fn what_cannot_be_is_refused_with_its_field() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let check = |new: NewProduct, field: &str, code: &str| match db
            .write_now(|tx| products::create_product(tx, &caller, new.clone()))
        {
            Err(Trouble::Refusal(refusal)) => {
                assert_eq!((refusal.code, refusal.field), (code, Some(field)));
            }
            other => panic!("{other:?}"),
        };
        check(named("  "), "name", "field-required");
        check(named(&"x".repeat(256)), "name", "field-too-long");
        check(named("two\nlines"), "name", "field-one-line");
        let with = |change: &dyn Fn(&mut NewProduct)| {
            let mut new = named("Gateway");
            change(&mut new);
            new
        };
        check(
            with(&|p| p.category = "harmless".into()),
            "category",
            "category-unknown",
        );
        check(
            with(&|p| p.annex_entry = Some("annex-4-1".into())),
            "annex_entry",
            "annex-entry-of-other-category",
        );
        check(
            with(&|p| {
                p.placings = vec![Placing {
                    member_state: "CH".into(),
                    placed_on: None,
                }];
            }),
            "member_states",
            "member-state-unknown",
        );
        check(
            with(&|p| p.support_ends_on = Some("0203-01-01".parse().unwrap())),
            "support_ends_on",
            "day-out-of-range",
        );
        create(&db, &caller, "Gateway");
        check(named("GATEWAY"), "name", "product-name-taken");
    });
}

#[test]
fn two_organisations_may_use_the_same_name_and_never_see_each_other() {
    on_each_database(|db| {
        let (a, b) = (organisation(&db), organisation(&db));
        let (in_a, in_b) = (create(&db, &a, "Gateway"), create(&db, &b, "Gateway"));
        let release_a = release(&db, &a, in_a, "1.0");
        db.write_now(|tx| -> Result<(), Trouble> {
            assert_ne!(in_a, in_b);
            assert_eq!(products::get_product(tx, &a, in_a)?.slug, "gateway");
            assert_eq!(products::get_product(tx, &b, in_b)?.slug, "gateway");
            assert_eq!(refused(products::get_product(tx, &b, in_a)), "not-found");
            assert_eq!(
                refused(products::update_product(tx, &b, in_a, named("Mine"))),
                "not-found"
            );
            assert_eq!(
                refused(products::set_archived(tx, &b, in_a, true)),
                "not-found"
            );
            assert_eq!(
                refused(products::publish_on_trust_page(tx, &b, in_a, true)),
                "not-found"
            );
            assert_eq!(
                refused(products::create_variant(tx, &b, in_a, "x", "")),
                "not-found"
            );
            assert_eq!(
                refused(releases::get_release(tx, &b, release_a)),
                "not-found"
            );
            assert_eq!(
                refused(releases::set_market(tx, &b, release_a, Market::NotYet)),
                "not-found"
            );
            assert_eq!(refused(releases::freeze(tx, &b, release_a)), "not-found");
            assert_eq!(
                refused(releases::create_release(
                    tx,
                    &b,
                    in_a,
                    NewRelease {
                        version: "2".into(),
                        ..NewRelease::default()
                    }
                )),
                "not-found"
            );
            assert_eq!(
                refused(releases::merge_products(tx, &b, in_b, in_a)),
                "not-found"
            );
            assert_eq!(releases::list_of_product(tx, &b, in_a)?.1, 0);
            assert_eq!(
                products::list_products(tx, &b, &Filter::default(), 50)?.total,
                1
            );
            Ok(())
        })
        .unwrap();
    });
}

#[test]
fn an_upload_finds_a_product_by_its_present_and_earlier_names() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let id = create(&db, &caller, "Gateway");
        db.write_now(|tx| -> Result<(), Trouble> {
            products::update_product(tx, &caller, id, named("Field Gateway"))?;
            for name in ["gateway", "Gateway", "field gateway", "FIELD-GATEWAY"] {
                let found = products::find_or_create_by_name(tx, &caller, name, false)?;
                assert_eq!(found, Some(id), "{name}");
            }
            let unknown = products::find_or_create_by_name(tx, &caller, "router", false)?;
            assert_eq!(unknown, None);
            let product = products::get_product(tx, &caller, id)?;
            assert_eq!(product.slug, "gateway", "public addresses stay");
            assert_eq!(
                refused(products::create_product(tx, &caller, named("Gateway"))),
                "product-name-taken"
            );
            Ok(())
        })
        .unwrap();
    });
}

#[tokio::test]
async fn a_product_goes_from_the_form_to_the_database_and_back() {
    let app = TestApp::new();
    let person = app.member(Role::Compliance);
    let form = [
        ("name", "Gateway <b>&\"Co\""),
        ("identification", "FG-200"),
        ("category", "important-class-1"),
        ("annex_entry", "annex-3-class-1-12"),
        ("support_ends_on", "2028-01-31"),
        ("all_member_states", "yes"),
        ("placed_on_all", "2026-04-01"),
        ("placed_on_DE", "2026-05-01"),
    ];
    let answer = person.post_form("/products", &form).await.expect(303);
    let path = answer.location();
    let page = person.get(&path).await.expect(200).text();
    assert!(page.contains("Gateway &#60;b&#62;"), "{page}");
    assert!(!page.contains("<b>&"), "the name is text, not markup");
    assert!(page.contains("may end on 1 May 2031"), "{page}");
    assert!(page.contains("Art. 13(8)"));
    let id = path.strip_prefix("/products/").unwrap().to_owned();
    let api = person
        .get_json(&format!("/api/bonafide/products/{id}"))
        .await
        .expect(200)
        .json();
    assert_eq!(api["placings"].as_array().unwrap().len(), 27);
    assert_eq!(api["support"]["long_enough"], false);
    assert_eq!(api["placings"][7]["placed_on"].as_str().unwrap().len(), 10);
    let bad = [("name", "Kept"), ("support_ends_on", "soon")];
    let again = person
        .post_form(&format!("{path}/edit"), &bad)
        .await
        .expect(422)
        .text();
    assert!(again.contains("value=\"Kept\""), "what was typed stays");
    assert!(again.contains("Last day of support"), "{again}");
    assert!(!person.get("/products").await.text().contains("Kept"));
}

#[tokio::test]
async fn the_same_view_is_a_page_a_table_and_json() {
    let app = TestApp::new();
    let person = app.member(Role::Compliance);
    for name in ["=HYPERLINK(1)", "Sensor Hub"] {
        let body = json!({ "name": name });
        person
            .post_json("/api/bonafide/products", &body)
            .await
            .expect(201);
    }
    let page = person.get("/products?q=sensor").await.expect(200).text();
    assert!(page.contains("Sensor Hub") && !page.contains("HYPERLINK"));
    assert!(page.contains("/products.csv?q=sensor"), "{page}");
    let csv = person.get("/products.csv").await.expect(200);
    assert!(csv.text().contains("'=HYPERLINK(1)"), "{}", csv.text());
    assert_eq!(csv.text().lines().count(), 3);
    let json = person.get("/products.json?q=sensor").await.json();
    assert_eq!(json["matching"], 1);
    assert_eq!(json["total"], 2);
    let none = person.get("/products?q=%25&state=inbox&page=7").await;
    assert!(none.expect(200).text().contains("No product matches"));
}

#[tokio::test]
async fn the_api_says_what_was_wrong() {
    let app = TestApp::new();
    let person = app.member(Role::Compliance);
    let refusal = |answer: crate::kit::Answer, status: u16| {
        let answer = answer.expect(status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        answer.json()["code"].as_str().unwrap().to_owned()
    };
    let post = async |body| person.post_json("/api/bonafide/products", &body).await;
    assert_eq!(refusal(post(json!({})).await, 422), "field-required");
    assert_eq!(
        refusal(post(json!({ "naem": "x" })).await, 422),
        "json-not-understood"
    );
    let made = post(json!({ "name": "Gateway" })).await.expect(201).json();
    let product = made["id"].as_str().unwrap();
    let release = json!({ "product": product, "version": "1.0", "is_latest": true });
    let made = person
        .post_json("/api/bonafide/releases", &release)
        .await
        .expect(201)
        .json();
    assert_eq!(made["market_assumed"], true);
    let twice = person.post_json("/api/bonafide/releases", &release).await;
    assert_eq!(refusal(twice, 409), "version-exists");
    let path = format!("/api/bonafide/releases/{}", made["id"].as_str().unwrap());
    let stated = person
        .patch_json(&path, &json!({ "market": "not-yet", "labels": ["a"] }))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&stated["market"], &stated["market_assumed"]),
        (&json!("not-yet"), &json!(false))
    );
    let unknown = person.patch_json(&path, &json!({ "market": "gone" })).await;
    assert_eq!(refusal(unknown, 422), "market-unknown");
    person
        .post_json(&format!("{path}/freeze"), &json!({}))
        .await
        .expect(200);
    let frozen = person.patch_json(&path, &json!({ "version": "2" })).await;
    assert_eq!(refusal(frozen, 409), "release-frozen");
    let stranger = app.other_tenant().member(Role::Admin);
    let not_theirs = stranger.get_json(&path).await;
    let nothing = stranger
        .get_json("/api/bonafide/releases/rel_00000000000000000000000000000000")
        .await;
    assert_eq!(not_theirs.status, nothing.status);
    assert_eq!(not_theirs.body, nothing.body);
}

#[tokio::test]
async fn each_role_may_what_the_table_says() {
    let app = TestApp::new();
    let compliance = app.member(Role::Compliance);
    let made = compliance
        .post_json("/api/bonafide/products", &json!({ "name": "Gateway" }))
        .await
        .expect(201)
        .json();
    let product = made["id"].as_str().unwrap().to_owned();
    let release = json!({ "product": product, "version": "1.0" });
    let made = compliance
        .post_json("/api/bonafide/releases", &release)
        .await
        .json();
    let release = made["id"].as_str().unwrap().to_owned();
    for role in Role::ALL {
        let person = app.member(role);
        for path in [
            "/products".to_owned(),
            format!("/products/{product}"),
            format!("/releases/{release}"),
        ] {
            person.get(&path).await.expect(200);
        }
        let may = |right: bool| if right { 200 } else { 403 };
        let names = role.permissions().names();
        for (path, permission) in [
            ("/products/new".to_owned(), "products-write"),
            (format!("/products/{product}/edit"), "products-write"),
            (
                format!("/products/{product}/releases/new"),
                "releases-write",
            ),
            (format!("/releases/{release}/edit"), "releases-write"),
            (format!("/releases/{release}/freeze"), "releases-freeze"),
        ] {
            person
                .get(&path)
                .await
                .expect(may(names.contains(&permission)));
        }
    }
    let nobody = app.anonymous().get("/products").await;
    assert_eq!(nobody.location(), "/sign-in?next=%2Fproducts");
    let machine = app.token(&[Scope::FindingsRead]);
    machine
        .post_json("/api/bonafide/products", &json!({ "name": "x" }))
        .await
        .expect(403);
}

#[tokio::test]
async fn an_archived_product_can_be_brought_back() {
    let app = TestApp::new();
    let person = app.member(Role::Compliance);
    let path = person
        .post_form("/products", &[("name", "Gateway")])
        .await
        .location();
    person
        .post_form(&format!("{path}/archive"), &[])
        .await
        .expect(303);
    assert!(!person.get("/products").await.text().contains("Gateway"));
    assert!(
        person
            .get("/products?state=archived")
            .await
            .text()
            .contains("Gateway")
    );
    assert!(person.get(&path).await.text().contains("Bring it back"));
    person
        .post_form(&format!("{path}/bring-back"), &[])
        .await
        .expect(303);
    assert!(person.get("/products").await.text().contains("Gateway"));
}
