//! The Linux kernel: `6.1`, `6.1.12`, `v6.2-rc3`. Versions of distributions (`5.15.0-91-generic`)
//! are not the kernel's own and are refused.

use super::digits::Digits;
use super::tokens::{numbers, trim_zeros};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct KernelVersion {
    numbers: Vec<Digits>,
    /// A release is newer than its candidates.
    is_release: bool,
    candidate: Digits,
}

pub(super) fn parse(text: &str) -> Option<KernelVersion> {
    let text = text.strip_prefix('v').unwrap_or(text);
    let (release, candidate) = match text.split_once("-rc") {
        Some((release, candidate)) => (release, Some(Digits::parse(candidate)?)),
        None => (text, None),
    };
    let mut numbers = numbers(release, &['.'])?;
    trim_zeros(&mut numbers);
    Some(KernelVersion {
        numbers,
        is_release: candidate.is_none(),
        candidate: candidate.unwrap_or(Digits::ZERO),
    })
}
