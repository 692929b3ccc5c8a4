//! Severe incidents: their own content, and the month that runs from the notification.

use super::{World, at, hours, stories};
use bonafide::cases::{
    self, Answered, DeadlineState, ExploitedBy, FilingKind, Incident, Kind, NewDecision, NewSignal,
    SeverityTest, Source, Stage,
};
use bonafide::ids::CaseId;
use bonafide_law::coordinators::Facts;

fn incident(world: &World) -> Incident {
    Incident {
        what_happened: "The update server served an image that is not ours.".into(),
        occurred_at: Some(world.now() - hours(6)),
        test: Some(SeverityTest::MaliciousCode),
        impact: "Foreign code ran in every gateway that took the update.".into(),
        suspected: Answered::Yes,
        suspected_text: "Somebody signed in with a stolen key.".into(),
        evidence: "The update server's log".into(),
    }
}

fn open(world: &World) -> CaseId {
    let (signal, decision) = by_hand(world);
    world.write(|tx| cases::open_by_hand(tx, &world.psirt, &signal, &decision))
}

fn by_hand(world: &World) -> (NewSignal, NewDecision) {
    let signal = NewSignal {
        kind: Kind::SevereIncident,
        vulnerability: None,
        title: "Malicious update was served".into(),
        text: String::new(),
        source: Source::OwnTelemetry,
        in_our_product: Answered::Yes,
        reference: None,
        received_at: Some(world.now() - hours(2)),
        watch_item: None,
    };
    let decision = NewDecision {
        revision: 0,
        contained: Answered::Unknown,
        contained_text: String::new(),
        reachable: Answered::Unknown,
        reachable_text: String::new(),
        exploited: ExploitedBy::NoneYet,
        exploited_text: String::new(),
        verdict: super::aware_at(world.now()),
        reason: "The signature is not ours.".into(),
        evidence: Vec::new(),
        incident: Some(incident(world)),
        releases: vec![world.releases[1]],
        member_states: vec!["EL".into(), "at".into()],
    };
    (signal, decision)
}

#[test]
fn the_same_form_twice_at_once_opens_one_case() {
    stories(|world| {
        let (mut signal, decision) = by_hand(world);
        signal.reference = Some("form:sig_2:abc".into());
        let opened = std::sync::Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    let case =
                        world.write(|tx| cases::open_by_hand(tx, &world.psirt, &signal, &decision));
                    opened.lock().unwrap().push(case);
                });
            }
        });
        let mut opened = opened.into_inner().unwrap();
        opened.dedup();
        assert_eq!(opened.len(), 1);
        assert_eq!(world.count("select count(*) from cases"), 1);
    });
}

#[test]
fn an_incident_is_asked_its_own_questions() {
    stories(|world| {
        let case = open(world);
        assert_eq!(world.case(case).decision.incident, Some(incident(world)));
        let (signal, mut bare) = by_hand(world);
        bare.incident = Some(Incident {
            what_happened: String::new(),
            occurred_at: Some(world.now() + hours(1)),
            test: None,
            impact: String::new(),
            suspected: Answered::Unknown,
            suspected_text: String::new(),
            evidence: String::new(),
        });
        let refused = world.try_write(|tx| cases::open_by_hand(tx, &world.psirt, &signal, &bare));
        let refused = refused.unwrap_err();
        let all = std::iter::once(&refused).chain(&refused.also);
        let fields: Vec<_> = all.filter_map(|refusal| refusal.field).collect();
        let expected = [
            "what_happened",
            "occurred_at",
            "severity_test",
            "impact",
            "suspected_text",
            "incident_evidence",
        ];
        assert_eq!(fields, expected);
    });
}

#[test]
fn opening_takes_as_many_statements_for_forty_releases_as_for_one() {
    stories(|world| {
        let (signal, mut decision) = by_hand(world);
        let product = world
            .write(|tx| bonafide::releases::get_release(tx, &world.program, world.releases[0]))
            .product;
        let many: Vec<_> = (0..40)
            .map(|n| {
                let new = bonafide::releases::NewRelease {
                    version: format!("3.{n}"),
                    ..Default::default()
                };
                world.write(|tx| {
                    bonafide::releases::create_release(tx, &world.program, product, new.clone())
                })
            })
            .collect();
        let count = |decision: &NewDecision| {
            world.write(|tx| {
                let before = tx.statements();
                cases::open_by_hand(tx, &world.psirt, &signal, decision)?;
                Ok(tx.statements() - before)
            })
        };
        let one = count(&decision);
        decision.releases = many;
        assert_eq!(count(&decision), one);
    });
}

