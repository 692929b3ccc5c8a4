//! E-mail out. Links come from the configured base URL only; headers are typed, never pasted.

use crate::config::Config;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// A mail to one person, in plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
    /// Same delivery, same `Message-ID`: a mail sent twice after a crash is one mail to a reader.
    pub message_id: String,
}

/// Where mails go.
#[derive(Clone)]
pub struct Mailer(pub(crate) Transport);

#[derive(Clone)]
pub(crate) enum Transport {
    Smtp(Arc<Config>),
    /// Files in a directory, for the demo and for machines without a mail server.
    Directory(PathBuf, String),
    /// A list in memory, for tests.
    Captured(Arc<Mutex<Vec<Mail>>>),
}

impl Mailer {
    /// The mailer a configuration asks for: a mail server, or files below the data directory.
    pub fn of(config: &Config) -> anyhow::Result<Self> {
        Ok(Self(match &config.smtp {
            Some(_) => Transport::Smtp(Arc::new(config.clone())),
            None => Transport::Directory(config.data.join("mail"), config.mail_from.clone()),
        }))
    }

    /// A mailer that only remembers, and what it remembers.
    pub fn captured() -> (Self, Arc<Mutex<Vec<Mail>>>) {
        let mails = Arc::new(Mutex::new(Vec::new()));
        (Self(Transport::Captured(mails.clone())), mails)
    }

    /// Sends a mail; the caller tries again when this fails.
    pub async fn send(&self, _mail: &Mail) -> anyhow::Result<()> {
        todo!()
    }
}
