//! Jobs come to an end: done, tried again, or given up, whatever happens to who does them.

use crate::kit::{TestApp, on_each_database, on_two_openings, organisation};
use bonafide::cli::health;
use bonafide::clock::{self, Alarm, Verdict};
use bonafide::jobs::{self, ATTEMPTS_MAX, Job, LEASE};
use bonafide::store::Db;
use std::time::Duration;

fn claim(db: &Db) -> usize {
    db.write_now(|tx| jobs::claim(tx, 10)).unwrap().len()
}

fn counts(db: &Db) -> Vec<(String, i64)> {
    db.read_now(jobs::counts).unwrap()
}

#[test]
fn a_job_that_takes_its_process_down_each_time_is_given_up() {
    on_each_database(|db| {
        db.write_now(|tx| jobs::enqueue(tx, &Job::SyncFeeds))
            .unwrap();
        for _ in 0..ATTEMPTS_MAX {
            assert_eq!(claim(&db), 1);
            assert_eq!(claim(&db), 0, "it is leased");
            // The process dies: nobody says how it ended, and the lease runs out.
            db.clock().advance(LEASE);
        }
        assert_eq!(claim(&db), 0);
        assert_eq!(counts(&db), [("given-up".to_owned(), 1)]);
        db.write_now(|tx| clock::fire_due(tx, 1)).unwrap();
        let seen = db.read_now(health::ask).unwrap();
        assert_eq!((seen.health.verdict(), seen.given_up), (Verdict::Well, 1));
        assert_eq!(health::verdict(&seen), Verdict::Ill);
    });
}

#[test]
fn a_failed_job_waits_longer_each_time() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let job = Job::FanOut {
            organisation: caller.organisation,
            notice: db
                .write_now(|tx| Ok::<_, bonafide::store::Error>(tx.new_id()))
                .unwrap(),
        };
        db.write_now(|tx| jobs::enqueue(tx, &job)).unwrap();
        let claimed = db.write_now(|tx| jobs::claim(tx, 10)).unwrap();
        db.write_now(|tx| jobs::fail(tx, &claimed[0], "no"))
            .unwrap();
        assert_eq!(claim(&db), 0);
        db.clock().advance(jobs::back_off(1));
        assert_eq!(claim(&db), 1);
        assert!(jobs::back_off(2) > jobs::back_off(1));
    });
}

#[test]
fn only_who_holds_the_lease_says_how_a_job_ended() {
    on_two_openings(|[one, two]| {
        one.write_now(|tx| jobs::enqueue(tx, &Job::SyncFeeds))
            .unwrap();
        let take = |db: &Db| db.write_now(|tx| jobs::claim(tx, 1)).unwrap().pop();
        let slow = take(&one).unwrap();
        // Prolonged, it stays with the first for longer than one lease.
        let most = jiff::SignedDuration::from_secs(59);
        for _ in 0..3 {
            one.clock().advance(most);
            two.clock().advance(most);
            assert!(one.write_now(|tx| jobs::prolong(tx, &slow)).unwrap());
            assert!(take(&two).is_none());
        }
        // Forgotten, it is another's, and the first has no say any more.
        two.clock().advance(LEASE);
        let taken = take(&two).unwrap();
        assert_eq!(taken.attempts, slow.attempts + 1);
        assert!(!one.write_now(|tx| jobs::prolong(tx, &slow)).unwrap());
        assert!(!one.write_now(|tx| jobs::finish(tx, &slow)).unwrap());
        assert!(!one.write_now(|tx| jobs::fail(tx, &slow, "no")).unwrap());
        assert_eq!(counts(&one), [("waiting".to_owned(), 1)]);
        assert!(two.write_now(|tx| jobs::finish(tx, &taken)).unwrap());
        assert_eq!(counts(&one), []);
        assert!(!two.write_now(|tx| jobs::finish(tx, &taken)).unwrap());
    });
}

