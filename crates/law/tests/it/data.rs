//! The data files: each can be read, says where it comes from, and holds what the law counts.

use bonafide_law::deadlines::{Kind, Stage};
use bonafide_law::form::{self, Duty, Form};
use bonafide_law::timeline::Milestone;
use bonafide_law::{
    Language, annex1, categories, coordinators, data, member_states, modification, penalties,
    retention, roles, routes, support, timeline, zones,
};
use jiff::civil::date;
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn every_file_names_its_title_source_and_day() {
    let files = data::files();
    assert_eq!(files.len(), 16);
    for file in files {
        assert!(!file.provenance.title.is_empty(), "{}", file.name);
        assert!(file.provenance.source.len() > 10, "{}", file.name);
        assert!(file.provenance.as_of >= date(2026, 9, 1), "{}", file.name);
    }
}

#[test]
fn every_file_in_the_folder_is_embedded() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let on_disk: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("the data folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let embedded: BTreeSet<String> = data::files()
        .iter()
        .map(|file| file.name.to_owned())
        .collect();
    assert_eq!(on_disk, embedded);
}

/// Objects that describe a shape or a small print of an entry, not a statement of law.
const WITHOUT_CERTAINTY: [&str; 5] = [
    "exceptions",
    "only_when",
    "required_when",
    "period",
    "options",
];

#[test]
fn every_entry_has_a_certainty_and_a_citation() {
    for file in data::files() {
        let whole: Value = serde_json::from_str(file.text).expect("JSON");
        let cited = whole.get("citation").is_some();
        for (list, entries) in whole.as_object().expect("an object") {
            let Value::Array(entries) = entries else {
                continue;
            };
            for entry in entries
                .iter()
                .filter(|_| !WITHOUT_CERTAINTY.contains(&list.as_str()))
            {
                assert!(
                    entry["certainty"].is_string(),
                    "{} {list}: {entry}",
                    file.name
                );
                let says = entry["citation"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty());
                assert!(says || cited, "{} {list}: {entry}", file.name);
            }
        }
    }
}

#[test]
fn the_union_has_27_member_states_each_with_names_zone_and_coordinator() {
    let states = member_states::list();
    assert_eq!(states.len(), 27);
    assert!(
        states
            .windows(2)
            .all(|pair| pair[0].code() < pair[1].code()),
        "sorted"
    );
    for state in &states {
        assert!(!state.name(Language::English).is_empty());
        assert!(!state.name(Language::German).is_empty());
        assert_eq!(state.time_zone().iana_name(), Some(state.zone()));
        let coordinator = coordinators::by_member_state(state.code()).expect("its coordinator");
        assert!(coordinator.contact_url.starts_with("http"), "{state}");
    }
    let listed: Vec<_> = coordinators::list()
        .iter()
        .map(|entry| entry.member_state)
        .collect();
    assert_eq!(listed, states);
}

#[test]
fn member_states_stand_in_the_order_of_the_readers_dictionary() {
    use bonafide_law::Language;
    let codes = |language| -> Vec<&str> {
        let all = member_states::by_name(language);
        all.into_iter().map(|state| state.code()).collect()
    };
    let (english, german) = (codes(Language::English), codes(Language::German));
    assert_eq!(english.len(), member_states::list().len());
    assert_eq!(english[..3], ["AT", "BE", "BG"]);
    assert!(
        position(&english, "DK") < position(&english, "DE"),
        "Denmark, Germany"
    );
    // Niederlande, Österreich, Polen.
    let austria = position(&german, "AT");
    assert!(position(&german, "NL") < austria && austria < position(&german, "PL"));
}

fn position(codes: &[&str], code: &str) -> usize {
    codes.iter().position(|known| *known == code).expect(code)
}

#[test]
fn greece_is_understood_under_both_codes_and_others_are_not_invented() {
    use member_states::MemberState;
    let greece = MemberState::parse("EL").expect("Greece");
    assert_eq!(greece.code(), "GR");
    assert_eq!(Some(greece), MemberState::parse(" gr "));
    assert_eq!(greece.zone(), "Europe/Athens");
    for code in ["", "UK", "GB", "CH", "NO", "IS", "LI", "DEU", "D"] {
        assert_eq!(MemberState::parse(code), None, "{code}");
    }
}

