//! Which documents hold a package version: whatever was folded, merged, interrupted or came
//! again, the answer is what `components` says of current documents.

use crate::kit::{on_each_database, on_two_openings, organisation};
use crate::sboms::cyclonedx;
use bonafide::accounts::Caller;
use bonafide::ids::ReleaseId;
use bonafide::products;
use bonafide::releases::{self, Target};
use bonafide::sboms;
use bonafide::store::Db;
use bonafide::trouble::Trouble;
use serde_json::json;
use std::collections::BTreeSet;

/// Different package versions the documents of a test draw from.
const POOL: usize = 60;

fn count(db: &Db, table: &str) -> i64 {
    let sql = format!("select count(*) from {table}");
    db.read_now(|tx| tx.query_one(&sql, &[])).unwrap().int(0)
}

fn release(db: &Db, caller: &Caller, version: &str) -> ReleaseId {
    let made = db.write_now(|tx| -> Result<_, Trouble> {
        let product = products::find_or_create_by_name(tx, caller, "gateway", true)?.unwrap();
        let target = Target {
            version: version.into(),
            ..Target::default()
        };
        releases::find_or_create(tx, caller, product, &target, true)
    });
    made.unwrap().unwrap()
}

/// Records a document of some parts of the pool.
fn record(db: &Db, caller: &Caller, to: ReleaseId, parts: impl IntoIterator<Item = usize>) {
    let list = parts.into_iter().map(|part| {
        let part = part % POOL;
        json!({ "type": "library", "name": part.to_string(), "purl": format!("pkg:npm/p{part}@1.0.0") })
    });
    let document = json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "components": list.collect::<Vec<_>>(),
    });
    let parsed = sboms::parse(document.to_string().as_bytes()).unwrap();
    db.write_now(|tx| sboms::record_sbom(tx, caller, to, &parsed, "api"))
        .unwrap();
}

/// What holders say of current documents, and what `components` says.
#[track_caller]
pub fn check(db: &Db) {
    let (told, rows) = db
        .read_now(|tx| -> Result<_, bonafide::store::Error> {
            let ids = tx.query("select id from package_versions", &[])?;
            let told = sboms::holders(tx, ids.iter().map(|row| row.int(0)))?;
            let current = tx.query("select num from sboms where is_current = true", &[])?;
            let current: BTreeSet<i64> = current.iter().map(|row| row.int(0)).collect();
            let rows = tx.query(
                "select distinct c.package_version_id, c.sbom_num from components c \
                 join sboms s on s.num = c.sbom_num and s.is_current = true order by 1, 2",
                &[],
            )?;
            let told = told.into_iter().filter(|pair| current.contains(&pair.1));
            Ok((told.collect::<Vec<_>>(), rows))
        })
        .unwrap();
    let rows: Vec<(i64, i64)> = rows.iter().map(|row| (row.int(0), row.int(1))).collect();
    assert_eq!(told, rows);
}

fn fold(db: &Db) {
    db.write_now(sboms::fold_postings).unwrap();
}

#[test]
fn holders_are_what_the_components_say_however_they_are_sorted() {
    on_each_database(|db| {
        let caller = organisation(&db);
        check(&db);
        for round in 0..27 {
            for number in 0..3 {
                let to = release(&db, &caller, &format!("{}", (round * 3 + number) % 40));
                record(
                    &db,
                    &caller,
                    to,
                    (0..7).map(|n| n * (round + 3) + number * 11 + round),
                );
            }
            check(&db);
            fold(&db);
            check(&db);
        }
        let sorted = sboms::sort_postings(&db).unwrap();
        assert_eq!((sorted.folded, sorted.merged), (0, 24));
        assert_eq!(count(&db, "posting_segments"), 6);
        check(&db);
        assert_eq!(sboms::sort_postings(&db).unwrap(), sboms::Sorted::default());
    });
}

#[test]
fn a_document_that_is_current_again_is_found_after_a_merge_left_it_out() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let to = release(&db, &caller, "1");
        record(&db, &caller, to, [1, 2, 3]);
        fold(&db);
        for part in 10..18 {
            record(&db, &caller, to, [part]);
            fold(&db);
        }
        assert_eq!(sboms::sort_postings(&db).unwrap().merged, 8);
        // One current document is left of the eight.
        assert_eq!(
            count(&db, "posting_segments where level = 2 and entries = 0"),
            1
        );
        check(&db);
        record(&db, &caller, to, [1, 2, 3]);
        check(&db);
        assert_eq!(count(&db, "sboms"), 9);
        fold(&db);
        check(&db);
    });
}

