//! One CSAF document (2.0, 2.1): a security advisory or a VEX document becomes one record for each
//! flaw it speaks of, with the products of its tree under the keys they lead to.
//!
//! What is said of products that are fixed or not affected is kept beside what is affected, so that
//! a source that disagrees can be shown. A document withdrawn or superseded as a whole has no
//! records any more.

mod products;

use std::collections::BTreeMap;

use serde_json::Value;

use super::detect::{Document, Format, Reading};
use super::{
    Advisory, AdvisoryError, Affected, Problem, Reference, Status, StatusFormat, Statuses,
    VersionStatus,
};
use crate::json::tree::{list, owned, text, texts};
use crate::severity::SeverityText;
use products::{Product, Tree};

/// Flaws read of one document.
const FLAWS_MAX: usize = 20_000;
/// Remediations kept of one flaw.
const REMEDIATIONS_MAX: usize = 100;

pub(super) fn read(value: &Value) -> Result<Reading, AdvisoryError> {
    let head = &value["document"];
    let tracking = &head["tracking"];
    let id = text(tracking, "id").ok_or(AdvisoryError::NoTracking)?;
    let document = Document {
        id: id.to_owned(),
        publisher: host(&owned(&head["publisher"], "namespace")),
        title: owned(head, "title"),
        version: owned(tracking, "version"),
        status: owned(tracking, "status"),
        modified: owned(tracking, "current_release_date"),
    };
    let category = text(head, "category").unwrap_or_default();
    let mut records = Vec::new();
    if !matches!(category, "csaf_withdrawn" | "csaf_superseded") {
        let mut tree = Tree::read(&value["product_tree"]);
        let flaws = list(value, "vulnerabilities")
            .iter()
            .take(FLAWS_MAX)
            .enumerate();
        records.extend(
            flaws.map(|(index, flaw)| record(&document, tracking, head, &mut tree, index, flaw)),
        );
        // The id of a flaw may stand twice in a broken document: both speak of it.
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for one in &mut records {
            let times = seen.entry(one.id.clone()).or_default();
            *times += 1;
            if *times > 1 {
                one.id = format!("{}:{times}", one.id);
            }
        }
    }
    Ok(Reading {
        format: Format::Csaf,
        document: Some(document),
        records,
    })
}

/// The host of an address, in lower case; as written when it is none.
fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', ':', '?']).next().unwrap_or_default();
    host.to_ascii_lowercase()
}

fn record(
    document: &Document,
    tracking: &Value,
    head: &Value,
    tree: &mut Tree,
    index: usize,
    flaw: &Value,
) -> Advisory {
    let cve = text(flaw, "cve");
    let ids = || list(flaw, "ids").iter().filter_map(|id| text(id, "text"));
    let own = cve
        .or_else(|| ids().next())
        .map_or_else(|| (index + 1).to_string(), str::to_owned);
    let mut aliases: Vec<String> = cve.iter().map(|&cve| cve.to_owned()).collect();
    aliases.extend(ids().filter(|id| is_global(id)).map(str::to_owned));
    let mut advisory = Advisory {
        id: format!("{}:{own}", document.id),
        modified: document.modified.clone(),
        published: text(tracking, "initial_release_date").map(str::to_owned),
        aliases,
        summary: text(flaw, "title").unwrap_or(&document.title).to_owned(),
        details: note(flaw),
        cwes: weaknesses(flaw),
        severities: severities(flaw),
        remediations: remediations(flaw),
        ..Advisory::default()
    };
    let references = list(head, "references")
        .iter()
        .chain(list(flaw, "references"));
    advisory.references = references
        .filter_map(|one| {
            let kind = if text(one, "category") == Some("self") {
                "ADVISORY"
            } else {
                "WEB"
            };
            Some(Reference {
                kind: kind.to_owned(),
                url: text(one, "url")?.to_owned(),
            })
        })
        .collect();
    affected(flaw, tree, index, &mut advisory);
    advisory
}

/// Ids that mean the same flaw everywhere; numbers of a vendor's tracker do not.
fn is_global(id: &str) -> bool {
    ["CVE-", "GHSA-", "EUVD-"]
        .iter()
        .any(|head| id.starts_with(head))
}

