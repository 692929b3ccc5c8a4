//! Benchmarks of feed import, SBOM intake, and one new advisory over a fleet. Not a test: it
//! prints figures and ratios, and `bench/README.md` says how to read them.

mod growth;
mod limit;
mod matching;
mod measure;
mod world;

use anyhow::{Context as _, ensure};
use bonafide::accounts::{self, Actor, Caller, NewOrganisation};
use bonafide::advisories::Options;
use bonafide::ids::{OrganisationId, ReleaseId};
use bonafide::store::Db;
use bonafide::time::{Clock, Entropy};
use bonafide::trouble::Trouble;
use bonafide::{findings, products, releases, sboms};
use serde_json::json;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// SBOMs of the small fleet; the large one has ten times as many.
const FLEET: usize = 1_000;
/// Components of each SBOM of a fleet.
const COMPONENTS: usize = 100;
/// Different package versions a fleet draws from.
const POOL: usize = 20_000;
/// SBOMs that hold the package the new advisory is about, whatever the fleet's size.
const PLANTED: usize = 100;
const RUNS: usize = 20;

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    match args.next().as_deref() {
        Some("feeds") => feeds(&args.map(PathBuf::from).collect::<Vec<_>>()),
        Some("intake") => intake(),
        Some("fleet") => fleet(),
        Some("growth") => growth_of(args),
        Some("limit") => limit::run(),
        Some("real") => limit::real(&PathBuf::from(args.next().context("name the archive")?)),
        Some("world") => world::run(args.next().map_or(Ok(400_000), |n| n.parse())?),
        Some("match") => match (args.next().as_deref(), args.next(), args.next()) {
            (Some("generate"), Some(folder), count) => {
                let count = count.map_or(Ok(400_000), |count| count.parse())?;
                matching::generate(folder.as_ref(), count)
            }
            (Some("run"), Some(folder), _) => matching::run(folder.as_ref()),
            _ => {
                println!(
                    "cargo bench -p bonafide -- match generate DIR [ADVISORIES] | match run DIR"
                );
                Ok(())
            }
        },
        _ => {
            println!(
                "cargo bench -p bonafide -- feeds PATH… | intake | fleet | growth | limit | \
                 real ARCHIVE | world | match …"
            );
            Ok(())
        }
    }
}

/// A database for one run; PostgreSQL when the environment names one.
struct Bench {
    db: Db,
    caller: Caller,
    folder: TempDir,
}

fn open(schema: &str) -> anyhow::Result<Bench> {
    let folder = TempDir::new()?;
    let (clock, entropy) = (Clock::system(), Entropy::system());
    let db = match std::env::var("BONAFIDE_TEST_POSTGRES_URL") {
        Ok(url) => Db::open_postgres(&url, Some(schema), clock, entropy)?,
        Err(_) => Db::open_sqlite(&folder.path().join("bench.sqlite"), clock, entropy)?,
    };
    let new = NewOrganisation {
        name: format!("Bench {schema}"),
        ..NewOrganisation::default()
    };
    let organisation: OrganisationId = db
        .write_now(|tx| accounts::create_organisation(tx, &Actor::Program("bench"), &new))
        .map_err(Trouble::into_error)?
        .id;
    Ok(Bench {
        db,
        caller: Caller::program(organisation, "bench"),
        folder,
    })
}

/// A release with an SBOM, as an upload makes it (without HTTP); how long it took.
fn upload(
    bench: &Bench,
    product: &str,
    version: &str,
    purls: &[String],
) -> anyhow::Result<Duration> {
    let components: Vec<serde_json::Value> = purls
        .iter()
        .map(|purl| json!({ "type": "library", "name": purl, "purl": purl }))
        .collect();
    let document = json!({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components,
    });
    let bytes = serde_json::to_vec(&document)?;
    let begun = Instant::now();
    let parsed = sboms::parse(&bytes).map_err(Trouble::into_error)?;
    let caller = &bench.caller;
    bench
        .db
        .write_now(|tx| -> Result<ReleaseId, Trouble> {
            let product = products::find_or_create_by_name(tx, caller, product, true)?
                .context("the product is made")?;
            let target = releases::Target {
                version: version.into(),
                ..releases::Target::default()
            };
            let release = releases::find_or_create(tx, caller, product, &target, true)?
                .context("the release is made")?;
            let intake = sboms::record_sbom(tx, caller, release, &parsed, "cli")?;
            findings::refresh_release(tx, caller, release, &intake.new_package_versions)?;
            Ok(release)
        })
        .map_err(Trouble::into_error)?;
    Ok(begun.elapsed())
}

fn import(bench: &Bench, files: &[(String, Vec<u8>)]) -> anyhow::Result<Duration> {
    let folder = TempDir::new_in(bench.folder.path())?;
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes)?;
    }
    let begun = Instant::now();
    let paths = [folder.path().to_owned()];
    let summary = findings::import(&bench.db, &paths, Options::default(), &mut |_| {})?;
    let took = begun.elapsed();
    ensure!(
        summary.sources.iter().all(|source| source.fault.is_none()),
        "a feed of the benchmark is wrong"
    );
    Ok(took)
}

fn advisory(id: &str, package: &str) -> (String, Vec<u8>) {
    let record = json!({
        "id": id, "modified": "2026-11-20T09:00:00Z", "summary": "for the benchmark",
        "affected": [{
            "package": { "ecosystem": "npm", "name": package },
            "ranges": [{ "type": "SEMVER", "events": [{ "introduced": "0" }, { "fixed": "9.0.0" }] }],
        }],
    });
    (format!("{id}.json"), record.to_string().into_bytes())
}

