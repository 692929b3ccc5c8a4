//! Android: platform version and security patch level of a module or of a maker of chips.

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("Android", Order::Android);
