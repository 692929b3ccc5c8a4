//! Fines: the tiers, the derogations, the other doors, and the wording.

use crate::fixtures::cases;
use bonafide_law::penalties::{Answer, Provision, Question, Role, Size, penalty_for};
use bonafide_law::{Refusal, annex1};
use jiff::civil::date;

fn ask(
    provision: &str,
    role: Role,
    size: Size,
    turnover_eur: Option<u64>,
    undertaking: bool,
) -> Result<Answer, Refusal> {
    penalty_for(&Question {
        provision: Provision::parse(provision)?,
        turnover_eur,
        size,
        role,
        undertaking,
        on: None,
    })
}

#[test]
fn provisions_are_read_in_the_ways_people_write_them() {
    for case in cases("law/provisions.txt", 2) {
        let actual = match Provision::parse(&case.parts[0]) {
            Ok(provision) => provision.to_string(),
            Err(refusal) => format!("refused {}", refusal.code),
        };
        assert_eq!(actual, case.parts[1], "{}", case.place);
    }
    assert!(Provision::parse(&"9".repeat(1 << 20)).is_err());
}

#[test]
fn a_canonical_name_is_read_as_itself() {
    for case in cases("law/provisions.txt", 2) {
        if !case.parts[1].starts_with("refused") {
            let again = Provision::parse(&case.parts[1]).expect(&case.place);
            assert_eq!(again.to_string(), case.parts[1]);
        }
    }
    for requirement in annex1::requirements() {
        let provision = Provision::parse(&requirement.id).expect("every requirement is one");
        assert_eq!(Provision::parse(&provision.to_string()), Ok(provision));
    }
}

#[test]
fn every_answer_of_the_fixture_is_as_written() {
    for case in cases("law/penalty.txt", 5) {
        let asked: Vec<&str> = case.parts[0].split_whitespace().collect();
        let answer = ask(
            asked[0],
            asked[1].parse().expect("a role"),
            asked[2].parse().expect("a size"),
            asked[3].parse().ok(),
            asked[4] == "undertaking",
        );
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        let actual = match answer {
            Err(refusal) => vec![
                format!("refused {}", refusal.code),
                "-".into(),
                "-".into(),
                "-".into(),
            ],
            Ok(answer) => vec![
                format!(
                    "{} {} {}",
                    if answer.listed { "listed" } else { "unlisted" },
                    or_dash(answer.tier.clone()),
                    or_dash(answer.maximum_eur.map(|eur| eur.to_string())),
                ),
                or_dash(answer.exempt_because.clone()),
                or_dash(answer.addressee.clone()),
                or_dash((!answer.overlaps.is_empty()).then(|| {
                    let overlaps: Vec<String> = answer
                        .overlaps
                        .iter()
                        .map(|o| format!("{}:{}:{}", o.provision, o.tier, o.maximum_eur))
                        .collect();
                    overlaps.join(" ")
                })),
            ],
        };
        assert_eq!(actual, case.parts[1..], "{}", case.place);
    }
}

#[test]
fn an_answer_is_consistent_and_never_says_that_nothing_follows() {
    for article in 1..=71 {
        for below in ["", "(1)", "(2)", "(2)(a)", "(4)(a)", "(5)"] {
            for &role in Role::ALL {
                for &size in Size::ALL {
                    let Ok(answer) = ask(
                        &format!("{article}{below}"),
                        role,
                        size,
                        Some(1_000_000_000),
                        true,
                    ) else {
                        continue;
                    };
                    assert_eq!(answer.listed, answer.tier.is_some());
                    assert_eq!(answer.listed, answer.maximum_eur.is_some());
                    assert_eq!(answer.exempt, answer.exempt_because.is_some());
                    assert_eq!(answer.applies_from, date(2027, 12, 11));
                    let text = serde_json::to_string(&answer).expect("JSON").to_lowercase();
                    for phrase in ["no fine", "not fined", "no penalty", "cannot be fined"] {
                        assert!(!text.contains(phrase), "{text}");
                    }
                    if !answer.listed {
                        assert!(text.contains("64(1)"), "{text}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_role_the_provision_does_not_bind_is_told_so() {
    let answer = ask("19", Role::Manufacturer, Size::Large, Some(0), true).expect("an answer");
    assert!(!answer.role_is_bound);
    assert!(answer.notes.iter().any(|note| note.contains("importer")));
    for (provision, bound) in [("14(1)", true), ("14(8)", true), ("14(2)(b)", false)] {
        let answer = ask(provision, Role::Steward, Size::Large, Some(0), true).expect("an answer");
        assert_eq!(
            answer.role_is_bound, bound,
            "{provision}: stewards by Art. 24(3)"
        );
    }
    assert!(
        ask("19", Role::Importer, Size::Large, Some(0), true)
            .expect("an answer")
            .role_is_bound
    );
}

#[test]
fn a_small_manufacturer_is_told_how_far_the_derogation_reaches() {
    let answer = ask("14(2)(b)", Role::Manufacturer, Size::Micro, Some(0), true).expect("one");
    assert!(
        answer
            .notes
            .iter()
            .any(|note| note.contains("reaches only the 24-hour deadlines"))
    );
    let exempt = ask("14(2)(a)", Role::Manufacturer, Size::Micro, Some(0), true).expect("one");
    assert!(
        exempt
            .notes
            .iter()
            .any(|note| note.contains("The duty stays"))
    );
    assert_eq!(
        exempt.certainty.as_str(),
        "secondary",
        "the corrigendum was read at second hand"
    );
}

#[test]
fn a_day_before_application_is_noted() {
    let on = |on| {
        let provision = Provision::parse("14(2)(b)").expect("a provision");
        let (size, role) = (Size::Large, Role::Manufacturer);
        penalty_for(&Question {
            provision,
            turnover_eur: Some(0),
            size,
            role,
            undertaking: true,
            on: Some(on),
        })
        .expect("an answer")
        .notes
        .iter()
        .any(|note| note.contains("does not apply on"))
    };
    assert!(on(date(2027, 12, 10)));
    assert!(!on(date(2027, 12, 11)));
}
