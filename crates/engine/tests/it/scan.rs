//! One SBOM against some advisories: grouping, what is only possible, withdrawn records, VEX. The
//! cases are small documents of our own; the engine's evaluation has its own tests.

use std::collections::BTreeMap;

use bonafide_engine::advisory::{glance_osv, read_osv};
use bonafide_engine::matching::Confidence;
use bonafide_engine::sbom::{self, Component, Limits};
use bonafide_engine::scan::{
    self, Answer, Catalogue, Exploited, Feed, Flaws, Record, RecordFacts, Report, Subject, Vex,
    World, distinct, wanted,
};
use bonafide_engine::vex;
use serde_json::{Value, json};

/// Every record in full, as an index holds them.
fn catalogue(records: &[Value], components: &[Component]) -> (Catalogue, Flaws) {
    let mut flaws = Flaws::default();
    let mut catalogue = Catalogue {
        feeds: vec![Feed {
            source: "test".into(),
            kind: "osv".into(),
            ..Feed::default()
        }],
        ..Catalogue::default()
    };
    let keys = wanted(&distinct(components));
    let mut hits = Vec::new();
    for record in records {
        let text = record.to_string();
        let glance = glance_osv(text.as_bytes()).unwrap();
        flaws.add(
            &glance.id,
            glance.aliases.iter().map(String::as_str),
            glance.upstream.iter().map(String::as_str),
        );
        let ecosystems = glance.packages.iter().map(|key| key.ecosystem.clone());
        catalogue.ecosystems.extend(ecosystems);
        let advisory = read_osv(text.as_bytes()).unwrap();
        hits.extend(Record::of(advisory, |key| keys.contains(key)));
    }
    flaws.settle();
    let mut places = BTreeMap::new();
    for mut record in hits {
        let number = flaws.number_of(&record.id).unwrap();
        record.flaw = *places.entry(number).or_insert_with(|| {
            catalogue.flaws.push(flaws.group(number).unwrap());
            catalogue.flaws.len() - 1
        });
        catalogue.records.push(record);
    }
    (catalogue, flaws)
}

fn components(purls: &[&str]) -> Vec<Component> {
    let one = |purl: &&str| Component::locked("x", None, Ok((*purl).to_owned()));
    purls.iter().map(one).collect()
}

fn judge(records: &[Value], components: &[Component], world: &World) -> Report {
    let (catalogue, _) = catalogue(records, components);
    let report = scan::scan(&distinct(components), &catalogue, world);
    assert_eq!(report.components, report.checked + report.unknown.len());
    report
}

/// An npm record with one range from 0.
fn npm(id: &str, aliases: &[&str], package: &str, fixed: &str) -> Value {
    json!({
        "id": id, "modified": "2026-01-01T00:00:00Z", "aliases": aliases,
        "affected": [{
            "package": { "ecosystem": "npm", "name": package },
            "ranges": [{ "type": "SEMVER", "events": [{ "introduced": "0" }, { "fixed": fixed }] }],
        }],
    })
}

/// `id: records` of the findings.
fn found(report: &Report) -> Vec<String> {
    let line = |f: &scan::Finding| format!("{}: {}", f.id, f.records.join(" "));
    report.findings.iter().map(line).collect()
}

#[test]
fn aliases_join_over_records_that_name_other_packages() {
    let records = [
        npm("EX-1", &["GHSA-aaaa-bbbb-cccc"], "lib", "2.0.0"),
        npm("EX-2", &["CVE-2026-90001"], "lib", "2.0.0"),
        // Only this record knows that the two mean one flaw, and it names another package.
        npm(
            "EX-3",
            &["GHSA-aaaa-bbbb-cccc", "CVE-2026-90001"],
            "elsewhere",
            "1.0.0",
        ),
    ];
    let report = judge(
        &records,
        &components(&["pkg:npm/lib@1.0.0"]),
        &World::default(),
    );
    assert_eq!(found(&report), ["CVE-2026-90001: EX-1 EX-2"]);
    let finding = &report.findings[0];
    assert_eq!(
        finding.aliases,
        ["GHSA-aaaa-bbbb-cccc", "EX-1", "EX-2", "EX-3"]
    );
    assert_eq!(finding.fixed, ["2.0.0"]);
    assert_eq!(finding.exploited, None, "no catalogue was given");
    assert_eq!(finding.matched_by.identifier, "npm/lib@1.0.0");
    assert_eq!(finding.matched_by.range, "<2.0.0");
}

