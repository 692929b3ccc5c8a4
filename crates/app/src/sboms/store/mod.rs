//! The rows of SBOM documents, of the dictionary of package versions, and of the postings.
//!
//! Bulk work goes in batches: a handful of statements for each 500 components, never row by row.

pub mod again;
pub mod packing;
pub mod postings;

use super::rules::{Plan, READER};
use super::{SbomRow, Warnings};
use crate::advisories;
use crate::ids::{OrganisationId, ReleaseId, SbomId};
use crate::statements;
use crate::store::{Error, Row, Tx, Val};
use crate::trouble::Trouble;
use bonafide_engine::package::PackageKey;
use std::collections::{BTreeMap, BTreeSet, HashMap};

macro_rules! sbom_columns {
    () => {
        "id, num, release_id, revision, is_current, digest, bytes, format, spec_version, \
         serial_number, components, unidentified, unidentified_reasons, warnings, source, \
         uploaded_by, created_at"
    };
}

statements! {
    VERSIONS: "select id, purl from package_versions where purl in ($1)";
    INTERN_VERSION: "insert into package_versions (purl, package_id, version, unmapped) \
                     values ($1, $2, $3, $4) on conflict do nothing";
    INSERT_POSTING: "insert into components (organisation_num, sbom_num, package_version_id, \
                     ordinal) values ($1, $2, $3, $4)";
    INSERT_ECOSYSTEM: "insert into sbom_ecosystems (organisation_num, sbom_num, ecosystem, \
                       components) values ($1, $2, $3, $4)";
    ORGANISATION_NUM: "select num from organisations where id = $1";
    BY_DIGEST: concat!("select ", sbom_columns!(), " from sboms \
        where organisation_id = $1 and release_id = $2 and digest = $3");
    BY_ID: concat!("select ", sbom_columns!(), " from sboms \
        where organisation_id = $1 and id = $2");
    CURRENT: concat!("select ", sbom_columns!(), " from sboms \
        where organisation_id = $1 and release_id = $2 and is_current = true");
    LIST: concat!("select ", sbom_columns!(), " from sboms \
        where organisation_id = $1 and release_id = $2 order by revision desc limit $3 offset $4");
    COUNT: "select count(*) from sboms where organisation_id = $1 and release_id = $2";
    NEXT_REVISION: "select coalesce(max(revision), 0) + 1 from sboms \
        where organisation_id = $1 and release_id = $2";
    NEW_NUMBER: "insert into sbom_numbers (made_at) values ($1) returning num";
    INSERT: "insert into sboms (organisation_id, id, num, release_id, revision, is_current, \
        digest, bytes, format, spec_version, serial_number, components, unidentified, \
        unidentified_reasons, warnings, source, uploaded_by, created_at, reader_version) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
        $19) \
        on conflict do nothing";
    ONLY_CURRENT: "update sboms set is_current = (id = $3) \
        where organisation_id = $1 and release_id = $2 and is_current <> (id = $3)";
    NUMBER: "select num from sboms where organisation_id = $1 and id = $2";
}

/// The short number of an organisation, for its postings.
pub fn organisation_num(tx: &mut Tx, organisation: OrganisationId) -> Result<i64, Error> {
    Ok(tx.query_one(ORGANISATION_NUM, &[&organisation])?.int(0))
}

pub fn find_by_digest(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
    digest: &str,
) -> Result<Option<SbomRow>, Error> {
    let row = tx.query_opt(BY_DIGEST, &[&organisation, &release, &digest])?;
    Ok(row.as_ref().map(read))
}

pub fn find(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: SbomId,
) -> Result<Option<SbomRow>, Error> {
    let row = tx.query_opt(BY_ID, &[&organisation, &id])?;
    Ok(row.as_ref().map(read))
}

pub fn find_current(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
) -> Result<Option<SbomRow>, Error> {
    let row = tx.query_opt(CURRENT, &[&organisation, &release])?;
    Ok(row.as_ref().map(read))
}

/// Revisions of a release, newest first, and how many there are altogether.
pub fn list(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
    limit: i64,
    offset: i64,
) -> Result<(Vec<SbomRow>, i64), Error> {
    let rows = tx.query(LIST, &[&organisation, &release, &limit, &offset])?;
    let total = tx.query_one(COUNT, &[&organisation, &release])?.int(0);
    Ok((rows.iter().map(read).collect(), total))
}

/// A fresh short number for a document.
pub fn new_number(tx: &mut Tx) -> Result<i64, Error> {
    let now = tx.now();
    Ok(tx.query_one(NEW_NUMBER, &[&now])?.int(0))
}

pub fn next_revision(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
) -> Result<i64, Error> {
    let row = tx.query_one(NEXT_REVISION, &[&organisation, &release])?;
    Ok(row.int(0))
}

/// Writes a document's row; false when another took its digest or its revision meanwhile.
pub fn insert(tx: &mut Tx, organisation: OrganisationId, row: &SbomRow) -> Result<bool, Error> {
    let reasons = json(&row.unidentified_reasons)?;
    let warnings = json(&row.warnings)?;
    let written = tx.execute(
        INSERT,
        &[
            &organisation,
            &row.id,
            &row.num,
            &row.release,
            &row.revision,
            &row.is_current,
            &row.digest,
            &row.bytes,
            &row.format,
            &row.spec_version,
            &row.serial_number,
            &row.components,
            &row.unidentified,
            &reasons,
            &warnings,
            &row.source,
            &row.uploaded_by,
            &row.created_at,
            &READER,
        ],
    )?;
    Ok(written == 1)
}

