//! Who may decide what, double clicks, contradictions, and other tenants.

use super::{World, aware_at, decision, stories};
use crate::kit::{caller_of, organisation};
use bonafide::accounts::Role;
use bonafide::cases::{
    self, Answered, Because, ExploitedBy, Kind, NewDecision, NewSignal, Source, Stage, Verdict,
    WatchState,
};
use bonafide::trouble::Refusal;

#[test]
fn two_clicks_at_once_make_one_decision() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let item = world.item();
        let new = decision(&item, aware_at(world.now()));
        let cases = std::sync::Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let made = world.decide(item.id, &new);
                    cases.lock().unwrap().push(made);
                });
            }
        });
        let made = cases.into_inner().unwrap();
        assert_eq!(made[0], made[1], "the second click is the first");
        assert_eq!(world.count("select count(*) from cases"), 1);
        assert_eq!(world.count("select count(*) from decisions"), 1);
        // Other words, or another person with the same, stand against what was decided.
        let mut other = new.clone();
        other.reason = "Something else".into();
        let refused = world.try_write(|tx| cases::decide(tx, &world.psirt, item.id, &other));
        let refused = refused.unwrap_err();
        assert_eq!(
            (refused.status, refused.code),
            (409, "decision-made-already")
        );
        let colleague = caller_of(&world.app.db, world.program.organisation, Role::Psirt);
        let refused = world.try_write(|tx| cases::decide(tx, &colleague, item.id, &new));
        assert_eq!(refused.unwrap_err().code, "decision-made-already");
    });
}

#[test]
fn each_outcome_asks_for_what_each_answer_rests_on() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let item = world.item();
        let now = world.now();
        for verdict in [
            aware_at(now),
            Verdict::WatchUntil {
                until: now + super::hours(2),
            },
            Verdict::NotReportable {
                because: Because::NotOurs,
            },
        ] {
            let mut new = decision(&item, verdict);
            new.exploited = ExploitedBy::NoneYet;
            for text in [
                &mut new.contained_text,
                &mut new.reachable_text,
                &mut new.exploited_text,
                &mut new.reason,
            ] {
                *text = " ".into();
            }
            let refused = world.try_write(|tx| cases::decide(tx, &world.psirt, item.id, &new));
            let refused = refused.unwrap_err();
            let all: Vec<_> = std::iter::once(&refused).chain(&refused.also).collect();
            let fields: Vec<_> = all.iter().filter_map(|refusal| refusal.field).collect();
            let expected = [
                "contained_text",
                "reachable_text",
                "exploited_text",
                "reason",
            ];
            assert_eq!(fields, expected, "{:?}", new.verdict);
            let is_aware = new.verdict.outcome() == cases::Outcome::Aware;
            let code = if is_aware {
                "decision-aware-without-evidence"
            } else {
                "decision-needs-evidence"
            };
            assert_eq!(all[2].code, code);
        }
        // Said plainly, "none yet" is an answer, and it is kept.
        let mut new = decision(&item, aware_at(now));
        new.exploited = ExploitedBy::NoneYet;
        new.exploited_text = "None yet, because the logs are still being fetched.".into();
        world.decide(item.id, &new);
        let view = world.write(|tx| cases::watch_view(tx, &world.psirt, item.id));
        assert_eq!(view.decisions[0].exploited_text, new.exploited_text);
    });
}

fn anew(world: &World, reason: &str) -> Result<(), Refusal> {
    let id = world.item().id;
    world.try_write(|tx| cases::decide_anew(tx, &world.psirt, id, reason))
}

