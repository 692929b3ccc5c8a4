//! Reads across the tables of rooms above, for clients that see a release as a project. This
//! room owns no table and writes none.

use crate::accounts::Caller;
use crate::ids::ReleaseId;
use crate::statements;
use crate::store::{Error, Row, ToVal, Tx, Val};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A release as a client's project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    pub release: ReleaseId,
    pub product: String,
    pub version: String,
    pub is_latest: bool,
    pub labels: Vec<String>,
    /// Its product is archived, or it was withdrawn from the market.
    pub inactive: bool,
    /// When the current SBOM arrived.
    pub last_import: Option<Timestamp>,
}

/// Which part of the list of projects is wanted.
#[derive(Debug, Clone, Default)]
pub struct Slice {
    pub rows: i64,
    pub offset: i64,
    /// Exactly this name.
    pub name: Option<String>,
    /// In the name, without regard to case.
    pub search: Option<String>,
    pub active_only: bool,
}

macro_rules! projects {
    ($columns:literal, $rest:literal) => {
        concat!(
            "select ",
            $columns,
            " from releases r join products p \
             on p.organisation_id = r.organisation_id and p.id = r.product_id \
             left join sboms s on s.organisation_id = r.organisation_id \
             and s.release_id = r.id and s.is_current = true \
             where r.organisation_id = $1 \
             and (cast($2 as text) is null or r.product_id = $2) ",
            $rest
        )
    };
}

statements! {
    ALIASES_OF: "select vulnerability_id, alias from vulnerability_aliases \
                 where vulnerability_id in ($1) order by alias";
    ONE: projects!("r.id, p.name, r.version, r.is_latest, r.labels, p.archived_at, s.created_at, r.market",
        "and r.id = $3");
    LIST: projects!("r.id, p.name, r.version, r.is_latest, r.labels, p.archived_at, s.created_at, r.market",
        "and (cast($3 as text) is null or p.name = $3) \
         and (cast($4 as text) is null or lower(p.name) like $4 escape '!') \
         and (cast($5 as bigint) = 0 or (p.archived_at is null and r.market <> 'withdrawn')) \
         order by p.name, r.version, r.id limit $6 offset $7");
    COUNT: projects!("count(*)",
        "and (cast($3 as text) is null or p.name = $3) \
         and (cast($4 as text) is null or lower(p.name) like $4 escape '!') \
         and (cast($5 as bigint) = 0 or (p.archived_at is null and r.market <> 'withdrawn'))");
}

/// A release of the caller's as a project.
pub fn find_project(tx: &mut Tx, caller: &Caller, id: ReleaseId) -> Result<Option<Project>, Error> {
    let row = tx.query_opt(ONE, &[&caller.organisation, &caller.only_product, &id])?;
    Ok(row.as_ref().map(read))
}

/// The caller's releases as projects, by name and version, and how many there are altogether.
pub fn list_projects(
    tx: &mut Tx,
    caller: &Caller,
    slice: &Slice,
) -> Result<(Vec<Project>, i64), Error> {
    let search = slice.search.as_deref().map(pattern);
    let active_only = i64::from(slice.active_only);
    let filter: [&dyn ToVal; 5] = [
        &caller.organisation,
        &caller.only_product,
        &slice.name,
        &search,
        &active_only,
    ];
    let total = tx.query_one(COUNT, &filter)?.int(0);
    let mut values: Vec<&dyn ToVal> = filter.to_vec();
    values.extend([&slice.rows as &dyn ToVal, &slice.offset]);
    let rows = tx.query(LIST, &values)?;
    Ok((rows.iter().map(read).collect(), total))
}

/// The other names of vulnerabilities, sorted.
pub fn aliases(
    tx: &mut Tx,
    vulnerabilities: &BTreeSet<i64>,
) -> Result<BTreeMap<i64, Vec<String>>, Error> {
    let keys: Vec<Val> = vulnerabilities.iter().map(ToVal::to_val).collect();
    let rows = tx.query_keys(ALIASES_OF, &[], &keys)?;
    let mut aliases: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for row in rows {
        aliases.entry(row.int(0)).or_default().push(row.text(1));
    }
    Ok(aliases)
}

/// A `like` pattern that finds a text anywhere.
fn pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

fn read(row: &Row) -> Project {
    Project {
        release: row.id(0),
        product: row.text(1),
        version: row.text(2),
        is_latest: row.bool(3),
        labels: serde_json::from_str(&row.text(4)).unwrap_or_default(),
        inactive: !row.is_null(5) || row.text(7) == "withdrawn",
        last_import: row.opt_instant(6),
    }
}
