//! Versions as CPE names and vendors write them. NIST says of no order at all (IR 7696 compares
//! names, not versions), and the NVD publishes none; this one is ours:
//!
//! - numbers count as numbers; what separates them (`.`, `-`, `_`, `:`, blanks) says nothing;
//! - a missing number is zero: `1.0` equals `1.0.0`;
//! - words of pre-releases (`dev` < `alpha` < `beta` < `pre` < `rc`) come before the release, all
//!   other words (`a`, `p1`, `sp2`, `update 3`, `hf4`) after it and before the next number; the
//!   numbers before the first word come before all words;
//! - `ga`, `final`, `release` and a leading `v` say nothing.
//!
//! A text without a digit, or with words that join several versions, is no version.

use super::digits::Digits;
use super::tokens::{Run, compare_padded, runs};
use std::cmp::Ordering;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Token {
    Before(u8, Box<str>),
    /// The end, or zero.
    Nothing,
    After(Box<str>),
    Number(Digits),
}

#[derive(Debug, Clone)]
pub(super) struct CpeVersion {
    /// Before the first word.
    numbers: Vec<Digits>,
    rest: Vec<Token>,
}

impl CpeVersion {
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let numbers = compare_padded(&self.numbers, &other.numbers, &Digits::ZERO);
        numbers.then_with(|| compare_padded(&self.rest, &other.rest, &Token::Nothing))
    }
}

/// Words that stand between versions, or for any.
const JOINING: [&str; 16] = [
    "and", "or", "to", "all", "any", "before", "prior", "until", "through", "versions", "below",
    "earlier", "later", "x", "up", "since",
];

pub(super) fn parse(text: &str) -> Option<CpeVersion> {
    let lower = text.to_ascii_lowercase();
    let mut rest = lower.as_str();
    for word in ["version", "v"] {
        let after = rest
            .strip_prefix(word)
            .map(|rest| rest.trim_start_matches(['.', ' ']));
        if let Some(after) = after.filter(|after| after.starts_with(|c: char| c.is_ascii_digit())) {
            rest = after;
        }
    }
    let mut version = CpeVersion {
        numbers: Vec::new(),
        rest: Vec::new(),
    };
    for run in runs(rest) {
        match run {
            Run::Digits(digits) => {
                let number = Digits::parse(digits)?;
                if version.rest.is_empty() {
                    version.numbers.push(number);
                } else if number.is_zero() {
                    version.rest.push(Token::Nothing);
                } else {
                    version.rest.push(Token::Number(number));
                }
            }
            Run::Letters(word) if JOINING.contains(&word) => return None,
            Run::Letters("ga" | "final" | "release") => {}
            Run::Letters(word) => version.rest.push(word_token(word)),
            Run::Other('.' | '-' | '_' | ':' | '+' | '~' | ' ' | '(' | ')') => {}
            Run::Other(_) => return None,
        }
    }
    let has_number = !version.numbers.is_empty() || version.rest.iter().any(Token::is_number);
    has_number.then_some(version)
}

impl Token {
    fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }
}

fn word_token(word: &str) -> Token {
    let rank = match word {
        "dev" | "snapshot" | "nightly" => 0,
        "alpha" => 1,
        "beta" => 2,
        "pre" | "preview" | "prerelease" | "milestone" => 3,
        "rc" | "cr" => 4,
        _ => return Token::After(word.into()),
    };
    Token::Before(rank, word.into())
}
