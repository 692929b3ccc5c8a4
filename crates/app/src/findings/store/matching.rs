//! Statements about package versions and what advisories say of them.

use crate::statements;
use crate::store::{Error, Row, ToVal, Tx, Val};
use bonafide_engine::package::PackageKey;
use std::collections::{BTreeMap, BTreeSet};

statements! {
    VERSIONS: "select v.id, v.purl, v.version, v.package_id, p.ecosystem, p.name \
               from package_versions v join packages p on p.id = v.package_id \
               where v.id in ($1) order by v.id";
    VERSIONS_OF: "select v.id, v.purl, v.version, v.package_id, p.ecosystem, p.name \
                  from package_versions v join packages p on p.id = v.package_id \
                  where v.package_id in ($1) order by v.id";
    GUESSERS_OF: "select distinct package_id from package_guesses where guess_id in ($1) \
                  order by package_id";
    GUESSES_OF: "select g.package_id, g.guess_id, p.ecosystem, p.name from package_guesses g \
                 join packages p on p.id = g.guess_id where g.package_id in ($1) \
                 order by g.package_id, g.position";
    ADD_GUESS: "insert into package_guesses (guess_id, package_id, position) \
                values ($1, $2, $3) on conflict do nothing";
    ADVISORIES_OF: "select p.package_id, a.id, a.affected from advisory_packages p \
                    join advisories a on a.id = p.advisory_id \
                    where a.withdrawn is null and p.package_id in ($1) \
                    order by p.package_id, a.id";
    MATCHES_OF: "select package_version_id, advisory_id, outcome, reason, guess_id from matches \
                 where advisory_id in ($1) order by package_version_id, advisory_id";
    MATCHES_OF_VERSIONS: "select package_version_id, advisory_id, outcome, reason, guess_id \
                          from matches where package_version_id in ($1) \
                          order by package_version_id, advisory_id";
    UPSERT: "insert into matches \
             (package_version_id, advisory_id, outcome, reason, guess_id, matched_at) \
             values ($1, $2, $3, $4, $5, $6) \
             on conflict (package_version_id, advisory_id) do update set \
             outcome = excluded.outcome, reason = excluded.reason, \
             guess_id = excluded.guess_id, matched_at = excluded.matched_at";
    DELETE: "delete from matches where package_version_id = $1 and advisory_id = $2";
    VERSIONS_AFTER: "select id from package_versions where id > $1 and package_id is not null \
                     order by id limit $2";
    VULNERABILITIES_OF: "select id, vulnerability_id from advisories where id in ($1) order by id";
}

/// A package version that can be looked up.
#[derive(Debug, Clone)]
pub struct Version {
    pub id: i64,
    pub purl: String,
    pub version: String,
    pub package: i64,
    pub key: PackageKey,
}

fn version(row: &Row) -> Version {
    Version {
        id: row.int(0),
        purl: row.text(1),
        version: row.opt_text(2).unwrap_or_default(),
        package: row.int(3),
        key: PackageKey {
            ecosystem: row.text(4),
            name: row.text(5),
        },
    }
}

pub fn keys(items: impl IntoIterator<Item = i64>) -> Vec<Val> {
    items.into_iter().map(Val::Int).collect()
}

/// Those of these package versions that have a package.
pub fn versions(tx: &mut Tx, ids: &[i64]) -> Result<Vec<Version>, Error> {
    let rows = tx.query_keys(VERSIONS, &[], &keys(ids.iter().copied()))?;
    Ok(rows.iter().map(version).collect())
}

/// The package versions we hold of some packages, and of packages whose name may mean one.
pub fn versions_of(tx: &mut Tx, packages: &BTreeSet<i64>) -> Result<Vec<Version>, Error> {
    let guessers = tx.query_keys(GUESSERS_OF, &[], &keys(packages.iter().copied()))?;
    let all: BTreeSet<i64> = packages
        .iter()
        .copied()
        .chain(guessers.iter().map(|row| row.int(0)))
        .collect();
    let rows = tx.query_keys(VERSIONS_OF, &[], &keys(all))?;
    Ok(rows.iter().map(version).collect())
}

