//! From text to constraints and back (clause 5.3; "How to parse and validate VERS").

use std::fmt::{Formatter, Write as _};

use super::{CONSTRAINTS_MAX, Comparator, Constraint, RANGE_BYTES_MAX, Range, VersError};
use crate::version::VERSION_BYTES_MAX;

pub(super) fn parse(text: &str) -> Result<Range, VersError> {
    if text.len() > RANGE_BYTES_MAX {
        return Err(VersError::TooLong);
    }
    if text.contains(|c: char| c.is_ascii_whitespace()) {
        return Err(VersError::NotCanonical("whitespace is not permitted"));
    }
    let rest = text.strip_prefix("vers:").ok_or(VersError::Shape)?;
    let (scheme, rest) = rest.split_once('/').ok_or(VersError::Shape)?;
    let scheme = read_scheme(scheme)?;
    if rest == "*" {
        return Ok(Range {
            scheme,
            constraints: None,
        });
    }
    if rest.is_empty() {
        return Err(VersError::NotCanonical("there are no constraints"));
    }
    if rest.starts_with('|') {
        return Err(VersError::NotCanonical("leading pipe is not permitted"));
    }
    if rest.ends_with('|') {
        return Err(VersError::NotCanonical("trailing pipe is not permitted"));
    }
    let mut constraints = Vec::new();
    for segment in rest.split('|') {
        if constraints.len() == CONSTRAINTS_MAX {
            return Err(VersError::TooLong);
        }
        constraints.push(read_constraint(&scheme, segment)?);
    }
    Ok(Range {
        scheme,
        constraints: Some(constraints),
    })
}

fn read_scheme(text: &str) -> Result<String, VersError> {
    let is_good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-');
    let starts_well = text.starts_with(|c: char| c.is_ascii_lowercase());
    // "invalid" is reserved for ranges that must never be valid (clause 5.3.2.1).
    if !starts_well || !text.bytes().all(is_good) || text == "invalid" {
        return Err(VersError::Shape);
    }
    Ok(text.to_owned())
}

const COMPARATORS: [Comparator; 5] = [
    Comparator::GreaterOrEqual,
    Comparator::LessOrEqual,
    Comparator::NotEqual,
    Comparator::Less,
    Comparator::Greater,
];

fn read_constraint(scheme: &str, segment: &str) -> Result<Constraint, VersError> {
    if segment.is_empty() {
        return Err(VersError::NotCanonical(
            "consecutive pipes are not permitted",
        ));
    }
    let (comparator, version) = COMPARATORS
        .iter()
        .find_map(|one| Some((*one, segment.strip_prefix(one.as_str())?)))
        .unwrap_or((Comparator::Equal, segment));
    if version.is_empty() {
        return Err(VersError::NotCanonical(
            "a comparator stands without a version",
        ));
    }
    if version.contains('*') {
        return Err(VersError::NotCanonical(
            "an asterisk stands alone or encoded",
        ));
    }
    if version.contains(['=', '<', '>', '!']) {
        return Err(VersError::NotCanonical(
            "a comparator in a version must be encoded",
        ));
    }
    let version = decode(version)?;
    if version.len() > VERSION_BYTES_MAX {
        return Err(VersError::TooLong);
    }
    if scheme == "datetime" && version.contains(['t', 'z']) {
        return Err(VersError::NotCanonical(
            "datetime must use uppercase T and Z",
        ));
    }
    Ok(Constraint {
        comparator,
        version,
    })
}

fn decode(text: &str) -> Result<String, VersError> {
    const BROKEN: VersError = VersError::NotCanonical("invalid percent-encoding in version");
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut digit = || bytes.next().and_then(|b| char::from(b).to_digit(16));
        let (Some(high), Some(low)) = (digit(), digit()) else {
            return Err(BROKEN);
        };
        out.push(u8::try_from(high * 16 + low).map_err(|_| BROKEN)?);
    }
    let version = String::from_utf8(out).map_err(|_| BROKEN)?;
    if !version.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
        return Err(VersError::NotCanonical("a version is printable ASCII"));
    }
    Ok(version)
}

/// Writes a version with the characters encoded that mean something in a range.
pub(super) fn escape(version: &str, f: &mut Formatter<'_>) -> std::fmt::Result {
    for c in version.chars() {
        match c {
            '>' | '<' | '=' | '!' | '*' | '|' | '%' | ' ' => write!(f, "%{:02X}", u32::from(c))?,
            c => f.write_char(c)?,
        }
    }
    Ok(())
}
