//! Where a request comes from: which site, which address, which browser.

use super::sessions::NewSession;
use crate::config::Config;
use crate::trouble::{Refusal, Trouble};
use crate::web::App;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, header};
use std::net::{IpAddr, SocketAddr};

/// A form on another site must not act in our user's name: the browser says where a request
/// comes from (`Sec-Fetch-Site`, else `Origin`); one that says neither is refused.
pub fn same_origin(app: &App, headers: &HeaderMap) -> Result<(), Trouble> {
    let text = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    let fetch_site = text(HeaderName::from_static("sec-fetch-site"));
    let same = match (fetch_site, text(header::ORIGIN)) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            origin == app.config.base_url
                || text(header::HOST).is_some_and(|host| {
                    origin
                        .split_once("://")
                        .is_some_and(|(_, rest)| rest == host)
                })
        }
        (None, None) => false,
    };
    if same {
        Ok(())
    } else {
        Err(Refusal::new(403, "cross-origin").into())
    }
}

/// Proof that a form came from a page of our own. Forms that people send before they are signed
/// in ask for it, so that no other site signs somebody in as somebody else.
pub struct OwnPage;

impl FromRequestParts<App> for OwnPage {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Trouble> {
        same_origin(app, &parts.headers).map(|()| Self)
    }
}

/// The address and browser somebody comes with, for throttling and for their list of sessions.
#[derive(Debug, Clone, Default)]
pub struct Arrival {
    /// Empty when the server does not know it.
    pub address: String,
    pub user_agent: String,
}

impl Arrival {
    pub(super) fn session(&self) -> NewSession {
        NewSession {
            address: self.address.clone(),
            user_agent: self.user_agent.clone(),
        }
    }
}

impl FromRequestParts<App> for Arrival {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Trouble> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map(|ConnectInfo(address)| address.ip());
        let user_agent = parts.headers.get(header::USER_AGENT);
        Ok(Self {
            address: client_of(&app.config, peer, &parts.headers)
                .map_or(String::new(), |address| address.to_string()),
            user_agent: user_agent
                .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
                .unwrap_or_default(),
        })
    }
}

/// The client's address: the peer, or what a proxy we trust says, read from the end, for what
/// stands before the first address that is not a trusted proxy may be invented.
fn client_of(config: &Config, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<IpAddr> {
    let trusted = |address: &IpAddr| config.trusted_proxies.contains(&address.to_canonical());
    let peer = peer?.to_canonical();
    if !trusted(&peer) {
        return Some(peer);
    }
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    let mut client = peer;
    for text in forwarded.iter().rev() {
        let Ok(address) = text.trim().parse::<IpAddr>() else {
            break;
        };
        client = address.to_canonical();
        if !trusted(&client) {
            break;
        }
    }
    Some(client)
}
