//! RubyGems (`Gem::Version`, and the guide "Patterns").
//!
//! Dot-separated runs of digits and letters; a hyphen means `.pre.`. A letter makes a pre-release:
//! at one place, letters come before numbers, and what is missing counts as zero. Zeros at the end
//! of the numbers, and at the end of the pre-release, say nothing. `1beta` is taken as `1.beta`.

use std::cmp::Ordering;

use super::digits::Digits;
use super::tokens::{Run, compare_padded, runs};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GemVersion(Vec<Segment>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Word(Box<str>),
    Number(Digits),
}

const ZERO: Segment = Segment::Number(Digits::ZERO);

pub(super) fn parse(text: &str) -> Option<GemVersion> {
    let (release, pre) = text
        .split_once('-')
        .map_or((text, None), |(a, b)| (a, Some(b)));
    let is_word = |part: &str, more: fn(char) -> bool| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || more(c))
    };
    let well_formed = release.starts_with(|c: char| c.is_ascii_digit())
        && release.split('.').all(|part| is_word(part, |_| false))
        && pre.is_none_or(|pre| pre.split('.').all(|part| is_word(part, |c| c == '-')));
    if !well_formed {
        return None;
    }
    let text = text.replace('-', ".pre.");
    let segments = runs(&text).filter_map(|run| match run {
        Run::Digits(digits) => Digits::parse(digits).map(Segment::Number),
        Run::Letters(word) => Some(Segment::Word(word.into())),
        Run::Other(_) => None,
    });
    Some(GemVersion(canonical(segments.collect())))
}

/// Without the zeros at the end of the numbers and at the end of the whole.
fn canonical(mut segments: Vec<Segment>) -> Vec<Segment> {
    let is_word = |segment: &Segment| matches!(segment, Segment::Word(_));
    let pre = segments.iter().position(is_word).unwrap_or(segments.len());
    let mut tail = segments.split_off(pre);
    for part in [&mut segments, &mut tail] {
        while part.last() == Some(&ZERO) {
            part.pop();
        }
    }
    segments.append(&mut tail);
    segments
}

impl Ord for GemVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        compare_padded(&self.0, &other.0, &ZERO)
    }
}

impl PartialOrd for GemVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
