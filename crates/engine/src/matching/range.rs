//! One range of an advisory, evaluated as the OSV schema says: events in version order, `limit`
//! first, `0` before everything.

use std::cmp::Ordering;

use super::{Unknown, unknown};
use crate::advisory::{Event, Range};
use crate::version::{Order, Version, VersionError};

/// The version asked about.
pub(super) struct Subject<'a> {
    pub text: &'a str,
    /// The version, or why it cannot be compared.
    pub version: Result<Version, Unknown>,
}

pub(super) enum RangeAnswer {
    /// The interval the version lies in.
    Inside(String),
    /// The nearest interval the version does not lie in.
    Outside(String),
    Unknown(Unknown),
}

/// A point on the line of versions; `0` lies before all of them and `*` after.
enum Point<'a> {
    Start,
    At(Version, &'a str),
    End,
}

enum Kind {
    Introduced,
    Fixed,
    LastAffected,
}

struct Interval<'a> {
    from: Point<'a>,
    until: Point<'a>,
    until_included: bool,
}

pub(super) fn evaluate(
    order: &Result<Order, VersionError>,
    subject: &Subject<'_>,
    range: &Range,
) -> RangeAnswer {
    if is_everything(range) {
        // Holds for any version, even one that cannot be read or is missing.
        return RangeAnswer::Inside(">=0".to_owned());
    }
    let order = match order {
        Ok(order) => *order,
        Err(error) => return RangeAnswer::Unknown(unknown(error.code(), format!("{error}."))),
    };
    let version = match &subject.version {
        Ok(version) => version,
        Err(why) => return RangeAnswer::Unknown(why.clone()),
    };
    let (intervals, limits) = match read(order, range) {
        Ok(read) => read,
        Err(error) => {
            let reason = format!("A version in the advisory's range cannot be compared: {error}.");
            return RangeAnswer::Unknown(unknown("range-version-unparsable", reason));
        }
    };
    if let Some(text) = beyond_limits(version, &limits) {
        return RangeAnswer::Outside(text);
    }
    if let Some(inside) = intervals.iter().find(|interval| interval.holds(version)) {
        return RangeAnswer::Inside(inside.to_text());
    }
    RangeAnswer::Outside(nearest(version, &intervals))
}

fn is_everything(range: &Range) -> bool {
    matches!(range.events.as_slice(), [Event::Introduced(from)] if is_start(from))
}

/// `0` by the schema; RustSec writes the lowest version of Semantic Versioning instead.
fn is_start(text: &str) -> bool {
    matches!(text.trim(), "0" | "0.0.0-0")
}

type Intervals<'a> = Vec<Interval<'a>>;

fn read(order: Order, range: &Range) -> Result<(Intervals<'_>, Vec<Point<'_>>), VersionError> {
    let mut events = Vec::with_capacity(range.events.len());
    let mut limits = Vec::new();
    for event in &range.events {
        let (kind, text) = match event {
            Event::Limit(text) => {
                limits.push(read_point(order, text)?);
                continue;
            }
            Event::Introduced(text) => (Kind::Introduced, text),
            Event::Fixed(text) => (Kind::Fixed, text),
            Event::LastAffected(text) => (Kind::LastAffected, text),
        };
        events.push((kind, read_point(order, text)?));
    }
    // The sort is stable: events at the same version keep the order of the record, so that
    // "fixed 2, introduced 2" and "introduced 2, fixed 2" both mean what they say.
    events.sort_by(|(_, a), (_, b)| a.compare(b));
    Ok((intervals_of(events), limits))
}

fn read_point(order: Order, text: &str) -> Result<Point<'_>, VersionError> {
    match text.trim() {
        text if is_start(text) => Ok(Point::Start),
        "*" => Ok(Point::End),
        text => order.parse(text).map(|version| Point::At(version, text)),
    }
}

fn intervals_of(events: Vec<(Kind, Point<'_>)>) -> Intervals<'_> {
    let mut intervals = Vec::new();
    let mut open: Option<Point<'_>> = None;
    for (kind, point) in events {
        let until_included = match kind {
            Kind::Introduced => {
                open.get_or_insert(point);
                continue;
            }
            Kind::Fixed => false,
            Kind::LastAffected => true,
        };
        if let Some(from) = open.take() {
            intervals.push(Interval {
                from,
                until: point,
                until_included,
            });
        }
    }
    if let Some(from) = open {
        intervals.push(Interval {
            from,
            until: Point::End,
            until_included: true,
        });
    }
    intervals
}

/// The text of the limit when the version lies at or after every limit.
fn beyond_limits(version: &Version, limits: &[Point<'_>]) -> Option<String> {
    let inside = |limit: &Point<'_>| limit.order_of(version).is_lt();
    if limits.is_empty() || limits.iter().any(inside) {
        return None;
    }
    let texts: Vec<String> = limits
        .iter()
        .map(|limit| format!("<{}", limit.text()))
        .collect();
    Some(texts.join(" || "))
}

/// The last interval that ends before the version, or else the first one: intervals are in order.
fn nearest(version: &Version, intervals: &[Interval<'_>]) -> String {
    let before = intervals
        .iter()
        .rev()
        .find(|interval| interval.from.order_of(version).is_ge());
    before
        .or(intervals.first())
        .map(Interval::to_text)
        .unwrap_or_default()
}

impl Point<'_> {
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Start, Self::Start) | (Self::End, Self::End) => Ordering::Equal,
            (Self::Start, _) | (_, Self::End) => Ordering::Less,
            (_, Self::Start) | (Self::End, _) => Ordering::Greater,
            (Self::At(a, _), Self::At(b, _)) => a
                .compare(b)
                .expect("all points of a range are read by one order"),
        }
    }

    /// Where the version lies, seen from this point: `Less` is before it.
    fn order_of(&self, version: &Version) -> Ordering {
        match self {
            Self::Start => Ordering::Greater,
            Self::End => Ordering::Less,
            Self::At(at, _) => version
                .compare_to_bound(at)
                .expect("version and range are read by one order"),
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Start => "0",
            Self::At(_, text) => text,
            Self::End => "*",
        }
    }
}

impl Interval<'_> {
    fn holds(&self, version: &Version) -> bool {
        let until = self.until.order_of(version);
        self.from.order_of(version).is_ge()
            && (until.is_lt() || self.until_included && until.is_eq())
    }

    fn to_text(&self) -> String {
        let from = match &self.from {
            Point::Start => String::new(),
            from => format!(">={}", from.text()),
        };
        let until = match &self.until {
            Point::End => String::new(),
            until if self.until_included => format!("<={}", until.text()),
            until => format!("<{}", until.text()),
        };
        match (from.is_empty(), until.is_empty()) {
            (true, true) => ">=0".to_owned(),
            (false, false) => format!("{from}, {until}"),
            _ => from + until.as_str(),
        }
    }
}
