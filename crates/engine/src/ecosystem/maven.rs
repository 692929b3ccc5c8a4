//! Maven: `group:artifact`; advisories from GHSA. Classifier and type are no part of the name.

use super::{Ecosystem, Unmapped, no_guesses};
use crate::purl::Purl;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    osv: "Maven",
    purl_type: "maven",
    order: Order::Maven,
    normalize_name,
    name_of,
    guesses: no_guesses,
};

/// Coordinates are case sensitive; only stray blanks around the parts go.
fn normalize_name(name: &str) -> String {
    match name.split_once(':') {
        Some((group, artifact)) => format!("{}:{}", group.trim(), artifact.trim()),
        None => name.trim().to_owned(),
    }
}

fn name_of(purl: &Purl) -> Result<String, Unmapped> {
    let group = purl.namespace.as_ref().ok_or(Unmapped::NamespaceMissing)?;
    Ok(format!("{}:{}", group.replace('/', "."), purl.name))
}
