//! Conan 2's ranges ("Version ranges"): alternatives between `||`, comparators, tilde and caret.
//!
//! An upper bound of tilde and caret ends in a hyphen, Conan's way to leave out the pre-releases
//! of that version.

use super::{constraint, native, words};
use crate::vers::{Comparator, Constraint, VersError};

/// `None` is every version.
pub(super) fn read(text: &str) -> Result<Option<Vec<Constraint>>, VersError> {
    // Options such as "include_prerelease=True" say which versions to offer, not which to order.
    let text = text.split_once(',').map_or(text, |(range, _)| range).trim();
    if text.is_empty() {
        return Ok(None);
    }
    let mut out = Vec::new();
    for alternative in text.split("||") {
        for (operator, version) in words(alternative) {
            push(&mut out, operator, &version)?;
        }
    }
    Ok(Some(out))
}

fn push(out: &mut Vec<Constraint>, operator: &str, version: &str) -> Result<(), VersError> {
    let version = version.strip_suffix('-').unwrap_or(version);
    let comparator = match operator {
        "" if version == "*" => {
            out.push(constraint(Comparator::GreaterOrEqual, "0.0.0"));
            return Ok(());
        }
        "" | "=" => Comparator::Equal,
        "<" => Comparator::Less,
        "<=" => Comparator::LessOrEqual,
        ">" => Comparator::Greater,
        ">=" | "~" | "^" => Comparator::GreaterOrEqual,
        _ => return Err(native(operator)),
    };
    if version.is_empty() {
        return Err(native(operator));
    }
    out.push(constraint(comparator, version));
    if let "~" | "^" = operator {
        let numbers: Vec<u64> = version
            .split(['.', '-', '+'])
            .map_while(|part| part.parse().ok())
            .collect();
        let place = match operator {
            "~" => numbers.len().min(2).checked_sub(1),
            // The first number that is not zero, else the last.
            _ => numbers
                .iter()
                .position(|number| *number > 0)
                .or(numbers.len().checked_sub(1)),
        };
        let place = place.ok_or_else(|| native(version))?;
        out.push(constraint(Comparator::Less, bumped(&numbers[..=place])));
    }
    Ok(())
}

/// The last number one higher, and a hyphen: before the pre-releases of that version.
fn bumped(numbers: &[u64]) -> String {
    let last = numbers.len().saturating_sub(1);
    let parts: Vec<String> = numbers
        .iter()
        .enumerate()
        .map(|(index, number)| number.saturating_add(u64::from(index == last)).to_string())
        .collect();
    parts.join(".") + "-"
}