#[test]
fn medium_confidence_is_carried_visibly() {
    let medium: Vec<&str> = coordinators::list()
        .iter()
        .filter(|entry| entry.confidence == coordinators::Confidence::Medium)
        .map(|entry| entry.member_state.code())
        .collect();
    assert_eq!(medium, ["BG", "DK", "GR", "HR", "HU", "MT", "SE"]);
    for code in medium {
        let facts = coordinators::Facts {
            main_establishment: Some(code.to_owned()),
            ..Default::default()
        };
        let answer = coordinators::coordinator_for(&facts).expect("an answer");
        assert_eq!(
            answer.certainty,
            bonafide_law::certainty::Certainty::Unverified
        );
        assert!(
            answer
                .notes
                .iter()
                .any(|note| note.contains("Medium confidence")),
            "{code}"
        );
    }
}

#[test]
fn annex_1_has_22_requirements_14_and_8() {
    let all = annex1::requirements();
    assert_eq!(all.iter().filter(|r| r.part == "I").count(), 14);
    assert_eq!(all.iter().filter(|r| r.part == "II").count(), 8);
    assert_eq!(all.len(), 22);
    for requirement in all {
        let with_reason = requirement.part == "I" && requirement.id != "AI-I-1";
        assert_eq!(
            requirement.on_risk_assessment, with_reason,
            "{}",
            requirement.id
        );
        let expected = if with_reason {
            annex1::NotApplicable::WithReason
        } else {
            annex1::NotApplicable::Never
        };
        assert_eq!(requirement.not_applicable, expected, "{}", requirement.id);
        assert!(!requirement.title_de.is_empty() && !requirement.evidence.is_empty());
        assert_eq!(annex1::requirement(&requirement.id), Some(requirement));
    }
    assert_eq!(
        annex1::requirement("AI-I-2c").expect("it").citation,
        "Annex I, Part I, (2)(c)"
    );
    let deviating: Vec<&str> = all
        .iter()
        .filter(|r| !r.exceptions.is_empty())
        .map(|r| r.id.as_str())
        .collect();
    assert_eq!(deviating, ["AI-I-2b", "AI-II-2", "AI-II-4", "AI-II-8"]);
}

#[test]
fn annexes_3_and_4_have_19_4_and_3_entries() {
    use categories::Category::{Critical, ImportantClass1, ImportantClass2};
    for (category, count) in [(ImportantClass1, 19), (ImportantClass2, 4), (Critical, 3)] {
        let points: Vec<u8> = categories::list()
            .iter()
            .filter(|entry| entry.category == category)
            .map(|entry| entry.point)
            .collect();
        assert_eq!(points, (1..=count).collect::<Vec<u8>>(), "{category}");
    }
}

#[test]
fn the_form_has_42_fields_of_version_1_4() {
    let form = Form::current();
    assert_eq!(form.version, "1.4");
    assert_eq!(form.fields.len(), 42);
    assert_eq!(
        form.fields_for(Kind::ActivelyExploitedVulnerability)
            .count(),
        33
    );
    assert_eq!(form.fields_for(Kind::SevereIncident).count(), 29);
    let text = data::files()
        .into_iter()
        .find(|file| file.name == "srp-form.json")
        .expect("it");
    assert_eq!(&Form::parse(text.text).expect("valid"), form);
    let aware = |kind| {
        form.field(kind, "awareness_at")
            .map(|field| field.nr.as_str())
    };
    assert_eq!(aware(Kind::ActivelyExploitedVulnerability), Some("v26"));
    assert_eq!(aware(Kind::SevereIncident), Some("i37"));
}

#[test]
fn every_element_of_the_article_has_a_field_that_can_carry_it() {
    let form = Form::current();
    for &kind in Kind::ALL {
        for &stage in Stage::ALL {
            for element in form::elements(kind, stage) {
                let carried = element.keys.iter().any(|key| {
                    form.field(kind, key)
                        .and_then(|field| field.duty(stage))
                        .is_some_and(|duty| duty != Duty::NotAvailable)
                });
                assert!(carried, "{kind} {stage} {}", element.code);
            }
        }
        let citations: Vec<&str> = form::elements(kind, Stage::FinalReport)
            .map(|element| element.citation.as_str())
            .collect();
        assert!(
            citations.iter().all(|citation| citation.ends_with("(c)")),
            "{citations:?}"
        );
    }
}

