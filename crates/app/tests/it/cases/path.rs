//! The whole path of an actively exploited vulnerability.

use super::{World, at, decision, hours, stories};
use bonafide::cases::{
    self, DeadlineState, FilingKind, Outcome, Stage, Trigger, Verdict, WatchState,
};
use jiff::SignedDuration;

#[test]
fn a_listed_flaw_becomes_a_case_and_three_reports() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let item = world.item();
        assert_eq!(item.state, WatchState::Waiting);
        assert_eq!(item.title, "CVE-2026-1000: Overflow in libfoo");
        assert_eq!(world.told().len(), 1, "the people on call are told once");
        world.pass(SignedDuration::from_mins(41));
        world.write(|tx| cases::start_assessment(tx, &world.psirt, item.id));
        world.pass(SignedDuration::from_mins(9));
        let case = world.aware();
        let view = world.case(case);
        assert_eq!(view.first_signal_at, at("2026-11-23T09:00:00Z"));
        assert_eq!(
            view.decision.assessment_started_at,
            at("2026-11-23T09:41:00Z")
        );
        assert_eq!(view.aware_at(), at("2026-11-23T09:50:00Z"));
        // The one not on the market yet is nobody's concern here; the withdrawn one is.
        let versions: Vec<&str> = view.affected.iter().map(|a| a.version.as_str()).collect();
        assert_eq!(versions, ["1.0", "1.2"]);
        assert_eq!(view.member_states(), ["DE", "FR"]);
        assert_eq!(view.case.coordinator.as_deref(), Some("DE"));
        assert_eq!(view.case.zone, "Europe/Berlin");
        reports(world, case);
    });
}

fn reports(world: &World, case: bonafide::ids::CaseId) {
    let early = world.deadline(case, Stage::EarlyWarning);
    assert_eq!(early.due_at, Some(at("2026-11-24T09:50:00Z")));
    assert_eq!(early.citation, "Art. 14(2)(a)");
    let notification = world.deadline(case, Stage::Notification);
    assert_eq!(notification.due_at, Some(at("2026-11-26T09:50:00Z")));
    let last = world.deadline(case, Stage::FinalReport);
    assert_eq!((last.state, last.due_at), (DeadlineState::NotRunning, None));

    world.pass(hours(5));
    world.file(case, Stage::EarlyWarning);
    let early = world.deadline(case, Stage::EarlyWarning);
    assert_eq!(early.state, DeadlineState::Met);
    assert_eq!(early.met_at, Some(at("2026-11-23T14:50:00Z")));
    world.pass(hours(50));
    world.file(case, Stage::Notification);

    // The measure was there yesterday: the 14 days run from that instant, in Berlin's days.
    let measure_at = at("2026-11-24T23:30:00Z");
    world.write(|tx| {
        cases::record_measure(
            tx,
            &world.psirt,
            case,
            Some(measure_at),
            "Workaround published",
        )
    });
    let last = world.deadline(case, Stage::FinalReport);
    assert_eq!(last.state, DeadlineState::Running);
    assert_eq!(last.trigger, Trigger::MeasureAvailableAt);
    assert_eq!(last.due_at, Some(at("2026-12-08T23:30:00Z")));
    assert!(last.legal_latest_at >= last.due_at);

    world.file(case, Stage::FinalReport);
    let view = world.case(case);
    assert!(view.deadlines.iter().all(|d| d.state == DeadlineState::Met));
    world.write(|tx| cases::close_case(tx, &world.psirt, case, "Everything is filed"));
    assert_eq!(
        world.count("select count(*) from alarms where state = 'armed'"),
        0,
        "nothing rings any more"
    );
}

#[test]
fn the_same_news_twice_changes_nothing() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        world.told();
        let before = world.count("select count(*) from journal_entries");
        world.consider();
        world.consider();
        assert_eq!(world.count("select count(*) from journal_entries"), before);
        assert_eq!(world.item().generation, 1);
        assert!(world.told().is_empty());
    });
}

#[test]
fn a_second_source_joins_the_open_item() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        world.listed("eu-kev", "2026-11-23");
        let item = world.item();
        assert_eq!((item.state, item.generation), (WatchState::Waiting, 1));
        let view = world.write(|tx| cases::watch_view(tx, &world.psirt, item.id));
        let mut sources: Vec<&str> = view.signals.iter().map(|s| s.source.as_str()).collect();
        sources.sort_unstable();
        assert_eq!(sources, ["cisa-kev", "eu-kev"]);
    });
}

