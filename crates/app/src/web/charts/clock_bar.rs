//! The clock bar: an axis of time from the first signal to the last deadline, what happened
//! above it, what is due below it, and *now* as a line. Nights and weekends are hatched, so that
//! the person on call sees the trap; they stop no clock.
//!
//! The picture knows no law: it is given labels in the reader's words and instants, and gives
//! back shapes for `partials/clock_bar.html`. Every number in it stands in a table beside it.

use crate::web::words::Lang;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::BTreeSet;

/// Width of the drawing in its own units; the page scales it.
pub const WIDTH: i64 = 1_000;
const LEFT: i64 = 8;
/// Room at the right for a clock that does not run yet.
const IDLE_WIDTH: i64 = 190;
const ROW: i64 = 16;
const BAR_HEIGHT: i64 = 18;
/// Rough width of a character at 12 units; labels only need not to collide.
const CHARACTER: i64 = 7;
/// A picture of more days than this shows its far ends at a smaller scale.
const DETAIL_DAYS: i64 = 7;
const DAYS_MAX: usize = 400;

/// What is drawn.
#[derive(Debug, Clone)]
pub struct Clock {
    pub start: Timestamp,
    pub end: Timestamp,
    /// The part that is drawn large: the hours.
    pub focus: (Timestamp, Timestamp),
    /// Not drawn when it lies after the end: the matter is over.
    pub now: Timestamp,
    pub now_label: String,
    /// The reader's zone: whose nights they are.
    pub zone: TimeZone,
    pub lang: Lang,
    pub holidays: BTreeSet<Date>,
    /// What happened, above the bar.
    pub anchors: Vec<Tick>,
    /// What is due, below the bar.
    pub dues: Vec<Tick>,
    /// Clocks that do not run yet, as dashed outlines.
    pub idle: Vec<String>,
    pub title: String,
    pub desc: String,
}

/// A labelled instant.
#[derive(Debug, Clone)]
pub struct Tick {
    pub at: Timestamp,
    pub label: String,
    pub look: Look,
}

/// How a tick looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Plain,
    Done,
    Late,
    /// Somebody else's counter: a thin second mark.
    Thin,
}

/// The picture as shapes.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    pub width: i64,
    pub height: i64,
    pub title: String,
    pub desc: String,
    /// Hatched stretches: nights and weekends.
    pub hatched: Vec<Rect>,
    pub rects: Vec<Rect>,
    pub lines: Vec<Line>,
    pub texts: Vec<Text>,
}

#[derive(Debug, Clone)]
pub struct Rect {
    pub x: i64,
    pub y: i64,
    pub width: i64,
    pub height: i64,
    pub class: &'static str,
}

#[derive(Debug, Clone)]
pub struct Line {
    pub x1: i64,
    pub y1: i64,
    pub x2: i64,
    pub y2: i64,
    pub class: &'static str,
}

#[derive(Debug, Clone)]
pub struct Text {
    pub x: i64,
    pub y: i64,
    pub anchor: &'static str,
    pub class: &'static str,
    pub text: String,
}

/// Draws it.
pub fn draw(clock: &Clock) -> Picture {
    let scale = Scale::of(clock);
    let above = stack(&scale, &clock.anchors);
    let mut below_ticks = clock.dues.clone();
    below_ticks.sort_by_key(|tick| tick.at);
    let below = stack(&scale, &below_ticks);
    let bar_top = ROW * (rows(&above) + 3);
    let bar_bottom = bar_top + BAR_HEIGHT;
    let days_y = bar_bottom + ROW * (rows(&below) + 1);
    let mut picture = Picture {
        width: WIDTH,
        height: days_y + ROW,
        title: clock.title.clone(),
        desc: clock.desc.clone(),
        ..Picture::default()
    };
    hatch(
        &mut picture,
        clock,
        &scale,
        bar_top - ROW,
        BAR_HEIGHT + 2 * ROW,
    );
    bar(&mut picture, clock, &scale, bar_top);
    for (tick, row) in clock.anchors.iter().zip(&above) {
        let y = ROW * (row + 2);
        flag(&mut picture, &scale, tick, (y, bar_top), y);
    }
    for (tick, row) in below_ticks.iter().zip(&below) {
        let y = bar_bottom + ROW * (row + 1);
        flag(&mut picture, &scale, tick, (bar_bottom, y), y);
    }
    idle(&mut picture, clock, bar_top);
    days(&mut picture, clock, &scale, (bar_bottom, days_y));
    now_line(&mut picture, clock, &scale, (ROW, days_y - ROW / 2));
    picture
}

