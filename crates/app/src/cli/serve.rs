//! `bonafide serve`: the server, its worker, and an orderly end.

use super::listen::Bounds;
use super::say::say;
use crate::config::{Config, Fault, Flags, database_file};
use crate::store::Db;
use crate::time::{Clock, Entropy};
use crate::web::App;
use crate::worker::leftovers;
use anyhow::Context as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// What `serve` takes.
#[derive(clap::Args, Debug, Default)]
pub struct ServeArgs {
    /// Where the database, the files and the key live.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The address and port to listen on.
    #[arg(long, value_name = "ADDR:PORT")]
    pub listen: Option<SocketAddr>,
    /// What links begin with, as people reach this server.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// The configuration file; `bonafide.toml` here if there is one.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

impl ServeArgs {
    /// The layers of configuration put together.
    pub fn load(&self) -> anyhow::Result<Config> {
        let flags = Flags {
            data: self.data.clone(),
            listen: self.listen,
            base_url: self.base_url.clone(),
            config: self.config.clone(),
        };
        Config::load(&flags, &|name| std::env::var(name).ok())
    }
}

/// Runs the server until it is told to stop.
pub fn run(args: ServeArgs) -> anyhow::Result<()> {
    start_log();
    let app = open(args.load()?)?;
    // PostgreSQL's connections have a runtime of their own and must be closed outside of ours.
    let kept = app.clone();
    let done = block_on(serve(app, |app, address| {
        let link = app
            .db
            .write_now(crate::accounts::issue_setup_link)
            .map_err(crate::trouble::Trouble::into_error)?;
        say!("Bonafide listens on http://{address}");
        if let Some(secret) = link {
            say!(
                "\nSet up this instance within 30 minutes:\n\n  {}/setup/{secret}\n",
                app.config.base_url
            );
        }
        Ok(())
    }));
    drop(kept);
    done
}

/// Opens the data directory (or the PostgreSQL database) a configuration names.
pub fn open(config: Config) -> anyhow::Result<App> {
    make_private(&config.data).map_err(|error| {
        let place = config.data.display();
        Fault::new(format!(
            "the data directory {place} cannot be made ({error}); name another with --data"
        ))
    })?;
    let (clock, entropy) = (Clock::system(), Entropy::system());
    let db = match &config.database_url {
        Some(url) => Db::open_postgres(
            url.reveal(),
            config.database_schema.as_deref(),
            clock.clone(),
            entropy,
        )?,
        None => {
            let file = database_file(&config.data);
            readable(&file)?;
            Db::open_sqlite(&file, clock.clone(), entropy)?
        }
    };
    db.bind(&config.data)?;
    let blobs = config.data.join("blobs");
    Ok(App {
        db,
        clock,
        blobs: crate::blobs::Blobs::open(&blobs).map_err(|error| {
            Fault::new(format!(
                "files cannot be kept in {}: {error:#}",
                blobs.display()
            ))
        })?,
        egress: crate::feeds::Egress::new(config.egress.clone()),
        mailer: crate::mail::Mailer::of(&config)
            .map_err(|error| Fault::new(format!("{error:#}")))?,
        wake: crate::jobs::Wake::default(),
        fetching: crate::feeds::Fetching::default(),
        config: Arc::new(config),
    })
}

/// Opens the database a configuration names for a command that runs beside the server: it is
/// neither made nor brought up to date.
pub fn look(config: &Config) -> anyhow::Result<Db> {
    let (clock, entropy) = (Clock::system(), Entropy::system());
    let schema = config.database_schema.as_deref();
    if let Some(url) = &config.database_url {
        return Db::open_postgres_as_it_is(url.reveal(), schema, clock, entropy);
    }
    let file = database_file(&config.data);
    if !file.exists() {
        let place = file.display();
        return Err(Fault::new(format!(
            "there is no database at {place}; name the server's directory with --data"
        ))
        .into());
    }
    readable(&file)?;
    Db::open_sqlite_as_it_is(&file, clock, entropy)
}

/// Refuses a file that is there but cannot be the database: somebody else's, or no database.
fn readable(file: &std::path::Path) -> Result<(), Fault> {
    use std::io::Read as _;
    /// How every SQLite file begins (sqlite.org/fileformat2.html §1.3.1).
    const MAGIC: &[u8] = b"SQLite format 3\0";
    let place = file.display();
    let mut begin = Vec::new();
    let opened = std::fs::OpenOptions::new()
        .read(true)
        .write(true)
        .open(file);
    match opened.and_then(|file| file.take(MAGIC.len() as u64).read_to_end(&mut begin)) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Fault::new(format!(
            "the database {place} cannot be opened: {error}"
        ))),
        // A file that was made a moment ago is empty until the first write.
        Ok(0) => Ok(()),
        Ok(_) if begin == MAGIC => Ok(()),
        Ok(_) => Err(Fault::new(format!(
            "{place} is no SQLite database; move it away, or name another directory with --data"
        ))),
    }
}

