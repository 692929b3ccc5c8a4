//! Notations other than JSON: what they say comes out in the JSON of their standard, valid by the
//! official schemas, and the same as a twin in JSON says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use bonafide_engine::sbom::{Format, Identified, Limits, Sbom, canonical_json, read};
use jsonschema::{Retrieve, Uri, Validator};
use serde_json::Value;

use crate::kit;

/// Finds schemas that a schema refers to, by their file names.
struct Schemas(PathBuf);

impl Retrieve for Schemas {
    fn retrieve(
        &self,
        uri: &Uri<String>,
    ) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let name = uri.path().as_str().rsplit('/').next().unwrap_or_default();
        Ok(serde_json::from_slice(&std::fs::read(self.0.join(name))?)?)
    }
}

fn validator(path: &Path) -> Validator {
    let schema: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    jsonschema::options()
        .with_retriever(Schemas(path.parent().unwrap().to_owned()))
        .build(&schema)
        .unwrap()
}

/// The documents that the specification calls valid, by version, in one notation.
fn valid_documents(version: &str, ending: &str) -> Option<Vec<PathBuf>> {
    let folder = kit::shared(&format!("cyclonedx-conformance/{version}"))?;
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with("valid-") && name.ends_with(ending)
        })
        .collect();
    files.sort();
    Some(files)
}

const VERSIONS: [&str; 8] = ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"];

/// What two notations of one document must have in common.
fn essence(sbom: &Sbom) -> Value {
    let component = |c: &bonafide_engine::sbom::Component| {
        serde_json::json!([
            c.bom_ref,
            c.kind,
            c.group,
            c.name,
            c.version,
            c.purl_text,
            c.cpe,
            c.supplier,
            c.licenses,
            c.hashes
        ])
    };
    serde_json::json!({
        "serial": sbom.serial_number,
        "version": sbom.document_version,
        "subject": sbom.subject.as_ref().map(component),
        "components": sbom.components.iter().map(component).collect::<Vec<_>>(),
        "dependencies": sbom.dependencies,
        "contains": sbom.contains,
    })
}

/// Documents with elements that are not of CycloneDX: fruit of a foreign namespace, and a signature
/// over the XML, which is no signature over the JSON.
const NOT_CARRIED: [&str; 2] = ["valid-external-elements-", "valid-xml-signature-"];

/// Twins that say different things themselves: the start of their names and what differs.
const UNEQUAL: [(&str, &str); 8] = [
    (
        "valid-bom-",
        "other purls and dependencies, one component less in JSON",
    ),
    (
        "valid-component-ref-",
        "a third, nested component in XML only",
    ),
    (
        "valid-compositions-",
        "pkg:maven/acme/library@3.0 has version 2.0 in XML, 3.0 in JSON",
    ),
    ("valid-external-reference-", "a publisher in JSON only"),
    ("valid-license-expression-", "hashes in XML only"),
    ("valid-service-", "a publisher in JSON only"),
    (
        "valid-component-external-with-version.",
        "version 24H2 in XML, 24.04 in JSON",
    ),
    ("valid-license-choice-", "a purl in XML only"),
];

#[test]
fn cyclonedx_xml_becomes_valid_json_of_its_version() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for version in VERSIONS {
        let Some(files) = valid_documents(version, ".xml") else {
            return;
        };
        // There is no JSON of the first two versions.
        let schema = if matches!(version, "1.0" | "1.1") {
            "1.2"
        } else {
            version
        };
        let schema = kit::shared(&format!("schemas/cyclonedx/bom-{schema}.schema.json")).unwrap();
        let validator = validator(&schema);
        for file in files {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = std::fs::read(&file).unwrap();
            let (_, text) = match canonical_json(&bytes, &Limits::default()) {
                Ok(done) => done,
                Err(error) => {
                    wrong.push(format!("{name}: {error} {:?}", error.place()));
                    continue;
                }
            };
            let value: Value = serde_json::from_str(&text).unwrap();
            wrong.extend(
                validator
                    .iter_errors(&value)
                    .take(3)
                    .map(|e| format!("{name}: {e} at {}", e.instance_path())),
            );
            *counts.entry(version).or_default() += 1;
            let sbom = read(&bytes, &Limits::default()).unwrap();
            wrong.extend(
                sbom.warnings
                    .iter()
                    .filter(|warning| warning.code == "fields-not-understood")
                    .filter(|_| !NOT_CARRIED.iter().any(|start| name.starts_with(start)))
                    .map(|warning| format!("{name}: {}", warning.text)),
            );
        }
    }
    println!("transcoded and valid: {counts:?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn cyclonedx_xml_says_what_its_twin_in_json_says() {
    let (mut equal, mut other, mut unequal) = (0, Vec::new(), BTreeSet::new());
    for version in VERSIONS {
        let Some(files) = valid_documents(version, ".xml") else {
            return;
        };
        for file in files {
            let twin = file.with_extension("json");
            if !twin.exists() {
                continue;
            }
            let [xml, json] = [&file, &twin].map(|path| {
                let bytes = std::fs::read(path).unwrap();
                essence(&read(&bytes, &Limits::default()).unwrap())
            });
            let name = file.file_name().unwrap().to_string_lossy();
            let known = UNEQUAL
                .iter()
                .position(|(start, _)| name.starts_with(start));
            if xml == json {
                equal += 1;
            } else if let Some(known) = known {
                unequal.insert(known);
            } else {
                other.push(format!("{name}:\n  {xml}\n  {json}"));
            }
        }
    }
    println!("{equal} twins say the same");
    assert_eq!(
        unequal.len(),
        UNEQUAL.len(),
        "an exception is none any more"
    );
    assert!(other.is_empty(), "{other:#?}");
}

