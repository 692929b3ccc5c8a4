//! PostgreSQL: a small pool of synchronous connections, TLS by rustls.
//!
//! A connection that broke is replaced, and what had begun on it is begun again: the server may
//! restart without us. Whoever waits for a connection waits for a bounded time.

mod address;
mod errors;
mod values;

pub(super) use errors::error;

use super::tx::Inner;
use super::{Attempt, Db, Error, Row, Tx, Val};
use postgres::types::{ToSql, Type};
use postgres::{Client, Statement, Transaction};
use std::collections::HashMap;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Statements prepared on a connection, by their text.
pub(super) type Prepared = HashMap<String, Statement>;

const CONNECTIONS_MAX: usize = 16;
const PREPARED_MAX: usize = 512;

pub(super) struct Pool {
    address: address::Address,
    schema: Option<String>,
    idle: Mutex<Idle>,
    returned: Condvar,
}

#[derive(Default)]
struct Idle {
    connections: Vec<Connection>,
    open: usize,
}

struct Connection {
    client: Client,
    prepared: Prepared,
}

impl Pool {
    /// A pool that connects when it is used.
    pub fn new(url: &str, schema: Option<&str>) -> anyhow::Result<Self> {
        if let Some(schema) = schema {
            anyhow::ensure!(
                schema
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'),
                "a schema's name has only a-z, 0-9 and _"
            );
        }
        Ok(Self {
            address: address::parse(url)?,
            schema: schema.map(str::to_owned),
            idle: Mutex::default(),
            returned: Condvar::new(),
        })
    }

    /// Makes the schema all tables go into, if there is to be one.
    pub fn make_schema(&self) -> anyhow::Result<()> {
        if let Some(schema) = &self.schema {
            let mut client = self.address.connect()?;
            client.batch_execute(&format!("create schema if not exists {schema}"))?;
        }
        Ok(())
    }

    fn connect(&self) -> Result<Connection, Error> {
        let mut client = self.address.connect()?;
        let mut settings = self.address.settings.clone();
        if let Some(schema) = &self.schema {
            settings.push_str(&format!("set search_path to {schema};"));
        }
        client.batch_execute(&settings).map_err(|e| error(&e))?;
        Ok(Connection {
            client,
            prepared: Prepared::new(),
        })
    }

    fn take(&self, patience: Duration) -> Result<Connection, Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let none_free = |idle: &mut Idle| {
            let before = idle.connections.len();
            idle.connections.retain(|c| !c.client.is_closed());
            idle.open -= before - idle.connections.len();
            idle.connections.is_empty() && idle.open >= CONNECTIONS_MAX
        };
        let (mut idle, waited) = self
            .returned
            .wait_timeout_while(idle, patience, none_free)
            .unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out() {
            return Err(Error::Unavailable(format!(
                "all {CONNECTIONS_MAX} connections were busy for {} s",
                patience.as_secs()
            )));
        }
        if let Some(connection) = idle.connections.pop() {
            return Ok(connection);
        }
        idle.open += 1;
        drop(idle);
        self.connect().inspect_err(|_| self.forget())
    }

    fn forget(&self) {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .open -= 1;
        self.returned.notify_one();
    }

    /// One connection broke: those that lie idle most likely did too, and are closed.
    fn forget_idle(&self) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let closed = std::mem::take(&mut idle.connections);
        idle.open -= closed.len();
        drop(idle);
        self.returned.notify_all();
    }

    fn give_back(&self, connection: Connection) {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .connections
            .push(connection);
        self.returned.notify_one();
    }

    pub fn write<T, E: From<Error>>(
        &self,
        db: &Db,
        work: &mut impl FnMut(&mut Tx) -> Result<T, E>,
    ) -> Attempt<T, E> {
        self.run(db, work, true)
    }

    pub fn read<T, E: From<Error>>(
        &self,
        db: &Db,
        work: &mut impl FnMut(&mut Tx) -> Result<T, E>,
    ) -> Attempt<T, E> {
        self.run(db, work, false)
    }

    fn run<T, E: From<Error>>(
        &self,
        db: &Db,
        work: &mut impl FnMut(&mut Tx) -> Result<T, E>,
        keep: bool,
    ) -> Attempt<T, E> {
        let mut lease = Lease {
            pool: self,
            connection: match self.take(db.patience) {
                Ok(connection) => Some(connection),
                Err(error) => return Attempt::failed(error),
            },
        };
        let connection = lease.connection.as_mut().expect("the lease was just made");
        if connection.prepared.len() > PREPARED_MAX {
            connection.prepared.clear();
        }
        let begun = if keep {
            connection.client.transaction()
        } else {
            // One snapshot for the whole read, as SQLite gives it.
            connection
                .client
                .build_transaction()
                .isolation_level(postgres::IsolationLevel::RepeatableRead)
                .read_only(true)
                .start()
        };
        let inner = match begun {
            Ok(tx) => Inner::Postgres {
                tx,
                prepared: &mut connection.prepared,
            },
            Err(begin) => return Attempt::failed(error(&begin)),
        };
        let mut tx = Tx::new(inner, &db.clock, &db.entropy);
        let result = work(&mut tx);
        let trouble = tx.trouble.take();
        if result.is_err() || trouble.is_some() {
            return Attempt { result, trouble };
        }
        let Inner::Postgres { tx, .. } = tx.inner else {
            unreachable!("made above")
        };
        let ended = if keep { tx.commit() } else { tx.rollback() };
        match ended {
            Ok(()) => Attempt::done(result),
            Err(commit) if keep => Attempt::failed(errors::commit_error(&commit)),
            // What was read was read.
            Err(_) => Attempt::done(result),
        }
    }
}

