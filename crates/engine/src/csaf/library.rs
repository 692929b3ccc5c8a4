//! The tests that csaf-rs brings, run one by one on a document that was measured before.
//!
//! The library is young: a panic of it in one test is caught and that test counts as not run, and
//! the one test that recurses by the number of products is ours instead (see `own`).

use super::{Finding, NotRun, Reason, Report, Version, own};
use csaf_rs::csaf::raw::{HasParsed, RawDocument};
use csaf_rs::schema::{csaf2_0, csaf2_1};
use csaf_rs::validation::{TestResultStatus, Validatable, ValidationError};
use serde_json::Value;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs the schema and every test the library knows, except those that are our own.
pub(super) fn run(document: &Value, report: &mut Report) {
    if report.version == Version::V2_1
        && let Some(without) = without_old_involvements(document)
    {
        // The library can read nothing of a document with the list where earlier drafts had it:
        // the schema is asked about the document as it is, all else about the rest of it.
        let as_it_is =
            RawDocument::<csaf2_1::schema::CommonSecurityAdvisoryFramework>::new(document.clone());
        run_these(&as_it_is, &["schema"], report);
        let rest = RawDocument::<csaf2_1::schema::CommonSecurityAdvisoryFramework>::new(without);
        let tests: Vec<&str> = tests_of(&rest).filter(|test| *test != "schema").collect();
        run_these(&rest, &tests, report);
        return;
    }
    match report.version {
        Version::V2_0 => run_all(
            &RawDocument::<csaf2_0::schema::CommonSecurityAdvisoryFramework>::new(document.clone()),
            report,
        ),
        Version::V2_1 => run_all(
            &RawDocument::<csaf2_1::schema::CommonSecurityAdvisoryFramework>::new(document.clone()),
            report,
        ),
    }
}

/// The document without `involvements` in its vulnerabilities; `None` where there are none.
fn without_old_involvements(document: &Value) -> Option<Value> {
    let has = |one: &Value| one.get("involvements").is_some();
    let list = document.get("vulnerabilities")?.as_array()?;
    if !list.iter().any(has) {
        return None;
    }
    let mut document = document.clone();
    for one in document.get_mut("vulnerabilities")?.as_array_mut()? {
        if let Some(members) = one.as_object_mut() {
            members.shift_remove("involvements");
        }
    }
    Some(document)
}

fn tests_of<D: Validatable>(_document: &D) -> impl Iterator<Item = &'static str> {
    D::get_tests().into_iter().map(|(test, _)| test)
}

fn run_all<D: Validatable + HasParsed>(document: &D, report: &mut Report) {
    let tests: Vec<&str> = tests_of(document).collect();
    run_these(document, &tests, report);
}

fn run_these<D: Validatable + HasParsed>(document: &D, tests: &[&str], report: &mut Report) {
    for &test in tests {
        if own::is_ours(report.version, test) {
            continue;
        }
        // What the library could leave half done is dropped with the document.
        let result = catch_unwind(AssertUnwindSafe(|| document.run_test(test)));
        match result.map(|result| result.status) {
            Ok(TestResultStatus::Success) => {}
            Ok(TestResultStatus::Failure {
                errors,
                warnings,
                infos,
            }) => {
                // A mandatory test that only warns says that it could not decide.
                let is_open = test.starts_with("6.1.") && errors.is_empty();
                if is_open {
                    report.not_run.push(NotRun {
                        test: test.to_owned(),
                        reason: Reason::Undecided,
                    });
                } else if test.starts_with("6.1.") {
                    take(test, errors.into_iter(), report);
                } else {
                    take(
                        test,
                        errors.into_iter().chain(warnings).chain(infos),
                        report,
                    );
                }
            }
            Ok(TestResultStatus::NotFound) => report.not_run.push(NotRun {
                test: test.to_owned(),
                reason: own::reason(test),
            }),
            Ok(TestResultStatus::Skipped) | Err(_) => report.not_run.push(NotRun {
                test: test.to_owned(),
                reason: Reason::Unreadable,
            }),
        }
    }
    if let Err(message) = document.get_parsed()
        && report.errors.iter().all(|finding| finding.test != "schema")
    {
        report.errors.push(Finding {
            test: "schema".into(),
            path: String::new(),
            message: message.clone(),
        });
    }
}

/// Files findings by the section of their test, whatever severity the library gave them.
fn take(test: &str, found: impl Iterator<Item = ValidationError>, report: &mut Report) {
    let list = if test.starts_with("6.2.") {
        &mut report.warnings
    } else if test.starts_with("6.3.") {
        &mut report.infos
    } else {
        &mut report.errors
    };
    list.extend(found.map(|error| Finding {
        test: test.to_owned(),
        path: error.instance_path,
        message: error.message,
    }));
}
