//! Maven's order, by the "Version Order Specification" of the POM reference.
//!
//! A version is cut at dots, hyphens, underscores and between digits and letters into tokens; null
//! tokens (`0`, `""`, `ga`, `final`, `release`) are trimmed from the end and before every hyphen.
//! What is left is compared token by token. The specification pads the shorter version with nulls
//! that depend on the other one; after trimming that is the same as giving the end of a version
//! one fixed place among the tokens: after `snapshot`, before everything that follows a release.
//! So the order is lexicographic, and therefore total and transitive, which Maven's own
//! `ComparableVersion` is not in every corner.

use std::cmp::Ordering;

use super::digits::Digits;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MavenVersion(Vec<Token>);

/// The derived order is the order of the specification: `qualifier < "-number" < ".number"`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Token {
    Qualifier(Qualifier),
    Hyphen(Digits),
    Dot(Digits),
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Qualifier {
    Alpha,
    Beta,
    Milestone,
    Candidate,
    Snapshot,
    /// `""`, `ga`, `final`, `release`: what a bare release means.
    Release,
    ServicePack,
    Other(Box<str>),
}

/// Where the end of a version stands among tokens.
const END: Token = Token::Qualifier(Qualifier::Release);

impl Token {
    fn is_null(&self) -> bool {
        match self {
            Self::Qualifier(qualifier) => *qualifier == Qualifier::Release,
            Self::Hyphen(number) | Self::Dot(number) => number.is_zero(),
        }
    }

    fn opens_list(&self) -> bool {
        // ".qualifier" is treated as "-qualifier".
        !matches!(self, Self::Dot(_))
    }
}

pub(super) fn parse(text: &str) -> Option<MavenVersion> {
    // A property that was never filled in, or a text with blanks inside, is no version.
    if text.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '$' | '{' | '}'))
    {
        return None;
    }
    let lower = text.to_lowercase();
    let mut tokens = Vec::new();
    let mut hyphen = false;
    let mut rest = lower.as_str();
    // The first token has no separator; it is compared as if it followed a dot.
    loop {
        let (token, next) = take_token(rest, hyphen);
        tokens.push(token);
        let Some((next_hyphen, after)) = next else {
            break;
        };
        hyphen = next_hyphen;
        rest = after;
    }
    Some(MavenVersion(trim(tokens)))
}

/// The token at the start of `text`, and how the next one is joined.
fn take_token(text: &str, hyphen: bool) -> (Token, Option<(bool, &str)>) {
    let is_number = text.as_bytes().first().is_some_and(u8::is_ascii_digit);
    let end = text.find(|c: char| matches!(c, '.' | '-' | '_') || c.is_ascii_digit() != is_number);
    let (word, after) = text.split_at(end.unwrap_or(text.len()));
    let (next, digit_follows) = match after.as_bytes().first() {
        None => (None, false),
        Some(b'.') => (Some((false, &after[1..])), false),
        Some(b'-' | b'_') => (Some((true, &after[1..])), false),
        // A change between digits and letters counts as a hyphen.
        Some(first) => (Some((true, after)), first.is_ascii_digit()),
    };
    (read_word(word, hyphen, digit_follows), next)
}

fn read_word(word: &str, hyphen: bool, digit_follows: bool) -> Token {
    match Digits::parse(word) {
        Some(number) if hyphen => Token::Hyphen(number),
        Some(number) => Token::Dot(number),
        // An empty token stands for zero ("1..2", ".5").
        None if word.is_empty() && hyphen => Token::Hyphen(Digits::ZERO),
        None if word.is_empty() => Token::Dot(Digits::ZERO),
        None => Token::Qualifier(read_qualifier(word, digit_follows)),
    }
}

fn read_qualifier(word: &str, digit_follows: bool) -> Qualifier {
    match word {
        "alpha" => Qualifier::Alpha,
        "beta" => Qualifier::Beta,
        "milestone" => Qualifier::Milestone,
        // One letter means the long word only when a number follows directly.
        "a" if digit_follows => Qualifier::Alpha,
        "b" if digit_follows => Qualifier::Beta,
        "m" if digit_follows => Qualifier::Milestone,
        "rc" | "cr" => Qualifier::Candidate,
        "snapshot" => Qualifier::Snapshot,
        "ga" | "final" | "release" => Qualifier::Release,
        "sp" => Qualifier::ServicePack,
        _ => Qualifier::Other(word.into()),
    }
}

/// Drops null tokens at the end and before every token that opens a list.
fn trim(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        if token.opens_list() {
            drop_nulls(&mut out);
        }
        out.push(token);
    }
    drop_nulls(&mut out);
    out
}

fn drop_nulls(tokens: &mut Vec<Token>) {
    while tokens.last().is_some_and(Token::is_null) {
        tokens.pop();
    }
}

impl Ord for MavenVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        let shared = self.0.len().min(other.0.len());
        let by_tokens = self.0[..shared].cmp(&other.0[..shared]);
        by_tokens.then_with(|| match (self.0.get(shared), other.0.get(shared)) {
            (None, None) => Ordering::Equal,
            // An inner token that equals the end in rank still says "more": what follows it
            // cannot be null.
            (None, Some(token)) => END.cmp(token).then(Ordering::Less),
            (Some(token), None) => token.cmp(&END).then(Ordering::Greater),
            (Some(a), Some(b)) => a.cmp(b),
        })
    }
}

impl PartialOrd for MavenVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
