//! OpenSSL: `1.0.2zd` (letters count on: `z` < `za`) and, since 3.0, Semantic Versioning;
//! `-pre9`, `-alpha17` and `-beta1` come before the release.

use super::digits::Digits;
use super::tokens::{numbers, take, trim_zeros};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OpenSslVersion {
    numbers: Vec<Digits>,
    letters: (usize, Box<str>),
    /// A release is newer than its pre-releases.
    is_release: bool,
    pre: (Box<str>, Digits),
}

pub(super) fn parse(text: &str) -> Option<OpenSslVersion> {
    let (release, pre) = text
        .split_once('-')
        .map_or((text, None), |(a, b)| (a, Some(b)));
    let mut rest = release;
    let digits = take(&mut rest, |c| c.is_ascii_digit() || c == '.');
    let letters = take(&mut rest, |c| c.is_ascii_lowercase());
    let mut numbers = numbers(digits, &['.'])?;
    trim_zeros(&mut numbers);
    let is_release = pre.is_none();
    let mut pre = pre.unwrap_or_default();
    let word = take(&mut pre, |c| c.is_ascii_lowercase());
    let number = take(&mut pre, |c| c.is_ascii_digit());
    let known = matches!(word, "pre" | "alpha" | "beta" | "rc");
    if !rest.is_empty() || !pre.is_empty() || known == is_release {
        return None;
    }
    Some(OpenSslVersion {
        numbers,
        letters: (letters.len(), letters.into()),
        is_release,
        pre: (word.into(), Digits::parse(number).unwrap_or(Digits::ZERO)),
    })
}
