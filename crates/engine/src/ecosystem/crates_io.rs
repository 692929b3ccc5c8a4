//! crates.io: Cargo's packages; advisories from RustSec and GHSA.

use super::{Ecosystem, Unmapped, no_guesses};
use crate::purl::Purl;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    osv: "crates.io",
    purl_type: "cargo",
    order: Order::Semver,
    normalize_name,
    name_of,
    guesses: no_guesses,
};

/// The registry lets no two names differ only in case or in `-` against `_`.
fn normalize_name(name: &str) -> String {
    name.to_ascii_lowercase().replace('_', "-")
}

fn name_of(purl: &Purl) -> Result<String, Unmapped> {
    Ok(purl.name.clone())
}
