//! One CVE record (CVE JSON 5.0-5.2): the CNA's container and those of authorised data publishers
//! speak with one weight, for neither overrules the other. A rejected record is withdrawn.
//!
//! Every way to name a product becomes an entry of its own under the key it leads to: package URL,
//! collection and package name, CPE, repository, and last the bare product name.

mod applicability;
mod products;

pub(super) use products::comparators;

use serde_json::Value;

use super::{Advisory, AdvisoryError, Affected, Problem, Reference, Signals};
use crate::json::tree::{list, owned, text, texts};
use crate::package::PackageKey;
use crate::severity::SeverityText;

/// Containers read: the CNA's and those of publishers.
const CONTAINERS_MAX: usize = 100;
/// Entries kept of one record.
const AFFECTED_MAX: usize = 50_000;
/// Longest summary made of a description, in characters.
const SUMMARY_CHARS_MAX: usize = 200;

pub(super) fn read(record: &Value) -> Result<Advisory, AdvisoryError> {
    let meta = &record["cveMetadata"];
    let id = text(meta, "cveId").ok_or(AdvisoryError::NoId)?.to_owned();
    let cna = &record["containers"]["cna"];
    let others = list(&record["containers"], "adp");
    let containers: Vec<&Value> = std::iter::once(cna)
        .chain(others)
        .take(CONTAINERS_MAX)
        .collect();
    let mut advisory = Advisory {
        id,
        modified: text(meta, "dateUpdated")
            .or(text(meta, "datePublished"))
            .unwrap_or_default()
            .to_owned(),
        published: text(meta, "datePublished").map(str::to_owned),
        withdrawn: rejected(meta),
        details: description(cna),
        ..Advisory::default()
    };
    advisory.summary = match text(cna, "title") {
        Some(title) => title.to_owned(),
        None => shortened(&advisory.details),
    };
    for (index, container) in containers.iter().enumerate() {
        let place = match index {
            0 => "/containers/cna".to_owned(),
            index => format!("/containers/adp/{}", index - 1),
        };
        read_container(&mut advisory, container, &place);
    }
    if advisory.affected.len() > AFFECTED_MAX {
        advisory.affected.truncate(AFFECTED_MAX);
        advisory.problems.push(Problem {
            code: "list-too-long",
            place: "/affected".to_owned(),
            text: "This record names more products than we read.".to_owned(),
        });
    }
    prefer_versions(&mut advisory.affected);
    drop_doubles(&mut advisory.affected);
    Ok(advisory)
}

fn rejected(meta: &Value) -> Option<String> {
    let is_rejected =
        text(meta, "state").is_some_and(|state| state.eq_ignore_ascii_case("REJECTED"));
    let since = text(meta, "dateRejected").or(text(meta, "dateUpdated"));
    is_rejected.then(|| since.unwrap_or("rejected").to_owned())
}

/// The English description, else the first one; of a rejected record, why.
fn description(cna: &Value) -> String {
    let all = || {
        list(cna, "descriptions")
            .iter()
            .chain(list(cna, "rejectedReasons"))
    };
    let english = all().find(|one| text(one, "lang").is_some_and(|lang| lang.starts_with("en")));
    let chosen = english.or_else(|| all().next());
    chosen.map(|one| owned(one, "value")).unwrap_or_default()
}

fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(SUMMARY_CHARS_MAX).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

fn read_container(advisory: &mut Advisory, container: &Value, place: &str) {
    read_metrics(advisory, container);
    let types = list(container, "problemTypes").iter();
    for weakness in types.flat_map(|one| list(one, "descriptions")) {
        if let Some(id) = text(weakness, "cweId")
            && !advisory.cwes.iter().any(|known| known == id)
        {
            advisory.cwes.push(id.to_owned());
        }
    }
    for reference in list(container, "references") {
        let url = owned(reference, "url");
        if url.is_empty() || advisory.references.iter().any(|known| known.url == url) {
            continue;
        }
        let kind = match texts(reference, "tags").next() {
            Some("patch") => "FIX",
            Some("vendor-advisory" | "third-party-advisory") => "ADVISORY",
            Some("exploit") => "EVIDENCE",
            _ => "WEB",
        };
        advisory.references.push(Reference {
            kind: kind.to_owned(),
            url,
        });
    }
    for (index, product) in list(container, "affected").iter().enumerate() {
        let place = format!("{place}/affected/{index}");
        products::read(product, &place, advisory);
    }
    for (index, configuration) in list(container, "cpeApplicability").iter().enumerate() {
        let place = format!("{place}/cpeApplicability/{index}");
        applicability::read(configuration, &place, advisory);
    }
}

const CVSS: [(&str, &str); 4] = [
    ("cvssV4_0", "CVSS_V4"),
    ("cvssV3_1", "CVSS_V3"),
    ("cvssV3_0", "CVSS_V3"),
    ("cvssV2_0", "CVSS_V2"),
];

fn read_metrics(advisory: &mut Advisory, container: &Value) {
    for metric in list(container, "metrics") {
        for (member, kind) in CVSS {
            let Some(score) = metric
                .get(member)
                .and_then(|cvss| text(cvss, "vectorString"))
            else {
                continue;
            };
            let severity = SeverityText {
                kind: kind.to_owned(),
                score: score.to_owned(),
            };
            if !advisory.severities.contains(&severity) {
                advisory.severities.push(severity);
            }
        }
        let Some(other) = metric.get("other") else {
            continue;
        };
        let content = &other["content"];
        match text(other, "type") {
            Some("ssvc") => read_ssvc(&mut advisory.signals, content),
            Some("kev") => {
                advisory.signals.kev_added_on = text(content, "dateAdded").map(str::to_owned);
            }
            _ => {}
        }
    }
}

/// Decision points are objects of one member each.
fn read_ssvc(signals: &mut Signals, content: &Value) {
    let points = list(content, "options").iter().filter_map(Value::as_object);
    for (point, value) in points.flatten() {
        if let Some(value) = value.as_str() {
            let said = (point.clone(), value.to_owned());
            if !signals.ssvc.contains(&said) {
                signals.ssvc.push(said);
            }
        }
    }
}

/// Records of the kernel say everything twice, in commits and in versions. Where versions are
/// there, commits add nothing but doubt to a component that has a version.
fn prefer_versions(affected: &mut Vec<Affected>) {
    let is_git_only = |entry: &Affected| {
        let entries = entry.statuses.as_ref().map(|said| said.entries.as_slice());
        entries.is_some_and(|entries| {
            !entries.is_empty() && entries.iter().all(|one| one.kind == "git")
        })
    };
    let with_versions: std::collections::BTreeSet<PackageKey> = affected
        .iter()
        .filter(|entry| !is_git_only(entry))
        .map(|entry| entry.package.clone())
        .collect();
    affected.retain(|entry| {
        entry.package.ecosystem == PackageKey::GIT
            || !is_git_only(entry)
            || !with_versions.contains(&entry.package)
    });
}

fn drop_doubles(affected: &mut Vec<Affected>) {
    let mut seen = std::collections::HashSet::new();
    affected.retain(|entry| {
        let text = serde_json::to_string(entry).unwrap_or_default();
        seen.insert(text)
    });
}
