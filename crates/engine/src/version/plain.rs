//! Orders that need no strategy of their own: lists of numbers (CRAN, Hackage, `intdot`), instants
//! and texts.

use jiff::Timestamp;

use super::digits::Digits;
use super::tokens::{numbers, take, trim_zeros};

/// R packages: whole numbers joined by `.` or `-`; a longer version is newer (R, `numeric_version`).
pub(super) fn parse_r(text: &str) -> Option<Vec<Digits>> {
    numbers(text, &['.', '-'])
}

/// Haskell packages: whole numbers joined by `.`; a longer version is newer (Package Versioning
/// Policy; Cabal, `Version`).
pub(super) fn parse_haskell(text: &str) -> Option<Vec<Digits>> {
    numbers(text, &['.'])
}

/// `vers:intdot` and nginx: numbers joined by dots; what follows them, and zeros at the end, say
/// nothing.
pub(super) fn parse_intdot(text: &str) -> Option<Vec<Digits>> {
    let mut rest = text;
    let digits = take(&mut rest, |c| c.is_ascii_digit() || c == '.');
    let mut numbers = numbers(digits.trim_end_matches('.'), &['.'])?;
    trim_zeros(&mut numbers);
    Some(numbers)
}

/// RFC 3339 with upper-case `T` and `Z`, as `vers:datetime` asks.
pub(super) fn parse_instant(text: &str) -> Option<Timestamp> {
    if text.contains(['t', 'z', ' ']) {
        return None;
    }
    text.parse().ok()
}
