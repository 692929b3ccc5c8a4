//! SBOMs out: what is written is valid by the official schemas, says the same, and says what it
//! does not say.

use crate::{kit, schemas};
use bonafide_engine::export::{
    CONTRADICTION_PROPERTY, CyclonedxVersion, Exported, SOURCE_PROPERTY, Stamp, Subject, Target,
    export, merge,
};
use bonafide_engine::purl::Purl;
use bonafide_engine::sbom::document::{self, Claim, Dependencies, Document, License, Part};
use bonafide_engine::sbom::{Format, Limits};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

fn stamp() -> Stamp {
    Stamp {
        now: "2026-11-24T08:00:00Z".to_owned(),
        serial: "019a8e0c-0000-7000-8000-000000000001".to_owned(),
        tool_name: "bonafide".to_owned(),
        tool_version: "0.1.0".to_owned(),
    }
}

fn load(bytes: &[u8]) -> Result<Document, String> {
    document::read(bytes, &Limits::default()).map_err(|error| error.code().to_owned())
}

/// The words of the licences of a claim: SPDX joins licences by AND, with parentheses, and writes
/// names as `LicenseRef-`.
fn licenses(claim: &Claim<Vec<License>>) -> String {
    match claim {
        Claim::Known(list) => {
            let texts = list.iter().map(License::text);
            let words =
                texts.flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.'));
            let words = words.filter(|word| !matches!(*word, "" | "AND" | "LicenseRef"));
            let words: BTreeSet<&str> = words.collect();
            words.into_iter().collect::<Vec<_>>().join(" ")
        }
        Claim::Absent => String::new(),
        Claim::Unknown => "NOASSERTION".to_owned(),
        Claim::None => "NONE".to_owned(),
    }
}

/// What must be the same in every notation, one line a component.
fn facts(document: &Document) -> Vec<String> {
    let all = document.subject.iter().chain(&document.parts);
    let mut facts: Vec<String> = all
        .map(|part| {
            let mut purls = part.purls.iter().filter_map(|purl| Purl::parse(purl).ok());
            let purl = purls
                .next()
                .map(|purl| purl.canonical())
                .unwrap_or_default();
            format!(
                "{} | {} | {purl} | {} | {}",
                part.name,
                part.version.known().map_or("", String::as_str),
                licenses(&part.licenses_declared),
                licenses(&part.licenses_concluded),
            )
        })
        .collect();
    facts.sort();
    facts
}

/// Who needs whom, by name and version.
fn edges(document: &Document) -> BTreeSet<(String, String)> {
    let all = document.subject.iter().chain(&document.parts);
    let mut names: BTreeMap<&str, String> = BTreeMap::new();
    for part in all {
        let version = part.version.known().map_or("", String::as_str);
        let name = format!("{} {version}", part.name);
        names.entry(&part.reference).or_insert(name);
    }
    let needs = document.dependencies.iter().filter(|said| said.is_need());
    let pairs = needs.flat_map(|said| said.to.iter().map(|to| (said.from.as_str(), to.as_str())));
    pairs
        .filter(|(from, to)| from != to)
        .filter_map(|(from, to)| Some((names.get(from)?.clone(), names.get(to)?.clone())))
        .collect()
}

/// Reads a small document, writes it for every target, and holds the result to the schema and to
/// the source.
#[track_caller]
fn check(source: &str) -> BTreeMap<&'static str, Exported> {
    let source = load(source.as_bytes()).unwrap();
    let mut all = BTreeMap::new();
    for target in Target::ALL {
        let written = export(&source, target, &stamp());
        assert_eq!(
            written,
            export(&source, target, &stamp()),
            "not the same twice"
        );
        if let Some(validator) = schemas::validator(target) {
            let faults = schemas::faults(&validator, &written.text);
            assert!(
                faults.is_empty(),
                "{target:?}: {faults:#?}\n{}",
                written.text
            );
        }
        all.insert(target.as_str(), written);
    }
    all
}

fn json(written: &Exported) -> Value {
    serde_json::from_str(&written.text).unwrap()
}

