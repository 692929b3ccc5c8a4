//! From the range notation of a registry to VERS: npm, Conan, PyPI, nginx and OpenSSL.
//!
//! What comes out is sorted by version and says what the native text says, alternative by
//! alternative; overlapping alternatives are not merged, so the text need not be canonical.

mod conan;
mod nginx;
mod npm;
mod pypi;

use super::{Comparator, Constraint, RANGE_BYTES_MAX, Range, VersError, contains};

/// The VERS of a native range.
///
/// # Errors
/// [`VersError::UnknownType`] for a registry whose notation we do not read,
/// [`VersError::Native`] or [`VersError::Version`] for a text outside its grammar.
pub fn from_native(scheme: &str, text: &str) -> Result<Range, VersError> {
    if text.len() > RANGE_BYTES_MAX {
        return Err(VersError::TooLong);
    }
    let constraints = match scheme {
        "conan" => conan::read(text)?,
        "nginx" => nginx::read(text)?,
        "npm" => npm::read(text)?,
        "openssl" => Some(list(text)),
        "pypi" => pypi::read(text)?,
        _ => return Err(VersError::UnknownType(scheme.to_owned())),
    };
    if constraints.as_ref().is_some_and(Vec::is_empty) {
        return Err(native(text));
    }
    contains::sorted(Range {
        scheme: scheme.to_owned(),
        constraints,
    })
}

/// OpenSSL's advisories list versions, with commas between them.
fn list(text: &str) -> Vec<Constraint> {
    text.split([',', ' '])
        .filter(|version| !version.is_empty())
        .map(|version| constraint(Comparator::Equal, version))
        .collect()
}

fn constraint(comparator: Comparator, version: impl Into<String>) -> Constraint {
    Constraint {
        comparator,
        version: version.into(),
    }
}

fn native(text: &str) -> VersError {
    VersError::Native(text.chars().take(80).collect())
}

/// The words of one alternative, with an operator glued to the version after it.
fn words(text: &str) -> Vec<(&str, String)> {
    let mut out = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let is_operator = |c: char| matches!(c, '<' | '>' | '=' | '~' | '^' | '!');
        let end = rest.find(|c| !is_operator(c)).unwrap_or(rest.len());
        let (operator, after) = rest.split_at(end);
        let after = after.trim_start();
        let end = after
            .find(|c: char| c.is_whitespace() || c == ',' || is_operator(c))
            .unwrap_or(after.len());
        let (version, after) = after.split_at(end);
        out.push((operator, version.to_owned()));
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    }
    out
}

/// The numbers a version begins with, up to three: fewer before a wildcard, a word or the end.
fn leading_numbers(text: &str) -> Vec<u64> {
    text.split(['.', '-', '+'])
        .map_while(|part| part.parse().ok())
        .take(3)
        .collect()
}
