//! Version ranges: open upwards, of an unknown type, overlapping.
//!
//! vers is read by its type's order; of vls (the constraints alone) nobody says the order, so it is
//! read as dotted numbers, or as semantic versions, and where it is neither nothing is claimed.

use super::status::{Group, group_of};
use super::tree::Branch;
use super::{Document, Found, items, texts};
use crate::vers::{Comparator, Range, VersError, order_of};
use crate::version::{Order, Version};
use std::cmp::Ordering;

/// Siblings compared with one another; a hostile list would cost the square of its length.
const SIBLINGS_MAX: usize = 500;
/// Constraints of one range that are looked at.
const CONSTRAINTS_MAX: usize = 256;

/// 6.1.50 for types of vers that have no order here: "Nevertheless, all other rules MUST be checked
/// to the extent possible", and "To convey the term all versions the special string vers:all/* MUST
/// be used."
pub(super) fn rules_of_unknown_types(document: &Document) -> Found {
    let ranges = document
        .tree
        .branches
        .iter()
        .filter(|branch| is_range(branch));
    ranges
        .filter_map(|branch| {
            let (scheme, body) = split(branch.name);
            let scheme = scheme?;
            let why = match (scheme, Range::parse(branch.name)) {
                ("all", _) if body != "*" => "all versions are `vers:all/*`".to_owned(),
                (_, Err(why @ (VersError::Shape | VersError::NotCanonical(_)))) => why.to_string(),
                _ => return None,
            };
            order_of(scheme).is_none().then(|| {
                let message = format!(
                    "the range `{}` breaks the rules of vers: {why}",
                    branch.name
                );
                (format!("{}/name", branch.path), message)
            })
        })
        .collect()
}

/// 6.2.49 "it MUST be tested that the value of name is not an upper open ended product version
/// range."
pub(super) fn upper_open_ended_range(document: &Document) -> Found {
    let ranges = document
        .tree
        .branches
        .iter()
        .filter(|branch| is_range(branch));
    let open = ranges.filter(|branch| {
        let body = split(branch.name).1;
        let last = body.rsplit('|').next().unwrap_or_default().trim();
        last == "*" || last.starts_with('>') || body.split('|').all(|one| one.starts_with("!="))
    });
    open.map(|branch| {
        let message = format!("the range `{}` has no upper end", branch.name);
        (format!("{}/name", branch.path), message)
    })
    .collect()
}

/// 6.2.51 "it MUST be tested that the VERS type is officially registered and supported by the
/// implementation."
pub(super) fn unknown_vers_type(document: &Document) -> Found {
    let ranges = document
        .tree
        .branches
        .iter()
        .filter(|branch| is_range(branch));
    ranges
        .filter_map(|branch| {
            let scheme = split(branch.name).0?;
            let is_known = ["all", "none"].contains(&scheme) || order_of(scheme).is_some();
            (!is_known).then(|| {
                let message = format!("the VERS type `{scheme}` is not supported here; whether it is registered is not known");
                (format!("{}/name", branch.path), message)
            })
        })
        .collect()
}

/// 6.2.50.1 "the Product IDs of all elements in PVRSS+l-vers that overlap with CTPVR are not member
/// of a contradicting product status groups".
pub(super) fn vers_in_contradicting_group(document: &Document) -> Found {
    overlaps(
        document,
        |one| is_leaf(one) && is_range(one) && split(one.name).0.is_some(),
        is_contradiction,
    )
}

/// 6.2.50.2, the same for vls.
pub(super) fn vls_in_contradicting_group(document: &Document) -> Found {
    overlaps(
        document,
        |one| is_leaf(one) && is_range(one) && split(one.name).0.is_none(),
        is_contradiction,
    )
}

/// 6.2.50.3, the same for a product version.
pub(super) fn version_in_contradicting_group(document: &Document) -> Found {
    overlaps(
        document,
        |one| is_leaf(one) && is_version(one),
        is_contradiction,
    )
}

/// 6.3.19.1 "… are not member of the same product status group".
pub(super) fn vers_in_same_group(document: &Document) -> Found {
    overlaps(
        document,
        |one| is_leaf(one) && is_range(one) && split(one.name).0.is_some(),
        is_same,
    )
}