#[test]
fn the_timeline_holds_the_dates_of_article_71() {
    let on = |milestone: Milestone| milestone.on();
    assert_eq!(on(Milestone::EntryIntoForce), date(2024, 12, 10));
    assert_eq!(on(Milestone::ChapterFour), date(2026, 6, 11));
    assert_eq!(on(Milestone::ArticleFourteen), date(2026, 9, 11));
    assert_eq!(on(Milestone::GeneralApplication), date(2027, 12, 11));
    let answer = timeline::timeline();
    assert!(
        answer
            .obligations
            .windows(2)
            .all(|pair| pair[0].on <= pair[1].on)
    );
    let days: BTreeSet<String> = answer
        .obligations
        .iter()
        .map(|o| o.on.to_string())
        .collect();
    for day in [
        "2026-12-11",
        "2027-03-26",
        "2028-06-11",
        "2028-09-11",
        "2030-12-11",
    ] {
        assert!(days.contains(day), "{day}");
    }
}

#[test]
fn a_replaced_file_is_checked_before_it_is_used() {
    let files = data::files();
    let text = |name: &str| {
        files
            .iter()
            .find(|file| file.name == name)
            .expect("it")
            .text
    };
    let one_missing = text("coordinators.json").replacen("\"AT\"", "\"BE\"", 1);
    assert!(coordinators::Directory::parse(&one_missing).is_err());
    assert!(coordinators::Directory::parse(text("coordinators.json")).is_ok());
    let twice = text("srp-form.json").replacen("\"nr\": \"2\"", "\"nr\": \"1\"", 1);
    assert!(Form::parse(&twice).is_err());
    let same_key = text("srp-form.json").replacen("\"key\": \"summary\"", "\"key\": \"title\"", 1);
    assert!(Form::parse(&same_key).is_err());
    let no_options =
        text("srp-form.json").replacen("\"options\": [\"vulnerability\", \"incident\"], ", "", 1);
    assert!(Form::parse(&no_options).is_err());
    assert!(Form::parse("[").is_err());
    assert!(Form::parse(&"[".repeat(10_000)).is_err());
    assert!(Form::parse(&" ".repeat(data::DATA_BYTES_MAX + 1)).is_err());
    assert!(routes::StandardsState::parse(text("standards-state.json")).is_ok());
}

#[test]
fn unknown_zones_are_refused_in_one_sentence() {
    for name in ["", "Mars/Olympus", "Etc/Unknown", &"x".repeat(10_000)] {
        let refusal = zones::named(name).expect_err("no zone");
        assert!(refusal.sentence.len() < 300 && !refusal.sentence.contains('\n'));
    }
    assert_eq!(
        zones::named("europe/berlin").expect("a zone").iana_name(),
        Some("Europe/Berlin")
    );
    assert!(zones::named("UTC").is_ok());
}

#[test]
fn the_other_files_are_read_too() {
    assert_eq!(retention::rules().len(), 8);
    assert_eq!(support::minimum(), "5 years");
    assert_eq!(modification::screening().len(), 5);
    assert!(modification::definition().contains("Annex I Part I"));
    assert_eq!(routes::procedures().len(), routes::Route::ALL.len());
    assert_eq!(penalties::provenance().title, "Administrative fines");
    assert!(!roles::Actor::ALL.is_empty());
}

#[test]
fn every_code_is_explained_in_the_documentation() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = std::fs::read_to_string(root.join("docs/law/README.md")).expect("the page");
    let mut codes: BTreeSet<String> = form::LackCode::ALL
        .iter()
        .map(ToString::to_string)
        .collect();
    codes.extend(
        bonafide_law::certainty::Certainty::ALL
            .iter()
            .map(ToString::to_string),
    );
    codes.extend(form::Condition::ALL.iter().map(ToString::to_string));
    for folder in ["fixtures/law", "fixtures/deadlines"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the fixtures") {
            let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("text");
            let refused = text.lines().filter(|line| !line.starts_with('#'));
            let refused = refused.filter_map(|line| line.split_once("refused "));
            codes.extend(
                refused
                    .filter_map(|(_, code)| code.split_whitespace().next())
                    .map(str::to_owned),
            );
        }
    }
    for code in codes {
        assert!(
            page.contains(&format!("`{code}`")),
            "{code} is not explained"
        );
    }
}
