//! FreeBSD: ports, base system and kernel (`FreeBSD:ports`).

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("FreeBSD", Order::FreeBsd);
