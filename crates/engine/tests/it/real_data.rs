//! All real OSV records and SBOMs that lie beside the project. Figures are printed
//! (`--nocapture`); what must hold is asserted.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use bonafide_engine::advisory::{Advisory, Event, RangeKind, read_osv};
use bonafide_engine::matching::{Outcome, evaluate};
use bonafide_engine::sbom::{Identified, Limits, read};
use bonafide_engine::vers::order_of;
use bonafide_engine::version::Version;

use crate::kit;

/// Reads all records of one folder of the OSV data.
fn advisories(folder: &str) -> Option<(Vec<Advisory>, Vec<String>, Duration)> {
    let path = kit::shared(&format!("osv/{folder}/all.zip"))?;
    let (mut read, mut failed, mut spent) = (Vec::new(), Vec::new(), Duration::ZERO);
    kit::each_in_zip(&path, |name, bytes| {
        let from = Instant::now();
        let record = read_osv(bytes);
        spent += from.elapsed();
        match record {
            Ok(record) => read.push(record),
            Err(error) => failed.push(format!("{name}: {error}")),
        }
    });
    Some((read, failed, spent))
}

const FOLDERS: [&str; 9] = [
    "crates.io",
    "npm",
    "PyPI",
    "Go",
    "Maven",
    "Bitnami",
    "Packagist",
    "Packagist-drupal",
    "NuGet",
];

#[test]
fn every_real_advisory_is_read() {
    for folder in FOLDERS {
        let Some((read, failed, spent)) = advisories(folder) else {
            return;
        };
        let problems: Vec<String> = read
            .iter()
            .flat_map(|a| {
                a.problems
                    .iter()
                    .map(move |p| format!("{} {} {}", a.id, p.code, p.place))
            })
            .collect();
        let rate = read.len() as f64 / spent.as_secs_f64();
        println!(
            "OSV {folder}: {} read, {} failed, {rate:.0}/s; {} problems: {:?}",
            read.len(),
            failed.len(),
            problems.len(),
            problems.iter().take(12).collect::<Vec<_>>()
        );
        assert!(failed.is_empty(), "{failed:#?}");
        assert!(!read.is_empty());
    }
}

#[test]
fn nearly_every_version_of_real_ranges_can_be_compared() {
    for folder in FOLDERS {
        let Some((read, _, _)) = advisories(folder) else {
            return;
        };
        let (mut count, mut wrong) = (0, Vec::new());
        for entry in read.iter().flat_map(|advisory| &advisory.affected) {
            let ranges = entry
                .ranges
                .iter()
                .filter(|range| range.kind != RangeKind::Git);
            for event in ranges.flat_map(|range| &range.events) {
                let (Event::Introduced(text)
                | Event::Fixed(text)
                | Event::LastAffected(text)
                | Event::Limit(text)) = event;
                count += 1;
                if text != "0" && Version::parse(&entry.package.ecosystem, text).is_err() {
                    wrong.push(format!("{} {text}", entry.package));
                }
            }
        }
        println!(
            "events of {folder}: {count}, not comparable {}: {wrong:?}",
            wrong.len()
        );
        // Less than one in a hundred; each of them leads to "unknown", never to "not affected".
        assert!(wrong.len() * 100 < count, "{wrong:#?}");
    }
}

#[test]
fn listed_versions_of_real_advisories_are_found_affected_by_their_ranges() {
    for folder in ["PyPI", "npm", "Maven", "Packagist"] {
        let Some((read, _, _)) = advisories(folder) else {
            return;
        };
        let (mut count, mut outside) = (0, Vec::new());
        for advisory in &read {
            for entry in advisory
                .affected
                .iter()
                .filter(|entry| entry.ranges.iter().any(|r| r.kind != RangeKind::Git))
            {
                let mut only_ranges = entry.clone();
                only_ranges.versions.clear();
                let only_ranges = [only_ranges];
                for version in &entry.versions {
                    count += 1;
                    let outcome = evaluate(&entry.package, version, &advisory.affected);
                    assert!(
                        matches!(outcome, Outcome::Affected(_)),
                        "{} {version}",
                        advisory.id
                    );
                    let by_range = evaluate(&entry.package, version, &only_ranges);
                    if matches!(by_range, Outcome::NotAffected(_)) {
                        outside.push(format!("{} {} {version}", advisory.id, entry.package));
                    }
                }
            }
        }
        println!(
            "{folder}: {count} listed versions, all affected; outside their ranges: {outside:#?}"
        );
        // Lists and ranges of one record come from one source, so a wrong order would show here.
        assert!(
            outside.len() < 10 && outside.len() * 10 < count,
            "{outside:#?}"
        );
    }
}

/// How many SBOMs of a format were read, and why others were refused.
#[derive(Default)]
struct Tally {
    read: usize,
    components: usize,
    identified: usize,
    reasons: BTreeMap<&'static str, usize>,
    ecosystems: BTreeMap<String, usize>,
    refused: BTreeMap<String, usize>,
}

