//! RubyGems; the platform is no part of the name.

use super::{Ecosystem, names};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("gem"),
    normalize_name: names::exact,
    name_of: names::bare,
    ..Ecosystem::registry("RubyGems", Order::RubyGems)
};
