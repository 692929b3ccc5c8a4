//! Rocky Linux: source RPMs.

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("Rocky Linux", Order::Rpm);