/// Documents whose components `index.csv` counts in another way, and why.
const COUNTED_OTHERWISE: [(&str, &str); 3] = [
    (
        "unit/bom-metadata-components.json",
        "151 stand in `components` and 34 in the subject, which the index leaves out",
    ),
    (
        "unit/cyclonedx/valid-bom-1.",
        "the index counts every <component>, the ancestors of a pedigree too: they are where a \
         component comes from and no part of the product",
    ),
    (
        "testdata/sbom.spdx.yml",
        "the index could not read YAML and says 0",
    ),
];

#[test]
fn every_real_sbom_of_a_known_format_is_read() {
    let Some(archive) = kit::shared("sbom/sboms.tar.zst") else {
        return;
    };
    let index = std::fs::read_to_string(kit::shared("sbom/index.csv").unwrap()).unwrap();
    let formats: BTreeMap<&str, (&str, usize)> = index
        .lines()
        .skip(1)
        .filter_map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            Some((
                *fields.first()?,
                (*fields.get(1)?, fields.get(3)?.parse().ok()?),
            ))
        })
        .collect();
    let mut others = Vec::new();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut warnings: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut bytes_read, mut spent) = (0, Duration::ZERO);
    kit::each_in_tar_zst(&archive, |name, bytes| {
        let known = formats.iter().find(|(path, _)| name.ends_with(*path));
        let Some((_, (format, count))) = known else {
            return;
        };
        let from = Instant::now();
        let outcome = read(bytes, &Limits::default());
        spent += from.elapsed();
        bytes_read += bytes.len();
        let tally = tallies.entry((*format).to_owned()).or_default();
        match outcome {
            Ok(sbom) => {
                tally.read += 1;
                tally.components += sbom.components.len();
                let own = sbom.components.len() + usize::from(sbom.subject.is_some());
                let is_known = COUNTED_OTHERWISE
                    .iter()
                    .any(|(start, _)| name.contains(start));
                if sbom.components.len() != *count && own != *count && !is_known {
                    others.push(format!("{name}: {} and not {count}", sbom.components.len()));
                }
                for component in &sbom.components {
                    match &component.identified {
                        Identified::Package(key) => {
                            tally.identified += 1;
                            let ecosystem = key.ecosystem.clone();
                            *tally.ecosystems.entry(ecosystem).or_default() += 1;
                        }
                        Identified::Unidentified(code) => {
                            *tally.reasons.entry(code).or_default() += 1;
                        }
                    }
                }
                for warning in &sbom.warnings {
                    *warnings.entry(warning.code).or_default() += 1;
                }
            }
            Err(error) => {
                println!(
                    "refused {name}: {} {error} {:?}",
                    error.code(),
                    error.place()
                );
                *tally.refused.entry(error.code().to_owned()).or_default() += 1;
            }
        }
    });
    for (format, tally) in &tallies {
        println!(
            "{format}: {} read, {} components, {} identified {:?}, not {:?}, refused {:?}",
            tally.read,
            tally.components,
            tally.identified,
            tally.ecosystems,
            tally.reasons,
            tally.refused
        );
    }
    let rate = bytes_read as f64 / 1e6 / spent.as_secs_f64();
    println!("{bytes_read} bytes, {rate:.0} MB/s, warnings {warnings:?}");
    let seen = tallies
        .values()
        .map(|tally| tally.read + tally.refused.values().sum::<usize>());
    assert_eq!(
        seen.sum::<usize>(),
        formats.len(),
        "SBOMs of the index that were not tried"
    );
    assert!(others.is_empty(), "{others:#?}");
    for (format, tally) in &tallies {
        assert!(tally.refused.is_empty(), "{format} {:?}", tally.refused);
    }
}

#[test]
fn nearly_every_version_of_real_components_can_be_compared() {
    let Some(archive) = kit::shared("sbom/sboms.tar.zst") else {
        return;
    };
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    kit::each_in_tar_zst(&archive, |_, bytes| {
        let sbom = read(bytes, &Limits::default());
        for component in sbom.into_iter().flat_map(|sbom| sbom.components) {
            let version = component.version_to_match().map(str::to_owned);
            if let (Some(purl), Some(version)) = (component.purl, version) {
                versions.entry(purl.ty).or_default().insert(version);
            }
        }
    });
    let (mut all, mut odd) = (0, 0);
    for (ty, versions) in &versions {
        let Some(order) = order_of(ty) else {
            println!("{ty}: no order, {} versions", versions.len());
            continue;
        };
        let wrong: Vec<&String> = versions
            .iter()
            .filter(|version| order.parse(version).is_err())
            .collect();
        println!(
            "{ty}: {} versions, not comparable: {wrong:?}",
            versions.len()
        );
        all += versions.len();
        odd += wrong.len();
    }
    println!("{all} versions of components, {odd} not comparable");
    assert!(odd * 50 < all);
}
