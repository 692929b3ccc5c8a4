//! What happens when several programs want the same rows at once, and when the database goes away
//! for a moment.

use crate::kit::{on_each_database, on_two_openings};
use bonafide::store::{Db, Dialect, Error, Tx};
use std::sync::Barrier;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

type Done<T = ()> = Result<T, Error>;

fn mark(tx: &mut Tx, name: &str) -> Done<i64> {
    let sql = "select at from clock_marks where name = $1";
    Ok(tx.query_opt(sql, &[&name])?.map_or(0, |row| row.int(0)))
}

fn add_to_mark(tx: &mut Tx, name: &str) -> Done {
    let sql = "update clock_marks set at = at + 1 where name = $1";
    assert_eq!(tx.execute(sql, &[&name])?, 1);
    Ok(())
}

fn insert_mark(tx: &mut Tx, name: &str) -> Done {
    let sql = "insert into clock_marks (name, at) values ($1, 0)";
    tx.execute(sql, &[&name]).map(|_| ())
}

/// Two writers that lock two rows in opposite orders; on PostgreSQL they meet in the middle.
#[test]
fn a_deadlock_is_tried_again_and_both_writes_are_kept() {
    on_two_openings(|[one, two]| {
        let names = ["left", "right"];
        let made = one.write_now(|tx| names.iter().try_for_each(|name| insert_mark(tx, name)));
        made.unwrap();
        let tries = AtomicU32::new(0);
        let meet = Barrier::new(2);
        let write = |db: &Db, first: &str, second: &str| {
            let met = AtomicU32::new(0);
            db.write_now(|tx| -> Done {
                tries.fetch_add(1, Ordering::SeqCst);
                add_to_mark(tx, first)?;
                // SQLite lets only one come this far.
                let first_time = met.fetch_add(1, Ordering::SeqCst) == 0;
                if first_time && tx.dialect() == Dialect::Postgres {
                    meet.wait();
                }
                add_to_mark(tx, second)
            })
        };
        thread::scope(|scope| {
            let other = scope.spawn(|| write(&two, "right", "left"));
            write(&one, "left", "right").unwrap();
            other.join().unwrap().unwrap();
        });
        let sums =
            one.read_now(|tx| -> Done<[i64; 2]> { Ok([mark(tx, "left")?, mark(tx, "right")?]) });
        assert_eq!(sums.unwrap(), [2, 2]);
        let wanted = if one.dialect() == Dialect::Postgres {
            3
        } else {
            2
        };
        assert_eq!(
            tries.load(Ordering::SeqCst),
            wanted,
            "one of the two ran twice"
        );
    });
}

/// Each looks first and creates then, as operations do.
#[test]
fn of_two_who_create_the_same_at_once_the_second_sees_the_first() {
    on_two_openings(|[one, two]| {
        let meet = Barrier::new(2);
        let create = |db: &Db| {
            let met = AtomicU32::new(0);
            db.write_now(|tx| -> Done<&'static str> {
                let sql = "select 1 from clock_marks where name = 'new'";
                if tx.query_opt(sql, &[])?.is_some() {
                    return Ok("was there");
                }
                let first_time = met.fetch_add(1, Ordering::SeqCst) == 0;
                if first_time && tx.dialect() == Dialect::Postgres {
                    meet.wait();
                }
                insert_mark(tx, "new")?;
                Ok("made it")
            })
        };
        let mut said = thread::scope(|scope| {
            let other = scope.spawn(|| create(&two));
            [create(&one).unwrap(), other.join().unwrap().unwrap()]
        });
        said.sort_unstable();
        assert_eq!(said, ["made it", "was there"]);
    });
}

#[test]
fn ids_of_a_try_that_failed_are_not_used() {
    on_each_database(|db| {
        if db.dialect() == Dialect::Sqlite {
            return;
        }
        let seen = std::cell::RefCell::new(Vec::<bonafide::ids::ProductId>::new());
        let kept = db
            .write_now(|tx| {
                let id = tx.new_id();
                seen.borrow_mut().push(id);
                if seen.borrow().len() == 1 {
                    insert_mark(tx, &format!("{id}"))?;
                    return Err(tx.overtaken("on purpose".into()));
                }
                insert_mark(tx, &format!("{id}"))?;
                Ok(id)
            })
            .unwrap();
        assert_eq!(seen.borrow().len(), 2);
        assert_eq!(kept, seen.borrow()[1]);
        assert_ne!(kept, seen.borrow()[0]);
        let names = db
            .read_now(|tx| tx.query("select name from clock_marks", &[]))
            .unwrap();
        let names: Vec<String> = names.iter().map(|row| row.text(0)).collect();
        assert_eq!(names, [kept.to_string()]);
    });
}

#[test]
fn tries_are_bounded_and_the_last_error_is_told() {
    on_each_database(|db| {
        let tries = std::cell::Cell::new(0);
        let done = db.write_now(|tx| -> Done {
            tries.set(tries.get() + 1);
            Err(tx.overtaken("always".into()))
        });
        assert!(matches!(done, Err(Error::Retry(_))), "{done:?}");
        assert_eq!(tries.get(), 6);
    });
}

/// PostgreSQL would answer such a commit with a silent rollback.
#[test]
fn nothing_is_acknowledged_when_a_failed_statement_was_passed_over() {
    on_each_database(|db| {
        db.write_now(|tx| insert_mark(tx, "there")).unwrap();
        let done = db.write_now(|tx| -> Done {
            insert_mark(tx, "before")?;
            let _ = insert_mark(tx, "there");
            Ok(())
        });
        let told = done.unwrap_err().to_string();
        assert!(told.contains("passed over"), "{told}");
        let kept = db.read_now(|tx| tx.query("select name from clock_marks", &[]));
        assert_eq!(kept.unwrap().len(), 1);
    });
}

