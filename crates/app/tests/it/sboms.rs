//! SBOM documents: recorded once, revised, frozen, counted; the dictionary and the postings.

use crate::kit::{on_each_database, organisation};
use bonafide::accounts::Caller;
use bonafide::ids::ReleaseId;
use bonafide::products;
use bonafide::releases::{self, NewRelease};
use bonafide::sboms::{self, Intake, Parsed};
use bonafide::store::{Db, Dialect, Tx};
use bonafide::trouble::{Refusal, Trouble};
use serde_json::{Value, json};

/// A CycloneDX document of `count` npm packages, beginning with number `from`.
pub fn cyclonedx(from: usize, count: usize) -> Value {
    let components: Vec<Value> = (from..from + count)
        .map(|n| {
            json!({
                "type": "library", "name": format!("part-{n}"), "version": "1.0.0",
                "bom-ref": format!("ref-{n}"),
                "purl": format!("pkg:npm/part-{n}@1.0.0?arch=any"),
            })
        })
        .collect();
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": components,
    })
}

fn parsed(document: &Value) -> Parsed {
    sboms::parse(document.to_string().as_bytes()).unwrap_or_else(|t| panic!("{t:?}"))
}

fn write<T: Send + 'static>(
    db: &Db,
    work: impl Fn(&mut Tx) -> Result<T, Trouble>,
) -> Result<T, Trouble> {
    db.write_now(work)
}

/// A release to put documents into.
fn release(db: &Db, caller: &Caller) -> ReleaseId {
    write(db, |tx| {
        let product = products::find_or_create_by_name(tx, caller, "gateway", true)?.unwrap();
        let new = NewRelease {
            version: "4.2.1".into(),
            ..NewRelease::default()
        };
        releases::create_release(tx, caller, product, new)
    })
    .unwrap()
}

fn record(db: &Db, caller: &Caller, to: ReleaseId, document: &Value) -> Result<Intake, Trouble> {
    let parsed = parsed(document);
    write(db, |tx| sboms::record_sbom(tx, caller, to, &parsed, "api"))
}

fn count(db: &Db, table: &str) -> i64 {
    let sql = format!("select count(*) from {table}");
    db.read_now(|tx| tx.query_one(&sql, &[])).unwrap().int(0)
}

#[track_caller]
fn refused<T: std::fmt::Debug>(done: Result<T, Trouble>) -> Refusal {
    match done {
        Err(Trouble::Refusal(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_document_is_recorded_with_its_package_versions_and_postings() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let to = release(&db, &caller);
        let intake = record(&db, &caller, to, &cyclonedx(0, 3)).unwrap();
        assert_eq!((intake.revision, intake.components), (1, 3));
        assert_eq!(intake.new_package_versions.len(), 3);
        assert!(!intake.unchanged && !intake.restored);
        let rows = db
            .read_now(|tx| {
                tx.query(
                    "select v.purl, v.version, p.ecosystem, p.name from package_versions v \
                     join packages p on p.id = v.package_id order by v.purl",
                    &[],
                )
            })
            .unwrap();
        let texts = |row: &bonafide::store::Row| [0, 1, 2, 3].map(|column| row.text(column));
        assert_eq!(
            texts(&rows[0]),
            ["pkg:npm/part-0@1.0.0", "1.0.0", "npm", "part-0"]
        );
        assert_eq!(count(&db, "components"), 3);
    });
}

#[test]
fn a_document_about_something_else_is_taken_with_a_warning() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let to = release(&db, &caller);
        for (name, version, codes) in [
            ("gateway", "4.2.1", vec![]),
            ("Gateway Firmware", "v4.2.1", vec![]),
            ("gateway", "4.2.0", vec!["subject-other-version"]),
            ("thermostat", "4.2.1", vec!["subject-other-name"]),
            (
                "thermostat",
                "9",
                vec!["subject-other-name", "subject-other-version"],
            ),
            ("", "", vec![]),
        ] {
            let mut document = cyclonedx(0, 1);
            let subject = json!({ "type": "firmware", "name": name, "version": version });
            document["metadata"] = json!({ "component": subject });
            let intake = record(&db, &caller, to, &document).unwrap();
            let mut found: Vec<String> = intake
                .warnings
                .of_subject()
                .map(|warning| warning.code.clone())
                .collect();
            found.sort();
            assert_eq!(found, codes, "{name} {version}");
        }
    });
}