/// 6.3.19.2, the same for vls.
pub(super) fn vls_in_same_group(document: &Document) -> Found {
    overlaps(
        document,
        |one| is_leaf(one) && is_range(one) && split(one.name).0.is_none(),
        is_same,
    )
}

/// 6.3.19.3, the same for a product version.
pub(super) fn version_in_same_group(document: &Document) -> Found {
    overlaps(document, is_version, is_same)
}

/// 6.3.19.4 "it MUST be tested that all product version ranges of elements in PVRSS+b do not
/// overlap with CTPVR."
pub(super) fn range_in_branch(document: &Document) -> Found {
    in_branches(document, is_range)
}

/// 6.3.19.5 "it MUST be tested that all product versions of elements in PVSS+b do not overlap with
/// CTPVR."
pub(super) fn version_in_branch(document: &Document) -> Found {
    in_branches(document, is_version)
}

fn is_range(branch: &Branch) -> bool {
    branch.category == "product_version_range"
}

fn is_version(branch: &Branch) -> bool {
    branch.category == "product_version"
}

fn is_leaf(branch: &Branch) -> bool {
    !branch.has_branches
}

/// Groups contradict unless they are the same; a recommendation contradicts none.
fn is_contradiction(one: Group, other: Group) -> bool {
    one != other && one != Group::Recommended && other != Group::Recommended
}

fn is_same(one: Group, other: Group) -> bool {
    one == other
}

/// Each range with each sibling it overlaps, once.
fn pairs<'a, 'b>(
    document: &'b Document<'a>,
    is_other: impl Fn(&Branch) -> bool,
) -> Vec<(&'b Branch<'a>, &'b Branch<'a>)> {
    let mut pairs = Vec::new();
    for list in document.tree.lists() {
        let list = list.get(..SIBLINGS_MAX).unwrap_or(&list);
        for (at, one) in list.iter().enumerate().filter(|(_, one)| is_range(one)) {
            for (other_at, other) in list.iter().enumerate().filter(|(_, other)| is_other(other)) {
                let is_again = is_range(other) && is_other(one) && other_at < at;
                if at != other_at && !is_again && overlap(one, other) == Some(true) {
                    pairs.push((*one, *other));
                }
            }
        }
    }
    pairs
}

fn overlaps(
    document: &Document,
    is_other: impl Fn(&Branch) -> bool,
    is_wrong: impl Fn(Group, Group) -> bool,
) -> Found {
    let pairs = pairs(document, is_other);
    let mut found = Found::new();
    if pairs.is_empty() {
        return found;
    }
    for (path, vulnerability) in items(document.value, "/vulnerabilities") {
        let groups = |branch: &Branch| -> Vec<(Group, String)> {
            let Some(status) = vulnerability.get("product_status") else {
                return Vec::new();
            };
            let keys = status.as_object().into_iter().flatten().map(|(key, _)| key);
            let known = keys.filter_map(|key| Some((group_of(key)?, key)));
            known
                .flat_map(|(group, key)| {
                    let listed = texts(status, key).enumerate();
                    let ours = listed.filter(|(_, id)| branch.products.contains(id));
                    ours.map(|(at, _)| (group, format!("{path}/product_status/{key}/{at}")))
                        .collect::<Vec<_>>()
                })
                .collect()
        };
        for (one, other) in &pairs {
            for (other_group, place) in groups(other) {
                if groups(one)
                    .iter()
                    .any(|(group, _)| is_wrong(*group, other_group))
                {
                    let message = format!("`{}` and `{}` overlap", one.name, other.name);
                    found.push((place, message));
                }
            }
        }
    }
    found
}

fn in_branches(document: &Document, is_kind: impl Fn(&Branch) -> bool) -> Found {
    let pairs = pairs(document, |one| is_kind(one) && one.has_branches);
    pairs
        .into_iter()
        .map(|(one, other)| {
            let message = format!("`{}` and `{}` overlap", one.name, other.name);
            (format!("{}/name", other.path), message)
        })
        .collect()
}

