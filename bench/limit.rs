//! Intake against the time that reading the same bytes takes at all (P3), and real documents (P9).

use crate::measure::{Random, Watch, memory_mb};
use crate::{Bench, open};
use anyhow::Context as _;
use bonafide::blobs::{Blobs, Digest};
use bonafide::trouble::Trouble;
use bonafide::{findings, products, releases, sboms};
use serde::Deserialize;
use serde_json::json;
use std::borrow::Cow;
use std::path::Path;

/// The best of so many runs.
const RUNS: usize = 3;

/// Everything a document of [`document`] says, borrowed where it can be.
#[derive(Deserialize)]
struct Full<'a> {
    #[serde(borrow)]
    components: Vec<Part<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is read, and that is what is measured")]
struct Part<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow, rename = "bom-ref")]
    bom_ref: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    version: Cow<'a, str>,
    #[serde(borrow)]
    purl: Cow<'a, str>,
    #[serde(borrow)]
    cpe: Cow<'a, str>,
    #[serde(borrow)]
    licenses: Vec<Licence<'a>>,
    #[serde(borrow)]
    properties: Vec<Property<'a>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "it is read, and that is what is measured")]
struct Licence<'a> {
    #[serde(borrow)]
    license: LicenceId<'a>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "it is read, and that is what is measured")]
struct LicenceId<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "it is read, and that is what is measured")]
struct Property<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    value: Cow<'a, str>,
}

/// A document as scanners write it, about 1,000 bytes for each component.
fn document(size: usize, salt: u64) -> anyhow::Result<Vec<u8>> {
    let mut random = Random(salt);
    let components: Vec<_> = (0..size)
        .map(|n| {
            let (name, version) = (format!("package-{salt}-{n}"), format!("1.{}.{}", n % 7, n % 11));
            let properties: Vec<_> = (0..6)
                .map(|k| json!({ "name": format!("syft:location:{k}:path"),
                    "value": format!("/usr/lib/node_modules/{name}/{:016x}/package.json", random.next()) }))
                .collect();
            json!({
                "type": "library", "bom-ref": format!("pkg:npm/{name}@{version}?package-id={n:x}"),
                "name": name, "version": version, "purl": format!("pkg:npm/{name}@{version}"),
                "cpe": format!("cpe:2.3:a:{name}:{name}:{version}:*:*:*:*:*:*:*"),
                "licenses": [{ "license": { "id": "MIT" } }], "properties": properties,
            })
        })
        .collect();
    Ok(serde_json::to_vec(&json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "components": components,
    }))?)
}

pub fn run() -> anyhow::Result<()> {
    let bench = open("bench_limit")?;
    let mut last: Option<f64> = None;
    for size in [1_000, 10_000, 100_000] {
        let (mut typed, mut read, mut all, mut again) = (f64::MAX, f64::MAX, f64::MAX, f64::MAX);
        for run in 0..RUNS {
            let bytes = document(size, (size * 10 + run) as u64)?;
            let watch = Watch::start(None);
            let full: Full = serde_json::from_slice(&bytes)?;
            anyhow::ensure!(full.components.len() == size, "all components are read");
            typed = typed.min(watch.stop().cpu);
            drop(full);
            let watch = Watch::start(None);
            let planned = sboms::Planned::from(sboms::parse(&bytes).map_err(Trouble::into_error)?);
            let parsing = watch.stop().cpu;
            read = read.min(parsing);
            let watch = Watch::start(None);
            record(&bench, &format!("{size}-{run}"), &planned)?;
            all = all.min(parsing + watch.stop().cpu);
            let watch = Watch::start(None);
            record(&bench, &format!("{size}-{run}-again"), &planned)?;
            again = again.min(parsing + watch.stop().cpu);
        }
        let growth = last.map_or(String::new(), |last| {
            format!(", x{:.1} for x10", all / last)
        });
        println!(
            "{size} components: typed read {:.1} ms; read, digest and plan x{:.2}; with matching \
             and storing x{:.2} all new ({:.0} ms{growth}), x{:.2} all known",
            typed * 1e3,
            read / typed,
            all / typed,
            all * 1e3,
            again / typed,
        );
        last = Some(all);
    }
    println!("peak {} MB", memory_mb("VmHWM"));
    Ok(())
}