#[test]
fn a_downstream_record_joins_its_one_flaw_and_no_others() {
    let mut one = npm("DOWN-1", &[], "lib", "2.0.0");
    one["upstream"] = json!(["CVE-2026-90001"]);
    let mut several = npm("DOWN-2", &[], "lib", "2.0.0");
    several["upstream"] = json!(["CVE-2026-90001", "CVE-2026-90002"]);
    let mut exploited = BTreeMap::new();
    let entry = Exploited {
        catalogue: "cisa-kev".into(),
        date_added: None,
    };
    exploited.insert("CVE-2026-90002".to_owned(), vec![entry]);
    let world = World {
        exploited: Some(exploited),
        ..World::default()
    };
    let report = judge(&[one, several], &components(&["pkg:npm/lib@1.0.0"]), &world);
    assert_eq!(found(&report), ["CVE-2026-90001: DOWN-1", "DOWN-2: DOWN-2"]);
    let known: Vec<_> = report.findings.iter().map(|f| f.exploited).collect();
    assert_eq!(
        known,
        [Some(false), Some(true)],
        "a notice stands for all it repeats"
    );
}

#[test]
fn a_record_that_names_too_many_aliases_is_not_believed() {
    let aliases: Vec<String> = (0..60).map(|n| format!("CVE-2026-9{n:04}")).collect();
    let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
    let report = judge(
        &[npm("EX-1", &aliases, "lib", "2.0.0")],
        &components(&["pkg:npm/lib@1.0.0"]),
        &World::default(),
    );
    assert_eq!(found(&report), ["EX-1: EX-1"]);
}

#[test]
fn disagreement_is_shown_and_withdrawn_records_match_nothing() {
    let mut gone = npm("EX-3", &["CVE-2026-90001"], "lib", "9.0.0");
    gone["withdrawn"] = json!("2026-02-02T00:00:00Z");
    let records = [
        npm("EX-1", &["CVE-2026-90001"], "lib", "2.0.0"),
        npm("EX-2", &["CVE-2026-90001"], "lib", "1.0.0"),
        gone.clone(),
    ];
    let report = judge(
        &records,
        &components(&["pkg:npm/lib@1.5.0"]),
        &World::default(),
    );
    assert_eq!(found(&report), ["CVE-2026-90001: EX-1"]);
    let others: Vec<_> = report.findings[0]
        .disagreeing
        .iter()
        .map(|one| (one.record.as_str(), one.says.as_str(), one.because.as_str()))
        .collect();
    let expected = [
        ("EX-2", "not-affected", "<1.0.0"),
        ("EX-3", "withdrawn", "2026-02-02T00:00:00Z"),
    ];
    assert_eq!(others, expected);
    let alone = judge(
        &[gone],
        &components(&["pkg:npm/lib@1.5.0"]),
        &World::default(),
    );
    assert_eq!((alone.findings.len(), alone.checked), (0, 1));
}

