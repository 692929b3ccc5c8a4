//! AlmaLinux: by release (`AlmaLinux:9`). The schema says "source package"; the records name the
//! installed ones (`openssl-libs`) as well, so both are asked for.

use super::Ecosystem;
use super::distribution::{Distribution, NUMBERED, NamedBy, after_mark};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::ordered("AlmaLinux", Order::Rpm)
};

static DISTRIBUTION: Distribution = Distribution {
    ids: &["almalinux", "alma"],
    named_by: NamedBy::Either,
    releases: &["10", "9", "8"],
    hint: |version| after_mark(version, ".el"),
    ..NUMBERED
};
