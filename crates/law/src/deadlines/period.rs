//! How a period is counted: the strict end that is shown and alarmed, and the latest end that
//! Regulation (EEC, Euratom) No 1182/71 would still allow.
//!
//! Everything here answers `None` when the result lies outside the calendar (years -9999 to 9999).

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const SECONDS_PER_HOUR: i64 = 3600;

/// A period as the article words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "unit", content = "count", rename_all = "kebab-case")]
pub enum Period {
    /// Exact hours; neither weekends, holidays nor changes of the clock move them.
    Hours(i64),
    /// Calendar days in a zone.
    Days(i64),
    /// Calendar months in a zone; a day the last month lacks becomes its last day.
    Months(i64),
}

/// The latest end, and whether its day was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latest {
    pub at: Timestamp,
    /// The unmoved and the moved last day, when a weekend or holiday moved it.
    pub moved: Option<(Date, Date)>,
}

/// Drops what is smaller than a second, towards the past, so that nothing derived is ever later
/// than with the fraction kept.
pub fn whole_seconds(at: Timestamp) -> Option<Timestamp> {
    let below = i64::from(at.subsec_nanosecond() < 0);
    Timestamp::from_second(at.as_second() - below).ok()
}

/// The strict end: exact hours, or the same local clock time on the last day.
///
/// A local time that the clock skips becomes the same distance after the gap; one that occurs
/// twice is the first of the two.
pub fn strict_end(period: Period, from: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    if let Period::Hours(hours) = period {
        return from.checked_add(SignedDuration::from_hours(hours)).ok();
    }
    let start = zone.to_datetime(from);
    let end = DateTime::from_parts(last_day(period, start.date())?, start.time());
    zone.to_ambiguous_timestamp(end).compatible().ok()
}

/// The latest end under Regulation 1182/71: the hour or day of the event does not count (Art. 3(1)),
/// hours end with their last hour and days at 24:00 (Art. 3(2)), and a last day that is no working
/// day moves to the next one, for periods not expressed in hours (Art. 3(4)).
pub fn latest_end(
    period: Period,
    from: Timestamp,
    zone: &TimeZone,
    holidays: &BTreeSet<Date>,
) -> Option<Latest> {
    let start = zone.to_datetime(from);
    if let Period::Hours(hours) = period {
        let into_hour = i64::from(start.minute()) * 60 + i64::from(start.second());
        let to_next_hour = SignedDuration::from_secs(SECONDS_PER_HOUR - into_hour);
        let next_hour = from.checked_add(to_next_hour).ok()?;
        let at = next_hour
            .checked_add(SignedDuration::from_hours(hours))
            .ok()?;
        return Some(Latest { at, moved: None });
    }
    let last = last_day(period, start.date())?;
    let working = working_day_from(last, holidays)?;
    let at = end_of_day(working, zone)?;
    Some(Latest {
        at,
        moved: (working != last).then_some((last, working)),
    })
}

fn last_day(period: Period, first: Date) -> Option<Date> {
    match period {
        Period::Hours(_) => None,
        Period::Days(days) => first.checked_add(days.days()).ok(),
        Period::Months(months) => first.checked_add(months.months()).ok(),
    }
}

fn working_day_from(mut day: Date, holidays: &BTreeSet<Date>) -> Option<Date> {
    let weekend = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    while weekend(day) || holidays.contains(&day) {
        day = day.tomorrow().ok()?;
    }
    Some(day)
}

/// 24:00 of a day, which is the first instant of the next one; where midnight occurs twice, the
/// first, and where the clock skips it, the change.
fn end_of_day(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    let midnight = DateTime::from_parts(day.tomorrow().ok()?, Time::midnight());
    zone.to_ambiguous_timestamp(midnight).compatible().ok()
}
