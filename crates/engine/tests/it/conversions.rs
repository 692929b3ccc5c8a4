//! Conversions of what is unusual: the documents of the CycloneDX suite, fields that our model does
//! not know, licences of the same id, and large documents.

use crate::{kit, schemas};
use bonafide_engine::export::{CyclonedxVersion, Exported, Stamp, Subject, Target, export, merge};
use bonafide_engine::sbom::document::{self, Dependencies, Document, Part};
use bonafide_engine::sbom::{Format, Limits};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const CYCLONEDX: Target = Target::Cyclonedx(CyclonedxVersion::V1_6);

fn write(document: &Document, target: Target) -> Exported {
    let stamp = Stamp {
        now: "2026-11-24T08:00:00Z".to_owned(),
        serial: "019a8e0c-0000-7000-8000-000000000001".to_owned(),
        tool_name: "bonafide".to_owned(),
        tool_version: "0.1.0".to_owned(),
    };
    export(document, target, &stamp)
}

fn load(value: &Value) -> Document {
    document::read(value.to_string().as_bytes(), &Limits::default()).unwrap()
}

/// A component with one more field, in CycloneDX.
fn with(field: &str, value: Value) -> Document {
    let mut component = json!({"bom-ref": "lib", "type": "library", "name": "zlib"});
    component[field] = value;
    load(&json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [component],
    }))
}

#[test]
fn every_valid_document_of_the_suite_can_be_written_in_every_format() {
    let Some(suite) = kit::shared("cyclonedx-conformance") else {
        return;
    };
    let mut files = Vec::new();
    for version in ["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"] {
        let folder = std::fs::read_dir(suite.join(version)).unwrap();
        files.extend(folder.map(|entry| entry.unwrap().path()));
    }
    files.retain(|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.starts_with("valid-") && (name.ends_with(".json") || name.ends_with(".xml"))
    });
    files.sort();
    let mut refused: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut documents = Vec::new();
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        match document::read(&std::fs::read(&path).unwrap(), &Limits::default()) {
            Ok(document) => documents.push((name, document)),
            Err(error) => refused.entry(error.code().into()).or_default().push(name),
        }
    }
    let counts: Vec<_> = refused
        .iter()
        .map(|(code, all)| (code, all.len()))
        .collect();
    println!("{} documents read, refused {counts:?}", documents.len());
    // A notation that cannot be read at all is the readers' matter.
    refused.remove("format-not-supported");
    assert!(documents.len() > 100 && refused.is_empty(), "{refused:?}");
    for target in Target::ALL {
        let Some(validator) = schemas::validator(target) else {
            return;
        };
        let mut wrong = Vec::new();
        for (name, document) in &documents {
            let written = write(document, target);
            let faults = schemas::faults(&validator, &written.text);
            if !faults.is_empty() {
                wrong.push(format!("{name}: {faults:?}"));
            }
            let back = document::read(written.text.as_bytes(), &Limits::default());
            // In SPDX a lone component is what the document is about.
            let all = |document: &Document| {
                document.parts.len() + usize::from(document.subject.is_some())
            };
            let count = back.map(|back| all(&back));
            if count.as_ref().ok() != Some(&all(document)) {
                wrong.push(format!("{name}: {count:?} of {}", all(document)));
            }
        }
        let first: Vec<_> = wrong.iter().take(20).collect();
        assert!(wrong.is_empty(), "{target:?} {}: {first:#?}", wrong.len());
    }
}

