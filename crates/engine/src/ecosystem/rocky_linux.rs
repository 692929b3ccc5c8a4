//! Rocky Linux: source packages, by release (`Rocky Linux:9`).

use super::Ecosystem;
use super::distribution::{Distribution, NUMBERED, after_mark};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::ordered("Rocky Linux", Order::Rpm)
};

static DISTRIBUTION: Distribution = Distribution {
    ids: &["rocky", "rocky linux", "rocky-linux"],
    releases: &["10", "9", "8"],
    hint: |version| after_mark(version, ".el"),
    ..NUMBERED
};
