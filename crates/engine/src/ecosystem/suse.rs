//! SUSE: source RPMs, by the name of the product.

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("SUSE", Order::Rpm);
