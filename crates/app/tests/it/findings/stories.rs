//! Findings through their lives.

use super::*;
use crate::kit::{on_each_database, organisation};
use bonafide::findings::Judging;
use bonafide::ids::FindingId;
use bonafide::overview;

const LODASH: &str = "pkg:npm/lodash@4.17.20";

fn lodash(fixed: &str) -> Value {
    osv(
        "GHSA-aaaa-bbbb-cccc",
        &["CVE-2026-90001"],
        ("npm", "lodash"),
        before(fixed),
    )
}

#[test]
fn an_sbom_and_an_advisory_meet_whichever_comes_first() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let early = give(
            &db,
            &caller,
            "Gateway",
            "1",
            &[LODASH, "pkg:npm/left-pad@1.0.0"],
        );
        assert_eq!(counts(&db, &caller, early).open, 0);
        import(&db, &lodash("4.17.21"));
        let late = give(&db, &caller, "Gateway", "2", &[LODASH]);
        let expected = vec![format!("CVE-2026-90001 {LODASH}")];
        assert_eq!(found(&db, &caller, early), expected);
        assert_eq!(found(&db, &caller, late), expected);
        let counted = counts(&db, &caller, early);
        assert_eq!(
            (counted.open, counted.critical, counted.components),
            (1, 1, 2)
        );
        check_nothing_to_mend(&db);
    });
}

#[test]
fn a_finding_closes_with_its_reason_and_comes_back() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let release = give(&db, &caller, "Gateway", "1", &[LODASH]);
        import(&db, &lodash("4.17.21"));
        let id = list(&db, &caller, release)[0].id;

        import(&db, &lodash("4.17.19"));
        assert!(found(&db, &caller, release).is_empty());
        assert_eq!(reason_of(&db, &caller, id), "range-narrowed");

        import(&db, &lodash("4.17.22"));
        assert_eq!(
            list(&db, &caller, release)[0].id,
            id,
            "the same finding again"
        );

        let mut withdrawn = lodash("4.17.22");
        withdrawn["withdrawn"] = json!("2026-11-23T01:00:00Z");
        import(&db, &withdrawn);
        assert_eq!(reason_of(&db, &caller, id), "advisory-withdrawn");

        import(&db, &lodash("4.17.23"));
        give(&db, &caller, "Gateway", "1", &["pkg:npm/left-pad@1.0.0"]);
        assert_eq!(reason_of(&db, &caller, id), "component-removed");
        check_nothing_to_mend(&db);
    });
}

fn reason_of(db: &Db, caller: &Caller, id: FindingId) -> String {
    done(db.read_now(|tx: &mut Tx| -> Result<String, Trouble> {
        let sql = "select coalesce(gone_reason, '') from findings \
                   where organisation_id = $1 and id = $2";
        Ok(tx.query_one(sql, &[&caller.organisation, &id])?.text(0))
    }))
}

fn judge(db: &Db, caller: &Caller, id: FindingId, status: &str) -> Result<usize, Trouble> {
    let judging = Judging {
        status,
        justification: (status == "not_affected").then_some("vulnerable_code_not_present"),
        detail: "the function is compiled out",
        ..Default::default()
    };
    db.write_now(|tx| findings::assess_findings(tx, caller, &[id], &judging))
}

#[test]
fn two_names_of_one_flaw_become_one_finding_and_keep_what_was_said() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let release = give(&db, &caller, "Gateway", "1", &[LODASH]);
        import(
            &db,
            &osv(
                "GHSA-aaaa-bbbb-cccc",
                &[],
                ("npm", "lodash"),
                before("4.17.21"),
            ),
        );
        import(
            &db,
            &osv(
                "X-1",
                &["CVE-2026-90001"],
                ("npm", "lodash"),
                before("4.17.21"),
            ),
        );
        let rows = list(&db, &caller, release);
        assert_eq!(rows.len(), 2);
        for row in &rows {
            judge(&db, &caller, row.id, "under_investigation").unwrap();
        }
        db.clock().advance(jiff::SignedDuration::from_mins(1));
        let last = rows
            .iter()
            .find(|r| r.vulnerability != "CVE-2026-90001")
            .unwrap();
        judge(&db, &caller, last.id, "not_affected").unwrap();

        let mut linked = lodash("4.17.21");
        linked["modified"] = json!("2026-11-21T09:00:00Z");
        import(&db, &linked);
        let rows = list(&db, &caller, release);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].vulnerability, "CVE-2026-90001");
        assert_eq!(
            rows[0].status, "not_affected",
            "the newest judgement of both is in force"
        );
        assert_eq!(
            judgements(&db, rows[0].id),
            3,
            "nothing that was said is lost"
        );
        check_nothing_to_mend(&db);

        // The link is taken back: two flaws again, and the judgement stays where it was made.
        let mut parted = osv(
            "GHSA-aaaa-bbbb-cccc",
            &[],
            ("npm", "lodash"),
            before("4.17.21"),
        );
        parted["modified"] = json!("2026-11-22T09:00:00Z");
        import(&db, &parted);
        let names: Vec<String> = list(&db, &caller, release)
            .into_iter()
            .map(|row| row.vulnerability)
            .collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(names.contains(&"GHSA-aaaa-bbbb-cccc".to_owned()));
        check_nothing_to_mend(&db);
    });
}

