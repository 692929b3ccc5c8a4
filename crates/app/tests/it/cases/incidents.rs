//! Severe incidents: their own content, and the month that runs from the notification.

use super::{World, at, hours, stories};
use bonafide::cases::{
    self, Answered, DeadlineState, ExploitedBy, FilingKind, Kind, NewDecision, NewSignal,
    SeverityTest, Source, Stage,
};
use bonafide::ids::CaseId;
use bonafide_law::coordinators::Facts;

fn open(world: &World) -> CaseId {
    let signal = NewSignal {
        kind: Kind::SevereIncident,
        vulnerability: None,
        title: "Malicious update was served".into(),
        text: String::new(),
        source: Source::OwnTelemetry,
        in_our_product: Answered::Yes,
        reference: None,
        received_at: Some(world.now() - hours(2)),
    };
    let decision = NewDecision {
        revision: 0,
        contained: Answered::Yes,
        contained_text: String::new(),
        reachable: Answered::Unknown,
        reachable_text: String::new(),
        exploited: ExploitedBy::OwnTelemetry,
        exploited_text: "The update server's log".into(),
        verdict: super::aware_at(world.now()),
        reason: "The signature is not ours.".into(),
        evidence: Vec::new(),
        incident: Some(cases::Incident {
            suspected: Answered::Yes,
            test: SeverityTest::MaliciousCode,
            occurred_at: Some(world.now() - hours(6)),
        }),
        releases: vec![world.releases[1]],
        member_states: vec!["EL".into(), "at".into()],
    };
    world.write(|tx| cases::open_by_hand(tx, &world.psirt, &signal, &decision))
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
        assert!(view.law_lacks.is_empty(), "{:?}", view.law_lacks);
        assert!(
            view.form_lacks.iter().all(|lack| !lack.blocking),
            "{:?}",
            view.form_lacks
        );
    });
}
