//! Semantic Versioning 2.0 §11, for crates.io, npm, Hex, Swift and others, and (through `go`) Go.
//!
//! Tolerant: a leading `v` or `=`, one to any number of dot-separated numbers (missing ones are
//! zero, further ones are compared like the first three), numbers of any length, and a
//! pre-release glued on without its hyphen (`1.0.0beta`), as npm's loose mode takes it. Build
//! metadata takes no part in the order.

use std::cmp::Ordering;

use super::digits::Digits;

/// More numbers than this is no version.
const NUMBERS_MAX: usize = 16;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SemverVersion {
    core: [Digits; 3],
    /// Numbers after the third, without trailing zeros.
    further: Vec<Digits>,
    /// Empty for a release.
    pre: Vec<Identifier>,
}

/// Semantic Versioning where build metadata breaks ties: Dart and Julia order it by the rules of
/// pre-releases, and no build before any.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BuiltVersion {
    version: SemverVersion,
    build: Vec<Identifier>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Identifier {
    // §11.4.3: numeric identifiers have lower precedence than others; the derived order of the
    // variants says so.
    Number(Digits),
    Text(Box<str>),
}

pub(super) fn parse(text: &str) -> Option<SemverVersion> {
    let text = text.trim_start_matches('=').trim_start();
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let text = text.split('+').next().unwrap_or(text);
    let core_end = text.bytes().position(|b| b != b'.' && !b.is_ascii_digit());
    let (numbers, pre) = match core_end {
        Some(end) => (&text[..end], Some(&text[end..])),
        None => (text, None),
    };
    let mut version = SemverVersion {
        core: [Digits::ZERO, Digits::ZERO, Digits::ZERO],
        further: Vec::new(),
        pre: Vec::new(),
    };
    read_numbers(&mut version, numbers)?;
    if let Some(pre) = pre {
        version.pre = identifiers(pre.strip_prefix('-').unwrap_or(pre))?;
    }
    Some(version)
}

impl BuiltVersion {
    pub(super) fn compare_to_bound(&self, bound: &Self) -> Ordering {
        match bound.build.is_empty() {
            true => self.version.cmp(&bound.version),
            false => self.cmp(bound),
        }
    }
}

pub(super) fn parse_built(text: &str) -> Option<BuiltVersion> {
    let build = match text.split_once('+') {
        Some((_, build)) => identifiers(build)?,
        None => Vec::new(),
    };
    let version = parse(text)?;
    Some(BuiltVersion { version, build })
}

/// Root's builds of other registries' packages: `1.2.3.root.io.4` or `1.2.3-root.io.4`, the
/// fourth build of `1.2.3`.
pub(super) fn parse_rooted(text: &str) -> Option<BuiltVersion> {
    const MARK: &str = "root.io.";
    match text.split_once(MARK) {
        Some((version, build)) => {
            let version = version.trim_end_matches(['.', '-', '+']);
            parse_built(&format!("{version}+{MARK}{build}"))
        }
        None => parse_built(text),
    }
}

/// Dot-separated identifiers of a pre-release or of build metadata (§9, §10).
pub(super) fn identifiers(text: &str) -> Option<Vec<Identifier>> {
    text.split('.')
        .map(|part| {
            let is_word = part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
            if part.is_empty() || !is_word {
                return None;
            }
            Some(match Digits::parse(part) {
                Some(number) => Identifier::Number(number),
                None => Identifier::Text(part.into()),
            })
        })
        .collect()
}

fn read_numbers(version: &mut SemverVersion, text: &str) -> Option<()> {
    for (index, part) in text.split('.').enumerate() {
        let number = Digits::parse(part)?;
        match version.core.get_mut(index) {
            Some(slot) => *slot = number,
            None if index < NUMBERS_MAX => version.further.push(number),
            None => return None,
        }
    }
    while version.further.last().is_some_and(Digits::is_zero) {
        version.further.pop();
    }
    Some(())
}

impl Ord for SemverVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        let numbers = self
            .core
            .cmp(&other.core)
            .then_with(|| self.further.cmp(&other.further));
        numbers.then_with(|| match (self.pre.is_empty(), other.pre.is_empty()) {
            (true, true) => Ordering::Equal,
            // §11.3: a pre-release comes before its release.
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) => self.pre.cmp(&other.pre),
        })
    }
}

impl PartialOrd for SemverVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
