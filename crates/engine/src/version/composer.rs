//! Composer, for Packagist ("Versions and constraints" of its documentation; composer/semver).
//!
//! A version is brought into Composer's normal form (four numbers, or the groups of a date; then
//! a stability) and compared as PHP's `version_compare` does: `dev < alpha < beta < RC < release <
//! number < patch`. A branch without numbers (`dev-main`) has no place in the order.

use std::cmp::Ordering;

use super::digits::Digits;
use super::tokens::{numbers, take};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ComposerVersion {
    numbers: Vec<Digits>,
    /// Closed by [`Token::End`].
    stability: Vec<Token>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Token {
    Dev,
    Alpha,
    Beta,
    Candidate,
    End,
    Number(Digits),
    Patch,
}

/// Composer's stand-in for "any number" in the version of a branch (`1.x-dev`).
const ANY: Digits = Digits::Small(9_999_999);
const NUMBERS: usize = 4;
/// The words of a stability, longer ones before those they begin with.
const WORDS: [(&str, Option<Token>); 9] = [
    ("stable", None),
    ("alpha", Some(Token::Alpha)),
    ("beta", Some(Token::Beta)),
    ("patch", Some(Token::Patch)),
    ("rc", Some(Token::Candidate)),
    ("pl", Some(Token::Patch)),
    ("a", Some(Token::Alpha)),
    ("b", Some(Token::Beta)),
    ("p", Some(Token::Patch)),
];
/// A first number of more digits is a date.
const FIRST_DIGITS_MAX: usize = 5;

pub(super) fn parse(text: &str) -> Option<ComposerVersion> {
    let text = text.split_once('@').map_or(text, |(version, _)| version);
    let text = text.split_once('+').map_or(text, |(version, _)| version);
    let lower = text.to_ascii_lowercase();
    let text = lower.strip_prefix('v').unwrap_or(&lower);
    if let Some(branch) = text.strip_suffix("dev").and_then(branch) {
        return Some(branch);
    }
    let mut rest = text;
    let numbers = read_numbers(&mut rest)?;
    let stability = read_stability(rest)?;
    Some(ComposerVersion { numbers, stability })
}

/// `1.x-dev`, `1.2.*-dev`: only with a wildcard; `1.2-dev` is an ordinary version.
fn branch(text: &str) -> Option<ComposerVersion> {
    let text = text.strip_suffix(['-', '.']).unwrap_or(text);
    if !text.contains(['x', '*']) {
        return None;
    }
    let read = |part: &str| match part {
        "x" | "*" => Some(ANY),
        digits => Digits::parse(digits),
    };
    let mut numbers: Vec<Digits> = text.split('.').map(read).collect::<Option<_>>()?;
    if numbers.len() > NUMBERS {
        return None;
    }
    numbers.resize(NUMBERS, ANY);
    Some(ComposerVersion {
        numbers,
        stability: vec![Token::Dev, Token::End],
    })
}

/// One to four numbers, filled up with zeros; or a date of digits in groups.
fn read_numbers(rest: &mut &str) -> Option<Vec<Digits>> {
    let all = take(rest, |c| c.is_ascii_digit() || c == '.');
    let text = all.trim_end_matches('.');
    // A dot at the end belongs to the stability ("1.0.beta").
    if all.len() - text.len() > 1 {
        return None;
    }
    let mut found = numbers(text, &['.'])?;
    let first = text.split('.').next().unwrap_or(text).len();
    if found.len() > NUMBERS || first > FIRST_DIGITS_MAX {
        while let Some((group, after)) = take_group(rest) {
            found.push(group);
            *rest = after;
        }
        return Some(found);
    }
    found.resize(NUMBERS, Digits::ZERO);
    Some(found)
}

fn read_stability(text: &str) -> Option<Vec<Token>> {
    let mut out = Vec::new();
    let mut rest = text.strip_prefix(['.', '_', '-']).unwrap_or(text);
    if let Some((word, token)) = WORDS.iter().find(|(word, _)| rest.starts_with(word)) {
        rest = &rest[word.len()..];
        out.extend(token.clone());
        while let Some((number, after)) = take_group(rest) {
            out.push(Token::Number(number));
            rest = after;
        }
    }
    match rest {
        "" => {}
        "dev" | "-dev" | ".dev" => out.push(Token::Dev),
        _ => return None,
    }
    out.push(Token::End);
    Some(out)
}

/// A number with or without a joint before it.
fn take_group(rest: &str) -> Option<(Digits, &str)> {
    let mut after = rest.strip_prefix(['.', '-', ':']).unwrap_or(rest);
    let digits = take(&mut after, |c| c.is_ascii_digit());
    Some((Digits::parse(digits)?, after))
}

impl Ord for ComposerVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        // A version of fewer numbers is older even than a pre-release of the longer one.
        let numbers = self.numbers.cmp(&other.numbers);
        numbers.then_with(|| self.stability.cmp(&other.stability))
    }
}

impl PartialOrd for ComposerVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
