//! Feeds come in, SBOMs come in, and findings follow, whichever comes first.

mod complete;
mod console;
mod distributions;
mod feeds;
mod judging;
mod merging;
mod pages;
mod permissions;
mod random;
mod real;
mod records;
mod rules;
mod stories;
mod sync;
mod vex;

use bonafide::accounts::Caller;
use bonafide::advisories::{Options, Summary};
use bonafide::findings::{self, Counts, FindingRow};
use bonafide::ids::ReleaseId;
use bonafide::store::{Db, Tx};
use bonafide::trouble::Trouble;
use bonafide::{products, releases, sboms};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

/// An OSV record of one package with one range.
pub fn osv(id: &str, aliases: &[&str], package: (&str, &str), events: Value) -> Value {
    let (ecosystem, name) = package;
    let kind = if ["npm", "crates.io", "Go"].contains(&ecosystem) {
        "SEMVER"
    } else {
        "ECOSYSTEM"
    };
    json!({
        "schema_version": "1.7.0",
        "id": id,
        "modified": "2026-11-20T09:00:00Z",
        "aliases": aliases,
        "summary": format!("a flaw known as {id}"),
        "severity": [{ "type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
        "affected": [{
            "package": { "ecosystem": ecosystem, "name": name },
            "ranges": [{ "type": kind, "events": events }],
        }],
    })
}

/// Affected before this version.
pub fn before(version: &str) -> Value {
    json!([{ "introduced": "0" }, { "fixed": version }])
}

/// CISA's catalogue with these ids.
pub fn kev(ids: &[&str]) -> Value {
    let entries: Vec<Value> = ids
        .iter()
        .map(|id| {
            json!({
                "cveID": id, "vendorProject": "v", "product": "p",
                "vulnerabilityName": format!("the flaw {id}"), "dateAdded": "2026-11-22",
                "shortDescription": "", "requiredAction": "", "dueDate": "2026-12-22",
                "knownRansomwareCampaignUse": "Unknown", "notes": "", "cwes": [],
            })
        })
        .collect();
    json!({
        "title": "Known exploited", "catalogVersion": "2026.11.22",
        "dateReleased": "2026-11-22T08:00:00.000Z", "count": entries.len(),
        "vulnerabilities": entries,
    })
}

/// The EUVD's dump with these entries: (CVE, EUVD id, sources).
pub fn euvd(entries: &[(&str, &str, &[&str])]) -> Value {
    let entries: Vec<Value> = entries
        .iter()
        .map(|(cve, euvd, sources)| {
            json!({ "cveId": cve, "euvdId": euvd, "dateAdded": "2026-11-22", "sources": sources })
        })
        .collect();
    Value::Array(entries)
}

/// Writes files and imports their directory.
pub fn import_files(db: &Db, files: &[(&str, &[u8])], options: Options) -> Summary {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    import_path(db, folder.path(), options)
}

pub fn import_path(db: &Db, path: &Path, options: Options) -> Summary {
    findings::import(db, &[path.to_owned()], options, &mut |_| {}).unwrap()
}

/// Imports one document of any kind.
pub fn import(db: &Db, document: &Value) -> Summary {
    let bytes = serde_json::to_vec(document).unwrap();
    import_files(db, &[("document.json", &bytes)], now(db))
}

/// Imports OSV records as one zip archive of an ecosystem.
pub fn import_zip(db: &Db, ecosystem: &str, records: &[Value], options: Options) -> Summary {
    let bytes = zip(records);
    let name = format!("{ecosystem}/all.zip");
    import_files(db, &[(&name, &bytes)], options)
}

pub fn zip(records: &[Value]) -> Vec<u8> {
    use std::io::Write as _;
    let mut out = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (n, record) in records.iter().enumerate() {
        let name = format!("{}-{n}.json", record["id"].as_str().unwrap_or("none"));
        out.start_file(name, ::zip::write::SimpleFileOptions::default())
            .unwrap();
        out.write_all(&serde_json::to_vec(record).unwrap()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// Data got at this very moment of the held clock.
pub fn now(db: &Db) -> Options {
    Options {
        checked_at: Some(db.clock().now()),
        ..Options::default()
    }
}

/// The same, and somebody says that this little is all there is.
pub fn whole(db: &Db) -> Options {
    Options {
        accept_smaller: true,
        ..now(db)
    }
}

/// Imports one document that is all there is.
pub fn import_whole(db: &Db, document: &Value) -> Summary {
    let bytes = serde_json::to_vec(document).unwrap();
    import_files(db, &[("document.json", &bytes)], whole(db))
}

/// A CycloneDX document with these components.
pub fn cyclonedx(purls: &[&str]) -> Vec<u8> {
    let components: Vec<Value> = purls
        .iter()
        .map(|purl| json!({ "type": "library", "name": purl, "purl": purl }))
        .collect();
    let document = json!({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components,
    });
    serde_json::to_vec(&document).unwrap()
}

/// Gives a release of a product an SBOM; both are made when they are new.
pub fn give(db: &Db, caller: &Caller, product: &str, version: &str, purls: &[&str]) -> ReleaseId {
    give_to(db, caller, product, version, None, purls)
}

/// The same for the build of a branch.
pub fn give_to(
    db: &Db,
    caller: &Caller,
    product: &str,
    version: &str,
    branch: Option<&str>,
    purls: &[&str],
) -> ReleaseId {
    let bytes = cyclonedx(purls);
    done(db.write_now(|tx| -> Result<ReleaseId, Trouble> {
        let product = products::find_or_create_by_name(tx, caller, product, true)?.unwrap();
        let target = releases::Target {
            version: version.into(),
            branch: branch.map(str::to_owned),
            ..releases::Target::default()
        };
        let release = releases::find_or_create(tx, caller, product, &target, true)?.unwrap();
        let parsed = sboms::parse(&bytes)?;
        let intake = sboms::record_sbom(tx, caller, release, &parsed, "cli")?;
        findings::refresh_release(tx, caller, release, &intake.new_package_versions)?;
        Ok(release)
    }))
}

pub fn done<T>(result: Result<T, Trouble>) -> T {
    result.unwrap_or_else(|trouble| panic!("{trouble:?}"))
}

pub fn counts(db: &Db, caller: &Caller, release: ReleaseId) -> Counts {
    done(db.read_now(|tx| findings::counts(tx, caller, release)))
}

pub fn list(db: &Db, caller: &Caller, release: ReleaseId) -> Vec<FindingRow> {
    done(db.read_now(|tx| findings::list_of_release(tx, caller, release)))
}

/// Open findings of a release as `CVE-…@purl`.
pub fn found(db: &Db, caller: &Caller, release: ReleaseId) -> Vec<String> {
    let mut found: Vec<String> = list(db, caller, release)
        .iter()
        .map(|row| format!("{} {}", row.vulnerability, row.purl))
        .collect();
    found.sort();
    found
}

/// Waiting jobs that ask for a decision, as (organisation, vulnerability's name); taken off.
pub fn asked_for_decisions(db: &Db) -> Vec<(String, String)> {
    done(db.write_now(|tx: &mut Tx| -> Result<_, Trouble> {
        let mut asked = Vec::new();
        for row in tx.query("select payload from jobs order by id", &[])? {
            let job: Value = serde_json::from_str(&row.text(0)).unwrap();
            if job["job"] != "consider-exploited" {
                continue;
            }
            let id = job["vulnerability"].as_i64().unwrap();
            let name = tx.query_one("select name from vulnerabilities where id = $1", &[&id])?;
            let organisation = job["organisation"].as_str().unwrap().to_owned();
            asked.push((organisation, name.text(0)));
        }
        tx.execute("delete from jobs", &[])?;
        asked.sort();
        asked.dedup();
        Ok(asked)
    }))
}

/// What the self-check finds to mend: nothing, ever.
#[track_caller]
pub fn check_nothing_to_mend(db: &Db) {
    let checked = findings::check_everything(db).unwrap();
    assert_eq!(
        (checked.rematched, checked.opened, checked.closed),
        (0, 0, 0),
        "what was decided step by step differs from everything decided anew"
    );
}