#[test]
fn a_decided_item_waits_again_only_for_something_new() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let item = world.item();
        let because = cases::Because::NotReachable;
        let mut no = decision(&item, Verdict::NotReportable { because });
        no.reachable = cases::Answered::No;
        world.decide(item.id, &no);
        world.pass(hours(30));
        world.consider();
        assert_eq!(world.item().state, WatchState::Decided);
        world.told();

        world.listed("eu-kev", "2026-11-24");
        let item = world.item();
        assert_eq!((item.state, item.generation), (WatchState::Waiting, 2));
        assert_eq!(item.outcome, Some(Outcome::NotReportable));
        assert_eq!(item.first_signal_at, world.now());
        assert_eq!(world.told().len(), 1);
        let view = world.write(|tx| cases::watch_view(tx, &world.psirt, item.id));
        assert_eq!(view.decisions.len(), 1, "the earlier decision is shown");

        // A further release that contains it is news as well.
        let mut no = decision(&item, Verdict::NotReportable { because });
        no.reachable = cases::Answered::No;
        world.decide(item.id, &no);
        let purl = "pkg:npm/libfoo@1.4.0";
        super::contain(
            &world.app.db,
            &world.program,
            world.releases[1],
            world.flaw,
            purl,
        );
        world.consider();
        assert_eq!(world.item().generation, 3);
    });
}

#[test]
fn a_running_case_gets_news_without_being_decided_anew() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let case = world.aware();
        world.told();
        let purl = "pkg:npm/libfoo@1.4.0";
        super::contain(
            &world.app.db,
            &world.program,
            world.releases[1],
            world.flaw,
            purl,
        );
        world.consider();
        assert_eq!(world.item().state, WatchState::Decided);
        let view = world.case(case);
        assert_eq!(view.missing.len(), 1);
        assert_eq!(world.told().len(), 1);
        let missing = view.missing[0].release;
        world.write(|tx| cases::add_release(tx, &world.psirt, case, missing));
        let view = world.case(case);
        assert_eq!((view.missing.len(), view.affected.len()), (0, 3));
    });
}

#[test]
fn watching_ends_at_its_instant_and_escalates_anew() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let item = world.item();
        let until = world.now() + hours(48);
        world.decide(item.id, &decision(&item, Verdict::WatchUntil { until }));
        world.told();
        world.pass(hours(47));
        assert_eq!(world.item().state, WatchState::Watching);
        assert!(world.told().is_empty(), "watching is quiet");
        world.pass(hours(1));
        let item = world.item();
        assert_eq!((item.state, item.generation), (WatchState::Waiting, 2));
        assert_eq!(world.told().len(), 1);
        // Aware now, with the first decision standing below.
        let case = world.aware();
        let view = world.write(|tx| cases::watch_view(tx, &world.psirt, item.id));
        assert_eq!(view.decisions.len(), 2);
        assert_eq!(world.case(case).aware_at(), world.now());
    });
}

#[test]
fn nobody_forgets_an_item_that_waits() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        world.told();
        let waits = |world: &World| {
            let told = world.told();
            told.iter()
                .filter(|s| s.starts_with("Nobody has assessed"))
                .count()
        };
        world.pass(SignedDuration::from_mins(59));
        assert_eq!(waits(world), 0);
        world.pass(SignedDuration::from_mins(1));
        assert_eq!(waits(world), 1);
        world.turn();
        assert_eq!(waits(world), 0, "once per step");
        world.pass(hours(1));
        assert_eq!(waits(world), 1);
        let item = world.item();
        world.write(|tx| cases::start_assessment(tx, &world.psirt, item.id));
        world.write(|tx| cases::start_assessment(tx, &world.psirt, item.id));
        world.told();
        world.pass(SignedDuration::from_mins(119));
        assert!(world.told().is_empty(), "somebody looks at it");
        world.pass(SignedDuration::from_mins(1));
        let told = world.told();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("assessed but not decided"), "{told:?}");
    });
}

