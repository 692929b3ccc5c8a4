//! openSUSE: source RPMs, by the name of the distribution.

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("openSUSE", Order::Rpm);
