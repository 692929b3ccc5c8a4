//! `bonafide demo`: a living company in a temporary directory, gone when the program ends.
//!
//! Its data goes through the same operations as a user's; only the clock is held while its past
//! is played. No room knows that there is a demo.

mod company;
mod files;
mod story;

use super::say::{self, say};
use super::serve;
use crate::config::{Config, Flags, database_file};
use crate::store::Db;
use crate::time::{Clock, Entropy};
use crate::trouble::Trouble;
use crate::web::App;
use anyhow::Context as _;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

/// What `demo` takes.
#[derive(clap::Args, Debug, Default)]
pub struct DemoArgs {
    /// The address and port to listen on [default: 127.0.0.1:8080, or a free port].
    #[arg(long, value_name = "ADDR:PORT")]
    pub listen: Option<SocketAddr>,
}

/// How far back the story begins.
const PAST: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 60);
const USUAL: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);

/// Plays the past, then serves the present until it is told to stop.
pub fn run(args: DemoArgs) -> anyhow::Result<()> {
    serve::start_log();
    let folder = tempfile::Builder::new()
        .prefix("bonafide-demo-")
        .tempdir()
        .context("make a temporary directory")?;
    let listen = address(args.listen)?;
    let now = Clock::system().now();
    let past = open(folder.path(), listen, &Clock::held(now - PAST))?;
    say::aside("Playing the last two months of an invented company …\n");
    let password = password(past.db.entropy());
    serve::block_on(async {
        let hash = hash(&past, &password)?;
        story::play(&past, folder.path(), now, hash).await?;
        drop(past);
        let app = open(folder.path(), listen, &Clock::system())?;
        serve::serve(app, move |_, address| {
            say!(
                "\nBonafide demo: http://{address}\n\n  Sign in with\n    e-mail    {}\n    \
                 password  {password}\n\n  The public page: http://{address}/trust\n  \
                 Everything is invented and gone when you stop it with Ctrl-C.\n",
                story::EMAIL
            );
            Ok(())
        })
        .await
    })
}

fn open(folder: &Path, listen: SocketAddr, clock: &Clock) -> anyhow::Result<App> {
    let flags = Flags {
        data: Some(folder.to_owned()),
        listen: Some(listen),
        ..Flags::default()
    };
    // Not the settings of a real instance: its mail server would send the demo's mails.
    let mut config = Config::bare(&flags)?;
    config.demo = true;
    // The demo talks to nobody.
    config.feeds.every_hours = 0;
    Ok(App {
        db: Db::open_sqlite(&database_file(folder), clock.clone(), Entropy::system())?,
        clock: clock.clone(),
        blobs: crate::blobs::Blobs::open(&folder.join("blobs"))?,
        egress: crate::feeds::Egress::new(config.egress.clone()),
        mailer: crate::mail::Mailer::of(&config)?,
        wake: crate::jobs::Wake::default(),
        fetching: crate::feeds::Fetching::default(),
        config: Arc::new(config),
    })
}

/// The address asked for; else the usual one, or a free port when somebody listens there.
/// Links need the port's number, so one the system picks is found out before.
fn address(asked: Option<SocketAddr>) -> anyhow::Result<SocketAddr> {
    let wanted = asked.unwrap_or(USUAL);
    let taken = asked.is_none() && std::net::TcpListener::bind(wanted).is_err();
    if wanted.port() != 0 && !taken {
        return Ok(wanted);
    }
    let probe =
        std::net::TcpListener::bind(SocketAddr::new(wanted.ip(), 0)).context("find a free port")?;
    Ok(probe.local_addr()?)
}

fn hash(app: &App, password: &str) -> anyhow::Result<crate::accounts::PasswordHash> {
    crate::accounts::hash_password(app.db.entropy(), password, &[]).map_err(Trouble::into_error)
}

/// Plays the company into an app of somebody else's making (tests): the app's clock is moved to
/// the story's end.
pub async fn play_into(app: &App) -> anyhow::Result<crate::ids::OrganisationId> {
    let folder = tempfile::tempdir()?;
    let now = app.clock.now() + PAST;
    let hash = hash(app, &password(app.db.entropy()))?;
    story::play(app, folder.path(), now, hash).await
}

/// A password for this one run: four groups that are easy to type.
fn password(entropy: &Entropy) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let bytes = entropy.bytes::<16>();
    let letters: Vec<char> = bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect();
    letters
        .chunks(4)
        .map(String::from_iter)
        .collect::<Vec<_>>()
        .join("-")
}
