//! Statements about vulnerabilities as groups of ids.

use crate::statements;
use crate::store::{Error, ToVal, Tx, Val};
use std::collections::{BTreeMap, BTreeSet};

statements! {
    LINKS_OF: "select record, alias from alias_links where record in ($1) order by record, alias";
    DELETE_LINKS: "delete from alias_links where record in ($1)";
    INSERT_LINK: "insert into alias_links (record, alias) values ($1, $2) on conflict do nothing";
    VULNERABILITIES_OF: "select alias, vulnerability_id from vulnerability_aliases \
                         where alias in ($1) order by alias";
    MEMBERS_OF: "select vulnerability_id, alias from vulnerability_aliases \
                 where vulnerability_id in ($1) order by vulnerability_id, alias";
    CREATE: "insert into vulnerabilities (name, title, severity, updated_at) \
             values ($1, $2, $3, $4) returning id, name";
    INSERT_ALIAS: "insert into vulnerability_aliases (alias, vulnerability_id) values ($1, $2) \
                   on conflict (alias) do update set vulnerability_id = excluded.vulnerability_id";
    DELETE_ALIASES: "delete from vulnerability_aliases where alias in ($1)";
    MOVE_ALIASES: "update vulnerability_aliases set vulnerability_id = $2 \
                   where vulnerability_id = $1";
    MOVE_ADVISORIES: "update advisories set vulnerability_id = $2 where vulnerability_id = $1";
    BURY: "update vulnerabilities set merged_into = $2, name = '#' || cast(id as text), \
           updated_at = $3 where id = $1";
    FOLLOW_ON: "update vulnerabilities set merged_into = $2 where merged_into = $1";
    FORGET_EXPLOITATIONS: "delete from exploitations where vulnerability_id = $1";
    RELEASE_NAMES: "update vulnerabilities set name = '#' || cast(id as text) where id in ($1)";
    REASSIGN: "update advisories set vulnerability_id = $1 where external_id in ($2)";
    ADVISORY_IDS: "select vulnerability_id, external_id from advisories \
                   where vulnerability_id in ($1) order by vulnerability_id, external_id";
    EXPLOITATION_NAMES: "select distinct name from exploitation_records where name in ($1)";
    FACTS: "select vulnerability_id, external_id, summary, severity, score, vector, \
            informational, withdrawn from advisories where vulnerability_id in ($1) \
            order by vulnerability_id, external_id";
    KEV_TITLES: "select a.vulnerability_id, r.detail from vulnerability_aliases a \
                 join exploitation_records r on r.name = a.alias \
                 where a.vulnerability_id in ($1) order by a.vulnerability_id, r.feed, r.source";
    DESCRIBED: "select id, name, title, severity, score, vector, informational \
                from vulnerabilities where id in ($1) order by id";
    DESCRIBE: "insert into vulnerabilities \
               (id, name, title, severity, score, vector, informational, updated_at) \
               values ($1, $2, $3, $4, $5, $6, $7, $8) \
               on conflict (id) do update set name = excluded.name, title = excluded.title, \
               severity = excluded.severity, score = excluded.score, vector = excluded.vector, \
               informational = excluded.informational, updated_at = excluded.updated_at";
}

fn texts<'a>(items: impl IntoIterator<Item = &'a String>) -> Vec<Val> {
    items.into_iter().map(ToVal::to_val).collect()
}

pub fn ids(items: impl IntoIterator<Item = i64>) -> Vec<Val> {
    items.into_iter().map(Val::Int).collect()
}

/// What each record says are its aliases.
pub fn links_of<'a>(
    tx: &mut Tx,
    records: impl IntoIterator<Item = &'a String>,
) -> Result<BTreeMap<String, BTreeSet<String>>, Error> {
    let mut links: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in tx.query_keys(LINKS_OF, &[], &texts(records))? {
        links.entry(row.text(0)).or_default().insert(row.text(1));
    }
    Ok(links)
}

pub fn replace_links(tx: &mut Tx, links: &[(&String, &Vec<String>)]) -> Result<(), Error> {
    tx.execute_keys(DELETE_LINKS, &[], &texts(links.iter().map(|(r, _)| *r)))?;
    let rows: Vec<Vec<Val>> = links
        .iter()
        .flat_map(|(record, aliases)| {
            aliases
                .iter()
                .map(|alias| vec![record.to_val(), alias.to_val()])
        })
        .collect();
    tx.insert_rows(INSERT_LINK, &rows).map(|_| ())
}

pub fn vulnerabilities_of<'a>(
    tx: &mut Tx,
    aliases: impl IntoIterator<Item = &'a String>,
) -> Result<BTreeMap<String, i64>, Error> {
    let rows = tx.query_keys(VULNERABILITIES_OF, &[], &texts(aliases))?;
    Ok(rows.iter().map(|row| (row.text(0), row.int(1))).collect())
}

/// The ids of each vulnerability.
pub fn members_of(
    tx: &mut Tx,
    vulnerabilities: &[i64],
) -> Result<BTreeMap<i64, Vec<String>>, Error> {
    gather(tx, MEMBERS_OF, vulnerabilities)
}

/// The records of each vulnerability.
pub fn advisory_ids(
    tx: &mut Tx,
    vulnerabilities: &[i64],
) -> Result<BTreeMap<i64, Vec<String>>, Error> {
    gather(tx, ADVISORY_IDS, vulnerabilities)
}

