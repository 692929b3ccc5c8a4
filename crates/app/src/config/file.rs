//! `bonafide.toml`: its keys, and what is said about one that is not right.

use super::{EgressRules, Env, Fault, FeedSources, Flags, Smtp};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Every key there is; the guide for operators lists them, and a test compares.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    pub data: Option<PathBuf>,
    pub listen: Option<SocketAddr>,
    pub base_url: Option<String>,
    pub database_url: Option<String>,
    pub database_url_file: Option<PathBuf>,
    pub mail_from: Option<String>,
    pub smtp: Option<Smtp>,
    #[serde(default)]
    pub egress: EgressRules,
    #[serde(default)]
    pub feeds: FeedSources,
    #[serde(default)]
    pub trusted_proxies: Vec<std::net::IpAddr>,
    pub dependency_track_header: Option<bool>,
}

/// A configuration is never larger than this.
const BYTES_MAX: u64 = 1 << 20;
/// A name further away than this from every known one is not a slip of the finger.
const SLIPS_MAX: usize = 3;

/// The file that was named, or `bonafide.toml` here if there is one.
pub fn read(flags: &Flags, env: Env) -> Result<File, Fault> {
    let named = flags
        .config
        .clone()
        .or_else(|| env("BONAFIDE_CONFIG").map(PathBuf::from));
    let path = named
        .clone()
        .unwrap_or_else(|| PathBuf::from("bonafide.toml"));
    let name = path.display();
    match bounded(&path) {
        Ok(text) => toml::from_str(&text)
            .map_err(|error| Fault::new(format!("{name}{}", complaint(&text, &error)))),
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
            Ok(File::default())
        }
        Err(error) => Err(Fault::new(format!(
            "the configuration {name} cannot be read: {error}"
        ))),
    }
}

fn bounded(path: &Path) -> std::io::Result<String> {
    use std::io::Read as _;
    let mut text = String::new();
    let read = std::fs::File::open(path)?
        .take(BYTES_MAX + 1)
        .read_to_string(&mut text)?;
    if read as u64 > BYTES_MAX {
        return Err(std::io::Error::other("it is larger than 1 MiB"));
    }
    Ok(text)
}

/// ` line 3: …`, without the line itself: a secret may stand in it.
fn complaint(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    let place = before.map_or_else(String::new, |before| {
        format!(", line {}", before.matches('\n').count() + 1)
    });
    let message = error.message();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let (true, Some((unknown, known))) =
        (message.starts_with("unknown field"), quoted.split_first())
    {
        let meant = match nearest(unknown, known) {
            Some(meant) => format!("did you mean {meant:?}?"),
            None => format!("known here are {}", known.join(", ")),
        };
        return format!("{place}: there is no key {unknown:?}; {meant}");
    }
    let words: Vec<&str> = message.split_whitespace().collect();
    format!("{place}: {}", words.join(" "))
}

/// The known name that is fewest slips away, if that is few enough.
fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let most = SLIPS_MAX.min(name.chars().count() / 2);
    known
        .iter()
        .map(|candidate| (slips(name, candidate), *candidate))
        .filter(|(slips, _)| *slips <= most)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Letters to put in, take out or change (Levenshtein).
fn slips(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (at, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[at + 1];
            row[at + 1] = changed.min(row[at] + 1).min(row[at + 1] + 1);
        }
    }
    row[other.len()]
}
