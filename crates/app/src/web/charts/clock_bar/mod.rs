//! The clock bar: an axis of time from the first signal to the last deadline, what happened
//! above it, what is due below it, and *now* as a line. Nights and weekends are hatched, so that
//! the person on call sees the trap; they stop no clock.
//!
//! The picture knows no law: it is given labels in the reader's words and instants, and gives
//! back shapes for `partials/clock_bar.html`. Every number in it stands in a table beside it.

mod days;
mod labels;
mod scale;

use crate::web::words::Lang;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use scale::Scale;
use std::collections::BTreeSet;

/// Width of the drawing in its own units; the page scales it.
pub const WIDTH: i64 = 1_000;
/// The same for a phone, where a scaled drawing could not be read.
pub const NARROW: i64 = 328;
const LEFT: i64 = 8;
const ROW: i64 = 16;
const BAR_HEIGHT: i64 = 18;
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

/// Draws it as wide as a page, or as a phone.
pub fn draw(clock: &Clock, width: i64) -> Picture {
    let is_narrow = width < WIDTH;
    let has_side = !clock.idle.is_empty() && !is_narrow;
    let side = clock.idle.iter().map(|label| idle_width(label)).max();
    let side = side.filter(|_| has_side).map_or(0, |width| width + LEFT);
    let right = width - LEFT - side;
    let scale = Scale::of(clock, right);
    let now_x = (clock.now <= clock.end).then(|| scale.x(clock.now));
    let above = labels::places(&scale, &clock.anchors, width, now_x);
    let below = labels::places(&scale, &clock.dues, width, now_x);
    let bar_top = ROW * (labels::rows(&above) + 2);
    let bar_bottom = bar_top + BAR_HEIGHT;
    let days_y = bar_bottom + ROW * (labels::rows(&below) + 1);
    let mut picture = Picture {
        width,
        height: days_y + ROW,
        title: clock.title.clone(),
        desc: clock.desc.clone(),
        ..Picture::default()
    };
    let hatched = (bar_top - ROW, BAR_HEIGHT + 2 * ROW);
    days::hatch(&mut picture, clock, &scale, hatched.0, hatched.1);
    bar(&mut picture, clock, &scale, bar_top);
    for (tick, place) in clock.anchors.iter().zip(&above) {
        let y = bar_top - ROW * place.row - ROW / 2;
        labels::flag(&mut picture, tick, place, (y, bar_top), y);
    }
    for (tick, place) in clock.dues.iter().zip(&below) {
        let y = bar_bottom + ROW * (place.row + 1);
        labels::flag(&mut picture, tick, place, (bar_bottom, y), y);
    }
    days::days(&mut picture, clock, &scale, (bar_bottom, days_y));
    if let Some(x) = now_x {
        now_line(&mut picture, clock, x, (ROW, days_y - ROW));
    }
    let below_all = (LEFT, days_y + ROW);
    let beside = (right + LEFT, bar_top);
    idle(
        &mut picture,
        clock,
        if is_narrow { below_all } else { beside },
    );
    picture
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

/// The outline of a clock that does not run yet, with its text in it.
fn idle_width(label: &str) -> i64 {
    labels::text_width(label) + 2 * LEFT
}

/// Clocks that do not run yet, as dashed outlines beside the bar or below everything.
fn idle(picture: &mut Picture, clock: &Clock, (x, top): (i64, i64)) {
    for (number, label) in (0i64..).zip(&clock.idle) {
        let y = top + number * (BAR_HEIGHT + 6);
        picture.height = picture.height.max(y + BAR_HEIGHT + 2);
        picture.rects.push(Rect {
            x,
            y,
            width: idle_width(label),
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

fn now_line(picture: &mut Picture, clock: &Clock, x: i64, (top, bottom): (i64, i64)) {
    picture.lines.push(Line {
        x1: x,
        y1: top - 2,
        x2: x,
        y2: bottom,
        class: "pic-now",
    });
    let place = labels::beside(x, &clock.now_label, picture.width, None);
    let text = labels::text(&place, ROW - 4, "pic-strong", &clock.now_label);
    picture.texts.push(text);
}
