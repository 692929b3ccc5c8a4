//! Packages of distributions meet their distribution's own records, whichever comes first, and
//! documents that an older program read are read again.

use super::*;
use crate::kit::{on_each_database, organisation};
use bonafide::blobs::Blobs;

/// A record of source packages of distributions: ecosystem, name, fix.
fn record(id: &str, fixes: &[(&str, &str, &str)]) -> Value {
    let affected: Vec<Value> = fixes
        .iter()
        .map(|(ecosystem, name, fixed)| {
            json!({ "package": { "ecosystem": ecosystem, "name": name },
                "ranges": [{ "type": "ECOSYSTEM", "events": [{ "introduced": "0" }, { "fixed": fixed }] }] })
        })
        .collect();
    json!({ "schema_version": "1.7.5", "id": id, "modified": "2026-11-20T10:00:00Z",
        "affected": affected })
}

const TLS: &str =
    "pkg:deb/debian/libssl3@3.0.11-1~deb12u1?arch=amd64&distro=debian-12.5&upstream=openssl";
const UTILS: &str = "pkg:deb/debian/bsdutils@1.9-1?arch=amd64&distro=debian-12&epoch=1";
const OTHER_RELEASE: &str = "pkg:deb/debian/libssl1.1@1.1.1w-0?distro=debian-11&upstream=openssl";
const NO_RELEASE: &str = "pkg:deb/debian/openssl@3.0.10-1";

fn records() -> [Value; 2] {
    [
        record(
            "DEBIAN-CVE-2026-1",
            &[("Debian:12", "openssl", "3.0.11-1~deb12u2")],
        ),
        record("DEBIAN-CVE-2026-2", &[("Debian:12", "bsdutils", "1:2.0-1")]),
    ]
}

fn check_found(db: &Db, caller: &Caller, release: ReleaseId) {
    assert_eq!(
        found(db, caller, release),
        [
            "DEBIAN-CVE-2026-1 pkg:deb/debian/libssl3@3.0.11-1~deb12u1?distro=debian-12&upstream=openssl",
            "DEBIAN-CVE-2026-2 pkg:deb/debian/bsdutils@1:1.9-1?distro=debian-12",
        ]
    );
    let coverage = done(db.read_now(|tx| findings::coverage(tx, caller, release)));
    // No feed of Debian was imported whole, so all four stay unchecked under its one name.
    assert_eq!(coverage.blind["Debian"], 4, "{coverage:?}");
    let totals = done(db.read_now(|tx| findings::totals(tx, caller)));
    assert_eq!(totals.unknowns.blind, ["Debian"]);
    check_nothing_to_mend(db);
}

#[test]
fn debian_packages_are_found_by_source_package_release_and_epoch_whichever_comes_first() {
    let purls = [TLS, UTILS, OTHER_RELEASE, NO_RELEASE];
    on_each_database(|db| {
        let caller = organisation(&db);
        let before = give(&db, &caller, "Gateway", "1", &purls);
        for record in records() {
            import(&db, &record);
        }
        let after = give(&db, &caller, "Gateway", "2", &purls);
        check_found(&db, &caller, before);
        check_found(&db, &caller, after);
        // The package of unknown release is possibly affected, and never more than that.
        let undecided = "select v.purl, m.reason from matches m join package_versions v \
                         on v.id = m.package_version_id where m.outcome = 'unknown'";
        let rows = db.read_now(|tx| tx.query(undecided, &[])).unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].text(0), NO_RELEASE);
        assert!(rows[0].text(1).contains("distribution-release-unknown"));
    });
}

#[test]
fn two_releases_of_one_version_are_two_identities() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let of = |release: &str| format!("pkg:deb/debian/curl@7.88.1-10?distro=debian-{release}");
        import(
            &db,
            &record(
                "DEBIAN-CVE-2026-3",
                &[("Debian:12", "curl", "7.88.1-10+deb12u4")],
            ),
        );
        let twelve = give(&db, &caller, "Gateway", "1", &[&of("12.1"), &of("12.9")]);
        let eleven = give(&db, &caller, "Gateway", "2", &[&of("11")]);
        assert_eq!(
            found(&db, &caller, twelve).len(),
            1,
            "point releases are one"
        );
        assert!(found(&db, &caller, eleven).is_empty());
    });
}

