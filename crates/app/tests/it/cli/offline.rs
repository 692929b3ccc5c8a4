//! `match`, `explain`, `gate` and `feeds index`: one document against advisories on disk, with the
//! exit codes scripts rely on.

use super::{bonafide, stderr};
use bonafide::cli::offline::index::Index;
use bonafide_engine::package::PackageKey;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};
use tempfile::TempDir;

fn npm(id: &str, aliases: &[&str], package: &str, fixed: &str) -> Value {
    json!({
        "id": id, "modified": "2026-01-01T00:00:00Z", "published": "2025-12-01T00:00:00Z",
        "aliases": aliases, "summary": "for a test",
        "severity": [{ "type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
        "affected": [{
            "package": { "ecosystem": "npm", "name": package },
            "ranges": [{ "type": "SEMVER", "events": [{ "introduced": "0" }, { "fixed": fixed }] }],
        }],
    })
}

fn cyclonedx(purls: &[&str]) -> Value {
    let component = |purl: &&str| {
        let name = purl.split(['/', '@']).nth(1).unwrap();
        json!({ "type": "library", "name": name, "purl": purl })
    };
    let components: Vec<Value> = purls.iter().map(component).collect();
    json!({ "bomFormat": "CycloneDX", "specVersion": "1.6", "components": components })
}

/// A place with advisories in `osv/`, catalogues, SBOMs and policies.
fn furnish() -> TempDir {
    let place = TempDir::new().unwrap();
    let at = |name: &str| place.path().join(name);
    let put = |name: &str, value: &Value| fs::write(at(name), value.to_string()).unwrap();
    fs::create_dir_all(at("osv/npm")).unwrap();
    fs::create_dir(at("broken")).unwrap();
    fs::create_dir(at("empty")).unwrap();
    fs::create_dir(at("provider")).unwrap();
    put(
        "osv/npm/EX-1.json",
        &npm("EX-1", &["CVE-2026-90001"], "lib", "2.0.0"),
    );
    put(
        "osv/npm/EX-2.json",
        &npm("EX-2", &["CVE-2026-90001"], "lib", "1.0.0"),
    );
    put(
        "osv/npm/EX-3.json",
        &npm("EX-3", &["CVE-2026-90003"], "elsewhere", "1.0.0"),
    );
    fs::write(at("osv/npm/torn.json"), "{\"id\":\"EX-4\",").unwrap();
    fs::write(at("osv/README.txt"), "no advisory\n").unwrap();
    fs::write(at("broken/one.json"), "{}").unwrap();
    put(
        "provider/provider-metadata.json",
        &json!({ "canonical_url": "https://example.com/p.json", "metadata_version": "2.0" }),
    );
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/advisories");
    fs::copy(fixtures.join("cve-applicability.json"), at("cve.json")).unwrap();
    let by_cpe = |name: &str, product: &str, version: &str| {
        let cpe = format!("cpe:2.3:a:{product}:{version}:*:*:*:*:*:*:*");
        let component =
            json!({ "type": "firmware", "name": product, "version": version, "cpe": cpe });
        let sbom =
            json!({ "bomFormat": "CycloneDX", "specVersion": "1.6", "components": [component] });
        put(name, &sbom);
    };
    for (name, product, version) in [
        ("old.json", "acme:engine", "1.5"),
        ("new.json", "acme:engine", "2.5"),
        ("strange.json", "acme:nobody", "1.5"),
    ] {
        by_cpe(name, product, version);
    }
    put("delta.json", &npm("EX-5", &["EX-1"], "other", "2.0.0"));
    put(
        "kev.json",
        &json!({
            "catalogVersion": "2026.01.01", "dateReleased": "2026-01-01T00:00:00Z", "count": 1,
            "vulnerabilities": [{ "cveID": "CVE-2026-90001", "vendorProject": "E", "product": "P",
                "vulnerabilityName": "n", "dateAdded": "2026-01-01", "shortDescription": "d",
                "requiredAction": "r", "dueDate": "2026-01-21" }],
        }),
    );
    fs::write(
        at("kev.csv"),
        "cveID,vendorProject,dateAdded\nCVE-2026-90001,E,2026-01-01\n",
    )
    .unwrap();
    fs::write(
        at("epss.csv"),
        "#model_version:v1,score_date:2026-01-01T00:00:00Z\ncve,epss,percentile\n\
        CVE-2026-90001,0.5,0.9\n",
    )
    .unwrap();
    put(
        "hit.json",
        &cyclonedx(&["pkg:npm/lib@1.5.0", "pkg:npm/clean@1.0.0", "pkg:gem/x@1.0"]),
    );
    put("clean.json", &cyclonedx(&["pkg:npm/clean@1.0.0"]));
    put("vague.json", &cyclonedx(&["pkg:npm/lib"]));
    put("foreign.json", &cyclonedx(&["pkg:gem/x@1.0"]));
    put("none.json", &cyclonedx(&[]));
    put(
        "vex.json",
        &json!({
            "@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://example.com/1",
            "author": "Example AG", "timestamp": "2026-03-01T00:00:00Z", "version": 1,
            "statements": [{ "vulnerability": { "name": "CVE-2026-90001" },
                "products": [{ "@id": "pkg:npm/lib@1.5.0" }],
                "status": "not_affected", "justification": "vulnerable_code_not_present" }],
        }),
    );
    fs::write(at("text.txt"), "no document").unwrap();
    fs::write(at("high.toml"), "severity = \"high\"\n").unwrap();
    fs::write(at("kev.toml"), "exploited = \"deny\"\n").unwrap();
    fs::write(at("possible.toml"), "possible = \"deny\"\n").unwrap();
    fs::write(at("age.toml"), "[max_age_days]\ncritical = 7\n").unwrap();
    fs::write(at("fresh.toml"), "[feeds]\nmax_age_hours = 24\n").unwrap();
    fs::write(at("percent.toml"), "unknown_percent_max = 10\n").unwrap();
    fs::write(at("bsi.toml"), "quality = [\"bsi\"]\n").unwrap();
    fs::write(at("iso.toml"), "quality = [\"iso\"]\n").unwrap();
    fs::write(at("typo.toml"), "severty = \"high\"\n").unwrap();
    let ignore = |until: &str| {
        format!(
            "severity = \"high\"\n[[ignore]]\nvulnerability = \"EX-1\"\n\
            component = \"pkg:npm/lib\"\nreason = \"not reachable\"\nuntil = \"{until}\"\n"
        )
    };
    let year = 1970 + std::time::UNIX_EPOCH.elapsed().unwrap().as_secs() / 31_557_600;
    fs::write(at("ignored.toml"), ignore(&format!("{}-01-01", year + 1))).unwrap();
    fs::write(at("expired.toml"), ignore("2025-01-01")).unwrap();
    fs::write(at("forever.toml"), ignore("9999-01-01")).unwrap();
    fs::write(at("Cargo.lock"), LOCK).unwrap();
    place
}

const LOCK: &str = r#"# This file is automatically @generated by Cargo.
version = 4

[[package]]
name = "own"
version = "0.1.0"
dependencies = ["dep"]

[[package]]
name = "dep"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "private"
version = "1.0.0"
source = "registry+https://crates.example.org/index"
"#;

fn run(place: &Path, words: &str) -> Output {
    let mut command = bonafide(place);
    command.args(words.split_whitespace()).output().unwrap()
}

fn answer(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", stderr(output)))
}

/// `words | exit code | what is said on stdout or stderr`
const CASES: &str = "\
match hit.json --advisories osv | 1 | CVE-2026-90001 critical pkg:npm/lib@1.5.0 fixed in 2.0.0 (EX-1)
match hit.json --advisories osv | 1 | osv: npm/torn.json
match clean.json --advisories osv | 0 | 1 checked
match vague.json --advisories osv | 4 | version-missing
match foreign.json --advisories osv | 4 | no-advisories-for-ecosystem
match none.json --advisories osv | 4 | 0 components
match text.txt --advisories osv | 3 |
match missing.json --advisories osv | 2 | missing.json
match hit.json | 2 | --advisories
match hit.json --advisories nowhere | 2 | nowhere
match hit.json --advisories broken | 3 | nothing was looked for
match hit.json --advisories empty | 4 | nothing was looked for
match clean.json --advisories provider | 4 | nothing was looked for
match hit.json --advisories text.txt | 3 | text.txt
match hit.json --advisories osv --kev text.txt | 3 | text.txt
match hit.json --advisories osv --kev kev.csv | 1 | EXPLOITED
match hit.json --advisories osv --vex vex.json | 0 | Example AG says not_affected
match hit.json --advisories osv --vex kev.json | 3 | kev.json
match Cargo.lock --advisories osv | 4 | package-of-another-registry
explain hit.json --component pkg:npm/lib@1.5.0 --vulnerability CVE-2026-90001 --advisories osv | 1 | <2.0.0 holds 1.5.0 by EX-1
explain hit.json --component pkg:npm/lib --vulnerability EX-2 --advisories osv | 1 | EX-2 says not-affected
explain hit.json --component pkg:npm/clean@1.0.0 --vulnerability EX-1 --advisories osv | 0 | package-not-named
explain hit.json --component pkg:npm/clean@1.0.0 --vulnerability EX-1 --advisories osv | 0 | names npm/lib
explain hit.json --component pkg:npm/lib@1.5.0 --vulnerability CVE-1 --advisories osv | 4 | no-record-of-this-flaw
explain hit.json --component pkg:npm/lib@2.5.0 --vulnerability EX-1 --advisories osv | 0 | outside-every-range
match old.json --advisories cve.json | 1 | CVE-2026-90102
match new.json --advisories cve.json | 0 | 1 checked
match strange.json --advisories cve.json | 4 | purl-missing
explain old.json --component acme:engine --vulnerability CVE-2026-90102 --advisories cve.json | 1 | range-matches
explain new.json --component acme:engine --vulnerability CVE-2026-90102 --advisories cve.json | 0 | outside-every-range
explain strange.json --component acme:nobody --vulnerability CVE-2026-90102 --advisories cve.json | 4 | purl-missing
explain hit.json --component nonsense --vulnerability EX-1 --advisories osv | 2 | nonsense
gate hit.json --policy high.toml --advisories osv | 1 | severity: The flaw is critical.
gate clean.json --policy high.toml --advisories osv | 0 | passes
gate hit.json --policy kev.toml --advisories osv | 2 | --kev
gate hit.json --policy kev.toml --advisories osv --kev kev.json | 1 | exploited
gate clean.json --policy kev.toml --advisories osv --kev kev.json | 0 | passes
gate vague.json --policy possible.toml --advisories osv | 1 | possible
gate vague.json --policy high.toml --advisories osv | 4 | does not pass
gate hit.json --policy age.toml --advisories osv | 1 | age: The flaw is known for
gate clean.json --policy fresh.toml --advisories osv | 5 | too old: osv
gate hit.json --policy percent.toml --advisories osv | 1 | 1 of 3 components could not be checked
gate clean.json --policy bsi.toml --advisories osv | 1 | quality: bsi
gate kev.json --policy bsi.toml | 2 | the quality of the SBOM
gate Cargo.lock --policy bsi.toml --advisories osv | 3 |
gate clean.json --policy iso.toml --advisories osv | 2 | iso
gate hit.json --policy typo.toml --advisories osv | 2 | severty
gate hit.json --policy ignored.toml --advisories osv | 0 | not reachable
gate hit.json --policy expired.toml --advisories osv | 1 | ended on 2025-01-01
gate hit.json --policy forever.toml --advisories osv | 2 | decide again
gate hit.json --policy high.toml --advisories osv --vex vex.json | 0 | 1 suppressed
gate kev.json --policy high.toml | 3 | for an SBOM give --advisories
feeds index osv -o osv.idx | 0 | 3 advisories of 2 packages
feeds index broken -o x.idx | 3 | there is no index
feeds index empty -o x.idx | 4 | there is no index
";

#[test]
fn every_question_has_its_exit_code() {
    let place = furnish();
    for line in CASES.lines() {
        let fields: Vec<&str> = line.split(" |").map(str::trim).collect();
        let [words, code, expected] = fields[..] else {
            panic!("{line}");
        };
        let output = run(place.path(), words);
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            stderr(&output)
        );
        assert_eq!(output.status.code(), code.parse().ok(), "{line}: {said}");
        assert!(said.contains(expected), "{line}: {said}");
    }
    assert!(
        !place.path().join("x.idx").exists(),
        "a failed index leaves nothing"
    );
}

#[test]
fn the_report_has_this_shape_and_no_other() {
    let place = furnish();
    let words = "match hit.json --advisories osv --kev kev.json --epss epss.csv --json";
    let output = run(place.path(), words);
    let expected = json!({
        "components": 3, "checked": 2,
        "unknown": [{ "name": "gem", "version": "1.0", "purl": "pkg:gem/x@1.0",
            "reason": "no-advisories-for-ecosystem" }],
        "findings": [{
            "id": "CVE-2026-90001", "aliases": ["EX-1", "EX-2"], "records": ["EX-1"],
            "purl": "pkg:npm/lib@1.5.0", "version": "1.5.0", "fixed": ["2.0.0"],
            "severity": "critical", "exploited": true,
            "matched_by": { "identifier": "npm/lib@1.5.0", "range": "<2.0.0",
                "rule": "osv-range-semver", "record": "EX-1", "source": "osv",
                "as_of": "2026-01-01T00:00:00Z" },
            "score": 9.8, "vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
            "exploitation": [{ "catalogue": "cisa-kev", "date_added": "2026-01-01" }],
            "epss": { "score": 0.5, "percentile": 0.9 }, "published": "2025-12-01T00:00:00Z",
            "disagreeing": [{ "record": "EX-2", "says": "not-affected", "because": "<1.0.0",
                "fixed": ["1.0.0"], "source": "osv" }],
        }],
        "possible": [], "suppressed": [],
        "feeds": [
            { "source": "osv", "kind": "osv", "records": 3, "unreadable": 1,
              "as_of": "2026-01-01T00:00:00Z" },
            { "source": "kev.json", "kind": "cisa-kev", "records": 1, "unreadable": 0,
              "as_of": "2026-01-01T00:00:00Z" },
            { "source": "epss.csv", "kind": "epss", "records": 1, "unreadable": 0,
              "as_of": "2026-01-01T00:00:00Z" },
        ],
    });
    let mut got = answer(&output);
    // The helper above takes the name from the purl's type; only its place matters here.
    got["unknown"][0]["name"] = json!("gem");
    assert_eq!(got, expected);
    assert_eq!(
        output.stdout,
        run(place.path(), words).stdout,
        "same input, same bytes"
    );
}

#[test]
fn an_index_answers_with_the_same_bytes_and_takes_news_beside_it() {
    let place = furnish();
    let p = place.path();
    assert_eq!(run(p, "feeds index osv -o osv.idx").status.code(), Some(0));
    for document in ["hit.json", "clean.json", "vague.json", "foreign.json"] {
        let raw = run(p, &format!("match {document} --advisories osv --json"));
        let indexed = run(p, &format!("match {document} --advisories osv.idx --json"));
        assert_eq!(raw.stdout, indexed.stdout, "{document}");
        assert_eq!(raw.status.code(), indexed.status.code(), "{document}");
    }
    for id in ["EX-1", "CVE-2026-90001", "CVE-2026-90003"] {
        let words =
            format!("explain hit.json --component pkg:npm/lib@1.5.0 --vulnerability {id} --json");
        let raw = run(p, &format!("{words} --advisories osv"));
        assert_eq!(
            raw.stdout,
            run(p, &format!("{words} --advisories osv.idx")).stdout,
            "{id}"
        );
    }
    // The new record knows its flaw only by a name that stands in the index.
    fs::write(
        p.join("other.json"),
        cyclonedx(&["pkg:npm/other@1.0.0"]).to_string(),
    )
    .unwrap();
    for paths in ["osv.idx delta.json", "delta.json osv.idx", "osv delta.json"] {
        let output = run(p, &format!("match other.json --json --advisories {paths}"));
        assert_eq!(
            answer(&output)["findings"][0]["id"],
            "CVE-2026-90001",
            "{paths}"
        );
    }
    // A newer state of a record replaces the one in the index, also where it names nothing more.
    let mut moved = npm("EX-1", &["CVE-2026-90001"], "another", "2.0.0");
    moved["modified"] = json!("2026-02-01T00:00:00Z");
    fs::write(p.join("moved.json"), moved.to_string()).unwrap();
    let output = run(p, "match hit.json --json --advisories osv.idx moved.json");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    moved["modified"] = json!("2025-02-01T00:00:00Z");
    fs::write(p.join("moved.json"), moved.to_string()).unwrap();
    let output = run(p, "match hit.json --json --advisories osv.idx moved.json");
    assert_eq!(
        output.status.code(),
        Some(1),
        "an older state replaces nothing"
    );
}

#[test]
fn a_damaged_index_is_refused_and_never_answers_otherwise() {
    let place = furnish();
    let p = place.path();
    assert_eq!(run(p, "feeds index osv -o osv.idx").status.code(), Some(0));
    let whole = fs::read(p.join("osv.idx")).unwrap();
    let file = p.join("damaged.idx");
    let key = PackageKey::from_osv("npm", "lib");
    let ask = |bytes: &[u8]| -> Result<Vec<String>, String> {
        fs::write(&file, bytes).unwrap();
        let mut index = Index::open(&file).map_err(|error| error.to_string())?;
        let mut found = Vec::new();
        let keys = BTreeSet::from([key.clone()]);
        let read = index.records(&keys, |record, members| {
            found.push(format!("{record:?} {members:?}"));
            Ok(())
        });
        read.map_err(|error| error.to_string())?;
        let flaw = index.flaw("EX-1").map_err(|error| error.to_string())?;
        found.push(format!("{flaw:?}"));
        Ok(found)
    };
    let good = ask(&whole).unwrap();
    assert_eq!(good.len(), 3);
    for length in 0..whole.len() {
        assert!(ask(&whole[..length]).is_err(), "cut off at {length}");
    }
    let mut refused = 0;
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x41;
        match ask(&bytes) {
            Ok(found) => assert_eq!(found, good, "byte {at}"),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > whole.len() / 4, "{refused} of {}", whole.len());
    let mut longer = whole.clone();
    longer.push(0);
    assert!(ask(&longer).unwrap_err().contains("not whole"));
    fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    let output = run(p, "match hit.json --advisories damaged.idx");
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
}

#[test]
fn a_lock_file_of_any_version_is_read() {
    let place = furnish();
    let p = place.path();
    let record = json!({
        "id": "RS-1", "affected": [{ "package": { "ecosystem": "crates.io", "name": "dep" },
            "ranges": [{ "type": "SEMVER", "events": [{ "introduced": "0.0.0-0" }] }] }],
    });
    fs::write(p.join("crates.json"), record.to_string()).unwrap();
    let heads = [
        "[root]\nname = \"own\"\nversion = \"0.1.0\"\n",
        "",
        "version = 3\n",
        "version = 4\n",
    ];
    let body = LOCK.split_once("version = 4\n").unwrap().1;
    for head in heads {
        fs::write(p.join("some.lock"), format!("{head}\n{body}")).unwrap();
        let report = answer(&run(p, "match some.lock --json --advisories crates.json"));
        assert_eq!(
            report["findings"][0]["purl"], "pkg:cargo/dep@1.0.0",
            "{head}"
        );
        let own: Vec<_> = report["unknown"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| &one["reason"])
            .collect();
        assert_eq!(
            own,
            ["package-without-registry", "package-of-another-registry"],
            "{head}"
        );
    }
    fs::write(p.join("some.lock"), format!("version = 9\n{body}")).unwrap();
    assert_eq!(
        run(p, "match some.lock --advisories crates.json")
            .status
            .code(),
        Some(3)
    );
}

#[test]
fn documents_come_from_stdin_and_reports_go_to_the_gate() {
    let place = furnish();
    let p = place.path();
    let pipe = |words: &str, bytes: &[u8]| {
        let mut child = bonafide(p)
            .args(words.split(' '))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(bytes).unwrap();
        child.wait_with_output().unwrap()
    };
    let bytes = fs::read(p.join("hit.json")).unwrap();
    let report = pipe("match - --advisories osv --kev kev.json --json", &bytes);
    assert_eq!(report.status.code(), Some(1), "{}", stderr(&report));
    assert_eq!(
        report.stdout,
        run(p, "match hit.json --advisories osv --kev kev.json --json").stdout
    );
    let verdict = pipe("gate - --policy kev.toml --json", &report.stdout);
    assert_eq!(verdict.status.code(), Some(1), "{}", stderr(&verdict));
    let verdict = answer(&verdict);
    assert_eq!(verdict["passes"], false);
    assert_eq!(verdict["failures"][0]["rule"], "exploited");
    assert_eq!(verdict["failures"][0]["id"], "CVE-2026-90001");
}