/// A fixture in every notation of its standard says the same.
#[track_caller]
fn check_twins(json: &str, others: &[(&str, Format)]) {
    let read = |name: &str| {
        let text = kit::fixture(&format!("sboms/{name}"));
        let sbom = read(text.as_bytes(), &Limits::default());
        sbom.unwrap_or_else(|error| panic!("{name}: {error} {:?}", error.place()))
    };
    let wanted = read(json);
    for (name, format) in others {
        let sbom = read(name);
        assert_eq!(sbom.format, *format, "{name}");
        assert_eq!(essence(&sbom), essence(&wanted), "{name}");
        assert_eq!(sbom.spec_version, wanted.spec_version, "{name}");
        assert_eq!(sbom.created_at_text, wanted.created_at_text, "{name}");
        assert_eq!(sbom.tools, wanted.tools, "{name}");
        let [codes, known] =
            [&sbom, &wanted].map(|sbom| sbom.warnings.iter().map(|w| w.code).collect::<Vec<_>>());
        assert_eq!(codes, known, "{name}");
    }
}

#[test]
fn our_documents_say_the_same_in_every_notation() {
    check_twins(
        "cyclonedx-1.6.json",
        &[("cyclonedx-1.6.xml", Format::CyclonedxXml)],
    );
    check_twins(
        "spdx-2.3.json",
        &[
            ("spdx-2.3.spdx", Format::SpdxTagValue),
            ("spdx-2.3.spdx.yaml", Format::SpdxYaml),
            ("spdx-2.3.spdx.rdf", Format::SpdxRdf),
        ],
    );
}

#[test]
fn the_specifications_documents_are_read_and_its_wrong_ones_do_no_harm() {
    let Some(folder) = kit::shared("cyclonedx-conformance") else {
        return;
    };
    let (mut valid, mut invalid, mut wrong) = (0, 0, Vec::new());
    for version in VERSIONS {
        for file in std::fs::read_dir(folder.join(version)).unwrap() {
            let file = file.unwrap().path();
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let is_ours = [".json", ".xml"].iter().any(|end| name.ends_with(end));
            if !is_ours {
                continue;
            }
            let outcome = read(&std::fs::read(&file).unwrap(), &Limits::default());
            if !name.starts_with("valid-") {
                invalid += 1;
                continue;
            }
            valid += 1;
            wrong.extend(outcome.err().map(|error| format!("{name}: {error}")));
        }
    }
    println!("{valid} valid documents read; {invalid} invalid ones read or refused");
    assert!(valid > 0 && invalid > 0);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn spdx_3_is_read_with_what_stands_elsewhere_in_its_graph() {
    let text = kit::fixture("sboms/spdx-3.0.1.json");
    let sbom = read(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(sbom.format, Format::Spdx3JsonLd);
    assert_eq!(sbom.spec_version, "3.0.1");
    assert_eq!(
        sbom.serial_number.as_deref(),
        Some("https://example.com/spdx/document")
    );
    assert_eq!(sbom.name.as_deref(), Some("door-controller"));
    assert_eq!(
        sbom.created_at_text.as_deref(),
        Some("2026-01-02T03:04:05Z")
    );
    assert_eq!(sbom.tools, ["bomgen 11.0"]);
    let subject = sbom.subject.as_ref().unwrap();
    assert_eq!(
        (subject.name.as_str(), subject.kind.as_str()),
        ("Door Controller", "firmware")
    );
    let names: Vec<&str> = sbom.components.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["widgets", "inner", "libssl3", "ubuntu"]);
    assert_eq!(sbom.dependencies, [(0, 1), (Sbom::SUBJECT, 0)]);
    assert_eq!(sbom.contains, [(0, 1)]);
    let widgets = &sbom.components[0];
    assert_eq!(widgets.supplier.as_deref(), Some("Acme GmbH"));
    assert_eq!(widgets.licenses, ["MIT"]);
    assert_eq!(widgets.hashes, [("sha256".to_owned(), "abcdef".to_owned())]);
    assert_eq!(
        widgets.purl_text.as_deref(),
        Some("pkg:npm/%40acme/widgets@1.2.2")
    );
    assert!(widgets.cpe.is_some());
    assert_eq!(
        sbom.components[1].purl_text.as_deref(),
        Some("pkg:npm/inner@1.0.0")
    );
    // The operating system lends its release to the packages of its distribution.
    let Identified::Package(key) = &sbom.components[2].identified else {
        panic!("{:?}", sbom.components[2].identified);
    };
    assert_eq!(key.to_string(), "Ubuntu:22.04:LTS/openssl");
    let warnings: Vec<&str> = sbom.warnings.iter().map(|w| w.code).collect();
    assert_eq!(warnings, ["reference-dangling"]);
}