fn growth_of(args: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let mut plan = growth::Plan {
        stages: Vec::new(),
        with_index: false,
        has_families: false,
    };
    for arg in args {
        match arg.as_str() {
            "--index" => plan.with_index = true,
            "--families" => plan.has_families = true,
            number => plan.stages.push(number.parse().context("SBOMs, a number")?),
        }
    }
    if plan.stages.is_empty() {
        plan.stages = vec![1_000, 10_000, 100_000];
    }
    growth::run(&plan)
}

fn feeds(paths: &[PathBuf]) -> anyhow::Result<()> {
    ensure!(
        !paths.is_empty(),
        "name the feed files or directories to import"
    );
    let bench = open("bench_feeds")?;
    let once = |what: &str| -> anyhow::Result<()> {
        let begun = Instant::now();
        let summary = findings::import(&bench.db, paths, Options::default(), &mut |_| {})?;
        let took = begun.elapsed().as_secs_f64();
        let records: u64 = summary
            .sources
            .iter()
            .map(|s| s.records + left_aside(s))
            .sum();
        println!(
            "{what}: {records} records in {took:.2} s, {:.0} a second, peak {} MB",
            records as f64 / took,
            measure::memory_mb("VmHWM")
        );
        Ok(())
    };
    once("first import")?;
    once("nothing changed")
}

fn left_aside(report: &bonafide::advisories::Report) -> u64 {
    report.left_aside.values().sum()
}

fn intake() -> anyhow::Result<()> {
    let bench = open("bench_intake")?;
    let mut last: Option<f64> = None;
    for size in [1_000, 10_000, 100_000] {
        let purls: Vec<String> = (0..size)
            .map(|n| format!("pkg:npm/intake-{size}-{n}@1.{}.0", n % 7))
            .collect();
        let new = upload(&bench, "Intake", &format!("{size}-new"), &purls)?.as_secs_f64();
        let known: Vec<String> = purls.iter().skip(1).cloned().collect();
        let again = upload(&bench, "Intake", &format!("{size}-known"), &known)?.as_secs_f64();
        let growth = last.map_or(String::new(), |last| {
            format!(", x{:.1} for x10 components", new / last)
        });
        println!(
            "{size} components: {:.0} ms all new, {:.0} ms all known{growth}",
            new * 1e3,
            again * 1e3
        );
        last = Some(new);
    }
    Ok(())
}

fn fleet() -> anyhow::Result<()> {
    let small = one_fleet(FLEET, "bench_small")?;
    let large = one_fleet(FLEET * 10, "bench_large")?;
    println!(
        "fleet x10 with the same {PLANTED} matches: median x{:.2}, worst x{:.2}",
        large.0 / small.0,
        large.1 / small.1
    );
    Ok(())
}

/// Builds a fleet and lets new advisories come; median and worst in seconds.
fn one_fleet(size: usize, schema: &str) -> anyhow::Result<(f64, f64)> {
    let bench = open(schema)?;
    let begun = Instant::now();
    for number in 0..size {
        let mut purls: Vec<String> = (0..COMPONENTS)
            .map(|n| {
                let at = (number * 7_919 + n * 104_729) % POOL;
                format!("pkg:npm/pool-{}@1.{}.0", at / 4, at % 4)
            })
            .collect();
        purls.sort();
        purls.dedup();
        if number % (size / PLANTED) == 0 {
            purls.push("pkg:npm/planted@1.0.0".into());
        }
        if number % (size / (PLANTED * 10)) == 0 {
            purls.push("pkg:npm/planted-often@1.0.0".into());
        }
        upload(
            &bench,
            &format!("Product {}", number % 50),
            &number.to_string(),
            &purls,
        )?;
    }
    let built = begun.elapsed().as_secs_f64();
    println!(
        "{size} SBOMs of about {COMPONENTS} components: built in {built:.1} s, {:.0} SBOMs a second",
        size as f64 / built
    );
    let mut times = Vec::new();
    for run in 0..RUNS {
        let record = advisory(&format!("BENCH-{run}"), "planted");
        times.push(import(&bench, &[record])?.as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    let (median, worst) = (times[RUNS / 2], times[RUNS - 1]);
    println!(
        "  one new advisory, {PLANTED} releases hit: median {:.1} ms, worst of {RUNS} {:.1} ms",
        median * 1e3,
        worst * 1e3
    );
    let often = import(&bench, &[advisory("BENCH-often", "planted-often")])?.as_secs_f64();
    println!(
        "  one new advisory, {} releases hit: {:.1} ms, x{:.1} for x10 matches",
        PLANTED * 10,
        often * 1e3,
        often / median
    );
    let idle = import(&bench, &[advisory("BENCH-idle", "nobody-has-this")])?.as_secs_f64();
    println!(
        "  one new advisory that nobody is hit by: {:.1} ms",
        idle * 1e3
    );
    let many: Vec<(String, Vec<u8>)> = (0..1_000)
        .map(|n| {
            advisory(
                &format!("BENCH-many-{n}"),
                &format!("pool-{}", n % (POOL / 4)),
            )
        })
        .collect();
    let took = import(&bench, &many)?.as_secs_f64();
    println!("  1,000 new advisories over the pool: {took:.2} s");
    Ok((median, worst))
}
