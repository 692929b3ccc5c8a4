//! Azure Linux: source RPMs.

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("Azure Linux", Order::Rpm);