#[test]
fn deciding_anew_is_an_act_of_its_own_and_leaves_the_case_and_its_t0() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let case = world.aware();
        let t0 = world.case(case).aware_at();
        let due = world.deadline(case, Stage::EarlyWarning).due_at;
        world.pass(super::hours(3));
        assert_eq!(anew(world, " ").unwrap_err().code, "anew-needs-reason");
        anew(world, "The trace was of a test system.").unwrap();
        anew(world, "A second click").unwrap();
        let item = world.item();
        assert_eq!((item.state, item.generation), (WatchState::Assessing, 2));
        assert_eq!(item.case, Some(case));

        let denied = Verdict::NotReportable {
            because: Because::NotMalicious,
        };
        world.decide(item.id, &decision(&item, denied));
        let view = world.case(case);
        assert_eq!(view.case.state, cases::CaseState::Open, "its case stands");
        assert_eq!(view.aware_at(), t0);
        assert_eq!(world.deadline(case, Stage::EarlyWarning).due_at, due);
        assert!(
            view.events
                .iter()
                .any(|event| event.kind == "decision-reopened")
        );

        // Aware after all: the same case, the same T0, whatever the clock says now.
        world.write(|tx| cases::close_case(tx, &world.psirt, case, "Nothing to report"));
        anew(world, "The test system was a customer's.").unwrap();
        let item = world.item();
        let moved = decision(&item, aware_at(world.now()));
        let refused = world.try_write(|tx| cases::decide(tx, &world.psirt, item.id, &moved));
        assert_eq!(refused.unwrap_err().code, "aware-stands-already");
        let again = decision(
            &item,
            Verdict::Aware {
                aware_at: None,
                aware_reason: None,
            },
        );
        assert_eq!(world.decide(item.id, &again).1, Some(case));
        let view = world.case(case);
        assert_eq!(view.case.state, cases::CaseState::Open, "opened again");
        assert_eq!(view.aware_at(), t0);
        assert_eq!(view.anchors.len(), 1);
        assert_eq!(world.count("select count(*) from cases"), 1);
        assert_eq!(world.count("select count(*) from decisions"), 3);
    });
}

#[test]
fn what_is_not_reportable_can_be_decided_anew_and_opens_its_first_case() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let item = world.item();
        let denied = Verdict::NotReportable {
            because: Because::Other,
        };
        world.decide(item.id, &decision(&item, denied));
        anew(world, "A customer called.").unwrap();
        world.pass(super::hours(1));
        let item = world.item();
        let aware = Verdict::Aware {
            aware_at: None,
            aware_reason: None,
        };
        let case = world.decide(item.id, &decision(&item, aware)).1.unwrap();
        assert_eq!(world.case(case).aware_at(), world.now());
        // A begun assessment is nothing to take up again, and nobody else's either.
        let other = organisation(&world.app.db);
        let theirs = world.try_write(|tx| cases::decide_anew(tx, &other, item.id, "x"));
        assert_eq!(theirs.unwrap_err().status, 404);
    });
}

#[test]
fn the_queue_says_affected_after_aware() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        world.aware();
        let sql = "select count(*) from findings f join releases r on r.id = f.release_id \
                   where r.market <> 'not-yet' and f.status <> 'affected'";
        assert_eq!(world.count(sql), 0);
        let untouched = "select count(*) from findings where status = 'not_assessed'";
        assert_eq!(
            world.count(untouched),
            1,
            "the release that is not on the market"
        );
    });
}

#[test]
fn the_same_form_sent_twice_at_once_is_one_signal_and_one_item() {
    stories(|world| {
        let new = NewSignal {
            reference: Some("form:sig_1:abc".into()),
            ..signal("Strange traffic")
        };
        let taken = std::sync::Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let one = world.write(|tx| cases::record_signal(tx, &world.psirt, &new));
                    taken.lock().unwrap().push((one.signal, one.watch_item));
                });
            }
        });
        let mut taken = taken.into_inner().unwrap();
        taken.dedup();
        assert_eq!(taken.len(), 1);
        assert_eq!(world.count("select count(*) from signals"), 1);
        assert_eq!(world.count("select count(*) from watch_items"), 1);
    });
}

#[test]
fn a_further_signal_joins_the_item_it_is_about() {
    stories(|world| {
        let first = world.write(|tx| cases::record_signal(tx, &world.psirt, &signal("Traffic")));
        let further = NewSignal {
            watch_item: Some(first.watch_item),
            ..signal("A second customer sees it")
        };
        let taken = world.write(|tx| cases::record_signal(tx, &world.psirt, &further));
        assert_eq!(taken.watch_item, first.watch_item);
        assert!(taken.is_new);
        let other = organisation(&world.app.db);
        let theirs = world.try_write(|tx| cases::record_signal(tx, &other, &further));
        assert_eq!(theirs.unwrap_err().status, 404);
    });
}

#[track_caller]
fn check(world: &World, change: impl FnOnce(&mut NewDecision), code: &str) {
    let item = world.item();
    let mut new = decision(&item, aware_at(world.now()));
    change(&mut new);
    let refused = world.try_write(|tx| cases::decide(tx, &world.psirt, item.id, &new));
    assert_eq!(refused.unwrap_err().code, code);
    assert_eq!(world.item().state, WatchState::Waiting);
}

