//! GitHub Actions: `owner/repository`.

use super::{Ecosystem, names};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("githubactions"),
    normalize_name: names::lower,
    name_of: names::path,
    ..Ecosystem::registry("GitHub Actions", Order::Semver)
};