fn judgements(db: &Db, id: FindingId) -> i64 {
    done(db.read_now(|tx: &mut Tx| -> Result<i64, Trouble> {
        let sql = "select count(*) from assessments where finding_id = $1";
        Ok(tx.query_one(sql, &[&id])?.int(0))
    }))
}

#[test]
fn known_exploitation_asks_for_a_decision_however_it_came_about() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let org = caller.organisation.to_string();
        let asked = |name: &str| vec![(org.clone(), name.to_owned())];
        give(&db, &caller, "Gateway", "1", &[LODASH]);
        import(&db, &lodash("4.17.21"));
        assert!(asked_for_decisions(&db).is_empty(), "not exploited yet");
        // A new entry for an existing finding.
        import(&db, &kev(&["CVE-2026-90001"]));
        assert_eq!(asked_for_decisions(&db), asked("CVE-2026-90001"));
        import(&db, &kev(&["CVE-2026-90001"]));
        assert!(asked_for_decisions(&db).is_empty(), "nothing new");
        // A new SBOM.
        give(&db, &caller, "Gateway", "2", &[LODASH]);
        assert_eq!(asked_for_decisions(&db), asked("CVE-2026-90001"));
        // A new advisory for an entry that was there first.
        import(
            &db,
            &euvd(&[("CVE-2026-90002", "EUVD-2026-90002", &["eukev_kev"])]),
        );
        assert!(asked_for_decisions(&db).is_empty());
        import(
            &db,
            &osv(
                "GHSA-2222-2222-2222",
                &["CVE-2026-90002"],
                ("npm", "lodash"),
                before("5.0.0"),
            ),
        );
        assert_eq!(asked_for_decisions(&db), asked("CVE-2026-90002"));
        // The European id alone is a name of the same flaw.
        import(
            &db,
            &osv(
                "X-9",
                &["EUVD-2026-90002"],
                ("npm", "lodash"),
                before("5.0.0"),
            ),
        );
        let row =
            done(db.read_now(|tx| bonafide::advisories::find_vulnerability(tx, "EUVD-2026-90002")));
        assert_eq!(row.unwrap().name, "CVE-2026-90002");
    });
}

#[test]
fn a_branch_build_asks_nobody() {
    on_each_database(|db| {
        let caller = organisation(&db);
        import(&db, &lodash("4.17.21"));
        import(&db, &kev(&["CVE-2026-90001"]));
        let release = give_to(&db, &caller, "Gateway", "main", Some("main"), &[LODASH]);
        assert_eq!(counts(&db, &caller, release).exploited, 1);
        assert!(asked_for_decisions(&db).is_empty());
    });
}

#[test]
fn a_go_path_is_possible_under_its_module_unless_the_sbom_names_it() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let inside = "pkg:golang/golang.org/x/net/http2@v0.10.0";
        let alone = give(&db, &caller, "Gateway", "1", &[inside]);
        let record = osv(
            "GO-2026-0001",
            &[],
            ("Go", "golang.org/x/net"),
            before("0.20.0"),
        );
        import_zip(&db, "Go", &[record], whole(&db));
        let both = give(
            &db,
            &caller,
            "Gateway",
            "2",
            &[inside, "pkg:golang/golang.org/x/net@v0.30.0"],
        );
        let possible = |release| {
            let covered = done(db.read_now(|tx| findings::coverage(tx, &caller, release)));
            covered.undecided.get("package-inside-module").copied()
        };
        assert!(
            found(&db, &caller, alone).is_empty(),
            "the path may be a module with versions of its own"
        );
        assert_eq!(possible(alone), Some(1));
        assert!(found(&db, &caller, both).is_empty());
        assert_eq!(
            possible(both),
            None,
            "the module itself is named, and fixed"
        );
        // An SBOM that no longer names the module opens what its silence leaves open.
        give(
            &db,
            &caller,
            "Gateway",
            "2",
            &[inside, "pkg:npm/left-pad@1.0.0"],
        );
        assert_eq!(possible(both), Some(1));
        check_nothing_to_mend(&db);
    });
}

