//! The form check and the law check, which are two checks.

use crate::fixtures::{Case, cases, kind};
use bonafide_law::deadlines::{Kind, Stage};
use bonafide_law::form::{Form, LackCode, Values, form_check, law_check};
use std::collections::BTreeSet;

fn asked(case: &Case) -> (Kind, Stage, Values) {
    let (which, stage) = case.parts[0].split_once(' ').expect("kind and stage");
    let values = case.parts[1]
        .split(';')
        .filter(|pair| !pair.trim().is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').expect("key=value");
            (key.trim().to_owned(), value.trim().to_owned())
        })
        .collect();
    (kind(which), stage.parse().expect("a stage"), values)
}

#[test]
fn the_form_asks_what_the_fixture_says() {
    for case in cases("law/form.txt", 3) {
        let (kind, stage, values) = asked(&case);
        let lacks = form_check(Form::current(), kind, stage, &values);
        let found: Vec<String> = lacks
            .iter()
            .map(|lack| format!("{}:{}", lack.key, lack.code))
            .collect();
        let expected = &case.parts[2];
        if let Some(whole) = expected.strip_prefix('+') {
            let whole: Vec<&str> = whole.split_whitespace().collect();
            assert_eq!(found, whole, "{}", case.place);
            continue;
        }
        for word in expected.split_whitespace() {
            match word.strip_prefix('-') {
                Some(key) => assert!(
                    lacks.iter().all(|lack| lack.key != key),
                    "{}: {found:?}",
                    case.place
                ),
                None => assert!(
                    found.iter().any(|lack| lack == word),
                    "{}: {found:?}",
                    case.place
                ),
            }
        }
    }
}

#[test]
fn the_article_asks_what_the_fixture_says() {
    for case in cases("law/law-check.txt", 3) {
        let (kind, stage, values) = asked(&case);
        let found: Vec<String> = law_check(kind, stage, &values)
            .iter()
            .map(|lack| format!("{}:{}", lack.code, lack.condition))
            .collect();
        assert_eq!(found.join(" "), case.parts[2], "{}", case.place);
        assert!(
            law_check(kind, stage, &values)
                .iter()
                .all(|l| l.citation.starts_with("Art. 14("))
        );
    }
}

#[test]
fn lengths_are_counted_in_characters() {
    let form = Form::current();
    for field in form.fields.iter().filter(|field| field.max_chars.is_some()) {
        let max = field.max_chars.expect("it has one");
        let kind = *Kind::ALL
            .iter()
            .find(|&&kind| field.is_for(kind))
            .expect("it is for one");
        for (chars, too_long) in [(max, false), (max + 1, true)] {
            let values = Values::from([(field.key.clone(), "ß".repeat(chars))]);
            let lacks = form_check(form, kind, Stage::FinalReport, &values);
            let found = lacks
                .iter()
                .find(|l| l.key == field.key && l.code == LackCode::TooLong);
            assert_eq!(found.is_some(), too_long, "{} {chars}", field.nr);
            if let Some(lack) = found {
                assert_eq!((lack.max_chars, lack.has_chars), (Some(max), Some(chars)));
                assert!(lack.blocking);
            }
        }
    }
}

#[test]
fn the_form_asks_more_than_the_law_in_an_early_warning() {
    let empty = Values::new();
    let kind = Kind::ActivelyExploitedVulnerability;
    let form = form_check(Form::current(), kind, Stage::EarlyWarning, &empty);
    let law = law_check(kind, Stage::EarlyWarning, &empty);
    assert!(form.iter().filter(|lack| lack.blocking).count() > 5);
    assert!(
        law.iter().all(|lack| !lack.blocking),
        "the article asks for the fact alone"
    );
}

#[test]
fn a_sheet_with_everything_lacks_nothing_at_any_stage() {
    let form = Form::current();
    for &kind in Kind::ALL {
        let mut values = Values::new();
        for field in form.fields_for(kind) {
            let value = match field.kind.as_str() {
                "yes-no" => "yes",
                "date-time" => "2026-09-14T10:00:00Z",
                "member-states" => "DE, FR",
                "category" => "annex-3-class-1-1",
                "choice" | "choices" => &field.options[field.options.len().min(2) - 1],
                _ => "text",
            };
            values.insert(field.key.clone(), value.to_owned());
        }
        for stage in [Stage::Notification, Stage::FinalReport] {
            assert_eq!(form_check(form, kind, stage, &values), [], "{kind} {stage}");
            assert_eq!(law_check(kind, stage, &values), [], "{kind} {stage}");
        }
    }
}

#[test]
fn lacks_name_each_key_of_a_kind_once_per_code() {
    for &kind in Kind::ALL {
        for &stage in Stage::ALL {
            let lacks = form_check(Form::current(), kind, stage, &Values::new());
            let unique: BTreeSet<_> = lacks.iter().map(|lack| (&lack.key, lack.code)).collect();
            assert_eq!(unique.len(), lacks.len());
        }
    }
}
