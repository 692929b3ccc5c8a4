//! dpkg, for Debian, Ubuntu and their kin (Debian Policy §5.6.12; deb-version(7)).
//!
//! `[epoch:]upstream[-revision]`; runs of non-digits and digits are compared in turn, `~` before
//! the end, the end before letters, letters before everything else. A missing epoch and a missing
//! revision count as zero.

use std::cmp::Ordering;

use super::digits::Digits;
use super::tokens::{compare_padded, take, take_number};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DpkgVersion {
    epoch: Digits,
    upstream: Part,
    revision: Part,
}

/// Runs of non-digits, each closed by [`END`], and the number after each.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part(Vec<Token>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Token {
    /// A character; `~` weighs less than the end.
    Weight(i16),
    Number(Digits),
}

/// The end of a run, and of a version.
const END: Token = Token::Weight(0);

/// By the rules of the Policy: an epoch is a number, a revision is not empty, other characters
/// are refused.
pub(super) fn parse(text: &str) -> Option<DpkgVersion> {
    let (epoch, rest) = match text.split_once(':') {
        Some((epoch, rest)) => (Digits::parse(epoch)?, rest),
        None => (Digits::ZERO, text),
    };
    let (upstream, revision) = rest.rsplit_once('-').unwrap_or((rest, "0"));
    let is_good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-' | '~' | ':');
    if upstream.is_empty()
        || revision.is_empty()
        || !rest.chars().all(is_good)
        || revision.contains(':')
    {
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
        // Once at least: nothing at all is the same as "0".
        loop {
            let word = take(&mut rest, |c| !c.is_ascii_digit());
            out.extend(word.bytes().map(|byte| Token::Weight(weight(byte))));
            out.extend([END, Token::Number(take_number(&mut rest))]);
            if rest.is_empty() {
                break;
            }
        }
        Self(out)
    }
}

fn weight(byte: u8) -> i16 {
    match byte {
        b'~' => -1,
        letter if letter.is_ascii_alphabetic() => i16::from(letter),
        other => i16::from(other) + 256,
    }
}

impl Ord for Part {
    fn cmp(&self, other: &Self) -> Ordering {
        compare_padded(&self.0, &other.0, &END)
    }
}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