#[test]
fn the_same_bytes_again_change_nothing() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let to = release(&db, &caller);
        let first = record(&db, &caller, to, &cyclonedx(0, 3)).unwrap();
        let entries = count(&db, "journal_entries");
        let again = record(&db, &caller, to, &cyclonedx(0, 3)).unwrap();
        assert!(again.unchanged);
        assert_eq!((again.sbom, again.revision), (first.sbom, 1));
        assert!(again.new_package_versions.is_empty());
        assert_eq!(count(&db, "sboms"), 1);
        assert_eq!(count(&db, "journal_entries"), entries);
    });
}

#[test]
fn other_bytes_are_a_new_revision_and_only_new_package_versions_are_matched() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let to = release(&db, &caller);
        record(&db, &caller, to, &cyclonedx(0, 3)).unwrap();
        let second = record(&db, &caller, to, &cyclonedx(1, 3)).unwrap();
        assert_eq!(second.revision, 2);
        assert_eq!(second.new_package_versions.len(), 1);
        assert_eq!(count(&db, "package_versions"), 4);
        assert_eq!(count(&db, "components"), 6);
        let current = db
            .read_now(|tx| sboms::find_current(tx, &caller, to))
            .unwrap();
        assert_eq!(current.unwrap().id, second.sbom);
        let (rows, total) = db
            .read_now(|tx| sboms::list_sboms(tx, &caller, to, 10, 0))
            .unwrap();
        let shown: Vec<_> = rows.iter().map(|r| (r.revision, r.is_current)).collect();
        assert_eq!((shown, total), (vec![(2, true), (1, false)], 2));
    });
}

#[test]
fn an_older_revisions_bytes_make_it_current_again() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let to = release(&db, &caller);
        let first = record(&db, &caller, to, &cyclonedx(0, 3)).unwrap();
        record(&db, &caller, to, &cyclonedx(5, 1)).unwrap();
        let again = record(&db, &caller, to, &cyclonedx(0, 3)).unwrap();
        assert!(again.restored && !again.unchanged);
        assert_eq!((again.sbom, again.revision), (first.sbom, 1));
        assert_eq!(count(&db, "sboms where is_current = true"), 1);
        assert_eq!(count(&db, "sboms"), 2);
    });
}

#[test]
fn a_frozen_release_takes_only_what_it_has() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let to = release(&db, &caller);
        record(&db, &caller, to, &cyclonedx(0, 3)).unwrap();
        write(&db, |tx| releases::freeze(tx, &caller, to)).unwrap();
        let refusal = refused(record(&db, &caller, to, &cyclonedx(0, 4)));
        assert_eq!((refusal.status, refusal.code), (409, "release-frozen"));
        let said: Vec<_> = refusal.args.iter().map(|(name, _)| *name).collect();
        assert!(said.contains(&"by") && said.contains(&"at"), "{refusal:?}");
        assert_eq!(count(&db, "sboms"), 1);
        assert_eq!(count(&db, "package_versions"), 3);
        assert!(
            record(&db, &caller, to, &cyclonedx(0, 3))
                .unwrap()
                .unchanged
        );
    });
}

#[test]
fn the_frozen_evidence_names_the_current_document() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let to = release(&db, &caller);
        record(&db, &caller, to, &cyclonedx(0, 1)).unwrap();
        let second = record(&db, &caller, to, &cyclonedx(0, 2)).unwrap();
        let set = write(&db, |tx| releases::evidence_set(tx, &caller, to)).unwrap();
        let sbom: Vec<_> = set.iter().filter(|proof| proof.slot == "sbom").collect();
        assert_eq!(sbom.len(), 1);
        assert_eq!(sbom[0].reference, second.sbom.to_string());
    });
}

