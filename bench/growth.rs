//! How a fleet grows: what an upload, a new advisory and a question cost at 1,000, 10,000 and
//! 100,000 SBOMs. SBOMs come through the operations an upload uses, fifty in a transaction.

use crate::measure::{Fleet, Took, Watch, memory_mb, percentile};
use crate::{Bench, advisory, import, open};
use anyhow::Context as _;
use bonafide::store::{Dialect, Error};
use bonafide::trouble::Trouble;
use bonafide::{findings, products, releases, sboms};
use serde_json::json;

/// SBOMs of one transaction.
const BATCH: usize = 50;
/// SBOMs measured at the end of each stage; what came before is the preload.
const WINDOW: usize = 500;
/// How often a question is asked.
const ASKED: usize = 100;
/// Advisories of one planted size.
const PLANTED_RUNS: usize = 5;
/// SBOMs in which the planted packages are: all are among the first.
const PLANTED_AMONG: usize = 1_000;

/// How the fleet is to be made.
pub struct Plan {
    pub stages: Vec<usize>,
    /// With the index on package versions that there was before segments.
    pub with_index: bool,
    pub has_families: bool,
}

pub fn run(plan: &Plan) -> anyhow::Result<()> {
    let bench = open(&format!("bench_growth_{}", u8::from(plan.with_index)))?;
    if plan.with_index {
        bench.db.write_now(|tx| {
            tx.execute(
                "create index components_by_package_version on components \
                 (package_version_id, organisation_num, sbom_num)",
                &[],
            )
        })?;
    }
    let backend = backend(&bench)?;
    let mut fleet = Fleet::new(plan.has_families);
    let (mut made, mut rows, mut sorting) = (0, 0, Took::default());
    for (stage, target) in plan.stages.iter().enumerate() {
        let mut window = (0, 0, Took::default());
        let mut slowest: f64 = 0.0;
        while made < *target {
            let begun = rows;
            let took = load(&bench, &mut fleet, &mut made, &mut rows, backend)?;
            if made + WINDOW > *target {
                window.0 += rows - begun;
                window.1 += BATCH;
                window.2 += took;
                slowest = slowest.max(took.wall);
            }
            if made.is_multiple_of(1_000) {
                let watch = Watch::start(backend);
                sboms::sort_postings(&bench.db)?;
                sorting += watch.stop();
            }
            if made.is_multiple_of(5_000) {
                bench.db.refresh_statistics()?;
            }
        }
        bench.db.refresh_statistics()?;
        let (cpu, wall) = (window.2.cpu, window.2.wall);
        println!(
            "{made} SBOMs, {:.2} M rows, {} MB: intake {:.0} rows/CPU-s, {:.0} rows/s, {:.0} \
             SBOM/CPU-s; a batch of {BATCH} at most {:.0} ms; sorting so far {:.1} CPU-s; peak {} MB",
            rows as f64 / 1e6,
            size_mb(&bench)?,
            window.0 as f64 / cpu,
            window.0 as f64 / wall,
            window.1 as f64 / cpu,
            slowest * 1e3,
            sorting.cpu,
            memory_mb("VmHWM"),
        );
        ask(&bench, stage, backend)?;
        change_many(&bench, stage, backend)?;
    }
    Ok(())
}

/// A thousand advisories for packages of the fleet that are new, and then changed.
fn change_many(bench: &Bench, stage: usize, backend: Option<i64>) -> anyhow::Result<()> {
    for fixed in ["1.1.0", "1.2.0"] {
        let records: Vec<_> = (0..1_000)
            .map(|n| {
                let package = format!("@fleet/component-{}", 5_000 + n * 7);
                let (name, bytes) = advisory(&format!("MANY-{stage}-{n}"), &package);
                let text = String::from_utf8_lossy(&bytes).replace("9.0.0", fixed);
                let text =
                    text.replace("T09:00", if fixed == "1.1.0" { "T10:00" } else { "T11:00" });
                (name, text.into_bytes())
            })
            .collect();
        let count = || {
            bench.db.read_now(|tx| {
                tx.query_one("select count(*) from findings where state = 'open'", &[])
            })
        };
        let before = count()?.int(0);
        let watch = Watch::start(backend);
        import(bench, &records)?;
        let took = watch.stop();
        println!(
            "  1,000 advisories, fixed in {fixed}: {:.2} CPU-s, {:.2} s, {} more findings",
            took.cpu,
            took.wall,
            count()?.int(0) - before
        );
    }
    Ok(())
}

