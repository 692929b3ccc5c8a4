//! What the operator decides: defaults < `bonafide.toml` < `BONAFIDE_*` < flags.
//!
//! A secret never stands on the command line; each has a `…_file` twin for mounted secrets.

mod fault;
mod file;
mod variables;

pub use fault::Fault;

use file::File;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Everything that can be configured.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the database, the blobs and the instance key live.
    pub data: PathBuf,
    pub listen: SocketAddr,
    /// What links in mails and answers begin with; no trailing slash.
    pub base_url: String,
    /// `postgres://…`, with a password perhaps; absent means SQLite in the data directory.
    pub database_url: Option<Secret>,
    /// PostgreSQL schema of its own, for tests that share a server.
    pub database_schema: Option<String>,
    pub smtp: Option<Smtp>,
    /// The sender of our mails.
    pub mail_from: String,
    pub egress: EgressRules,
    pub feeds: FeedSources,
    /// Proxies whose `X-Forwarded-*` headers are believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Announce ourselves on the compatible upload addresses as Jenkins expects it.
    pub dependency_track_header: bool,
    /// The data is the demo's: every console page says so.
    pub demo: bool,
}

/// A mail server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    pub host: String,
    #[serde(default = "submission_port")]
    pub port: u16,
    pub user: Option<String>,
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    #[serde(skip)]
    pub password: Option<Secret>,
    /// `tls` (default), `starttls`, or `none` for a server on this machine.
    #[serde(default = "tls")]
    pub security: String,
}

fn submission_port() -> u16 {
    465
}

fn tls() -> String {
    "tls".into()
}

/// Which private addresses outgoing requests may reach; none by default.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EgressRules {
    /// Host names or addresses that may be private (`feeds.internal`, `127.0.0.1`).
    #[serde(default)]
    pub allow_private: Vec<String>,
}

/// Where feeds come from; an operator may point them at a mirror.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FeedSources {
    /// Base below which `<ecosystem>/all.zip` lies.
    pub osv: String,
    /// OSV ecosystems to keep.
    pub osv_ecosystems: Vec<String>,
    pub cisa_kev: String,
    pub euvd_kev: String,
    pub epss: String,
    /// Fetch by ourselves every so many hours; 0 means only when told.
    pub every_hours: u32,
}

impl Default for FeedSources {
    fn default() -> Self {
        Self {
            osv: "https://osv-vulnerabilities.storage.googleapis.com".into(),
            osv_ecosystems: ["crates.io", "npm", "PyPI", "Go", "Maven"]
                .map(Into::into)
                .into(),
            cisa_kev: "https://www.cisa.gov/sites/default/files/feeds/\
                       known_exploited_vulnerabilities.json"
                .into(),
            euvd_kev: "https://euvdservices.enisa.europa.eu/api/kev/dump".into(),
            epss: "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz".into(),
            every_hours: 2,
        }
    }
}

/// A text that is never printed.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, where it is needed.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// What the command line may say; it wins over everything else.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    pub data: Option<PathBuf>,
    pub listen: Option<SocketAddr>,
    pub base_url: Option<String>,
    pub config: Option<PathBuf>,
}

/// Reads variables of the environment; a function, so that tests can give their own.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Config {
    /// Puts the layers together and checks them.
    pub fn load(flags: &Flags, env: Env) -> anyhow::Result<Self> {
        Self::layered(file::read(flags, env)?, flags, env)
    }

    /// Defaults and flags alone: what stands in a file or in the environment is meant for the
    /// real instance.
    pub fn bare(flags: &Flags) -> anyhow::Result<Self> {
        Self::layered(File::default(), flags, &|_| None)
    }

    fn layered(file: File, flags: &Flags, env: Env) -> anyhow::Result<Self> {
        let data = flags
            .data
            .clone()
            .or_else(|| env("BONAFIDE_DATA").map(PathBuf::from))
            .or(file.data)
            .unwrap_or_else(|| PathBuf::from("data"));
        let listen = flags
            .listen
            .map_or_else(
                || variables::read(env, "BONAFIDE_LISTEN", "an address and a port"),
                |listen| Ok(Some(listen)),
            )?
            .or(file.listen)
            .unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)));
        let base_url = flags
            .base_url
            .clone()
            .or_else(|| env("BONAFIDE_BASE_URL"))
            .or(file.base_url)
            .unwrap_or_else(|| format!("http://{listen}"));
        let database_url = variables::secret(
            env,
            "BONAFIDE_DATABASE_URL",
            file.database_url,
            file.database_url_file,
        )?;
        let trusted_proxies = variables::list(env, "BONAFIDE_TRUSTED_PROXIES", "addresses")?;
        let header = "BONAFIDE_DEPENDENCY_TRACK_HEADER";
        Ok(Self {
            data,
            listen,
            base_url: checked_base_url(&base_url)?,
            database_url: database_url.map(checked_database_url).transpose()?,
            database_schema: None,
            smtp: variables::smtp(file.smtp, env)?,
            mail_from: env("BONAFIDE_MAIL_FROM")
                .or(file.mail_from)
                .unwrap_or_else(|| "Bonafide <bonafide@localhost>".into()),
            egress: variables::egress(file.egress, env),
            feeds: variables::feeds(file.feeds, env)?,
            trusted_proxies: trusted_proxies.unwrap_or(file.trusted_proxies),
            dependency_track_header: variables::read(env, header, "true or false")?
                .or(file.dependency_track_header)
                .unwrap_or(true),
            demo: false,
        })
    }
}

fn checked_base_url(text: &str) -> Result<String, Fault> {
    let refuse = |why: &str| {
        let todo = "write it as https://bonafide.example";
        Err(Fault::new(format!("the base URL {text:?} {why}; {todo}")))
    };
    let url = text.trim_end_matches('/');
    let Ok(uri) = url.parse::<axum::http::Uri>() else {
        return refuse("is no URL");
    };
    if !matches!(uri.scheme_str(), Some("http" | "https")) || uri.host().is_none() {
        return refuse("does not begin with http:// or https:// and a host");
    }
    if uri
        .authority()
        .is_some_and(|whole| whole.as_str().contains('@'))
    {
        return refuse("has a name or a password in it");
    }
    if !matches!(uri.path(), "" | "/") || uri.query().is_some() || url.contains('#') {
        return refuse("has a path, and the compatible upload API must live at the root of a host");
    }
    Ok(url.to_owned())
}

fn checked_database_url(text: String) -> Result<Secret, Fault> {
    // Not said with the address: there may be a password in it.
    let scheme = text.starts_with("postgres://") || text.starts_with("postgresql://");
    if !scheme || text.parse::<postgres::Config>().is_err() {
        let todo = "write it as postgres://user@host/name, or leave it out for SQLite";
        return Err(Fault::new(format!(
            "the database's address is not one; {todo}"
        )));
    }
    Ok(Secret(text))
}

/// The file inside the data directory that holds the database.
pub fn database_file(data: &Path) -> PathBuf {
    data.join("bonafide.sqlite")
}
