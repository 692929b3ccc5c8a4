//! The quality gate: components and flaws labelled from frozen records, asked through the same
//! door as `bonafide match`. How to add and to review labels: `fixtures/matches/gate/README.md`.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use bonafide_engine::advisory::{Advisory, read};
use bonafide_engine::sbom::{self, Component, Limits};
use bonafide_engine::scan::{self, Catalogue, Finding, Flaws, Record, World, distinct, wanted};
use serde_json::json;

use crate::kit;

/// A label: component, flaw, answer, why.
struct Label {
    number: usize,
    component: String,
    flaw: String,
    answer: String,
    why: String,
}

fn labels() -> Vec<Label> {
    let cases = kit::cases("matches/gate/labels.txt").into_iter();
    let read = |(number, line): (usize, String)| {
        let fields: Vec<&str> = line.splitn(4, " | ").map(str::trim).collect();
        let [component, flaw, answer, why] = fields[..] else {
            panic!("line {number}: {line}")
        };
        Label {
            number,
            component: component.to_owned(),
            flaw: flaw.to_owned(),
            answer: answer.to_owned(),
            why: why.to_owned(),
        }
    };
    cases.map(read).collect()
}

fn advisories() -> Vec<Advisory> {
    let mut all = Vec::new();
    for name in ["languages", "distributions", "products"] {
        for (number, line) in kit::cases(&format!("matches/gate/{name}.jsonl")) {
            let place = format!("{name}.jsonl, line {number}");
            let reading = read(line.as_bytes()).unwrap_or_else(|error| panic!("{place}: {error}"));
            assert!(!reading.records.is_empty(), "{place}");
            for record in &reading.records {
                assert_eq!(record.problems, [], "{place}");
            }
            all.extend(reading.records);
        }
    }
    all
}

/// The component as a document brings it.
fn component(text: &str) -> Vec<Component> {
    let mut entry = json!({ "type": "library", "name": "x" });
    for word in text.split_inclusive(' ').map(str::trim) {
        if word.starts_with("pkg:") {
            // Tools write the bare name and version beside the package URL.
            let bare = word.split(['?', '#']).next().unwrap_or_default();
            let last = bare.rsplit('/').next().unwrap_or_default();
            entry["name"] = last.split('@').next().into();
            entry["purl"] = word.into();
        } else if word.starts_with("cpe:") {
            entry["cpe"] = word.into();
        }
    }
    if entry.get("purl").is_none() && entry.get("cpe").is_none() {
        let (name, version) = text.split_once('@').unwrap_or((text, ""));
        entry["name"] = name.into();
        entry["version"] = version.into();
    }
    let document = json!({ "bomFormat": "CycloneDX", "specVersion": "1.6", "components": [entry] });
    let read = sbom::read(document.to_string().as_bytes(), &Limits::default()).unwrap();
    assert_eq!(read.components.len(), 1, "{text}");
    read.components
}

/// Every record that names the component, grouped into flaws over all of them.
fn catalogue(advisories: &[Advisory], components: &[Component]) -> Catalogue {
    let mut flaws = Flaws::default();
    let mut catalogue = Catalogue::default();
    for advisory in advisories {
        let aliases = advisory.aliases.iter().map(String::as_str);
        let upstream = advisory.upstream.iter().map(String::as_str);
        flaws.add(&advisory.id, aliases, upstream);
        let named = advisory.affected.iter();
        let ecosystems = named.map(|entry| entry.package.ecosystem.clone());
        catalogue.ecosystems.extend(ecosystems);
    }
    flaws.settle();
    let keys = wanted(&distinct(components));
    let mut places = BTreeMap::new();
    for advisory in advisories {
        let record = Record::of(advisory.clone(), |key| keys.contains(key));
        let Some(mut record) = record else { continue };
        let number = flaws.number_of(&record.id).unwrap();
        record.flaw = *places.entry(number).or_insert_with(|| {
            catalogue.flaws.push(flaws.group(number).unwrap());
            catalogue.flaws.len() - 1
        });
        catalogue.records.push(record);
    }
    catalogue
}

/// What the engine says, and its reason.
fn answer(label: &Label, advisories: &[Advisory]) -> (&'static str, String) {
    let components = component(&label.component);
    let items = distinct(&components);
    let report = scan::scan(
        &items,
        &catalogue(advisories, &components),
        &World::default(),
    );
    let is_meant =
        |finding: &Finding| finding.id == label.flaw || finding.aliases.contains(&label.flaw);
    if let Some(found) = report.findings.iter().find(|found| is_meant(found)) {
        let by = &found.matched_by;
        return ("affected", format!("{} {}", by.rule, by.range));
    }
    let mut possible = report.possible.iter();
    match possible.find(|possible| is_meant(&possible.finding)) {
        Some(possible) => ("possible", possible.reason.clone()),
        None => ("not-affected", String::new()),
    }
}

/// What is wrong about a label, if anything.
fn check(label: &Label, advisories: &[Advisory]) -> Option<String> {
    let (found, because) = answer(label, advisories);
    let Label {
        number,
        component,
        flaw,
        answer,
        why,
    } = label;
    (found != answer).then(|| {
        let kind = match (answer.as_str(), found) {
            (_, "affected") => "false \"affected\"",
            ("not-affected", _) => "false \"possible\"",
            _ => "false negative",
        };
        format!(
            "line {number}: {kind}: {component} | {flaw} | {answer} | {why}\n  is {found} {because}"
        )
    })
}

#[test]
fn gate_has_no_false_negative_and_no_false_finding() {
    let advisories = advisories();
    let labels = labels();
    let wrong = labels.iter().filter_map(|label| check(label, &advisories));
    let wrong: Vec<String> = wrong.collect();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        labels.len(),
        wrong.join("\n")
    );
}

#[test]
fn gate_is_large_and_every_record_is_asked_about() {
    let (labels, advisories) = (labels(), advisories());
    assert!(labels.len() >= 150, "{} labels", labels.len());
    let answers = ["affected", "not-affected", "possible"];
    for label in &labels {
        assert!(
            answers.contains(&label.answer.as_str()),
            "line {}",
            label.number
        );
        assert!(!label.why.is_empty(), "line {}", label.number);
    }
    let mut asked: Vec<(&str, &str)> = Vec::new();
    for label in &labels {
        let pair = (label.component.as_str(), label.flaw.as_str());
        assert!(!asked.contains(&pair), "line {} stands twice", label.number);
        asked.push(pair);
    }
    for advisory in &advisories {
        let ids = || {
            let others = advisory.aliases.iter().chain(&advisory.upstream);
            std::iter::once(&advisory.id).chain(others)
        };
        let is_asked = asked.iter().any(|(_, flaw)| ids().any(|id| id == flaw));
        assert!(is_asked, "{} is asked about by no label", advisory.id);
    }
}

/// Prints a fifth of the labels without their answers, for a reviewer; another for every
/// `GATE_SEED`.
#[test]
fn gate_review_prints_a_random_fifth() {
    let seed = std::env::var("GATE_SEED").unwrap_or_default();
    let mut labels = labels();
    labels.sort_by_key(|label| {
        let mut hasher = DefaultHasher::new();
        (&seed, &label.component, &label.flaw).hash(&mut hasher);
        hasher.finish()
    });
    let fifth = labels.len().div_ceil(5);
    labels.truncate(fifth);
    labels.sort_by_key(|label| label.number);
    for label in &labels {
        println!(
            "{} | {} | {} | ?",
            label.number, label.component, label.flaw
        );
    }
    assert!(labels.len() >= 30);
}
