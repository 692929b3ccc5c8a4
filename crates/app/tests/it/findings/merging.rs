//! Two flaws that turn out to be one: one finding, one watch item, and what was decided stays.

use super::*;
use crate::cases::decision;
use crate::kit::{caller_of, on_each_database};
use bonafide::accounts::Role;
use bonafide::cases::{self, Because, Verdict, WatchState};
use bonafide::findings::Judging;

const LODASH: &str = "pkg:npm/lodash@4.17.20";

fn record(id: &str, aliases: &[&str], day: &str) -> Value {
    let mut record = osv(id, aliases, ("npm", "lodash"), before("4.17.21"));
    record["modified"] = json!(format!("2026-11-{day}T09:00:00Z"));
    record
}

/// Does what the queued jobs ask of the cases.
fn consider(db: &Db, caller: &Caller) {
    let org = caller.organisation;
    for (_, name) in asked_for_decisions(db) {
        let flaw = done(db.read_now(|tx| bonafide::advisories::find_vulnerability(tx, &name)));
        done(db.write_now(|tx| cases::consider_exploited(tx, org, flaw.as_ref().unwrap().id)));
    }
}

fn items(db: &Db, psirt: &Caller) -> Vec<cases::WatchItem> {
    done(db.read_now(|tx| cases::list_watch_items(tx, psirt, None, 0))).0
}

#[test]
fn one_finding_and_one_watch_item_remain_with_every_decision() {
    on_each_database(|db| {
        let caller = crate::kit::organisation(&db);
        let psirt = caller_of(&db, caller.organisation, Role::Psirt);
        let release = give(&db, &caller, "Gateway", "1", &[LODASH]);
        import(&db, &record("A-1", &["CVE-2026-90001"], "20"));
        import(&db, &record("B-1", &["CVE-2026-90002"], "20"));
        import(&db, &kev(&["CVE-2026-90001", "CVE-2026-90002"]));
        consider(&db, &caller);
        let both = items(&db, &psirt);
        assert_eq!((both.len(), list(&db, &caller, release).len()), (2, 2));

        // One is decided and judged, the other waits.
        let of = |name: &str| {
            let mut found = both.iter();
            found
                .find(|item| item.vulnerability.as_deref() == Some(name))
                .unwrap()
        };
        let (decided, waiting) = (of("CVE-2026-90002"), of("CVE-2026-90001"));
        db.clock().advance(jiff::SignedDuration::from_hours(1));
        let because = Because::NotReachable;
        let mut no = decision(decided, Verdict::NotReportable { because });
        no.reachable = cases::Answered::No;
        done(db.write_now(|tx| cases::decide(tx, &psirt, decided.id, &no)));
        let rows = list(&db, &caller, release);
        let judged = rows
            .iter()
            .find(|row| row.vulnerability == "CVE-2026-90002")
            .unwrap();
        let judging = Judging {
            status: "not_affected",
            justification: Some("vulnerable_code_not_present"),
            detail: "the function is compiled out",
            ..Default::default()
        };
        let ids = [judged.id];
        done(db.write_now(|tx| findings::assess_findings(tx, &psirt, &ids, &judging)));

        // A later record says that both are one.
        import(
            &db,
            &record("A-1", &["CVE-2026-90001", "CVE-2026-90002"], "22"),
        );
        for _ in 0..2 {
            consider(&db, &caller);
            let rows = list(&db, &caller, release);
            assert_eq!(rows.len(), 1);
            assert_eq!(rows[0].status, "not_affected", "what was judged stays");
            let left = items(&db, &psirt);
            assert_eq!(left.len(), 1);
            let kept = &left[0];
            assert_eq!(
                (kept.id, kept.state, kept.first_signal_at),
                (decided.id, WatchState::Waiting, waiting.first_signal_at),
                "what was heard of the other is news to the decided one"
            );
            let view = done(db.read_now(|tx| cases::watch_view(tx, &psirt, kept.id)));
            assert_eq!((view.decisions.len(), view.signals.len()), (1, 2));
            assert_eq!(view.affected.len(), 1);
        }
        let (old, new) = (waiting.id.to_string(), decided.id.to_string());
        let told = "select args, (select count(*) from alarms a where a.subject = notices.id) \
                    from notices where subject = $1 and acknowledged_at is null";
        let told = |subject: &str| db.read_now(|tx| tx.query(told, &[&subject])).unwrap();
        assert_eq!(told(&old).len(), 0, "nobody could stop it any more");
        let standing = told(&new);
        let args: Value = serde_json::from_str(&standing[0].text(0)).unwrap();
        assert_eq!(
            (standing.len(), &args["minutes"]),
            (1, &json!("60")),
            "{args}"
        );
        assert!(standing[0].int(1) > 0, "what stays goes on telling");

        // What is done at the old address happens to the one that stays.
        let given_up = db.write_now(|tx| cases::start_assessment(tx, &psirt, waiting.id));
        done(given_up);
        assert_eq!(items(&db, &psirt)[0].state, WatchState::Assessing);
        let moved = done(db.read_now(|tx| cases::find_watch_view(tx, &psirt, waiting.id)));
        assert_eq!(
            moved.err(),
            Some(decided.id),
            "its address leads to the other"
        );
        check_nothing_to_mend(&db);
    });
}

