//! What the operator decides: defaults < `bonafide.toml` < `BONAFIDE_*` < flags.
//!
//! A secret never stands on the command line; each has a `…_file` twin for mounted secrets.

use anyhow::Context as _;
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

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    listen: Option<SocketAddr>,
    base_url: Option<String>,
    database_url: Option<String>,
    database_url_file: Option<PathBuf>,
    mail_from: Option<String>,
    smtp: Option<Smtp>,
    #[serde(default)]
    egress: EgressRules,
    #[serde(default)]
    feeds: FeedSources,
    #[serde(default)]
    trusted_proxies: Vec<std::net::IpAddr>,
    dependency_track_header: Option<bool>,
}

/// Reads variables of the environment; a function, so that tests can give their own.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Config {
    /// Puts the layers together and checks them.
    pub fn load(flags: &Flags, env: Env) -> anyhow::Result<Self> {
        Self::layered(read_file(flags, env)?, flags, env)
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
        let listen = match (flags.listen, env("BONAFIDE_LISTEN")) {
            (Some(listen), _) => listen,
            (None, Some(text)) => text
                .parse()
                .context("BONAFIDE_LISTEN is not an address and a port")?,
            (None, None) => file
                .listen
                .unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080))),
        };
        let base_url = flags
            .base_url
            .clone()
            .or_else(|| env("BONAFIDE_BASE_URL"))
            .or(file.base_url)
            .unwrap_or_else(|| format!("http://{listen}"));
        let database_url = secret(
            env,
            "BONAFIDE_DATABASE_URL",
            file.database_url,
            file.database_url_file,
        )?;
        Ok(Self {
            data,
            listen,
            base_url: checked_base_url(&base_url)?,
            database_url: database_url.map(Secret),
            database_schema: None,
            smtp: smtp(file.smtp, env)?,
            mail_from: env("BONAFIDE_MAIL_FROM")
                .or(file.mail_from)
                .unwrap_or_else(|| "Bonafide <bonafide@localhost>".into()),
            egress: egress(file.egress, env),
            feeds: file.feeds,
            trusted_proxies: file.trusted_proxies,
            dependency_track_header: file.dependency_track_header.unwrap_or(true),
            demo: false,
        })
    }
}

fn read_file(flags: &Flags, env: Env) -> anyhow::Result<File> {
    let named = flags
        .config
        .clone()
        .or_else(|| env("BONAFIDE_CONFIG").map(PathBuf::from));
    let path = named
        .clone()
        .unwrap_or_else(|| PathBuf::from("bonafide.toml"));
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            toml::from_str(&text).with_context(|| format!("{} is not right", path.display()))
        }
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
            Ok(File::default())
        }
        Err(error) => Err(error).with_context(|| format!("read {}", path.display())),
    }
}

/// A secret: `NAME`, the file that `NAME_FILE` names, the file's own value, the file it names.
fn secret(
    env: Env,
    name: &str,
    value: Option<String>,
    file: Option<PathBuf>,
) -> anyhow::Result<Option<String>> {
    if let Some(text) = env(name) {
        return Ok(Some(text));
    }
    let from_env = env(&format!("{name}_FILE")).map(PathBuf::from);
    if from_env.is_none() && value.is_some() {
        return Ok(value);
    }
    let Some(path) = from_env.or(file) else {
        return Ok(None);
    };
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("read the secret in {}", path.display()))?;
    Ok(Some(text.trim_end().to_owned()))
}

/// The mail server: each variable wins over its key in the file.
fn smtp(file: Option<Smtp>, env: Env) -> anyhow::Result<Option<Smtp>> {
    let Some(host) = env("BONAFIDE_SMTP_HOST").or_else(|| file.as_ref().map(|s| s.host.clone()))
    else {
        return Ok(None);
    };
    let mut smtp = file.unwrap_or_else(|| Smtp {
        host: String::new(),
        port: submission_port(),
        user: None,
        password_file: None,
        password: None,
        security: tls(),
    });
    smtp.host = host;
    if let Some(text) = env("BONAFIDE_SMTP_PORT") {
        smtp.port = text.parse().context("BONAFIDE_SMTP_PORT is not a port")?;
    }
    smtp.user = env("BONAFIDE_SMTP_USER").or(smtp.user);
    smtp.security = env("BONAFIDE_SMTP_SECURITY").unwrap_or(smtp.security);
    anyhow::ensure!(
        ["tls", "starttls", "none"].contains(&smtp.security.as_str()),
        "smtp security is tls, starttls or none"
    );
    let password = secret(
        env,
        "BONAFIDE_SMTP_PASSWORD",
        None,
        smtp.password_file.clone(),
    )?;
    smtp.password = password.map(Secret);
    Ok(Some(smtp))
}

fn egress(mut rules: EgressRules, env: Env) -> EgressRules {
    if let Some(list) = env("BONAFIDE_EGRESS_ALLOW_PRIVATE") {
        rules.allow_private.extend(
            list.split(',')
                .map(str::trim)
                .filter(|host| !host.is_empty())
                .map(str::to_owned),
        );
    }
    rules
}

fn checked_base_url(text: &str) -> anyhow::Result<String> {
    let url = text.trim_end_matches('/');
    let uri: axum::http::Uri = url.parse().context("the base URL is not a URL")?;
    anyhow::ensure!(
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some(),
        "the base URL begins with http:// or https:// and a host"
    );
    anyhow::ensure!(
        uri.path() == "/" || uri.path().is_empty(),
        "the base URL has no path: the compatible upload API must live at the root of a host"
    );
    Ok(url.to_owned())
}

/// The file inside the data directory that holds the database.
pub fn database_file(data: &Path) -> PathBuf {
    data.join("bonafide.sqlite")
}
