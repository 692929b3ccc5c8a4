//! People are told, exactly once per rung as recorded, until one of them sees to it.

mod pages;
mod unreached;
mod webhooks;

use crate::kit::{Receiver, caller_of, on_each_database, organisation, start};
use bonafide::accounts::{Actor, Caller, NewUser, Role, create_user};
use bonafide::config::{Config, EgressRules, Flags};
use bonafide::feeds::Egress;
use bonafide::mail::{Mail, Mailer};
use bonafide::notices::{self, Delivery, Ladder, Notice, Rung};
use bonafide::store::Db;
use bonafide::time::{Clock, Entropy};
use bonafide::trouble::Trouble;
use bonafide::web::App;
use bonafide::web::words::Lang;
use jiff::SignedDuration;
use std::sync::{Arc, Mutex};

/// A program around a database, with an organisation in it.
struct House {
    app: App,
    caller: Caller,
    mails: Arc<Mutex<Vec<Mail>>>,
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

fn app_on(db: Db, folder: &tempfile::TempDir) -> (App, Arc<Mutex<Vec<Mail>>>) {
    let flags = Flags {
        data: Some(folder.path().to_owned()),
        base_url: Some("https://bonafide.test".into()),
        ..Flags::default()
    };
    let config = Config::load(&flags, &|_| None).unwrap();
    let (mailer, mails) = Mailer::captured();
    let rules = EgressRules {
        allow_private: vec!["127.0.0.1".into()],
    };
    let app = App {
        clock: db.clock().clone(),
        db,
        blobs: bonafide::blobs::Blobs::open(&folder.path().join("blobs")).unwrap(),
        egress: Egress::new(rules),
        mailer,
        wake: bonafide::jobs::Wake::default(),
        config: Arc::new(config),
    };
    (app, mails)
}

impl House {
    fn on(db: Db) -> Self {
        let folder = tempfile::TempDir::new().unwrap();
        let caller = organisation(&db);
        let (app, mails) = app_on(db, &folder);
        Self {
            app,
            caller,
            mails,
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap(),
            _folder: folder,
        }
    }

    fn person(&self, role: Role) -> Caller {
        caller_of(&self.app.db, self.caller.organisation, role)
    }

    fn write<T>(&self, work: impl Fn(&mut bonafide::store::Tx) -> Result<T, Trouble>) -> T {
        self.app
            .db
            .write_now(work)
            .unwrap_or_else(|trouble| panic!("{trouble:?}"))
    }

    fn raise(&self, notice: &Notice) -> bonafide::ids::NoticeId {
        self.write(|tx| notices::raise(tx, self.caller.organisation, notice))
    }

    fn acknowledge(&self, subject: &str) {
        let by = Actor::Program("test");
        self.write(|tx| notices::acknowledge(tx, self.caller.organisation, subject, &by));
    }

    fn turn(&self) {
        self.runtime
            .block_on(bonafide::worker::turn(&self.app))
            .unwrap();
    }

    fn after(&self, minutes: i64) {
        self.app.clock.advance(SignedDuration::from_mins(minutes));
        self.turn();
    }

    /// Whom the mails since the last look went to, sorted.
    fn told(&self) -> Vec<String> {
        let mut to: Vec<String> = self.taken().into_iter().map(|mail| mail.to).collect();
        to.sort();
        to
    }

    fn taken(&self) -> Vec<Mail> {
        std::mem::take(&mut *self.mails.lock().unwrap())
    }

    fn log(&self) -> Vec<Delivery> {
        self.write(|tx| notices::list_deliveries(tx, &self.caller, 1))
            .deliveries
    }

    fn journal(&self, action: &str) -> i64 {
        self.app
            .db
            .read_now(|tx| -> Result<i64, bonafide::store::Error> {
                let sql = "select count(*) from journal_entries where action = $1";
                Ok(tx.query_one(sql, &[&action])?.int(0))
            })
            .unwrap()
    }

    fn webhook(&self, url: &str) -> notices::MadeChannel {
        self.write(|tx| notices::create_webhook(tx, &self.caller, "Chat", url))
    }

