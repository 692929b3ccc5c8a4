//! What the order strategies share: cutting a text into runs of digits and of letters.

use std::cmp::Ordering;

use super::digits::Digits;

/// A run of ASCII digits, of ASCII letters, or one other character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run<'a> {
    Digits(&'a str),
    Letters(&'a str),
    Other(char),
}

/// The runs of a text, from the left.
pub(super) fn runs(text: &str) -> impl Iterator<Item = Run<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let run = if first.is_ascii_digit() {
            Run::Digits(take(&mut rest, |c| c.is_ascii_digit()))
        } else if first.is_ascii_alphabetic() {
            Run::Letters(take(&mut rest, |c| c.is_ascii_alphabetic()))
        } else {
            rest = &rest[first.len_utf8()..];
            Run::Other(first)
        };
        Some(run)
    })
}

/// Takes the longest start of `rest` whose characters all belong.
pub(super) fn take<'a>(rest: &mut &'a str, belongs: impl Fn(char) -> bool) -> &'a str {
    let end = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
    let (taken, after) = rest.split_at(end);
    *rest = after;
    taken
}

/// The number written by the digits at the start of `rest`; zero when there are none.
pub(super) fn take_number(rest: &mut &str) -> Digits {
    Digits::parse(take(rest, |c| c.is_ascii_digit())).unwrap_or(Digits::ZERO)
}

/// Numbers joined by one of some separators; `None` when one is missing or is no number.
pub(super) fn numbers(text: &str, separators: &[char]) -> Option<Vec<Digits>> {
    text.split(separators).map(Digits::parse).collect()
}

/// Drops zeros at the end.
pub(super) fn trim_zeros(numbers: &mut Vec<Digits>) {
    while numbers.last().is_some_and(Digits::is_zero) {
        numbers.pop();
    }
}

/// Compares place by place; what one list lacks counts as `nothing`.
pub(super) fn compare_padded<T: Ord>(a: &[T], b: &[T], nothing: &T) -> Ordering {
    (0..a.len().max(b.len()))
        .map(|place| {
            let left = a.get(place).unwrap_or(nothing);
            left.cmp(b.get(place).unwrap_or(nothing))
        })
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}
