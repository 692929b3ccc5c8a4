//! `bonafide sbom push FILE`: the document goes to the server the user named, which may well be
//! on a private network, so that the guard for our own outgoing requests has no say here.

use super::{Stop, read_document};
use crate::cli::{exit, serve, shown, shown_json};
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
    #[arg(long, value_name = "V", required_unless_present = "branch")]
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
    let token = token(args.token_file.as_deref())?;
    let address = address(args)?;
    let document = read_document(&args.file)?;
    let answered = serve::block_on(async { Ok(send(&address, &token, document).await) });
    let (status, body) =
        answered.map_err(|error| Stop::new(exit::INTERNAL, format!("{error:#}")))??;
    if !status.is_success() {
        return Err(refused(status, &body));
    }
    let receipt: Value = serde_json::from_slice(&body).map_err(|_| {
        let message = "the server's answer is not Bonafide's; is the URL right?";
        Stop::new(exit::UNAVAILABLE, message)
    })?;
    if args.json {
        let text = shown_json(&receipt).map_err(|e| Stop::new(exit::INTERNAL, e.to_string()))?;
        println!("{text}");
    } else {
        println!("{}", summary(&receipt));
    }
    if receipt["components"].as_i64() == Some(0) {
        eprintln!("bonafide: the document lists no components, so there is nothing to judge");
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
    let server = args.server.trim_end_matches('/');
    if !server.starts_with("http://") && !server.starts_with("https://") {
        let message = format!("{server:?} is no URL; write it as https://bonafide.example");
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

async fn send(
    address: &str,
    token: &str,
    document: Vec<u8>,
) -> Result<(StatusCode, Vec<u8>), Stop> {
    // Only the first call in a process has an effect; a second one finds it done.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let unreachable = |error: reqwest::Error| {
        let code = if error.is_timeout() && !error.is_connect() {
            exit::TIMEOUT
        } else {
            exit::UNAVAILABLE
        };
        Stop::new(
            code,
            format!("{:#}", anyhow::Error::from(error.without_url())),
        )
    };
    let client = reqwest::Client::builder()
        .connect_timeout(CONNECT_MAX)
        .timeout(ANSWER_MAX)
        // A token goes to the server it was meant for and nowhere else.
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("bonafide/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(unreachable)?;
    let answer = client
        .post(address)
        .bearer_auth(token)
        .header("content-type", "application/octet-stream")
        .header("accept", "application/json")
        .body(document)
        .send()
        .await
        .map_err(unreachable)?;
    let status = answer.status();
    let body = read(answer).await.map_err(unreachable)?;
    Ok((status, body))
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
fn refused(status: StatusCode, body: &[u8]) -> Stop {
    let code = match status.as_u16() {
        401 | 403 => exit::FORBIDDEN,
        404 | 405 | 300..=399 => exit::USAGE,
        429 | 500..=599 => exit::UNAVAILABLE,
        _ => exit::REJECTED,
    };
    let problem: Value = serde_json::from_slice(body).unwrap_or_default();
    let message = match problem["detail"].as_str() {
        Some(detail) => shown(detail),
        None => format!("the server answered {status}; is the URL right?"),
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