    async fn receiver(
        answer: impl Fn(&crate::kit::Seen) -> axum::response::Response + Clone + Send + Sync + 'static,
    ) -> Receiver {
        Receiver::start("127.0.0.1", answer).await
    }
}

fn opened() -> Notice {
    Notice {
        kind: "watch-item-opened",
        subject: "watch_1".into(),
        path: "/watch/watch_1".into(),
        args: vec![
            ("vulnerability", "CVE-2026-90001".into()),
            ("about", "product".into()),
            ("products", "Gateway".into()),
            ("releases", "1.0, 1.1".into()),
            ("source", "CISA KEV".into()),
        ],
        idempotency_key: "watch_1:opened".into(),
        escalates: true,
        exercise: false,
    }
}

fn email(house: &House, caller: &Caller) -> String {
    let user = caller.user();
    let members = house.write(|tx| bonafide::accounts::list_members(tx, house.caller.organisation));
    members
        .into_iter()
        .find(|member| Some(member.user) == user)
        .unwrap()
        .email
}

#[test]
fn a_notice_climbs_the_ladder_until_a_person_acknowledges_it() {
    on_each_database(|db| {
        let house = House::on(db);
        let (admin, psirt, compliance) = (
            email(&house, &house.person(Role::Admin)),
            email(&house, &house.person(Role::Psirt)),
            email(&house, &house.person(Role::Compliance)),
        );
        house.raise(&opened());
        house.turn();
        assert_eq!(house.told(), std::slice::from_ref(&psirt));
        house.after(29);
        assert_eq!(house.told(), [] as [&str; 0]);
        house.after(1);
        assert_eq!(house.told(), std::slice::from_ref(&admin));
        house.after(90);
        let mut everybody = [admin, psirt, compliance];
        everybody.sort();
        assert_eq!(house.told(), everybody);
        house.after(240);
        assert_eq!(house.told(), everybody, "the last rung is told again");
        house.acknowledge("watch_1");
        house.after(24 * 60);
        assert_eq!(house.told(), [] as [&str; 0]);
        assert_eq!(house.journal("notice-step-begun"), 4);
        assert_eq!(house.journal("notice-acknowledged"), 1);
    });
}

#[test]
fn the_same_notice_is_raised_and_sent_once() {
    on_each_database(|db| {
        let house = House::on(db);
        house.person(Role::Psirt);
        let first = house.raise(&opened());
        assert_eq!(house.raise(&opened()), first);
        house.turn();
        assert_eq!(house.raise(&opened()), first);
        house.turn();
        assert_eq!(house.told().len(), 1);
    });
}

#[test]
fn the_same_key_in_another_organisation_is_another_notice() {
    on_each_database(|db| {
        let house = House::on(db);
        house.person(Role::Psirt);
        let stranger = crate::kit::found(&house.app.db, "Andere Leute AG").id;
        caller_of(&house.app.db, stranger, Role::Psirt);
        house.raise(&opened());
        house.write(|tx| notices::raise(tx, stranger, &opened()));
        house.turn();
        assert_eq!(house.told().len(), 2);
        house.acknowledge("watch_1");
        house.app.clock.advance(SignedDuration::from_mins(120));
        house.turn();
        assert_eq!(house.told().len(), 1, "the other organisation still waits");
    });
}

#[test]
fn a_rung_that_reaches_nobody_is_passed_at_once() {
    on_each_database(|db| {
        let house = House::on(db);
        let admin = email(&house, &house.person(Role::Admin));
        house.raise(&opened());
        house.turn();
        assert_eq!(
            house.told(),
            std::slice::from_ref(&admin),
            "there is no PSIRT to wait for"
        );
        house.after(30);
        assert_eq!(house.told(), [] as [&str; 0], "they were told already");
        house.after(90);
        assert_eq!(house.told(), [admin]);
    });
}

#[test]
fn a_notice_that_reaches_nobody_is_written_down_and_tried_again() {
    on_each_database(|db| {
        let house = House::on(db);
        house.raise(&opened());
        house.turn();
        assert_eq!(house.journal("notice-reached-nobody"), 1);
        let late = email(&house, &house.person(Role::Developer));
        house.after(120 + 240);
        assert_eq!(house.told(), [late]);
    });
}

#[test]
fn a_week_without_power_is_not_made_up_for_mail_by_mail() {
    on_each_database(|db| {
        let house = House::on(db);
        house.person(Role::Psirt);
        house.person(Role::Admin);
        house.raise(&opened());
        house.turn();
        assert_eq!(house.told().len(), 1);
        house.after(7 * 24 * 60);
        assert_eq!(house.told().len(), 3, "the admin, then everybody");
        house.after(239);
        assert_eq!(house.told().len(), 0);
        house.after(1);
        assert_eq!(house.told().len(), 2);
    });
}

#[test]
fn a_notice_that_does_not_escalate_is_told_once() {
    on_each_database(|db| {
        let house = House::on(db);
        house.person(Role::Psirt);
        house.person(Role::Admin);
        house.raise(&Notice {
            escalates: false,
            ..opened()
        });
        house.turn();
        assert_eq!(house.told().len(), 1);
        house.after(24 * 60);
        assert_eq!(house.told().len(), 0);
    });
}

#[test]
fn an_organisation_has_its_own_ladder() {
    on_each_database(|db| {
        let house = House::on(db);
        let compliance = email(&house, &house.person(Role::Compliance));
        house.person(Role::Psirt);
        let ladder = Ladder {
            rungs: vec![Rung {
                after_minutes: 0,
                roles: vec!["compliance".into()],
                channels: false,
            }],
            repeat_minutes: 0,
        };
        house.write(|tx| notices::set_ladder(tx, &house.caller, &ladder));
        house.raise(&opened());
        house.turn();
        assert_eq!(house.told(), [compliance]);
        house.after(7 * 24 * 60);
        assert_eq!(house.told(), [] as [&str; 0]);
    });
}

#[test]
fn killed_between_the_commit_and_the_sending_everybody_is_still_told_once() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("db.sqlite");
    let open = |at, seed| Db::open_sqlite(&file, Clock::held(at), Entropy::seeded(seed)).unwrap();
    let first = House::on(open(start(), 1));
    first.person(Role::Psirt);
    first.raise(&opened());
    assert_eq!(first.told().len(), 0, "killed before the worker turned");
    drop(first);
    let later = start() + SignedDuration::from_mins(3);
    let (second, mails) = app_on(open(later, 2), &folder);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(bonafide::worker::turn(&second)).unwrap();
    runtime.block_on(bonafide::worker::turn(&second)).unwrap();
    assert_eq!(mails.lock().unwrap().len(), 1);
    let (third, mails) = app_on(open(later, 3), &folder);
    runtime.block_on(bonafide::worker::turn(&third)).unwrap();
    assert_eq!(mails.lock().unwrap().len(), 0);
}

