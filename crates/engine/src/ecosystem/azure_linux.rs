//! Azure Linux: source packages, by release (`Azure Linux:3`); release 2 was called CBL-Mariner.

use super::Ecosystem;
use super::distribution::{Distribution, NUMBERED, after_mark};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::ordered("Azure Linux", Order::Rpm)
};

static DISTRIBUTION: Distribution = Distribution {
    ids: &[
        "azurelinux",
        "azure linux",
        "azure",
        "mariner",
        "cbl-mariner",
    ],
    releases: &["3", "2"],
    hint: |version| after_mark(version, ".azl").or_else(|| after_mark(version, ".cm")),
    ..NUMBERED
};
