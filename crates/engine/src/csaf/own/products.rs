//! Product ids that refer to one another, and the parties to a vulnerability.

use super::{Document, Found, items, text, texts};
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
    let (mut starts, mut edges) = (Vec::new(), Edges::new());
    for (path, entry) in &entries {
        let id = entry
            .pointer("/full_product_name/product_id")
            .and_then(Value::as_str);
        let Some(id) = id else { continue };
        starts.push(id);
        let subpaths = entry.get("subpaths").and_then(Value::as_array);
        let holders = std::iter::once(*entry).chain(subpaths.into_iter().flatten());
        for holder in holders {
            let named = keys.iter().filter_map(|key| text(holder, key));
            let to = named.map(|to| (to, path.clone()));
            edges.entry(id).or_default().extend(to);
        }
    }
    circles(&starts, &edges)
}

/// 6.1.64.11 "For each action containing at least one referenced action id it SHALL be tested that
/// the action does not end up in a circle. This also includes actions containing their own
/// action_id in the referenced_action_ids."
pub(super) fn circular_reference_of_action_id(document: &Document) -> Found {
    let (mut starts, mut edges) = (Vec::new(), Edges::new());
    for (path, action) in items(document.value, "/document/involvement/actions") {
        let Some(id) = text(action, "action_id") else {
            continue;
        };
        starts.push(id);
        let to = texts(action, "referenced_action_ids").enumerate();
        let to = to.map(|(at, to)| (to, format!("{path}/referenced_action_ids/{at}")));
        edges.entry(id).or_default().extend(to);
    }
    circles(&starts, &edges)
}

/// Where each id leads, and the place that says so.
type Edges<'a> = HashMap<&'a str, Vec<(&'a str, String)>>;

/// One finding for each edge that closes a circle.
fn circles<'a>(starts: &[&'a str], edges: &Edges<'a>) -> Found {
    let mut found = Found::new();
    // Absent: not seen; false: on the way that is walked; true: done.
    let mut is_done: HashMap<&str, bool> = HashMap::new();
    for start in starts {
        if is_done.contains_key(start) {
            continue;
        }
        is_done.insert(start, false);
        let mut way = vec![(*start, 0)];
        while let Some((id, at)) = way.last_mut() {
            let next = edges.get(id).and_then(|edges| edges.get(*at));
            *at += 1;
            let Some((to, path)) = next else {
                is_done.insert(id, true);
                way.pop();
                continue;
            };
            match is_done.get(to) {
                Some(false) => {
                    let message = format!("the definition of `{to}` leads back to itself");
                    found.push((path.clone(), message));
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