/// Makes one document the release's current one, and no other; the number of its postings, which
/// is another one than before when the document was read again meanwhile.
pub fn make_current(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
    id: SbomId,
) -> Result<i64, Error> {
    tx.execute(ONLY_CURRENT, &[&organisation, &release, &id])?;
    Ok(tx.query_one(NUMBER, &[&organisation, &id])?.int(0))
}

/// The dictionary's ids of a plan's package versions, in the plan's order, and the ids of those
/// that nobody had sent before.
pub fn intern(tx: &mut Tx, plan: &Plan) -> Result<(Vec<i64>, Vec<i64>), Trouble> {
    let mut ids = HashMap::with_capacity(plan.wanted.len());
    look_up(tx, plan.wanted.iter().map(|w| w.purl.as_str()), &mut ids)?;
    let missing: Vec<_> = plan
        .wanted
        .iter()
        .filter(|wanted| !ids.contains_key(&wanted.purl))
        .collect();
    let mut fresh = Vec::with_capacity(missing.len());
    if !missing.is_empty() {
        let keys: BTreeSet<PackageKey> = missing.iter().filter_map(|w| w.package.clone()).collect();
        let packages = advisories::intern_packages(tx, &keys)?;
        let rows: Vec<Vec<Val>> = missing
            .iter()
            .map(|wanted| {
                let package = wanted.package.as_ref().and_then(|key| packages.get(key));
                let text = |text: Option<&str>| text.map_or(Val::Null, |t| Val::Text(t.into()));
                vec![
                    Val::Text(wanted.purl.clone()),
                    package.map_or(Val::Null, |id| Val::Int(*id)),
                    text(wanted.version.as_deref()),
                    text(wanted.unmapped),
                ]
            })
            .collect();
        tx.insert_rows(INTERN_VERSION, &rows)?;
        look_up(tx, missing.iter().map(|w| w.purl.as_str()), &mut ids)?;
        fresh.extend(missing.iter().filter_map(|w| ids.get(&w.purl).copied()));
    }
    let all = plan.wanted.iter().map(|wanted| {
        ids.get(&wanted.purl)
            .copied()
            .ok_or_else(|| Error::Engine(format!("{} is not in the dictionary", wanted.purl)))
    });
    Ok((all.collect::<Result<_, Error>>()?, fresh))
}

fn look_up<'a>(
    tx: &mut Tx,
    purls: impl Iterator<Item = &'a str>,
    ids: &mut HashMap<String, i64>,
) -> Result<(), Error> {
    let keys: Vec<Val> = purls.map(|purl| Val::Text(purl.to_owned())).collect();
    let rows = tx.query_keys(VERSIONS, &[], &keys)?;
    ids.extend(rows.iter().map(|row| (row.text(1), row.int(0))));
    Ok(())
}

/// Writes which package versions a document holds, and where.
pub fn insert_postings(
    tx: &mut Tx,
    organisation_num: i64,
    sbom_num: i64,
    plan: &Plan,
    ids: &[i64],
) -> Result<(), Error> {
    let mut rows: Vec<Vec<Val>> = plan
        .postings
        .iter()
        .map(|(wanted, ordinal)| {
            vec![
                Val::Int(organisation_num),
                Val::Int(sbom_num),
                Val::Int(ids[*wanted as usize]),
                Val::Int(i64::from(*ordinal)),
            ]
        })
        .collect();
    rows.sort_by_key(|row| match row[2] {
        Val::Int(id) => id,
        _ => 0,
    });
    tx.insert_rows(INSERT_POSTING, &rows)?;
    let mut ecosystems: BTreeMap<&str, i64> = BTreeMap::new();
    for (wanted, _) in &plan.postings {
        if let Some(package) = &plan.wanted[*wanted as usize].package {
            *ecosystems.entry(&package.ecosystem).or_default() += 1;
        }
    }
    let counts: Vec<Vec<Val>> = ecosystems
        .into_iter()
        .map(|(ecosystem, count)| {
            vec![
                Val::Int(organisation_num),
                Val::Int(sbom_num),
                Val::Text(ecosystem.to_owned()),
                Val::Int(count),
            ]
        })
        .collect();
    tx.insert_rows(INSERT_ECOSYSTEM, &counts)?;
    let mut versions = ids.to_vec();
    versions.sort_unstable();
    versions.dedup();
    postings::add(tx, sbom_num, &versions)
}

fn read(row: &Row) -> SbomRow {
    SbomRow {
        id: row.id(0),
        num: row.int(1),
        release: row.id(2),
        revision: row.int(3),
        is_current: row.bool(4),
        digest: row.text(5),
        bytes: row.int(6),
        format: row.text(7),
        spec_version: row.text(8),
        serial_number: row.opt_text(9),
        components: row.int(10),
        unidentified: row.int(11),
        unidentified_reasons: serde_json::from_str::<BTreeMap<String, i64>>(&row.text(12))
            .unwrap_or_default(),
        warnings: serde_json::from_str::<Warnings>(&row.text(13)).unwrap_or_default(),
        source: row.text(14),
        uploaded_by: row.text(15),
        created_at: row.instant(16),
    }
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|e| Error::Engine(e.to_string()))
}
