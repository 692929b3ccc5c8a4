//! Lists of public holidays, in the shape `bonafide law deadlines --holidays` reads: one ISO date
//! a line; empty lines and lines that begin with `#` are passed over.

use crate::trouble::Refusal;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// So many days a list may have: decades of them.
pub const DAYS_MAX: usize = 2_000;
/// What a file of them may weigh.
pub const BYTES_MAX: usize = 256 * 1024;
/// A line of nonsense is not repeated in full.
const SHOWN_CHARS_MAX: usize = 60;

/// Reads a list; the first line that is no day is named.
pub fn parse(text: &str) -> Result<BTreeSet<Date>, Refusal> {
    if text.len() > BYTES_MAX {
        return Err(Refusal::field("days", "holidays-too-many").with("max", DAYS_MAX));
    }
    let mut days = BTreeSet::new();
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    for (number, line) in (1_usize..).zip(lines) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        // The strict form: a date with a time of day would be that day in some zone only.
        let day = Date::strptime("%Y-%m-%d", line)
            .ok()
            .filter(|_| line.len() == 10);
        let shown = || line.chars().take(SHOWN_CHARS_MAX).collect::<String>();
        days.insert(day.ok_or_else(|| {
            Refusal::field("days", "holidays-no-day")
                .with("line", number)
                .with("text", shown())
        })?);
        if days.len() > DAYS_MAX {
            return Err(Refusal::field("days", "holidays-too-many").with("max", DAYS_MAX));
        }
    }
    Ok(days)
}

/// The years a list speaks of.
pub fn years(days: &BTreeSet<Date>) -> BTreeSet<i16> {
    days.iter().map(|day| day.year()).collect()
}

/// The years in which legal-latest instants fall that the list says nothing of.
pub fn years_missing(days: &BTreeSet<Date>, latest: impl Iterator<Item = Date>) -> BTreeSet<i16> {
    let known = years(days);
    latest
        .map(|day| day.year())
        .filter(|year| !known.contains(year))
        .collect()
}