#[test]
fn an_incident_runs_its_own_clocks() {
    stories(|world| {
        let case = open(world);
        let view = world.case(case);
        assert_eq!(view.first_signal_at, at("2026-11-23T07:00:00Z"));
        assert_eq!(view.member_states(), ["AT", "DE", "FR", "GR"]);
        assert_eq!(view.affected.len(), 1);
        let early = world.deadline(case, Stage::EarlyWarning);
        assert_eq!(early.citation, "Art. 14(4)(a)");
        let last = world.deadline(case, Stage::FinalReport);
        assert_eq!(last.state, DeadlineState::NotRunning);
        // A measure starts nothing here.
        let now = world.now();
        world.write(|tx| cases::record_measure(tx, &world.psirt, case, Some(now), "Server off"));
        assert_eq!(
            world.deadline(case, Stage::FinalReport).state,
            DeadlineState::NotRunning
        );

        world.pass(hours(2));
        world.file(case, Stage::EarlyWarning);
        world.pass(hours(60));
        world.file(case, Stage::Notification);
        let last = world.deadline(case, Stage::FinalReport);
        assert_eq!(last.anchor_at, Some(at("2026-11-25T23:00:00Z")));
        // Midnight in Berlin, one calendar month later.
        assert_eq!(last.due_at, Some(at("2026-12-25T23:00:00Z")));
        assert_eq!(last.citation, "Art. 14(4)(c)");
    });
}

#[test]
fn filing_again_does_not_move_the_month_but_a_correction_does() {
    stories(|world| {
        let case = open(world);
        world.file(case, Stage::EarlyWarning);
        world.pass(hours(10));
        world.file(case, Stage::Notification);
        let due = world.deadline(case, Stage::FinalReport).due_at;
        world.pass(hours(20));
        let again = |kind| {
            world
                .try_file(case, Stage::Notification, |filing| {
                    filing.kind = kind;
                    filing.reason = Some("The coordinator was the wrong one".into());
                })
                .unwrap();
        };
        again(FilingKind::Resubmission);
        assert_eq!(world.deadline(case, Stage::FinalReport).due_at, due);
        again(FilingKind::Correction);
        let moved = world.deadline(case, Stage::FinalReport).due_at;
        assert_eq!(moved, due.map(|due| due + hours(20)));
    });
}

#[test]
fn an_early_warning_that_carried_the_notification_starts_the_month() {
    stories(|world| {
        let case = open(world);
        world
            .try_file(case, Stage::EarlyWarning, |filing| {
                filing.also_covers = vec![Stage::Notification];
            })
            .unwrap();
        assert_eq!(
            world.deadline(case, Stage::Notification).state,
            DeadlineState::Met
        );
        let last = world.deadline(case, Stage::FinalReport);
        assert_eq!(last.anchor_at, Some(world.now()));
    });
}

#[test]
fn another_coordinator_counts_the_month_in_its_own_zone() {
    stories(|world| {
        let case = open(world);
        world.file(case, Stage::EarlyWarning);
        world.file(case, Stage::Notification);
        let facts = Facts {
            most_users: Some("FI".into()),
            ..Facts::default()
        };
        world.write(|tx| {
            cases::record_coordinator(tx, &world.psirt, case, &facts, "Moved the product team")
        });
        let last = world.deadline(case, Stage::FinalReport);
        assert_eq!(last.zone, "Europe/Helsinki");
        assert_eq!(world.case(case).case.coordinator.as_deref(), Some("FI"));
        let nobody = Facts::default();
        let refused =
            world.try_write(|tx| cases::record_coordinator(tx, &world.psirt, case, &nobody, "x"));
        assert_eq!(refused.unwrap_err().code, "coordinator-unknown");
    });
}

#[test]
fn an_incident_without_its_own_content_is_no_case() {
    stories(|world| {
        open(world);
        let items = world.items();
        assert_eq!(items.len(), 1);
        let case = items[0].case.unwrap();
        let view = world.write(|tx| cases::sheet_view(tx, &world.psirt, case, Stage::EarlyWarning));
        let value = |key: &str| view.values.get(key).cloned().unwrap_or_default();
        assert_eq!(value("suspected_unlawful_or_malicious"), "yes");
        assert_eq!(value("notification_type"), "incident");
        let sheet =
            world.write(|tx| cases::sheet_view(tx, &world.psirt, case, Stage::Notification));
        let told = sheet.values.get("incident_general_information");
        assert_eq!(told, Some(&incident(world).what_happened));
        assert!(view.law_lacks.is_empty(), "{:?}", view.law_lacks);
        assert!(
            view.form_lacks.iter().all(|lack| !lack.blocking),
            "{:?}",
            view.form_lacks
        );
    });
}