#[test]
fn an_assessment_forgotten_for_months_is_brought_up_again_and_not_without_end() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let item = world.item();
        world.write(|tx| cases::start_assessment(tx, &world.psirt, item.id));
        world.told();
        world.pass(hours(24 * 120));
        assert_eq!(world.told().len(), 1, "once after a stop");
        world.pass(hours(2));
        assert_eq!(world.told().len(), 1, "and goes on");
    });
}

#[test]
fn alarms_ring_once_each_and_stop_when_the_report_is_recorded() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let case = world.aware();
        world.told();
        let early = |world: &World| {
            let mut told = world.told();
            told.retain(|subject| subject.to_lowercase().contains("early warning"));
            told.dedup();
            told
        };
        world.pass(hours(11));
        assert_eq!(early(world).len(), 0);
        world.pass(hours(1));
        let half = early(world);
        assert_eq!(half.len(), 1, "{half:?}");
        assert!(half[0].contains("24 Nov 2026 09:00 UTC"), "{half:?}");
        world.turn();
        assert_eq!(early(world).len(), 0);
        world.pass(hours(6));
        assert_eq!(early(world).len(), 1, "a quarter is left");
        world.file(case, Stage::EarlyWarning);
        world.pass(hours(8));
        assert_eq!(early(world).len(), 0, "it is filed");
    });
}

#[test]
fn after_a_stop_the_newest_alarm_says_it_all_and_that_it_is_late() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        world.aware();
        world.told();
        // The machine is off for a day and two hours; half, quarter, hour, due and late fire at
        // once, but only the newest is worth a word.
        world.pass(hours(26));
        let told = world.told();
        let early: Vec<_> = told
            .iter()
            .filter(|s| s.contains("early warning"))
            .collect();
        assert_eq!(early.len(), 1, "{told:?}");
        assert!(early[0].starts_with("This server was off"), "{early:?}");
        let jobs = world.count("select count(*) from jobs where state = 'given-up'");
        assert_eq!(jobs, 0);
    });
}

#[test]
fn a_changed_t0_keeps_the_old_value_and_counts_anew() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        world.pass(hours(3));
        let case = world.aware();
        let earlier = world.now() - hours(2);
        let change = |at, reason: &str| {
            world.try_write(|tx| cases::record_awareness(tx, &world.psirt, case, at, reason))
        };
        assert_eq!(change(earlier, "  ").unwrap_err().code, "reason-required");
        let future = world.now() + hours(1);
        assert_eq!(change(future, "x").unwrap_err().code, "aware-in-future");
        change(earlier, "The trace was understood at ten").unwrap();
        let view = world.case(case);
        let values: Vec<_> = view.anchors.iter().map(|a| a.at).collect();
        assert_eq!(values, [Some(at("2026-11-23T12:00:00Z")), Some(earlier)]);
        assert_eq!(view.aware_at(), earlier);
        let early = world.deadline(case, Stage::EarlyWarning);
        assert_eq!(
            (early.generation, early.due_at),
            (2, Some(earlier + hours(24)))
        );
        assert_eq!(view.superseded.len(), 2);
        assert_eq!(
            world.count(
                "select count(*) from alarms where state = 'armed' and generation = 1 \
                 and name like 'early-warning%'"
            ),
            0
        );
        assert_eq!(
            world.count("select count(*) from journal_entries where action = 'awareness-changed'"),
            1
        );
        assert_eq!(
            change(earlier, "again").unwrap_err().code,
            "anchor-unchanged"
        );
    });
}

#[test]
fn a_measure_that_was_there_before_t0_counts_from_t0() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let case = world.aware();
        let measure_at = at("2026-11-01T08:00:00Z");
        let record = |at| {
            world.try_write(|tx| cases::record_measure(tx, &world.psirt, case, at, "Patch 1.3"))
        };
        record(Some(measure_at)).unwrap();
        let last = world.deadline(case, Stage::FinalReport);
        assert_eq!(last.due_at, Some(at("2026-12-07T09:00:00Z")));
        assert_eq!(last.literal_due_at, Some(at("2026-11-15T08:00:00Z")));
        let future = world.now() + hours(1);
        assert_eq!(record(Some(future)).unwrap_err().code, "measure-in-future");
        record(None).unwrap();
        let last = world.deadline(case, Stage::FinalReport);
        assert_eq!(
            (last.state, last.due_at, last.generation),
            (DeadlineState::NotRunning, None, 3)
        );
    });
}

