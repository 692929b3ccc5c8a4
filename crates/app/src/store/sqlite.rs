//! SQLite: one writer behind a lock, a few readers, WAL, `synchronous=FULL`.

use super::tx::Inner;
use super::{Attempt, Db, Error, Row, Tx, Val};
use anyhow::Context as _;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ErrorCode};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Versions before this can lose committed writes in WAL mode (the WAL-reset defect).
const VERSION_MIN: i32 = 3_051_003;
/// How long one process waits for another's write before it gives up.
const BUSY: Duration = Duration::from_secs(30);
const READERS_MAX: usize = 8;
const STATEMENT_CACHE: usize = 256;

pub(super) struct Pool {
    path: PathBuf,
    /// Away while somebody writes.
    writer: Mutex<Option<Connection>>,
    returned: Condvar,
    readers: Mutex<Vec<Connection>>,
}

impl Pool {
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        anyhow::ensure!(
            rusqlite::version_number() >= VERSION_MIN,
            "SQLite {} can lose committed writes in WAL mode; 3.51.3 or newer is needed",
            rusqlite::version()
        );
        let writer = connect(path)?;
        Ok(Self {
            path: path.to_owned(),
            writer: Mutex::new(Some(writer)),
            returned: Condvar::new(),
            readers: Mutex::default(),
        })
    }

    /// Waits for the turn to write, for a bounded time.
    fn take(&self, patience: Duration) -> Result<Writer<'_>, Error> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut writer, _) = self
            .returned
            .wait_timeout_while(writer, patience, |writer| writer.is_none())
            .unwrap_or_else(PoisonError::into_inner);
        let seconds = patience.as_secs();
        match writer.take() {
            Some(connection) => Ok(Writer {
                pool: self,
                connection: Some(connection),
            }),
            None => Err(Error::Unavailable(format!(
                "others were writing for {seconds} s"
            ))),
        }
    }

    pub fn write<T, E: From<Error>>(
        &self,
        db: &Db,
        work: &mut impl FnMut(&mut Tx) -> Result<T, E>,
    ) -> Attempt<T, E> {
        let _only = match OnlyWrite::begin() {
            Ok(only) => only,
            Err(error) => return Attempt::failed(error),
        };
        let writer = match self.take(db.patience) {
            Ok(writer) => writer,
            Err(error) => return Attempt::failed(error),
        };
        let connection = writer.connection();
        if let Err(error) = begin(connection, "begin immediate") {
            return Attempt::failed(error);
        }
        let rollback = Rollback(connection);
        let mut tx = Tx::new(Inner::Sqlite(connection), &db.clock, &db.entropy);
        let result = work(&mut tx);
        let trouble = tx.trouble.take();
        if result.is_err() || trouble.is_some() {
            return Attempt { result, trouble };
        }
        match connection.execute_batch("commit") {
            Ok(()) => {
                std::mem::forget(rollback);
                Attempt::done(result)
            }
            Err(commit) => Attempt::failed(error(&commit)),
        }
    }

    pub fn read<T, E: From<Error>>(
        &self,
        db: &Db,
        work: &mut impl FnMut(&mut Tx) -> Result<T, E>,
    ) -> Attempt<T, E> {
        let idle = self
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let connection = match idle.map_or_else(|| connect(&self.path), Ok) {
            Ok(connection) => connection,
            Err(error) => return Attempt::failed(Error::Engine(format!("{error:#}"))),
        };
        if let Err(error) = begin(&connection, "begin deferred") {
            return Attempt::failed(error);
        }
        let done = {
            let _rollback = Rollback(&connection);
            let mut tx = Tx::new(Inner::Sqlite(&connection), &db.clock, &db.entropy);
            let result = work(&mut tx);
            Attempt {
                result,
                trouble: tx.trouble.take(),
            }
        };
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < READERS_MAX {
            readers.push(connection);
        }
        done
    }
}

/// The one connection that writes, until it is dropped: then the next in line has it.
struct Writer<'a> {
    pool: &'a Pool,
    connection: Option<Connection>,
}

