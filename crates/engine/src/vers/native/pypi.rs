//! PEP 440 version specifiers: comma-separated clauses, `==1.2.*` and `~=1.2` among them.

use super::{constraint, native, words};
use crate::vers::{Comparator, Constraint, VersError};

/// `None` is every version.
pub(super) fn read(text: &str) -> Result<Option<Vec<Constraint>>, VersError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let mut out = Vec::new();
    for (operator, version) in words(text) {
        push(&mut out, operator, &version)?;
    }
    Ok(Some(out))
}

fn push(out: &mut Vec<Constraint>, operator: &str, version: &str) -> Result<(), VersError> {
    let comparator = match operator {
        "==" | "===" => Comparator::Equal,
        "!=" => Comparator::NotEqual,
        "<" => Comparator::Less,
        "<=" => Comparator::LessOrEqual,
        ">" => Comparator::Greater,
        ">=" | "~=" => Comparator::GreaterOrEqual,
        _ => return Err(native(operator)),
    };
    let prefix = match (operator, version.strip_suffix(".*")) {
        ("==", Some(prefix)) => Some(prefix),
        (_, Some(_)) => return Err(native(version)),
        // "~=1.4.5" means "==1.4.*" from 1.4.5 on.
        ("~=", None) => Some(version.rsplit_once('.').ok_or_else(|| native(version))?.0),
        _ => None,
    };
    let Some(prefix) = prefix else {
        out.push(constraint(comparator, version));
        return Ok(());
    };
    let from = if operator == "~=" { version } else { prefix };
    out.push(constraint(Comparator::GreaterOrEqual, from));
    out.push(constraint(Comparator::Less, next(prefix)?));
    Ok(())
}

/// The last number one higher.
fn next(prefix: &str) -> Result<String, VersError> {
    let (head, last) = match prefix.rsplit_once('.') {
        Some((head, last)) => (format!("{head}."), last),
        None => (String::new(), prefix),
    };
    let last: u64 = last.parse().map_err(|_| native(prefix))?;
    Ok(format!("{head}{}", last.saturating_add(1)))
}