#[test]
fn a_case_is_closed_with_a_reason_and_opened_again_with_its_clocks() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let case = world.aware();
        let close =
            |reason: &str| world.try_write(|tx| cases::close_case(tx, &world.psirt, case, reason));
        assert_eq!(close("").unwrap_err().code, "close-without-final");
        close("It was another manufacturer's device").unwrap();
        world.turn();
        assert_eq!(
            world.deadline(case, Stage::EarlyWarning).state,
            DeadlineState::Dropped
        );
        let refused = world.try_file(case, Stage::EarlyWarning, |_| {});
        assert_eq!(refused.unwrap_err().code, "case-closed");
        world.told();
        world.pass(hours(13));
        assert!(world.told().is_empty());
        world.write(|tx| cases::reopen_case(tx, &world.psirt, case, "It was ours after all"));
        let early = world.deadline(case, Stage::EarlyWarning);
        assert_eq!((early.state, early.generation), (DeadlineState::Running, 2));
        assert_eq!(early.due_at, Some(at("2026-11-24T09:00:00Z")));
        world.pass(hours(5));
        assert!(!world.told().is_empty(), "its alarms ring again");
    });
}

#[test]
fn what_was_filed_cannot_be_filed_twice_by_accident() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        world.pass(hours(1));
        let case = world.aware();
        world.pass(hours(1));
        let file = |change: &dyn Fn(&mut bonafide::cases::NewFiling)| {
            world.try_file(case, Stage::EarlyWarning, |filing| change(filing))
        };
        let now = world.now();
        let code = |refused: Result<_, bonafide::trouble::Refusal>| refused.unwrap_err().code;
        assert_eq!(
            code(file(&|f| f.submitted_at = now + hours(1))),
            "filed-in-future"
        );
        assert_eq!(
            code(file(&|f| f.submitted_at = now - hours(2))),
            "filed-before-awareness"
        );
        assert_eq!(
            code(file(&|f| f.platform_reference = " ".into())),
            "filed-needs-reference"
        );
        assert_eq!(
            code(file(&|f| f.kind = FilingKind::Update)),
            "filed-nothing-before"
        );
        assert_eq!(
            code(file(&|f| f.seal = "7-another".into())),
            "filed-sheet-changed"
        );
        let first = file(&|_| {}).unwrap();
        // A second click is the same record; a moment later it is a question.
        assert_eq!(file(&|_| {}).unwrap(), first);
        world.pass(hours(1));
        assert_eq!(code(file(&|_| {})), "filed-already");
        assert_eq!(
            code(file(&|f| f.kind = FilingKind::Update)),
            "filed-again-needs-reason"
        );
        file(&|f| {
            f.kind = FilingKind::Correction;
            f.reason = Some("The receipt says half an hour earlier".into());
            f.submitted_at = now - SignedDuration::from_mins(30);
        })
        .unwrap();
        let early = world.deadline(case, Stage::EarlyWarning);
        assert_eq!(early.met_at, Some(now - SignedDuration::from_mins(30)));
        assert_eq!(world.case(case).submissions.len(), 2, "both records stand");
    });
}

#[test]
fn t0_is_never_in_the_future_and_an_odd_one_says_why() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        world.pass(hours(3));
        let item = world.item();
        let try_at = |at, reason: Option<&str>| {
            let verdict = Verdict::Aware {
                aware_at: Some(at),
                aware_reason: reason.map(str::to_owned),
            };
            let new = decision(&item, verdict);
            world.try_write(|tx| cases::decide(tx, &world.psirt, item.id, &new))
        };
        let now = world.now();
        let code = |refused: Result<_, bonafide::trouble::Refusal>| refused.unwrap_err().code;
        assert_eq!(code(try_at(now + hours(1), Some("x"))), "aware-in-future");
        assert_eq!(code(try_at(now - hours(1), None)), "aware-needs-reason");
        assert_eq!(code(try_at(now - hours(4), None)), "aware-before-signal");
        try_at(
            now - hours(4),
            Some("A customer called before any list knew"),
        )
        .unwrap();
        assert_eq!(world.item().state, WatchState::Decided);
    });
}
