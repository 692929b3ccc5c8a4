//! Photon OS: RPM packages, by release (`Photon OS:3.0`).

use super::Ecosystem;
use super::distribution::{Distribution, NUMBERED, NamedBy, after_mark, major, major_minor};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::ordered("Photon OS", Order::Rpm)
};

static DISTRIBUTION: Distribution = Distribution {
    ids: &["photon", "photon os", "vmware photon os"],
    named_by: NamedBy::Either,
    releases: &["5.0", "4.0", "3.0", "2.0", "1.0"],
    hint: |version| after_mark(version, ".ph").map(|major| format!("{major}.0")),
    release: |_, text| major_minor(text).or_else(|| major(text).map(|major| format!("{major}.0"))),
    ..NUMBERED
};