#[test]
fn what_an_older_program_read_is_read_again_and_found() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let folder = TempDir::new().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        let bytes = cyclonedx(&[TLS, UTILS, "pkg:npm/p@1.0.0"]);
        blobs.put(&bytes).unwrap();
        let release = give(
            &db,
            &caller,
            "Gateway",
            "1",
            &[TLS, UTILS, "pkg:npm/p@1.0.0"],
        );
        let lost = give(&db, &caller, "Gateway", "2", &["pkg:npm/p@1.0.0"]);
        // As the program before read them: without what decides, and without a key.
        let older = [
            "delete from components where package_version_id in \
             (select id from package_versions where purl like 'pkg:deb%')",
            "delete from package_versions where purl like 'pkg:deb%'",
            "update sboms set reader_version = 0, unidentified = 2, \
             unidentified_reasons = '{\"ecosystem-not-supported\":2}'",
        ];
        for sql in older {
            db.write_now(|tx| tx.execute(sql, &[])).unwrap();
        }
        for record in records() {
            import(&db, &record);
        }
        assert!(found(&db, &caller, release).is_empty());
        assert_eq!(
            (queued(&db), queued(&db)),
            (1, 1),
            "once, however often it starts"
        );
        let read = findings::read_sboms_again(&db, &blobs).unwrap();
        assert_eq!((read.documents, read.missing, read.refused), (1, 1, 0));
        assert_eq!((read.opened, found(&db, &caller, release).len()), (2, 2));
        let sbom = done(db.read_now(|tx| sboms::find_current(tx, &caller, release))).unwrap();
        assert_eq!((sbom.components, sbom.unidentified), (3, 0));
        // Doing it again does nothing, but what is missing is asked for again.
        let read = findings::read_sboms_again(&db, &blobs).unwrap();
        assert_eq!((read.documents, read.missing, read.opened), (0, 1, 0));
        blobs.put(&cyclonedx(&["pkg:npm/p@1.0.0"])).unwrap();
        let read = findings::read_sboms_again(&db, &blobs).unwrap();
        assert_eq!((read.documents, read.missing), (1, 0));
        assert!(found(&db, &caller, lost).is_empty());
        db.write_now(|tx| tx.execute("delete from jobs", &[]))
            .unwrap();
        assert_eq!(queued(&db), 0, "nothing is left to read again");
        check_nothing_to_mend(&db);
    });
}

#[test]
fn a_document_read_again_after_it_was_sorted_leaves_nothing_of_the_older_reading() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let folder = TempDir::new().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        blobs.put(&cyclonedx(&["pkg:npm/p@1.0.0"])).unwrap();
        let release = give(&db, &caller, "Gateway", "1", &["pkg:npm/p@1.0.0"]);
        give(&db, &caller, "Gateway", "2", &["pkg:npm/q@1.0.0"]);
        // The program before took another package version out of it, and that was sorted.
        let older = [
            "update components set package_version_id = \
             (select id from package_versions where purl like '%q@1%') where sbom_num = 1",
            "update sbom_ecosystems set ecosystem = 'PyPI' where sbom_num = 1",
            "update posting_tail set held = null",
        ];
        for sql in older {
            db.write_now(|tx| tx.execute(sql, &[])).unwrap();
        }
        assert_eq!(db.write_now(sboms::fold_postings).unwrap(), 2);
        db.write_now(|tx| tx.execute("update sboms set reader_version = 0 where num = 1", &[]))
            .unwrap();
        import(&db, &record("GHSA-q-1", &[("npm", "q", "2.0.0")]));
        assert_eq!(found(&db, &caller, release), ["GHSA-q-1 pkg:npm/q@1.0.0"]);
        let read = findings::read_sboms_again(&db, &blobs).unwrap();
        assert_eq!((read.documents, read.missing), (1, 0));
        crate::postings::check(&db);
        assert!(found(&db, &caller, release).is_empty());
        // Whatever comes now meets what the document holds, and nothing else.
        import(&db, &record("GHSA-q-2", &[("npm", "q", "2.0.0")]));
        assert!(found(&db, &caller, release).is_empty());
        import(&db, &record("GHSA-p-1", &[("npm", "p", "2.0.0")]));
        assert_eq!(found(&db, &caller, release), ["GHSA-p-1 pkg:npm/p@1.0.0"]);
        check_nothing_to_mend(&db);
        let coverage = done(db.read_now(|tx| findings::coverage(tx, &caller, release)));
        assert_eq!(coverage.blind.keys().collect::<Vec<_>>(), ["npm"]);
        assert_eq!(db.write_now(sboms::fold_postings).unwrap(), 1);
        crate::postings::check(&db);
        check_nothing_to_mend(&db);
    });
}

/// What a start queues: how many jobs wait to read documents again.
fn queued(db: &Db) -> i64 {
    done(db.write_now(findings::schedule_reading));
    let sql = "select count(*) from jobs where payload like '%read-sboms-again%'";
    db.read_now(|tx| tx.query_one(sql, &[])).unwrap().int(0)
}
