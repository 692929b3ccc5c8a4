//! Reading what stands on the command line of `bonafide law`; each refusal is one sentence that
//! says what to find out.

use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

/// A file of public holidays is never larger than this.
const HOLIDAYS_BYTES_MAX: u64 = 1 << 20;

pub fn optional<T>(
    given: Option<String>,
    option: &str,
    read: fn(&str, &str) -> Result<T, String>,
) -> Result<Option<T>, String> {
    given.map(|given| read(option, &given)).transpose()
}

pub fn instant(option: &str, given: &str) -> Result<Timestamp, String> {
    given.trim().parse().map_err(|_| {
        format!(
            "Find out the instant for {option} with its offset from UTC, as in 2026-09-14T10:00:00Z: {:?} is none.",
            shown(given)
        )
    })
}

pub fn day(option: &str, given: &str) -> Result<Date, String> {
    // The strict form, for a date with a time of day would be read as that day in some zone.
    let given = given.trim();
    let parsed = Date::strptime("%Y-%m-%d", given)
        .ok()
        .filter(|_| given.len() == 10);
    parsed.ok_or_else(|| {
        format!(
            "Find out the day for {option}, as in 2027-12-11: {:?} is none.",
            shown(given)
        )
    })
}

pub fn euros(option: &str, given: &str) -> Result<u64, String> {
    given.trim().parse().map_err(|_| {
        format!(
            "Find out the amount for {option} in whole euros: {:?} is none.",
            shown(given)
        )
    })
}

/// One ISO date a line; empty lines and lines that begin with `#` are passed over.
pub fn holidays(path: &Path) -> Result<BTreeSet<Date>, String> {
    let name = path.display();
    let file = std::fs::File::open(path).map_err(|error| {
        format!("Find out where the holidays are: {name} cannot be opened ({error}).")
    })?;
    let mut text = String::new();
    let read = file.take(HOLIDAYS_BYTES_MAX + 1).read_to_string(&mut text);
    read.map_err(|error| {
        format!("Find out where the holidays are: {name} cannot be read ({error}).")
    })?;
    if text.len() as u64 > HOLIDAYS_BYTES_MAX {
        return Err(format!(
            "Find out where the holidays are: {name} is larger than {HOLIDAYS_BYTES_MAX} bytes."
        ));
    }
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    lines
        .map(|(index, line)| (index + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(number, line)| day(&format!("line {number} of {name}"), line))
        .collect()
}

fn shown(given: &str) -> String {
    given.chars().take(60).collect()
}