fn record(bench: &Bench, version: &str, planned: &sboms::Planned) -> anyhow::Result<()> {
    let caller = &bench.caller;
    let done = bench.db.write_now(|tx| -> Result<(), Trouble> {
        let product = products::find_or_create_by_name(tx, caller, "Limit", true)?
            .context("the product is made")?;
        let target = releases::Target {
            version: version.into(),
            ..releases::Target::default()
        };
        let release = releases::find_or_create(tx, caller, product, &target, true)?
            .context("the release is made")?;
        let intake = sboms::record_planned(tx, caller, release, planned, "cli")?;
        findings::refresh_release(tx, caller, release, &intake.new_package_versions)?;
        Ok(())
    });
    done.map_err(Trouble::into_error)
}

/// Every document of an archive (`.tar.zst`) that can be read, archived, recorded and matched.
pub fn real(archive: &Path) -> anyhow::Result<()> {
    let bench = open("bench_real")?;
    let blobs = Blobs::open(&bench.folder.path().join("blobs"))?;
    let file = std::fs::File::open(archive).context("open the archive")?;
    let mut reader = zstd::stream::read::Decoder::new(file)?;
    let (mut read, mut refused, mut components, mut size) = (0_usize, 0_usize, 0, 0);
    let (mut parsing, mut packing, mut storing) = (0.0, 0.0, 0.0);
    while let Some((_, bytes)) = next_file(&mut reader)? {
        let watch = Watch::start(None);
        let Ok(parsed) = sboms::parse(&bytes) else {
            refused += 1;
            continue;
        };
        let planned = sboms::Planned::from(parsed);
        parsing += watch.stop().cpu;
        let watch = Watch::start(None);
        blobs.put_known(&Digest::of(&bytes), &bytes)?;
        packing += watch.stop().cpu;
        let watch = Watch::start(None);
        record(&bench, &read.to_string(), &planned)?;
        storing += watch.stop().cpu;
        read += 1;
        size += bytes.len();
    }
    let row = bench.db.read_now(|tx| {
        tx.query_one(
            "select cast(coalesce(sum(components), 0) as bigint) from sboms",
            &[],
        )
    })?;
    components += row.int(0);
    let all = parsing + packing + storing;
    println!(
        "{read} SBOMs ({refused} refused), {:.1} MB, {components} components: {:.0} SBOM/CPU-s, \
         {:.1} MB/CPU-s; of {all:.2} CPU-s {:.0} % reading, {:.0} % packing with a second digest, \
         {:.0} % storing and matching, a transaction each",
        size as f64 / 1e6,
        read as f64 / all,
        size as f64 / 1e6 / all,
        parsing / all * 100.0,
        packing / all * 100.0,
        storing / all * 100.0,
    );
    Ok(())
}

/// The next file of a tar archive, by its header of 512 bytes.
fn next_file(reader: &mut impl std::io::Read) -> anyhow::Result<Option<(String, Vec<u8>)>> {
    loop {
        let mut header = [0_u8; 512];
        if reader.read_exact(&mut header).is_err() || header[0] == 0 {
            return Ok(None);
        }
        let text = |part: &[u8]| {
            String::from_utf8_lossy(part)
                .trim_matches(['\0', ' '])
                .to_owned()
        };
        let size = usize::from_str_radix(&text(&header[124..136]), 8).context("a size")?;
        let mut bytes = vec![0; size.next_multiple_of(512)];
        reader.by_ref().read_exact(&mut bytes)?;
        bytes.truncate(size);
        if matches!(header[156], b'0' | 0) {
            return Ok(Some((text(&header[..100]), bytes)));
        }
    }
}
