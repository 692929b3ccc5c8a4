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

fn run_all<D: Validatable + HasParsed>(document: &D, report: &mut Report) {
    for (test, _) in D::get_tests() {
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
                let all = errors.into_iter().chain(warnings).chain(infos);
                take(test, all, report);
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
