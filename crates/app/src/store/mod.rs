//! One façade over two databases: SQLite inside the program, or PostgreSQL.
//!
//! Rooms are synchronous: an operation takes `&mut Tx` and plain values. Async code at the edges
//! calls [`Db::write`] or [`Db::read`], which run the closure on a blocking thread inside one
//! transaction. One SQL text serves both engines; what must differ is in `dialect.rs`.
//!
//! Nothing acknowledged is lost: SQLite runs in WAL mode with `synchronous=FULL`, asserted at
//! start-up; a write transaction is committed before its closure's value is handed out.

mod bulk;
mod dialect;
mod migrate;
mod postgres;
mod sqlite;
mod tx;
mod value;

pub use dialect::Dialect;
pub use migrate::MIGRATIONS;
pub use tx::{Turn, Tx};
pub use value::{Row, ToVal, Val};

use crate::time::{Clock, Entropy};
use std::path::Path;
use std::sync::Arc;

/// What can go wrong below a statement. A room turns [`Error::Unique`] into a refusal where a
/// user can cause it; everything else is a failure.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A unique or primary key is taken; the text names the constraint as the engine does.
    #[error("a row with this key exists already: {0}")]
    Unique(String),
    /// The engine could not serialise us with others; the whole transaction may be tried again.
    #[error("the database asks to try again: {0}")]
    Retry(String),
    /// The database was written by a newer version of this program.
    #[error("{0}")]
    NewerSchema(String),
    /// The database was written by an older version, and whoever opened it may not change that.
    #[error("{0}")]
    OlderSchema(String),
    /// The database server cannot be reached, or does not let us in.
    #[error("the database server cannot be used: {0}")]
    Unreachable(String),
    #[error("database: {0}")]
    Engine(String),
}

/// A database, cheap to clone.
#[derive(Clone)]
pub struct Db {
    engine: Arc<Engine>,
    clock: Clock,
    entropy: Entropy,
}

enum Engine {
    Sqlite(sqlite::Pool),
    Postgres(postgres::Pool),
}

/// How often a transaction is tried again when the engine asks for it.
const RETRIES_MAX: u32 = 5;

impl Db {
    /// Opens (or creates) a SQLite file and brings its schema up to date.
    pub fn open_sqlite(path: &Path, clock: Clock, entropy: Entropy) -> anyhow::Result<Self> {
        let db = Self {
            engine: Arc::new(Engine::Sqlite(sqlite::Pool::open(path)?)),
            clock,
            entropy,
        };
        migrate::run(&db)?;
        Ok(db)
    }

    /// Connects to PostgreSQL (`postgres://…`) and brings its schema up to date. `schema` puts
    /// all tables into a schema of that name, for tests that share a server.
    pub fn open_postgres(
        url: &str,
        schema: Option<&str>,
        clock: Clock,
        entropy: Entropy,
    ) -> anyhow::Result<Self> {
        let pool = postgres::Pool::open(url, schema)?;
        let db = Self {
            engine: Arc::new(Engine::Postgres(pool)),
            clock,
            entropy,
        };
        migrate::run(&db)?;
        Ok(db)
    }

    /// Opens a SQLite file as it is, for commands that only look: nothing is brought up to date.
    ///
    /// Refuses with [`Error::OlderSchema`] what this version cannot read yet.
    pub fn open_sqlite_as_it_is(
        path: &Path,
        clock: Clock,
        entropy: Entropy,
    ) -> anyhow::Result<Self> {
        let db = Self {
            engine: Arc::new(Engine::Sqlite(sqlite::Pool::open(path)?)),
            clock,
            entropy,
        };
        migrate::require_current(&db)?;
        Ok(db)
    }

    /// [`Db::open_sqlite_as_it_is`] for PostgreSQL.
    pub fn open_postgres_as_it_is(
        url: &str,
        schema: Option<&str>,
        clock: Clock,
        entropy: Entropy,
    ) -> anyhow::Result<Self> {
        let db = Self {
            engine: Arc::new(Engine::Postgres(postgres::Pool::open(url, schema)?)),
            clock,
            entropy,
        };
        migrate::require_current(&db)?;
        Ok(db)
    }

    pub fn dialect(&self) -> Dialect {
        match &*self.engine {
            Engine::Sqlite(_) => Dialect::Sqlite,
            Engine::Postgres(_) => Dialect::Postgres,
        }
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    pub fn entropy(&self) -> &Entropy {
        &self.entropy
    }

    /// Runs `work` in a write transaction on a blocking thread; commits if it returns `Ok`.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
    {
        let db = self.clone();
        spawn(move || db.write_now(work)).await
    }

    /// Runs `work` against one consistent snapshot; nothing it does is kept.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
    {
        let db = self.clone();
        spawn(move || db.read_now(work)).await
    }

    /// [`Db::write`] for code that is already off the async threads (jobs, the command line).
    pub fn write_now<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        match &*self.engine {
            Engine::Sqlite(pool) => pool.write(&self.clock, &self.entropy, work),
            Engine::Postgres(pool) => pool.write(&self.clock, &self.entropy, work),
        }
    }

    /// [`Db::read`] for code that is already off the async threads.
    pub fn read_now<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        match &*self.engine {
            Engine::Sqlite(pool) => pool.read(&self.clock, &self.entropy, work),
            Engine::Postgres(pool) => pool.read(&self.clock, &self.entropy, work),
        }
    }

    /// [`Db::write_now`] for work that may run more than once: tried again when the engine asks.
    pub fn write_retrying<T>(
        &self,
        mut work: impl FnMut(&mut Tx) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        let mut attempt = 0;
        loop {
            match self.write_now(&mut work) {
                Err(error) if attempt < RETRIES_MAX && asks_to_retry(&error) => attempt += 1,
                other => return other,
            }
        }
    }
}

fn asks_to_retry(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref::<Error>(), Some(Error::Retry(_)))
}

async fn spawn<T, E, F>(work: F) -> Result<T, E>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
    F: FnOnce() -> Result<T, E> + Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => Err(Error::Engine("the program is shutting down".into()).into()),
    }
}

/// Declares a room's statements: `statements! { GET_PRODUCT: "select …"; }` makes one constant
/// each and the list `STATEMENTS`, which a test prepares on both databases.
#[macro_export]
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident: $sql:expr;)*) => {
        $($(#[$doc])* const $name: &str = $sql;)*
        /// Every statement of this room, by name.
        pub const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}
