//! The whole of OSV in size: made-up records in one archive, imported, imported again unchanged,
//! and then with a few changed (P6, P8, P14).

use crate::measure::{Random, Watch, memory_mb};
use crate::open;
use anyhow::Context as _;
use bonafide::advisories::Options;
use bonafide::findings;
use serde_json::json;
use std::io::Write as _;
use std::path::Path;

/// Records that are different in the last import.
const CHANGED: usize = 1_000;

pub fn run(records: usize) -> anyhow::Result<()> {
    let bench = open("bench_world")?;
    let archive = bench.folder.path().join("all.zip");
    write(&archive, records, 0)?;
    let size = std::fs::metadata(&archive)?.len() / 1_000_000;
    println!(
        "{records} records, {size} MB packed; before: {} MB resident",
        memory_mb("VmRSS")
    );
    let import = |what: &str| -> anyhow::Result<()> {
        let watch = Watch::start(None);
        let paths = [archive.clone()];
        let summary = findings::import(&bench.db, &paths, Options::default(), &mut |_| {})?;
        let took = watch.stop();
        let report = summary.sources.first().context("one source")?;
        anyhow::ensure!(report.records == records as u64, "{report:?}");
        println!(
            "{what}: {} new, {} changed, {} unchanged in {:.1} CPU-s ({:.1} s), {:.0} records/CPU-s; \
             resident {} MB, peak {} MB",
            report.new,
            report.changed,
            report.unchanged,
            took.cpu,
            took.wall,
            records as f64 / took.cpu,
            memory_mb("VmRSS"),
            memory_mb("VmHWM"),
        );
        Ok(())
    };
    import("first import")?;
    import("nothing changed")?;
    write(&archive, records, CHANGED)?;
    import("a thousand changed")?;
    if let Ok(keep) = std::env::var("BONAFIDE_BENCH_KEEP") {
        std::fs::copy(bench.folder.path().join("bench.sqlite"), keep)?;
    }
    Ok(())
}

fn write(path: &Path, records: usize, changed: usize) -> anyhow::Result<()> {
    let file = std::io::BufWriter::new(std::fs::File::create(path)?);
    let mut zip = zip::ZipWriter::new(file);
    let how = zip::write::SimpleFileOptions::default();
    let mut random = Random(7);
    for number in 0..records {
        let unit = random.unit();
        let package = (unit * unit * unit * records as f64) as usize;
        let is_malware = number % 20 < 11;
        let id = format!(
            "{}-2026-{number}",
            if is_malware { "MAL" } else { "GHSA-x" }
        );
        let day = if number < changed { 21 } else { 20 };
        let ranges = if is_malware {
            json!([{ "type": "SEMVER", "events": [{ "introduced": "0" }] }])
        } else {
            json!([{ "type": "SEMVER", "events": [{ "introduced": "1.0.0" },
                { "fixed": format!("{}.2.{}", 1 + number % 9, day) }] }])
        };
        let record = json!({
            "schema_version": "1.7.0", "id": id, "modified": format!("2026-11-{day}T09:00:00Z"),
            "published": "2026-11-01T09:00:00Z", "summary": format!("A made-up flaw, number {number}"),
            "details": format!("{:0512x}", random.next()),
            "affected": [{ "package": { "ecosystem": "npm", "name": format!("component-{package}") },
                "ranges": ranges }],
            "references": [{ "type": "WEB", "url": format!("https://flaws.example/{number}") }],
        });
        zip.start_file(format!("{id}.json"), how)?;
        zip.write_all(record.to_string().as_bytes())?;
    }
    zip.finish()?.flush()?;
    Ok(())
}
