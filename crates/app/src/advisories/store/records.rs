//! Statements about advisories and the packages they name.

use crate::statements;
use crate::store::{Error, ToVal, Tx, Val};
use bonafide_engine::package::PackageKey;
use std::collections::{BTreeMap, BTreeSet};

statements! {
    STORED: "select external_id, id, digest, modified, vulnerability_id, feed, reader from advisories \
             where source = $1 and external_id in ($2) order by external_id";
    OF_DOCUMENT: "select external_id, id, vulnerability_id, modified from advisories \
                  where source = $1 and withdrawn is null \
                  and substr(external_id, 1, length($2)) = $2 order by external_id";
    WITHDRAW: "update advisories set withdrawn = $1, modified = $1, digest = '' where id in ($2)";
    INTERN_PACKAGE: "insert into packages (ecosystem, name) values ($1, $2) \
                     on conflict (ecosystem, name) do nothing";
    PACKAGES: "select id, name from packages where ecosystem = $1 and name in ($2) order by name";
    PACKAGES_OF: "select advisory_id, package_id from advisory_packages where advisory_id in ($1) \
                  order by advisory_id, package_id";
    UPSERT: "insert into advisories (source, external_id, vulnerability_id, feed, modified, \
             withdrawn, summary, severity, score, vector, informational, digest, affected, record, \
             imported_at, reader) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
             on conflict (source, external_id) do update set \
             vulnerability_id = excluded.vulnerability_id, feed = excluded.feed, \
             modified = excluded.modified, withdrawn = excluded.withdrawn, \
             summary = excluded.summary, severity = excluded.severity, score = excluded.score, \
             vector = excluded.vector, informational = excluded.informational, \
             digest = excluded.digest, affected = excluded.affected, record = excluded.record, \
             imported_at = excluded.imported_at, reader = excluded.reader \
             returning source, external_id, id";
    DELETE_PACKAGES: "delete from advisory_packages where advisory_id in ($1)";
    INSERT_PACKAGE: "insert into advisory_packages (package_id, advisory_id) values ($1, $2) \
                     on conflict do nothing";
}

/// What we hold of a record already.
pub struct Stored {
    pub id: i64,
    pub digest: String,
    pub modified: String,
    pub vulnerability: i64,
    pub feed: String,
    /// With which state of our readers it was read.
    pub reader: i64,
}

/// A record of a source by its own name.
pub type Name = (String, String);

pub fn stored<'a>(
    tx: &mut Tx,
    source: &str,
    external_ids: impl IntoIterator<Item = &'a String>,
) -> Result<BTreeMap<Name, Stored>, Error> {
    let keys: Vec<Val> = external_ids.into_iter().map(ToVal::to_val).collect();
    let rows = tx.query_keys(STORED, &[source.to_val()], &keys)?;
    Ok(rows
        .iter()
        .map(|row| {
            let stored = Stored {
                id: row.int(1),
                digest: row.text(2),
                modified: row.text(3),
                vulnerability: row.int(4),
                feed: row.text(5),
                reader: row.int(6),
            };
            ((source.to_owned(), row.text(0)), stored)
        })
        .collect())
}

/// A standing record of a document.
pub struct OfDocument {
    pub external_id: String,
    pub id: i64,
    pub vulnerability: i64,
    pub modified: String,
}

/// The standing records of a document: those whose name begins with its own and a colon.
pub fn of_document(tx: &mut Tx, source: &str, document: &str) -> Result<Vec<OfDocument>, Error> {
    let head = format!("{document}:");
    let rows = tx.query(OF_DOCUMENT, &[&source, &head])?;
    Ok(rows
        .iter()
        .map(|row| OfDocument {
            external_id: row.text(0),
            id: row.int(1),
            vulnerability: row.int(2),
            modified: row.text(3),
        })
        .collect())
}

/// Records their source has taken back.
pub fn withdraw(tx: &mut Tx, ids: &[i64], since: &str) -> Result<(), Error> {
    let keys = super::groups::ids(ids.iter().copied());
    tx.execute_keys(WITHDRAW, &[since.to_val()], &keys)
        .map(|_| ())
}

