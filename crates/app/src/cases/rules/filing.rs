//! What a record of filing must bring with it.

use crate::cases::types::NewFiling;
use crate::cases::words::FilingKind;
use crate::trouble::Refusal;
use jiff::Timestamp;

/// The longest platform reference that is kept.
pub const REFERENCE_CHARS_MAX: usize = 120;

/// Whether a text looks like the platform's own references, `SRP-<CC>-<V|I>-<year>-<8 digits>`.
/// ENISA documents no format, so another one is kept with a warning.
pub fn looks_like_reference(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [srp, country, kind, year, number] = parts.as_slice() else {
        return false;
    };
    let digits =
        |text: &str, len: usize| text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
    *srp == "SRP"
        && country.len() == 2
        && country.bytes().all(|b| b.is_ascii_uppercase())
        && matches!(*kind, "V" | "I")
        && digits(year, 4)
        && digits(number, 8)
}

/// Everything that is wrong with a record of filing, in the order of its form: no reference, an
/// instant that cannot be, a repeated record that does not say why.
pub fn problems(
    filing: &NewFiling,
    aware_at: Timestamp,
    filed_before: bool,
    now: Timestamp,
) -> Vec<Refusal> {
    let mut wrong = Vec::new();
    let has_reason = filing.reason.as_ref().is_some_and(|r| !r.trim().is_empty());
    let reference = filing.platform_reference.trim();
    if reference.is_empty() {
        wrong.push(Refusal::field(
            "platform_reference",
            "filed-needs-reference",
        ));
    }
    if reference.chars().count() > REFERENCE_CHARS_MAX {
        let refusal = Refusal::too_long("platform_reference", REFERENCE_CHARS_MAX);
        wrong.push(refusal);
    }
    if filing.submitted_at > now {
        wrong.push(Refusal::field("submitted_at", "filed-in-future"));
    }
    match (filing.kind, filed_before) {
        (FilingKind::First, true) => wrong.push(Refusal::conflict("filed-already")),
        (FilingKind::First, false) | (_, true) => {}
        (_, false) => wrong.push(Refusal::field("kind", "filed-nothing-before")),
    }
    if filing.submitted_at < aware_at && !has_reason {
        wrong.push(Refusal::field("reason", "filed-before-awareness"));
    }
    if filing.kind != FilingKind::First && filed_before && !has_reason {
        wrong.push(Refusal::field("reason", "filed-again-needs-reason"));
    }
    wrong
}
