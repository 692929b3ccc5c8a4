//! CVE records and CSAF documents: what is kept of them, and all the real ones against all the
//! real SBOMs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bonafide_engine::advisory::{Advisory, Format, Reading, read};
use bonafide_engine::matching::{Identity, Outcome, evaluate, identities};
use bonafide_engine::package::PackageKey;
use bonafide_engine::sbom::{self, Limits};

use crate::kit;

fn reading(name: &str) -> Reading {
    let text = kit::fixture(&format!("advisories/{name}.json"));
    read(text.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn a_cve_record_keeps_what_pages_and_matching_need() {
    let read = reading("cve-versions");
    assert_eq!(read.format, Format::Cve);
    let record = &read.records[0];
    assert_eq!(record.id, "CVE-2026-90101");
    assert_eq!(record.modified, "2026-01-05T00:00:00Z");
    assert_eq!(record.summary, "A widget's name is executed");
    assert_eq!(record.details, "In English.");
    assert_eq!(record.cwes, ["CWE-79"]);
    assert_eq!(record.severities[0].kind, "CVSS_V3");
    assert_eq!(record.references[0].kind, "FIX");
    assert_eq!(record.signals.kev_added_on.as_deref(), Some("2026-01-04"));
    let ssvc: Vec<String> = record
        .signals
        .ssvc
        .iter()
        .map(|(p, v)| format!("{p}={v}"))
        .collect();
    assert_eq!(ssvc, ["Exploitation=active", "Automatable=no"]);
    let codes: Vec<String> = record
        .problems
        .iter()
        .map(|p| format!("{} {}", p.code, p.place))
        .collect();
    assert_eq!(
        codes,
        ["affected-without-package /containers/cna/affected/5"]
    );
    let rejected = reading("cve-rejected");
    assert_eq!(
        rejected.records[0].withdrawn.as_deref(),
        Some("2026-02-01T00:00:00Z")
    );
    assert_eq!(rejected.records[0].summary, "Not a flaw after all.");
}

#[test]
fn a_csaf_document_becomes_one_record_for_each_flaw() {
    let read = reading("csaf-products");
    assert_eq!(read.format, Format::Csaf);
    let document = read.document.unwrap();
    assert_eq!(document.publisher, "psirt.acme.example");
    assert_eq!(
        (document.version.as_str(), document.status.as_str()),
        ("2", "final")
    );
    let ids: Vec<&str> = read.records.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(
        ids,
        ["ACME-2026-7:CVE-2026-90201", "ACME-2026-7:CVE-2026-90202"]
    );
    let record = &read.records[0];
    assert_eq!(record.aliases, ["CVE-2026-90201", "GHSA-dddd-eeee-ffff"]);
    assert_eq!(
        record.remediations,
        [("vendor_fix".to_owned(), "Update to 1.2.3.".to_owned())]
    );
    assert_eq!(record.cwes, ["CWE-306"]);
    assert_eq!(record.problems[0].code, "product-not-in-tree");
    let conditions: Vec<&str> = record
        .affected
        .iter()
        .filter_map(|e| e.condition.as_deref())
        .collect();
    assert_eq!(conditions, ["as part of Acme Platform 8"]);
    let withdrawn = reading("csaf-withdrawn");
    assert!(withdrawn.records.is_empty());
    assert_eq!(withdrawn.document.unwrap().id, "ACME-2026-7");
}

fn json_below(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            json_below(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
    found.sort();
}

/// Every real record below a folder, with the files that are no advisories.
fn real(folder: &str) -> Option<(Vec<Advisory>, Vec<String>)> {
    let root = kit::shared(folder)?;
    let (mut files, mut records, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    json_below(&root, &mut files);
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        match read(&bytes) {
            Ok(reading) => records.extend(reading.records),
            Err(error) => refused.push(format!("{}: {error}", file.display())),
        }
    }
    Some((records, refused))
}

const FOLDERS: [&str; 6] = [
    "cve-records",
    "csaf/real-cisa",
    "csaf/real-redhat",
    "csaf/gocsaf-testdata/csaf-documents/valid",
    "csaf/examples-2.0/csaf",
    "csaf/examples-2.1/csaf",
];

#[test]
fn every_real_record_is_read() {
    for folder in FOLDERS {
        let Some((records, refused)) = real(folder) else {
            return;
        };
        let entries: usize = records.iter().map(|record| record.affected.len()).sum();
        let mut by_key: BTreeMap<&str, usize> = BTreeMap::new();
        let mut problems: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for record in &records {
            for entry in &record.affected {
                *by_key.entry(&entry.package.ecosystem).or_default() += 1;
            }
            for problem in &record.problems {
                problems.entry(problem.code).or_default().push(&record.id);
            }
        }
        let bare: Vec<&str> = records
            .iter()
            .filter(|record| record.affected.is_empty() && record.withdrawn.is_none())
            .map(|record| record.id.as_str())
            .collect();
        println!(
            "{folder}: {} records, {entries} entries {by_key:?}; refused {refused:?}; {problems:?}; without product {bare:?}",
            records.len()
        );
        assert!(refused.is_empty(), "{refused:#?}");
        assert!(!records.is_empty(), "{folder}");
    }
}

/// The identities of all components of all real SBOMs, each once.
fn real_identities() -> Option<BTreeMap<String, Identity>> {
    let path = kit::shared("sbom/sboms.tar.zst")?;
    let mut all: BTreeMap<String, Identity> = BTreeMap::new();
    kit::each_in_tar_zst(&path, |_, bytes| {
        let Ok(document) = sbom::read(bytes, &Limits::default()) else {
            return;
        };
        for component in &document.components {
            for identity in identities(component) {
                all.insert(identity.text.clone(), identity);
            }
        }
    });
    Some(all)
}

#[test]
fn real_records_meet_real_components() {
    let Some(all) = real_identities() else {
        return;
    };
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for identity in all.values() {
        *kinds.entry(identity.package.ecosystem.clone()).or_default() += 1;
    }
    println!("identities: {kinds:?}");
    let (mut certain, mut possible) = (BTreeSet::new(), BTreeSet::new());
    for folder in FOLDERS {
        let Some((records, _)) = real(folder) else {
            return;
        };
        for record in &records {
            for identity in all.values() {
                match evaluate(&identity.package, &identity.version, &record.affected) {
                    Outcome::Affected(why) => {
                        assert_ne!(
                            identity.package.ecosystem,
                            PackageKey::NAME,
                            "a bare name is never certain"
                        );
                        certain.insert(format!(
                            "{} {} {} [{}]",
                            record.id,
                            identity.text,
                            why.rule.as_str(),
                            why.range
                        ));
                    }
                    Outcome::Unknown(why) => {
                        let near = why.nearest.as_ref().map_or("", |near| near.range.as_str());
                        possible.insert(format!(
                            "{} {} {} {} [{near}]",
                            record.id,
                            identity.text,
                            why.code,
                            why.confidence.as_str()
                        ));
                    }
                    Outcome::NotAffected(_) => {}
                }
            }
        }
    }
    println!(
        "certain {}:\n{}",
        certain.len(),
        certain.iter().cloned().collect::<Vec<_>>().join("\n")
    );
    println!(
        "possible {}:\n{}",
        possible.len(),
        possible.iter().cloned().collect::<Vec<_>>().join("\n")
    );
    assert!(
        !possible.is_empty(),
        "hundreds of SBOMs name at least one product of a record"
    );
}
