//! `cpeApplicability`: the configurations in which a product is vulnerable, as the NVD has them.
//!
//! A name that is enough alone becomes an entry. One that needs others beside it (AND, a platform)
//! or their absence (`negate`) becomes an entry with a condition, for one component alone never
//! says whether the rest holds.

use serde_json::Value;

use super::super::{Advisory, Affected, CpeCriteria, Problem};
use crate::cpe::Cpe;
use crate::json::tree::{list, text};
use crate::package::PackageKey;

/// Names of a condition that are written out.
const SHOWN_MAX: usize = 3;

pub(super) fn read(configuration: &Value, place: &str, advisory: &mut Advisory) {
    let nodes = list(configuration, "nodes");
    let needs_all_nodes = is_and(configuration) && nodes.len() > 1;
    let is_turned = is_negated(configuration);
    for (index, node) in nodes.iter().enumerate() {
        let names = list(node, "cpeMatch");
        let others = nodes
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index);
        let beside: Vec<&str> = match needs_all_nodes {
            true => others.flat_map(|(_, other)| criteria_of(other)).collect(),
            false => Vec::new(),
        };
        let is_turned =
            is_turned || is_negated(node) || needs_all_nodes && nodes.iter().any(is_negated);
        for (at, name) in names.iter().enumerate() {
            // A name that is not vulnerable is a platform: part of the condition of others.
            if name.get("vulnerable").and_then(Value::as_bool) == Some(false) {
                continue;
            }
            let mut beside = beside.clone();
            if is_and(node) {
                let others = names.iter().enumerate().filter(|(other, _)| *other != at);
                beside.extend(others.filter_map(|(_, other)| text(other, "criteria")));
            }
            let place = format!("{place}/nodes/{index}/cpeMatch/{at}");
            add(name, condition(&beside, is_turned), &place, advisory);
        }
    }
}

fn is_and(node: &Value) -> bool {
    text(node, "operator").is_some_and(|word| word.eq_ignore_ascii_case("AND"))
}

fn is_negated(node: &Value) -> bool {
    node.get("negate").and_then(Value::as_bool) == Some(true)
}

fn criteria_of(node: &Value) -> impl Iterator<Item = &str> {
    list(node, "cpeMatch")
        .iter()
        .filter_map(|name| text(name, "criteria"))
}

fn condition(beside: &[&str], is_turned: bool) -> Option<String> {
    if beside.is_empty() && !is_turned {
        return None;
    }
    let mut words = Vec::new();
    if !beside.is_empty() {
        let shown = beside
            .iter()
            .take(SHOWN_MAX)
            .copied()
            .collect::<Vec<_>>()
            .join(", ");
        let more = beside.len().saturating_sub(SHOWN_MAX);
        words.push(match more {
            0 => format!("together with {shown}"),
            more => format!("together with {shown} and {more} more"),
        });
    }
    if is_turned {
        words.push("outside a configuration that the record excludes".to_owned());
    }
    Some(words.join(", "))
}

fn add(name: &Value, condition: Option<String>, place: &str, advisory: &mut Advisory) {
    let read = text(name, "criteria").and_then(|text| Cpe::parse(text).ok());
    let Some((cpe, package)) = read.and_then(|cpe| Some((cpe.clone(), cpe.package()?))) else {
        advisory.problems.push(Problem {
            code: "cpe-unreadable",
            place: place.to_owned(),
            text: "This name is no CPE name, or names no single product.".to_owned(),
        });
        return;
    };
    let bound = |key: &str| text(name, key).map(str::to_owned);
    let criteria = CpeCriteria {
        criteria: cpe.formatted(),
        start_including: bound("versionStartIncluding"),
        start_excluding: bound("versionStartExcluding"),
        end_including: bound("versionEndIncluding"),
        end_excluding: bound("versionEndExcluding"),
    };
    let product = cpe
        .product_text()
        .and_then(|name| PackageKey::of_product(&name));
    for package in std::iter::once(package).chain(product) {
        advisory.affected.push(Affected {
            package,
            cpe: Some(criteria.clone()),
            condition: condition.clone(),
            ..Affected::default()
        });
    }
}