impl Writer<'_> {
    fn connection(&self) -> &Connection {
        self.connection.as_ref().expect("it is taken by drop alone")
    }
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        let writer = self.pool.writer.lock();
        *writer.unwrap_or_else(PoisonError::into_inner) = self.connection.take();
        self.pool.returned.notify_one();
    }
}

fn begin(connection: &Connection, how: &str) -> Result<(), Error> {
    connection.execute_batch(how).map_err(|e| error(&e))
}

thread_local! {
    static WRITES: Cell<bool> = const { Cell::new(false) };
}

/// A write begun inside a write of the same thread would wait for itself for ever; it is a fault
/// of ours and says so.
struct OnlyWrite;

impl OnlyWrite {
    fn begin() -> Result<Self, Error> {
        if WRITES.replace(true) {
            return Err(Error::Engine(
                "a write transaction was begun inside another".into(),
            ));
        }
        Ok(Self)
    }
}

impl Drop for OnlyWrite {
    fn drop(&mut self) {
        WRITES.set(false);
    }
}

/// Undoes an open transaction when the work fails or panics.
struct Rollback<'a>(&'a Connection);

impl Drop for Rollback<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.0.execute_batch("rollback") {
            tracing::error!(%error, "could not roll back");
        }
    }
}

/// SQLite's own `lower` knows ASCII only; PostgreSQL's knows every letter, and so does ours, for
/// whoever looks for "über" means "Über" on both.
fn fold_case(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("lower", 1, flags, |given| {
        let text = given.get::<Option<String>>(0)?;
        Ok(text.map(|text| text.to_lowercase()))
    })
}

fn connect(path: &Path) -> anyhow::Result<Connection> {
    let connection =
        Connection::open(path).with_context(|| format!("open the database {}", path.display()))?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    connection.execute_batch(
        "pragma page_size = 8192; pragma journal_mode = wal; pragma synchronous = full;
         pragma foreign_keys = on; pragma temp_store = memory; pragma mmap_size = 268435456;
         pragma cache_size = -16384; pragma trusted_schema = off;",
    )?;
    fold_case(&connection).context("give SQLite letters beyond ASCII")?;
    let mode: String = connection.query_row("pragma journal_mode", [], |row| row.get(0))?;
    let synchronous: i64 = connection.query_row("pragma synchronous", [], |row| row.get(0))?;
    anyhow::ensure!(
        mode == "wal" && synchronous >= 2,
        "the database must run with journal_mode=wal and synchronous=FULL, but runs with {mode} \
         and {synchronous}; is its directory on a file system that supports locks?"
    );
    Ok(connection)
}

