//! What is frozen when a report is recorded as filed, and what a later correction leaves behind.

use super::{World, hours, stories};
use bonafide::cases::{
    self, DeadlineState, FilingKind, NewFiling, NewInforming, Stage, Told, ToldBy, Trigger,
};
use bonafide::ids::CaseId;
use bonafide::trouble::Trouble;
use jiff::SignedDuration;

fn case_of(world: &World) -> CaseId {
    world.listed("cisa-kev", "2026-11-22");
    world.pass(hours(2));
    world.aware()
}

/// The JSON that was frozen by the newest record.
fn frozen(world: &World, case: CaseId) -> serde_json::Value {
    let submission = world.case(case).submissions.pop().unwrap();
    let digest = bonafide::blobs::Digest::parse(&submission.digest).unwrap();
    let bytes = world.app.blobs.get(&digest).unwrap();
    assert_eq!(i64::try_from(bytes.len()).unwrap(), submission.bytes);
    serde_json::from_slice(&bytes).unwrap()
}

fn seal(world: &World, case: CaseId, stage: Stage) -> String {
    world
        .write(|tx| cases::sheet_view(tx, &world.psirt, case, stage))
        .seal()
}

#[test]
fn what_is_frozen_is_what_stands_and_what_was_seen() {
    stories(|world| {
        let case = case_of(world);
        let seen = seal(world, case, Stage::EarlyWarning);
        // Nobody saved the sheet: a changed T0 changes it without a new revision.
        let t0 = world.now() - hours(1);
        world.write(|tx| cases::record_awareness(tx, &world.psirt, case, t0, "The log says so"));
        let old = seen.clone();
        let refused = world.try_file(case, Stage::EarlyWarning, |filing| filing.seal = old);
        assert_eq!(refused.unwrap_err().code, "filed-sheet-changed");
        assert!(world.case(case).submissions.is_empty());

        world.file(case, Stage::EarlyWarning);
        let document = frozen(world, case);
        let t0 = t0.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        assert_eq!(document["aware_at"], t0.as_str());
        let fields = document["fields"].as_array().unwrap();
        let awareness = fields.iter().find(|field| field["key"] == "awareness_at");
        assert_eq!(awareness.unwrap()["value"], t0.as_str());
        assert!(document["law_lacks"].is_array() && document["form_lacks"].is_array());
    });
}

#[test]
fn of_two_who_file_at_once_one_wins_and_the_other_is_told() {
    stories(|world| {
        let case = case_of(world);
        let seal = seal(world, case, Stage::EarlyWarning);
        let start = std::sync::Barrier::new(2);
        let one = |number: &str| {
            let filing = NewFiling {
                stage: Stage::EarlyWarning,
                kind: FilingKind::First,
                also_covers: Vec::new(),
                platform_reference: format!("SRP-DE-V-2026-{number}"),
                submitted_at: world.now(),
                reason: None,
                seal: seal.clone(),
                receipt: None,
            };
            let (db, blobs, psirt) = (&world.app.db, &world.app.blobs, &world.psirt);
            start.wait();
            db.write_now(|tx| cases::record_filed(tx, blobs, psirt, case, &filing))
        };
        let answers = std::thread::scope(|scope| {
            let other = scope.spawn(|| one("00000018"));
            [one("00000019"), other.join().unwrap()]
        });
        let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!((won.len(), lost.len()), (1, 1));
        match lost.into_iter().next() {
            Some(Err(Trouble::Refusal(refusal))) => assert_eq!(refusal.code, "filed-already"),
            other => panic!("{other:?}"),
        }
        assert_eq!(world.case(case).submissions.len(), 1);
    });
}

/// Values of the sheet of a stage, changed and saved.
fn save(world: &World, case: CaseId, stage: Stage, changes: &[(&str, &str)]) {
    world.write(|tx| {
        let view = cases::sheet_view(tx, &world.psirt, case, stage)?;
        let mut values = view.values.clone();
        for (key, value) in changes {
            values.insert((*key).to_owned(), (*value).to_owned());
        }
        cases::save_sheet(tx, &world.psirt, case, stage, view.revision, &values)
    });
}

fn outdated(world: &World, case: CaseId) -> Vec<(Stage, Trigger)> {
    let view = world.case(case);
    view.outdated()
        .iter()
        .map(|found| (found.stage, found.anchor))
        .collect()
}