#[test]
fn killed_between_the_sending_and_the_note_of_it_the_mail_keeps_its_id() {
    on_each_database(|db| {
        let house = House::on(db);
        house.person(Role::Psirt);
        house.raise(&opened());
        house.turn();
        let first = house.taken();
        // As the rows stood when the process died: taken, sent, not noted; its job leased.
        house.write(|tx| {
            let (now, delivery) = (tx.now(), first[0].message_id.clone());
            let leased = now + SignedDuration::from_secs(45);
            tx.execute(
                "update deliveries set state = 'queued', sent_at = null, leased_until = $1",
                &[&leased],
            )?;
            let job = bonafide::jobs::Job::Deliver {
                organisation: house.caller.organisation,
                delivery: delivery.parse().unwrap(),
            };
            bonafide::jobs::enqueue(tx, &job)?;
            Ok(())
        });
        house.turn();
        assert_eq!(
            house.told().len(),
            0,
            "another process may still be sending it"
        );
        house.after(1);
        let again = house.taken();
        assert_eq!(again, first, "the same mail with the same id");
    });
}

#[test]
fn a_mail_server_that_is_away_is_asked_again_until_it_is_back() {
    on_each_database(|db| {
        let mut house = House::on(db);
        house.person(Role::Psirt);
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = nobody.local_addr().unwrap().port();
        drop(nobody);
        let mut config = (*house.app.config).clone();
        config.smtp = Some(bonafide::config::Smtp {
            host: "127.0.0.1".into(),
            port,
            user: None,
            password_file: None,
            password: None,
            security: "none".into(),
        });
        let working = std::mem::replace(&mut house.app.mailer, Mailer::of(&config).unwrap());
        house.raise(&opened());
        house.turn();
        for _ in 0..14 {
            house.after(1);
        }
        let waiting = house.log();
        assert_eq!(
            (waiting[0].state.as_str(), waiting[0].attempts),
            ("queued", 15)
        );
        assert!(
            waiting[0]
                .answer
                .as_ref()
                .unwrap()
                .contains("did not take it")
        );
        house.app.mailer = working;
        house.after(1);
        assert_eq!(house.told().len(), 1);
        assert_eq!(house.log()[0].state, "sent");
    });
}

