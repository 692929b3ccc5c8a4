//! Conan 2 ("Version ranges" of its documentation): parts of any number and kind, an optional
//! pre-release after the last hyphen and build after the last plus, each ordered alike.
//!
//! Zeros at the end say nothing. Conan compares a number with a word as texts, which is no order
//! (`2 < 10 < 1a < 2`); here a part is ordered by the number it begins with, then by the rest,
//! which is what versions such as `1.1.1k` mean.

use super::digits::Digits;
use super::tokens::take;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ConanVersion {
    parts: Vec<Part>,
    /// No pre-release is newer than any.
    is_release: bool,
    pre: Vec<Part>,
    build: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(Digits, Box<str>),
    Word(Box<str>),
}

pub(super) fn parse(text: &str) -> Option<ConanVersion> {
    if !text.chars().all(|c| c.is_ascii_graphic()) {
        return None;
    }
    let (text, build) = text.rsplit_once('+').unwrap_or((text, ""));
    let (text, pre) = match text.rsplit_once('-') {
        Some((text, pre)) => (text, Some(pre)),
        None => (text, None),
    };
    (!text.is_empty()).then(|| ConanVersion {
        parts: read(text),
        is_release: pre.is_none(),
        pre: read(pre.unwrap_or_default()),
        build: read(build),
    })
}

fn read(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = text.split('.').map(read_part).collect();
    let says_nothing = |part: &Part| match part {
        Part::Number(number, rest) => number.is_zero() && rest.is_empty(),
        Part::Word(word) => word.is_empty(),
    };
    while parts.last().is_some_and(says_nothing) {
        parts.pop();
    }
    parts
}

fn read_part(text: &str) -> Part {
    let mut rest = text;
    match Digits::parse(take(&mut rest, |c| c.is_ascii_digit())) {
        Some(number) => Part::Number(number, rest.to_ascii_lowercase().into()),
        None => Part::Word(text.to_ascii_lowercase().into()),
    }
}
