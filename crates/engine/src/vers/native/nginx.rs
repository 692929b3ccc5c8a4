//! nginx's security advisories: `1.5.0+, 1.4.1+` (from there on), `0.6.18-1.20.0`, `all`.
//!
//! An even second number is a stable branch, so `1.4.1+` ends where 1.5 begins; an odd one is the
//! main line and goes on.

use super::{constraint, leading_numbers, native};
use crate::vers::{Comparator, Constraint, VersError};

/// `None` is every version.
pub(super) fn read(text: &str) -> Result<Option<Vec<Constraint>>, VersError> {
    let mut out = Vec::new();
    // The newest branch stands first; where one ends and the next begins, the older one comes first.
    for part in text.split(',').rev().map(str::trim) {
        if part == "all" {
            return Ok(None);
        }
        if let Some(from) = part.strip_suffix('+') {
            let [major, minor, ..] = leading_numbers(from)[..] else {
                return Err(native(part));
            };
            out.push(constraint(Comparator::GreaterOrEqual, from));
            if minor % 2 == 0 {
                let end = format!("{major}.{}.0", minor.saturating_add(1));
                out.push(constraint(Comparator::Less, end));
            }
        } else if let Some((from, until)) = part.split_once('-') {
            out.push(constraint(Comparator::GreaterOrEqual, from));
            out.push(constraint(Comparator::LessOrEqual, until));
        } else if !part.is_empty() {
            out.push(constraint(Comparator::Equal, part));
        }
    }
    Ok(Some(out))
}
