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
mod home;
mod migrate;
mod postgres;
mod sqlite;
mod tx;
mod value;

pub use dialect::Dialect;
pub use home::STATEMENTS;
pub use migrate::MIGRATIONS;
pub use tx::{Turn, Tx};
pub use value::{Row, ToVal, Val};

use crate::time::{Clock, Entropy};
use crate::trouble::Seldom;
use anyhow::Context as _;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What can go wrong below a statement. A room turns [`Error::Unique`] into a refusal where a
/// user can cause it; everything else is a failure.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// A unique or primary key is taken; the text names the constraint as the engine does.
    #[error("a row with this key exists already: {0}")]
    Unique(String),
    /// The engine could not serialise us with others, or the connection broke before anything was
    /// kept; the whole transaction may be tried again, and [`Db::write`] does.
    #[error("the database asks to try again: {0}")]
    Retry(String),
    /// The database is not there or too busy; a later try may find it. What was being committed
    /// just then may or may not have been kept.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// The database was written by a newer version of this program.
    #[error("{0}")]
    NewerSchema(String),
    /// The database was written by an older version, and whoever opened it may not change that.
    #[error("{0}")]
    OlderSchema(String),
    /// The data directory is another database's.
    #[error("{0}")]
    ForeignDirectory(String),
    #[error("database: {0}")]
    Engine(String),
}

/// A database, cheap to clone.
#[derive(Clone)]
pub struct Db {
    engine: Arc<Engine>,
    clock: Clock,
    entropy: Entropy,
    patience: Duration,
}

enum Engine {
    Sqlite(sqlite::Pool),
    Postgres(Box<postgres::Pool>),
}

/// How long one waits for one's turn while all connections are busy (on SQLite: to write).
const PATIENCE: Duration = Duration::from_secs(30);
/// How often a transaction is tried again when the engine asks for it.
const RETRIES_MAX: u32 = 5;
/// The pause before the first further try, doubled each time and lengthened at random by up to
/// as much again, so that two who met do not meet again.
const PAUSE: Duration = Duration::from_millis(8);

impl Db {
    /// Opens (or creates) a SQLite file and brings its schema up to date.
    pub fn open_sqlite(path: &Path, clock: Clock, entropy: Entropy) -> anyhow::Result<Self> {
        let db = Self::over(Engine::Sqlite(sqlite::Pool::open(path)?), clock, entropy);
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
        let pool = postgres::Pool::new(url, schema)?;
        pool.make_schema()?;
        let db = Self::over(Engine::Postgres(Box::new(pool)), clock, entropy);
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
        let db = Self::over(Engine::Sqlite(sqlite::Pool::open(path)?), clock, entropy);
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
        let pool = postgres::Pool::new(url, schema)?;
        let db = Self::over(Engine::Postgres(Box::new(pool)), clock, entropy);
        migrate::require_current(&db)?;
        Ok(db)
    }

    fn over(engine: Engine, clock: Clock, entropy: Entropy) -> Self {
        Self {
            engine: Arc::new(engine),
            clock,
            entropy,
            patience: PATIENCE,
        }
    }

    /// The same database for somebody who waits so long for their turn, and no longer.
    #[must_use]
    pub fn patient_for(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Refuses a data directory that belongs to another database, in a sentence.
    pub fn bind(&self, data: &Path) -> anyhow::Result<()> {
        home::bind(self, data)
    }

    /// Lets the engine look at what its tables hold now, where that changed much since it last
    /// did: after many rows came in, its plans would be those for an empty table.
    pub fn refresh_statistics(&self) -> anyhow::Result<()> {
        let find = self.dialect().find_stale();
        let stale: Vec<String> = self.read_now(|tx| -> Result<_, Error> {
            let rows = tx.query(find, &[])?;
            Ok(rows.iter().map(|row| row.text(0)).collect())
        })?;
        for statement in stale {
            self.write_now(|tx| tx.batch(&statement))
                .with_context(|| statement.clone())?;
        }
        Ok(())
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
    ///
    /// When the engine asks for it (a deadlock, a broken connection) or another transaction took
    /// a unique key first, all is undone and `work` runs again, in a transaction with an instant
    /// and ids of its own: it then sees what the other wrote. So `work` must leave nothing behind
    /// but its value, and an operation that looks before it creates needs no other care.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    {
        let db = self.clone();
        spawn(move || db.write_now(work)).await
    }

    /// Runs `work` against one consistent snapshot; nothing it does is kept.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    {
        let db = self.clone();
        spawn(move || db.read_now(work)).await
    }

    /// [`Db::write`] for code that is already off the async threads (jobs, the command line).
    pub fn write_now<T, E: From<Error>>(
        &self,
        mut work: impl FnMut(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.retrying(|| match &*self.engine {
            Engine::Sqlite(pool) => pool.write(self, &mut work),
            Engine::Postgres(pool) => pool.write(self, &mut work),
        })
    }

    /// [`Db::read`] for code that is already off the async threads.
    pub fn read_now<T, E: From<Error>>(
        &self,
        mut work: impl FnMut(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.retrying(|| match &*self.engine {
            Engine::Sqlite(pool) => pool.read(self, &mut work),
            Engine::Postgres(pool) => pool.read(self, &mut work),
        })
    }

    /// [`Db::write_now`] where the caller does not choose by the kind of error.
    pub fn write_retrying<T>(
        &self,
        work: impl FnMut(&mut Tx) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        self.write_now(work)
    }

    fn retrying<T, E: From<Error>>(
        &self,
        mut attempt: impl FnMut() -> Attempt<T, E>,
    ) -> Result<T, E> {
        let (mut retries, mut met) = (0, false);
        loop {
            let Attempt { result, trouble } = attempt();
            match trouble {
                None => return result,
                Some(Error::Retry(why)) if retries < RETRIES_MAX => {
                    tracing::debug!(why, retries, "a transaction is tried again");
                    self.pause(retries);
                    retries += 1;
                }
                // Whoever had the key has committed by now, and is seen the second time.
                Some(Error::Unique(_)) if self.dialect() == Dialect::Postgres && !met => met = true,
                Some(error) => {
                    if matches!(error, Error::Retry(_) | Error::Unavailable(_)) {
                        warn_seldom(&error);
                    }
                    return result.and_then(|_| {
                        let what = format!("a failed statement was passed over: {error}");
                        Err(Error::Engine(what).into())
                    });
                }
            }
        }
    }

    fn pause(&self, retries: u32) {
        let most = PAUSE.saturating_mul(1 << retries);
        let random = u32::from_le_bytes(self.entropy.bytes::<4>());
        let more = most.mul_f64(f64::from(random) / f64::from(u32::MAX));
        std::thread::sleep(most + more);
    }
}

/// Whoever asked is told each time; the log once a minute.
fn warn_seldom(error: &Error) {
    static SELDOM: Mutex<Seldom> = Mutex::new(Seldom::new());
    let mut seldom = SELDOM.lock().unwrap_or_else(PoisonError::into_inner);
    seldom.say(|passed_over| {
        tracing::warn!(%error, passed_over, "the database could not be used");
    });
}

/// How one run of a transaction ended.
struct Attempt<T, E> {
    result: Result<T, E>,
    /// The first error of the database in it. With one, nothing was kept, whatever `result` says.
    trouble: Option<Error>,
}

impl<T, E: From<Error>> Attempt<T, E> {
    fn done(result: Result<T, E>) -> Self {
        Self {
            result,
            trouble: None,
        }
    }

    fn failed(error: Error) -> Self {
        Self {
            result: Err(error.clone().into()),
            trouble: Some(error),
        }
    }
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
