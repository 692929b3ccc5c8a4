//! Alarms fire exactly once, after any stop and any jump of the clock.

use crate::kit::{on_each_database, organisation, start};
use bonafide::clock::{self, Alarm, AlarmRecord, Verdict};
use bonafide::ids::{Id, NoticeId, OrganisationId};
use bonafide::jobs::Job;
use bonafide::store::{Db, Error, Tx, Val};
use bonafide::time::{Clock, Entropy};
use bonafide::trouble::Trouble;
use jiff::{SignedDuration, Timestamp};

const BATCH: usize = 500;

fn organisation_id() -> OrganisationId {
    OrganisationId::from_uuid(uuid(1))
}

fn uuid(number: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(number)
}

fn job(number: u32) -> Job {
    Job::EscalateNotice {
        organisation: organisation_id(),
        notice: NoticeId::from_uuid(uuid(2)),
        step: number,
    }
}

fn alarm(name: &str, due_at: Timestamp) -> Alarm {
    Alarm {
        subject: "case_x".into(),
        name: name.into(),
        generation: 1,
        due_at,
        job: job(1),
    }
}

fn minutes(number: i64) -> SignedDuration {
    SignedDuration::from_mins(number)
}

fn arm(db: &Db, alarm: &Alarm) {
    db.write_now(|tx| clock::arm(tx, organisation_id(), alarm))
        .unwrap_or_else(|trouble| panic!("{trouble:?}"));
}

fn cancel(db: &Db, organisation: OrganisationId, prefix: &str) -> u64 {
    db.write_now(|tx| clock::cancel(tx, organisation, "case_x", prefix))
        .unwrap_or_else(|trouble| panic!("{trouble:?}"))
}

/// What one turn of the worker fires.
fn turn(db: &Db) -> u64 {
    let mut fired = 0;
    loop {
        let more = db
            .write_now(|tx| clock::fire_due(tx, BATCH))
            .unwrap_or_else(|trouble| panic!("{trouble:?}"));
        if more == 0 {
            return fired;
        }
        fired += more;
    }
}

fn jobs(db: &Db) -> Vec<String> {
    db.read_now(|tx: &mut Tx| -> Result<_, Error> {
        let rows = tx.query("select payload from jobs order by id", &[])?;
        Ok(rows.iter().map(|row| row.text(0)).collect())
    })
    .unwrap()
}

fn records(db: &Db) -> Vec<AlarmRecord> {
    db.read_now(|tx| clock::list_of_subject(tx, organisation_id(), "case_x"))
        .unwrap_or_else(|trouble| panic!("{trouble:?}"))
}

fn verdict(db: &Db) -> Verdict {
    db.read_now(clock::health)
        .unwrap_or_else(|trouble: Trouble| panic!("{trouble:?}"))
        .verdict()
}

#[test]
fn an_alarm_fires_at_its_instant_and_only_once() {
    on_each_database(|db| {
        arm(&db, &alarm("early-warning:due", start() + minutes(10)));
        assert_eq!(turn(&db), 0);
        db.clock()
            .advance(minutes(10) - SignedDuration::from_millis(1));
        assert_eq!(turn(&db), 0, "a millisecond too early");
        db.clock().advance(SignedDuration::from_millis(1));
        assert_eq!(turn(&db), 1);
        db.clock().advance(minutes(600));
        assert_eq!(turn(&db), 0);
        assert_eq!(jobs(&db).len(), 1);
        assert_eq!(records(&db)[0].state, "fired");
        assert_eq!(records(&db)[0].late_seconds, Some(0));
    });
}

#[test]
fn an_alarm_that_is_due_already_fires_at_the_next_turn() {
    on_each_database(|db| {
        arm(&db, &alarm("a", start() - minutes(1)));
        assert_eq!(turn(&db), 1);
    });
}

#[test]
fn what_is_rolled_back_was_never_armed() {
    on_each_database(|db| {
        let failed = db.write_now(|tx| -> Result<(), Trouble> {
            clock::arm(tx, organisation_id(), &alarm("a", start()))?;
            Err(anyhow::anyhow!("on purpose").into())
        });
        assert!(failed.is_err());
        assert_eq!(turn(&db), 0);
    });
}

#[test]
fn a_firing_that_is_rolled_back_is_made_up_for() {
    on_each_database(|db| {
        arm(&db, &alarm("a", start()));
        let failed = db.write_now(|tx| -> Result<(), Trouble> {
            assert_eq!(clock::fire_due(tx, BATCH)?, 1);
            Err(anyhow::anyhow!("the power went out before the commit").into())
        });
        assert!(failed.is_err());
        assert_eq!(jobs(&db).len(), 0);
        assert_eq!(turn(&db), 1);
        assert_eq!(jobs(&db).len(), 1);
    });
}

#[test]
fn arming_the_same_generation_again_changes_nothing_and_a_new_one_is_another_alarm() {
    on_each_database(|db| {
        let first = alarm("a", start() + minutes(10));
        arm(&db, &first);
        arm(
            &db,
            &Alarm {
                due_at: start(),
                ..first.clone()
            },
        );
        assert_eq!(turn(&db), 0);
        arm(
            &db,
            &Alarm {
                generation: 2,
                due_at: start(),
                ..first
            },
        );
        assert_eq!(turn(&db), 1);
        assert_eq!(records(&db).len(), 2);
    });
}