/// One transaction's worth of uploads; generating and parsing documents is not counted.
fn load(
    bench: &Bench,
    fleet: &mut Fleet,
    made: &mut usize,
    rows: &mut usize,
    backend: Option<i64>,
) -> anyhow::Result<Took> {
    let mut planned = Vec::with_capacity(BATCH);
    for _ in 0..BATCH {
        let number = *made;
        let mut purls = fleet.next();
        if number < PLANTED_AMONG {
            for (name, every) in [
                ("planted-10", 100),
                ("planted-100", 10),
                ("planted-1000", 1),
            ] {
                if number.is_multiple_of(every) {
                    purls.push(format!("pkg:npm/{name}@1.0.0"));
                }
            }
        }
        *rows += purls.len();
        *made += 1;
        let list: Vec<_> = purls
            .iter()
            .map(|purl| json!({ "type": "library", "name": purl, "purl": purl }))
            .collect();
        let document = json!({
            "bomFormat": "CycloneDX", "specVersion": "1.5", "serialNumber": number.to_string(),
            "components": list,
        });
        let parsed = sboms::parse(&serde_json::to_vec(&document)?).map_err(Trouble::into_error)?;
        planned.push((number, sboms::Planned::from(parsed)));
    }
    let watch = Watch::start(backend);
    let caller = &bench.caller;
    let done = bench.db.write_now(|tx| -> Result<(), Trouble> {
        for (number, planned) in &planned {
            let product = format!("Product {}", number / 100);
            let product = products::find_or_create_by_name(tx, caller, &product, true)?
                .context("the product is made")?;
            let target = releases::Target {
                version: number.to_string(),
                ..releases::Target::default()
            };
            let release = releases::find_or_create(tx, caller, product, &target, true)?
                .context("the release is made")?;
            let intake = sboms::record_planned(tx, caller, release, planned, "cli")?;
            findings::refresh_release(tx, caller, release, &intake.new_package_versions)?;
        }
        Ok(())
    });
    done.map_err(Trouble::into_error)?;
    Ok(watch.stop())
}

/// New advisories with as many matches as ever, and the questions people ask.
fn ask(bench: &Bench, stage: usize, backend: Option<i64>) -> anyhow::Result<()> {
    let mut idle = Vec::new();
    for run in 0..PLANTED_RUNS {
        let watch = Watch::start(backend);
        import(
            bench,
            &[advisory(&format!("IDLE-{stage}-{run}"), "nobody-has-this")],
        )?;
        idle.push(watch.stop().cpu * 1e3);
    }
    print!(
        "  new advisory, CPU ms: {:.1} without a match",
        percentile(&mut idle, 0.5)
    );
    for planted in [10, 100, 1_000] {
        let mut cpu = Vec::new();
        for run in 0..PLANTED_RUNS {
            let record = advisory(
                &format!("CVE-20{stage}{run}-{planted:04}"),
                &format!("planted-{planted}"),
            );
            let watch = Watch::start(backend);
            import(bench, &[record])?;
            cpu.push(watch.stop().cpu * 1e3);
        }
        print!(", {:.1} with {planted} releases", percentile(&mut cpu, 0.5));
    }
    println!();
    print!("  who is affected, CPU ms p50/p99:");
    for planted in [10, 100, 1_000] {
        let name = format!("CVE-20{stage}0-{planted:04}");
        let (p50, p99) = asked(backend, || {
            let exposed = bench
                .db
                .read_now(|tx| findings::get_exposure(tx, &bench.caller, &name))
                .map_err(Trouble::into_error)?;
            anyhow::ensure!(exposed.found >= planted, "{} of {planted}", exposed.found);
            Ok(())
        })?;
        print!(" {p50:.2}/{p99:.2} ({planted} releases)");
    }
    println!();
    holders(bench, backend)
}

/// The reverse look-up alone: twenty package versions, popular ones and rare ones.
fn holders(bench: &Bench, backend: Option<i64>) -> anyhow::Result<()> {
    let ids: Vec<i64> = bench.db.read_now(|tx| -> Result<_, Error> {
        let rows = tx.query("select id from package_versions order by id", &[])?;
        Ok(rows.iter().map(|row| row.int(0)).collect())
    })?;
    print!("  documents of 20 package versions, CPU ms p50/p99:");
    for share in [0.0, 0.01, 0.1, 0.9] {
        let from = (ids.len() as f64 * share) as usize;
        let some: Vec<i64> = ids.iter().skip(from).take(20).copied().collect();
        let mut found = 0;
        let (p50, p99) = asked(backend, || {
            found = bench
                .db
                .read_now(|tx| sboms::holders(tx, some.iter().copied()))?
                .len();
            Ok(())
        })?;
        print!(" {p50:.2}/{p99:.2} ({found})");
    }
    println!();
    Ok(())
}

fn asked(
    backend: Option<i64>,
    mut question: impl FnMut() -> anyhow::Result<()>,
) -> anyhow::Result<(f64, f64)> {
    let mut cpu = Vec::new();
    for _ in 0..ASKED {
        let watch = Watch::start(backend);
        question()?;
        cpu.push(watch.stop().cpu * 1e3);
    }
    Ok((percentile(&mut cpu, 0.5), percentile(&mut cpu, 0.99)))
}

/// The server's process for our one connection, where there is one.
fn backend(bench: &Bench) -> anyhow::Result<Option<i64>> {
    if bench.db.dialect() == Dialect::Sqlite {
        return Ok(None);
    }
    let row = bench
        .db
        .read_now(|tx| tx.query_one("select cast(pg_backend_pid() as bigint)", &[]))?;
    Ok(Some(row.int(0)))
}

fn size_mb(bench: &Bench) -> anyhow::Result<i64> {
    let sql = match bench.db.dialect() {
        Dialect::Sqlite => {
            "select page_count * page_size from pragma_page_count(), pragma_page_size()"
        }
        Dialect::Postgres => {
            "select cast(sum(pg_total_relation_size(c.oid)) as bigint) from pg_class c \
             where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace"
        }
    };
    let row = bench.db.read_now(|tx| tx.query_one(sql, &[]))?;
    Ok(row.int(0) / 1024 / 1024)
}
