//! dpkg, for Debian, Ubuntu and their kin (Debian Policy §5.6.12; deb-version(7)).
//!
//! `[epoch:]upstream[-revision]`; runs of non-digits and digits are compared in turn, `~` before
//! the end, the end before letters, letters before everything else. A missing epoch and a missing
//! revision count as zero.

use std::cmp::Ordering;

use super::digits::Digits;
use super::tokens::{take, take_number};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DpkgVersion {
    epoch: Digits,
    upstream: Part,
    revision: Part,
}

/// Runs of non-digits, each followed by the number after it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part(Vec<(Vec<u16>, Digits)>);

/// Weight of the end of a run of non-digits; `~` lies below it.
const END: u16 = 1;

/// By the rules of the Policy: an epoch is a number, other characters are refused.
pub(super) fn parse(text: &str) -> Option<DpkgVersion> {
    let (epoch, rest) = match text.split_once(':') {
        Some((epoch, rest)) => (Digits::parse(epoch)?, rest),
        None => (Digits::ZERO, text),
    };
    let (upstream, revision) = rest.rsplit_once('-').unwrap_or((rest, ""));
    let is_good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-' | '~' | ':');
    if upstream.is_empty() || !rest.chars().all(is_good) || revision.contains(':') {
        return None;
    }
    Some(DpkgVersion {
        epoch,
        upstream: Part::read(upstream),
        revision: Part::read(revision),
    })
}

/// opam's order is Debian's; its versions may also hold `_` and have no epoch to speak of.
pub(super) fn parse_opam(text: &str) -> Option<DpkgVersion> {
    parse(&text.replace('_', "+"))
}

impl Part {
    fn read(text: &str) -> Self {
        let mut rest = text;
        let mut out = Vec::new();
        while !rest.is_empty() {
            let word = take(&mut rest, |c| !c.is_ascii_digit());
            let mut weights: Vec<u16> = word.bytes().map(weight).collect();
            weights.push(END);
            out.push((weights, take_number(&mut rest)));
        }
        // "1" and "1.0" differ, "" and "0" do not: an empty run with zero says nothing.
        while out.last().is_some_and(says_nothing) {
            out.pop();
        }
        Self(out)
    }
}

fn says_nothing((word, number): &(Vec<u16>, Digits)) -> bool {
    *word == [END] && number.is_zero()
}

fn weight(byte: u8) -> u16 {
    match byte {
        b'~' => 0,
        letter if letter.is_ascii_alphabetic() => u16::from(letter),
        other => u16::from(other) + 256,
    }
}

impl Ord for Part {
    fn cmp(&self, other: &Self) -> Ordering {
        let nothing = (vec![END], Digits::ZERO);
        let length = self.0.len().max(other.0.len());
        let of = |part: &'_ Self, index: usize| part.0.get(index).cloned();
        (0..length)
            .map(|index| {
                let a = of(self, index).unwrap_or_else(|| nothing.clone());
                a.cmp(&of(other, index).unwrap_or_else(|| nothing.clone()))
            })
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DpkgVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.epoch, &self.upstream, &self.revision).cmp(&(
            &other.epoch,
            &other.upstream,
            &other.revision,
        ))
    }
}

impl PartialOrd for DpkgVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