#[test]
fn what_cannot_be_decided_is_possible_and_unknown_and_no_finding() {
    let everything = json!({
        "id": "MAL-1", "affected": [{
            "package": { "ecosystem": "npm", "name": "bad" },
            "ranges": [{ "type": "SEMVER", "events": [{ "introduced": "0" }] }],
        }],
    });
    let records = [npm("EX-1", &[], "lib", "2.0.0"), everything];
    let purls = [
        "pkg:npm/lib",
        "pkg:npm/bad",
        "pkg:npm/other",
        "pkg:npm/lib@latest",
        "pkg:gem/lib@1.0",
    ];
    let report = judge(&records, &components(&purls), &World::default());
    assert_eq!(report.findings, []);
    let possible: Vec<_> = report
        .possible
        .iter()
        .map(|p| {
            (
                p.finding.purl.as_deref().unwrap(),
                p.reason.as_str(),
                p.confidence,
            )
        })
        .collect();
    let expected = [
        ("pkg:npm/bad", "version-missing", Confidence::High),
        ("pkg:npm/lib", "version-missing", Confidence::Medium),
        (
            "pkg:npm/lib@latest",
            "version-unparsable",
            Confidence::Medium,
        ),
    ];
    assert_eq!(possible, expected);
    let unknown: Vec<_> = report
        .unknown
        .iter()
        .map(|one| (one.purl.as_deref().unwrap(), one.reason.as_str()))
        .collect();
    // A package that no advisory names needs no version to be clean.
    let expected = [
        ("pkg:npm/bad", "version-missing"),
        ("pkg:npm/lib", "version-missing"),
        ("pkg:gem/lib@1.0", "no-advisories-for-ecosystem"),
        ("pkg:npm/lib@latest", "version-unparsable"),
    ];
    let mut sorted = expected.to_vec();
    sorted.sort_unstable();
    let mut unknown = unknown;
    unknown.sort_unstable();
    assert_eq!(unknown, sorted);
    assert_eq!(report.checked, 1);
}

/// `component | ecosystems of the records | why it is not checked, or "-"`
const COVERED: &str = "\
pkg:npm/lib@1.0.0 | npm | -
pkg:npm/lib@1.0.0 | PyPI | no-advisories-for-ecosystem
pkg:deb/debian/lib@1.0-1?distro=debian-12 | Debian:12 | -
pkg:deb/debian/lib@1.0-1?distro=debian-12 | Debian:11 | no-advisories-for-ecosystem
pkg:deb/debian/lib@1.0-1?distro=debian-12 | Debian:11, Debian:13 | no-advisories-for-ecosystem
pkg:deb/debian/lib@1.0-1?distro=debian-12 | Debian | -
pkg:deb/debian/lib@1.0-1?distro=debian-12 | Ubuntu:22.04:LTS | no-advisories-for-ecosystem
pkg:deb/debian/lib@1.0-1 | Debian:12 | distribution-release-unknown
pkg:deb/debian/lib@1.0-1 | Alpine:v3.20 | no-advisories-for-ecosystem
pkg:deb/debian/lib@1.0-1+deb12u1 | Debian:12 | -
pkg:deb/debian/lib@1.0-1+deb12u1 | Debian:11 | no-advisories-for-ecosystem
pkg:deb/ubuntu/lib@1.0-1?distro=ubuntu-22.04 | Ubuntu:22.04:LTS | -
pkg:deb/ubuntu/lib@1.0-1?distro=ubuntu-22.04 | Ubuntu:Pro:22.04:LTS | no-advisories-for-ecosystem
pkg:apk/alpine/lib@1.0-r0?distro=alpine-3.20.1 | Alpine:v3.20 | -
pkg:apk/alpine/lib@1.0-r0?distro=alpine-3.20.1 | Alpine:v3.19 | no-advisories-for-ecosystem
pkg:rpm/amazon/lib@1.0-1?distro=amazon-2 | AlmaLinux:9 | distribution-not-supported
pkg:generic/lib@1.0.0 | npm, PyPI, Debian:12 | ecosystem-without-advisories
";

#[test]
fn what_no_advisory_covers_is_unknown_and_a_release_is_an_ecosystem_of_its_own() {
    for line in COVERED.lines() {
        let fields: Vec<&str> = line.split(" | ").map(str::trim).collect();
        let records: Vec<Value> = fields[1]
            .split(", ")
            .map(|ecosystem| {
                let package = json!({ "ecosystem": ecosystem, "name": "elsewhere" });
                json!({ "id": format!("EX-{ecosystem}"), "affected": [{ "package": package }] })
            })
            .collect();
        let report = judge(&records, &components(&[fields[0]]), &World::default());
        let reason = report.unknown.first().map_or("-", |one| &one.reason);
        assert_eq!(reason, fields[2], "{line}");
        assert_eq!(report.checked, usize::from(reason == "-"), "{line}");
    }
}

