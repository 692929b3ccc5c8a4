//! NuGet ("Package versioning", NuGet documentation): Semantic Versioning with an optional fourth
//! number, missing numbers zero, pre-release labels compared without case, metadata ignored.

use super::digits::Digits;
use super::semver::{self, Identifier};
use super::tokens::{numbers, trim_zeros};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NuGetVersion {
    numbers: Vec<Digits>,
    /// A release is newer than its pre-releases.
    is_release: bool,
    pre: Vec<Identifier>,
}

const NUMBERS_MAX: usize = 4;

pub(super) fn parse(text: &str) -> Option<NuGetVersion> {
    let (text, metadata) = text.split_once('+').unwrap_or((text, "0"));
    semver::identifiers(metadata)?;
    let (release, pre) = text
        .split_once('-')
        .map_or((text, None), |(a, b)| (a, Some(b)));
    let mut numbers = numbers(release, &['.'])?;
    if numbers.len() > NUMBERS_MAX {
        return None;
    }
    trim_zeros(&mut numbers);
    let pre = match pre {
        Some(pre) => semver::identifiers(&pre.to_ascii_lowercase())?,
        None => Vec::new(),
    };
    Some(NuGetVersion {
        numbers,
        is_release: pre.is_empty(),
        pre,
    })
}
