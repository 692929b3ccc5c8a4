//! A step counts as reached when something sent to it was accepted, and not before.

use super::{House, email, opened};
use crate::kit::{TestApp, on_each_database};
use bonafide::accounts::{Actor, Caller, Role};
use bonafide::cli::health;
use bonafide::mail::Mailer;
use bonafide::notices::{self, Ladder, Rung, Unreached};
use bonafide::store::{Db, Tx};
use bonafide::trouble::Trouble;

/// Nothing listens there.
const DEAD: &str = "http://127.0.0.1:1/hook";

/// The channels at once, the PSIRT after half an hour, the admin after two.
fn channels_first(house: &House) {
    let rung = |after_minutes, role: Option<Role>| Rung {
        after_minutes,
        roles: role.iter().map(|role| role.name().to_owned()).collect(),
        channels: role.is_none(),
    };
    let ladder = Ladder {
        rungs: vec![
            rung(0, None),
            rung(30, Some(Role::Psirt)),
            rung(120, Some(Role::Admin)),
        ],
        repeat_minutes: 240,
    };
    house.write(|tx| notices::set_ladder(tx, &house.caller, &ladder));
}

fn unreached(house: &House) -> Option<Unreached> {
    house.write(|tx| notices::unreached(tx, house.caller.organisation))
}

/// A house whose mails become files, because no mail server is configured.
fn without_mail_server(db: Db) -> House {
    let mut house = House::on(db);
    house.app.mailer = Mailer::of(&house.app.config).unwrap();
    house
}

#[test]
fn a_step_whose_only_channel_is_dead_is_passed_at_once() {
    on_each_database(|db| {
        let house = House::on(db);
        let psirt = email(&house, &house.person(Role::Psirt));
        house.webhook(DEAD);
        channels_first(&house);
        house.raise(&opened());
        house.turn();
        assert_eq!(house.told(), [psirt], "not half an hour later");
        assert_eq!(house.journal("notice-step-unreached"), 1);
        assert_eq!(house.journal("notice-reached-nobody"), 0);
        assert_eq!(unreached(&house), None);
        house.after(30);
        assert_eq!(house.told(), [] as [&str; 0], "that step was begun already");
    });
}

#[test]
fn one_accepted_delivery_is_enough_for_its_step() {
    on_each_database(|db| {
        let house = House::on(db);
        let psirt = email(&house, &house.person(Role::Psirt));
        house.person(Role::Admin);
        house.webhook(DEAD);
        house.raise(&opened());
        house.turn();
        assert_eq!(
            house.told(),
            [psirt],
            "the PSIRT has it, so the admin waits"
        );
        assert_eq!(house.journal("notice-step-unreached"), 0);
        assert_eq!(unreached(&house), None);
    });
}

#[test]
fn without_a_mail_server_nobody_is_reached_and_that_is_said() {
    on_each_database(|db| {
        let house = without_mail_server(db);
        for role in [Role::Psirt, Role::Admin, Role::Compliance] {
            house.person(role);
        }
        let raised_at = house.app.clock.now();
        house.raise(&opened());
        assert_eq!(unreached(&house), None, "the worker has not begun yet");
        house.turn();
        let since = Unreached {
            notices: 1,
            since: raised_at,
        };
        assert_eq!(unreached(&house), Some(since));
        assert_eq!(
            house.journal("notice-step-unreached"),
            3,
            "every rung was tried at once"
        );
        assert_eq!(house.journal("notice-reached-nobody"), 1);
        house.after(5);
        assert_eq!(
            house.journal("notice-reached-nobody"),
            1,
            "said once, tried on"
        );
        let log = house.log();
        assert!(log.iter().all(|delivery| delivery.state == "queued"));
        assert!(log[0].answer.as_ref().unwrap().contains("no mail server"));
        house.acknowledge("watch_1");
        assert_eq!(unreached(&house), None);
    });
}

