//! Instants as people type and read them in forms: local clock time in the zone named beside the
//! field, or with an offset of its own. A clock time that a change of the clocks makes happen
//! twice or not at all is never guessed (a deadline of hours hangs on it); both readings are
//! offered. A day without a time is no instant.

use crate::trouble::Refusal;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

/// Longer than anything we read.
const CHARS_MAX: usize = 64;
/// How our own pages write an instant, so that it can be pasted back.
const PAGE_FORMATS: [&str; 4] = [
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d %b %Y %H:%M:%S",
    "%d %b %Y %H:%M",
];

/// Reads what was typed into `field`: RFC 3339 (`2026-11-23T10:00+01:00`), or a clock time in
/// `zone` (`2026-11-23 10:00`, `23.11.2026 10:00`, `23 Nov 2026 10:00`), or one of these followed
/// by `UTC`.
pub fn read(text: &str, zone: &TimeZone, field: &'static str) -> Result<Timestamp, Refusal> {
    let text = text.trim();
    let unreadable = || Refusal::field(field, "field-not-an-instant").with("field", field);
    if text.chars().count() > CHARS_MAX || text.contains('[') {
        return Err(unreadable());
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let (clock, zone) = match text.strip_suffix("UTC") {
        Some(clock) => (clock.trim_end(), TimeZone::UTC),
        None => (text, zone.clone()),
    };
    let typed = clock_time(clock).ok_or_else(unreadable)?;
    let ambiguous = zone.to_ambiguous_timestamp(typed);
    let (code, before, after) = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => {
            return ambiguous.unambiguous().map_err(|_| unreadable());
        }
        AmbiguousOffset::Gap { before, after } => ("when-missing", before, after),
        AmbiguousOffset::Fold { before, after } => ("when-twice", before, after),
    };
    let reading = |offset: Offset| {
        let at = offset.to_timestamp(typed).ok()?;
        let shown = zone.to_datetime(at).strftime("%Y-%m-%dT%H:%M:%S");
        let there = zone.to_offset(at);
        Some((format!("{shown}{}", iso(there)), utc(at)))
    };
    let (Some(first), Some(second)) = (reading(before), reading(after)) else {
        return Err(unreadable());
    };
    let refusal = Refusal::field(field, code).with("field", field);
    Err(refusal
        .with("typed", typed.strftime("%Y-%m-%d %H:%M"))
        .with("zone", zone_name(&zone))
        .with("first", first.0)
        .with("first_utc", first.1)
        .with("second", second.0)
        .with("second_utc", second.1))
}

/// What stands in a field for an instant: its clock time in `zone`, seconds only where there are
/// some; with an offset where the clock time alone would be ambiguous.
pub fn field(at: Timestamp, zone: &TimeZone) -> String {
    let local = zone.to_datetime(at);
    let text = if local.second() == 0 {
        local.strftime("%Y-%m-%d %H:%M").to_string()
    } else {
        local.strftime("%Y-%m-%d %H:%M:%S").to_string()
    };
    if zone.to_ambiguous_timestamp(local).is_ambiguous() {
        return format!("{}{}", text.replace(' ', "T"), iso(zone.to_offset(at)));
    }
    text
}

/// The name of a zone as people set it: `Europe/Berlin`.
pub fn zone_name(zone: &TimeZone) -> String {
    zone.iana_name().unwrap_or("UTC").to_owned()
}

/// An instant in UTC, the same in every language: `2026-11-23 09:00 UTC`.
pub fn utc(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// The offset as RFC 3339 writes it: `+01:00`.
pub fn iso(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

fn clock_time(text: &str) -> Option<DateTime> {
    // A day alone would be read as its midnight.
    if !text.contains(':') {
        return None;
    }
    let iso = text.parse::<DateTime>().ok();
    iso.or_else(|| {
        PAGE_FORMATS
            .iter()
            .find_map(|format| DateTime::strptime(format, text).ok())
    })
}
