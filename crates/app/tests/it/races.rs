//! Two people (or two programs) do the same thing at the same instant: one of them makes the
//! row, the other is answered as if they had come a little later.

use crate::kit::{found, on_two_openings, organisation};
use crate::products::{create, named, refused, release};
use crate::sboms::cyclonedx;
use bonafide::accounts::{self, Actor, Caller, NewOrganisation, NewUser, Role};
use bonafide::cases;
use bonafide::notices::{self, Notice};
use bonafide::products;
use bonafide::releases::{self, Change, NewRelease, Target};
use bonafide::sboms;
use bonafide::store::{Db, Dialect, Error, Tx};
use bonafide::trouble::Trouble;
use bonafide::web::words::Lang;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long the two of a race may take to meet.
const RACE_MAX: Duration = Duration::from_secs(60);

/// Runs `one` on the first opening and keeps its transaction open until `other`, on the second,
/// waits for it (or came to its end beside it). SQLite has one writer: there the other waits
/// before it begins.
fn race<A: Send, B: Send>(
    [first, second]: &[Db; 2],
    one: impl Fn(&mut Tx) -> Result<A, Trouble> + Sync,
    other: impl Fn(&mut Tx) -> Result<B, Trouble> + Sync,
) -> (Result<A, Trouble>, Result<B, Trouble>) {
    let (begun, met, ended) = (
        Barrier::new(2),
        AtomicBool::new(false),
        AtomicBool::new(false),
    );
    thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            begun.wait();
            let done = second.write_now(&other);
            ended.store(true, Ordering::SeqCst);
            done
        });
        let done = first.write_now(|tx| {
            let done = one(tx);
            if !met.swap(true, Ordering::SeqCst) {
                begun.wait();
            }
            let deadline = Instant::now() + RACE_MAX;
            while !ended.load(Ordering::SeqCst) && !is_waited_for(tx)? {
                assert!(
                    Instant::now() < deadline,
                    "the other neither waits nor ends"
                );
                thread::yield_now();
            }
            done
        });
        (done, waiting.join().unwrap())
    })
}

/// Whether another transaction waits for this one.
fn is_waited_for(tx: &mut Tx) -> Result<bool, Error> {
    if tx.dialect() == Dialect::Sqlite {
        return Ok(true);
    }
    let sql = "select count(*) from pg_locks where not granted \
               and pg_backend_pid() = any(pg_blocking_pids(pid))";
    Ok(tx.query_one(sql, &[])?.int(0) > 0)
}

fn count(db: &Db, sql: &str) -> i64 {
    db.read_now(|tx| tx.query_one(sql, &[])).unwrap().int(0)
}

/// Both do the same; the second is refused with this code.
#[track_caller]
fn check_refused<T: Send + std::fmt::Debug>(
    dbs: &[Db; 2],
    code: &str,
    work: impl Fn(&mut Tx) -> Result<T, Trouble> + Sync,
) {
    let (one, other) = race(dbs, &work, &work);
    one.unwrap_or_else(|trouble| panic!("{code}: {trouble:?}"));
    assert_eq!(refused(other), code);
}

/// Both do the same; both get the same.
#[track_caller]
fn check_same<T: Send + PartialEq + std::fmt::Debug>(
    dbs: &[Db; 2],
    work: impl Fn(&mut Tx) -> Result<T, Trouble> + Sync,
) -> T {
    let (one, other) = race(dbs, &work, &work);
    let one = one.unwrap();
    assert_eq!(one, other.unwrap());
    one
}

fn version(text: &str) -> NewRelease {
    NewRelease {
        version: text.into(),
        ..NewRelease::default()
    }
}

#[test]
fn of_two_equal_products_variants_or_releases_made_at_once_one_is_refused() {
    on_two_openings(|dbs| {
        let caller = organisation(&dbs[0]);
        let make = |tx: &mut Tx| products::create_product(tx, &caller, named("Gateway"));
        check_refused(&dbs, "product-name-taken", make);
        let gateway = create(&dbs[0], &caller, "Hub");
        let switch = create(&dbs[0], &caller, "Switch");
        // Both take the same new name.
        let rename = |id| {
            let caller = caller.clone();
            move |tx: &mut Tx| products::update_product(tx, &caller, id, named("Router"))
        };
        let (one, other) = race(&dbs, rename(gateway), rename(switch));
        one.unwrap();
        assert_eq!(refused(other), "product-name-taken");
        check_refused(&dbs, "variant-exists", |tx| {
            products::create_variant(tx, &caller, gateway, "230 V", "X-1")
        });
        check_refused(&dbs, "version-exists", |tx| {
            releases::create_release(tx, &caller, gateway, version("1.0"))
        });
        // Two releases take the same version.
        let [a, b] = ["2.0", "2.1"].map(|text| release(&dbs[0], &caller, gateway, text));
        let rename = |id| {
            let caller = caller.clone();
            move |tx: &mut Tx| {
                let change = Change {
                    version: Some("3.0".into()),
                    ..Change::default()
                };
                releases::update_release(tx, &caller, id, change)
            }
        };
        let (one, other) = race(&dbs, rename(a), rename(b));
        one.unwrap();
        assert_eq!(refused(other), "version-exists");
    });
}

