//! Coordinators, routes, retention, support, roles and modifications, case by case.

use crate::fixtures::cases;
use bonafide_law::categories::Category;
use bonafide_law::coordinators::{Facts, coordinator_for};
use bonafide_law::modification::{self, modification_of};
use bonafide_law::retention::{self, retention_of};
use bonafide_law::roles::{self, role_of};
use bonafide_law::routes::{self, Route, StandardsState, routes_for, routes_in};
use bonafide_law::support::support_of;
use jiff::civil::Date;

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// `-` stands for nothing.
fn given(word: &str) -> Option<&str> {
    (word != "-").then_some(word)
}

fn day(word: &str) -> Date {
    word.parse().expect("a day")
}

#[test]
fn the_first_member_state_in_the_order_of_14_7_names_the_coordinator() {
    for case in cases("law/coordinator.txt", 3) {
        let mut facts = Facts::default();
        for fact in words(&case.parts[0]) {
            let (role, code) = fact.split_once('=').expect("role=CODE");
            let code = Some(code.to_owned());
            match role {
                "main-establishment" => facts.main_establishment = code,
                "most-employees" => facts.most_employees = code,
                "representative" => facts.representative = code,
                "importer" => facts.importer = code,
                "distributor" => facts.distributor = code,
                "most-users" => facts.most_users = code,
                other => panic!("{other}"),
            }
        }
        let (actual, skipped) = match coordinator_for(&facts) {
            Ok(answer) => (
                format!(
                    "{} {} {}",
                    answer.member_state, answer.basis, answer.citation
                ),
                answer
                    .notes
                    .iter()
                    .filter(|note| note.contains("skipped"))
                    .count(),
            ),
            Err(refusal) => (format!("refused {}", refusal.code), 0),
        };
        assert_eq!(actual, case.parts[1], "{}", case.place);
        assert_eq!(skipped.to_string(), case.parts[2], "{}", case.place);
    }
}

#[test]
fn the_procedures_that_suffice_alone_are_as_written() {
    for case in cases("law/routes.txt", 3) {
        let asked = words(&case.parts[0]);
        let answer = routes_for(&routes::Question {
            category: asked[0].parse().expect("a category"),
            harmonised_standard: given(asked[1]).map(|word| word.parse().expect("a word")),
            open_source_with_public_documentation: given(asked[2]).is_some(),
        });
        let found: Vec<&str> = answer.routes.iter().map(|route| route.as_str()).collect();
        assert_eq!(found.join(" "), case.parts[1], "{}", case.place);
        assert_eq!(answer.citation, case.parts[2], "{}", case.place);
        assert!(
            !answer.routes.contains(&Route::CertificationScheme),
            "none is designated today"
        );
    }
}

#[test]
fn open_source_is_not_told_that_module_a_does_not_suffice() {
    let notes = |open_source_with_public_documentation| {
        let question = routes::Question {
            category: Category::ImportantClass1,
            harmonised_standard: None,
            open_source_with_public_documentation,
        };
        routes_for(&question).notes.join(" ")
    };
    assert!(notes(false).contains("module A does not suffice"));
    assert!(!notes(true).contains("module A does not suffice"));
}

#[test]
fn every_combination_of_category_standard_and_licence_has_an_answer() {
    for &category in Category::ALL {
        let standards = routes::HarmonisedStandard::ALL
            .iter()
            .copied()
            .map(Some)
            .chain([None]);
        for harmonised_standard in standards {
            for open_source_with_public_documentation in [false, true] {
                let answer = routes_for(&routes::Question {
                    category,
                    harmonised_standard,
                    open_source_with_public_documentation,
                });
                assert!(
                    answer.routes.contains(&Route::ModuleBC),
                    "third parties always suffice"
                );
                assert!(
                    answer
                        .notes
                        .iter()
                        .any(|note| note.contains("No body was notified"))
                );
            }
        }
    }
}

#[test]
fn a_partly_applied_standard_leaves_module_a_for_what_it_covers() {
    let answer = routes_for(&routes::Question {
        category: Category::ImportantClass1,
        harmonised_standard: Some(routes::HarmonisedStandard::Partial),
        open_source_with_public_documentation: false,
    });
    assert!(
        answer
            .notes
            .iter()
            .any(|note| note.contains("Module A stays usable"))
    );
}