#[test]
fn cancelled_alarms_stay_silent_and_only_those_named() {
    on_each_database(|db| {
        for name in ["escalate:1", "escalate:2", "escalat%", "due"] {
            arm(&db, &alarm(name, start()));
        }
        let stranger = organisation(&db).organisation;
        assert_eq!(cancel(&db, stranger, ""), 0, "another tenant's alarms");
        assert_eq!(cancel(&db, organisation_id(), "escalate:"), 2);
        assert_eq!(cancel(&db, organisation_id(), "escalate:"), 0);
        assert_eq!(turn(&db), 2);
        assert_eq!(
            cancel(&db, organisation_id(), ""),
            0,
            "fired ones stay fired"
        );
        let states: Vec<_> = records(&db).iter().map(|r| r.state.clone()).collect();
        assert_eq!(states.iter().filter(|s| *s == "fired").count(), 2);
        assert_eq!(states.iter().filter(|s| *s == "cancelled").count(), 2);
    });
}

#[test]
fn ten_thousand_overdue_alarms_fire_in_one_turn_each_exactly_once() {
    on_each_database(|db| {
        const COUNT: u32 = 10_000;
        db.write_now(|tx| -> Result<(), Trouble> {
            for number in 0..COUNT {
                let due_at = start() + SignedDuration::from_secs(i64::from(number % 977));
                let armed = Alarm {
                    job: job(number),
                    ..alarm(&format!("n:{number}"), due_at)
                };
                clock::arm(tx, organisation_id(), &armed)?;
            }
            Ok(())
        })
        .unwrap_or_else(|trouble| panic!("{trouble:?}"));
        db.clock().advance(minutes(60));
        assert_eq!(turn(&db), u64::from(COUNT));
        assert_eq!(turn(&db), 0);
        let mut payloads = jobs(&db);
        assert_eq!(payloads.len(), COUNT as usize);
        let first: Job = serde_json::from_str(&payloads[0]).unwrap();
        assert_eq!(first, job(0), "oldest first");
        payloads.sort();
        payloads.dedup();
        assert_eq!(payloads.len(), COUNT as usize);
    });
}

#[test]
fn a_machine_that_was_off_catches_up_once_and_says_how_late() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("db.sqlite");
    let open = |at: Timestamp| Db::open_sqlite(&file, Clock::held(at), Entropy::seeded(1)).unwrap();
    arm(&open(start()), &alarm("a", start() + minutes(5)));
    let restarted = open(start() + minutes(65));
    assert_eq!(turn(&restarted), 1);
    assert_eq!(records(&restarted)[0].late_seconds, Some(3_600));
    drop(restarted);
    let again = open(start() + minutes(66));
    assert_eq!(turn(&again), 0);
    assert_eq!(jobs(&again).len(), 1);
}

#[test]
fn a_clock_that_jumps_forward_fires_and_back_never_fires_twice() {
    on_each_database(|db| {
        arm(&db, &alarm("a", start() + minutes(60)));
        db.clock().advance(SignedDuration::from_hours(24 * 365 * 5));
        assert_eq!(turn(&db), 1);
        db.clock()
            .advance(-SignedDuration::from_hours(24 * 365 * 5));
        assert_eq!(turn(&db), 0);
        db.clock().advance(minutes(61));
        assert_eq!(turn(&db), 0);
        assert_eq!(jobs(&db).len(), 1);
    });
}

#[test]
fn what_was_due_once_stays_due_when_the_clock_goes_back() {
    on_each_database(|db| {
        db.clock().advance(minutes(6));
        assert_eq!(turn(&db), 0);
        db.clock().advance(-minutes(5));
        arm(&db, &alarm("a", start() + minutes(4)));
        assert_eq!(turn(&db), 1, "the high-water mark counts");
    });
}

#[test]
fn one_bad_clock_years_ahead_does_not_spoil_later_alarms() {
    on_each_database(|db| {
        db.clock().advance(SignedDuration::from_hours(24 * 365 * 5));
        assert_eq!(turn(&db), 0);
        db.clock()
            .advance(-SignedDuration::from_hours(24 * 365 * 5));
        arm(&db, &alarm("a", start() + minutes(60)));
        assert_eq!(turn(&db), 0, "24 hours must not shrink to none");
        db.clock().advance(minutes(60));
        assert_eq!(turn(&db), 1);
    });
}

#[test]
fn an_alarm_nobody_understands_stops_no_other_and_is_reported() {
    on_each_database(|db| {
        arm(&db, &alarm("a", start()));
        arm(&db, &alarm("b", start()));
        db.write_now(|tx| -> Result<_, Error> {
            let broken: Val = Val::Text("{\"job\":\"from-the-future\"}".into());
            tx.execute("update alarms set job = $1 where name = 'a'", &[&broken])
        })
        .unwrap();
        turn(&db);
        assert_eq!(jobs(&db).len(), 1);
        assert_eq!(verdict(&db), Verdict::Ill);
    });
}

#[test]
fn health_tells_a_loop_that_stands_still_from_one_that_turns() {
    on_each_database(|db| {
        assert_eq!(verdict(&db), Verdict::NeverRan);
        arm(&db, &alarm("a", start() + minutes(10)));
        turn(&db);
        assert_eq!(verdict(&db), Verdict::Well);
        db.clock().advance(SignedDuration::from_secs(31));
        assert_eq!(verdict(&db), Verdict::Ill, "the loop stands still");
        turn(&db);
        assert_eq!(verdict(&db), Verdict::Well);
        db.clock().advance(minutes(10));
        let health = db
            .read_now(clock::health)
            .unwrap_or_else(|e: Trouble| panic!("{e:?}"));
        assert_eq!(health.verdict(), Verdict::Ill, "an alarm is overdue");
        assert_eq!(health.overdue_seconds(), 31);
        turn(&db);
        assert_eq!(verdict(&db), Verdict::Well);
    });
}
