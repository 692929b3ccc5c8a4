//! ConanCenter: C and C++ packages.

use super::{Ecosystem, names};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("conan"),
    normalize_name: names::lower,
    name_of: names::bare,
    ..Ecosystem::registry("ConanCenter", Order::Conan)
};
