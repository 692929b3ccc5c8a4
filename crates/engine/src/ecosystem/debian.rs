//! Debian: source packages, by release (`Debian:12`).

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("Debian", Order::Dpkg);
