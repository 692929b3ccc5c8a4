//! Releases: what uploads make, what is refused, what is frozen, and what merging moves.

use crate::findings;
use crate::kit::{TestApp, caller_of, on_each_database, organisation};
use crate::products::{create, named, refused, release};
use bonafide::accounts::{Caller, Role};
use bonafide::products::{self, Filter, State};
use bonafide::releases::{self, Change, Market, NewRelease, Proof, Target};
use bonafide::store::{Db, Dialect};
use bonafide::trouble::Trouble;

#[test]
fn an_upload_makes_a_product_in_the_inbox_which_a_person_keeps_or_merges() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let known = create(&db, &caller, "Field Gateway");
        let made = db
            .write_now(|tx| products::find_or_create_by_name(tx, &caller, "fieldgw", true))
            .unwrap()
            .unwrap();
        let moved = release(&db, &caller, made, "4.2.1");
        db.write_now(|tx| -> Result<(), Trouble> {
            assert!(products::get_product(tx, &caller, made)?.inbox);
            assert_eq!(
                refused(products::publish_on_trust_page(tx, &caller, made, true)),
                "publish-inbox"
            );
            assert_eq!(
                refused(releases::merge_products(tx, &caller, known, made)),
                "merge-only-inbox"
            );
            releases::merge_products(tx, &caller, made, known)?;
            let again = products::find_or_create_by_name(tx, &caller, "fieldgw", true)?;
            assert_eq!(
                again,
                Some(known),
                "the next upload goes to the right product"
            );
            assert_eq!(releases::get_release(tx, &caller, moved)?.product, known);
            let gone = products::get_product(tx, &caller, made)?;
            assert_eq!(gone.merged_into, Some(known));
            assert_eq!(
                refused(products::set_archived(tx, &caller, made, false)),
                "product-merged"
            );
            let inbox = Filter {
                state: State::Inbox,
                ..Filter::default()
            };
            assert_eq!(
                products::list_products(tx, &caller, &inbox, 50)?.matching,
                0
            );
            Ok(())
        })
        .unwrap();
    });
}

#[test]
fn a_merge_that_would_lose_something_is_refused() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let known = create(&db, &caller, "Field Gateway");
        let made = db
            .write_now(|tx| products::find_or_create_by_name(tx, &caller, "fieldgw", true))
            .unwrap()
            .unwrap();
        release(&db, &caller, known, "1.0");
        release(&db, &caller, made, "1.0");
        let code = refused(db.write_now(|tx| releases::merge_products(tx, &caller, made, known)));
        assert_eq!(code, "merge-version-in-both");
        let other = create(&db, &caller, "Other");
        let frozen = release(&db, &caller, made, "2.0");
        db.write_now(|tx| releases::freeze(tx, &caller, frozen))
            .unwrap();
        let code = refused(db.write_now(|tx| releases::merge_products(tx, &caller, made, other)));
        assert_eq!(code, "merge-frozen");
        let still = db
            .read_now(|tx| products::get_product(tx, &caller, made))
            .unwrap();
        assert!(still.inbox && still.merged_into.is_none());
    });
}

#[test]
fn a_token_for_one_product_sees_and_makes_no_other() {
    on_each_database(|db| {
        let everything = organisation(&db);
        let own = create(&db, &everything, "Own");
        let other = create(&db, &everything, "Other");
        let foreign = release(&db, &everything, other, "1.0");
        let bound = Caller {
            only_product: Some(own),
            ..everything.clone()
        };
        db.write_now(|tx| -> Result<(), Trouble> {
            assert_eq!(
                refused(products::get_product(tx, &bound, other)),
                "not-found"
            );
            assert_eq!(
                refused(releases::get_release(tx, &bound, foreign)),
                "not-found"
            );
            assert_eq!(
                refused(releases::list_of_product(tx, &bound, other)),
                "not-found"
            );
            let listed = products::list_products(tx, &bound, &Filter::default(), 50)?;
            assert_eq!((listed.matching, listed.total), (1, 1));
            let by_name = |tx: &mut _, name: &str, create| {
                products::find_or_create_by_name(tx, &bound, name, create)
            };
            assert_eq!(by_name(tx, "Own", true)?, Some(own));
            assert_eq!(by_name(tx, "Other", false)?, None);
            assert_eq!(refused(by_name(tx, "Other", true)), "forbidden");
            assert_eq!(refused(by_name(tx, "New", true)), "forbidden");
            assert_eq!(
                refused(products::create_product(tx, &bound, named("New"))),
                "forbidden"
            );
            let target = Target {
                version: "2.0".into(),
                ..Target::default()
            };
            assert_eq!(
                refused(releases::find_or_create(tx, &bound, other, &target, true)),
                "not-found"
            );
            assert!(releases::find_or_create(tx, &bound, own, &target, true)?.is_some());
            Ok(())
        })
        .unwrap();
    });
}

