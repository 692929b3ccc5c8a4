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
/// names as `LicenseRef-`, of which the document says what they stand for.
fn licenses(document: &Document, claim: &Claim<Vec<License>>) -> String {
    match claim {
        Claim::Known(list) => {
            let texts = list.iter().map(|license| {
                let own = document.license_texts.iter();
                let mut own = own.filter(|own| own.id == license.text());
                own.find_map(|own| own.name.as_deref())
                    .unwrap_or(license.text())
            });
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
                licenses(document, &part.licenses_declared),
                licenses(document, &part.licenses_concluded),
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

/// Everything in it breaks a rule of one of the formats.
fn broken() -> String {
    serde_json::json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
        "metadata": {
            "component": {"bom-ref": "root", "type": "application", "name": "gateway", "version": "1"},
            "authors": [{"name": "Ada", "email": "no address"}],
            "supplier": {"name": "Acme", "url": ["not a url"], "contact": [{"email": "a b@c"}]},
        },
        "components": [
            {
                "bom-ref": "twice", "type": "gadget", "name": "a", "version": "x".repeat(2000),
                "purl": "no purl", "cpe": "no cpe", "scope": "sometimes",
                "hashes": [{"alg": "SHA-256", "content": "zz"}, {"alg": "CRC-32", "content": "00"}],
                "licenses": [{"license": {"id": "No-Such-License"}}],
                "externalReferences": [
                    {"type": "distribution", "url": "http://[half"},
                    {"type": "no-such-kind", "url": "https://example.org/a"},
                ],
            },
            {"bom-ref": "twice", "type": "library", "name": "b", "licenses": [{"expression": "MIT AND (nonsense"}]},
            {"type": "library", "name": "c"},
            {"type": "library", "name": "c"},
            {"bom-ref": "d e/f#g", "type": "library", "name": "", "purl": "pkg:npm/d@1"},
        ],
        "dependencies": [
            {"ref": "root", "dependsOn": ["twice", "nobody", "d e/f#g", "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#x"]},
            {"ref": "nobody", "dependsOn": ["root"]},
        ],
        "compositions": [{"aggregate": "perhaps", "dependencies": ["root"]}],
        "vulnerabilities": [{"id": "CVE-2026-0001", "affects": [{"ref": "nobody"}, {"ref": "twice"}], "analysis": {"state": "odd"}}],
    })
    .to_string()
}

#[test]
fn what_breaks_a_rule_still_makes_a_valid_document_and_is_said() {
    let written = check(&broken());
    for (target, written) in &written {
        let fields: Vec<&str> = written
            .losses
            .iter()
            .map(|loss| loss.field.as_str())
            .collect();
        let said = |words: &str| fields.iter().any(|field| field.contains(words));
        assert!(said("package URL that is none"), "{target}: {fields:?}");
        // SPDX 2 asks of a link only that it has no blanks.
        assert!(
            *target == "spdx-2.3" || said("link that is no URL"),
            "{target}: {fields:?}"
        );
        assert!(said("hash that"), "{target}: {fields:?}");
        assert!(
            said("dependencies of what is no component"),
            "{target}: {fields:?}"
        );
        // Nothing is dropped with a loss: the values stand somewhere.
        for kept in [
            "no purl",
            "http://[half",
            "no cpe",
            "gadget",
            "No-Such-License",
            "nonsense",
        ] {
            assert!(
                written.text.contains(kept) || written.text.contains(&kept.replace(' ', "-")),
                "{target} without {kept}"
            );
        }
    }
    let document = json(&written["cyclonedx-1.6"]);
    let named: Vec<&Value> = document["components"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| &c["bom-ref"])
        .collect();
    let once: BTreeSet<String> = named.iter().map(|name| name.to_string()).collect();
    assert_eq!(named.len(), once.len(), "{named:?}");
    let needs = &document["dependencies"][0]["dependsOn"];
    assert!(
        needs.to_string().contains("urn:cdx:"),
        "a BOM-Link stays: {needs}"
    );
}

#[test]
fn the_validators_of_these_tests_refuse_what_is_wrong() {
    for target in Target::ALL {
        let Some(validator) = schemas::validator(target) else {
            return;
        };
        let written = export(&load(broken().as_bytes()).unwrap(), target, &stamp());
        assert!(schemas::faults(&validator, &written.text).is_empty());
        let spoilt = match target {
            Target::Cyclonedx(_) => written
                .text
                .replace("https://example.org/a", "http://[half"),
            Target::Spdx2 => written.text.replace("\"OTHER\"", "\"ANOTHER\""),
            Target::Spdx3 => written
                .text
                .replace("\"software_packageVersion\"", "\"packageVersion\""),
        };
        assert_ne!(spoilt, written.text);
        assert!(
            !schemas::faults(&validator, &spoilt).is_empty(),
            "{target:?}"
        );
    }
}

#[test]
fn deep_and_circular_containment_is_flattened_not_followed() {
    let mut document = Document::new(Format::SpdxJson);
    let part = |index: u32, parent: Option<u32>| Part {
        reference: format!("SPDXRef-{index}"),
        name: format!("p{index}"),
        parent,
        ..Part::default()
    };
    document.parts = (0..50_000)
        .map(|index: u32| part(index, index.checked_sub(1)))
        .collect();
    document.parts.push(part(50_000, Some(50_001)));
    document.parts.push(part(50_001, Some(50_000)));
    let limits = Limits::default();
    for target in Target::ALL {
        let written = export(&document, target, &stamp());
        let depth = written
            .text
            .lines()
            .map(|line| line.len() - line.trim_start().len())
            .max();
        assert!(
            depth.unwrap() / 2 < limits.depth_max,
            "{target:?} {depth:?}"
        );
        let is_flat = written
            .losses
            .iter()
            .any(|loss| loss.field.contains("nesting"));
        assert_eq!(
            is_flat,
            matches!(target, Target::Cyclonedx(_)),
            "{target:?}"
        );
    }
}

/// A document with a subject and one component, of which a few facts are given.
fn input(subject: &str, facts: Value) -> Document {
    let mut component = serde_json::json!({"bom-ref": "lib", "type": "library", "name": "zlib"});
    for (name, value) in facts.as_object().unwrap() {
        component[name] = value.clone();
    }
    let serial = format!("urn:uuid:3e671687-395b-41f5-a30f-{:012}", subject.len());
    let document = serde_json::json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "serialNumber": serial,
        "metadata": {"component": {"bom-ref": "root", "type": "application", "name": subject, "version": "1"}},
        "components": [component],
        "dependencies": [{"ref": "root", "dependsOn": ["lib"]}, {"ref": "lib", "dependsOn": []}],
    });
    load(document.to_string().as_bytes()).unwrap()
}

