//! crates.io: Cargo's packages; advisories from RustSec and GHSA.

use super::{Ecosystem, Unmapped};
use crate::purl::Purl;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("cargo"),
    normalize_name,
    name_of,
    ..Ecosystem::registry("crates.io", Order::Semver)
};

/// The registry lets no two names differ only in case or in `-` against `_`.
fn normalize_name(name: &str) -> String {
    name.to_ascii_lowercase().replace('_', "-")
}

fn name_of(purl: &Purl) -> Result<String, Unmapped> {
    Ok(purl.name.clone())
}
