//! `bonafide sbom push FILE`: the document goes to the server the user named, which may well be
//! on a private network, so that the guard for our own outgoing requests has no say here.

use super::{Stop, read_document};
use crate::cli::say::{say, shown, tell};
use crate::cli::{exit, serve};
use crate::web::route::encode;
use reqwest::{Response, StatusCode};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// What `push` takes.
#[derive(clap::Args, Debug)]
pub struct PushArgs {
    /// The SBOM; `-` reads stdin.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The product it belongs to, by name.
    #[arg(long, value_name = "NAME")]
    product: String,
    /// The version of the release.
    #[arg(long, value_name = "V")]
    version: Option<String>,
    /// The branch of a rolling build; absent for a tagged release.
    #[arg(long, value_name = "B")]
    branch: Option<String>,
    /// Make the product or the release if it is not there yet.
    #[arg(long)]
    create: bool,
    /// The server, as in https://bonafide.example.
    #[arg(long, value_name = "URL", env = "BONAFIDE_URL")]
    server: String,
    /// A file that holds the API token; else BONAFIDE_TOKEN.
    #[arg(long, value_name = "F")]
    token_file: Option<PathBuf>,
    /// Print the server's answer as it came.
    #[arg(long)]
    json: bool,
}

const CONNECT_MAX: Duration = Duration::from_secs(15);
const ANSWER_MAX: Duration = Duration::from_secs(900);
/// How often a server that asks for time gets it.
const RETRIES_MAX: u32 = 4;
const PAUSE_MIN: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_secs(60);
/// An answer is small; what is longer does not come from our server.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Sends and reports.
pub fn run(args: &PushArgs) -> ExitCode {
    match push(args) {
        Ok(code) => code,
        Err(stop) => stop.exit(),
    }
}

fn push(args: &PushArgs) -> Result<ExitCode, Stop> {
    if args.version.is_none() && args.branch.is_none() {
        let message = "say which release this is: --version V for a tagged release, or --branch B \
                       for a rolling build";
        return Err(Stop::new(exit::USAGE, message));
    }
    let token = token(args.token_file.as_deref())?;
    let address = address(args)?;
    let document = read_document(&args.file)?;
    let answered = serve::block_on(async { Ok(send(&address, &token, document).await) });
    let sent = answered.map_err(|error| Stop::new(exit::INTERNAL, format!("{error:#}")))??;
    if !sent.status.is_success() {
        return Err(refused(&sent, args.create));
    }
    let receipt: Value = serde_json::from_slice(&sent.body).map_err(|_| {
        let message = "the server's answer is not Bonafide's; is the URL right?";
        Stop::new(exit::UNAVAILABLE, message)
    })?;
    if args.json {
        say!("{receipt:#}");
    } else {
        say!("{}", summary(&receipt));
    }
    if receipt["components"].as_i64() == Some(0) {
        tell!("the document lists no components, so there is nothing to judge");
        return Ok(ExitCode::from(exit::NOTHING));
    }
    Ok(ExitCode::SUCCESS)
}

fn token(file: Option<&Path>) -> Result<String, Stop> {
    let found = match file {
        Some(file) => std::fs::read_to_string(file).map_err(|error| {
            let message = format!("cannot read the token in {}: {error}", file.display());
            Stop::new(exit::USAGE, message)
        })?,
        None => std::env::var("BONAFIDE_TOKEN").unwrap_or_default(),
    };
    let token = found.trim();
    if token.is_empty() {
        let message = "no API token: set BONAFIDE_TOKEN, or name a file with --token-file";
        return Err(Stop::new(exit::FORBIDDEN, message));
    }
    Ok(token.to_owned())
}

fn address(args: &PushArgs) -> Result<String, Stop> {
    let server = args.server.trim().trim_end_matches('/');
    if let Some(why) = why_no_server(server) {
        let server = shown(server);
        let message = format!("{server:?} {why}; write it as https://bonafide.example");
        return Err(Stop::new(exit::USAGE, message));
    }
    let mut address = format!(
        "{server}/api/bonafide/sboms?source=cli&product={}",
        encode(&args.product)
    );
    for (name, value) in [("version", &args.version), ("branch", &args.branch)] {
        if let Some(value) = value {
            address.push_str(&format!("&{name}={}", encode(value)));
        }
    }
    if args.create {
        address.push_str("&create=true");
    }
    Ok(address)
}

