//! Hex: Erlang and Elixir packages.

use super::{Ecosystem, names};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("hex"),
    normalize_name: names::lower,
    name_of: names::path_or_bare,
    ..Ecosystem::registry("Hex", Order::Semver)
};
