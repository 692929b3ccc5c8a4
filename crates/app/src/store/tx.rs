//! A transaction: the one way to the data, the same for both databases.

use super::{Dialect, Error, Row, ToVal, Val};
use crate::ids::{self, Id};
use crate::time::{Clock, Entropy};
use jiff::Timestamp;

/// An open transaction. It knows its instant, so that everything written in it has the same
/// time, and it makes ids.
pub struct Tx<'a> {
    pub(super) inner: Inner<'a>,
    pub(super) now: Timestamp,
    pub(super) entropy: &'a Entropy,
    pub(super) statements: u64,
    /// The first error of a statement: from then on nothing of the transaction can be kept.
    pub(super) trouble: Option<Error>,
}

/// Work of which one transaction at a time may do some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Comparing components with advisories: an upload and a feed that arrive together must see
    /// each other, or a match is lost.
    Matching = 1,
    /// Sorting the postings of SBOMs into segments, and making a document current again.
    Postings = 2,
}

pub(super) enum Inner<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres {
        tx: postgres::Transaction<'a>,
        prepared: &'a mut super::postgres::Prepared,
    },
}

impl<'a> Tx<'a> {
    pub(super) fn new(inner: Inner<'a>, clock: &Clock, entropy: &'a Entropy) -> Self {
        Self {
            inner,
            now: clock.now(),
            entropy,
            statements: 0,
            trouble: None,
        }
    }
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
        let done = match &mut self.inner {
            Inner::Sqlite(connection) => super::sqlite::execute(connection, sql, values),
            Inner::Postgres { tx, prepared } => super::postgres::execute(tx, prepared, sql, values),
        };
        self.noted(done)
    }

    /// The rows of an answer. Every list has its own `limit` in the statement.
    pub fn query(&mut self, sql: &str, params: &[&dyn ToVal]) -> Result<Vec<Row>, Error> {
        let values: Vec<Val> = params.iter().map(|p| p.to_val()).collect();
        self.query_values(sql, &values)
    }

    /// [`Tx::query`] with values made at run time.
    pub fn query_values(&mut self, sql: &str, values: &[Val]) -> Result<Vec<Row>, Error> {
        self.statements += 1;
        let done = match &mut self.inner {
            Inner::Sqlite(connection) => super::sqlite::query(connection, sql, values),
            Inner::Postgres { tx, prepared } => super::postgres::query(tx, prepared, sql, values),
        };
        self.noted(done)
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

    /// Waits until no other transaction is in the same turn, and keeps it until the end: for work
    /// that reads what others are just writing. What they committed is seen afterwards.
    pub fn take_turn(&mut self, turn: Turn) -> Result<(), Error> {
        match self.dialect().alone(turn as i64) {
            Some(sql) => self.batch(&sql),
            None => Ok(()),
        }
    }

    /// Runs statements of a migration, several in one text.
    pub(super) fn batch(&mut self, sql: &str) -> Result<(), Error> {
        let done = match &mut self.inner {
            Inner::Sqlite(connection) => connection
                .execute_batch(sql)
                .map_err(|e| super::sqlite::error(&e)),
            Inner::Postgres { tx, .. } => tx
                .batch_execute(sql)
                .map_err(|e| super::postgres::error(&e)),
        };
        self.noted(done)
    }

    /// For work that found itself overtaken by another: the whole transaction is tried again.
    pub fn overtaken(&mut self, by: String) -> Error {
        let error = Error::Retry(by);
        self.trouble.get_or_insert_with(|| error.clone());
        error
    }

    /// After a failed statement PostgreSQL keeps nothing of a transaction, whatever its work goes
    /// on to say; so nothing is kept on SQLite either.
    pub(super) fn noted<T>(&mut self, done: Result<T, Error>) -> Result<T, Error> {
        if let Err(error) = &done {
            self.trouble.get_or_insert_with(|| error.clone());
        }
        done
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