#[test]
fn everything_a_component_may_be_called_is_asked() {
    let purls = [
        "pkg:npm/%40a/b@1.0.0",
        "pkg:golang/example.org/net/http2@v1.0.0",
        "pkg:deb/debian/lib@1.0-1?upstream=source",
        "pkg:apk/alpine/lib@1.0-r0?distro=3.20",
        "pkg:rpm/redhat/lib@1.0-1.el9",
        "pkg:maven/g/a@1",
        "pkg:pypi/A_b@1",
        "pkg:composer/drupal/core@1",
        "pkg:nuget/A.b@1",
        "pkg:bitnami/a@1",
        "pkg:cargo/root-a@1.root.io.1",
    ];
    let components = components(&purls);
    for (item, component) in distinct(&components).iter().zip(&components) {
        let own = &item.variants[0].lookups;
        assert_eq!(*own, component.lookups(), "{:?}", component.purl_text);
    }
}

#[test]
fn a_path_that_may_lie_in_a_module_is_possible_only_where_the_module_is_not_there() {
    let record = json!({
        "id": "GO-1", "affected": [{
            "package": { "ecosystem": "Go", "name": "example.org/net" },
            "ranges": [{ "type": "SEMVER", "events": [{ "introduced": "0" }, { "fixed": "2.0.0" }] }],
        }],
    });
    let alone = ["pkg:golang/example.org/net/http2@v1.0.0"];
    let report = judge(
        std::slice::from_ref(&record),
        &components(&alone),
        &World::default(),
    );
    assert_eq!((report.findings.len(), report.possible.len()), (0, 1));
    assert_eq!(report.possible[0].reason, "package-inside-module");
    let both = [
        "pkg:golang/example.org/net/http2@v1.0.0",
        "pkg:golang/example.org/net@v1.0.0",
    ];
    let report = judge(&[record], &components(&both), &World::default());
    assert_eq!((report.findings.len(), report.possible.len()), (1, 0));
}

#[test]
fn components_are_counted_once_by_purl_or_by_name() {
    let document = json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6",
        "metadata": { "component": { "type": "application", "name": "subject" } },
        "components": [
            { "type": "library", "name": "a", "purl": "pkg:npm/a@1.0.0", "components": [
                { "type": "library", "name": "b", "group": "g", "version": "1" },
                { "type": "library", "name": "a again", "purl": "pkg:NPM/a@1.0.0" } ] },
            { "type": "library", "name": "b", "group": "g", "version": "1" },
            { "type": "framework", "name": "b", "group": "g", "version": "1" },
            { "type": "library", "name": "a", "purl": "pkg:npm/a@1.0.0?x=y" },
            { "type": "library", "name": "c", "version": "1.0.0", "purl": "pkg:npm/c" },
            { "type": "library", "name": "c", "version": "3.0.0", "purl": "pkg:npm/c" },
        ],
    });
    let sbom = sbom::read(document.to_string().as_bytes(), &Limits::default()).unwrap();
    let report = judge(
        &[npm("EX-1", &[], "c", "2.0.0")],
        &sbom.components,
        &World::default(),
    );
    assert_eq!(report.components, 5);
    // Both versions under one purl were compared, and the one that is affected is named.
    let versions: Vec<_> = report
        .findings
        .iter()
        .map(|f| f.version.as_deref())
        .collect();
    assert_eq!(versions, [Some("1.0.0")]);
}

#[test]
fn the_answer_does_not_depend_on_the_order_of_anything() {
    let mut records = vec![
        npm("EX-1", &["CVE-2026-90001"], "lib", "2.0.0"),
        npm("EX-2", &["CVE-2026-90001"], "lib", "3.0.0"),
        npm("EX-3", &["EX-2"], "lib", "1.0.0"),
        npm("EX-4", &[], "other", "2.0.0"),
    ];
    let mut purls = vec![
        "pkg:npm/lib@1.0.0",
        "pkg:npm/other@1.0.0",
        "pkg:npm/lib@1.5.0",
    ];
    let bytes = |records: &[Value], purls: &[&str]| {
        let report = judge(records, &components(purls), &World::default());
        serde_json::to_string(&report).unwrap()
    };
    let first = bytes(&records, &purls);
    records.reverse();
    purls.reverse();
    assert_eq!(bytes(&records, &purls), first);
    let read: Report = serde_json::from_str(&first).unwrap();
    assert_eq!(
        serde_json::to_string(&read).unwrap(),
        first,
        "a report can be read again"
    );
}

