//! Benchmarks of `bonafide match`: invented advisories in their hundreds of thousands, SBOMs as Syft
//! shapes them, an index, and what it costs beside parsing the same JSON.
//!
//! Advisories: 55 % say "every version" (malicious packages), the rest have one or two ranges; which
//! package an advisory is about follows u³, so that a few packages have hundreds. Components: 2 %
//! are drawn from the packages of advisories, with the same skew.

use anyhow::{Context as _, ensure};
use bonafide::cli::matching::{Sources, judge};
use serde::Deserialize;
use serde_json::json;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Names an advisory can be about; the skew makes the first of them frequent.
const NAMES: f64 = 25_000_000.0;
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const RUNS: usize = 5;

/// `match generate DIR [ADVISORIES]`: what all runs, also those of peers, read.
pub fn generate(folder: &Path, advisories: usize) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut dice = Dice(1);
    let mut archive = zip::ZipWriter::new(BufWriter::new(File::create(folder.join("all.zip"))?));
    let options = zip::write::SimpleFileOptions::default();
    for number in 0..advisories {
        let (id, record) = advisory(number, &mut dice);
        archive.start_file(format!("{id}.json"), options)?;
        archive.write_all(record.to_string().as_bytes())?;
    }
    archive.finish()?.flush()?;
    for size in SIZES {
        let file = File::create(folder.join(format!("sbom-{size}.json")))?;
        let mut out = BufWriter::new(file);
        serde_json::to_writer(&mut out, &sbom(size, &mut dice))?;
        out.flush()?;
    }
    println!(
        "{advisories} advisories and SBOMs of {SIZES:?} components in {}",
        folder.display()
    );
    Ok(())
}

/// SplitMix64: the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn name(&mut self) -> u64 {
        let u = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (u * u * u * NAMES) as u64
    }
}

fn advisory(number: usize, dice: &mut Dice) -> (String, serde_json::Value) {
    let package = format!("invented-{}", dice.name());
    let is_malicious = dice.below(100) < 55;
    let modified = format!(
        "2026-{:02}-{:02}T00:00:00Z",
        1 + dice.below(10),
        1 + dice.below(28)
    );
    let text = "An invented flaw in an invented package, in as many words as such records have. "
        .repeat(8);
    if is_malicious {
        let id = format!("MAL-2026-{number}");
        let record = json!({
            "schema_version": "1.7.4", "id": id, "modified": modified, "summary": "Malicious code",
            "details": text, "affected": [{ "package": { "ecosystem": "npm", "name": package },
                "ranges": [{ "type": "SEMVER", "events": [{ "introduced": "0" }] }] }],
        });
        return (id, record);
    }
    let id = format!(
        "GHSA-{:04}-{:04}-{:04}",
        number / 1_000_000,
        number / 1_000 % 1_000,
        number % 1_000
    );
    let (from, until) = (dice.below(4), 1 + dice.below(9));
    let mut events = vec![
        json!({ "introduced": "0" }),
        json!({ "fixed": format!("{from}.{until}.0") }),
    ];
    if dice.below(3) == 0 {
        events.push(json!({ "introduced": format!("{}.0.0", from + 1) }));
        events.push(json!({ "fixed": format!("{}.{until}.2", from + 1) }));
    }
    let record = json!({
        "schema_version": "1.7.4", "id": id, "modified": modified, "published": modified,
        "aliases": [format!("CVE-2026-{}", 100_000 + number)], "summary": "An invented flaw", "details": text,
        "severity": [{ "type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N" }],
        "affected": [{ "package": { "ecosystem": "npm", "name": package },
            "ranges": [{ "type": "SEMVER", "events": events }] }],
        "references": [{ "type": "WEB", "url": format!("https://example.com/{id}") }],
        "database_specific": { "cwe_ids": ["CWE-79"], "severity": "HIGH" },
    });
    (id, record)
}

fn sbom(size: usize, dice: &mut Dice) -> serde_json::Value {
    let components: Vec<serde_json::Value> = (0..size)
        .map(|number| {
            let name = if dice.below(100) < 2 {
                format!("invented-{}", dice.name())
            } else {
                format!("harmless-{}", dice.below(50_000_000))
            };
            let version = format!("{}.{}.{}", dice.below(6), dice.below(12), dice.below(4));
            let purl = format!("pkg:npm/{name}@{version}");
            json!({
                "bom-ref": format!("{purl}?package-id={:016x}", dice.next()), "type": "library",
                "author": "An Author <author@example.com>", "name": name, "version": version,
                "description": "A package that does not exist, described as packages are described",
                "licenses": [{ "license": { "id": "MIT" } }],
                "cpe": format!("cpe:2.3:a:{name}:{name}:{version}:*:*:*:*:*:*:*"), "purl": purl,
                "externalReferences": [
                    { "url": format!("git+https://example.com/{name}.git"), "type": "distribution" },
                    { "url": format!("https://example.com/{name}#readme"), "type": "website" } ],
                "properties": [
                    { "name": "syft:package:foundBy", "value": "javascript-package-cataloger" },
                    { "name": "syft:package:language", "value": "javascript" },
                    { "name": "syft:package:type", "value": "npm" },
                    { "name": "syft:package:metadataType", "value": "javascript-npm-package" },
                    { "name": "syft:location:0:path", "value": format!("/app/node_modules/{name}-{number}/package.json") } ],
            })
        })
        .collect();
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "serialNumber": "urn:uuid:00000000-0000-4000-8000-000000000000",
        "metadata": { "component": { "bom-ref": "root", "type": "application", "name": "invented" } },
        "components": components,
    })
}

