//! Hackage: Haskell packages.

use super::{Ecosystem, names};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("hackage"),
    normalize_name: names::exact,
    name_of: names::bare,
    ..Ecosystem::registry("Hackage", Order::Haskell)
};