#[test]
fn vex_takes_findings_away_and_says_who_did() {
    let document = json!({
        "@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://example.com/vex/1",
        "author": "Example AG", "timestamp": "2026-03-01T00:00:00Z", "version": 1,
        "statements": [{
            "vulnerability": { "name": "CVE-2026-90001" },
            "products": [{ "@id": "pkg:npm/lib@1.0.0" }],
            "status": "not_affected", "justification": "vulnerable_code_not_present",
        }],
    });
    let documents = [Vex {
        source: "vex.json".into(),
        document: vex::read(document.to_string().as_bytes()).unwrap(),
    }];
    let components = components(&["pkg:npm/lib@1.0.0", "pkg:npm/lib@1.1.0"]);
    let records = [npm("EX-1", &["CVE-2026-90001"], "lib", "2.0.0")];
    let mut report = judge(&records, &components, &World::default());
    assert_eq!(report.findings.len(), 2);
    scan::suppress(
        &mut report,
        &distinct(&components),
        Subject::default(),
        &documents,
    );
    assert_eq!(
        report.findings[0].purl.as_deref(),
        Some("pkg:npm/lib@1.1.0")
    );
    let gone = &report.suppressed[0];
    assert_eq!(
        (gone.status.as_str(), gone.who.as_deref()),
        ("not_affected", Some("Example AG"))
    );
    assert_eq!(gone.why.as_deref(), Some("vulnerable_code_not_present"));
}

/// `version of lib | id | answer | reason`
const EXPLAINED: &str = "\
1.0.0 | CVE-2026-90001 | affected | range-matches
3.0.0 | EX-1 | not-affected | outside-every-range
1.0.0 | EX-2 | not-affected | package-not-named
1.0.0 | EX-9 | unknown | no-record-of-this-flaw
latest | EX-1 | possible | version-unparsable
1.0.0 | EX-3 | not-affected | every-record-withdrawn
";

#[test]
fn every_why_and_why_not_has_its_reason() {
    let mut gone = npm("EX-3", &[], "lib", "9.0.0");
    gone["withdrawn"] = json!("2026-02-02T00:00:00Z");
    let records = [
        npm("EX-1", &["CVE-2026-90001"], "lib", "2.0.0"),
        npm("EX-2", &[], "elsewhere", "2.0.0"),
        gone,
    ];
    for line in EXPLAINED.lines() {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let components = components(&[&format!("pkg:npm/lib@{}", fields[0])]);
        let (catalogue, flaws) = catalogue(&records, &components);
        let number = flaws.number_of(fields[1]);
        let facts: Vec<RecordFacts> = records
            .iter()
            .filter_map(|record| {
                let text = record.to_string();
                let glance = glance_osv(text.as_bytes()).unwrap();
                let fact = RecordFacts {
                    id: glance.id.clone().into_owned(),
                    packages: glance.packages,
                    ..RecordFacts::default()
                };
                (number.is_some() && flaws.number_of(&fact.id) == number).then_some(fact)
            })
            .collect();
        let flaw = number.and_then(|number| flaws.group(number));
        let items = distinct(&components);
        let world = World::default();
        let said = scan::explain(
            &items[0],
            fields[1],
            flaw.as_ref(),
            &facts,
            &catalogue,
            &world,
        );
        let answer = match said.answer {
            Answer::Affected => "affected",
            Answer::NotAffected => "not-affected",
            Answer::Possible => "possible",
            Answer::Unknown => "unknown",
        };
        assert_eq!(
            (answer, said.reason.as_str()),
            (fields[2], fields[3]),
            "{line}"
        );
        assert!(said.because.ends_with('.'), "{}", said.because);
        assert_eq!(said.records.len(), facts.len(), "{line}");
    }
}