#[test]
fn what_a_process_that_died_left_is_never_seen_and_swept_away() {
    on_each_database(|db| {
        let caller = organisation(&db);
        for number in 0..8 {
            let to = release(&db, &caller, &number.to_string());
            record(&db, &caller, to, [number, number + 1, 40]);
            fold(&db);
        }
        // A death while a segment was built leaves it half; a death after the switch leaves what
        // it was merged from. Here both hold every package version, of documents that never were.
        let junk = |state: &str| {
            db.write_now(|tx| -> Result<(), bonafide::store::Error> {
                let segment = tx.query_one(
                    "insert into posting_segments (level, state, entries) values (2, $1, 1) \
                     returning id",
                    &[&state],
                )?;
                for id in 1..=20_i64 {
                    let held = vec![99_u8, u8::try_from(id).unwrap(), 1, 0];
                    tx.execute(
                        "insert into posting_pages (segment_id, first_version_id, part, held) \
                         values ($1, $2, 0, $3)",
                        &[&segment.int(0), &id, &held],
                    )?;
                }
                Ok(())
            })
            .unwrap();
        };
        junk("building");
        junk("dead");
        check(&db);
        assert_eq!(sboms::sort_postings(&db).unwrap().merged, 8);
        check(&db);
        assert_eq!(count(&db, "posting_segments"), 1);
        let stray = "posting_pages where segment_id not in (select id from posting_segments)";
        assert_eq!(count(&db, stray), 0);
    });
}

#[test]
fn documents_from_before_are_found_before_and_after_they_are_sorted() {
    on_each_database(|db| {
        let caller = organisation(&db);
        for number in 0..140 {
            let to = release(&db, &caller, &number.to_string());
            record(&db, &caller, to, [number, number + 7]);
        }
        // As the migration left it.
        db.write_now(|tx| -> Result<(), bonafide::store::Error> {
            for sql in [
                "delete from posting_pages",
                "delete from posting_segments",
                "delete from posting_tail",
                "insert into posting_tail (sbom_num, entries, held) \
                 select num, components, null from sboms",
            ] {
                tx.execute(sql, &[])?;
            }
            Ok(())
        })
        .unwrap();
        check(&db);
        assert_eq!(sboms::sort_postings(&db).unwrap().folded, 128);
        check(&db);
        assert_eq!(count(&db, "posting_tail"), 12);
    });
}

#[test]
fn recording_sorting_and_asking_at_once_lose_nothing() {
    on_two_openings(|[first, second]| {
        let caller = organisation(&first);
        let releases: Vec<ReleaseId> = (0..24)
            .map(|number| release(&first, &caller, &number.to_string()))
            .collect();
        std::thread::scope(|scope| {
            for (half, db) in [(0, &first), (1, &second)] {
                let (caller, releases) = (&caller, &releases);
                scope.spawn(move || {
                    for (number, to) in releases.iter().enumerate().skip(half).step_by(2) {
                        record(db, caller, *to, [number, number * 5, 50]);
                        fold(db);
                        check(db);
                    }
                });
                scope.spawn(move || {
                    for _ in 0..6 {
                        sboms::sort_postings(db).unwrap();
                        check(db);
                    }
                });
            }
        });
        check(&first);
        sboms::sort_postings(&first).unwrap();
        check(&second);
        assert_eq!(count(&first, "posting_segments where state <> 'live'"), 0);
    });
}

#[test]
fn a_large_document_becomes_a_segment_of_many_pages_at_once() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let to = release(&db, &caller, "1");
        let parsed = sboms::parse(cyclonedx(0, 17_000).to_string().as_bytes()).unwrap();
        db.write_now(|tx| sboms::record_sbom(tx, &caller, to, &parsed, "api"))
            .unwrap();
        assert_eq!(count(&db, "posting_tail"), 0);
        assert!(count(&db, "posting_pages") > 10);
        check(&db);
    });
}
