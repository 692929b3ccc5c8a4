//! Mageia: source packages, by release (`Mageia:9`).

use super::Ecosystem;
use super::distribution::{Distribution, NUMBERED, after_mark};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::ordered("Mageia", Order::Rpm)
};

static DISTRIBUTION: Distribution = Distribution {
    ids: &["mageia"],
    releases: &["10", "9", "8"],
    hint: |version| after_mark(version, ".mga"),
    ..NUMBERED
};
