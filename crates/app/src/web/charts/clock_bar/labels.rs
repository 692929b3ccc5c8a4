//! Labels that never stand on each other: each tick has its text beside its stem, further from
//! the axis where there is no room close to it.

use super::scale::Scale;
use super::{Line, Look, Picture, Text, Tick};

/// Width of a character at 12 units in the widest of the usual fonts; bold needs more.
const CHARACTER: i64 = 8;
/// Between a stem and its text.
const GAP: i64 = 4;

/// Where a label stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The tick.
    pub x: i64,
    /// The text, from and to.
    pub from: i64,
    pub to: i64,
    /// Rows away from the axis; 0 is the closest.
    pub row: i64,
}

impl Place {
    fn is_left(&self) -> bool {
        self.from < self.x
    }

    fn covers(&self, x: i64) -> bool {
        self.from <= x && x <= self.to
    }
}

/// The room a text needs.
pub fn text_width(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(0) * CHARACTER
}

/// The places of labels, in the order of the ticks. Texts never overlap; where it can be helped no
/// stem runs through a text, and none crosses the line of *now*.
pub fn places(scale: &Scale, ticks: &[Tick], width: i64, now_x: Option<i64>) -> Vec<Place> {
    let mut wanted: Vec<(usize, Place)> = ticks
        .iter()
        .map(|tick| beside(scale.x(tick.at), &tick.label, width, now_x))
        .enumerate()
        .collect();
    // From the right to the left a label can always move away from the axis without its stem
    // running through another; labels that stand left of their tick are the mirror image.
    wanted.sort_by_key(|(number, place)| {
        let order = if place.is_left() { place.x } else { -place.x };
        (place.is_left(), order, std::cmp::Reverse(*number))
    });
    let mut placed: Vec<(usize, Place)> = Vec::new();
    for (number, mut place) in wanted {
        place.row = row_for(&place, &placed);
        placed.push((number, place));
    }
    placed.sort_by_key(|(number, _)| *number);
    placed.into_iter().map(|(_, place)| place).collect()
}

/// How many rows the places take.
pub fn rows(placed: &[Place]) -> i64 {
    placed.iter().map(|place| place.row + 1).max().unwrap_or(0)
}

/// To the right of the tick, or to its left where the picture ends or *now* would run through.
pub fn beside(x: i64, label: &str, width: i64, now_x: Option<i64>) -> Place {
    let length = text_width(label) + GAP;
    let right = Place {
        x,
        from: x,
        to: x + length,
        row: 0,
    };
    let left = Place {
        from: x - length,
        to: x,
        ..right
    };
    let fits_right = right.to <= width;
    let fits_left = left.from >= 0;
    let crossed = |place: &Place| now_x.is_some_and(|now| now != x && place.covers(now));
    match (fits_right, fits_left) {
        (true, true) if crossed(&right) && !crossed(&left) => left,
        (true, _) => right,
        (false, true) => left,
        // Longer than the room on either side: as far left as it must be, above its tick.
        (false, false) => Place {
            from: (width - length).max(0),
            to: (width - length).max(0) + length,
            ..right
        },
    }
}

fn row_for(place: &Place, placed: &[(usize, Place)]) -> i64 {
    let most = i64::try_from(placed.len()).unwrap_or(0);
    let overlaps = |row: i64, other: &Place| {
        other.row == row && place.from <= other.to && other.from <= place.to
    };
    let crosses = |row: i64, other: &Place| {
        (other.row < row && other.covers(place.x)) || (row < other.row && place.covers(other.x))
    };
    let is_free = |row: i64| placed.iter().all(|(_, other)| !overlaps(row, other));
    let is_clear = |row: i64| placed.iter().all(|(_, other)| !crosses(row, other));
    (0..=most)
        .find(|row| is_free(*row) && is_clear(*row))
        .or_else(|| (0..=most).find(|row| is_free(*row)))
        .unwrap_or(most)
}

/// A stem and its text; `stem` goes from the text to the axis.
pub fn flag(picture: &mut Picture, tick: &Tick, place: &Place, stem: (i64, i64), y: i64) {
    picture.lines.push(Line {
        x1: place.x,
        y1: stem.0,
        x2: place.x,
        y2: stem.1,
        class: match tick.look {
            Look::Thin => "pic-thin",
            _ => "pic-line",
        },
    });
    let class = match tick.look {
        Look::Late => "pic-strong pic-late",
        Look::Done | Look::Plain => "pic-text",
        Look::Thin => "pic-quiet",
    };
    picture.texts.push(text(place, y, class, &tick.label));
}

/// A text at its place.
pub fn text(place: &Place, y: i64, class: &'static str, label: &str) -> Text {
    let ends = place.is_left() && place.to == place.x;
    Text {
        x: if ends {
            place.to - GAP
        } else {
            place.from + GAP
        },
        y,
        anchor: if ends { "end" } else { "start" },
        class,
        text: label.to_owned(),
    }
}
