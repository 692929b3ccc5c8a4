//! The façade over both databases keeps its promises.

use crate::kit::on_each_database;
use bonafide::store::{Db, Dialect, Error, Tx, Val};

type Done<T = ()> = Result<T, Error>;

fn job_count(db: &Db) -> i64 {
    db.read_now(|tx: &mut Tx| -> Done<i64> {
        Ok(tx.query_one("select count(*) from jobs", &[])?.int(0))
    })
    .unwrap()
}

fn add_job(tx: &mut Tx) -> Done<u64> {
    tx.execute(
        "insert into jobs (payload, run_at, attempts, state, created_at) \
         values ('x', 1, 0, 'waiting', 1)",
        &[],
    )
}

#[test]
fn a_write_is_kept_and_a_failed_one_is_not() {
    on_each_database(|db| {
        db.write_now(|tx| -> Done { add_job(tx).map(|_| ()) })
            .unwrap();
        let failed = db.write_now(|tx| -> Done {
            add_job(tx)?;
            Err(Error::Engine("on purpose".into()))
        });
        assert!(failed.is_err());
        assert_eq!(job_count(&db), 1);
    });
}

#[test]
fn a_panic_inside_a_transaction_undoes_it_and_leaves_the_database_usable() {
    on_each_database(|db| {
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            db.write_now(|tx| -> Done {
                add_job(tx)?;
                panic!("on purpose")
            })
        }));
        assert!(panicked.is_err());
        assert_eq!(job_count(&db), 0);
        db.write_now(|tx| -> Done { add_job(tx).map(|_| ()) })
            .unwrap();
        assert_eq!(job_count(&db), 1);
    });
}

#[test]
fn every_kind_of_value_comes_back_as_it_went_in() {
    on_each_database(|db| {
        let row = db
            .read_now(|tx: &mut Tx| {
                tx.query_one(
                    "select cast($1 as bigint), cast($2 as text), cast($3 as text)",
                    &[&i64::MAX, &"Grüße\u{1F600}", &Option::<String>::None],
                )
            })
            .unwrap();
        assert_eq!(row.int(0), i64::MAX);
        assert_eq!(row.text(1), "Grüße\u{1F600}");
        assert!(row.is_null(2));
    });
}

#[test]
fn parameters_go_by_their_number_not_by_their_place() {
    on_each_database(|db| {
        let row = db
            .read_now(|tx: &mut Tx| {
                tx.query_one(
                    "select cast($2 as text), cast($1 as text), cast($2 as text)",
                    &[&"first", &"second"],
                )
            })
            .unwrap();
        let texts = [row.text(0), row.text(1), row.text(2)];
        assert_eq!(texts, ["second", "first", "second"]);
    });
}

#[test]
fn many_rows_go_in_with_few_statements() {
    on_each_database(|db| {
        let rows: Vec<Vec<Val>> = (0..2_345)
            .map(|n| vec![Val::Text(format!("mark-{n}")), Val::Int(n)])
            .collect();
        let statements = db
            .write_now(|tx| -> Done<u64> {
                let sql = "insert into clock_marks (name, at) values ($1, $2) returning name";
                assert_eq!(tx.insert_rows(sql, &rows)?.len(), 2_345);
                Ok(tx.statements())
            })
            .unwrap();
        assert!(statements <= 6, "{statements}");
    });
}

/// The plans for a table that was empty yesterday are not those for today's.
#[test]
fn after_many_rows_came_in_the_engine_looks_at_them() {
    on_each_database(|db| {
        let rows: Vec<Vec<Val>> = (0..3_000)
            .map(|n| vec![Val::Text("npm".into()), Val::Text(format!("part-{n}"))])
            .collect();
        let sql = "insert into packages (ecosystem, name) values ($1, $2)";
        db.write_now(|tx| tx.insert_rows(sql, &rows)).unwrap();
        let known = || {
            let sql = match db.dialect() {
                Dialect::Sqlite => "select count(*) from pragma_table_list('sqlite_stat1')",
                Dialect::Postgres => {
                    "select count(*) from pg_stats where schemaname = current_schema() \
                     and tablename = 'packages' and attname = 'name'"
                }
            };
            db.read_now(|tx| tx.query_one(sql, &[])).unwrap().int(0)
        };
        assert_eq!(known(), 0);
        db.refresh_statistics().unwrap();
        assert_eq!(known(), 1);
    });
}

#[test]
fn a_newer_database_is_refused_in_a_sentence() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("db.sqlite");
    let open = || {
        let clock = bonafide::time::Clock::held(crate::kit::start());
        Db::open_sqlite(&file, clock, bonafide::time::Entropy::seeded(1))
    };
    let db = open().unwrap();
    db.write_now(|tx| {
        tx.execute(
            "insert into schema_migrations values ('9999_from_the_future', 1)",
            &[],
        )
    })
    .unwrap();
    drop(db);
    let error = format!("{:#}", open().err().unwrap());
    assert!(error.contains("newer version"), "{error}");
}

#[test]
fn where_nothing_was_set_up_yet_is_said_so_and_stays_so() {
    let look = |opened: anyhow::Result<Db>| {
        let error = opened.err().unwrap();
        let refused = error.downcast_ref::<Error>();
        assert!(matches!(refused, Some(Error::OlderSchema(_))), "{error:#}");
        let told = error.to_string();
        assert!(told.contains("nothing in this database yet"), "{told}");
    };
    let clock = || bonafide::time::Clock::held(crate::kit::start());
    let entropy = || bonafide::time::Entropy::seeded(1);
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("db.sqlite");
    std::fs::write(&file, "").unwrap();
    look(Db::open_sqlite_as_it_is(&file, clock(), entropy()));
    let Ok(url) = std::env::var(crate::kit::POSTGRES) else {
        eprintln!("PostgreSQL: not tried");
        return;
    };
    let schema = format!("fresh{}", std::process::id());
    look(Db::open_postgres_as_it_is(
        &url,
        Some(&schema),
        clock(),
        entropy(),
    ));
    let server = Db::open_postgres(&url, Some(&format!("{schema}b")), clock(), entropy()).unwrap();
    let sql = "select count(*) from pg_namespace where nspname = $1";
    let made = server.read_now(|tx| tx.query_one(sql, &[&schema])).unwrap();
    assert_eq!(made.int(0), 0, "looking made it");
}

#[test]
fn every_statement_is_understood_by_both_databases() {
    on_each_database(|db| {
        for (room, statements) in bonafide::STATEMENTS {
            for (name, sql) in *statements {
                let prepared = db.read_now(|tx: &mut Tx| tx.prepare(sql));
                assert!(prepared.is_ok(), "{room}::{name}: {prepared:?}\n{sql}");
            }
        }
    });
}

#[test]
fn a_write_inside_a_write_is_refused_instead_of_waiting_for_itself() {
    let folder = tempfile::TempDir::new().unwrap();
    let clock = bonafide::time::Clock::held(crate::kit::start());
    let entropy = bonafide::time::Entropy::seeded(1);
    let db = Db::open_sqlite(&folder.path().join("db.sqlite"), clock, entropy).unwrap();
    let inner = db.clone();
    let nested = db.write_now(|tx| -> Done<bool> {
        add_job(tx)?;
        Ok(inner
            .write_now(|tx| -> Done { add_job(tx).map(|_| ()) })
            .is_err())
    });
    assert!(nested.unwrap());
    db.write_now(|tx| -> Done { add_job(tx).map(|_| ()) })
        .unwrap();
    assert_eq!(job_count(&db), 2);
}
