//! Lengths of time and instants for notices, whose arguments are the same in every language.

use crate::cases::types::Affected;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// So many names stand in a notice; more are counted.
const NAMES_MAX: usize = 8;

/// A length of time in its two largest units, in symbols every language reads: `6 h 12 min`.
pub fn span(from: Timestamp, to: Timestamp) -> String {
    let seconds = to.duration_since(from).abs().as_secs();
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    match (days, hours) {
        (0, 0) => format!("{minutes} min"),
        (0, hours) => format!("{hours} h {minutes} min"),
        (days, hours) => format!("{days} d {hours} h"),
    }
}

/// An instant to the minute: `2026-11-24 09:00 UTC`.
pub fn utc(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// The products of some releases by name.
pub fn products(affected: &[Affected]) -> String {
    let names: BTreeSet<&str> = affected.iter().map(|a| a.product_name.as_str()).collect();
    some(names.iter().map(|name| (*name).to_owned()).collect())
}

/// Some releases by product and version.
pub fn releases(affected: &[Affected]) -> String {
    let name = |a: &Affected| format!("{} {}", a.product_name, a.version);
    some(affected.iter().map(name).collect())
}

fn some(mut names: Vec<String>) -> String {
    let more = names.len().saturating_sub(NAMES_MAX);
    names.truncate(NAMES_MAX);
    let mut text = names.join(", ");
    if more > 0 {
        text.push_str(&format!(" (+{more})"));
    }
    if text.is_empty() {
        "–".to_owned()
    } else {
        text
    }
}