/// What is wrong with the address of a server, if anything is.
fn why_no_server(server: &str) -> Option<&'static str> {
    let Ok(url) = reqwest::Url::parse(server) else {
        return Some("is no URL");
    };
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return Some("is no URL of a server");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Some("has a name or a password in it");
    }
    // The API lives at the root of a host; a path, often copied from a browser, leads nowhere.
    let has_more = url.path() != "/" || url.query().is_some() || url.fragment().is_some();
    has_more.then_some("has more than a host in it")
}

/// An answer of the server.
struct Sent {
    status: StatusCode,
    /// Where a redirect points to.
    location: Option<String>,
    body: Vec<u8>,
}

/// Sends, and waits and sends again when the server asks for it.
async fn send(address: &str, token: &str, document: Vec<u8>) -> Result<Sent, Stop> {
    // Only the first call in a process has an effect; a second one finds it done.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .connect_timeout(CONNECT_MAX)
        .timeout(ANSWER_MAX)
        // A token goes to the server it was meant for and nowhere else.
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("bonafide/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| unreachable(address, error))?;
    let document = bytes::Bytes::from(document);
    let mut retries = 0;
    loop {
        let answer = client
            .post(address)
            .bearer_auth(token)
            .header("content-type", "application/octet-stream")
            .header("accept", "application/json")
            .body(document.clone())
            .send()
            .await
            .map_err(|error| unreachable(address, error))?;
        let status = answer.status();
        if matches!(status.as_u16(), 429 | 503) && retries < RETRIES_MAX {
            let pause = pause(header(&answer, "retry-after").as_deref(), retries);
            retries += 1;
            let seconds = pause.as_secs();
            tell!(
                "the server answered {status}; trying again in {seconds} s ({retries} of {RETRIES_MAX})"
            );
            tokio::time::sleep(pause).await;
            continue;
        }
        let location = header(&answer, "location");
        let body = read(answer)
            .await
            .map_err(|error| unreachable(address, error))?;
        return Ok(Sent {
            status,
            location,
            body,
        });
    }
}

/// What the server asks for in seconds, within bounds; else one, two, four seconds. A date, which
/// needs a clock that agrees, counts as nothing asked.
fn pause(retry_after: Option<&str>, retries: u32) -> Duration {
    let asked = retry_after.and_then(|text| text.trim().parse().ok());
    Duration::from_secs(asked.unwrap_or(1 << retries)).clamp(PAUSE_MIN, PAUSE_MAX)
}

fn header(answer: &Response, name: &str) -> Option<String> {
    Some(answer.headers().get(name)?.to_str().ok()?.to_owned())
}

/// Why no answer came, in a sentence that names the server and not the whole address.
fn unreachable(address: &str, error: reqwest::Error) -> Stop {
    let server = origin(address);
    let error = error.without_url();
    if error.is_builder() {
        return Stop::new(exit::USAGE, format!("{server} is no URL of a server"));
    }
    if error.is_timeout() && !error.is_connect() {
        let minutes = ANSWER_MAX.as_secs() / 60;
        let message = format!("{server} did not answer within {minutes} minutes");
        return Stop::new(exit::TIMEOUT, message);
    }
    let is_connect = error.is_connect();
    let causes = format!("{:#}", anyhow::Error::from(error));
    let cause = causes.rsplit(": ").next().unwrap_or_default().to_owned();
    let hint = match server.starts_with("https://") {
        true if causes.contains("InvalidContentType") || causes.contains("corrupt message") => {
            "; does it speak http without TLS?"
        }
        _ if is_connect => "; is it running, and is the URL right?",
        _ => "",
    };
    let what = if is_connect {
        "cannot be reached"
    } else {
        "broke the connection"
    };
    Stop::new(
        exit::UNAVAILABLE,
        format!("{server} {what}: {}{hint}", shown(&cause)),
    )
}

fn origin(address: &str) -> &str {
    address
        .find("/api/bonafide/")
        .map_or(address, |end| &address[..end])
}

async fn read(mut answer: Response) -> Result<Vec<u8>, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > ANSWER_BYTES_MAX {
            break;
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// What a refusal means for the pipeline: its sentence and the exit code.
fn refused(sent: &Sent, create: bool) -> Stop {
    let status = sent.status;
    let code = match status.as_u16() {
        401 | 403 => exit::FORBIDDEN,
        404 | 405 | 300..=399 => exit::USAGE,
        429 | 500..=599 => exit::UNAVAILABLE,
        _ => exit::REJECTED,
    };
    let problem: Value = serde_json::from_slice(&sent.body).unwrap_or_default();
    let message = match (problem["detail"].as_str(), status.as_u16(), &sent.location) {
        (Some(detail), ..) => shown(detail),
        (None, 300..=399, Some(location)) => {
            let to = shown(origin(location));
            format!("the server sends elsewhere ({status}), to {to}; give that address")
        }
        (None, 401, _) => "the server does not know this token; has it expired?".to_owned(),
        (None, 403, _) => {
            let more = if create { " and release:create" } else { "" };
            format!("this token may not do that; it needs the scope bom:upload{more}")
        }
        (None, 413, _) => "the server does not take a document as large as this one".to_owned(),
        (None, 429 | 500..=599, _) => {
            format!("the server answered {status}; try again later, or look at its log")
        }
        _ => format!("the server answered {status}; is the URL right?"),
    };
    Stop::new(code, message)
}

/// One line: what was done, to what, and what was found, unknowns included.
fn summary(receipt: &Value) -> String {
    let verb = match (
        receipt["unchanged"].as_bool().unwrap_or(false),
        receipt["restored"].as_bool().unwrap_or(false),
    ) {
        (true, _) => "unchanged",
        (_, true) => "made current again",
        _ => "pushed",
    };
    let text = |name: &str| shown(receipt[name].as_str().unwrap_or("?"));
    let unidentified: i64 = receipt["unidentified"].as_object().map_or(0, |reasons| {
        reasons.values().filter_map(Value::as_i64).sum()
    });
    let mut parts = vec![
        format!("{verb} {} {}", text("product"), text("version")),
        format!("{} components", receipt["components"].as_i64().unwrap_or(0)),
    ];
    if unidentified > 0 {
        parts.push(format!("{unidentified} not identified"));
    }
    if receipt["components"].as_i64() == Some(0) {
        parts.push("nothing to judge".to_owned());
    } else {
        let blind = old_feeds(&receipt["freshness"]).is_some();
        parts.push(findings(&receipt["findings"], blind));
    }
    parts.extend(old_feeds(&receipt["freshness"]));
    parts.push(text("url"));
    parts.join(" · ")
}

/// What the findings rest on and should not: a few feeds by name, more by number.
fn old_feeds(freshness: &Value) -> Option<String> {
    let feeds = freshness.as_array()?;
    let old: Vec<String> = feeds
        .iter()
        .filter(|feed| matches!(feed["state"].as_str(), Some("missing" | "stale")))
        .map(|feed| shown(feed["feed"].as_str().unwrap_or("?")))
        .collect();
    match old.len() {
        0 => None,
        1..=2 => Some(format!("feeds old or missing: {}", old.join(", "))),
        count => Some(format!("{count} of {} feeds old or missing", feeds.len())),
    }
}

/// Old or missing feeds can never make "nothing found" out of "could not look".
fn findings(counts: &Value, blind: bool) -> String {
    let named = [
        ("exploited", "exploited"),
        ("critical", "critical"),
        ("high", "high"),
        ("medium", "medium"),
        ("low", "low"),
        ("unknown_severity", "of unknown severity"),
    ];
    let mut parts: Vec<String> = named
        .iter()
        .filter_map(|(member, words)| {
            let count = counts[*member].as_i64().filter(|count| *count > 0)?;
            Some(format!("{count} {words}"))
        })
        .collect();
    if parts.is_empty() {
        let none = if blind {
            "findings not known"
        } else {
            "no known findings"
        };
        parts.push(none.to_owned());
    }
    if let Some(count) = counts["unchecked"].as_i64().filter(|count| *count > 0) {
        parts.push(format!("{count} unchecked"));
    }
    parts.join(", ")
}
