//! Hostile input: bombs of depth, number and size end in an error within their bounds, and no
//! bytes make a reader panic.

use bonafide_engine::advisory::read_osv;
use bonafide_engine::exploitation::{read_cisa_kev, read_epss, read_euvd_kev};
use bonafide_engine::sbom::{Limits, read};
use proptest::prelude::*;

use crate::kit;

#[track_caller]
fn check(document: &str, limits: &Limits, code: &str) {
    let error = read(document.as_bytes(), limits).expect_err("refused");
    assert_eq!(error.code(), code, "{error}");
    assert!(error.to_string().ends_with('.'));
}

fn cyclonedx(components: &str) -> String {
    format!(r#"{{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{components}]}}"#)
}

#[test]
fn depth_bombs_are_refused_before_any_parser_runs() {
    let limits = Limits::default();
    let open = r#"{"name":"a","components":["#.repeat(100_000);
    check(&cyclonedx(&open), &limits, "document-too-deep");
    let lists = format!(
        "{{\"bomFormat\":\"CycloneDX\",\"x\":{}",
        "[".repeat(10_000_000)
    );
    check(&lists, &limits, "document-too-deep");
    let metadata = format!(
        "{{\"bomFormat\":\"CycloneDX\",\"metadata\":{}",
        "{\"component\":".repeat(100_000)
    );
    check(&metadata, &limits, "document-too-deep");
    let spdx = format!(
        "{{\"spdxVersion\":\"SPDX-2.3\",\"x\":{}",
        "{\"a\":".repeat(100_000)
    );
    check(&spdx, &limits, "document-too-deep");
}

#[test]
fn nesting_up_to_the_limit_is_read() {
    // Every component level takes two levels of JSON, and two stand around them.
    let levels = (Limits::default().depth_max - 2) / 2;
    let open = r#"{"name":"a","components":["#.repeat(levels);
    let document = cyclonedx(&format!("{open}{}", "]}".repeat(levels)));
    let sbom = read(document.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(sbom.components.len(), levels);
    assert_eq!(sbom.contains.len(), levels - 1);
}

#[test]
fn documents_beyond_a_bound_are_refused() {
    let small = Limits {
        bytes_max: 4000,
        components_max: 10,
        dependencies_max: 10,
        values_max: 100,
        string_max: 1000,
        ..Limits::default()
    };
    let many = [r#"{"name":"a"}"#; 11].join(",");
    check(&cyclonedx(&many), &small, "too-many-components");
    let nested = format!(r#"{{"name":"a","components":[{many}]}}"#);
    check(&cyclonedx(&nested), &small, "too-many-components");
    check(&cyclonedx(&" ".repeat(5000)), &small, "document-too-large");
    check(
        &cyclonedx(&format!(r#"{{"name":"{}"}}"#, "a".repeat(1001))),
        &small,
        "text-too-large",
    );
    let values = format!(r#"{{"bomFormat":"CycloneDX","x":[{}1]}}"#, "1,".repeat(200));
    check(&values, &small, "too-many-values");
    let targets = [r#""a""#; 11].join(",");
    let edges = format!(
        r#"{{"bomFormat":"CycloneDX","dependencies":[{{"ref":"a","dependsOn":[{targets}]}}]}}"#
    );
    check(&edges, &small, "too-many-dependencies");
    let owners = [r#"{"ref":"a"}"#; 11].join(",");
    let edges = format!(r#"{{"bomFormat":"CycloneDX","dependencies":[{owners}]}}"#);
    check(&edges, &small, "too-many-dependencies");
    let packages = ["{}"; 11].join(",");
    let spdx = format!(r#"{{"spdxVersion":"SPDX-2.3","packages":[{packages}]}}"#);
    check(&spdx, &small, "too-many-components");
    let edge = r#"{"spdxElementId":"a","relationshipType":"CONTAINS","relatedSpdxElement":"b"}"#;
    let edges = [edge; 11].join(",");
    let spdx = format!(r#"{{"spdxVersion":"SPDX-2.3","relationships":[{edges}]}}"#);
    check(
        &spdx,
        &Limits {
            values_max: 1000,
            ..small
        },
        "too-many-dependencies",
    );
}

#[test]
fn a_flood_of_warnings_is_counted_and_not_kept() {
    let many = [r#"{"purl":"x"}"#; 1000].join(",");
    let sbom = read(cyclonedx(&many).as_bytes(), &Limits::default()).unwrap();
    assert_eq!(sbom.warnings.len(), bonafide_engine::sbom::WARNINGS_MAX);
    assert_eq!(sbom.warnings.len() + sbom.warnings_left_out, 2000);
}

/// Every reader takes every bytes; only its answer differs.
fn feed_to_all(bytes: &[u8]) {
    let _ = read(bytes, &Limits::default());
    let _ = read_osv(bytes);
    let _ = read_cisa_kev(bytes);
    let _ = read_euvd_kev(bytes);
    if let Ok(rows) = read_epss(bytes) {
        let _ = rows.count();
    }
}

/// Valid documents to be damaged.
fn documents() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = Vec::new();
    for folder in ["sboms", "advisories"] {
        let mut files: Vec<_> = std::fs::read_dir(kit::root().join("fixtures").join(folder))
            .unwrap()
            .map(|file| file.unwrap().path())
            .filter(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "json")
            })
            .collect();
        files.sort();
        all.extend(files.into_iter().map(|path| std::fs::read(path).unwrap()));
    }
    all.push(br#"{"count":1,"vulnerabilities":[{"cveID":"CVE-2026-90001","dateAdded":"2025-01-01","notes":"https://a"}]}"#.to_vec());
    all.push(br#"[{"cveId":"CVE-2026-90001","euvdId":"EUVD-2026-90001","dateAdded":"2025-01-01","sources":["cisa_kev"]}]"#.to_vec());
    all.push(
        b"#model_version:v1,score_date:2026-06-01\ncve,epss,percentile\nCVE-2026-90001,0.1,0.2\n"
            .to_vec(),
    );
    all
}

#[derive(Debug, Clone)]
enum Damage {
    Set(u8),
    Insert(Vec<u8>),
    Cut(usize),
    Repeat(usize),
    End,
}

fn damage() -> impl Strategy<Value = Damage> {
    let token = prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "true", "1e999", "-0", "\\u0000",
        "\\ud800", "\u{feff}", "\u{0}", "é", "{\"a\":", "[[[[", "\"\"",
    ]);
    prop_oneof![
        any::<u8>().prop_map(Damage::Set),
        token.prop_map(|token| Damage::Insert(token.as_bytes().to_vec())),
        (1..60usize).prop_map(Damage::Cut),
        (1..200usize).prop_map(Damage::Repeat),
        Just(Damage::End),
    ]
}

fn apply(bytes: &mut Vec<u8>, at: prop::sample::Index, damage: Damage) {
    if bytes.is_empty() {
        return;
    }
    let at = at.index(bytes.len());
    match damage {
        Damage::Set(byte) => bytes[at] = byte,
        Damage::Insert(token) => drop(bytes.splice(at..at, token)),
        Damage::Cut(length) => drop(bytes.drain(at..(at + length).min(bytes.len()))),
        Damage::Repeat(length) => {
            let piece = bytes[at..(at + length).min(bytes.len())].to_vec();
            bytes.splice(at..at, piece);
        }
        Damage::End => bytes.truncate(at),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        feed_to_all(&bytes);
    }

    #[test]
    fn no_damage_to_a_document_makes_a_reader_panic(
        which in any::<prop::sample::Index>(),
        damages in prop::collection::vec((any::<prop::sample::Index>(), damage()), 1..6),
    ) {
        let mut bytes = which.get(&documents()).clone();
        for (at, damage) in damages {
            apply(&mut bytes, at, damage);
        }
        feed_to_all(&bytes);
    }

    #[test]
    fn json_of_any_shape_makes_no_reader_panic(text in "[\\[\\]{},:\"a-c0-9 \\\\-]{0,80}") {
        feed_to_all(text.as_bytes());
        feed_to_all(format!("{{\"bomFormat\":\"CycloneDX\",\"components\":{text}}}").as_bytes());
        feed_to_all(format!("{{\"spdxVersion\":\"SPDX-2.3\",\"packages\":{text}}}").as_bytes());
        feed_to_all(format!("{{\"id\":\"X-1\",\"affected\":{text}}}").as_bytes());
    }
}
