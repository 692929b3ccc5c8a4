//! Bitnami: components of its catalogue.

use super::{Ecosystem, names};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("bitnami"),
    normalize_name: names::lower,
    name_of: names::bare,
    ..Ecosystem::registry("Bitnami", Order::Semver)
};
