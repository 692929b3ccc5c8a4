//! Echo: a distribution after Debian; with a suffix, its builds of packages of other registries
//! (`Echo:npm`), whose `+echo.N` counts.

use super::{Ecosystem, order_of_plain};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::by_suffix("Echo", order_of);

fn order_of(suffix: &str) -> Option<Order> {
    match order_of_plain(suffix) {
        // Build metadata says nothing in Semantic Versioning; here it is the number of the build.
        Some(Order::Semver) => Some(Order::SemverBuilt),
        Some(order) => Some(order),
        None => Some(Order::Dpkg),
    }
}