/// Makes a directory that only its owner may look into; one that is there already stays as it is.
fn make_private(folder: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

/// Runs a future on a runtime of its own.
pub fn block_on<T>(future: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("start the runtime")?
        .block_on(future)
}

/// Listens; calls `ready` once the address is known; ends when a signal comes.
pub async fn serve(
    app: App,
    ready: impl FnOnce(&App, SocketAddr) -> anyhow::Result<()> + Send + 'static,
) -> anyhow::Result<()> {
    let listen = app.config.listen;
    // First of all, so that nothing happens where another server is at work already.
    let listener = tokio::net::TcpListener::bind(listen)
        .await
        .map_err(|error| cannot_listen(listen, &error))?;
    let planning = app.clone();
    tokio::task::spawn_blocking(move || plan(&planning))
        .await
        .context("plan the fetching of feeds")??;
    // Whoever watches the port sees that it is up, however much fell due while the machine was off;
    // the worker fires those alarms before anything else.
    let address = listener.local_addr()?;
    let stop = CancellationToken::new();
    let worker = tokio::spawn(crate::worker::run(app.clone(), stop.clone()));
    let cleaner = tokio::spawn(leftovers::keep_clear(app.clone(), stop.clone()));
    let signer = tokio::spawn(crate::journal::keep_checkpoints(app.clone(), stop.clone()));
    let service = crate::router::service(app.clone());
    let told = tokio::task::spawn_blocking({
        let app = app.clone();
        move || ready(&app, address)
    });
    let ended = stop.clone();
    tokio::spawn(async move {
        signal().await;
        ended.cancel();
    });
    // Without the word of how to get in, a first start would be of no use.
    let failed = stop.clone();
    let told = tokio::spawn(async move {
        let told = told.await.context("say where to go").flatten();
        told.inspect_err(|_| failed.cancel())
    });
    super::listen::listen(listener, service, stop.clone(), Bounds::default()).await;
    worker.await?;
    signer.await?;
    cleaner.await?;
    told.await?
}

/// Notes which feeds this server expects, and when it fetches them. Only the server does: a command
/// beside it may run without its environment.
fn plan(app: &App) -> anyhow::Result<()> {
    crate::advisories::expect(&app.db, &app.config.feeds)
        .context("note which feeds are expected")?;
    crate::findings::schedule(app)
}

fn cannot_listen(listen: SocketAddr, error: &std::io::Error) -> Fault {
    let todo = "choose another with --listen";
    Fault::new(match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("another program uses {listen}; stop it, or {todo} ADDR:PORT")
        }
        _ => format!("listening on {listen} is not possible ({error}); {todo} ADDR:PORT"),
    })
}

async fn signal() {
    let mut terminate =
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(terminate) => terminate,
            Err(error) => {
                tracing::error!(%error, "cannot listen for SIGTERM");
                return std::future::pending().await;
            }
        };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

/// Log events to stderr; `BONAFIDE_LOG` filters, `BONAFIDE_LOG_FORMAT=json` for machines.
pub fn start_log() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("BONAFIDE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // Where stderr is gone, nobody can be told that it is.
        .log_internal_errors(false);
    if std::env::var("BONAFIDE_LOG_FORMAT").is_ok_and(|format| format == "json") {
        let _ = log.json().try_init();
    } else {
        let _ = log.try_init();
    }
}
