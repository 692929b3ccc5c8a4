//! Mageia: source RPMs, by release.

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("Mageia", Order::Rpm);
