//! Product ids that refer to one another, and the parties to a vulnerability.

use super::{Document, Found, items, text};
use crate::csaf::Version;
use serde_json::Value;
use std::collections::HashMap;

/// 6.1.3 "For each new defined Product ID in items of relationships (2.1: product paths) it MUST be
/// tested that the product_id does not end up in a circle." Walks without recursion: a chain may be
/// as long as the document.
pub(super) fn circular_definition_of_product_id(document: &Document) -> Found {
    let (list, keys) = match document.version {
        Version::V2_0 => (
            "/product_tree/relationships",
            ["product_reference", "relates_to_product_reference"],
        ),
        Version::V2_1 => (
            "/product_tree/product_paths",
            ["beginning_product_reference", "next_product_reference"],
        ),
    };
    let entries = items(document.value, list);
    let mut edges: HashMap<&str, Vec<(&str, &str)>> = HashMap::new();
    for (path, entry) in &entries {
        let id = entry
            .pointer("/full_product_name/product_id")
            .and_then(Value::as_str);
        let Some(id) = id else { continue };
        let subpaths = entry.get("subpaths").and_then(Value::as_array);
        let holders = std::iter::once(*entry).chain(subpaths.into_iter().flatten());
        for holder in holders {
            let named = keys.iter().filter_map(|key| text(holder, key));
            edges
                .entry(id)
                .or_default()
                .extend(named.map(|to| (to, path.as_str())));
        }
    }
    circles(&entries, &edges)
}

/// One finding for each edge that closes a circle.
fn circles<'a>(
    entries: &'a [(String, &'a Value)],
    edges: &HashMap<&'a str, Vec<(&'a str, &'a str)>>,
) -> Found {
    let mut found = Found::new();
    // Absent: not seen; false: on the way that is walked; true: done.
    let mut is_done: HashMap<&str, bool> = HashMap::new();
    for (_, entry) in entries {
        let start = entry
            .pointer("/full_product_name/product_id")
            .and_then(Value::as_str);
        let Some(start) = start.filter(|start| !is_done.contains_key(start)) else {
            continue;
        };
        is_done.insert(start, false);
        let mut way = vec![(start, 0)];
        while let Some((id, at)) = way.last_mut() {
            let next = edges.get(id).and_then(|edges| edges.get(*at)).copied();
            *at += 1;
            let Some((to, path)) = next else {
                is_done.insert(id, true);
                way.pop();
                continue;
            };
            match is_done.get(to) {
                Some(false) => {
                    let message =
                        format!("the definition of the product `{to}` leads back to itself");
                    found.push((path.to_owned(), message));
                }
                Some(true) => {}
                None => {
                    is_done.insert(to, false);
                    way.push((to, 0));
                }
            }
        }
    }
    found
}

/// 6.2.7 Missing Date in Involvements: "For each item in the list of involvements it MUST be tested
/// that it includes the property date", in the place where earlier drafts of 2.1 had the list.
pub(super) fn missing_date_in_involvements(document: &Document) -> Found {
    let mut found = Found::new();
    for (path, _) in items(document.value, "/vulnerabilities") {
        for (place, entry) in items(document.value, &format!("{path}/involvements")) {
            if entry.is_object() && entry.get("date").is_none() {
                found.push((place, "the involvement has no date".to_owned()));
            }
        }
    }
    found
}