/// As when the server restarts: each connection that lies in the pool is dead.
#[test]
fn after_the_server_dropped_its_connections_the_next_requests_work() {
    on_two_openings(|[one, two]| {
        if one.dialect() == Dialect::Sqlite {
            return;
        }
        // Several at once, so that the pool holds several.
        let own = || -> Vec<i64> {
            let meet = Barrier::new(3);
            thread::scope(|scope| {
                let ask = || {
                    one.read_now(|tx| {
                        meet.wait();
                        tx.query_one("select cast(pg_backend_pid() as bigint)", &[])
                    })
                };
                let all: Vec<_> = (0..3).map(|_| scope.spawn(ask)).collect();
                all.into_iter()
                    .map(|pid| pid.join().unwrap().unwrap().int(0))
                    .collect()
            })
        };
        let end = |pids: &[i64]| {
            let sql = "select pg_terminate_backend(cast(cast($1 as bigint) as integer), 5000)";
            for pid in pids {
                let ended = two.read_now(|tx| tx.query_one(sql, &[pid])).unwrap();
                assert!(ended.bool(0));
            }
        };
        end(&own());
        one.write_now(|tx| insert_mark(tx, "after")).unwrap();
        end(&own());
        assert_eq!(one.read_now(|tx| mark(tx, "after")).unwrap(), 0);
        // In the middle of a transaction.
        let tries = std::cell::Cell::new(0);
        let done = one.write_now(|tx| -> Done {
            insert_mark(tx, "middle")?;
            tries.set(tries.get() + 1);
            if tries.get() == 1 {
                let pid = tx
                    .query_one("select cast(pg_backend_pid() as bigint)", &[])?
                    .int(0);
                end(&[pid]);
            }
            add_to_mark(tx, "middle")
        });
        done.unwrap();
        assert_eq!(tries.get(), 2);
        assert_eq!(one.read_now(|tx| mark(tx, "middle")).unwrap(), 1);
    });
}

/// Goes into one read inside another until there is no connection left; how many there were.
fn hold_all(db: &Db, held: u32) -> (u32, Error) {
    assert!(held < 100, "connections are bounded");
    db.read_now(|_| Ok(hold_all(db, held + 1)))
        .unwrap_or_else(|error: Error| (held, error))
}

#[test]
fn who_finds_all_connections_busy_is_told_to_come_back() {
    on_each_database(|db| {
        let hasty = db.clone().patient_for(Duration::from_millis(20));
        let error = match db.dialect() {
            // There everybody may read at once, and one may write.
            Dialect::Sqlite => db
                .write_now(|_| -> Done<Error> {
                    let other = thread::scope(|scope| {
                        let write = || hasty.write_now(|tx| insert_mark(tx, "other"));
                        scope.spawn(write).join().unwrap()
                    });
                    Ok(other.unwrap_err())
                })
                .unwrap(),
            Dialect::Postgres => {
                let (held, error) = hold_all(&hasty, 0);
                assert!(held >= 2, "{held}");
                error
            }
        };
        assert!(matches!(error, Error::Unavailable(_)), "{error}");
        let trouble = bonafide::trouble::Trouble::from(error);
        let bonafide::trouble::Trouble::Refusal(refusal) = trouble else {
            panic!("{trouble:?}")
        };
        assert_eq!((refusal.status, refusal.code), (503, "database-busy"));
        // All were given back.
        hasty.write_now(|tx| insert_mark(tx, "after")).unwrap();
    });
}

#[test]
fn a_server_that_accepts_and_says_nothing_is_not_waited_for() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let url = format!("postgres://bonafide@127.0.0.1:{port}/x?connect_timeout=1");
    let clock = bonafide::time::Clock::held(crate::kit::start());
    let opened = Db::open_postgres(&url, None, clock, bonafide::time::Entropy::seeded(1));
    let told = format!("{:#}", opened.err().unwrap());
    assert!(told.contains("said nothing for 2 s"), "{told}");
}

#[test]
fn an_address_says_honestly_how_the_connection_is_kept_safe() {
    #[track_caller]
    fn check(address: &str, words: &str) {
        let clock = bonafide::time::Clock::held(crate::kit::start());
        let entropy = bonafide::time::Entropy::seeded(1);
        let told = Db::open_postgres(address, None, clock, entropy).err();
        let told = format!("{:#}", told.expect("nobody listens there"));
        assert!(told.contains(words), "{address}: {told}");
    }
    let at = "postgres://bonafide@127.0.0.1:1/x";
    check(
        &format!("{at}?sslmode=verify-ca"),
        "sslmode=verify-ca is not offered",
    );
    check(
        &format!("{at}?sslmode=allow"),
        "sslmode=allow is not offered",
    );
    check("host=127.0.0.1 port=1 user=x sslmode=allow", "not offered");
    check(
        &format!("{at}?sslrootcert=/nowhere.pem&sslmode=verify-full"),
        "sslrootcert=/nowhere.pem",
    );
    for mode in ["disable", "prefer", "require", "verify-full"] {
        check(
            &format!("{at}?sslmode={mode}&connect_timeout=2"),
            "does not answer",
        );
    }
    check(
        "host=127.0.0.1 port=1 user=x sslmode=verify-full",
        "does not answer",
    );
}