#[test]
fn a_corrected_t0_says_which_filed_report_carries_the_old_one() {
    stories(|world| {
        let case = case_of(world);
        let old_due = world.deadline(case, Stage::Notification).due_at.unwrap();
        world.file(case, Stage::EarlyWarning);
        assert_eq!(outdated(world, case), []);

        let t0 = world.now() - hours(1);
        world.write(|tx| cases::record_awareness(tx, &world.psirt, case, t0, "The log says so"));
        assert_eq!(
            outdated(world, case),
            [(Stage::EarlyWarning, Trigger::AwareAt)]
        );
        let stale = world.case(case).outdated().remove(0);
        assert_eq!(stale.filed_at, world.now());
        assert_eq!(stale.stands_at, Some(t0));

        // The clocks run from the new value; the old ones stand and ring no more.
        let notification = world.deadline(case, Stage::Notification);
        assert_eq!(notification.due_at, Some(t0 + hours(72)));
        assert_eq!(notification.state, DeadlineState::Running);
        let view = world.case(case);
        let was = view
            .superseded
            .iter()
            .find(|d| d.stage == Stage::Notification);
        assert_eq!(was.unwrap().due_at, Some(old_due));
        assert_eq!(
            world.count(
                "select count(*) from alarms where state = 'armed' and name = 'notification:due'"
            ),
            1
        );
        assert_eq!(
            world.count(
                "select count(*) from alarms where state = 'cancelled' \
                 and name = 'notification:due'"
            ),
            1,
            "the old instant rings no more"
        );
        world.told();
        world.pass(t0 + hours(72) - world.now());
        assert!(!world.told().is_empty(), "the new one does");
        assert_eq!(
            world.count(
                "select count(*) from journal_entries where action = 'awareness-changed' \
                 and detail like '%early-warning%' and detail like '%The log says so%'"
            ),
            1,
            "the journal names the report"
        );

        // An update that carries the new value settles it; a correction of our record does not.
        let again = |kind| {
            world.try_file(case, Stage::EarlyWarning, |filing| {
                filing.kind = kind;
                filing.reason = Some("T0 was earlier".into());
            })
        };
        let new = t0.to_string();
        save(world, case, Stage::EarlyWarning, &[("awareness_at", &new)]);
        again(FilingKind::Correction).unwrap();
        assert_eq!(outdated(world, case).len(), 1);
        again(FilingKind::Update).unwrap();
        assert_eq!(outdated(world, case), []);
    });
}

#[test]
fn a_filed_report_with_a_measure_the_case_does_not_know_is_shown() {
    stories(|world| {
        let case = case_of(world);
        let at = world.now() - SignedDuration::from_mins(30);
        let typed = at.to_string();
        let change = [("measure_available_at", typed.as_str())];
        save(world, case, Stage::Notification, &change);
        world.file(case, Stage::Notification);
        assert_eq!(
            outdated(world, case),
            [(Stage::Notification, Trigger::MeasureAvailableAt)]
        );
        let found = world.case(case).outdated().remove(0);
        assert_eq!((found.filed_at, found.stands_at), (at, None));
        let record = |at, reason: &str| {
            world.write(|tx| cases::record_measure(tx, &world.psirt, case, at, reason));
        };
        record(Some(at), "Workaround published");
        assert_eq!(outdated(world, case), []);
        record(None, "It does not help after all");
        assert_eq!(outdated(world, case).len(), 1);
    });
}

#[test]
fn what_an_old_record_of_filing_carried_is_called_unknown_when_t0_is_corrected() {
    stories(|world| {
        let case = case_of(world);
        world.file(case, Stage::EarlyWarning);
        let before_the_upgrade = "update submissions set carried = '{}'";
        let db = &world.app.db;
        db.write_now(|tx| tx.execute(before_the_upgrade, &[]))
            .unwrap();
        assert!(
            world.case(case).unknown().is_empty(),
            "nothing was corrected"
        );
        world.pass(hours(1));
        let t0 = world.case(case).aware_at() - hours(0) - jiff::SignedDuration::from_mins(10);
        world.write(|tx| cases::record_awareness(tx, &world.psirt, case, t0, "It was earlier"));
        let view = world.case(case);
        assert!(view.outdated().is_empty());
        let unknown = view.unknown();
        assert_eq!(unknown.len(), 1, "{unknown:?}");
        assert_eq!(
            (unknown[0].stage, unknown[0].stands_at),
            (Stage::EarlyWarning, Some(t0))
        );
    });
}