/// The packages that a package's name may also mean, the nearest first.
pub fn guesses_of(
    tx: &mut Tx,
    packages: &BTreeSet<i64>,
) -> Result<BTreeMap<i64, Vec<(i64, PackageKey)>>, Error> {
    let mut found: BTreeMap<i64, Vec<(i64, PackageKey)>> = BTreeMap::new();
    for row in tx.query_keys(GUESSES_OF, &[], &keys(packages.iter().copied()))? {
        let key = PackageKey {
            ecosystem: row.text(2),
            name: row.text(3),
        };
        found.entry(row.int(0)).or_default().push((row.int(1), key));
    }
    Ok(found)
}

/// Rows of (guess, package, position).
pub fn add_guesses(tx: &mut Tx, rows: &[(i64, i64, i64)]) -> Result<(), Error> {
    let rows: Vec<Vec<Val>> = rows
        .iter()
        .map(|(guess, package, position)| vec![guess.to_val(), package.to_val(), position.to_val()])
        .collect();
    tx.insert_rows(ADD_GUESS, &rows).map(|_| ())
}

/// Standing advisories that name some packages: (package, advisory, what is affected, packed).
pub fn advisories_of(
    tx: &mut Tx,
    packages: &BTreeSet<i64>,
) -> Result<Vec<(i64, i64, Vec<u8>)>, Error> {
    let rows = tx.query_keys(ADVISORIES_OF, &[], &keys(packages.iter().copied()))?;
    Ok(rows
        .iter()
        .map(|row| (row.int(0), row.int(1), row.blob(2)))
        .collect())
}

/// What was decided about a package version and an advisory; "not affected" is no row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    pub outcome: String,
    pub reason: String,
    pub guess: Option<i64>,
}

/// Matches by (package version, advisory).
pub type Matches = BTreeMap<(i64, i64), Match>;

fn matches(rows: &[Row]) -> Matches {
    rows.iter()
        .map(|row| {
            let found = Match {
                outcome: row.text(2),
                reason: row.text(3),
                guess: row.opt_int(4),
            };
            ((row.int(0), row.int(1)), found)
        })
        .collect()
}

pub fn matches_of(tx: &mut Tx, advisories: &[i64]) -> Result<Matches, Error> {
    let rows = tx.query_keys(MATCHES_OF, &[], &keys(advisories.iter().copied()))?;
    Ok(matches(&rows))
}

pub fn matches_of_versions(tx: &mut Tx, versions: &[i64]) -> Result<Matches, Error> {
    let rows = tx.query_keys(MATCHES_OF_VERSIONS, &[], &keys(versions.iter().copied()))?;
    Ok(matches(&rows))
}

pub fn write(tx: &mut Tx, new: &[((i64, i64), &Match)], gone: &[(i64, i64)]) -> Result<(), Error> {
    let now = tx.now();
    for (version, advisory) in gone {
        tx.execute(DELETE, &[version, advisory])?;
    }
    let rows: Vec<Vec<Val>> = new
        .iter()
        .map(|((version, advisory), found)| {
            vec![
                version.to_val(),
                advisory.to_val(),
                found.outcome.to_val(),
                found.reason.to_val(),
                found.guess.to_val(),
                now.to_val(),
            ]
        })
        .collect();
    tx.insert_rows(UPSERT, &rows).map(|_| ())
}

/// Package versions after an id, for work over all of them.
pub fn some_after(tx: &mut Tx, after: i64, most: i64) -> Result<Vec<i64>, Error> {
    let rows = tx.query(VERSIONS_AFTER, &[&after, &most])?;
    Ok(rows.iter().map(|row| row.int(0)).collect())
}

/// The vulnerability each advisory is about.
pub fn vulnerabilities_of(tx: &mut Tx, advisories: &[i64]) -> Result<BTreeSet<i64>, Error> {
    let rows = tx.query_keys(VULNERABILITIES_OF, &[], &keys(advisories.iter().copied()))?;
    Ok(rows.iter().map(|row| row.int(1)).collect())
}