#[test]
fn a_tag_makes_a_release_and_a_branch_rolls_on() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let product = create(&db, &caller, "Gateway");
        let upload = |version: &str, branch: Option<&str>, latest: Option<bool>, label: &str| {
            let target = Target {
                version: version.into(),
                branch: branch.map(Into::into),
                is_latest: latest,
                labels: vec![label.into()],
                ..Target::default()
            };
            db.write_now(|tx| -> Result<_, Trouble> {
                let id = releases::find_or_create(tx, &caller, product, &target, true)?.unwrap();
                releases::get_release(tx, &caller, id)
            })
            .unwrap()
        };
        let first = upload("1.0", None, Some(true), "ci");
        assert_eq!(first.market, Market::OnMarket);
        assert!(first.market_assumed && first.is_latest && first.is_tagged());
        let again = upload("1.0", None, None, "nightly");
        assert_eq!(again.id, first.id);
        assert!(
            again.is_latest,
            "an upload that says nothing changes nothing"
        );
        assert_eq!(again.labels, ["ci", "nightly"]);
        let main = upload("1.1-SNAPSHOT", Some("main"), Some(true), "ci");
        assert_eq!(
            (main.version.as_str(), main.channel.as_str()),
            ("main", "main")
        );
        assert_eq!(main.market, Market::NotYet);
        assert!(
            !main.is_latest,
            "a branch build is never the latest release"
        );
        assert_eq!(upload("1.2-SNAPSHOT", Some("main"), None, "ci").id, main.id);
        let second = upload("1.1", None, Some(true), "ci");
        assert!(second.is_latest);
        let first = db
            .read_now(|tx| releases::get_release(tx, &caller, first.id))
            .unwrap();
        assert!(!first.is_latest, "only one is the latest");
        let sly = upload("9", Some("release"), None, "ci");
        assert!(!sly.is_tagged(), "a branch called release is a branch");
        assert_eq!(
            refused(
                db.write_now(|tx| { releases::set_market(tx, &caller, main.id, Market::OnMarket) })
            ),
            "branch-not-on-market"
        );
        for number in 0..60 {
            upload("1.1", None, None, &format!("label-{number}"));
        }
        assert_eq!(upload("1.1", None, None, "one more").labels.len(), 20);
    });
}

#[test]
fn an_unknown_release_is_made_only_by_who_may() {
    on_each_database(|db| {
        let program = organisation(&db);
        let product = create(&db, &program, "Gateway");
        let auditor = caller_of(&db, program.organisation, Role::Auditor);
        let target = Target {
            version: "1.0".into(),
            ..Target::default()
        };
        db.write_now(|tx| -> Result<(), Trouble> {
            let seen = releases::find_or_create(tx, &auditor, product, &target, false)?;
            assert_eq!(seen, None);
            assert_eq!(
                refused(releases::find_or_create(
                    tx, &auditor, product, &target, true
                )),
                "forbidden"
            );
            assert_eq!(
                refused(products::find_or_create_by_name(tx, &auditor, "New", true)),
                "forbidden"
            );
            Ok(())
        })
        .unwrap();
    });
}

