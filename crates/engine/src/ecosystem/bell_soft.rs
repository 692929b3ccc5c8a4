//! BellSoft Hardened Containers: source packages (apk), by release as Alpaquita has them.

use super::Ecosystem;
use super::distribution::{Distribution, NUMBERED, major};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::ordered("BellSoft Hardened Containers", Order::Apk)
};

static DISTRIBUTION: Distribution = Distribution {
    types: &["apk"],
    ids: &[
        "bellsoft-hardened-containers",
        "bellsoft hardened containers",
        "hardened-containers",
    ],
    releases: &["25", "23", "stream"],
    release: |_, text| match text.starts_with("stream") {
        true => Some("stream".to_owned()),
        false => major(text),
    },
    ..NUMBERED
};
