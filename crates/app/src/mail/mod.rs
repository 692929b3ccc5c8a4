//! E-mail out. Links come from the configured base URL only; headers are typed, never pasted.
//!
//! What goes into a header is parsed (addresses), reduced to safe characters (`Message-ID`) or
//! freed of control characters and encoded (`Subject`, RFC 2047), so that no name in a product
//! or an advisory can add a header or a recipient. The password is never logged.

mod message;

use crate::config::{Config, Smtp};
use anyhow::Context as _;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Semaphore;

/// A mail to one person, in plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
    /// Same delivery, same `Message-ID`: a mail sent twice after a crash is one mail to a reader.
    /// Only the part before the `@`, which the sender's host completes.
    pub message_id: String,
}

/// Where mails go.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    transport: Transport,
}

#[derive(Clone)]
enum Transport {
    Smtp(Arc<Server>),
    /// Files in a directory, for the demo and for machines without a mail server.
    Directory(PathBuf),
    /// A list in memory, for tests.
    Captured(Arc<Mutex<Vec<Mail>>>),
}

struct Server {
    settings: Smtp,
    /// Mail servers dislike many connections from one place.
    connections: Semaphore,
}

/// How long a mail server may take over one answer.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(15);
const CONNECTIONS_MAX: usize = 4;
const CAPTURED_FROM: &str = "Bonafide <bonafide@bonafide.test>";

impl Mailer {
    /// The mailer a configuration asks for: a mail server, or files below the data directory.
    pub fn of(config: &Config) -> anyhow::Result<Self> {
        let from = config
            .mail_from
            .parse()
            .with_context(|| format!("mail_from is not a mail address: {:?}", config.mail_from))?;
        let transport = match &config.smtp {
            Some(settings) => {
                check(settings)?;
                Transport::Smtp(Arc::new(Server {
                    settings: settings.clone(),
                    connections: Semaphore::new(CONNECTIONS_MAX),
                }))
            }
            None => Transport::Directory(config.data.join("mail")),
        };
        Ok(Self { from, transport })
    }

    /// A mailer that only remembers, and what it remembers.
    pub fn captured() -> (Self, Arc<Mutex<Vec<Mail>>>) {
        let mails = Arc::new(Mutex::new(Vec::new()));
        let from = CAPTURED_FROM.parse().expect("our own address is one");
        let transport = Transport::Captured(mails.clone());
        (Self { from, transport }, mails)
    }

    /// Sends a mail; the caller tries again when this fails.
    pub async fn send(&self, mail: &Mail) -> anyhow::Result<()> {
        self.deliver(mail).await.map(|_| ())
    }

    /// [`Mailer::send`] that says what the server answered, as proof.
    pub async fn deliver(&self, mail: &Mail) -> anyhow::Result<String> {
        let message = message::build(&self.from, mail)?;
        match &self.transport {
            Transport::Smtp(server) => server.send(message).await,
            Transport::Directory(directory) => {
                let (directory, id) = (directory.clone(), message::local_id(&mail.message_id));
                tokio::task::spawn_blocking(move || put(&directory, &id, &message.formatted()))
                    .await
                    .context("write a mail")?
            }
            Transport::Captured(mails) => {
                mails
                    .lock()
                    .unwrap_or_else(|poisoned| poisoned.into_inner())
                    .push(mail.clone());
                Ok("captured".into())
            }
        }
    }

    /// Whether mails leave this machine; files for the lack of a mail server do not.
    pub fn reaches_people(&self) -> bool {
        !matches!(self.transport, Transport::Directory(_))
    }

    /// Where mails go, in a word for the settings page: `smtp`, `directory`, `captured`.
    pub fn way(&self) -> &'static str {
        match &self.transport {
            Transport::Smtp(_) => "smtp",
            Transport::Directory(_) => "directory",
            Transport::Captured(_) => "captured",
        }
    }
}

impl Server {
    async fn send(&self, message: Message) -> anyhow::Result<String> {
        let _one_of_few = self
            .connections
            .acquire()
            .await
            .context("the program is shutting down")?;
        // Made for one mail and dropped here: its pool must not outlive the runtime it began on.
        let client = client(&self.settings)?;
        let answer = client
            .send(message)
            .await
            .with_context(|| format!("the mail server {} did not take it", self.settings.host))?;
        let words: Vec<&str> = answer.message().collect();
        Ok(format!("{} {}", answer.code(), words.join(" ")))
    }
}

/// A password must not cross a network in the clear.
fn check(settings: &Smtp) -> anyhow::Result<()> {
    let local = ["localhost", "127.0.0.1", "::1"].contains(&settings.host.as_str());
    anyhow::ensure!(
        settings.security != "none" || settings.password.is_none() || local,
        "smtp security `none` would send the password in the clear; use tls or starttls"
    );
    Ok(())
}

fn client(settings: &Smtp) -> anyhow::Result<AsyncSmtpTransport<Tokio1Executor>> {
    let tls = || {
        TlsParameters::new(settings.host.clone())
            .with_context(|| format!("prepare TLS for the mail server {}", settings.host))
    };
    let tls = match settings.security.as_str() {
        "none" => Tls::None,
        "starttls" => Tls::Required(tls()?),
        _ => Tls::Wrapper(tls()?),
    };
    let mut builder =
        AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(settings.host.clone())
            .port(settings.port)
            .tls(tls)
            .timeout(Some(ANSWER_TIME_MAX));
    if let (Some(user), Some(password)) = (&settings.user, &settings.password) {
        builder = builder.credentials(Credentials::new(user.clone(), password.reveal().to_owned()));
    }
    Ok(builder.build())
}

/// Writes a mail whole or not at all. The name comes from the `Message-ID`, so that a mail sent
/// twice is one file.
fn put(directory: &Path, id: &str, bytes: &[u8]) -> anyhow::Result<String> {
    use std::io::Write as _;
    std::fs::create_dir_all(directory)
        .with_context(|| format!("make the mail directory {}", directory.display()))?;
    let mut file = tempfile::NamedTempFile::new_in(directory).context("make a mail file")?;
    file.write_all(bytes).context("write a mail file")?;
    file.as_file().sync_all().context("keep a mail file")?;
    let name = format!("{id}.eml");
    file.persist(directory.join(&name))
        .context("put a mail file in its place")?;
    Ok(name)
}
