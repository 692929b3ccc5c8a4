//! From a [`Mail`] to the bytes of RFC 5322.

use super::Mail;
use anyhow::Context as _;
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};

const ID_CHARS_MAX: usize = 120;
const SUBJECT_CHARS_MAX: usize = 250;

/// The message. Its `Date` is the machine's clock at building, as RFC 5322 wants it.
pub fn build(from: &Mailbox, mail: &Mail) -> anyhow::Result<Message> {
    anyhow::ensure!(
        !mail.to.chars().any(char::is_control),
        "a mail address has control characters in it"
    );
    let to: Mailbox = mail.to.parse().context("not a mail address")?;
    let id = format!("<{}@{}>", local_id(&mail.message_id), from.email.domain());
    Message::builder()
        .from(from.clone())
        .to(to)
        .subject(one_line(&mail.subject))
        .message_id(Some(id))
        .raw_header(fixed("Auto-Submitted", "auto-generated"))
        .singlepart(SinglePart::plain(plain(&mail.text)))
        .context("build a mail")
}

/// The part of a `Message-ID` before the `@`: letters, digits, `.`, `_`, `-`. Safe as a file's
/// name, too.
pub fn local_id(id: &str) -> String {
    let id = id.split('@').next().unwrap_or_default();
    let safe: String = id
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c))
        .take(ID_CHARS_MAX)
        .collect();
    let safe = safe.trim_matches('.');
    if safe.is_empty() {
        "mail".into()
    } else {
        safe.to_owned()
    }
}

/// Automatic answers ("out of office") are not sent to such mails (RFC 3834 §5).
fn fixed(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn one_line(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| {
            if c.is_control() || is_line_separator(c) {
                ' '
            } else {
                c
            }
        })
        .collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    words.join(" ").chars().take(SUBJECT_CHARS_MAX).collect()
}

fn is_line_separator(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// Line ends as mail wants them and no other control characters.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter(|c| *c == '\n' || *c == '\t' || !c.is_control())
        .collect::<String>()
        .replace('\n', "\r\n")
}
