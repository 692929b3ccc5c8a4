//! CSAF 2.0 with the profile VEX (section 4.5): what our own validator calls valid.

use super::super::mapping::status_to_csaf;
use super::super::{Statement, Status};
use super::csaf_products::Products;
use super::{Frame, Losses, NO_ACTION, NO_REASON, other_justification};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Remediation categories of 2.0, and what CycloneDX calls the same.
const REMEDIATIONS: [(&str, &str); 10] = [
    ("mitigation", "mitigation"),
    ("no_fix_planned", "no_fix_planned"),
    ("none_available", "none_available"),
    ("vendor_fix", "vendor_fix"),
    ("workaround", "workaround"),
    ("update", "vendor_fix"),
    ("rollback", "mitigation"),
    ("workaround_available", "workaround"),
    ("will_not_fix", "no_fix_planned"),
    ("can_not_fix", "none_available"),
];

pub(super) fn write(frame: &Frame, statements: &[Statement], losses: &mut Losses) -> Option<Value> {
    let mut products = Products::default();
    let mut flaws: Vec<(Flaw, Vec<Said>)> = Vec::new();
    for (at, statement) in statements.iter().enumerate() {
        let mut ids = Vec::new();
        for product in &statement.products {
            ids.extend(products.ids(at, product, losses));
        }
        ids.sort();
        ids.dedup();
        if ids.is_empty() {
            losses.add(
                at,
                "statement",
                "left out: CSAF can name none of its products",
            );
            continue;
        }
        let flaw = Flaw::of(statement);
        match flaws.iter_mut().find(|(known, _)| known.key == flaw.key) {
            Some((known, said)) => {
                known.aliases.extend(flaw.aliases);
                said.push((at, ids));
            }
            None => flaws.push((flaw, vec![(at, ids)])),
        }
    }
    if flaws.is_empty() {
        return None;
    }
    let vulnerabilities: Vec<Value> = flaws
        .iter()
        .map(|(flaw, said)| vulnerability(flaw, said, statements, frame, losses))
        .collect();
    if frame.version > 1 && revisions(frame).is_none() {
        losses.of_document(
            "version",
            "begins at 1 again: earlier revisions are not known",
        );
    }
    let mut document = json!({"document": head(frame, losses)});
    document["product_tree"] = products.tree();
    document["vulnerabilities"] = vulnerabilities.into();
    Some(document)
}

fn head(frame: &Frame, losses: &mut Losses) -> Value {
    // tracking.id: no line breaks, no blanks at the ends (section 3.2.1.12.4).
    let id = frame.id.trim().replace(['\n', '\r'], " ");
    if id != frame.id {
        losses.of_document("id", "written without line breaks and outer blanks");
    }
    let history = revisions(frame).unwrap_or(std::slice::from_ref(&frame.timestamp));
    let last = history.len();
    let history: Vec<Value> = (1..)
        .zip(history)
        .map(|(at, date)| revision(at, date))
        .collect();
    json!({
        "category": "csaf_vex",
        "csaf_version": "2.0",
        "distribution": {"tlp": {"label": "WHITE"}},
        "lang": "en",
        "publisher": {
            "category": "vendor",
            "name": frame.author,
            "namespace": frame.namespace,
        },
        "title": frame.title,
        "tracking": {
            "current_release_date": frame.timestamp,
            "id": id,
            "initial_release_date": history.first().map(|first| &first["date"]),
            "revision_history": history,
            "status": "final",
            "version": last.to_string(),
        },
    })
}

/// The instants of all versions, where all of them are known (6.1.21 forbids gaps).
fn revisions(frame: &Frame) -> Option<&[String]> {
    let all = frame.revisions.as_slice();
    let is_whole = frame.version == all.len() as u64 && all.last() == Some(&frame.timestamp);
    (is_whole && !all.is_empty()).then_some(all)
}

fn revision(number: u64, date: &str) -> Value {
    let summary = match number {
        1 => "First release in this format.",
        _ => "Statements were added, changed or ended.",
    };
    json!({"date": date, "number": number.to_string(), "summary": summary})
}

/// Which statement, and the ids of its products.
type Said = (usize, Vec<String>);

/// A flaw under the id that CSAF files it by: a CVE where there is one.
struct Flaw {
    key: String,
    is_cve: bool,
    aliases: BTreeSet<String>,
}

impl Flaw {
    fn of(statement: &Statement) -> Self {
        let all = || std::iter::once(&statement.vulnerability).chain(&statement.aliases);
        let cve = all().find(|id| is_cve(id));
        let key = cve.unwrap_or(&statement.vulnerability).clone();
        Self {
            is_cve: cve.is_some(),
            aliases: all().filter(|id| **id != key).cloned().collect(),
            key,
        }
    }
}

/// The schema's `^CVE-[0-9]{4}-[0-9]{4,}$`.
fn is_cve(id: &str) -> bool {
    let parts: Vec<&str> = id.split('-').collect();
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts[..], ["CVE", year, number]
        if year.len() == 4 && number.len() >= 4 && is_number(year) && is_number(number))
}

