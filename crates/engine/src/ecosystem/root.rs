//! Root: patched packages of the distribution or registry that the suffix names
//! (`Root:Alpine:3.18`, `Root:npm`); a build ends in `.root.io.N`, or in `-rN` for Alpine.

use super::{Ecosystem, order_of_plain};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::by_suffix("Root", order_of);

fn order_of(suffix: &str) -> Option<Order> {
    match order_of_plain(suffix)? {
        Order::Semver | Order::SemverBuilt => Some(Order::Rooted),
        // These order the ending by themselves.
        order @ (Order::Apk | Order::Dpkg | Order::Rpm | Order::Pep440 | Order::Maven) => {
            Some(order)
        }
        _ => None,
    }
}