/// Today's state with one reference put into one of its empty lists.
fn state_with(list: &str, categories: &str) -> StandardsState {
    let files = bonafide_law::data::files();
    let today = files
        .iter()
        .find(|file| file.name == "standards-state.json")
        .expect("it")
        .text;
    let reference = format!(
        r#""{list}": [{{"reference": "X", "categories": [{categories}], "citation": "Art. 27", "certainty": "verified"}}]"#
    );
    let changed = today.replacen(&format!(r#""{list}": []"#), &reference, 1);
    assert_ne!(changed, today);
    StandardsState::parse(&changed).expect("a state")
}

#[test]
fn a_designated_scheme_opens_a_route_only_for_what_it_covers() {
    let ask = |state: &StandardsState, category| {
        routes_in(
            state,
            &routes::Question {
                category,
                harmonised_standard: None,
                open_source_with_public_documentation: false,
            },
        )
        .routes
    };
    let everywhere = state_with("designated_schemes", "");
    for &category in Category::ALL {
        assert!(
            ask(&everywhere, category).contains(&Route::CertificationScheme),
            "{category}"
        );
    }
    let class_2 = state_with("designated_schemes", r#""annex-3-class-2-2""#);
    assert!(ask(&class_2, Category::ImportantClass2).contains(&Route::CertificationScheme));
    assert!(!ask(&class_2, Category::Default).contains(&Route::CertificationScheme));
    let some = state_with("mandatory_certification_acts", r#""annex-4-1""#);
    assert_eq!(ask(&some, Category::Critical).len(), 3);
    let all = state_with(
        "mandatory_certification_acts",
        r#""annex-4-1", "annex-4-2", "annex-4-3""#,
    );
    assert_eq!(
        ask(&all, Category::Critical),
        [Route::CertificationScheme].into()
    );
    assert!(!ask(&all, Category::ImportantClass2).contains(&Route::CertificationScheme));
}

#[test]
fn cited_standards_alone_never_open_module_a_without_being_applied() {
    let state = state_with("cited_harmonised_standards", "");
    let answer = routes_in(
        &state,
        &routes::Question {
            category: Category::ImportantClass1,
            harmonised_standard: None,
            open_source_with_public_documentation: false,
        },
    );
    assert!(!answer.routes.contains(&Route::ModuleA));
    assert!(
        answer
            .notes
            .iter()
            .any(|note| note.contains("applied in full"))
    );
}

#[test]
fn documents_and_updates_are_kept_as_long_as_written() {
    for case in cases("law/retention.txt", 3) {
        let asked = words(&case.parts[0]);
        let answer = retention_of(&retention::Question {
            placed_on: day(asked[0]),
            support_ends_on: day(asked[1]),
            update_issued_on: given(asked[2]).map(day),
        });
        if let Some(code) = case.parts[1].strip_prefix("refused ") {
            assert_eq!(answer.expect_err(&case.place).code, code);
            continue;
        }
        let answer = answer.expect(&case.place);
        for until in [
            &answer.technical_documentation_until,
            &answer.declaration_until,
            &answer.user_information_until,
        ] {
            assert_eq!(until.until, Some(day(&case.parts[1])), "{}", case.place);
        }
        let update = &answer.update_available_until;
        assert_eq!(
            update.until,
            given(&case.parts[2]).map(day),
            "{}",
            case.place
        );
        assert_eq!(update.citation, "Art. 13(9)");
        assert_eq!(
            update.note.is_some(),
            update.until.is_none(),
            "{}",
            case.place
        );
        assert_eq!(answer.technical_documentation_until.citation, "Art. 13(13)");
        assert_eq!(answer.user_information_until.citation, "Art. 13(18)");
    }
}

#[test]
fn the_support_period_has_a_floor_and_follows_the_expected_use() {
    for case in cases("law/support.txt", 2) {
        let asked = words(&case.parts[0]);
        let actual = match support_of(day(asked[0]), day(asked[1]), given(asked[2]).map(day)) {
            Ok(answer) => format!(
                "{} {} {}",
                answer.earliest_end_on,
                answer.because,
                if answer.long_enough { "yes" } else { "no" }
            ),
            Err(refusal) => format!("refused {}", refusal.code),
        };
        assert_eq!(actual, case.parts[1], "{}", case.place);
    }
}

#[test]
fn who_becomes_a_manufacturer_is_as_written() {
    for case in cases("law/role.txt", 4) {
        let asked = words(&case.parts[0]);
        let does = |what: &str| asked[1..].contains(&what);
        let answer = role_of(&roles::Question {
            actor: asked[0].parse().expect("an actor"),
            own_brand: does("own-brand"),
            substantial_modification: does("substantial-modification"),
            makes_available: does("makes-available"),
            whole_product_affected: does("whole-product-affected"),
        });
        let becomes = if answer.becomes_manufacturer {
            "yes"
        } else {
            "no"
        };
        let scope = answer.scope.map_or("-", |scope| scope.as_str());
        assert_eq!(
            format!("{becomes} {scope}"),
            case.parts[1],
            "{}",
            case.place
        );
        assert_eq!(answer.citation, case.parts[2], "{}", case.place);
        assert_eq!(answer.applies_from, day(&case.parts[3]), "{}", case.place);
    }
}

#[test]
fn a_modification_is_substantial_by_either_limb_and_has_consequences() {
    for case in cases("law/modification.txt", 2) {
        let asked = words(&case.parts[0]);
        let answer = modification_of(&modification::Question {
            affects_annex_1_part_1: asked[0] == "yes",
            changes_intended_purpose: asked[1] == "yes",
        });
        assert_eq!(answer.substantial, case.parts[1] == "yes", "{}", case.place);
        assert_eq!(answer.citation, "Art. 3(30)");
        let newly_placed = answer
            .consequences
            .iter()
            .any(|c| c.text.contains("newly placed"));
        assert_eq!(newly_placed, answer.substantial, "{}", case.place);
        assert!(answer.consequences.iter().all(|c| !c.citation.is_empty()));
    }
}