fn vulnerability(
    flaw: &Flaw,
    said: &[Said],
    statements: &[Statement],
    frame: &Frame,
    losses: &mut Losses,
) -> Value {
    let mut lists: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let (mut flags, mut threats, mut remediations) = (Vec::new(), Vec::new(), Vec::new());
    let mut notes = vec![json!({
        "category": "description",
        "text": format!("The vulnerability known as {}.", flaw.key),
        "title": "Vulnerability",
    })];
    for (at, ids) in decided(said, statements, losses) {
        let Some(statement) = statements.get(at) else {
            continue;
        };
        lists
            .entry(status_to_csaf(statement.status))
            .or_default()
            .extend(ids.iter().copied());
        if statement
            .timestamp
            .as_ref()
            .is_some_and(|instant| *instant != frame.timestamp)
        {
            losses.add(
                at,
                "timestamp",
                "a CSAF product status has no instant of its own",
            );
        }
        if let Some(text) = &statement.notes {
            notes
                .push(json!({"category": "details", "text": text, "title": "Notes on the status"}));
        }
        reasons(
            at,
            statement,
            &ids,
            frame,
            (&mut flags, &mut threats),
            losses,
        );
        remedies(at, statement, &ids, &mut remediations, losses);
    }
    let mut to = Map::new();
    let mut ids: Vec<Value> = flaw.aliases.iter().map(|id| named_id(id)).collect();
    if flaw.is_cve {
        to.insert("cve".into(), flaw.key.clone().into());
    } else {
        ids.insert(0, named_id(&flaw.key));
    }
    notes.dedup();
    for (key, list) in [
        ("flags", flags),
        ("ids", ids),
        ("notes", notes),
        ("remediations", remediations),
        ("threats", threats),
    ] {
        if !list.is_empty() {
            to.insert(key.into(), list.into());
        }
    }
    to.insert("product_status".into(), json!(lists));
    to.into()
}

/// Each statement with the products it decides: of two on one product the later one, of two at one
/// instant the more careful one (6.1.6 forbids a product in two groups).
fn decided<'a>(
    said: &'a [Said],
    statements: &[Statement],
    losses: &mut Losses,
) -> Vec<(usize, Vec<&'a str>)> {
    let rank = |at: usize| {
        let statement = statements.get(at)?;
        let instant: Option<jiff::Timestamp> = statement
            .timestamp
            .as_deref()
            .and_then(|text| text.parse().ok());
        let care = match statement.status {
            Status::Affected => 3,
            Status::UnderInvestigation => 2,
            Status::Fixed => 1,
            Status::NotAffected => 0,
        };
        Some((instant, care))
    };
    let mut winner: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, ids) in said {
        for id in ids {
            let kept = winner.entry(id).or_insert(*at);
            if *kept != *at {
                let (won, lost) = if rank(*at) > rank(*kept) {
                    (*at, *kept)
                } else {
                    (*kept, *at)
                };
                losses.add(
                    lost,
                    "statement",
                    format!("gives way to statement {won} for {id}"),
                );
                *kept = won;
            }
        }
    }
    let all = said.iter().map(|(at, ids)| {
        let ids = ids.iter().map(String::as_str);
        (*at, ids.filter(|id| winner.get(id) == Some(at)).collect())
    });
    all.filter(|(_, ids): &(usize, Vec<&str>)| !ids.is_empty())
        .collect()
}

fn reasons(
    at: usize,
    statement: &Statement,
    ids: &[&str],
    frame: &Frame,
    (flags, threats): (&mut Vec<Value>, &mut Vec<Value>),
    losses: &mut Losses,
) {
    let is_not_affected = statement.status == Status::NotAffected;
    let label = statement.justification.filter(|_| is_not_affected);
    if let Some(label) = label {
        let date = statement.timestamp.as_ref().unwrap_or(&frame.timestamp);
        flags.push(json!({"date": date, "label": label.as_str(), "product_ids": ids}));
    }
    let mut words = statement.impact.clone();
    if let Some(original) = other_justification(statement) {
        losses.add(
            at,
            "original_justification",
            format!("{original} stands in the impact"),
        );
        let original = format!("Justification in the source: {original}.");
        words = Some(words.map_or(original.clone(), |words| format!("{words}\n{original}")));
    }
    if is_not_affected && label.is_none() && words.is_none() {
        losses.add(
            at,
            "justification",
            "none is given, and CSAF asks for a flag or an impact",
        );
        words = Some(NO_REASON.into());
    }
    if let Some(words) = words {
        threats.push(json!({"category": "impact", "details": words, "product_ids": ids}));
    }
}

fn remedies(
    at: usize,
    statement: &Statement,
    ids: &[&str],
    remediations: &mut Vec<Value>,
    losses: &mut Losses,
) {
    let mut categories: Vec<&str> = Vec::new();
    for word in &statement.responses {
        match REMEDIATIONS.iter().find(|(known, _)| known == word) {
            Some((known, category)) => {
                if known != category {
                    losses.add(at, "responses", format!("{word} is written as {category}"));
                }
                categories.push(category);
            }
            None => losses.add(
                at,
                "responses",
                format!("CSAF 2.0 has no category for {word}"),
            ),
        }
    }
    let is_due = statement.status == Status::Affected || statement.action.is_some();
    if categories.is_empty() && is_due {
        match statement.action {
            Some(_) => {
                losses.add(
                    at,
                    "action",
                    "its category is not known and is written as mitigation",
                );
                categories.push("mitigation");
            }
            None => {
                losses.add(at, "action", "none is given, and CSAF asks for one");
                categories.push("none_available");
            }
        }
    }
    categories.sort_unstable();
    categories.dedup();
    let details = statement.action.as_deref().unwrap_or(NO_ACTION);
    remediations.extend(
        categories
            .into_iter()
            .map(|category| json!({"category": category, "details": details, "product_ids": ids})),
    );
}

fn named_id(id: &str) -> Value {
    let system = match id.split_once('-').map(|(head, _)| head) {
        Some("GHSA") => "GitHub Advisory Database",
        Some("EUVD") => "European Vulnerability Database",
        Some("CVE") => "CVE",
        _ => "Other",
    };
    json!({"system_name": system, "text": id})
}
