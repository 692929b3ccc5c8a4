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

/// Refuses an instant that cannot be, and a repeated record that does not say why.
pub fn check(
    filing: &NewFiling,
    aware_at: Timestamp,
    filed_before: bool,
    now: Timestamp,
) -> Result<(), Refusal> {
    let has_reason = filing.reason.as_ref().is_some_and(|r| !r.trim().is_empty());
    if filing.submitted_at > now {
        return Err(Refusal::field("submitted_at", "filed-in-future"));
    }
    if filing.submitted_at < aware_at && !has_reason {
        return Err(Refusal::field("reason", "filed-before-awareness"));
    }
    match (filing.kind, filed_before) {
        (FilingKind::First, true) => Err(Refusal::conflict("filed-already")),
        (FilingKind::First, false) => Ok(()),
        (_, false) => Err(Refusal::field("kind", "filed-nothing-before")),
        (_, true) if !has_reason => Err(Refusal::field("reason", "filed-again-needs-reason")),
        (_, true) => Ok(()),
    }
}
