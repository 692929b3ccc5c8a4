//! Brings a database forward, one numbered file at a time, and never backward.

use super::{Db, Error, Row, Tx};
use anyhow::Context as _;

/// Every migration in order: name and text. A file is never changed once it has been released.
pub const MIGRATIONS: &[(&str, &str)] = &[
    (
        "0001_jobs_and_alarms",
        include_str!("../../../../migrations/0001_jobs_and_alarms.sql"),
    ),
    (
        "0002_accounts",
        include_str!("../../../../migrations/0002_accounts.sql"),
    ),
    (
        "0003_journal",
        include_str!("../../../../migrations/0003_journal.sql"),
    ),
    (
        "0004_notices",
        include_str!("../../../../migrations/0004_notices.sql"),
    ),
    (
        "0005_evidence",
        include_str!("../../../../migrations/0005_evidence.sql"),
    ),
    (
        "0006_products",
        include_str!("../../../../migrations/0006_products.sql"),
    ),
    (
        "0007_releases",
        include_str!("../../../../migrations/0007_releases.sql"),
    ),
    (
        "0008_advisories",
        include_str!("../../../../migrations/0008_advisories.sql"),
    ),
    (
        "0009_sboms",
        include_str!("../../../../migrations/0009_sboms.sql"),
    ),
    (
        "0010_findings",
        include_str!("../../../../migrations/0010_findings.sql"),
    ),
    (
        "0011_cases",
        include_str!("../../../../migrations/0011_cases.sql"),
    ),
    (
        "0012_disclosures",
        include_str!("../../../../migrations/0012_disclosures.sql"),
    ),
    (
        "0013_store",
        include_str!("../../../../migrations/0013_store.sql"),
    ),
    (
        "0014_advisories",
        include_str!("../../../../migrations/0014_advisories.sql"),
    ),
    (
        "0015_cases",
        include_str!("../../../../migrations/0015_cases.sql"),
    ),
    (
        "0016_advisories",
        include_str!("../../../../migrations/0016_advisories.sql"),
    ),
    (
        "0017_sboms",
        include_str!("../../../../migrations/0017_sboms.sql"),
    ),
    (
        "0018_sboms",
        include_str!("../../../../migrations/0018_sboms.sql"),
    ),
    (
        "0019_sboms",
        include_str!("../../../../migrations/0019_sboms.sql"),
    ),
    (
        "0025_findings",
        include_str!("../../../../migrations/0025_findings.sql"),
    ),
];

const CREATE: &str = "create table if not exists schema_migrations \
                      (name text primary key, applied_at bigint not null)";
const APPLIED: &str = "select name from schema_migrations order by name limit 10000";
/// Two processes that start together must not migrate together.
const LOCK: &str = "lock table schema_migrations in exclusive mode";

/// Applies what is missing, each file in a transaction of its own.
pub(super) fn run(db: &Db) -> anyhow::Result<()> {
    db.write_now(|tx| tx.batch(CREATE))
        .context("prepare the database")?;
    let mut applied = 0;
    for (name, text) in MIGRATIONS {
        let done = db.write_now(|tx| apply(tx, name, text));
        applied += usize::from(done.with_context(|| format!("migration {name}"))?);
    }
    // A new database has nothing to look at.
    if applied > 0 && applied < MIGRATIONS.len() {
        db.refresh_statistics()?;
    }
    Ok(())
}

/// Refuses a database that is not of this version; changes nothing.
pub(super) fn require_current(db: &Db) -> anyhow::Result<()> {
    let find = db.dialect().find_migrations();
    let applied = db.read_now(|tx| -> Result<_, Error> {
        // Reading a table that is not there would fail the whole transaction.
        if tx.query_one(find, &[])?.int(0) == 0 {
            return Ok(0);
        }
        let applied = tx.query(APPLIED, &[])?;
        refuse_newer(&applied)?;
        Ok(applied.len())
    })?;
    let text = match applied {
        0 => {
            "there is nothing in this database yet; check its address, or start the server once, \
             which sets it up"
        }
        some if some < MIGRATIONS.len() => {
            "this database is of an older version of Bonafide; start the server once, which \
             brings it up to date"
        }
        _ => return Ok(()),
    };
    Err(Error::OlderSchema(text.into()).into())
}

fn refuse_newer(applied: &[Row]) -> Result<(), Error> {
    let unknown = applied
        .iter()
        .map(|row| row.text(0))
        .find(|name| !MIGRATIONS.iter().any(|(known, _)| known == name));
    match unknown {
        Some(unknown) => Err(Error::NewerSchema(format!(
            "this database was written by a newer version of Bonafide (it knows {unknown}); \
             start that version, or restore a backup made before the upgrade"
        ))),
        None => Ok(()),
    }
}

/// Whether it was missing.
fn apply(tx: &mut Tx, name: &str, text: &str) -> Result<bool, Error> {
    if let Some(sql) = tx.dialect().unhurried() {
        tx.batch(sql)?;
    }
    if tx.dialect() == super::Dialect::Postgres {
        tx.batch(LOCK)?;
    }
    let applied = tx.query(APPLIED, &[])?;
    refuse_newer(&applied)?;
    if applied.iter().any(|row| row.text(0) == name) {
        return Ok(false);
    }
    let text = tx.dialect().ddl(text);
    tx.batch(&text)?;
    let now = tx.now();
    tx.execute(
        "insert into schema_migrations (name, applied_at) values ($1, $2)",
        &[&name, &now],
    )?;
    tracing::debug!(name, "migration applied");
    Ok(true)
}
