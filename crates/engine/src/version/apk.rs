//! apk, for Alpine, Wolfi, Chainguard and their kin (apk-package(5), "Version").
//!
//! `number{.number}{letter}{_suffix{number}}{~hash}{-r number}`. A number that begins with zero
//! compares as text, except the first one. The parts are tokens; the end of a version lies after
//! the suffixes of a pre-release and before everything else, so `1.2_rc1 < 1.2 < 1.2-r1 < 1.2_p1 <
//! 1.2a < 1.2.1`. What apk itself calls invalid is refused here.

use super::digits::Digits;
use super::tokens::take;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ApkVersion(Vec<Token>);

/// In the order in which apk ranks different kinds of parts at the same place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Token {
    /// `_alpha`, `_beta`, `_pre`, `_rc`.
    Before(u8),
    End,
    Revision(Digits),
    Hash(Box<str>),
    SuffixNumber(Digits),
    /// `_cvs`, `_svn`, `_git`, `_hg`, `_p`.
    After(u8),
    Letter(char),
    /// With a leading zero: compared as text, and always less than one without.
    Fraction(Box<str>),
    Number(Digits),
}

const BEFORE: [&str; 4] = ["alpha", "beta", "pre", "rc"];
const AFTER: [&str; 5] = ["cvs", "svn", "git", "hg", "p"];

pub(super) fn parse(text: &str) -> Option<ApkVersion> {
    let mut rest = text;
    let mut tokens = vec![Token::Number(Digits::parse(take_digits(&mut rest))?)];
    while let Some(after) = rest.strip_prefix('.') {
        rest = after;
        let digits = take_digits(&mut rest);
        tokens.push(match digits.starts_with('0') {
            true => Token::Fraction(digits.into()),
            false => Token::Number(Digits::parse(digits)?),
        });
    }
    if let Some(letter) = rest.chars().next().filter(char::is_ascii_lowercase) {
        tokens.push(Token::Letter(letter));
        rest = &rest[1..];
    }
    while let Some(after) = rest.strip_prefix('_') {
        rest = after;
        tokens.push(suffix(take(&mut rest, |c| c.is_ascii_lowercase()))?);
        let digits = take_digits(&mut rest);
        tokens.extend(Digits::parse(digits).map(Token::SuffixNumber));
    }
    if let Some(after) = rest.strip_prefix('~') {
        rest = after;
        let hash = take(&mut rest, |c| matches!(c, '0'..='9' | 'a'..='f'));
        if hash.is_empty() {
            return None;
        }
        tokens.push(Token::Hash(hash.into()));
    }
    if let Some(after) = rest.strip_prefix("-r") {
        rest = "";
        tokens.push(Token::Revision(Digits::parse(after)?));
    }
    tokens.push(Token::End);
    rest.is_empty().then_some(ApkVersion(tokens))
}

fn take_digits<'a>(rest: &mut &'a str) -> &'a str {
    take(rest, |c| c.is_ascii_digit())
}

fn suffix(word: &str) -> Option<Token> {
    let place = |words: &[&str]| {
        let index = words.iter().position(|known| *known == word)?;
        u8::try_from(index).ok()
    };
    let before = place(&BEFORE).map(Token::Before);
    before.or_else(|| place(&AFTER).map(Token::After))
}
