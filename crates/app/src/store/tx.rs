//! A transaction: the one way to the data, the same for both databases.

use super::{Dialect, Error, Row, ToVal, Val};
use crate::ids::{self, Id};
use crate::time::Entropy;
use jiff::Timestamp;

/// An open transaction. It knows its instant, so that everything written in it has the same
/// time, and it makes ids.
pub struct Tx<'a> {
    pub(super) inner: Inner<'a>,
    pub(super) now: Timestamp,
    pub(super) entropy: &'a Entropy,
    pub(super) statements: u64,
}

pub(super) enum Inner<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres {
        tx: postgres::Transaction<'a>,
        prepared: &'a mut super::postgres::Prepared,
    },
}

impl Tx<'_> {
    /// The instant of this transaction.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// A fresh id of the noun asked for.
    pub fn new_id<I: Id>(&self) -> I {
        ids::generate(self.now, self.entropy)
    }

    /// The random source, for secrets made inside an operation.
    pub fn entropy(&self) -> &Entropy {
        self.entropy
    }

    pub fn dialect(&self) -> Dialect {
        match self.inner {
            Inner::Sqlite(_) => Dialect::Sqlite,
            Inner::Postgres { .. } => Dialect::Postgres,
        }
    }

    /// How many statements ran so far; tests hold pages to a constant number.
    pub fn statements(&self) -> u64 {
        self.statements
    }

    /// Runs a statement; the number of rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[&dyn ToVal]) -> Result<u64, Error> {
        let values: Vec<Val> = params.iter().map(|p| p.to_val()).collect();
        self.execute_values(sql, &values)
    }

    /// [`Tx::execute`] with values made at run time.
    pub fn execute_values(&mut self, sql: &str, values: &[Val]) -> Result<u64, Error> {
        self.statements += 1;
        match &mut self.inner {
            Inner::Sqlite(connection) => super::sqlite::execute(connection, sql, values),
            Inner::Postgres { tx, prepared } => super::postgres::execute(tx, prepared, sql, values),
        }
    }

    /// The rows of an answer. Every list has its own `limit` in the statement.
    pub fn query(&mut self, sql: &str, params: &[&dyn ToVal]) -> Result<Vec<Row>, Error> {
        let values: Vec<Val> = params.iter().map(|p| p.to_val()).collect();
        self.query_values(sql, &values)
    }

    /// [`Tx::query`] with values made at run time.
    pub fn query_values(&mut self, sql: &str, values: &[Val]) -> Result<Vec<Row>, Error> {
        self.statements += 1;
        match &mut self.inner {
            Inner::Sqlite(connection) => super::sqlite::query(connection, sql, values),
            Inner::Postgres { tx, prepared } => super::postgres::query(tx, prepared, sql, values),
        }
    }

    /// The first row, if there is one.
    pub fn query_opt(&mut self, sql: &str, params: &[&dyn ToVal]) -> Result<Option<Row>, Error> {
        Ok(self.query(sql, params)?.into_iter().next())
    }

    /// The one row a statement must give; none is a failure.
    pub fn query_one(&mut self, sql: &str, params: &[&dyn ToVal]) -> Result<Row, Error> {
        self.query_opt(sql, params)?
            .ok_or_else(|| Error::Engine(format!("no row from: {}", sql.trim())))
    }

    /// Inserts many rows in few statements: `head` ends before `values` (`insert into t (a, b)`),
    /// `tail` is what follows (`on conflict do nothing`). Each row has `columns` values.
    pub fn insert_many(
        &mut self,
        head: &str,
        columns: usize,
        tail: &str,
        rows: &[Vec<Val>],
    ) -> Result<u64, Error> {
        let mut changed = 0;
        for batch in rows.chunks((PARAMETERS_MAX / columns.max(1)).min(BATCH_ROWS_MAX)) {
            let sql = values_list(head, columns, tail, batch.len());
            let values: Vec<Val> = batch.iter().flatten().cloned().collect();
            changed += self.execute_values(&sql, &values)?;
        }
        Ok(changed)
    }

    /// Runs `head (list) tail` for each batch of `keys` and gathers the rows: `$1…` stand for the
    /// keys inside the parentheses, as in `select … where id in (…)`.
    pub fn query_in(&mut self, head: &str, tail: &str, keys: &[Val]) -> Result<Vec<Row>, Error> {
        let mut rows = Vec::new();
        for batch in keys.chunks(BATCH_ROWS_MAX) {
            let sql = format!("{head} ({}) {tail}", placeholders(1, batch.len()));
            rows.extend(self.query_values(&sql, batch)?);
        }
        Ok(rows)
    }

    /// Runs statements of a migration, several in one text.
    pub(super) fn batch(&mut self, sql: &str) -> Result<(), Error> {
        match &mut self.inner {
            Inner::Sqlite(connection) => connection
                .execute_batch(sql)
                .map_err(|e| super::sqlite::error(&e)),
            Inner::Postgres { tx, .. } => tx
                .batch_execute(sql)
                .map_err(|e| super::postgres::error(&e)),
        }
    }

    /// Checks that a statement is one this database understands.
    pub fn prepare(&mut self, sql: &str) -> Result<(), Error> {
        match &mut self.inner {
            Inner::Sqlite(connection) => super::sqlite::prepare(connection, sql),
            Inner::Postgres { tx, .. } => tx
                .prepare(sql)
                .map(|_| ())
                .map_err(|e| super::postgres::error(&e)),
        }
    }
}

/// Both engines take more (SQLite 32,766, PostgreSQL 65,535); smaller texts prepare faster.
const PARAMETERS_MAX: usize = 4_000;
const BATCH_ROWS_MAX: usize = 500;

fn placeholders(first: usize, count: usize) -> String {
    let mut text = String::with_capacity(count * 6);
    for number in first..first + count {
        if number > first {
            text.push(',');
        }
        text.push('$');
        text.push_str(&number.to_string());
    }
    text
}

fn values_list(head: &str, columns: usize, tail: &str, rows: usize) -> String {
    let mut sql = format!("{head} values ");
    for row in 0..rows {
        if row > 0 {
            sql.push(',');
        }
        sql.push('(');
        sql.push_str(&placeholders(row * columns + 1, columns));
        sql.push(')');
    }
    sql.push(' ');
    sql.push_str(tail);
    sql
}
