//! The one way out: every request to another machine goes through [`Egress`], which refuses
//! private addresses unless the admin allows them. Bytes in, no meaning.
//!
//! A name is looked up, every address it has is judged, and the connection goes to those very
//! addresses: there is no second look-up that could answer differently. Redirects are followed
//! here, each hop judged anew, at most five, and never for a POST. No proxy of the environment
//! is used, for it would look names up on its own. Bodies are not unpacked: what counts against
//! the limits is what came over the wire.

mod address;
mod download;
mod fetching;
mod guard;

pub use download::Saved;
pub use fetching::{Fetching, Run};
pub use guard::{Addresses, Lookup, SystemLookup};

use crate::config::EgressRules;
use bytes::Bytes;
use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Method, Response, StatusCode, Url};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// The outgoing HTTP client, cheap to clone.
#[derive(Clone)]
pub struct Egress {
    rules: Arc<EgressRules>,
    lookup: Arc<dyn Lookup>,
    client: reqwest::Client,
}

/// Why nothing came, or nothing whole.
#[derive(Debug, thiserror::Error)]
pub enum EgressError {
    /// The address may not be reached. `why` is the end of a sentence.
    #[error("{host} may not be reached: {why}")]
    Refused { host: String, why: &'static str },
    /// The server answered, but with neither the document nor "not modified".
    #[error("the server answered {status}")]
    Status {
        status: u16,
        /// `Retry-After` as it came.
        retry_after: Option<String>,
    },
    #[error("the answer is larger than {bytes_max} bytes")]
    TooLarge { bytes_max: u64 },
    #[error("it took longer than {} seconds", .time_max.as_secs())]
    TooSlow { time_max: Duration },
    /// No connection, a broken one, or an answer that is not HTTP.
    #[error("{0}")]
    Network(String),
    #[error("{0}")]
    File(#[from] std::io::Error),
}

/// What we have already, so that the server can say "not modified" (RFC 9110 §13).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conditions {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// The most one transfer may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub bytes_max: u64,
    /// For the whole transfer, redirects included.
    pub time_max: Duration,
}

/// The answer to a GET.
#[derive(Debug)]
pub enum Fetched {
    NotModified,
    Body(Box<Body>),
}

/// A body that is read piece by piece, within its limits.
#[derive(Debug)]
pub struct Body {
    /// What to send as [`Conditions`] next time.
    pub validators: Conditions,
    /// The length the server promised.
    pub length: Option<u64>,
    response: Response,
    limits: Limits,
    deadline: Instant,
    read: u64,
}

/// The answer to a POST, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    pub status: u16,
    /// `Retry-After` as it came.
    pub retry_after: Option<String>,
    /// The beginning of the body, for the delivery log.
    pub beginning: String,
}

/// Most redirects followed for one GET.
pub const REDIRECTS_MAX: usize = 5;
/// How long a POST may take (Standard Webhooks 1.0 asks for 15 to 30 seconds).
pub const POST_TIME_MAX: Duration = Duration::from_secs(15);
const CONNECT_TIME_MAX: Duration = Duration::from_secs(10);
/// A transfer that stands still for this long is broken off.
const STALL_TIME_MAX: Duration = Duration::from_secs(30);
const POST_ANSWER_BYTES_MAX: usize = 1_024;
const USER_AGENT: &str = concat!("Bonafide/", env!("CARGO_PKG_VERSION"));

impl Egress {
    pub fn new(rules: EgressRules) -> Self {
        Self::with_lookup(rules, Arc::new(SystemLookup))
    }

    /// A client that looks names up in its own way, for tests.
    pub fn with_lookup(rules: EgressRules, lookup: Arc<dyn Lookup>) -> Self {
        let rules = Arc::new(rules);
        let guard = guard::Guard {
            rules: rules.clone(),
            lookup: lookup.clone(),
        };
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(guard::tls())
            .dns_resolver(Arc::new(guard))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .no_gzip()
            .connect_timeout(CONNECT_TIME_MAX)
            .read_timeout(STALL_TIME_MAX)
            .user_agent(USER_AGENT)
            .build()
            .expect("a client with its own TLS roots and resolver needs nothing of the system");
        Self {
            rules,
            lookup,
            client,
        }
    }

    /// Says whether an address could be reached at all, without a request to it.
    pub async fn check(&self, url: &str) -> Result<(), EgressError> {
        let url = self.parse(url)?;
        let host = address::host_of(&url);
        if host.parse::<std::net::IpAddr>().is_ok() {
            return Ok(());
        }
        guard::judged(&self.rules, &*self.lookup, &host)
            .await
            .map(|_| ())
    }

    /// Gets a document, unless it is as it was. `http` is for hosts allowed by name only.
    pub async fn get(
        &self,
        url: &str,
        conditions: &Conditions,
        limits: Limits,
    ) -> Result<Fetched, EgressError> {
        let deadline = Instant::now() + limits.time_max;
        let response = self
            .follow(url, &conditional(conditions), limits, deadline)
            .await?;
        match response.status() {
            StatusCode::NOT_MODIFIED => Ok(Fetched::NotModified),
            StatusCode::OK => Ok(Fetched::Body(Box::new(Body::of(
                response, limits, deadline,
            )?))),
            _ => Err(refused_by_server(&response)),
        }
    }

