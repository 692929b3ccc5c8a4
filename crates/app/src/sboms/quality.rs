//! What guidelines ask of an SBOM, in words: the engine's verdicts say what is the matter by code
//! and place, this says it in a sentence and how to put it right.

use super::read_fully;
use crate::trouble::Trouble;
use crate::web::words::Lang;
use bonafide_engine::quality::{self, Check, Failure, Level, Profile, Reason, State, Verdict};
use serde_json::{Value, json};

/// Judges a document by these profiles, in their order. Long work: call it off the async threads.
pub fn judge(bytes: &[u8], profiles: &[Profile]) -> Result<Vec<Verdict>, Trouble> {
    let document = read_fully(bytes)?;
    let judged = profiles
        .iter()
        .map(|profile| quality::judge(&document, *profile));
    Ok(judged.collect())
}

/// The name of a guideline.
pub fn profile_name(lang: Lang, profile: Profile) -> String {
    lang.t(&format!("quality-profile-{}", profile.as_str()))
}

/// What a check asks for.
pub fn what(lang: Lang, check: &Check) -> String {
    lang.t(&format!("quality-what-{}", check.topic))
}

/// How to put right what a check found.
pub fn fix(lang: Lang, check: &Check) -> String {
    lang.t(&format!("quality-fix-{}", check.topic))
}

/// Why our reading of the guideline is not certain, if it is not.
pub fn unsure(lang: Lang, check: &Check) -> Option<String> {
    let code = check.unsure?;
    Some(lang.t(&format!("quality-unsure-{code}")))
}

/// What is the matter at one place.
pub fn message(lang: Lang, check: &Check, failure: &Failure) -> String {
    let what = what(lang, check);
    let value = failure.value.as_deref().unwrap_or_default().to_owned();
    match failure.reason {
        Reason::Missing => lang.t1("quality-missing", "what", what),
        Reason::Unknown => lang.t1("quality-unknown", "what", what),
        Reason::Invalid => lang.ta("quality-invalid", &[("what", what), ("value", value)]),
    }
}

/// The stable code of a state.
pub fn state_code(state: State) -> &'static str {
    match state {
        State::Passed => "passed",
        State::Failed => "failed",
        State::DeclaredUnknown => "declared-unknown",
        State::NotApplicable => "not-applicable",
    }
}

/// The stable code of a level.
pub fn level_code(level: Level) -> &'static str {
    match level {
        Level::Must => "must",
        Level::Should => "should",
        Level::May => "may",
    }
}

/// The checks with every failure that is kept by name.
pub fn checks_in_json(lang: Lang, verdict: &Verdict) -> Value {
    let checks = verdict.checks.iter();
    checks.map(|check| check_in_json(lang, check)).collect()
}

fn check_in_json(lang: Lang, check: &Check) -> Value {
    let failures = check.failures.iter().map(|failure| {
        json!({
            "place": failure.place,
            "component": failure.component,
            "version": failure.version,
            "reason": failure.reason,
            "value": failure.value,
            "message": message(lang, check, failure),
            "fix": fix(lang, check),
        })
    });
    json!({
        "code": check.code,
        "citation": check.citation,
        "level": check.level,
        "scope": check.scope,
        "state": check.state,
        "unknown_is_enough": check.is_unknown_enough,
        "unsure": unsure(lang, check),
        "failures": failures.collect::<Vec<_>>(),
        "left_out": check.left_out,
    })
}
