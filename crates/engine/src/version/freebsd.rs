//! FreeBSD packages (pkg-version(8)): `version[_revision][,epoch]`, the epoch first.
//!
//! The version is cut into parts of a number, a stage letter and a patch level (`1.2rc3`); `+`
//! begins a new block. Words known as stages (`alpha`, `beta`, `pre`, `rc`, `pl`) stand for their
//! first letter in a part of their own before the release; other words for their first letter.

use std::cmp::Ordering;

use super::digits::Digits;
use super::tokens::{compare_padded, take};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FreeBsdVersion {
    epoch: Digits,
    blocks: Vec<Vec<Part>>,
    revision: Digits,
}

/// A number may be missing, which is less than zero; so may a patch level after a letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    number: Option<Digits>,
    letter: u8,
    level: Option<Digits>,
}

const NOTHING: Part = Part {
    number: Some(Digits::ZERO),
    letter: 0,
    level: Some(Digits::ZERO),
};

const STAGES: [(&str, u8); 5] = [
    ("pl", 0),
    ("alpha", 1),
    ("beta", 2),
    ("pre", 16),
    ("rc", 18),
];

pub(super) fn parse(text: &str) -> Option<FreeBsdVersion> {
    let is_good = |c: char| c.is_ascii_alphanumeric() || ".,_+-~".contains(c);
    if !text.chars().all(is_good) {
        return None;
    }
    let (text, epoch) = match text.rsplit_once(',') {
        Some((text, epoch)) => (text, Digits::parse(epoch)?),
        None => (text, Digits::ZERO),
    };
    let (text, revision) = match text.rsplit_once('_') {
        Some((text, revision)) => (text, Digits::parse(revision)?),
        None => (text, Digits::ZERO),
    };
    if !text.contains(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    Some(FreeBsdVersion {
        epoch,
        blocks: text.split('+').map(read_block).collect(),
        revision,
    })
}

fn read_block(text: &str) -> Vec<Part> {
    let mut rest = text;
    let mut parts = Vec::new();
    while !rest.is_empty() {
        parts.push(take_part(&mut rest));
        take(&mut rest, |c| !c.is_ascii_alphanumeric());
    }
    while parts.last() == Some(&NOTHING) {
        parts.pop();
    }
    parts
}

fn take_part(rest: &mut &str) -> Part {
    let number = Digits::parse(take(rest, |c| c.is_ascii_digit()));
    let mut after = *rest;
    let word = take(&mut after, |c| c.is_ascii_alphabetic()).to_ascii_lowercase();
    let stage = STAGES.iter().find(|(known, _)| *known == word);
    let letter = match (stage, word.bytes().next()) {
        // A stage right after a number opens a part of its own.
        (Some(_), _) if number.is_some() => None,
        (Some((_, rank)), _) => Some(*rank),
        (None, Some(first)) => Some(first - b'a' + 1),
        (None, None) => None,
    };
    let Some(letter) = letter else {
        return Part { number, ..NOTHING };
    };
    let level = Digits::parse(take(&mut after, |c| c.is_ascii_digit()));
    *rest = after;
    Part {
        number,
        letter,
        level,
    }
}

impl Ord for FreeBsdVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        let none: &[Part] = &[];
        let blocks = || {
            (0..self.blocks.len().max(other.blocks.len()))
                .map(|index| {
                    let a = self.blocks.get(index).map_or(none, Vec::as_slice);
                    let b = other.blocks.get(index).map_or(none, Vec::as_slice);
                    compare_padded(a, b, &NOTHING)
                })
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal)
        };
        let epoch = self.epoch.cmp(&other.epoch);
        epoch
            .then_with(blocks)
            .then_with(|| self.revision.cmp(&other.revision))
    }
}

impl PartialOrd for FreeBsdVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
