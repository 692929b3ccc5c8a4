//! PostgreSQL: a small pool of synchronous connections, TLS by rustls.

use super::tx::Inner;
use super::{Error, Row, Tx, Val};
use crate::time::{Clock, Entropy};
use anyhow::Context as _;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, Config, Statement, Transaction};
use std::collections::HashMap;
use std::sync::{Condvar, Mutex, PoisonError};

/// Statements prepared on a connection, by their text.
pub(super) type Prepared = HashMap<String, Statement>;

const CONNECTIONS_MAX: usize = 16;
const PREPARED_MAX: usize = 512;

pub(super) struct Pool {
    config: Config,
    tls: tokio_postgres_rustls::MakeRustlsConnect,
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
    pub fn open(url: &str, schema: Option<&str>) -> anyhow::Result<Self> {
        let config: Config = url
            .parse()
            .context("the address of the database is not valid")?;
        let mut roots = rustls::RootCertStore::empty();
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let pool = Self {
            config,
            tls: tokio_postgres_rustls::MakeRustlsConnect::new(tls),
            schema: schema.map(str::to_owned),
            idle: Mutex::default(),
            returned: Condvar::new(),
        };
        if let Some(schema) = schema {
            anyhow::ensure!(
                schema
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'),
                "a schema's name has only a-z, 0-9 and _"
            );
            let mut client = pool
                .config
                .connect(pool.tls.clone())
                .map_err(|e| unreachable(&e))?;
            client.batch_execute(&format!("create schema if not exists {schema}"))?;
        }
        Ok(pool)
    }

    fn connect(&self) -> Result<Connection, Error> {
        let mut client = self
            .config
            .connect(self.tls.clone())
            .map_err(|e| unreachable(&e))?;
        if let Some(schema) = &self.schema {
            client
                .batch_execute(&format!("set search_path to {schema}"))
                .map_err(|e| error(&e))?;
        }
        Ok(Connection {
            client,
            prepared: Prepared::new(),
        })
    }

    fn take(&self) -> Result<Connection, Error> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(connection) = idle.connections.pop() {
                if connection.client.is_closed() {
                    idle.open -= 1;
                    continue;
                }
                return Ok(connection);
            }
            if idle.open < CONNECTIONS_MAX {
                idle.open += 1;
                drop(idle);
                return self.connect().inspect_err(|_| self.forget());
            }
            idle = self
                .returned
                .wait(idle)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn forget(&self) {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .open -= 1;
        self.returned.notify_one();
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
        clock: &Clock,
        entropy: &Entropy,
        work: impl FnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.run(clock, entropy, work, true)
    }

    pub fn read<T, E: From<Error>>(
        &self,
        clock: &Clock,
        entropy: &Entropy,
        work: impl FnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.run(clock, entropy, work, false)
    }

    fn run<T, E: From<Error>>(
        &self,
        clock: &Clock,
        entropy: &Entropy,
        work: impl FnOnce(&mut Tx) -> Result<T, E>,
        keep: bool,
    ) -> Result<T, E> {
        let mut lease = Lease {
            pool: self,
            connection: Some(self.take()?),
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
        let inner = Inner::Postgres {
            tx: begun.map_err(|e| error(&e))?,
            prepared: &mut connection.prepared,
        };
        let mut tx = Tx {
            inner,
            now: clock.now(),
            entropy,
            statements: 0,
        };
        let done = work(&mut tx)?;
        let Inner::Postgres { tx, .. } = tx.inner else {
            unreachable!("made above")
        };
        if keep { tx.commit() } else { tx.rollback() }.map_err(|e| error(&e))?;
        Ok(done)
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
            _ => self.pool.forget(),
        }
    }
}

/// A value goes out in the type the server asks for.
impl ToSql for Val {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut bytes::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (self, kind) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Int(number), &Type::INT4) => i32::try_from(*number)?.to_sql(kind, out),
            (Self::Int(number), &Type::BOOL) => (*number != 0).to_sql(kind, out),
            #[expect(
                clippy::cast_precision_loss,
                reason = "a whole number given for a real"
            )]
            (Self::Int(number), &Type::FLOAT8) => (*number as f64).to_sql(kind, out),
            (Self::Int(number), _) => number.to_sql(kind, out),
            (Self::Bool(yes), &Type::INT8) => i64::from(*yes).to_sql(kind, out),
            (Self::Bool(yes), _) => yes.to_sql(kind, out),
            (Self::Real(number), _) => number.to_sql(kind, out),
            // PostgreSQL's text cannot hold NUL; U+FFFD says that something stood there.
            (Self::Text(text), _) if text.contains('\0') => {
                text.replace('\0', "\u{fffd}").to_sql(kind, out)
            }
            (Self::Text(text), _) => text.to_sql(kind, out),
            (Self::Blob(bytes), _) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
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
    rows.iter().map(read_row).collect()
}

fn read_row(row: &postgres::Row) -> Result<Row, Error> {
    let mut out = Vec::with_capacity(row.len());
    for (index, column) in row.columns().iter().enumerate() {
        let value = match *column.type_() {
            Type::INT8 => row
                .try_get::<_, Option<i64>>(index)
                .map(|v| v.map(Val::Int)),
            Type::INT4 => row
                .try_get::<_, Option<i32>>(index)
                .map(|v| v.map(|n| Val::Int(n.into()))),
            Type::BOOL => row
                .try_get::<_, Option<bool>>(index)
                .map(|v| v.map(Val::Bool)),
            Type::FLOAT8 => row
                .try_get::<_, Option<f64>>(index)
                .map(|v| v.map(Val::Real)),
            Type::BYTEA => row
                .try_get::<_, Option<Vec<u8>>>(index)
                .map(|v| v.map(Val::Blob)),
            Type::TEXT | Type::VARCHAR | Type::NAME => row
                .try_get::<_, Option<String>>(index)
                .map(|v| v.map(Val::Text)),
            ref other => {
                return Err(Error::Engine(format!(
                    "column {} has type {other}; cast it to bigint, text, boolean or real",
                    column.name()
                )));
            }
        };
        out.push(value.map_err(|e| error(&e))?.unwrap_or(Val::Null));
    }
    Ok(Row(out))
}

/// Why no connection came about, with its causes: `error connecting to server` alone helps nobody.
fn unreachable(error: &postgres::Error) -> Error {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    Error::Unreachable(text)
}

pub(super) fn error(error: &postgres::Error) -> Error {
    let text = error
        .as_db_error()
        .map_or_else(|| error.to_string(), ToString::to_string);
    match error.code().map(postgres::error::SqlState::code) {
        Some("23505") => Error::Unique(text),
        Some("40001" | "40P01") => Error::Retry(text),
        _ => Error::Engine(text),
    }
}
