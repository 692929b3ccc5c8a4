//! SBOMs arrive: from the clients of Dependency-Track, through our own API, in the browser; and
//! what is hostile or broken leaves nothing behind.

mod clients;
mod door;
mod formats;
mod found;
mod hostile;
mod moving;
mod native;
mod pages;
mod read_back;
mod rules;

use crate::kit::{Client, TestApp};
use crate::sboms::cyclonedx;
use bonafide::accounts::Scope;
use bonafide::store::Tx;

/// What a build server's token usually may do.
const CI: [Scope; 3] = [Scope::BomUpload, Scope::ReleaseCreate, Scope::FindingsRead];

fn ci(app: &TestApp) -> Client<'_> {
    app.token(&CI)
}

/// A small document of two packages.
fn document() -> Vec<u8> {
    cyclonedx(0, 2).to_string().into_bytes()
}

/// How many rows the tables of an intake have: nothing may be left behind by what is refused.
fn rows(app: &TestApp) -> Vec<(&'static str, i64)> {
    let tables = [
        "products",
        "releases",
        "sboms",
        "packages",
        "package_versions",
        "components",
        "findings",
    ];
    let count = |tx: &mut Tx, table: &str| {
        let sql = format!("select count(*) from {table}");
        tx.query_one(&sql, &[]).map(|row| row.int(0))
    };
    tables
        .into_iter()
        .map(|table| (table, app.app.db.read_now(|tx| count(tx, table)).unwrap()))
        .collect()
}
