//! Android's advisories: a platform version, a security patch level, or both (`12L`, `13:2023-05-05`,
//! `:2023-05-05`; `0` for "from the start"). A patch level holds all fixes of the earlier ones.

use super::digits::Digits;
use super::tokens::{numbers, take};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct AndroidVersion {
    /// A word such as `SoCVersion` where another line of versions is meant.
    line: Box<str>,
    platform: Vec<Digits>,
    /// `L` of `12L`.
    letter: Box<str>,
    level: Vec<Digits>,
}

pub(super) fn parse(text: &str) -> Option<AndroidVersion> {
    let (platform, level) = text.split_once(':').unwrap_or((text, ""));
    let mut rest = platform;
    let digits = take(&mut rest, |c| c.is_ascii_digit() || c == '.');
    let letter = take(&mut rest, |c| c.is_ascii_alphabetic());
    let is_level = |level: &[Digits]| matches!(level.len(), 0 | 1 | 3);
    let read = |text: &str, separator: char| match text {
        "" => Some(Vec::new()),
        text => numbers(text, &[separator]),
    };
    let level = read(level, '-').filter(|level| is_level(level))?;
    let platform = read(digits, '.')?;
    let has_line = platform.is_empty();
    if !rest.is_empty() || has_line && level.is_empty() || !has_line && letter.len() > 1 {
        return None;
    }
    let (line, letter) = if has_line { (letter, "") } else { ("", letter) };
    Some(AndroidVersion {
        line: line.into(),
        platform,
        letter: letter.to_ascii_uppercase().into(),
        level: if level.len() == 1 { Vec::new() } else { level },
    })
}