#[test]
fn a_frozen_release_refuses_changes_and_keeps_its_digest() {
    on_each_database(|db| {
        let program = organisation(&db);
        let caller = caller_of(&db, program.organisation, Role::Compliance);
        let product = create(&db, &caller, "Gateway");
        let id = release(&db, &caller, product, "1.0");
        let proof = |digest: &str| Proof {
            slot: "sbom".into(),
            reference: "sbom_1".into(),
            digest: digest.into(),
        };
        db.write_now(|tx| -> Result<(), Trouble> {
            releases::put_in_evidence_set(tx, &caller, id, &proof("sha256:old"))?;
            releases::put_in_evidence_set(tx, &caller, id, &proof("sha256:new"))?;
            let digest = releases::freeze(tx, &caller, id)?;
            let set = releases::frozen_set(tx, &caller, id)?.unwrap();
            assert_eq!(bonafide::blobs::Digest::of(set.as_bytes()), digest);
            assert!(
                set.contains("sha256:new") && !set.contains("sha256:old"),
                "{set}"
            );
            assert!(set.contains(r#""version":"1.0""#), "{set}");
            let frozen = releases::get_release(tx, &caller, id)?;
            assert_eq!(frozen.frozen_digest.as_deref(), Some(digest.as_str()));
            let change = Change {
                version: Some("1.0.1".into()),
                ..Change::default()
            };
            let refusals = [
                refused(releases::update_release(tx, &caller, id, change)),
                refused(releases::put_in_evidence_set(tx, &caller, id, &proof("x"))),
                refused(releases::freeze(tx, &caller, id)),
                refused(releases::require_unfrozen(&frozen)),
            ];
            assert_eq!(refusals, ["release-frozen"; 4]);
            match releases::require_unfrozen(&frozen) {
                Err(Trouble::Refusal(refusal)) => {
                    let words = bonafide::web::words::Lang::En.refusal(&refusal);
                    assert!(words.contains("Kim compliance"), "{words}");
                    assert!(words.contains("2026-11-23 09:00 UTC"), "{words}");
                }
                other => panic!("{other:?}"),
            }
            let target = Target {
                version: "1.0".into(),
                labels: vec!["late".into()],
                ..Target::default()
            };
            let found = releases::find_or_create(tx, &caller, product, &target, true)?;
            assert_eq!(found, Some(id));
            assert!(releases::get_release(tx, &caller, id)?.labels.is_empty());
            releases::set_market(tx, &caller, id, Market::Withdrawn)?;
            let after = releases::get_release(tx, &caller, id)?;
            assert_eq!(after.market, Market::Withdrawn);
            assert_eq!(after.frozen_digest, frozen.frozen_digest);
            Ok(())
        })
        .unwrap();
    });
}

#[test]
fn who_may_not_freeze_is_refused_and_a_branch_cannot_be_frozen() {
    on_each_database(|db| {
        let program = organisation(&db);
        let product = create(&db, &program, "Gateway");
        let id = release(&db, &program, product, "1.0");
        let developer = caller_of(&db, program.organisation, Role::Developer);
        let code = refused(db.write_now(|tx| releases::freeze(tx, &developer, id)));
        assert_eq!(code, "forbidden");
        let branch = NewRelease {
            branch: Some("main".into()),
            ..NewRelease::default()
        };
        let code = refused(db.write_now(|tx| -> Result<_, Trouble> {
            let id = releases::create_release(tx, &program, product, branch.clone())?;
            releases::freeze(tx, &program, id)
        }));
        assert_eq!(code, "freeze-branch");
    });
}

#[test]
fn a_release_that_comes_to_the_market_is_considered_once() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let product = create(&db, &caller, "Gateway");
        let id = release(&db, &caller, product, "1.0");
        let waiting = |db: &Db| {
            db.read_now(|tx| bonafide::jobs::counts(tx).map_err(Trouble::from))
                .unwrap()
                .iter()
                .map(|(_, n)| n)
                .sum::<i64>()
        };
        for (market, jobs) in [
            (Market::NotYet, 0),
            (Market::NotYet, 0),
            (Market::OnMarket, 1),
            (Market::Withdrawn, 1),
        ] {
            db.write_now(|tx| releases::set_market(tx, &caller, id, market))
                .unwrap();
            assert_eq!(waiting(&db), jobs, "{market:?}");
        }
    });
}

#[tokio::test]
async fn release_pages_lead_a_person_through() {
    let app = TestApp::new();
    let person = app.member(Role::Compliance);
    let made = person
        .post_form("/products", &[("name", "Gateway")])
        .await
        .location();
    let form = [
        ("version", "4.2.1"),
        ("market", "assume"),
        ("labels", "a, b,a"),
    ];
    let release = person
        .post_form(&format!("{made}/releases"), &form)
        .await
        .expect(303)
        .location();
    let page = person.get(&release).await.expect(200).text();
    assert!(page.contains("Nobody has said whether this release is on the market"));
    assert!(page.contains(&format!("{release}/sboms")));
    assert!(page.contains(&format!("{release}/findings")));
    let market = format!("{release}/market");
    person
        .post_form(&market, &[("market", "on-market")])
        .await
        .expect(303);
    let page = person.get(&release).await.text();
    assert!(!page.contains("Nobody has said whether"));
    let freeze = format!("{release}/freeze");
    let unconfirmed = person.post_form(&freeze, &[]).await.expect(422).text();
    assert!(unconfirmed.contains("Tick the box"), "{unconfirmed}");
    person
        .post_form(&freeze, &[("understood", "yes")])
        .await
        .expect(303);
    let page = person.get(&release).await.text();
    assert!(page.contains("Frozen by Kim compliance"), "{page}");
    let set = person.get(&format!("{release}/frozen-set.json")).await;
    let digest = bonafide::blobs::Digest::of(&set.expect(200).body);
    assert!(page.contains(digest.as_str()));
    let late = person
        .post_form(&format!("{release}/edit"), &[("version", "5")])
        .await
        .expect(422)
        .text();
    assert!(late.contains("was frozen by Kim compliance"), "{late}");
}

