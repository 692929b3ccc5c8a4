//! The look-up in front of every connection: all addresses of a name are judged, and the
//! connection goes to exactly those. One forbidden address refuses the whole name.

use super::EgressError;
use super::address;
use crate::config::EgressRules;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

/// Addresses of a name, or why there are none.
pub type Addresses = Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>>;

/// How a name becomes addresses; an input, so that tests can lie like a hostile name server.
pub trait Lookup: Send + Sync {
    fn lookup(&self, host: &str) -> Addresses;
}

/// The machine's own resolver.
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, host: &str) -> Addresses {
        let host = host.to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// The guard's refusal, found again in the chain of causes of a failed request.
#[derive(Debug, thiserror::Error)]
#[error("{host} may not be reached: {why}")]
pub struct Refusal {
    pub host: String,
    pub why: &'static str,
}

pub struct Guard {
    pub rules: Arc<EgressRules>,
    pub lookup: Arc<dyn Lookup>,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let (rules, lookup) = (self.rules.clone(), self.lookup.clone());
        let host = name.as_str().trim_end_matches('.').to_ascii_lowercase();
        Box::pin(async move {
            let found = judged(&rules, &*lookup, &host).await;
            let addresses = found.map_err(|error| -> Box<dyn std::error::Error + Send + Sync> {
                match error {
                    EgressError::Refused { host, why } => Box::new(Refusal { host, why }),
                    other => Box::new(other),
                }
            })?;
            let addresses: Addrs = Box::new(addresses.into_iter().map(|ip| SocketAddr::new(ip, 0)));
            Ok(addresses)
        })
    }
}

/// The addresses of a name, all of them judged.
pub async fn judged(
    rules: &EgressRules,
    lookup: &dyn Lookup,
    host: &str,
) -> Result<Vec<IpAddr>, EgressError> {
    let found = lookup
        .lookup(host)
        .await
        .map_err(|error| EgressError::Network(format!("look up {host}: {error}")))?;
    if found.is_empty() {
        return Err(EgressError::Network(format!("{host} has no address")));
    }
    for address in &found {
        if let Err(why) = address::check_resolved(rules, host, *address) {
            return Err(EgressError::Refused {
                host: host.to_owned(),
                why,
            });
        }
    }
    Ok(found)
}

/// TLS 1.2 and 1.3 with the certificates inside the binary; nothing of the system is asked.
pub fn tls() -> rustls::ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let roots = rustls::RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring speaks TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth()
}
