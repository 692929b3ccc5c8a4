//! Alpaquita: source packages of BellSoft's distribution, by release (`Alpaquita:23`, `Alpaquita:stream`).

use super::Ecosystem;
use super::distribution::{Distribution, NUMBERED, major};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::ordered("Alpaquita", Order::Apk)
};

static DISTRIBUTION: Distribution = Distribution {
    types: &["apk"],
    ids: &["alpaquita", "alpaquita linux", "bellsoft alpaquita linux"],
    releases: &["25", "23", "stream"],
    release: |_, text| match text.starts_with("stream") {
        true => Some("stream".to_owned()),
        false => major(text),
    },
    ..NUMBERED
};
