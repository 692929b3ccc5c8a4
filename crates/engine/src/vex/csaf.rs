//! The vulnerabilities of a CSAF document (2.0, 2.1) as VEX statements: the lists of
//! `product_status`, with flags, impacts and remediations of the same products beside them.

use super::csaf_tree::Tree;
use super::joined;
use super::mapping::status_from_csaf;
use super::value::{escaped, list, text};
use super::{Format, Justification, PAIRS_MAX, Statement, Status, VexDocument, VexError, Warning};
use serde_json::Value;
use std::collections::HashMap;

/// Reads a document that has a `csaf_version`.
pub(super) fn read(document: &Value) -> Result<VexDocument, VexError> {
    let frame = document.get("document").unwrap_or(&Value::Null);
    let version = text(frame, "csaf_version").unwrap_or_default();
    if !["2.0", "2.1"].contains(&version.as_str()) {
        return Err(VexError::Unsupported {
            format: Format::Csaf,
            version,
        });
    }
    let null = Value::Null;
    let tracking = frame.get("tracking").unwrap_or(&null);
    let mut read = VexDocument {
        format: Format::Csaf,
        spec_version: version,
        id: text(tracking, "id"),
        version: text(tracking, "version"),
        author: frame
            .get("publisher")
            .and_then(|publisher| text(publisher, "name")),
        namespace: frame
            .get("publisher")
            .and_then(|publisher| text(publisher, "namespace")),
        timestamp: text(tracking, "current_release_date"),
        statements: Vec::new(),
        warnings: Vec::new(),
    };
    let tree = Tree::of(document);
    let mut pairs = 0;
    for (index, entry) in list(document, "vulnerabilities").iter().enumerate() {
        let place = format!("/vulnerabilities/{index}");
        vulnerability(entry, &place, &tree, &mut read, &mut pairs)?;
    }
    Ok(read)
}

/// The remarks of a vulnerability, by product id.
#[derive(Default)]
struct Remarks<'a> {
    flags: HashMap<&'a str, &'a str>,
    impacts: HashMap<&'a str, Vec<&'a str>>,
    actions: HashMap<&'a str, Vec<(&'a str, &'a str)>>,
}

impl<'a> Remarks<'a> {
    fn of(entry: &'a Value, tree: &Tree<'a>, pairs: &mut usize) -> Result<Self, VexError> {
        let mut remarks = Self::default();
        for (key, label, words) in [
            ("flags", "label", "label"),
            ("threats", "category", "details"),
            ("remediations", "category", "details"),
        ] {
            for remark in list(entry, key) {
                let get = |key| remark.get(key).and_then(Value::as_str);
                let (Some(label), Some(words)) = (get(label), get(words)) else {
                    continue;
                };
                let ids = tree.ids_of(remark);
                *pairs += ids.len();
                if *pairs > PAIRS_MAX {
                    return Err(VexError::TooMany);
                }
                for id in ids {
                    match key {
                        "flags" => {
                            remarks.flags.insert(id, label);
                        }
                        "threats" if label == "impact" => {
                            remarks.impacts.entry(id).or_default().push(words);
                        }
                        "remediations" => {
                            remarks.actions.entry(id).or_default().push((label, words));
                        }
                        _ => {}
                    }
                }
            }
        }
        Ok(remarks)
    }
}

fn vulnerability(
    entry: &Value,
    place: &str,
    tree: &Tree,
    read: &mut VexDocument,
    pairs: &mut usize,
) -> Result<(), VexError> {
    let mut names: Vec<String> = text(entry, "cve").into_iter().collect();
    let ids = list(entry, "ids").iter();
    names.extend(ids.filter_map(|id| text(id, "text")));
    let Some((vulnerability, aliases)) = names.split_first() else {
        warn(
            read,
            place,
            "the vulnerability has neither a CVE nor another id",
        );
        return Ok(());
    };
    let mut aliases = aliases.to_vec();
    aliases.sort();
    aliases.dedup();
    let remarks = Remarks::of(entry, tree, pairs)?;
    let mut statements = Vec::new();
    for (word, ids) in entry
        .get("product_status")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let place = format!("{place}/product_status/{}", escaped(word));
        let Some(status) = status_from_csaf(word) else {
            warn(read, &place, "this status is none of the four of VEX");
            continue;
        };
        for id in ids
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            *pairs += 1;
            if *pairs > PAIRS_MAX {
                return Err(VexError::TooMany);
            }
            let Some(product) = tree.product(id) else {
                warn(read, &place, &format!("the product {id:?} is not defined"));
                continue;
            };
            let mut statement = judged(id, status, &remarks);
            statement.vulnerability.clone_from(vulnerability);
            statement.aliases.clone_from(&aliases);
            statement.products.push(product);
            statement.timestamp.clone_from(&read.timestamp);
            statement.original_status.clone_from(word);
            statement.place.clone_from(&place);
            statements.push(statement);
        }
    }
    read.statements.extend(joined(statements));
    Ok(())
}

/// What is said about one product; the caller adds what holds for all.
fn judged(id: &str, status: Status, remarks: &Remarks) -> Statement {
    let flag = remarks
        .flags
        .get(id)
        .filter(|_| status == Status::NotAffected);
    let actions = remarks
        .actions
        .get(id)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let lines = |lines: Vec<&str>| (!lines.is_empty()).then(|| lines.join("\n"));
    let mut responses: Vec<String> = actions
        .iter()
        .map(|(category, _)| (*category).to_owned())
        .collect();
    responses.sort();
    responses.dedup();
    Statement {
        vulnerability: String::new(),
        aliases: Vec::new(),
        products: Vec::new(),
        status,
        justification: flag.and_then(|label| Justification::from_label(label)),
        impact: lines(remarks.impacts.get(id).cloned().unwrap_or_default()),
        action: lines(actions.iter().map(|(_, details)| *details).collect()),
        responses,
        notes: None,
        timestamp: None,
        original_status: String::new(),
        original_justification: flag.map(|label| (*label).to_owned()),
        place: String::new(),
    }
}

fn warn(read: &mut VexDocument, place: &str, text: &str) {
    read.warnings.push(Warning {
        place: place.to_owned(),
        text: text.to_owned(),
    });
}