/// Writes a component with one more field as CycloneDX: whether it comes back as a field or as a
/// property, and in any case valid. SPDX has it as a loss.
#[track_caller]
fn check_kept(field: &str, value: Value, is_field: bool) {
    let source = with(field, value.clone());
    let written = write(&source, CYCLONEDX);
    if let Some(validator) = schemas::validator(CYCLONEDX) {
        let faults = schemas::faults(&validator, &written.text);
        assert!(faults.is_empty(), "{faults:?}");
    }
    let own: Value = serde_json::from_str(&written.text).unwrap();
    let own = &own["components"][0];
    let loss = |written: &Exported, name: &str| {
        let mut losses = written.losses.iter();
        losses.any(|loss| loss.field == name)
    };
    assert!(!loss(&written, field), "{:?}", written.losses);
    let as_property = format!("{field} (kept as a property)");
    assert_eq!(loss(&written, &as_property), !is_field);
    if is_field {
        assert_eq!(own[field], value);
    } else {
        let property = &own["properties"][0];
        assert_eq!(property["name"], format!("bonafide:kept:{field}"));
        let text = property["value"].as_str().unwrap();
        assert_eq!(serde_json::from_str::<Value>(text).unwrap(), value);
    }
    for target in [Target::Spdx2, Target::Spdx3] {
        assert!(loss(&write(&source, target), field), "{target:?}");
    }
}

#[test]
fn fields_that_the_model_does_not_know_come_back() {
    let ancestor = json!({"type": "library", "name": "old", "bom-ref": "old"});
    check_kept("pedigree", json!({"ancestors": [ancestor]}), true);
    let commit = json!({"uid": "7638417d", "author": {"timestamp": "2018-11-07T22:01:45Z"}});
    check_kept("pedigree", json!({"commits": [commit]}), true);
    check_kept(
        "evidence",
        json!({"occurrences": [{"location": "/a"}]}),
        true,
    );
    let identity = json!({"field": "purl", "confidence": 1});
    check_kept("evidence", json!({"identity": identity}), true);
    check_kept("mime-type", json!("text/plain"), true);
    check_kept("modified", json!(false), true);
    check_kept("tags", json!(["a"]), true);
    // What the schema would refuse, what refers to something, what nobody knows.
    let taken = json!({"type": "library", "name": "old", "bom-ref": "lib"});
    check_kept("pedigree", json!({"ancestors": [taken]}), false);
    check_kept("pedigree", json!("forked"), false);
    let commit = json!({"author": {"timestamp": "2018-13-07T22:01:45Z"}});
    check_kept("pedigree", json!({"commits": [commit]}), false);
    let identity = json!({"field": "purl", "confidence": 2});
    check_kept("evidence", json!({"identity": identity}), false);
    check_kept("mime-type", json!("nothing"), false);
    check_kept("modelCard", json!({"modelParameters": {}}), false);
    check_kept("of-tomorrow", json!({"a": [1, null]}), false);
}

#[test]
fn a_signature_and_what_is_too_large_are_losses() {
    for (field, value) in [
        ("signature", json!({"algorithm": "RS256", "value": "AA"})),
        ("of-tomorrow", json!("x".repeat(20_000))),
    ] {
        let written = write(&with(field, value), CYCLONEDX);
        let fields: Vec<&str> = written.losses.iter().map(|l| l.field.as_str()).collect();
        assert_eq!(fields, [field]);
        assert!(!written.text.contains(field));
    }
}

#[test]
fn services_and_ratings_stay_and_services_can_be_needed() {
    let rating = json!({"score": 9.8, "severity": "critical", "method": "CVSSv31"});
    let source = load(&json!({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "components": [{"bom-ref": "a", "type": "library", "name": "a"}],
        "services": [{"bom-ref": "s", "name": "payments", "endpoints": ["https://example.org"]}],
        "dependencies": [
            {"ref": "a", "dependsOn": ["s"]}, {"ref": "s", "dependsOn": ["a"]},
        ],
        "vulnerabilities": [{
            "id": "CVE-2026-0001", "ratings": [rating.clone()], "cwes": [79],
            "advisories": [{"title": "t", "url": "https://example.org/a"}], "affects": [{"ref": "a"}],
        }],
    }));
    let written = write(&source, CYCLONEDX);
    assert_eq!(written.losses, []);
    let own: Value = serde_json::from_str(&written.text).unwrap();
    assert_eq!(own["services"][0]["name"], "payments");
    assert_eq!(own["dependencies"][0]["dependsOn"], json!(["s"]));
    assert_eq!(own["dependencies"][1]["dependsOn"], json!(["a"]));
    assert_eq!(own["vulnerabilities"][0]["ratings"][0], rating);
    assert_eq!(own["vulnerabilities"][0]["cwes"], json!([79]));
    let spdx = write(&source, Target::Spdx2);
    for field in ["services", "ratings", "cwes", "advisories"] {
        let mut losses = spdx.losses.iter();
        assert!(losses.any(|loss| loss.field == field), "{field}");
    }
}