/// From instants to positions: one straight scale, or three where the picture is long.
struct Scale {
    /// Instant and position of each end and joint, in order.
    joints: Vec<(Timestamp, i64)>,
    right: i64,
}

impl Scale {
    fn of(clock: &Clock) -> Self {
        let right = WIDTH - LEFT - if clock.idle.is_empty() { 0 } else { IDLE_WIDTH };
        let end = clock.end.max(clock.start + SignedDuration::from_hours(1));
        let days = end.duration_since(clock.start).as_hours() / 24;
        let mut joints = vec![(clock.start, LEFT)];
        if days > DETAIL_DAYS {
            let width = right - LEFT;
            let (from, to) = (clock.focus.0.max(clock.start), clock.focus.1.min(end));
            let mut x = LEFT;
            if from > clock.start {
                x += width / 6;
                joints.push((from, x));
            }
            if to > from && to < end {
                joints.push((to, right - width / 3));
            }
        }
        joints.push((end, right));
        Self { joints, right }
    }

    fn x(&self, at: Timestamp) -> i64 {
        let first = self.joints[0];
        if at <= first.0 {
            return first.1;
        }
        for pair in self.joints.windows(2) {
            let ((from, left), (to, right)) = (pair[0], pair[1]);
            if at <= to {
                let whole = to.duration_since(from).as_secs().max(1);
                let part = at.duration_since(from).as_secs();
                return left + (right - left) * part / whole;
            }
        }
        self.right
    }

    fn is_detailed(&self, from: Timestamp, to: Timestamp) -> bool {
        self.x(to) - self.x(from) >= 6
    }
}

/// The row of each label, so that no two overlap.
fn stack(scale: &Scale, ticks: &[Tick]) -> Vec<i64> {
    let mut taken: Vec<Vec<(i64, i64)>> = Vec::new();
    ticks
        .iter()
        .map(|tick| {
            let (from, to) = extent(scale.x(tick.at), &tick.label);
            let free = |row: &Vec<(i64, i64)>| row.iter().all(|(a, b)| to < *a || from > *b);
            let row = taken.iter().position(free).unwrap_or(taken.len());
            if row == taken.len() {
                taken.push(Vec::new());
            }
            taken[row].push((from, to));
            i64::try_from(row).unwrap_or(0)
        })
        .collect()
}

fn rows(placed: &[i64]) -> i64 {
    placed.iter().max().map_or(0, |row| row + 1)
}

fn text_width(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(0) * CHARACTER
}

/// Labels stand to the right of their tick, or to its left where the picture ends.
fn extent(x: i64, label: &str) -> (i64, i64) {
    let width = text_width(label) + 6;
    if x + width > WIDTH {
        (x - width, x)
    } else {
        (x, x + width)
    }
}

fn flag(picture: &mut Picture, scale: &Scale, tick: &Tick, stem: (i64, i64), y: i64) {
    let x = scale.x(tick.at);
    let ends_left = extent(x, &tick.label).0 < x;
    picture.lines.push(Line {
        x1: x,
        y1: stem.0,
        x2: x,
        y2: stem.1,
        class: match tick.look {
            Look::Thin => "pic-thin",
            _ => "pic-line",
        },
    });
    picture.texts.push(Text {
        x: if ends_left { x - 4 } else { x + 4 },
        y,
        anchor: if ends_left { "end" } else { "start" },
        class: match tick.look {
            Look::Late => "pic-strong pic-late",
            Look::Done | Look::Plain => "pic-text",
            Look::Thin => "pic-quiet",
        },
        text: tick.label.clone(),
    });
}

fn bar(picture: &mut Picture, clock: &Clock, scale: &Scale, y: i64) {
    let (left, right) = (scale.x(clock.start), scale.right);
    let now = scale.x(clock.now).clamp(left, right);
    for (from, to, class) in [(left, now, "pic-past"), (now, right, "pic-future")] {
        if to > from {
            picture.rects.push(Rect {
                x: from,
                y,
                width: to - from,
                height: BAR_HEIGHT,
                class,
            });
        }
    }
    // Where the scale changes, the bar is broken by a pair of slanted strokes.
    let inner = scale.joints.len().saturating_sub(1);
    for (_, x) in scale.joints.iter().take(inner).skip(1) {
        for shift in [0, 4] {
            picture.lines.push(Line {
                x1: x + shift - 3,
                y1: y + BAR_HEIGHT + 4,
                x2: x + shift + 3,
                y2: y - 4,
                class: "pic-line",
            });
        }
    }
}