#[test]
fn a_decision_that_contradicts_itself_is_refused() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let no = |because| Verdict::NotReportable { because };
        let now = world.now();
        check(world, |d| d.reason = " ".into(), "decision-needs-reason");
        check(
            world,
            |d| d.exploited_text = String::new(),
            "decision-needs-evidence",
        );
        check(
            world,
            |d| d.contained = Answered::No,
            "decision-aware-not-contained",
        );
        check(
            world,
            |d| d.verdict = no(Because::NotContained),
            "decision-contradicts-answers",
        );
        check(
            world,
            |d| d.verdict = no(Because::NotReachable),
            "decision-contradicts-answers",
        );
        check(
            world,
            |d| d.verdict = no(Because::NotInOurProduct),
            "decision-contradicts-answers",
        );
        check(
            world,
            |d| d.verdict = Verdict::WatchUntil { until: now },
            "watch-until-past",
        );
        let far = now + super::hours(24 * 200);
        check(
            world,
            |d| d.verdict = Verdict::WatchUntil { until: far },
            "watch-until-far",
        );
        check(world, |d| d.reason = "x".repeat(5_000), "field-too-long");
        check(world, |d| d.revision = 4, "decision-made-already");
    });
}

#[test]
fn each_role_does_what_it_may() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let item = world.item();
        for role in Role::ALL {
            let caller = caller_of(&world.app.db, world.program.organisation, role);
            let decides = matches!(role, Role::Admin | Role::Psirt);
            let files = decides || role == Role::Compliance;
            let signals = role != Role::Auditor;
            let new = decision(&item, aware_at(world.now() + super::hours(1)));
            // A refusal of the decision's content shows that the role got as far as the content.
            let decided = world.try_write(|tx| cases::decide(tx, &caller, item.id, &new));
            let expected = if decides {
                "aware-in-future"
            } else {
                "forbidden"
            };
            assert_eq!(decided.unwrap_err().code, expected, "{role:?}");
            let signal = world.try_write(|tx| cases::record_signal(tx, &caller, &signal("")));
            let expected = if signals {
                "signal-without-subject"
            } else {
                "forbidden"
            };
            assert_eq!(signal.unwrap_err().code, expected, "{role:?}");
            let unknown: bonafide::ids::CaseId =
                "case_01900000000070008000000000000000".parse().unwrap();
            let saved = world.try_write(|tx| {
                cases::save_sheet(
                    tx,
                    &caller,
                    unknown,
                    Stage::EarlyWarning,
                    0,
                    &Default::default(),
                )
            });
            let expected = if files { "not-found" } else { "forbidden" };
            assert_eq!(saved.unwrap_err().code, expected, "{role:?}");
            let read = world.try_write(|tx| cases::watch_view(tx, &caller, item.id));
            assert!(read.is_ok(), "{role:?} may read");
        }
    });
}

pub fn signal(title: &str) -> NewSignal {
    NewSignal {
        kind: Kind::ActivelyExploitedVulnerability,
        vulnerability: None,
        title: title.into(),
        text: String::new(),
        source: Source::Customer,
        in_our_product: Answered::Unknown,
        reference: None,
        received_at: None,
        watch_item: None,
    }
}

#[test]
fn another_tenant_sees_and_touches_nothing() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let item = world.item();
        let case = world.aware();
        let other = organisation(&world.app.db);
        let not_found = |refused: Refusal| assert_eq!(refused.status, 404);
        not_found(
            world
                .try_write(|tx| cases::watch_view(tx, &other, item.id))
                .unwrap_err(),
        );
        not_found(
            world
                .try_write(|tx| cases::start_assessment(tx, &other, item.id))
                .unwrap_err(),
        );
        not_found(
            world
                .try_write(|tx| cases::case_view(tx, &other, case))
                .unwrap_err(),
        );
        not_found(
            world
                .try_write(|tx| cases::sheet_view(tx, &other, case, Stage::EarlyWarning))
                .unwrap_err(),
        );
        let reason = "x";
        not_found(
            world
                .try_write(|tx| cases::close_case(tx, &other, case, reason))
                .unwrap_err(),
        );
        let theirs = foreign(world);
        not_found(
            world
                .try_write(|tx| cases::add_release(tx, &world.psirt, case, theirs))
                .unwrap_err(),
        );
        let (items, _) = world.write(|tx| cases::list_watch_items(tx, &other, None, 0));
        assert!(items.is_empty());
        // The same flaw in nobody's product of theirs opens nothing for them.
        let org = other.organisation;
        let opened = world.write(|tx| cases::consider_exploited(tx, org, world.flaw));
        assert!(opened.is_none());
    });
}

