//! Verdicts on SBOMs: each check by lines of our own, the checks of real fixtures by their names,
//! and every real SBOM through every profile.

use crate::kit;
use bonafide_engine::quality::{Check, Profile, Reason, State, Verdict, judge};
use bonafide_engine::sbom::{Limits, document, read};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// CycloneDX's first fields, for documents that do not begin with `{`.
const HEAD: &str = r#""bomFormat":"CycloneDX","specVersion":"1.6","#;

fn verdict(bytes: &[u8], profile: Profile) -> Verdict {
    let document = document::read(bytes, &Limits::default()).expect("it can be read");
    judge(&document, profile)
}

#[track_caller]
fn check_of<'v>(verdict: &'v Verdict, code: &str) -> &'v Check {
    let mut checks = verdict.checks.iter();
    let found = checks.find(|check| check.code == code);
    found.unwrap_or_else(|| panic!("no check {code}"))
}

fn word(state: State) -> &'static str {
    match state {
        State::Passed => "passed",
        State::Failed => "failed",
        State::DeclaredUnknown => "declared-unknown",
        State::NotApplicable => "not-applicable",
    }
}

/// The state, and the first failure: its reason, place, component and value.
fn show(check: &Check) -> String {
    let Some(first) = check.failures.first() else {
        return word(check.state).to_owned();
    };
    let reason = match first.reason {
        Reason::Missing => "missing",
        Reason::Invalid => "invalid",
        Reason::Unknown => "unknown",
    };
    let mut shown = format!("{} {reason} {}", word(check.state), first.place);
    for text in [&first.component, &first.value].into_iter().flatten() {
        shown.push(' ');
        shown.push_str(text);
    }
    shown
}

/// Lines `check | expected | document`.
#[track_caller]
fn check(fixture: &str, profile: Profile) {
    let mut wrong = Vec::new();
    let mut seen = BTreeMap::new();
    for (line, case) in kit::cases(fixture) {
        let mut fields = case.splitn(3, " | ");
        let mut next = || fields.next().expect("check | expected | document").trim();
        let (code, expected, rest) = (next(), next(), next());
        let json = if rest.starts_with('{') {
            rest.to_owned()
        } else {
            format!("{{{HEAD}{rest}}}")
        };
        let verdict = verdict(json.as_bytes(), profile);
        let found = check_of(&verdict, code);
        let shown = show(found);
        if shown != expected {
            wrong.push(format!("{fixture}:{line}: {code} is {shown:?}, not {expected:?}"));
        }
        let states = seen.entry(found.code).or_insert_with(Vec::new);
        states.push(found.state == State::Passed);
        if line == 2 {
            let codes = verdict.checks.iter().map(|check| check.code);
            for code in codes {
                seen.entry(code).or_default();
            }
        }
    }
    // A check that no line sees pass and none sees not pass is not tested.
    for (code, states) in seen {
        let is_tested = states.contains(&true) && states.contains(&false);
        if !is_tested {
            wrong.push(format!("{fixture}: {code} needs a line that passes and one that does not"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_check_of_the_bsi_is_made() {
    check("quality/bsi.txt", Profile::Bsi);
}

#[test]
fn every_check_of_ntia_is_made() {
    check("quality/ntia.txt", Profile::Ntia);
}

#[test]
fn every_check_of_cisa_is_made() {
    check("quality/cisa.txt", Profile::Cisa);
}

#[test]
fn zz_show() {
    for folder in ["bsi-tr-03183/cdx", "bsi-tr-03183/spdx", "bsi-tr-03183/spdx3", "sbom-quality-fixtures"] {
        let Some(folder) = kit::shared(folder) else { return };
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        for file in files {
            let bytes = std::fs::read(&file).unwrap();
            println!("== {}", file.file_name().unwrap().to_string_lossy());
            match document::read(&bytes, &Limits::default()) {
                Err(error) => println!("   REFUSED {error}"),
                Ok(document) => for profile in Profile::ALL {
                    let verdict = judge(&document, profile);
                    let shown: Vec<_> = verdict.checks.iter().map(|c| {
                        let code = c.code.split_once('-').unwrap().1;
                        match c.state { State::Passed => format!("{code}"), State::NotApplicable => format!("({code})"), State::Failed => format!("!{code}[{}]", show(c).split_once(' ').unwrap().1), State::DeclaredUnknown => format!("?{code}") }
                    }).collect();
                    println!("   {} {} {}: {}", profile.as_str(), verdict.is_valid, verdict.components, shown.join(" "));
                }
            }
        }
    }
}
