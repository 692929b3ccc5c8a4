//! How names relate (IR 7696 §6): attribute by attribute, then over the whole name.

use super::formatted::unquoted;
use super::{ATTRIBUTES, Attribute};

/// How a source name relates to a target (IR 7696 §6.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The source names all that the target names, and more.
    Superset,
    /// The target names all that the source names, and more.
    Subset,
    /// Both name the same.
    Equal,
    /// Nothing is named by both.
    Disjoint,
    /// The standard leaves it open: a wildcard in the target, or attributes that point both ways.
    Undefined,
}

impl Relation {
    /// The word of the standard, in lower case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Superset => "superset",
            Self::Subset => "subset",
            Self::Equal => "equal",
            Self::Disjoint => "disjoint",
            Self::Undefined => "undefined",
        }
    }
}

/// Table 6-4 of the standard.
pub(super) fn of_names(
    source: &[Attribute; ATTRIBUTES],
    target: &[Attribute; ATTRIBUTES],
) -> Relation {
    let relations: Vec<Relation> = source
        .iter()
        .zip(target)
        .map(|(source, target)| of_values(source, target))
        .collect();
    let all = |wanted: Relation| {
        let fits = |one: &Relation| *one == wanted || *one == Relation::Equal;
        relations.iter().all(fits)
    };
    if relations.contains(&Relation::Disjoint) {
        Relation::Disjoint
    } else if all(Relation::Equal) {
        Relation::Equal
    } else if all(Relation::Superset) {
        Relation::Superset
    } else if all(Relation::Subset) {
        Relation::Subset
    } else {
        Relation::Undefined
    }
}

/// Table 6-2 of the standard.
pub(crate) fn of_values(source: &Attribute, target: &Attribute) -> Relation {
    match (source, target) {
        (_, Attribute::Value(target)) if has_wildcard(target) => Relation::Undefined,
        (Attribute::Any, Attribute::Any) | (Attribute::Na, Attribute::Na) => Relation::Equal,
        (Attribute::Any, _) => Relation::Superset,
        (_, Attribute::Any) => Relation::Subset,
        (Attribute::Na, _) | (_, Attribute::Na) => Relation::Disjoint,
        (Attribute::Value(source), Attribute::Value(target)) => {
            if source == target {
                Relation::Equal
            } else if has_wildcard(source) && holds(source, &unquoted(target)) {
                Relation::Superset
            } else {
                Relation::Disjoint
            }
        }
    }
}

/// Whether a quoted value has a wildcard that is not quoted.
pub(super) fn has_wildcard(value: &str) -> bool {
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '*' | '?' => return true,
            _ => {}
        }
    }
    false
}

/// How many characters a wildcard stands for.
fn stands_for(wildcards: &str) -> usize {
    if wildcards.contains('*') {
        usize::MAX
    } else {
        wildcards.len()
    }
}

/// Whether a pattern with wildcards at its ends names `text`: `*` stands for any characters, each
/// `?` for one or none.
fn holds(pattern: &str, text: &str) -> bool {
    let middle = pattern.trim_start_matches(['*', '?']);
    let before = stands_for(&pattern[..pattern.len() - middle.len()]);
    let mut body = middle;
    while let Some(shorter) = body.strip_suffix(['*', '?']) {
        if super::ends_quoting(shorter) {
            break;
        }
        body = shorter;
    }
    let after = stands_for(&middle[body.len()..]);
    let literal = unquoted(body);
    let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    starts.any(|at| {
        let Some(rest) = text[at..].strip_prefix(literal.as_str()) else {
            return false;
        };
        at <= before && rest.len() <= after
    })
}
