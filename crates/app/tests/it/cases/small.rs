//! Sheets: what is filled by itself, what is carried over, and two editors.

use super::{World, stories};
use bonafide::cases::{self, Stage};
use bonafide::ids::CaseId;
use bonafide_law::form::Values;

fn sheet(world: &World, case: CaseId, stage: Stage) -> cases::SheetView {
    world.write(|tx| cases::sheet_view(tx, &world.psirt, case, stage))
}

#[test]
fn the_early_warning_is_complete_before_anybody_types() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let case = world.aware();
        let view = sheet(world, case, Stage::EarlyWarning);
        let value = |key: &str| view.values.get(key).map(String::as_str).unwrap_or_default();
        for (key, expected) in [
            ("notification_type", "vulnerability"),
            (
                "title",
                "Actively exploited vulnerability CVE-2026-1000 in Gateway",
            ),
            ("manufacturer_name", "Muster Werke GmbH"),
            ("member_states_available", "DE,FR"),
            ("product_name", "Gateway"),
            ("product_version", "1.0, 1.2"),
            ("product_type", "important"),
            ("product_class", "class-1"),
            ("end_of_support_reached", "no"),
            ("component_name", "libfoo 1.4.0"),
            ("cve_id", "CVE-2026-1000"),
            ("euvd_id", "EUVD-2026-1000"),
            ("awareness_at", "2026-11-23T09:00:00Z"),
        ] {
            assert_eq!(value(key), expected, "{key}");
        }
        let blocking: Vec<_> = view
            .form_lacks
            .iter()
            .filter(|lack| lack.blocking)
            .collect();
        assert!(blocking.is_empty(), "{blocking:?}");
        assert!(view.law_lacks.is_empty(), "{:?}", view.law_lacks);
        let needed = view
            .entries
            .iter()
            .filter(|entry| entry.is_needed_now())
            .count();
        assert_eq!(needed, 8, "no more than eight things at night");
        // What only later stages ask is not nagged about, and has no place yet.
        assert!(
            view.entries
                .iter()
                .all(|entry| entry.field.key != "attack_vector")
        );
    });
}

#[test]
fn the_next_stage_carries_over_and_knows_more() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let case = world.aware();
        let mut values = sheet(world, case, Stage::EarlyWarning).values;
        values.insert("summary".into(), "Our own words.".into());
        values.insert("no_such_field".into(), "x".into());
        world
            .write(|tx| cases::save_sheet(tx, &world.psirt, case, Stage::EarlyWarning, 0, &values));
        let view = sheet(world, case, Stage::Notification);
        assert_eq!(view.values["summary"], "Our own words.");
        assert_eq!(view.values["attack_vector"], "Network");
        assert_eq!(
            view.values["vulnerability_general_information"],
            "Overflow in libfoo"
        );
        assert!(!view.values.contains_key("no_such_field"));
        let lacks: Vec<&str> = view
            .law_lacks
            .iter()
            .map(|lack| lack.code.as_str())
            .collect();
        assert_eq!(
            lacks,
            ["measures-taken", "measures-for-users", "sensitivity"]
        );
        // A changed T0 is offered beside what was saved, never put in its place.
        let at = world.now() - super::hours(1);
        world.write(|tx| cases::record_awareness(tx, &world.psirt, case, at, "Earlier"));
        let view = sheet(world, case, Stage::EarlyWarning);
        assert_eq!(view.values["awareness_at"], "2026-11-23T09:00:00Z");
        let entry = view
            .entries
            .iter()
            .find(|e| e.field.key == "awareness_at")
            .unwrap();
        assert_eq!(entry.offer.as_ref().unwrap().value, "2026-11-23T08:00:00Z");
    });
}

#[test]
fn a_range_is_written_only_where_every_release_between_is_affected() {
    stories(|world| {
        let purl = "pkg:npm/libfoo@1.4.0";
        let org = &world.program;
        super::contain(&world.app.db, org, world.releases[1], world.flaw, purl);
        world.listed("cisa-kev", "2026-11-22");
        let case = world.aware();
        let line = |world: &World| {
            let view = sheet(world, case, Stage::EarlyWarning);
            view.values.get("product_version").cloned().unwrap()
        };
        assert_eq!(line(world), "1.0 – 1.2");
        let middle = world.releases[1];
        world.write(|tx| {
            cases::remove_release(tx, &world.psirt, case, middle, "Built without libfoo")
        });
        assert_eq!(line(world), "1.0, 1.2");
    });
}

#[test]
fn two_editors_notice_each_other() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let case = world.aware();
        let save = |revision, title: &str| {
            let values: Values = [("title".to_owned(), title.to_owned())].into();
            world.try_write(|tx| {
                cases::save_sheet(
                    tx,
                    &world.psirt,
                    case,
                    Stage::EarlyWarning,
                    revision,
                    &values,
                )
            })
        };
        save(0, "one").unwrap();
        let refused = save(0, "two").unwrap_err();
        assert_eq!(
            (refused.status, refused.code),
            (409, "sheet-changed-meanwhile")
        );
        save(1, "two").unwrap();
        assert_eq!(save(1, "three").unwrap_err().status, 409);
        let view = sheet(world, case, Stage::EarlyWarning);
        assert_eq!((view.revision, view.values["title"].as_str()), (2, "two"));
    });
}

#[test]
fn a_frozen_snapshot_is_the_sheet_and_stays() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let case = world.aware();
        world.file(case, Stage::EarlyWarning);
        let submission = world.case(case).submissions.remove(0);
        let digest = bonafide::blobs::Digest::parse(&submission.digest).unwrap();
        let bytes = world.app.blobs.get(&digest).unwrap();
        let frozen: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(frozen["stage"], "early-warning");
        assert_eq!(frozen["form"]["version"], "1.4");
        let title = frozen["fields"]
            .as_array()
            .unwrap()
            .iter()
            .find(|f| f["nr"] == "2")
            .unwrap();
        assert_eq!(
            title["value"],
            "Actively exploited vulnerability CVE-2026-1000 in Gateway"
        );
        let shown = |key: &str| {
            let mut fields = frozen["fields"].as_array().unwrap().iter();
            let field = fields.find(|f| f["key"] == key).unwrap();
            (field["value"].clone(), field["shown"].clone())
        };
        let (codes, words) = shown("member_states_available");
        assert_eq!((codes, words), ("DE,FR".into(), "Germany, France".into()));
        assert_eq!(title["shown"], serde_json::Value::Null, "typed, not picked");
        let keys: Vec<&String> = frozen.as_object().unwrap().keys().collect();
        let mut sorted = keys.clone();
        sorted.sort();
        assert_eq!(keys, sorted, "canonical: sorted keys");
    });
}
