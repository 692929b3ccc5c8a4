//! Verdicts on SBOMs: each check by lines of our own, the checks of real fixtures by their names,
//! and every real SBOM through every profile.

use crate::kit;
use bonafide_engine::quality::{Check, FAILURES_MAX, Profile, Reason, State, Verdict, judge};
use bonafide_engine::sbom::{Limits, document};
use std::collections::BTreeMap;
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
    shown.trim_end().to_owned()
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
            wrong.push(format!(
                "{fixture}:{line}: {code} is {shown:?}, not {expected:?}"
            ));
        }
        for check in &verdict.checks {
            seen.entry(check.code).or_insert_with(Vec::new);
        }
        let states = seen.entry(found.code).or_default();
        states.push(found.state == State::Passed);
    }
    // A check that no line sees pass and none sees not pass is not tested.
    for (code, states) in seen {
        let is_tested = states.contains(&true) && states.contains(&false);
        if !is_tested {
            wrong.push(format!(
                "{fixture}: {code} needs a line that passes and one that does not"
            ));
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

/// `check=state`, or `profile=valid` and `profile=invalid`; what is not so.
fn unmet(bytes: &[u8], expected: &str) -> Vec<String> {
    let document = document::read(bytes, &Limits::default()).expect("it can be read");
    let verdicts = Profile::ALL.map(|profile| judge(&document, profile));
    let mut unmet = Vec::new();
    for pair in expected.split_whitespace() {
        let (what, state) = pair.split_once('=').expect("check=state");
        let profile = Profile::from_code(what.split('-').next().unwrap()).expect("a profile");
        let verdict = verdicts.iter().find(|verdict| verdict.profile == profile);
        let verdict = verdict.expect("all are judged");
        let found = match what == profile.as_str() {
            true if verdict.is_valid => "valid".to_owned(),
            true => "invalid".to_owned(),
            false => show(check_of(verdict, what)),
        };
        if found.split(' ').next() != Some(state) {
            unmet.push(format!("{what} is {found:?}, not {state}"));
        }
    }
    unmet
}

#[test]
fn real_fixtures_are_judged_as_their_names_say_or_as_the_guideline_does() {
    const FOLDERS: [&str; 4] = [
        "bsi-tr-03183/cdx",
        "bsi-tr-03183/spdx",
        "bsi-tr-03183/spdx3",
        "sbom-quality-fixtures",
    ];
    let mut files = Vec::new();
    for folder in FOLDERS {
        let Some(path) = kit::shared(folder) else {
            return;
        };
        for entry in std::fs::read_dir(path).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            files.push(format!("{folder}/{name}"));
        }
    }
    let named = kit::cases("quality/shared.txt");
    let exceptions = kit::cases("quality/exceptions.txt");
    println!(
        "{} files as their names say, {} exceptions",
        named.len(),
        exceptions.len()
    );
    let mut wrong = Vec::new();
    for (line, case) in named.iter().chain(&exceptions) {
        let mut fields = case.split(" | ");
        let (file, expected) = (fields.next().unwrap(), fields.next().unwrap());
        let Some(at) = files.iter().position(|known| known == file) else {
            wrong.push(format!("line {line}: {file} is not there, or stands twice"));
            continue;
        };
        files.swap_remove(at);
        let path = kit::shared(file).expect("it was listed");
        let unmet = unmet(&std::fs::read(path).unwrap(), expected);
        wrong.extend(unmet.into_iter().map(|what| format!("{file}: {what}")));
    }
    wrong.extend(
        files
            .iter()
            .map(|file| format!("{file} has no expectation")),
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What came of all documents for one profile.
#[derive(Default)]
struct Sum {
    valid: usize,
    failed: BTreeMap<&'static str, usize>,
    unknown: BTreeMap<&'static str, usize>,
}

#[test]
fn every_real_document_is_judged_in_bounded_time() {
    let Some(archive) = kit::shared("sbom/sboms.tar.zst") else {
        return;
    };
    let (mut documents, mut refused) = (0, 0);
    let mut longest = (Duration::ZERO, String::new());
    let mut sums: BTreeMap<Profile, Sum> = BTreeMap::new();
    kit::each_in_tar_zst(&archive, |name, bytes| {
        let Ok(document) = document::read(bytes, &Limits::default()) else {
            refused += 1;
            return;
        };
        documents += 1;
        for profile in Profile::ALL {
            let from = Instant::now();
            let verdict = judge(&document, profile);
            let spent = from.elapsed();
            if spent > longest.0 {
                longest = (spent, format!("{name}, {} components", verdict.components));
            }
            let sum = sums.entry(profile).or_default();
            sum.valid += usize::from(verdict.is_valid);
            for check in &verdict.checks {
                assert!(
                    check.failures.len() <= FAILURES_MAX,
                    "{name}: {}",
                    check.code
                );
                match check.state {
                    State::Failed => *sum.failed.entry(check.code).or_default() += 1,
                    State::DeclaredUnknown => *sum.unknown.entry(check.code).or_default() += 1,
                    State::Passed | State::NotApplicable => {}
                }
            }
        }
    });
    println!("{documents} documents, {refused} refused, longest {longest:?}");
    for (profile, sum) in &sums {
        println!("{}: {} of {documents} valid", profile.as_str(), sum.valid);
        for (code, count) in &sum.failed {
            let unknown = sum.unknown.get(code).copied().unwrap_or_default();
            println!("  {code}: {count} failed, {unknown} declared unknown");
        }
    }
    assert!(documents > 0);
    // Judging is linear; the largest has 100,000 values and takes milliseconds even unoptimised.
    assert!(longest.0 < Duration::from_secs(5), "{longest:?}");
}

#[test]
fn failures_are_counted_when_they_are_too_many_to_name() {
    let components = vec![r#"{"type":"library"}"#; FAILURES_MAX + 7].join(",");
    let json = format!(r#"{{{HEAD}"components":[{components}]}}"#);
    let verdict = verdict(json.as_bytes(), Profile::Ntia);
    let check = check_of(&verdict, "ntia-component-name");
    assert_eq!(check.failures.len(), FAILURES_MAX);
    assert_eq!(check.left_out, 7);
    assert_eq!(check.total(), FAILURES_MAX + 7);
}

#[test]
fn a_declared_unknown_is_enough_for_cisa_and_not_for_the_bsi() {
    let json = format!(r#"{{{HEAD}"components":[{{"name":"a","version":"NOASSERTION"}}]}}"#);
    let satisfied = |profile: Profile| {
        let verdict = verdict(json.as_bytes(), profile);
        check_of(&verdict, &format!("{}-component-version", profile.as_str())).is_satisfied()
    };
    assert!(satisfied(Profile::Cisa));
    assert!(!satisfied(Profile::Bsi));
    assert!(!satisfied(Profile::Ntia));
}

#[test]
fn a_document_without_components_is_never_valid() {
    let json = format!(
        r#"{{{HEAD}"version":1,"metadata":{{"timestamp":"2026-01-01T00:00:00Z","authors":[{{"name":"Ann"}}]}}}}"#
    );
    let verdict = verdict(json.as_bytes(), Profile::Ntia);
    assert_eq!(verdict.failing().count(), 0);
    assert_eq!(verdict.components, 0);
    assert!(!verdict.is_valid);
}