/// An SPDX document whose only licence is its own.
fn licensed(name: &str, text: &str) -> Document {
    load(&json!({
        "spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "name": name,
        "dataLicense": "CC0-1.0", "documentNamespace": format!("https://example.org/{name}"),
        "creationInfo": {"created": "2026-01-01T00:00:00Z", "creators": ["Tool: t"]},
        "packages": [{
            "SPDXID": "SPDXRef-a", "name": name, "versionInfo": "1", "downloadLocation": "NONE",
            "licenseDeclared": "MIT AND (LicenseRef-1 OR LicenseRef-10)",
        }],
        "hasExtractedLicensingInfos": [
            {"licenseId": "LicenseRef-1", "name": format!("Own of {name}"), "extractedText": text},
        ],
    }))
}

#[test]
fn two_licences_of_the_same_id_stay_two_in_a_merge() {
    let inputs = [
        licensed("a", "one"),
        licensed("b", "two"),
        licensed("a", "one"),
    ];
    let subject = Subject {
        name: "all".to_owned(),
        ..Subject::default()
    };
    let merged = merge(&inputs, &subject);
    let ids: Vec<(&str, Option<&str>)> = merged
        .license_texts
        .iter()
        .map(|own| (own.id.as_str(), own.text.as_deref()))
        .collect();
    let expected = [
        ("LicenseRef-1", Some("one")),
        ("LicenseRef-2-1", Some("two")),
    ];
    assert_eq!(ids, expected);
    let said = merged.parts.iter().find(|part| part.name == "b").unwrap();
    let said = said.licenses_declared.known().unwrap();
    assert_eq!(said[0].text(), "MIT AND (LicenseRef-2-1 OR LicenseRef-10)");
    // Names and texts survive CycloneDX, which has no field for them beside an expression.
    let there = write(&inputs[0], CYCLONEDX);
    let back = document::read(there.text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(back.license_texts, inputs[0].license_texts);
}

/// A document of so many components, each of which needs the next ones.
fn large(components: u32) -> Document {
    let mut document = Document::new(Format::CyclonedxJson);
    let reference = |index: u32| format!("pkg:npm/p{index}@1.0.0");
    document.parts = (0..components)
        .map(|index| Part {
            reference: reference(index),
            name: format!("p{index}"),
            kind: "library".to_owned(),
            purls: vec![reference(index)],
            parent: (index % 7 == 1).then(|| index - 1),
            ..Part::default()
        })
        .collect();
    document.dependencies = (0..components)
        .map(|index| Dependencies {
            from: reference(index),
            to: (1..4)
                .map(|more| reference((index + more) % components))
                .collect(),
            kind: Dependencies::DEPENDS_ON.to_owned(),
            is_complete: None,
        })
        .collect();
    document
}

#[test]
fn writing_and_merging_grow_with_the_document_and_no_faster() {
    let (small, big) = (large(2_000), large(20_000));
    let spent = |work: &dyn Fn() -> usize| {
        let from = Instant::now();
        assert!(work() > 0);
        from.elapsed().max(Duration::from_millis(1))
    };
    let subject = Subject::default();
    let mut growth = Vec::new();
    for target in Target::ALL {
        let of = |document: &Document| spent(&|| write(document, target).text.len());
        growth.push((target.as_str(), of(&small), of(&big)));
    }
    let of = |document: &Document| {
        let two = [document.clone(), document.clone()];
        spent(&|| merge(&two, &subject).parts.len())
    };
    growth.push(("merge", of(&small), of(&big)));
    for (what, small, big) in growth {
        let ratio = big.as_secs_f64() / small.as_secs_f64();
        println!("{what}: {small:?} for 2,000, {big:?} for 20,000 components: {ratio:.1}");
        // Ten times the components; a hundred would be the square.
        assert!(ratio < 40.0, "{what}: {ratio}");
    }
}
