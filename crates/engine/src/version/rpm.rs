//! RPM: `[epoch:]version[-release]` by `rpmvercmp` (rpm-version(7)).
//!
//! Runs of letters and digits are compared, whatever separates them; a number is newer than
//! letters, `~` sorts before the end and `^` after it. A missing epoch is zero; a missing release
//! is older than any. Written as tokens of which the derived order is rpm's, so the order is
//! lexicographic and therefore transitive.

use super::digits::Digits;
use super::tokens::{Run, runs};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RpmVersion {
    epoch: Digits,
    version: Vec<Token>,
    release: Option<Vec<Token>>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Token {
    Tilde,
    End,
    Caret,
    Word(Box<str>),
    Number(Digits),
}

pub(super) fn parse(text: &str) -> Option<RpmVersion> {
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return None;
    }
    // Only digits before a colon are an epoch; modules have colons further on.
    let (epoch, rest) = match text.split_once(':') {
        Some(("", rest)) => (Digits::ZERO, rest),
        Some((digits, rest)) => match Digits::parse(digits) {
            Some(epoch) => (epoch, rest),
            None => (Digits::ZERO, text),
        },
        None => (Digits::ZERO, text),
    };
    let (version, release) = match rest.rsplit_once('-') {
        Some((version, release)) => (version, Some(read(release))),
        None => (rest, None),
    };
    (!version.is_empty()).then(|| RpmVersion {
        epoch,
        version: read(version),
        release,
    })
}

fn read(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = runs(text)
        .filter_map(|run| match run {
            Run::Digits(digits) => Digits::parse(digits).map(Token::Number),
            Run::Letters(word) => Some(Token::Word(word.into())),
            Run::Other('~') => Some(Token::Tilde),
            Run::Other('^') => Some(Token::Caret),
            Run::Other(_) => None,
        })
        .collect();
    tokens.push(Token::End);
    tokens
}
