//! Order and membership (clause 5.4; "Checking if a version is contained within a range").

use std::cmp::Ordering;

use super::{Comparator, Constraint, Range, VersError, order_of};
use crate::version::Version;

const COMPARED: &str = "both were read by the same order";

/// A constraint with its version read.
struct Read {
    comparator: Comparator,
    version: Version,
}

/// Sorted bounds, unique versions, and the sequence of comparators that clause 5.4 asks for.
pub(super) fn check_canonical(range: &Range) -> Result<(), VersError> {
    let constraints = read_all(range)?;
    let ordered = |pair: &[Read]| compare(&pair[0].version, &pair[1].version);
    if constraints.windows(2).any(|pair| ordered(pair).is_gt()) {
        let why = "constraints are not sorted by version";
        return Err(VersError::NotCanonical(why));
    }
    if constraints.windows(2).any(|pair| ordered(pair).is_eq()) {
        return Err(VersError::NotCanonical("a version stands there twice"));
    }
    let comparators: Vec<Comparator> = constraints.iter().map(|one| one.comparator).collect();
    let follows = |former: Comparator, latter: Comparator| match former {
        Comparator::Equal | Comparator::NotEqual => !latter.is_upper(),
        former if former.is_lower() => latter.is_upper(),
        _ => !latter.is_upper(),
    };
    let shown: Vec<Comparator> = comparators
        .into_iter()
        .filter(|one| *one != Comparator::NotEqual)
        .collect();
    if !shown.windows(2).all(|pair| follows(pair[0], pair[1])) {
        let why = "the comparators do not alternate";
        return Err(VersError::NotCanonical(why));
    }
    Ok(())
}

/// Bounds must be sorted, for their order is what the range means; the rest may stand anywhere.
pub(super) fn check_clear(range: &Range) -> Result<(), VersError> {
    let constraints = read_all(range)?;
    let bounds: Vec<&Read> = constraints
        .iter()
        .filter(|one| one.comparator.is_bound())
        .collect();
    let in_order = |pair: &[&Read]| compare(&pair[0].version, &pair[1].version).is_le();
    if !bounds.windows(2).all(in_order) {
        let why = "constraints are not sorted by version";
        return Err(VersError::NotCanonical(why));
    }
    Ok(())
}

pub(super) fn contains(range: &Range, version: &str) -> Result<bool, VersError> {
    let order = order_of(&range.scheme);
    if range.constraints.is_none() {
        return Ok(true);
    }
    let order = order.ok_or_else(|| VersError::UnknownType(range.scheme.clone()))?;
    let version = order.parse(version)?;
    let constraints = read_all(range)?;
    let at = |one: &Read| version.compare_to_bound(&one.version).expect(COMPARED);
    let equal = |one: &&Read| at(one).is_eq();
    let excluded = |one: &Read| one.comparator == Comparator::NotEqual;
    if constraints
        .iter()
        .filter(equal)
        .any(|one| one.comparator.includes_its_version())
    {
        return Ok(true);
    }
    if constraints.iter().filter(equal).any(excluded) {
        return Ok(false);
    }
    // "!=" alone takes one version out of all.
    if constraints.iter().all(excluded) {
        return Ok(true);
    }
    Ok(in_intervals(&constraints, at))
}

/// Walks the bounds from the left. Of bounds that point the same way, the first lower and the last
/// upper one count: the others are redundant ("Simplifying constraints").
fn in_intervals(constraints: &[Read], at: impl Fn(&Read) -> Ordering) -> bool {
    let mut bounds = constraints
        .iter()
        .filter(|one| one.comparator.is_bound())
        .peekable();
    // Before the first bound, an upper bound is open to the left.
    let mut above_lower = true;
    let mut is_open = bounds.peek().is_some_and(|one| one.comparator.is_upper());
    while let Some(bound) = bounds.next() {
        let next_is_upper = bounds.peek().is_some_and(|one| one.comparator.is_upper());
        if bound.comparator.is_lower() {
            if !is_open {
                above_lower = at(bound).is_gt();
                is_open = true;
            }
        } else if !next_is_upper {
            if is_open && above_lower && at(bound).is_lt() {
                return true;
            }
            is_open = false;
        }
    }
    is_open && above_lower
}

fn compare(a: &Version, b: &Version) -> Ordering {
    a.compare(b).expect(COMPARED)
}

/// The constraints with their versions read; none for `*` and for types without an order, whose
/// sequence nobody can check (clause 5.3.2.1).
fn read_all(range: &Range) -> Result<Vec<Read>, VersError> {
    let (Some(constraints), Some(order)) = (&range.constraints, order_of(&range.scheme)) else {
        return Ok(Vec::new());
    };
    let read = |one: &Constraint| {
        Ok(Read {
            comparator: one.comparator,
            version: order.parse(&one.version)?,
        })
    };
    constraints.iter().map(read).collect()
}

/// Sorts the constraints by version; equals keep their place.
pub(super) fn sorted(range: Range) -> Result<Range, VersError> {
    let versions = read_all(&range)?;
    let Some(constraints) = range.constraints else {
        return Ok(range);
    };
    let mut pairs: Vec<(Read, Constraint)> = versions.into_iter().zip(constraints).collect();
    pairs.sort_by(|(a, _), (b, _)| compare(&a.version, &b.version));
    Ok(Range {
        constraints: Some(
            pairs
                .into_iter()
                .map(|(_, constraint)| constraint)
                .collect(),
        ),
        ..range
    })
}