fn gather(tx: &mut Tx, sql: &str, keys: &[i64]) -> Result<BTreeMap<i64, Vec<String>>, Error> {
    let mut found: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for row in tx.query_keys(sql, &[], &ids(keys.iter().copied()))? {
        found.entry(row.int(0)).or_default().push(row.text(1));
    }
    Ok(found)
}

pub fn create(tx: &mut Tx, names: &[String]) -> Result<BTreeMap<String, i64>, Error> {
    let now = tx.now();
    let rows: Vec<Vec<Val>> = names
        .iter()
        .map(|name| vec![name.to_val(), "".to_val(), "unknown".to_val(), now.to_val()])
        .collect();
    let made = tx.insert_rows(CREATE, &rows)?;
    Ok(made.iter().map(|row| (row.text(1), row.int(0))).collect())
}

pub fn add_aliases(tx: &mut Tx, aliases: &[(String, i64)]) -> Result<(), Error> {
    let rows: Vec<Vec<Val>> = aliases
        .iter()
        .map(|(alias, id)| vec![alias.to_val(), id.to_val()])
        .collect();
    tx.insert_rows(INSERT_ALIAS, &rows).map(|_| ())
}

pub fn drop_aliases(tx: &mut Tx, aliases: &[String]) -> Result<(), Error> {
    tx.execute_keys(DELETE_ALIASES, &[], &texts(aliases))
        .map(|_| ())
}

/// Everything of `from` becomes `into`; the row of `from` stays to be followed.
pub fn merge(tx: &mut Tx, from: i64, into: i64) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(MOVE_ALIASES, &[&from, &into])?;
    tx.execute(MOVE_ADVISORIES, &[&from, &into])?;
    tx.execute(FORGET_EXPLOITATIONS, &[&from])?;
    tx.execute(FOLLOW_ON, &[&from, &into])?;
    tx.execute(BURY, &[&from, &into, &now]).map(|_| ())
}

/// Frees the names of rows that are about to be named anew.
pub fn release_names(tx: &mut Tx, vulnerabilities: &[i64]) -> Result<(), Error> {
    tx.execute_keys(RELEASE_NAMES, &[], &ids(vulnerabilities.iter().copied()))
        .map(|_| ())
}

pub fn reassign(tx: &mut Tx, external_ids: &[String], into: i64) -> Result<(), Error> {
    tx.execute_keys(REASSIGN, &[Val::Int(into)], &texts(external_ids))
        .map(|_| ())
}

pub fn exploitation_names(tx: &mut Tx, names: &[String]) -> Result<BTreeSet<String>, Error> {
    let rows = tx.query_keys(EXPLOITATION_NAMES, &[], &texts(names))?;
    Ok(rows.iter().map(|row| row.text(0)).collect())
}

/// What one record says, for the description of its vulnerability.
pub struct Fact {
    pub external_id: String,
    pub summary: String,
    pub rated: crate::advisories::rules::Rated,
    pub informational: Option<String>,
    pub is_withdrawn: bool,
}

pub fn facts(tx: &mut Tx, vulnerabilities: &[i64]) -> Result<BTreeMap<i64, Vec<Fact>>, Error> {
    let mut found: BTreeMap<i64, Vec<Fact>> = BTreeMap::new();
    for row in tx.query_keys(FACTS, &[], &ids(vulnerabilities.iter().copied()))? {
        found.entry(row.int(0)).or_default().push(Fact {
            external_id: row.text(1),
            summary: row.text(2),
            rated: crate::advisories::rules::Rated {
                severity: row.text(3),
                score: row.opt_real(4),
                vector: row.opt_text(5),
            },
            informational: row.opt_text(6),
            is_withdrawn: !row.is_null(7),
        });
    }
    Ok(found)
}

/// What the catalogues call each vulnerability, as their detail (JSON).
pub fn kev_details(
    tx: &mut Tx,
    vulnerabilities: &[i64],
) -> Result<BTreeMap<i64, Vec<String>>, Error> {
    gather(tx, KEV_TITLES, vulnerabilities)
}

/// A vulnerability as lists and pages show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Described {
    pub id: i64,
    pub name: String,
    pub title: String,
    pub rated: crate::advisories::rules::Rated,
    pub informational: Option<String>,
}

pub fn described(tx: &mut Tx, vulnerabilities: &[i64]) -> Result<BTreeMap<i64, Described>, Error> {
    let rows = tx.query_keys(DESCRIBED, &[], &ids(vulnerabilities.iter().copied()))?;
    let read = |row: &crate::store::Row| Described {
        id: row.int(0),
        name: row.text(1),
        title: row.text(2),
        rated: crate::advisories::rules::Rated {
            severity: row.text(3),
            score: row.opt_real(4),
            vector: row.opt_text(5),
        },
        informational: row.opt_text(6),
    };
    Ok(rows.iter().map(|row| (row.int(0), read(row))).collect())
}

pub fn describe(tx: &mut Tx, rows: &[Described]) -> Result<(), Error> {
    let now = tx.now();
    let rows: Vec<Vec<Val>> = rows
        .iter()
        .map(|d| {
            vec![
                d.id.to_val(),
                d.name.to_val(),
                d.title.to_val(),
                d.rated.severity.to_val(),
                d.rated.score.to_val(),
                d.rated.vector.to_val(),
                d.informational.to_val(),
                now.to_val(),
            ]
        })
        .collect();
    tx.insert_rows(DESCRIBE, &rows).map(|_| ())
}
