//! The targets, one test each.

use std::cmp::Ordering;

use bonafide_engine::advisory::{self, glance_osv, read_osv};
use bonafide_engine::cpe::{Cpe, Relation};
use bonafide_engine::exploitation::{read_cisa_kev, read_epss, read_euvd_kev};
use bonafide_engine::export::{CyclonedxVersion, Stamp, Target, export};
use bonafide_engine::matching::evaluate;
use bonafide_engine::purl::Purl;
use bonafide_engine::sbom::{self, Limits, document};
use bonafide_engine::scan::{distinct, wanted};
use bonafide_engine::version::Version;
use bonafide_engine::{csaf, diff, severity, ssvc, vers, vex};

use super::{corpus, run};

#[test]
fn fuzz_sbom() {
    run("sbom", &corpus::sboms(), 1, |bytes| {
        if let Ok(read) = sbom::read(bytes, &Limits::default()) {
            let _ = wanted(&distinct(&read.components));
        }
    });
}

#[test]
fn fuzz_document_export_and_diff() {
    let stamp = Stamp {
        now: "2026-01-02T00:00:00Z".into(),
        serial: "00000000-0000-4000-8000-000000000000".into(),
        tool_name: "fuzz".into(),
        tool_version: "1".into(),
    };
    let targets = [
        Target::Cyclonedx(CyclonedxVersion::V1_7),
        Target::Spdx2,
        Target::Spdx3,
    ];
    run("document", &corpus::sboms(), 2, |bytes| {
        let Ok(read) = document::read(bytes, &Limits::default()) else {
            return;
        };
        assert!(
            diff::compare(&read, &read).is_empty(),
            "differs from itself"
        );
        for target in targets {
            let written = export(&read, target, &stamp);
            let again = document::read(written.text.as_bytes(), &Limits::default());
            assert!(again.is_ok(), "what we write we can read: {again:?}");
        }
    });
}

#[test]
fn fuzz_advisory() {
    run("advisory", &corpus::advisories(), 1, |bytes| {
        let _ = glance_osv(bytes);
        let _ = read_osv(bytes);
        let Ok(reading) = advisory::read(bytes) else {
            return;
        };
        for record in &reading.records {
            for entry in record.affected.iter().take(5) {
                for version in ["", "1.0.0", "v1.1", "1:1.2-3.el9", "9".repeat(40).as_str()] {
                    let _ = evaluate(&entry.package, version, &record.affected);
                }
            }
        }
    });
}

#[test]
fn fuzz_catalogues() {
    let seeds: [&[u8]; 3] = [
        br#"{"catalogVersion":"1","dateReleased":"2026-01-01T00:00:00Z","count":1,"vulnerabilities":[{"cveID":"CVE-2026-90001","dateAdded":"2025-01-01","knownRansomwareCampaignUse":"Known","notes":"https://a.example ; b"}]}"#,
        br#"[{"cveId":"CVE-2026-90001","euvdId":"EUVD-2026-90001","dateAdded":"2025-01-01","sources":["cisa_kev"]}]"#,
        b"#model_version:v1,score_date:2026-06-01\ncve,epss,percentile\nCVE-2026-90001,0.1,0.2\nCVE-2026-90002,1e-5,1\n",
    ];
    run("catalogues", &seeds.map(<[u8]>::to_vec), 1, |bytes| {
        let _ = read_cisa_kev(bytes);
        let _ = read_euvd_kev(bytes);
        if let Ok(rows) = read_epss(bytes) {
            let _ = rows.count();
        }
    });
}

#[test]
fn fuzz_purl() {
    let mut seeds = corpus::fields("matches/gate/labels.txt", "pkg:");
    seeds.extend(corpus::fields("matches/distribution-keys.txt", "pkg:"));
    run("purl", &seeds, 1, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let Ok(purl) = Purl::parse(&text) else { return };
        let _ = (purl.lookups(), purl.matching_text(), purl.violation());
        let canonical = purl.canonical();
        let again = Purl::parse(&canonical).expect("a canonical purl can be read");
        assert_eq!(again.canonical(), canonical);
    });
}

#[test]
fn fuzz_cpe() {
    let mut seeds = corpus::fields("cpe/names.txt", "cpe:");
    seeds.extend(corpus::fields("cpe/relations.txt", "cpe:"));
    let fixed: Vec<Cpe> = seeds
        .iter()
        .filter_map(|seed| Cpe::parse(std::str::from_utf8(seed).unwrap()).ok())
        .collect();
    run("cpe", &seeds, 1, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let _ = Cpe::parse_short(&text).map(|cpe| (cpe.package(), cpe.version_text()));
        let Ok(cpe) = Cpe::parse(&text) else { return };
        let _ = cpe.uri();
        let formatted = cpe.formatted();
        let again = Cpe::parse(&formatted).expect("a formatted name can be read");
        assert_eq!(again.formatted(), formatted);
        for other in &fixed {
            let there = cpe.compare(other);
            let back = other.compare(&cpe);
            // A wildcard in the target leaves the relation open (IR 7696), so only the decided ones
            // must agree.
            match (there, back) {
                (Relation::Equal, back) => assert_eq!(back, Relation::Equal),
                (Relation::Superset, back) => assert_ne!(back, Relation::Superset),
                (Relation::Subset, back) => assert_ne!(back, Relation::Subset),
                _ => {}
            }
        }
    });
}

