//! Days and nights on the axis.

use super::labels::text_width;
use super::scale::Scale;
use super::{Clock, DAYS_MAX, Line, Picture, Rect, Text};
use crate::web::words::Lang;
use jiff::civil::{Date, Time, Weekday};
use jiff::{Timestamp, ToSpan};

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

/// Nights, weekends and public holidays, as a quiet hatch.
pub fn hatch(picture: &mut Picture, clock: &Clock, scale: &Scale, y: i64, height: i64) {
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

/// The days under the axis, as many as there is room for.
pub fn days(picture: &mut Picture, clock: &Clock, scale: &Scale, (top, y): (i64, i64)) {
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
        if x < free_from || x + text_width(&label) > picture.width {
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
