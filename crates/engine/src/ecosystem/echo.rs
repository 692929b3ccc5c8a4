//! Echo: a distribution after Debian; with a suffix, its builds of packages of other registries
//! (`Echo:npm`), whose `+echo.N` counts.

use super::distribution::{Distribution, NamedBy, ROLLING};
use super::{Ecosystem, order_of_plain};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::by_suffix("Echo", order_of)
};

static DISTRIBUTION: Distribution = Distribution {
    types: &["deb"],
    ids: &["echo"],
    named_by: NamedBy::Source,
    ..ROLLING
};

fn order_of(suffix: &str) -> Option<Order> {
    match order_of_plain(suffix) {
        // Build metadata says nothing in Semantic Versioning; here it is the number of the build.
        Some(Order::Semver) => Some(Order::SemverBuilt),
        Some(order) => Some(order),
        None => Some(Order::Dpkg),
    }
}