/// The type of a vers and its constraints; no type for vls.
fn split(name: &str) -> (Option<&str>, &str) {
    let vers = name
        .strip_prefix("vers:")
        .and_then(|rest| rest.split_once('/'));
    vers.map_or((None, name), |(scheme, body)| (Some(scheme), body))
}

/// Whether a range and a sibling (a range or a version) have a version in common; `None` where
/// their orders differ or nobody knows them.
fn overlap(one: &Branch, other: &Branch) -> Option<bool> {
    let (scheme, body) = split(one.name);
    let (other_scheme, other_body) = split(other.name);
    if is_range(other) && scheme != other_scheme {
        return None;
    }
    let orders = match scheme {
        Some(scheme) => vec![order_of(scheme)?],
        None => vec![Order::IntDot, Order::Semver],
    };
    let other_body = if is_range(other) {
        other_body
    } else {
        other.name
    };
    orders.into_iter().find_map(|order| {
        let one = constraints(body, order)?;
        let other = constraints(other_body, order)?;
        share(&one, &other)
    })
}

type Constraints = Vec<(Comparator, Version)>;

fn constraints(body: &str, order: Order) -> Option<Constraints> {
    if body.split('|').count() > CONSTRAINTS_MAX {
        return None;
    }
    body.split('|')
        .map(|part| {
            let part = part.trim();
            let (comparator, version) = [
                (">=", Comparator::GreaterOrEqual),
                ("<=", Comparator::LessOrEqual),
                ("!=", Comparator::NotEqual),
                (">", Comparator::Greater),
                ("<", Comparator::Less),
                ("=", Comparator::Equal),
            ]
            .into_iter()
            .find_map(|(sign, comparator)| Some((comparator, part.strip_prefix(sign)?)))
            .unwrap_or((Comparator::Equal, part));
            Some((comparator, order.parse(version.trim()).ok()?))
        })
        .collect()
}

/// Whether a version can lie in both: looks at every version that either names and at the gaps
/// beside it, which between two versions of one order are never empty.
fn share(one: &Constraints, other: &Constraints) -> Option<bool> {
    let mut versions: Vec<&Version> = one
        .iter()
        .chain(other)
        .map(|(_, version)| version)
        .collect();
    let mut is_comparable = true;
    versions.sort_by(|a, b| {
        a.compare(b).unwrap_or_else(|| {
            is_comparable = false;
            Ordering::Equal
        })
    });
    versions.dedup_by(|a, b| a.compare(b) == Some(Ordering::Equal));
    if !is_comparable {
        return None;
    }
    // Odd places are versions, even ones the gaps around them.
    let placed = |range: &Constraints| -> Option<Vec<(Comparator, usize)>> {
        let mut placed = Vec::new();
        for (comparator, version) in range {
            let at = versions
                .iter()
                .position(|known| known.compare(version) == Some(Ordering::Equal))?;
            placed.push((*comparator, 2 * at + 1));
        }
        placed.sort_by_key(|(_, at)| *at);
        Some(placed)
    };
    let (one, other) = (placed(one)?, placed(other)?);
    Some((0..=2 * versions.len()).any(|at| holds(&one, at) && holds(&other, at)))
}

/// Whether a range holds a place (VERS, "Checking if a version is contained within a range").
fn holds(range: &[(Comparator, usize)], at: usize) -> bool {
    use Comparator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    for (comparator, place) in range {
        if *place == at {
            match comparator {
                Equal | LessOrEqual | GreaterOrEqual => return true,
                NotEqual => return false,
                Less | Greater => {}
            }
        }
    }
    let rest: Vec<_> = range
        .iter()
        .filter(|(comparator, _)| !matches!(comparator, Equal | NotEqual))
        .collect();
    let (Some((first, low)), Some((last, high))) = (rest.first(), rest.last()) else {
        return range.iter().all(|(comparator, _)| *comparator == NotEqual);
    };
    (matches!(first, Less | LessOrEqual) && at < *low)
        || (matches!(last, Greater | GreaterOrEqual) && at > *high)
        || rest.windows(2).any(|pair| match pair {
            [(from, low), (to, high)] => {
                matches!(from, Greater | GreaterOrEqual)
                    && matches!(to, Less | LessOrEqual)
                    && at > *low
                    && at < *high
            }
            _ => false,
        })
}