#[test]
fn two_workers_do_each_job_once_and_lose_none() {
    const JOBS: usize = 120;
    on_two_openings(|dbs| {
        let caller = organisation(&dbs[0]);
        let organisation = caller.organisation;
        dbs[0]
            .write_now(|tx| {
                (0..JOBS).try_for_each(|n| {
                    let job = Job::ConsiderExploited {
                        organisation,
                        vulnerability: i64::try_from(n).unwrap(),
                    };
                    jobs::enqueue(tx, &job)
                })
            })
            .unwrap();
        let done = std::sync::Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for db in &dbs {
                let done = &done;
                scope.spawn(move || {
                    loop {
                        let claimed = db.write_now(|tx| jobs::claim(tx, 16)).unwrap();
                        if claimed.is_empty() {
                            break;
                        }
                        for job in claimed {
                            assert!(db.write_now(|tx| jobs::prolong(tx, &job)).unwrap());
                            assert!(db.write_now(|tx| jobs::finish(tx, &job)).unwrap());
                            done.lock().unwrap().push(job.id);
                        }
                    }
                });
            }
        });
        let mut done = done.into_inner().unwrap();
        assert_eq!(done.len(), JOBS);
        done.sort_unstable();
        done.dedup();
        assert_eq!(done.len(), JOBS, "none was done twice");
        assert_eq!(counts(&dbs[0]), []);
    });
}

#[tokio::test]
async fn alarms_go_on_firing_during_a_long_job_after_a_fault_that_passes() {
    const EVERY: Duration = Duration::from_millis(1);
    let app = TestApp::new();
    let db = &app.app.db;
    let organisation = app.organisation.id;
    let alarm = Alarm {
        subject: "case_x".into(),
        name: "due".into(),
        generation: 1,
        due_at: app.app.clock.now(),
        job: Job::SyncFeeds,
    };
    let change = |sql: &str| db.write_now(|tx| tx.execute(sql, &[])).unwrap();
    let long_job = async {
        change("alter table alarms rename to away");
        db.write(|_| Ok::<_, bonafide::store::Error>(()))
            .await
            .unwrap();
        // Many turns, of which none can work.
        tokio::time::sleep(EVERY * 50).await;
        change("alter table away rename to alarms");
        db.write_now(|tx| clock::arm(tx, organisation, &alarm))
            .unwrap();
        let fired = async {
            while counts(db).is_empty() {
                tokio::time::sleep(EVERY).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), fired)
            .await
            .expect("the alarm fires while the job goes on");
        Ok(())
    };
    bonafide::worker::while_firing(&app.app, EVERY, long_job)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_panic_is_an_error_that_names_it() {
    let error = bonafide::worker::unless_panicked(async {
        let number: u8 = "no".parse().expect("a number");
        Ok(number)
    })
    .await
    .unwrap_err();
    let said = error.to_string();
    assert!(said.starts_with("it panicked: a number"), "{said}");
}

#[tokio::test]
async fn the_server_listens_before_it_works_off_a_backlog_and_stops_without_waiting_for_it() {
    const BACKLOG: usize = 3_000;
    let mut app = TestApp::new();
    let config = std::sync::Arc::make_mut(&mut app.app.config);
    config.listen = "127.0.0.1:0".parse().unwrap();
    config.feeds.every_hours = 0;
    let organisation = app.organisation.id;
    let db = app.app.db.clone();
    db.write_now(|tx| -> Result<(), bonafide::store::Error> {
        for _ in 0..BACKLOG {
            let release = tx.new_id();
            jobs::enqueue(
                tx,
                &Job::ConsiderRelease {
                    organisation,
                    release,
                },
            )?;
        }
        Ok(())
    })
    .unwrap();
    let waiting = |db: &Db| counts(db).iter().map(|(_, count)| *count).sum::<i64>();
    let ended = bonafide::cli::serve::serve(app.app.clone(), move |app, address| {
        std::net::TcpStream::connect(address)?;
        anyhow::bail!("{} wait", waiting(&app.db))
    })
    .await;
    let said = ended.unwrap_err().to_string();
    let at_first: usize = said.trim_end_matches(" wait").parse().unwrap();
    assert!(at_first > BACKLOG / 2, "{said}");
    assert!(waiting(&db) > 0, "it did not stop before all was done");
}
