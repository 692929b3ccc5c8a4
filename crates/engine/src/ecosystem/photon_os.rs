//! Photon OS: RPMs, by release.

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("Photon OS", Order::Rpm);