impl rusqlite::ToSql for Val {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Value::Null),
            Self::Int(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Self::Real(number) => ToSqlOutput::Owned(Value::Real(*number)),
            Self::Bool(yes) => ToSqlOutput::Owned(Value::Integer(i64::from(*yes))),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Blob(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

/// Gives `$1` the first value wherever it stands: to SQLite `$1` is a name, and names are
/// numbered in the order in which they first appear.
fn bind(statement: &mut rusqlite::CachedStatement, values: &[Val]) -> Result<(), Error> {
    let wanted = statement.parameter_count();
    if wanted != values.len() {
        let given = values.len();
        return Err(Error::Engine(format!(
            "{given} values for a statement with {wanted} parameters"
        )));
    }
    if values.len() >= PARAMETERS_MANY {
        // Spelled `?1`, a parameter has its own place; asking for its name would be as slow as
        // naming it was.
        for (index, value) in values.iter().enumerate() {
            statement
                .raw_bind_parameter(index + 1, value)
                .map_err(|e| error(&e))?;
        }
        return Ok(());
    }
    for place in 1..=wanted {
        let number = statement
            .parameter_name(place)
            .and_then(|name| name.strip_prefix('$'))
            .and_then(|number| number.parse::<usize>().ok());
        let value = number
            .and_then(|number| values.get(number.checked_sub(1)?))
            .ok_or_else(|| Error::Engine("parameters are $1, $2 … without gaps".into()))?;
        statement
            .raw_bind_parameter(place, value)
            .map_err(|e| error(&e))?;
    }
    Ok(())
}

/// From this many parameters on their spelling matters.
const PARAMETERS_MANY: usize = 32;

/// SQLite takes `$1` for a name and looks through all names before it for each one: thousands of
/// them cost more than the statement. `?1` is a number.
fn numbered(sql: &str, parameters: usize) -> std::borrow::Cow<'_, str> {
    if parameters < PARAMETERS_MANY {
        return sql.into();
    }
    let mut text = String::with_capacity(sql.len());
    let mut rest = sql.chars().peekable();
    while let Some(c) = rest.next() {
        let is_parameter = c == '$' && rest.peek().is_some_and(char::is_ascii_digit);
        text.push(if is_parameter { '?' } else { c });
    }
    text.into()
}

pub(super) fn execute(connection: &Connection, sql: &str, values: &[Val]) -> Result<u64, Error> {
    let sql = numbered(sql, values.len());
    let mut statement = connection.prepare_cached(&sql).map_err(|e| error(&e))?;
    bind(&mut statement, values)?;
    let changed = statement.raw_execute().map_err(|e| error(&e))?;
    Ok(changed as u64)
}

/// An insert of one row for many; what it returns.
pub(super) fn insert(
    connection: &Connection,
    sql: &str,
    rows: &[Vec<Val>],
) -> Result<Vec<Row>, Error> {
    let mut statement = connection.prepare_cached(sql).map_err(|e| error(&e))?;
    let columns = statement.column_count();
    let mut returned = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        if index == 0 {
            // Says whether the parameters stand in their order.
            bind(&mut statement, row)?;
        }
        for (place, value) in (1..).zip(row) {
            statement
                .raw_bind_parameter(place, value)
                .map_err(|e| error(&e))?;
        }
        if columns == 0 {
            statement.raw_execute().map_err(|e| error(&e))?;
        } else {
            read_rows(&mut statement, columns, &mut returned)?;
        }
    }
    Ok(returned)
}

pub(super) fn query(connection: &Connection, sql: &str, values: &[Val]) -> Result<Vec<Row>, Error> {
    let sql = numbered(sql, values.len());
    let mut statement = connection.prepare_cached(&sql).map_err(|e| error(&e))?;
    let columns = statement.column_count();
    bind(&mut statement, values)?;
    let mut rows = Vec::new();
    read_rows(&mut statement, columns, &mut rows)?;
    Ok(rows)
}

fn read_rows(
    statement: &mut rusqlite::CachedStatement,
    columns: usize,
    rows: &mut Vec<Row>,
) -> Result<(), Error> {
    let mut answer = statement.raw_query();
    while let Some(row) = answer.next().map_err(|e| error(&e))? {
        let mut out = Vec::with_capacity(columns);
        for column in 0..columns {
            out.push(match row.get_ref(column).map_err(|e| error(&e))? {
                ValueRef::Null => Val::Null,
                ValueRef::Integer(number) => Val::Int(number),
                ValueRef::Real(number) => Val::Real(number),
                ValueRef::Text(text) => Val::Text(String::from_utf8_lossy(text).into_owned()),
                ValueRef::Blob(bytes) => Val::Blob(bytes.to_vec()),
            });
        }
        rows.push(Row(out));
    }
    Ok(())
}

pub(super) fn prepare(connection: &Connection, sql: &str) -> Result<(), Error> {
    connection.prepare(sql).map(|_| ()).map_err(|e| error(&e))
}

pub(super) fn error(error: &rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) if error.to_string().contains("UNIQUE") => {
            Error::Unique(error.to_string())
        }
        // It was waited for already, for as long as `BUSY`; there is nothing to gain by waiting
        // on, with everybody else in the queue behind us.
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Error::Unavailable(format!("another program keeps the database busy: {error}"))
        }
        _ => Error::Engine(error.to_string()),
    }
}
