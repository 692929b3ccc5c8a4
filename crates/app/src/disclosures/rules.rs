//! What an advisory of ours may say.

use super::NewPublication;
use crate::products::{line, text};
use crate::trouble::{Refusal, Trouble};

pub const TITLE_CHARS_MAX: usize = 200;
pub const TEXT_CHARS_MAX: usize = 20_000;
pub const SEVERITY_CHARS_MAX: usize = 80;
pub const REASON_CHARS_MAX: usize = 500;
pub const CVES_MAX: usize = 100;
pub const RELEASES_MAX: usize = 500;

/// Tidies what was written and refuses what cannot be.
pub fn check(new: NewPublication) -> Result<NewPublication, Trouble> {
    let title = line("title", &new.title, TITLE_CHARS_MAX)?;
    if title.is_empty() {
        let refusal = Refusal::field("title", "field-required");
        return Err(refusal.with("field", "title").into());
    }
    let mut cves = Vec::new();
    for cve in &new.cves {
        let cve = cve.trim().to_ascii_uppercase();
        if !is_cve(&cve) {
            let shown: String = cve.chars().take(40).collect();
            return Err(Refusal::field("cves", "cve-unreadable")
                .with("cve", shown)
                .into());
        }
        cves.push(cve);
    }
    cves.sort();
    cves.dedup();
    let mut releases = new.releases;
    releases.sort();
    releases.dedup();
    if cves.len() > CVES_MAX || releases.len() > RELEASES_MAX {
        return Err(Refusal::invalid("publication-too-much").into());
    }
    Ok(NewPublication {
        title,
        text: text("text", &new.text, TEXT_CHARS_MAX)?,
        severity: line("severity", &new.severity, SEVERITY_CHARS_MAX)?,
        cves,
        releases,
    })
}

/// Why something is withdrawn: always in words.
pub fn check_reason(reason: &str) -> Result<String, Trouble> {
    let reason = line("reason", reason, REASON_CHARS_MAX)?;
    if reason.is_empty() {
        let refusal = Refusal::field("reason", "field-required");
        return Err(refusal.with("field", "reason").into());
    }
    Ok(reason)
}

/// `CVE-2026-12345`: a year and at least four digits (CVE record format 5).
fn is_cve(text: &str) -> bool {
    let Some((year, number)) = text.strip_prefix("CVE-").and_then(|r| r.split_once('-')) else {
        return false;
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    year.len() == 4 && digits(year) && (4..=19).contains(&number.len()) && digits(number)
}
