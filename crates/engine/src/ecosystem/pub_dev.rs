//! Pub: Dart packages.

use super::{Ecosystem, names};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("pub"),
    normalize_name: names::lower,
    name_of: names::bare,
    ..Ecosystem::registry("Pub", Order::SemverBuilt)
};
