//! SwiftURL: Swift packages, named by the address of their repository.

use super::{Ecosystem, names};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("swift"),
    normalize_name,
    name_of: names::path,
    ..Ecosystem::registry("SwiftURL", Order::Semver)
};

/// Records write the address with and without its scheme and `.git`; hosts fold case.
fn normalize_name(name: &str) -> String {
    let name = name.trim().trim_end_matches('/').to_lowercase();
    let name = name
        .split_once("://")
        .map_or(name.as_str(), |(_, rest)| rest);
    name.strip_suffix(".git").unwrap_or(name).to_owned()
}
