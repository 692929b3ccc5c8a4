//! Julia: packages of the General registry.

use super::{Ecosystem, names};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("julia"),
    normalize_name: names::exact,
    name_of: names::bare,
    ..Ecosystem::registry("Julia", Order::SemverBuilt)
};