#[test]
fn fuzz_vers() {
    let mut seeds = corpus::fields("versions/ranges/vers.txt", "vers:");
    seeds.extend(corpus::lines("versions/ranges/native.txt"));
    run("vers", &seeds, 1, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        for range in [vers::Range::parse(&text), vers::Range::read(&text)]
            .into_iter()
            .flatten()
        {
            for version in ["1.0", "1.2.3-rc.1", "0", "2!1.0", "x"] {
                let _ = range.contains(version);
            }
        }
        for scheme in ["npm", "gem", "pypi", "maven", "nuget", "deb", "x"] {
            let _ = vers::from_native(scheme, &text);
        }
    });
}

/// Ecosystems of distinct orders, and the fixture of their versions.
const ORDERS: &[(&str, &str)] = &[
    ("npm", "semver"),
    ("Pub", "semver_built"),
    ("Go", "go"),
    ("PyPI", "pypi"),
    ("Maven", "maven"),
    ("Debian", "debian"),
    ("Red Hat", "rpm"),
    ("Alpine", "apk"),
    ("RubyGems", "rubygems"),
    ("NuGet", "nuget"),
    ("Packagist", "packagist"),
    ("CRAN", "r"),
    ("Hackage", "haskell"),
    ("ConanCenter", "conan"),
    ("FreeBSD:ports", "freebsd"),
    ("Linux", "linux"),
    ("Android", "android"),
    ("opam", "opam"),
    ("Root:npm", "rooted"),
    ("cpe", "cpe"),
];

/// Three versions on three lines: antisymmetry, and transitivity with equality a congruence.
fn stand_in_order(ecosystem: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let parsed = text
        .lines()
        .take(3)
        .map(|text| (text, Version::parse(ecosystem, text)));
    let parsed: Vec<(&str, Version)> = parsed
        .filter_map(|(text, version)| Some((text, version.ok()?)))
        .collect();
    let of = |a: &(&str, Version), b: &(&str, Version)| a.1.compare(&b.1).expect("one order");
    for a in &parsed {
        assert_eq!(of(a, a), Ordering::Equal, "{ecosystem}: {}", a.0);
        for b in &parsed {
            assert_eq!(of(a, b), of(b, a).reverse(), "{ecosystem}: {} {}", a.0, b.0);
            for c in &parsed {
                if of(a, b).is_le() && of(b, c).is_le() {
                    let is_less = of(a, b).is_lt() || of(b, c).is_lt();
                    let expected = if is_less {
                        Ordering::Less
                    } else {
                        Ordering::Equal
                    };
                    assert_eq!(of(a, c), expected, "{ecosystem}: {} {} {}", a.0, b.0, c.0);
                }
            }
        }
    }
}

#[test]
fn fuzz_version_orders() {
    for (ecosystem, file) in ORDERS {
        let versions = corpus::versions(file);
        let seeds: Vec<Vec<u8>> = (0..versions.len())
            .map(|at| {
                let of = |step: usize| versions[(at + step) % versions.len()].as_str();
                [of(0), of(1), of(3)].join("\n").into_bytes()
            })
            .collect();
        run(&format!("version {ecosystem}"), &seeds, 4, |bytes| {
            stand_in_order(ecosystem, bytes);
        });
    }
}

#[test]
fn fuzz_scores() {
    let seeds: [&[u8]; 6] = [
        b"AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H",
        b"CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        b"CVSS:3.1/AV:P/AC:H/PR:L/UI:R/S:C/C:L/I:N/A:H/E:U/RL:W/RC:R/CR:H/MAV:N/MS:U",
        b"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
        b"CVSS:4.0/AV:L/AC:H/AT:P/PR:L/UI:P/VC:L/VI:N/VA:H/SC:L/SI:N/SA:H/E:P/CR:M/MAV:N/S:P/U:Red",
        b"SSVCv2/E:A/U:S/T:T/P:S/2026-01-02T03:04:05Z/",
    ];
    run("scores", &seeds.map(<[u8]>::to_vec), 1, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let _ = severity::score(&text);
        let _ = ssvc::parse(&text);
    });
}

#[test]
fn fuzz_vex() {
    let mut seeds = corpus::files("fuzz");
    seeds.extend(corpus::lines("matches/gate/products.jsonl"));
    run("vex", &seeds, 1, |bytes| {
        let _ = vex::read(bytes);
    });
}

#[test]
fn fuzz_csaf() {
    let seeds = corpus::files("advisories")
        .into_iter()
        .chain(corpus::files("fuzz"));
    let is_csaf = |bytes: &Vec<u8>| bytes.windows(12).any(|part| part == b"csaf_version");
    let mut seeds: Vec<Vec<u8>> = seeds.filter(is_csaf).collect();
    seeds.extend(
        corpus::lines("matches/gate/products.jsonl")
            .into_iter()
            .filter(is_csaf),
    );
    run("csaf", &seeds, 4, |bytes| {
        let _ = csaf::validate(bytes);
    });
}
