//! How far a judgement reaches, and when it ends.

use super::*;
use crate::kit::{on_each_database, organisation};
use bonafide::findings::Judging;
use bonafide::ids::FindingId;
use jiff::SignedDuration;

const OLD: &str = "pkg:npm/lodash@4.17.20";
const OTHER: &str = "pkg:npm/lodash@4.17.19";

fn flaw(db: &Db) {
    let record = osv("CVE-2026-1", &[], ("npm", "lodash"), before("4.17.21"));
    import(db, &record);
}

fn only(db: &Db, caller: &Caller, release: ReleaseId) -> FindingRow {
    let mut rows = list(db, caller, release);
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

#[track_caller]
fn check(db: &Db, caller: &Caller, release: ReleaseId, status: &str) {
    assert_eq!(only(db, caller, release).status, status);
}

fn judge(
    db: &Db,
    caller: &Caller,
    release: ReleaseId,
    scope: &str,
    until: Option<&str>,
) -> Result<usize, Trouble> {
    let id: FindingId = only(db, caller, release).id;
    let judging = Judging {
        status: "not_affected",
        justification: Some("vulnerable_code_not_present"),
        detail: "the function is compiled out",
        scope: Some(scope),
        expires_on: until,
    };
    db.write_now(|tx| findings::assess_findings(tx, caller, &[id], &judging))
}

#[test]
fn a_judgement_reaches_the_releases_its_scope_names_and_never_another_version_or_product() {
    on_each_database(|db| {
        let caller = organisation(&db);
        flaw(&db);
        let first = give(&db, &caller, "Gateway", "1", &[OLD]);
        let second = give(&db, &caller, "Gateway", "2", &[OLD]);
        let bumped = give(&db, &caller, "Gateway", "3", &[OTHER]);
        let stranger = give(&db, &caller, "Camera", "1", &[OLD]);

        assert_eq!(done(judge(&db, &caller, first, "release", None)), 1);
        check(&db, &caller, second, "not_assessed");
        assert_eq!(done(judge(&db, &caller, first, "same-version", None)), 2);
        check(&db, &caller, second, "not_affected");
        let later = give(&db, &caller, "Gateway", "4", &[OLD]);
        check(&db, &caller, later, "not_assessed");

        assert_eq!(done(judge(&db, &caller, first, "until-changed", None)), 3);
        check(&db, &caller, later, "not_affected");
        let next = give(&db, &caller, "Gateway", "5", &[OLD]);
        check(&db, &caller, next, "not_affected");
        check(&db, &caller, bumped, "not_assessed");
        check(&db, &caller, stranger, "not_assessed");
        check_nothing_to_mend(&db);
    });
}

#[test]
fn a_standing_judgement_also_holds_when_the_advisory_comes_after_the_release() {
    on_each_database(|db| {
        let caller = organisation(&db);
        flaw(&db);
        let first = give(&db, &caller, "Gateway", "1", &[OLD]);
        done(judge(&db, &caller, first, "until-changed", None));
        // The record leaves and comes back: the second release gets its finding from the feed.
        let mut withdrawn = osv("CVE-2026-1", &[], ("npm", "lodash"), before("4.17.21"));
        withdrawn["withdrawn"] = json!("2026-11-23T01:00:00Z");
        import(&db, &withdrawn);
        let second = give(&db, &caller, "Gateway", "2", &[OLD]);
        assert!(list(&db, &caller, second).is_empty());
        flaw(&db);
        check(&db, &caller, second, "not_affected");
    });
}

#[test]
fn a_judgement_that_was_taken_back_is_not_repeated() {
    on_each_database(|db| {
        let caller = organisation(&db);
        flaw(&db);
        let first = give(&db, &caller, "Gateway", "1", &[OLD]);
        done(judge(&db, &caller, first, "until-changed", None));
        db.clock().advance(SignedDuration::from_secs(1));
        let id = only(&db, &caller, first).id;
        let affected = Judging {
            status: "affected",
            ..Judging::default()
        };
        done(db.write_now(|tx| findings::assess_findings(tx, &caller, &[id], &affected)));
        let second = give(&db, &caller, "Gateway", "2", &[OLD]);
        check(&db, &caller, second, "not_assessed");
    });
}

#[test]
fn a_judgement_ends_with_its_last_day_and_the_findings_come_back() {
    on_each_database(|db| {
        let caller = organisation(&db);
        flaw(&db);
        let first = give(&db, &caller, "Gateway", "1", &[OLD]);
        let today = db
            .clock()
            .now()
            .to_zoned_datetime(jiff::tz::TimeZone::UTC)
            .date();
        let yesterday = today.yesterday().unwrap().to_string();
        assert!(judge(&db, &caller, first, "release", Some(&yesterday)).is_err());
        assert!(judge(&db, &caller, first, "release", Some("soon")).is_err());
        let last = today.to_string();
        done(judge(&db, &caller, first, "until-changed", Some(&last)));
        let expire = |db: &Db| done(db.write_now(|tx| findings::expire(tx, caller.organisation)));
        assert_eq!(expire(&db), 0, "it holds until the end of the day");
        check(&db, &caller, first, "not_affected");

        db.clock().advance(SignedDuration::from_hours(24));
        assert_eq!(expire(&db), 1);
        check(&db, &caller, first, "not_assessed");
        assert_eq!(expire(&db), 0, "once is enough");
        let later = give(&db, &caller, "Gateway", "2", &[OLD]);
        check(&db, &caller, later, "not_assessed");

        done(judge(&db, &caller, first, "release", None));
        assert_eq!(expire(&db), 0, "what was said since holds");
        check(&db, &caller, first, "not_affected");
    });
}