/// A release of a company of its own.
fn foreign(world: &World) -> bonafide::ids::ReleaseId {
    let other = organisation(&world.app.db);
    super::gateway(&world.app.db, &other).1[0]
}

#[test]
fn a_name_heard_before_any_feed_joins_the_flaw_when_the_feed_knows_it() {
    stories(|world| {
        let heard = NewSignal {
            vulnerability: Some("cve-2026-7777".into()),
            in_our_product: Answered::Yes,
            ..signal("A customer speaks of CVE-2026-7777")
        };
        let taken = world.write(|tx| cases::record_signal(tx, &world.psirt, &heard));
        let flaw = super::flaw(&world.app.db, "CVE-2026-7777", "A hole");
        let purl = "pkg:npm/libbar@2.0.0";
        super::contain(&world.app.db, &world.program, world.releases[0], flaw, purl);
        super::list(&world.app.db, flaw, "eu-kev", "2026-11-23");
        let org = world.program.organisation;
        let item = world.write(|tx| cases::consider_exploited(tx, org, flaw));
        assert_eq!(item, Some(taken.watch_item));
        let item = world.item();
        assert_eq!(item.vulnerability_id, Some(flaw));
        assert_eq!(item.title, "CVE-2026-7777: A hole");
    });
}

#[test]
fn the_same_reference_is_the_same_signal() {
    stories(|world| {
        let new = NewSignal {
            reference: Some("ticket-17".into()),
            ..signal("Strange traffic")
        };
        let first = world.write(|tx| cases::record_signal(tx, &world.psirt, &new));
        let second = world.write(|tx| cases::record_signal(tx, &world.psirt, &new));
        assert!(first.is_new && !second.is_new);
        assert_eq!(first.signal, second.signal);
        let future = NewSignal {
            received_at: Some(world.now() + super::hours(1)),
            ..signal("x")
        };
        let refused = world.try_write(|tx| cases::record_signal(tx, &world.psirt, &future));
        assert_eq!(refused.unwrap_err().code, "signal-in-future");
    });
}

#[test]
fn evidence_of_a_decision_is_kept_with_the_item() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let item = world.item();
        let digest = world.app.blobs.put(b"trace").unwrap();
        let mut new = decision(&item, aware_at(world.now()));
        new.exploited = ExploitedBy::OwnTelemetry;
        new.evidence.push(bonafide::evidence::NewEvidence {
            subject: "anything".into(),
            kind: "decision-evidence",
            file_name: "trace.pcap".into(),
            media_type: "application/octet-stream".into(),
            digest,
            bytes: 5,
        });
        world.decide(item.id, &new);
        let view = world.write(|tx| cases::watch_view(tx, &world.psirt, item.id));
        assert_eq!(view.decisions[0].evidence.len(), 1);
        let org = world.program.organisation;
        let kept =
            world.write(|tx| bonafide::evidence::list_evidence(tx, org, &item.id.to_string()));
        assert_eq!(kept[0].file_name, "trace.pcap");
    });
}

#[test]
fn a_mistyped_cve_is_said_and_other_names_are_taken() {
    let now = "2026-11-23T09:00:00Z".parse().unwrap();
    let check = |name: &str, expected: bool| {
        let new = NewSignal {
            vulnerability: Some(name.to_owned()),
            ..signal("Heard of it")
        };
        let wrong = cases::problems_of_signal(&new, now);
        let found = wrong.iter().any(|refusal| refusal.code == "signal-bad-cve");
        assert_eq!(found, expected, "{name}");
    };
    for name in [
        "CVE-26-1",
        "cve-2026-123",
        "CVE-2026-12a45",
        "CVE-2026",
        "CVE-",
    ] {
        check(name, true);
    }
    for name in [
        "CVE-2026-1234",
        "cve-2026-1234567",
        "GHSA-aaaa-bbbb-cccc",
        "VDE-2026-1",
    ] {
        check(name, false);
    }
}