/// The ids of packages, made where they are new.
pub fn intern(
    tx: &mut Tx,
    keys: &BTreeSet<PackageKey>,
) -> Result<BTreeMap<PackageKey, i64>, Error> {
    let rows: Vec<Vec<Val>> = keys
        .iter()
        .map(|key| vec![key.ecosystem.to_val(), key.name.to_val()])
        .collect();
    tx.insert_rows(INTERN_PACKAGE, &rows)?;
    find(tx, keys)
}

/// The ids of those packages that are known.
pub fn find(tx: &mut Tx, keys: &BTreeSet<PackageKey>) -> Result<BTreeMap<PackageKey, i64>, Error> {
    let mut names: BTreeMap<&str, Vec<Val>> = BTreeMap::new();
    for key in keys {
        names
            .entry(&key.ecosystem)
            .or_default()
            .push(key.name.to_val());
    }
    let mut found = BTreeMap::new();
    for (ecosystem, names) in names {
        for row in tx.query_keys(PACKAGES, &[ecosystem.to_val()], &names)? {
            let key = PackageKey {
                ecosystem: ecosystem.to_owned(),
                name: row.text(1),
            };
            found.insert(key, row.int(0));
        }
    }
    Ok(found)
}

/// The packages each advisory names.
pub fn packages_of(tx: &mut Tx, advisories: &[i64]) -> Result<BTreeMap<i64, BTreeSet<i64>>, Error> {
    let mut found: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    let keys = super::groups::ids(advisories.iter().copied());
    for row in tx.query_keys(PACKAGES_OF, &[], &keys)? {
        found.entry(row.int(0)).or_default().insert(row.int(1));
    }
    Ok(found)
}

/// A record on its way into the database.
pub struct Row<'a> {
    pub source: &'a str,
    pub external_id: &'a str,
    pub vulnerability: i64,
    pub feed: &'a str,
    pub modified: &'a str,
    pub withdrawn: Option<&'a str>,
    pub summary: &'a str,
    pub rated: &'a crate::advisories::rules::Rated,
    pub informational: Option<&'a str>,
    pub digest: &'a str,
    pub affected: &'a [u8],
    pub record: &'a [u8],
    pub reader: i64,
}

/// Writes records; their ids by source and their own names.
pub fn upsert(tx: &mut Tx, rows: &[Row]) -> Result<BTreeMap<Name, i64>, Error> {
    let now = tx.now();
    let values: Vec<Vec<Val>> = rows
        .iter()
        .map(|row| {
            vec![
                row.source.to_val(),
                row.external_id.to_val(),
                row.vulnerability.to_val(),
                row.feed.to_val(),
                row.modified.to_val(),
                row.withdrawn.to_val(),
                row.summary.to_val(),
                row.rated.severity.to_val(),
                row.rated.score.to_val(),
                row.rated.vector.to_val(),
                row.informational.to_val(),
                row.digest.to_val(),
                row.affected.to_val(),
                row.record.to_val(),
                now.to_val(),
                row.reader.to_val(),
            ]
        })
        .collect();
    let written = tx.insert_rows(UPSERT, &values)?;
    Ok(written
        .iter()
        .map(|row| ((row.text(0), row.text(1)), row.int(2)))
        .collect())
}

/// Says which packages each advisory names; what it named before is forgotten.
pub fn set_packages(
    tx: &mut Tx,
    named: &[(i64, BTreeSet<i64>)],
    known: &[i64],
) -> Result<(), Error> {
    tx.execute_keys(
        DELETE_PACKAGES,
        &[],
        &super::groups::ids(known.iter().copied()),
    )?;
    let rows: Vec<Vec<Val>> = named
        .iter()
        .flat_map(|(advisory, packages)| {
            packages
                .iter()
                .map(|package| vec![package.to_val(), advisory.to_val()])
        })
        .collect();
    tx.insert_rows(INSERT_PACKAGE, &rows).map(|_| ())
}