/// Brings the connection back even when the work fails or panics.
struct Lease<'a> {
    pool: &'a Pool,
    connection: Option<Connection>,
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        match self.connection.take() {
            Some(connection) if !connection.client.is_closed() => self.pool.give_back(connection),
            _ => {
                self.pool.forget();
                self.pool.forget_idle();
            }
        }
    }
}

fn statement(tx: &mut Transaction, prepared: &mut Prepared, sql: &str) -> Result<Statement, Error> {
    if let Some(statement) = prepared.get(sql) {
        return Ok(statement.clone());
    }
    let statement = tx.prepare(sql).map_err(|e| error(&e))?;
    prepared.insert(sql.to_owned(), statement.clone());
    Ok(statement)
}

pub(super) fn execute(
    tx: &mut Transaction,
    prepared: &mut Prepared,
    sql: &str,
    values: &[Val],
) -> Result<u64, Error> {
    let statement = statement(tx, prepared, sql)?;
    let params: Vec<&(dyn ToSql + Sync)> = values.iter().map(|v| v as _).collect();
    tx.execute(&statement, &params).map_err(|e| error(&e))
}

pub(super) fn query(
    tx: &mut Transaction,
    prepared: &mut Prepared,
    sql: &str,
    values: &[Val],
) -> Result<Vec<Row>, Error> {
    let statement = statement(tx, prepared, sql)?;
    let params: Vec<&(dyn ToSql + Sync)> = values.iter().map(|v| v as _).collect();
    let rows = tx.query(&statement, &params).map_err(|e| error(&e))?;
    rows.iter().map(values::read_row).collect()
}

/// A query whose last parameter is an array of keys.
pub(super) fn query_array(
    tx: &mut Transaction,
    prepared: &mut Prepared,
    sql: &str,
    fixed: &[Val],
    keys: &[Val],
) -> Result<Vec<Row>, Error> {
    let statement = statement(tx, prepared, sql)?;
    let array = values::Array::of(keys.iter());
    let rows = tx.query(&statement, &with_array(fixed, &array));
    rows.map_err(|e| error(&e))?
        .iter()
        .map(values::read_row)
        .collect()
}

/// [`query_array`] for a statement that changes rows.
pub(super) fn execute_array(
    tx: &mut Transaction,
    prepared: &mut Prepared,
    sql: &str,
    fixed: &[Val],
    keys: &[Val],
) -> Result<u64, Error> {
    let statement = statement(tx, prepared, sql)?;
    let array = values::Array::of(keys.iter());
    let changed = tx.execute(&statement, &with_array(fixed, &array));
    changed.map_err(|e| error(&e))
}

fn with_array<'a>(fixed: &'a [Val], array: &'a values::Array) -> Vec<&'a (dyn ToSql + Sync)> {
    let mut params: Vec<&(dyn ToSql + Sync)> = fixed.iter().map(|v| v as _).collect();
    params.push(array);
    params
}

/// An insert of one row for many; what it returns. The server says what the types of a row are.
pub(super) fn insert(
    tx: &mut Transaction,
    prepared: &mut Prepared,
    sql: &str,
    rows: &[Vec<Val>],
) -> Result<Vec<Row>, Error> {
    let one = statement(tx, prepared, sql)?;
    let kinds: Vec<&str> = one.params().iter().map(Type::name).collect();
    if rows.iter().any(|row| row.len() != kinds.len()) {
        return Err(Error::Engine(format!("rows of another length than: {sql}")));
    }
    let many = statement(tx, prepared, &crate::store::bulk::unnested(sql, &kinds)?)?;
    let columns: Vec<values::Array> = (0..kinds.len())
        .map(|column| values::Array::of(rows.iter().map(|row| &row[column])))
        .collect();
    let params: Vec<&(dyn ToSql + Sync)> = columns.iter().map(|c| c as _).collect();
    let rows = tx.query(&many, &params).map_err(|e| error(&e))?;
    rows.iter().map(values::read_row).collect()
}