#[test]
fn a_mail_server_that_comes_back_ends_it() {
    on_each_database(|db| {
        let mut house = without_mail_server(db);
        house.person(Role::Psirt);
        house.raise(&opened());
        house.turn();
        assert!(unreached(&house).is_some());
        let (mailer, mails) = Mailer::captured();
        (house.app.mailer, house.mails) = (mailer, mails);
        house.after(2);
        assert_eq!(
            house.told().len(),
            1,
            "one mail, not one for each step passed"
        );
        assert_eq!(unreached(&house), None);
    });
}

#[test]
fn an_organisation_of_nobody_is_unreached() {
    on_each_database(|db| {
        let house = House::on(db);
        house.raise(&opened());
        house.turn();
        house.after(2);
        assert_eq!(
            unreached(&house).map(|unreached| unreached.notices),
            Some(1)
        );
    });
}

#[test]
fn a_test_mail_without_a_mail_server_failed_and_says_so() {
    on_each_database(|db| {
        let house = without_mail_server(db);
        let admin = house.person(Role::Admin);
        house.write(|tx| notices::send_test_mail(tx, &admin));
        house.turn();
        let log = house.log();
        assert_eq!((log.len(), log[0].state.as_str()), (1, "failed"));
        assert!(log[0].sent_at.is_none());
        assert_eq!(unreached(&house), None, "a test waits for nobody");
    });
}

#[test]
fn who_may_not_manage_notices_can_do_nothing_to_them() {
    on_each_database(|db| {
        let house = House::on(db);
        let channel = house.webhook(DEAD).channel.id;
        let developer = house.person(Role::Developer);
        let admin = house.person(Role::Admin);
        let delivery = house.write(|tx| notices::send_test_to_channel(tx, &admin, channel));
        type Try = Box<dyn Fn(&mut Tx, &Caller) -> Result<(), Trouble>>;
        let tries: Vec<Try> = vec![
            Box::new(|tx, who| notices::set_ladder(tx, who, &Ladder::default())),
            Box::new(|tx, who| notices::create_webhook(tx, who, "x", DEAD).map(|_| ())),
            Box::new(move |tx, who| {
                let off = notices::ChannelState::SwitchedOff;
                notices::set_channel_state(tx, who, channel, off)
            }),
            Box::new(|tx, who| notices::list_deliveries(tx, who, 1).map(|_| ())),
            Box::new(|tx, who| notices::send_test_mail(tx, who).map(|_| ())),
            Box::new(move |tx, who| notices::send_test_to_channel(tx, who, channel).map(|_| ())),
            Box::new(move |tx, who| notices::replay(tx, who, delivery)),
            Box::new(move |tx, who| notices::remove_channel(tx, who, channel)),
        ];
        for (number, attempt) in tries.iter().enumerate() {
            let refused = house.app.db.write_now(|tx| attempt(tx, &developer));
            let Err(Trouble::Refusal(refusal)) = refused else {
                panic!("operation {number} did not refuse: {refused:?}");
            };
            assert_eq!(refusal.status, 403, "operation {number}");
        }
    });
}

#[tokio::test]
async fn home_and_the_notices_pages_say_that_nobody_was_reached() {
    let mut test = TestApp::new();
    test.app.mailer = Mailer::of(&test.app.config).unwrap();
    test.rewire();
    let admin = test.member(Role::Admin);
    let organisation = test.organisation.id;
    let raise = move |tx: &mut Tx| notices::raise(tx, organisation, &opened());
    test.app.db.write(raise).await.unwrap();
    test.run_jobs().await;
    for path in ["/", "/settings/notices", "/settings/notices/deliveries"] {
        let page = admin.get(path).await.expect(200).text();
        assert!(page.contains("obody could be reached"), "{path}: {page}");
    }
    let look = |test: &TestApp| test.app.db.read_now(health::ask).unwrap();
    let seen = look(&test);
    assert_eq!(seen.unreached.map(|unreached| unreached.notices), Some(1));
    let seen_to = move |tx: &mut Tx| {
        let by = Actor::Program("test");
        notices::acknowledge(tx, organisation, "watch_1", &by)
    };
    test.app.db.write(seen_to).await.unwrap();
    let home = admin.get("/").await.expect(200).text();
    assert!(!home.contains("obody could be reached"));
    assert_eq!(look(&test).unreached, None);
}
