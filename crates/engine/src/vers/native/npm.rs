//! npm's ranges (node-semver, "Ranges"): alternatives between `||`, comparators, hyphen ranges,
//! x-ranges, tilde and caret.

use super::{constraint, leading_numbers, native, words};
use crate::vers::{Comparator, Constraint, VersError};

/// `None` is every version.
pub(super) fn read(text: &str) -> Result<Option<Vec<Constraint>>, VersError> {
    let mut out = Vec::new();
    for alternative in text.split("||").map(str::trim) {
        if matches!(alternative, "" | "*" | "x" | "X") {
            return Ok(None);
        }
        match alternative.split_once(" - ") {
            Some((from, until)) => {
                push(&mut out, ">=", from.trim())?;
                push(&mut out, "<=", until.trim())?;
            }
            None => {
                for (operator, version) in words(alternative) {
                    push(&mut out, operator, &version)?;
                }
            }
        }
    }
    Ok(Some(out))
}

fn push(out: &mut Vec<Constraint>, operator: &str, version: &str) -> Result<(), VersError> {
    use Comparator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
    let version = version.trim_start_matches(['v', 'V']);
    let parts = leading_numbers(version);
    let [major, minor, patch] = [0, 1, 2].map(|index| parts.get(index).copied().unwrap_or(0));
    if parts.is_empty() {
        return Err(native(version));
    }
    let is_whole = parts.len() == 3;
    // A missing or wild part leaves everything below it open.
    let from = match is_whole {
        true => version.to_owned(),
        false => format!("{major}.{minor}.{patch}"),
    };
    let next = |level: usize| match level {
        1 => format!("{}.0.0", major.saturating_add(1)),
        2 => format!("{major}.{}.0", minor.saturating_add(1)),
        _ => format!("{major}.{minor}.{}", patch.saturating_add(1)),
    };
    let caret = match (major, minor) {
        (0, 0) => parts.len(),
        (0, _) => 2,
        _ => 1,
    };
    let until = match operator {
        "^" => Some(next(caret)),
        "~" | "~>" => Some(next(parts.len().min(2))),
        "" | "=" if !is_whole => Some(next(parts.len())),
        _ => None,
    };
    let comparator = match operator {
        "" | "=" if is_whole => Equal,
        "" | "=" | "^" | "~" | "~>" | ">=" => GreaterOrEqual,
        "<" => Less,
        "<=" if is_whole => LessOrEqual,
        ">" if is_whole => Greater,
        // "<=2.1" and ">2.1" speak of all of 2.1.
        "<=" => {
            out.push(constraint(Less, next(parts.len())));
            return Ok(());
        }
        ">" => {
            out.push(constraint(GreaterOrEqual, next(parts.len())));
            return Ok(());
        }
        _ => return Err(native(operator)),
    };
    out.push(constraint(comparator, from));
    out.extend(until.map(|until| constraint(Less, until)));
    Ok(())
}
