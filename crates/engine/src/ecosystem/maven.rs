//! Maven: `group:artifact`; advisories from GHSA. Classifier and type are no part of the name.

use super::{Ecosystem, Unmapped};
use crate::purl::Purl;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("maven"),
    normalize_name,
    name_of,
    ..Ecosystem::registry("Maven", Order::Maven)
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