#[test]
fn everybody_reads_their_own_language_and_the_fact_comes_first() {
    let folder = tempfile::TempDir::new().unwrap();
    let clock = Clock::held(start());
    let db = Db::open_sqlite(&folder.path().join("db.sqlite"), clock, Entropy::seeded(1)).unwrap();
    let house = House::on(db);
    for lang in Lang::ALL {
        let new = NewUser {
            name: "Kim".into(),
            email: format!("{}@muster.example", lang.tag()),
            role: Role::Psirt,
            password: None,
            lang,
        };
        house.write(|tx| create_user(tx, house.caller.organisation, &Actor::Program("test"), &new));
    }
    let due = Notice {
        kind: "deadline-approaching",
        args: vec![
            ("vulnerability", "CVE-2026-90001".into()),
            ("stage", "early-warning".into()),
            ("due", "2026-11-24T09:00:00Z".into()),
            ("left", "14400".into()),
        ],
        exercise: true,
        ..opened()
    };
    house.raise(&due);
    house.turn();
    let mut mails = house.taken();
    mails.sort_by(|a, b| a.to.cmp(&b.to));
    let [german, english] = &mails[..] else {
        panic!("{mails:?}");
    };
    assert_eq!(
        english.subject,
        "[EXERCISE] 4 h 0 min left: early warning for CVE-2026-90001 due 24 Nov 2026 09:00 UTC"
    );
    assert_eq!(
        german.subject,
        "[ÜBUNG] Noch 4 h 0 min: Frühwarnung zu CVE-2026-90001 fällig 24.11.2026 09:00 UTC"
    );
    let lines: Vec<&str> = english.text.lines().collect();
    assert_eq!(
        lines[0],
        "The early warning for CVE-2026-90001 is due 24 Nov 2026 09:00 UTC. 4 h 0 min are left."
    );
    assert_eq!(lines[2], "https://bonafide.test/watch/watch_1");
    assert_eq!(
        lines[4],
        "You get this because your role at Muster Werke GmbH is PSIRT and you are told first."
    );
}

#[test]
fn every_kind_has_its_words_in_every_language_even_without_arguments() {
    let folder = tempfile::TempDir::new().unwrap();
    let clock = Clock::held(start());
    let db = Db::open_sqlite(&folder.path().join("db.sqlite"), clock, Entropy::seeded(1)).unwrap();
    let house = House::on(db);
    house.person(Role::Psirt);
    let kinds = [
        "watch-item-opened",
        "watch-item-waiting",
        "watch-item-undecided",
        "case-grew",
        "case-opened",
        "deadline-approaching",
        "deadline-reached",
        "deadline-late",
        "channel-disabled",
        "from-the-future",
    ];
    for kind in kinds {
        house.raise(&Notice {
            kind,
            args: Vec::new(),
            idempotency_key: kind.into(),
            ..opened()
        });
        house.turn();
        let mails = house.taken();
        assert_eq!(mails.len(), 1, "{kind}");
        let general = mails[0]
            .subject
            .starts_with("Something needs your attention");
        assert_eq!(
            general,
            kind == "from-the-future",
            "{kind}: {}",
            mails[0].subject
        );
        for lang in Lang::ALL {
            assert!(
                general || lang.has(&format!("notice-{kind}-text")),
                "{kind}"
            );
        }
    }
}

#[test]
fn what_a_product_is_called_cannot_change_the_mail() {
    let folder = tempfile::TempDir::new().unwrap();
    let clock = Clock::held(start());
    let db = Db::open_sqlite(&folder.path().join("db.sqlite"), clock, Entropy::seeded(1)).unwrap();
    let house = House::on(db);
    house.person(Role::Psirt);
    let mut notice = opened();
    notice.args = vec![
        ("vulnerability", "CVE-1\r\nBcc: evil@evil.example".into()),
        ("products", "{ $source } <b>x</b>".into()),
    ];
    house.raise(&notice);
    house.turn();
    let mails = house.taken();
    assert!(
        mails[0].text.contains("{ $source } <b>x</b>"),
        "{}",
        mails[0].text
    );
    assert_eq!(mails[0].text.matches("https://").count(), 1);
}

#[test]
fn an_incident_is_not_told_as_a_flaw_nor_a_signal_as_ours() {
    let folder = tempfile::TempDir::new().unwrap();
    let clock = Clock::held(start());
    let db = Db::open_sqlite(&folder.path().join("db.sqlite"), clock, Entropy::seeded(1)).unwrap();
    let house = House::on(db);
    house.person(Role::Psirt);
    let mail_about = |about: &str| {
        let mut notice = opened();
        notice.args.retain(|(name, _)| *name != "about");
        notice.args.push(("about", about.to_owned()));
        notice.idempotency_key = about.to_owned();
        house.raise(&notice);
        house.turn();
        house.taken().remove(0)
    };
    let incident = mail_about("incident");
    assert!(incident.subject.starts_with("Possible severe incident"));
    assert!(
        !incident.text.contains("is being exploited"),
        "{}",
        incident.text
    );
    let signal = mail_about("signal");
    assert!(signal.subject.starts_with("Signal of exploitation"));
    assert!(
        signal.text.contains("No release of yours"),
        "{}",
        signal.text
    );
    let product = mail_about("product");
    assert!(product.subject.starts_with("Exploited flaw"));
}