#[test]
fn what_cannot_be_decided_is_counted_with_its_reason() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let release = give(
            &db,
            &caller,
            "Gateway",
            "1",
            &["pkg:npm/lodash", "pkg:generic/blob@1"],
        );
        import_zip(&db, "npm", &[lodash("4.17.21")], whole(&db));
        let counted = counts(&db, &caller, release);
        assert_eq!(
            (counted.open, counted.unchecked, counted.components),
            (0, 2, 2)
        );
        let covered = done(db.read_now(|tx| findings::coverage(tx, &caller, release)));
        assert_eq!(covered.undecided.get("version-missing"), Some(&1));
        let empty = done(db.write_now(|tx| -> Result<ReleaseId, Trouble> {
            let product = products::find_or_create_by_name(tx, &caller, "Gateway", true)?.unwrap();
            let target = releases::Target {
                version: "9".into(),
                ..Default::default()
            };
            Ok(releases::find_or_create(tx, &caller, product, &target, true)?.unwrap())
        }));
        assert!(
            !counts(&db, &caller, empty).has_sbom,
            "nothing was checked, and it says so"
        );
    });
}

#[test]
fn judgements_say_what_they_must_and_stay() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let other = organisation(&db);
        import(&db, &lodash("4.17.21"));
        let release = give(&db, &caller, "Gateway", "1", &[LODASH]);
        let id = list(&db, &caller, release)[0].id;
        let bare = Judging {
            status: "not_affected",
            justification: None,
            detail: "",
            ..Default::default()
        };
        let refused = db.write_now(|tx| findings::assess_findings(tx, &caller, &[id], &bare));
        assert!(
            matches!(refused, Err(Trouble::Refusal(r)) if r.code == "finding-justification-missing")
        );
        let foreign = judge(&db, &other, id, "affected");
        assert!(matches!(foreign, Err(Trouble::Refusal(r)) if r.code == "not-found"));
        judge(&db, &caller, id, "affected").unwrap();
        judge(&db, &caller, id, "not_affected").unwrap();
        let counted = counts(&db, &caller, release);
        assert_eq!((counted.open, counted.critical, counted.settled), (0, 0, 1));
        assert_eq!(judgements(&db, id), 2);
    });
}

#[test]
fn other_organisations_findings_never_show() {
    on_each_database(|db| {
        let (one, two) = (organisation(&db), organisation(&db));
        import(&db, &lodash("4.17.21"));
        let release = give(&db, &one, "Gateway", "1", &[LODASH]);
        let theirs = done(db.read_now(|tx| findings::totals(tx, &two)));
        assert_eq!(
            (
                theirs.findings,
                theirs.unknowns.components,
                theirs.unknowns.releases
            ),
            (0, 0, 0)
        );
        let listed = db.read_now(|tx| findings::list_of_release(tx, &two, release));
        assert!(matches!(listed, Err(Trouble::Refusal(r)) if r.code == "not-found"));
    });
}

#[test]
fn a_list_costs_the_same_statements_whatever_its_length() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let statements = |release: ReleaseId| {
            done(db.read_now(|tx| -> Result<u64, Trouble> {
                findings::list_of_release(tx, &caller, release)?;
                findings::counts(tx, &caller, release)?;
                let filter = findings::Filter::default();
                findings::list_queue(tx, &caller, &filter, (50, 0))?;
                findings::totals(tx, &caller)?;
                findings::coverage(tx, &caller, release)?;
                findings::get_exposure(tx, &caller, "CVE-2026-90001")?;
                sboms::find_current(tx, &caller, release)?;
                sboms::list_sboms(tx, &caller, release, 50, 0)?;
                overview::home(tx, &caller)?;
                overview::search(tx, &caller, "npm")?;
                Ok(tx.statements())
            }))
        };
        import(&db, &lodash("4.17.21"));
        let small = give(&db, &caller, "Gateway", "1", &[LODASH]);
        let few = statements(small);
        let records: Vec<Value> = (0..60)
            .map(|n| {
                let name = format!("p{n}");
                osv(&format!("GHSA-{n}"), &[], ("npm", &name), before("9.0.0"))
            })
            .collect();
        import_zip(&db, "npm", &records, now(&db));
        let purls: Vec<String> = (0..60).map(|n| format!("pkg:npm/p{n}@1.0.0")).collect();
        let purls: Vec<&str> = purls.iter().map(String::as_str).collect();
        let large = give(&db, &caller, "Gateway", "2", &purls);
        assert_eq!(list(&db, &caller, large).len(), 60);
        assert_eq!(statements(large), few);
    });
}
