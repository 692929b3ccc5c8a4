//! What is frozen when a report is recorded as filed, and what a later correction leaves behind.

use super::{World, hours, stories};
use bonafide::cases::{self, FilingKind, NewFiling, Stage};
use bonafide::ids::CaseId;
use bonafide::trouble::Trouble;

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
        let one = || {
            let filing = NewFiling {
                stage: Stage::EarlyWarning,
                kind: FilingKind::First,
                also_covers: Vec::new(),
                platform_reference: "SRP-DE-V-2026-00000018".into(),
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
            let other = scope.spawn(one);
            [one(), other.join().unwrap()]
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