#[tokio::test]
async fn a_product_page_needs_few_statements_however_many_releases() {
    let app = TestApp::new();
    let db = &app.app.db;
    let caller = Caller::program(app.organisation.id, "test");
    let count = |releases: u32, name: &str| {
        let id = create(db, &caller, name);
        for number in 0..releases {
            release(db, &caller, id, &format!("1.{number}"));
        }
        db.read_now(|tx| -> Result<u64, Trouble> {
            products::get_product(tx, &caller, id)?;
            releases::list_of_product(tx, &caller, id)?;
            Ok(tx.statements())
        })
        .unwrap()
    };
    assert_eq!(count(1, "One"), count(30, "Many"));
    let list = |rows| {
        db.read_now(|tx| -> Result<u64, Trouble> {
            products::list_products(tx, &caller, &Filter::default(), rows)?;
            Ok(tx.statements())
        })
        .unwrap()
    };
    assert_eq!(list(1), list(50));
}

#[tokio::test]
async fn what_is_exploited_waits_for_a_person_as_soon_as_the_release_is_on_the_market() {
    let app = TestApp::new();
    let db = &app.app.db;
    let caller = Caller::program(app.organisation.id, "test");
    let product = create(db, &caller, "Gateway");
    let id = release(db, &caller, product, "1.0");
    let state = |market| {
        db.write_now(|tx| releases::set_market(tx, &caller, id, market))
            .unwrap();
    };
    state(Market::NotYet);
    let cve = "CVE-2026-90001";
    let flaw = findings::osv(
        "GHSA-aaaa-bbbb-cccc",
        &[cve],
        ("npm", "lodash"),
        findings::before("4.17.21"),
    );
    findings::import(db, &flaw);
    findings::import(db, &findings::kev(&[cve]));
    findings::give(db, &caller, "Gateway", "1.0", &["pkg:npm/lodash@4.17.20"]);
    let waiting = async || {
        app.run_jobs().await;
        let page = app.member(Role::Psirt).get("/cases").await.expect(200);
        page.text().contains(cve)
    };
    assert!(!waiting().await, "it is not on the market yet");
    state(Market::OnMarket);
    assert!(waiting().await, "now it is");
}

/// On PostgreSQL two can be at work on one release: what comes after the freeze is refused, even
/// if it began before.
#[test]
fn nothing_slips_into_a_release_while_it_is_being_frozen() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let product = create(&db, &caller, "Gateway");
        let id = release(&db, &caller, product, "1.0");
        let late = Proof {
            slot: "sbom".into(),
            reference: "sbom_1".into(),
            digest: "sha256:late".into(),
        };
        std::thread::scope(|scope| {
            let (db, caller, late) = (&db, &caller, &late);
            let second = db
                .write_now(|tx| -> Result<_, Trouble> {
                    releases::lock_release(tx, caller, id)?;
                    let put = move || {
                        db.write_now(|tx| releases::put_in_evidence_set(tx, caller, id, late))
                    };
                    if tx.dialect() == Dialect::Sqlite {
                        releases::freeze(tx, caller, id)?;
                        return Ok(None);
                    }
                    let second = scope.spawn(put);
                    let waiting = "select count(*) from pg_locks where granted = false";
                    while tx.query_one(waiting, &[])?.int(0) == 0 {
                        std::thread::yield_now();
                    }
                    releases::freeze(tx, caller, id)?;
                    Ok(Some(second))
                })
                .unwrap();
            let done = match second {
                Some(second) => second.join().unwrap(),
                None => db.write_now(|tx| releases::put_in_evidence_set(tx, caller, id, late)),
            };
            assert_eq!(refused(done), "release-frozen");
        });
        let set = db
            .read_now(|tx| releases::evidence_set(tx, &caller, id))
            .unwrap();
        assert!(set.is_empty());
    });
}
