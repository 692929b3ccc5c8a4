//! Arch Linux's `vercmp` (vercmp(8)), which `vers:alpm` needs; OSV has no such ecosystem.
//!
//! The release counts only when both versions have one. So this is the one comparison here that
//! is no order in the mathematical sense: `1-1` = `1` = `1-2`, and yet `1-1` < `1-2`.

use std::cmp::Ordering;

use super::digits::Digits;
use super::tokens::{Run, runs};

#[derive(Debug, Clone)]
pub(super) struct AlpmVersion {
    epoch: Digits,
    version: Vec<Token>,
    release: Option<Vec<Token>>,
}

/// How many separators stand before a run, and the run.
#[derive(Debug, Clone)]
struct Token {
    separators: usize,
    run: Segment,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    // A number is newer than letters at the same place.
    Word(Box<str>),
    Number(Digits),
}

pub(super) fn parse(text: &str) -> Option<AlpmVersion> {
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let (epoch, rest) = match text.split_once(':') {
        Some((epoch, rest)) => (Digits::parse(epoch)?, rest),
        None => (Digits::ZERO, text),
    };
    let (version, release) = match rest.rsplit_once('-') {
        Some((version, release)) => (version, Some(read(release))),
        None => (rest, None),
    };
    (!version.is_empty()).then(|| AlpmVersion {
        epoch,
        version: read(version),
        release,
    })
}

fn read(text: &str) -> Vec<Token> {
    let mut separators = 0;
    let mut out = Vec::new();
    for run in runs(text) {
        let run = match run {
            Run::Digits(digits) => Digits::parse(digits).map(Segment::Number),
            Run::Letters(word) => Some(Segment::Word(word.into())),
            Run::Other(_) => None,
        };
        match run {
            Some(run) => out.push(Token {
                separators: std::mem::take(&mut separators),
                run,
            }),
            None => separators += 1,
        }
    }
    out
}

impl AlpmVersion {
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let release = || match (&self.release, &other.release) {
            (Some(a), Some(b)) => compare_tokens(a, b),
            _ => Ordering::Equal,
        };
        let epoch = self.epoch.cmp(&other.epoch);
        epoch
            .then_with(|| compare_tokens(&self.version, &other.version))
            .then_with(release)
    }
}

fn compare_tokens(a: &[Token], b: &[Token]) -> Ordering {
    for (left, right) in a.iter().zip(b) {
        let order = left.separators.cmp(&right.separators);
        let order = order.then_with(|| left.run.cmp(&right.run));
        if order.is_ne() {
            return order;
        }
    }
    // Letters glued to the end are older than the end ("1.0rc"), anything else is newer.
    let rest = |more: &Token| match more.run {
        Segment::Word(_) if more.separators == 0 => Ordering::Less,
        _ => Ordering::Greater,
    };
    match (a.get(b.len()), b.get(a.len())) {
        (Some(more), _) => rest(more),
        (_, Some(more)) => rest(more).reverse(),
        (None, None) => Ordering::Equal,
    }
}
