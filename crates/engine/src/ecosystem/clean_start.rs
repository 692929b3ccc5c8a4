//! CleanStart: apk packages without releases, by the name of the package or of its origin.

use super::Ecosystem;
use super::distribution::{Distribution, ROLLING};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::ordered("CleanStart", Order::Apk)
};

static DISTRIBUTION: Distribution = Distribution {
    ids: &["cleanstart"],
    ..ROLLING
};