#[test]
fn a_merged_product_has_every_component_once_with_all_facts() {
    let purl = "pkg:generic/zlib@1.3";
    let one = input(
        "app",
        serde_json::json!({"version": "1.3", "purl": purl, "licenses": [{"license": {"id": "Zlib"}}]}),
    );
    let two = input(
        "firmware",
        serde_json::json!({
            "version": "1.3", "purl": purl, "cpe": "cpe:2.3:a:zlib:zlib:1.3:*:*:*:*:*:*:*",
            "licenses": [{"license": {"id": "MIT"}}], "supplier": {"name": "Acme"},
        }),
    );
    let three = input("tools", serde_json::json!({"version": "1.2"}));
    let subject = Subject {
        name: "gateway".to_owned(),
        version: Some("4.2".to_owned()),
        ..Subject::default()
    };
    let merged = merge(&[one, two, three], &subject);
    let names: Vec<String> = merged
        .parts
        .iter()
        .map(|part| format!("{} {}", part.name, part.version.known().unwrap()))
        .collect();
    assert_eq!(
        names,
        ["app 1", "zlib 1.3", "firmware 1", "tools 1", "zlib 1.2"]
    );
    let references: BTreeSet<&str> = merged
        .parts
        .iter()
        .map(|part| part.reference.as_str())
        .collect();
    assert_eq!(references.len(), merged.parts.len(), "{references:?}");
    let shared = &merged.parts[1];
    assert_eq!(
        shared.supplier.known().unwrap().name.as_deref(),
        Some("Acme")
    );
    assert_eq!(shared.cpes.len(), 1);
    let said = |name: &str| {
        shared
            .properties
            .iter()
            .filter(|(own, _)| own == name)
            .count()
    };
    assert_eq!(
        (said(SOURCE_PROPERTY), said(CONTRADICTION_PROPERTY)),
        (2, 1)
    );
    let expected = [
        ("app 1", "zlib 1.3"),
        ("firmware 1", "zlib 1.3"),
        ("gateway 4.2", "app 1"),
        ("gateway 4.2", "firmware 1"),
        ("gateway 4.2", "tools 1"),
        ("tools 1", "zlib 1.2"),
    ];
    let expected = expected.map(|(from, to)| (from.to_owned(), to.to_owned()));
    assert_eq!(edges(&merged), BTreeSet::from(expected));
    for target in Target::ALL {
        let written = export(&merged, target, &stamp());
        if let Some(validator) = schemas::validator(target) {
            let faults = schemas::faults(&validator, &written.text);
            assert!(faults.is_empty(), "{target:?}: {faults:#?}");
        }
    }
    assert_eq!(merged.dependencies[0].kind, Dependencies::DEPENDS_ON);
}