#[test]
fn given_holidays_move_only_what_is_legally_latest() {
    stories(|world| {
        let case = case_of(world);
        // 14 days from 10 December 2026 end on 24 December, a Thursday.
        world.pass(super::at("2026-12-10T12:00:00Z") - world.now());
        let at = world.now();
        world.write(|tx| cases::record_measure(tx, &world.psirt, case, Some(at), "Patch is out"));
        let before = world.deadline(case, Stage::FinalReport);
        assert_eq!(before.due_at, Some(super::at("2026-12-24T12:00:00Z")));
        let end_of_day = super::at("2026-12-24T23:00:00Z");
        assert_eq!(before.legal_latest_at, Some(end_of_day));
        let seen = |state| {
            let list = world.write(|tx| cases::find_holidays(tx, &world.psirt, state));
            list.map(|list| list.changed_at)
        };
        let try_set = |state: &'static str, days: &[&str], remove, seen| {
            let new = cases::NewHolidays {
                member_state: state.into(),
                days: days.iter().map(|day| day.parse().unwrap()).collect(),
                remove,
                seen,
            };
            world.try_write(|tx| cases::set_holidays(tx, &world.psirt, &new))
        };
        let set = |state: &'static str, days: &[&str]| {
            try_set(state, days, false, seen(state)).unwrap();
        };
        let armed = || world.count("select count(*) from alarms where state = 'armed'");
        let ringing = armed();
        set("FR", &["2026-12-24"]);
        assert_eq!(
            world.deadline(case, Stage::FinalReport).legal_latest_at,
            Some(end_of_day),
            "another Member State's days do not count"
        );
        set("DE", &["2026-12-24", "2026-12-25"]);
        let after = world.deadline(case, Stage::FinalReport);
        // Thursday and Friday are free, then the weekend: the end of Monday, Berlin's day.
        assert_eq!(
            after.legal_latest_at,
            Some(super::at("2026-12-28T23:00:00Z"))
        );
        assert_eq!((after.id, after.due_at), (before.id, before.due_at));
        assert_eq!(armed(), ringing, "no alarm is armed again");
        assert_eq!(world.case(case).holidays.len(), 2);
        let early = world.deadline(case, Stage::EarlyWarning);
        assert!(early.due_at < after.due_at);

        // The case says what moved; what another saw before is no longer theirs to replace; only
        // who says so removes a list.
        let moved = || {
            let events = world.case(case).events;
            let moved = events
                .into_iter()
                .filter(|e| e.kind == "legal-latest-moved");
            moved.map(|e| e.args).collect::<Vec<_>>()
        };
        let told = moved();
        assert_eq!(told.len(), 1, "{told:?}");
        for (name, value) in [
            ("stage", "final-report"),
            ("old", "2026-12-24 23:00 UTC"),
            ("at", "2026-12-28 23:00 UTC"),
            ("state", "DE"),
        ] {
            assert!(told[0].contains(&(name.into(), value.into())), "{told:?}");
        }
        let code = |refused: Result<(), bonafide::trouble::Refusal>| refused.unwrap_err().code;
        let stale = try_set("DE", &["2026-12-26"], false, None);
        assert_eq!(code(stale), "holidays-changed-meanwhile");
        assert_eq!(
            code(try_set("DE", &[], false, seen("DE"))),
            "holidays-empty"
        );
        world.pass(hours(1));
        try_set("DE", &[], true, seen("DE")).unwrap();
        assert_eq!(moved().len(), 2);
        let latest = world.deadline(case, Stage::FinalReport).legal_latest_at;
        assert_eq!(latest, Some(end_of_day));
        let lists = world.write(|tx| cases::list_holidays(tx, &world.psirt));
        assert_eq!(lists.len(), 1, "only the one of France is left");
    });
}

#[test]
fn users_informed_is_recorded_release_by_release() {
    stories(|world| {
        let case = case_of(world);
        let new = |change: &dyn Fn(&mut NewInforming)| {
            let mut new = NewInforming {
                told: Told::Impacted,
                by: ToldBy::Mail,
                informed_at: world.now(),
                informant: "Support".into(),
                text: "Switch off the parser until 1.3.".into(),
                reference: None,
                releases: vec![world.releases[0]],
            };
            change(&mut new);
            world.try_write(|tx| cases::record_informed(tx, &world.psirt, case, &new))
        };
        let code = |refused: Result<(), bonafide::trouble::Refusal>| refused.unwrap_err().code;
        let later = world.now() + hours(1);
        assert_eq!(code(new(&|n| n.informed_at = later)), "informed-in-future");
        assert_eq!(
            code(new(&|n| n.informant = " ".into())),
            "informed-by-nobody"
        );
        assert_eq!(code(new(&|n| n.text = " ".into())), "informed-without-text");
        assert_eq!(code(new(&|n| n.releases.clear())), "informed-of-no-release");
        // 1.1 is not in the case.
        let other = vec![world.releases[1]];
        assert_eq!(code(new(&|n| n.releases.clone_from(&other))), "not-found");
        new(&|_| {}).unwrap();
        let view = world.case(case);
        assert_eq!(view.informed.len(), 1);
        new(&|_| ()).unwrap();
        assert_eq!(world.case(case).informed.len(), 1, "a second click");
        assert_eq!(view.informed[0].releases, [world.releases[0]]);
        let kind = "select count(*) from journal_entries where action = 'users-informed'";
        assert_eq!(world.count(kind), 1);
    });
}