#[test]
fn one_flaw_has_one_case_whichever_of_its_numbers_stays() {
    for with_case in ["CVE-2026-90001", "CVE-2026-90002"] {
        on_each_database(|db| {
            let caller = crate::kit::organisation(&db);
            let psirt = caller_of(&db, caller.organisation, Role::Psirt);
            give(&db, &caller, "Gateway", "1", &[LODASH]);
            import(&db, &record("A-1", &["CVE-2026-90001"], "20"));
            import(&db, &record("B-1", &["CVE-2026-90002"], "20"));
            import(&db, &kev(&["CVE-2026-90001", "CVE-2026-90002"]));
            check_one_case(&db, &psirt, with_case);
        });
    }
}

/// Of two items one gets a case, the other is not reportable; then both turn out to be one flaw.
fn check_one_case(db: &Db, psirt: &Caller, with_case: &str) {
    let org = psirt.organisation;
    let consider_all = || {
        for name in ["CVE-2026-90001", "CVE-2026-90002"] {
            let flaw = done(db.read_now(|tx| bonafide::advisories::find_vulnerability(tx, name)));
            done(db.write_now(|tx| cases::consider_exploited(tx, org, flaw.as_ref().unwrap().id)));
        }
    };
    consider_all();
    let (mut reported, mut denied) = (None, None);
    for item in items(db, psirt) {
        let is_reported = item.vulnerability.as_deref() == Some(with_case);
        let new = if is_reported {
            decision(&item, crate::cases::aware_at(item.first_signal_at))
        } else {
            let because = Because::NotReachable;
            let mut no = decision(&item, Verdict::NotReportable { because });
            no.reachable = cases::Answered::No;
            no
        };
        done(db.write_now(|tx| cases::decide(tx, psirt, item.id, &new)));
        *(if is_reported {
            &mut reported
        } else {
            &mut denied
        }) = Some(item.id);
    }
    let (reported, denied) = (reported.unwrap(), denied.unwrap());
    let both = ["CVE-2026-90001", "CVE-2026-90002"];
    import(db, &record("A-1", &both, "22"));
    for _ in 0..2 {
        consider_all();
    }
    let signal = cases::NewSignal {
        vulnerability: Some("CVE-2026-90001".into()),
        ..crate::cases::deciding::signal("A customer called")
    };
    let taken = done(db.write_now(|tx| cases::record_signal(tx, psirt, &signal)));
    assert_eq!(taken.watch_item, reported, "{with_case}");
    let left = items(db, psirt);
    let states: Vec<_> = left.iter().map(|item| item.state).collect();
    assert_eq!(states, [WatchState::Decided; 2], "{with_case}");
    // Even a person who takes up the other cannot make a second case with a T0 of its own.
    done(db.write_now(|tx| cases::decide_anew(tx, psirt, denied, "It is reachable.")));
    let item = items(db, psirt)
        .into_iter()
        .find(|item| item.id == denied)
        .unwrap();
    let aware = decision(&item, crate::cases::aware_at(item.first_signal_at));
    let refused = db.write_now(|tx| cases::decide(tx, psirt, denied, &aware));
    match refused {
        Err(bonafide::trouble::Trouble::Refusal(refusal)) => {
            assert_eq!(refusal.code, "case-stands-already");
        }
        other => panic!("{other:?}"),
    }
    let (_, total) =
        done(db.read_now(|tx| cases::list_cases(tx, psirt, &cases::Filter::default(), 0)));
    assert_eq!(total, 1);
}