    /// Posts a body. A redirect is an answer like any other and is not followed.
    pub async fn post(
        &self,
        url: &str,
        headers: &[(&'static str, String)],
        body: String,
    ) -> Result<Posted, EgressError> {
        let url = self.parse(url)?;
        let mut request = self.client.request(Method::POST, url.clone()).body(body);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let exchange = async {
            let response = request.send().await.map_err(|e| network(&url, e))?;
            let (status, retry_after) = (response.status(), retry_after(&response));
            Ok(Posted {
                status: status.as_u16(),
                retry_after,
                beginning: beginning(response).await,
            })
        };
        tokio::time::timeout(POST_TIME_MAX, exchange)
            .await
            .unwrap_or(Err(EgressError::TooSlow {
                time_max: POST_TIME_MAX,
            }))
    }

    /// A URL whose scheme, host and port may be used.
    fn parse(&self, text: &str) -> Result<Url, EgressError> {
        let url = Url::parse(text).map_err(|_| EgressError::Refused {
            host: text.chars().take(200).collect(),
            why: "it is not a URL",
        })?;
        match address::check_url(&self.rules, &url) {
            Ok(()) => Ok(url),
            Err(why) => Err(EgressError::Refused {
                host: address::host_of(&url),
                why,
            }),
        }
    }

    /// GET with redirects, each hop judged anew; the first answer that is not a redirect.
    async fn follow(
        &self,
        url: &str,
        headers: &HeaderMap,
        limits: Limits,
        deadline: Instant,
    ) -> Result<Response, EgressError> {
        let mut url = self.parse(url)?;
        for _ in 0..=REDIRECTS_MAX {
            let request = self.client.get(url.clone()).headers(headers.clone());
            let response = tokio::time::timeout_at(deadline, request.send())
                .await
                .map_err(|_| too_slow(limits))?
                .map_err(|e| network(&url, e))?;
            let Some(target) = redirect_target(&response) else {
                return Ok(response);
            };
            let next = url
                .join(&target)
                .map_err(|_| EgressError::Network("redirected to something not a URL".into()))?;
            url = self.parse(next.as_str())?;
        }
        Err(EgressError::Network(format!(
            "redirected more than {REDIRECTS_MAX} times"
        )))
    }
}

impl Body {
    fn of(response: Response, limits: Limits, deadline: Instant) -> Result<Self, EgressError> {
        let length = response.content_length();
        if length.is_some_and(|length| length > limits.bytes_max) {
            return Err(too_large(limits));
        }
        Ok(Self {
            validators: validators(response.headers()),
            length,
            response,
            limits,
            deadline,
            read: 0,
        })
    }

    /// The next piece; none at the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, EgressError> {
        let chunk = tokio::time::timeout_at(self.deadline, self.response.chunk())
            .await
            .map_err(|_| too_slow(self.limits))?
            .map_err(|e| EgressError::Network(chain(&e)))?;
        if let Some(chunk) = &chunk {
            self.read += chunk.len() as u64;
            if self.read > self.limits.bytes_max {
                return Err(too_large(self.limits));
            }
        }
        Ok(chunk)
    }

    /// All of it, for documents that fit into memory.
    pub async fn bytes(mut self) -> Result<Vec<u8>, EgressError> {
        let mut all = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            all.extend_from_slice(&chunk);
        }
        Ok(all)
    }
}

fn too_large(limits: Limits) -> EgressError {
    EgressError::TooLarge {
        bytes_max: limits.bytes_max,
    }
}

fn network_text(text: &str) -> EgressError {
    EgressError::Network(text.to_owned())
}

fn too_slow(limits: Limits) -> EgressError {
    EgressError::TooSlow {
        time_max: limits.time_max,
    }
}

fn conditional(conditions: &Conditions) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let wanted = [
        (header::IF_NONE_MATCH, &conditions.etag),
        (header::IF_MODIFIED_SINCE, &conditions.last_modified),
    ];
    for (name, value) in wanted {
        if let Some(value) = value.as_deref().and_then(|v| HeaderValue::from_str(v).ok()) {
            headers.insert(name, value);
        }
    }
    headers.insert(
        header::ACCEPT_ENCODING,
        HeaderValue::from_static("identity"),
    );
    headers
}

fn validators(headers: &HeaderMap) -> Conditions {
    let text = |name| {
        headers
            .get(name)
            .and_then(|v: &HeaderValue| v.to_str().ok())
    };
    Conditions {
        etag: text(header::ETAG).map(str::to_owned),
        last_modified: text(header::LAST_MODIFIED).map(str::to_owned),
    }
}

fn redirect_target(response: &Response) -> Option<String> {
    let redirects = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = response.headers().get(header::LOCATION)?;
    redirects
        .then(|| location.to_str().ok().map(str::to_owned))
        .flatten()
}

fn retry_after(response: &Response) -> Option<String> {
    let value = response.headers().get(header::RETRY_AFTER)?;
    value.to_str().ok().map(str::to_owned)
}

fn refused_by_server(response: &Response) -> EgressError {
    EgressError::Status {
        status: response.status().as_u16(),
        retry_after: retry_after(response),
    }
}

async fn beginning(mut response: Response) -> String {
    let mut bytes = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        bytes.extend_from_slice(&chunk);
        if bytes.len() >= POST_ANSWER_BYTES_MAX {
            break;
        }
    }
    bytes.truncate(POST_ANSWER_BYTES_MAX);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A failed exchange: our own refusal if the guard spoke, else the chain of causes.
fn network(url: &Url, error: reqwest::Error) -> EgressError {
    let error = error.without_url();
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(inner) = source {
        if let Some(refusal) = inner.downcast_ref::<guard::Refusal>() {
            return EgressError::Refused {
                host: refusal.host.clone(),
                why: refusal.why,
            };
        }
        source = inner.source();
    }
    EgressError::Network(format!("{}: {}", address::host_of(url), chain(&error)))
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text.push_str(": ");
            text.push_str(&inner_text);
        }
        source = inner.source();
    }
    text
}