/// `match run DIR`: the index, then every size beside the parse of the same bytes, and the growth.
pub fn run(folder: &Path) -> anyhow::Result<()> {
    let program = program()?;
    let index = folder.join("advisories.idx");
    let built = measure(
        Command::new(&program)
            .args(["feeds", "index"])
            .arg(folder.join("all.zip"))
            .arg("-o")
            .arg(&index),
    )?;
    let bytes = std::fs::metadata(&index)?.len() >> 20;
    println!(
        "index: {:.2} CPU-s, peak {} MB, file {bytes} MB",
        built.cpu, built.peak_mb
    );
    let mut last: Option<f64> = None;
    for size in SIZES {
        let path = folder.join(format!("sbom-{size}.json"));
        let text = std::fs::read(&path)?;
        let parse = parse_cpu(&text)?;
        let sources = Sources {
            advisories: vec![index.clone()],
            kev: Vec::new(),
            epss: Vec::new(),
        };
        let findings = judge(&path, &sources, &[]).map_or(0, |report| report.findings.len());
        let mut best = f64::MAX;
        let mut peak = 0;
        for _ in 0..RUNS {
            let one = measure(
                Command::new(&program)
                    .arg("match")
                    .arg(&path)
                    .arg("--json")
                    .arg("--advisories")
                    .arg(&index),
            )?;
            best = best.min(one.cpu);
            peak = one.peak_mb;
        }
        let growth = last.map_or(String::new(), |last| {
            format!(", x{:.1} for x10 components", best / last)
        });
        println!(
            "{size} components, {:.1} MB: {:.1} ms CPU, peak {peak} MB, {findings} findings, x{:.2} of a typed parse ({:.1} ms){growth}",
            text.len() as f64 / 1e6,
            best * 1e3,
            best / parse,
            parse * 1e3
        );
        last = Some(best);
    }
    Ok(())
}

/// The program beside this benchmark: both are built by the release profile.
fn program() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own
        .parent()
        .and_then(Path::parent)
        .context("the benchmark lies in no target directory")?;
    let program = folder.join("bonafide");
    ensure!(
        program.exists(),
        "build it first: cargo build --release -p bonafide"
    );
    Ok(program)
}

struct Measured {
    cpu: f64,
    peak_mb: u64,
}

/// CPU seconds (user and system) and peak memory of a command, as GNU time says it.
fn measure(command: &mut Command) -> anyhow::Result<Measured> {
    let mut timed = Command::new("/usr/bin/time");
    timed
        .args(["-f", "%U %S %M"])
        .arg(command.get_program())
        .args(command.get_args());
    let output = timed.stdout(Stdio::null()).stderr(Stdio::piped()).output();
    let output = output.context("this benchmark needs GNU time")?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = said.lines().last().unwrap_or_default();
    let figures: Vec<f64> = line
        .split(' ')
        .filter_map(|word| word.parse().ok())
        .collect();
    ensure!(figures.len() == 3, "the command failed: {said}");
    Ok(Measured {
        cpu: figures[0] + figures[1],
        peak_mb: figures[2] as u64 / 1024,
    })
}

/// What a component is to a plain reader of all its fields.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    dead_code,
    reason = "what is parsed is not looked at; parsing it is what is measured"
)]
struct Plain<'a> {
    #[serde(rename = "bom-ref", borrow)]
    bom_ref: Option<std::borrow::Cow<'a, str>>,
    #[serde(rename = "type", borrow)]
    kind: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    author: Option<std::borrow::Cow<'a, str>>,
    #[serde(borrow)]
    name: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    version: Option<std::borrow::Cow<'a, str>>,
    #[serde(borrow)]
    description: Option<std::borrow::Cow<'a, str>>,
    licenses: Option<Vec<PlainLicense>>,
    #[serde(borrow)]
    cpe: Option<std::borrow::Cow<'a, str>>,
    #[serde(borrow)]
    purl: Option<std::borrow::Cow<'a, str>>,
    external_references: Option<Vec<PlainReference>>,
    properties: Option<Vec<PlainProperty>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
struct PlainLicense {
    license: std::collections::BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
struct PlainReference {
    url: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
struct PlainProperty {
    name: String,
    value: String,
}

#[derive(Deserialize)]
struct PlainBom<'a> {
    #[serde(borrow)]
    components: Vec<Plain<'a>>,
}

/// Seconds that `serde_json` takes for a full typed parse, the best of several; one thread, so
/// that wall time on a quiet machine is CPU time.
fn parse_cpu(text: &[u8]) -> anyhow::Result<f64> {
    let mut best = f64::MAX;
    for _ in 0..RUNS {
        let begun = Instant::now();
        let bom: PlainBom<'_> = serde_json::from_slice(text)?;
        best = best.min(begun.elapsed().as_secs_f64());
        ensure!(!bom.components.is_empty(), "the SBOM is empty");
    }
    Ok(best)
}
