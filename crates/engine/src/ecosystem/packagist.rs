//! Packagist: `vendor/name`, and other Composer registries by their address.

use super::{Ecosystem, names};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("composer"),
    normalize_name: names::lower,
    name_of: names::path,
    ..Ecosystem::registry("Packagist", Order::Composer)
};