#[test]
fn two_uploads_that_make_their_product_and_release_at_once_share_them() {
    on_two_openings(|dbs| {
        let caller = organisation(&dbs[0]);
        let product = check_same(&dbs, |tx| {
            products::find_or_create_by_name(tx, &caller, "Inverter", true)
        });
        let product = product.unwrap();
        let target = Target {
            product: Some(product),
            branch: Some("main".into()),
            labels: vec!["nightly".into()],
            ..Target::default()
        };
        let release = check_same(&dbs, |tx| {
            releases::find_or_create(tx, &caller, product, &target, true)
        });
        let release = release.unwrap();
        let parsed = sboms::parse(cyclonedx(0, 3).to_string().as_bytes()).unwrap();
        let revision = check_same(&dbs, |tx| {
            let intake = sboms::record_sbom(tx, &caller, release, &parsed, "api")?;
            Ok(intake.revision)
        });
        assert_eq!(revision, 1);
        assert_eq!(count(&dbs[0], "select count(*) from products"), 1);
        assert_eq!(count(&dbs[0], "select count(*) from releases"), 1);
        assert_eq!(count(&dbs[0], "select count(*) from sboms"), 1);
    });
}

#[test]
fn of_two_releases_that_become_the_latest_at_once_one_is() {
    on_two_openings(|dbs| {
        let caller = organisation(&dbs[0]);
        let product = create(&dbs[0], &caller, "Gateway");
        let latest = |text: &str| {
            let (caller, new) = (caller.clone(), version(text));
            move |tx: &mut Tx| {
                let new = NewRelease {
                    is_latest: true,
                    ..new.clone()
                };
                releases::create_release(tx, &caller, product, new)
            }
        };
        let (one, other) = race(&dbs, latest("1.0"), latest("2.0"));
        let (one, other) = (one.unwrap(), other.unwrap());
        let latest = "select count(*) from releases where is_latest = true";
        assert_eq!(count(&dbs[0], latest), 1);
        let become_latest = |id| {
            let caller = caller.clone();
            move |tx: &mut Tx| {
                let change = Change {
                    is_latest: Some(true),
                    ..Change::default()
                };
                releases::update_release(tx, &caller, id, change)
            }
        };
        let (a, b) = race(&dbs, become_latest(one), become_latest(other));
        a.unwrap();
        b.unwrap();
        assert_eq!(count(&dbs[0], latest), 1);
    });
}

/// Otherwise an archived product would stand on the public page.
#[test]
fn a_product_archived_and_published_at_once_is_one_of_both() {
    on_two_openings(|dbs| {
        let caller = organisation(&dbs[0]);
        let id = create(&dbs[0], &caller, "Gateway");
        let (one, other) = race(
            &dbs,
            |tx| products::set_archived(tx, &caller, id, true),
            |tx| products::publish_on_trust_page(tx, &caller, id, true),
        );
        one.unwrap();
        assert_eq!(refused(other), "publish-archived");
    });
}

#[test]
fn a_release_made_while_its_product_is_merged_away_is_not_lost() {
    on_two_openings(|dbs| {
        let caller = organisation(&dbs[0]);
        let into = create(&dbs[0], &caller, "Gateway");
        let made = dbs[0]
            .write_now(|tx| products::find_or_create_by_name(tx, &caller, "gateway-fw", true));
        let from = made.unwrap().unwrap();
        let (one, other) = race(
            &dbs,
            |tx| releases::merge_products(tx, &caller, from, into),
            |tx| releases::create_release(tx, &caller, from, version("1.0")),
        );
        one.unwrap();
        assert_eq!(refused(other), "product-merged");
    });
}

#[test]
fn people_and_organisations_made_at_once_do_not_collide() {
    on_two_openings(|dbs| {
        let caller = organisation(&dbs[0]);
        let org = caller.organisation;
        let new = NewUser {
            name: "Kim".into(),
            email: "Kim@muster.example".into(),
            role: Role::Admin,
            password: None,
            lang: Lang::En,
        };
        let actor = Actor::Program("test");
        check_refused(&dbs, "email-taken", |tx| {
            accounts::create_user(tx, org, &actor, &new)
        });
        let new = NewOrganisation {
            name: "Zwei Werke".into(),
            ..NewOrganisation::default()
        };
        let found = |tx: &mut Tx| Ok(accounts::create_organisation(tx, &actor, &new)?.slug);
        let (one, other) = race(&dbs, found, found);
        assert_eq!(one.unwrap(), "zwei-werke");
        assert_eq!(other.unwrap(), "zwei-werke-2");
        // The second invitation of an address takes the first one's link away.
        let invite = |tx: &mut Tx| {
            accounts::create_invitation(tx, &caller, "alex@muster.example", Role::Developer)
        };
        let (one, other) = race(&dbs, invite, invite);
        let (one, other) = (one.unwrap(), other.unwrap());
        let works = |secret: &str| {
            let found = dbs[0].read_now(|tx| accounts::find_invitation(tx, secret));
            found.unwrap().is_some()
        };
        assert_eq!((works(&one), works(&other)), (false, true));
    });
}

#[test]
fn a_first_journal_entry_a_notice_and_a_signal_come_once() {
    on_two_openings(|dbs| {
        let org = found(&dbs[0], "Muster Werke GmbH").id;
        let caller = Caller::program(org, "test");
        let notice = Notice {
            kind: "watch-item-opened",
            subject: "watch_x".into(),
            path: "/".into(),
            args: Vec::new(),
            idempotency_key: "once".into(),
            escalates: false,
            exercise: false,
        };
        check_same(&dbs, |tx| notices::raise(tx, org, &notice));
        let signal = crate::cases::deciding::signal("A customer speaks of CVE-2026-9999");
        let signal = cases::NewSignal {
            vulnerability: Some("CVE-2026-9999".into()),
            reference: Some("ticket 1".into()),
            ..signal
        };
        check_same(&dbs, |tx| {
            let taken = cases::record_signal(tx, &caller, &signal)?;
            Ok((taken.signal, taken.watch_item))
        });
        assert_eq!(count(&dbs[0], "select count(*) from notices"), 2);
        assert_eq!(count(&dbs[0], "select count(*) from signals"), 1);
        assert_eq!(count(&dbs[0], "select count(*) from watch_items"), 1);
    });
}
