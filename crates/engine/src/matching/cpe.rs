//! A component's CPE name against the criteria of a record, as the NVD does it: every attribute of
//! the criteria must be a superset of or equal to the component's (IR 7696 §6), the version then
//! lies within the bounds.
//!
//! An attribute that the component leaves open while the criteria name one is no match and no
//! mismatch: possible. A version counts as inside when it is so with or without its update, for
//! bounds rarely name one (`1.0:rc1` is before 1.0, `1.0:p1` is still 1.0).

use super::{Answer, Asked, Confidence, Rule, doubt, statuses};
use crate::advisory::{Affected, CpeCriteria};
use crate::cpe::{Attribute, Cpe, Relation, relation_of_values};
use crate::package::PackageKey;
use crate::version::{Order, Version};

pub(super) fn evaluate(asked: &Asked<'_>, entry: &Affected) -> Answer {
    let Some(criteria) = &entry.cpe else {
        return unreadable();
    };
    let Ok(name) = Cpe::parse(&criteria.criteria) else {
        return unreadable();
    };
    let open = match (&asked.cpe, asked.package.ecosystem.as_str()) {
        (Some(component), _) => match open_attributes(&name, component) {
            Some(open) => open,
            None => return Answer::Not(Rule::CpeMatch, name.formatted()),
        },
        // Under a bare name there are no attributes to compare.
        (None, PackageKey::NAME) => Vec::new(),
        (None, _) => return unreadable(),
    };
    let answer = match &entry.statuses {
        Some(statuses) => statuses::evaluate(asked, statuses),
        None => version_answer(asked, &name, criteria),
    };
    match answer {
        Answer::Affected(rule, range) if !open.is_empty() => {
            let reason = format!(
                "The record names {}, which the component's CPE leaves open.",
                open.join(", ")
            );
            doubt("cpe-attribute-unspecified", reason, Confidence::Medium).near(rule, range)
        }
        other => other,
    }
}

fn unreadable() -> Answer {
    let reason = "The CPE name of the record or of the component cannot be read.".to_owned();
    Answer::Unknown(doubt("range-type-unknown", reason, Confidence::Medium))
}

/// The attributes, the version aside, that the component leaves open and the criteria do not;
/// `None` when one of them contradicts.
fn open_attributes(criteria: &Cpe, component: &Cpe) -> Option<Vec<String>> {
    let mut open = Vec::new();
    for ((name, wanted), (_, own)) in criteria.attributes().zip(component.attributes()) {
        // The version has bounds of its own; a key alone has no part.
        if name == "version" || name == "part" && *own == Attribute::Any {
            continue;
        }
        match relation_of_values(wanted, own) {
            Relation::Equal | Relation::Superset => {}
            Relation::Disjoint => return None,
            Relation::Subset | Relation::Undefined => match wanted {
                Attribute::Value(value) => open.push(format!("{name} {value}")),
                // "No update" is how the NVD writes the release itself.
                Attribute::Na if name == "update" => {}
                Attribute::Na => open.push(format!("{name} none")),
                Attribute::Any => {}
            },
        }
    }
    Some(open)
}

fn version_answer(asked: &Asked<'_>, name: &Cpe, criteria: &CpeCriteria) -> Answer {
    let range = range_text(name, criteria);
    let own = asked.cpe.as_ref().map_or(&Attribute::Any, Cpe::version);
    let is_missing = asked.version.is_empty();
    if !criteria.is_bounded() {
        let relation = match (asked.package.ecosystem.as_str(), is_missing) {
            (PackageKey::NAME, false) => same_text(name, &asked.version),
            (PackageKey::NAME, true) => relation_of_values(name.version(), &Attribute::Any),
            _ => relation_of_values(name.version(), own),
        };
        return match relation {
            Relation::Equal | Relation::Superset => Answer::Affected(Rule::CpeMatch, range),
            Relation::Disjoint => equal_by_order(asked, name, range),
            Relation::Subset | Relation::Undefined => missing(range),
        };
    }
    if is_missing {
        return missing(range);
    }
    match within(&asked.version, criteria) {
        Some(true) => Answer::Affected(Rule::CpeMatch, range),
        Some(false) => Answer::Not(Rule::CpeMatch, range),
        None => {
            let reason = format!(
                "{:?} or a bound of the record cannot be compared as a version.",
                asked.version
            );
            doubt("version-unparsable", reason, Confidence::Medium).near(Rule::CpeMatch, range)
        }
    }
}

fn same_text(name: &Cpe, version: &str) -> Relation {
    let own = name.clone().with_version(version);
    relation_of_values(name.version(), own.version())
}

/// Names that differ in letters may be one version: `1.0` and `1.0.0`.
fn equal_by_order(asked: &Asked<'_>, name: &Cpe, range: String) -> Answer {
    let order = Order::Cpe;
    let wanted = name
        .version_alone()
        .and_then(|text| order.parse(&text).ok());
    let own = asked
        .version
        .split(':')
        .next()
        .and_then(|text| order.parse(text).ok());
    match (wanted, own) {
        (Some(wanted), Some(own)) if own.compare(&wanted).is_some_and(|o| o.is_eq()) => {
            Answer::Affected(Rule::CpeMatch, range)
        }
        _ => Answer::Not(Rule::CpeMatch, range),
    }
}

fn missing(range: String) -> Answer {
    let reason = "The component's CPE names no version, and the record does.".to_owned();
    doubt("version-missing", reason, Confidence::Medium).near(Rule::CpeMatch, range)
}

/// Whether a version lies within the bounds, with or without its update; `None` when something
/// cannot be compared.
fn within(version: &str, criteria: &CpeCriteria) -> Option<bool> {
    let parse = |text: &str| Order::Cpe.parse(text).ok();
    let alone = version.split(':').next().unwrap_or_default();
    let (alone, whole) = (parse(alone)?, parse(version)?);
    let test = |bound: &Option<String>, holds: fn(std::cmp::Ordering) -> bool| {
        let Some(text) = bound else {
            return Some(true);
        };
        let bound = parse(text)?;
        let at = |own: &Version| own.compare(&bound).is_some_and(holds);
        Some(at(&alone) || at(&whole))
    };
    Some(
        test(&criteria.start_including, std::cmp::Ordering::is_ge)?
            && test(&criteria.start_excluding, std::cmp::Ordering::is_gt)?
            && test(&criteria.end_including, std::cmp::Ordering::is_le)?
            && test(&criteria.end_excluding, std::cmp::Ordering::is_lt)?,
    )
}

fn range_text(name: &Cpe, criteria: &CpeCriteria) -> String {
    let bounds = [
        (">=", &criteria.start_including),
        (">", &criteria.start_excluding),
        ("<=", &criteria.end_including),
        ("<", &criteria.end_excluding),
    ];
    let shown: Vec<String> = bounds
        .into_iter()
        .filter_map(|(sign, bound)| Some(format!("{sign}{}", bound.as_ref()?)))
        .collect();
    match shown.is_empty() {
        true => name.formatted(),
        false => format!("{} {}", name.formatted(), shown.join(", ")),
    }
}