fn idle(picture: &mut Picture, clock: &Clock, bar_top: i64) {
    for (number, label) in (0i64..).zip(&clock.idle) {
        let y = bar_top + number * (BAR_HEIGHT + 6);
        let x = WIDTH - IDLE_WIDTH + LEFT;
        picture.rects.push(Rect {
            x,
            y,
            width: IDLE_WIDTH - 2 * LEFT,
            height: BAR_HEIGHT,
            class: "pic-idle",
        });
        picture.texts.push(Text {
            x: x + 6,
            y: y + 13,
            anchor: "start",
            class: "pic-quiet",
            text: label.clone(),
        });
    }
}

/// Every local day the picture touches.
fn each_day(clock: &Clock) -> Vec<Date> {
    let first = clock.start.to_zoned_datetime(clock.zone.clone()).date();
    let last = clock.end.to_zoned_datetime(clock.zone.clone()).date();
    first
        .series(1.day())
        .take_while(|day| *day <= last)
        .take(DAYS_MAX)
        .collect()
}

fn instant(clock: &Clock, day: Date, hour: i8) -> Option<Timestamp> {
    let at = day.to_datetime(Time::constant(hour, 0, 0, 0));
    let zoned = at.to_zoned_datetime(clock.zone.clone()).ok()?;
    Some(zoned.timestamp())
}

fn is_free(clock: &Clock, day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) || clock.holidays.contains(&day)
}

fn hatch(picture: &mut Picture, clock: &Clock, scale: &Scale, y: i64, height: i64) {
    for day in each_day(clock) {
        let Ok(next) = day.tomorrow() else { continue };
        // A whole free day, or the two ends of a night.
        let stretches = if is_free(clock, day) {
            vec![(instant(clock, day, 0), instant(clock, next, 0))]
        } else {
            vec![
                (instant(clock, day, 0), instant(clock, day, 6)),
                (instant(clock, day, 22), instant(clock, next, 0)),
            ]
        };
        for stretch in stretches {
            let (Some(from), Some(to)) = stretch else {
                continue;
            };
            let (from, to) = (from.max(clock.start), to.min(clock.end));
            if from >= to || !(is_free(clock, day) || scale.is_detailed(from, to)) {
                continue;
            }
            picture.hatched.push(Rect {
                x: scale.x(from),
                y,
                width: (scale.x(to) - scale.x(from)).max(1),
                height,
                class: "pic-night",
            });
        }
    }
}

fn days(picture: &mut Picture, clock: &Clock, scale: &Scale, (top, y): (i64, i64)) {
    let mut free_from = i64::MIN;
    for day in each_day(clock) {
        let Some(at) = instant(clock, day, 0).filter(|at| *at >= clock.start) else {
            continue;
        };
        let x = scale.x(at);
        let label = match clock.lang {
            Lang::En => day.strftime("%-d %b").to_string(),
            Lang::De => day.strftime("%-d.%-m.").to_string(),
        };
        if x < free_from || x + text_width(&label) > WIDTH {
            continue;
        }
        free_from = x + text_width(&label) + 6;
        picture.lines.push(Line {
            x1: x,
            y1: top,
            x2: x,
            y2: top + 5,
            class: "pic-line",
        });
        picture.texts.push(Text {
            x,
            y,
            anchor: "start",
            class: "pic-quiet",
            text: label,
        });
    }
}

fn now_line(picture: &mut Picture, clock: &Clock, scale: &Scale, (top, bottom): (i64, i64)) {
    if clock.now > clock.end {
        return;
    }
    let x = scale.x(clock.now);
    picture.lines.push(Line {
        x1: x,
        y1: top - 2,
        x2: x,
        y2: bottom,
        class: "pic-now",
    });
    let ends_left = extent(x, &clock.now_label).0 < x;
    picture.texts.push(Text {
        x: if ends_left { x - 4 } else { x + 4 },
        y: ROW - 4,
        anchor: if ends_left { "end" } else { "start" },
        class: "pic-strong",
        text: clock.now_label.clone(),
    });
}
