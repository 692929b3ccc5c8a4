//! npm: `@scope/name` or `name`; advisories from GHSA.

use super::{Ecosystem, Unmapped};
use crate::purl::Purl;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("npm"),
    normalize_name,
    name_of,
    ..Ecosystem::registry("npm", Order::Semver)
};

/// Names are lower case since 2015. The few older ones are folded too, because purl writers
/// lower-case them: a finding too many on such a pair is better than one too few.
fn normalize_name(name: &str) -> String {
    name.to_lowercase()
}

fn name_of(purl: &Purl) -> Result<String, Unmapped> {
    Ok(match &purl.namespace {
        Some(scope) if scope.starts_with('@') => format!("{scope}/{}", purl.name),
        Some(scope) => format!("@{scope}/{}", purl.name),
        None => purl.name.clone(),
    })
}
