//! What a running Dependency-Track gives out, fetched into a folder as if somebody had exported
//! it. The server is the one the user named, which may well be on a private network.

use crate::cli::exit;
use crate::cli::sbom::Stop;
use crate::sboms::DOCUMENT_BYTES_MAX;
use reqwest::{Client, StatusCode};
use serde_json::Value;
use std::path::Path;
use std::time::Duration;

const CONNECT_MAX: Duration = Duration::from_secs(15);
const ANSWER_MAX: Duration = Duration::from_secs(300);
const PAGE_ROWS: usize = 100;
/// Pages of projects that are asked for at most.
const PAGES_MAX: usize = 500;

/// The server, and the key it is asked with.
pub struct Source {
    client: Client,
    server: String,
    key: String,
}

impl Source {
    /// A server as in `https://dtrack.example`.
    pub fn new(server: &str, key: String) -> Result<Self, Stop> {
        let server = server.trim().trim_end_matches('/');
        let url = reqwest::Url::parse(server).ok();
        let is_plain = url.is_some_and(|url| {
            let is_web = matches!(url.scheme(), "http" | "https");
            is_web && url.username().is_empty() && url.password().is_none() && url.query().is_none()
        });
        if !is_plain {
            let message = "--url is no URL of a server; write it as https://dtrack.example";
            return Err(Stop::new(exit::USAGE, message));
        }
        // Only the first call in a process has an effect; a second one finds it done.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .connect_timeout(CONNECT_MAX)
            .timeout(ANSWER_MAX)
            // A key goes to the server it was meant for and nowhere else.
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("bonafide/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| unreachable(server, error))?;
        Ok(Self {
            client,
            server: server.to_owned(),
            key,
        })
    }

    /// Fetches all projects with their BOMs and VDRs; what did not come, in sentences.
    pub async fn fetch(&self, folder: &Path) -> Result<Vec<String>, Stop> {
        let mut left = Vec::new();
        for page in 1..=PAGES_MAX {
            let path =
                format!("project?excludeInactive=false&pageNumber={page}&pageSize={PAGE_ROWS}");
            let bytes = self
                .get(&path)
                .await?
                .map_err(|status| refused(&self.server, status))?;
            let list: Vec<Value> = serde_json::from_slice(&bytes).map_err(|_| {
                let message = format!("{} does not answer as Dependency-Track does", self.server);
                Stop::new(exit::UNAVAILABLE, message)
            })?;
            if list.is_empty() {
                return Ok(left);
            }
            write(&folder.join(format!("projects-{page}.json")), &bytes)?;
            for project in &list {
                self.documents(project, folder, &mut left).await?;
            }
            if list.len() < PAGE_ROWS {
                return Ok(left);
            }
        }
        left.push(format!(
            "there are more projects than {}",
            PAGES_MAX * PAGE_ROWS
        ));
        Ok(left)
    }

    async fn documents(
        &self,
        project: &Value,
        folder: &Path,
        left: &mut Vec<String>,
    ) -> Result<(), Stop> {
        let text = |name: &str| project.get(name).and_then(Value::as_str);
        let name = text("name").unwrap_or("?");
        // It becomes part of an address and of a file's name.
        let Some(id) = text("uuid").and_then(|id| uuid::Uuid::try_parse(id).ok()) else {
            left.push(format!("{name} has no UUID"));
            return Ok(());
        };
        for variant in ["inventory", "vdr"] {
            let path = format!("bom/cyclonedx/project/{id}?format=json&variant={variant}");
            match self.get(&path).await? {
                Ok(bytes) if is_worth_keeping(variant, &bytes) => {
                    write(&folder.join(format!("{id}-{variant}.json")), &bytes)?;
                }
                Ok(_) => {}
                Err(status) => {
                    left.push(format!(
                        "{name}: its BOM ({variant}) was answered with {status}"
                    ));
                }
            }
        }
        Ok(())
    }

    /// An answer's body, or its status where that is not 200.
    async fn get(&self, path: &str) -> Result<Result<Vec<u8>, StatusCode>, Stop> {
        let failed = |error| unreachable(&self.server, error);
        let address = format!("{}/api/v1/{path}", self.server);
        let request = self.client.get(address).header("x-api-key", &self.key);
        let mut answer = request
            .header("accept", "application/json")
            .send()
            .await
            .map_err(failed)?;
        if answer.status() != StatusCode::OK {
            return Ok(Err(answer.status()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > DOCUMENT_BYTES_MAX {
                return Ok(Err(StatusCode::PAYLOAD_TOO_LARGE));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Ok(body))
    }
}

/// A VDR in which nobody decided anything tells nothing; a BOM is always kept, and looked at later.
fn is_worth_keeping(variant: &str, bytes: &[u8]) -> bool {
    let flaws = |value: &Value| value.get("vulnerabilities")?.as_array().cloned();
    variant == "inventory"
        || serde_json::from_slice(bytes)
            .ok()
            .and_then(|value: Value| flaws(&value))
            .is_some_and(|list| list.iter().any(|flaw| flaw.get("analysis").is_some()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    std::fs::write(path, bytes).map_err(|error| {
        let message = format!("cannot write {}: {error}", path.display());
        Stop::new(exit::INTERNAL, message)
    })
}

fn refused(server: &str, status: StatusCode) -> Stop {
    match status.as_u16() {
        401 | 403 => {
            let message = format!(
                "{server} does not let this key read projects ({status}); it needs VIEW_PORTFOLIO \
                 and VIEW_VULNERABILITY"
            );
            Stop::new(exit::FORBIDDEN, message)
        }
        _ => Stop::new(exit::UNAVAILABLE, format!("{server} answered {status}")),
    }
}

fn unreachable(server: &str, error: reqwest::Error) -> Stop {
    let code = match error.is_timeout() && !error.is_connect() {
        true => exit::TIMEOUT,
        false => exit::UNAVAILABLE,
    };
    let causes = format!("{:#}", anyhow::Error::from(error.without_url()));
    let cause = causes.rsplit(": ").next().unwrap_or_default();
    Stop::new(code, format!("{server} cannot be reached: {cause}"))
}