fn note(flaw: &Value) -> String {
    let notes = list(flaw, "notes");
    let of = |category: &str| {
        notes
            .iter()
            .find(|note| text(note, "category") == Some(category))
    };
    let chosen = of("description")
        .or_else(|| of("summary"))
        .or(notes.first());
    chosen.map(|note| owned(note, "text")).unwrap_or_default()
}

fn weaknesses(flaw: &Value) -> Vec<String> {
    let all = flaw.get("cwe").into_iter().chain(list(flaw, "cwes"));
    all.filter_map(|cwe| text(cwe, "id"))
        .map(str::to_owned)
        .collect()
}

fn severities(flaw: &Value) -> Vec<SeverityText> {
    const CVSS: [(&str, &str); 3] = [
        ("cvss_v4", "CVSS_V4"),
        ("cvss_v3", "CVSS_V3"),
        ("cvss_v2", "CVSS_V2"),
    ];
    let metrics = list(flaw, "metrics")
        .iter()
        .filter_map(|metric| metric.get("content"));
    let mut found: Vec<SeverityText> = Vec::new();
    for score in list(flaw, "scores").iter().chain(metrics) {
        for (member, kind) in CVSS {
            if let Some(vector) = score
                .get(member)
                .and_then(|cvss| text(cvss, "vectorString"))
            {
                let severity = SeverityText {
                    kind: kind.to_owned(),
                    score: vector.to_owned(),
                };
                if !found.contains(&severity) {
                    found.push(severity);
                }
            }
        }
    }
    found
}

fn remediations(flaw: &Value) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for one in list(flaw, "remediations") {
        let said = (owned(one, "category"), owned(one, "details"));
        if found.len() < REMEDIATIONS_MAX && !found.contains(&said) {
            found.push(said);
        }
    }
    found
}

/// The lists of `product_status` and what they say. `recommended` says nothing of the flaw.
const LISTS: [(&str, Status); 9] = [
    ("known_affected", Status::Affected),
    ("first_affected", Status::Affected),
    ("last_affected", Status::Affected),
    ("fixed", Status::Fixed),
    ("first_fixed", Status::Fixed),
    ("known_not_affected", Status::Unaffected),
    ("under_investigation", Status::UnderInvestigation),
    ("unknown", Status::Unknown),
    ("known_unknown", Status::Unknown),
];

fn affected(flaw: &Value, tree: &mut Tree, index: usize, advisory: &mut Advisory) {
    let mut entries: Vec<Affected> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut unknown_ids = 0;
    for (name, status) in LISTS {
        for id in texts(&flaw["product_status"], name) {
            let Some(product) = tree.resolve(id) else {
                unknown_ids += 1;
                continue;
            };
            for entry in of_product(product, status) {
                let key = format!(
                    "{}\n{}\n{:?}\n{:?}",
                    entry.package, entry.name_text, entry.cpe, entry.condition
                );
                match places.get(&key) {
                    Some(&at) => join(&mut entries[at], entry),
                    None => {
                        places.insert(key, entries.len());
                        entries.push(entry);
                    }
                }
            }
        }
    }
    if unknown_ids > 0 {
        advisory.problems.push(Problem {
            code: "product-not-in-tree",
            place: format!("/vulnerabilities/{index}/product_status"),
            text: format!("{unknown_ids} products of this list are not in the product tree."),
        });
    }
    advisory.affected = entries;
}

fn join(into: &mut Affected, from: Affected) {
    let (Some(into), Some(from)) = (&mut into.statuses, from.statuses) else {
        return;
    };
    for entry in from.entries {
        if !into.entries.contains(&entry) {
            into.entries.push(entry);
        }
    }
}

fn of_product(product: &Product, status: Status) -> Vec<Affected> {
    let version = VersionStatus {
        status,
        ..product.version.clone()
    };
    let statuses = Statuses {
        format: StatusFormat::Csaf,
        default: Status::Unknown,
        entries: vec![version],
    };
    let keys = product.keys.iter().map(|(package, cpe)| Affected {
        package: package.clone(),
        name_text: product.name_text.clone(),
        statuses: Some(statuses.clone()),
        cpe: cpe.clone(),
        condition: product.condition.clone(),
        ..Affected::default()
    });
    keys.collect()
}
