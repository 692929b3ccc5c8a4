//! Go's spellings on top of Semantic Versioning.
//!
//! Module versions are SemVer with `v`; `+incompatible` is build metadata; a pseudo-version
//! (`v0.0.0-20200622213623-75b288015ac9`) is a pre-release whose timestamp orders it. Versions of
//! the standard library and the toolchain are written `go1.21rc2`, `1.21` or `1.21.0-rc.2`.

use super::semver::{self, SemverVersion};

pub(super) fn parse(text: &str) -> Option<SemverVersion> {
    // "go1.22.1 X:nocoverageredesign" and "go1.21.3 linux/amd64" are printed by the tools.
    let text = text.split_ascii_whitespace().next()?;
    let text = text.strip_prefix("go").unwrap_or(text);
    match split_release_word(text) {
        Some((numbers, word, count)) => semver::parse(&format!("{numbers}-{word}.{count}")),
        None => semver::parse(text),
    }
}

/// `1.21rc2` into `1.21`, `rc`, `2`.
fn split_release_word(text: &str) -> Option<(&str, &'static str, &str)> {
    for word in ["rc", "beta", "alpha"] {
        let Some((numbers, count)) = text.split_once(word) else {
            continue;
        };
        let glued = numbers.ends_with(|c: char| c.is_ascii_digit());
        if glued && !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit()) {
            return Some((numbers, word, count));
        }
    }
    None
}