#[test]
fn a_new_name_of_a_decided_flaw_is_no_news() {
    on_each_database(|db| {
        let caller = crate::kit::organisation(&db);
        let psirt = caller_of(&db, caller.organisation, Role::Psirt);
        give(&db, &caller, "Gateway", "1", &[LODASH]);
        import(&db, &record("B-1", &["EUVD-2026-90002"], "20"));
        import(&db, &euvd_without_cve("EUVD-2026-90002"));
        consider(&db, &caller);
        let item = items(&db, &psirt).remove(0);
        let because = Because::NotReachable;
        let mut no = decision(&item, Verdict::NotReportable { because });
        no.reachable = cases::Answered::No;
        done(db.write_now(|tx| cases::decide(tx, &psirt, item.id, &no)));
        import(
            &db,
            &record("B-1", &["EUVD-2026-90002", "CVE-2026-90002"], "22"),
        );
        import(&db, &record("A-1", &["CVE-2026-90002"], "22"));
        let org = caller.organisation;
        let flaw =
            done(db.read_now(|tx| bonafide::advisories::find_vulnerability(tx, "CVE-2026-90002")));
        done(db.write_now(|tx| cases::consider_exploited(tx, org, flaw.as_ref().unwrap().id)));
        let after = items(&db, &psirt);
        assert_eq!((after.len(), after[0].state), (1, WatchState::Decided));
    });
}

fn euvd_without_cve(id: &str) -> Value {
    json!([{ "cveId": null, "euvdId": id, "dateAdded": "2026-11-22", "sources": ["eukev_kev"] }])
}

#[test]
fn a_record_that_no_longer_matches_closes_its_finding_and_the_watch_item_says_so() {
    on_each_database(|db| {
        let caller = crate::kit::organisation(&db);
        let psirt = caller_of(&db, caller.organisation, Role::Psirt);
        let release = give(&db, &caller, "Gateway", "1", &[LODASH]);
        import(&db, &record("A-1", &["CVE-2026-90001"], "20"));
        import(&db, &kev(&["CVE-2026-90001"]));
        consider(&db, &caller);
        let item = items(&db, &psirt).remove(0);
        let gone = || {
            let view = done(db.read_now(|tx| cases::watch_view(tx, &psirt, item.id)));
            view.affected.iter().map(|a| a.gone).collect::<Vec<_>>()
        };
        assert_eq!(gone(), [false]);
        // It cannot be read any more: what was read stands.
        let mut torn = record("A-1", &["CVE-2026-90001"], "21");
        torn["affected"] = json!(["nonsense"]);
        import(&db, &torn);
        assert_eq!(
            (list(&db, &caller, release).len(), gone()),
            (1, vec![false])
        );
        // It can be read again and says less.
        let mut narrowed = record("A-1", &["CVE-2026-90001"], "22");
        narrowed["affected"][0]["ranges"][0]["events"] = before("4.0.0");
        import(&db, &narrowed);
        assert_eq!((list(&db, &caller, release).len(), gone()), (0, vec![true]));
        // More again, then withdrawn.
        import(&db, &record("A-1", &["CVE-2026-90001"], "23"));
        assert_eq!(
            (list(&db, &caller, release).len(), gone()),
            (1, vec![false])
        );
        let mut withdrawn = record("A-1", &["CVE-2026-90001"], "23");
        withdrawn["withdrawn"] = json!("2026-11-23T00:00:00Z");
        import(&db, &withdrawn);
        assert_eq!((list(&db, &caller, release).len(), gone()), (0, vec![true]));
        let changes =
            "select state, coalesce(reason, '') from finding_changes order by changed_at, reason";
        let rows = db.read_now(|tx| tx.query(changes, &[])).unwrap();
        let reasons: Vec<String> = rows.iter().map(|row| row.text(1)).collect();
        assert!(
            reasons.contains(&"range-narrowed".to_owned()),
            "{reasons:?}"
        );
    });
}