/// How one target fared over all real documents.
#[derive(Default)]
struct Tally {
    written: usize,
    valid: usize,
    same_parts: usize,
    same_edges: usize,
    unread: BTreeMap<String, usize>,
    wrong: Vec<String>,
    spent: Duration,
    bytes: usize,
}

/// All real documents that can be read, read once.
fn real() -> &'static [(String, Document)] {
    static REAL: OnceLock<Vec<(String, Document)>> = OnceLock::new();
    REAL.get_or_init(|| {
        let mut documents = Vec::new();
        let mut refused: BTreeMap<String, usize> = BTreeMap::new();
        if let Some(archive) = kit::shared("sbom/sboms.tar.zst") {
            kit::each_in_tar_zst(&archive, |name, bytes| match load(bytes) {
                Ok(document) => documents.push((name.to_owned(), document)),
                Err(code) => *refused.entry(code).or_default() += 1,
            });
            println!("{} documents read, refused {refused:?}", documents.len());
            assert!(documents.len() > 250, "{refused:?}");
        }
        documents
    })
}

/// Writes every real document, holds it to the schema, reads it back and compares.
#[track_caller]
fn check_real(target: Target) {
    let Some(validator) = schemas::validator(target) else {
        return;
    };
    let mut tally = Tally::default();
    let mut losses: BTreeMap<String, usize> = BTreeMap::new();
    for (name, source) in real() {
        let from = Instant::now();
        let written = export(source, target, &stamp());
        tally.spent += from.elapsed();
        tally.bytes += written.text.len();
        tally.written += 1;
        for loss in &written.losses {
            *losses.entry(loss.field.clone()).or_default() += loss.count;
        }
        compare(&mut tally, name, source, &written);
        let text = match target {
            Target::Spdx3 => schemas::shapes(&written.text),
            _ => written.text,
        };
        let faults = schemas::faults(&validator, &text);
        if faults.is_empty() {
            tally.valid += 1;
        } else {
            tally.wrong.push(format!("{name}: {faults:?}"));
        }
    }
    println!(
        "{}: {} written, {} valid, {} read back with the same components, {} with the same edges, \
         not read back {:?}, {:.1} MB in {:?}",
        target.as_str(),
        tally.written,
        tally.valid,
        tally.same_parts,
        tally.same_edges,
        tally.unread,
        tally.bytes as f64 / 1e6,
        tally.spent,
    );
    let mut losses: Vec<_> = losses.into_iter().collect();
    losses.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    println!("  losses: {:?}", losses.iter().take(25).collect::<Vec<_>>());
    let first: Vec<_> = tally.wrong.iter().take(20).collect();
    assert!(
        tally.wrong.is_empty(),
        "{} wrong: {first:#?}",
        tally.wrong.len()
    );
}

#[test]
fn every_real_sbom_can_be_written_as_cyclonedx_1_6() {
    check_real(Target::Cyclonedx(CyclonedxVersion::V1_6));
}

#[test]
fn every_real_sbom_can_be_written_as_cyclonedx_1_7() {
    check_real(Target::Cyclonedx(CyclonedxVersion::V1_7));
}

#[test]
fn every_real_sbom_can_be_written_as_spdx_2_3() {
    check_real(Target::Spdx2);
}

#[test]
fn every_real_sbom_can_be_written_as_spdx_3_0() {
    check_real(Target::Spdx3);
}

/// Reads back what was written and compares it with its source.
fn compare(tally: &mut Tally, name: &str, source: &Document, written: &Exported) {
    match load(written.text.as_bytes()) {
        Ok(back) => {
            let (own, other) = (facts(source), facts(&back));
            if own == other {
                tally.same_parts += 1;
            } else {
                let different = own.iter().zip(&other).find(|(own, other)| own != other);
                tally.wrong.push(format!(
                    "{name}: {} parts, {} read back, first difference {different:?}",
                    own.len(),
                    other.len()
                ));
            }
            let (own, other) = (edges(source), edges(&back));
            if own == other {
                tally.same_edges += 1;
            } else {
                let lost = own.difference(&other).next();
                let new = other.difference(&own).next();
                tally
                    .wrong
                    .push(format!("{name}: edge lost {lost:?}, new {new:?}"));
            }
        }
        Err(code) => *tally.unread.entry(code).or_default() += 1,
    }
}
