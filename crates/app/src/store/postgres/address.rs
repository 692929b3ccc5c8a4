//! Where the server is and how its connection is kept safe: the address as the operator gives it.
//!
//! `sslmode` and `sslrootcert` are read as libpq names them (PostgreSQL manual, 34.19), with one
//! difference that only ever makes things safer: a connection that is encrypted always has the
//! server's certificate and host name checked. What we do not offer is refused, never ignored.

use super::errors;
use crate::store::Error;
use anyhow::Context as _;
use postgres::config::SslMode;
use postgres::{Client, Config};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;
use tokio_postgres_rustls::MakeRustlsConnect;

const CONNECT: Duration = Duration::from_secs(5);
/// A peer that is gone without a word is noticed after about a minute, not after two hours.
const KEEPALIVE_IDLE: Duration = Duration::from_secs(30);
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(10);
const KEEPALIVE_RETRIES: u32 = 3;
const UNACKNOWLEDGED: Duration = Duration::from_secs(60);

/// What every session is told, unless the address' own `options` name it: no statement, no wait
/// for a lock and no forgotten transaction may hold others up for ever.
const SETTINGS: &[(&str, &str)] = &[
    ("statement_timeout", "300s"),
    ("lock_timeout", "30s"),
    ("idle_in_transaction_session_timeout", "300s"),
];

/// An address, ready to connect to.
pub struct Address {
    pub config: Config,
    pub tls: MakeRustlsConnect,
    /// What each session begins with.
    pub settings: String,
    connecting: Arc<AtomicUsize>,
}

/// The most threads that wait for a server to say its first words.
const CONNECTING_MAX: usize = 32;

impl Address {
    /// A connection, or that there is none within twice the `connect_timeout` of each host: the
    /// client bounds only how long a server may take to accept, not how long it may then be silent.
    pub fn connect(&self) -> Result<Client, Error> {
        let (config, tls) = (self.config.clone(), self.tls.clone());
        let hosts = u32::try_from(config.get_hosts().len()).unwrap_or(1).max(1);
        let each = config.get_connect_timeout().copied().unwrap_or(CONNECT);
        let patience = each.saturating_mul(hosts.saturating_mul(2));
        let connecting = self.connecting.clone();
        if connecting.fetch_add(1, Ordering::SeqCst) >= CONNECTING_MAX {
            connecting.fetch_sub(1, Ordering::SeqCst);
            return Err(Error::Unavailable(format!(
                "connect to PostgreSQL: {CONNECTING_MAX} attempts wait for its first words"
            )));
        }
        // A thread that waits for a silent server cannot be ended; it ends with the connection.
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            let done = config.connect(tls);
            connecting.fetch_sub(1, Ordering::SeqCst);
            // Nobody listens any more where it took too long.
            let _ = tell.send(done);
        });
        match told.recv_timeout(patience) {
            Ok(done) => done.map_err(|e| errors::connect_error(&e)),
            Err(_) => Err(Error::Unavailable(format!(
                "connect to PostgreSQL: the server said nothing for {} s",
                patience.as_secs()
            ))),
        }
    }
}

/// Reads an address (`postgres://…` or `host=… user=…`).
pub fn parse(text: &str) -> anyhow::Result<Address> {
    let (text, asked) = split(text)?;
    let mut config: Config = text
        .parse()
        .context("the address of the database is not valid")?;
    config.ssl_mode(asked.mode);
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT);
    }
    config
        .keepalives_idle(KEEPALIVE_IDLE)
        .keepalives_interval(KEEPALIVE_INTERVAL)
        .keepalives_retries(KEEPALIVE_RETRIES);
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(UNACKNOWLEDGED);
    }
    let own = config.get_options().unwrap_or_default().to_owned();
    let settings = SETTINGS
        .iter()
        .filter(|(name, _)| !own.contains(name))
        .map(|(name, value)| format!("set {name} = '{value}';"))
        .collect();
    Ok(Address {
        config,
        tls: tls(asked.roots.as_deref())?,
        settings,
        connecting: Arc::default(),
    })
}

/// What an address says about encryption.
struct Asked {
    mode: SslMode,
    roots: Option<String>,
}

/// Takes `sslmode` and `sslrootcert` out of an address, since the client knows fewer of them.
fn split(text: &str) -> anyhow::Result<(String, Asked)> {
    let is_url = text.starts_with("postgres://") || text.starts_with("postgresql://");
    let (head, parts, separator) = if is_url {
        let (head, query) = text.split_once('?').unwrap_or((text, ""));
        (head, query.split('&').collect::<Vec<_>>(), "&")
    } else {
        ("", text.split_whitespace().collect(), " ")
    };
    let mut asked = Asked {
        mode: SslMode::Prefer,
        roots: None,
    };
    let mut rest = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        match part.split_once('=') {
            Some(("sslmode", mode)) => asked.mode = mode_of(mode)?,
            Some(("sslrootcert", path)) => asked.roots = Some(path.replace("%2F", "/")),
            _ => rest.push(part),
        }
    }
    let rest = rest.join(separator);
    let text = match (is_url, rest.is_empty()) {
        (true, true) => head.to_owned(),
        (true, false) => format!("{head}?{rest}"),
        (false, _) => rest,
    };
    Ok((text, asked))
}

fn mode_of(word: &str) -> anyhow::Result<SslMode> {
    match word {
        "disable" => Ok(SslMode::Disable),
        "prefer" => Ok(SslMode::Prefer),
        // Both check the certificate and the host's name.
        "require" | "verify-full" => Ok(SslMode::Require),
        other => anyhow::bail!(
            "sslmode={other} is not offered in the address of the database; use disable, prefer, \
             require or verify-full (the last two both check the server's certificate and name)"
        ),
    }
}

fn tls(roots: Option<&str>) -> anyhow::Result<MakeRustlsConnect> {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(trusted(roots)?)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

/// The file of `sslrootcert` and nothing else; without it those of the system and those built in.
fn trusted(file: Option<&str>) -> anyhow::Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    let Some(file) = file.filter(|file| *file != "system") else {
        let system = rustls_native_certs::load_native_certs();
        for error in &system.errors {
            tracing::debug!(%error, "some certificates of the system cannot be read");
        }
        roots.add_parsable_certificates(system.certs);
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        return Ok(roots);
    };
    let unreadable = || format!("read the certificates of sslrootcert={file}");
    for certificate in CertificateDer::pem_file_iter(Path::new(file)).with_context(unreadable)? {
        roots
            .add(certificate.with_context(unreadable)?)
            .with_context(unreadable)?;
    }
    anyhow::ensure!(
        !roots.is_empty(),
        "sslrootcert={file} holds no certificate in PEM form"
    );
    Ok(roots)
}
