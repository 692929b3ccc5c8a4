//! Gentoo's ebuilds, which `vers:gentoo` and `vers:ebuild` need (Package Manager Specification,
//! "Version Comparison").
//!
//! Like apk's, but a number with a leading zero compares as a decimal fraction, a missing number
//! of a suffix and a missing revision are zero, and `_p` is the only suffix after a release.

use super::digits::Digits;
use super::tokens::{take, take_number};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct GentooVersion {
    numbers: Vec<Number>,
    letter: Option<char>,
    suffixes: Vec<(u8, Digits)>,
    revision: Digits,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Number {
    /// Without its trailing zeros.
    Fraction(Box<str>),
    Whole(Digits),
}

const SUFFIXES: [&str; 4] = ["alpha", "beta", "pre", "rc"];
/// The end of the suffixes lies between `_rc` and `_p`.
const END: u8 = 4;
const PATCH: u8 = 5;

pub(super) fn parse(text: &str) -> Option<GentooVersion> {
    let mut rest = text;
    let mut version = GentooVersion {
        numbers: vec![Number::Whole(Digits::parse(digits(&mut rest))?)],
        letter: None,
        suffixes: Vec::new(),
        revision: Digits::ZERO,
    };
    while let Some(after) = rest.strip_prefix('.') {
        rest = after;
        let digits = digits(&mut rest);
        version.numbers.push(match digits.strip_prefix('0') {
            Some(_) => Number::Fraction(digits.trim_end_matches('0').into()),
            None => Number::Whole(Digits::parse(digits)?),
        });
    }
    if let Some(letter) = rest.chars().next().filter(char::is_ascii_lowercase) {
        version.letter = Some(letter);
        rest = &rest[1..];
    }
    while let Some(after) = rest.strip_prefix('_') {
        rest = after;
        let word = take(&mut rest, |c| c.is_ascii_lowercase());
        let rank = match SUFFIXES.iter().position(|known| *known == word) {
            Some(index) => u8::try_from(index).ok()?,
            None if word == "p" => PATCH,
            None => return None,
        };
        version.suffixes.push((rank, take_number(&mut rest)));
    }
    version.suffixes.push((END, Digits::ZERO));
    if let Some(after) = rest.strip_prefix("-r") {
        rest = "";
        version.revision = Digits::parse(after)?;
    }
    rest.is_empty().then_some(version)
}

fn digits<'a>(rest: &mut &'a str) -> &'a str {
    take(rest, |c| c.is_ascii_digit())
}