#[test]
fn what_cannot_be_looked_up_is_counted_by_reason() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let to = release(&db, &caller);
        let long = format!("pkg:npm/{}@1", "x".repeat(2_500));
        let document = json!({
            "bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
                { "type": "library", "name": "known", "version": "1", "purl": "pkg:npm/known@1" },
                { "type": "library", "name": "bare", "version": "1" },
                { "type": "file", "name": "/bin/sh" },
                { "type": "library", "name": "deb", "purl": "pkg:rpm/fedora/bash@5.2" },
                { "type": "library", "name": "long", "purl": long },
                { "type": "library", "name": "broken", "purl": "npm/left-pad" },
                { "type": "library", "name": "nul", "purl": "pkg:npm/nul%00byte@1" },
            ],
        });
        let intake = record(&db, &caller, to, &document).unwrap();
        let reasons: Vec<(&str, i64)> = intake
            .unidentified_reasons
            .iter()
            .map(|(code, count)| (code.as_str(), *count))
            .collect();
        assert_eq!(
            reasons,
            [
                ("component-is-file", 1),
                ("distribution-not-supported", 1),
                ("purl-encoding-invalid", 1),
                ("purl-missing", 1),
                ("purl-scheme-missing", 1),
                ("purl-too-long", 1),
            ]
        );
        assert_eq!((intake.components, intake.unidentified), (7, 6));
        // The Fedora package stands in the dictionary, with the reason why nothing is known; two
        // others have names that a CVE record may have, too.
        assert_eq!(count(&db, "package_versions where unmapped is not null"), 3);
        assert_eq!(count(&db, "package_versions where purl like 'name:%'"), 2);
    });
}

#[test]
fn a_version_beside_the_purl_counts_and_qualifiers_do_not() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let to = release(&db, &caller);
        let part = |purl: &str| json!({ "type": "library", "name": "a", "version": "2.0.0", "purl": purl });
        let document = json!({
            "bomFormat": "CycloneDX", "specVersion": "1.5",
            "components": [part("pkg:npm/a"), part("pkg:npm/a@2.0.0?x=1"), part("pkg:npm/a@2.0.0#y")],
        });
        let intake = record(&db, &caller, to, &document).unwrap();
        assert_eq!(intake.new_package_versions.len(), 1);
        assert_eq!(count(&db, "components"), 3);
        assert_eq!(
            count(&db, "package_versions where purl = 'pkg:npm/a@2.0.0'"),
            1
        );
    });
}

#[test]
fn statements_grow_with_batches_and_never_with_rows() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let to = release(&db, &caller);
        let statements = |from: usize, size: usize| {
            let parsed = parsed(&cyclonedx(from, size));
            write(&db, |tx| {
                sboms::record_sbom(tx, &caller, to, &parsed, "api")?;
                Ok(tx.statements())
            })
            .unwrap()
        };
        let ten = statements(0, 10);
        let five_hundred = statements(1_000, 500);
        let thousand = statements(10_000, 1_000);
        assert_eq!(ten, five_hundred);
        // SQLite takes keys in lists: looked up, packages out, looked up again. PostgreSQL takes
        // them as one array.
        let more = match db.dialect() {
            Dialect::Sqlite => 3,
            Dialect::Postgres => 0,
        };
        assert_eq!(thousand, ten + more);
    });
}

#[test]
fn the_same_bytes_at_the_same_instant_are_recorded_once() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let to = release(&db, &caller);
        let documents = [0, 0, 0, 0, 7, 7].map(|from| cyclonedx(from, 600));
        let done: Vec<Intake> = std::thread::scope(|scope| {
            let threads: Vec<_> = documents
                .iter()
                .map(|document| scope.spawn(|| record(&db, &caller, to, document).unwrap()))
                .collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert_eq!(count(&db, "sboms"), 2);
        assert_eq!(count(&db, "sboms where is_current = true"), 1);
        assert_eq!(count(&db, "package_versions"), 607);
        assert_eq!(count(&db, "components"), 1_200);
        let new = done.iter().filter(|i| !i.unchanged && !i.restored).count();
        assert_eq!(new, 2);
    });
}

#[test]
fn anothers_release_and_anothers_document_are_unknown() {
    on_each_database(|db| {
        let (ours, theirs) = (organisation(&db), organisation_named(&db, "Andere AG"));
        let to = release(&db, &ours);
        let refusal = refused(record(&db, &theirs, to, &cyclonedx(0, 1)));
        assert_eq!(refusal.code, "not-found");
        let intake = record(&db, &ours, to, &cyclonedx(0, 1)).unwrap();
        let refusal = refused(db.read_now(|tx| sboms::get_sbom(tx, &theirs, intake.sbom)));
        assert_eq!(refusal.code, "not-found");
        let nobody = bonafide::ids::generate(crate::kit::start(), db.entropy());
        let unknown = refused(db.read_now(|tx| sboms::get_sbom(tx, &theirs, nobody)));
        assert_eq!(unknown, refusal);
    });
}

fn organisation_named(db: &Db, name: &str) -> Caller {
    Caller::program(crate::kit::found(db, name).id, "test")
}
